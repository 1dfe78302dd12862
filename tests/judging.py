"""Asking one rule, or all of them, what they have to say of a small partnership."""

from datetime import date
from typing import NamedTuple

from npcs.charter.approved import Approved
from npcs.records.document import Document
from npcs.records.hub import Hub
from npcs.rules.registry import RULES, rule_named
from npcs.rules.rule import Rule, Scene
from partnership import Partnership, day


class Said(NamedTuple):
    """A note of a rule: how grave, in which record, and in what words."""

    rule: str
    severity: str
    path: str
    message: str


def judged(
    partnership: Partnership | Hub,
    rule: str,
    as_of: str | date = "2027-06-01",
    approved: Approved | None = None,
) -> list[Said]:
    """What a rule says, in the order of its notes."""
    found = rule_named(rule)
    assert found, rule
    return _notes(found, Scene(_hub(partnership), day(as_of), approved))


def severities(partnership: Partnership | Hub, rule: str, as_of: str | date = "2027-06-01") -> str:
    """How grave each of a rule's notes is, in one text: empty where it says nothing."""
    return " ".join(one.severity for one in judged(partnership, rule, as_of))


def all_judged(partnership: Partnership | Hub, as_of: str | date) -> list[Said]:
    """What all rules say that look at more than one file's text."""
    scene = Scene(_hub(partnership), day(as_of))
    return [one for rule in RULES if rule.over is not Document for one in _notes(rule, scene)]


def _hub(partnership: Partnership | Hub) -> Hub:
    return partnership if isinstance(partnership, Hub) else partnership.hub()


def _notes(rule: Rule, scene: Scene) -> list[Said]:
    if rule.over is None:
        calls = [rule.check(scene)]
    else:
        also = () if rule.alone else (scene,)
        calls = [rule.check(one, *also) for one in scene.hub.all(rule.over).values()]
    return [
        Said(rule.name, note.severity, note.place.path, note.message)
        for notes in calls
        for note in notes
    ]
