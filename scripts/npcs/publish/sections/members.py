"""The members: who they are, by kind and size, and what each brings."""

from collections import Counter
from collections.abc import Iterator

from npcs.publish.empty import nothing_yet
from npcs.publish.later import Later, later
from npcs.publish.listing import by_letter, listing
from npcs.publish.page import Page, Table, Text
from npcs.publish.sections.answers import on_member
from npcs.publish.sections.committee import term_state
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, day, days, joined, number, sentence, words
from npcs.records.charter import Agreement, Member, Term

HERE = (("Members", "members/index"),)
_PLURAL = {"county": "counties", "city": "cities", "territory": "territories"}
ROLES = {
    "child-welfare-leader": "child welfare leader",
    "executive-team": "member of the executive team",
    "data-steward": "data steward",
    "liaison": "liaison",
}


def pages(site: Site) -> Iterator[Page | Later]:
    """A list of all members with their counts, and a page for each."""
    members = site.hub.all(Member)
    page = Page(
        "members/index",
        "Members",
        (Text(counted(site)),) if members else (),
        lead=site.text("States and other jurisdictions that take part, each as a team (MEM-2)."),
    )
    rows = by_letter(
        (
            one.name,
            (
                site.to(one, one.name),
                sentence(capital(one.kind_), *_within(site, one)),
                capital(one.size),
                site.day(one.joined) or "not known",
                state(site, one),
            ),
        )
        for one in members.values()
    )
    if not rows:
        text = "The states and jurisdictions that have joined will stand here."
        yield Page(page.address, page.title, (nothing_yet(site, "member", text),), lead=page.lead)
    else:
        columns = ("Member", "Kind", "Size", "Joined", "State")
        yield from listing(page, columns, rows, ("member", "members"))
    for one in members.values():
        yield later(_member, one)


def _within(site: Site, one: Member) -> list[object]:
    return [" within ", site.member(one.within)] if one.within else []


def current(site: Site) -> list[Member]:
    """The members on the day of the site."""
    return [
        one
        for one in site.hub.all(Member).values()
        if (one.joined is None or one.joined <= site.as_of)
        and (one.left is None or one.left >= site.as_of)
    ]


def counted(site: Site) -> Md:
    """How many members there are, by kind; those within another are named."""
    now = current(site)
    kinds = Counter(one.kind_ for one in now)
    parts = [
        number(count, kind, _PLURAL.get(kind, kind + "s"))
        for kind, count in sorted(kinds.items(), key=lambda one: (-one[1], one[0]))
    ]
    listed = ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + "".join(parts[-1:])
    names = {one.key for one in now}
    nested = [one for one in now if one.within in names]
    said: list[object] = [
        f"{capital(number(len(now), 'member'))} on ", day(site.as_of),
        f": {listed}." if listed else ".",
    ]  # fmt: skip
    if nested:
        inner = joined(
            sentence(site.to(one, one.name), " in ", site.member(one.within)) for one in nested
        )
        one = len(nested) == 1
        said += [
            f" {capital(number(len(nested), 'member'))} {'lies' if one else 'lie'} within "
            f"another: ",
            inner, ". In figures over all members the children of both are counted once.",
        ]  # fmt: skip
    return sentence(*said)


def state(site: Site, member: Member) -> Md:
    """Whether a member has joined, will join, or has left."""
    if member.left and member.left < site.as_of:
        return chip("left", "past")
    if member.joined and member.joined > site.as_of:
        return chip("to come")
    return chip("taking part", "good")


def _since(site: Site, member: Member) -> Md:
    if member.left and member.left < site.as_of:
        return sentence("on ", day(member.left))
    if not member.joined:
        return Md("joined on a day not known")
    return sentence("from " if member.joined > site.as_of else "since ", day(member.joined))


def _member(site: Site, member: Member) -> Page:
    inside = [one for one in site.hub.all(Member).values() if one.within == member.key]
    facts = site.facts(
        ("Kind", capital(member.kind_)),
        ("Size", capital(member.size)),
        ("Within", site.member(member.within)),
        (
            "Members within it",
            [joined(site.to(one, one.name) for one in inside)] if inside else None,
        ),
        ("Joined", member.joined or "not known"),
        ("Left", member.left),
        ("Led by the same person since", member.leader_since),
        ("Sources", [site.source(one) for one in member.sources]),
    )
    team = Table(
        ("Person", "Part"),
        tuple((site.person(one.person), capital(ROLES[one.role])) for one in member.team),
    )
    limits = tuple((site.text(one.what), site.text(one.why)) for one in member.data_limits)
    terms = sorted(
        (one for one in site.terms_for.get(member.key, ())),
        key=lambda one: (one.start, one.key),
        reverse=True,
    )
    blocks = [
        facts,
        *site.section(
            "Team",
            team if member.team else site.empty(
                "No team on record yet. The member names at least a child welfare leader and "
                "somebody "
                "of its executive team (MEM-2)."
            ),
            anchor="team",
        ),
        *site.section("On the Executive Committee", _seats(site, terms), anchor="seats"),
        *site.section("Safety notices", *on_member(site, member), anchor="notices"),
        *site.section(
            "What it can share",
            Table(("Limit", "Why"), limits) if limits else None,
            _agreements(site, member),
            anchor="sharing",
        ),
    ]  # fmt: skip
    return site.page(
        member, [one for one in blocks if one], chips=[state(site, member), _since(site, member)],
        path=HERE, kind=f"Member: {words(member.kind_)}", without=("agreement", "answer"),
    )  # fmt: skip


def _seats(site: Site, terms: list[Term]) -> Table | None:
    rows = tuple(
        (site.person(one.person), site.to(one, day(one.start)), site.day(one.end),
         term_state(site, one))
        for one in terms
    )  # fmt: skip
    return Table(("Person", "From", "Planned until", "State"), rows) if rows else None


def _agreements(site: Site, member: Member) -> Table | None:
    rows = tuple(
        (site.to(one), days(one.from_, one.until), capital(one.sharing))
        for one in site.hub.all(Agreement).values()
        if one.member == member.key
    )
    return Table(("Agreement", "Days", "Sharing"), rows, stacks=True) if rows else None
