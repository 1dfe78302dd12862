"""Who should have been at the committee's meetings, and who was (EXC-2, EXC-3, CHR-5).

Only meetings of the Executive Committee that were held count, and for each person only those held
while they were in office.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from npcs.governance import parameters
from npcs.governance.dates import (
    Period,
    add_days,
    add_months,
    add_years,
    day_after,
    day_before,
)
from npcs.governance.memory import per_hub
from npcs.governance.terms import Span, began_on, committee
from npcs.records.charter import Meeting
from npcs.records.hub import Hub

COMMITTEE = "executive-committee"
COLLABORATIVE = "collaborative"


_CENTURY = 100


class _Held(NamedTuple):
    days: tuple[date, ...]
    meetings: tuple[Meeting, ...]


@per_hub
def _held(hub: Hub) -> _Held:
    found = sorted(
        (one for one in hub.all(Meeting).values() if is_held_by_committee(one)),
        key=lambda one: (one.date, one.key),
    )
    return _Held(tuple(one.date for one in found), tuple(found))


def is_held_by_committee(meeting: Meeting) -> bool:
    """Whether a meeting is one of the Executive Committee and took place."""
    return meeting.body_ == COMMITTEE and meeting.status == "held"


def held(hub: Hub, first: date = date.min, last: date = date.max) -> tuple[Meeting, ...]:
    """The committee's meetings held between two days, both included, the earliest first."""
    days, meetings = _held(hub)
    return meetings[bisect_left(days, first) : bisect_right(days, last)]


def expected(hub: Hub, meeting: Meeting) -> frozenset[str]:
    """The ids of those whose attendance a meeting must record (EXC-3).

    Everyone on the committee that day, co-chairs among them, where the committee held the meeting;
    nobody where it was not the committee's, or was not held.
    """
    return committee(hub, meeting.date) if is_held_by_committee(meeting) else frozenset()


class Participation(NamedTuple):
    """How often a person was at the meetings held while they were in office.

    ``unrecorded`` are those whose attendance says nothing of them.
    """

    held: int
    present: int
    excused: int
    absent: int
    unrecorded: int

    @property
    def share(self) -> Fraction | None:
        """The share of the meetings held at which they were present; None where none was held."""
        return Fraction(self.present, self.held) if self.held else None


def participation(hub: Hub, person: str, first: date, last: date) -> Participation:
    """A person's attendance at the committee's meetings between two days, both included."""
    seen = [
        one.attendance.get(person)
        for one in held(hub, first, last)
        if person in committee(hub, one.date)
    ]
    return Participation(
        len(seen), seen.count("present"), seen.count("excused"), seen.count("absent"),
        seen.count(None),
    )  # fmt: skip


class Turnout(NamedTuple):
    """How many of those whose attendance a meeting must record were present at it."""

    expected: int
    present: int


def turnout(hub: Hub, meeting: Meeting) -> Turnout:
    """How many of the committee were at one of its meetings; nobody where it was not held."""
    office = expected(hub, meeting)
    return Turnout(len(office), sum(meeting.attendance.get(one) == "present" for one in office))


def absences_in_a_row(hub: Hub, person: str, on: date) -> tuple[Meeting, ...]:
    """The latest meetings up to a day that a person missed in a row without an excuse.

    The earliest first; none where they were at the last one. An excuse ends the row, as does a
    meeting that does not record them or was held while they were not in office, so that nobody
    brings absences along from an earlier time on the committee.
    """
    row: list[Meeting] = []
    for meeting in reversed(held(hub, last=on)):
        if person not in committee(hub, meeting.date):
            if row:
                break
            continue
        if meeting.attendance.get(person) != "absent":
            break
        row.append(meeting)
    return tuple(reversed(row))


def meeting_spans(hub: Hub, first: date, last: date) -> Iterator[Span]:
    """The spans in each of which the committee meets (EXC-2), as far as they touch two days.

    With an interval in months these are calendar months, or so many of them together; with one in
    days they follow one another from the day the committee began. The interval is the one in force
    on the first day of the span. Nothing before the committee began.
    """
    began = began_on(hub)
    if began is None:
        return
    day = began
    while day <= last:
        day = _nearer(hub, day, first)
        interval: Period = parameters.value(hub, "meeting-interval", day)
        end = _end_of_span(day, interval)
        if end >= first:
            yield Span(day, end)
        if end == date.max:
            return
        day = day_after(end)


def _nearer(hub: Hub, day: date, first: date) -> date:
    """The start of a later span, as near before a day as can be said without going over each.

    As long as one interval in days is in force, its spans can be counted.
    """
    now = parameters.in_force(hub, "meeting-interval", day)
    length: int = now.value.days
    if not length or day >= first:
        return day
    change = min(
        (one.since for one in parameters.changes(hub, "meeting-interval")
         if one.since and one.since > day), default=first
    )  # fmt: skip
    return add_days(day, (min(change, first) - day).days // length * length)


def _end_of_span(day: date, interval: Period) -> date:
    months = 12 * interval.years + interval.months
    if interval.days or not months:
        return interval.last_day(day)
    first = day.replace(day=1)
    passed = (12 * day.year + day.month - 1) % months
    after = add_months(first, months - passed)
    return after if after == date.max else day_before(after)


def spans_without_meeting(hub: Hub, first: date, last: date) -> tuple[Span, ...]:
    """The spans between two days in which the committee should have met and did not.

    Only spans that have ended by ``last``, and only whole ones: a month in the middle of which the
    committee began is not held against it. Nobody asks for what is longer ago than a century.
    """
    recent = max(first, add_years(last, -_CENTURY))
    return tuple(
        span
        for span in meeting_spans(hub, recent, last)
        if span.last <= last and _is_whole(hub, span) and not held(hub, span.first, span.last)
    )


def _is_whole(hub: Hub, span: Span) -> bool:
    interval: Period = parameters.value(hub, "meeting-interval", span.first)
    return interval.last_day(span.first) <= span.last
