"""How long people have been co-chair, and on which days co-chairs were missing (CHR-1, CHR-3)."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from npcs.governance import parameters
from npcs.governance.dates import Period, day_after, day_before
from npcs.governance.roster import last_day
from npcs.governance.terms import Span, began_on, people_in_office, stretches, terms_of
from npcs.records.charter import Term
from npcs.records.hub import Hub


class Service(NamedTuple):
    """A person's continuous time as co-chair: stints with no break of the adopted length between.

    It runs from ``first`` to ``last``, short breaks included. ``limit_last`` is the last day it may
    reach, ``over`` the number of days it passes that by. ``terms`` are its stints by their start.
    """

    person: str
    first: date
    last: date
    terms: tuple[Term, ...]
    limit_last: date
    over: int


def services(hub: Hub, person: str) -> tuple[Service, ...]:
    """A person's continuous services as co-chair, the earliest first (CHR-3).

    The clock is the person's: it runs on through another seat or another member. A break is judged
    by the length adopted on the day the later stint starts, a service by the limit adopted on the
    day its latest stint starts.
    """
    found: list[list[Term]] = []
    last = date.min
    for term in terms_of(hub, person, "co-chair"):
        if not found or _is_break(hub, last, term.start):
            found.append([])
            last = date.min
        found[-1].append(term)
        last = max(last, last_day(term) or date.max)
    return tuple(_service(hub, person, tuple(stints)) for stints in found)


def _is_break(hub: Hub, last: date, start: date) -> bool:
    """Whether the days between two stints are a break that starts the clock anew.

    It begins on the day after the last day of one stint, and has the adopted length when that much
    has passed by the first day of the next. Stints that touch or overlap have no break.
    """
    if last == date.max or start <= day_after(last):
        return False
    adopted: Period = parameters.value(hub, "co-chair-break", start)
    return adopted.after(day_after(last)) <= start


def _service(hub: Hub, person: str, stints: tuple[Term, ...]) -> Service:
    first = stints[0].start
    last = max(last_day(term) or date.max for term in stints)
    limit: Period = parameters.value(hub, "co-chair-limit", stints[-1].start)
    limit_last = limit.last_day(first)
    return Service(person, first, last, stints, limit_last, max(0, (last - limit_last).days))


def service_on(hub: Hub, person: str, day: date) -> Service | None:
    """The service a person is in on a day, short breaks included, or None."""
    return next((one for one in services(hub, person) if one.first <= day <= one.last), None)


class Chairing(NamedTuple):
    """Days, both inclusive, on which as many people were co-chair, and as many should have been."""

    first: date
    last: date
    people: frozenset[str]
    needed: int

    @property
    def span(self) -> Span:
        """The days alone."""
        return Span(self.first, self.last)


def co_chair_gaps(hub: Hub, until: date) -> tuple[Span, ...]:
    """The days with fewer co-chairs than adopted, since the committee began and up to a day.

    Days that follow one another are one span, also where first one and then the other co-chair is
    missing. A span whose last day is ``until`` may go on.
    """
    found: list[Span] = []
    for one in chairing(hub, until):
        if len(one.people) >= one.needed:
            continue
        if found and day_after(found[-1].last) == one.first:
            found[-1] = Span(found[-1].first, one.last)
        else:
            found.append(one.span)
    return tuple(found)


def chairing(hub: Hub, until: date) -> Iterator[Chairing]:
    """Who was co-chair since the committee began and up to a day, and how many should be."""
    began = began_on(hub)
    if began is None or began > until:
        return
    cuts = {began}
    cuts.update(one.first for one in stretches(hub, "co-chair"))
    cuts.update(one.since for one in parameters.changes(hub, "co-chairs") if one.since)
    days = sorted(day for day in cuts if began <= day <= until)
    for index, first in enumerate(days):
        last = day_before(days[index + 1]) if index + 1 < len(days) else until
        needed: int = parameters.value(hub, "co-chairs", first)
        yield Chairing(first, last, people_in_office(hub, first, "co-chair"), needed)
