"""What is known of the site that stands, so that the next build need not make all of it again.

It is kept in the user's cache folder, like what a check has read: sealed, of this program alone,
written whole or not at all. Where it is missing, torn or no longer true, all is built.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from npcs.publish import swap
from npcs.publish.pages import Made
from npcs.publish.pieces import NOTHING, Known, Piece
from npcs.records.document import Document
from npcs.records.hub import Hub, document
from npcs.records.reads import Leaf
from npcs.records.tree import Stray, digest, read_file
from npcs.rules import cache, entry

Stamp = tuple[int, int, int]
"""What changes when a file does: its inode, its size, and when it was written."""


class Before(NamedTuple):
    """A site as it was built.

    ``shell`` is a digest of what every page shows or is made by, ``menu`` the menu. ``staged`` has
    the digest of each staged file, ``pages`` what was seen of each page, ``files`` every file of
    the site with its stamp, ``docs`` every staged file with its own. ``known`` are the pieces of
    the staged site.
    """

    shell: bytes
    menu: str
    staged: Mapping[str, bytes]
    pages: Mapping[str, Made]
    files: Mapping[str, Stamp]
    docs: Mapping[str, Stamp]
    known: Known


def known(root: Path, out: Path) -> Before | None:
    """What is known of the site of a root that stands in a folder."""
    found = cache.read(cache.place("site", root, out), cache.code("publish"))
    if found is None:
        return None
    shell, menu, staged, pages, files, docs, leaves, key, pieces, derived, versions, values = found
    at = leaves.__getitem__
    kept = Known(
        key,
        {name: Piece(given, frozenset(map(at, reads)), value, some)
         for name, given, reads, value, some in pieces},
        {at(leaf): frozenset(map(at, reads)) for leaf, reads in derived},
        {at(leaf): version for leaf, version in versions},
        {at(leaf): value for leaf, value in values},
    )  # fmt: skip
    made = {name: Made(*one) for name, one in pages.items()}
    return Before(shell, menu, staged, made, files, docs, kept)


def keep(root: Path, out: Path, one: Before) -> None:
    """Remember a site that was built."""
    leaves: dict[Leaf, int] = {}

    def at(leaf: Leaf) -> int:
        return leaves.setdefault(leaf, len(leaves))

    kept = one.known
    pieces = [
        (name, it.given, [*map(at, it.reads)], it.value, it.files)
        for name, it in kept.pieces.items()
    ]
    derived = [(at(leaf), [*map(at, reads)]) for leaf, reads in kept.derived.items()]
    versions = [(at(leaf), version) for leaf, version in kept.versions.items()]
    values = [(at(leaf), value) for leaf, value in kept.values.items()]
    pages = {name: tuple(made) for name, made in one.pages.items()}
    plain = (one.shell, one.menu, one.staged, pages, one.files, one.docs, [*leaves], kept.key,
             pieces, derived, versions, values)  # fmt: skip
    cache.write(cache.place("site", root, out), plain, cache.code("publish"))


def pieces_of(before: Before | None, docs: Path) -> Known:
    """The pieces that may be taken over: all, where every staged file stands as it was written."""
    if before and docs.is_dir() and stamps(docs)[0] == before.docs:
        return before.known
    return NOTHING


class Records:
    """The records of a folder, read again only where the bytes of a file are others.

    ``changed`` tells whether any were the last time.
    """

    def __init__(self, root: Path) -> None:
        self.changed = True
        self._root = root
        self._place = cache.place("site-records", root)
        self._kept: dict[str, Any] = cache.read(self._place) or {}

    def hub(self) -> Hub:
        """The records as they stand now."""
        kept: dict[str, Any] = {}

        def reader(root: Path, path: str) -> Document | Stray:
            raw = read_file(root, path)
            if isinstance(raw, Stray):
                return raw
            plain = self._kept.get(path)
            if plain and plain[2] == digest(raw):
                one = entry.unpacked(path, plain).document
                one.source = raw if one.packed else b""
            else:
                one = document(path, raw)
                plain = entry.packed(one, ())
            kept[path] = plain
            return one

        hub = Hub.read(self._root, reader)
        self._kept, before = kept, self._kept
        self.changed = kept != before
        if self.changed:
            cache.write(self._place, kept)
        return hub


def stamps(folder: Path) -> tuple[dict[str, Stamp], list[str]]:
    """Every file below a folder with its stamp, and the folders, each after the one it is in.

    The mark of a site is left out. What is neither file nor folder has the stamp of no file.
    """
    files: dict[str, Stamp] = {}
    folders: list[str] = []
    _scan(str(folder), len(str(folder)) + 1, files, folders)
    files.pop(swap.MARK, None)
    return files, folders


def _scan(folder: str, start: int, files: dict[str, Stamp], folders: list[str]) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.path[start:].replace(os.sep, "/")
            if entry.is_dir(follow_symlinks=False):
                folders.append(name)
                _scan(entry.path, start, files, folders)
            elif entry.is_file(follow_symlinks=False):
                status = entry.stat(follow_symlinks=False)
                files[name] = status.st_ino, status.st_size, status.st_mtime_ns
            else:
                files[name] = 0, 0, 0
