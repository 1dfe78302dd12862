"""What waits on a day: decisions put off, and meetings to come."""

from datetime import date

from npcs.records.charter import Decision, Meeting
from npcs.records.hub import Hub


def deferred(hub: Hub, as_of: date) -> tuple[Decision, ...]:
    """Decisions put off by a day, the oldest first, unless a later one took the matter up."""
    decisions = [one for one in hub.all(Decision).values() if one.date <= as_of]
    taken_up = {key for one in decisions if one.outcome != "deferred" for key in one.about}
    waiting = [one for one in decisions if one.outcome == "deferred" and one.key not in taken_up]
    return tuple(sorted(waiting, key=lambda one: (one.date, one.key)))


def scheduled(hub: Hub, as_of: date) -> tuple[Meeting, ...]:
    """Meetings to come from a day on, the next one first."""
    meetings = (
        one for one in hub.all(Meeting).values() if one.status == "scheduled" and one.date >= as_of
    )
    return tuple(sorted(meetings, key=lambda one: (one.date, one.key)))
