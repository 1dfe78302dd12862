"""Rules on what follows: that it is done, that something shows it, and that it can help."""

from collections.abc import Iterator
from datetime import date

from npcs.governance import evidence as proof
from npcs.governance.activities import pause_faults
from npcs.governance.followup import DONE, Followed, opportunity, recommendation
from npcs.governance.parameters import in_force
from npcs.governance.standing import decided_by
from npcs.governance.tally import decision_day
from npcs.governance.terms import began_on
from npcs.records.charter import Decision, Meeting, Member, Term
from npcs.records.findings import Note
from npcs.records.followup import Done, Opportunity, Recommendation
from npcs.records.hub import Hub
from npcs.records.record import Record
from npcs.records.workplan import Activity
from npcs.rules.rule import Scene, rule
from npcs.rules.words import day_in_words, dues, rests, role_only

_DECIDED = (Decision, Meeting, Term, Member)
"""What tells whether something was adopted, and so whether it is to be done."""

_HINT = (
    "name under `evidence` what shows it: the id of what happened or was made, such as a meeting, "
    "a decision or a notice, or an address on the web; words go under `note`"
)


@rule("evidence", provision="ACT-0", also=("EXC-4", "EXC-7"))
def evidence(scene: Scene) -> Iterator[Note]:
    """What is recorded as done is shown to be done.

    Whoever reads that a milestone was reached or an action taken can look for themselves. `done` of
    a milestone or an action, and the `result` of a recommendation or an improvement opportunity,
    name under `evidence` the id of another record or an address on the web. The record is of what
    happened or was made: a meeting held, a decision adopted, a notice issued, a group, a
    definition, a measure with figures. A person, a member, a plan or an improvement opportunity
    shows nothing done, and no two recommendations show each other. Nor does the group something is
    from, or the decision that adopted it; a later one about it may. A meeting or a decision may
    take note later, and the step counts from that day on; neither shows what came after it.
    Whatever else has a day was there on the day of the step. What an address leads to only people
    can judge.

    Until something shows it, nothing counts as done. Nothing is done on a day still to come. A step
    from before the committee began is a warning: the work plan came later. A pause of an activity
    rests on a decision that names it under `about` and was adopted by its first day; until then
    nothing rests.

    To put it right, name what shows it; words go under `note`.

    ## Example

    Nobody could find these minutes:

    ```yaml
    done:
      on: 2027-05-06
      evidence: Minutes of the committee
    ```

    The check finds an error:

    > “Agree on the form” is recorded as done on 6 May 2027, and its evidence, “Minutes of the
    > committee”, is neither the id of a record nor an address

    Put right: `evidence: 2027-05-06-executive-committee`.
    """
    for activity in scene.hub.all(Activity).values():
        for number, step in enumerate(activity.milestones):
            if step.done:
                path = ("milestones", number, "done")
                yield from _shown(scene, activity, path, step.title, step.done)
        if not scene.hub.unread(*_DECIDED):
            yield from _pauses(scene, activity)
    for one in _all(scene.hub):
        for number, action in enumerate(one.actions):
            if action.done:
                path = ("actions", number, "done")
                yield from _shown(scene, one, path, action.text, action.done)
        if one.result is None:
            continue
        if one.result.on > scene.as_of:
            yield one.at("result", "on").error(
                f"this tells on {day_in_words(one.result.on)} what came of it, a day still to come",
                "correct the day",
            )
        elif against := proof.doubt(scene.hub, one, one.result, scene.as_of):
            yield one.at("result", "evidence").error(
                f"this tells what came of it, and {against}", _HINT
            )


def _all(hub: Hub) -> tuple[Recommendation | Opportunity, ...]:
    """All that is followed to its end."""
    return (*hub.all(Recommendation).values(), *hub.all(Opportunity).values())


def _shown(
    scene: Scene, record: Record, path: tuple[str | int, ...], title: str, done: Done
) -> Iterator[Note]:
    said = f"“{title}” is recorded as done on {day_in_words(done.on)}, "
    if done.on > scene.as_of:
        yield record.at(*path, "on").error(f"{said}a day still to come", "correct the day")
        return
    against = proof.doubt(scene.hub, record, done, scene.as_of)
    if against:
        place = record.at(*path, *(["evidence"] if done.evidence else []))
        yield place.error(f"{said}and {against}", _HINT)
    began = None if scene.hub.unread(Term) else began_on(scene.hub)
    if began and done.on < began:
        yield record.at(*path, "on").warning(
            f"{said}before there was a committee, which began on {day_in_words(began)}",
            "correct the day; what was done before there was a work plan can be told in the text",
        )


