"""The people who take part, and what they have done in the partnership."""

from collections.abc import Iterator

from npcs.governance.attendance import participation
from npcs.governance.cochairs import services
from npcs.governance.dates import add_years, day_after
from npcs.governance.terms import last_day, terms_of
from npcs.publish.empty import nothing_yet
from npcs.publish.later import Later, later
from npcs.publish.listing import by_letter, listing
from npcs.publish.names import OFFICES
from npcs.publish.page import Block, Page, Table, Text
from npcs.publish.sections.committee import term_state
from npcs.publish.site import Site
from npcs.publish.standing import seat_doubts
from npcs.publish.text import Md, capital, chip, day, number, sentence
from npcs.records.charter import Office, Person, Term

HERE = (("Committee", "committee/index"), ("People", "people/index"))
OFFICES_HELD: tuple[Office, ...] = ("member", "co-chair", "advisor", "coordinator")


def pages(site: Site) -> Iterator[Page | Later]:
    """A list of all, and a page for each."""
    page = Page(
        "people/index",
        "People",
        (),
        path=HERE[:1],
        lead="Leaders, advisors and others who take part in the partnership.",
    )
    people = site.hub.all(Person).values()
    if not people:
        text = "Nobody is on record yet. Whoever joins a team or takes an office will stand here."
        yield Page(page.address, page.title, (nothing_yet(site, "person", text),), path=page.path)
    else:
        rows = by_letter(
            (
                one.name,
                (
                    site.to(one, one.name),
                    one.position or "not told",
                    site.member(one.member) or "none",
                ),
            )
            for one in people
        )
        yield from listing(
            page, ("Name", "Position", "Member"), rows, ("person", "people"), stacks=True
        )
    for one in people:
        yield later(_person, one)


def _person(site: Site, person: Person) -> Page:
    facts = site.facts(
        ("Position", person.position),
        ("Organization", person.organization),
        ("Member", site.member(person.member)),
        ("In a leadership position", "yes" if person.leadership else None),
        ("Left the organization", person.left_organization),
    )
    terms = [one for office in OFFICES_HELD for one in terms_of(site.hub, person.key, office)]
    terms.sort(key=lambda one: (one.start, one.key), reverse=True)
    rows = tuple(
        (
            site.to(one, capital(OFFICES[one.office])),
            day(one.start),
            site.day(last_day(one)) or "open",
            term_state(site, one),
        )
        for one in terms
    )
    table = Table(("Office", "From", "Until", "State"), rows) if rows else None
    blocks: list[Block | None] = [
        facts,
        *site.section("Offices", table, anchor="offices"),
        *site.section("Service as co-chair", _service(site, person), anchor="co-chair"),
        *site.section("Meetings", _meetings(site, person), anchor="meetings"),
    ]
    now = [
        sentence(_office(site, one), _span(one))
        for one in terms
        if one.start <= site.as_of and ((last := last_day(one)) is None or last >= site.as_of)
    ]
    return site.page(
        person, [one for one in blocks if one], chips=now, path=HERE, without=("term", "notice")
    )


def _office(site: Site, term: Term) -> Md:
    """The office a term that runs gives, and whether that is in doubt."""
    if seat_doubts(site.hub, term, site.as_of):
        return chip(f"{capital(OFFICES[term.office])} on record, in doubt", "warn")
    return chip(capital(OFFICES[term.office]), "good")


def _span(term: Term) -> Md:
    last = last_day(term)
    return sentence(" until ", day(last)) if last else sentence(" since ", day(term.start))


def _service(site: Site, person: Person) -> Table | None:
    found = services(site.hub, person.key)
    rows = tuple((day(one.first), day(one.last), day(one.limit_last)) for one in reversed(found))
    return Table(("From", "Until", "At most until"), rows, stacks=True) if rows else None


def _meetings(site: Site, person: Person) -> Text | None:
    first = day_after(add_years(site.as_of, -1))
    seen = participation(site.hub, person.key, first, site.as_of)
    if not seen.held:
        return None
    counts = {"excused": seen.excused, "absent": seen.absent}
    missed = ", ".join(f"{count} {how}" for how, count in counts.items() if count)
    return Text(
        sentence(
            f"Present at {seen.present} of {number(seen.held, 'meeting')} held while in office in "
            "the year to ",
            day(site.as_of), f"; {missed}." if missed else ".",
        )
    )  # fmt: skip
