"""Run charts: values over time, their median, and what is unlikely to be chance.

The rules are those two of Perla, Provost and Murray that need no table ("The run chart: a simple
analytical tool for learning from variation in healthcare processes", BMJ Quality & Safety, 2011):

- a *shift*: six or more values in a row, all above or all below the median. A value on the median
  neither counts nor ends the row;
- a *trend*: five or more values in a row, all going up or all going down. A value equal to the one
  before neither counts nor ends the row.

With fewer than ten values nothing is claimed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

FEWEST = 10
"""With fewer values than these no signal is claimed."""

SHIFT, TREND = 6, 5
"""How many values make a shift, and how many make a trend."""


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that is unlikely to be chance, from one value to another, by their places from 0.

    ``count`` is how many values count for it; those that do not may stand between.
    """

    kind: Literal["shift", "trend"]
    direction: Literal["up", "down"]
    first: int
    last: int
    count: int


@dataclass(frozen=True, slots=True)
class RunChart:
    """Values in the order of time, with their median; None without a value."""

    values: tuple[Fraction, ...]
    median: Fraction | None
    signals: tuple[Signal, ...]

    @property
    def is_long_enough(self) -> bool:
        """Whether there are enough values to claim a signal."""
        return len(self.values) >= FEWEST


def run_chart(values: Sequence[Fraction]) -> RunChart:
    """The run chart of values in the order of time."""
    middle = median(values)
    if middle is None or len(values) < FEWEST:
        return RunChart(tuple(values), middle, ())
    signals = [*_shifts(values, middle), *_trends(values)]
    signals.sort(key=lambda one: (one.first, one.last, one.kind))
    return RunChart(tuple(values), middle, tuple(signals))


def median(values: Sequence[Fraction]) -> Fraction | None:
    """The value in the middle, or the mean of the two there; None without values."""
    if not values:
        return None
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


def _shifts(values: Sequence[Fraction], middle: Fraction) -> list[Signal]:
    found = []
    run: list[int] = []
    for place, value in enumerate(values):
        if value == middle:
            continue
        if run and (values[run[-1]] > middle) != (value > middle):
            found += _shift(run, values[run[0]] > middle)
            run = []
        run.append(place)
    return found + (_shift(run, values[run[0]] > middle) if run else [])


def _shift(run: list[int], is_up: bool) -> list[Signal]:
    if len(run) < SHIFT:
        return []
    return [Signal("shift", "up" if is_up else "down", run[0], run[-1], len(run))]


def _trends(values: Sequence[Fraction]) -> list[Signal]:
    found = []
    run = [0]
    for place in range(1, len(values)):
        step = values[place] - values[run[-1]]
        if step == 0:
            continue
        if len(run) > 1 and (values[run[1]] > values[run[0]]) != (step > 0):
            found += _trend(run, values)
            run = [run[-1]]
        run.append(place)
    return found + _trend(run, values)


def _trend(run: list[int], values: Sequence[Fraction]) -> list[Signal]:
    if len(run) < TREND:
        return []
    direction: Literal["up", "down"] = "up" if values[run[1]] > values[run[0]] else "down"
    return [Signal("trend", direction, run[0], run[-1], len(run))]
