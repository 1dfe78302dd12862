"""Which words of blocks that belong together stayed, went and came."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from npcs.charter.redline.common import common

Op = Literal["equal", "delete", "insert"]
Span = tuple[int, int]

_KNIT = re.compile(r"[\[\]`<>{}|\\]|://|^\d+[.)]$|&#?\w+;")
_CLOSING = "\"')]*_”’»"
_POINTS = frozenset('!"#$%&()*+,./:;=?@^_~“”„«»…–—')
_FARTHEST = 100  # words an added or removed run is slid along the text


class Piece(NamedTuple):
    """A stretch of the texts that stayed, went or came; a place in the text that lacks it is empty.

    ``moved`` is the number of the move it belongs to, from 1; 0 if it belongs to none.
    """

    op: Op
    old: Span
    new: Span
    moved: int = 0


class _Run(NamedTuple):
    """A stretch of both texts that is the same in them, or is not."""

    same: bool
    old: Span
    new: Span

    @property
    def marks(self) -> int:
        """How many marks it takes to show it: one for what went and one for what came."""
        return 0 if self.same else (self.old[0] < self.old[1]) + (self.new[0] < self.new[1])


def pieces(
    old: str,
    new: str,
    mine: tuple[Sequence[Span], int, int],
    theirs: tuple[Sequence[Span], int, int],
    pairs: Sequence[tuple[int, int]],
) -> Iterator[Piece]:
    """What stayed, went and came between a start and an end in each of two texts.

    ``mine`` and ``theirs`` are the places of the words, the start and the end; ``pairs`` are the
    numbers of the words that stayed.
    """
    here, at, last = mine
    there, beyond, end = theirs
    runs: list[_Run] = []
    for one, other in pairs:
        _add(runs, _change(old, new, (at, here[one][0]), (beyond, there[other][0])), old, new)
        _add(runs, [_Run(True, here[one], there[other])], old, new)
        at, beyond = here[one][1], there[other][1]
    _add(runs, _change(old, new, (at, last), (beyond, end)), old, new)
    for run in runs:
        (first, last), (start, end) = run.old, run.new
        if run.same:
            yield Piece("equal", run.old, run.new)
            continue
        if first < last:
            yield Piece("delete", run.old, (start, start))
        if start < end:
            yield Piece("insert", (last, last), run.new)


def _add(runs: list[_Run], more: Iterable[_Run], old: str, new: str) -> None:
    """Add runs to those before, as one where they are of a kind.

    A word that has changed in several places is marked once and as a whole.
    """
    for one in more:
        if one.old[0] == one.old[1] and one.new[0] == one.new[1]:
            continue
        if runs and runs[-1].same == one.same:
            one = _over(runs.pop(), one)
        elif len(runs) > 1 and not one.same and _is_one_word(runs[-2], runs[-1], one, old, new):
            runs.pop()
            one = _over(runs.pop(), one)
        runs.append(one)


def _over(first: _Run, last: _Run) -> _Run:
    return _Run(last.same, (first.old[0], last.old[1]), (first.new[0], last.new[1]))


def _is_one_word(before: _Run, kept: _Run, after: _Run, old: str, new: str) -> bool:
    """Whether what stayed between two changes is part of a word that both of them are part of."""
    text = old[slice(*kept.old)]
    if before.marks + after.marks < 3 or any(map(str.isspace, text)):
        return False
    ends = [text[last - 1] for text, (first, last) in ((old, before.old), (new, before.new))
            if first < last]  # fmt: skip
    starts = [text[first] for text, (first, last) in ((old, after.old), (new, after.new))
              if first < last]  # fmt: skip
    return not any(map(str.isspace, ends + starts))


def _change(old: str, new: str, gone: Span, come: Span) -> Iterator[_Run]:
    """What stands between two words that stayed, with what is the same at its ends apart."""
    (first, last), (start, end) = gone, come
    if old[first:last] == new[start:end]:
        yield _Run(True, gone, come)
        return
    head = _same_blanks(old[first:last], new[start:end], 1)
    first, start = first + head, start + head
    tail = _same_blanks(old[first:last], new[start:end], -1)
    last, end = last - tail, end - tail
    lead, trail = _same_points(old[first:last], new[start:end])
    yield _Run(True, (first - head, first + lead), (start - head, start + lead))
    yield _Run(False, (first + lead, last - trail), (start + lead, end - trail))
    yield _Run(True, (last - trail, last + tail), (end - trail, end + tail))


def _same_blanks(one: str, other: str, way: int) -> int:
    """How long the blanks are that both begin (or, with -1, end) with, if they are the same."""
    mine, theirs = one[::way], other[::way]
    blanks = len(mine) - len(mine.lstrip())
    return blanks if blanks == len(theirs) - len(theirs.lstrip()) and (
        mine[:blanks] == theirs[:blanks]) else 0  # fmt: skip


def _same_points(one: str, other: str) -> tuple[int, int]:
    """How much the first words of two changed stretches begin, and the last ones end, alike.

    A word is never cut, only what is written around it: the full stop of ``expires.`` that became
    a comma. Marks of Markdown are cut off a word only where none is left on it.
    """
    lead = trail = 0
    mine, theirs = _word(one, 0), _word(other, 0)
    if mine and theirs and not _KNIT.search(mine) and not _KNIT.search(theirs):
        lead = _alike(mine, theirs)
    mine, theirs = _word(one[lead:], -1), _word(other[lead:], -1)
    if mine and theirs and not _KNIT.search(mine) and not _KNIT.search(theirs):
        trail = _alike(mine[::-1], theirs[::-1])
    return lead, trail


def _word(text: str, end: Literal[0, -1]) -> str:
    """The first word of a text, or the last one with -1; nothing where blanks come before it."""
    if not text or text[end].isspace():
        return ""
    return (text.rsplit(None, 1) if end else text.split(None, 1))[end]


def _alike(one: str, other: str) -> int:
    """How many characters two words begin with alike, up to the end of a word or a mark."""
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    while length and not (_parts(one, length) and _parts(other, length)):
        length -= 1
    left = one[length:] + other[length:]
    return 0 if any(mark in left for mark in "*_~#") else length


def _parts(word: str, at: int) -> bool:
    """Whether a word may be cut at a place: not inside a word, nor inside a mark like ``**``."""
    if at == len(word):
        return True
    before, after = word[at - 1], word[at]
    return (before in _POINTS) != (after in _POINTS) or (before in _POINTS and before != after)


def word_pairs(here: Sequence[str], there: Sequence[str]) -> list[tuple[int, int]]:
    """The words that stayed, as pairs of their numbers."""
    pairs = _slid(common(here, there), there)
    turned = _slid([(other, one) for one, other in pairs], here)
    return [(one, other) for other, one in turned]


def _slid(pairs: list[tuple[int, int]], there: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs with each added run of words where it begins as a sentence or a clause does.

    “A b. [The c d.] The e” and “A b. The [c d. The] e” say the same; the first reads better.
    """
    result = list(pairs)
    for number in range(1, len(result)):
        (one, other), (after, beyond) = result[number - 1], result[number]
        if after != one + 1 or beyond == other + 1:
            continue
        length = beyond - other - 1
        best, best_shift = _opens(there, other + 1), 0
        shift = 0
        while shift < min(number, _FARTHEST):
            at = number - 1 - shift
            mine, theirs = result[at]
            if theirs != other - shift or mine != one - shift:
                break
            if there[theirs] != there[theirs + length]:
                break
            shift += 1
            if (score := _opens(there, theirs)) > best:
                best, best_shift = score, shift
        for at in range(number - best_shift, number):
            result[at] = (result[at][0], result[at][1] + length)
    return result


def _opens(words: Sequence[str], at: int) -> int:
    """How well a run of words may begin at a place."""
    if not at:
        return 4
    before = words[at - 1]
    if before.rstrip(_CLOSING).endswith((".", "!", "?", ":", ";")):
        return 3
    return 2 if before.endswith((",", "–", "—", "|")) else 1
