"""Rules on who was at a meeting, and who looks at it."""

from collections.abc import Iterator

from npcs.governance import parameters
from npcs.governance.attendance import COLLABORATIVE, absences_in_a_row, expected
from npcs.governance.attendance import is_held_by_committee as of_committee
from npcs.governance.tally import why_not_counted
from npcs.governance.terms import committee, people_in_office
from npcs.records.charter import Meeting, Member, Term
from npcs.records.findings import Note
from npcs.rules.rule import Scene, rule
from npcs.rules.words import (
    day_in_words,
    dues,
    in_words,
    listed,
    meeting_name,
    member_name,
    name_of,
    number_word,
    rests,
)


@rule("attendance", provision="EXC-3", over=Meeting)
def attendance(meeting: Meeting, scene: Scene) -> Iterator[Note]:
    """The attendance of a committee meeting names everyone in office that day, and nobody else.

    Each person on the committee is `present`, `excused` (with the reason under `excuses`) or
    `absent`, also on the first and last day of their term. Advisors, the coordinator and guests are
    welcome and stand in the minutes, not on this list: it is what quorum and attendance are counted
    from. A meeting that is scheduled or cancelled has no attendance, and none is held on a day to
    come.

    To put it right, complete the list. Where the terms on record are wrong, correct those first.

    ## Example

    Dan Fox, a technical advisor, came as a guest:

    ```yaml
    date: 2027-03-04
    ...
    attendance:
      ...
      dan-fox: present
    ```

    The check finds an error:

    > Dan Fox was not on the committee on 4 March 2027 (technical advisor, who has no vote)

    Put right: without the line of `dan-fox`; the text of the minutes says who else was there.
    """
    day = day_in_words(meeting.date)
    if meeting.status != "held":
        if meeting.attendance:
            yield meeting.at("attendance", key=True).error(
                f"this meeting is recorded as {meeting.status}, and yet says who attended",
                "if it was held, write `status: held`; if not, take the attendance out",
            )
        return
    if meeting.date > scene.as_of:
        yield meeting.at("status").error(
            f"this meeting is recorded as held, and {day} is still to come",
            "write `status: scheduled` until it has been held",
        )
    if of_committee(meeting) and not scene.hub.unread(Term):
        yield from _complete(meeting, scene, day)
    for who, how in meeting.attendance.items():
        if how == "excused" and who not in meeting.excuses:
            yield meeting.at("attendance", who).error(
                f"{name_of(scene.hub, who)} is excused, and no excuse is given",
                f"add `{who}` and the reason under `excuses`, or write `absent`",
            )
    for who in meeting.excuses:
        if meeting.attendance.get(who) != "excused":
            listed_as = meeting.attendance.get(who)
            yield meeting.at("excuses", who, key=True).error(
                f"an excuse is given for {name_of(scene.hub, who)}, who is "
                f"{listed_as or 'not on the list'}",
                "correct the attendance, or take the excuse out",
            )


def _complete(meeting: Meeting, scene: Scene, day: str) -> Iterator[Note]:
    office = expected(scene.hub, meeting)
    if office and not meeting.attendance:
        yield meeting.at("status").error(
            f"the attendance is missing; on {day} {number_word(len(office))} "
            f"{'person was' if len(office) == 1 else 'people were'} on the committee",
            "add `attendance` with everyone in office: present, excused or absent",
        )
        return
    unknown = {who for who in meeting.attendance if not scene.hub.exists("person", who)}
    left_out = sorted(office.difference(meeting.attendance))
    if left_out and not unknown:  # a misspelt id is told by itself, and may be who is missed
        names = listed(name_of(scene.hub, one) for one in left_out)
        yield meeting.at("attendance", key=True).error(
            f"the attendance leaves out {names}, on the committee on {day}",
            "say of each whether they were present, excused or absent",
        )
    for who in meeting.attendance:
        if who not in office and who not in unknown:
            yield meeting.at("attendance", who, key=True).error(
                f"{name_of(scene.hub, who)} was not on the committee on {day} "
                f"({why_not_counted(scene.hub, who, meeting.date)})",
                "name guests, advisors and the coordinator in the minutes, not here",
            )


