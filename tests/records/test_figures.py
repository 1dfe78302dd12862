"""Tables of figures: what they say, and where what is wrong with them stands."""

import re
from datetime import date
from fractions import Fraction

import pytest

from npcs.records.figures import MOST_FAULTS, MOST_ROWS, Period, read_figures

HEAD = "period,numerator,denominator\n"


@pytest.mark.parametrize(
    ("label", "first", "last"),
    [
        ("2027", date(2027, 1, 1), date(2027, 12, 31)),
        ("FY2027", date(2026, 10, 1), date(2027, 9, 30)),
        ("2027-Q1", date(2027, 1, 1), date(2027, 3, 31)),
        ("2027-Q4", date(2027, 10, 1), date(2027, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2027-12", date(2027, 12, 1), date(2027, 12, 31)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(label: str, first: date, last: date) -> None:
    found = Period.parse(label)
    assert found
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    ("before", "after"), [("2027-Q4", "2028-Q1"), ("2027-12", "2028-01"), ("FY2027", "FY2028")]
)
def test_periods_that_follow_each_other_count_on(before: str, after: str) -> None:
    one, other = Period.parse(before), Period.parse(after)
    assert one
    assert other
    assert other.number == one.number + 1
    assert (other.first - one.last).days == 1


@pytest.mark.parametrize("label", ["", "27", "2027-Q5", "2027-13", "FY2027-Q1", "2027-3", "٢٠٢٧"])
def test_what_is_no_period(label: str) -> None:
    assert Period.parse(label) is None


def test_figures_are_exact_and_know_their_places() -> None:
    table = read_figures("period,group,numerator,value\n2027,all,12,0.30\n2027,a,suppressed,-1\n")
    assert not table.faults
    first, second = table.rows
    assert first.cells["value"] == (2, 13, Fraction(3, 10), 2)
    assert first.number("denominator") is None
    assert second.number("numerator") is None
    assert second.cells["numerator"].column == 8
    assert (table.groups, [row.line for row in table.totals]) == (["a"], [2])


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("", (1, 1), "this column has no name"),
        ("period\n", (1, 1), "no column holds a figure"),
        ("numerator,value\n", (1, 1), "the column `period` is missing"),
        ("period;value\n", (1, 1), "the cells are parted by semicolons"),
        ("period,value,value\n", (1, 8), "the column `value` stands there twice"),
        ("period,name,value\n", (1, 8), "column 2 is not one of a table of figures"),
        (HEAD + "2027,1,\n", (2, 8), "`denominator` in line 2 is empty, which says nothing"),
        (HEAD + "2027,-1,2\n", (2, 6), "`numerator` in line 2 is no count"),
        (
            HEAD + "2027,1.0,2\n",
            (2, 6),
            "`numerator` in line 2 is no count",
        ),
        (HEAD + "2027,007,20\n", (2, 6), "`numerator` in line 2 is no count"),
        (HEAD + '2027,"1,200",20\n', (2, 6), "`numerator` in line 2 is no count"),
        (HEAD + "2027,١٢,20\n", (2, 6), "is no count"),
        ("period,value\n2027,NaN\n", (2, 6), "`value` in line 2 is no number"),
        ("period,value\n2027,1e400\n", (2, 6), "is no number"),
        ("period,value\n2027,12 %\n", (2, 6), "is no number"),
        (HEAD + '2027,"12,20\n', (2, 6), "the quotation marks of this cell do not match"),
        (HEAD + "2027,12\n", (2, 1), "this row has 2 cells, and the table 3 columns"),
        (
            "period,group,value\n2027,Under 1,2\n",
            (2, 6),
            "`group` in line 2 is no name of a group",
        ),
    ],
)
def test_what_is_wrong_has_a_line_and_a_column(
    text: str, place: tuple[int, int], said: str
) -> None:
    faults = read_figures(text).faults
    assert said in faults[0].message
    assert (faults[0].line, faults[0].column) == place


CELLS = ("07", "-7", "7.0", "seven", "7 children", "=7", "<b>7</b>", "5-7", "N7", "+7")


@pytest.mark.parametrize("cell", CELLS)
def test_no_message_tells_what_stands_in_a_cell(cell: str) -> None:
    tables = (
        HEAD + f"2027,{cell},70\n2027,70,{cell}\n",
        HEAD + f"{cell},70,70\n",
        f"period,group,value\n2027,{cell},70\n2027,a,{cell}!\n",
        f"period,value,{cell}\n2027,70,70\n",
        f"2027,{cell},70\n",
    )
    for text in tables:
        faults = read_figures(text).faults
        assert faults
        told = " ".join(f"{one.message}; {one.hint}" for one in faults)
        assert not re.search(r"\d|seven|“", _EXPLAINED.sub("", told))


_EXPLAINED = re.compile(r"(?:line|column) \d\b|FY2027|2027(?:-Q3|-03)?|\b1204\b|12\.5")
"""The numbers that messages of themselves have: places, and how something is written."""


def test_very_many_faults_and_rows_end_the_reading() -> None:
    assert len(read_figures(HEAD + "x\n" * 100_000).faults) == MOST_FAULTS
    long = HEAD + "".join(f"{year},12,20\n" for year in range(1000, 2999)) * 3
    table = read_figures(long)
    assert len(table.rows) <= MOST_ROWS


def test_empty_lines_at_the_end_are_nothing() -> None:
    assert len(read_figures(HEAD + "2027,12,20\n,,\n\n").rows) == 1
