"""Seats and terms as timelines: those that run now, and the committee of each year."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from npcs.governance import parameters
from npcs.governance.attendance import held
from npcs.governance.cochairs import Service, service_on
from npcs.governance.dates import add_years, day_after, day_in_words
from npcs.governance.roster import roster
from npcs.governance.sittings import sittings
from npcs.governance.terms import began_on, last_day, people_in_office, represents, terms_of
from npcs.publish.charts.timeline import Bar, Form, Row, Timeline, drawn
from npcs.publish.names import member_name
from npcs.publish.page import Block, Embed, Heading, Items, Page, Table, Text
from npcs.publish.sections.committee import term_state
from npcs.publish.sections.days import changed
from npcs.publish.site import Site
from npcs.publish.spreadsheet import as_csv
from npcs.publish.text import Md, capital, chip, day, joined, link, number, sentence
from npcs.records.charter import Term

HERE = (("Committee", "committee/index"),)
ADDRESS = "committee/timeline"


def pages(site: Site) -> Iterator[Page]:
    """The terms that run now, and a page for each year the committee has been at work."""
    yield _now(site)
    began = began_on(site.hub)
    if began:
        for year in range(began.year, site.as_of.year + 1):
            yield _year(site, year, began.year)


# Now


def _now(site: Site) -> Page:
    first, last = add_years(site.as_of, -1), add_years(site.as_of, 1)
    seen = _seats(site, first, last, site.as_of, ADDRESS)
    chairs = _chairs(site)
    blocks: list[Block] = [
        Heading("Seats", "seats"),
        *(seen.blocks if seen else [site.empty(
            "Once the committee has appointed its first members, each seat and its term will stand "
            "here. Members nominate leaders, or leaders volunteer (TRM-2, TRM-3)."
        )]),
        Heading("Co-chairs", "co-chairs"),
        *(chairs.blocks if chairs else [site.empty(
            "Nobody is co-chair. Two from among the committee lead it (CHR-1), each for at most "
            "two years without a break (CHR-3)."
        )]),
        *site.section("Year by year", _years(site), anchor="years"),
    ]  # fmt: skip
    return Page(
        ADDRESS,
        "Seats and terms",
        tuple(blocks),
        path=HERE,
        lead=sentence(
            "A seat is held for a year (", site.provision("TRM-1"), "), and everyone’s year begins "
            "on their own first day, also where they take somebody’s place (",
            site.provision("TRM-4"), "). On this page: a year back and a year ahead of ",
            day(site.as_of), ".",
        ),
        files={**(seen.files if seen else {}), **(chairs.files if chairs else {})},
    )  # fmt: skip


def _years(site: Site) -> Items | None:
    began = began_on(site.hub)
    if not began or began.year > site.as_of.year:
        return None
    years = range(site.as_of.year, began.year - 1, -1)
    ways = (link(f"The committee in {one}", f"committee/years/{one}") for one in years)
    return Items(tuple(ways))


# A year


def _year(site: Site, year: int, earliest: int) -> Page:
    first, last = date(year, 1, 1), date(year, 12, 31)
    address = f"committee/years/{year}"
    until = min(last, site.as_of)
    seen = _seats(site, first, last, until, f"{address}-seats")
    turns = [one for one in sittings(site.hub) if first <= one.first <= until]
    around = [
        link(str(one), f"committee/years/{one}")
        for one in (year - 1, year + 1)
        if earliest <= one <= site.as_of.year
    ]
    blocks: list[Block] = [
        *site.section("Seats", *(seen.blocks if seen else []), anchor="seats"),
        *site.section("What changed", changed(site, turns), anchor="changes"),
        *([Text(sentence("The committee in ", joined(around, " and in "), "."))] if around else []),
    ]
    met = held(site.hub, first, until)
    meetings = number(len(met), "meeting")
    changes = number(len(turns), "change")
    return Page(
        address,
        f"The committee in {year}",
        tuple(blocks),
        path=(*HERE, ("Seats and terms", ADDRESS)),
        lead=sentence(
            link(capital(meetings), f"committee/attendance/{year}") if met else capital(meetings),
            f" held, {changes}", *([", up to ", day(until)] if until < last else []), ".",
        ),
        files=seen.files if seen else {},
        searchable=False,
    )  # fmt: skip


# Seats


class _Shown(NamedTuple):
    blocks: list[Block]
    files: dict[str, bytes]


def _seats(site: Site, first: date, last: date, on: date, address: str) -> _Shown | None:
    """The terms that touch two days or lie between them, as seen on a day."""
    terms = sorted(
        (one for one in roster(site.hub).office("member").terms if _touches(one, first, last)),
        key=lambda one: (_seat(site, one), one.start, one.key),
    )
    if not terms:
        return None
    picture, table = f"{address}.svg", f"{address}.csv"
    words = f"Terms on the Executive Committee, {day_in_words(first)} to {day_in_words(last)}"
    rows: dict[str, list[Bar]] = {}
    for one in terms:
        rows.setdefault(_seat(site, one), []).append(_bar(site, one, on))
    held_by = number(len({one.person for one in terms}), "person", "people")
    told = (
        f"{capital(number(len(rows), 'row'))}, one for each member somebody sits for, with "
        f"{number(len(terms), 'term')} of {held_by}. The table below says the same."
    )
    shown = Timeline(
        key="seats",
        title=words,
        told=told,
        first=first,
        last=last,
        rows=[Row(name, tuple(bars)) for name, bars in rows.items()],
        marked=on if on == site.as_of else None,
        thick="also co-chair",
    )
    blocks: list[Block] = [
        Embed(words, picture),
        _table(site, terms, is_now=on == site.as_of and last > on),
        Text(sentence(link("These terms as a table for a spreadsheet (CSV)", table), ".")),
    ]
    columns = ("member", "person", "name", "from", "until", "ended_early", "appointed_by")
    return _Shown(blocks, {picture: drawn(shown), table: as_csv(columns, _rows(site, terms))})


def _touches(term: Term, first: date, last: date) -> bool:
    until = last_day(term)
    return term.start <= last and (until is None or until >= first)


def _seat(site: Site, term: Term) -> str:
    """The name of the member a term's holder sits for; of the holder where nothing names one."""
    member = represents(site.hub, term)
    return member_name(site.hub, member) if member else site.title_of_person(term.person)


