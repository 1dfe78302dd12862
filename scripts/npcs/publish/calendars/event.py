"""A day in a calendar, whatever it is written as."""

from datetime import date
from typing import NamedTuple


class Event(NamedTuple):
    """Something on a day: ``name`` tells it from all others for ever.

    ``page`` is where the site tells more. ``changed`` is when what it rests on was last changed, in
    seconds since 1970. A cancelled event stays, and says so.
    """

    name: str
    on: date
    title: str
    text: str
    page: str
    kind: str
    changed: int
    cancelled: bool = False
