"""Which text of the charter held on which day."""

from datetime import date
from typing import NamedTuple

from npcs.charter.revisions import Revision, Revisions
from npcs.governance.standing import holds
from npcs.governance.tally import decision_day
from npcs.records.charter import Decision
from npcs.records.hub import Hub


class Period(NamedTuple):
    """The days on which a text held: from ``since`` to the day before ``until``, if it has ended.

    ``decision`` is the id of what adopted it. ``revision`` is None where nothing sound approves the
    text that was adopted: which one held cannot be told then.
    """

    version: str
    decision: str
    since: date
    until: date | None
    revision: Revision | None


def periods(known: Revisions, hub: Hub, as_of: date) -> tuple[Period, ...]:
    """Which text held when, the earliest first, with what ``hub`` knows of decisions by a day.

    A text ends on the day a later version takes effect, so that an older one never comes back.
    """
    sound = [Period(one.version, one.decision, one.effective, None, one)
             for one in known.revisions if one.sound]  # fmt: skip
    tagged = {one.version for one in sound}
    untagged = [
        Period(one.charter.version, one.key, one.effective or decision_day(one), None, None)
        for one in hub.giving(Decision, "charter")
        if one.charter and one.charter.version not in tagged and holds(hub, one, as_of)
    ]
    found = []
    until: date | None = None
    for one in sorted([*sound, *untagged], key=_order, reverse=True):
        if until is None or one.since < until:
            found.append(one._replace(until=until))
            until = one.since
    return tuple(reversed(found))


def on_day(all_: tuple[Period, ...], day: date) -> Period | None:
    """The period in which a day lies; None before the first."""
    return next((one for one in reversed(all_) if one.since <= day), None)


def _order(one: Period) -> tuple[tuple[int, ...], date]:
    return tuple(map(int, one.version.split("."))), one.since
