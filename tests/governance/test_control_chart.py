"""Control charts of single values: published limits, and each of the five rules."""

from fractions import Fraction

import pytest

from npcs.governance.chart_words import told
from npcs.governance.control_chart import PER_RANGE, RANGE_LIMIT, control_chart, limits_of
from npcs.governance.decimals import decimal


def numbers(text: str) -> list[Fraction]:
    return [Fraction(one) for one in text.split()]


def signals(values: list[Fraction], baseline: int | None = None) -> list[tuple[str, str, int, int]]:
    chart = control_chart(values, baseline)
    return [(one.kind, one.direction, one.first, one.last) for one in chart.signals]


def test_the_published_limits_of_ten_batches() -> None:
    """NIST/SEMATECH e-Handbook, 6.3.2.2: mean 50.81, limits 45.8159 and 55.8041 (3 / 1.128)."""
    found = limits_of(numbers("49.6 47.6 49.9 51.3 47.8 51.2 52.6 52.4 53.6 52.1"), fewest=2)
    assert found
    assert found.centre == Fraction("50.81")
    assert [decimal(one, 2) for one in (found.lower, found.upper)] == ["45.82", "55.80"]


def test_the_published_limits_of_thirty_tires() -> None:
    """SAS/QC User's Guide, example 9.4, data set Tlimits, to the places it prints."""
    found = limits_of(numbers(
        "24.05 23.99 23.95 23.93 23.97 24.02 24.06 24.10 23.98 24.03 23.91 24.06 24.06 23.96 23.98 "
        "24.06 24.01 24.00 23.93 23.92 24.09 24.11 24.05 23.98 23.98 24.06 24.02 24.06 23.97 23.96"
    ))  # fmt: skip
    assert found
    assert decimal(found.centre, 4) == "24.0083"
    assert abs(found.lower - Fraction("23.8571")) < Fraction("0.0002")
    assert abs(found.upper - Fraction("24.1596")) < Fraction("0.0002")
    assert abs(found.range_limit - Fraction("0.18585")) < Fraction("0.0001")
    assert decimal(found.range_limit / RANGE_LIMIT, 6) == "0.056897"


def test_the_constants_are_those_of_two_values() -> None:
    """d2 = 1.128 and d3 = 0.8525 for ranges of two: 3 / d2, and 1 + 3 d3 / d2."""
    d2, d3 = Fraction("1.128"), Fraction("0.8525")
    assert decimal(3 / d2, 2) == decimal(PER_RANGE, 2) == "2.66"
    assert decimal(1 + 3 * d3 / d2, 3) == decimal(RANGE_LIMIT, 3) == "3.267"


CALM = [Fraction(one) for one in (16, 13, 10, 13, 12, 16, 9, 12, 13, 12, 10, 9, 10, 12, 15, 10)]


def test_a_calm_chart_has_no_signal() -> None:
    assert signals(CALM) == []


@pytest.mark.parametrize(
    ("more", "signal"),
    [
        ((25,), ("beyond", "up", 16, 16)),
        ((0,), ("beyond", "down", 16, 16)),
        ((13, 14, 13, 15, 13, 14, 13, 14), ("shift", "up", 16, 23)),
        ((11, 12, 13, 14, 15), ("trend", "up", 15, 20)),
        ((18, 11, 18), ("outer", "up", 16, 18)),
        ((6, 6), ("outer", "down", 16, 17)),
    ],
)
def test_each_rule_against_the_limits_of_a_baseline(
    more: tuple[int, ...], signal: tuple[str, str, int, int]
) -> None:
    """The mean of the calm values is 12, a third of the way to a limit about 2.4."""
    assert signal in signals([*CALM, *map(Fraction, more)], 16)


def test_seven_on_a_side_five_in_a_row_and_one_of_three_are_nothing() -> None:
    for more in ((13, 14, 13, 15, 13, 14, 13), (11, 12, 13, 14), (18, 11, 11, 18), (18, 6)):
        assert signals([*CALM, *map(Fraction, more)], 16) == [], more


def test_fifteen_close_to_the_mean_are_too_calm() -> None:
    close = [Fraction(one) for one in (13, 11) * 7]
    assert signals([*CALM, *close], 16) == [("inner", "", 15, 29)]
    assert signals([*CALM, *close[:13], Fraction(16)], 16) == []


def test_a_value_on_a_limit_is_within_it_and_one_on_the_mean_ends_no_row() -> None:
    found = control_chart(CALM).limits
    assert found
    assert signals([*CALM, found.upper], 16) == []
    row = [Fraction(13)] * 4 + [found.centre] + [Fraction(14)] * 4
    assert ("shift", "up", 16, 24) in signals([*CALM, *row], 16)


def test_no_range_is_taken_over_a_gap() -> None:
    values = [Fraction(one) for one in (1, 2, 1, 2, 1, 2, 9, 8, 9, 8, 9, 8)]
    whole, parted = limits_of(values), limits_of(values, frozenset({6}))
    assert whole
    assert parted
    assert (parted.upper - parted.centre) == PER_RANGE < whole.upper - whole.centre


def test_limits_want_half_as_many_ranges_where_periods_are_missing() -> None:
    values = numbers("5 7 6 5 7 6 5 7 6 5 7 60")
    every = frozenset(range(1, 12))
    for many, has_limits in ((0, False), (1, False), (5, False), (6, True)):
        found = control_chart(values, apart=every - {*range(1, many + 1)})
        assert found.is_long_enough == has_limits, many
        if not has_limits:
            assert found.signals == ()
            assert [*told(found, [str(place) for place in range(12)])] == [
                "Periods are missing, so too few figures follow each other to draw limits, and no "
                "signal is claimed."
            ]


def test_of_fewer_than_twelve_values_nothing_is_claimed() -> None:
    assert control_chart(CALM[:11]).limits is None
    assert control_chart([*CALM[:11], Fraction(99)], 11).signals == ()
    assert control_chart(CALM[:12]).is_long_enough


def test_values_that_are_all_the_same_are_no_signal() -> None:
    assert signals([Fraction(5)] * 30) == []


@pytest.mark.parametrize(
    ("more", "kind", "gap"),
    [
        ((13, 14, 13, 15, 13, 14, 13, 14), "shift", 20),
        ((11, 12, 13, 14, 15), "trend", 18),
        ((18, 11, 18), "outer", 17),
        ((18, 11, 18), "outer", 18),
        ((13, 11) * 8, "inner", 24),
    ],
)
def test_no_row_goes_on_where_a_period_is_missing(
    more: tuple[int, ...], kind: str, gap: int
) -> None:
    values = [*CALM, *map(Fraction, more)]
    whole = control_chart(values, len(CALM))
    parted = control_chart(values, len(CALM), frozenset({gap}))
    assert kind in [one.kind for one in whole.signals if one.first >= 14]
    assert kind not in [one.kind for one in parted.signals if one.first >= 14]
