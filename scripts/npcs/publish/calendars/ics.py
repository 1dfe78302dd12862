"""Events as a calendar file (RFC 5545, RFC 7986)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from npcs.publish.addresses import page_address
from npcs.publish.calendars.event import Event
from npcs.publish.identity import identity

_START = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())
_END = b"END:VCALENDAR\r\n"
_NOTHING = (
    b"BEGIN:VTIMEZONE\r\nTZID:UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
    b"TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)
"""What a calendar without events holds: the standard asks for something, and some programs too."""

_REFRESH = timedelta(hours=12)


def ics(name: str, events: Iterable[Event], base: str = "") -> bytes:
    """A calendar of whole days; ``base`` is where the site stands on the web, if that is known."""
    from icalendar import Calendar

    out = Calendar()
    out.add("prodid", "-//NPCS hub//Calendars//EN")
    out.add("version", "2.0")
    out.add("calscale", "GREGORIAN")
    out.add("method", "PUBLISH")
    out.add("name", name)
    out.add("x-wr-calname", name)
    out.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    out.add("x-published-ttl", "PT12H")
    head, end, _ = out.to_ical().partition(_END)
    ordered = sorted(events, key=lambda it: (it.on, it.name))
    return b"".join([head, *([_event(one, base) for one in ordered] or [_NOTHING]), end])


@lru_cache(maxsize=10_000)
def _event(one: Event, base: str) -> bytes:
    """An event as it is written; most stand in two calendars, and stay when others change."""
    from icalendar import Event as Component

    changed = datetime.fromtimestamp(one.changed, UTC)
    event = Component()
    event.add("uid", str(identity(one.name)))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", sequence(one.changed))
    event.add("dtstart", one.on)
    event.add("dtend", one.on + timedelta(days=1))
    event.add("summary", f"Cancelled: {one.title}" if one.cancelled else one.title)
    if one.text:
        event.add("description", one.text)
    event.add("categories", [one.kind])
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if base:
        event.add("url", base + page_address(one.page))
    written: bytes = event.to_ical()
    return written


def sequence(changed: int) -> int:
    """The number of a version of an event: higher with each change, however it came about.

    Minutes since 2020. Counting the changes themselves would start anew in a clone that lacks the
    older ones, and a calendar drops a version whose number is lower than the one it has.
    """
    return max(0, (changed - _START) // 60)
