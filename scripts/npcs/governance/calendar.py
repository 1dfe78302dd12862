"""What has come due and what comes within 90 days, and is not yet done."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from npcs.governance import activities, due_definitions, due_seats, due_work
from npcs.governance.answers import answers_to_give
from npcs.governance.dates import add_days
from npcs.governance.due_work import AHEAD
from npcs.governance.followup import actions_to_take
from npcs.governance.notices import notices_to_review
from npcs.governance.obligation import Obligation
from npcs.records.hub import Hub

Look = Callable[[Hub, date], Iterator[Obligation]]

SUBJECTS: Mapping[str, Look] = MappingProxyType(
    {
        "appointment": due_seats.committee_to_appoint,
        "term-length": due_seats.terms_ending,
        "co-chair-limit": due_seats.co_chair_limits,
        "co-chair-count": due_seats.co_chairs_missing,
        "coordinator": due_seats.coordinator_missing,
        "member-team": due_seats.teams_empty,
        "monthly-meeting": due_work.meetings_to_hold,
        "notice-to-advisors": due_work.notices_to_send,
        "minutes": due_work.minutes_to_send,
        "attendance-review": due_work.attendance_to_review,
        "communicated": due_work.decisions_to_communicate,
        "review-due": due_work.charter_to_review,
        "reading-provisional": due_work.readings_to_adopt,
        "recommendation-answered": due_work.recommendations_to_answer,
        "notice-review-due": notices_to_review,
        "notice-answer": answers_to_give,
        "milestone-overdue": activities.milestones_to_reach,
        "participation": activities.participation_to_ask,
        "follow-through": actions_to_take,
        "crosswalk": due_definitions.rules_to_compare,
    }
)
"""What looks for each kind of obligation, by the name of the rule that watches over it."""


def obligations(hub: Hub, as_of: date, subject: str | None = None) -> tuple[Obligation, ...]:
    """What is to be done by a day within 90 of ``as_of`` or before it, the most urgent first.

    What was done after ``as_of`` counts as still open. With ``subject`` only the obligations one
    rule watches over; raises KeyError where that rule watches over none.
    """
    looks = SUBJECTS.values() if subject is None else (SUBJECTS[subject],)
    until = add_days(as_of, AHEAD)
    return tuple(sorted(one for look in looks for one in look(hub, as_of) if one.on <= until))


__all__ = ["AHEAD", "SUBJECTS", "Look", "Obligation", "obligations"]
