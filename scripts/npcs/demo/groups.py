"""Subcommittees and workgroups: how they are formed, their meetings, what they recommend."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from npcs.demo.chronicle import Commit
from npcs.demo.dice import Dice
from npcs.demo.prose import DEVICES, FOCI, Writer
from npcs.demo.world import DAY, Matter, Person, World, in_words
from npcs.demo.yamlout import Folded, paragraphs

_NAMES = (
    (
        "Data and Definitions",
        "subcommittee",
        "Agree on words and figures that mean the same everywhere.",
    ),
    (
        "Incident Review",
        "subcommittee",
        "Look after the common form of review, and learn across reviews.",
    ),
    (
        "Safe Sleep",
        "workgroup",
        "Find out what helps families with infants, and bring it into visits.",
    ),
    ("Safety Culture", "subcommittee", "Make the yearly survey useful to those who answer it."),
    ("Spaced Learning", "workgroup", "Write short questions that keep knowledge alive."),
    ("Safety Notices", "workgroup", "Draft notices, and follow the members' answers to them."),
)
_MORE = (
    "Handover", "Supervision", "Night Cover", "Rural Practice", "Kinship", "Medical Partners",
    "Court Work", "Family Voice", "New Staff", "Tribal Partners", "Workload", "Retention",
    "Screening", "Debriefing", "Plain Language", "Prevention", "School Partners", "Infants",
    "Data Quality", "Home Visits", "Fatigue", "Peer Visits", "Look-Ahead", "Onboarding",
    "After Care", "Crisis Support", "Field Safety", "Training", "Policy Drift", "Equity",
    "Islands", "Cities", "Counties", "Foster Care",
)  # fmt: skip
_STRENGTHS = ("strong", "intermediate", "intermediate", "weak")
_OWNERS = (
    "Project coordinator", "Lead of the group", "Data stewards of the members",
    "Child welfare leaders of the members", "Technical advisors", "Training leads of the members",
)  # fmt: skip
_STEPS = (
    "Try it in two offices and write down what gets in the way",
    "Put the form on one page and drop the old one",
    "Show one figure a week to those who do the work",
    "Agree with partners on whom to call",
    "Give supervisors an hour a week for it",
    "Write a short guide in plain language",
    "Ask staff after three months what has changed",
    "Bring it into the training of new staff",
)


_RESULTS = (
    "Offices that began with it have kept it; two have dropped the part on paper.",
    "Staff ask for it now. Whether families notice is not known yet.",
    "It helped where one person looked after it, and faded elsewhere.",
    "Nothing changed that anyone could see; we know better now what to ask for.",
)


@dataclass(slots=True, eq=False)
class Group:
    """A group and the days between which it works."""

    id: str
    name: str
    kind: str
    purpose: str
    formed: Matter
    people: list[Person]
    advisors: list[Person]
    until: date | None = None
    closed: date | None = None
    meetings: list[date] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Recommendation:
    """What a group recommends, and the matters in which the committee answers."""

    group: Group
    proposed: date
    title: str
    body: str
    answers: list[Matter] = field(default_factory=list)
    feedback: str = ""
    id: str = ""


def make_groups(world: World, count: int) -> list[Group]:
    """Make up groups, most of them formed in the first year."""
    dice = world.stream("groups")
    pool = _pool(world)
    found = []
    for number in range(count):
        if number < len(_NAMES):
            name, kind, purpose = _NAMES[number]
        else:
            extra = number - len(_NAMES)
            name, kind = _MORE[extra % len(_MORE)], "workgroup"
            if extra >= len(_MORE):
                name = f"{name} {extra // len(_MORE) + 1}"
            purpose = f"Try out what helps with {dice.choice(FOCI)}, and report to the committee."
        title = f"{name} {kind.capitalize()}"
        early = number * 2 if number < len(_NAMES) else dice.below(max(1, len(world.held) // 2))
        day = world.held[min(1 + early, len(world.held) - 1)]
        matter = world.decide(
            Matter(
                day, "group", f"Form the {title}", f"{purpose} Members have asked for it.", rank=6
            )
        )
        key = title.lower().replace(" ", "-")
        people = dice.sample([one for one in pool if one.arrived <= day], 6)
        advisors = world.holders("advisor", day)[:1] if number % 2 else []
        group = Group(key, title, kind, purpose, matter, dice.shuffled(people), advisors)
        if number % 5 == 2 and world.years > 1:
            group.until = day + timedelta(days=364)
            group.closed = group.until if group.until < world.as_of else None
        matter.about.append(group)
        found.append(group)
    return found


def _pool(world: World) -> list[Person]:
    """Those who stay on their member's team to the end."""
    return [
        person
        for member in world.members
        if member.left is None
        for person in member.teams[0][1]
        if person in member.team and person.left is None
    ]


