"""Small cells against a slow second way: every table of whole numbers that fits what is printed.

Nothing here uses the bounds that are tested. The numbers of a row are tried one by one, then the
rows together; what a count can be is read off from the tables that are left.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import floor
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from npcs.governance.cell_facts import MISSING, REST, Facts, Formula
from npcs.governance.earlier_cells import Revision, since
from npcs.governance.small_cells import shown
from npcs.records.figures import ALL, SUPPRESSED, read_figures

CAP = 42
"""No count is tried above this; one that can be so high may be any number."""

PER = 100
GROUPS = ("a", "b", "c")


class Printed(NamedTuple):
    """What a row shows: a number, that it is suppressed, or None without such a column."""

    group: str
    numerator: int | str | None
    denominator: int | str | None
    value: str | None


def rounded(part: int, whole: int, places: int) -> str:
    scaled = floor(Fraction(PER * part, whole) * 10**places + Fraction(1, 2))
    return f"{scaled // 10**places}" + (f".{scaled % 10**places:0{places}}" if places else "")


Truth = dict[str, tuple[int, int]]


@some.composite
def truths(draw: some.DrawFn, fewest: int = 0) -> tuple[Truth, bool]:
    """The numerators and denominators of up to three groups; and whether a group has no row."""
    many = draw(some.integers(fewest, 3))
    truth: Truth = {}
    for group in GROUPS[:many]:
        whole = draw(some.integers(1, 14))
        truth[group] = draw(some.integers(0, whole)), whole
    if truth:
        truth[ALL] = _sum((*truth.values(),))
    else:
        whole = draw(some.integers(1, 40))
        truth[ALL] = draw(some.integers(0, whole)), whole
    is_missing = many > 1 and draw(some.booleans())
    if is_missing:
        del truth[GROUPS[many - 1]]
    if many and draw(some.integers(0, 9)) == 0:
        del truth[ALL]
    return truth, is_missing


COLUMNS = some.sampled_from(("n", "nd", "nd", "ndv", "ndv", "dv", "nv"))


def printed(draw: some.DrawFn, truth: Truth, columns: str) -> list[Printed]:
    """A true table as it is printed, with figures suppressed here and there."""
    rows = []
    for group, (part, whole) in truth.items():
        rate = rounded(part, whole, draw(some.integers(0, 2)))
        rows.append(Printed(
            group,
            _printed(draw, part, 3) if "n" in columns else None,
            _printed(draw, whole, 1) if "d" in columns else None,
            draw(some.sampled_from((rate, SUPPRESSED))) if "v" in columns else None,
        ))  # fmt: skip
    return rows


@some.composite
def tables(draw: some.DrawFn, fewest: int = 0) -> tuple[list[Printed], bool]:
    """A true table as it is printed; and whether a group has no row."""
    truth, is_missing = draw(truths(fewest))
    return printed(draw, truth, draw(COLUMNS)), is_missing


@some.composite
def revisions(draw: some.DrawFn) -> tuple[list[Printed], list[Printed], bool]:
    """A true table as it is printed now, and as it was before."""
    truth, is_missing = draw(truths())
    columns = draw(COLUMNS)
    return printed(draw, truth, columns), printed(draw, truth, columns), is_missing


def _printed(draw: some.DrawFn, number: int, often: int) -> int | str:
    """A number, or that it is suppressed; a zero never is."""
    return SUPPRESSED if number and draw(some.integers(0, 3)) < often else number


def text(rows: list[Printed], is_missing: bool) -> str:
    names = [name for name in ("numerator", "denominator", "value")
             if getattr(rows[0], name) is not None]  # fmt: skip
    lines = [",".join(("period", "group", *names))]
    if is_missing:
        lines.append(",".join(("2026", "elsewhere", *("70" for _ in names))))
    lines += [",".join(("2027", row.group, *(str(getattr(row, it)) for it in names)))
              for row in rows]  # fmt: skip
    return "\n".join(lines)


def ways_of(row: Printed | None, is_share: bool) -> list[tuple[int, int]]:
    """Every numerator and denominator that a row allows by itself."""
    found = []
    for part, whole in product(range(CAP + 1), repeat=2):
        if row is not None:
            if not (_allows(row.numerator, part) and _allows(row.denominator, whole)):
                continue
            if row.value not in (None, SUPPRESSED) and not _rate_is(str(row.value), part, whole):
                continue
        if not is_share or part <= whole:
            found.append((part, whole))
    return found


def _allows(printed: int | str | None, number: int) -> bool:
    if printed is None:
        return True
    return number >= 1 if printed == SUPPRESSED else number == printed


def _rate_is(value: str, part: int, whole: int) -> bool:
    half = Fraction(1, 2 * 10 ** len(value.partition(".")[2]))
    return abs(PER * part - Fraction(value) * whole) <= half * whole


class Possible(NamedTuple):
    """What each count can be, by group and column; and what those of groups make together."""

    counts: dict[tuple[str, str], set[int]]
    ways: list[dict[str, tuple[int, int]]]


def possible(rows: list[Printed], is_missing: bool, is_share: bool) -> Possible:
    by_group = {row.group: row for row in rows}
    groups = [row.group for row in rows if row.group != ALL] + [MISSING] * is_missing
    each = {group: ways_of(by_group.get(group), is_share) for group in groups}
    total = {*ways_of(by_group[ALL], is_share)} if ALL in by_group else None
    found: list[dict[str, tuple[int, int]]] = []
    if not groups:
        found = [{ALL: way} for way in total or ()]
    else:
        for ways in _together([each[group] for group in groups], total):
            found.append({**dict(zip(groups, ways, strict=True)), ALL: _sum(ways)})
    counts: dict[tuple[str, str], set[int]] = {}
    for way in found:
        for group, (part, whole) in way.items():
            counts.setdefault((group, "numerator"), set()).add(part)
            counts.setdefault((group, "denominator"), set()).add(whole)
            counts.setdefault((group, REST), set()).add(whole - part)
    return Possible(counts, found)


def _together(
    each: list[list[tuple[int, int]]], total: set[tuple[int, int]] | None
) -> Iterator[tuple[tuple[int, int], ...]]:
    """Every choice of one way for each group that makes the total."""
    *first, last = each
    at = {way: way for way in last}
    for ways in product(*first):
        part, whole = _sum(ways)
        if total is None:
            yield from ((*ways, way) for way in last)
        else:
            for all_ in total:
                way = at.get((all_[0] - part, all_[1] - whole))
                if way:
                    yield (*ways, way)


def _sum(ways: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    return sum(part for part, _ in ways), sum(whole for _, whole in ways)


def is_small(numbers: set[int], width: int = 2) -> bool:
    """Whether a count is told well enough to be one of 1 to 10."""
    low, high = min(numbers), max(numbers)
    return high < CAP and high - low <= width and low <= 10 and high >= 1


def judged(rows: list[Printed], is_missing: bool, is_share: bool) -> Facts:
    table = read_figures(text(rows, is_missing))
    assert not table.faults, table.faults
    those = [row for row in table.rows if row.period.label == "2027"]
    return Facts.of(those, table.groups, Formula(PER, is_share))


def tried(rows: list[Printed], is_missing: bool) -> int:
    """About how many tables have to be tried."""
    found = 40**2 if is_missing else 1
    for row in rows:
        if row.group != ALL:
            found *= 40 ** sum(not isinstance(one, int) for one in row[1:3])
    return found


@settings(deadline=None, max_examples=60)
@given(tables(), some.booleans())
def test_what_is_told_is_so_in_every_table_that_fits_and_nothing_else_is_pinned(
    table: tuple[list[Printed], bool], is_share: bool
) -> None:
    rows, is_missing = table
    assume(tried(rows, is_missing) <= 20_000)
    facts = judged(rows, is_missing, is_share)
    found = possible(rows, is_missing, is_share)
    assert found.ways
    assert [*facts.contradictions("2027")] == []
    for key, number in facts.fixed.items():
        assert found.counts[key] == {number}, key
    told, left = set(), set()
    for one in facts.told():
        if one.means == "left":
            left.add("numerator" if one.column == REST else one.column)
            continue
        width = int(one.said.rpartition(" ")[2]) if "within" in one.said else 0
        assert is_small(found.counts[one.group, one.column], width), one
        told.add((one.group, "numerator" if one.column == REST else one.column))
    for group, column in pinned(rows, found, is_share):
        assert (group, column) in told or column in left, group


def pinned(rows: list[Printed], found: Possible, is_share: bool) -> Iterator[tuple[str, str]]:
    """The group and column of each small count that must be told, its rest as the numerator.

    Nothing where more than was tried might fit, too. Counts that are in no column, and hang on no
    rate, are no more than what they are part of.
    """
    by_group = {row.group: row for row in rows}
    open_ = [
        numbers
        for (group, column), numbers in found.counts.items()
        if column != REST and not isinstance(getattr(by_group.get(group), column, None), int)
    ]
    if any(max(numbers) >= CAP // 2 for numbers in open_):
        return
    with_rate = any(row.value not in (None, SUPPRESSED) for row in rows)
    columns = {it for row in rows for it in ("numerator", "denominator")
               if getattr(row, it) is not None}  # fmt: skip
    if with_rate and columns:
        columns = {"numerator", "denominator"}
    if is_share and len(columns) == 2:
        columns.add(REST)
    for (group, column), numbers in found.counts.items():
        if column in columns and group in (*by_group, MISSING) and is_small(numbers):
            yield group, "numerator" if column == REST else column


@settings(deadline=None, max_examples=60)
@given(tables(2), some.booleans())
def test_what_is_left_for_several_groups_is_so_in_every_table_that_fits(
    table: tuple[list[Printed], bool], is_share: bool
) -> None:
    rows, is_missing = table
    assume(tried(rows, is_missing) <= 20_000)
    facts = judged(rows, is_missing, is_share)
    ways = possible(rows, is_missing, is_share).ways
    for one in facts.lefts:
        sums = {sum(_count(way[group], one.column) for group in one.hidden) for way in ways}
        assert sums == {one.number}, one


def _count(way: tuple[int, int], column: str) -> int:
    part, whole = way
    return {"numerator": part, "denominator": whole, REST: whole - part}[column]


@settings(deadline=None, max_examples=60)
@given(revisions(), some.booleans())
def test_what_two_texts_tell_is_so_in_every_table_that_fits_both(
    texts: tuple[list[Printed], list[Printed], bool], is_share: bool
) -> None:
    """What one of them tells by itself is so in every table that fits that one."""
    now, before, is_missing = texts
    both = [Printed(*map(_either, *rows)) for rows in zip(now, before, strict=True)]
    each = (both, before, now)
    assume(max(tried(rows, is_missing) for rows in each) <= 20_000)
    found, then, today = (possible(rows, is_missing, is_share) for rows in each)
    table, formula = read_figures(text(now, is_missing)), Formula(PER, is_share)
    raws = [text(rows, is_missing).encode() for rows in (now, before)]
    leaks = [*since(table, raws[0], [Revision("abc", "1 March", raws[1])], formula)]
    told, left = set(), set()
    for leak in (*shown(table, formula), *leaks):
        period, group, column = leak.of
        assert period == "2027"
        assert leak.kind in ("shown", "left", "worked", "kept")
        of = "numerator" if column == REST else column
        if "left" in leak.how:
            left.add(of)
        else:
            by_both = leak.how.endswith("what an earlier revision shows")
            those = then if leak.kind == "kept" else found if by_both else today
            assert is_small(those.counts[group.strip(), column]), leak
            told.add((group.strip(), of))
    for group, column in pinned(both, found, is_share):
        assert (group, column) in told or column in left, group


def _either(now: int | str | None, before: int | str | None) -> int | str | None:
    return before if now == SUPPRESSED else now


@pytest.mark.parametrize(
    ("table", "told", "exact"),
    [
        (("a ? ? 76", "b 3 15 ?", "all ? ? 60.4"), {("a", REST)}, 3),
        (("a 0 10 0.0", "b ? ? 79", "all ? ? 63.3"), {("b", REST)}, 3),
        (("a ? ? 11.1", "b ? 9 55.6", "all ? ? 22.22"),
         {("a", "numerator"), ("b", "numerator"), ("all", "numerator")}, 7),
        (("a ? 17 76.47", "b ? ? 23.1", "all ? ? 44"), {("a", REST), ("b", "numerator")}, 9),
    ],
)  # fmt: skip
def test_tables_that_give_way_only_to_all_means_together(
    table: tuple[str, ...],
    told: set[tuple[str, str]],
    exact: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rates of those not counted, ends that are tried, and wholes that are tried one by one."""
    monkeypatch.setattr("tests.governance.test_cells_by_brute_force.CAP", 100)
    rows = []
    for line in table:
        group, *figures, value = line.split()
        counts = [SUPPRESSED if one == "?" else int(one) for one in figures]
        rows.append(Printed(group, *counts, SUPPRESSED if value == "?" else value))
    facts = judged(rows, False, True)
    assert {(one.group, one.column) for one in facts.told() if one.means == "worked"} == told
    found = possible(rows, False, True)
    assert max(max(numbers) for numbers in found.counts.values()) < 100
    only = {key: min(those) for key, those in found.counts.items() if len(those) == 1}
    assert facts.fixed.items() <= only.items()
    assert len(facts.fixed) == exact
    for key in told:
        assert is_small(found.counts[key])
