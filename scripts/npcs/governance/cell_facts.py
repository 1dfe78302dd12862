"""What the figures of a period tell together: by their totals, their parts and their rates."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal, NamedTuple

from npcs.governance.cell_bounds import MOST, Bounds, Rate, Relation, Sum
from npcs.records.figures import ALL, COUNTS, Cell, Row

SMALL = range(1, 11)
"""The counts that nobody may see."""

WIDTH = 3
"""A figure that is not shown is safe when it may be one of numbers that lie so far apart."""

NUMERATOR, DENOMINATOR = COUNTS
REST = "difference"
"""The children of the denominator who are not of the numerator, where that means something."""

MISSING = ""
"""All groups that the table has, and a period has no row of."""

_PROBED = 200
"""How many figures that are not shown are probed in a period; with more, bounds stay as found."""

_IS_SMALL = "is a count of 1 to 10"

Key = tuple[str, str]
"""A group and a column."""


class Formula(NamedTuple):
    """How the figures of a row hang together: value = numerator x per / denominator.

    ``per`` is 0 where that is not known. ``is_share`` tells whether the numerator is a part of the
    denominator, ``is_count`` that there is no denominator: a value alone is the numerator itself.
    """

    per: int = 1
    is_share: bool = False
    is_count: bool = False


class Told(NamedTuple):
    """A small count that figures of a period tell: what it is, and how well, in words.

    ``group`` and ``column`` are those of the cell to look at. It is ``shown``, it is ``left`` when
    the parts that are shown are taken from a total, or it can be ``worked`` out.
    """

    group: str
    column: str
    what: str
    said: str
    means: Literal["shown", "left", "worked"]


class Left(NamedTuple):
    """What is left of a total when the parts that are known are taken from it, and for whom."""

    column: str
    hidden: tuple[str, ...]
    number: Fraction


class Contradiction(NamedTuple):
    """Figures, some of them suppressed, that cannot all be true; the cell to look at."""

    line: int
    column: int
    message: str
    hint: str


class _Problem(NamedTuple):
    """Relations that cannot hold: a group's ``rate``, a column's ``sum``, a ``zero``, or all."""

    kind: Literal["rate", "sum", "zero", "row", "all"]
    group: str
    column: str = NUMERATOR


class Making(NamedTuple):
    """The groups that together make ``all``, and the columns of which that is known.

    ``MISSING`` stands for those without a row.
    """

    groups: tuple[str, ...]
    columns: tuple[str, ...] = (*COUNTS, REST)


@dataclass
class Facts:
    """The figures of a period by group and column, and how groups make the total.

    What is suppressed is at least one, since a zero may be shown.
    """

    cells: dict[Key, Cell]
    makings: Sequence[Making]
    formula: Formula

    @classmethod
    def of(cls, rows: Sequence[Row], groups: Iterable[str], formula: Formula) -> "Facts":
        """What the rows of a period tell by themselves; ``groups`` are those of the table."""
        cells = {
            (row.group, _named(row, name, formula)): cell
            for row in rows
            for name, cell in row.cells.items()
        }
        parts = [one for one in dict.fromkeys(row.group for row in rows) if one != ALL]
        if parts and {*groups} - {*parts, ALL}:
            parts.append(MISSING)
        return cls(cells, [Making(tuple(parts))] if parts else [], formula)

    # What is told

    def told(self) -> Iterator[Told]:
        """The small counts that are shown, are left, or can be worked out, each once."""
        yield from self._direct()
        seen: set[Key] = set()
        for left in self._left(self.number):
            if left.number in SMALL:
                seen |= {_of_cell(group, left.column) for group in left.hidden}
                yield _told_left(left)
        if not self._places:
            return
        for bounds in self._systems[0]:
            for (group, column), place in self._places.items():
                key = _of_cell(group, column)
                if key not in seen and (one := self._narrow(bounds, group, column, place)):
                    seen.add(key)
                    yield one
        for left in self._left(lambda *key: self.fixed.get(key)):
            keys = {_of_cell(group, left.column) for group in left.hidden}
            if left.number in SMALL and not keys & seen:
                seen |= keys
                yield _told_left(left)

    def number(self, group: str, column: str) -> Fraction | None:
        """A count that is shown, or the difference of two; None where one is not."""
        if column == REST:
            part, whole = self.number(group, NUMERATOR), self.number(group, DENOMINATOR)
            is_known = self.formula.is_share and part is not None and whole is not None
            return whole - part if is_known and whole is not None and part is not None else None
        cell = self.cells.get((group, column))
        return cell.number if cell else None

    @cached_property
    def fixed(self) -> dict[Key, Fraction]:
        """The counts that are shown or can be worked out exactly, small or not."""
        found = {
            (group, column): number
            for group in self._groups
            for column in (*COUNTS, REST)
            if (number := self.number(group, column)) is not None
        }
        for bounds in self._systems[0] if self._places else ():
            for key, at in self._places.items():
                if bounds.low[at] == bounds.high[at]:
                    found.setdefault(key, Fraction(bounds.low[at]))
        return found

    @cached_property
    def lefts(self) -> list[Left]:
        """What is left of each total for the groups whose counts are not known."""
        return [*self._left(lambda *key: self.fixed.get(key))]

    def _direct(self) -> Iterator[Told]:
        for group in self._groups:
            for column in COUNTS:
                if self.number(group, column) in SMALL:
                    yield Told(group, column, f"`{column}`", _IS_SMALL, "shown")
            if self.number(group, REST) in SMALL:
                yield Told(group, REST, words(REST), _IS_SMALL, "shown")

    def _left(self, number: Callable[[str, str], Fraction | None]) -> Iterator[Left]:
        for making in self.makings:
            for column in making.columns:
                all_ = number(ALL, column)
                parts = {group: number(group, column) for group in making.groups}
                hidden = tuple(group for group, one in parts.items() if one is None)
                if all_ is not None and hidden:
                    known = sum((one for one in parts.values() if one is not None), Fraction(0))
                    yield Left(column, hidden, all_ - known)

    def _narrow(self, bounds: Bounds, group: str, column: str, place: int) -> Told | None:
        """A count that is not shown, if its bounds lie too close."""
        if self.number(group, column) is not None or bounds.low[place] > SMALL[-1]:
            return None
        if group == ALL and not any(key[0] == ALL for key in self.cells):
            return None
        low, high = bounds.low[place], bounds.high[place]
        if self._hidden <= _PROBED:
            low, high = bounds.probed(place, WIDTH, SMALL[-1])
        if high - low >= WIDTH or low > SMALL[-1] or not high:
            return None
        apart = f"told to within {high - low}" if high > low else "worked out"
        what = words(column, (group, column) in self.cells)
        if not group.strip():
            what = f"{what} of {listed((group,))}"
        return Told(group, column, what, f"can be {apart}", "worked")

    # The numbers and how they hang together

    @cached_property
    def _groups(self) -> list[str]:
        found = dict.fromkeys([group for group, _ in self.cells])
        return [*dict.fromkeys([*found, *(one for it in self.makings for one in it.groups)])]

    @cached_property
    def _columns(self) -> tuple[str, ...]:
        """The columns that are reckoned with, in the table or not; none where nothing is hidden."""
        there = {column for _, column in self.cells}
        with_rates = self.formula.per and any(
            name == "value" and cell.number is not None for (_, name), cell in self.cells.items()
        )
        counts = tuple(one for one in COUNTS if one in there or (with_rates and {*COUNTS} & there))
        return (*counts, REST) if len(counts) == 2 and self.formula.is_share else counts

    @cached_property
    def _places(self) -> dict[Key, int]:
        """The place of each count among the numbers; none where all are known."""
        groups = [ALL, *(one for one in self._groups if one != ALL)]
        keys = [(group, column) for group in groups for column in self._columns]
        if all(self.number(*key) is not None for key in keys):
            return {}
        return {key: at for at, key in enumerate(keys)}

    @cached_property
    def _hidden(self) -> int:
        return sum(self.number(*key) is None for key in self._places)

    def _ends(self) -> tuple[list[int], list[int]]:
        """The least and the most of each number before anything is worked out."""
        low, high = [], []
        for key in self._places:
            number = self.number(*key) if key[1] != REST else None
            is_suppressed = number is None and key in self.cells
            low.append(int(is_suppressed) if number is None else int(number))
            high.append(MOST if number is None else int(number))
        return low, high

    def _row(self, group: str, slack: int = 5) -> list[Relation]:
        """How the counts of a group hang together.

        A rate is taken to be rounded, to half of its last digit. With a ``slack`` of 10 it may also
        have been cut off, with one of 0 it is left out.
        """
        if len(self._columns) < 2:
            return []
        part, whole = (self._places[group, column] for column in COUNTS)
        rest = self._places.get((group, REST))
        found: list[Relation] = [] if rest is None else [Sum(whole, (part, rest))]
        rate = self.cells.get((group, "value"))
        if rate and rate.number is not None and slack and self.formula.per:
            digits = 10 ** (rate.decimals + 1)
            low, high = int(rate.number * digits) - slack, int(rate.number * digits) + slack
            scale = self.formula.per * digits
            found.append(Rate(part, whole, low, high, scale))
            if rest is not None:
                found.append(Rate(rest, whole, scale - high, scale - low, scale))
        return found

    def _sums(self) -> Iterator[tuple[str, Sum]]:
        for making in self.makings:
            for column in making.columns:
                if column in self._columns:
                    parts = tuple(self._places[group, column] for group in making.groups)
                    yield column, Sum(self._places[ALL, column], parts)

    @cached_property
    def _systems(self) -> tuple[list[Bounds], list[_Problem]]:
        """The bounds of all numbers, and what had to be left out since it contradicts.

        Where all do not hold together, each row and each total is looked at by itself, and what
        fits is taken together. Where even that does not hold, they stay apart.
        """
        low, high = self._ends()
        rows = {group: self._row(group) for group in self._groups}
        sums = [*self._sums()]
        both = [*(it for those in rows.values() for it in those), *(it for _, it in sums)]
        whole = Bounds(low, high, both)
        if whole.fits:
            return [whole], []
        problems: list[_Problem] = []
        for group in rows:
            rows[group] = self._mended(group, low, high, problems)
        sums = [one for one in sums if self._holds(*one, low, high, problems)]
        apart = [it for those in rows.values() for it in those]
        both = [*apart, *(it for _, it in sums)]
        for floor in (low, [0 if high[at] == MOST else one for at, one in enumerate(low)]):
            whole = Bounds(floor, high, both)
            if whole.fits:
                return [whole], problems or [_Problem("all", ALL)]
        systems = [Bounds(low, high, apart), *(Bounds(low, high, [it]) for _, it in sums)]
        return [one for one in systems if one.fits], problems or [_Problem("all", ALL)]

    def _mended(
        self, group: str, low: list[int], high: list[int], problems: list[_Problem]
    ) -> list[Relation]:
        """As much of a row as holds. ``low`` is set to 0 where only a zero fits."""
        if Bounds(low, high, self._row(group)).fits:
            return self._row(group)
        own = [at for (of, _), at in self._places.items() if of == group and high[at] == MOST]
        zeros = [*low]
        for at in own:
            zeros[at] = 0
        for slack, floor in ((5, zeros), (10, low), (10, zeros), (0, low), (0, zeros)):
            relations = self._row(group, slack)
            bounds = Bounds(floor, high, relations)
            if bounds.fits:
                low[:] = floor
                empty = [column for column in COUNTS if (group, column) in self.cells
                         and self.number(group, column) is None
                         and not bounds.high[self._places[group, column]]]  # fmt: skip
                problems += [_Problem("zero", group, one) for one in empty]
                if not empty:
                    problems.append(_Problem("rate", group))
                return relations
        problems.append(_Problem("row", group))
        return []

    def _holds(
        self, column: str, sum_: Sum, low: list[int], high: list[int], problems: list[_Problem]
    ) -> bool:
        """Whether a total can be the sum of its parts. ``low`` is set to 0 where zeros fit."""
        if Bounds(low, high, [sum_]).fits:
            return True
        zeros = [0 if at in sum_.parts and high[at] == MOST else one for at, one in enumerate(low)]
        bounds = Bounds(zeros, high, [sum_])
        if not bounds.fits:
            problems.append(_Problem("row", ALL, column))
            return False
        of = {at: key for key, at in self._places.items()}
        empty = [at for at in sum_.parts if low[at] == 1 and not bounds.high[at]]
        problems += [_Problem("zero", *of[at]) for at in empty]
        if not empty:
            problems.append(_Problem("sum", ALL, column))
        low[:] = zeros
        return True

    # What cannot be

    def contradictions(self, period: str) -> Iterator[Contradiction]:
        """What the suppressed figures of a period cannot be, whatever they are."""
        for kind, group, column in self._systems[1] if self._places else ():
            if kind == "row":
                continue  # figures that are shown, which `measure-figures` tells by themselves
            cell = self.cells.get((group, column)) or next(iter(self.cells.values()))
            if kind == "zero":
                yield Contradiction(
                    cell.line, cell.column,
                    f"`{column}` is suppressed, but the other figures of {period} show that it is "
                    "0, and a zero may be shown",
                    "write 0; or, if a figure beside it is wrong, correct that",
                )  # fmt: skip
            elif kind == "sum":
                yield Contradiction(
                    cell.line, cell.column,
                    f"what is left of `{column}` of {period} is less than one for each group that "
                    "is suppressed",
                    "write 0 where there is none, or correct the figure that is wrong",
                )  # fmt: skip
            elif kind == "all":
                yield Contradiction(
                    cell.line, cell.column,
                    f"the figures of {period} cannot all be true, whatever the suppressed ones are",
                    "look whether a zero is suppressed, and whether each `value` is rounded, not "
                    "cut off",
                )  # fmt: skip
            elif any(self.number(group, one) is None and (group, one) in self.cells
                     for one in COUNTS):  # fmt: skip
                value = self.cells[group, "value"]
                yield Contradiction(
                    value.line, value.column,
                    "`value` does not agree with the other figures of its row, whatever the "
                    "suppressed one is",
                    "correct the one that is wrong: `value` is rounded, not cut off; or write "
                    "`suppressed` for `value` too",
                )  # fmt: skip


def _named(row: Row, name: str, formula: Formula) -> str:
    """The column of a figure: a value that can only be a count is one."""
    if name != "value" or not formula.is_count or {*COUNTS} & row.cells.keys():
        return name
    number = row.number("value")
    return name if number is not None and number.denominator != 1 else NUMERATOR


def words(column: str, is_there: bool = True) -> str:
    """A column in words, in code where the table has it."""
    if column == REST:
        return "the denominator less the numerator"
    return f"`{column}`" if is_there else f"the {column}, which is not shown,"


def listed(groups: Sequence[str]) -> str:
    """Groups in words."""
    named = [group.strip() or "groups without a row" for group in groups]
    return " and ".join(named) if len(named) < 4 else f"{len(named)} groups"


def _of_cell(group: str, column: str) -> Key:
    """Where a count is told: who has the numerator of a row has the rest of it."""
    return group, NUMERATOR if column == REST else column


def _told_left(left: Left) -> Told:
    what = "those not counted" if left.column == REST else f"`{left.column}`"
    said = f"what is left of {what} for {listed(left.hidden)}"
    return Told(ALL, left.column, said, _IS_SMALL, "left")
