"""Where the activities of the work plan stand, told by milestones and evidence alone (ACT-0)."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from npcs.governance import parameters
from npcs.governance.dates import Period, day_in_words, how_many, in_words
from npcs.governance.evidence import doubt, shown, shown_on
from npcs.governance.obligation import Obligation
from npcs.governance.standing import holds
from npcs.governance.tally import decision_day
from npcs.governance.terms import began_on, has_begun
from npcs.records.charter import Decision, Member
from npcs.records.hub import Hub
from npcs.records.workplan import Activity, Milestone, Pause

NOT_STARTED, ON_TRACK, LATE = "not started", "on track", "late"
DONE, PAUSED = "done", "paused"
WAITING, OPEN = "waits for others", "open"
STATES = (LATE, ON_TRACK, NOT_STARTED, PAUSED, DONE)
"""Every status of an activity, what needs attention first."""


class Status(NamedTuple):
    """Where an activity stands on a day, and a sentence that says why."""

    state: str
    sentence: str


def status(hub: Hub, activity: Activity, day: date) -> Status:
    """The status of an activity on a day, one of ``STATES``, with the reason.

    Done once every milestone is; otherwise paused while a pause lasts; late from the day after a
    milestone was due and not done; on track with one done and none late. A milestone is done from
    the day on which its evidence shows it. Nothing else counts.
    """
    steps = activity.milestones
    waiting = open_milestones(hub, activity, day)
    done = len(steps) - len(waiting)
    count = how_many(done, len(steps), "milestone", "done") if steps else ""
    if steps and not waiting:
        last = day_in_words(max(shown_on(hub, one.done) for one in steps if one.done))
        which = ", the last" if steps[1:] else ","
        return Status(DONE, f"{count[0].upper()}{count[1:]}{which} on {last}.")
    if pause := pause_on(hub, activity, day):
        until = f" to {day_in_words(pause.to)}" if pause.to else ""
        rest = f"; {count}" if steps else ""
        since = f"Paused by {pause.decision} from {day_in_words(pause.from_)}{until}"
        return Status(PAUSED, f"{since}{rest}.")
    if not steps:
        return Status(NOT_STARTED, "No milestone has been agreed yet.")
    first = waiting[0]
    unshown = _unshown(hub, activity, day)
    if first.due < day:
        others = sum(one.due < day for one in waiting) - 1
        more = f" and {others} more {'is' if others == 1 else 'are'} late" if others else ""
        was = f"“{first.title}” was due on {day_in_words(first.due)}"
        ago = in_words((day - first.due).days, "day")
        return Status(LATE, f"{was}, {ago} ago,{more or ' and is not done'}; {count}.{unshown}")
    coming = f"the next, “{first.title}”, is due by {day_in_words(first.due)}"
    state = ON_TRACK if done else NOT_STARTED
    late = " and none is late" if done else ""
    return Status(state, f"{count[0].upper()}{count[1:]}{late}; {coming}.{unshown}")


def _unshown(hub: Hub, activity: Activity, day: date) -> str:
    """A sentence on milestones that are said to be done, and that nothing shows to be."""
    found = [
        one.title
        for one in activity.milestones
        if one.done and one.done.on <= day and doubt(hub, activity, one.done, day)
    ]
    if not found:
        return ""
    rest = f" and {len(found) - 1} more are" if found[1:] else " is"
    return f" “{found[0]}”{rest} said to be done, and nothing shows it."


def pauses(hub: Hub, activity: Activity, day: date) -> list[Pause]:
    """The pauses of an activity with which nothing is wrong, as known on a day, earliest first."""
    found = [
        one
        for one in activity.pauses
        if (decision := hub.get(Decision, one.decision))
        and decision_day(decision) <= day
        and not [*pause_faults(hub, activity, one, day)]
    ]
    return sorted(found, key=lambda one: one.from_)


def pause_on(hub: Hub, activity: Activity, day: date) -> Pause | None:
    """The pause in which an activity is on a day; the latest of them."""
    lasting = [
        one
        for one in pauses(hub, activity, day)
        if one.from_ <= day and (one.to is None or day <= one.to)
    ]
    return max(lasting, key=lambda one: one.from_, default=None)


class Fault(NamedTuple):
    """What is wrong with a pause: in which field, in words, and what to do."""

    field: str
    words: str
    hint: str


def pause_faults(hub: Hub, activity: Activity, pause: Pause, day: date) -> Iterator[Fault]:
    """Why a pause of an activity lets nothing rest, as known on a day.

    It rests on a decision about the activity that was adopted by its first day. One that is not
    there, or cannot be read, is for other rules to tell.
    """
    decision = hub.get(Decision, pause.decision)
    first = day_in_words(pause.from_)
    if pause.to and pause.to < pause.from_:
        said = f"this pause ends on {day_in_words(pause.to)}, before it begins on {first}"
        yield Fault("to", said, "correct one of the two days")
    if decision and not holds(hub, decision, max(day, decision_day(decision))):
        said = f"{decision.key}, which is said to pause this, has not been adopted"
        yield Fault("decision", said, "name the decision that was, or take the pause out")
    elif decision and activity.key not in decision.about:
        said = f"{decision.key}, which is said to pause this, does not name it under `about`"
        yield Fault("decision", said, "name the decision that lets it rest, or take the pause out")
    elif decision and decision_day(decision) > pause.from_:
        on = day_in_words(decision_day(decision))
        said = f"this pause begins on {first}, before {decision.key} of {on} decided on it"
        yield Fault("from", said, "correct the day")


def open_milestones(hub: Hub, activity: Activity, day: date) -> list[Milestone]:
    """The milestones of an activity that are not shown to be done by a day, the next due first."""
    return sorted(
        (one for one in activity.milestones if not shown(hub, activity, one.done, day)),
        key=lambda one: one.due,
    )


def step_state(hub: Hub, activity: Activity, step: Milestone, day: date) -> str:
    """Where a milestone stands on a day: ``DONE``, ``PAUSED``, ``LATE``, ``WAITING`` or ``OPEN``.

    It waits as long as one it depends on is open. Done is only what is shown to be.
    """
    if shown(hub, activity, step.done, day):
        return DONE
    if pause_on(hub, activity, day):
        return PAUSED
    if step.due < day:
        return LATE
    still = {one.id for one in open_milestones(hub, activity, day)}
    return WAITING if still & set(step.depends_on) else OPEN


def milestones_to_reach(hub: Hub, as_of: date) -> Iterator[Obligation]:
    """Milestones that are not shown to be done; none of an activity while it is paused."""
    for activity in hub.all(Activity).values():
        if pause_on(hub, activity, as_of):
            continue
        for number, one in enumerate(activity.milestones):
            if not shown(hub, activity, one.done, as_of):
                what = f"the milestone “{one.title}” of {activity.title} is to be reached"
                place = activity.at("milestones", number, "due")
                yield Obligation(one.due, "milestone-overdue", what, "ACT-0", place)


# Who takes part


def missing(hub: Hub, activity: Activity, day: date) -> list[Member]:
    """The members of a day of whom an activity does not say whether they take part."""
    return [
        one
        for one in hub.all(Member).values()
        if one.key not in activity.participation
        and (one.joined is None or one.joined <= day)
        and (one.left is None or day <= one.left)
    ]


def participation_to_ask(hub: Hub, as_of: date) -> Iterator[Obligation]:
    """Members to be asked whether they take part in an activity, for the first time or again.

    Nobody is asked before there is a committee.
    """
    began = began_on(hub)
    if began is None or not has_begun(hub, as_of):
        return
    for one in hub.all(Activity).values():
        unasked = missing(hub, one, as_of)
        if unasked:
            since = min(max(it.joined or began, began) for it in unasked)
            names = ", ".join(it.name for it in unasked[:3])
            more = f" and {len(unasked) - 3} more" if unasked[3:] else ""
            verb = "is" if len(unasked) == 1 else "are"
            what = f"{names}{more} {verb} to say whether they take part in {one.title}"
            place = one.at("participation", key=True)
            yield Obligation(since, "participation", what, "ACT-0", place)
        if one.asked_on and one.asked_on <= as_of:
            often: Period = parameters.value(hub, "participation-review", one.asked_on)
            what = f"members are to be asked again whether they take part in {one.title}"
            rest = (("participation-review", one.asked_on),)
            on = often.after(one.asked_on)
            yield Obligation(on, "participation", what, "ACT-0", one.at("asked_on"), rest)
