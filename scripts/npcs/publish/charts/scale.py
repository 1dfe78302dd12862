"""Where numbers stand on an axis, and which of them it names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TypeVar

from npcs.publish.charts.svg import Number

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Scale:
    """Numbers from ``least`` to ``most``, laid out between two places."""

    least: Fraction
    most: Fraction
    start: Number
    end: Number

    def place(self, value: Number) -> Fraction:
        """Where a number stands."""
        span = self.most - self.least
        share = (value - self.least) / span if span else Fraction(1, 2)
        return self.start + share * (self.end - self.start)


def step_for(span: Fraction, most: int) -> Fraction:
    """The smallest of 1, 2 and 5 times a power of ten that parts a span in so many at most."""
    step = Fraction(1)
    while span / step > most:
        step *= 10
    while span / (step / 10) <= most:
        step /= 10
    return next((step / one for one in (5, 2) if span / (step / one) <= most), step)


def round_scale(values: Iterable[Fraction], start: Number, end: Number, most: int = 6) -> Scale:
    """A scale that holds all values with a little room, and begins and ends at a round number."""
    those = list(values)
    least, largest = min(those), max(those)
    room = (largest - least) / 12 or abs(largest) / 10 or Fraction(1)
    low = max(least - room, Fraction(0)) if least >= 0 else least - room
    step = step_for(largest + room - low, most)
    return Scale(floor(low / step) * step, ceil((largest + room) / step) * step, start, end)


def ticks(scale: Scale, most: int = 6) -> list[Fraction]:
    """The round numbers an axis names."""
    step = step_for(scale.most - scale.least, most)
    first = ceil(scale.least / step)
    return [number * step for number in range(first, floor(scale.most / step) + 1)]


def thinned(those: Sequence[T], most: int) -> Sequence[T]:
    """Every second of them, every third and so on, so that no more than so many are left."""
    return those[:: max(1, ceil(len(those) / most))]


def in_rows(spans: Sequence[tuple[Number, Number]]) -> list[int]:
    """A row for each span, from 0, so that no two of a row touch."""
    ends: list[Number] = []
    rows = []
    for first, last in spans:
        row = next((at for at, end in enumerate(ends) if end < first), len(ends))
        ends[row : row + 1] = [last]
        rows.append(row)
    return rows
