"""How the committee is made up against the membership: by kind of jurisdiction and by size."""

from datetime import date
from typing import Literal, NamedTuple

from npcs.governance.terms import seats
from npcs.records.charter import Member
from npcs.records.hub import Hub

Way = Literal["kind", "size"]


class Part(NamedTuple):
    """The members of one kind or size on a day, and those of them for whom somebody sits."""

    way: Way
    name: str
    members: tuple[Member, ...]
    seated: tuple[Member, ...]


def members_on(hub: Hub, day: date) -> tuple[Member, ...]:
    """The members of the partnership on a day; one whose day of joining nobody knows counts."""
    return tuple(
        one for one in hub.all(Member).values() if (one.joined or day) <= day <= (one.left or day)
    )


def composition(hub: Hub, day: date) -> tuple[Part, ...]:
    """The range of members on a day, and how far the committee includes it (EXC-8).

    First the kinds, then the sizes, each in order of its name. A seat held for somebody who is no
    member on the day makes its kind and size present, too: that it is held so is another matter.
    """
    members = members_on(hub, day)
    seated = [one for key in seats(hub, day) if (one := hub.get(Member, key))]
    ways: tuple[Way, ...] = ("kind", "size")
    return tuple(
        Part(
            way,
            name,
            tuple(one for one in members if _of(one, way) == name),
            tuple(one for one in seated if _of(one, way) == name),
        )
        for way in ways
        for name in sorted({_of(one, way) for one in members})
    )


def _of(member: Member, way: Way) -> str:
    return member.kind_ if way == "kind" else member.size
