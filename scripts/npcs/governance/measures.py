"""Outcome measures and their figures: what is charted, what it says, and what happened meanwhile.

A chart is drawn of the figures of all, one for each period. A period without a figure, or with one
that is not shown, is passed over, and its neighbours do not follow each other.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from npcs.governance.cell_facts import Formula
from npcs.governance.control_chart import ControlChart, control_chart
from npcs.governance.memory import per_hub_by_key
from npcs.governance.run_chart import RunChart, run_chart
from npcs.records.figures import Figures, Period, Row, read_figures
from npcs.records.hub import Hub, document
from npcs.records.workplan import Activity, Measure, Priority

FOLDER = "workplan/measures/"
"""Where the measures and their tables stand."""


@per_hub_by_key
def tables(hub: Hub) -> Mapping[str, Figures]:
    """Every table of figures that can be opened, by its file."""
    return {
        path: read_figures(one.body)
        for path, one in hub.companions.items()
        if path.startswith(FOLDER) and path.endswith(".csv") and one.readable
    }


def figures(hub: Hub, measure: Measure) -> Figures:
    """The figures of a measure; a table without rows where it has none."""
    return tables(hub).get(measure.table) or Figures()


def formula(measure: Measure) -> Formula:
    """How the figures of a measure hang together."""
    counts = bool(measure.numerator and not measure.denominator)
    return Formula(int(measure.per), measure.share, counts)


def counted_people(measure: Measure, then: bytes) -> bool:
    """Whether a measure says, and said in an earlier text of it, ``population: true``."""
    if not measure.population:
        return False
    text = document(measure.path, then)
    return text.readable and text.content().data.get("population") == "true"


def value(row: Row, measure: Measure) -> Fraction | None:
    """The figure of a row, exactly; None where not all it is made of is shown."""
    if "value" in row.cells:
        return row.number("value")
    part = row.number("numerator")
    if part is None or "denominator" not in row.cells:
        return part
    whole = row.number("denominator")
    return part * int(measure.per) / whole if whole else None


def has_no_value(row: Row) -> bool:
    """Whether a row has no figure since its denominator is zero, and nothing is kept back."""
    if "value" in row.cells or row.number("denominator") != 0:
        return False
    return row.number("numerator") is not None


class Series(NamedTuple):
    """The figures of all by period, in the order of time.

    ``passed_over`` are the periods whose figure is not shown, ``without`` those that have none, as
    their denominator is zero. ``apart`` holds the places of values that do not follow the one
    before. ``baseline`` is how many of the first values make the centre; None where all do.
    """

    periods: tuple[Period, ...]
    values: tuple[Fraction, ...]
    passed_over: tuple[Period, ...]
    without: tuple[Period, ...]
    apart: frozenset[int]
    baseline: int | None


def series(hub: Hub, measure: Measure) -> Series:
    """What a measure's chart is drawn of."""
    periods: list[Period] = []
    values: list[Fraction] = []
    passed_over: list[Period] = []
    without: list[Period] = []
    apart = set()
    for row in figures(hub, measure).totals:
        one = value(row, measure)
        if one is None:
            (without if has_no_value(row) else passed_over).append(row.period)
            continue
        if periods and row.period.number != periods[-1].number + 1:
            apart.add(len(periods))
        periods.append(row.period)
        values.append(one)
    last = Period.parse(measure.baseline) if measure.baseline else None
    baseline = sum(one.last <= last.last for one in periods) if last else None
    return Series(
        tuple(periods),
        tuple(values),
        tuple(passed_over),
        tuple(without),
        frozenset(apart),
        baseline,
    )


def chart(measure: Measure, those: Series) -> RunChart | ControlChart:
    """The chart of a measure: a run chart, unless it asks for a control chart."""
    if measure.chart == "control":
        return control_chart(those.values, those.baseline, those.apart)
    return run_chart(those.values, those.baseline, those.apart)


class Event(NamedTuple):
    """Something that happened while a measure was taken: a remark, a milestone, a cycle.

    ``kind`` and ``key`` name the record it comes from, the measure itself for a remark.
    """

    on: date
    text: str
    kind: str
    key: str


def events(hub: Hub, measure: Measure, as_of: date) -> Iterator[Event]:
    """What happened by a day that a chart should show, in the order of time."""
    found = [Event(one.on, one.text, Measure.kind, measure.key) for one in measure.annotations]
    for key in measure.activities:
        activity = hub.get(Activity, key)
        found += [
            Event(step.done.on, step.title, Activity.kind, key)
            for step in (activity.milestones if activity else ())
            if step.done
        ]
    for priority in hub.all(Priority).values():
        if measure.key in priority.measures:
            for count, cycle in enumerate(priority.cycles, 1):
                text = f"Cycle {count} of plan, do, study, act begins"
                found.append(Event(cycle.from_, text, Priority.kind, priority.key))
    yield from sorted(one for one in found if one.on <= as_of)
