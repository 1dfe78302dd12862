"""What a member of the partnership takes part in: its meetings, the committee, the activities."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from npcs.governance.attendance import COLLABORATIVE, held
from npcs.governance.memory import per_hub
from npcs.governance.terms import seats
from npcs.records.charter import Meeting, Member
from npcs.records.hub import Hub
from npcs.records.workplan import Activity


class AtMeetings(NamedTuple):
    """How often a member was at the meetings held while it was one.

    ``here`` counts those at which it was present or represented; ``unrecorded`` are those whose
    record says nothing of it.
    """

    held: int
    here: int
    absent: int
    unrecorded: int


@per_hub
def _gatherings(hub: Hub) -> tuple[Meeting, ...]:
    return tuple(
        one
        for one in hub.all(Meeting).values()
        if one.body_ == COLLABORATIVE and one.status == "held"
    )


def at_gatherings(hub: Hub, member: Member, first: date, last: date) -> AtMeetings:
    """A member at the meetings of all members held between two days, both included (RES-2)."""
    counts = Counter(
        one.members.get(member.key)
        for one in _gatherings(hub)
        if first <= one.date <= last
        and (member.joined or one.date) <= one.date <= (member.left or one.date)
    )
    here = counts["present"] + counts["represented"]
    return AtMeetings(counts.total(), here, counts["absent"], counts[None])


def at_committee(hub: Hub, member: str, first: date, last: date) -> AtMeetings:
    """A member at the committee's meetings held between two days while somebody sat for it.

    It was there where one of those who sat for it that day was present; an excuse is an absence.
    """
    seen: Counter[str] = Counter()
    for meeting in held(hub, first, last):
        holders = seats(hub, meeting.date).get(member)
        if not holders:
            continue
        marks = {meeting.attendance.get(one.person) for one in holders}
        seen["here" if "present" in marks else "absent" if marks - {None} else "unrecorded"] += 1
    return AtMeetings(seen.total(), seen["here"], seen["absent"], seen["unrecorded"])


def in_activities(hub: Hub, member: str) -> tuple[Activity, ...]:
    """The activities of the work plan in which a member is recorded as taking part (RES-4)."""
    return tuple(
        one for one in hub.all(Activity).values() if one.participation.get(member) == "taking-part"
    )
