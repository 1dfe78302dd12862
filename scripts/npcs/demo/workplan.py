"""The work plan: activities with milestones, priorities with cycles, what moves them."""

from datetime import date, timedelta
from typing import Any

from npcs.demo.dice import Dice
from npcs.demo.world import DAY, World, add_years, in_words
from npcs.demo.yamlout import Folded, paragraphs

_ACTIVITIES = (
    (
        "incident-review",
        "A common form of review",
        "ACT-1",
        ("STG-1", "LTG-2"),
        (
            "Agree on the form",
            "Train reviewers",
            "First reviews shared",
            "Look at what reviews led to",
        ),
    ),
    (
        "comparative-data",
        "Comparative data on incidents and culture",
        "ACT-2",
        ("STG-1", "LTG-4"),
        (
            "Agree on the core data set",
            "First survey of staff",
            "First figures side by side",
            "Second survey",
        ),
    ),
    (
        "spaced-learning",
        "A library of spaced learning",
        "ACT-3",
        ("LTG-2",),
        ("Write the first questions", "Try them in three offices", "Open the library to all"),
    ),
    (
        "safety-notices",
        "Safety notices for all members",
        "ACT-4",
        ("LTG-1", "LTG-3"),
        ("Agree on the form of a notice", "First notice issued", "Every member answers in time"),
    ),
    (
        "quality-priorities",
        "Priorities we work on together",
        "ACT-5",
        ("LTG-3", "STG-2"),
        ("Choose the first priority", "Publish a bundle", "Look at the first year"),
    ),
)
_STATES = ("taking-part", "taking-part", "taking-part", "preparing", "paused", "not-started")


_PRIORITIES = (
    (
        "youngest-children",
        "The youngest children",
        "Raise the share of children aged 0 to 3 for whom every step of the bundle was done from a "
        "half to four-fifths within two years.",
        "near-deaths",
    ),
    (
        "staff-who-stay",
        "Staff who stay",
        "Raise the share of staff who stay for a year by five in a hundred within three years.",
        "staff-who-stay",
    ),
)


def write_activities(world: World, leads: list[str]) -> int:
    """Write the activities, their milestones done one after the other."""
    dice, writer = world.stream("activities"), world.writer("activities/prose")
    for number, (key, title, provision, goals, steps) in enumerate(_ACTIVITIES):
        milestones: list[dict[str, Any]] = []
        finished: list[tuple[date, int]] = []
        span = (world.as_of - world.start).days + 150
        for step, what in enumerate(steps):
            due = world.start + timedelta(days=120 + (span - 120) * step // len(steps))
            milestones.append(
                {"id": f"m{step + 1}", "title": what, "due": due, "done": None,
                 "depends_on": [f"m{step}"] if step else None}
            )  # fmt: skip
            done = due + timedelta(days=dice.between(-30, 25))
            if done < world.as_of - DAY and len(finished) == step:
                finished.append((done, step))
        data: dict[str, Any] = {
            "title": title,
            "provision": provision,
            "goals": list(goals),
            "lead": leads[number % len(leads)] if leads else "Executive Committee",
            "milestones": list(milestones),
            "participation": {
                one.id: _STATES[dice.below(len(_STATES))]
                for one in world.members
                if one.left is None and one.joined <= world.start
            },
        }
        path = f"workplan/activities/{key}.md"
        body = paragraphs(writer.problem(), writer.paragraph(3))
        start = world.start + timedelta(days=40)
        world.chronicle.commit(
            start, world.coordinator(start).author, f"Plan an activity: {title}"
        ).put(path, data, body)
        for done, step in sorted(finished):
            meeting = world.meeting_until(done)
            evidence = f"Minutes of the committee, {in_words(meeting)}"
            milestones[step] = milestones[step] | {"done": {"on": done, "evidence": evidence}}
            data = data | {"milestones": list(milestones)}
            if step == len(steps) - 1 or step == 1:
                data = data | {"participation": _everybody(world, dice, done)}
            world.chronicle.commit(
                done, world.coordinator(done).author, f"{title}: a milestone is reached"
            ).put(path, data, body)
    return len(_ACTIVITIES)


def _everybody(world: World, dice: Dice, day: date) -> dict[str, str]:
    here = [one for one in world.members_on(day) if one.left is None]
    return {one.id: _STATES[dice.below(4)] for one in here}


def write_priorities(world: World) -> int:
    """Write the priorities with their driver diagrams and cycles."""
    writer = world.writer("priorities")
    for number, (key, title, aim, measure) in enumerate(_PRIORITIES):
        first = world.start + timedelta(days=100 + 60 * number)
        cycles: list[dict[str, Any]] = []
        data: dict[str, Any] = {
            "title": title,
            "aim": Folded(aim),
            "drivers": [
                {"text": "What staff know at the right moment",
                 "drivers": [{"text": "Handovers"}, {"text": "Short questions every week"}]},
                {"text": "What families can rely on",
                 "drivers": [{"text": "One plan"}, {"text": "One person to call"}]},
            ],
            "measures": [measure],
            "bundle": None if number else "first-steps",
            "cycles": None,
        }  # fmt: skip
        body = paragraphs(writer.problem(), writer.paragraph(2))
        path = f"workplan/priorities/{key}.md"
        if first < world.held[min(3, len(world.held) - 1)] + timedelta(days=2):
            first = world.held[min(3, len(world.held) - 1)] + timedelta(days=2)
        who = world.coordinator(first).author
        world.chronicle.commit(first, who, f"Set a priority: {title}").put(path, data, body)
        start = first + timedelta(days=20)
        while (end := start + timedelta(days=90)) < min(world.as_of, add_years(first, 3)):
            cycles.append(
                {
                    "plan": Folded(f"Find out whether it helps to {writer.lesson()}."),
                    "do": Folded(writer.sentence()), "study": Folded(writer.good()),
                    "act": Folded(f"Keep it, and {writer.lesson()}."), "from": start, "to": end,
                }
            )  # fmt: skip
            who = world.coordinator(end).author
            world.chronicle.commit(end, who, f"{title}: a cycle has ended").put(
                path, data | {"cycles": list(cycles)}, body
            )
            start = end + timedelta(days=30)
    return 2
