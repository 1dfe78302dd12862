"""Rules on the figures of outcome measures: they can be read, and give no small number away."""

from collections.abc import Iterator
from fractions import Fraction

from npcs.governance.cell_facts import Formula
from npcs.governance.earlier_cells import Revision, since
from npcs.governance.measures import FOLDER, counted_people, figures, formula, tables
from npcs.governance.small_cells import Leak, contradictions, shown
from npcs.history.earlier import Past
from npcs.records.figures import ALL, COUNTS, Figures, Period, Row, in_order
from npcs.records.findings import Note, Place
from npcs.records.workplan import Measure
from npcs.rules.records.texts import few
from npcs.rules.rule import Scene, rule
from npcs.rules.words import day_in_words, listed

NO_FORMULA = Formula(per=0)
"""Of a table without a measure nobody knows how its rates are made; counts are counts."""


@rule("measure-figures", provision="DAT-5", waivable=False)
def measure_figures(scene: Scene) -> Iterator[Note]:
    """The figures beside a measure can be read, and agree with each other and with the measure.

    A table of figures is a CSV file with the measure's name. Its columns are `period`, perhaps
    `group`, and `numerator` and `denominator`, or `value`. The group `all` is the sum of the others
    of its period. What may not be shown is written `suppressed`. It holds aggregates only, never a
    row about a child.

    Analytics are governed by business rules, and these are the ones for what is published. Figures
    that contradict each other cannot all be true, and a chart of them would mislead. So it is with
    a suppressed figure that could be no number at all, or only zero: a zero may be shown. Correct
    the figure that is wrong; the message names its place, and tells no figure.

    ## Example

    The parts of a period are more than its total:

    ```yaml
    2027-Q1,all,57,200
    2027-Q1,under-1,25,100
    2027-Q1,1-to-17,50,100
    ```

    The check finds an error:

    > the parts of 2027-Q1 make more in `numerator` than `all` says
    """
    known = scene.hub.by_kind["measure"]
    for path, table in tables(scene.hub).items():
        yield from few(_faults(path, table))
        key = path.removeprefix(FOLDER).removesuffix(".csv")
        if key not in known:
            yield Place(path).error(
                "there is no measure of this name, so nobody can tell what these figures mean",
                f"write `{FOLDER}{key}.yml`, or give the table the name of its measure",
            )
    for measure in scene.hub.all(Measure).values():
        table = figures(scene.hub, measure)
        if table.rows and not table.faults:
            yield from few(_disagreements(measure, table, scene))
            yield from few(_contradictions(measure, table))
        yield from _unknown_periods(measure, table)


def _faults(path: str, table: Figures) -> Iterator[Note]:
    for one in table.faults:
        yield Place(path, one.line, one.column).error(one.message, one.hint)


def _disagreements(measure: Measure, table: Figures, scene: Scene) -> Iterator[Note]:
    path = measure.table
    for row in table.rows:
        yield from _row(path, row, measure)
        if row.period.last > scene.as_of:
            yield Place(path, row.line).warning(
                f"{row.period.label} ends on {day_in_words(row.period.last)}, and has figures "
                "already",
                "wait until it is over, and as long as the measure's `lag` says",
            )
    groups = table.groups
    for period, rows in in_order(table.rows) if groups else ():
        yield from _sums(path, period, rows, len(groups))


def _contradictions(measure: Measure, table: Figures) -> Iterator[Note]:
    for one in contradictions(table, formula(measure)):
        yield Place(measure.table, one.line, one.column).error(one.message, one.hint)


def _row(path: str, row: Row, measure: Measure) -> Iterator[Note]:
    part, whole = (row.number(column) for column in COUNTS)
    if part is None or whole is None:
        return
    if measure.share and part > whole:
        cell = row.cells["numerator"]
        yield Place(path, cell.line, cell.column).error(
            "the numerator is more than the denominator, of which it should be a part",
            "correct the one that is wrong, or take `share: true` out of the measure",
        )
    said = row.cells.get("value")
    if said and said.number is not None and whole:
        exact = part * int(measure.per) / whole
        if abs(exact - said.number) > Fraction(1, 2 * 10**said.decimals):
            yield Place(path, said.line, said.column).error(
                f"`value` is not {measure.per} times the numerator divided by the denominator",
                "leave the column `value` out: it is worked out from the two others",
            )


def _sums(path: str, period: Period, rows: list[Row], groups: int) -> Iterator[Note]:
    total = next((row for row in rows if row.group == ALL), None)
    parts = [row for row in rows if row.group != ALL]
    for column in COUNTS if total else ():
        assert total
        all_ = total.number(column)
        known = [number for row in parts if (number := row.number(column)) is not None]
        if all_ is None or not known:
            continue
        sum_ = sum(known, Fraction(0))
        if sum_ > all_ or (sum_ < all_ and len(known) == len(parts) == groups):
            cell = total.cells[column]
            yield Place(path, cell.line, cell.column).error(
                f"the parts of {period.label} make {'more' if sum_ > all_ else 'less'} in "
                f"`{column}` than `{ALL}` says",
                f"correct the figure that is wrong: `{ALL}` is the sum of the groups, each counted "
                "once",
            )