def _bar(site: Site, term: Term, on: date) -> Bar:
    last = last_day(term)
    name = site.title_of_person(term.person)
    until = f" to {day_in_words(last)}" if last else ""
    told = f"{name}, {day_in_words(term.start)}{until}"
    chaired = tuple(
        (one.start, last_day(one)) for one in terms_of(site.hub, term.person, "co-chair")
    )
    return Bar(
        term.start, last, (told, name, _short(name)), _form(term.start, last, on),
        told=f"{told}, ended early" if term.ended else told,
        thick=tuple((max(start, term.start), _earlier(end, last)) for start, end in chaired
                    if (last is None or start <= last) and (end is None or end >= term.start)),
        cut=bool(term.ended),
    )  # fmt: skip


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((it for it in (one, other) if it), default=None)


def _form(first: date, last: date | None, on: date) -> Form:
    if first > on:
        return "planned"
    return "past" if last and last < on else "now"


def _short(name: str) -> str:
    """The first letter of a name and its last word."""
    parts = name.split()
    return f"{parts[0][0]}. {parts[-1]}" if len(parts) > 1 else name


def _table(site: Site, terms: Sequence[Term], is_now: bool) -> Table:
    """The terms; how they stand is told where the page is one of now."""
    return Table(
        ("For", "Person", "From", "Until", "Before its time" if not is_now else "State"),
        tuple(
            (
                site.member(represents(site.hub, one)) or "nobody named",
                site.person(one.person),
                site.to(one, day(one.start)),
                site.day(last_day(one)),
                term_state(site, one) if is_now else Md("ended early" if one.ended else ""),
            )
            for one in terms
        ),
        without={"Before its time": "no"},
    )


def _rows(site: Site, terms: Sequence[Term]) -> Iterator[tuple[str, ...]]:
    for one in terms:
        yield (
            represents(site.hub, one) or "", one.person, site.title_of_person(one.person),
            str(one.start), str(last_day(one) or ""), "true" if one.ended else "false",
            one.decision or "",
        )  # fmt: skip


# Co-chairs


def _chairs(site: Site) -> _Shown | None:
    """Those who are co-chair, and how long they may stay (CHR-3)."""
    found = [
        one
        for person in sorted(people_in_office(site.hub, site.as_of, "co-chair"),
                             key=site.title_of_person)
        if (one := service_on(site.hub, person, site.as_of))
    ]  # fmt: skip
    if not found:
        return None
    picture, file = "committee/co-chairs.svg", "committee/co-chairs.csv"
    words = "Service of the co-chairs, and how long it may last"
    first = min(one.first for one in found)
    last = max(*(one.limit_last for one in found), day_after(site.as_of))
    shown = Timeline(
        key="co-chairs", title=words,
        told=f"{capital(number(len(found), 'co-chair'))}. The table below says for each since when "
        "they serve without a break, until when, and until when at most.",
        first=first, last=last, marked=site.as_of,
        rows=[Row(site.title_of_person(one.person), _service_bars(one)) for one in found],
    )  # fmt: skip
    table = Table(
        ("Co-chair", "Without a break since", "Until", "At most until", "Too long"),
        tuple(
            (
                site.person(one.person), day(one.first), day(one.last), day(one.limit_last),
                chip(f"{number(one.over, 'day')} too long", "warn") if one.over else Md(),
            )
            for one in found
        ),
    )  # fmt: skip
    limit = parameters.value(site.hub, "co-chair-limit", site.as_of)
    said = sentence(
        f"A co-chair serves for at most {limit} without a break (", site.provision("CHR-3"),
        "). The clock is the person’s: it runs on through another term or another seat.",
    )  # fmt: skip
    rows = [
        (one.person, site.title_of_person(one.person), str(one.first), str(one.last),
         str(one.limit_last))
        for one in found
    ]  # fmt: skip
    as_file = as_csv(("person", "name", "from", "until", "at_most_until"), rows)
    below = Text(sentence(link("This as a table for a spreadsheet (CSV)", file), "."))
    return _Shown(
        [Text(said), Embed(words, picture), table, below], {picture: drawn(shown), file: as_file}
    )


def _service_bars(one: Service) -> tuple[Bar, ...]:
    served = f"{day_in_words(one.first)} to {day_in_words(one.last)}"
    most = f"at most until {day_in_words(one.limit_last)}"
    return (
        Bar(one.first, one.last, (served, f"until {day_in_words(one.last)}"), "now", told=served),
        Bar(one.first, one.limit_last, (most,), "limit", told=most),
    )
