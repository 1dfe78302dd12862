"""Recommendations of groups: what became of each (EXC-6, EXC-7)."""

from collections.abc import Iterator

from npcs.governance.standing import decided_by
from npcs.publish import following
from npcs.publish.empty import nothing_yet
from npcs.publish.later import Later, later
from npcs.publish.listing import Row, listing
from npcs.publish.page import Block, Heading, Page, Text
from npcs.publish.site import Site
from npcs.publish.text import Md, day, link, sentence
from npcs.records.followup import Recommendation

_PATH = (("Decisions", "decisions/index"), ("Recommendations", "recommendations/index"))


def pages(site: Site) -> Iterator[Page | Later]:
    """The list of recommendations, and a page for each."""
    found = sorted(
        site.hub.all(Recommendation).values(),
        key=lambda one: (one.proposed, one.key),
        reverse=True,
    )
    page = Page(
        "recommendations/index",
        "Recommendations",
        (),
        path=_PATH[:1],
        lead=site.text(
            "What subcommittees and workgroups recommend, and what became of it (EXC-6, EXC-7)."
        ),
    )
    if not found:
        text = (
            "No group has recommended anything yet. Each recommendation will have a page with its "
            "answer and what came of it."
        )
        yield Page(
            page.address,
            page.title,
            (nothing_yet(site, "recommendation", text),),
            path=page.path,
            lead=page.lead,
        )
        return
    rows = [
        Row(
            str(one.proposed.year),
            (
                site.to(one, one.key),
                site.to(one, one.title),
                site.ref("group", one.from_),
                day(one.proposed),
                following.state(site, one),
            ),
        )
        for one in found
    ]
    columns = ("Number", "Recommendation", "From", "Proposed", "State")
    below = Text(sentence(link("How old the open ones are, and what is overdue",
                               "workplan/follow-through"), "."))  # fmt: skip
    yield from listing(page, columns, rows, ("recommendation", "recommendations"), (below,))
    for one in found:
        yield later(_page, one)


def _page(site: Site, one: Recommendation) -> Page:
    decision = decided_by(site.hub, one, site.as_of)
    decisions = [it for it in site.decisions_about.get(one.key, ()) if it.date <= site.as_of]
    facts = site.facts(
        ("From", site.ref("group", one.from_)),
        ("Proposed", one.proposed),
        ("Decision", [site.any(it.key) for it in decisions]),
    )
    feedback: list[Block] = []
    for said in site.past(one.feedback):
        feedback += [Heading(day(said.on), level=3), Text(site.prose(said.text, one, 4))]
    blocks: list[Block | None] = [
        *following.standing(site, one),
        facts,
        *site.body(one),
        *site.section("What the committee said", *feedback, anchor="feedback"),
        *site.section("Actions", following.actions(site, one), anchor="actions"),
        *following.result(site, one),
    ]
    return site.page(
        one,
        [it for it in blocks if it],
        chips=[
            Md(one.key),
            following.state(site, one),
            *([site.standing(decision).state] if decision else []),
            sentence("proposed ", day(one.proposed)),
        ],
        path=_PATH,
        without=[it.path for it in decisions],
    )
