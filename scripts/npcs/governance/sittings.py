"""The committee from one change to the next: who is on it, who leads it, who came and who went.

Both the seats and the co-chairs count: a sitting ends where either changes.
"""

from bisect import bisect_right
from datetime import date
from typing import NamedTuple

from npcs.governance.dates import day_before
from npcs.governance.memory import per_hub
from npcs.governance.roster import roster
from npcs.governance.terms import committee, people_in_office
from npcs.records.hub import Hub


class Sitting(NamedTuple):
    """Days, both inclusive, on which the same people are on the committee and lead it.

    ``last`` is None where no later day changes them. ``came`` and ``left`` are by the ids of people
    how its members differ from those of the day before.
    """

    first: date
    last: date | None
    people: frozenset[str]
    chairs: frozenset[str]
    came: frozenset[str]
    left: frozenset[str]


@per_hub
def sittings(hub: Hub) -> tuple[Sitting, ...]:
    """All sittings since the first day on which somebody held a seat or was co-chair.

    They follow one another without a gap, the earliest first; in one nobody may be in office.
    """
    offices = roster(hub).office("member"), roster(hub).office("co-chair")
    found: list[Sitting] = []
    for day in sorted({*offices[0].cuts, *offices[1].cuts}):
        people, chairs = committee(hub, day), people_in_office(hub, day, "co-chair")
        before = found[-1] if found else None
        if before and (before.people, before.chairs) == (people, chairs):
            continue
        if before:
            found[-1] = before._replace(last=day_before(day))
        were = before.people if before else frozenset()
        found.append(Sitting(day, None, people, chairs, people - were, were - people))
    return tuple(found)


def sitting_on(hub: Hub, day: date) -> Sitting | None:
    """The sitting a day falls in; None before the first."""
    every = sittings(hub)
    at = bisect_right([one.first for one in every], day)
    return every[at - 1] if at else None


def appointed_until(hub: Hub) -> date | None:
    """The last day for which anybody is appointed; None where that has no end, or nobody is."""
    every = sittings(hub)
    if len(every) < 2 or every[-1].people or every[-1].chairs:
        return None
    return day_before(every[-1].first)
