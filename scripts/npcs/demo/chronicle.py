"""What was written down on which day, by whom: the history the files and the commits come from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from npcs.demo.yamlout import document, markdown


class Author(NamedTuple):
    """Who wrote something down; ``id`` is the person's record."""

    name: str
    id: str

    @property
    def email(self) -> str:
        """An address that belongs to nobody."""
        return f"{self.id}@example.org"


class Version(NamedTuple):
    """One state of a file: fields and prose of a record, or a text as it stands.

    ``prose`` is None for a record without any.
    """

    data: Mapping[str, Any] | None
    prose: str | None

    def render(self) -> str:
        """The text of the file."""
        if self.data is None:
            return self.prose or ""
        return document(self.data) if self.prose is None else markdown(self.data, self.prose)


@dataclass(slots=True)
class Commit:
    """Files written together on a day."""

    day: date
    author: Author
    subject: str
    files: dict[str, Version] = field(default_factory=dict)
    tag: "Tag | None" = None

    def put(self, path: str, data: Mapping[str, Any], body: str = "") -> None:
        """Write a record; ``data`` must not change afterwards. What is None in it is left out."""
        self.files[path] = Version(data, body if path.endswith(".md") else None)

    def text(self, path: str, text: str) -> None:
        """Write a file as it stands."""
        self.files[path] = Version(None, text)


class Tag(NamedTuple):
    """An approved revision of the charter: the tag's name, who sets it, the decision's id."""

    name: str
    by: Author
    decision: str


class Chronicle:
    """All commits of the demo, in the order they were made."""

    def __init__(self) -> None:
        self._commits: list[Commit] = []

    def commit(self, day: date, author: Author, subject: str) -> Commit:
        """A new commit; those of one day keep the order in which they were asked for."""
        one = Commit(day, author, subject)
        self._commits.append(one)
        return one

    def commits(self) -> Iterator[Commit]:
        """The commits by day; one without a file is left out."""
        for one in sorted(self._commits, key=lambda one: one.day):
            if one.files:
                yield one

    def paths(self) -> set[str]:
        """The paths of all files written so far."""
        return {path for one in self._commits for path in one.files}

    def files(self) -> dict[str, Version]:
        """The last version of every file, by path."""
        last: dict[str, Version] = {}
        for one in self.commits():
            last.update(one.files)
        return dict(sorted(last.items()))
