"""Definitions: the glossary, the core data set and the instruments."""

from collections.abc import Iterator

from npcs.publish.later import Later
from npcs.publish.page import Page
from npcs.publish.sections.definitions import dataset, glossary, instruments
from npcs.publish.sections.definitions.glossary import state
from npcs.publish.site import Site


def pages(site: Site) -> Iterator[Page | Later]:
    """The glossary with its terms, the core data set, and the instruments."""
    yield from glossary.pages(site)
    yield from dataset.pages(site)
    yield from instruments.pages(site)


__all__ = ["pages", "state"]
