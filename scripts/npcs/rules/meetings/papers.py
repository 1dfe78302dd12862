"""Rules on meetings being held and on what goes out before and after them."""

from collections.abc import Iterator
from datetime import date

from npcs.governance import parameters
from npcs.governance.attendance import (
    COLLABORATIVE,
    COMMITTEE,
    meeting_spans,
    spans_without_meeting,
)
from npcs.governance.dates import Period, day_after, in_words
from npcs.governance.terms import Span, began_on, committee, people_in_office
from npcs.records.charter import Meeting, Term
from npcs.records.findings import Note
from npcs.rules.rule import Scene, rule
from npcs.rules.words import (
    day_in_words,
    dues,
    goes_to,
    listed,
    meeting_name,
    name_of,
    provision_place,
    rests,
    span,
)

ADVISORS = ("technical-advisors", "advisors", "all-advisors", "all-technical-advisors")
"""What advisors are called among those a notice goes to."""

_COMMITTEE = ("executive-committee", "committee", "the-committee", "the-executive-committee")


@rule(
    "monthly-meeting", provision="EXC-2", readings=("meeting-interval",), rests_on=(Term, Meeting)
)
def monthly_meeting(scene: Scene) -> Iterator[Note]:
    """The committee meets every month.

    Every calendar month has a meeting that was held, from the first whole month after the committee
    began. A meeting still to be planned is *due*, and so are one for the month just past and a word
    on a scheduled meeting whose day has gone by. An older month without a meeting is a warning,
    unless the record of a cancelled meeting says why there was none: unforeseeable events are
    allowed for. A month on whose first or last day nobody was on the committee is passed over.

    To put it right, record the meeting that was held, or the one that was cancelled, with its
    `reason`.

    ## Example

    It is 1 June 2027:

    ```yaml
    date: 2027-05-06
    body: executive-committee
    status: scheduled
    ```

    The check reminds:

    > whether the meeting of 6 May 2027 was held is to be recorded; overdue since 6 May 2027

    Put right: `status: held` with the attendance, or `status: cancelled` with the `reason`.
    """
    hub, as_of = scene.hub, scene.as_of
    hint = "record the meeting, as scheduled, held or cancelled (with its reason)"
    yield from dues(scene, "monthly-meeting", hint)
    began = began_on(hub)
    if began is None or began > as_of:
        return
    current = next(meeting_spans(hub, as_of, as_of))
    planned = sorted(
        one.date
        for one in hub.all(Meeting).values()
        if one.body_ == COMMITTEE and one.status != "held"
    )
    missed = [
        one
        for one in spans_without_meeting(hub, began, as_of)
        if committee(hub, one.first)
        and committee(hub, one.last)
        and not any(one.first <= day <= one.last for day in planned)
    ]
    for one in _runs(missed, current.first):
        message = f"no meeting of the committee is on record {span(one.first, one.last)}"
        place = provision_place(hub, "EXC-2")
        late = day_after(one.last) == current.first
        yield place.due(message, hint) if late else place.warning(message, hint)


def _runs(missed: list[Span], current: date) -> list[Span]:
    """Spans that follow one another as one; the one just before the current stays by itself."""
    runs: list[Span] = []
    for one in missed:
        if runs and day_after(runs[-1].last) == one.first and day_after(one.last) != current:
            runs[-1] = Span(runs[-1].first, one.last)
        else:
            runs.append(one)
    return runs


@rule("minutes", provision="CRD-1", readings=("minutes-due",))
def minutes(scene: Scene) -> Iterator[Note]:
    """The coordinator takes the minutes and sees that they reach the members in time.

    It holds for meetings of the committee and of the collaborative. The text below the fields is
    the minutes; `minutes` says who took them, when they were sent and where they were approved.
    Minutes that nobody has got yet are *due* by the adopted day. Minutes that came later than that,
    were taken by somebody else than the coordinator of that day, or are said to be sent and are not
    there, are a warning. Minutes sent before the meeting, or approved at a meeting that was not a
    later one of the same body, are an error.

    To put it right, write the minutes, send them, and record the day as `sent_on`.

    ## Example

    The minutes went out the day before the meeting:

    ```yaml
    date: 2027-03-04
    ...
    minutes:
      by: dan-fox
      sent_on: 2027-03-03
    ```

    The check finds an error:

    > the minutes are said to be sent on 3 March 2027, before the meeting on 4 March 2027

    Put right: `sent_on` with the day they were sent.
    """
    yield from dues(scene, "minutes", "send them, and record `minutes` with `by` and `sent_on`")
    for meeting in scene.hub.all(Meeting).values():
        if meeting.minutes is None or meeting.body_ not in (COMMITTEE, COLLABORATIVE):
            continue
        yield from _taken(meeting, scene)
        yield from _sent(meeting, scene)
        yield from _approved(meeting, scene)


def _taken(meeting: Meeting, scene: Scene) -> Iterator[Note]:
    taken = meeting.minutes
    if taken is None:
        return
    if meeting.status != "held":
        yield meeting.at("minutes", key=True).error(
            f"this meeting is recorded as {meeting.status}, and yet has minutes",
            "if it was held, write `status: held`; if not, take `minutes` out",
        )
    here = people_in_office(scene.hub, meeting.date, "coordinator")
    if here and taken.by not in here:
        names = listed(name_of(scene.hub, one) for one in sorted(here))
        yield meeting.at("minutes", "by").warning(
            f"{name_of(scene.hub, taken.by)} took the minutes; project coordinator on "
            f"{day_in_words(meeting.date)} was {names}",
            "correct `by`, or leave it if somebody stood in that day",
        )


