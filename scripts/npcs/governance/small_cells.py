"""Small numbers in published figures: counts of 1 to 10 that are shown or can be worked out.

The policy is that of the Centers for Medicare and Medicaid Services: no count of 1 to 10 is shown,
nor anything from which one can be had; zero may be shown. So who reads a table knows that what is
suppressed is at least one, and knows how totals, parts and rates hang together. That is what is
reckoned with (``cell_facts.py``): exact bounds for each figure that is not shown.

The bounds are never narrower than the truth allows, so what is reported can be done. They can be
wider, so not all that can be done is reported; ``docs/decisions/0009-small-cells.md`` says what.
``earlier_cells.py`` does the same with what Git keeps.
"""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from npcs.governance.cell_facts import Contradiction, Facts, Formula, Key
from npcs.records.figures import ALL, COUNTS, Cell, Figures, in_order

Kind = Literal["shown", "left", "worked", "kept", "change", "time", "unread"]

NOWHERE = Cell(1, 1, None)
"""Where something is told of which the table of today has no cell."""


class Leak(NamedTuple):
    """A small count that can be had, the cell to look at, and how, in words.

    It is ``shown``, ``left`` of a total, can be ``worked`` out, is ``kept`` by an earlier revision,
    or told by a ``change`` since one, or by another span of ``time``; ``commit`` is that revision.
    ``unread`` is no leak, but a revision of which nobody can tell whether it holds one. ``of`` are
    the period, the group and the column.
    """

    line: int
    column: int
    how: str
    kind: Kind
    commit: str = ""
    of: tuple[str, str, str] = ("", "", "")


def shown(table: Figures, formula: Formula) -> Iterator[Leak]:
    """The small counts that a table shows, or gives away by itself."""
    groups = table.groups
    for period, rows in in_order(table.rows):
        facts = Facts.of(rows, groups, formula)
        for one in facts.told():
            cell = cell_of(facts.cells, one.group, one.column)
            from_ = " from what else is shown" if one.means == "worked" else ""
            of = period.label, one.group, one.column
            yield Leak(cell.line, cell.column, f"{one.what} {one.said}{from_}", one.means, of=of)


def contradictions(table: Figures, formula: Formula) -> Iterator[Contradiction]:
    """What cannot be true of figures some of which are suppressed, whatever those are."""
    groups = table.groups
    for period, rows in in_order(table.rows):
        if any(row.number(name) is None for row in rows for name in COUNTS if name in row.cells):
            yield from Facts.of(rows, groups, formula).contradictions(period.label)


def cell_of(cells: Mapping[Key, Cell], group: str, column: str) -> Cell:
    """The cell that shows a count, or lets it be worked out."""
    for name in (column, "numerator", "value", "denominator"):
        if (group, name) in cells:
            return cells[group, name]
    return NOWHERE if group == ALL else cell_of(cells, ALL, column)
