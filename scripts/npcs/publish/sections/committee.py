"""The Executive Committee: who is in office, how it is made up, and every term."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace

from npcs.governance.calendar import obligations
from npcs.governance.cochairs import service_on
from npcs.governance.composition import composition
from npcs.governance.dates import add_days
from npcs.governance.terms import (
    committee,
    ending,
    in_office,
    last_day,
    represents,
)
from npcs.publish.empty import nothing_yet
from npcs.publish.later import Later, later
from npcs.publish.listing import Row, listing
from npcs.publish.names import OFFICES, kind_shown
from npcs.publish.page import Block, Callout, Facts, Heading, Page, Table, Text
from npcs.publish.site import MOST_REFERRING, Site
from npcs.publish.standing import seat_doubts
from npcs.publish.text import Md, capital, chip, day, days, joined, link, number, sentence, words
from npcs.records.charter import Decision, Group, Person, Term
from npcs.records.followup import Recommendation

HERE = (("Committee", "committee/index"),)
SOON = 90
"""How many days ahead an ending term is announced."""

STARTS: Mapping[str, str] = {
    "co-chair": "The committee chooses two co-chairs from among its members, by a decision "
    "(CHR-1, CHR-2).",
    "advisor": "The Executive Committee may choose technical advisors, by a decision (EXC-10).",
    "coordinator": "The partnership assigns a project coordinator, who enters their own term "
    "(CRD-1).",
}
"""How somebody comes into an office other than a seat."""


def pages(site: Site) -> Iterator[Page | Later]:
    """The committee today, its terms and its groups."""
    yield _today(site)
    yield from _terms(site)
    for term in site.hub.all(Term).values():
        yield later(_term, term)
    for group in site.hub.all(Group).values():
        yield later(_group, group)


def _today(site: Site) -> Page:
    members = in_office(site.hub, site.as_of)
    blocks: list[Block] = []
    sitting = len({one.person for one in members})
    if members:
        blocks.append(
            Text(sentence(capital(number(sitting, "person", "people")), " on the committee on ",
                          day(site.as_of), "."))
        )  # fmt: skip
        blocks.append(_table(site, members))
    else:
        blocks.append(
            nothing_yet(
                site,
                "term",
                "Nobody is in office on this day. Once the committee has appointed its members, "
                "their names and terms stand here.",
            )
        )
    blocks += [Heading("Co-chairs", "co-chairs"), _chairs(site)]
    for office in ("advisor", "coordinator"):
        found = in_office(site.hub, site.as_of, office)
        plural = {"advisor": "Technical advisors", "coordinator": "Project coordinator"}[office]
        blocks.append(Heading(plural))
        blocks.append(
            _table(site, found)
            if found
            else nothing_yet(site, "term", "Nobody yet.", STARTS[office])
        )
    blocks += site.section(f"Ending in the next {SOON} days", _ending(site), anchor="ending")
    blocks += site.section("How it is made up", *_composition(site), anchor="composition")
    groups = list(site.hub.all(Group).values())
    if groups:
        blocks.append(Heading("Subcommittees and workgroups", "groups"))
        blocks.append(
            Table(
                ("Group", "Kind", "Lead", "State"),
                tuple(
                    (
                        site.to(one),
                        capital(one.kind_),
                        site.person(one.lead),
                        _group_state(site, one),
                    )
                    for one in sorted(groups, key=lambda one: one.title)
                ),
            )
        )
    return Page(
        "committee/index",
        "Executive Committee",
        tuple(blocks),
        lead=sentence(
            "Leaders of the members, who decide for the partnership. See also ",
            link("the committee on any day", "committee/days"), ", ",
            link("seats and terms in a timeline", "committee/timeline"), ", ",
            link("attendance", "committee/attendance"), " and ",
            link("all terms", "committee/terms/index"), ".",
        ),
    )  # fmt: skip


def _table(site: Site, terms: tuple[Term, ...]) -> Table:
    chairs = {one.person for one in in_office(site.hub, site.as_of, "co-chair")}
    rows = sorted(
        terms,
        key=lambda one: (one.person not in chairs, site.title_of_person(one.person), one.start),
    )
    return Table(
        ("Person", "Position", "For", "Since", "Until", "State"),
        tuple(
            (
                _named(site, one, chairs),
                _position(site, one.person),
                site.member(represents(site.hub, one) if one.office == "member" else None),
                site.to(one, day(one.start)),
                site.day(last_day(one)) or "open",
                term_state(site, one) if seat_doubts(site.hub, one, site.as_of) else "",
            )
            for one in rows
        ),
    )


def _named(site: Site, term: Term, chairs: Container[str]) -> Md:
    """Who holds a term; on the committee itself those who chair it are marked."""
    leads = term.office == "member" and term.person in chairs
    return sentence(site.person(term.person), *([" ", chip("co-chair")] if leads else []))


def _ending(site: Site) -> Table | None:
    """The terms that end soon, and whether somebody follows."""
    vacant = {
        one.place.path
        for subject in ("term-length", "co-chair-count")
        for one in obligations(site.hub, site.as_of, subject)
    }
    rows = []
    for one in ending(site.hub, site.as_of, add_days(site.as_of, SOON)):
        follows: Md | str = ""
        if one.office in ("member", "co-chair"):
            is_vacant = one.path in vacant
            follows = chip("nobody yet", "warn") if is_vacant else chip("appointed", "good")
        rows.append(
            (
                site.day(last_day(one)), site.person(one.person),
                site.to(one, capital(OFFICES[one.office])), follows,
            )
        )  # fmt: skip
    return Table(("Last day", "Person", "Office", "Who follows"), tuple(rows)) if rows else None


def _composition(site: Site) -> Iterator[Block]:
    """The range of members against those somebody sits for (EXC-8)."""
    parts = composition(site.hub, site.as_of)
    if not parts or not committee(site.hub, site.as_of):
        return
    yield Text(sentence(
        "The committee includes the range of members (", site.provision("EXC-8"),
        "). Each kind and each size is to be on it.",
    ))  # fmt: skip
    rows = []
    for one in parts:
        name = capital(one.name) if one.way == "kind" else f"{capital(one.name)} jurisdiction"
        share = Md(f"{len(one.seated)} of {len(one.members)}")
        names = joined(site.to(it, it.name) for it in one.members if it not in one.seated)
        is_there = chip("included", "good") if one.seated else chip("nobody yet", "warn")
        rows.append((Md(name), share, is_there, names))
    yield Table(("Kind or size", "Have a seat", "State", "Without a seat"), tuple(rows))


def _position(site: Site, person: str) -> str:
    known = site.hub.get(Person, person)
    return known.position or "" if known else ""


def _chairs(site: Site) -> Block:
    chairs = in_office(site.hub, site.as_of, "co-chair")
    if not chairs:
        return nothing_yet(site, "term", "Nobody yet.", STARTS["co-chair"])
    rows = []
    for term in chairs:
        service = service_on(site.hub, term.person, site.as_of)
        rows.append(
            (
                site.person(term.person),
                site.to(term, day(term.start)),
                site.day(last_day(term)),
                day(service.first) if service else "",
                day(service.limit_last) if service else "",
                term_state(site, term) if seat_doubts(site.hub, term, site.as_of) else "",
            )
        )
    columns = ("Co-chair", "Since", "Until", "Without a break since", "At most until", "State")
    return Table(columns, tuple(rows))


# Terms and groups


def _terms(site: Site) -> Iterator[Page]:
    terms = sorted(site.hub.all(Term).values(), key=lambda one: (one.start, one.key), reverse=True)
    page = Page("committee/terms/index", "All terms of office", (), path=HERE)
    if not terms:
        text = "Every term will stand here: who, in which office, from when until when."
        page = Page(page.address, page.title, (nothing_yet(site, "term", text),), path=HERE)
    rows = [
        Row(
            str(one.start.year),
            (
                site.person(one.person),
                site.to(one, capital(one.office)),
                days(one.start, last_day(one)),
                term_state(site, one),
            ),
        )
        for one in terms
    ]
    columns = ("Person", "Office", "Days", "State")
    yield from listing(page, columns, rows, ("term", "terms"))


def term_state(site: Site, term: Term) -> Md:
    """Whether a term is to come, runs, or is over."""
    last = last_day(term)
    if term.start > site.as_of:
        return chip("to come")
    if last and last < site.as_of:
        return chip("ended early" if term.ended else "over", "past")
    if seat_doubts(site.hub, term, site.as_of):
        return chip("in office on record, in doubt", "warn")
    return chip("in office", "good")


def _term(site: Site, term: Term) -> Page:
    how = "volunteered" if term.volunteered else ""
    ended = term.ended
    left = "Left early" if ended and site.come(ended.on) else "Is to leave early"
    decision = site.hub.get(Decision, term.decision)
    facts = site.facts(
        ("Person", site.person(term.person)),
        ("Office", capital(OFFICES[term.office])),
        ("For", site.member(represents(site.hub, term)) if term.office == "member" else None),
        ("Planned last day", term.end if ended else None),
        (left, [sentence(day(ended.on), ": ", site.text(ended.reason))] if ended else None),
        ("Takes the place of", site.ref("term", term.replaces)),
        ("Nominated by", site.member(term.nominated_by)),
        ("Came forward", how),
        ("Appointed by", site.any(term.decision) if term.decision else None),
    )  # fmt: skip
    page = site.page(
        term,
        [one for one in (_doubted(site, term), facts) if one],
        chips=[term_state(site, term), days(term.start, last_day(term))],
        path=(*HERE, ("Terms", "committee/terms/index")),
        without=[one.path for one in (decision,) if one],
    )
    return replace(page, weight=0.2)  # who looks for a person's name wants the person first


def _doubted(site: Site, term: Term) -> Callout | None:
    """What speaks against a term that runs, where something does."""
    found = seat_doubts(site.hub, term, site.as_of)
    if not found:
        return None
    said = site.text(f"{capital('; '.join(found))}. Counts on this site go by what is recorded.")
    return Callout("In office on record, but this is in doubt", said, "warning")


def _group_state(site: Site, group: Group) -> Md:
    if site.come(group.closed):
        return chip("closed", "past")
    if not site.holds(group.formed_by):
        return chip("not formed", "warn")
    return chip("at work", "good")


def _group(site: Site, group: Group) -> Page:
    formed = site.hub.get(Decision, group.formed_by)
    closed = site.come(group.closed)
    since = closed or (formed.date if formed else None)
    facts = site.facts(
        ("Purpose", site.line(group.purpose, group)),
        ("Formed by", site.any(group.formed_by)),
        ("Lead", site.person(group.lead)),
        ("People", [joined(map(site.person, group.people))] if group.people else None),
        ("Advisors", [joined(map(site.person, group.advisors))] if group.advisors else None),
        ("Until", group.until),
        ("Closed", closed),
    )
    return site.page(
        group,
        [
            *(one for one in (site.unfounded(group.formed_by), facts) if one),
            *site.body(group),
            *site.section("What it recommends", _recommended(site, group), anchor="recommends"),
            *site.section("Meetings", _met(site, group), anchor="meetings"),
        ],
        chips=[_group_state(site, group), *([sentence("since ", day(since))] if since else [])],
        path=HERE,
        kind=kind_shown(words(group.kind_)),
        without=("recommendation", *([formed.path] if formed else [])),
    )


def _recommended(site: Site, group: Group) -> Table | None:
    found = sorted(
        (one for one in site.hub.all(Recommendation).values() if one.from_ == group.key),
        key=lambda one: (one.proposed, one.key),
        reverse=True,
    )
    rows = tuple((site.to(one, one.key), site.to(one), day(one.proposed)) for one in found)
    return Table(("Number", "Recommendation", "Proposed"), rows, stacks=True) if rows else None


def _met(site: Site, group: Group) -> Facts | None:
    found = site.meetings_of.get(group.key, [])
    shown = [site.to(one) for one in found[:MOST_REFERRING]]
    if len(found) > len(shown):
        shown.append(Md(f"and {len(found) - len(shown):,} more"))
    return site.facts((capital(number(len(found), "meeting")), shown))


__all__ = ["pages", "term_state"]
