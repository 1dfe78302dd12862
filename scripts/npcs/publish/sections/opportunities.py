"""Improvement opportunities: where the system is weak, and what is done about it (EXC-4)."""

from collections.abc import Iterator

from npcs.publish import following
from npcs.publish.empty import nothing_yet
from npcs.publish.later import Later, later
from npcs.publish.listing import Row, listing
from npcs.publish.page import Block, Page, Text
from npcs.publish.site import Site
from npcs.publish.text import day, link, sentence
from npcs.records.followup import Opportunity

_PATH = (("Work plan", "workplan/index"),
         ("Improvement opportunities", "workplan/opportunities/index"))  # fmt: skip
LEVELS = {
    "family": "Family",
    "professional": "Professional",
    "team": "Team",
    "environment": "Agency and its environment",
    "external": "Outside the agency",
}
"""Where in the system something stands, in the words of the core data set."""


def pages(site: Site) -> Iterator[Page | Later]:
    """The list of opportunities, and a page for each."""
    found = sorted(
        site.hub.all(Opportunity).values(), key=lambda one: (one.raised, one.key), reverse=True
    )
    page = Page(
        "workplan/opportunities/index",
        "Improvement opportunities",
        () if found else (nothing_yet(
            site, "opportunity",
            "None has been written down yet. One is raised when reviews of several members point "
            "to the same weak spot.",
        ),),
        path=_PATH[:1],
        lead="Weak spots of the system that reviews keep coming back to, and what is done about "
        "them. Each is a pattern across reviews: no case, no child and no worker stands here.",
    )  # fmt: skip
    rows = [
        Row(
            str(one.raised.year),
            (
                site.to(one),
                site.text(one.theme),
                LEVELS[one.level],
                day(one.raised),
                following.state(site, one),
            ),
        )
        for one in found
    ]
    columns = ("Opportunity", "Theme", "Where", "Raised", "State")
    below: tuple[Block, ...] = (
        Text(sentence(link("How old the open ones are, and what is overdue",
                           "workplan/follow-through"), ".")),
    )  # fmt: skip
    yield from listing(page, columns, rows, ("opportunity", "opportunities"), below)
    for one in found:
        yield later(_page, one)


def _page(site: Site, one: Opportunity) -> Page:
    facts = site.facts(
        ("Theme", one.theme),
        ("Where in the system", LEVELS[one.level]),
        ("Raised", one.raised),
        ("By", site.ref("group", one.from_)),
        ("Owner", site.text(one.owner)),
        ("Carried on by", [site.any(key) for key in one.carried_by]),
        ("See also", [site.any(key) for key in one.related]),
    )
    blocks: list[Block | None] = [
        *following.standing(site, one),
        facts,
        *site.body(one),
        *site.section("Actions", following.actions(site, one), anchor="actions"),
        *following.result(site, one),
    ]
    return site.page(
        one,
        [it for it in blocks if it],
        chips=[following.state(site, one), sentence("raised ", day(one.raised))],
        path=_PATH,
    )