def _pauses(scene: Scene, activity: Activity) -> Iterator[Note]:
    for number, pause in enumerate(activity.pauses):
        for one in pause_faults(scene.hub, activity, pause, scene.as_of):
            yield activity.at("pauses", number, one.field).error(one.words, one.hint)


@rule(
    "follow-through",
    provision="EXC-7",
    readings=("opportunity-due", "action-span"),
    also=("EXC-4",),
    rests_on=_DECIDED,
)
def follow_through(scene: Scene) -> Iterator[Note]:
    """What was adopted is followed to an end that can be shown.

    The weak point of most reviews is not what they recommend but what is done about it. So each
    action of an adopted recommendation (EXC-7) or of an improvement opportunity is *due* by its
    day, until it is done with evidence, and an adopted recommendation without any action is *due*
    to be planned. So is an opportunity, after the adopted time, that has no action and that no
    recommendation carries on, or none any more. One that had come to its end before the opportunity
    was raised carries nothing. Nothing is done or due before it was recommended, or given up
    before. A day of an open action that lies further ahead than the adopted span is a warning,
    since nobody is asked about it for so long, and so is a record of a day still to come, which
    nobody follows until then. A `result` says what came of it, once every action is done. An owner
    is an office or a role. What is given up says so under `set_aside`, with the reason and a day
    that has come; it is not adopted after that.

    To put it right, plan what is not planned; do what is, and record `done`; agree on another day;
    or set it aside.

    ## Example

    It is 1 June 2027, and R-2027-001 was adopted:

    ```yaml
    actions:
      - text: Put the checklist on one page
        owner: Project coordinator
        strength: intermediate
        due: 2027-05-20
    ```

    The check reminds:

    > the action “Put the checklist on one page” of R-2027-001 (Project coordinator) is to be done;
    > overdue since 20 May 2027

    Put right: `done`, with the day and the evidence; or another day that was agreed on.
    """
    hint = (
        "record `done` with the day and the `evidence`; agree on another day; or give the whole up "
        "under `set_aside`, with the reason"
    )
    yield from dues(scene, "follow-through", hint)
    for one in scene.hub.all(Recommendation).values():
        yield from _course(scene, one, one.proposed, "was recommended")
        yield from _taken_up(scene, one)
        yield from _result(scene, one)
    for it in scene.hub.all(Opportunity).values():
        yield from _course(scene, it, it.raised, "was raised")
        yield from _carried(scene, it)
        yield from _result(scene, it)


def _carried(scene: Scene, one: Opportunity) -> Iterator[Note]:
    for number, key in enumerate(one.carried_by):
        carries = scene.hub.get(Recommendation, key)
        found = recommendation(scene.hub, carries, scene.as_of) if carries else None
        if found and found.ended and found.ended < one.raised:
            yield one.at("carried_by", number).error(
                f"{key} came to its end on {day_in_words(found.ended)} ({found.state}), before "
                f"this was raised on {day_in_words(one.raised)}, so it carries nothing on",
                "name a recommendation that came later, or plan `actions` here",
            )


def _taken_up(scene: Scene, one: Recommendation) -> Iterator[Note]:
    """Whether the committee adopted what had been given up before."""
    deciding = decided_by(scene.hub, one, scene.as_of)
    if one.set_aside and deciding and deciding.outcome == "adopted":
        on = decision_day(deciding)
        if one.set_aside.on < on:
            yield one.at("set_aside", "on").error(
                f"set aside on {day_in_words(one.set_aside.on)}, and {deciding.key} adopted it "
                f"after that, on {day_in_words(on)}",
                "take `set_aside` out, or correct one of the two days",
            )


