"""What stands in the calendars: meetings, ends of terms, and what is due on a day."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from npcs.governance.calendar import SUBJECTS
from npcs.governance.cochairs import services
from npcs.governance.dates import add_years, day_in_words
from npcs.governance.terms import last_day, people_in_office
from npcs.publish.addresses import address_of
from npcs.publish.calendars.event import Event
from npcs.publish.names import OFFICES, body_shown, person_name
from npcs.publish.site import Site
from npcs.publish.text import capital
from npcs.records.charter import Meeting, Term

DATED = (
    "attendance-review",
    "communicated",
    "minutes",
    "monthly-meeting",
    "notice-answer",
    "notice-review-due",
    "notice-to-advisors",
    "recommendation-answered",
    "review-due",
)
"""What is due by a day of its own, by the rule that watches over it.

Of each rule there is one obligation at most for a record, so that the two name it.
"""


def meetings(site: Site) -> Iterator[Event]:
    """The meetings to come and those of the last year, cancelled ones marked."""
    since = _since(site)
    for one in site.hub.all(Meeting).values():
        if one.date < since:
            continue
        agenda = [f"{at}. {item.title}" for at, item in enumerate(one.agenda, start=1)]
        why = [f"Cancelled: {one.reason}"] if one.status == "cancelled" else []
        yield Event(
            f"meeting {one.key}",
            one.date,
            one.title or body_shown(site.hub, one.body_),
            "\n".join([*why, *agenda]),
            address_of(site.hub.documents[one.path]),
            "Meeting",
            _changed(site, one.path),
            cancelled=one.status == "cancelled",
        )


def terms(site: Site) -> Iterator[Event]:
    """The last days of terms, and the last day up to which a co-chair may serve (CHR-3)."""
    since = _since(site)
    for term in site.hub.all(Term).values():
        last = last_day(term)
        if last is None or last < since or last == date.max:
            continue
        name = person_name(site.hub, term.person)
        why = term.ended.reason if term.ended else "The planned last day of the term."
        yield Event(
            f"end of term {term.key}",
            last,
            f"Last day of {name} as {OFFICES[term.office]}",
            why,
            address_of(site.hub.documents[term.path]),
            "Term of office",
            _changed(site, term.path),
        )
    for person in sorted(people_in_office(site.hub, site.as_of, "co-chair")):
        for service in services(site.hub, person):
            if service.first <= site.as_of <= service.limit_last:
                began = day_in_words(service.first)
                yield Event(
                    f"co-chair limit {person} {service.first}",
                    service.limit_last,
                    f"{person_name(site.hub, person)} may be co-chair until today at most",
                    f"Co-chair since {began} (CHR-3).",
                    f"people/{person}",
                    "Term of office",
                    _newest(site),
                )


def due(site: Site) -> Iterator[Event]:
    """What is to be done by a day, be it past; it goes when it is done."""
    for subject in DATED:
        for one in SUBJECTS[subject](site.hub, site.as_of):
            document = site.hub.documents.get(one.place.path)
            yield Event(
                f"due {subject} {one.place.path}",
                one.on,
                f"Due: {one.what}",
                f"{capital(one.what)} ({one.provision}).",
                address_of(document) if document else "due",
                "Due",
                _newest(site),
            )


def _since(site: Site) -> date:
    return add_years(site.as_of, -1)


def _changed(site: Site, path: str) -> int:
    """When a file was last changed; where Git does not say, when anything was."""
    known = site.history.files.get(path)
    return known.last.at if known and known.last.at else _newest(site)


def _newest(site: Site) -> int:
    day = datetime(site.as_of.year, site.as_of.month, site.as_of.day, tzinfo=UTC)
    return int(day.timestamp()) if site.newest is None else site.newest
