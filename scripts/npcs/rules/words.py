"""How messages name people, members, meetings, days and lists."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from npcs.governance.attendance import COLLABORATIVE, COMMITTEE
from npcs.governance.calendar import AHEAD, obligations
from npcs.governance.dates import add_days, day_in_words, in_words
from npcs.governance.memory import per_hub
from npcs.governance.obligation import CHARTER
from npcs.governance.parameters import in_force
from npcs.governance.tally import name_of
from npcs.records.charter import Meeting, Member, Person, Term
from npcs.records.findings import Note, Place
from npcs.records.hub import Hub
from npcs.records.record import Record
from npcs.rules.rule import Scene

_OFFICES = {
    "member": "a member of the committee",
    "co-chair": "co-chair",
    "advisor": "a technical advisor",
    "coordinator": "project coordinator",
}
_BODIES = {COMMITTEE: "the committee", COLLABORATIVE: "the collaborative"}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def dues(
    scene: Scene, subject: str, hint: str, rests_on: tuple[type[Record], ...] = ()
) -> Iterator[Note]:
    """What the calendar says is due of one rule's matter, as notes.

    What concerns no single record is shown at its provision in the charter. Nothing is asked for
    while a file of the kinds it ``rests_on`` cannot be read: it may say that it was done.
    """
    if scene.hub.unread(*rests_on):
        return
    for one in obligations(scene.hub, scene.as_of, subject):
        place = provision_place(scene.hub, one.provision) if one.place == CHARTER else one.place
        day = day_in_words(one.on)
        if one.on == scene.as_of:
            when = "; due now"
        elif one.on < scene.as_of:
            when = f"; overdue since {day}"
        else:
            when = "" if day in one.what else f"; due by {day}"
        readings = "".join(rests(scene.hub, day, name) for name, day in one.readings[:1])
        yield place.due(one.what + when, (one.to_do or hint) + readings)


def rests(hub: Hub, day: date, *names: str) -> str:
    """A word behind a hint where what was found rests on readings that nobody has adopted.

    ``names`` are the readings that decided it, and ``day`` the one they were in force on.
    """
    open_ = [one for name in names if (one := in_force(hub, name, day)).unsettled]
    if not open_:
        return ""
    told = listed(f"`{one.name}` ({one.text})" for one in open_)
    readings = "a provisional reading" if len(open_) == 1 else "provisional readings"
    return f"; this rests on {readings}, {told}, which nobody has adopted yet"


def soon(as_of: date) -> date:
    """The last day of which it is reported already what it will bring."""
    return add_days(as_of, AHEAD)


def member_name(hub: Hub, key: str) -> str:
    """A member's name, or the id where no record gives one."""
    member = hub.get(Member, key)
    return member.name if member else key


def office_name(term: Term) -> str:
    """What somebody is by a term: co-chair, a member of the committee."""
    return _OFFICES[term.office]


def meeting_name(meeting: Meeting) -> str:
    """A meeting as people call it, with its day."""
    body = _BODIES.get(meeting.body_, f"“{meeting.body_}”")
    return f"the meeting of {body} on {day_in_words(meeting.date)}"


@per_hub
def people(hub: Hub) -> frozenset[str]:
    """The names of all people of the partnership."""
    return frozenset(one.name for one in hub.all(Person).values())


def role_only(hub: Hub, said: str | None, record: Record, *path: str | int) -> Iterator[Note]:
    """An error where a field names a person, and an office or a role is asked for."""
    if said in people(hub):
        yield record.at(*path).error(
            f"“{said}” is a person, and this is an office or a role: people leave, and a name "
            "tells which agency it is",
            "write what they are, such as Deputy Director",
        )


def number_word(number: int) -> str:
    """A number as it stands in a sentence: no, one, two, 12."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def listed(names: Iterable[str], join: str = "and") -> str:
    """Names in a row: Ana Ruiz, Ben Ode and Carla Moe."""
    *most, last = names
    return f"{', '.join(most)} {join} {last}" if most else last


def span(first: date, last: date | None) -> str:
    """Two days and what lies between, or a first day without end."""
    if last is None:
        return f"from {day_in_words(first)} on"
    if first == last:
        return f"on {day_in_words(first)}"
    return f"from {day_in_words(first)} to {day_in_words(last)}"


def provision_place(hub: Hub, provision: str) -> Place:
    """The place of a provision in the charter's text, for what no single record shows."""
    charter = hub.document(CHARTER.path)
    if charter is None or provision not in hub.provisions:
        return CHARTER
    content = charter.content()
    found = re.search(rf"\*\*{provision}\*\*|#{provision.lower()}\b", content.body)
    before = content.body[: found.start()] if found else ""
    column = len(before) - before.rfind("\n")
    return Place(charter.path, content.body_line + before.count("\n"), column)


def goes_to(to: Iterable[str], *words: str) -> bool:
    """Whether a list of recipients names one of some words, in whatever spelling."""
    return any(re.sub(r"[^a-z]+", "-", one.lower()).strip("-") in words for one in to)


__all__ = [
    "day_in_words", "dues", "goes_to", "in_words", "listed", "meeting_name", "member_name",
    "name_of", "number_word", "office_name", "people", "provision_place", "rests", "role_only",
    "soon", "span",
]  # fmt: skip
