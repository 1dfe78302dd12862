"""Which blocks of two texts belong together: the same, reworded, merged, parted or moved.

Blocks with the same words are paired first, together with those that share most of their words, so
that as many words as possible stay where they are. What is left over and stands elsewhere in the
other text has moved. What is left in one place after that was reworded beyond recognition.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from npcs.charter.redline.blocks import Block, Normalized
from npcs.charter.redline.common import common, heaviest

ALIKE = 0.5
"""From which share of words in common two blocks are one, reworded."""

MOVED = 0.7
"""The same for a block that stands elsewhere."""

RARE = 4
"""In how many blocks of a text a word may stand to tell them from others."""

_TERM = re.compile(r"\w+(?:['’-]\w+)*")
_CLOSE = 900  # pairs of blocks that are all compared
_LONG = 4_000_000  # pairs of words up to which merging blocks is tried

Span = tuple[int, int]  # first block, and the one after the last
Pair = tuple[int, int, int]  # a block of each text, and how much speaks for their being one


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks of the old text that became blocks of the new."""

    old: Span
    new: Span


class _Side:
    """One text's blocks as they are compared: their words, and how often each stands in them."""

    def __init__(self, text: Normalized) -> None:
        self.blocks: Sequence[Block] = text.blocks
        self.words: list[tuple[str, ...]] = [
            tuple(text.text[a:b] for a, b in one.words) for one in text.blocks
        ]
        self.terms = [Counter(_TERM.findall(one.text.casefold())) for one in text.blocks]

    def size(self, number: int) -> int:
        return self.terms[number].total()


def match(old: Normalized, new: Normalized) -> tuple[list[Group], list[tuple[int, int]]]:
    """The groups that stand in both texts in one order, and pairs of blocks that moved."""
    pairing = _Pairing(_Side(old), _Side(new))
    pairing.stay((0, len(old.blocks)), (0, len(new.blocks)))
    moves = pairing.moves()
    pairing.rest({one for one, _ in moves}, {other for _, other in moves})
    return pairing.grouped({one for one, _ in moves}, {other for _, other in moves}), moves


