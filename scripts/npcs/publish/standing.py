"""Whether what is recorded holds: a page never shows as decided what the record does not bear out.

`npcs check` finds such records. A site may be built before they are put right, or of an earlier
day than they are dated, and what it shows must then be true as well.
"""

from dataclasses import dataclass
from datetime import date

from npcs.governance import parameters
from npcs.governance.dates import day_in_words
from npcs.governance.standing import doubt, holds
from npcs.governance.tally import decision_day
from npcs.governance.terms import committee, last_day, represents
from npcs.publish.text import Md, chip
from npcs.records.charter import Decision, Member, Parameters, Person, Term
from npcs.records.hub import Hub

TONES = {"adopted": "good", "rejected": "bad", "deferred": "warn"}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a decision amounts to on a day.

    ``holds`` tells that it was adopted by then and that the record bears it out. ``state`` is its
    label, for lists. ``doubt`` is a title that says what speaks against the outcome on record; it
    is empty where nothing does.
    """

    holds: bool
    state: Md
    doubt: str = ""


def standing(hub: Hub, decision: Decision, as_of: date) -> Standing:
    """Whether a decision is what it is recorded as, on a day."""
    outcome = decision.outcome
    found = doubt(hub, decision, as_of)
    if found:
        said = f"recorded as {outcome}"
        state = chip(f"{said}, {found.short}", "warn")
        return Standing(False, state, f"{said.capitalize()}{found.words}")
    return Standing(outcome == "adopted", chip(outcome, TONES[outcome]))


def reading_holds(hub: Hub, reading: parameters.Reading, as_of: date) -> bool:
    """Whether the decision named for a reading has rightly adopted it."""
    decision = hub.get(Decision, reading.decision)
    record = hub.get(Parameters, "parameters")
    if decision is None or record is None or not holds(hub, decision, as_of):
        return False
    history = record.parameters[reading.name].history
    return not any(
        one.name == reading.name and history[one.index].from_ == reading.since
        for one in parameters.unadopted(hub)
    )


def seat_doubts(hub: Hub, term: Term, as_of: date) -> list[str]:
    """What speaks against somebody's being in office by a term that runs on a day."""
    last = last_day(term)
    if term.start > as_of or (last and last < as_of):
        return []
    found = []
    person = hub.get(Person, term.person)
    decision = hub.get(Decision, term.decision)
    if decision and not holds(hub, decision, as_of):
        found.append(f"{decision.key}, which is said to appoint, has not been adopted")
    elif decision and decision_day(decision) > term.start:
        found.append(f"{decision.key}, which is said to appoint, was decided after the first day")
    if person and person.left_organization and person.left_organization < as_of:
        found.append(f"left the organization on {day_in_words(person.left_organization)}")
    if term.office == "member":
        found += _without_member(hub, term, person, as_of)
    elif term.office == "co-chair" and term.person not in committee(hub, as_of):
        found.append("a co-chair has a seat on the committee, and this one has none")
    return found


def _without_member(hub: Hub, term: Term, person: Person | None, as_of: date) -> list[str]:
    key = represents(hub, term)
    if key is None:
        return ["nothing says for which member"]
    member = hub.get(Member, key)
    found = []
    if member and member.left and member.left < as_of:
        found.append(f"{member.name} left on {day_in_words(member.left)}")
    if member and member.joined and member.joined > as_of:
        found.append(f"{member.name} becomes a member only on {day_in_words(member.joined)}")
    if person and not person.leadership:
        found.append("not recorded as being in a leadership position")
    return found
