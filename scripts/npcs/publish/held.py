"""What holds a provision, as it is named on pages: rules, readings, places to look, and records."""

from collections.abc import Iterable

from npcs.charter.coverage import Evidence, Held, touched
from npcs.publish.addresses import address_of, list_of
from npcs.publish.site import Site
from npcs.publish.text import Md, joined, link, number, outside, plain, sentence, words
from npcs.records.document import Document
from npcs.records.kinds import KINDS

_NAMED = 2
"""How many records of a kind are named; of more the number is told."""


def in_a_line(site: Site, one: Held) -> Md:
    """What holds a provision and the records it touches, in a line to stand below it."""
    parts = []
    if one.rules:
        parts.append(sentence("Checked by ", joined(map(site.rule, one.rules))))
    if one.readings:
        parts.append(sentence("Readings: ", joined(read_by(site, one.readings))))
    if one.evidence or touched(site.hub, one.provision.id):
        parts.append(sentence("Records: ", joined(records(site, one))))
    if one.intent:
        parts.append(link("Intent, nothing to check", "charter/coverage#intent"))
    return joined(parts, " · ")


def read_by(site: Site, names: Iterable[str]) -> list[Md]:
    """Links to readings by their names, which are shorter than their questions."""
    return [
        link(words(name), site.place_of_reading(name)) for name in names if name in site.parameters
    ]


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
    """The records a provision touches: where to look for it, and what refers to it.

    Where records of a kind refer to it, they stand for their folder. Of many their number is told.
    """
    by_kind: dict[str, list[Document]] = {}
    for each in touched(site.hub, one.provision.id):
        by_kind.setdefault(each.kind.name, []).append(each)
    shown = [_place(site, each) for each in one.evidence if not by_kind.keys() & {*each.kinds}]
    for name, found in by_kind.items():
        if len(found) <= _NAMED:
            shown += [link(site.title(each), address_of(each)) for each in found]
        else:
            told = number(len(found), name, KINDS[name].plural)
            shown.append(link(told, list_of(name)))
    return shown
