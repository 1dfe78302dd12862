"""Who holds which office on a day, for whom they sit, and since when.

Everything follows from the terms on record; first and last days are inclusive, a term's holder is
in office on both. ``office`` is ``member`` (of the Executive Committee), ``co-chair``, ``advisor``
or ``coordinator``.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from npcs.governance.dates import day_after, day_before
from npcs.governance.roster import covers, last_day, roster
from npcs.records.charter import Office, Person, Term
from npcs.records.hub import Hub


class Span(NamedTuple):
    """Days from the first to the last, both inclusive."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days they are."""
        return (self.last - self.first).days + 1


class Stretch(NamedTuple):
    """Days on which the same terms run; ``last`` is None where no later day changes them."""

    first: date
    last: date | None
    terms: tuple[Term, ...]

    @property
    def people(self) -> frozenset[str]:
        """The ids of those in office."""
        return frozenset(term.person for term in self.terms)


def in_office(hub: Hub, day: date, office: Office = "member") -> tuple[Term, ...]:
    """The terms of an office that run on a day, in the order in which they started."""
    return roster(hub).office(office).on(day)


def people_in_office(hub: Hub, day: date, office: Office = "member") -> frozenset[str]:
    """The ids of the people who hold an office on a day; two terms of one person count once."""
    return roster(hub).office(office).people(day)


def committee(hub: Hub, day: date) -> frozenset[str]:
    """The ids of the people on the Executive Committee on a day (EXC-1, TRM-1)."""
    return people_in_office(hub, day, "member")


def terms_of(hub: Hub, person: str, office: Office = "member") -> tuple[Term, ...]:
    """A person's terms in an office, in the order in which they started."""
    return roster(hub).of(person, office)


def term_on(hub: Hub, person: str, day: date, office: Office = "member") -> Term | None:
    """The term a person serves in an office on a day; of two that overlap, the earlier."""
    return next((term for term in terms_of(hub, person, office) if covers(term, day)), None)


def represents(hub: Hub, term: Term) -> str | None:
    """The member a term's holder sits for: as the term says, else the member of the person."""
    if term.represents:
        return term.represents
    person = hub.get(Person, term.person)
    return person.member if person else None


def seats(hub: Hub, day: date) -> Mapping[str, tuple[Term, ...]]:
    """The committee's seats held for each member on a day, by the member's id.

    Two terms of one person for one member are one seat; a term that sits for nobody is left out.
    """
    table: dict[str, dict[str, Term]] = {}
    for term in in_office(hub, day):
        member = represents(hub, term)
        if member:
            table.setdefault(member, {}).setdefault(term.person, term)
    return {member: tuple(held.values()) for member, held in table.items()}


def began_on(hub: Hub) -> date | None:
    """The day the committee began: the first on which somebody was a member of it or co-chair."""
    starts = [
        tenures.terms[0].start
        for tenures in (roster(hub).office("member"), roster(hub).office("co-chair"))
        if tenures.terms
    ]
    return min(starts, default=None)


def has_begun(hub: Hub, day: date) -> bool:
    """Whether the committee has begun by a day."""
    began = began_on(hub)
    return began is not None and began <= day


def ending(hub: Hub, first: date, last: date, office: Office | None = None) -> tuple[Term, ...]:
    """The terms whose last day lies between two days, both included, the earliest first."""
    offices: tuple[Office, ...] = ("member", "co-chair", "advisor", "coordinator")
    found = [
        (day, term.key, term)
        for one in ((office,) if office else offices)
        for term in roster(hub).office(one).terms
        if (day := last_day(term)) is not None and first <= day <= last
    ]
    return tuple(term for _, _, term in sorted(found, key=lambda one: one[:2]))


def stretches(hub: Hub, office: Office = "member") -> Iterator[Stretch]:
    """The days since an office was first held, cut wherever who holds it may change.

    They follow one another without a gap; where nobody is in office, a stretch has no terms.
    """
    tenures = roster(hub).office(office)
    for index, first in enumerate(tenures.cuts):
        after = tenures.cuts[index + 1] if index + 1 < len(tenures.cuts) else None
        yield Stretch(first, day_before(after) if after else None, tenures.on(first))


def days_outside(
    hub: Hub, person: str, first: date, last: date, office: Office = "member"
) -> tuple[Span, ...]:
    """The days between two, both included, on which a person did not hold an office."""
    found = []
    next_day = first
    for term in terms_of(hub, person, office):
        if term.start > last:
            break
        if term.start > next_day:
            found.append(Span(next_day, day_before(term.start)))
        end = last_day(term)
        if end is None or end >= last:
            return tuple(found)
        next_day = max(next_day, day_after(end))
    if next_day <= last:
        found.append(Span(next_day, last))
    return tuple(found)


__all__ = [
    "Span", "Stretch", "began_on", "committee", "covers", "days_outside", "ending", "has_begun",
    "in_office", "last_day", "people_in_office", "represents", "seats", "stretches", "term_on",
    "terms_of",
]  # fmt: skip
