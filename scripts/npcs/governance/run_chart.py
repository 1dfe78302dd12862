"""Run charts: values over time, their median, and what is unlikely to be chance.

The rules are those of Perla, Provost and Murray ("The run chart: a simple analytical tool for
learning from variation in healthcare processes", BMJ Quality & Safety 20, 2011, 46-51):

- a *shift*: six or more values in a row, all above or all below the median. A value on the median
  neither counts nor ends the row;
- a *trend*: five or more values in a row, all going up or all going down. A value equal to the one
  before neither counts nor ends the row;
- too few or too many *runs*: a run is a row of values on one side of the median, those on it left
  out;
- an *astronomical* value, which anybody would call unusual. That is for people to judge, and is
  not computed.

Of the paper only the opening could be read, and its table of runs at second hand only, in copies
that differ from each other. Rules and what is done about values on the median and like values are
as the National Association for Healthcare Quality gives them ("Run chart rules and control chart
rules", CPHQ preparation class). The limits of the third rule are computed, not copied: exactly, for
as many values above and below the median as there are, with at most one time in forty beyond either
of them. That is the distribution from which the paper took its table (Swed and Eisenhart, Annals of
Mathematical Statistics 14, 1943, 66-87). They agree with all published critical values of it that
they were held against, and differ by one at most from the copies of the paper's table; see the
tests.

The paper does not say what to do where a period is missing, or its value is not shown. Then nobody
knows which side it was on: it ends a row of values, and so a shift, a trend and a run. Ending runs
makes them more, so too many are claimed only if they are too many without that.

With fewer than ten values nothing is claimed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import comb
from typing import Literal, NamedTuple

FEWEST = 10
"""With fewer values than these no signal is claimed."""

SHIFT, TREND = 6, 5
"""How many values make a shift, and how many make a trend."""

BEYOND = Fraction(1, 40)
"""How rarely chance gives so few runs, or so many, where their number is a signal."""

Kind = Literal["shift", "trend", "runs", "beyond", "outer", "inner"]
Direction = Literal["up", "down", "few", "many", ""]


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that is unlikely to be chance, from one value to another, by their places from 0.

    ``count`` is how many values count for it; those that do not may stand between. Of the number
    of runs it is that number. The last three kinds are those of control charts.
    """

    kind: Kind
    direction: Direction
    first: int
    last: int
    count: int


@dataclass(frozen=True, slots=True)
class Runs:
    """How many runs there are, and how many at least and at most chance would give.

    ``useful`` is how many values do not lie on the median. ``broken`` is how many fewer runs there
    would be if what is missing ended none.
    """

    count: int
    fewest: int
    most: int
    useful: int
    broken: int = 0


class RunChart(NamedTuple):
    """Values in the order of time, with their median; None without a value.

    ``baseline`` is how many of the first values the median is of; all of them where it is None.
    ``runs`` is None where they are not counted: with fewer than ten values off the median, and
    where it is not the median of all values. ``together`` is how many values at most follow each
    other with nothing missing between.
    """

    values: tuple[Fraction, ...]
    median: Fraction | None
    signals: tuple[Signal, ...]
    baseline: int | None = None
    runs: Runs | None = None
    together: int = 0

    @property
    def is_long_enough(self) -> bool:
        """Whether there are enough values to claim a signal."""
        return (len(self.values) if self.baseline is None else self.baseline) >= FEWEST

    @property
    def on_the_line(self) -> int:
        """How many values lie on the median."""
        return sum(one == self.median for one in self.values)


def run_chart(
    values: Sequence[Fraction], baseline: int | None = None, apart: frozenset[int] = frozenset()
) -> RunChart:
    """The run chart of values in the order of time.

    With a ``baseline`` the median is that of so many first values, and stays where it is for all
    that come after. It is never moved but by those who choose a baseline. ``apart`` holds the
    places of values that do not follow the one before: something is missing between.
    """
    whole = tuple(values)
    middle = median(whole[:baseline])
    together = longest(len(whole), apart)
    chart = RunChart(whole, middle, (), baseline, None, together)
    if middle is None or not chart.is_long_enough:
        return chart
    runs = _runs(whole, middle, apart) if baseline is None else None
    signals = [*shifts(whole, middle, SHIFT, apart), *trends(whole, TREND, apart)]
    if runs and runs.count < runs.fewest:
        signals.append(Signal("runs", "few", 0, len(whole) - 1, runs.count))
    elif runs and runs.count - runs.broken > runs.most:
        signals.append(Signal("runs", "many", 0, len(whole) - 1, runs.count - runs.broken))
    signals.sort(key=lambda one: (one.first, one.last, one.kind))
    return RunChart(whole, middle, tuple(signals), baseline, runs, together)


