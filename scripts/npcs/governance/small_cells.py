"""Small numbers in published figures: counts of 1 to 10 that are shown or can be worked out.

The policy is that of the Centers for Medicare and Medicaid Services: no count of 1 to 10 is shown,
nor anything from which one can be had; zero may be shown. So who reads a table knows that what is
suppressed is at least one, and knows how totals, parts and rates hang together. That is what is
reckoned with here: exact bounds for each figure that is not shown, drawn closer until they hold.

The bounds are never narrower than the truth allows, so what is reported can be done. They can be
wider, so not all that can be done is reported; ``docs/decisions/0009-small-cells.md`` says what.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Literal, NamedTuple

from npcs.records.figures import ALL, COUNTS, Figures, Period, Row, in_order, read_figures

SMALL = range(1, 11)
"""The counts that nobody may see."""

WIDTH = 3
"""A figure that is not shown is safe when it may be one of numbers that lie so far apart."""

_MOST = 10**12
_ROUNDS = 50
_REST = "difference"
"""The children of the denominator who are not of the numerator, where that means something."""

_MISSING = ""

Key = tuple[str, str]
"""A group and a column."""

Bounds = tuple[int, int]
"""The least and the most that a count can be."""


class Formula(NamedTuple):
    """How the figures of a row hang together: value = numerator x per / denominator.

    ``is_share`` tells whether the numerator is a part of the denominator.
    """

    per: int = 1
    is_share: bool = False


@dataclass(frozen=True, slots=True)
class Leak:
    """A small count that can be had, the cell to look at, and how, in words.

    It is ``shown``, ``derived`` from other figures, ``kept`` by an earlier revision, or told by a
    ``change`` since one; ``commit`` is that revision.
    """

    line: int
    column: int
    how: str
    kind: Literal["shown", "derived", "kept", "change"] = "derived"
    commit: str = ""


def shown(table: Figures, formula: Formula) -> Iterator[Leak]:
    """The small counts that a table shows, or gives away by itself."""
    groups = table.groups
    for _, rows in in_order(table.rows):
        yield from _direct(rows, formula)
        yield from _Period(rows, groups, formula, _known(rows)).leaks("what else is shown")


def since(
    table: Figures, earlier: Iterable[tuple[str, str, Sequence[Row]]], formula: Formula
) -> Iterator[Leak]:
    """The small counts that a table gives away together with earlier revisions of it.

    ``earlier`` holds the commit of each, its day in words, and its rows that are otherwise now; the
    newest comes first.
    """
    now = {(row.period, row.group): row for row in table.rows}
    told: set[tuple[int, int]] = set()
    then: dict[Period, dict[Key, Fraction]] = {}
    for commit, day, rows in earlier:
        for row in rows:
            today = now.get((row.period, row.group))
            for column in COUNTS:
                number = row.number(column)
                if number is None:
                    continue
                other = today.cells.get(column) if today else None
                if other is None or other.number is None:
                    then.setdefault(row.period, {}).setdefault((row.group, column), number)
                place = (other.line, other.column) if other else (1, 1)
                if place in told:
                    continue
                what = f"{row.period.label}, {_of(row.group, column)}"
                if number in SMALL and (other is None or other.number != number):
                    told.add(place)
                    how = f"{what}: the revision of {day} still shows a count of 1 to 10"
                    yield Leak(*place, how, "kept", commit)
                elif other and other.number is not None and abs(other.number - number) in SMALL:
                    told.add(place)
                    how = f"{what}: it differs by 1 to 10 from the revision of {day}"
                    yield Leak(*place, how, "change", commit)
            part, whole = row.number("numerator"), row.number("denominator")
            cell = today.cells.get("numerator") if today else None
            place = (cell.line, cell.column) if cell else (1, 1)
            if formula.is_share and part is not None and whole is not None and place not in told:
                same = today and (part, whole) == tuple(today.number(one) for one in COUNTS)
                if whole - part in SMALL and not same:
                    told.add(place)
                    rest = f"{row.period.label}, denominator less numerator"
                    how = f"{rest}: the revision of {day} still shows a count of 1 to 10"
                    yield Leak(*place, how, "kept", commit)
    groups = table.groups
    for period, rows_now in in_order(table.rows):
        if period in then:
            known = _known(rows_now)
            more = _Period(rows_now, groups, formula, {**then[period], **known})
            found = _Period(rows_now, groups, formula, known).leaks("")
            told |= {(one.line, one.column) for one in found}
            for one in more.leaks("what an earlier revision shows"):
                if (one.line, one.column) not in told:
                    yield one


def otherwise(text: str, now: str) -> Sequence[Row]:
    """The rows of an earlier text of a table that are not word for word in the text of now."""
    head, _, body = text.partition("\n")
    if head != now.partition("\n")[0]:
        return read_figures(text).rows
    there = {*now.split("\n")}
    changed = [line for line in body.split("\n") if line not in there]
    return read_figures("\n".join([head, *changed])).rows if changed else ()


def _known(rows: Iterable[Row]) -> dict[Key, Fraction]:
    return {
        (row.group, column): cell.number
        for row in rows
        for column in COUNTS
        if (cell := row.cells.get(column)) and cell.number is not None
    }


def _of(group: str, column: str) -> str:
    return f"`{column}`" if group == ALL else f"`{column}` of {group}"


def _direct(rows: Iterable[Row], formula: Formula) -> Iterator[Leak]:
    for row in rows:
        for column in COUNTS:
            cell = row.cells.get(column)
            if cell and cell.number is not None and cell.number in SMALL:
                yield Leak(cell.line, cell.column, f"`{column}` is a count of 1 to 10", "shown")
        part, whole = row.number("numerator"), row.number("denominator")
        if formula.is_share and part is not None and whole is not None and whole - part in SMALL:
            cell = row.cells["numerator"]
            how = "the denominator less the numerator is a count of 1 to 10"
            yield Leak(cell.line, cell.column, how, "shown")


class _Period:
    """The figures of a period, with what is known of them.

    A group that has no row here is one whose figures are not known, if the table has it elsewhere.
    Many of those are as good as one.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        groups: Sequence[str],
        formula: Formula,
        known: Mapping[Key, Fraction],
    ) -> None:
        self._rows = {row.group: row for row in rows}
        self._formula = formula
        self._known = {**known}
        self._columns = [column for column in COUNTS if any(column in row.cells for row in rows)]
        parts = dict.fromkeys([*self._rows, *(group for group, _ in known)])
        parts.pop(ALL, None)
        missing = len(groups) > sum(group in parts for group in groups)
        self._parts = [*parts, *([_MISSING] if missing else [])]

    def leaks(self, with_: str) -> Iterator[Leak]:
        """The small counts that can be had of the period's figures together."""
        told: set[Key] = set()
        if ALL in self._rows and len(self._parts) > (_MISSING in self._parts):
            for column in (*self._columns, _REST):
                hidden, rest = self._rest(column)
                if rest in SMALL:
                    told |= {(group, column) for group in hidden}
                    cell = self._rows[ALL].cells["numerator" if column == _REST else column]
                    what = "those not counted" if column == _REST else f"`{column}`"
                    how = f"what is left of {what} for {_listed(hidden)} is a count of 1 to 10"
                    yield Leak(cell.line, cell.column, how)
        yield from self._narrow(told, with_)

    def _rest(self, column: str) -> tuple[list[str], Fraction | None]:
        """What is left of the total when the known parts are taken from it, and for whom."""
        all_ = self._number(ALL, column)
        parts = {group: self._number(group, column) for group in self._parts}
        hidden = [group for group, number in parts.items() if number is None]
        if all_ is None or not hidden:
            return hidden, None
        return hidden, all_ - sum(number for number in parts.values() if number is not None)

    def _number(self, group: str, column: str) -> Fraction | None:
        if column != _REST:
            return self._known.get((group, column))
        part, whole = (self._known.get((group, one)) for one in COUNTS)
        if not self._formula.is_share or part is None or whole is None:
            return None
        return whole - part

    def _narrow(self, told: set[Key], with_: str) -> Iterator[Leak]:
        """The suppressed counts whose bounds are too close."""
        hidden = [
            (row, column)
            for row in self._rows.values()
            for column in self._columns
            if row.number(column) is None and (row.group, column) not in told
        ]
        bounds = self._bounds() if hidden else None
        for row, column in hidden if bounds else ():
            assert bounds
            low, high = bounds[row.group, column]
            if high - low < WIDTH and low <= SMALL[-1]:
                cell = row.cells[column]
                apart = f"told to within {high - low}" if high > low else "worked out"
                yield Leak(cell.line, cell.column, f"`{column}` can be {apart} from {with_}")

    def _bounds(self) -> dict[Key, Bounds] | None:
        """The least and the most each count can be; None where the figures contradict each other.

        A zero may be shown, so what is suppressed is at least one.
        """
        bounds: dict[Key, Bounds] = {}
        for group in (ALL, *self._parts):
            for column in self._columns:
                number = self._known.get((group, column))
                unknown = (1 if group in self._rows else 0, _MOST)
                bounds[group, column] = unknown if number is None else (int(number), int(number))
        both = len(self._columns) == len(COUNTS)
        for _ in range(_ROUNDS):
            before = dict(bounds)
            if self._parts:
                for column in self._columns:
                    _sum(bounds, self._parts, column)
            for row in self._rows.values() if both else ():
                if row.number("value") is not None:
                    _rate(bounds, row, self._formula.per)
                if self._formula.is_share:
                    _share(bounds, row.group)
            if any(low > high for low, high in bounds.values()):
                return None
            if bounds == before:
                break
        return bounds


