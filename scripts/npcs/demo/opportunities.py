"""Improvement opportunities: patterns that reviews keep coming back to, and what is done."""

from datetime import date, timedelta
from typing import Any

from npcs.demo.dice import Dice
from npcs.demo.groups import Group, Recommendation
from npcs.demo.prose import FOCI, Writer
from npcs.demo.world import DAY, World
from npcs.demo.yamlout import paragraphs

_SEEN = (
    ("What one agency knows does not reach the next", "Teamwork and coordination", "external"),
    ("Supervisors hear of doubts too late", "Teamwork and coordination", "team"),
    ("Families wait for help with rent and food", "Economic support for families", "external"),
    ("New staff decide alone in their first months", "Support of staff", "professional"),
    ("Forms ask for the same thing in three places", "Tools and forms", "environment"),
    ("At night nobody knows the plan", "Teamwork and coordination", "team"),
    ("Letters are written for lawyers", "Work with families", "family"),
    ("Posts stay empty for months", "Support of staff", "environment"),
)
_REVIEWS, _DATA, _CULTURE = (
    "incident-review-subcommittee", "data-and-definitions-subcommittee",
    "safety-culture-subcommittee",
)  # fmt: skip
_BY = {
    "Teamwork and coordination": (_REVIEWS,),
    "Economic support for families": (_REVIEWS,),
    "Support of staff": (_CULTURE, _REVIEWS),
    "Tools and forms": (_DATA, _REVIEWS),
    "Work with families": ("safe-sleep-workgroup", _REVIEWS),
}
"""The groups that raise what is of a theme, the first of them that is at work."""

_OWNERS = (
    "Child welfare leaders of the members", "Training leads of the members",
    "Data stewards of the members", "Project coordinator",
)  # fmt: skip
_STEPS = (
    ("Agree on one number to call, day and night", "strong"),
    ("Put what must not be forgotten on one page", "intermediate"),
    ("Ask for it only once, and let the systems pass it on", "strong"),
    ("Give supervisors a fixed hour for open doubts", "intermediate"),
    ("Tell all teams what the reviews have shown", "weak"),
    ("Ask families and staff after three months what has changed", "intermediate"),
)
_RESULTS = (
    "Later reviews came back to it less often; in rural offices it is as it was.",
    "Staff say that it is easier; the figures are too few yet to tell.",
    "It holds where supervisors ask for it, and has faded elsewhere.",
)


def write_opportunities(
    world: World, groups: list[Group], recommended: list[Recommendation], count: int
) -> None:
    """Write so many opportunities: raised, taken up, and some of them done or given up."""
    dice, writer = world.stream("opportunities"), world.writer("opportunities/prose")
    adopted = [one for one in recommended
               if one.answers and one.answers[-1].outcome == "adopted"]  # fmt: skip
    span = (world.as_of - world.start).days
    for number in range(count):
        title, theme, level = _SEEN[number % len(_SEEN)]
        if number >= len(_SEEN):
            title = f"{title}: {FOCI[number % len(FOCI)]}"
            title += f", {number // len(_SEEN) + 1}" if number >= len(_SEEN) * len(FOCI) else ""
        raised = world.start + timedelta(days=60 + (span - 90) * number // count)
        working = [one.id for one in groups
                   if one.formed.day < raised < (one.closed or world.as_of)]  # fmt: skip
        data: dict[str, Any] = {
            "title": title,
            "theme": theme,
            "level": level,
            "raised": raised,
            "from": next((one for one in _BY[theme] if one in working), None),
            "owner": dice.choice(_OWNERS),
            "carried_by": None,
            "actions": None,
            "result": None,
            "set_aside": None,
        }
        later = [one for one in adopted if one.proposed > raised]
        taken_up = min(later, key=lambda one: one.proposed) if later else None
        _write(world, dice, writer, data, number, taken_up)


def _write(
    world: World, dice: Dice, writer: Writer, data: dict[str, Any], number: int,
    taken_up: Recommendation | None,
) -> None:  # fmt: skip
    title, raised = data["title"], data["raised"]
    body = paragraphs(writer.problem(), writer.paragraph(2))
    name = title.lower().replace(",", "").replace(":", "").replace(" ", "-")
    path = f"workplan/opportunities/{name}.md"

    def put(day: date, said: str) -> None:
        who = world.coordinator(day).author
        world.chronicle.commit(day, who, f"{said}: {title}").put(path, dict(data), body)

    put(raised, "An opportunity is raised")
    planned = raised + timedelta(days=50)
    if planned > world.as_of - timedelta(days=30) or number % 7 == 6:
        return
    if number % 7 == 5 and raised < world.as_of - timedelta(days=200):
        day = raised + timedelta(days=150)
        reason = "Another office has taken it up with its own means"
        data["set_aside"] = {"on": day, "reason": reason}
        put(day, "An opportunity is set aside")
        return
    if number % 3 == 1 and taken_up:
        data["carried_by"] = [taken_up.id]
        planned = max(planned, taken_up.proposed)
    data["actions"] = _actions(dice, planned)
    put(planned, "Steps are planned")
    last = _do(world, dice, data, put)
    told = world.meeting_after(last + timedelta(days=45)) if last else None
    if told and told < world.as_of - DAY and not data["carried_by"]:
        evidence = f"{told}-executive-committee"
        data["result"] = {"on": told, "text": dice.choice(_RESULTS), "evidence": evidence}
        put(told, "What came of it")


def _actions(dice: Dice, planned: date) -> list[dict[str, Any]]:
    steps = sorted(dice.sample(_STEPS, dice.between(1, 2)), key=lambda one: one[1])
    if all(strength == "weak" for _, strength in steps):
        steps = [_STEPS[1], *steps]
    return [
        {"text": text, "owner": dice.choice(_OWNERS), "strength": strength,
         "due": planned + timedelta(days=80 + 60 * place), "done": None}
        for place, (text, strength) in enumerate(steps)
    ]  # fmt: skip


def _do(world: World, dice: Dice, data: dict[str, Any], put: Any) -> date | None:
    """Let the actions be done, most of them; the day of the last one if all are."""
    last = None
    for place, action in enumerate(list(data["actions"])):
        done = max(world.meeting_until(action["due"] + timedelta(days=dice.between(-15, 25))),
                   world.meeting_until(action["due"]))  # fmt: skip
        recent = action["due"] > world.as_of - timedelta(days=300)
        if done >= world.as_of - DAY or (recent and dice.happens(40)):
            return None
        evidence = f"{done}-executive-committee"
        data["actions"] = list(data["actions"])
        data["actions"][place] = action | {"done": {"on": done, "evidence": evidence}}
        last = max(last or done, done)
        put(last, "A step is done")
    return last
