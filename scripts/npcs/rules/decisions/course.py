"""Rules on the course of a decision: where it is made, who is told of it, how it is corrected."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from npcs.governance import parameters
from npcs.governance.attendance import COMMITTEE
from npcs.governance.dates import Period, in_words
from npcs.governance.obligation import CHARTER
from npcs.governance.tally import decision_day
from npcs.governance.terms import people_in_office
from npcs.records.charter import Decision, Meeting, Term
from npcs.records.findings import Note, Place
from npcs.records.hub import Hub
from npcs.rules.decisions.changes import Change, decision_changes, meeting_changes
from npcs.rules.rule import Scene, rule
from npcs.rules.words import day_in_words, dues, listed, meeting_name, name_of, rests

if TYPE_CHECKING:
    from npcs.charter.approved import Approved


@rule("decided-where", provision="DEC-1", over=Decision, readings=("ballots",), waivable=False)
def decided_where(decision: Decision, scene: Scene) -> Iterator[Note]:
    """Every decision is made at a meeting of the committee, or by a ballot.

    It names the `meeting`, one of the Executive Committee that was held on the day of the decision,
    or the `ballot`, with its first and last day, and not both. Whether there may be ballots at all
    is an adopted reading. A ballot is decided on its last day, and its notice goes out before it
    opens.

    To put it right, name the meeting, or add the ballot, and let the days agree.

    ## Example

    The decision has the day after the meeting:

    ```yaml
    date: 2027-03-05
    ...
    meeting: 2027-03-04-executive-committee
    ```

    The check finds an error:

    > the decision is dated 5 March 2027, and the meeting of the committee on 4 March 2027 was on
    > another day

    Put right: `date: 2027-03-04`.
    """
    if decision.meeting and decision.ballot:
        yield decision.at("ballot", key=True).error(
            "this names a meeting and a ballot, and a decision is made at one of them",
            "take one of the two out",
        )
    elif decision.ballot:
        yield from _by_ballot(decision, scene)
    elif decision.meeting:
        yield from _at_meeting(decision, scene)
    else:
        yield decision.at("date").error(
            "nothing says where this was decided",
            "add `meeting` with the meeting's id, or `ballot` with `opened` and `closed`",
        )


def _by_ballot(decision: Decision, scene: Scene) -> Iterator[Note]:
    ballot = decision.ballot
    if ballot is None:
        return
    if parameters.value(scene.hub, "ballots", ballot.opened) == "not-allowed":
        yield decision.at("ballot", key=True).error(
            f"on {day_in_words(ballot.opened)} the adopted reading was that decisions are made in "
            "meetings only",
            "put the matter on the agenda of the next meeting"
            + rests(scene.hub, ballot.opened, "ballots"),
        )
    if ballot.closed != decision.date:
        yield decision.at("ballot", "closed").error(
            f"the ballot closed on {day_in_words(ballot.closed)}, and the decision is dated "
            f"{day_in_words(decision.date)}",
            "a ballot is decided on its last day: let the two days agree",
        )
    if ballot.notice is None:
        yield decision.at("ballot", key=True).warning(
            "nothing says when the notice of this ballot was sent",
            "add `notice` with the day",
        )
    elif ballot.notice > ballot.opened:
        yield decision.at("ballot", "notice").error(
            f"the notice of the ballot was sent on {day_in_words(ballot.notice)}, after it opened "
            f"on {day_in_words(ballot.opened)}",
            "correct the day",
        )


def _at_meeting(decision: Decision, scene: Scene) -> Iterator[Note]:
    meeting = scene.hub.get(Meeting, decision.meeting)
    if meeting is None:
        return
    if meeting.body_ != COMMITTEE:
        yield decision.at("meeting").error(
            f"{meeting_name(meeting)} is none of the Executive Committee, which alone decides",
            "name the committee's meeting at which this was decided",
        )
    elif meeting.status != "held":
        yield decision.at("meeting").error(
            f"{meeting_name(meeting)} is recorded as {meeting.status}, so it decided nothing",
            "name the meeting at which this was decided, or correct that meeting's `status`",
        )
    elif meeting.date != decision.date:
        yield decision.at("meeting").error(
            f"the decision is dated {day_in_words(decision.date)}, and {meeting_name(meeting)} "
            "was on another day",
            "name the meeting of that day, or correct `date`",
        )


@rule("communicated", provision="CHR-6", readings=("communication-due",))
def communicated(scene: Scene) -> Iterator[Note]:
    """The co-chairs tell all members of the collaborative what was decided.

    `communicated` says on which day, to whom and by which co-chair, one in office that day. What
    was adopted or rejected and not yet told is *due* by the adopted day; told later, or by somebody
    else than a co-chair, it is a warning. Nothing is told before it is decided.

    To put it right, tell the members and record it. Where the coordinator sends it out for the
    co-chairs, name the co-chair.

    ## Example

    Members are to be told within 14 days:

    ```yaml
    date: 2027-03-04
    ...
    communicated:
    - 'on': 2027-03-19
      to: members
    ```

    The check warns:

    > told to the members on 19 March 2027, 1 day late: within 14 days of the decision means by 18
    > March 2027

    Nothing to put right here: this is what happened.
    """
    yield from dues(scene, "communicated", "tell the members, and record it under `communicated`")
    for decision in scene.hub.all(Decision).values():
        if decision.communicated:
            yield from _told(decision, scene)


def _told(decision: Decision, scene: Scene) -> Iterator[Note]:
    day = decision_day(decision)
    for number, told in enumerate(decision.communicated):
        if told.on < day:
            yield decision.at("communicated", number, "on").error(
                f"told to {told.to} on {day_in_words(told.on)}, before it was decided on "
                f"{day_in_words(day)}",
                "correct the day",
            )
        chairs = people_in_office(scene.hub, told.on, "co-chair")
        if told.by not in chairs and not scene.hub.unread(Term):
            yield decision.at("communicated", number, "by").warning(
                f"{name_of(scene.hub, told.by)} told the members, and was not co-chair on "
                f"{day_in_words(told.on)}",
                "name the co-chair in whose name it was told",
            )
    first = min(told.on for told in decision.communicated)
    within: Period = parameters.value(scene.hub, "communication-due", day)
    last = within.after(day)
    if first > last and decision.outcome != "deferred":
        yield decision.at("communicated", 0, "on").warning(
            f"told to the members on {day_in_words(first)}, {in_words((first - last).days, 'day')} "
            f"late: within {within} of the decision means by {day_in_words(last)}",
            "nothing to do for this decision; mind it for the next"
            + rests(scene.hub, day, "communication-due"),
        )


@rule("early-sharing", provision="DEC-3", over=Decision)
def early_sharing(decision: Decision, _scene: Scene) -> Iterator[Note]:
    """Nothing is shared outside before the decision is complete.

    Members may be asked to share updates with outside individuals and groups once the decision
    process is complete: from the day of the decision on, for a ballot from its last day on. What
    was deferred is not complete and is not shared.

    If something was shared too early, the record stays as it is, so that the committee can talk
    about it; a slip of the pen in the day is corrected.

    ## Example

    An association heard of it the day before:

    ```yaml
    date: 2027-03-04
    ...
    shared_outside:
    - 'on': 2027-03-03
      with: A national association
    ```

    The check finds an error:

    > shared with A national association on 3 March 2027, before it was decided on 4 March 2027
    """
    day = decision_day(decision)
    for number, shared in enumerate(decision.shared_outside):
        if shared.on < day:
            yield decision.at("shared_outside", number, "on").error(
                f"shared with {shared.with_} on {day_in_words(shared.on)}, before it was decided "
                f"on {day_in_words(day)}",
                "correct the day if it is wrong; else ask the committee for a waiver",
            )
        elif decision.outcome == "deferred":
            yield decision.at("shared_outside", number, "on").error(
                f"shared with {shared.with_} on {day_in_words(shared.on)}, and the decision was "
                "deferred: it is not complete",
                "correct the outcome if it is wrong; else ask the committee for a waiver",
            )


@rule("correction", provision="EXC-3", waivable=False)
def correction(scene: Scene) -> Iterator[Note]:
    """What was voted and who was there changes afterwards only with a correction that says why.

    Decisions and the attendance of held meetings are compared with how they stood at each approved
    revision of the charter (its tag). A vote, an outcome, a day, the words of a decision or an
    attendance that is different, or a record that is gone, needs a new entry under `corrections`,
    with the day, what was changed, and why. Corrections already made stay. Nothing is corrected
    before it was there, or on a day still to come. Where the tags cannot be seen, a warning says
    that nothing was compared.

    To put it right, add the entry, or restore what stood there before.

    ## Example

    When the charter was last approved, the vote of Dan Fox was `no`. Now it reads:

    ```yaml
    votes:
      ...
      dan-fox: 'yes'
    ```

    The check finds an error:

    > changed since charter-v1.0 without a correction: the vote of Dan Fox was “no” and is “yes”

    Put right: an entry under `corrections` that says `on` which day, `what` and `why`.
    """
    approved, now = scene.approved, scene.hub
    for one in now.giving(Decision, "corrections"):
        yield from _corrected_when(one, scene.as_of)
    for held in now.giving(Meeting, "corrections"):
        yield from _corrected_when(held, scene.as_of)
    if approved is None:
        return
    if not approved.revisions.sound:
        yield from _not_compared(approved, now)
    for tag, before in approved.stood:
        for key, decision in before.all(Decision).items():
            if not now.exists("decision", key):
                yield _gone(decision.path, tag)
            elif today := now.get(Decision, key):
                changes = decision_changes(decision, today, now)
                yield from _uncorrected(changes, decision, today, tag)
        for key, meeting in before.all(Meeting).items():
            if not now.exists("meeting", key) and meeting.status != "scheduled":
                yield _gone(meeting.path, tag)
            elif after := now.get(Meeting, key):
                changes = meeting_changes(meeting, after, now)
                yield from _uncorrected(changes, meeting, after, tag)


def _corrected_when(record: Decision | Meeting, as_of: date) -> Iterator[Note]:
    """Corrections on days that cannot be."""
    for number, one in enumerate(record.corrections):
        place = record.at("corrections", number, "on")
        if one.on > as_of:
            said = f"this is said to be corrected on {day_in_words(one.on)}, a day still to come"
            yield place.error(said, "correct the day")
        elif one.on < record.date:
            what = "it was decided" if isinstance(record, Decision) else "the meeting"
            yield place.error(
                f"this is said to be corrected on {day_in_words(one.on)}, before {what} on "
                f"{day_in_words(record.date)}",
                "correct the day",
            )


def _not_compared(approved: "Approved", hub: Hub) -> Iterator[Note]:
    """A word on what could not be done, where something was approved or seems to have been."""
    revisions = approved.revisions
    made = [one for one in hub.giving(Decision, "charter")
            if one.charter and one.outcome == "adopted"]  # fmt: skip
    why, hint = revisions.obstacle, revisions.remedy
    if not why and (revisions.others or revisions.approvals):
        why, hint = "no tag of the charter holds", "put right what `revision-tag` says"
    elif not why and approved.in_git and len(made) > 1 and not revisions.later:
        why, hint = "no tag of the charter is here", "`git fetch --tags` gets them"
    if why and made:
        yield CHARTER.warning(
            f"past votes and attendance were not compared with how they were approved: {why}", hint
        )


def _gone(path: str, tag: str) -> Note:
    return Place(path).error(
        f"this record is gone; at {tag} it was there, and nothing is deleted",
        "bring it back as it was; what no longer holds is ended by a new record, with a reason",
    )


def _uncorrected(
    changes: list[Change], before: Decision | Meeting, now: Decision | Meeting, tag: str
) -> Iterator[Note]:
    lost = [one for one in before.corrections if one not in now.corrections]
    if lost:
        yield now.at("corrections").error(
            f"a correction of {day_in_words(lost[0].on)} (“{lost[0].what}”) is gone since {tag}",
            "put it back: what was corrected once stays on record",
        )
    elif changes and all(one in before.corrections for one in now.corrections):
        yield changes[0].place.error(
            f"changed since {tag} without a correction: {listed(one.words for one in changes)}",
            "add an entry under `corrections` with `on`, `what` and `why`, or undo the change",
        )
