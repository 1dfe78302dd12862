"""Applying every rule to records, and turning its notes into findings."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from npcs.history.approved import Approved
from npcs.records.document import Document
from npcs.records.findings import Finding, Note
from npcs.records.hub import Hub, document
from npcs.rules.engine import Crash, crash
from npcs.rules.registry import RULES
from npcs.rules.rule import Rule, Scene

if TYPE_CHECKING:
    from npcs.rules.cache import Store

Noted = dict[str, tuple[Finding, ...]]
"""What the rules over single files have found, by path."""


def read_documents(
    files: dict[str, bytes], store: "Store | None"
) -> tuple[list[Document], Noted, tuple[Crash, ...]]:
    """The documents of all files, with what the rules that look at one file alone say of each.

    Both depend on the bytes of the file only, so both come from the store where it knows them.
    """
    documents: list[Document] = []
    noted: Noted = {}
    crashes: list[Crash] = []
    known = store.documents() if store else {}
    changed = len(known) != len(files)
    for path, raw in files.items():
        entry = known.get(path)
        if entry and entry.document.digest == entry.digest_of(raw):
            documents.append(entry.document)
            noted[path] = entry.findings
            continue
        changed = True
        one = document(path, raw)
        documents.append(one)
        noted[path], broken = _look(one)
        crashes += broken
    if store and changed and not crashes:
        store.keep_documents(documents, noted)
    return documents, noted, tuple(crashes)


_OVER_FILES = tuple(one for one in RULES if one.over is Document)


def _look(one: Document) -> tuple[tuple[Finding, ...], list[Crash]]:
    findings: list[Finding] = []
    crashes: list[Crash] = []
    for rule in _OVER_FILES:
        try:
            findings += [_finding(rule, note) for note in rule.check(one)]
        except Exception as error:  # noqa: BLE001 - a broken rule must not hide the others
            crashes.append(crash(rule.name, one.path, error))
    return tuple(findings), crashes


def run(
    hub: Hub, as_of: date, approved: Approved | None, noted: Noted
) -> tuple[list[Finding], tuple[Crash, ...]]:
    """The findings of all rules, those over single files taken from ``noted``."""
    scene = Scene(hub, as_of, approved)
    findings = [one for path in hub.documents for one in noted.get(path, ())]
    crashes: list[Crash] = []
    for rule in RULES:
        if rule.over is Document:
            continue
        for path, notes in _calls(rule, scene):
            try:
                findings += [_finding(rule, note) for note in notes]
            except Exception as error:  # noqa: BLE001 - a broken rule must not hide the others
                crashes.append(crash(rule.name, path, error))
    return findings, tuple(crashes)


def _calls(rule: Rule, scene: Scene) -> Iterator[tuple[str, Iterable[Note]]]:
    if rule.over is None:
        yield "", rule.check(scene)
    else:
        for record in scene.hub.all(rule.over).values():  # type: ignore[type-var]
            yield record.path, rule.check(record, scene)  # type: ignore[attr-defined]


def _finding(rule: Rule, note: Note) -> Finding:
    place = note.place
    return Finding(
        rule.name,
        note.severity,
        place.path,
        place.line,
        place.column,
        note.message,
        note.hint,
        rule.provision,
    )
