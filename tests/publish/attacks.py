"""A demo in which every text that people write is an attack, and where each of them stands."""

import csv
import io
import itertools
import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests.partnership import as_yaml
from tests.publish.payloads import CELLS, HARMLESS, PLAIN, PROSE

from npcs.governance.parameters import KNOWN
from npcs.records.document import Document
from npcs.records.hub import Hub, document
from npcs.records.shape import shape_of, values

_KEPT = {"status", "version", "period", "name", "type", "path", "format", "profile", "cadence"}
"""Fields of data packages and measures that programs read."""


class Attack(NamedTuple):
    """A place that was attacked: the file, the first and last line, and with what."""

    path: str
    first: int
    last: int
    payload: str


def attacked(folder: Path) -> list[Attack]:
    """Put attacks into all records below a folder, as many as still fit their kinds."""
    turns = itertools.cycle(PROSE), itertools.cycle((*PLAIN, HARMLESS[2]))
    hub = Hub.read(folder)
    found: list[Attack] = []
    for one in hub.documents.values():
        found += _record(folder, one, *turns)
    cells = itertools.cycle(CELLS)
    for one in hub.companions.values():
        if one.path.endswith(".csv") and "/codes/" in one.path:
            found += _table(folder, one, cells)
    return found


def _record(
    folder: Path, one: Document, prose: Iterator[str], plain: Iterator[str]
) -> Iterator[Attack]:
    content = one.content()
    places = [
        value for value in values(shape_of(one.kind.model), content.data, "texts")
        if value.shape.plain and not value.is_key and not _program(one, value.path)
    ]  # fmt: skip
    before = {value.path: value.text for value in places}
    given = {
        value.path: _there(one, next(prose if value.shape.plain.prose else plain))
        for value in places
        if value.shape.plain
    }
    for path, payload in given.items():
        _put(content.data, path, payload)
    if not _written(one, content.data, content.body).valid:  # some fields take only certain texts
        for path in [*given]:
            _put(content.data, path, before[path])
        for path, payload in [*given.items()]:
            _put(content.data, path, payload)
            if not _written(one, content.data, content.body).valid:
                _put(content.data, path, before[path])
                del given[path]
    body = content.body.rstrip() + "\n\n" + _there(one, next(prose)) + "\n" if content.body else ""
    final = _written(one, content.data, body)
    assert final.valid, final.remarks
    (folder / one.path).write_bytes(final.source)
    for path, payload in given.items():
        line = final.at(*path).line
        yield Attack(one.path, line, line, payload)
    if body:
        count = final.source.count(b"\n")
        lines = body[len(content.body.rstrip()) + 2 :].count("\n")
        yield Attack(one.path, count - lines + 1, count, body)


def _program(one: Document, path: tuple[str | int, ...]) -> bool:
    """Whether a program rests on the field: it must be as it is for the page to be there at all."""
    if one.kind.name == "parameters":
        return path[-1] == "value" and path[1] in KNOWN
    if one.kind.name == "data-package":
        return path[-1] in _KEPT
    return path[-1] in ("respond_by", "spacing")


def _there(one: Document, payload: str) -> str:
    way = posixpath.relpath("charter/charter.md", posixpath.dirname(one.path))
    return payload.replace("CHARTER", way)


def _written(one: Document, data: dict[str, Any], body: str) -> Document:
    text = as_yaml(data)
    if one.kind.form == "markdown":
        text = f"---\n{text}---\n{body}"
    return document(one.path, text.encode())


def _at(data: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


def _put(data: Any, path: tuple[str | int, ...], text: str) -> None:
    _at(data, path[:-1])[path[-1]] = text


def _table(folder: Path, one: Document, cells: Iterator[str]) -> Iterator[Attack]:
    header, *rows = csv.reader(io.StringIO((folder / one.path).read_text("utf-8")))
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n")
    write.writerow(header)
    for line, row in enumerate(rows, start=2):
        payload = next(cells)
        write.writerow([*row[:-1], payload])
        yield Attack(one.path, line, line, payload)
    (folder / one.path).write_text(out.getvalue(), "utf-8")
