"""Small numbers that a table gives away together with its earlier texts, all of which Git keeps.

Each earlier text is judged as the table of today is (``cell_facts.py``), compared with it, and put
together with it. A period that stands there word for word as in a later text is judged once.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from npcs.governance.cell_facts import (
    MISSING,
    REST,
    SMALL,
    Facts,
    Formula,
    Left,
    Making,
    Told,
    listed,
)
from npcs.governance.cell_facts import words as in_words
from npcs.governance.small_cells import Kind, Leak, cell_of, shown
from npcs.records.figures import ALL, COUNTS, FIGURES, Cell, Figures, Period, Row, in_order
from npcs.records.loose_figures import Loose, read_loosely

MOST_ROWS = 20_000
"""How many rows of earlier texts are judged, the newest first."""

_MAKINGS = 5
"""How many ways in which the groups of a period made its total are remembered."""

_NOT_JUDGED = "there are too many earlier texts to judge: what is left is the revision of"

Of = tuple[str, str, str]
"""A period, a group and a column."""


class Revision(NamedTuple):
    """An earlier text of a table, with its commit and its day in words.

    ``of_population`` tells that its denominators count who lives somewhere, and no cases.
    """

    commit: str
    day: str
    raw: bytes
    of_population: bool = False


def since(
    table: Figures, now: bytes, earlier: Iterable[Revision], formula: Formula
) -> Iterator[Leak]:
    """The small counts that a table gives away together with earlier revisions of it.

    ``now`` is its text; of the earlier ones the newest comes first.
    """
    past, room = _Past(table, formula), MOST_ROWS
    today = {part.key for part in read_loosely(now).parts}
    seen: set[tuple[object, bool]] = set()
    for then in earlier:
        loose = read_loosely(then.raw)
        lost = 0
        for part in loose.parts:
            key = part.key, then.of_population
            if part.key in today or key in seen or not loose.is_read:
                continue
            room -= len(part.lines)
            if room < 0:
                how = f"{_NOT_JUDGED} {then.day} and all before it"
                yield Leak(1, 1, how, "unread", then.commit)
                return
            seen.add(key)
            rows, unread = loose.rows(part)
            lost += unread
            for _, those in in_order(rows):
                for number, one in enumerate(_once_each(those)):
                    yield from past.part(one, loose.groups, then, is_first=not number)
        for how in _doubts(loose, lost, then.day):
            yield Leak(1, 1, how, "unread", then.commit)
    yield from past.together()
    yield from past.over_time()


def _doubts(loose: Loose, lost: int, day: str) -> Iterator[str]:
    """What of an earlier text cannot be judged."""
    if not loose.is_read:
        yield f"the revision of {day} cannot be read as a table of figures"
    elif lost:
        lines = "a line" if lost == 1 else f"{lost:,} lines"
        yield f"the revision of {day} has {lines} that cannot be read as figures"
    for number in loose.strange[:3] if loose.is_read else ():
        yield (
            f"the revision of {day} has numbers from 1 to 10 in column {number}, and nobody can "
            "tell whether they count children"
        )


@dataclass(slots=True)
class _Then:
    """What earlier texts tell of a period, the newest first."""

    period: Period
    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)
    makings: dict[tuple[str, ...], Facts] = field(default_factory=dict)


class _Past:
    """What the earlier texts of a table have told so far."""

    def __init__(self, table: Figures, formula: Formula) -> None:
        self._formula = formula
        self._groups = table.groups
        self._rows = {period.label: rows for period, rows in in_order(table.rows)}
        self._periods = {row.period.label: row.period for row in table.rows}
        self._now: dict[str, Facts] = {}
        self._derived = {
            (leak.of, leak.kind == "left") for leak in shown(table, formula) if leak.kind != "shown"
        }
        self._told: set[tuple[Of, bool]] = set()
        self._then: dict[str, _Then] = {}

    def _today(self, label: str) -> Facts:
        if label not in self._now:
            rows = self._rows.get(label, [])
            self._now[label] = Facts.of(rows, self._groups, self._formula)
        return self._now[label]

    def _leak(
        self, of: Of, how: str, kind: Kind, commit: str = "", is_left: bool = False
    ) -> Iterator[Leak]:
        """A leak at the cell of today that it is of, once.

        ``is_left`` tells it from one of the total itself, where it is what is left of a total.
        """
        key = of, is_left
        if key in self._told or (key in self._derived and kind in ("left", "worked")):
            return
        self._told.add(key)
        label, group, column = of
        cells = self._today(label).cells
        is_there = (
            group == ALL or not group.strip() or any((group, one) in cells for one in FIGURES)
        )
        if kind in ("kept", "change") and not is_there:
            cells = {}
        cell = cell_of(cells, group, column)
        of_when = label if Period.parse(label) else "a row of no period"
        yield Leak(cell.line, cell.column, f"{of_when}, {how}", kind, commit, of)

    # One earlier text

    def part(
        self, rows: Sequence[Row], groups: Iterable[str], text: Revision, is_first: bool
    ) -> Iterator[Leak]:
        """What the rows of a period in an earlier text tell by themselves, or beside today's.

        Of a period whose groups come more than once, only the ``is_first`` rows are remembered.
        """
        period, commit, day = rows[0].period, text.commit, text.day
        compared = (COUNTS[0],) if text.of_population else (*COUNTS, REST)
        facts = Facts.of(rows, groups, self._formula)
        today = self._today(period.label)
        for one in facts.told():
            of = period.label, one.group, one.column
            is_left = one.means == "left"
            derived = (of, is_left) in self._derived
            if not (_same(one, facts, today) if one.means == "shown" else derived):
                yield from self._leak(of, _kept(one, day), "kept", commit, is_left)
        for group, other in _pairs(facts, today, self._groups):
            for column in compared:
                before, after = facts.fixed.get((group, column)), today.fixed.get((other, column))
                if before is None or after is None or abs(after - before) not in SMALL:
                    continue
                what = _of(other, column)
                from_ = "" if group == other else f"{_of(group, column)} in "
                how = f"{what}: it differs by 1 to 10 from {from_}the revision of {day}"
                of = period.label, other, column
                if not self._is_told_beside(of):
                    yield from self._leak(of, how, "change", commit)
        lefts = [one for one in facts.lefts if one.column in compared]
        yield from self._lefts(period.label, lefts, today, commit, day)
        if is_first:
            self._remember(period, facts)

    def _is_told_beside(self, of: Of) -> bool:
        """Whether the numerator of a row whose rest it would be is told already."""
        label, group, column = of
        beside = [((label, group, one), False) for one in COUNTS]
        return column == REST and any(one in self._told for one in beside)

    def _lefts(
        self, label: str, lefts: Iterable[Left], today: Facts, commit: str, day: str
    ) -> Iterator[Leak]:
        """What is left of a total for the same groups, then and now."""
        after = {(one.column, one.hidden): one.number for one in today.lefts}
        for one in lefts:
            number = after.get((one.column, one.hidden))
            if number is None or abs(number - one.number) not in SMALL:
                continue
            of = label, ALL, one.column
            what = "those not counted" if one.column == REST else f"`{one.column}`"
            how = (
                f"what is left of {what} for {listed(one.hidden)}: it differs by 1 to 10 from the "
                f"revision of {day}"
            )
            yield from self._leak(of, how, "change", commit, is_left=True)

    def _remember(self, period: Period, facts: Facts) -> None:
        """Keep what is shown, for what it tells together with the table of today."""
        then = self._then.setdefault(period.label, _Then(period))
        today = self._today(period.label)
        for (group, column), cell in facts.cells.items():
            if cell.number is None:
                continue
            if column in COUNTS or all(
                _agree(facts.number(group, one), number)
                for one in COUNTS
                for number in (today.number(group, one), _shown(then.cells.get((group, one))))
            ):
                then.cells.setdefault((group, column), cell)
        for making in facts.makings:
            if len(then.makings) < _MAKINGS:
                then.makings.setdefault(tuple(sorted(making.groups)), facts)

    # All of them together

    def together(self) -> Iterator[Leak]:
        """What today's figures tell with those that earlier texts showed in the place of others."""
        for label, then in self._then.items():
            today = self._today(label)
            new = {
                key: cell
                for key, cell in then.cells.items()
                if _shown(today.cells.get(key)) is None
            }
            if not new:
                continue
            facts = Facts({**today.cells, **new}, self._makings(today, then, new), self._formula)
            for one in facts.told():
                of = label, one.group, one.column
                if one.means == "shown" and (one.column != REST or _same(one, facts, today)):
                    continue
                is_left = one.means == "left"
                what = one.what if is_left else _of(one.group, one.column)
                with_ = "from" if one.means == "worked" else "with"
                how = f"{what} {one.said} {with_} what an earlier revision shows"
                yield from self._leak(of, how, "left" if is_left else "worked", is_left=is_left)

    def _makings(self, today: Facts, then: _Then, new: Iterable[tuple[str, str]]) -> list[Making]:
        """How groups make the total: as today, and as then where no figure of it has changed.

        A group that has no row today, but one then, is one of today's if the table still has it.
        """
        found = []
        for making in today.makings:
            more = {group for group, _ in new if group in self._groups}
            groups = [one for one in making.groups if one != MISSING]
            groups += sorted(more - {*groups})
            rest = [MISSING] if {*self._groups} - {*groups} else []
            found.append(Making((*groups, *rest), making.columns))
        ways = {frozenset(one.groups) for one in found}
        for facts in then.makings.values():
            for making in facts.makings:
                columns = tuple(
                    column
                    for column in making.columns
                    if all(
                        _agree(facts.number(group, column), today.number(group, column))
                        for group in (ALL, *making.groups)
                    )
                )
                if columns and frozenset(making.groups) not in ways:
                    # Those without a row are others than today's: a name of their own, no word.
                    others = MISSING + " " * len(found)
                    groups = [one if one != MISSING else others for one in making.groups]
                    found.append(Making((*groups,), columns))
        return found

    def over_time(self) -> Iterator[Leak]:
        """What a year leaves for the quarters or months that are not shown, or the other way round.

        Only where a table was changed from one to the other, and for numerators only: the children
        of a denominator are often the same in each quarter.
        """
        numbers: dict[Period, dict[str, Fraction | None]] = {}
        for then in self._then.values():
            numbers.setdefault(then.period, {})
            for (group, column), cell in then.cells.items():
                if column == COUNTS[0]:
                    numbers.setdefault(then.period, {})[group] = cell.number
        for label, period in self._periods.items():
            for row in self._rows[label]:
                before = numbers.setdefault(period, {}).get(row.group)
                number = self._today(label).number(row.group, COUNTS[0])
                numbers[period][row.group] = before if number is None else number
        forms = {period.form for period in numbers if period.form}
        for whole, groups in numbers.items() if len(forms) > 1 else ():
            for form in sorted(forms - {whole.form}):
                parts = [one for one in numbers if one.form == form and one.first >= whole.first
                         and one.last <= whole.last]  # fmt: skip
                for group, total in groups.items() if parts else ():
                    yield from self._over(whole, group, total, parts, numbers)

    def _over(
        self,
        whole: Period,
        group: str,
        total: Fraction | None,
        parts: Sequence[Period],
        numbers: dict[Period, dict[str, Fraction | None]],
    ) -> Iterator[Leak]:
        known = {one: number for one in parts if (number := numbers[one].get(group)) is not None}
        days = sum((one.last - one.first).days + 1 for one in known)
        is_whole = days == (whole.last - whole.first).days + 1
        if total is None or not known or is_whole:
            return
        if total - sum(known.values()) not in SMALL:
            return
        hidden = sorted(one.label for one in parts if one not in known)
        for_ = listed(hidden) if hidden else "the rest of it"
        how = (
            f"what is left of {_of(group, COUNTS[0])} for {for_} is a count of 1 to 10 with what "
            "an earlier revision shows"
        )
        yield from self._leak((whole.label, group, COUNTS[0]), how, "time")


