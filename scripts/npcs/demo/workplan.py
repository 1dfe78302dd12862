"""The activities of the work plan: milestones reached one after the other, and one that rests."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from npcs.demo.chronicle import Commit
from npcs.demo.dice import Dice
from npcs.demo.world import DAY, Matter, World
from npcs.demo.yamlout import paragraphs


@dataclass(frozen=True, slots=True)
class _Plan:
    """An activity: its steps, each with its day in hundredths of the time up to now.

    ``reached`` tells how many of them have been, ``asked`` how many days ago members were asked.
    ``lead`` is the group whose work it is; where there is none, the committee leads it.
    """

    id: str
    title: str
    provision: str
    goals: tuple[str, ...]
    steps: tuple[tuple[str, int], ...]
    reached: int
    asked: int = 60
    lead: str = ""


_PLANS = (
    _Plan(
        "incident-review", "A common form of review", "ACT-1", ("STG-1", "LTG-2"),
        (("Agree on the form", 18), ("Train reviewers", 38), ("First reviews shared", 62),
         ("Look at what reviews led to", 86)), 4, lead="incident-review-subcommittee",
    ),
    _Plan(
        "comparative-data", "Comparative data on incidents and culture", "ACT-2",
        ("STG-1", "LTG-4"),
        (("Agree on the core data set", 22), ("First survey of staff", 47),
         ("First figures side by side", 76), ("Second survey", 108)), 3, 75,
        "data-and-definitions-subcommittee",
    ),
    _Plan(
        "spaced-learning", "A library of spaced learning", "ACT-3", ("LTG-2",),
        (("Write the first questions", 30), ("Try them in three offices", 66),
         ("Open the library to all", 97)), 2, 130, "spaced-learning-workgroup",
    ),
    _Plan(
        "safety-notices", "Safety notices for all members", "ACT-4", ("LTG-1", "LTG-3"),
        (("Agree on the form of a notice", 20), ("First notice issued", 44),
         ("Every member answers in time", 93), ("Look at what the answers changed", 112)), 2, 90,
        "safety-notices-workgroup",
    ),
    _Plan(
        "quality-priorities", "Priorities we work on together", "ACT-5", ("LTG-3", "STG-2"),
        (("Choose the first priority", 24), ("Publish a bundle", 58),
         ("Look at the first year", 115)), 2, 45,
    ),
    _Plan(
        "shared-practices", "Practices we pass on", "ACT-6", ("LTG-1",),
        (("A practice from every member", 104), ("A day of open doors", 120)), 0, 30,
    ),
)  # fmt: skip
_STATES = ("taking-part", "taking-part", "taking-part", "preparing", "paused", "not-started")


@dataclass(slots=True, eq=False)
class Pause:
    """The activity that rests, and the matter by which the committee lets it."""

    id: str
    matter: Matter


def make_pause(world: World) -> Pause:
    """Let one activity rest; the committee decides so at one of its last meetings."""
    reasons = (
        "Those who write the questions are needed for the survey of staff. The committee lets the "
        "library rest, and looks at it again after the survey."
    )
    matter = Matter(
        world.held[-5], "other", "Let the library of spaced learning rest", reasons, plain=True
    )
    found = Pause("spaced-learning", world.decide(matter))
    matter.about.append(found)
    return found


@dataclass(slots=True)
class _Activity:
    """An activity as it stands at a moment of its history."""

    plan: _Plan
    data: dict[str, Any]
    body: str
    milestones: list[dict[str, Any]] = field(default_factory=list)

    def put(self, commit: Commit) -> None:
        """Write it down as it stands."""
        now = self.data | {"milestones": [dict(one) for one in self.milestones]}
        commit.put(f"workplan/activities/{self.plan.id}.md", now, self.body)


def write_activities(world: World, groups: Collection[str], pause: Pause) -> int:
    """Write the activities, their milestones done one after the other.

    ``groups`` are the ids of those that may lead them.
    """
    dice, writer = world.stream("activities"), world.writer("activities/prose")
    for plan in _PLANS:
        one = _Activity(
            plan,
            {
                "title": plan.title,
                "provision": plan.provision,
                "goals": list(plan.goals),
                "lead": plan.lead if plan.lead in groups else "Executive Committee",
                "milestones": None,
                "pauses": None,
                "asked_on": world.start,
                "participation": _said(world, dice, world.start),
            },
            paragraphs(writer.problem(), writer.paragraph(3)),
            [_step(world, place, *step) for place, step in enumerate(plan.steps)],
        )
        began = world.start + timedelta(days=40)
        _commit(world, began, f"Plan an activity: {plan.title}", one)
        for day, place in _events(world, plan):
            if place is not None:
                evidence = f"{day}-executive-committee"
                one.milestones[place]["done"] = {"on": day, "evidence": evidence}
                _commit(world, day, f"{plan.title}: a milestone is reached", one)
                continue
            one.data |= {"asked_on": day, "participation": _said(world, dice, day)}
            _commit(world, day, f"{plan.title}: members are asked again", one)
        if pause.id == plan.id:
            day = pause.matter.day
            reason = "Its authors are needed for the survey of staff"
            one.data["pauses"] = [{"from": day, "decision": pause.matter.id, "reason": reason}]
            last = max(day, _events(world, plan)[-1][0])
            _commit(world, last, f"{plan.title}: paused", one)
    return len(_PLANS)


def _step(world: World, place: int, title: str, hundredth: int) -> dict[str, Any]:
    due = world.start + (world.as_of - world.start) * hundredth // 100
    before = [f"m{place}"] if place else None
    return {"id": f"m{place + 1}", "title": title, "due": due, "done": None, "depends_on": before}


def _events(world: World, plan: _Plan) -> list[tuple[date, int | None]]:
    """The days on which a milestone is reached, with its place, or members are asked again."""
    span = world.as_of - world.start
    found: list[tuple[date, int | None]] = []
    for place, (_, hundredth) in enumerate(plan.steps[: plan.reached]):
        day = world.start + span * hundredth // 100 + timedelta(days=25 - 12 * (place % 3))
        found.append((world.meeting_until(day), place))
    found.append((world.as_of - timedelta(days=plan.asked), None))
    return sorted(found, key=lambda one: one[0])


def _commit(world: World, day: date, message: str, one: _Activity) -> None:
    day = min(day, world.as_of - DAY)
    one.put(world.chronicle.commit(day, world.coordinator(day).author, message))


def _said(world: World, dice: Dice, day: date) -> dict[str, str]:
    """What the members of a day say, those that stay."""
    here = [one for one in world.members_on(day) if one.left is None]
    return {one.id: _STATES[dice.below(len(_STATES))] for one in here}
