"""All files of a repository's records, brought into memory once."""

import marshal
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from npcs.records.tree import Stray, digest, read_file, walk
from npcs.rules.beside import answering, possible


class Gathered(NamedTuple):
    """What stands in the folders of records.

    ``files`` are the bytes of records and of what may stand among them, by path, and ``digests``
    their digests; ``strays`` is what cannot be read. ``records`` counts the files of records.
    """

    files: dict[str, bytes]
    digests: dict[str, bytes]
    strays: list[Stray]
    records: int


def gather(root: Path) -> Gathered:
    """Open the files of all records; ``NotADirectoryError`` where the root cannot be listed."""
    tree = walk(root)
    paths = (*tree.records, *tree.companions)
    files, digests, strays = _opened(str(root), paths)
    return Gathered(files, digests, [*tree.strays, *strays], len(tree.records))


Opened = tuple[dict[str, bytes], dict[str, bytes], list[Stray]]

_WORTH_TWO = 2000
"""From how many files on a second process pays that opens a part of them and hands it over."""

_HERE = 0.6
"""The part of the files that is opened in this process: it need not hand them over."""


def _opened(root: str, paths: tuple[str, ...]) -> Opened:
    """The bytes of files and their digests, and those that cannot be read, on two cores."""
    if len(paths) < _WORTH_TWO or not possible():
        return _open(root, paths)
    middle = int(len(paths) * _HERE)
    with answering(partial(_packed, root, paths[middle:])) as answer:
        files, digests, strays = _open(root, paths[:middle])
        if answered := answer():
            more = marshal.loads(answered)
            others = more[0], more[1], [Stray(*one) for one in more[2]]
        else:
            others = _open(root, paths[middle:])
    return files | others[0], digests | others[1], strays + others[2]


def _open(root: str, paths: Iterable[str]) -> Opened:
    files: dict[str, bytes] = {}
    strays: list[Stray] = []
    for path in paths:
        one = read_file(root, path)
        if isinstance(one, Stray):
            strays.append(one)
        else:
            files[path] = one
    return files, {path: digest(raw) for path, raw in files.items()}, strays


def _packed(root: str, paths: tuple[str, ...]) -> bytes:
    """What ``_open`` finds, in a form that another process can open."""
    files, digests, strays = _open(root, paths)
    return marshal.dumps(
        (files, digests, [(one.rule, one.path, one.message, one.hint) for one in strays])
    )


__all__ = ["Gathered", "gather"]
