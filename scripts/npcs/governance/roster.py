"""All terms of a hub, ordered so that who is in office on a day is found at once."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from npcs.governance.dates import day_after
from npcs.governance.memory import per_hub
from npcs.records.charter import Office, Term
from npcs.records.hub import Hub


def last_day(term: Term) -> date | None:
    """The last day in office: the day the term ended, else the planned one; None if open."""
    return term.ended.on if term.ended else term.end


def covers(term: Term, day: date) -> bool:
    """Whether a term's holder is in office on a day; its first and last day count."""
    last = last_day(term)
    return term.start <= day and (last is None or day <= last)


class Tenures:
    """The terms of one office, cut at the days on which who holds it may change.

    Who is in office between two such days is worked out when it is first asked for.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms: tuple[Term, ...] = tuple(sorted(terms, key=lambda term: (term.start, term.key)))
        self._starts = [term.start for term in self.terms]
        self._latest: list[date] = []
        for term in self.terms:
            reach = last_day(term) or date.max
            self._latest.append(max(reach, self._latest[-1]) if self._latest else reach)
        cuts = set(self._starts)
        for term in self.terms:
            last = last_day(term)
            if last is not None and last < date.max:
                cuts.add(day_after(last))
        self.cuts: tuple[date, ...] = tuple(sorted(cuts))
        self._holders: dict[int, tuple[Term, ...]] = {}
        self._people: dict[int, frozenset[str]] = {}

    def on(self, day: date) -> tuple[Term, ...]:
        """The terms running on a day, in the order in which they started."""
        stretch = bisect_right(self.cuts, day)
        holders = self._holders.get(stretch)
        if holders is None:
            holders = self._holders[stretch] = tuple(self._running(day))
        return holders

    def people(self, day: date) -> frozenset[str]:
        """The ids of the people in office on a day."""
        stretch = bisect_right(self.cuts, day)
        people = self._people.get(stretch)
        if people is None:
            people = self._people[stretch] = frozenset(term.person for term in self.on(day))
        return people

    def _running(self, day: date) -> Iterator[Term]:
        end = bisect_right(self._starts, day)
        first = end
        while first and self._latest[first - 1] >= day:  # none before it reaches the day
            first -= 1
        return (term for term in self.terms[first:end] if covers(term, day))


class Roster:
    """The terms of a hub by office and by person."""

    def __init__(self, terms: Iterable[Term]) -> None:
        by_office: dict[str, list[Term]] = {}
        by_person: dict[tuple[str, str], list[Term]] = {}
        for term in sorted(terms, key=lambda term: (term.start, term.key)):
            by_office.setdefault(term.office, []).append(term)
            by_person.setdefault((term.person, term.office), []).append(term)
        self._by_office = {office: Tenures(found) for office, found in by_office.items()}
        self._by_person: Mapping[tuple[str, str], tuple[Term, ...]] = {
            key: tuple(found) for key, found in by_person.items()
        }
        self._nobody = Tenures(())

    def office(self, office: Office) -> Tenures:
        """The terms of an office."""
        return self._by_office.get(office, self._nobody)

    def of(self, person: str, office: Office) -> tuple[Term, ...]:
        """A person's terms in an office, in the order in which they started."""
        return self._by_person.get((person, office), ())


@per_hub
def roster(hub: Hub) -> Roster:
    """The roster of a hub."""
    return Roster(hub.all(Term).values())