def _listed(groups: Sequence[str]) -> str:
    named = [group or "groups without a row" for group in groups]
    return " and ".join(named) if len(named) < 4 else f"{len(named)} groups"


def _sum(bounds: dict[Key, Bounds], groups: Sequence[str], column: str) -> None:
    """The total is the sum of the parts, and each part what the others leave of it."""
    low = sum(bounds[group, column][0] for group in groups)
    high = sum(bounds[group, column][1] for group in groups)
    all_ = bounds[ALL, column]
    all_ = bounds[ALL, column] = max(all_[0], low), min(all_[1], high)
    for group in groups:
        least, most = bounds[group, column]
        bounds[group, column] = (
            max(least, all_[0] - (high - most)),
            min(most, all_[1] - (low - least)),
        )


def _share(bounds: dict[Key, Bounds], group: str) -> None:
    """A part is no more than the whole."""
    part, whole = bounds[group, COUNTS[0]], bounds[group, COUNTS[1]]
    bounds[group, COUNTS[0]] = part[0], min(part[1], whole[1])
    bounds[group, COUNTS[1]] = max(whole[0], part[0]), whole[1]


def _rate(bounds: dict[Key, Bounds], row: Row, per: int) -> None:
    """A rate that is shown to so many digits leaves its numerator only so much room."""
    cell = row.cells["value"]
    assert cell.number is not None
    half = Fraction(1, 2 * 10**cell.decimals)
    lowest, highest = cell.number - half, cell.number + half
    part, whole = bounds[row.group, COUNTS[0]], bounds[row.group, COUNTS[1]]
    part = (
        max(part[0], ceil(lowest * whole[0] / per)),
        min(part[1], floor(highest * whole[1] / per)),
    )
    if highest > 0:
        whole = max(whole[0], ceil(part[0] * per / highest)), whole[1]
    if lowest > 0:
        whole = whole[0], min(whole[1], floor(part[1] * per / lowest))
    bounds[row.group, COUNTS[0]], bounds[row.group, COUNTS[1]] = part, whole
