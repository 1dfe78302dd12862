"""What holds a provision, as it is named on pages: rules, readings, places to look, and records."""

from collections.abc import Iterable

from npcs.charter.coverage import Evidence, Held, touched
from npcs.governance import parameters
from npcs.publish import readings
from npcs.publish.addresses import address_of, list_of
from npcs.publish.site import Site
from npcs.publish.text import Md, link, number, outside, plain, sentence
from npcs.records.document import Document
from npcs.records.kinds import KINDS

_NAMED = 2
"""How many records of a kind are named; of more the number is told."""


def held_by(site: Site, names: Iterable[str]) -> list[Md]:
    """Links to readings by their questions."""
    return [
        readings.shown(site, parameters.in_force(site.hub, name, site.as_of))
        for name in names
        if name in parameters.names(site.hub)
    ]


def places(site: Site, one: Held) -> list[Md]:
    """Where to look whether a provision is lived up to, with how much is there."""
    return [_place(site, each) for each in one.evidence]


def _place(site: Site, evidence: Evidence) -> Md:
    if evidence.form == "page":
        return outside(evidence.place, evidence.place)
    if evidence.form == "record":
        return site.at(evidence.place)
    if evidence.form == "nothing":
        return plain(evidence.place)
    kind = KINDS[evidence.kinds[0]]
    count = len(site.hub.by_kind[kind.name])
    there = f" ({count:,})" if count else " (none yet)"
    return sentence(link(kind.plural.capitalize(), list_of(kind.name)), there)


def records(site: Site, one: Held) -> list[Md]:
    """The records that refer to a provision; of many of a kind their number."""
    by_kind: dict[str, list[Document]] = {}
    for each in touched(site.hub, one.provision.id):
        by_kind.setdefault(each.kind.name, []).append(each)
    shown: list[Md] = []
    for name, found in by_kind.items():
        if len(found) <= _NAMED:
            shown += [link(site.title(each), address_of(each)) for each in found]
        else:
            told = number(len(found), name, KINDS[name].plural)
            shown.append(link(told, list_of(name)))
    return shown
