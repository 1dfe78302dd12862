"""What a page is about: the kind, state, member, topic, ages and day by which it can be found."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from npcs.governance.dates import day_in_words
from npcs.governance.terms import last_day, represents, terms_of
from npcs.publish.names import OFFICES, kind_shown, member_name
from npcs.publish.page import Facets, Page
from npcs.publish.search.texts import shown
from npcs.publish.site import Site
from npcs.publish.text import capital, words
from npcs.records.charter import (
    Agreement,
    Decision,
    Group,
    Meeting,
    Member,
    Office,
    Person,
    Term,
    Waiver,
)
from npcs.records.definitions import Definition
from npcs.records.followup import Opportunity, Recommendation
from npcs.records.notices import Notice
from npcs.records.practices import Bundle, Curriculum, Practice
from npcs.records.record import Record
from npcs.records.workplan import Activity, Measure, Priority

_CHIP = re.compile(r"^\*\*(.+)\*\*\{ \.npcs-chip")
_STATELESS = ("practice", "person")
"""Kinds whose labels say something else than a state."""

_OFFICES: tuple[Office, ...] = ("member", "co-chair", "advisor", "coordinator")


def facets(site: Site, page: Page) -> Facets | None:
    """What a page is about; None for one that no search is to find."""
    if not page.searchable:
        return None
    document = site.hub.documents.get(page.source)
    record = site.hub.record(page.source) if document else None
    if document is None or record is None:
        return Facets(page.kind.partition(" on ")[0] or "Page", said=shown(page.lead))
    members = {key for key in _members(site, record) if key}
    held = tuple(dict.fromkeys(_held(site, record))) if isinstance(record, Person) else ()
    return Facets(
        kind=kind_shown(document.kind.name),
        state="" if document.kind.name in _STATELESS else _state(page),
        on=_day(record),
        members=tuple(sorted(member_name(site.hub, key) for key in members)),
        topics=_named(_topics(record)),
        ages=_named(_ages(record)),
        roles=tuple(one for one in _roles(site, record) if one not in held),
        held=held,
        said=shown(_said(site, record)) or shown(page.lead),
    )


def _named(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({capital(one) for one in texts}))


def _state(page: Page) -> str:
    """The first label of a page: pages show the state of their record there."""
    found = next(filter(None, map(_CHIP.match, page.chips)), None)
    return capital(shown(found[1].partition(",")[0])) if found else ""


def _day(record: Record) -> date | None:
    """The day a record is of."""
    match record:
        case Decision() | Meeting():
            return record.date
        case Notice():
            return record.issued or record.in_review
        case Recommendation():
            return record.proposed
        case Opportunity():
            return record.raised
        case Agreement():
            return record.from_
        case Term():
            return record.start
        case Member():
            return record.joined
        case Curriculum():
            return record.starts
        case Practice():
            return min((one.on for one in record.adopted), default=None)
    return None


def _members(site: Site, record: Record) -> Iterable[str | None]:
    """The members a record is about. With a notice, those alone whom its page may name."""
    match record:
        case Member():
            return record.key, record.within
        case Person() | Agreement():
            return (record.member,)
        case Term():
            return (represents(site.hub, record),)
        case Practice():
            return *record.members, *(one.member for one in record.adopted)
        case Definition():
            return record.crosswalk
        case Activity():
            return record.participation
        case Meeting():
            return [key for key, how in record.members.items() if how != "absent"]
        case Decision():
            return site.hub.by_kind["member"].keys() & set(record.about)
        case Notice():
            board = site.boards.get(record.key)
            consent = record.source_consent
            named = site.named_on(board) if board else frozenset()
            return *named, consent.member if consent else None
    return ()


def _topics(record: Record) -> Iterable[str]:
    match record:
        case Practice():
            return record.topics
        case Opportunity():
            return (record.theme,)
        case Notice():
            return (record.hazard,)
        case Decision():
            return (words(record.subject),)
    return ()


def _ages(record: Record) -> Iterable[str]:
    match record:
        case Practice():
            return (record.ages,) if record.ages else ()
        case Notice():
            return record.affected.ages if record.affected else ()
        case Bundle():
            return (one.ages.in_words for one in record.elements)
    return ()


def _roles(site: Site, record: Record) -> Iterator[str]:
    """What a person does and did: position, organization, and every office that was theirs."""
    if not isinstance(record, Person):
        return
    yield from filter(None, (record.position, record.organization))
    for office in _OFFICES:
        if terms_of(site.hub, record.key, office):
            yield OFFICES[office]


def _held(site: Site, person: Person) -> Iterator[str]:
    """The offices a person holds on the day of the site, and their roles in a member's team."""
    for office in _OFFICES:
        for term in terms_of(site.hub, person.key, office):
            last = last_day(term)
            if term.start <= site.as_of and (last is None or last >= site.as_of):
                yield OFFICES[office]
    for document, _ in site.hub.referrers.get(("person", person.key), ()):
        team = site.hub.get(Member, document.id) if document.kind.name == "member" else None
        for one in team.team if team else ():
            if one.person == person.key:
                yield words(one.role)


def _said(site: Site, record: Record) -> str:
    """What a result says of a record below its title: the Markdown it is taken from."""
    match record:
        case Decision():
            concerned = site.concerned(record)
            return f"{concerned}. {record.body}" if concerned else record.body
        case Recommendation():
            return record.body
        case Meeting():
            agenda = "; ".join(one.title for one in record.agenda)
            return agenda or record.body
        case Notice():
            return record.pattern or record.body or record.hazard
        case Practice():
            return record.problem
        case Definition() | Measure():
            return record.definition
        case Priority():
            return record.aim
        case Bundle():
            return f"For {record.population}"
        case Curriculum():
            return f"{record.audience}: {'; '.join(record.objectives)}"
        case Group():
            return record.purpose
        case Waiver():
            return record.reason
        case Agreement():
            return "; ".join(record.purposes)
        case Member():
            kind = "" if record.kind_ == "state" else f"{words(record.kind_)}, "
            return f"{capital(kind)}{record.size} member of the partnership"
        case Person():
            return _person(site, record)
        case Term():
            last = last_day(record)
            until = f" to {day_in_words(last)}" if last else ""
            return f"In office from {day_in_words(record.start)}{until}"
    return getattr(record, "body", "")


def _person(site: Site, person: Person) -> str:
    where = member_name(site.hub, person.member) if person.member else person.organization
    parts = filter(None, (person.position, where, *dict.fromkeys(_held(site, person))))
    return ". ".join(map(capital, parts))
