"""All files of a repository's records, brought into memory once."""

from pathlib import Path
from typing import NamedTuple

from npcs.records.tree import Stray, digest, read_file, walk


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
    files: dict[str, bytes] = {}
    strays = list(tree.strays)
    for path in (*tree.records, *tree.companions):
        one = read_file(root, path)
        if isinstance(one, Stray):
            strays.append(one)
        else:
            files[path] = one
    digests = {path: digest(raw) for path, raw in files.items()}
    return Gathered(files, digests, strays, len(tree.records))


__all__ = ["Gathered", "gather"]
