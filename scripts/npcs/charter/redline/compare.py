"""The redline of two texts: what stayed, went, came and moved, block by block and word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from npcs.charter.redline.blocks import Block, Normalized, normalized
from npcs.charter.redline.cells import Columns, columns, words_by_column
from npcs.charter.redline.leaves import Container
from npcs.charter.redline.matching import Group, match
from npcs.charter.redline.stretches import Stretch, stretches
from npcs.charter.redline.words import Piece, Span, pieces, word_pairs

State = Literal["same", "changed", "deleted", "inserted"]


class Counts(NamedTuple):
    """How many words came, went and moved. A word that moved is counted once, as that alone."""

    inserted: int
    deleted: int
    moved: int


@dataclass(frozen=True, slots=True)
class Change:
    """Blocks of the old text and what became of them in the new one, in the order of reading.

    ``old`` and ``new`` are numbers of blocks: the first, and the one after the last. ``moved`` is
    the number of a move, from 1; such blocks stand twice, deleted here and inserted there. Words of
    ``pieces`` that are part of the move carry its number too.
    """

    old: Span
    new: Span
    state: State
    pieces: tuple[Piece, ...]
    moved: int = 0


@dataclass(frozen=True, eq=False)
class Redline:
    """Two texts, normalized, and all that lies between them; see ``redline``.

    ``blocks`` are the changes block by block; ``columns`` those of tables that belong together.
    """

    old: Normalized
    new: Normalized
    blocks: tuple[Change, ...]
    columns: dict[tuple[Container, Container], Columns]

    @cached_property
    def ops(self) -> tuple[Stretch, ...]:
        """What stayed, went and came, as stretches of text."""
        pieces = (piece for change in self.blocks for piece in change.pieces)
        return tuple(stretches(self.old.text, self.new.text, pieces))

    @cached_property
    def counts(self) -> Counts:
        """How many words came, went and moved."""
        came = went = moved = 0
        for one in self.ops:
            words = len(one.text.split())
            if one.op == "insert":
                came, moved = (came, moved + words) if one.moved else (came + words, moved)
            elif one.op == "delete" and not one.moved:
                went += words
        return Counts(came, went, moved)

    @property
    def is_empty(self) -> bool:
        """Whether the texts are the same in every word."""
        return self.counts == (0, 0, 0)


def redline(old: str, new: str) -> Redline:
    """What changed from one Markdown text, without front matter, to another.

    Any two texts can be compared. Up to some ten thousand words in one paragraph the words marked
    are as few as can be; beyond, marks get coarser, and stay exact.
    """
    before, after = normalized(old), normalized(new)
    groups, moves = match(before, after)
    return _Comparison(before, after, groups, moves).redline()


class _Comparison:
    def __init__(
        self,
        old: Normalized,
        new: Normalized,
        groups: Sequence[Group],
        moves: Sequence[tuple[int, int]],
    ) -> None:
        self.old = old
        self.new = new
        self.groups = groups
        self.moves = moves
        self.columns: dict[tuple[Container, Container], Columns] = {}

    def redline(self) -> Redline:
        self._tables()
        gone, come = self._numbered()
        blocks: list[Change] = []
        at = beyond = 0
        end = (len(self.old.blocks), len(self.new.blocks))
        for old, new in [*((one.old, one.new) for one in self.groups), (end[:1] * 2, end[1:] * 2)]:
            left = _by_place(self.old, range(at, old[0]))
            right = _by_place(self.new, range(beyond, new[0]))
            for mine, theirs in zip(left, right, strict=True):
                blocks += [self._gone(one, beyond, gone) for one in mine]
                blocks += [self._come(one, old[0], come) for one in theirs]
            if old[0] < old[1]:
                blocks.append(self._kept(old, new))
            at, beyond = old[1], new[1]
        return Redline(self.old, self.new, tuple(blocks), self.columns)

    def _tables(self) -> None:
        """Put the columns of tables side by side, by the first rows that belong together."""
        for group in self.groups:
            one, other = self.old.blocks[group.old[0]], self.new.blocks[group.new[0]]
            if one.kind == "row":
                tables = (one.within[-1], other.within[-1])
                if tables not in self.columns:
                    self.columns[tables] = columns(one, other, self.old.text, self.new.text)

    def _numbered(
        self,
    ) -> tuple[dict[int, tuple[int, int, bool]], dict[int, tuple[int, int, bool]]]:
        """For each moved block its partner, the number of the move, and whether it goes on.

        Neighbours that moved together without a change are one move.
        """
        gone: dict[int, tuple[int, int, bool]] = {}
        come: dict[int, tuple[int, int, bool]] = {}
        number = 0
        for place, (one, other) in enumerate(self.moves):
            if not (place and self._goes_on(self.moves[place - 1], (one, other))):
                number += 1
            after = self.moves[place + 1 : place + 2]
            goes_on = bool(after) and self._goes_on((one, other), after[0])
            gone[one] = other, number, goes_on
            come[other] = one, number, goes_on
        return gone, come

    def _goes_on(self, last: tuple[int, int], pair: tuple[int, int]) -> bool:
        (one, other), (after, beyond) = last, pair
        if after != one + 1 or beyond != other + 1:
            return False
        texts = [
            (text.blocks[at].text, text.text[_end(text.blocks[at]) : _begin(text, at + 1)])
            for text, at in ((self.old, one), (self.new, other))
        ]
        same = self.old.blocks[after].text == self.new.blocks[beyond].text
        return same and texts[0] == texts[1]

    def _gone(self, at: int, beyond: int, moved: dict[int, tuple[int, int, bool]]) -> Change:
        place = _begin(self.new, beyond)
        found = self._alone(self.old, self.new, at, moved)
        parts = [Piece("delete", span, (place, place), number) for span, number in found]
        number = moved[at][1] if at in moved else 0
        return Change((at, at + 1), (beyond, beyond), "deleted", tuple(parts), number)

    def _come(self, at: int, beyond: int, moved: dict[int, tuple[int, int, bool]]) -> Change:
        place = _begin(self.old, beyond)
        found = self._alone(self.new, self.old, at, moved)
        parts = [Piece("insert", (place, place), span, number) for span, number in found]
        number = moved[at][1] if at in moved else 0
        return Change((beyond, beyond), (at, at + 1), "inserted", tuple(parts), number)

    @staticmethod
    def _alone(
        text: Normalized, other: Normalized, at: int, moved: dict[int, tuple[int, int, bool]]
    ) -> Iterator[tuple[Span, int]]:
        """The stretches of a block that stands in one text, each with the move it is part of."""
        block = text.blocks[at]
        first, last = _begin(text, at), _begin(text, at + 1)
        if at not in moved or not block.words:
            yield (first, last), 0
            return
        partner, number, goes_on = moved[at]
        theirs = other.blocks[partner]
        here = [text.text[a:b] for a, b in block.words]
        kept = {one for one, _ in word_pairs(here, [other.text[a:b] for a, b in theirs.words])}
        start, is_kept = first, 0 in kept
        for word, (begin, _) in enumerate(block.words):
            if (word in kept) != is_kept:
                yield (start, begin), number * is_kept
                start, is_kept = begin, not is_kept
        end = last if goes_on else _end(block)
        yield (start, end), number * is_kept
        if end < last:
            yield (end, last), 0

    def _kept(self, old: Span, new: Span) -> Change:
        mine, theirs = self.old.blocks[slice(*old)], self.new.blocks[slice(*new)]
        here, there = self._words(mine, theirs)
        found = tuple(
            pieces(
                self.old.text,
                self.new.text,
                ([one for block in mine for one in block.words], *_reach(self.old, old)),
                ([one for block in theirs for one in block.words], *_reach(self.new, new)),
                word_pairs(here, there),
            )
        )
        is_same = all(one.op == "equal" for one in found)
        return Change(old, new, "same" if is_same else "changed", found)

    def _words(self, mine: Sequence[Block], theirs: Sequence[Block]) -> tuple[list[str], list[str]]:
        """The words of blocks as they are compared: those of a row only within their column."""
        tables = (mine[0].within[-1:], theirs[0].within[-1:])
        if mine[0].kind == "row" and (tables[0][0], tables[1][0]) in self.columns:
            numbers = list(enumerate(self.columns[tables[0][0], tables[1][0]]))
            old = [number for number, (one, _) in numbers if one is not None]
            new = [number for number, (_, other) in numbers if other is not None]
            return (
                words_by_column(mine[0], self.old.text, old),
                words_by_column(theirs[0], self.new.text, new),
            )
        return (
            [self.old.text[a:b] for block in mine for a, b in block.words],
            [self.new.text[a:b] for block in theirs for a, b in block.words],
        )


def _by_place(text: Normalized, numbers: range) -> tuple[range, range, range]:
    """Blocks in a row, parted: those in the list or table before them, others, those in the next.

    What went and what came is shown part by part, so that no list is torn apart.
    """
    before = text.blocks[numbers.start - 1].within[:1] if numbers.start else ()
    after = text.blocks[numbers.stop].within[:1] if numbers.stop < len(text.blocks) else ()
    first, last = numbers.start, numbers.stop
    while before and first < last and text.blocks[first].within[:1] == before:
        first += 1
    while after and first < last and text.blocks[last - 1].within[:1] == after:
        last -= 1
    return range(numbers.start, first), range(first, last), range(last, numbers.stop)


def _begin(text: Normalized, at: int) -> int:
    """Where the first word of a block stands; of the one after the last, the end of the text."""
    if not at:
        return 0
    if at == len(text.blocks):
        return len(text.text)
    block = text.blocks[at]
    return block.words[0][0] if block.words else block.start


def _end(block: Block) -> int:
    return block.words[-1][1] if block.words else block.start


def _reach(text: Normalized, span: Span) -> Span:
    return _begin(text, span[0]), _begin(text, span[1])
