"""``npcs who --on DATE``: the committee as it was, is or will be on a day."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import click

from npcs.cli.options import Day, day_for, root_option
from npcs.cli.terminal import counted, plain, show, write_utf8
from npcs.cli.unread import as_json, notice, unread
from npcs.governance import parameters
from npcs.governance.cochairs import service_on
from npcs.governance.dates import day_in_words
from npcs.governance.terms import (
    ending,
    has_begun,
    in_office,
    last_day,
    represents,
    seats,
    term_on,
)
from npcs.publish.names import member_name, person_name
from npcs.records.charter import Office, Person, Term
from npcs.records.hub import Hub


@click.command(
    "who",
    epilog="""\b
Examples:
  npcs who
  npcs who --on 2027-03-01
""",
)
@click.option(
    "--on",
    "on",
    type=Day(),
    metavar="DATE",
    help="The day in question.  [default: today; for a demo its last day]",
)
@root_option
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
def command(on: date | None, root: Path, form: str) -> None:
    """Show who is on the Executive Committee on a day, for whom, and until when.

    Members of the committee, co-chairs with the time they have served, technical advisors and the
    project coordinator; what is vacant is said. First and last days in office count.
    """
    hub = Hub.read(root)
    committee = on_day(hub, day_for(root, on))
    lacking = unread(hub)
    if form == "json":
        from npcs.cli.reporters.json import dump

        write_utf8(dump({"version": 1, **_as_json(committee), "unread": as_json(lacking)}))
    else:
        show(*_lines(committee), *notice(lacking))


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody in office: since when, until when, and for which member of the partnership."""

    person: str
    name: str
    position: str
    represents: str
    member: str
    first: date
    last: date | None


@dataclass(frozen=True, slots=True)
class Chair:
    """A co-chair, the first day of their continuous service, and the last it may reach (CHR-3)."""

    person: str
    name: str
    first: date
    last: date | None
    serving_since: date
    days_served: int
    limit: str
    limit_last: date


@dataclass(frozen=True, slots=True)
class Committee:
    """Who holds which office on a day; ``vacant`` says in words what nobody holds."""

    on: date
    begun: bool
    members: tuple[Holder, ...]
    co_chairs: tuple[Chair, ...]
    advisors: tuple[Holder, ...]
    coordinator: tuple[Holder, ...]
    vacant: tuple[str, ...]


def on_day(hub: Hub, day: date) -> Committee:
    """Who holds which office on a day."""
    return Committee(
        day,
        has_begun(hub, day),
        _holders(hub, day, "member"),
        tuple(_chair(hub, term, day) for term in in_office(hub, day, "co-chair")),
        _holders(hub, day, "advisor"),
        _holders(hub, day, "coordinator"),
        tuple(_vacant(hub, day)),
    )


def _holders(hub: Hub, day: date, office: Office) -> tuple[Holder, ...]:
    found = []
    for term in in_office(hub, day, office):
        person = hub.get(Person, term.person)
        member = represents(hub, term) or ""
        found.append(
            Holder(
                term.person,
                person_name(hub, term.person),
                (person.position if person else None) or "",
                member,
                member_name(hub, member) if member else "",
                term.start,
                last_day(term),
            )
        )
    return tuple(sorted(found, key=lambda one: (one.member, one.name)))


def _chair(hub: Hub, term: Term, day: date) -> Chair:
    service = service_on(hub, term.person, day)
    assert service is not None, "whoever is co-chair on a day serves on it"
    return Chair(
        term.person,
        person_name(hub, term.person),
        term.start,
        last_day(term),
        service.first,
        (day - service.first).days + 1,
        str(parameters.value(hub, "co-chair-limit", service.terms[-1].start)),
        service.limit_last,
    )


def _vacant(hub: Hub, day: date) -> Iterator[str]:
    """What nobody holds: seats left before their time, chairs, the coordinator's office."""
    if not in_office(hub, day):
        yield "every seat: nobody is on the Executive Committee (EXC-1)"
    for term in ending(hub, date.min, day, "member"):
        if term.ended and term.end and term.ended.on < day <= term.end:
            member = represents(hub, term)
            followed = (
                term_on(hub, term.person, day) is not None
                or (member is not None and member in seats(hub, day))
                or any(one.replaces == term.key for one in in_office(hub, day))
            )
            if not followed:
                whose = f"for {member_name(hub, member)}, " if member else ""
                yield (
                    f"a seat: {whose}left by {person_name(hub, term.person)} "
                    f"after {day_in_words(term.ended.on)}, planned until {day_in_words(term.end)}"
                )
    needed: int = parameters.value(hub, "co-chairs", day)
    missing = needed - len({term.person for term in in_office(hub, day, "co-chair")})
    if missing > 0:
        yield f"{missing} of {counted(needed, 'co-chair')} (CHR-1)"
    if not in_office(hub, day, "coordinator"):
        yield "the office of the project coordinator (CRD-1)"


def _lines(one: Committee) -> Iterator[str]:
    yield f"The Executive Committee on {day_in_words(one.on)}"
    if not one.begun:
        yield "It has not begun: nobody has been on it up to this day."
    yield ""
    yield f"Members ({len(one.members)})"
    yield from _table(one.members)
    yield ""
    yield f"Co-chairs ({len(one.co_chairs)})"
    for chair in one.co_chairs:
        yield f"  {plain(chair.name)}, until {_until(chair.last)}"
        yield (
            f"    co-chair since {day_in_words(chair.serving_since)}, "
            f"day {chair.days_served:,}; at most {chair.limit}, until "
            f"{day_in_words(chair.limit_last)} (CHR-3)"
        )
    yield ""
    yield f"Technical advisors ({len(one.advisors)})"
    yield from _table(one.advisors)
    yield ""
    yield f"Project coordinator ({len(one.coordinator)})"
    yield from _table(one.coordinator)
    if one.vacant:
        yield ""
        yield "Vacant"
        yield from (f"  {plain(text)}" for text in one.vacant)


def _table(holders: tuple[Holder, ...]) -> Iterator[str]:
    rows = [
        (plain(one.name), plain(one.member or one.position), f"until {_until(one.last)}")
        for one in holders
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    for name, whom, until in rows:
        yield f"  {name:<{widths[0]}}  {whom:<{widths[1]}}  {until}"


def _until(last: date | None) -> str:
    return day_in_words(last) if last else "further notice"


def _as_json(one: Committee) -> dict[str, object]:
    def told(value: object) -> object:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, dict):
            return {key: told(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [told(item) for item in value]
        return value

    found = told(asdict(one))
    assert isinstance(found, dict)
    return found