class _Pairing:
    def __init__(self, old: _Side, new: _Side) -> None:
        self.old = old
        self.new = new
        self.pairs: dict[int, int] = {}

    # Blocks that stay

    def stay(self, old: Span, new: Span, depth: int = 0) -> None:
        """Pair what is the same or alike in two stretches, then look again at what lies between."""
        (first, last), (start, end) = old, new
        while first < last and start < end and self._same(first, start):
            self.pairs[first] = start
            first, start = first + 1, start + 1
        while first < last and start < end and self._same(last - 1, end - 1):
            last, end = last - 1, end - 1
            self.pairs[last] = end
        mine, theirs = range(first, last), range(start, end)
        twins = list(self._twins(mine, theirs))
        known = heaviest([*twins, *self._relatives(mine, theirs, twins)])
        if not known:
            return
        self.pairs.update((one, other) for one, other, _ in known)
        if depth < 4:
            around = [(first - 1, start - 1, 0), *known, (last, end, 0)]
            for (one, other, _), (after, beyond, _) in pairwise(around):
                if one + 1 < after and other + 1 < beyond:
                    self.stay((one + 1, after), (other + 1, beyond), depth + 1)

    def _same(self, one: int, other: int) -> bool:
        return (
            self.old.words[one] == self.new.words[other]
            and self.old.blocks[one].kind == self.new.blocks[other].kind
        )

    def _twins(self, mine: Iterable[int], theirs: Iterable[int]) -> Iterator[Pair]:
        """Blocks with the same words; of several, the first with the first and so on."""
        places: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for one in mine:
            places[self.old.blocks[one].kind, self.old.words[one]].append(one)
        met: Counter[tuple[object, ...]] = Counter()
        for other in theirs:
            key = (self.new.blocks[other].kind, self.new.words[other])
            if met[key] < len(places.get(key, ())):
                yield places[key][met[key]], other, 2 * self.new.size(other) + 1
                met[key] += 1

    def _relatives(
        self,
        mine: Iterable[int],
        theirs: Iterable[int],
        twins: Iterable[Pair],
        least: float = ALIKE,
    ) -> Iterator[Pair]:
        """Blocks that share words few others have, and then most of their words; no twins."""
        gone, come = {one for one, _, _ in twins}, {other for _, other, _ in twins}
        here = _places(self.old, (one for one in mine if one not in gone))
        there = _places(self.new, (other for other in theirs if other not in come))
        hits: Counter[tuple[int, int]] = Counter()
        for term, ones in here.items():
            others = there.get(term, [])
            if len(ones) <= RARE and len(others) <= RARE:
                hits.update((one, other) for one in ones for other in others)
        seen: Counter[int] = Counter()
        for (one, other), _ in hits.most_common():
            if seen[one] < RARE or seen[~other] < RARE:
                seen[one] += 1
                seen[~other] += 1
                if shared := self._alike(one, other, least):
                    yield one, other, 2 * shared

    def _alike(self, one: int, other: int, least: float) -> int:
        """How many words two blocks share, if they share enough of them; else 0."""
        mine, theirs = self.old.blocks[one], self.new.blocks[other]
        if not self._may_be(one, other):
            return 0
        shared, share = self._shared(one, other), self._share(one, other)
        if mine.provision and mine.provision == theirs.provision:
            return max(shared, 1)
        if mine.provision and theirs.provision:
            return shared if share >= max(least, 0.6) else 0
        smaller = min(self.old.size(one), self.new.size(other))
        holds = shared >= 4 and shared >= 0.75 * smaller and least == ALIKE
        return shared if share >= least or holds else 0

    def _may_be(self, one: int, other: int) -> bool:
        """Whether one block may have become the other: rows stay rows, and code stays code."""
        mine, theirs = self.old.blocks[one], self.new.blocks[other]
        fixed = ("row", "code", "rule")
        if mine.kind in fixed or theirs.kind in fixed:
            return mine.kind == theirs.kind and (mine.kind != "row" or mine.level == theirs.level)
        return True

    # Blocks that moved

    def moves(self) -> list[tuple[int, int]]:
        """Blocks that are paired with none and stand, the same or nearly so, in another place."""
        mine, theirs = self._free()
        twins = list(self._twins(mine, theirs))
        found = [one for one in twins if self._is_worth(one[0])]
        found += [
            (one, other, weight)
            for one, other, weight in self._relatives(mine, theirs, twins, MOVED)
            if self.old.size(one) >= 6 and self._share(one, other) >= MOVED
        ]
        gone: set[int] = set()
        come: set[int] = set()
        moves = []
        for one, other, _ in sorted(found, key=lambda pair: (-pair[2], pair)):
            if one not in gone and other not in come:
                gone.add(one)
                come.add(other)
                moves.append((one, other))
        return sorted(moves)

    def _shared(self, one: int, other: int) -> int:
        """How many words two blocks share, in whatever order."""
        mine, theirs = self.old.terms[one], self.new.terms[other]
        return 0 if mine.keys().isdisjoint(theirs) else (mine & theirs).total()

    def _share(self, one: int, other: int) -> float:
        """The same as a share of the words of both."""
        return 2 * self._shared(one, other) / max(1, self.old.size(one) + self.new.size(other))

    def _is_worth(self, number: int) -> bool:
        """Whether a block is long enough that its like elsewhere is no chance."""
        block = self.old.blocks[number]
        if block.kind == "rule" or (block.kind == "row" and block.level < 2):
            return False
        return self.old.size(number) >= 3 or block.kind == "heading"

    def _free(self) -> tuple[list[int], list[int]]:
        taken = set(self.pairs.values())
        return (
            [one for one in range(len(self.old.blocks)) if one not in self.pairs],
            [other for other in range(len(self.new.blocks)) if other not in taken],
        )

    # What is left in one place

    def rest(self, gone: set[int], come: set[int]) -> None:
        """Pair what is left between two pairs, as long as there are words in common at all."""
        for (first, last), (start, end) in self._gaps():
            mine = [one for one in range(first, last) if one not in gone]
            theirs = [other for other in range(start, end) if other not in come]
            if len(mine) * len(theirs) <= _CLOSE:
                near = [(one, other) for one in mine for other in theirs]
            else:
                near = list(zip(mine, theirs, strict=False))
            weighed = [
                (one, other, weight)
                for one, other in near
                if self._may_be(one, other)
                and not self._are_two(one, other)
                and (weight := self._weight(one, other))
            ]
            self.pairs.update((one, other) for one, other, _ in heaviest(weighed))

    def _weight(self, one: int, other: int) -> int:
        """How much speaks for a pair: the words in common, which lines below heads have none of."""
        is_ruled = self.old.blocks[one].kind == "row" and self.old.blocks[one].level == 1
        return 2 * self._shared(one, other) + is_ruled

    def _are_two(self, one: int, other: int) -> bool:
        """Whether two blocks are provisions of their own."""
        ids = self.old.blocks[one].provision, self.new.blocks[other].provision
        return bool(ids[0] and ids[1] and ids[0] != ids[1])

    def _gaps(self) -> list[tuple[Span, Span]]:
        """The stretches between neighbouring pairs, with blocks on both sides."""
        ends = (len(self.old.blocks), len(self.new.blocks))
        around = [(-1, -1), *sorted(self.pairs.items()), ends]
        return [
            ((one + 1, after), (other + 1, beyond))
            for (one, other), (after, beyond) in pairwise(around)
            if one + 1 < after and other + 1 < beyond
        ]

    # Merged and parted blocks

    def grouped(self, gone: set[int], come: set[int]) -> list[Group]:
        """The pairs as groups, with neighbours that were merged into them or parted from them."""
        pairs = sorted(self.pairs.items())
        ends = (len(self.old.blocks), len(self.new.blocks))
        groups: list[Group] = []
        for (one, other), (last, end) in pairwise([*pairs, ends]):
            first, start = (groups[-1].old[1], groups[-1].new[1]) if groups else (0, 0)
            group = Group((one, one + 1), (other, other + 1))
            if self.old.words[one] != self.new.words[other]:
                mine = [at for at in range(first, last) if at not in gone]
                theirs = [at for at in range(start, end) if at not in come]
                group = self._grown(group, mine, theirs)
                group = self._joined_with_last(group, groups)
            groups.append(group)
        return groups

    def _grown(self, group: Group, mine: list[int], theirs: list[int]) -> Group:
        """The group with those of its free neighbours whose words are found in it."""
        known = self._held(group)
        grows = True
        while grows:
            grows = False
            (first, last), (start, end) = group.old, group.new
            for at, free, side, wider in (
                (first - 1, mine, self.old, Group((first - 1, last), group.new)),
                (last, mine, self.old, Group((first, last + 1), group.new)),
                (start - 1, theirs, self.new, Group(group.old, (start - 1, end))),
                (end, theirs, self.new, Group(group.old, (start, end + 1))),
            ):
                if at in free and self._is_prose(wider):
                    held = self._held(wider)
                    if held - known >= max(min(2, side.size(at)), side.size(at) / 2, 1):
                        group, known, grows = wider, held, True
                        break
        return group

    def _joined_with_last(self, group: Group, groups: list[Group]) -> Group:
        """The group made one with that before it, where words went from one to the other."""
        if groups and groups[-1].old[1] == group.old[0] and groups[-1].new[1] == group.new[0]:
            last = groups[-1]
            both = Group((last.old[0], group.old[1]), (last.new[0], group.new[1]))
            apart = self._held(last) + self._held(group)
            if self._is_prose(both) and self._held(both) - apart >= 4:
                groups.pop()
                return both
        return group

    def _is_prose(self, group: Group) -> bool:
        blocks = (*self.old.blocks[slice(*group.old)], *self.new.blocks[slice(*group.new)])
        return all(one.kind == "paragraph" for one in blocks)

    def _held(self, group: Group) -> int:
        """How many words of a group stand in both its texts; 0 where counting would take long."""
        mine = [word for one in self.old.words[slice(*group.old)] for word in one]
        theirs = [word for one in self.new.words[slice(*group.new)] for word in one]
        if len(mine) * len(theirs) > _LONG:
            return 0
        return sum(any(map(str.isalnum, mine[at])) for at, _ in common(mine, theirs))


def _places(side: _Side, numbers: Iterable[int]) -> dict[str, list[int]]:
    """In which blocks each word stands, up to one more than make it too common."""
    found: dict[str, list[int]] = defaultdict(list)
    for number in numbers:
        for term in side.terms[number]:
            if len(found[term]) <= RARE:
                found[term].append(number)
    return found