def make_group_meetings(world: World, groups: list[Group], count: int) -> None:
    """Spread so many meetings over the groups, no two of a group on one day."""
    dice = world.stream("group-meetings")
    share, rest = divmod(count, len(groups))
    for number, group in enumerate(groups):
        wanted = share + (number < rest)
        first = group.formed.day + timedelta(days=7)
        last = min(group.closed or world.as_of, world.as_of)
        weekdays = [
            first + timedelta(days=off)
            for off in range((last - first).days + 1)
            if (first + timedelta(days=off)).weekday() < 4
        ]
        step = max(1, len(weekdays) // max(1, wanted))
        shift = dice.below(step)
        group.meetings = weekdays[shift::step][:wanted]


def make_recommendations(world: World, groups: list[Group], count: int) -> list[Recommendation]:
    """Make up recommendations with the matters in which the committee answers them."""
    dice, writer = world.stream("recommendations"), world.writer("recommendations/prose")
    span = (world.as_of - world.start).days
    found = []
    for number in range(count):
        day = world.start + timedelta(days=75 + (span - 80) * number // count)
        working = [
            one
            for one in groups
            if one.formed.day + timedelta(days=20) < day < (one.closed or world.as_of)
        ]
        if not working:
            working = [min(groups, key=lambda one: one.formed.day)]
            day = max(day, working[0].formed.day + timedelta(days=21))
        group = dice.choice(working)
        title = f"{dice.choice(DEVICES)} for {dice.choice(FOCI)}"
        body = paragraphs(
            writer.problem(), writer.paragraph(3), f"We recommend to {writer.lesson()}."
        )
        one = Recommendation(group, day, title, body)
        found.append(one)
        meeting = world.meeting_after(day + timedelta(days=6))
        if meeting is None:
            continue
        matter = Matter(
            meeting, "recommendation", title, f"The {group.name} recommends it.", [one], rank=7
        )
        matter.outcome = dice.choice(("adopted",) * 8 + ("rejected", "deferred"))
        one.answers.append(world.decide(matter))
        one.feedback = f"{writer.sentence()} The committee asks the group to {writer.lesson()}."
        again = world.meeting_after(meeting)
        if matter.outcome == "deferred" and again:
            second = Matter(
                again, "recommendation", f"{title}, taken up again",
                "It was put off at the last meeting; what was missing is there now.", [one], rank=7,
            )  # fmt: skip
            one.answers.append(world.decide(second))
    numbers: dict[int, int] = {}
    for one in sorted(found, key=lambda one: one.proposed):
        number = numbers[one.proposed.year] = numbers.get(one.proposed.year, 0) + 1
        one.id = f"R-{one.proposed.year}-{number:03}"
    return found


def write_groups(world: World, groups: list[Group], commits: dict[date, Commit]) -> None:
    """Write the groups with the decision that forms them, and their meetings."""
    dice, writer = world.stream("groups/write"), world.writer("groups/prose")
    for group in groups:
        data = {
            "title": group.name,
            "purpose": Folded(group.purpose),
            "kind": group.kind,
            "formed_by": group.formed.id,
            "lead": group.people[0].id,
            "people": [one.id for one in group.people],
            "advisors": [one.id for one in group.advisors] or None,
            "until": group.until,
            "closed": None,
        }
        body = paragraphs(writer.paragraph(3), f"It set out to {writer.lesson()}.")
        path = f"charter/groups/{group.id}.md"
        commits[group.formed.day].put(path, data, body)
        for day in group.meetings:
            _meet(world, dice, writer, group, day)
        if group.closed:
            who = world.coordinator(group.closed).author
            world.chronicle.commit(group.closed, who, f"{group.name}: work done").put(
                path, data | {"closed": group.closed}, body
            )


def _meet(world: World, dice: Dice, writer: Writer, group: Group, day: date) -> None:
    present = {one.id: "present" for one in group.people}
    excused = {}
    if dice.happens(45):
        away = dice.choice(group.people[1:])
        present[away.id] = "excused"
        excused[away.id] = "Needed at the agency that day"
    focus, other = dice.pair(FOCI)
    data: dict[str, Any] = {
        "title": f"{group.name}, {in_words(day)}",
        "date": day,
        "body": group.id,
        "status": "held",
        "agenda": [{"title": f"What we see in {focus}"}, {"title": f"Next step on {other}"}],
        "attendance": present,
        "excuses": excused or None,
    }
    names = [one.name for one in group.people]
    lead = group.people[0]
    body = paragraphs(f"{lead.name} led the meeting.", writer.talk(names, 3), writer.paragraph(2))
    world.chronicle.commit(day, lead.author, f"{group.name}: notes of {in_words(day)}").put(
        f"charter/meetings/{day}-{group.id}.md", data, body
    )


def write_recommendations(world: World, found: list[Recommendation]) -> None:
    """Write the recommendations: proposed, answered, followed by actions that get done."""
    dice = world.stream("recommendations/write")
    for one in found:
        _write(world, dice, one)


def _write(world: World, dice: Dice, one: Recommendation) -> None:
    path = f"charter/recommendations/{one.id}.md"
    data: dict[str, Any] = {
        "title": one.title,
        "from": one.group.id,
        "proposed": one.proposed,
        "feedback": None,
        "actions": None,
        "result": None,
        "set_aside": None,
    }
    lead = one.group.people[0].author
    world.chronicle.commit(one.proposed, lead, f"Recommend: {one.title}").put(path, data, one.body)
    if not one.answers:
        return
    answered = one.answers[0].day
    data = data | {"feedback": [{"on": answered, "text": Folded(one.feedback)}]}
    last = one.answers[-1]
    if last.outcome != "adopted":
        who = world.coordinator(answered).author
        world.chronicle.commit(answered, who, f"Answer {one.id}").put(path, data, one.body)
        return
    actions: list[dict[str, Any]] = []
    finished: list[tuple[date, int, str]] = []
    steps = dice.sample(_STEPS, dice.between(1, 3))
    for number, step in enumerate(steps):
        due = last.day + timedelta(days=60 + 45 * number)
        actions.append(
            {
                "text": step, "owner": dice.choice(_OWNERS),
                "strength": dice.choice(_STRENGTHS if number else _STRENGTHS[:3]),
                "due": due, "done": None,
            }
        )  # fmt: skip
        done = due - timedelta(days=dice.between(-25, 35))
        likely = 45 if due > world.as_of - timedelta(days=280) else 85
        if done < world.as_of - DAY and dice.happens(likely):
            day, notes = _told(world, one.group, last.day, done)
            finished.append((day, number, notes))
    who = world.coordinator(last.day).author
    commit = world.chronicle.commit(last.day, who, f"Follow up {one.id}")
    commit.put(path, data | {"actions": list(actions)}, one.body)
    for done, number, notes in sorted(finished):
        actions[number] = actions[number] | {"done": {"on": done, "evidence": notes}}
        who = world.coordinator(done).author
        data["actions"] = list(actions)
        world.chronicle.commit(done, who, f"{one.id}: an action is done").put(
            path, dict(data), one.body
        )
    _end(world, dice, one, path, data | {"actions": list(actions)})


def _told(world: World, group: Group, after: date, day: date) -> tuple[date, str]:
    """The last meeting of the group between two days, or of the committee: its day and its id."""
    met = [one for one in group.meetings if after < one <= day]
    committee = max(world.meeting_until(day), world.meeting_after(after) or date.min)
    if met:
        return met[-1], f"{met[-1]}-{group.id}"
    return committee, f"{committee}-executive-committee"


def _end(world: World, dice: Dice, one: Recommendation, path: str, data: dict[str, Any]) -> None:
    """Say what came of what is done, and give up what has been late for long."""
    last = max(it["due"] for it in data["actions"])
    if all(it["done"] for it in data["actions"]):
        last = max(last, *(it["done"]["on"] for it in data["actions"]))
        day, notes = _told(world, one.group, last, last + timedelta(days=90))
        result = {"on": day, "text": dice.choice(_RESULTS), "evidence": notes}
        data, said, happens = data | {"result": result}, "what came of it", dice.happens(60)
    else:
        day = last + timedelta(days=280)
        reason = "The committee found another way; what was learnt stands among the practices"
        data, said, happens = data | {"set_aside": {"on": day, "reason": reason}}, "set aside", True
    if happens and last < day < world.as_of - DAY:
        who = world.coordinator(day).author
        world.chronicle.commit(day, who, f"{one.id}: {said}").put(path, data, one.body)
