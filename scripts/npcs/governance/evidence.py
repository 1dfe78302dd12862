"""Whether what is recorded as done is shown to be done: evidence leads to something."""

import re
from datetime import date

from npcs.governance.dates import day_in_words
from npcs.governance.measures import figures
from npcs.governance.standing import decided_by
from npcs.governance.standing import doubt as against_it
from npcs.governance.tally import decision_day
from npcs.records.charter import Agreement, Decision, Group, Meeting, Member, Term
from npcs.records.document import Document
from npcs.records.followup import Done, Opportunity, Recommendation, Result
from npcs.records.hub import Hub
from npcs.records.kinds import KINDS
from npcs.records.notices import Notice
from npcs.records.record import Record
from npcs.records.workplan import Measure

SHOWS = (
    "meeting", "decision", "group", "recommendation", "agreement", "notice", "definition",
    "data-package", "instrument", "practice", "bundle", "curriculum", "priority", "measure",
)  # fmt: skip
"""The kinds of record that can show that something was done: what happened, and what was made.

Who somebody is, a plan, a weak spot that was found, an answer of a member and what governs the hub
itself show nothing done.
"""

_NOTES = ("meeting", "decision")
"""The kinds that may take note, on their day, of what was done before it."""

_ADDRESS = re.compile(
    r"https?://(?:\w[\w-]{0,62}\.){1,20}[^\W\d_][\w-]{1,62}\.?(?::\d{1,5})?(?:[/?#][^\s<>\"]*)?",
    re.IGNORECASE,
)


def shown(hub: Hub, record: Record, done: Done | None, day: date) -> bool:
    """Whether a step of a record was done by a day, and its evidence leads to something."""
    return done is not None and done.on <= day and doubt(hub, record, done, day) is None


def shown_on(hub: Hub, done: Done | Result) -> date:
    """The day from which something shows that a step was done.

    That is the day it was done, or the later one of the meeting or decision that took note of it.
    """
    found = _found(hub, done.evidence)
    return max(done.on, (found and _day_of(hub, found)) or done.on)


def doubt(hub: Hub, record: Record, done: Done | Result, day: date) -> str | None:
    """Why evidence in a record shows nothing on a day, to end a sentence; None if it does.

    It is an address on the web, whose form alone can be judged, or the id of another record, of one
    of the kinds in ``SHOWS``. A meeting that was held, or a decision, shows what was done by its
    day, from that day on; whatever else has a day was there on the day of the step. A decision was
    adopted, and its record bears that out. A measure has figures, and what shows that a
    recommendation was followed came of it: neither an earlier one, nor the group it is from, nor
    the decision that took it up. So no evidence runs in a circle.
    """
    evidence = done.evidence
    if evidence is None:
        return "nothing shows it"
    if _ADDRESS.fullmatch(evidence):
        return None
    said = f"its evidence, {evidence}, is"
    if evidence == record.key:
        return "its evidence is this record itself"
    document = _document(hub, evidence)
    if document is None:
        return f"its evidence, “{evidence}”, is neither the id of a record nor an address"
    kind = document.kind.name
    if kind not in SHOWS:
        return f"{said} {document.kind.one}, which shows nothing that was done"
    found = hub.get(document.kind.model, document.id)
    if isinstance(found, Meeting) and found.status != "held":
        return f"{said} a meeting that is not recorded as held"
    if isinstance(found, Notice) and found.issued is None:
        return f"{said} a notice that was not issued"
    if isinstance(found, Measure) and not figures(hub, found).rows:
        return f"{said} a measure without figures"
    if isinstance(found, Recommendation) and _no_later(found, record):
        return f"{said} a recommendation no later than this one, and cannot have come of it"
    if isinstance(record, Recommendation | Opportunity) and evidence == record.from_:
        return f"{said} the group that this came from"
    on = _day_of(hub, found) if found else None
    if on and on > day:
        return f"{said} of {day_in_words(on)}, a day still to come"
    if isinstance(found, Decision) and (of_it := _of_decision(hub, record, found)):
        return f"{said} {of_it}"
    if on is None or on == done.on:
        return None
    if kind in _NOTES:
        came = "held" if kind == "meeting" else "made"
        return f"{said} {document.kind.one} {came} before that day" if on < done.on else None
    return f"its evidence, {evidence}, came only on {day_in_words(on)}" if on > done.on else None


def _no_later(one: Recommendation, than: Record) -> bool:
    return isinstance(than, Recommendation) and one.proposed <= than.proposed


def _of_decision(hub: Hub, record: Record, found: Decision) -> str | None:
    """Why a decision shows nothing of a record: it was not adopted, or it took the record up."""
    if found.outcome != "adopted":
        return f"a decision that was {found.outcome}"
    if hub.unread(Decision, Meeting, Term, Member):
        return None  # what cannot be read may bear it out, or have adopted what it took note of
    if against := against_it(hub, found, decision_day(found)):
        return f"a decision recorded as adopted{against.words}"
    if not isinstance(record, Recommendation) or record.key not in found.about:
        return None
    before = decided_by(hub, record, decision_day(found), found)
    if before and before.outcome == "adopted":
        return None  # of what was adopted already it could take note
    return "the decision that adopted this recommendation"


def is_address(evidence: str) -> bool:
    """Whether evidence stands on the web and not in the hub."""
    return bool(_ADDRESS.fullmatch(evidence))


_ORDER = (*SHOWS, *(one for one in KINDS if one not in SHOWS))


def _document(hub: Hub, evidence: str) -> Document | None:
    """The file of the record with an id, be it valid or not; of several, one that can show."""
    known = hub.by_kind
    return next((found for kind in _ORDER if (found := known[kind].get(evidence))), None)


def _found(hub: Hub, evidence: str | None) -> Record | None:
    document = _document(hub, evidence) if evidence else None
    return hub.get(document.kind.model, document.id) if document else None


def _day_of(hub: Hub, record: Record) -> date | None:
    """The day a record is of; None for what has none, or not yet."""
    match record:
        case Meeting():
            return record.date
        case Decision():
            return decision_day(record)
        case Recommendation():
            return record.proposed
        case Opportunity():
            return record.raised
        case Agreement():
            return record.signed
        case Notice():
            return record.issued
        case Group():
            formed = hub.get(Decision, record.formed_by)
            return decision_day(formed) if formed else None
    return None
