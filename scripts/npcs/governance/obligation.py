"""Something the charter asks for that is still to be done."""

from datetime import date
from typing import Any, NamedTuple

from npcs.records.findings import Place


class Obligation(NamedTuple):
    """Something to do, the last day to do it in time, and the provision that asks for it.

    ``subject`` is the name of the rule that watches over it, ``place`` the record it is about.
    ``what`` says it without a capital or a full stop. ``readings`` are those of the charter that
    set the day, each with the day on which it was in force. ``to_do`` says how to meet it, where
    that is otherwise than for the rest of its subject. Obligations sort by their day.
    """

    on: date
    subject: str
    what: str
    provision: str
    place: Place
    readings: tuple[tuple[str, date], ...] = ()
    to_do: str = ""

    def plain(self) -> tuple[Any, ...]:
        """The obligation in values that can be kept."""
        readings = [(name, on.toordinal()) for name, on in self.readings]
        at = (self.place.path, self.place.line, self.place.column)
        return self.on.toordinal(), self.subject, self.what, self.provision, at, readings

    @classmethod
    def of(cls, plain: tuple[Any, ...]) -> "Obligation":
        """The obligation that was told so."""
        on, subject, what, provision, place, readings = plain
        used = tuple((name, date.fromordinal(day)) for name, day in readings)
        return cls(date.fromordinal(on), subject, what, provision, Place(*place), used)


CHARTER = Place("charter/charter.md")
"""The place of what concerns the partnership and no single record."""
