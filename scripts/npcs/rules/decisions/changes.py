"""What is different in a decision or a meeting since it was last approved."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from npcs.records.charter import Decision, Meeting
from npcs.records.findings import Place
from npcs.records.hub import Hub
from npcs.records.record import Record
from npcs.rules.words import day_in_words, name_of


class Change(NamedTuple):
    """One difference: where it stands now, and what was there and is there, in words."""

    place: Place
    words: str


def decision_changes(before: Decision, now: Decision, hub: Hub) -> list[Change]:
    """What has changed of a decision's day, way, outcome and votes."""
    return [
        *_fields(before, now, "date", "subject", "method", "outcome", "meeting"),
        *_table(before.votes, now.votes, now, "votes", "the vote", hub),
    ]


def meeting_changes(before: Meeting, now: Meeting, hub: Hub) -> list[Change]:
    """What has changed of a meeting that was over: its day, whether it was held, who was there.

    A meeting that was only scheduled may change in every way.
    """
    if before.status == "scheduled":
        return []
    return [
        *_fields(before, now, "date", "status"),
        *_table(before.attendance, now.attendance, now, "attendance", "the attendance", hub),
        *_table(before.members, now.members, now, "members", "the presence", hub),
    ]


def _fields(before: Record, now: Record, *names: str) -> Iterator[Change]:
    for name in names:
        was, is_ = getattr(before, name), getattr(now, name)
        if was != is_:
            words = f"`{name}` was {_shown(was)} and is {_shown(is_)}"
            yield Change(now.at(name), words)


def _shown(value: object) -> str:
    if value is None:
        return "empty"
    return day_in_words(value) if isinstance(value, date) else f"“{value}”"


def _table(
    before: Mapping[str, str],
    now: Mapping[str, str],
    record: Record,
    field: str,
    what: str,
    hub: Hub,
) -> Iterator[Change]:
    for key in dict.fromkeys([*before, *now]):
        was, is_ = before.get(key), now.get(key)
        if was == is_:
            continue
        words = f"{what} of {name_of(hub, key)} was {_shown(was)} and is {_shown(is_)}"
        yield Change(record.at(field, key), words)
