"""Run charts: what is a signal, what is not, and what is claimed of few values."""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations, pairwise

import pytest

from npcs.governance.chart_words import told
from npcs.governance.run_chart import RunChart, median, run_chart, run_limits


def chart(*values: int, baseline: int | None = None) -> RunChart:
    return run_chart([Fraction(one) for one in values], baseline)


def signals(*values: int) -> list[tuple[str, str, int, int, int]]:
    """All signals but the number of runs."""
    return [
        (one.kind, one.direction, one.first, one.last, one.count)
        for one in chart(*values).signals
        if one.kind != "runs"
    ]


def sided(*rows: int) -> list[int]:
    """Values in rows of so many, above and below the median in turn."""
    return [value for at, row in enumerate(rows) for value in [9 - at % 2 * 8] * row]


@pytest.mark.parametrize(
    ("values", "middle"),
    [([], None), ([3], 3), ([1, 4], Fraction(5, 2)), ([9, 1, 5], 5), ([1, 1, 1, 9], 1)],
)
def test_the_median(values: list[int], middle: Fraction | None) -> None:
    assert median([Fraction(one) for one in values]) == middle


def test_six_in_a_row_below_the_median_are_a_shift_and_five_are_not() -> None:
    assert signals(9, 8, 9, 8, 9, 8, 1, 2, 1, 2, 1, 2) == [
        ("shift", "up", 0, 5, 6), ("shift", "down", 6, 11, 6),
    ]  # fmt: skip
    assert signals(9, 8, 9, 8, 9, 1, 2, 1, 2, 1, 8, 1) == []


def test_values_on_the_median_neither_count_nor_end_a_shift() -> None:
    values = (9, 8, 5, 9, 8, 9, 5, 8, 5, 1, 2, 1, 2, 1, 9, 1, 5)
    assert median([Fraction(one) for one in values]) == 5
    assert signals(*values) == [("shift", "up", 0, 7, 6)]
    assert signals(*(5 if one == 8 else one for one in values)) == []


def test_five_in_a_row_going_up_are_a_trend_and_four_are_not() -> None:
    assert signals(5, 1, 2, 3, 4, 5, 1, 9, 1, 9) == [("trend", "up", 1, 5, 5)]
    assert signals(5, 9, 1, 2, 3, 4, 1, 9, 1, 9) == []
    assert ("trend", "down", 0, 4, 5) in signals(9, 7, 5, 4, 3, 8, 2, 8, 2, 8)


def test_equal_values_neither_count_nor_end_a_trend() -> None:
    assert ("trend", "up", 1, 7, 5) in signals(9, 1, 2, 2, 3, 4, 4, 5, 1, 9, 1)
    assert signals(9, 1, 2, 2, 3, 4, 4, 1, 9, 1, 9) == []


def test_of_fewer_than_ten_values_nothing_is_claimed() -> None:
    nine = (1, 2, 3, 4, 5, 6, 7, 8, 9)
    assert signals(*nine) == []
    assert [one[0] for one in signals(*nine, 10)] == ["trend"]
    assert not run_chart([Fraction(1)] * 9).is_long_enough


def test_values_that_are_all_the_same_are_no_signal() -> None:
    assert signals(*[5] * 20) == []
    said = "No signal: all figures are the same, and lie on the median."
    assert [*told(chart(*[5] * 20), [])] == [said]
    assert [*told(chart(*[5] * 19, 6), [])] != [said]


PUBLISHED = {
    5: "1 6, 1 8, 2 9, 2 10, 3 10, 3 11, 3 11, 3 12, 3 12, 4 12, 4 12, 4 12, 4 12, 4 12, 4 12, "
    "4 12, 5 12, 5 12, 5 12",
    6: "1 6, 2 8, 2 9, 3 10, 3 11, 3 12, 3 12, 4 13, 4 13, 4 13, 4 13, 5 14, 5 14, 5 14, 5 14, "
    "5 14, 5 14, 6 14, 6 14",
    7: "1 6, 2 8, 2 10, 3 11, 3 12, 3 13, 4 13, 4 14, 5 14, 5 14, 5 14, 5 15, 5 15, 6 15, 6 16, "
    "6 16, 6 16, 6 16, 6 16",
    8: "1 6, 2 8, 3 10, 3 11, 3 12, 4 13, 4 14, 5 14, 5 15, 5 15, 6 16, 6 16, 6 16, 6 16, 6 17, "
    "7 17, 7 17, 7 17, 7 17",
    9: "1 6, 2 8, 3 10, 3 12, 4 13, 4 14, 5 14, 5 15, 5 16, 6 16, 6 16, 6 17, 7 17, 7 18, 7 18, "
    "7 18, 8 18, 8 18, 8 18",
    10: "1 6, 2 8, 3 10, 3 12, 4 13, 5 14, 5 15, 5 16, 6 16, 6 17, 7 17, 7 18, 7 18, 7 18, 8 19, "
    "8 19, 8 19, 8 20, 9 20",
}
"""Critical values for the number of runs at a level of 0.05 on both sides, for 2 to 20 values on
the other side: as many runs or fewer, as many or more, are not chance. Triola, Elementary
Statistics, table A-10, in the copies https://www.scribd.com/document/208562376 and 814856639."""


