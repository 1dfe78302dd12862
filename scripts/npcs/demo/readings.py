"""How the Example Partnership reads its charter, and what shows that it lives up to it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from npcs.demo.texts import text_lines
from npcs.demo.world import in_words
from npcs.demo.yamlout import Folded

_FIXED = ("vote-share", "committee-term", "co-chairs", "co-chair-limit", "meeting-interval",
          "charter-review")  # fmt: skip
"""What the charter decides itself."""

CHANGES = (
    (
        "minutes-due",
        "10 days",
        "Minutes within ten days",
        "Members asked to read the minutes well before the next meeting.",
    ),
    (
        "quorum",
        "at least 2/3",
        "A quorum of two-thirds",
        "A few decisions had been made by a bare majority of those in office.",
    ),
)
"""Readings that change later: the parameter, its new value, the decision's title, and why."""


class Setting(NamedTuple):
    """A value in force from a day on, and the id of the decision that adopted it."""

    name: str
    since: date
    value: str
    decision: str | None


def parameters(settings: Sequence[Setting]) -> Mapping[str, Any]:
    """The record of parameters with the settings that follow the founding ones.

    The first setting, whose name is empty, gives the day and decision of all founding values.
    """
    founding, *later = settings
    table: dict[str, Any] = {}
    for line in text_lines("readings.txt")[1:]:
        name, provision, value, question, reading = line.split("|")
        changes = [one for one in later if one.name == name]
        for one in changes:
            reading += f" From {in_words(one.since)} on: {one.value}."
        history = [Setting(name, founding.since, value, founding.decision), *changes]
        table[name] = {
            "provision": provision,
            "question": question,
            "silent": name not in _FIXED,
            "reading": Folded(reading),
            "history": [
                {"from": one.since, "value": one.value, "decision": one.decision} for one in history
            ],
        }
    return {"title": "Parameters of the Example Partnership (fictional)", "parameters": table}


def coverage() -> Mapping[str, Any]:
    """The record of what shows that a provision is lived up to, where no rule holds it."""
    table: dict[str, Any] = {}
    for line in text_lines("coverage.txt")[1:]:
        provision, evidence, why = line.split("|")
        table[provision] = (
            {"evidence": evidence.split(), "shows": why} if evidence else {"intent": why}
        )
    return {"title": "What holds each provision (fictional)", "provisions": table}
