"""Run charts: what is a signal, what is not, and what is claimed of few values."""

from fractions import Fraction

import pytest

from npcs.governance.run_chart import median, run_chart


def signals(*values: int) -> list[tuple[str, str, int, int, int]]:
    chart = run_chart([Fraction(one) for one in values])
    return [(one.kind, one.direction, one.first, one.last, one.count) for one in chart.signals]


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
