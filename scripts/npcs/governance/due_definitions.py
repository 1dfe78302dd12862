"""What definitions ask of members: to compare their own rules with a meaning that is new."""

from collections.abc import Iterator
from datetime import date, timedelta

from npcs.governance.obligation import Obligation
from npcs.records.charter import Member
from npcs.records.definitions import Definition
from npcs.records.hub import Hub


def rules_to_compare(hub: Hub, as_of: date) -> Iterator[Obligation]:
    """Members whose rule was compared with an older version of a definition (STG-1).

    It is to be done from the day on which the new version took effect, or else now.
    """
    for one in hub.all(Definition).values():
        if one.status in ("superseded", "withdrawn"):
            continue
        on = one.earlier[-1].until + timedelta(days=1) if one.earlier else as_of
        for key, entry in one.crosswalk.items():
            member = hub.get(Member, key)
            has_left = member and member.left and member.left < as_of
            if _number(entry.compared_with) < _number(one.version) and not has_left:
                what = (
                    f"{member.name if member else key}'s rule was compared with version "
                    f"{entry.compared_with} of “{one.term}”, and version {one.version} is in use"
                )
                place = one.at("crosswalk", key, "compared_with")
                yield Obligation(on, "crosswalk", what, "STG-1", place)


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