def _unknown_periods(measure: Measure, table: Figures) -> Iterator[Note]:
    there = {row.period.label for row in table.totals}
    named = [
        (measure.at("unusual", at, "period"), one.period) for at, one in enumerate(measure.unusual)
    ]
    if measure.baseline:
        named.append((measure.at("baseline"), measure.baseline))
    for place, label in named:
        if label not in there:
            yield place.error(
                f"there is no figure of {label} in `{measure.table}`",
                f"there are figures of {listed(sorted(there)[-3:])}" if there
                else "there is none yet: take it out until there is",
            )  # fmt: skip


@rule("small-cell", provision="DAT-2", rests_on=(Measure,))
def small_cell(scene: Scene) -> Iterator[Note]:
    """No published figure is a count of 1 to 10, or lets one be worked out.

    Few children can be known by their number alone, in a county, of an age, in a quarter. So no
    count of 1 to 10 is shown, nor one that follows from others: a total less its parts, the
    denominator less the numerator, a rate times its denominator. Zero may be shown. Git keeps every
    revision, so a figure that was shown or given away once stays known, and two revisions that
    differ by 1 to 10 tell how many children came or went. Where the measure says, and said then,
    `population: true`, its denominators count people who live in a place, and a correction tells of
    nobody. That it says so anew is a warning.

    Write `suppressed` in the place of the figure, and of a second one of the same period, so that
    the first cannot be worked out: best the next smallest, and the rate of its row. Or put groups
    or periods together until every count is above 10. Hold a correction back until it changes a
    figure by more than 10.

    If the figure is in Git already, tell the coordinator: it must be treated as known, and only
    those who run the repository can take it out of its history.

    What is looked for, and what is not, stands in `docs/decisions/0009-small-cells.md`.

    ## Example

    The total less the group that is shown leaves 7:

    ```yaml
    2027-Q1,all,57,200
    2027-Q1,under-1,50,100
    2027-Q1,1-to-17,suppressed,100
    ```

    The check finds an error:

    > what is left of `numerator` for 1-to-17 is a count of 1 to 10
    """
    measures = {one.table: one for one in scene.hub.all(Measure).values()}
    known = tables(scene.hub)
    for path in sorted({*known, *scene.past.texts}):
        now = scene.hub.companions.get(path)
        if now and path not in known:
            continue  # it cannot be opened, which is an error of its own
        measure, table = measures.get(path), known.get(path) or Figures()
        how = formula(measure) if measure else NO_FORMULA
        yield from few(_told(path, shown(table, how)))
        past = [
            Revision(
                one.commit,
                day_in_words(one.day),
                one.raw,
                bool(measure and counted_people(measure, one.beside)),
            )
            for one in scene.past.texts.get(path, ())
        ]
        if measure and measure.population and past and not past[0].of_population:
            yield measure.at("population").warning(
                f"this was not said yet in the revision of {past[0].day}, whose denominators are "
                "still compared as counts of cases",
                "leave it if the denominator is how many people live in a place, as an office of "
                "statistics has it; else take the line out",
            )
        leaks = since(table, now.body.encode() if now else b"", past, how)
        yield from few(_told(path, leaks, "" if now else _GONE))
        if not scene.past.whole and now:
            why, hint = _not_compared(scene.past)
            yield Place(path).warning(
                f"not all earlier revisions of this table could be compared with it: {why}", hint
            )


def _told(path: str, leaks: Iterator[Leak], besides: str = "") -> Iterator[Note]:
    for one in leaks:
        hint = _HINTS[one.kind].format(commit=one.commit, path=path) + besides
        place = Place(path, one.line, one.column)
        yield (place.warning if one.kind == "unread" else place.error)(one.how, hint)


def _not_compared(past: Past) -> tuple[str, str]:
    """Why not all earlier texts could be looked at, and what to do."""
    if past.obstacle[0]:
        return past.obstacle
    return _SHALLOW if past.shallow else _TOO_MANY


_SHALLOW = (
    "this copy of the repository holds only the newest part of its history",
    "on your own computer `git fetch --unshallow` brings the rest; where a service runs the check, "
    "ask whoever set it up to give it the whole history",
)
_TOO_MANY = (
    "there are more of them than the check looks at",
    "ask whoever runs the repository to look at the oldest for counts of 1 to 10",
)
_GONE = "; the table itself is gone, but Git keeps it"
_HINTS = {
    "shown": "write `suppressed`, and also for another figure from which it could be worked out",
    "left": "write `suppressed` for another figure of this period too, best the next smallest",
    "worked": "write `suppressed` for what tells it too: the `value` of the row, or the next "
    "smallest figure of the period",
    "kept": "treat it as known, and tell the coordinator: only whoever runs the repository can "
    "take that revision, {commit}, out of its history; until then the committee may accept it by "
    "a waiver",
    "change": "put back what stood there until it changes by more than 10; "
    "`git show {commit}:{path}` shows the table of that day",
    "time": "write `suppressed` here too: what an earlier revision shows cannot be taken back",
    "unread": "look at the table of that day (`git show {commit}:{path}`), or ask whoever runs the "
    "repository to; if it shows a count of 1 to 10, treat that as known and tell the coordinator",
}
