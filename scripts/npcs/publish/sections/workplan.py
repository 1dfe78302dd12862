"""The work plan: activities with their milestones, improvement priorities, outcome measures."""

import csv
import io
import re
from collections.abc import Iterator

from npcs.publish.page import Block, Heading, Page, Table, Text, Tree
from npcs.publish.sections.charter import quoted
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, day, joined, link, number, sentence, words
from npcs.records.workplan import Activity, Driver, Measure, Milestone, Priority

HERE = (("Work plan", "workplan/index"),)
PARTICIPATION = ("taking-part", "preparing", "paused", "not-started")


def pages(site: Site) -> Iterator[Page]:
    """The plan at a glance, and a page for each of its parts."""
    yield _plan(site)
    for activity in site.hub.all(Activity).values():
        yield _activity(site, activity)
    for priority in site.hub.all(Priority).values():
        yield _priority(site, priority)
    for measure in site.hub.all(Measure).values():
        yield _measure(site, measure)


def _plan(site: Site) -> Page:
    activities = sorted(site.hub.all(Activity).values(), key=lambda one: (one.provision, one.key))
    priorities = site.hub.all(Priority).values()
    measures = sorted(site.hub.all(Measure).values(), key=lambda one: (one.provision, one.key))
    blocks: list[Block] = [
        Heading("Activities", "activities"),
        Table(
            ("Activity", "Provision", "Lead", "Milestones", "State"),
            tuple(
                (site.to(one), site.provision(one.provision), _lead(site, one), _progress(one),
                 state(site, one))
                for one in activities
            ),
        ) if activities else site.empty("What members take part in will stand here (ACT-0)."),
        Heading("Improvement priorities", "priorities"),
        Table(
            ("Priority", "Aim"),
            tuple((site.to(one), site.line(one.aim, one)) for one in priorities),
        ) if priorities else site.empty(
            "No priority has been chosen yet. Members choose one together, with an aim that can be "
            "measured (ACT-5)."
        ),
        Heading("Outcome measures", "measures"),
        Table(
            ("Measure", "Outcome", "Unit", "Better", "Figures"),
            tuple(
                (site.to(one), site.provision(one.provision), site.text(one.unit),
                 capital(one.better), "yes" if figures(site, one) else "none yet")
                for one in measures
            ),
        ) if measures else site.empty("What the partnership measures itself by will stand here."),
    ]  # fmt: skip
    return Page(
        "workplan/index",
        "Work plan",
        tuple(blocks),
        lead="What the members do together, how far it has come, and how they will know it helps.",
    )


# Activities


def state(site: Site, activity: Activity) -> Md:
    """Where an activity stands, derived from its milestones."""
    if not activity.milestones:
        return chip("not yet planned")
    late = [one for one in activity.milestones if not _done(site, one) and one.due < site.as_of]
    done = sum(_done(site, one) for one in activity.milestones)
    if done == len(activity.milestones):
        return chip("done", "good")
    if late:
        return chip(f"{number(len(late), 'milestone')} late", "warn")
    return chip("under way" if done else "planned", "good" if done else "")


def _done(site: Site, milestone: Milestone) -> bool:
    return milestone.done is not None and milestone.done.on <= site.as_of


def _progress(activity: Activity) -> str:
    if not activity.milestones:
        return "none yet"
    done = sum(one.done is not None for one in activity.milestones)
    return f"{done} of {len(activity.milestones)} done"


def _lead(site: Site, activity: Activity) -> Md:
    if activity.lead in site.hub.by_kind["group"]:
        return site.ref("group", activity.lead)
    return site.text(activity.lead)


def _activity(site: Site, one: Activity) -> Page:
    facts = site.facts(
        ("Lead", _lead(site, one)),
        ("Goals it serves", [joined(map(site.provision, one.goals))] if one.goals else None),
    )
    titles = {milestone.id: milestone.title for milestone in one.milestones}
    milestones = tuple(
        (
            site.text(step.title),
            day(step.due),
            _step(site, step),
            site.text(step.done.evidence) if step.done else "",
            joined(titles.get(key, key) for key in step.depends_on),
        )
        for step in sorted(one.milestones, key=lambda step: step.due)
    )
    columns = ("Milestone", "Due", "State", "Evidence", "After")
    members = [
        (capital(words(how)), joined(site.member(key) for key, was in one.participation.items()
                                     if was == how))
        for how in PARTICIPATION
        if how in one.participation.values()
    ]  # fmt: skip
    blocks: list[Block | None] = [
        *quoted(site, one.provision),
        facts,
        *site.body(one),
        *site.section(
            "Milestones",
            Table(columns, milestones) if milestones
            else site.empty("No milestone has been agreed yet."),
            anchor="milestones",
        ),
        *site.section("Who takes part", site.facts(*members), anchor="participation"),
    ]  # fmt: skip
    return site.page(one, [it for it in blocks if it], chips=[state(site, one)], path=HERE)


