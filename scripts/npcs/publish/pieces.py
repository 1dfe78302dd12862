"""Pieces of the staged site, each with what it has read: one that would be the same is not remade.

A piece is a page, what a section gives beside its pages, a table of data. What it reads is noted
while it is made (``records/reads.py``): records, what refers to them, Git, files beside these.
Where none of that says anything else than before, making it again would give the same, since a
piece rests on nothing but what it reads, the day, the settings and the program; the last three are
told for all of them by ``Pieces.key``.
"""

import marshal
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from npcs.records.reads import DERIVED, ENTRY, Leaf, Reads
from npcs.records.tree import digest

T = TypeVar("T")
Files = dict[str, bytes]
Version = Callable[[Leaf], bytes]


def sum_of(value: object) -> bytes:
    """A digest of values that say all they are when they are shown."""
    return blake2b(repr(value).encode(), digest_size=16).digest()


def sum_of_plain(value: Any) -> bytes:
    """A digest of plain values: texts, numbers, and what holds nothing else."""
    return blake2b(marshal.dumps(value, 2), digest_size=16).digest()


class Piece(NamedTuple):
    """What was made: a plain value and the digests of its files.

    ``given`` is a digest of what it was made of, beside what was read of the site for it.
    """

    given: bytes
    reads: frozenset[Leaf]
    value: Any
    files: Mapping[str, bytes]


class Known(NamedTuple):
    """All pieces of a staged site, the reads of what they share, and what each leaf said.

    ``values`` are those of what they share that were kept.
    """

    key: bytes = b""
    pieces: Mapping[str, Piece] = {}
    derived: Mapping[Leaf, frozenset[Leaf]] = {}
    versions: Mapping[Leaf, bytes] = {}
    values: Mapping[Leaf, Any] = {}


NOTHING = Known()


class Pieces:
    """The pieces of a site: those that are taken over from the site before, and those made."""

    def __init__(
        self,
        reads: Reads,
        version: Version,
        key: bytes = b"",
        before: Known = NOTHING,
        folder: Path = Path(),
    ) -> None:
        self._folder = folder
        self.made: dict[str, Piece] = {}
        self.contents: Files = {}
        self.digests: dict[str, bytes] = {}
        self._reads = reads
        self._version = version
        self._key = key
        self._before = before if before.key == key else Known()
        self._is_clear = True
        self._same: dict[Leaf, bool] = {}
        self._versions: dict[Leaf, bytes] = {}

    @property
    def files(self) -> Mapping[str, bytes]:
        """Every staged file so far; what was taken over is read where it stands."""
        return _Staged(self, self._folder)

    def get(self, name: str, make: Callable[[], tuple[Any, Files]], given: bytes = b"") -> Any:
        """The value of a piece; ``make`` gives it with the files it stages, where it is not known.

        ``given`` is a digest of what it rests on beside what it reads.
        """
        known = self._before.pieces.get(name)
        if known and self.has(name, given):
            self.made[name] = known
            self._stage(known.files)
            return known.value
        with self._reads.apart() as read:
            value, files = make()
        digests = {path: digest(content) for path, content in files.items()}
        self.made[name] = Piece(given, frozenset(read), value, digests)
        self._stage(digests)
        self.contents.update(files)
        return value

    def has(self, name: str, given: bytes = b"") -> bool:
        """Whether a piece would be what it was, and can be taken over."""
        known = self._before.pieces.get(name)
        return bool(known and known.given == given and all(map(self._is_same, known.reads)))

    def each(
        self,
        name: str,
        parts: Callable[[], Mapping[str, T]],
        draw: Callable[[T], tuple[Any, Files]],
        given: bytes = b"",
        mark: Callable[[T], bytes] = sum_of,
    ) -> list[Any]:
        """The values of pieces that are drawn from parts, which are found together.

        A part that says what it said is not drawn again; ``mark`` gives a digest of that.
        """
        found: dict[str, T] = {}

        def find() -> tuple[Any, Files]:
            found.update(parts())
            return [(key, mark(one)) for key, one in found.items()], {}

        def drawn(key: str) -> tuple[Any, Files]:
            if not found:
                find()
            return draw(found[key])

        return [
            self.get(f"{name} {key}", partial(drawn, key), said)
            for key, said in self.get(name, find, given)
        ]

    def add(self, files: Files) -> None:
        """Stage files that are made each time."""
        self._stage({path: digest(content) for path, content in files.items()})
        self.contents.update(files)

    def _stage(self, digests: Mapping[str, bytes]) -> None:
        if not self.digests.keys().isdisjoint(digests):
            self._is_clear = False
        self.digests.update(digests)

    def known(self) -> Known:
        """All of it, for the next time; nothing where a file belongs to two pieces."""
        if not self._is_clear:
            return NOTHING
        derived = {**self._before.derived, **self._reads.derived}
        values = {**self._before.values, **self._reads.values}
        leaves: set[Leaf] = set()
        ways = [one.reads for one in self.made.values()]
        seen: set[Leaf] = set()
        while ways:
            for leaf in ways.pop():
                if leaf not in seen:
                    seen.add(leaf)
                    if leaf[0] == ENTRY:
                        ways.append(frozenset({(DERIVED, leaf[1])}))
                    if leaf in derived:
                        ways.append(derived[leaf])
                    else:
                        leaves.add(leaf)
        return Known(
            self._key,
            self.made,
            {leaf: some for leaf, some in derived.items() if leaf in seen},
            {
                leaf: self._before.versions[leaf] if self._same.get(leaf) else self._now(leaf)
                for leaf in leaves
            },
            {leaf: one for leaf, one in values.items() if leaf in seen},
        )

    def recall(self, leaf: Leaf) -> Any:
        """A value that was kept, where it would be the same."""
        return self._before.values.get(leaf) if self._is_same(leaf) else None

    def _is_same(self, leaf: Leaf) -> bool:
        """Whether a leaf says what it said before."""
        same = self._same.get(leaf)
        if same is None:
            self._same[leaf] = False  # nothing rests on itself
            if leaf[0] == DERIVED:
                rests_on = self._before.derived.get(leaf)
                same = rests_on is not None and all(map(self._is_same, rests_on))
            else:
                # Where all of a table is what it was, so is each entry.
                same = (leaf[0] == ENTRY and self._is_same((DERIVED, leaf[1]))) or (
                    self._before.versions.get(leaf) == self._now(leaf)
                )
            self._same[leaf] = same
        return same

    def _now(self, leaf: Leaf) -> bytes:
        version = self._versions.get(leaf)
        if version is None:
            version = self._versions[leaf] = self._version(leaf)
        return version


class _Staged(Mapping[str, bytes]):
    """All files by path; those taken over stand in the folder they were staged in."""

    def __init__(self, pieces: Pieces, folder: Path) -> None:
        self._pieces = pieces
        self._folder = folder

    def __getitem__(self, name: str) -> bytes:
        made = self._pieces.contents.get(name)
        if made is None and name in self._pieces.digests:
            made = (self._folder / name).read_bytes()
        if made is None:
            raise KeyError(name)
        return made

    def __contains__(self, name: object) -> bool:
        return name in self._pieces.digests

    def __iter__(self) -> Iterator[str]:
        return iter(self._pieces.digests)

    def __len__(self) -> int:
        return len(self._pieces.digests)


__all__ = ["NOTHING", "Files", "Known", "Piece", "Pieces", "sum_of", "sum_of_plain"]
