"""The records of a kind as a table: a column for each field that fits into a cell."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from npcs.publish.api.records import form
from npcs.publish.api.schemas import schema
from npcs.publish.api.tables import cell
from npcs.publish.spreadsheet import as_csv
from npcs.records.kinds import Kind

_PLAIN = frozenset({"string", "integer", "boolean"})
_FIRST = ("id", "title", "page", "labels", "added", "changed")
Path = tuple[str, ...]


def kind_as_csv(kind: Kind, records: Iterable[Mapping[str, Any]]) -> bytes:
    """Published records of a kind, as they are written in JSON, as a table."""
    names = columns(kind)
    rows = ([cell(_at(one, path)) for path in names.values()] for one in records)
    return as_csv([*names], rows)


@cache
def columns(kind: Kind) -> Mapping[str, Path]:
    """The columns of a kind's table and where their values stand in a published record.

    Fields that are groups give a column for each of theirs, ``ended.on``; lists of words stand in
    one cell. What does not fit into a cell is in the JSON only.
    """
    known = schema(form(kind), kind.name)
    found: dict[str, Path] = {name: (name,) for name in _FIRST}
    for part in ("record", "facts"):
        inner = known["properties"].get(part)
        for path in _columns(known, inner, 3) if inner else ():
            found.setdefault(".".join(path), (part, *path))
    return found


def _columns(known: dict[str, Any], part: dict[str, Any], deep: int) -> Iterator[Path]:
    part = _plain(known, part)
    listed = part.get("type") == "array"
    one = _plain(known, part["items"]) if listed else part
    if one.get("type") in _PLAIN or "enum" in one or "const" in one:
        yield ()
    elif deep > 0 and not listed:
        for name, inner in part.get("properties", {}).items():
            for path in _columns(known, inner, deep - 1):
                yield (name, *path)


def _plain(known: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """What a field is where it is there at all."""
    choices = [one for one in part.get("anyOf", ()) if one.get("type") != "null"]
    part = choices[0] if len(choices) == 1 else part
    reference = part.get("$ref")
    return known["$defs"][reference.rpartition("/")[2]] if reference else part


def _at(one: Mapping[str, Any], path: Path) -> Any:
    value: Any = one
    for name in path:
        value = value.get(name) if value else None
    return value
