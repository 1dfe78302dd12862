"""The rows of a table as cells, and which columns of two tables belong together."""

import re
from collections.abc import Sequence

from npcs.charter.redline.blocks import HIDDEN, Block
from npcs.charter.redline.common import common

_PART = re.compile(r"\\.|`+|\|", re.DOTALL)

Span = tuple[int, int]
Columns = Sequence[tuple[int | None, int | None]]
"""Columns of the old and of the new table side by side; None where one has none."""


def cells(row: Block) -> list[Span]:
    """Where the cells of a row stand in the normalized text, between their lines."""
    lines = _lines(row.shown)
    text = row.shown
    first = len(text) - len(text.lstrip(HIDDEN + " \t"))
    ends = [at for at in lines if at != first]
    starts = [first + 1 if first in lines else first, *(at + 1 for at in ends)]
    found = list(zip(starts, [*ends, len(text)], strict=True))
    if len(found) > 1 and not text[slice(*found[-1])].strip():
        found.pop()
    return [(row.start + start, row.start + end) for start, end in found]


def _lines(text: str) -> list[int]:
    """Where the lines between cells stand: those that are neither escaped nor in code."""
    found = list(_PART.finditer(text))
    closes: dict[str, list[int]] = {}
    for number, one in enumerate(found):
        if one[0][0] == "`":
            closes.setdefault(one[0], []).append(number)
    lines = []
    number = 0
    while number < len(found):
        part = found[number][0]
        if part == "|":
            lines.append(found[number].start())
        elif part[0] == "`":
            same = closes[part]
            while same and same[0] <= number:
                same.pop(0)
            number = same[0] if same else number
        number += 1
    return lines


def columns(old: Block, new: Block, old_text: str, new_text: str) -> Columns:
    """The columns of two tables side by side, by what stands in their heads."""
    mine = [old_text[slice(*one)].strip() for one in cells(old)]
    theirs = [new_text[slice(*one)].strip() for one in cells(new)]
    if len(mine) == len(theirs):
        return [(number, number) for number in range(len(mine))]
    found: list[tuple[int | None, int | None]] = []
    at = there = 0
    for one, other in [*common(mine, theirs), (len(mine), len(theirs))]:
        both = min(one - at, other - there)
        found += [(at + number, there + number) for number in range(both)]
        found += [(number, None) for number in range(at + both, one)]
        found += [(None, number) for number in range(there + both, other)]
        if one < len(mine):
            found.append((one, other))
        at, there = one + 1, other + 1
    return found


def words_by_column(row: Block, text: str, numbers: Sequence[int]) -> list[str]:
    """The words of a row, each with the number of its column; so are the lines between cells."""
    found = []
    places = cells(row)
    at = 0
    for start, end in row.words:
        while at < len(places) and start > places[at][1]:
            at += 1
        column = numbers[at] if at < len(numbers) else at
        is_opening = at == 0 and start < places[0][0]
        found.append(f"{-1 if is_opening else column}{HIDDEN}{text[start:end]}")
    return found
