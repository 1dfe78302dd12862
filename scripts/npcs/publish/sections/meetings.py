"""Meetings: what was to be talked about, who was there, the minutes and what came of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from npcs.governance.attendance import COLLABORATIVE, COMMITTEE, turnout
from npcs.governance.sittings import sitting_on
from npcs.publish.empty import nothing_yet
from npcs.publish.later import Later, later
from npcs.publish.listing import Row, listing
from npcs.publish.names import body_shown, member_name, person_name
from npcs.publish.page import Block, Items, Page, Table, Text
from npcs.publish.sections.decisions import MINUTES
from npcs.publish.sections.decisions import state as decided_state
from npcs.publish.site import Site
from npcs.publish.subscribing import subscribe
from npcs.publish.text import Md, capital, chip, day, joined, link, listed, sentence
from npcs.records.charter import AgendaItem, Decision, Meeting

HERE = (("Meetings", "meetings/index"),)
_RECEIVERS = {
    "all-members": "all members",
    "executive-committee": "the Executive Committee",
    "technical-advisors": "the technical advisors",
}
_TONES = {"held": "good", "cancelled": "past", "scheduled": ""}


def pages(site: Site) -> Iterator[Page | Later]:
    """All meetings, the newest first, and a page for each."""
    meetings = sorted(
        site.hub.all(Meeting).values(), key=lambda one: (one.date, one.key), reverse=True
    )
    page = Page(
        "meetings/index",
        "Meetings",
        (subscribe(("Meetings as a calendar", "calendars/meetings.ics")),),
        lead=site.text(
            "The Executive Committee meets every month (EXC-2); groups and all members as needed."
        ),
    )
    if not meetings:
        text = (
            "No meeting is on record yet. Each will have a page with its agenda, attendance "
            "and minutes."
        )
        yield replace(page, blocks=(nothing_yet(site, "meeting", text), *page.blocks))
        return
    rows = [
        Row(
            str(one.date.year),
            (day(one.date), site.to(one), body_shown(site.hub, one.body_), state(one)),
        )
        for one in meetings
    ]
    yield from listing(page, ("Date", "Meeting", "Who", "State"), rows, ("meeting", "meetings"))
    for one in meetings:
        yield later(_meeting, one)


def state(meeting: Meeting) -> Md:
    """Whether a meeting is to come, took place or was cancelled."""
    return chip(meeting.status, _TONES[meeting.status])


def _meeting(site: Site, meeting: Meeting) -> Page:
    notice, minutes, review = meeting.notice, meeting.minutes, meeting.attendance_review
    body: object = body_shown(site.hub, meeting.body_)
    if meeting.body_ in site.hub.by_kind["group"]:
        body = site.ref("group", meeting.body_)
    facts = site.facts(
        ("Date", meeting.date),
        ("Who", body),
        ("Why it was cancelled", meeting.reason),
        ("Notice sent", [_sent(site, notice.sent, notice.to)]
         if notice and site.come(notice.sent) else None),
        ("Minutes by", site.person(minutes.by) if minutes else None),
        ("Minutes sent", [_sent(site, minutes.sent_on, minutes.to)]
         if minutes and site.come(minutes.sent_on) else None),
        ("Minutes approved at", site.ref("meeting", minutes.approved_at) if minutes else None),
        ("Meetings around it", _around(site, meeting)),
        ("Attendance reviewed", [sentence(day(review.on), " by ", site.person(review.by))]
         if review and site.come(review.on) else None),
    )  # fmt: skip
    agenda = tuple(_point(site, one) for one in meeting.agenda)
    decided = site.decisions_at.get(meeting.key, [])
    blocks: list[Block | None] = [
        facts,
        *site.section("Agenda", *_agenda(site, meeting, agenda), anchor="agenda"),
        *site.section("Attendance", *_attendance(site, meeting), anchor="attendance"),
        *site.section("What came of it", _decided(site, decided), anchor="decided"),
        *site.section("Minutes", _minutes(site, meeting), anchor=MINUTES),
        *site.section("Corrections", site.corrections(meeting.corrections), anchor="corrections"),
    ]  # fmt: skip
    return site.page(
        meeting, [one for one in blocks if one], chips=[state(meeting)], path=HERE,
        without=[one.path for one in decided],
    )  # fmt: skip


def _agenda(site: Site, meeting: Meeting, agenda: tuple[Md, ...]) -> list[Block]:
    if agenda:
        return [Items(agenda, numbered=True)]
    if meeting.status != "scheduled":
        return []
    return [site.empty(
        "There is no agenda yet. The co-chairs draw it up with the technical advisors (CHR-4), and "
        "the project coordinator helps them (CRD-1)." if meeting.body_ == COMMITTEE else
        "There is no agenda yet."
    )]  # fmt: skip


def _point(site: Site, one: AgendaItem) -> Md:
    """A point of the agenda, what it is about, and who brings it; no title twice."""
    refs = []
    for key in one.refs:
        decision = site.hub.get(Decision, key)
        same = decision and decision.title == one.title
        refs.append(
            sentence(site.to(decision, key), ", ", decided_state(site, decision))
            if decision and same else site.any(key)
        )  # fmt: skip
    return sentence(
        site.text(one.title),
        *([" (", joined(refs), ")"] if refs else []),
        *([", ", site.person(one.presenter)] if one.presenter else []),
    )


def _decided(site: Site, decided: Sequence[Decision]) -> Table | None:
    """The decisions made at a meeting: how they went, and what they are about."""
    rows = tuple(
        (
            site.to(one, f"{one.key} {one.title}"),
            decided_state(site, one),
            joined(map(site.any, one.about)) if one.about else capital(one.subject),
        )
        for one in decided
    )
    return Table(("Decision", "Outcome", "About"), rows, stacks=True) if rows else None


def _minutes(site: Site, meeting: Meeting) -> Text | None:
    """The minutes; of a meeting that was held and has none, that they are to come."""
    if meeting.body.strip():
        return Text(site.prose(meeting.body, meeting, 3))
    if meeting.status != "held" or meeting.body_ not in (COMMITTEE, COLLABORATIVE):
        return None
    return site.empty(
        "The minutes are not here yet. The project coordinator takes them and sees that they reach "
        "the members (CRD-1)."
    )


def _around(site: Site, meeting: Meeting) -> Md | None:
    """The meetings of the same body before and after."""
    every = site.meetings_of.get(meeting.body_, [])
    at = next(at for at, one in enumerate(every) if one.key == meeting.key)
    ways = [
        sentence(f"{name}: ", site.to(every[other], day(every[other].date)))
        for name, other in (("before it", at + 1), ("after it", at - 1))
        if 0 <= other < len(every)
    ]
    return joined(ways, ", ") if ways else None


def _sent(site: Site, on: object, to: tuple[str, ...]) -> Md:
    receivers = [site.text(_RECEIVERS.get(one, one)) for one in to]
    return sentence(on, *([" to ", listed(receivers)] if receivers else []))


def _attendance(site: Site, meeting: Meeting) -> list[Block]:
    blocks: list[Block] = [*_office(site, meeting)]
    for people, shown in ((meeting.attendance, site.person), (meeting.members, site.member)):
        if not people:
            continue
        counts: Counter[str] = Counter(people.values())
        order = ("present", "represented", "excused", "absent")
        said = ", ".join(f"{counts[one]} {one}" for one in order if counts[one])
        if people is meeting.members or not blocks:
            blocks.append(Text(sentence(f"{capital(said)}.")))
        name = person_name if people is meeting.attendance else member_name
        excuses = meeting.excuses if people is meeting.attendance else {}
        rows = tuple(
            (shown(key), sentence(capital(people[key]), *_reason(site, excuses.get(key))))
            for key in sorted(people, key=lambda one: (name(site.hub, one), one))
        )
        blocks.append(Table(("Name", "Attendance"), rows))
    return blocks


def _reason(site: Site, excuse: str | None) -> list[object]:
    return [": ", site.text(excuse)] if excuse else []


def _office(site: Site, meeting: Meeting) -> Iterator[Block]:
    """How many of those in office were at a meeting of the committee, and where to see more."""
    there = turnout(site.hub, meeting)
    sitting = sitting_on(site.hub, meeting.date)
    if not there.expected or not sitting or meeting.date > site.as_of:
        return
    year = meeting.date.year
    yield Text(sentence(
        f"{there.present} of the {there.expected} on ",
        link("the committee that day", f"committee/days/{sitting.first}"),
        f" {'was' if there.present == 1 else 'were'} present. See ",
        link(f"attendance in {year}", f"committee/attendance/{year}"), ".",
    ))  # fmt: skip
