"""Meetings: what was to be talked about, who was there, the minutes and what came of it."""

from collections import Counter
from collections.abc import Iterator

from npcs.publish.listing import Row, listing
from npcs.publish.names import body_shown
from npcs.publish.page import Block, Items, Page, Table, Text
from npcs.publish.sections.decisions import state as decided_state
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, day, joined, listed, sentence
from npcs.records.charter import Meeting

HERE = (("Meetings", "meetings/index"),)
_RECEIVERS = {
    "all-members": "all members",
    "executive-committee": "the Executive Committee",
    "technical-advisors": "the technical advisors",
}
_TONES = {"held": "good", "cancelled": "past", "scheduled": ""}


def pages(site: Site) -> Iterator[Page]:
    """All meetings, the newest first, and a page for each."""
    meetings = sorted(
        site.hub.all(Meeting).values(), key=lambda one: (one.date, one.key), reverse=True
    )
    page = Page(
        "meetings/index",
        "Meetings",
        (),
        lead=site.text(
            "The Executive Committee meets every month (EXC-2); groups and all members as needed."
        ),
    )
    if not meetings:
        text = (
            "No meeting is on record yet. Each will have a page with its agenda, attendance "
            "and minutes."
        )
        yield Page(page.address, page.title, (site.empty(text),), lead=page.lead)
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
        yield _meeting(site, one)


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
        ("Notice sent", [_sent(site, notice.sent, notice.to)] if notice else None),
        ("Minutes by", site.person(minutes.by) if minutes else None),
        ("Minutes sent", [_sent(site, minutes.sent_on, minutes.to)]
         if minutes and minutes.sent_on else None),
        ("Minutes approved at", site.ref("meeting", minutes.approved_at) if minutes else None),
        ("Attendance reviewed", [sentence(day(review.on), " by ", site.person(review.by))]
         if review else None),
    )  # fmt: skip
    agenda = tuple(
        sentence(
            site.text(one.title),
            *([" (", joined(map(site.any, one.refs)), ")"] if one.refs else []),
            *([", ", site.person(one.presenter)] if one.presenter else []),
        )
        for one in meeting.agenda
    )
    decided = tuple(
        (site.to(one, f"{one.key} {one.title}"), decided_state(site, one))
        for one in site.decisions_at.get(meeting.key, ())
    )
    blocks: list[Block | None] = [
        facts,
        *site.section("Agenda", Items(agenda, numbered=True) if agenda else None, anchor="agenda"),
        *site.section("Attendance", *_attendance(site, meeting), anchor="attendance"),
        *site.section(
            "Decided here", Table(("Decision", "Outcome"), decided) if decided else None,
            anchor="decided",
        ),
        *site.body(meeting, "Minutes"),
        *site.section("Corrections", site.corrections(meeting.corrections), anchor="corrections"),
    ]  # fmt: skip
    return site.page(meeting, [one for one in blocks if one], chips=[state(meeting)], path=HERE)


def _sent(site: Site, on: object, to: tuple[str, ...]) -> Md:
    receivers = [site.text(_RECEIVERS.get(one, one)) for one in to]
    return sentence(on, *([" to ", listed(receivers)] if receivers else []))


def _attendance(site: Site, meeting: Meeting) -> list[Block]:
    blocks: list[Block] = []
    for people, shown in ((meeting.attendance, site.person), (meeting.members, site.member)):
        if not people:
            continue
        counts: Counter[str] = Counter(people.values())
        order = ("present", "represented", "excused", "absent")
        said = ", ".join(f"{counts[one]} {one}" for one in order if counts[one])
        blocks.append(Text(sentence(f"{capital(said)}.")))
        excuses = meeting.excuses if people is meeting.attendance else {}
        columns = ("Name", "Attendance", "Reason") if excuses else ("Name", "Attendance")
        rows = tuple(
            (shown(key), capital(value), *([site.text(excuses.get(key))] if excuses else []))
            for key, value in people.items()
        )
        blocks.append(Table(columns, rows))
    return blocks