@rule("attendance-pattern", provision="EXC-3", readings=("absences",), rests_on=(Term, Meeting))
def attendance_pattern(scene: Scene) -> Iterator[Note]:
    """Somebody who is absent again and again without an excuse is asked about it.

    Attendance is monitored; the charter sets no number, the adopted reading does. Only meetings
    that were held while the person was on the committee count; an excuse ends the row, and so does
    being there. A pattern is a reason for the co-chairs to talk with the person, and nothing
    follows from it by itself: it is a warning, and goes away with the next meeting attended.

    To put it right, talk with the person; where an excuse was given and not recorded, record it.

    ## Example

    Ben Ode was absent in March and April, and again in May:

    ```yaml
    date: 2027-05-06
    ...
    attendance:
      ana-ruiz: present
      ben-ode: absent
    ```

    The check warns:

    > Ben Ode was absent without an excuse from 3 meetings in a row: on 4 March 2027, 1 April 2027
    > and 6 May 2027

    Where there was an excuse: `ben-ode: excused`, and the reason under `excuses`.
    """
    for person in sorted(committee(scene.hub, scene.as_of)):
        missed = absences_in_a_row(scene.hub, person, scene.as_of)
        last = missed[-1].date if missed else scene.as_of
        limit: int = parameters.value(scene.hub, "absences", last)
        if len(missed) >= limit:
            days = listed(day_in_words(one.date) for one in missed)
            yield (
                missed[-1]
                .at("attendance", person)
                .warning(
                    f"{name_of(scene.hub, person)} was absent without an excuse from "
                    f"{in_words(len(missed), 'meeting')} in a row: on {days}",
                    f"{in_words(limit, 'absence')} in a row are a reason for the co-chairs to ask"
                    + rests(scene.hub, last, "absences"),
                )
            )


@rule(
    "attendance-review",
    provision="CHR-5",
    readings=("attendance-review",),
    rests_on=(Term, Meeting),
)
def attendance_review(scene: Scene) -> Iterator[Note]:
    """The co-chairs regularly review attendance.

    A review is recorded in the meeting at or after which it was made: `attendance_review` says who
    made it, one of those who were co-chair that day, and when. After the adopted time without a
    review the next one is *due*.

    To put it right, let a co-chair look at the attendance and record it.

    ## Example

    Ana Ruiz was co-chair until 30 April 2027:

    ```yaml
    attendance_review:
      by: ana-ruiz
      'on': 2027-05-01
    ```

    The check finds an error:

    > Ana Ruiz was not co-chair on 1 May 2027; Ben Ode was

    Put right: `by: ben-ode`, if Ben Ode looked at the attendance that day.
    """
    yield from dues(
        scene,
        "attendance-review",
        "let a co-chair look at it, and add `attendance_review` with `by` and `on`",
    )
    for meeting in scene.hub.all(Meeting).values():
        review = meeting.attendance_review
        if review is None:
            continue
        chairs = sorted(people_in_office(scene.hub, review.on, "co-chair"))
        if review.by not in chairs:
            names = listed(name_of(scene.hub, one) for one in chairs) if chairs else "nobody"
            yield meeting.at("attendance_review", "by").error(
                f"{name_of(scene.hub, review.by)} was not co-chair on {day_in_words(review.on)}; "
                f"{names} {'were' if len(chairs) > 1 else 'was'}",
                "name the co-chair who reviewed the attendance",
            )
        if review.on < meeting.date:
            yield meeting.at("attendance_review", "on").error(
                f"the review is dated {day_in_words(review.on)}, before the meeting on "
                f"{day_in_words(meeting.date)}",
                "record the review in the meeting it followed, or correct the day",
            )


@rule("member-represented", provision="RES-2", over=Meeting)
def member_represented(meeting: Meeting, scene: Scene) -> Iterator[Note]:
    """Every member attends the meetings of the collaborative, or is represented there.

    The record of a collaborative meeting that was held says under `members` of each member on that
    day whether it was `present`, `represented` or `absent`. A member that is absent or left out is
    a warning, a reason to ask; one that was not a member that day is an error. A member whose day
    of joining nobody knows counts as one.

    To put it right, complete the list.

    ## Example

    Nobody came from Alder to a meeting of the collaborative:

    ```yaml
    date: 2027-03-04
    ...
    members:
      alder: absent
      cedar: present
    ```

    The check warns:

    > Alder was neither present nor represented

    Where somebody came in its place: `alder: represented`.
    """
    if meeting.body_ != COLLABORATIVE or meeting.status != "held":
        return
    day = meeting.date
    members = {
        key
        for key, one in scene.hub.all(Member).items()
        if (one.joined or day) <= day <= (one.left or day)
    }
    left_out = [key for key in sorted(members) if key not in meeting.members]
    if left_out:
        place = meeting.at("members", key=True) if meeting.members else meeting.at("status")
        yield place.warning(
            f"nothing says whether {listed(member_name(scene.hub, one) for one in left_out)} "
            f"{'was' if len(left_out) == 1 else 'were'} at {meeting_name(meeting)}",
            "add each under `members`: present, represented or absent",
        )
    for key, how in meeting.members.items():
        member = scene.hub.get(Member, key)
        if how == "absent" and key in members:
            yield meeting.at("members", key).warning(
                f"{member_name(scene.hub, key)} was neither present nor represented",
                "ask whether somebody can represent the member next time",
            )
        elif member and key not in members:
            when = (
                f"left on {day_in_words(member.left)}"
                if member.left and member.left < day
                else f"joined on {day_in_words(member.joined or day)}"
            )
            yield meeting.at("members", key, key=True).error(
                f"{member.name} was not a member on {day_in_words(day)}: it {when}",
                "take it out of the list, or correct the member's record",
            )
