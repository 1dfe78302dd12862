"""The members of the Example Partnership, their teams, and who comes and goes."""

from collections.abc import Iterator
from datetime import date, timedelta

from npcs.demo.names import FAMILY, GIVEN, jurisdictions
from npcs.demo.world import DAY, Member, Person, World

_MIX = (
    ("state", "large"), ("county", "medium"), ("tribe", "small"), ("state", "medium"),
    ("city", "large"), ("county", "small"), ("district", "medium"), ("state", "small"),
    ("county", "large"), ("territory", "small"), ("county", "medium"), ("state", "medium"),
)  # fmt: skip
"""Kind and size of the members in their order; further ones start again from the front."""

_LEADERS = ("Commissioner", "Director", "Secretary", "Executive Director")
_EXECUTIVES = (
    "Deputy Director for Safety", "Chief of Quality Improvement", "Deputy Commissioner",
    "Chief of Staff", "Director of Field Operations", "Director of Practice",
)  # fmt: skip
_STEWARDS = ("Data Manager", "Director of Analytics", "Research Lead")
_LIAISONS = ("Program Manager", "Safety Science Lead", "Review Coordinator")

_LIMITS = (
    ("Dates are given by quarter, not by day", "Rules on small populations"),
    ("Figures of fewer than twenty families are not shared", "Policy of the agency"),
    ("No fields on health", "State law, as its counsel reads it (fictional)"),
    ("Data leave only after a review by the council", "Data sovereignty"),
)


JOINED = 6
"""With so many members or more, the last of them joins later."""


class Cast:
    """Gives out names, each once."""

    def __init__(self, world: World) -> None:
        self._world = world
        dice = world.stream("cast")
        self._names: Iterator[str] = (
            f"{GIVEN[number % len(GIVEN)]} {FAMILY[number // len(GIVEN)]}"
            for number in dice.shuffled(range(len(GIVEN) * len(FAMILY)))
        )
        self._dice = dice

    def person(
        self, position: str, organization: str, arrived: date, member: Member | None = None,
        *, leadership: bool = False,
    ) -> Person:  # fmt: skip
        """Somebody new."""
        name = next(self._names)
        key = name.lower().replace(" ", "-")
        one = Person(key, name, position, organization, arrived, member, leadership)
        self._world.people.append(one)
        return one

    def executive(self, member: Member, day: date) -> Person:
        """Somebody new on a member's executive team."""
        return self.person(
            self._dice.choice(_EXECUTIVES), member.agency, day, member, leadership=True
        )

    def leader(self, member: Member, day: date) -> Person:
        """A new child welfare leader of a member."""
        return self.person(self._dice.choice(_LEADERS), member.agency, day, member, leadership=True)

    def team(self, member: Member, day: date) -> dict[Person, str]:
        """A whole team for a member."""
        dice = self._dice
        team = {self.leader(member, day): "child-welfare-leader"}
        for _ in range(2):
            team[self.executive(member, day)] = "executive-team"
        steward = self.person(dice.choice(_STEWARDS), member.agency, day, member)
        liaison = self.person(dice.choice(_LIAISONS), member.agency, day, member)
        return team | {steward: "data-steward", liaison: "liaison"}


