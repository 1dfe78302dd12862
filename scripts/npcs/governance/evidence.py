"""Whether what is recorded as done is shown to be done: evidence leads to something."""

import re
from datetime import date

from npcs.governance.memory import per_hub
from npcs.records.charter import Meeting
from npcs.records.followup import Done, Result
from npcs.records.hub import Hub
from npcs.records.record import Record

_ADDRESS = re.compile(r"https?://[^\s<>\"/?#]+\.[^\s<>\"/?#]+(?:[/?#][^\s<>\"]*)?", re.IGNORECASE)


def shown(hub: Hub, record: Record, done: Done | None, day: date) -> bool:
    """Whether a step of a record was done by a day, and its evidence leads to something."""
    return done is not None and done.on <= day and doubt(hub, record, done) is None


def doubt(hub: Hub, record: Record, done: Done | Result) -> str | None:
    """Why the evidence for something in a record shows nothing, to end a sentence; None if it does.

    It is an address on the web, whose form alone can be judged, or the id of another record; a
    meeting shows something once it was held, and nothing that came after it.
    """
    evidence = done.evidence
    if evidence is None:
        return "nothing shows it"
    if _ADDRESS.fullmatch(evidence):
        return None
    if evidence == record.key:
        return "its evidence is this record itself"
    if evidence not in _ids(hub):
        return f"its evidence, “{evidence}”, is neither the id of a record nor an address"
    meeting = hub.get(Meeting, evidence)
    if meeting and meeting.status != "held":
        return f"its evidence, {evidence}, is a meeting that is not recorded as held"
    if meeting and meeting.date < done.on:
        return f"its evidence, {evidence}, is a meeting held before that day"
    return None


def is_address(evidence: str) -> bool:
    """Whether evidence stands on the web and not in the hub."""
    return bool(_ADDRESS.fullmatch(evidence))


@per_hub
def _ids(hub: Hub) -> frozenset[str]:
    """The ids of all records, be they valid or not."""
    return frozenset(one.id for one in hub.documents.values())
