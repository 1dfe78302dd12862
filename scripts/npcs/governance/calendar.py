"""What has come due and what comes within 90 days, and is not yet done."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from npcs.records.findings import Place
from npcs.records.hub import Hub

AHEAD = 90
"""How many days ahead the calendar looks."""


class Obligation(NamedTuple):
    """Something to do, the last day to do it in time, and the provision that asks for it.

    ``subject`` is the name of the rule that watches over it, ``place`` the record it is about.
    ``what`` is a sentence without a capital or a full stop.
    """

    on: date
    subject: str
    what: str
    provision: str
    place: Place


def obligations(hub: Hub, as_of: date, subject: str | None = None) -> tuple[Obligation, ...]:
    """All obligations as of a day, the most urgent first; with ``subject`` those of one rule."""
    found = [
        one
        for name, look in SUBJECTS.items()
        if subject in (None, name)
        for one in look(hub, as_of)
    ]
    return tuple(sorted(found))


Look = Callable[[Hub, date], Iterator[Obligation]]

SUBJECTS: Mapping[str, Look] = MappingProxyType({})
