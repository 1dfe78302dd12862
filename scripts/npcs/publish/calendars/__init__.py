"""Days to subscribe to, for any calendar (RFC 5545): meetings, ends of terms, what is due.

A calendar shows what lies ahead and the year behind it. An event keeps its name for ever, so that a
calendar which reads the file again moves or strikes out what it has, and doubles nothing.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from npcs.publish.calendars.event import Event
from npcs.publish.calendars.events import due, meetings, terms
from npcs.publish.calendars.ics import ics
from npcs.publish.site import Site

CALENDARS: Mapping[str, tuple[str, str]] = {
    "calendars/all.ics": ("Everything", "All three below in one."),
    "calendars/meetings.ics": (
        "Meetings",
        "Of the Executive Committee, of all members and of groups; cancelled ones are marked so.",
    ),
    "calendars/terms.ics": (
        "Ends of terms",
        "The last day of each term of office, and the longest a co-chair may serve.",
    ),
    "calendars/due.ics": (
        "What is due",
        "Reviews, answers to safety notices, minutes and whatever else has a last day.",
    ),
}
"""Every calendar by where it stands: its name and what is in it."""

_EVENTS: Mapping[str, Callable[[Site], Iterator[Event]]] = {
    "calendars/meetings.ics": meetings,
    "calendars/terms.ics": terms,
    "calendars/due.ics": due,
}


def calendars(site: Site) -> dict[str, tuple[str, str, tuple[Event, ...], str]]:
    """All calendars by path: the path, the name, its events, and the address of the site."""
    events = {path: tuple(found(site)) for path, found in _EVENTS.items()}
    events["calendars/all.ics"] = tuple(chain.from_iterable(events.values()))
    name = site.settings.name
    return {
        path: (path, name if path == "calendars/all.ics" else f"{title}: {name}", events[path],
               site.settings.address)
        for path, (title, _) in CALENDARS.items()
    }  # fmt: skip


def calendar_files(site: Site) -> dict[str, bytes]:
    """The files of all calendars, by path."""
    every = calendars(site).values()
    return {path: ics(name, events, address) for path, name, events, address in every}


__all__ = ["CALENDARS", "calendar_files", "calendars", "ics"]
