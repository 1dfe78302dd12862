"""What every record has in common: an id, a file, and a place for each of its values."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict

from npcs.records.fields import Slug, Text, When
from npcs.records.findings import Place

if TYPE_CHECKING:
    from npcs.records.document import Document


class Part(BaseModel):
    """A group of fields inside a record. It refuses keys it does not know and never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Record(Part):
    """One record, read from one file whose name is its id.

    ``kind`` is the name of the record's kind, as the command line and the pages write it.
    ``state_from`` says of what the state of such a record is worked out, where nobody types it.
    """

    kind: ClassVar[str]
    state_from: ClassVar[str] = ""

    __slots__ = ("_document",)
    if TYPE_CHECKING:  # a private field that pydantic sees costs a call for each record
        _document: Document

    id: Text | None = None

    @classmethod
    def stood(cls, data: dict[str, Any], _day: str) -> dict[str, Any] | None:
        """The data of such a record as they stood on a day; None where there was none yet.

        Only what the marks of fields cannot say needs to be said here (``records.known``).
        """
        return data

    @classmethod
    def prose_since(cls, _data: dict[str, Any]) -> str:
        """The day from which on the prose of such a record is known; empty where it always is."""
        return ""

    def stand_in(self, document: "Document") -> None:
        """Let the record know the file it stands in."""
        object.__setattr__(self, "_document", document)

    def __copy__(self) -> Self:
        copy = super().__copy__()
        copy.stand_in(self._document)
        return copy

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Record) or not super().__eq__(other):
            return False
        here, there = self._document, other._document
        return (here.path, here.digest) == (there.path, there.digest)

    def __hash__(self) -> int:
        return hash((self._document.path, self._document.digest))

    @property
    def key(self) -> str:
        """The record's id, taken from the name of its file."""
        return self._document.id

    @property
    def path(self) -> str:
        """The record's file, from the root of the repository, with forward slashes."""
        return self._document.path

    @property
    def body(self) -> str:
        """The prose below the front matter; empty where the kind has none."""
        return self._document.body

    @property
    def body_line(self) -> int:
        """The line of the file that the prose starts on."""
        return self._document.content().body_line

    @property
    def name_shown(self) -> str:
        """What a page or a message calls the record."""
        return str(getattr(self, "title", None) or getattr(self, "name", None) or self.key)

    def at(self, *path: str | int, key: bool = False) -> Place:
        """The place of a value, for example ``at("votes", "ana-ruiz")``.

        With ``key`` the place of the key itself. Where the path leads nowhere, the place of the
        nearest thing above it; with no path, the top of the record.
        """
        return self._document.at(*path, key=key)


class Loose(Record):
    """A file that stands among the records without being one: a table, a folder's README."""

    kind: ClassVar[str] = "file"


class Titled(Record):
    """A record that carries a title of its own."""

    title: Text


class Source(Part):
    """Where a fact comes from, and the day, month or year it was looked up or held true."""

    title: Text
    address: Text | None = None
    as_of: When | None = None


__all__ = ["Loose", "Part", "Record", "Slug", "Source", "Titled"]
