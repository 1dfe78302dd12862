"""The pages of the site as they are staged: each is made, or taken over where it is the same."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from npcs.publish import sections
from npcs.publish.imprint import imprint
from npcs.publish.later import Later
from npcs.publish.metadata import head
from npcs.publish.page import Page
from npcs.publish.pieces import Files, Pieces, sum_of
from npcs.publish.render import markdown
from npcs.publish.search.index import Entry
from npcs.publish.sections import lists, shown
from npcs.publish.site import Site
from npcs.publish.text import said


class Told(NamedTuple):
    """What the rest of the site has to know of a page; ``entry`` is for the search, as plain data.

    Where the page shows a record, ``source`` is its file and ``chips`` are its labels.
    """

    address: str
    title: str
    source: str
    number: str
    chips: tuple[str, ...]
    entry: tuple[Any, ...] | None


def every_page(site: Site, pieces: Pieces) -> Iterator[Told]:
    """All pages of the site, in their order; their files are among the pieces."""
    found = []
    for section in sections.SECTIONS:
        name = f"{section.__module__} {section.__name__}"
        for one in pieces.get(name, partial(_section, site, section)):
            named = isinstance(one, str)
            told = Told(*(pieces.get(one, partial(_later, site, one)) if named else one))
            if told.entry:
                found.append(told)
            yield told
    given = sum_of([(one.address, one.title, one.number, one.entry and one.entry[2])
                    for one in found])  # fmt: skip
    ways = pieces.each("lists", partial(_lists, site, found), partial(_told, site), given)
    yield from (Told(*one) for one in ways)


def _section(
    site: Site, section: Callable[[Site], Iterator[Page | Later]]
) -> tuple[list[Any], Files]:
    """What a section gives: its own pages, and the names of those that are made by themselves."""
    files: Files = {}
    return [
        one.name if isinstance(one, Later) else _paged(site, shown(site, one), files)
        for one in section(site)
    ], files


def _later(site: Site, name: str) -> tuple[Any, Files]:
    return _told(site, shown(site, Later.named(name).made(site)))


def _lists(site: Site, found: list[Told]) -> dict[str, Page]:
    """The pages that list those found, by their addresses."""
    pages = [
        Page(one.address, one.title, (), number=one.number, facets=Entry.of(one.entry).facets)
        for one in found
        if one.entry
    ]
    named: dict[str, Page] = {}
    for one in lists(site, pages):
        twice = " " if one.address in named else ""  # which is told when the two are staged
        named[one.address + twice] = one
    return named


def _told(site: Site, page: Page) -> tuple[Any, Files]:
    files: Files = {}
    return _paged(site, page, files), files


def _paged(site: Site, page: Page, files: Files) -> tuple[Any, ...]:
    """A page as the rest of the site has to know it; its Markdown and its files are added."""
    text = markdown(page, site.settings.banner, head(page, site), imprint(page, site))
    files[page.address + ".md"] = text.encode()
    files.update(page.files)
    chips = tuple(map(said, page.chips)) if page.source else ()
    entry = None
    if page.facets:
        one = Entry(page.address, page.title, page.facets, text, page.number, page.weight)
        entry = one.weighed().plain()
    return tuple(Told(page.address, page.title, page.source, page.number, chips, entry))


__all__ = ["Told", "every_page"]
