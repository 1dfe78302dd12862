"""What the committee decides and how: by consensus, by vote, rejected, put off; told to all."""

from datetime import date, timedelta
from typing import Any

from npcs.demo.approvals import tag
from npcs.demo.chronicle import Commit
from npcs.demo.dice import Dice
from npcs.demo.prose import Writer
from npcs.demo.readings import CHANGES, Setting, coverage, parameters
from npcs.demo.world import DAY, Matter, Person, Term, World, in_words
from npcs.demo.yamlout import paragraphs

_OTHERS = (
    "Dates of the coming meetings", "A guest from another field", "Order of the work plan",
    "A common form for debriefings", "Support for a member after an incident",
    "Time for peer visits", "A glossary for new members", "Answers to questions of the press",
    "A survey of staff in spring", "Joint training of supervisors", "A reading list",
    "Shorter reports from groups", "A pilot in two offices", "Thanks to those who leave",
)  # fmt: skip
_OBJECTIONS = (
    "The time is too short for small offices", "It asks for data we may not share",
    "It repeats what another group is doing", "The cost falls on few members",
    "It has not been tried anywhere yet", "The wording leaves open who does what",
    "Our counsel has not looked at it yet", "It could be read as a duty to report",
)  # fmt: skip


def make_others(world: World, count: int) -> None:
    """Matters of all kinds."""
    dice, writer = world.stream("others"), world.writer("others/prose")
    days = world.held[1:]
    for number in range(count):
        matter = Matter(
            days[number * len(days) // count], "other", dice.choice(_OTHERS),
            writer.paragraph(2), rank=8,
        )  # fmt: skip
        if dice.happens(10):
            matter.outcome = "deferred"
        elif dice.happens(12):
            matter.outcome = "rejected"
        if dice.happens(8) and matter.outcome != "deferred":
            last = matter.day + timedelta(days=dice.between(8, 14))
            if last <= world.as_of and last < world.last_meeting:
                matter.day, matter.ballot = last, True
        world.decide(matter)


def number_matters(world: World) -> None:
    """Give every matter its number: in the order of the days, within a day by rank."""
    world.matters.sort(key=lambda one: (one.day, one.rank))
    numbers: dict[int, int] = {}
    for matter in world.matters:
        number = numbers[matter.day.year] = numbers.get(matter.day.year, 0) + 1
        matter.id = f"D-{matter.day.year}-{number:03}"


def settle(world: World) -> None:
    """Decide every matter: find out who agrees, who objects, and what the count says."""
    dice = world.stream("settle")
    present = {one.day: one.present for one in world.sittings if one.status == "held"}
    for matter in world.matters:
        office = world.holders("member", matter.day)
        there = office if matter.ballot else present[matter.day]
        matter.data = {
            "title": matter.title,
            "date": matter.day,
            "subject": matter.subject,
            "meeting": None if matter.ballot else f"{matter.day}-executive-committee",
            "ballot": _ballot(dice, matter) if matter.ballot else None,
            **_course(world, dice, matter, office, there),
            "outcome": matter.outcome,
            "effective": matter.effective,
            "charter": {key: matter.charter[key] for key in ("version", "digest", "change")}
            if matter.charter
            else None,
            "about": [one.id for one in matter.about] or None,
        }


def _ballot(dice: Dice, matter: Matter) -> dict[str, Any]:
    opened = matter.day - timedelta(days=dice.between(4, 6))
    return {"opened": opened, "closed": matter.day, "notice": opened - DAY}


def _course(
    world: World, dice: Dice, matter: Matter, office: list[Person], there: list[Person]
) -> dict[str, Any]:
    """How the matter went: consensus and its objections, or a vote after them."""
    needed = -(-2 * len(office) // 3)
    against = 1 + dice.below(2)
    sought = matter.day
    if matter.ballot:
        sought = world.meeting_before(matter.day)
    voted = (
        not matter.plain
        and matter.outcome == "adopted"
        and len(there) - against >= needed
        and (matter.ballot or dice.happens(14))
    )
    if matter.ballot and not voted:
        matter.outcome = "rejected"
    if voted or matter.outcome == "rejected":
        return _vote(dice, matter, there, needed, against, sought)
    objections = []
    if not matter.plain and (dice.happens(12) or matter.outcome == "deferred"):
        objections = [_objection(dice, dice.choice(there), resolved=matter.outcome == "adopted")]
    return {
        "method": "consensus",
        "consensus": {"sought_on": sought, "objections": objections or None},
        "votes": None,
    }


def _vote(
    dice: Dice, matter: Matter, there: list[Person], needed: int, against: int, sought: date
) -> dict[str, Any]:
    order = dice.shuffled(there)
    if matter.outcome == "rejected":
        yes = max(0, min(needed - 1 - dice.below(3), len(there) - 1))
    else:
        yes = dice.between(needed, len(there) - against)
    rest = len(there) - yes
    votes = ["yes"] * yes + ["no"]
    votes += [dice.choice(("no", "no", "abstain", "recused")) for _ in range(rest - 1)]
    cast = dict(zip(order, votes, strict=True))
    opposed = [who for who in order if cast[who] == "no"][:2]
    return {
        "method": "vote",
        "consensus": {
            "sought_on": sought,
            "objections": [_objection(dice, who, resolved=False) for who in opposed],
        },
        "votes": {who.id: cast[who] for who in there},
    }


def _objection(dice: Dice, who: Person, *, resolved: bool) -> dict[str, Any]:
    return {"by": who.id, "text": dice.choice(_OBJECTIONS), "resolved": resolved or None}


def write_decisions(world: World, readings: list[tuple[Matter, str]]) -> dict[date, Commit]:
    """Write the decisions and what they bring into force; gives the commit of each day."""
    dice, writer = world.stream("decisions"), world.writer("decisions/prose")
    settings: list[Setting] = []
    changed = dict(readings)
    commits: dict[date, Commit] = {}
    for matter in world.matters:
        commit = commits.get(matter.day)
        if commit is None:
            commit = commits[matter.day] = world.chronicle.commit(
                matter.day, world.coordinator(matter.day).author,
                f"Record the decisions of {in_words(matter.day)}",
            )  # fmt: skip
        path = f"charter/decisions/{matter.id}.md"
        body = _body(writer, matter)
        commit.put(path, matter.data, body)
        if matter.charter:
            commit.text("charter/charter.md", matter.charter["text"])
            commit.tag = tag(world, matter)
        if matter in changed:
            name = changed[matter]
            value = next((one[1] for one in CHANGES if one[0] == name), "")
            since = matter.effective or matter.day
            settings.append(Setting(name, since, value, matter.id))
            commit.put("charter/parameters.yml", parameters(settings))
            if not name:
                commit.put("charter/coverage.yml", coverage())
        _tell(world, dice, matter, path, body)
    return commits


def _body(writer: Writer, matter: Matter) -> str:
    if matter.subject == "appointment":
        lines = []
        for term in matter.about:
            assert isinstance(term, Term)
            whom = f" for {term.member.name}" if term.member and term.office == "member" else ""
            until = f" to {in_words(term.end)}" if term.end else " on"
            lines.append(f"- {term.person.name}{whom}, from {in_words(term.start)}{until}")
        return paragraphs("The committee appoints:", "\n".join(lines))
    if matter.plain or matter.charter:
        return paragraphs(matter.reasons)
    closing = {
        "adopted": f"The committee agreed, and asks members to {writer.lesson()}.",
        "rejected": f"It did not go through: {writer.cause()}, and this would not change it.",
        "deferred": "The committee will come back to it when more is known.",
    }[matter.outcome]
    return paragraphs(matter.reasons, writer.paragraph(2), closing)


def _tell(world: World, dice: Dice, matter: Matter, path: str, body: str) -> None:
    """Let a co-chair tell the members, and some outside afterwards."""
    told = matter.day + timedelta(days=3 + (matter.day.day + matter.day.month) % 7)
    if told > world.as_of or matter.outcome == "deferred":
        return
    by = world.co_chair(told, matter.day.month)
    data = matter.data | {"communicated": [{"on": told, "to": "all members", "by": by.id}]}
    world.chronicle.commit(told, by.author, f"Tell all members of {matter.id}").put(
        path, data, body
    )
    shared = told + timedelta(days=dice.between(1, 30))
    if dice.happens(12) and matter.outcome == "adopted" and shared <= world.as_of:
        outside = {
            "on": shared,
            "with": dice.choice(("partners in health", "the press", "schools")),
        }
        who = world.coordinator(shared).author
        world.chronicle.commit(shared, who, f"{matter.id}: shared outside").put(
            path, data | {"shared_outside": [outside]}, body
        )


def write_terms(world: World, commits: dict[date, Commit]) -> None:
    """Write the terms with the decision that appoints, and again when they end early.

    That is known when a successor is appointed, or else on the last day.
    """
    for term in world.terms:
        assert term.matter is not None
        data = {
            "person": term.person.id,
            "office": term.office,
            "represents": term.member.id if term.member and term.office == "member" else None,
            "start": term.start,
            "end": term.end,
            "ended": None,
            "replaces": term.replaces.id if term.replaces else None,
            "nominated_by": term.member.id
            if term.member and term.nominated and term.office == "member"
            else None,
            "volunteered": True if term.office == "member" and not term.nominated else None,
            "decision": term.matter.id,
        }
        path = f"charter/terms/{term.id}.yml"
        commits[term.matter.day].put(path, data)
        if term.ended:
            day, reason = term.ended
            ended = data | {"ended": {"on": day, "reason": reason}}
            told = [one.matter.day for one in world.terms if one.replaces is term and one.matter]
            if told and min(told) <= day:
                commits[min(told)].put(path, ended)
                continue
            what = f"{term.person.name}: last day as {term.office}"
            world.chronicle.commit(day, world.coordinator(day).author, what).put(path, ended)
