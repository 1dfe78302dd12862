"""The Example Partnership as it is made up: its people, terms, meetings and matters to decide.

Everything is planned as plain objects first and written down afterwards, because records name each
other: a decision gets its number only when all matters of its year are known.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol

from npcs.demo.chronicle import Author, Chronicle
from npcs.demo.dice import Dice
from npcs.demo.prose import Writer

FIRST_YEAR = 2026
DAY = timedelta(days=1)


class Known(Protocol):
    """Anything with the id of a record."""

    @property
    def id(self) -> str:
        """The id of the record."""


@dataclass(slots=True, eq=False)
class Person:
    """Somebody made up; ``arrived`` is the day their record was first written."""

    id: str
    name: str
    position: str
    organization: str
    arrived: date
    member: "Member | None" = None
    leadership: bool = False
    left: date | None = None
    keys: tuple[str, ...] = ()

    @property
    def author(self) -> Author:
        """The person as the author of what they write down."""
        return Author(self.name, self.id)


@dataclass(slots=True, eq=False)
class Member:
    """A made-up jurisdiction. ``teams`` are its teams, each with the day from which it stands."""

    id: str
    name: str
    short: str
    agency: str
    kind: str
    size: str
    joined: date
    within: "Member | None" = None
    left: date | None = None
    leaders: list[date] = field(default_factory=list)
    teams: list[tuple[date, dict[Person, str]]] = field(default_factory=list)
    limits: tuple[dict[str, str], ...] = ()
    named_from: date | None = None

    @property
    def team(self) -> "dict[Person, str]":
        """The latest team."""
        return self.teams[-1][1]

    def team_on(self, day: date) -> "list[Person]":
        """The team of a day; the liaison comes last."""
        there = [team for since, team in self.teams if since <= day]
        return list(there[-1] if there else self.teams[0][1])

    def there(self, day: date) -> bool:
        """Whether it is a member on a day."""
        return self.joined <= day and (self.left is None or day <= self.left)

    def one(self, role: str) -> Person:
        """The first of the latest team with a role."""
        return next(person for person, what in self.team.items() if what == role)


@dataclass(slots=True, eq=False)
class Matter:
    """Something the committee decides at the meeting of a day, or by a ballot that ends on it."""

    day: date
    subject: str
    title: str
    reasons: str
    about: list[Known] = field(default_factory=list)
    outcome: str = "adopted"
    rank: int = 5
    plain: bool = False
    ballot: bool = False
    effective: date | None = None
    charter: dict[str, str] | None = None
    id: str = ""
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Term:
    """A term of office; ``known`` is the day on which it is written down."""

    person: Person
    office: str
    start: date
    end: date | None
    member: Member | None = None
    ended: tuple[date, str] | None = None
    replaces: "Term | None" = None
    nominated: bool = False
    matter: Matter | None = None

    @property
    def id(self) -> str:
        """The id of the term's record."""
        return f"{self.start}-{self.person.id}-{self.office}"

    @property
    def last(self) -> date:
        """The last day in office, as far as it is known."""
        return self.ended[0] if self.ended else self.end or date.max

    def covers(self, day: date) -> bool:
        """Whether the person is in office on a day by this term."""
        return self.start <= day <= self.last


@dataclass(slots=True, eq=False)
class Sitting:
    """A meeting of the committee: its day, its state, who was there, and whether minutes wait."""

    day: date
    status: str
    reason: str = ""
    attendance: dict[Person, str] = field(default_factory=dict)
    excuses: dict[Person, str] = field(default_factory=dict)
    review: Person | None = None
    late: bool = False

    @property
    def id(self) -> str:
        """The id of the meeting's record."""
        return f"{self.day}-executive-committee"

    @property
    def present(self) -> list[Person]:
        """Those who were there."""
        return [who for who, how in self.attendance.items() if how == "present"]


@dataclass(slots=True)
class World:
    """All that is made up, and the chronicle it is written into."""

    seed: int
    years: int
    start: date
    as_of: date
    dice: Dice
    chronicle: Chronicle = field(default_factory=Chronicle)
    members: list[Member] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    sittings: list[Sitting] = field(default_factory=list)
    matters: list[Matter] = field(default_factory=list)
    held: list[date] = field(default_factory=list)
    _by_office: dict[str, list[Term]] = field(default_factory=dict)
    _holders: dict[tuple[str, date], list[Person]] = field(default_factory=dict)

    def stream(self, name: str) -> Dice:
        """A stream of chance for one subject."""
        return self.dice.stream(name)

    def writer(self, name: str) -> Writer:
        """A writer with a stream of chance of its own."""
        return Writer(self.stream(name))

    @property
    def last_meeting(self) -> date:
        """The day of the committee's last meeting."""
        return self.held[-1]

    def meeting_until(self, day: date) -> date:
        """The last meeting held up to a day; the first one where none was held before."""
        return self.held[max(0, bisect_right(self.held, day) - 1)]

    def meeting_before(self, day: date) -> date:
        """The last meeting held before a day; the first one where none was held before."""
        return self.held[max(0, bisect_left(self.held, day) - 1)]

    def meeting_after(self, day: date) -> date | None:
        """The next meeting held after a day, or None where it is still to come."""
        place = bisect_right(self.held, day)
        return self.held[place] if place < len(self.held) else None

    def holders(self, office: str, day: date) -> list[Person]:
        """Who holds an office on a day, in the order of their terms.

        Remembered, so it is to be asked only when all terms are made up.
        """
        found = self._holders.get((office, day))
        if found is None:
            terms = self._by_office.get(office)
            if terms is None:
                terms = [one for one in self.terms if one.office == office]
                self._by_office[office] = terms
            found = [one.person for one in terms if one.covers(day)]
            self._holders[office, day] = found
        return found

    def coordinator(self, day: date) -> Person:
        """The project coordinator of a day; before the first meeting, whoever will be."""
        return self.holders("coordinator", max(day, self.start))[0]

    def co_chair(self, day: date, turn: int = 0) -> Person:
        """One of the co-chairs of a day."""
        chairs = self.holders("co-chair", max(day, self.start))
        return chairs[turn % len(chairs)]

    def decide(self, matter: Matter) -> Matter:
        """Put a matter on the list of what is decided."""
        self.matters.append(matter)
        return matter

    def members_on(self, day: date) -> list[Member]:
        """The members of the partnership on a day."""
        return [one for one in self.members if one.there(day)]


def add_years(day: date, number: int) -> date:
    """The same day years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + number)
    except ValueError:
        return date(day.year + number, 3, 1)


def term_end(start: date, years: int = 1) -> date:
    """The last day of a term of so many years."""
    return add_years(start, years) - DAY


def in_words(day: date) -> str:
    """A day as people write it: 1 March 2027."""
    months = "January February March April May June July August September October November December"
    return f"{day.day} {months.split()[day.month - 1]} {day.year}"
