"""All files of a repository's records, brought into memory once."""

import marshal
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from npcs.records.tree import Stray, digest, read_file, walk
from npcs.rules.beside import answering, possible, sharing


class Gathered(NamedTuple):
    """What stands in the folders of records.

    ``files`` are the bytes of records and of what may stand among them, by path, and ``digests``
    their digests; ``strays`` is what cannot be read. ``records`` counts the files of records.
    """

    files: dict[str, bytes]
    digests: dict[str, bytes]
    strays: list[Stray]
    records: int


def gather(root: Path, meanwhile: Iterable[object] | None = None) -> Gathered:
    """Open the files of all records; ``NotADirectoryError`` where the root cannot be listed.

    ``meanwhile`` is something else to be done, step by step, which takes about as long: where there
    is a second core, the files are opened there, and as many steps done as that takes.
    """
    if meanwhile is None or not possible():
        return _gathered(root, shared=True)
    with answering(lambda: marshal.dumps(_plain(_gathered(root, shared=False)))) as answer:
        for _ in meanwhile:
            if answer.has_begun():
                break
        if answered := answer():
            return _opened(marshal.loads(answered))
    return _gathered(root, shared=True)


def _gathered(root: Path, *, shared: bool) -> Gathered:
    tree = walk(root)
    paths = (*tree.records, *tree.companions)
    here = partial(_open, str(root))
    shared = shared and len(paths) >= _WORTH_TWO
    with sharing(paths, lambda its: marshal.dumps(_plain(here(its))), shared) as (mine, theirs):
        found = here(mine())
        answered = theirs()
        more = _opened(marshal.loads(answered)) if answered else here(mine())
    files, digests = found.files | more.files, found.digests | more.digests
    there = [path for path in paths if path in files]
    strays = sorted({*found.strays, *more.strays}, key=lambda one: one.path)
    return Gathered(
        {path: files[path] for path in there},
        {path: digests[path] for path in there},
        [*tree.strays, *strays],
        len(tree.records),
    )


_WORTH_TWO = 2000
"""From how many files on a second process pays that opens a part of them and hands it over."""


def _open(root: str, paths: Iterable[str]) -> Gathered:
    files: dict[str, bytes] = {}
    strays: list[Stray] = []
    for path in paths:
        one = read_file(root, path)
        if isinstance(one, Stray):
            strays.append(one)
        else:
            files[path] = one
    return Gathered(files, {path: digest(raw) for path, raw in files.items()}, strays, len(files))


def _plain(one: Gathered) -> tuple[Any, ...]:
    """What was gathered, in values that ``marshal`` knows."""
    return one.files, one.digests, list(map(tuple, one.strays)), one.records


def _opened(plain: tuple[Any, ...]) -> Gathered:
    files, digests, strays, records = plain
    return Gathered(files, digests, list(map(Stray._make, strays)), records)


__all__ = ["Gathered", "gather"]
