"""Control charts of single values and their moving ranges (XmR), with limits of three sigma.

The centre is the mean. The limits lie 2.66 mean moving ranges from it, which is three sigma: 3
divided by 1.128, the mean range of two values in sigmas. A moving range is limited by 3.267 mean
moving ranges. Both constants are those of ANSI/ASQC B1 to B3 (1996), and of Wheeler's
"Understanding Variation", which rounds the second to 3.27.

The rules are the five that the National Association for Healthcare Quality teaches ("Run chart
rules and control chart rules", CPHQ preparation class):

- one value *beyond* the limits;
- a *shift*: eight or more values in a row on one side of the centre;
- a *trend*: six or more in a row going up, or going down;
- two of three in a row in the *outer* third towards the same limit, or beyond it;
- fifteen or more in a row in the *inner* third around the centre.

It does not say what is done about values on the centre and about like values. We do as with run
charts: neither counts, and neither ends a row. A value on a limit is within it. Where a period is
missing or not shown, any row ends.

With fewer than twelve values nothing is claimed. Where periods are missing, limits are drawn from
at least half as many ranges: that is our own choice, since a single range would say nothing. Limits
are never moved but by those who choose a baseline.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from npcs.governance.run_chart import Signal, longest, shifts, trends

FEWEST = 12
"""With fewer values than these no signal is claimed, and limits are not drawn."""

SHIFT, TREND, INNER = 8, 6, 15
"""How many values make a shift, a trend, and a row that keeps too close to the centre."""

PER_RANGE = Fraction(266, 100)
"""Three sigma in mean moving ranges."""

RANGE_LIMIT = Fraction(3267, 1000)
"""The upper limit of a moving range, in mean moving ranges."""


class Limits(NamedTuple):
    """The centre of a control chart, its limits, and the limit of the moving ranges."""

    centre: Fraction
    lower: Fraction
    upper: Fraction
    range_limit: Fraction

    def thirds(self, value: Fraction) -> Fraction:
        """How far a value is from the centre, in thirds of the way to the limit; with its sign."""
        third = (self.upper - self.centre) / 3
        return (value - self.centre) / third if third else Fraction(0)


class ControlChart(NamedTuple):
    """Values in the order of time with their limits; None without enough of them.

    ``baseline`` is how many of the first values the limits are of; all of them where it is None.
    ``together`` is how many values at most follow each other with nothing missing between.
    """

    values: tuple[Fraction, ...]
    limits: Limits | None
    signals: tuple[Signal, ...]
    baseline: int | None = None
    together: int = 0

    @property
    def is_long_enough(self) -> bool:
        """Whether there are enough values to claim a signal."""
        return self.limits is not None

    @property
    def on_the_line(self) -> int:
        """How many values lie on the centre."""
        return sum(self.limits is not None and one == self.limits.centre for one in self.values)


def control_chart(
    values: Sequence[Fraction], baseline: int | None = None, apart: frozenset[int] = frozenset()
) -> ControlChart:
    """The control chart of values in the order of time.

    With a ``baseline`` the limits are those of so many first values. ``apart`` holds the places of
    values that do not follow the one before: something is missing between, so no range is taken,
    and no row goes on.
    """
    whole = tuple(values)
    limits = limits_of(whole[:baseline], apart)
    together = longest(len(whole), apart)
    if limits is None:
        return ControlChart(whole, None, (), baseline, together)
    signals = [
        *_beyond(whole, limits),
        *shifts(whole, limits.centre, SHIFT, apart),
        *trends(whole, TREND, apart),
        *_outer(whole, limits, apart),
        *_inner(whole, limits, apart),
    ]
    signals.sort(key=lambda one: (one.first, one.last, one.kind))
    return ControlChart(whole, limits, tuple(signals), baseline, together)


def limits_of(
    values: Sequence[Fraction], apart: frozenset[int] = frozenset(), fewest: int = FEWEST
) -> Limits | None:
    """The limits of values; None where there are too few, or too few of them follow each other."""
    ranges = [
        abs(values[place] - values[place - 1])
        for place in range(1, len(values))
        if place not in apart
    ]
    if len(values) < fewest or len(ranges) < max(1, fewest // 2):
        return None
    mean = sum(values, Fraction(0)) / len(values)
    range_ = sum(ranges, Fraction(0)) / len(ranges)
    width = PER_RANGE * range_
    return Limits(mean, mean - width, mean + width, RANGE_LIMIT * range_)


def _beyond(values: Sequence[Fraction], limits: Limits) -> list[Signal]:
    return [
        Signal("beyond", "up" if value > limits.upper else "down", place, place, 1)
        for place, value in enumerate(values)
        if not limits.lower <= value <= limits.upper
    ]


def _outer(values: Sequence[Fraction], limits: Limits, apart: frozenset[int]) -> list[Signal]:
    """Two of three in a row towards the same limit; rows that overlap are one signal."""
    found: list[Signal] = []
    if limits.upper == limits.lower:
        return found
    for sign, direction in ((1, "up"), (-1, "down")):
        outer = [place for place, one in enumerate(values) if sign * limits.thirds(one) > 2]
        row: list[int] = []
        for place in outer:
            if row and (place - row[-1] > 2 or {*range(row[-1] + 1, place + 1)} & apart):
                found += _outer_row(row, direction)
                row = []
            row.append(place)
        found += _outer_row(row, direction)
    return found


def _outer_row(row: list[int], direction: str) -> list[Signal]:
    if len(row) < 2:
        return []
    return [Signal("outer", "up" if direction == "up" else "down", row[0], row[-1], len(row))]


def _inner(values: Sequence[Fraction], limits: Limits, apart: frozenset[int]) -> list[Signal]:
    if limits.upper == limits.lower:
        return []
    found, row = [], 0
    for place, one in enumerate((*values, None)):
        is_inner = one is not None and abs(limits.thirds(one)) < 1
        if is_inner and place not in apart:
            row += 1
            continue
        if row >= INNER:
            found.append(Signal("inner", "", place - row, place - 1, row))
        row = int(is_inner)
    return found
