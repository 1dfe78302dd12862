"""The glossary as SKOS, the web's standard for vocabularies: in Turtle and in JSON-LD.

Terms are named by the addresses of their pages, relative to the file, so that the names lead to the
pages wherever the site stands. A member's own rule is a concept of that member's scheme, matched to
the partnership's.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from npcs.publish.names import member_name
from npcs.records.definitions import CrosswalkEntry, Definition
from npcs.records.hub import Hub
from npcs.records.record import Source

TURTLE = "definitions/glossary.ttl"
JSON_LD = "definitions/glossary.jsonld"

PREFIXES = {
    "dct": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
SCHEME = "#glossary"
MATCHES = {
    "exact": "skos:exactMatch",
    "broader": "skos:broadMatch",
    "narrower": "skos:narrowMatch",
    "overlaps": "skos:relatedMatch",
}
"""What a member's rule is to the partnership's definition; no rule is no concept."""

_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+")


class Iri(str):
    """The name of a thing: an address, or one relative to the file."""

    __slots__ = ()


Value = Iri | str | bool
"""A name, a text in English, or a yes or no."""


@dataclass(frozen=True, slots=True)
class Node:
    """A thing: its name, what it is, and what is said of it."""

    iri: Iri
    type: str
    said: list[tuple[str, Value]] = field(default_factory=list)


def glossary_files(hub: Hub, name: str) -> dict[str, bytes]:
    """The glossary of a hub in both forms, by path; ``name`` is the partnership's."""
    if not hub.all(Definition):
        return {}
    nodes = [*_nodes(hub, name)]
    return {TURTLE: turtle(nodes).encode(), JSON_LD: json_ld(nodes).encode()}


# What is said


def _nodes(hub: Hub, name: str) -> Iterator[Node]:
    terms = hub.all(Definition)
    used = {key for one in terms.values() for key, it in one.crosswalk.items()
            if it.mapping in MATCHES}  # fmt: skip
    scheme = Node(Iri(SCHEME), "skos:ConceptScheme", [("skos:prefLabel", f"Glossary of {name}")])
    scheme.said.extend(
        ("skos:hasTopConcept", _iri(one.key)) for one in terms.values() if not _broader(one, hub)
    )
    yield scheme
    for one in terms.values():
        yield _concept(one, hub)
    for key in sorted(used):
        rules = [_rule(one.key, key) for one in terms.values()
                 if key in one.crosswalk and one.crosswalk[key].mapping in MATCHES]  # fmt: skip
        yield Node(
            _scheme_of(key),
            "skos:ConceptScheme",
            [
                ("skos:prefLabel", f"Rules of {member_name(hub, key)}"),
                *(("skos:hasTopConcept", rule) for rule in rules),
            ],
        )
    for one in terms.values():
        for key, entry in one.crosswalk.items():
            if entry.mapping in MATCHES:
                yield _rule_of_member(one, key, entry, hub)


def _concept(one: Definition, hub: Hub) -> Node:
    node = Node(_iri(one.key), "skos:Concept", [("skos:prefLabel", one.term)])
    add = node.said.append
    for other in one.also_called:
        if other != one.term:
            add(("skos:altLabel", other))
    add(("skos:inScheme", Iri(SCHEME)))
    broader = _broader(one, hub)
    if not broader:
        add(("skos:topConceptOf", Iri(SCHEME)))
    for key in broader:
        add(("skos:broader", _iri(key)))
    for key in sorted(_related(one, hub)):
        add(("skos:related", _iri(key)))
    add(("skos:definition", _flat(one.definition)))
    if one.formal:
        add(("skos:note", f"In the words of the law: {_flat(one.formal)}"))
    node.said.extend(("skos:scopeNote", f"Includes: {it}") for it in one.includes)
    node.said.extend(("skos:scopeNote", f"Does not include: {it}") for it in one.excludes)
    node.said.extend(("skos:example", _flat(it)) for it in one.examples)
    for old in one.earlier:
        was = f"Version {old.version}, until {old.until}: {_flat(old.definition)}"
        add(("skos:historyNote", f"{was} Changed because: {old.why}"))
    add(("skos:editorialNote", f"State: {one.status}"))
    add(("owl:versionInfo", one.version))
    for source in (one.source, *one.legal_basis):
        add(("dct:source", _cited(source)))
    if one.status in ("superseded", "withdrawn"):
        add(("owl:deprecated", True))
    if one.superseded_by and one.superseded_by in hub.all(Definition):
        add(("dct:isReplacedBy", _iri(one.superseded_by)))
    for key, entry in one.crosswalk.items():
        if entry.mapping in MATCHES:
            add((MATCHES[entry.mapping], _rule(one.key, key)))
    node.said[:] = dict.fromkeys(node.said)
    return node


