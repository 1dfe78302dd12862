"""Small numbers: what is reported can be done, and what a total gives away is found."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from npcs.governance import earlier_cells
from npcs.governance.cell_facts import Formula
from npcs.governance.earlier_cells import Revision, since
from npcs.governance.small_cells import contradictions, shown
from npcs.records.figures import SUPPRESSED, read_figures

SHARE = Formula(100, True)


def told(text: str, formula: Formula = SHARE) -> list[tuple[int, int, str]]:
    table = read_figures(text)
    assert not table.faults, table.faults
    return [(one.line, one.column, one.how) for one in shown(table, formula)]


def kept(now: str, *before: str, formula: Formula = SHARE) -> list[tuple[int, int, str]]:
    """What earlier texts give away, the newest first."""
    past = [Revision("abc", "1 March 2027", text.encode()) for text in before]
    found = since(read_figures(now), now.encode(), past, formula)
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
    rest = whole - possible[-1]
    assert bool(told(text, Formula(100, False))) == is_told
    is_told |= possible[-1] - possible[0] < 3 and rest <= 10 and possible[0] < whole
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


def test_what_an_earlier_text_leaves_is_told() -> None:
    assert kept(grouped(60, 30, None, None), grouped(60, 30, None, 24), formula=Formula()) == [
        (2, 10, "2027, what is left of `numerator` for b: the revision of 1 March 2027 still "
                "leaves a count of 1 to 10")
    ]  # fmt: skip


def test_a_row_that_was_there_before_stays_known() -> None:
    before = grouped(None, None, None, 24)
    assert kept(grouped(60, 30, None, None), before, formula=Formula()) == [
        (2, 10, "2027, what is left of `numerator` for b is a count of 1 to 10 with what an "
                "earlier revision shows")
    ]  # fmt: skip


def test_a_text_with_other_columns_is_read_whole() -> None:
    now = "period,numerator,denominator\n2027,suppressed,900\n"
    assert kept(now, "numerator,period\n7,2027\n") != []
    assert kept(now, now) == []


@pytest.mark.parametrize("before", [
    "period,numerator\n2027,7\n2027,57\n",
    "period,county,numerator\n2027,West,57\n2027,East,7\n2027,North,80\n",
    "reported,numerator\nspring,7\nautumn,57\n",
])  # fmt: skip
def test_no_row_of_an_earlier_text_hides_another(before: str) -> None:
    [(*_, how)] = kept("period,numerator\n2027,suppressed\n", before)
    assert how.endswith("`numerator`: the revision of 1 March 2027 still shows a count of 1 to 10")


def test_a_year_of_counts_by_value_leaves_a_quarter() -> None:
    quarters = "period,value\n2027-Q1,20\n2027-Q2,20\n2027-Q3,20\n2027-Q4,suppressed\n"
    [(*_, how)] = kept("period,value\n2027,65\n", quarters, formula=Formula(1, is_count=True))
    assert how.startswith("2027, what is left of `numerator` for 2027-Q4 is a count of 1 to 10")


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


RATES = "period,group,numerator,denominator,value\n"


def test_what_contradicts_stops_nothing_beside_it() -> None:
    leaks = told(
        f"{RATES}2027,a,suppressed,200,3.5\n2027,b,suppressed,300,2.6\n2027,c,suppressed,9000,0.0\n"
        "2027,d,50,40,12.0\n2027,all,suppressed,9540,suppressed\n"
    )
    assert [(line, how) for line, _, how in leaks] == [
        (2, "`numerator` can be worked out from what else is shown"),
        (3, "`numerator` can be worked out from what else is shown"),  # 8 of 300, cut off
    ]


def test_a_total_that_contradicts_leaves_the_others_judged() -> None:
    text = f"{RATES}2027,all,20,5000,0.4\n2027,a,30,2000,1.5\n2027,b,suppressed,200,3.5\n"
    assert [(line, how) for line, _, how in told(text)] == [
        (4, "`numerator` can be worked out from what else is shown")
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("2027,a,suppressed,200,0.0\n", "that it is 0, and a zero may be shown"),
        ("2027,a,suppressed,200,0.3\n", "does not agree with the other figures of its row"),
        ("2027,all,40,900,4.4\n2027,a,40,500,8\n2027,b,suppressed,400,suppressed\n",
         "that it is 0"),
        ("2027,all,41,900,4.6\n2027,a,40,400,10\n2027,b,suppressed,300,suppressed\n"
         "2027,c,suppressed,200,suppressed\n", "less than one for each group"),
        ("2027,all,suppressed,400,2\n2027,a,20,200,10\n2027,b,suppressed,200,suppressed\n",
         "cannot all be true"),
    ],
)  # fmt: skip
def test_what_is_suppressed_cannot_be_anything(rows: str, said: str) -> None:
    [one] = contradictions(read_figures(RATES + rows), SHARE)
    assert said in one.message


def test_a_numerator_and_its_rate_tell_who_was_not_counted() -> None:
    """15 that are 78.9 percent are 15 of 19."""
    [(*_, how)] = told("period,numerator,value\n2027,15,78.9\n")
    assert how.startswith("the denominator less the numerator can be worked out")
    assert told("period,numerator,value\n2027,150,78.9\n") == []
    assert told("period,value\n2027,78.9\n") == []


def test_each_row_that_is_gone_is_told() -> None:
    head = "period,group,numerator\n"
    before = head + "2027,a,7\n2027,b,8\n2028,a,7\n2028,b,60\n"
    assert [how.partition(":")[0] for *_, how in kept(head + "2028,b,60\n", before)] == [
        "2027, `numerator` of a", "2027, `numerator` of b", "2028, `numerator` of a",
    ]  # fmt: skip
    assert len(kept(head, before)) == 3


def test_a_rate_of_then_and_a_denominator_of_now_tell_a_numerator() -> None:
    now = "period,numerator,denominator\n2027,suppressed,200\n"
    [(line, _, how)] = kept(now, "period,value\n2027,3.5\n")
    assert (line, how) == (
        2, "2027, `numerator` can be worked out from what an earlier revision shows"
    )  # fmt: skip
    corrected = "period,denominator,value\n2027,900,3.5\n"
    assert kept(now, corrected) == []  # a rate of others than are counted now


def test_rates_of_two_texts_tell_how_many_came() -> None:
    text = "period,denominator,value\n2027,200,{}\n"
    [(*_, how)] = kept(text.format("27.5"), text.format("25.0"))
    assert how.startswith("2027, `numerator`: it differs by 1 to 10 from the revision of")
    assert kept(text.format("35.0"), text.format("25.0")) == []


def test_an_earlier_text_that_cannot_be_read_is_told() -> None:
    now = "period,numerator\n2027,40\n"
    for before, said in (
        ("year,deaths\n2027,7\n", "cannot be read as a table of figures"),
        ("period,numerator\n2026,1,204\n", "has a line that cannot be read as figures"),
    ):
        past = [Revision("abc", "1 March", before.encode())]
        [one] = since(read_figures(now), now.encode(), past, SHARE)
        assert (one.kind, one.commit) == ("unread", "abc")
        assert said in one.how


def test_a_population_is_one_from_the_text_on_that_said_so() -> None:
    now = "period,numerator,denominator\n2026,40,20003\n"
    then = now.replace("20003", "20000")
    later = Revision("b", "2 March", (then + "2025,50,20000\n").encode(), of_population=True)
    earlier = Revision("a", "1 March", then.encode())
    table = read_figures(now)
    assert [*since(table, now.encode(), [later], Formula(10_000))] == []
    for past in ([earlier], [later, earlier]):
        [one] = since(table, now.encode(), past, Formula(10_000))
        assert (one.kind, one.commit) == ("change", "a")


def test_a_row_of_an_earlier_text_is_called_by_no_cell_that_is_no_period() -> None:
    ((_, _, how),) = kept("", "period,numerator\nseven,7\n")
    assert how == (
        "a row of no period, `numerator`: the revision of 1 March 2027 still shows a count of 1 to "
        "10"
    )


def test_very_many_earlier_texts_are_not_judged_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of each of these one row is judged: the other stands there as it does now."""
    monkeypatch.setattr(earlier_cells, "MOST_ROWS", 2)
    now = "period,numerator\n2025,70\n2026,80\n"
    past = [Revision(one, "1 March", now.replace("70", f"{one}0").encode()) for one in "345"]
    [one] = since(read_figures(now), now.encode(), past, SHARE)
    assert (one.kind, one.commit) == ("unread", "5")
    assert "too many earlier texts to judge" in one.how