def _course(
    scene: Scene, one: Recommendation | Opportunity, first: date, began: str
) -> Iterator[Note]:
    if isinstance(one, Opportunity):
        yield from role_only(scene.hub, one.owner, one, "owner")
    if first > scene.as_of:
        yield one.at("raised" if isinstance(one, Opportunity) else "proposed").warning(
            f"this {began} on {day_in_words(first)}, a day still to come, and nobody follows it "
            "until then",
            "correct the day",
        )
    span = in_force(scene.hub, "action-span", first)
    last = span.value.after(max(first, scene.as_of))
    for number, action in enumerate(one.actions):
        yield from role_only(scene.hub, action.owner, one, "actions", number, "owner")
        if action.due < first:
            yield one.at("actions", number, "due").error(
                f"“{action.text}” is due on {day_in_words(action.due)}, before this {began} on "
                f"{day_in_words(first)}",
                "correct one of the two days",
            )
        elif action.due > last and not (action.done or one.set_aside):
            yield one.at("actions", number, "due").warning(
                f"“{action.text}” is due on {day_in_words(action.due)}, more than {span.text} "
                "ahead, and nobody will be asked about it for so long",
                "agree on a nearer day, or on a first step that can be taken by then"
                + rests(scene.hub, first, span.name),
            )
        if action.done and action.done.on < first:
            yield one.at("actions", number, "done", "on").error(
                f"“{action.text}” was done on {day_in_words(action.done.on)}, before this {began} "
                f"on {day_in_words(first)}",
                "correct one of the two days",
            )
    if one.set_aside and one.set_aside.on < first:
        yield one.at("set_aside", "on").error(
            f"set aside on {day_in_words(one.set_aside.on)}, before this {began} on "
            f"{day_in_words(first)}",
            "correct one of the two days",
        )
    elif one.set_aside and one.set_aside.on > scene.as_of:
        yield one.at("set_aside", "on").error(
            f"set aside on {day_in_words(one.set_aside.on)}, a day still to come",
            "correct the day; what is not given up yet stays open",
        )


def _stands(scene: Scene, one: Recommendation | Opportunity, day: date) -> Followed:
    if isinstance(one, Recommendation):
        return recommendation(scene.hub, one, day)
    return opportunity(scene.hub, one, day)


def _result(scene: Scene, one: Recommendation | Opportunity) -> Iterator[Note]:
    if one.result is None:
        return
    found = _stands(scene, one, max(one.result.on, scene.as_of))
    if found.state != DONE:
        yield one.at("result").error(
            f"this tells what came of it, and it is not done: {found.state}",
            "record what was done, with its evidence; or take `result` out until then",
        )
    elif found.ended and one.result.on < found.ended:
        yield one.at("result", "on").error(
            f"this tells on {day_in_words(one.result.on)} what came of it, and it was done on "
            f"{day_in_words(found.ended)}",
            "correct the day",
        )


@rule("action-strength", provision="EXC-6", rests_on=_DECIDED)
def action_strength(scene: Scene) -> Iterator[Note]:
    """Something that follows changes the system, and does not only ask people to take more care.

    Patient safety tells actions apart by their strength. Weak ones, such as training or a new
    policy, rest on people who remember; intermediate ones, such as a checklist, help them to; a
    strong one changes the work itself, so that the right thing happens by itself. Weak actions
    alone are a warning while they are open: that they are easy is no sign that they help. The
    scale is that of the VA National Center for Patient Safety, as in RCA2 (2015).

    To put it right, add an action that changes the work; or go on, knowing what it will not do.

    ## Example

    All that follows from the recommendation is a training:

    ```yaml
    actions:
      - text: Train all staff
        owner: Training leads of the members
        strength: weak
        due: 2027-09-01
    ```

    The check warns:

    > all that follows is weak: it asks people to take more care, and changes nothing around them

    Put right: an action beside it that makes the right way the easy one.
    """
    every: list[Recommendation | Opportunity] = [*scene.hub.all(Recommendation).values()]
    every += scene.hub.all(Opportunity).values()
    for one in every:
        weak = one.actions and all(action.strength == "weak" for action in one.actions)
        if weak and _stands(scene, one, scene.as_of).is_open:
            yield one.at("actions", key=True).warning(
                "all that follows is weak: it asks people to take more care, and changes nothing "
                "around them",
                "add an action that makes the right way the easy one",
            )
