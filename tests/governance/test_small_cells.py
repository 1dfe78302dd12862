"""Small numbers: what is reported can be done, and what a total gives away is found."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from npcs.governance.small_cells import Formula, otherwise, shown, since
from npcs.records.figures import SUPPRESSED, read_figures

SHARE = Formula(100, True)


def told(text: str, formula: Formula = SHARE) -> list[tuple[int, int, str]]:
    table = read_figures(text)
    assert not table.faults, table.faults
    return [(one.line, one.column, one.how) for one in shown(table, formula)]


def kept(now: str, *before: str, formula: Formula = SHARE) -> list[tuple[int, int, str]]:
    """What earlier texts give away, the newest first."""
    past = [("abc", "1 March 2027", otherwise(text, now)) for text in before]
    found = since(read_figures(now), past, formula)
    return [(one.line, one.column, one.how) for one in found]


@pytest.mark.parametrize(("count", "leaks"), [(0, 0), (1, 1), (10, 1), (11, 0)])
def test_one_to_ten_is_small(count: int, leaks: int) -> None:
    assert len(told(f"period,numerator\n2027,{count}\n")) == leaks


def test_the_complement_counts_only_where_it_means_something() -> None:
    text = "period,numerator,denominator\n2027,95,100\n"
    assert [how for *_, how in told(text)] == [
        "the denominator less the numerator is a count of 1 to 10"
    ]
    assert told(text, Formula(1, False)) == []


GROUPS = "period,group,numerator\n2027,all,{all}\n2027,a,{a}\n2027,b,{b}\n2027,c,{c}\n"


def grouped(*figures: int | None) -> str:
    names = ("all", "a", "b", "c")
    filled = (SUPPRESSED if one is None else one for one in figures)
    return GROUPS.format(**dict(zip(names, filled, strict=True)))


@settings(max_examples=60, deadline=None)
@given(some.tuples(*[some.integers(0, 12)] * 3), some.sets(some.sampled_from(range(4))))
def test_one_total_is_judged_as_if_all_were_tried(
    parts: tuple[int, int, int], hidden: set[int]
) -> None:
    """Every way in which the hidden counts can be filled in, against the bounds that are told."""
    figures = [sum(parts), *parts]
    if any(figures[at] == 0 for at in hidden):
        return  # a zero is never hidden
    text = grouped(*(None if at in hidden else one for at, one in enumerate(figures)))
    ways = [
        way
        for way in product(*(range(1, 40) if at in hidden and at else [one]
                             for at, one in enumerate(figures)))
        if (0 in hidden or sum(way[1:]) == way[0])
    ]  # fmt: skip
    narrow = set()
    for at in hidden:
        possible = {sum(way[1:]) if at == 0 else way[at] for way in ways}
        if max(possible) - min(possible) < 3 and min(possible) <= 10:
            narrow.add(at)
    found = told(text, Formula())
    reported = {line - 2 for line, _, how in found if "can be" in how}
    rest = figures[0] - sum(one for at, one in enumerate(figures) if at and at not in hidden)
    left = 0 not in hidden and bool(hidden - {0}) and 1 <= rest <= 10
    assert any("what is left" in how for *_, how in found) == left
    if not left:
        assert reported == narrow


@settings(deadline=None)
@given(some.integers(1, 400), some.integers(20, 3000), some.integers(0, 2))
def test_a_rate_is_judged_as_if_all_counts_were_tried(part: int, whole: int, places: int) -> None:
    part = min(part, whole)
    exact = Fraction(100 * part, whole)
    scaled = floor(exact * 10**places + Fraction(1, 2))
    rate = f"{scaled // 10**places}" + (f".{scaled % 10**places:0{places}}" if places else "")
    text = f"period,numerator,denominator,value\n2027,{SUPPRESSED},{whole},{rate}\n"
    half = Fraction(1, 2 * 10**places)
    possible = [one for one in range(1, whole + 1)
                if abs(Fraction(100 * one, whole) - Fraction(rate)) <= half]  # fmt: skip
    is_told = possible[-1] - possible[0] < 3 and possible[0] <= 10
    assert bool(told(text)) == is_told


def test_two_that_are_left_are_a_small_count_together() -> None:
    assert told(grouped(57, 50, None, None), Formula()) == [
        (2, 10, "what is left of `numerator` for b and c is a count of 1 to 10")
    ]
    assert told(grouped(61, 50, None, None), Formula()) == []


def test_those_not_counted_are_left_as_well() -> None:
    text = (
        "period,group,numerator,denominator\n2027,all,250,300\n2027,a,55,100\n"
        "2027,b,suppressed,suppressed\n"
    )
    assert [how for *_, how in told(text)] == [
        "what is left of those not counted for b is a count of 1 to 10"
    ]
    assert told(text.replace("all,250", "all,230")) == []


def test_a_revision_keeps_what_it_showed() -> None:
    now = "period,numerator\n2026,40\n2027,suppressed\n"
    before = "period,numerator\n2026,40\n2027,7\n"
    assert kept(now, before) == [
        (3, 6, "2027, `numerator`: the revision of 1 March 2027 still shows a count of 1 to 10")
    ]
    assert kept(now, now.replace("40", "51")) == []
    assert kept(now, now.replace("40", "45")) == [
        (2, 6, "2026, `numerator`: it differs by 1 to 10 from the revision of 1 March 2027")
    ]


def test_a_row_that_was_there_before_stays_known() -> None:
    assert kept(grouped(60, 30, None, None), grouped(60, 30, None, 24), formula=Formula()) == [
        (2, 10, "what is left of `numerator` for b is a count of 1 to 10")
    ]


def test_a_text_with_other_columns_is_read_whole() -> None:
    now = "period,numerator,denominator\n2027,suppressed,900\n"
    assert kept(now, "numerator,period\n7,2027\n") != []
    assert otherwise(now, now) == ()


def test_figures_that_contradict_each_other_tell_nothing() -> None:
    assert told(grouped(20, 30, 40, None), Formula()) == []


def rows(count: int) -> Iterator[str]:
    yield "period,group,numerator,denominator,value"
    for number in range(count):
        yield f"2027,g{number},suppressed,{1000 + number},suppressed"


def test_a_large_table_is_judged_at_once() -> None:
    assert told("\n".join(rows(1_900)) + "\n2027,all,99999,3000000,3\n") == []


def test_a_small_count_is_kept_by_git_whatever_stands_in_its_place() -> None:
    before = "period,numerator,denominator\n2029-Q3,5,10000\n"
    for now in ("16", "0", "suppressed"):
        [(*_, how)] = kept(before.replace(",5,", f",{now},"), before, formula=Formula())
        assert "still shows a count of 1 to 10" in how


def test_a_small_rest_is_kept_by_git_once_it_is_suppressed() -> None:
    before = "period,numerator,denominator\n2029-Q4,195,200\n"
    [(*_, how)] = kept(before.replace("195", "suppressed"), before)
    assert how.startswith("2029-Q4, denominator less numerator: the revision of")
    assert kept(before, before) == []
