"""Attendance at the committee's meetings, and what each member takes part in (EXC-3, CHR-5, RES-2).

A table comes first, then a picture of the same.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from npcs.governance.activities import missing
from npcs.governance.attendance import absences_in_a_row, expected, held, participation, turnout
from npcs.governance.composition import members_on
from npcs.governance.dates import add_years, day_after, day_in_words
from npcs.governance.taking_part import AtMeetings, at_committee, at_gatherings, in_activities
from npcs.governance.terms import committee, represents, term_on
from npcs.publish.charts.presence import Line, Presence, drawn
from npcs.publish.page import Block, Embed, Heading, Items, Page, Table, Text
from npcs.publish.site import Site
from npcs.publish.spreadsheet import as_csv
from npcs.publish.text import Md, capital, day, joined, link, number, sentence
from npcs.records.charter import Meeting
from npcs.records.workplan import Activity

HERE = (("Committee", "committee/index"),)
ADDRESS = "committee/attendance"
NONE_YET = (
    "No meeting of the committee is on record as held yet. Once one is, who was there will stand "
    "here: the project coordinator records it with the minutes (EXC-3, CRD-1)."
)


def pages(site: Site) -> Iterator[Page]:
    """Attendance and participation in the year up to the day of the site."""
    first = day_after(add_years(site.as_of, -1))
    seen = attended(site, first, site.as_of, ADDRESS)
    blocks: list[Block] = [Heading("At the committee’s meetings", "committee")]
    blocks += seen.blocks if seen else [site.empty(NONE_YET)]
    blocks += [Heading("What each member takes part in", "members"), *_members(site, first)]
    years = [*_years(site)]
    ways = Items(tuple(link(f"Attendance in {year}", f"{ADDRESS}/{year}") for year in years))
    yield Page(
        ADDRESS,
        "Attendance and participation",
        (*blocks, *site.section("Year by year", ways if years else None, anchor="years")),
        path=HERE,
        lead=sentence(
            "The year from ", day(first), " to ", day(site.as_of), ". Members of the committee "
            "attend and take part consistently (", site.provision("EXC-2"), "), and the co-chairs "
            "look at attendance regularly (", site.provision("CHR-5"), ").",
        ),
        files=seen.files if seen else {},
    )  # fmt: skip
    for year in years:
        yield _year(site, year)


def _years(site: Site) -> Iterator[int]:
    """The years in which the committee met, the latest first."""
    met = {one.date.year for one in held(site.hub, last=site.as_of)}
    yield from sorted(met, reverse=True)


def _year(site: Site, year: int) -> Page:
    address, last = f"{ADDRESS}/{year}", date(year, 12, 31)
    until = min(last, site.as_of)
    seen = attended(site, date(year, 1, 1), until, address, level=2)
    return Page(
        address,
        f"Attendance in {year}",
        tuple(seen.blocks if seen else ()),
        path=(*HERE, ("Attendance", ADDRESS)),
        lead=sentence("Up to ", day(until), ".") if until < last else "",
        files=seen.files if seen else {},
        searchable=False,
    )


class Attended(NamedTuple):
    """What a page says of attendance between two days, and the files it offers with it."""

    blocks: list[Block]
    files: dict[str, bytes]


def attended(site: Site, first: date, last: date, address: str, level: int = 3) -> Attended | None:
    """Who was at the meetings held between two days: tables, a picture and a file.

    The files stand beside ``address``, headings are of a level. None where no meeting was held.
    """
    meetings = held(site.hub, first, last)
    if not meetings:
        return None
    people = sorted(
        {one for meeting in meetings for one in expected(site.hub, meeting)},
        key=lambda one: (site.title_of_person(one), one),
    )
    picture, table = f"{address}.svg", f"{address}.csv"
    words = f"Who was at which meeting, {day_in_words(first)} to {day_in_words(last)}"
    blocks: list[Block] = [
        Text(sentence(f"{capital(number(len(meetings), 'meeting was', 'meetings were'))} held. "
                      "Only meetings held while somebody was in office count for them.")),
        _by_person(site, people, first, last),
        Heading("Meeting by meeting", "by-meeting", level),
        _by_meeting(site, meetings),
        Heading("As a picture", "picture", level),
        Embed(words, picture),
        Text(sentence(link("Attendance as a table for a spreadsheet (CSV)", table), ".")),
    ]  # fmt: skip
    files = {
        picture: drawn(_picture(site, words, people, meetings, first, last)),
        table: as_csv(("meeting", "date", "person", "name", "attendance"), _rows(site, meetings)),
    }
    return Attended(blocks, files)


def _by_person(site: Site, people: Sequence[str], first: date, last: date) -> Table:
    rows = []
    for one in people:
        seen = participation(site.hub, one, first, last)
        row = len(absences_in_a_row(site.hub, one, last))
        rows.append(
            (
                site.person(one),
                Md(f"{seen.present} of {seen.held}"),
                str(seen.excused),
                str(seen.absent),
                str(seen.unrecorded) if seen.unrecorded else "",
                str(row) if row > 1 else "",
            )
        )
    columns = ("Person", "Present", "Excused", "Absent", "Not recorded", "Absent in a row")
    return Table(columns, tuple(rows))


def _by_meeting(site: Site, meetings: Sequence[Meeting]) -> Table:
    rows = []
    for one in reversed(meetings):
        there = turnout(site.hub, one)
        rows.append(
            (
                site.to(one, day(one.date)),
                Md(f"{there.present} of {there.expected}"),
                *(joined(map(site.person, _those(site, one, how)))
                  for how in ("excused", "absent", None)),
            )
        )  # fmt: skip
    nobody = dict.fromkeys(("Excused", "Absent", "Not recorded"), "nobody")
    return Table(("Meeting", "Present", *nobody), tuple(rows), without=nobody)


def _those(site: Site, meeting: Meeting, how: str | None) -> list[str]:
    """Those in office at a meeting of whom its record says so, by name."""
    found = (one for one in expected(site.hub, meeting) if meeting.attendance.get(one) == how)
    return sorted(found, key=lambda one: (site.title_of_person(one), one))


def _picture(
    site: Site, words: str, people: Sequence[str], meetings: Sequence[Meeting], first: date,
    last: date,
) -> Presence:  # fmt: skip
    lines = []
    for one in people:
        seen = participation(site.hub, one, first, last)
        marks = [
            it.attendance.get(one) or "" if one in committee(site.hub, it.date) else None
            for it in meetings
        ]
        total = f"{seen.present} of {seen.held}"
        lines.append(Line(site.title_of_person(one), marks, total))
    turnouts = [turnout(site.hub, one) for one in meetings]
    fewest = min(turnouts, key=lambda one: (one.present - one.expected, one.present))
    return Presence(
        key="attendance",
        title=words,
        told=f"{capital(number(len(people), 'person', 'people'))} and "
        f"{number(len(meetings), 'meeting')}. At the one that most were missing from, "
        f"{fewest.present} of {fewest.expected} were present. The tables above say who was missing "
        "from each.",
        days=[one.date for one in meetings],
        lines=lines,
        sums=[f"{one.present}/{one.expected}" for one in turnouts],
    )


def _rows(site: Site, meetings: Sequence[Meeting]) -> Iterator[tuple[str, ...]]:
    for one in meetings:
        for person in sorted(expected(site.hub, one)):
            yield (
                one.key, str(one.date), person, site.title_of_person(person),
                one.attendance.get(person) or "not recorded",
            )  # fmt: skip


# Members


def _members(site: Site, first: date) -> Iterator[Block]:
    members = sorted(members_on(site.hub, site.as_of), key=lambda one: (one.name, one.key))
    activities = site.hub.all(Activity).values()
    rows = []
    known = False
    for one in members:
        here = at_committee(site.hub, one.key, first, site.as_of)
        all_ = at_gatherings(site.hub, one, first, site.as_of)
        asked = sum(one not in missing(site.hub, it, site.as_of) for it in activities)
        part = len(in_activities(site.hub, one.key))
        known = known or bool(here.held or all_.held or asked)
        rows.append(
            (
                site.to(one, one.name),
                joined(_seated(site, one.key)),
                _share(here) or "no seat",
                _share(all_) or "none held",
                Md(f"{part} of {asked}" if asked else "not asked yet"),
            )
        )
    if not known:
        yield site.empty(
            "Once members have met, or said which activities they take part in, it stands here for "
            "each of them. The project coordinator asks them (RES-2, RES-4, CRD-2)."
        )
        return
    yield Text(sentence(
        "A member was at a meeting of the committee where somebody who sat for it was present, and "
        "at one of all members where it was present or represented (", site.provision("RES-2"),
        "). The activities are those it said last that it takes part in, of those it was asked "
        "about (", site.provision("RES-4"), ").",
    ))  # fmt: skip
    columns = ("Member", "Sits for it", "Committee meetings", "Meetings of all members",
               "Activities")  # fmt: skip
    yield Table(columns, tuple(rows))


def _share(seen: AtMeetings) -> Md:
    if not seen.held:
        return Md()
    rest = f", {seen.unrecorded} not recorded" if seen.unrecorded else ""
    return Md(f"{seen.here} of {seen.held}{rest}")


def _seated(site: Site, member: str) -> Iterator[Md]:
    """Those who sit for a member on the day of the site."""
    for one in sorted(committee(site.hub, site.as_of), key=site.title_of_person):
        term = term_on(site.hub, one, site.as_of)
        if term and represents(site.hub, term) == member:
            yield site.person(one)