@settings(deadline=None, max_examples=60)
@given(some.lists(some.text("0123456789,;\n-.<apnumerotd", max_size=120), max_size=3))
def test_nothing_in_an_earlier_text_makes_it_raise(texts: list[str]) -> None:
    now = grouped(60, 30, None, None)
    kept(now, *(f"period,group,numerator\n2027,{text}" for text in texts))


def test_a_value_that_can_only_be_a_count_is_one() -> None:
    counts = Formula(is_count=True)
    assert len(told("period,value\n2027,7\n", counts)) == 1
    assert told("period,value\n2027,7.5\n", counts) == []
    assert told("period,value\n2027,7\n", Formula()) == []
    assert (
        len(kept("period,value\n2027,suppressed\n", "period,value\n2027,7\n", formula=counts)) == 1
    )


def test_of_a_table_without_a_measure_counts_are_counts_and_rates_tell_nothing() -> None:
    text = f"{RATES}2027,all,57,900,6.3\n2027,a,50,600,8.3\n2027,b,suppressed,300,2.3\n"
    assert [how for *_, how in told(text, Formula(per=0))] == [
        "what is left of `numerator` for b is a count of 1 to 10"
    ]
    assert told("period,numerator,denominator,value\n2027,suppressed,200,3.5\n", Formula(0)) == []