def longest(many: int, apart: frozenset[int]) -> int:
    """How many of so many values at most follow each other with nothing missing between."""
    ends = [0, *sorted(place for place in apart if 0 < place < many), many]
    return max(end - start for start, end in pairwise(ends))


def median(values: Sequence[Fraction]) -> Fraction | None:
    """The value in the middle, or the mean of the two there; None without values."""
    if not values:
        return None
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


def shifts(
    values: Sequence[Fraction], middle: Fraction, many: int, apart: frozenset[int] = frozenset()
) -> list[Signal]:
    """Rows of so many values or more on one side of a line; those on it do not count.

    A value whose place is in ``apart`` begins another row.
    """
    found = []
    run: list[int] = []
    for place, value in enumerate(values):
        turns = run and value != middle and (values[run[-1]] > middle) != (value > middle)
        if run and (turns or place in apart):
            found += _row("shift", run, values[run[0]] > middle, many)
            run = []
        if value != middle:
            run.append(place)
    return found + (_row("shift", run, values[run[0]] > middle, many) if run else [])


def trends(
    values: Sequence[Fraction], many: int, apart: frozenset[int] = frozenset()
) -> list[Signal]:
    """Rows of so many values or more that all go one way; like values count once.

    A value whose place is in ``apart`` begins another row.
    """
    found = []
    run: list[int] = []
    for place, value in enumerate(values):
        step = value - values[run[-1]] if run else 0
        is_up = len(run) > 1 and values[run[1]] > values[run[0]]
        if run and place in apart:
            found += _row("trend", run, is_up, many)
            run = [place]
        elif not run:
            run = [place]
        elif step:
            if len(run) > 1 and is_up != (step > 0):
                found += _row("trend", run, is_up, many)
                run = [run[-1]]
            run.append(place)
    return found + (_row("trend", run, values[run[1]] > values[run[0]], many) if run[1:] else [])


def _row(kind: Kind, run: list[int], is_up: bool, many: int) -> list[Signal]:
    if len(run) < many:
        return []
    return [Signal(kind, "up" if is_up else "down", run[0], run[-1], len(run))]


def _runs(values: Sequence[Fraction], middle: Fraction, apart: frozenset[int]) -> Runs | None:
    sides: list[bool] = []
    count = broken = 0
    is_apart = False
    for place, one in enumerate(values):
        is_apart |= place in apart
        if one == middle:
            continue
        turns = not sides or sides[-1] != (one > middle)
        count += turns or is_apart
        broken += is_apart and not turns
        sides.append(one > middle)
        is_apart = False
    if len(sides) < FEWEST:
        return None
    above = sum(sides)
    fewest, most = run_limits(above, len(sides) - above)
    return Runs(count, fewest, most, len(sides), broken)


@lru_cache(maxsize=256)
def run_limits(above: int, below: int) -> tuple[int, int]:
    """The fewest and the most runs that chance gives with so many values on either side.

    Fewer come of chance at most once in forty times, and so do more. Exact: all arrangements of
    the values are equally likely, and they are counted.
    """
    both = above + below
    all_, last = comb(both, above), 2 * min(above, below) + (above != below)
    if not above or not below:
        return 1, 1
    counted = list(_arrangements(above, below, last))
    fewest = 2 + _rare(counted, all_)
    return fewest, last - _rare(counted[::-1], all_)


def _arrangements(above: int, below: int, last: int) -> Sequence[int]:
    """In how many arrangements there are 2 runs, 3, and so on up to the most there can be."""
    found = []
    product = 1  # of the ways to part either side's values into k rows
    for k in range(1, last // 2 + 1):
        found += [2 * product, product * (above + below - 2 * k) // k]
        product = product * (above - k) * (below - k) // (k * k)
    return found[: last - 1]


def _rare(counted: Sequence[int], all_: int) -> int:
    """How many of the first numbers of runs are, taken together, rarer than chance allows."""
    sum_ = 0
    for place, one in enumerate(counted):
        sum_ += one
        if sum_ > BEYOND * all_:
            return place
    return len(counted)
