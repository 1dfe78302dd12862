"""The whole story of the Example Partnership, from its parameters to a chronicle."""

from dataclasses import dataclass
from datetime import date

from npcs.demo import (
    agreements,
    approvals,
    committee,
    curricula,
    dataset,
    decisions,
    definitions,
    groups,
    library,
    measures,
    notices,
    opportunities,
    people,
    priorities,
    seats,
    waivers,
    workplan,
)
from npcs.demo.chronicle import Chronicle
from npcs.demo.dice import Dice
from npcs.demo.errors import DemoError
from npcs.demo.sshsig import Key
from npcs.demo.world import FIRST_YEAR, World
from npcs.records.kinds import FOLDERS

MEMBERS = range(4, 201)
YEARS = range(1, 31)


@dataclass(frozen=True, slots=True)
class Story:
    """A chronicle, the day its history ends, and how many records there are."""

    chronicle: Chronicle
    as_of: date
    records: int
    root_key: str


@dataclass(frozen=True, slots=True)
class _Sizes:
    """How much there is of what grows: all but practices, which take what is left."""

    notices: int
    recommendations: int
    others: int
    groups: int
    meetings: int
    definitions: int
    curricula: int
    opportunities: int
    instruments: int


def as_of(years: int) -> date:
    """The day on which a history of so many years ends."""
    return date(FIRST_YEAR + years, 6, 15)


def tell(members: int, years: int, records: int | None, seed: int) -> Story:
    """Make up the partnership and write down its history.

    Raises ``DemoError`` where the numbers do not go together.
    """
    world = World(seed, years, committee.first_meeting(), as_of(years), Dice(seed, "world"))
    cast = people.Cast(world)
    committee.make_calendar(world)
    people.make_members(world, cast, members)
    seats.make_seats(world, cast)
    seats.make_chairs(world)
    seats.make_advisors(world, cast)
    handover = seats.make_coordinator(world, cast)
    for term in world.terms:
        if term.office == "coordinator":
            term.person.keys = (Key(seed, term.person.id).public,)
    committee.make_attendance(world)
    approvals.make_charter(world, handover)
    readings = approvals.make_readings(world)
    waiver = waivers.make_waiver(world)
    pause = workplan.make_pause(world)
    skeleton = _skeleton(world)
    wanted = skeleton + 40 + 62 * years + 9 * members if records is None else records
    sizes = _sizes(world, wanted - skeleton, wanted)
    teams = groups.make_groups(world, sizes.groups)
    groups.make_group_meetings(world, teams, sizes.meetings)
    recommended = groups.make_recommendations(world, teams, sizes.recommendations)
    issued = notices.make_notices(world, sizes.notices)
    terms = definitions.make_definitions(world, sizes.definitions)
    decisions.make_others(world, sizes.others)
    decisions.number_matters(world)
    decisions.settle(world)
    committee.write_meetings(world)
    committee.write_collaborative(world)
    commits = decisions.write_decisions(world, readings)
    decisions.write_terms(world, commits)
    waivers.write_waiver(world, waiver, commits)
    people.write_people(world)
    groups.write_groups(world, teams, commits)
    groups.write_recommendations(world, recommended)
    notices.write_notices(world, issued)
    library.write_bundle(world)
    curricula.write_curricula(world, sizes.curricula)
    definitions.write_definitions(world, terms, commits)
    definitions.write_instruments(world, sizes.instruments)
    dataset.write_data_set(world)
    measures.write_measures(world, terms)
    workplan.write_activities(world, {one.id for one in teams if not one.closed}, pause)
    priorities.write_priorities(world)
    opportunities.write_opportunities(world, teams, recommended, sizes.opportunities)
    agreements.write_agreements(world)
    written = sum(_is_record(path) for path in world.chronicle.paths())
    library.write_practices(world, max(0, wanted - written))
    total = max(wanted, written)
    coordinator = world.coordinator(world.start)
    return Story(world.chronicle, world.as_of, total, coordinator.keys[0])


def _is_record(path: str) -> bool:
    return not path.endswith(".csv") and path.startswith(FOLDERS)


def _skeleton(world: World) -> int:
    """How many records there are however few are asked for."""
    agreements = sum(
        1 + (min(one.left or world.as_of, world.as_of) - one.joined).days // 800
        for one in world.members
    )
    return (
        len(world.members) + len(world.people) + len(world.terms) + len(world.sittings)
        + len(world.matters) + world.years + 2 + agreements
        + len(("charter", "parameters", "coverage")) + 6 + 6 + 2 + 1 + 1 + 1
    )  # fmt: skip


def _sizes(world: World, room: int, wanted: int) -> _Sizes:
    """How the room is divided among the kinds of record."""
    answering = max(4, len(world.members) - 1)
    least = 79 + 2 * (2 + answering)
    if room < least:
        span = "1 year" if world.years == 1 else f"{world.years} years"
        raise DemoError(
            f"{wanted} records are too few for {len(world.members)} members and {span}, "
            f"which need at least {wanted - room + least}: ask for more records, or for "
            "fewer members or years"
        )
    meetings = len(world.held)
    return _Sizes(
        notices=min(max(2, room * 34 // 100 // (2 + answering)), meetings * 30),
        recommendations=min(max(2, room * 9 // 100), meetings * 30),
        others=min(max(4, room * 4 // 100), meetings * 8),
        groups=min(2 + room // 110, 6) if room < 600 else min(6 + room // 400, 40),
        meetings=max(4, room * 14 // 100),
        definitions=max(13, room * 5 // 100),
        curricula=max(1, room // 90),
        opportunities=max(4, room * 2 // 100),
        instruments=2 + room // 1500,
    )


__all__ = ["MEMBERS", "YEARS", "Story", "as_of", "tell"]
