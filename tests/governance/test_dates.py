"""Days, periods and the last day of a term."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcs.governance.dates import (
    Period,
    add_days,
    add_months,
    add_years,
    day_after,
    day_before,
    day_in_words,
    how_many,
    term_end,
)

D = date.fromisoformat


@pytest.mark.parametrize(
    ("day", "years", "result"),
    [
        ("2027-03-01", 1, "2028-03-01"),
        ("2028-02-29", 1, "2029-03-01"),
        ("2028-02-29", 4, "2032-02-29"),
        ("2028-02-29", -1, "2027-03-01"),
        ("2027-02-28", 1, "2028-02-28"),
        ("2096-02-29", 4, "2100-03-01"),  # 2100 is no leap year
    ],
)
def test_the_same_day_of_another_year(day, years, result):
    assert add_years(D(day), years) == D(result)


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        ("2027-01-31", 1, "2027-03-01"),
        ("2028-01-30", 1, "2028-03-01"),
        ("2028-01-29", 1, "2028-02-29"),
        ("2027-03-31", 1, "2027-05-01"),
        ("2027-03-31", -1, "2027-03-01"),
        ("2027-12-31", 1, "2028-01-31"),
        ("2027-01-15", -1, "2026-12-15"),
        ("2027-01-15", 25, "2029-02-15"),
        ("2027-01-15", 0, "2027-01-15"),
    ],
)
def test_the_same_day_of_another_month(day, months, result):
    assert add_months(D(day), months) == D(result)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2027-03-01", "2028-02-29"),
        ("2026-03-01", "2027-02-28"),
        ("2028-02-29", "2029-02-28"),
        ("2027-02-28", "2028-02-27"),
        ("2028-02-28", "2029-02-27"),
        ("2027-01-01", "2027-12-31"),
    ],
)
def test_a_term_of_a_year_ends_on_the_day_before_its_anniversary(start, end):
    assert term_end(D(start)) == D(end)


def test_a_term_of_another_length():
    assert term_end(D("2027-03-01"), Period.parse("2 years")) == D("2029-02-28")
    assert term_end(D("2027-03-01"), Period.parse("1 day")) == D("2027-03-01")


@pytest.mark.parametrize(
    ("text", "period", "shown"),
    [
        ("2 years", Period(years=2), "2 years"),
        ("1 year", Period(years=1), "1 year"),
        ("6 months", Period(months=6), "6 months"),
        ("1 month", Period(months=1), "1 month"),
        ("60 days", Period(days=60), "60 days"),
        ("0 days", Period(), "0 days"),
    ],
)
def test_a_period_is_read_and_shown_as_people_write_it(text, period, shown):
    assert Period.parse(text) == period
    assert str(period) == shown


@pytest.mark.parametrize(
    "text",
    ["", "year", "2", "two years", "-1 year", "1.5 years", "01 year", "2  years", "2 years ",
     "1 year 2 months", "99999 days", "२ years", "2 YEARS", "2 weeks", "yearly"],
)  # fmt: skip
def test_what_is_no_period_is_refused_in_words(text):
    with pytest.raises(ValueError, match="is not a length of time: write it as in 1 year"):
        Period.parse(text)


def test_a_period_has_passed_on_the_day_after_its_last():
    year = Period.parse("1 year")
    assert year.after(D("2027-03-01")) == D("2028-03-01")
    assert year.last_day(D("2027-03-01")) == D("2028-02-29")
    assert year.before(D("2028-03-01")) == D("2027-03-01")
    assert Period.parse("60 days").after(D("2027-03-01")) == D("2027-04-30")


@pytest.mark.parametrize("text", ["9999 years", "9999 months", "9999 days"])
def test_nothing_lies_beyond_the_calendar(text):
    period = Period.parse(text)
    assert period.after(D("9999-06-01")) == date.max
    assert period.last_day(D("9999-06-01")) == date.max
    assert period.before(D("0001-06-01")) == date.min


def test_the_ends_of_the_calendar():
    assert day_after(date.max) == date.max
    assert day_before(date.min) == date.min
    assert add_months(D("9999-12-31"), 1) == date.max
    assert add_months(D("9999-11-30"), 1) == D("9999-12-30")
    assert add_months(D("0001-01-31"), -1) == date.min
    assert term_end(D("9999-12-31")) == date.max


def test_a_day_in_words():
    assert day_in_words(D("2027-03-01")) == "1 March 2027"
    assert day_in_words(D("0987-12-31")) == "31 December 987"


@given(st.integers(0, 200), st.integers(1, 200))
def test_a_share_of_some_has_the_verb_of_its_number(part, whole):
    part = min(part, whole)
    said = how_many(part, whole, "step", "done")
    subject, _, rest = said.partition(" step")
    many, few = rest.startswith(("s are ", "s is ")), rest.startswith(" is ")
    assert many == (whole > 1)
    assert few == (whole == 1)
    assert rest.startswith("s are ") == (whole > 1 and (part > 1 or part == whole))
    assert said.endswith(" is not done") == (whole == 1 and part == 0)
    numbers = [word for word in subject.split() if word.isdigit()]
    assert not {"0", "1"} & {*numbers}


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 1, "the only step is not done"), (1, 1, "the only step is done"),
        (0, 2, "none of 2 steps is done"), (1, 2, "one of 2 steps is done"),
        (2, 2, "both steps are done"), (0, 3, "none of 3 steps is done"),
        (2, 3, "2 of 3 steps are done"), (3, 3, "all 3 steps are done"),
    ],
)  # fmt: skip
def test_a_share_of_some_in_words(part, whole, said):
    assert how_many(part, whole, "step", "done") == said


def step_months(day: date, months: int) -> date:
    """Slowly: month after month to the first of the one meant, then day after day."""
    first = day.replace(day=1)
    for _ in range(months):
        month = first.month
        while first.month == month:
            first += timedelta(days=1)
    found = first
    for _ in range(day.day - 1):
        found += timedelta(days=1)
        if found.month != first.month:
            break
    return found


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 60))
def test_adding_months_agrees_with_stepping_day_by_day(day, months):
    assert add_months(day, months) == step_months(day, months)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 8))
def test_a_term_is_never_a_day_longer_than_its_year(day, years):
    after = add_years(day, years)
    assert (after.month, after.day) in {(day.month, day.day), (3, 1)}
    assert after.year == day.year + years


@given(st.dates(), st.integers(-12_000, 12_000), st.integers(-4_000_000, 4_000_000))
def test_no_day_and_no_length_makes_the_calendar_fail(day, months, days):
    assert date.min <= add_months(day, months) <= date.max
    assert date.min <= add_days(day, days) <= date.max


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(1, 800))
def test_longer_periods_end_later(day, number):
    for unit in ("days", "months", "years"):
        assert Period(**{unit: number}).after(day) > Period(**{unit: number - 1}).after(day)
        assert Period(**{unit: number}).last_day(day) >= day
