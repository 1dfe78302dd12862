"""What is known of the site that stands, so that the next build need not make all of it again.

It is kept in the user's cache folder, like what a check has read: sealed, of this program alone,
written whole or not at all. Where it is missing, torn or no longer true, all is built.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from npcs.publish import swap
from npcs.publish.pages import Made
from npcs.publish.pieces import NOTHING, Known, Piece
from npcs.records.document import Document
from npcs.records.findings import Finding
from npcs.records.hub import Hub, document
from npcs.records.reads import Leaf
from npcs.records.tree import Stray, digest, read_file
from npcs.rules import cache, entry
from npcs.rules.records.identifiers import identifier

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


class Memory:
    """What is kept of the site of a root that stands in a folder.

    All there was once stands in two files, one after the other, since each takes much room while it
    is written; what has changed since then stands in a third, since a small change should write
    little.
    """

    def __init__(self, root: Path, out: Path) -> None:
        self._out = out
        self._pages, self._pieces, self._since = (
            cache.place(what, root, out) for what in ("site", "site-pieces", "site-since")
        )
        self._name = b""
        self._once: _Tables = ()
        self.before: Before | None = None

    def read(self) -> None:
        """Know of the site what is ``before``: nothing where there is no site, or another's."""
        program = cache.code("publish")
        pages = cache.read(self._pages, program) if self._out.is_dir() else None
        pieces = cache.read(self._pieces, program)
        if not pages or not pieces or pages[0] != pieces[0]:
            return
        self._name, head, *plain = pages
        self._once = tables = *_pages_unpacked(plain), *_pieces_unpacked(pieces[1:])
        since = cache.read(self._since, program)
        if since and since[0] == self._name:
            _, head, plain, pieces, gone = since
            later = *_pages_unpacked(plain), *_pieces_unpacked(pieces)
            tables = tuple(
                {**{key: one for key, one in was.items() if key not in less}, **more}
                if less
                else {**was, **more}
                for was, more, less in zip(tables, later, map(set, gone), strict=True)
            )
        self.before = _before(head, tables)

    def forget(self) -> None:
        """Know nothing of the site any more: that needs much room, and is of no use to another."""
        self._once, self.before = (), None

    def write(self, one: Before) -> None:
        """Remember a site that was built."""
        self.before = one
        program = cache.code("publish")
        tables = _tables(one)
        if self._once:
            both = [*zip(self._once, tables, strict=True)]
            more = tuple(
                {key: it for key, it in now.items()
                 if (old := was.get(key)) is not it and old != it}
                for was, now in both
            )  # fmt: skip
            gone = [[key for key in was if key not in now] for was, now in both]
            if sum(map(len, (*more, *gone))) < sum(map(len, tables)) * _LITTLE:
                plain = _pages_packed(more[:_OF_PAGES]), _pieces_packed(more[_OF_PAGES:])
                cache.write(self._since, (self._name, _head(one), *plain, gone), program)
                return
        self._name, self._once = os.urandom(16), tables
        pages = self._name, _head(one), *_pages_packed(tables[:_OF_PAGES])
        cache.write(self._pages, pages, program)
        pieces = self._name, *_pieces_packed(tables[_OF_PAGES:])
        cache.write(self._pieces, pieces, program)


_LITTLE = 0.1
"""Up to which part of all there is a change is written by itself."""

_Tables = tuple[Mapping[Any, Any], ...]
_OF_PAGES = 4
"""How many of the tables tell of pages and files; the others tell of pieces."""


def _head(one: Before) -> tuple[Any, ...]:
    return one.shell, one.menu, one.known.key


def _tables(one: Before) -> _Tables:
    it = one.known
    return (one.staged, one.files, one.docs, one.pages, it.pieces, it.derived, it.versions,
            it.values)  # fmt: skip


def _before(head: tuple[Any, ...], tables: _Tables) -> Before:
    shell, menu, key = head
    staged, files, docs, pages, *more = tables
    return Before(shell, menu, staged, pages, files, docs, Known(key, *more))


def _pages_packed(tables: _Tables) -> tuple[Any, ...]:
    """Tables of pages and files in values that ``marshal`` knows."""
    *plain, pages = tables
    return *plain, {name: tuple(made) for name, made in pages.items()}


def _pages_unpacked(packed: Sequence[Any]) -> _Tables:
    *plain, pages = packed
    return *plain, {name: Made(*one) for name, one in pages.items()}


