"""What is due of the committee's work: meetings, minutes, decisions, answers, the review."""

from collections.abc import Iterator, Mapping
from datetime import date

from npcs.governance import parameters
from npcs.governance.attendance import COLLABORATIVE, COMMITTEE, held, meeting_spans
from npcs.governance.dates import Period, add_days, day_in_words, in_words
from npcs.governance.memory import per_hub
from npcs.governance.obligation import CHARTER, Obligation
from npcs.governance.tally import decision_day
from npcs.governance.terms import began_on, has_begun
from npcs.records.charter import Decision, Meeting, Parameters
from npcs.records.followup import Recommendation
from npcs.records.hub import Hub

AHEAD = 90
"""How many days ahead the calendar looks."""


def meetings_to_hold(hub: Hub, as_of: date) -> Iterator[Obligation]:
    """The next meeting to plan (EXC-2), and those whose day has passed without a word on them."""
    meetings = [one for one in hub.all(Meeting).values() if one.body_ == COMMITTEE]
    for one in meetings:
        if one.status == "scheduled" and one.date < as_of:
            what = f"whether the meeting of {day_in_words(one.date)} was held is to be recorded"
            yield Obligation(one.date, "monthly-meeting", what, "EXC-2", one.at("status"))
    if not has_begun(hub, as_of):
        return
    for span in meeting_spans(hub, as_of, add_days(as_of, AHEAD)):
        if held(hub, span.first, min(span.last, as_of)):
            continue
        first = max(span.first, as_of)
        planned = [one.date for one in meetings if one.status != "cancelled"]
        if not any(first <= day <= span.last for day in planned):
            what = (
                f"the committee is to meet between {day_in_words(first)} and "
                f"{day_in_words(span.last)}; no meeting is planned"
            )
            yield Obligation(span.last, "monthly-meeting", what, "EXC-2", CHARTER)
        return


def notices_to_send(hub: Hub, as_of: date) -> Iterator[Obligation]:
    """Notices of the committee's meetings to come (ADV-2)."""
    for one in hub.all(Meeting).values():
        sent = one.notice and one.notice.sent <= as_of
        if one.body_ == COMMITTEE and one.status != "cancelled" and one.date > as_of and not sent:
            ahead: Period = parameters.value(hub, "meeting-notice", one.date)
            what = f"the notice of the meeting on {day_in_words(one.date)} is to be sent"
            place = one.at("date")
            reading = (("meeting-notice", one.date),)
            on = ahead.before(one.date)
            yield Obligation(on, "notice-to-advisors", what, "ADV-2", place, reading)


def minutes_to_send(hub: Hub, as_of: date) -> Iterator[Obligation]:
    """Minutes of the committee and the collaborative that nobody has got yet (CRD-1)."""
    for one in hub.all(Meeting).values():
        sent = one.minutes and one.minutes.sent_on and one.minutes.sent_on <= as_of
        ours = one.body_ in (COMMITTEE, COLLABORATIVE)
        if ours and one.status == "held" and one.date <= as_of and not sent:
            within: Period = parameters.value(hub, "minutes-due", one.date)
            what = f"the minutes of the meeting of {day_in_words(one.date)} are to be sent"
            place = one.at("minutes")
            reading = (("minutes-due", one.date),)
            yield Obligation(within.after(one.date), "minutes", what, "CRD-1", place, reading)


def attendance_to_review(hub: Hub, as_of: date) -> Iterator[Obligation]:
    """Attendance the co-chairs have not looked at since the last review (CHR-5)."""
    reviews = [
        one.attendance_review.on
        for one in hub.all(Meeting).values()
        if one.attendance_review and one.attendance_review.on <= as_of
    ]
    last = max(reviews, default=None)
    open_ = [one for one in held(hub, last=as_of) if last is None or one.date > last]
    if not open_:
        return
    start = last or open_[0].date
    often: Period = parameters.value(hub, "attendance-review", start)
    on = max(often.after(start), open_[0].date)
    what = f"the attendance at {in_words(len(open_), 'meeting')} is to be reviewed by a co-chair"
    place = open_[0].at("attendance")
    reading = (("attendance-review", start),)
    yield Obligation(on, "attendance-review", what, "CHR-5", place, reading)