@pytest.mark.parametrize("above", PUBLISHED)
def test_the_limits_of_runs_are_the_published_critical_values(above: int) -> None:
    for below, row in enumerate(PUBLISHED[above].split(", "), 2):
        few, many = map(int, row.split())
        assert run_limits(above, below) == run_limits(below, above) == (few + 1, many - 1), below


COPIES = (
    "3 9, 3 10, 3 11, 4 11, 4 12, 5 12, 5 13, 5 13, 6 14, 6 15, 6 16, 7 16, 7 17, 7 17, 8 18, 8 18,"
    " 9 19, 9 20, 10 20, 10 21, 11 22, 11 22, 11 23, 11 24, 12 24, 12 25, 13 25, 13 26, 14 26, "
    "14 27, 15 27",
    {10: (3, 9), 14: (4, 12), 16: (5, 13), 24: (8, 18), 30: (11, 21), 40: (15, 27), 50: (19, 33),
     60: (24, 38)},
)  # fmt: skip
"""Table 1 of the paper at second hand, in two programs that say they have it from there: for 10 to
40 values off the median, and for some. They differ from each other for 30 values."""


def test_the_limits_of_runs_are_within_one_of_the_copies_of_the_papers_table() -> None:
    whole, some = COPIES
    for useful, row in enumerate(whole.split(", "), 10):
        few, many = map(int, row.split())
        fewest, most = run_limits(useful // 2, useful - useful // 2)
        assert abs(fewest - few) <= 1, useful
        assert abs(most - many) <= 1, useful
    for useful, limits in some.items():
        assert run_limits(useful // 2, useful // 2) == limits


@pytest.mark.parametrize(("above", "below"), [(1, 4), (3, 3), (5, 5), (4, 7), (6, 6)])
def test_the_limits_of_runs_are_those_of_all_arrangements(above: int, below: int) -> None:
    """By trying each of them, which is what the closed form counts."""
    counts: Counter[int] = Counter()
    for places in combinations(range(above + below), above):
        sides = [place in places for place in range(above + below)]
        counts[1 + sum(one != other for one, other in pairwise(sides))] += 1
    every = counts.total()

    def chance(numbers: Iterable[int]) -> Fraction:
        return Fraction(sum(counts[one] for one in numbers), every)

    fewest, most = run_limits(above, below)
    assert chance(range(fewest)) <= Fraction(1, 40) < chance(range(fewest + 1))
    top = max(counts) + 1
    assert chance(range(most + 1, top)) <= Fraction(1, 40) < chance(range(most, top))


def test_a_missing_period_ends_a_shift_and_a_trend() -> None:
    values = [Fraction(one) for one in (9, 8, 9, 8, 9, 8, 1, 2, 1, 2, 1, 2)]
    assert [one.first for one in run_chart(values).signals if one.kind == "shift"] == [0, 6]
    for gap in range(1, 6):
        found = run_chart(values, apart=frozenset({gap}))
        assert [one.first for one in found.signals if one.kind == "shift"] == [6], gap
    assert len(run_chart(values, apart=frozenset({6})).signals) == len(run_chart(values).signals)
    rising = [Fraction(one) for one in (5, 1, 2, 3, 4, 5, 1, 9, 1, 9)]
    for gap in range(1, 10):
        kinds = [one.kind for one in run_chart(rising, apart=frozenset({gap})).signals]
        assert ("trend" in kinds) == (gap not in range(2, 6)), gap


def test_a_missing_period_beside_a_value_on_the_median_ends_a_shift() -> None:
    values = [Fraction(one) for one in (9, 8, 9, 5, 9, 8, 9, 1, 2, 1, 2, 1, 2)]
    assert [one.first for one in run_chart(values).signals if one.kind == "shift"] == [0, 7]
    for gap in (3, 4):
        found = run_chart(values, apart=frozenset({gap}))
        assert [one.first for one in found.signals if one.kind == "shift"] == [7], gap


def test_a_missing_period_ends_a_run_and_makes_none_too_many() -> None:
    values = [Fraction(one) for one in (*sided(5, 5, 5, 5, 4, 3), 5, 5)]
    whole = run_chart(values).runs
    parted = run_chart(values, apart=frozenset({2, 5, 7})).runs
    assert whole
    assert parted
    assert (whole.count, whole.broken) == (6, 0)
    assert (parted.count, parted.broken) == (8, 2)
    assert (parted.fewest, parted.most) == (whole.fewest, whole.most)
    calm = [Fraction(one) for one in sided(2, 1, 2, 1, 1, 2, 1, 2)]
    every = frozenset(range(len(calm)))
    found = run_chart(calm, apart=every)
    assert found.runs
    assert found.runs.count == len(calm) > found.runs.most
    assert found.signals == ()


def test_what_is_said_where_few_figures_follow_each_other() -> None:
    values = [Fraction(one) for one in (1, 2, 9, 8, 1, 2, 9, 1, 8, 9, 2, 8)]
    names = [str(place) for place in range(12)]
    by_gap = {
        every: [*told(run_chart(values, apart=frozenset(range(0, 12, every))), names)]
        for every in (1, 4, 6)
    }
    assert by_gap[1] == [
        "No signal can be told: a period is missing before each figure; nor can it be told how "
        "many runs there are."
    ]
    [said] = by_gap[4]
    assert said.startswith("No signal can be told: periods are missing, and at most 4 figures ")
    calm = [Fraction(one) for one in sided(2, 1, 2, 1, 1, 2, 1, 2)]
    assert [*told(run_chart(calm, apart=frozenset({6})), names)] == [
        "No signal: neither 6 in a row on one side of the median nor 5 in a row up or down, and as "
        "many runs as chance gives."
    ]


def test_the_published_example_of_foundteen_months() -> None:
    """Runs of 7, 7, 1 and 1: too few, though no shift of eight and no trend shows it.

    Davis Balestracci, "An underrated test for run charts", Quality Digest, October 2008. His table
    has 5 to 12 runs for 16 values.
    """
    found = chart(*sided(7, 7, 1, 1))
    assert found.runs
    assert (found.runs.count, found.runs.useful, found.runs.fewest) == (4, 16, 5)
    assert ("runs", "few") in [(one.kind, one.direction) for one in found.signals]


def test_the_published_example_of_the_sealants() -> None:
    """29 values, two of them on the median, in six runs: too few.

    Kevin Little, "n/3 approximation for too few runs", iecodesign.com, September 2019.
    """
    found = chart(*sided(5, 5, 5, 5, 4, 3), 5, 5)
    assert found.runs
    assert (found.runs.count, found.runs.useful) == (6, 27)
    assert [one.direction for one in found.signals if one.kind == "runs"] == ["few"]


def test_too_many_runs() -> None:
    found = chart(*[9, 1] * 6)
    assert [(one.kind, one.direction, one.count) for one in found.signals] == [("runs", "many", 12)]
    assert chart(*sided(2, 1, 2, 1, 1, 2, 1, 2)).signals == ()


def test_runs_are_not_counted_with_few_values_off_the_median_or_a_baseline() -> None:
    assert chart(*[5] * 8, *[9, 1] * 4).runs is None
    assert chart(*[9, 1] * 8, baseline=10).runs is None


def test_the_median_of_a_baseline_stays_for_all_that_comes_after() -> None:
    before, after = [4, 6] * 5, [6, 7, 6, 7, 6, 7]
    assert chart(*before, *after).median == 6
    found = chart(*before, *after, baseline=10)
    assert (found.median, found.baseline) == (5, 10)
    assert [(one.kind, one.first, one.count) for one in found.signals] == [("shift", 9, 7)]


def test_of_a_baseline_of_fewer_than_ten_values_nothing_is_claimed() -> None:
    found = chart(*range(20), baseline=9)
    assert found.signals == ()
    assert not found.is_long_enough


def test_very_many_values_take_no_time() -> None:
    found = chart(*[1, 9, 9, 1] * 6_000)
    assert found.runs
    assert found.runs.fewest < found.runs.count == 12_001 < found.runs.most
