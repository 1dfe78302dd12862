"""The work plan at a glance, and its outcome measures."""

import csv
import io
import re
from collections.abc import Iterator

from npcs.publish.page import Block, Heading, Page, Table, Text
from npcs.publish.sections import activities, priorities
from npcs.publish.sections.charter import quoted
from npcs.publish.site import Site
from npcs.publish.text import capital, day, link, number, sentence, words
from npcs.records.workplan import Measure

HERE = (("Work plan", "workplan/index"),)


def pages(site: Site) -> Iterator[Page]:
    """The plan at a glance, and a page for each measure."""
    yield _plan(site)
    for measure in site.hub.all(Measure).values():
        yield _measure(site, measure)


def _plan(site: Site) -> Page:
    measures = sorted(site.hub.all(Measure).values(), key=lambda one: (one.provision, one.key))
    blocks: list[Block] = [
        Heading("Activities", "activities"),
        activities.table(site)
        or site.empty("What members take part in will stand here (ACT-0)."),
        Heading("Improvement priorities", "priorities"),
        priorities.table(site)
        or site.empty(
            "No priority has been chosen yet. Members choose one together, with an aim that can be "
            "measured (ACT-5)."
        ),
        *_followed(site),
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


def _followed(site: Site) -> list[Block]:
    """How much is followed to its end, and where to look."""
    waiting = [one for one in site.followed.values() if one.is_open]
    late = number(sum(one.overdue for one in waiting), "is overdue", "are overdue")
    told = sentence(
        link("Recommendations", "recommendations/index"), " of groups and ",
        link("improvement opportunities", "workplan/opportunities/index"),
        f": {len(waiting):,} open, {late.replace('no are', 'none is')}. See ",
        link("what became of each, and what waits for how long", "workplan/follow-through"), ".",
    )  # fmt: skip
    return [Heading("What is followed to its end", "followed"), Text(told)]


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
