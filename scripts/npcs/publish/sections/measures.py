"""Outcome measures: what is measured, its chart, what that says in words, and its figures."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from npcs.governance import control_chart, run_chart
from npcs.governance.chart_words import CONTROL_RULES, RUN_RULES, none_found, signal, told, too_few
from npcs.governance.comparability import comparability
from npcs.governance.control_chart import ControlChart
from npcs.governance.decimals import decimal, places_for
from npcs.governance.measures import (
    Event,
    Series,
    chart,
    events,
    figures,
    has_no_value,
    series,
    value,
)
from npcs.governance.run_chart import RunChart, Signal
from npcs.publish.charts import Drawing, Mark, Note, drawn
from npcs.publish.later import Later, later
from npcs.publish.page import Block, Embed, Heading, Items, Page, Table, Text
from npcs.publish.sections.charter import quoted
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, day, joined, link, number, sentence, words
from npcs.records.definitions import Definition
from npcs.records.figures import ALL, FIGURES, SUPPRESSED, Period, Row, in_order
from npcs.records.workplan import Measure

HERE = (("Work plan", "workplan/index"),)
NONE_YET = (
    "No figures yet: members have not agreed to publish any. Each agrees on its terms first; its "
    "data steward or the project coordinator enters them (DAT-2)."
)
NOT_SHOWN = "not shown"
NONE = Fraction(0)
WORDS = {"shift": "shift", "trend": "trend", "outer": "near a limit", "inner": "close to the mean"}


def pages(site: Site) -> Iterator[Page | Later]:
    """A page for each measure, with its chart as a file beside its table."""
    for measure in site.hub.all(Measure).values():
        yield later(_measure, measure)


def said(site: Site, measure: Measure) -> Md:
    """What the chart of a measure says, in a word or two."""
    those = series(site.hub, measure)
    if not those.values:
        return Md("no figures yet")
    found = chart(measure, those)
    if not found.is_long_enough:
        return Md("too few figures to tell")
    last = _last(found.signals)
    if last is None:
        return Md("no signal")
    way = _way(last, measure)
    return chip(f"{last.kind}, {way}" if way else "signal", "good" if way == "better" else "warn")


def _last(signals: tuple[Signal, ...]) -> Signal | None:
    """The signal that counts most for how things stand: the latest that has a direction."""
    turned = [one for one in signals if one.kind in ("shift", "trend", "beyond", "outer")]
    return max(turned or signals, key=lambda one: (one.last, one.first), default=None)


def _way(one: Signal, measure: Measure) -> str:
    if one.direction not in ("up", "down"):
        return ""
    return "better" if (one.direction == "up") == (measure.better == "higher") else "worse"


def _for(one: Signal) -> dict[str, str]:
    """How it is said that a signal is good or bad news."""
    if one.kind == "trend":
        return {"better": "for the better", "worse": "for the worse"}
    return {"better": "the better side", "worse": "the worse side"}


_OF_POPULATION = (
    "The denominator is how many people live in a place, and counts no cases. So a small "
    "correction of it is shown, and not suppressed."
)


def _measure(site: Site, one: Measure) -> Page:
    those = series(site.hub, one)
    table = figures(site.hub, one)
    happened = list(events(site.hub, one, site.as_of))
    files = {}
    shown: list[Block] = []
    if those.values:
        address = f"workplan/measures/{one.key}.svg"
        found = chart(one, those)
        files[address] = drawn(_drawing(one, those, found, happened))
        shown = [
            Embed(f"The chart of {one.name_shown.lower()}", address),
            *_told(site, one, those, found),
        ]
    blocks: list[Block | None] = [
        *quoted(site, one.provision),
        Heading("What is measured", "definition"),
        Text(site.prose(one.definition, one, 3)),
        site.facts(
            ("Terms", [site.ref("definition", key) for key in one.terms]),
            ("Numerator", one.numerator),
            ("Denominator", one.denominator),
            ("Population", _OF_POPULATION if one.population else None),
            ("Unit", one.unit),
            ("Better is", one.better),
            ("Period", one.period),
            ("Window", one.window),
            ("Known after", one.lag),
            ("Source", site.source(one.source)),
        ),
        *site.section("Chart", *shown, anchor="chart"),
        *site.section("What happened", _happened(site, those, happened) if shown else None,
                      anchor="happened"),
        *site.section("Figures", *_figures(site, one, table.rows), anchor="figures"),
        *site.section("How it is worked out", *(_worked_out(site, one, those) if shown else []),
                      anchor="worked-out"),
        *site.section("Can figures be compared?", *_compared(site, one), anchor="compared"),
    ]  # fmt: skip
    return replace(site.page(one, [it for it in blocks if it], path=HERE), files=files)


# The chart


def _drawing(
    one: Measure, those: Series, found: RunChart | ControlChart, happened: list[Event]
) -> Drawing:
    names = [period.label for period in those.periods]
    places = places_for(those.values)
    first, last = those.periods[0].label, those.periods[-1].label
    kind = "Control chart" if isinstance(found, ControlChart) else "Run chart"
    unusual = {it.period for it in one.unusual}
    rows = [it for it in found.signals if it.kind in WORDS]
    beyond = frozenset(it.first for it in found.signals if it.kind == "beyond")
    return Drawing(
        key=f"chart-{one.key}",
        title=f"{kind}: {one.name_shown}, {first} to {last}",
        told=" ".join([_span(those, places), *told(found, names), "The table below has all "
                       "figures."]),
        unit=one.unit or "",
        places=places,
        periods=those.periods,
        values=those.values,
        levels=_levels(found),
        baseline=those.baseline,
        broken=those.apart,
        hidden=those.passed_over,
        marks=[Mark(it.first, it.last, WORDS[it.kind]) for it in rows],
        marked=frozenset(place for it in rows if it.kind in ("shift", "trend")
                         for place in range(it.first, it.last + 1)) | beyond,
        ringed=beyond | frozenset(at for at, name in enumerate(names) if name in unusual),
        notes=_notes(those, happened),
    )  # fmt: skip


def _levels(found: RunChart | ControlChart) -> list[tuple[str, Fraction, bool]]:
    if isinstance(found, RunChart):
        return [("median", found.median, True)] if found.median is not None else []
    if found.limits is None:
        return []
    limits = found.limits
    return [("upper limit", limits.upper, False), ("mean", limits.centre, True),
            ("lower limit", limits.lower, False)]  # fmt: skip


def _span(those: Series, places: int) -> str:
    least, most = min(those.values), max(those.values)
    return (
        f"{number(len(those.values), 'figure')}, from {decimal(least, places)} to "
        f"{decimal(most, places)}."
    )


def _notes(those: Series, happened: list[Event]) -> list[Note]:
    """Where on the chart what happened belongs: within its period, by the day."""
    return [
        Note(_at(one.on, those.periods), sign)
        for sign, one in _signed(those, happened)
        if sign.isdigit()
    ]


def _signed(those: Series, happened: list[Event]) -> Iterator[tuple[str, Event]]:
    """What happened, each with its number in the chart; or that it was before or after it."""
    count = 0
    for one in happened:
        if one.on < those.periods[0].first:
            yield "earlier", one
        elif one.on > those.periods[-1].last:
            yield "later", one
        else:
            count += 1
            yield str(count), one


def _at(on: date, periods: tuple[Period, ...]) -> Fraction:
    """Where a day lies among the numbers of periods: half before a number to half behind it."""
    one = max((it for it in periods if it.first <= on), key=lambda it: it.number)
    share = Fraction((min(on, one.last) - one.first).days, (one.last - one.first).days + 1)
    return max(one.number + share - Fraction(1, 2), Fraction(periods[0].number))


def _told(
    site: Site, one: Measure, those: Series, found: RunChart | ControlChart
) -> Iterator[Block]:
    """What the chart says, each signal with whether it is for the better."""
    names = [period.label for period in those.periods]
    lines = []
    for it in found.signals:
        way = _way(it, one)
        means = f" That is {_for(it)[way]}: {one.better} is better." if way else ""
        lines.append(sentence(signal(it, found, names), means))
    lines += [
        sentence(f"Judged to be unlike all others: {it.period}. ", site.text(it.why))
        for it in one.unusual
    ]
    if lines:
        yield Items(tuple(lines))
    if not found.is_long_enough:
        yield Text(sentence(too_few(found)))
    elif not found.signals:
        yield Text(sentence(none_found(found)))
    said = "A signal tells that something changed, not what changed it. "
    said += "Without one, what is seen may be chance; it does not prove that nothing changed."
    yield Text(sentence(said) if found.is_long_enough else Md("Until then it may all be chance."))


def _happened(site: Site, those: Series, happened: list[Event]) -> Table | None:
    rows = tuple(
        (sign, day(one.on), site.text(one.text),
         "" if one.kind == Measure.kind else site.ref(one.kind, one.key))
        for sign, one in _signed(those, happened)
    )  # fmt: skip
    return Table(("In the chart", "Day", "What", "Part of"), rows) if rows else None


# The figures


def _figures(site: Site, one: Measure, rows: list[Row]) -> Iterator[Block]:
    if not rows:
        yield site.empty(NONE_YET)
        return
    columns = [name for name in FIGURES if name in rows[0].cells and name != "value"]
    totals = [row for row in rows if row.group == ALL]
    places = places_for([it for row in totals if (it := value(row, one)) is not None] or [NONE])
    if totals:
        yield Table(
            ("Period", *map(capital, columns), capital(one.unit or "value")),
            tuple(
                (row.period.label, *(_shown(row.number(name), 0) for name in columns),
                 "none" if has_no_value(row) else _shown(value(row, one), places))
                for row in totals
            ),
        )  # fmt: skip
    groups = figures(site.hub, one).groups
    if groups:
        name = "numerator" if "numerator" in rows[0].cells else "value"
        yield Heading(f"{capital(name)} by group", "groups", level=3)
        yield Table(("Period", *(capital(words(group)) for group in groups)), tuple(
            (period.label, *(_cell(those, group, name) for group in groups))
            for period, those in in_order([row for row in rows if row.group != ALL])
        ))  # fmt: skip
    file = link("The figures as a table for a spreadsheet (CSV)", one.table)
    yield Text(sentence(file, "."))
    if any(cell.number is None for row in rows for cell in row.cells.values()):
        stands = Md(
            f"“{capital(NOT_SHOWN)}” (`{SUPPRESSED}` in the file) stands for a count of 1 to 10, "
            "by which a child could be known, or for one from which such a count could be worked "
            "out: "
        )
        yield Text(sentence(stands, site.rule("small-cell"), ". A zero is a zero."))


def _cell(rows: list[Row], group: str, name: str) -> str:
    """The figure of a group in a period; empty where it has no row."""
    cell = next((row.cells[name] for row in rows if row.group == group), None)
    return _shown(cell.number, cell.decimals) if cell else ""


def _shown(number: Fraction | None, places: int) -> str:
    return NOT_SHOWN if number is None else decimal(number, places)


def _worked_out(site: Site, one: Measure, those: Series) -> Iterator[Block]:
    found = chart(one, those)
    is_run = isinstance(found, RunChart)
    lines = []
    if any("denominator" in row.cells and "value" not in row.cells
           for row in figures(site.hub, one).rows):  # fmt: skip
        times = "" if one.per == "1" else f"{int(one.per):,} times "
        lines.append(Md(f"Each figure is {times}the numerator, divided by the denominator. It is "
                        "worked out exactly, and rounded only to be shown."))  # fmt: skip
    name = RUN_RULES if is_run else CONTROL_RULES
    lines.append(Md(f"The rules: {name}."))
    lines.append(Md(_rules(found)))
    whose = f"the first {those.baseline}, up to {one.baseline}" if one.baseline else "all figures"
    centre = "median" if is_run else "mean and the limits are those"
    lines.append(Md(f"The {centre} of {whose}." if not is_run else f"The line is the {centre} of "
                    f"{whose}. It is not moved when a shift is found."))  # fmt: skip
    lines += _on_the_line(found)
    if isinstance(found, RunChart) and found.is_long_enough and found.baseline is None:
        lines += _runs(found)
    if those.apart:
        lines.append(Md("Where a period is missing or not shown, nobody knows what its figure was: "
                        "no row of figures goes on beyond it."))  # fmt: skip
    if those.passed_over:
        skipped = joined(period.label for period in those.passed_over)
        lines.append(sentence("Passed over, since not shown: ", skipped, "."))
    if those.without:
        skipped = joined(period.label for period in those.without)
        lines.append(sentence("Without a figure, since the denominator is zero: ", skipped, "."))
    yield Items(tuple(lines))


def _on_the_line(found: RunChart | ControlChart) -> Iterator[Md]:
    many, line = found.on_the_line, "median" if isinstance(found, RunChart) else "mean"
    if many == len(found.values):
        yield Md(f"All figures are on the {line}, so that there is no row on one side of it.")
    elif many == 1:
        yield Md(f"One figure on the {line} neither counts for a row on one side nor ends it.")
    elif many:
        figures_ = capital(number(many, "figure"))
        yield Md(f"{figures_} on the {line} neither count for a row on one side nor end it.")


def _runs(found: RunChart) -> Iterator[Md]:
    """How many runs there are, and what chance gives; or why they are not counted."""
    runs = found.runs
    if runs is None:
        off = len(found.values) - found.on_the_line
        if off:
            yield Md(f"Runs are not counted: it takes {run_chart.FEWEST} figures off the median, "
                     f"and there are {off}.")  # fmt: skip
        return
    are = "is 1 run" if runs.count == 1 else f"are {runs.count} runs"
    yield Md(f"There {are}; of {runs.useful} figures off the median chance gives "
             f"{runs.fewest} to {runs.most}.")  # fmt: skip
    if runs.broken:
        yield Md(f"A missing period ends a run. If it did not, there would be "
                 f"{runs.count - runs.broken}: too few are judged by the first number, too many by "
                 "the second.")  # fmt: skip


def _rules(found: RunChart | ControlChart) -> str:
    if isinstance(found, RunChart):
        runs = (
            "too few or too many runs are those that chance gives at most once in forty times, "
            "worked out exactly, so that the limits can differ by one from the table printed with "
            "these rules"
            if found.baseline is None
            else "runs are not counted, since the median is not that of all figures"
        )
        return (
            f"A shift is {run_chart.SHIFT} or more in a row on one side of the median, a trend "
            f"{run_chart.TREND} or more in a row up or down, like values counted once; {runs}. "
            "Whether a single figure is unlike all others is for people to judge."
        )
    return (
        "The limits lie 2.66 mean moving ranges from the mean. A signal is a figure beyond them, "
        f"{control_chart.SHIFT} or more in a row on one side of the mean, {control_chart.TREND} or "
        "more in a row up or down, 2 of 3 in the outer third towards the same limit, or "
        f"{control_chart.INNER} or more in a row in the inner third."
    )


def _compared(site: Site, one: Measure) -> Iterator[Block]:
    """What figures of several members mean when they are put together, by the terms' crosswalks."""
    lines = []
    for key in one.terms:
        term = site.hub.get(Definition, key)
        if term and (term.crosswalk or term.status == "approved"):
            about = comparability(site.hub, term, site.as_of)
            lines.append(sentence(site.to(term), ": ", site.text(about)))
    if lines:
        yield Items(tuple(lines))
