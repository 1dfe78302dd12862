"""What records are called on pages: a title that says enough without the record beside it."""

from npcs.governance.dates import day_in_words
from npcs.publish.text import capital, words
from npcs.records.charter import Agreement, Meeting, Member, Person, Term, Waiver
from npcs.records.definitions import Definition
from npcs.records.hub import Hub
from npcs.records.notices import Answer
from npcs.records.record import Record

KINDS_SHOWN = {
    "definition": "Definition",
    "data-package": "Core data set",
    "curriculum": "Spaced-education curriculum",
    "measure": "Outcome measure",
    "bundle": "Care bundle",
    "notice": "Safety notice",
    "term": "Term of office",
    "parameters": "How the charter is read",
    "coverage": "What holds each provision",
    "priority": "Improvement priority",
    "opportunity": "Improvement opportunity",
    "agreement": "Data-sharing agreement",
}
"""What a kind is called on its pages, where that is more than its name."""

OFFICES = {
    "member": "member of the Executive Committee",
    "co-chair": "co-chair",
    "advisor": "technical advisor",
    "coordinator": "project coordinator",
}


def kind_shown(kind: str) -> str:
    """What a kind of record is called on a page."""
    return KINDS_SHOWN.get(kind, capital(words(kind)))


def body_shown(hub: Hub, body: str) -> str:
    """Who met: the committee, the collaborative or a group by its title."""
    group = hub.by_kind["group"].get(body)
    if group:
        record = hub.record(group.path)
        return record.name_shown if record else body
    return {"executive-committee": "Executive Committee", "collaborative": "All members"}.get(
        body, capital(words(body))
    )


def person_name(hub: Hub, key: str) -> str:
    """A person's name, or the id where no record gives one."""
    person = hub.get(Person, key)
    return person.name if person else key


def member_name(hub: Hub, key: str) -> str:
    """A member's name, or the id where no record gives one."""
    member = hub.get(Member, key)
    return member.name if member else key


def title_of(hub: Hub, record: Record) -> str:
    """The title of a record's page, and the text of links to it."""
    match record:
        case Term():
            name = person_name(hub, record.person)
            return f"{name}, {OFFICES[record.office]} from {day_in_words(record.start)}"
        case Meeting():
            return record.title or f"{body_shown(hub, record.body_)}, {day_in_words(record.date)}"
        case Agreement():
            member = member_name(hub, record.member)
            return record.title or f"Agreement with {member} from {day_in_words(record.from_)}"
        case Answer():
            return record.title or f"Answer of {member_name(hub, record.member)}"
        case Definition():
            return record.term
        case Waiver():
            return f"Waiver of the rule {record.rule} until {day_in_words(record.until)}"
    return record.name_shown
