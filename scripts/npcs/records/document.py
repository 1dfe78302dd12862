"""One file as it was read: its data, its prose, and a place for every key and value."""

import marshal
from dataclasses import dataclass
from struct import unpack_from
from typing import TYPE_CHECKING, Any, NamedTuple

from npcs.records.findings import Finding, Place, Severity
from npcs.records.shape import size

if TYPE_CHECKING:
    from npcs.records.kinds import Kind
    from npcs.records.record import Record


class Content(NamedTuple):
    """What a file says.

    ``places`` holds a line and a column for every key and value in the order of the file, packed,
    since ten thousand records have half a million of them. ``text_line`` is the line the prose
    starts on.
    """

    data: dict[str, Any]
    places: bytes
    body: str
    body_line: int


class Remark(NamedTuple):
    """What a rule has to say of one file, looking at nothing else."""

    rule: str
    severity: Severity
    line: int
    column: int
    message: str
    hint: str


class Reference(NamedTuple):
    """A value that names another record: the kinds it may be, the id, and where it stands."""

    kinds: tuple[str, ...]
    id: str
    field: str
    line: int
    column: int


class Link(NamedTuple):
    """A link in prose to another file or to a place in this one."""

    target: str
    line: int
    column: int


@dataclass(slots=True)
class Document:
    """A file of the repository that is, or should be, a record.

    ``packed`` is its content in marshal's form, and empty where it could not be read: the content
    is small and opened when it is needed. ``valid`` tells whether it fits the model of its kind;
    ``declared`` is the id the file gives itself, which should be that of its name; ``done`` the
    last day, as an ordinal, on which it says that something was done. ``findings`` is what was
    found by rules that look at this file alone. ``source`` is the file's bytes where it could be
    read; a check lets go of them when these rules have looked. ``record`` is the typed record where
    it was made in reading the file, to save making it again.
    """

    path: str
    kind: "Kind"
    id: str
    digest: bytes
    packed: bytes = b""
    valid: bool = False
    remarks: tuple[Remark, ...] = ()
    references: tuple[Reference, ...] = ()
    links: tuple[Link, ...] = ()
    anchors: tuple[str, ...] = ()
    declared: str | None = None
    done: int = 0
    findings: tuple[Finding, ...] = ()
    source: bytes = b""
    record: "Record | None" = None

    def hold(self, record: "Record") -> None:
        """Keep the typed record, and let it know where it stands."""
        record.stand_in(self)
        self.record = record

    @property
    def readable(self) -> bool:
        """Whether the file could be read at all."""
        return bool(self.packed)

    def content(self) -> Content:
        """The data and prose of the file."""
        return _unpacked(self.packed)

    @property
    def body(self) -> str:
        """The prose below the front matter."""
        return self.content().body if self.packed else ""

    def at(self, *path: str | int, key: bool = False) -> Place:
        """The place of a value, or of its key; see ``Record.at``."""
        if not self.packed:
            return Place(self.path)
        content = self.content()
        line, column = locate(content.data, content.places, path, key)
        return Place(self.path, line, column)


def _unpacked(packed: bytes) -> Content:
    """The content of a file, kept for the next place that is looked up in it."""
    global _opened  # noqa: PLW0603 - only the last one is kept
    if _opened[0] is not packed:
        _opened = packed, Content(*marshal.loads(packed))
    return _opened[1]


_opened: tuple[bytes, Content] = b"-", Content({}, b"", "", 1)
"""The content that was packed or looked into last."""


def pack(content: Content) -> bytes:
    """The content of a file in the form ``Document.packed`` holds."""
    global _opened  # noqa: PLW0603 - it is asked for next, by the rules over single files
    packed = marshal.dumps(tuple(content))
    _opened = packed, content
    return packed


def locate(data: Any, places: bytes, path: tuple[str | int, ...], key: bool) -> tuple[int, int]:
    """Line and column of the value a path leads to, counted from 1.

    Places stand in the order of the file: a value, then for a mapping each key and its value, for
    a list each item. Where the path leads nowhere, the place of the last thing found.
    """
    index, last = 0, 0
    for step in path:
        if isinstance(data, dict) and step in data:
            index += 1 + _before(data, step)
            last, index = index, index + 1
            data = data[step]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            index += 1 + sum(size(value) for value in data[:step])
            last = index
            data = data[step]
        else:
            return place_of(places, index)
    return place_of(places, last if key and path else index)


def _before(data: dict[Any, Any], step: str | int) -> int:
    """How many keys and values of a mapping stand before a key."""
    global _counted  # noqa: PLW0603 - only the last one is kept
    if len(data) > _LARGE:
        if _counted[0] is not data:
            _counted = data, _starts(data)
        return _counted[1][step]
    index = 0
    for name, value in data.items():
        if name == step:
            break
        index += 1 + size(value)
    return index


def _starts(data: dict[Any, Any]) -> dict[Any, int]:
    starts, index = {}, 0
    for name, value in data.items():
        starts[name] = index
        index += 1 + size(value)
    return starts


_LARGE = 50
_counted: tuple[dict[Any, Any], dict[Any, int]] = {}, {}
"""The large mapping looked into last, and how much stands before each of its keys."""


def place_of(places: bytes, index: int) -> tuple[int, int]:
    """Line and column of the value with a number, counted from 1."""
    line, column = unpack_from("=II", places, 8 * index)
    return line, column