def _step(site: Site, step: Milestone) -> Md:
    if step.done and _done(site, step):
        return sentence(chip("done", "good"), " ", day(step.done.on))
    return chip("late", "warn") if step.due < site.as_of else chip("open")


# Priorities


def _priority(site: Site, one: Priority) -> Page:
    cycles: list[Block] = []
    for count, cycle in enumerate(one.cycles, start=1):
        cycles.append(Heading(f"Cycle {count}", f"cycle-{count}", level=3))
        facts = site.facts(
            ("When", [sentence(day(cycle.from_), " to ", site.day(cycle.to) or "now")]),
            *((capital(part), site.line(getattr(cycle, part), one))
              for part in ("plan", "do", "study", "act")),
        )  # fmt: skip
        if facts:
            cycles.append(facts)
    tree = Tree(tuple(_drivers(site, one.drivers, 0)))
    blocks: list[Block | None] = [
        Heading("Aim", "aim"),
        Text(site.prose(one.aim, one, 3)),
        site.facts(
            ("Measured by", [site.ref("measure", key) for key in one.measures]),
            ("Care bundle", site.ref("bundle", one.bundle)),
        ),
        *site.body(one),
        *site.section("What drives it", tree if tree.lines else None, anchor="drivers"),
        *site.section("Plan, do, study, act", *cycles, anchor="cycles"),
    ]
    return site.page(one, [it for it in blocks if it], path=HERE)


def _drivers(site: Site, drivers: tuple[Driver, ...], depth: int) -> Iterator[tuple[int, Md]]:
    for one in drivers:
        yield depth, site.text(one.text)
        yield from _drivers(site, one.drivers, depth + 1)


# Measures


def figures(site: Site, measure: Measure) -> list[list[str]]:
    """The published figures of a measure: the rows of the table beside it, its header first."""
    table = site.hub.companions.get(table_of(measure))
    rows = list(csv.reader(io.StringIO(table.source.decode("utf-8")))) if table else []
    return rows if len(rows) > 1 else []


def _figure(cell: str) -> str:
    """A cell as people read it: long whole numbers in groups of three."""
    return f"{int(cell):,}" if re.fullmatch(r"[1-9]\d{4,17}", cell) else cell


def table_of(measure: Measure) -> str:
    """The file of a measure's figures, beside its record."""
    return measure.path.removesuffix(".yml") + ".csv"


def _measure(site: Site, one: Measure) -> Page:
    rows = figures(site, one)
    table = None
    if rows:
        width = len(rows[0])
        table = Table(
            tuple(capital(words(name.replace("_", "-"))) for name in rows[0]),
            tuple(tuple(map(_figure, (row + [""] * width)[:width])) for row in rows[1:]),
        )
    notes = tuple((day(it.on), site.text(it.text)) for it in one.annotations)
    blocks: list[Block | None] = [
        *quoted(site, one.provision),
        Heading("What is measured", "definition"),
        Text(site.prose(one.definition, one, 3)),
        site.facts(
            ("Numerator", one.numerator),
            ("Denominator", one.denominator),
            ("Unit", one.unit),
            ("Better is", one.better),
            ("Period", one.period),
            ("Known after", one.lag),
            ("Source", site.source(one.source)),
        ),
        *site.section(
            "Figures",
            table or site.empty("No figures yet: members have not agreed to publish any."),
            Text(sentence(link("The figures as a table for a spreadsheet (CSV)",
                               table_of(one)), "."))
            if table else None,
            anchor="figures",
        ),
        *site.section("What happened", Table(("Day", "Remark"), notes) if notes else None,
                      anchor="remarks"),
    ]  # fmt: skip
    return site.page(one, [it for it in blocks if it], path=HERE)