def _once_each(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in their order, parted where a group comes again: nobody knows which of them holds."""
    part: dict[str, Row] = {}
    for row in rows:
        if row.group in part:
            yield [*part.values()]
            part = {}
        part[row.group] = row
    yield [*part.values()]


def _pairs(then: Facts, now: Facts, groups: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The groups of an earlier text with those of today: of the same name, or the one renamed."""
    before = dict.fromkeys(group for group, _ in then.cells)
    after = dict.fromkeys(group for group, _ in now.cells)
    yield from ((one, one) for one in (*before, MISSING) if one in after or one == MISSING)
    gone = [one for one in before if one not in groups and one != ALL]
    new = [one for one in after if one not in before and one != ALL]
    if len(gone) == len(new) == 1:
        yield gone[0], new[0]


def _same(one: Told, then: Facts, now: Facts) -> bool:
    """Whether the table of today shows the same small count, so that it is told there."""
    if one.means != "shown":
        return False
    if one.column != REST:
        return then.number(one.group, one.column) == now.number(one.group, one.column)
    return all(then.number(one.group, it) == now.number(one.group, it) for it in COUNTS)


def _kept(one: Told, day: str) -> str:
    """How an earlier text tells a small count."""
    if one.means == "left":
        return f"{one.what}: the revision of {day} still leaves a count of 1 to 10"
    what = _of(one.group, one.column)
    if one.means == "shown":
        return f"{what}: the revision of {day} still shows a count of 1 to 10"
    return f"{what}: it {one.said} from the revision of {day}"


def _of(group: str, column: str) -> str:
    what = "denominator less numerator" if column == REST else in_words(column)
    return what if group == ALL else f"{what} of {listed((group,))}"


def _shown(cell: Cell | None) -> Fraction | None:
    return cell.number if cell else None


def _agree(one: Fraction | None, other: Fraction | None) -> bool:
    return one is None or other is None or one == other
