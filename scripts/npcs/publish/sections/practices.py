"""What members share with one another: practices, care bundles, spaced-education curricula."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from npcs.governance.bundles import adopting, columns
from npcs.publish.empty import nothing_yet
from npcs.publish.later import Later, later
from npcs.publish.listing import by_letter, listing
from npcs.publish.page import Block, Callout, Heading, Items, Page, Table, Text
from npcs.publish.search.index import slug
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, day, joined, link, number, sentence, words
from npcs.records.practices import Bundle, Curriculum, Practice

HERE = (("Practices", "practices/index"),)


def pages(site: Site) -> Iterator[Page | Later]:
    """The library, the bundles and the curricula, and a page for each."""
    practices = site.hub.all(Practice).values()
    blocks: list[Block] = []
    bundles = [
        (site.to(one), site.text(one.population), number(len(one.elements), "element"))
        for one in sorted(site.hub.all(Bundle).values(), key=lambda one: one.title)
    ]
    curricula = [
        (site.to(one), site.text(one.audience), number(len(one.items), "question"))
        for one in sorted(site.hub.all(Curriculum).values(), key=lambda one: one.title)
    ]
    blocks += [
        Heading("Care bundles", "bundles"),
        Table(("Bundle", "For", "Size"), tuple(bundles)) if bundles else nothing_yet(
            site, "bundle",
            "A bundle is a few practices done together every time. None has been agreed yet.",
        ),
        Heading("Spaced-education curricula", "curricula"),
        Table(("Curriculum", "For", "Size"), tuple(curricula)) if curricula else nothing_yet(
            site, "curriculum",
            "Questions sent some days apart, to learn and keep. None has been shared yet.",
        ),
        *site.section("By topic", _topics(site, [*practices]), anchor="topics"),
    ]  # fmt: skip
    page = Page(
        "practices/index",
        "Practices",
        (),
        lead=site.text(
            "What members tried, what worked and what did not, told with candor (ACT-6)."
        ),
    )
    rows = by_letter(
        (
            one.title,
            (
                site.to(one),
                capital(words(one.evidence.level)),
                number(len(one.used_by), "member") if one.used_by else "nobody yet",
                joined(one.topics) or "none",
                one.ages or "not told",
            ),
        )
        for one in practices
    )
    if rows:
        headings = ("Practice", "Evidence", "Used by", "Topics", "Ages")
        yield from listing(page, headings, rows, ("practice", "practices"), tuple(blocks))
    else:
        empty = nothing_yet(site, "practice", "No practice has been shared yet.")
        yield Page(page.address, page.title, (empty, *blocks), lead=page.lead)
    for practice in practices:
        yield later(_practice, practice)
    for bundle in site.hub.all(Bundle).values():
        yield later(_bundle, bundle)


def _topics(site: Site, practices: list[Practice]) -> Block | None:
    topics: dict[str, list[Practice]] = defaultdict(list)
    for one in practices:
        for topic in one.topics:
            topics[topic].append(one)
    most = 4
    rows = []
    for topic, some in sorted(topics.items()):
        shown = [site.to(one) for one in sorted(some, key=lambda one: one.title)[:most]]
        if len(some) > most:
            shown.append(link(f"all {len(some):,}", f"find/topics/{slug(capital(topic))}"))
        rows.append((capital(topic), joined(shown, "; ")))
    return Table(("Topic", "Practices"), tuple(rows)) if rows else None


def _practice(site: Site, one: Practice) -> Page:
    blocks: list[Block | None] = [
        Heading("The problem", "problem"),
        Text(site.prose(one.problem, one, 3)),
        Heading("What was tried", "tried"),
        Text(site.prose(one.tried, one, 3)),
        Heading("What worked", "worked"),
        Text(site.prose(one.worked, one, 3)),
        Heading("What did not", "did-not-work"),
        Text(site.prose(one.did_not_work, one, 3))
        if one.did_not_work
        else site.empty("Nobody has told yet."),
        Heading("How well it is known", "evidence"),
        site.facts(
            ("Evidence", capital(words(one.evidence.level))),
            ("Sources", [site.source(it) for it in one.evidence.sources]),
            ("Setting", one.setting),
            ("Ages", one.ages),
            ("Topics", [joined(one.topics)] if one.topics else None),
            ("Comes from", [joined(map(site.member, one.members))] if one.members else None),
            ("Tools", list(one.tools)),
        ),
        *site.section("Adopted by", _adopted(site, one), anchor="adopted"),
        *_feedback(site, one),
        *site.body(one, "More"),
    ]
    level = chip(f"evidence: {words(one.evidence.level)}")
    return site.page(one, [it for it in blocks if it], chips=[level], path=HERE)


def _adopted(site: Site, one: Practice) -> Table | None:
    rows = [
        (site.member(it.member), day(it.on), site.line(it.changed, one))
        for it in sorted(site.past(one.adopted), key=lambda it: (it.on, it.member))
    ]
    columns = ("Member", "Since", "What it does otherwise")
    return Table(columns, tuple(rows), stacks=True) if rows else None


def _feedback(site: Site, one: Practice) -> Iterator[Block]:
    if not one.used_by:
        return
    yield Heading("Feedback", "feedback")
    told = site.past(one.feedback)
    if not told:
        yield site.empty("No member has said yet how it went.")
    for it in sorted(told, key=lambda it: (it.on, it.member), reverse=True):
        yield Text(sentence(site.member(it.member), ", ", day(it.on), ":"))
        yield Text(site.prose(it.text, one, 3))


def _bundle(site: Site, one: Bundle) -> Page:
    rows = tuple(
        (
            sentence(site.text(it.text), Md(f" (`{it.id}`)")),
            joined([it.ages.in_words, *([it.applies] if it.applies else [])], "; "),
            site.text(it.measure),
            joined(map(site.source, it.evidence), "; "),
        )
        for it in one.elements
    )
    adopted = adopting(site.hub, one, site.as_of)
    state = chip("adopted", "good") if adopted else chip("candidate", "warn")
    apart = [sentence(site.text(it.text), Md(f" (`{it.id}`)")) for it in one.exclusions]
    blocks: list[Block | None] = [
        None
        if adopted
        else Callout(
            "A candidate",
            Md(
                "No decision that holds has adopted this bundle. It is shown so that members can "
                "try it, object to it and make it better."
            ),
        ),
        site.unfounded(one.decision),
        site.facts(
            ("For", one.population),
            ("When and where", one.setting),
            ("Owner", one.owner),
            ("Adopted by", site.any(one.decision) if one.decision else None),
        ),
        *site.body(one),
        Heading("What belongs to it", "elements"),
        Text(
            Md(
                "Measured all or none: a child's care counts only if every element that applies "
                "was done."
            )
        ),
        Table(("Element", "Applies to", "Measure", "Evidence"), rows),
        Heading("How it is measured", "measured"),
        Items(
            (
                Md(
                    "All or none: of the children to whom at least one element applies, those for "
                    "whom each element that applies was done. What is not recorded was not done."
                ),
                Md("Each element: of the children to whom it applies, those for whom it was done."),
                sentence("Left out, and counted apart: ", joined(apart, "; "))
                if apart
                else Md("No reason is agreed on to leave a child out."),
            )
        ),
        Text(
            sentence(
                Md("An agency fills in "),
                link("the table", _table(one)),
                Md(
                    f" at home and asks `npcs bundle {one.key} data.csv`. It prints the figures "
                    "and a run chart, and stores nothing: rows about children belong nowhere here."
                ),
            )
        ),
    ]
    page = site.page(one, [it for it in blocks if it], chips=[state], path=HERE)
    return replace(page, files={_table(one): (",".join(columns(one)) + "\r\n").encode()})


def _table(one: Bundle) -> str:
    return f"practices/bundles/{one.key}/{one.key}.csv"