def _sent(meeting: Meeting, scene: Scene) -> Iterator[Note]:
    sent = meeting.minutes.sent_on if meeting.minutes else None
    if sent is None:
        return
    within: Period = parameters.value(scene.hub, "minutes-due", meeting.date)
    last = within.after(meeting.date)
    if sent < meeting.date:
        yield meeting.at("minutes", "sent_on").error(
            f"the minutes are said to be sent on {day_in_words(sent)}, before the meeting on "
            f"{day_in_words(meeting.date)}",
            "correct the day",
        )
    elif sent > last:
        yield meeting.at("minutes", "sent_on").warning(
            f"the minutes were sent on {day_in_words(sent)}, "
            f"{in_words((sent - last).days, 'day')} late: within {within} of the meeting means by "
            f"{day_in_words(last)}",
            "nothing to do for this meeting; mind it for the next"
            + rests(scene.hub, meeting.date, "minutes-due"),
        )
    if not meeting.body.strip():
        yield meeting.at("minutes", key=True).warning(
            "the minutes were sent, and no text of them stands here",
            "put the text of the minutes below the fields",
        )


def _approved(meeting: Meeting, scene: Scene) -> Iterator[Note]:
    later = scene.hub.get(Meeting, meeting.minutes.approved_at) if meeting.minutes else None
    if later is None:
        return
    if later.body_ != meeting.body_ or later.date <= meeting.date or later.status != "held":
        what = (
            f", which is recorded as {later.status}"
            if later.status != "held"
            else ", which is no later meeting of the same body"
        )
        yield meeting.at("minutes", "approved_at").error(
            f"the minutes are said to be approved at {meeting_name(later)}{what}",
            "name the later meeting at which they were approved",
        )


@rule("notice-to-advisors", provision="ADV-2", readings=("meeting-notice",))
def notice_to_advisors(scene: Scene) -> Iterator[Note]:
    """Technical advisors receive every notice the committee receives, and in time.

    A notice of a committee meeting lists among its recipients (`to`) `technical-advisors`, or the
    id of each of them, as soon as there are any; so do minutes that go to the committee. A notice
    goes out the adopted time before the meeting; one that is still to be sent is *due*. A notice
    that went out late, or a meeting held without one, is a warning.

    To put it right, send the advisors what they did not get, and add them under `to`.

    ## Example

    Dan Fox and Eva Lind are technical advisors:

    ```yaml
    date: 2027-03-04
    ...
    notice:
      sent: 2027-02-25
      to:
      - executive-committee
      - dan-fox
    ```

    The check finds an error:

    > the notice went out on 25 February 2027 without Eva Lind: advisors receive everything the
    > committee receives

    Put right, once Eva Lind has it: `- eva-lind` below the others.
    """
    yield from dues(
        scene,
        "notice-to-advisors",
        "send it to `executive-committee` and `technical-advisors`, and record `notice`",
    )
    for meeting in scene.hub.all(Meeting).values():
        if meeting.body_ == COMMITTEE:
            yield from _notice(meeting, scene)
            sent = meeting.minutes
            if sent and sent.sent_on and goes_to(sent.to, *_COMMITTEE):
                yield from _advisors(meeting, scene, "minutes", sent.sent_on, sent.to)


def _notice(meeting: Meeting, scene: Scene) -> Iterator[Note]:
    notice = meeting.notice
    if notice is None:
        if meeting.status == "held":
            yield meeting.at("status").warning(
                "this meeting was held, and no notice of it is on record",
                "add `notice` with the day it was `sent` and whom it went `to`",
            )
        return
    ahead: Period = parameters.value(scene.hub, "meeting-notice", meeting.date)
    last = ahead.before(meeting.date)
    if notice.sent > meeting.date:
        yield meeting.at("notice", "sent").error(
            f"the notice is said to be sent on {day_in_words(notice.sent)}, after the meeting on "
            f"{day_in_words(meeting.date)}",
            "correct the day",
        )
    elif notice.sent > last and meeting.status != "cancelled":
        days = (meeting.date - notice.sent).days
        yield meeting.at("notice", "sent").warning(
            f"the notice was sent on {day_in_words(notice.sent)}, {in_words(days, 'day')} before "
            f"the meeting; {ahead} before means by {day_in_words(last)}",
            "nothing to do for this meeting; mind it for the next"
            + rests(scene.hub, meeting.date, "meeting-notice"),
        )
    yield from _advisors(meeting, scene, "notice", notice.sent, notice.to)


def _advisors(
    meeting: Meeting, scene: Scene, what: str, sent: date, to: tuple[str, ...]
) -> Iterator[Note]:
    advisors = people_in_office(scene.hub, sent, "advisor")
    if advisors and not goes_to(to, *ADVISORS) and not advisors.issubset(to):
        missing = listed(name_of(scene.hub, one) for one in sorted(advisors.difference(to)))
        went = "notice went" if what == "notice" else "minutes went"
        yield meeting.at(what, "to").error(
            f"the {went} out on {day_in_words(sent)} without {missing}: advisors receive "
            "everything the committee receives",
            "send it to them, and add `technical-advisors` under `to`",
        )
