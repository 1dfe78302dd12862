"""All files of a repository's records, brought into memory once."""

import marshal
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from npcs.records.tree import Stray, digest, read_file, walk
from npcs.rules.beside import Room, answering, possible


class Gathered(NamedTuple):
    """What stands in the folders of records.

    ``files`` are the bytes of records and of what may stand among them, by path, and ``digests``
    their digests; ``strays`` is what cannot be read. ``records`` counts the files of records.
    """

    files: Mapping[str, bytes]
    digests: dict[str, bytes]
    strays: list[Stray]
    records: int


class _Files(Mapping[str, bytes]):
    """The bytes of files by path, each taken out of a room when it is asked for."""

    def __init__(self, room: Room, places: dict[str, tuple[int, int]]) -> None:
        self._room, self._places = room, places

    def __getitem__(self, path: str) -> bytes:
        return self._room.at(*self._places[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, path: object) -> bool:
        return path in self._places


def gather(root: Path, meanwhile: Iterable[object] | None = None) -> Gathered:
    """Open the files of all records; ``NotADirectoryError`` where the root cannot be listed.

    ``meanwhile`` is something else to be done, step by step, which takes about as long: where there
    is a second core, the files are opened there, and as many steps done as that takes.
    """
    if meanwhile is not None and possible() and (room := Room(_LARGE)).free:
        with answering(lambda: _elsewhere(root, room), room) as answer:
            for _ in meanwhile:
                if answer.has_begun():
                    break
            if answered := answer():
                places, digests, strays, records = marshal.loads(answered)
                files = _Files(room, places)
                return Gathered(files, digests, list(map(Stray._make, strays)), records)
    return _gathered(root)


_LARGE = 128 << 20
"""In bytes, the room for files that another process opens; for more, this one opens them."""


def _gathered(root: Path) -> Gathered:
    tree = walk(root)
    files: dict[str, bytes] = {}
    for path in (*tree.records, *tree.companions):
        one = read_file(str(root), path)
        if isinstance(one, Stray):
            tree.strays.append(one)
        else:
            files[path] = one
    digests = {path: digest(raw) for path, raw in files.items()}
    return Gathered(files, digests, tree.strays, len(tree.records))


def _elsewhere(root: Path, room: Room) -> bytes:
    """What was gathered, in values that ``marshal`` knows: of each file the place in the room."""
    files, digests, strays, records = _gathered(root)
    places = {path: room.put(raw) for path, raw in files.items()}
    if not all(places.values()):
        raise MemoryError
    return marshal.dumps((places, digests, list(map(tuple, strays)), records))


__all__ = ["Gathered", "gather"]
