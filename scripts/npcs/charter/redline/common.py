"""What two sequences have in common: the longest run of like things in like order."""

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence

MOST = 150_000_000
"""The largest product of two lengths that is looked at exactly: about 0.1 s and 20 MB."""


def common(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The places of a longest common subsequence, as pairs in rising order.

    Exact up to ``MOST``. Longer sequences are parted where a thing stands once in each, or else in
    the middle, so that time and memory stay bounded; what is given is then common, if not longest.
    """
    found: list[tuple[int, int]] = []
    waiting = [(0, len(one), 0, len(other))]
    while waiting:
        first, last, start, end = waiting.pop()
        while first < last and start < end and one[first] == other[start]:
            found.append((first, start))
            first, start = first + 1, start + 1
        while first < last and start < end and one[last - 1] == other[end - 1]:
            last, end = last - 1, end - 1
            found.append((last, end))
        if first == last or start == end:
            continue
        if (last - first) * (end - start) <= MOST:
            found += [
                (first + mine, start + theirs)
                for mine, theirs in _longest(one[first:last], other[start:end])
            ]
            continue
        cuts = _anchors(one, other, first, last, start, end)
        if not cuts:
            cuts = [((first + last) // 2, (start + end) // 2)]
        for mine, theirs in cuts:
            waiting.append((first, mine, start, theirs))
            first, start = mine, theirs
        waiting.append((first, last, start, end))
    return sorted(found)


def _longest(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The longest common subsequence, a row of the table at a time as the bits of one number.

    H. Hyyrö, Bit-parallel LCS-length computation revisited, 2004. A bit of a row that is not set
    marks a place where the length grows; from the last row back, these places tell the pairs.
    """
    places: dict[Hashable, int] = {}
    for at, thing in enumerate(one):
        places[thing] = places.get(thing, 0) | 1 << at
    full = row = (1 << len(one)) - 1
    rows = [row]
    for thing in other:
        hits = row & places.get(thing, 0)
        row = ((row + hits) | (row - hits)) & full
        rows.append(row)
    found = []
    mine, theirs = len(one), len(other)
    while mine and theirs:
        if rows[theirs] >> (mine - 1) & 1:
            mine -= 1
        else:
            theirs -= 1
            if rows[theirs] >> (mine - 1) & 1:
                mine -= 1
                found.append((mine, theirs))
    return found


def _anchors(
    one: Sequence[Hashable], other: Sequence[Hashable], first: int, last: int, start: int, end: int
) -> list[tuple[int, int]]:
    """Pairs of things that stand once in each of two parts, in like order."""
    mine = _once(one, first, last)
    theirs = _once(other, start, end)
    shared = [(at, theirs[thing], 1) for thing, at in mine.items() if thing in theirs]
    return [(at, there) for at, there, _ in heaviest(shared)]


def _once(things: Sequence[Hashable], first: int, last: int) -> dict[Hashable, int]:
    found: dict[Hashable, int] = {}
    for at in range(first, last):
        found[things[at]] = -1 if things[at] in found else at
    return {thing: at for thing, at in found.items() if at >= 0}


def heaviest(pairs: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Of pairs with weights those that rise on both sides and weigh most together."""
    ordered = sorted(pairs, key=lambda pair: (pair[0], -pair[1]))
    ends: list[int] = []  # places on the other side, rising; as are the weights that reach them
    weights: list[int] = []
    holders: list[int] = []
    before = [-1] * len(ordered)
    for number, (_, there, weight) in enumerate(ordered):
        at = bisect_left(ends, there)
        total = weight + (weights[at - 1] if at else 0)
        before[number] = holders[at - 1] if at else -1
        drop = at
        while drop < len(ends) and weights[drop] <= total:
            drop += 1
        if at < drop or at == len(ends) or ends[at] != there:
            ends[at:drop] = [there]
            weights[at:drop] = [total]
            holders[at:drop] = [number]
    found = []
    number = holders[-1] if holders else -1
    while number >= 0:
        found.append(ordered[number])
        number = before[number]
    return found[::-1]


__all__ = ["common", "heaviest"]
