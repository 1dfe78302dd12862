"""Rules on the order of things: milestones that rest on each other, and cycles of improvement."""

import difflib
from collections.abc import Iterator, Mapping

from npcs.records.findings import Note
from npcs.records.workplan import Activity, Milestone, Priority
from npcs.rules.rule import Scene, rule
from npcs.rules.words import day_in_words, dues, listed


@rule("milestone-order", provision="ACT-0", over=Activity, alone=True)
def milestone_order(activity: Activity) -> Iterator[Note]:
    """Milestones come in an order that can be kept.

    `depends_on` names milestones of the same activity that must be reached first. Each is there,
    none waits for itself over any number of steps, none is due before what it depends on, and none
    is done before it. Every milestone has an id of its own.

    To put it right, correct the day, or the id under `depends_on`.

    ## Example

    Reviewers are to be trained before there is a form to train them in:

    ```yaml
    - id: form
      title: Agree on the form
      due: 2027-09-01
    - id: training
      title: Train reviewers
      due: 2027-06-01
    ```

    The check finds an error:

    > “Train reviewers” is due on 1 June 2027, before “Agree on the form”, on which it depends, on
    > 1 September 2027

    Put right: a day for the training that is not before that of the form.
    """
    known: dict[str, Milestone] = {}
    for number, one in enumerate(activity.milestones):
        if known.setdefault(one.id, one) is not one:
            yield activity.at("milestones", number, "id").error(
                f"“{known[one.id].title}” has the id {one.id} already",
                "give every milestone of the activity an id of its own",
            )
    for number, one in enumerate(activity.milestones):
        for place, key in enumerate(one.depends_on):
            before = known.get(key)
            if before is None:
                near = difflib.get_close_matches(key, list(known)[:500], n=1)
                yield activity.at("milestones", number, "depends_on", place).error(
                    f"no milestone of this activity has the id {key}",
                    f"did you mean {near[0]}?" if near else "name one by its `id`, or take it out",
                )
            elif before is not one:
                yield from _in_order(activity, number, one, before)
    yield from _round(activity, known)


def _in_order(activity: Activity, number: int, one: Milestone, before: Milestone) -> Iterator[Note]:
    if one.due < before.due:
        yield activity.at("milestones", number, "due").error(
            f"“{one.title}” is due on {day_in_words(one.due)}, before “{before.title}”, on which "
            f"it depends, on {day_in_words(before.due)}",
            "correct one of the two days, or what it depends on",
        )
    if one.done and (before.done is None or one.done.on < before.done.on):
        when = f"was done on {day_in_words(before.done.on)}" if before.done else "is not done"
        yield activity.at("milestones", number, "done").error(
            f"“{one.title}” was done on {day_in_words(one.done.on)}, and “{before.title}”, on "
            f"which it depends, {when}",
            "correct the day, or what it depends on",
        )


def _round(activity: Activity, known: Mapping[str, Milestone]) -> Iterator[Note]:
    """The first milestones that wait for one another in a ring, if any do."""
    state: dict[str, bool] = {}  # True while on the way, False once it is known to lead out
    for start in known:
        way: list[tuple[str, Iterator[str]]] = []
        following: str | None = start if start not in state else None
        while following or way:
            if following:
                state[following] = True
                way.append((following, iter(known[following].depends_on)))
            following = None
            for key in way[-1][1]:
                if state.get(key):
                    names = [name for name, _ in way]
                    yield _ring(activity, [known[name] for name in names[names.index(key) :]])
                    return
                if key in known and key not in state:
                    following = key
                    break
            else:
                state[way.pop()[0]] = False


def _ring(activity: Activity, ring: list[Milestone]) -> Note:
    place = activity.at("milestones", activity.milestones.index(ring[0]), "depends_on")
    if len(ring) == 1:
        return place.error(f"“{ring[0].title}” waits for itself", "take it out")
    shown = [f"“{one.title}”" for one in ring[:6]]
    rest = [f"{len(ring) - 6} more"] if ring[6:] else []
    return place.error(
        f"{listed([*shown, *rest])} wait for one another, so none can ever begin",
        "take out one of the ids under `depends_on`",
    )


@rule("milestone-overdue", provision="ACT-0")
def milestone_overdue(scene: Scene) -> Iterator[Note]:
    """A milestone is reached by its day.

    A milestone that is not done is *due* from 90 days before its day on. It counts as done from
    the day under `done`, where `evidence` leads to something. While an activity is paused by a
    decision of the committee, none of its milestones is due.

    To put it right, reach it and record `done` with its evidence; or agree on another day.

    ## Example

    It is 10 June 2027:

    ```yaml
    - id: form
      title: Agree on the form
      due: 2027-06-01
    ```

    The check reminds:

    > the milestone “Agree on the form” of Incident review is to be reached; overdue since
    > 1 June 2027

    Put right: `done`, with the day and the evidence; or a new day that was agreed on.
    """
    hint = "record `done` with the day and the `evidence`, or agree on another day"
    yield from dues(scene, "milestone-overdue", hint)


@rule("cycle-order", provision="ACT-5", over=Priority, alone=True)
def cycle_order(priority: Priority) -> Iterator[Note]:
    """A cycle of improvement is planned, done, studied and acted on, in this order.

    Each of the `cycles` of a priority begins with a `plan` on the day `from`. One that has ended,
    with a day under `to`, says what was done, what was learnt (`study`) and what follows (`act`): a
    test nobody learnt from was no test. Until then it is open, and later parts wait for earlier
    ones. It does not end before it begins, and cycles stand in the order in which they began.

    To put it right, correct the day, or add the part that was left out.

    ## Example

    A cycle has ended, and nobody can learn from it:

    ```yaml
    - plan: Try a talk at each handover in one office.
      do: Held in 18 of 20 handovers.
      from: 2027-03-01
      to: 2027-03-28
    ```

    The check finds an error:

    > this cycle ended on 28 March 2027 without `study` and `act`

    Put right: `study` with what was learnt, and `act` with what follows from it.
    """
    for number, one in enumerate(priority.cycles):
        given = {"do": one.do, "study": one.study, "act": one.act}
        lacking = [name for name, text in given.items() if not text]
        if one.to and one.to < one.from_:
            yield priority.at("cycles", number, "to").error(
                f"this cycle ended on {day_in_words(one.to)}, before it began on "
                f"{day_in_words(one.from_)}",
                "correct one of the two days",
            )
        if one.to and lacking:
            yield priority.at("cycles", number).error(
                f"this cycle ended on {day_in_words(one.to)} without "
                f"{listed([f'`{name}`' for name in lacking])}",
                "say what was done, what was learnt and what follows; or take out `to` while it is "
                "open",
            )
        elif lacking:
            late = [name for name in list(given)[list(given).index(lacking[0]) :] if given[name]]
            if late:
                yield priority.at("cycles", number, late[0], key=True).error(
                    f"`{late[0]}` is told, and `{lacking[0]}`, which comes before it, is not",
                    f"add `{lacking[0]}`",
                )
        if number and one.from_ < priority.cycles[number - 1].from_:
            yield priority.at("cycles", number, "from").error(
                f"this cycle began on {day_in_words(one.from_)}, before the one above it",
                "put the cycles in the order in which they began",
            )
