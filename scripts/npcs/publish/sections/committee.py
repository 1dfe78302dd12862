"""The Executive Committee: who is in office, who was on any day, and every term."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from npcs.governance.cochairs import service_on
from npcs.governance.dates import add_days
from npcs.governance.terms import (
    Stretch,
    ending,
    in_office,
    last_day,
    represents,
    stretches,
)
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


def pages(site: Site) -> Iterator[Page]:
    """The committee today, on every day, its terms and its groups."""
    yield _today(site)
    yield from _days(site)
    yield from _terms(site)
    for term in site.hub.all(Term).values():
        yield _term(site, term)
    for group in site.hub.all(Group).values():
        yield _group(site, group)


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
            site.empty(
                "Nobody is in office on this day. Members nominate leaders or leaders volunteer "
                "(TRM-2, TRM-3); once the committee has appointed them, their names and terms "
                "stand here."
            )
        )
    blocks += [Heading("Co-chairs", "co-chairs"), _chairs(site)]
    for office in ("advisor", "coordinator"):
        found = in_office(site.hub, site.as_of, office)
        plural = {"advisor": "Technical advisors", "coordinator": "Project coordinator"}[office]
        blocks.append(Heading(plural))
        blocks.append(_table(site, found) if found else site.empty("Nobody yet."))
    soon = ending(site.hub, site.as_of, add_days(site.as_of, SOON))
    rows = tuple(
        (day(last), site.person(one.person), capital(OFFICES[one.office]))
        for one in soon
        if (last := last_day(one))
    )
    if rows:
        blocks += [
            Heading(f"Ending in the next {SOON} days", "ending"),
            Table(("Last day", "Person", "Office"), rows),
        ]
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
            link("who was on the committee on any day", "committee/days"), " and ",
            link("all terms", "committee/terms/index"), ".",
        ),
    )  # fmt: skip


def _table(site: Site, terms: tuple[Term, ...]) -> Table:
    rows = sorted(terms, key=lambda one: (site.title_of_person(one.person), one.start))
    return Table(
        ("Person", "Position", "For", "Since", "Until", "State"),
        tuple(
            (
                site.person(one.person),
                _position(site, one.person),
                site.member(represents(site.hub, one) if one.office == "member" else None),
                site.to(one, day(one.start)),
                site.day(last_day(one)) or "open",
                term_state(site, one) if seat_doubts(site.hub, one, site.as_of) else "",
            )
            for one in rows
        ),
    )


def _position(site: Site, person: str) -> str:
    known = site.hub.get(Person, person)
    return known.position or "" if known else ""


def _chairs(site: Site) -> Block:
    chairs = in_office(site.hub, site.as_of, "co-chair")
    if not chairs:
        return site.empty("Nobody yet. Two co-chairs from among the committee lead it (CHR-1).")
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


# On any day


def _days(site: Site) -> Iterator[Page]:
    page = Page(
        "committee/days",
        "The committee on any day",
        (),
        path=HERE,
        lead=Md(
            "Each line holds from its first day until its last. Find the line your day falls in."
        ),
    )
    rows = [*_rows(site)]
    if not rows:
        text = "From the first term on, every change of the committee will stand here with its day."
        yield Page(page.address, page.title, (site.empty(text),), path=HERE)
        return
    columns = ("Days", "On the committee")
    yield from listing(page, columns, rows, ("change", "changes"))


def _rows(site: Site) -> Iterator[Row]:
    """A line for each stretch of days on which neither the committee nor its co-chairs change."""
    members = [*stretches(site.hub, "member")]
    chairs = [*stretches(site.hub, "co-chair")]
    firsts = sorted({one.first for one in members} | {one.first for one in chairs})
    lasts = [one.last for one in (members[-1:] + chairs[-1:])]
    found: list[tuple[date, tuple[str, ...], tuple[str, ...]]] = []
    at = {"member": 0, "co-chair": 0}
    for first in firsts:
        now = tuple(
            _people(site, _at(list_, at, office, first))
            for office, list_ in (("member", members), ("co-chair", chairs))
        )
        if not found or found[-1][1:] != now:
            found.append((first, now[0], now[1]))
    if not found:
        return
    if len(found) > 1 and not any(found[-1][1:]) and found[-1][0] > site.as_of:
        lasts = [add_days(found.pop()[0], -1)]  # nobody is appointed beyond that day yet
    ends: list[date | None] = [add_days(one[0], -1) for one in found[1:]]
    ends.append(max(lasts) if all(lasts) else None)  # type: ignore[type-var]
    for (first, people, leading), last in reversed([*zip(found, ends, strict=True)]):
        planned = [" ", chip("planned")] if first > site.as_of else []
        cells = (sentence(days(first, last), *planned), _named(site, people, leading))
        yield Row(str(first.year), cells)


def _named(site: Site, people: tuple[str, ...], leading: tuple[str, ...]) -> Md:
    """Who is on the committee, its co-chairs first."""
    said = {one: "co-chair" if one in people else "co-chair without a seat" for one in leading}
    names = [sentence(site.person(one), f" ({said[one]})") for one in leading]
    names += [site.person(one) for one in people if one not in leading]
    if not names:
        return Md("nobody")
    return sentence(joined(names), "" if leading else "; no co-chair")


def _at(some: list[Stretch], at: dict[str, int], office: str, first: date) -> Stretch | None:
    """The stretch a day falls in; days come in order, so the search goes on where it was."""
    position = at[office]
    while position + 1 < len(some) and some[position + 1].first <= first:
        position += 1
    at[office] = position
    if not some or some[position].first > first:
        return None
    last = some[position].last
    return some[position] if last is None or first <= last else None


def _people(site: Site, stretch: Stretch | None) -> tuple[str, ...]:
    if stretch is None:
        return ()
    return tuple(sorted({one.person for one in stretch.terms}, key=site.title_of_person))


# Terms and groups


def _terms(site: Site) -> Iterator[Page]:
    terms = sorted(site.hub.all(Term).values(), key=lambda one: (one.start, one.key), reverse=True)
    page = Page("committee/terms/index", "All terms of office", (), path=HERE)
    if not terms:
        text = "Every term will stand here: who, in which office, from when until when."
        page = Page(page.address, page.title, (site.empty(text),), path=HERE)
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
    decision = site.hub.get(Decision, term.decision)
    facts = site.facts(
        ("Person", site.person(term.person)),
        ("Office", capital(OFFICES[term.office])),
        ("For", site.member(represents(site.hub, term)) if term.office == "member" else None),
        ("Planned last day", term.end if term.ended else None),
        ("Left early", [sentence(day(term.ended.on), ": ", site.text(term.ended.reason))]
         if term.ended else None),
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
    if group.closed and group.closed <= site.as_of:
        return chip("closed", "past")
    if not site.holds(group.formed_by):
        return chip("not formed", "warn")
    return chip("at work", "good")


def _group(site: Site, group: Group) -> Page:
    formed = site.hub.get(Decision, group.formed_by)
    closed = group.closed if group.closed and group.closed <= site.as_of else None
    since = closed or (formed.date if formed else None)
    facts = site.facts(
        ("Purpose", site.line(group.purpose, group)),
        ("Formed by", site.any(group.formed_by)),
        ("Lead", site.person(group.lead)),
        ("People", [joined(map(site.person, group.people))] if group.people else None),
        ("Advisors", [joined(map(site.person, group.advisors))] if group.advisors else None),
        ("Until", group.until),
        ("Closed", group.closed),
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
    return Table(("Number", "Recommendation", "Proposed"), rows) if rows else None


def _met(site: Site, group: Group) -> Facts | None:
    found = site.meetings_of.get(group.key, [])
    shown = [site.to(one) for one in found[:MOST_REFERRING]]
    if len(found) > len(shown):
        shown.append(Md(f"and {len(found) - len(shown):,} more"))
    return site.facts((capital(number(len(found), "meeting")), shown))


__all__ = ["pages", "term_state"]
