"""Pages that are made by themselves, each from its record, and only when they have to be."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from npcs.publish.page import Page
from npcs.publish.site import Site
from npcs.records.record import Record


@dataclass(frozen=True, slots=True)
class Later:
    """The page of a record, which is not made yet: a function of a section, and the record's file.

    The function gets the site and the record, and nothing else: what it needs besides it reads of
    the site, so that it is known what the page rests on.
    """

    module: str
    function: str
    path: str

    @property
    def name(self) -> str:
        """What tells it from every other."""
        return f"{self.module} {self.function} {self.path}"

    @classmethod
    def named(cls, name: str) -> "Later":
        """The page that has a name."""
        return cls(*name.split(" ", 2))

    def made(self, site: Site) -> Page:
        """The page."""
        work = getattr(import_module(self.module), self.function)
        page: Page = work(site, site.hub.record(self.path))
        return page


def later(work: Callable[[Site, Any], Page], record: Record) -> Later:
    """A page that a function of a module makes of a record when it is wanted."""
    return Later(work.__module__, work.__name__, record.path)
