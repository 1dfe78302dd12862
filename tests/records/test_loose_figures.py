"""Tables as they once stood: what a person can read of them is read, and nothing raises."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from npcs.records.figures import Row
from npcs.records.loose_figures import Loose, read_loosely


def rows(text: str | bytes) -> list[Row]:
    loose = read_loosely(text.encode() if isinstance(text, str) else text)
    return [row for part in loose.parts for row in loose.rows(part)[0]]


def unread(text: str) -> int:
    loose = read_loosely(text.encode())
    return sum(loose.rows(part)[1] for part in loose.parts)


@pytest.mark.parametrize("text", [
    "period,numerator,denominator,value\n2027,1204,5000,24.1\n",
    "Period;Numerator;Denominator;Value\n2027;1204;5000;24,1\n",
    "\ufeffPERIOD\tNUMERATOR\tDENOMINATOR\tVALUE\r\n2027\t1 204\t5.000\t24.1 %\r\n",
    'denominator,"numerator",period,value,note\n"5,000","1,204",2027,24.1,"a, b"\n',
    "period|numerator|denominator|value\r2027|1204 children|5000|24.1\r",
])  # fmt: skip
def test_the_same_figures_however_they_are_written(text: str) -> None:
    [row] = rows(text)
    assert (row.period.label, row.group) == ("2027", "all")
    assert [row.number(one) for one in ("numerator", "denominator", "value")] == [
        1204, 5000, Fraction("24.1"),
    ]  # fmt: skip
    assert row.cells["value"].decimals == 1


def test_a_table_of_a_spreadsheet_in_two_bytes() -> None:
    [row] = rows("period,numerator\n2027,17\n".encode("utf-16"))
    assert row.number("numerator") == 17


@pytest.mark.parametrize("word", [
    "suppressed", "*", "n/a", "<11", "≤ 10", "fewer than 11", "n<11", "1-10", "0 to 10",
    "10 or fewer",
])  # fmt: skip
def test_a_word_or_a_limit_is_no_figure(word: str) -> None:
    [row] = rows(f"period,numerator\n2027,{word}\n")
    assert row.number("numerator") is None
    assert unread(f"period,numerator\n2027,{word}\n") == 0


@pytest.mark.parametrize("said", ["7*", "7 - provisional", "7 (2026-03)", "7 under review", "7-9"])
def test_a_figure_with_words_beside_it_is_one(said: str) -> None:
    [row] = rows(f"period,numerator\n2027,{said}\n")
    assert row.number("numerator") == 7


@pytest.mark.parametrize("text", ["2027,7,200\n", "children who died in 2027: 7\n"])
def test_a_single_line_with_figures_is_no_heading(text: str) -> None:
    assert not read_loosely(text.encode()).is_read
    assert read_loosely(b"period,numerator,denominator\n").is_read
    assert read_loosely(b"").is_read


def test_a_period_is_known_whatever_its_column_is_called() -> None:
    [row] = rows("county,quarter,numerator\nWest,2027-Q1,17\n")
    assert (row.period.label, row.number("numerator")) == ("2027-Q1", 17)


@pytest.mark.parametrize(("said", "group"), [
    ("Total", "all"), ("<1", "under-1"), ("1+", "1-and-over"), ("≤ 1", "up-to-1"),
])  # fmt: skip
def test_groups_are_told_apart_by_their_signs(said: str, group: str) -> None:
    [row] = rows(f"period,group,numerator\n2027,{said},17\n")
    assert row.group == group


def test_groups_and_periods_are_those_of_today() -> None:
    [row] = rows("period,group,numerator\n2027-q1,Under 1,17\n")
    assert (row.period.label, row.group) == ("2027-Q1", "under-1")


def test_what_cannot_be_read_is_counted() -> None:
    text = "period,numerator\n2027,17\n2028,1,204\nsee note 3\n<<<<<<< HEAD\n"
    assert [row.number("numerator") for row in rows(text)] == [17]
    assert unread(text) == 1
    assert not read_loosely(b"year,deaths\n2027,7\n").is_read
    assert read_loosely(b"").is_read
    assert read_loosely(b"period,numerator\n").is_read


def test_a_column_nobody_knows_is_told_when_it_could_count_children() -> None:
    assert read_loosely(b"period,numerator,deaths\n2027,40,7\n").strange == (3,)
    assert read_loosely(b"period,numerator,numerator\n2027,40,7\n").strange == (3,)
    assert read_loosely(b"period,numerator,note\n2027,40,as agreed\n").strange == ()


def test_a_period_is_the_same_part_while_its_lines_and_the_groups_it_lacks_are() -> None:
    head = "period,group,numerator\n"

    def keys(text: str) -> list[object]:
        return [part.key for part in read_loosely((head + text).encode()).parts]

    first = "2027,all,40\n2027,a,40\n"
    assert keys(first) == keys(first + "2028,all,50\n")[:1]
    assert keys(first) != keys(first + "2028,b,50\n")[:1]
    assert keys(first) != keys(first.replace("a,40", "a,41"))


@given(some.binary(max_size=300) | some.text('0123456789,;"\n\r-.% <apnumerotd', max_size=300))
def test_nothing_in_a_text_makes_it_raise(raw: bytes | str) -> None:
    text = raw if isinstance(raw, bytes) else f"period,numerator\n{raw}".encode()
    loose: Loose = read_loosely(text)
    for part in loose.parts:
        for row in loose.rows(part)[0]:
            assert row.cells
