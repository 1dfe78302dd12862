"""The work plan at a glance."""

from collections.abc import Iterator

from npcs.publish.empty import nothing_yet
from npcs.publish.page import Block, Heading, Page, Table, Text
from npcs.publish.sections import activities, priorities
from npcs.publish.sections.measures import said
from npcs.publish.site import Site
from npcs.publish.text import capital, link, number, sentence
from npcs.records.workplan import Activity, Measure

HERE = (("Work plan", "workplan/index"),)


def pages(site: Site) -> Iterator[Page]:
    """The plan at a glance."""
    yield _plan(site)


def _plan(site: Site) -> Page:
    measures = sorted(site.hub.all(Measure).values(), key=lambda one: (one.provision, one.key))
    blocks: list[Block] = [
        Heading("Activities", "activities"),
        activities.board(site)
        or nothing_yet(site, "activity", "What members take part in will stand here."),
        *_in_time(site),
        Heading("Improvement priorities", "priorities"),
        priorities.table(site)
        or nothing_yet(
            site, "priority",
            "No priority has been chosen yet. Each will have a page with its aim, what drives it, "
            "and what was tried.",
        ),
        *_followed(site),
        Heading("Outcome measures", "measures"),
        Table(
            ("Measure", "Outcome", "Unit", "Better", "What the chart says"),
            tuple(
                (site.to(one), site.provision(one.provision), site.text(one.unit),
                 capital(one.better), said(site, one))
                for one in measures
            ),
        ) if measures else nothing_yet(
            site, "measure", "What the partnership measures itself by will stand here."
        ),
    ]  # fmt: skip
    return Page(
        "workplan/index",
        "Work plan",
        tuple(blocks),
        lead="What the members do together, how far it has come, and how they will know it helps.",
    )


def _in_time(site: Site) -> list[Block]:
    """The way to the milestones, where there are any."""
    if not any(one.milestones for one in site.hub.all(Activity).values()):
        return []
    return [Text(sentence("See ", link("all milestones in time", "workplan/timeline"), "."))]


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
