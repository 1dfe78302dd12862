"""How readings of the charter are shown: by their question, with their value and their state."""

import re

from npcs.governance.parameters import Reading
from npcs.publish.site import Site
from npcs.publish.standing import reading_holds
from npcs.publish.text import Md, chip, link, plain, words


def shown(site: Site, known: Reading) -> Md:
    """A link to a reading by its question; its name alone where the records do not have it."""
    parameter = site.parameters.get(known.name)
    if parameter is None:
        return plain(known.name)
    return link(parameter.question or known.name, site.place_of_reading(known.name))


def state(site: Site, known: Reading) -> Md:
    """Whether a reading was adopted, and by a decision that holds."""
    if known.fixed and not known.decision:
        return chip("set by the charter", "good")
    return doubt(site, known) or chip("adopted", "good")


def doubt(site: Site, known: Reading) -> Md:
    """What keeps a reading from being the committee's own; nothing where it is."""
    if known.unsettled:
        return chip("provisional", "warn")
    if known.decision is None:
        return Md()
    if not reading_holds(site.hub, known, site.as_of):
        return chip("called adopted, its decision does not hold", "warn")
    return Md()


def value_shown(value: str) -> str:
    """A value as people read it: ``no-unresolved-objection`` without its hyphens."""
    return words(value) if re.fullmatch(r"[a-z]+(-[a-z]+)+", value) else value
