"""What a feed is made of, whatever it is written as."""

import posixpath
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from npcs.publish.addresses import page_address
from npcs.publish.identity import identity


class Entry(NamedTuple):
    """A piece of news: ``name`` tells it from all others for ever, ``address`` is its page.

    ``topic`` is the kind of record it is about. ``entered`` is the day on which that was recorded,
    which may be long after, and ``changed`` the day of the last change, where there was one.
    ``source`` is the file of the record it tells of, where that has a state.
    """

    name: str
    title: str
    address: str
    on: date
    text: str
    topic: str
    entered: date | None = None
    changed: date | None = None
    source: str = ""

    def plain(self) -> tuple[Any, ...]:
        """The news in values that can be kept."""
        name, title, address, on, text, topic, entered, changed, source = self
        days = (on.toordinal(), entered and entered.toordinal(), changed and changed.toordinal())
        return name, title, address, text, topic, source, *days

    @classmethod
    def of(cls, plain: tuple[Any, ...]) -> "Entry":
        """The news that was told so."""
        name, title, address, text, topic, source, on, entered, changed = plain
        day = date.fromordinal
        return cls(name, title, address, day(on), text, topic, entered and day(entered),
                   changed and day(changed), source)  # fmt: skip

    @property
    def id(self) -> str:
        """What readers know the entry by."""
        return named(self.name)

    @property
    def seen(self) -> date:
        """The first day on which anybody could read it."""
        return max(self.on, self.entered or self.on)

    @property
    def updated(self) -> date:
        """The day of its last change."""
        return max(self.on, self.changed or self.on)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, or an archive of one: the news of a stretch of time, the newest first.

    ``address`` is where the feed people subscribe to stands, without its ending. ``year`` is that
    of an archive; None for the feed itself. ``before`` and ``after`` are the years of the archives
    next to it. ``base`` is where the site stands on the web; empty where that is not known, and all
    addresses are then relative.
    """

    title: str
    author: str
    address: str
    entries: tuple[Entry, ...]
    base: str = ""
    year: int | None = None
    before: int | None = None
    after: int | None = None

    @property
    def id(self) -> str:
        """What readers know the feed by."""
        archive = f" {self.year}" if self.year else ""
        return named(f"feed {self.title}{archive}")

    def plain(self) -> tuple[Any, ...]:
        """The feed in plain values."""
        about = (self.title, self.author, self.address, self.base, self.year)
        return *about, self.before, self.after, [one.plain() for one in self.entries]

    @property
    def page(self) -> str:
        """The page of the site whose news the feed brings."""
        return self.address.removesuffix("feed") + "index"

    def file(self, ending: str, year: int | None = None) -> str:
        """Where this part of the feed stands, or the archive of a year."""
        at = year or self.year
        return f"{self.address}-{at}{ending}" if at else self.address + ending

    def way(self, target: str) -> str:
        """The address of a file of the site, as the feed gives it."""
        if self.base:
            return self.base + target
        return posixpath.relpath(target, posixpath.dirname(self.address) or ".")

    def way_to_page(self, page: str) -> str:
        """The address of a page of the site, as the feed gives it."""
        folder = page_address(page)
        return self.base + folder if self.base else f"{self.way(folder or '.')}/"


def named(name: str) -> str:
    """An id that is the same for ever, made of a name."""
    return f"urn:uuid:{identity(name)}"


def moment(day: date) -> str:
    """A day as the moment at which it begins."""
    return f"{day}T00:00:00Z"
