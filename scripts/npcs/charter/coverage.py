"""What holds each provision: rules, evidence that people read, or nothing, and then why.

Rules say themselves which provisions they hold, and readings on which they rest. The rest stands in
``charter/coverage.yml``, so that it is proposed and decided together with the text.
"""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from npcs.charter.provisions import Provision, provisions
from npcs.governance.memory import per_hub
from npcs.governance.obligation import CHARTER
from npcs.records.charter import Parameters
from npcs.records.coverage import Coverage
from npcs.records.document import Document
from npcs.records.hub import Hub
from npcs.records.kinds import KINDS

_PAGE = re.compile(r"https?://[^\s<>\"]+")


class Evidence(NamedTuple):
    """Where to look whether a provision is lived up to.

    ``place`` is as it is written: a folder of records, whose ``kinds`` these are, the file of a
    record, or a page of the web. ``form`` is ``nothing`` where no record could ever stand there.
    """

    place: str
    form: Literal["folder", "record", "page", "nothing"]
    kinds: tuple[str, ...] = ()


class Held(NamedTuple):
    """What holds a provision of the charter.

    ``rules`` and ``readings`` are names of rules and of parameters. ``shows`` says what the
    evidence shows, ``intent`` why there is none.
    """

    provision: Provision
    rules: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    shows: str = ""
    intent: str = ""

    @property
    def answered(self) -> bool:
        """Whether something holds it, or it is said why nothing does."""
        return bool(self.rules or self.evidence or self.intent or self.provision.withdrawn)


@per_hub
def coverage(hub: Hub) -> Mapping[str, Held]:
    """What holds each provision, by its id, in the order of the charter's text."""
    by_rule = rules_by_provision()
    readings: dict[str, list[str]] = {}
    parameters = hub.get(Parameters, "parameters")
    for name, parameter in (parameters.parameters if parameters else {}).items():
        readings.setdefault(parameter.provision, []).append(name)
    record = hub.get(Coverage, "coverage")
    entries = record.provisions if record else {}
    table = {}
    for key, one in in_text(hub).items():
        entry = entries.get(key)
        table[key] = Held(
            one,
            by_rule.get(key, ()),
            tuple(readings.get(key, ())),
            tuple(evidence(hub, place) for place in entry.evidence) if entry else (),
            (entry.shows or "") if entry else "",
            (entry.intent or "") if entry else "",
        )
    return table


def in_text(hub: Hub) -> Mapping[str, Provision]:
    """The provisions of the charter's text by id, in its order."""
    found: dict[str, Provision] = {}
    for one in provisions(body(hub)).all:
        found.setdefault(one.id, one)
    return found


def body(hub: Hub) -> str:
    """The charter's text, empty where there is none that can be read."""
    document = hub.document(CHARTER.path)
    return document.body if document else ""


def rules_by_provision() -> Mapping[str, tuple[str, ...]]:
    """The names of the rules that hold each provision, as they say themselves."""
    from npcs.rules.registry import RULES

    table: dict[str, tuple[str, ...]] = {}
    for rule in RULES:
        for key in rule.provisions:
            table[key] = (*table.get(key, ()), rule.name)
    return table


def evidence(hub: Hub, place: str) -> Evidence:
    """What stands at a place that a table names."""
    if place in hub.documents:
        return Evidence(place, "record")
    if _PAGE.fullmatch(place):
        return Evidence(place, "page")
    folder = place.rstrip("/") + "/"
    kinds = tuple(name for name, kind in KINDS.items() if kind.example.startswith(folder))
    return Evidence(place, "folder" if kinds else "nothing", kinds)


def touched(hub: Hub, key: str) -> tuple[Document, ...]:
    """The records that refer to a provision, in the order of their files."""
    found = {one.path: one for one, _ in hub.referrers.get(("provision", key), ())}
    return tuple(found[path] for path in sorted(found) if path != "charter/parameters.yml")


__all__ = ["Evidence", "Held", "body", "coverage", "evidence", "in_text", "rules_by_provision",
           "touched"]  # fmt: skip
