"""The tables of published figures beside the outcome measures: aggregates only, read with places.

A table is CSV in UTF-8. Its first line names its columns: ``period``, perhaps ``group``, and the
figures: ``numerator``, ``denominator``, ``value``. Every cell below is filled; a figure that may
not be shown is written ``suppressed``. Without the column ``group`` every row is of all; with it,
the group ``all`` is the sum of the others of its period.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple

FIGURES = ("numerator", "denominator", "value")
"""The columns that hold figures. The first two are counts."""

COUNTS = FIGURES[:2]
COLUMNS = ("period", "group", *FIGURES)
SUPPRESSED = "suppressed"
"""What stands in the place of a figure that may not be shown."""

ALL = "all"
"""The group that is the sum of the others."""

TOTALS = ("total", "totals", "sum", "overall")
"""What others call it: whoever reads such a table takes it for the sum."""

MOST_ROWS = 2_000
"""How many rows a table may have: figures of thirty groups for five years of months and more."""

MOST_FAULTS = 20
"""How many faults of a table are told before reading ends."""

_GROUP = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_COUNT = re.compile(r"0|[1-9]\d{0,11}", re.ASCII)
_VALUE = re.compile(r"-?(?:0|[1-9]\d{0,11})(?:\.(\d{1,9}))?", re.ASCII)
_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=,|$)|([^",]*)(?=,|$)')
_PERIOD = re.compile(r"(FY)?([12]\d{3})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?", re.ASCII)


class Period(NamedTuple):
    """A stretch of time that figures are of.

    ``number`` counts periods of one form, so that of two that follow each other the later has one
    more. The days are the first and the last.
    """

    label: str
    form: str
    number: int
    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> "Period | None":
        """The period of a label: 2027, FY2027 (October to September), 2027-Q3 or 2027-03."""
        found = _PERIOD.fullmatch(text)
        if not found or (found[1] and (found[3] or found[4])):
            return None
        year = int(found[2])
        if found[1]:
            return cls(text, "fiscal years", year, date(year - 1, 10, 1), date(year, 9, 30))
        if found[3]:
            first, months, form = 3 * int(found[3]) - 2, 3, "quarters"
        elif found[4]:
            first, months, form = int(found[4]), 1, "months"
        else:
            first, months, form = 1, 12, "years"
        end = 12 * year + first - 1 + months  # the month after the last
        last = date.fromordinal(date(end // 12, end % 12 + 1, 1).toordinal() - 1)
        return cls(text, form, end // months, date(year, first, 1), last)

    def later(self, many: int) -> "Period":
        """The period of the same form so many after this one, or before it."""
        number = self.number + many
        if self.form in ("years", "fiscal years"):
            label = f"{'FY' if self.form == 'fiscal years' else ''}{self.last.year + many}"
        elif self.form == "quarters":
            label = f"{(number - 1) // 4}-Q{(number - 1) % 4 + 1}"
        else:
            label = f"{(number - 1) // 12}-{(number - 1) % 12 + 1:02}"
        found = Period.parse(label)
        assert found
        return found


class Cell(NamedTuple):
    """A figure and its place. ``number`` is None where it is suppressed.

    ``decimals`` is how many digits stand behind the point.
    """

    line: int
    column: int
    number: Fraction | None
    decimals: int = 0


class Row(NamedTuple):
    """The figures of a group in a period."""

    line: int
    period: Period
    group: str
    cells: Mapping[str, Cell]

    def number(self, column: str) -> Fraction | None:
        """The figure in a column; None where it is suppressed, or where there is no such column."""
        cell = self.cells.get(column)
        return cell.number if cell else None


class Fault(NamedTuple):
    """Something in a table that cannot be read. No message tells what stands in a cell.

    It may be a small number, however it is written, and reports go where the table must not.
    """

    line: int
    column: int
    message: str
    hint: str


@dataclass(slots=True)
class Figures:
    """A table of figures, in the order of its rows, as far as it can be read."""

    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def groups(self) -> list[str]:
        """The groups, in the order in which they first come; the sum of all is not among them."""
        return [one for one in dict.fromkeys(row.group for row in self.rows) if one != ALL]

    @property
    def totals(self) -> list[Row]:
        """The rows of all, one for each period that has one."""
        return [row for row in self.rows if row.group == ALL]


def read_figures(text: str) -> Figures:
    """The figures in a table. Nothing in the text makes it raise, and little of it is kept."""
    return _Reader().read(text)


class _Reader:
    """What is known of a table while it is read."""

    def __init__(self) -> None:
        self._table = Figures()
        self._form = ""
        self._seen: dict[tuple[int, str], int] = {}

    def read(self, text: str) -> Figures:
        table = self._table
        lines = enumerate(text.removeprefix("\ufeff").split("\n"), 1)
        names = self._cells(1, next(lines)[1])
        if names is None or not self._fits(names):
            return table
        table.columns = tuple(name for _, name in names)
        for line, written in lines:
            if len(table.faults) >= MOST_FAULTS:
                break
            if not written.strip(", \r"):
                continue
            if len(table.rows) >= MOST_ROWS:
                self._say(line, 1, f"a table of figures may have {MOST_ROWS:,} rows", "part it")
                break
            row = self._row(line, written)
            if row:
                table.rows.append(row)
        return table

    def _say(self, line: int, column: int, message: str, hint: str) -> None:
        if len(self._table.faults) < MOST_FAULTS:
            self._table.faults.append(Fault(line, column, message, hint))

    def _cells(self, line: int, written: str) -> list[tuple[int, str]] | None:
        """The cells of a line, each with its column; None where the quotes do not match."""
        found, at = [], 0
        while True:
            match = _QUOTED.match(written, at)
            if match is None:
                self._say(line, at + 1, "the quotation marks of this cell do not match",
                          "no cell of such a table needs any: take them out")  # fmt: skip
                return None
            quoted = match[1]
            cell = match[2] if quoted is None else quoted.replace('""', '"')
            found.append((at + 1, cell.strip()))
            at = match.end() + 1
            if at > len(written):
                return found

    def _fits(self, names: list[tuple[int, str]]) -> bool:
        known = [name for _, name in names]
        if len(known) == 1 and ";" in known[0]:
            self._say(1, 1, "the cells are parted by semicolons", "save the table with commas")
            return False
        for number, (column, name) in enumerate(names, 1):
            if name not in COLUMNS:
                self._say(1, column, f"column {number} is not one of a table of figures" if name
                          else "this column has no name",
                          "the columns are " + ", ".join(COLUMNS))  # fmt: skip
            elif known.count(name) > 1:
                self._say(1, column, f"the column `{name}` stands there twice", "take one out")
        if "period" not in known:
            self._say(1, 1, "the column `period` is missing", "begin each row with its period")
        if not {"numerator", "value"} & {*known}:
            self._say(1, 1, "no column holds a figure",
                      "add `numerator` and `denominator`, or `value`")  # fmt: skip
        return not self._table.faults

    def _row(self, line: int, written: str) -> Row | None:
        cells = self._cells(line, written)
        if cells is None:
            return None
        if len(cells) != len(self._table.columns):
            many, wanted = len(cells), len(self._table.columns)
            self._say(line, 1, f"this row has {many} cell{'s' * (many != 1)}, and the table "
                      f"{wanted} column{'s' * (wanted != 1)}", "fill in every cell")  # fmt: skip
            return None
        before = len(self._table.faults)
        named = dict(zip(self._table.columns, cells, strict=True))
        column, group = named.get("group", (1, ALL))
        if not _GROUP.fullmatch(group):
            self._say(line, column, f"`group` in line {line} is no name of a group",
                      "write it in small letters and digits, words joined by hyphens")  # fmt: skip
        elif group in TOTALS:
            self._say(line, column, f"the sum of all groups is called `{ALL}` here, not `{group}`",
                      f"write `{ALL}`")  # fmt: skip
        period = self._period(line, *named["period"], group)
        figures = {
            name: cell
            for name in FIGURES
            if name in named and (cell := self._figure(line, name, *named[name]))
        }
        if period is None or len(self._table.faults) > before:
            return None
        return Row(line, period, group, figures)

    def _period(self, line: int, column: int, text: str, group: str) -> Period | None:
        period = Period.parse(text)
        if period is None:
            self._say(line, column, f"`period` in line {line} is no period",
                      "write it as 2027, FY2027, 2027-Q3 or 2027-03")  # fmt: skip
            return None
        self._form = self._form or period.form
        rows = self._table.rows
        if period.form != self._form:
            self._say(line, column, f"the periods above are {self._form}, and this is one of "
                      f"{period.form}", "keep to one in a table")  # fmt: skip
        elif rows and period.number < rows[-1].period.number:
            self._say(line, column, f"{text} comes after {rows[-1].period.label}",
                      "put the rows in the order of time")  # fmt: skip
        elif (period.number, group) in self._seen:
            self._say(line, column, f"{text} stood in line {self._seen[period.number, group]} "
                      "already", "take one of the two out")  # fmt: skip
        self._seen.setdefault((period.number, group), line)
        return period

    def _figure(self, line: int, name: str, column: int, text: str) -> Cell | None:
        if text == SUPPRESSED:
            return Cell(line, column, None)
        if not text:
            self._say(line, column, f"`{name}` in line {line} is empty, which says nothing",
                      f"write the figure, or `{SUPPRESSED}`")  # fmt: skip
        elif name in COUNTS:
            if _COUNT.fullmatch(text):
                return Cell(line, column, Fraction(text))
            self._say(line, column, f"`{name}` in line {line} is no count",
                      f"write digits only, as in 1204, or `{SUPPRESSED}`")  # fmt: skip
        elif found := _VALUE.fullmatch(text):
            return Cell(line, column, Fraction(text), len(found[1] or ""))
        else:
            self._say(line, column, f"`{name}` in line {line} is no number",
                      f"write it as in 12.5, without a unit, or `{SUPPRESSED}`")  # fmt: skip
        return None


def in_order(rows: list[Row]) -> Iterator[tuple[Period, list[Row]]]:
    """The rows of each period together."""
    found: dict[Period, list[Row]] = {}
    for row in rows:
        found.setdefault(row.period, []).append(row)
    yield from found.items()