def _rule_of_member(one: Definition, key: str, entry: CrosswalkEntry, hub: Hub) -> Node:
    name = member_name(hub, key)
    said: list[tuple[str, Value]] = [
        ("skos:prefLabel", f"{one.term}, by the rule of {name}"),
        ("skos:inScheme", _scheme_of(key)),
        ("skos:topConceptOf", _scheme_of(key)),
        ("skos:scopeNote", entry.note),
        ("skos:editorialNote", f"Compared with version {entry.compared_with}"),
    ]
    if entry.source:
        said.append(("dct:source", _cited(entry.source)))
    return Node(_rule(one.key, key), "skos:Concept", said)


def _broader(one: Definition, hub: Hub) -> list[str]:
    return [key for key in one.broader if key in hub.all(Definition)]


def _related(one: Definition, hub: Hub) -> set[str]:
    """The terms related to one, whichever of the two says so.

    What is above or below a term is not related to it besides: SKOS keeps the two apart.
    """
    terms = hub.all(Definition)
    back = {key for key, other in terms.items() if one.key in other.related}
    return {
        key
        for key in (back | {*one.related}) & terms.keys()
        if key not in _above(one.key, hub) and one.key not in _above(key, hub)
    }


def _above(key: str, hub: Hub) -> set[str]:
    """A term and all that are broader, however far up."""
    found: set[str] = set()
    open_ = [key]
    while open_:
        one = open_.pop()
        if one not in found:
            found.add(one)
            open_ += _broader(hub.all(Definition)[one], hub)
    return found


def _iri(key: str) -> Iri:
    return Iri(f"terms/{key}/")


def _rule(term: str, member: str) -> Iri:
    return Iri(f"terms/{term}/#crosswalk-{member}")


def _scheme_of(member: str) -> Iri:
    return Iri(f"../members/{member}/")


def _cited(source: Source) -> Value:
    address = source.address or ""
    return Iri(address) if _IRI.fullmatch(address) else source.title


def _flat(text: str) -> str:
    return " ".join(text.split())


# How it is written


def turtle(nodes: list[Node]) -> str:
    """Things as Turtle."""
    lines = [f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items()]
    for one in nodes:
        lines += ["", f"<{one.iri}> a {one.type} ;"]
        lines += [f"    {name} {_in_turtle(name, value)} ;" for name, value in one.said]
        lines[-1] = lines[-1][:-1] + "."
    return "\n".join(lines) + "\n"


def _in_turtle(name: str, value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Iri):
        return f"<{value}>"
    text = json.dumps(value, ensure_ascii=False)
    return text if name == "owl:versionInfo" else f"{text}@en"


def json_ld(nodes: list[Node]) -> str:
    """Things as JSON-LD."""
    graph = []
    for one in nodes:
        written: dict[str, object] = {"@id": one.iri, "@type": one.type}
        for name, value in one.said:
            written.setdefault(name, [])
            written[name].append(_in_json(name, value))  # type: ignore[attr-defined]
        graph.append(written)
    return json.dumps({"@context": PREFIXES, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _in_json(name: str, value: Value) -> object:
    if isinstance(value, bool):
        return value
    if isinstance(value, Iri):
        return {"@id": value}
    return value if name == "owl:versionInfo" else {"@value": value, "@language": "en"}