def _pieces_packed(tables: _Tables) -> tuple[Any, ...]:
    """Tables of pieces in values that ``marshal`` knows; a leaf is named by its number."""
    leaves: dict[Leaf, int] = {}

    def at(leaf: Leaf) -> int:
        return leaves.setdefault(leaf, len(leaves))

    pieces, derived, versions, values = tables
    rest = (
        [(name, it.given, [*map(at, it.reads)], it.value, it.files) for name, it in pieces.items()],
        [(at(leaf), [*map(at, reads)]) for leaf, reads in derived.items()],
        [(at(leaf), version) for leaf, version in versions.items()],
        [(at(leaf), value) for leaf, value in values.items()],
    )
    return [*leaves], *rest


def _pieces_unpacked(packed: Sequence[Any]) -> _Tables:
    leaves, pieces, derived, versions, values = packed
    at = leaves.__getitem__
    return (
        {name: Piece(given, frozenset(map(at, reads)), value, some)
         for name, given, reads, value, some in pieces},
        {at(leaf): frozenset(map(at, reads)) for leaf, reads in derived},
        {at(leaf): version for leaf, version in versions},
        {at(leaf): value for leaf, value in values},
    )  # fmt: skip


def pieces_of(before: Before | None, docs: Path) -> Known:
    """The pieces that may be taken over: all, where every staged file stands as it was written."""
    if before and docs.is_dir() and stamps(docs)[0] == before.docs:
        return before.known
    return NOTHING


class Records:
    """The records of a folder, read again only where the bytes of a file are others, or ``anew``.

    ``changed`` tells whether any were the last time; ``identifying`` is what names a person in
    them, as the rule ``identifier`` finds it.
    """

    def __init__(self, root: Path, anew: bool = False) -> None:
        self.changed = False
        self.identifying: tuple[Finding, ...] = ()
        self._root = root
        self._place = cache.place("site-records", root)
        self._kept: dict[str, Any] = {} if anew else cache.read(self._place) or {}

    def hub(self) -> Hub:
        """The records as they stand now."""
        kept: dict[str, Any] = {}

        def reader(root: Path, path: str) -> Document | Stray:
            raw = read_file(root, path)
            if isinstance(raw, Stray):
                return raw
            plain = self._kept.get(path)
            if plain and plain[2] == digest(raw):
                one = entry.unpacked(path, plain)
                one.source = raw if one.packed else b""
            else:
                one = document(path, raw)
                one.findings = tuple(_identifying(one))
                plain = entry.packed(one)
            kept[path] = plain
            return one

        hub = Hub.read(self._root, reader)
        self._kept, before = kept, self._kept
        self.changed = kept != before
        self.identifying = tuple(Finding(*it) for plain in kept.values() for it in plain[-1])
        return hub

    def keep(self) -> None:
        """Remember what was read, where it is not what was known."""
        if self.changed:
            cache.write(self._place, self._kept)


def _identifying(one: Document) -> Iterator[Finding]:
    return (Finding.of(it, identifier.name, identifier.provision) for it in identifier.check(one))


def stamps(folder: Path) -> tuple[dict[str, Stamp], list[str]]:
    """Every file below a folder with its stamp, and the folders, each after the one it is in.

    The mark of a site is left out. What is neither file nor folder has the stamp of no file.
    """
    files: dict[str, Stamp] = {}
    folders: list[str] = []
    _scan(str(folder), len(str(folder)) + 1, files, folders)
    files.pop(swap.MARK, None)
    return files, folders


def renewed(folder: Path, known: Mapping[str, Stamp], names: Iterable[str]) -> dict[str, Stamp]:
    """The stamps of files below a folder where only those named can be other than known."""
    files = dict(known)
    for name in names:
        files.pop(name, None)
        with suppress(FileNotFoundError):
            files[name] = _stamp(os.stat(f"{folder}/{name}"))  # noqa: PTH116 - thousands of them
    return files


def _scan(folder: str, start: int, files: dict[str, Stamp], folders: list[str]) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.path[start:].replace(os.sep, "/")
            if entry.is_dir(follow_symlinks=False):
                folders.append(name)
                _scan(entry.path, start, files, folders)
            elif entry.is_file(follow_symlinks=False):
                files[name] = _stamp(entry.stat(follow_symlinks=False))
            else:
                files[name] = 0, 0, 0


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_ino, status.st_size, status.st_mtime_ns