def make_members(world: World, cast: Cast, count: int) -> None:
    """Make up the members: most found the partnership, one joins later, one leaves."""
    dice = world.stream("members")
    mix = [_MIX[number % len(_MIX)] for number in range(count)]
    founded = world.start - timedelta(days=8)
    span = (world.as_of - world.start).days
    for (kind, size), where in zip(mix, jurisdictions([kind for kind, _ in mix]), strict=True):
        one = Member(where.id, where.name, where.short, where.agency, kind, size, founded)
        world.members.append(one)
    joiner = world.members[-1] if count >= JOINED else None
    leaver = world.members[-2] if count >= 8 else None
    if joiner:
        joiner.joined = world.start + timedelta(days=span * 2 // 5)
    if leaver:
        leaver.left = world.start + timedelta(days=span * 3 // 4)
    _nest(world.members[: count - 2])
    for number, one in enumerate(world.members):
        since = one.joined - timedelta(days=dice.between(60, 900))
        one.leaders = [since]
        one.teams = [(min(one.joined, founded) if one is not joiner else one.joined, {})]
        one.teams = [(one.teams[0][0], cast.team(one, one.teams[0][0]))]
        if number % 3 == 2:
            what, why = dice.choice(_LIMITS)
            one.limits = ({"what": what, "why": why},)
        if number % 3 != 1:
            one.named_from = one.joined + timedelta(days=60)


def _nest(members: list[Member]) -> None:
    """Put a county into a state and a city into a county, where there are any that fit."""
    sizes = ("small", "medium", "large")
    states = [one for one in members if one.kind == "state" and one.size == "large"]
    counties = [one for one in members if one.kind == "county" and one.size != "large"]
    for state, county in zip(states, counties, strict=False):
        county.within = state
    cities = [one for one in members if one.kind == "city"]
    for city in cities:
        outer = next(
            (
                one
                for one in members
                if one.kind in ("county", "state")
                and one.within is None
                and sizes.index(one.size) >= sizes.index(city.size)
                and one not in states
            ),
            None,
        )
        city.within = outer


def change_team(member: Member, day: date, out: Person | None, new: Person, role: str) -> None:
    """Record a team from a day on in which one person takes another's place, or joins it."""
    team = {who: what for who, what in member.team.items() if who is not out}
    order = ("child-welfare-leader", "executive-team", "data-steward", "liaison")
    team[new] = role
    ordered = sorted(team.items(), key=lambda one: order.index(one[1]))
    member.teams.append((day, dict(ordered)))


def write_people(world: World) -> None:
    """Write the records of members and people into the chronicle, with every change."""
    chronicle = world.chronicle
    opening = world.start - timedelta(days=17)
    coordinator = world.coordinator(world.start).author
    first = chronicle.commit(opening, coordinator, "Record the founding members and their teams")
    founding = {one.joined for one in world.members if one.joined < world.start}
    for one in world.members:
        commit = first
        if one.joined not in founding:
            who = world.coordinator(one.joined).author
            commit = chronicle.commit(one.joined, who, f"{one.name} joins the partnership")
        commit.put(f"charter/members/{one.id}.yml", _member(one, 0, one.joined))
        for person in one.teams[0][1]:
            commit.put(f"charter/people/{person.id}.yml", _person(person, None))
        for number, (day, team) in enumerate(one.teams[1:], 1):
            who = world.coordinator(day).author
            commit = chronicle.commit(day, who, f"{one.name}: bring the team up to date")
            commit.put(f"charter/members/{one.id}.yml", _member(one, number, day))
            for person in team:
                if person not in one.teams[number - 1][1]:
                    commit.put(f"charter/people/{person.id}.yml", _person(person, None))
        if one.left:
            who = world.coordinator(one.left).author
            commit = chronicle.commit(one.left, who, f"{one.name} leaves the partnership")
            commit.put(f"charter/members/{one.id}.yml", _member(one, len(one.teams) - 1, date.max))
    for person in world.people:
        path = f"charter/people/{person.id}.yml"
        if person.member is None:
            day = max(person.arrived, opening)
            who = world.coordinator(day).author
            subject = f"Record {person.name}"
            chronicle.commit(day, who, subject).put(path, _person(person, None))
        if person.left and person.left < world.as_of:
            day = person.left + DAY
            who = world.coordinator(day).author
            subject = f"{person.name} has left the organization"
            chronicle.commit(day, who, subject).put(path, _person(person, person.left))


def _member(one: Member, number: int, day: date) -> dict[str, object]:
    leaders = [since for since in one.leaders if since <= day]
    return {
        "name": one.name,
        "kind": one.kind,
        "size": one.size,
        "within": one.within.id if one.within else None,
        "joined": one.joined,
        "left": one.left if day == date.max else None,
        "team": [
            {"person": person.id, "role": role} for person, role in one.teams[number][1].items()
        ],
        "leader_since": leaders[-1],
        "data_limits": one.limits or None,
        "answers_named_from": one.named_from,
    }


def _person(one: Person, left: date | None) -> dict[str, object]:
    return {
        "name": one.name,
        "position": one.position,
        "organization": one.organization,
        "member": one.member.id if one.member else None,
        "leadership": one.leadership or None,
        "left_organization": left,
        "signing_keys": one.keys or None,
    }
