"""The committee on any day: every change of it, and a page for each that has come.

A script asks for a day and looks it up in the list (``theme/assets/days.js``); without one, the
list does the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from npcs.governance.attendance import held
from npcs.governance.dates import day_after
from npcs.governance.sittings import Sitting, appointed_until, sittings
from npcs.governance.tally import decision_day
from npcs.governance.terms import last_day, represents, term_on
from npcs.publish.empty import nothing_yet
from npcs.publish.listing import MOST_ON_A_PAGE, Row, jumps, listing
from npcs.publish.page import Block, Heading, Items, Page, Table, Text
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, day, days, joined, link, listed, number, sentence
from npcs.records.charter import Decision

HERE = (("Committee", "committee/index"),)
ADDRESS = "committee/days"
MOST_NAMES = 450
MOST_PLAIN = 2000
"""How many names the list of changes holds as links, how many without; beyond, it counts them."""

PICKER = Md("Looking a day up needs a script, and none runs here.\n{: .npcs-days }")


def pages(site: Site) -> Iterator[Page]:
    """The list of all changes, and a page for each that has come."""
    every = _sittings(site)
    if not every:
        text = (
            "From the first term on, every change of the committee will stand here with its day. "
            "The committee begins when members are appointed (EXC-1)."
        )
        yield Page(ADDRESS, "The committee on any day", (nothing_yet(site, "term", text),),
                   path=HERE)  # fmt: skip
        return
    names = sum(len(one.people | one.chairs) for one in every)
    few = names <= MOST_NAMES and len(every) <= MOST_ON_A_PAGE
    lead = "Each line holds from its first day until its last. Find the line your day falls in."
    below: list[Block] = []
    if beyond := every[-1].last:
        from_ = day_after(beyond)
        shown = _marked(chip(day(from_)), from_)
        below.append(Text(sentence("Nobody is appointed yet for the days from ", shown, " on.")))
    blocks = (Text(PICKER), *(() if few else _in_short(site, every, names)))
    page = Page(ADDRESS, "The committee on any day", blocks, path=HERE, lead=Md(lead))
    if few:
        rows = [
            Row(str(one.first.year), (_days(site, one), _named(site, one)))
            for one in reversed(every)
        ]
        columns = ("Days", "On the committee")
        yield from listing(page, columns, rows, ("change", "changes"), tuple(below))
    else:
        yield replace(page, blocks=(*page.blocks, *below))
    come = [one for one in every if one.first <= site.as_of]
    for at, one in enumerate(come):
        before = come[at - 1] if at else None
        after = come[at + 1] if at + 1 < len(come) else None
        yield _page(site, one, before, after)


def _sittings(site: Site) -> list[Sitting]:
    """All sittings; the last has an end where nobody is appointed any longer."""
    every = [*sittings(site.hub)]
    until = appointed_until(site.hub)
    if until and until >= site.as_of:
        every.pop()
        every[-1] = every[-1]._replace(last=until)
    return every


def address(one: Sitting) -> str:
    """Where the page of a sitting stands."""
    return f"{ADDRESS}/{one.first}"


def _in_short(site: Site, every: Sequence[Sitting], names: int) -> Iterator[Block]:
    """Every change, year by year, with the names alone, or how many they are."""
    yield jumps(sorted({one.first.year for one in every}, reverse=True))
    for year, some in groupby(reversed(every), key=lambda one: one.first.year):
        yield Heading(str(year), f"year-{year}")
        yield Items(tuple(
            sentence(_days(site, one), ": ", _told(site, one) if names <= MOST_PLAIN else
                     number(len(one.people), "person", "people"))
            for one in some
        ))  # fmt: skip


def _told(site: Site, one: Sitting) -> str:
    """Who is on the committee, by name alone, its co-chairs first."""
    led = [f"{site.title_of_person(it)} (co-chair)" for it in _sorted(site, one.chairs)]
    others = [site.title_of_person(it) for it in _sorted(site, one.people - one.chairs)]
    return ", ".join([*led, *others]) or "nobody"


def _days(site: Site, one: Sitting) -> Md:
    """The days of a sitting, under the mark by which the script finds them."""
    if one.first > site.as_of:
        return sentence(days(one.first, one.last), " ", _marked(chip("planned"), one.first))
    return _marked(link(days(one.first, one.last), address(one)), one.first)


def _marked(shown: Md, first: date) -> Md:
    mark = f"#on-{first}"
    return Md(f"{shown[:-1]}{mark} }}" if shown.endswith("}") else f"{shown}{{ {mark} }}")


def _named(site: Site, one: Sitting) -> Md:
    """Who is on the committee, its co-chairs first."""
    said = {it: "co-chair" if it in one.people else "co-chair without a seat" for it in one.chairs}
    names = [sentence(site.person(it), f" ({said[it]})") for it in _sorted(site, one.chairs)]
    names += [site.person(it) for it in _sorted(site, one.people - one.chairs)]
    if not names:
        return Md("nobody")
    return sentence(joined(names), "" if one.chairs else "; no co-chair")


def _sorted(site: Site, people: frozenset[str]) -> list[str]:
    return sorted(people, key=lambda one: (site.title_of_person(one), one))


# What changed


def changed(site: Site, some: Sequence[Sitting]) -> Table | None:
    """What changed on the first day of each sitting, the newest first."""
    every = sittings(site.hub)
    before = dict(zip((one.first for one in every[1:]), every, strict=False))
    rows = tuple(
        (
            link(day(one.first), address(one)),
            joined(map(site.person, _sorted(site, one.came))),
            joined(map(site.person, _sorted(site, one.left))),
            _led(site, one, before.get(one.first)),
            str(len(one.people)),
        )
        for one in reversed(some)
    )
    columns = ("From", "Came", "Left", "Co-chairs", "On the committee")
    return Table(columns, rows, without={"Came": "nobody", "Left": "nobody"}) if rows else None


def _led(site: Site, one: Sitting, before: Sitting | None) -> Md:
    """Who leads it from a day on, where that changed."""
    if before and before.chairs == one.chairs:
        return Md("the same")
    return listed(map(site.person, _sorted(site, one.chairs))) or Md("nobody")


# A page for each change


def _page(site: Site, one: Sitting, before: Sitting | None, after: Sitting | None) -> Page:
    last = one.last
    people = number(len(one.people), "person", "people")
    around = [
        *([sentence("before: ", link(day(before.first), address(before)))] if before else []),
        *([sentence("after: ", link(day(after.first), address(after)))] if after else []),
    ]
    blocks: list[Block | None] = [
        _members(site, one),
        *site.section("What changed that day", _difference(site, one, before), anchor="changed"),
        *site.section("What it did", _did(site, one), anchor="did"),
        Text(sentence("The committee ", joined(around), ".")) if around else None,
    ]
    return Page(
        address(one),
        f"The committee from {day(one.first)}",
        tuple(it for it in blocks if it),
        path=(*HERE, ("On any day", ADDRESS)),
        lead=sentence(f"{capital(people)} on it ", _until(site, one, last), "."),
        searchable=False,
    )


def _until(site: Site, one: Sitting, last: date | None) -> Md:
    if last and last < site.as_of:
        return days(one.first, last)
    return sentence("since ", day(one.first), *([", planned until ", day(last)] if last else []))


def _members(site: Site, one: Sitting) -> Table | None:
    rows = []
    for person in (*_sorted(site, one.chairs), *_sorted(site, one.people - one.chairs)):
        term = term_on(site.hub, person, one.first)
        chair = "Co-chair" if person in one.chairs else "Member"
        rows.append(
            (
                site.person(person),
                site.member(represents(site.hub, term)) if term else Md("without a seat"),
                site.to(term, day(term.start)) if term else "",
                site.day(last_day(term)) if term else "",
                Md(chair),
            )
        )
    columns = ("Person", "For", "Term from", "Until", "Office")
    return Table(columns, tuple(rows)) if rows else None


def _difference(site: Site, one: Sitting, before: Sitting | None) -> Items | None:
    """Who came, who left and who leads; nothing of the first day of all."""
    if before is None:
        return None
    were = before.chairs
    lines = [
        (one.came, "came onto the committee"), (one.left, "left it"),
        (one.chairs - were, "became co-chair"), (were - one.chairs, "stopped being co-chair"),
    ]  # fmt: skip
    return Items(
        tuple(
            sentence(listed(map(site.person, _sorted(site, those))), f" {what}.")
            for those, what in lines
            if those
        )
    )


def _did(site: Site, one: Sitting) -> Items | None:
    """The meetings it held and what it decided."""
    last = min(one.last or site.as_of, site.as_of)
    met = held(site.hub, one.first, last)
    decided = sorted(
        (it for it in site.hub.all(Decision).values() if one.first <= decision_day(it) <= last),
        key=lambda it: it.key,
    )
    lines = []
    if met:
        shown = [site.to(it, day(it.date)) for it in met]
        lines.append(sentence(f"{capital(number(len(met), 'meeting'))}: ", joined(shown), "."))
    if decided:
        shown = [site.to(it, it.key) for it in decided]
        lines.append(sentence(f"{capital(number(len(decided), 'decision'))}: ", joined(shown), "."))
    return Items(tuple(lines)) if lines else None
