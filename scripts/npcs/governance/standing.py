"""Whether the record of a decision bears out what it says was decided (DEC-1, DEC-2)."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from npcs.governance.attendance import COMMITTEE
from npcs.governance.dates import in_words
from npcs.governance.memory import per_hub_by_key
from npcs.governance.tally import decision_day, in_the_way, quorum, tally, upheld
from npcs.records.charter import Decision, Meeting
from npcs.records.followup import Recommendation
from npcs.records.hub import Hub


class Doubt(NamedTuple):
    """What speaks against the outcome on record: in a word or two, and to end a sentence with.

    The sentence begins with the outcome: “adopted”, then “, but there was no quorum”.
    """

    short: str
    words: str


def doubt(hub: Hub, decision: Decision, as_of: date) -> Doubt | None:
    """What speaks, on a day, against the outcome a decision has on record; None if nothing does."""
    if decision_day(decision) > as_of:
        return Doubt("its day still to come", " on a day still to come")
    if decision.outcome == "deferred":
        return None
    return (_adopted if decision.outcome == "adopted" else _rejected)(hub, decision)


def holds(hub: Hub, decision: Decision, as_of: date) -> bool:
    """Whether a decision was adopted by a day, and its record bears that out."""
    return decision.outcome == "adopted" and doubt(hub, decision, as_of) is None


def decided_by(
    hub: Hub, one: Recommendation, day: date, before: Decision | None = None
) -> Decision | None:
    """The last decision on a recommendation by a day whose record bears it out (EXC-7).

    Only those ``before`` another one count, where that is given.
    """
    found = [
        it
        for it in _on_recommendations(hub).get(one.key, ())
        if (before is None or _order(it) < _order(before)) and doubt(hub, it, day) is None
    ]
    return max(found, key=_order, default=None)


@per_hub_by_key
def _on_recommendations(hub: Hub) -> Mapping[str, tuple[Decision, ...]]:
    """The decisions about each recommendation, by its id."""
    table: dict[str, tuple[Decision, ...]] = {}
    known = hub.by_kind["recommendation"]
    for one in hub.all(Decision).values():
        for key in one.about:
            if key in known:
                table[key] = (*table.get(key, ()), one)
    return table


def _order(decision: Decision) -> tuple[date, str]:
    return decision_day(decision), decision.key


def _adopted(hub: Hub, decision: Decision) -> Doubt | None:
    meeting = None if decision.ballot else hub.get(Meeting, decision.meeting)
    if meeting and (meeting.status != "held" or meeting.body_ != COMMITTEE):
        return Doubt("at no meeting held", ", but at no meeting of the committee that was held")
    if decision.method == "vote":
        if not decision.votes:
            return Doubt("no votes", " by vote, but no votes are on record")
        if not tally(hub, decision).carried:
            return Doubt("not carried", ", but the count does not carry it")
    elif against := in_the_way(hub, decision):
        standing = len(upheld(hub, decision))
        if not standing:
            have = "has" if len(against) == 1 else "have"
            said = f" by consensus, but {len(against)} {have} not agreed"
            return Doubt("not agreed by all", said)
        verb = "stand" if standing > 1 else "stands"
        return Doubt(
            f"objection{'s' if standing > 1 else ''} standing",
            f" by consensus, but {in_words(standing, 'objection')} {verb}",
        )
    if not quorum(hub, decision).met:
        return Doubt("no quorum", ", but there was no quorum")
    return None


def _rejected(hub: Hub, decision: Decision) -> Doubt | None:
    if decision.method == "vote":
        if not decision.votes:
            return Doubt("no votes", " by vote, but no votes are on record")
        if tally(hub, decision).carried:
            return Doubt("carried", ", but the count carries it")
    elif not in_the_way(hub, decision):
        return Doubt("no objection standing", " by consensus, but no objection stands")
    return None