def decisions_to_communicate(hub: Hub, as_of: date) -> Iterator[Obligation]:
    """Decisions the members of the collaborative have not been told of (CHR-6)."""
    for one in hub.all(Decision).values():
        day = decision_day(one)
        if day > as_of or one.outcome == "deferred":
            continue
        if not any(told.on <= as_of for told in one.communicated):
            within: Period = parameters.value(hub, "communication-due", day)
            what = f"all members are to be told of decision {one.key}, {one.title}"
            reading = (("communication-due", day),)
            yield Obligation(within.after(day), "communicated", what, "CHR-6", one.at(), reading)


def last_approval(hub: Hub, as_of: date) -> Decision | None:
    """The latest decision up to a day that approved the charter as a whole (REV-2, REV-3).

    The correction of a slip of the pen (``editorial``) approves nothing.
    """
    approvals = [
        one
        for one in hub.giving(Decision, "charter")
        if one.outcome == "adopted"
        and one.charter
        and one.charter.change != "editorial"
        and decision_day(one) <= as_of
    ]
    return max(approvals, key=lambda one: (decision_day(one), one.key), default=None)


def charter_to_review(hub: Hub, as_of: date) -> Iterator[Obligation]:
    """The charter's review, a year after its last approval (REV-2)."""
    last = last_approval(hub, as_of)
    if last is None:
        began = began_on(hub)
        if began is None and not hub.exists("charter", "charter"):
            return  # there is nothing to review, and nobody to do it
        what = "the committee has not approved the charter yet"
        on = min(began or as_of, as_of)
        yield Obligation(on, "review-due", what, "REV-2", CHARTER)
        return
    day = decision_day(last)
    often: Period = parameters.value(hub, "charter-review", day)
    what = f"the charter, last approved on {day_in_words(day)}, is to be reviewed and approved"
    yield Obligation(often.after(day), "review-due", what, "REV-2", last.at("charter"))


def readings_to_adopt(hub: Hub, as_of: date) -> Iterator[Obligation]:
    """Readings of the charter that are used for now, and that nobody has adopted (DEC-1).

    They are due from the day from which they are used, and not before there is a committee.
    """
    record = hub.get(Parameters, "parameters")
    began = began_on(hub)
    if record is None:
        return
    for one in parameters.unsettled(hub, as_of):
        question = record.parameters[one.name].question or one.name
        what = f"“{question}” is answered for now with “{one.text}”, which nobody has adopted"
        on = as_of if began is None or began > as_of else max(began, one.since or began)
        place = record.at("parameters", one.name, key=True)
        yield Obligation(on, "reading-provisional", what, one.provision, place)


@per_hub
def _answers(hub: Hub) -> Mapping[str, date]:
    """The first day on which a decision answered a recommendation, by the recommendation's id."""
    table: dict[str, date] = {}
    for one in hub.all(Decision).values():
        if one.outcome != "deferred":
            for key in one.about:
                table[key] = min(decision_day(one), table.get(key, date.max))
    return table


def answered_on(hub: Hub, recommendation: Recommendation) -> date | None:
    """The first day on which the committee answered (EXC-6, EXC-7).

    Feedback is an answer, and so is a decision unless it was put off. None without one.
    """
    days = [one.on for one in recommendation.feedback]
    decided = _answers(hub).get(recommendation.key)
    return min([*days, decided] if decided else days, default=None)


def recommendations_to_answer(hub: Hub, as_of: date) -> Iterator[Obligation]:
    """Recommendations of groups that the committee has not answered (EXC-6)."""
    for one in hub.all(Recommendation).values():
        answered = answered_on(hub, one)
        if one.proposed <= as_of and (answered is None or answered > as_of):
            within: Period = parameters.value(hub, "recommendation-due", one.proposed)
            what = f"recommendation {one.key}, {one.title}, is to be answered"
            on = within.after(one.proposed)
            reading = (("recommendation-due", one.proposed),)
            yield Obligation(on, "recommendation-answered", what, "EXC-6", one.at(), reading)
