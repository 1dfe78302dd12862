"""What is different in a decision or a meeting since it was approved."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from npcs.records.charter import Decision, Meeting
from npcs.records.findings import Place
from npcs.records.hub import Hub
from npcs.records.record import Part, Record
from npcs.rules.words import day_in_words, name_of


class Change(NamedTuple):
    """One difference: where it stands now, and what was there and is there, in words."""

    place: Place
    words: str


def decision_changes(before: Decision, now: Decision, hub: Hub) -> list[Change]:
    """What has changed of a decision: its day, way, outcome and votes, and what was decided.

    To whom it was told, and what was put right, grows with time: what is added there is no change
    of it, what is lost or different is.
    """
    return [
        *_fields(before, now, "date", "subject", "method", "outcome", "meeting", "title",
                 "effective"),
        *_parts(before, now, "ballot", "charter"),
        *_sought(before, now),
        *_objections(before, now, hub),
        *_kept(before, now, "communicated", "shared_outside"),
        *_table(before.votes, now.votes, now, "votes", "the vote", hub),
        *_about(before, now),
        *_words(before, now),
    ]  # fmt: skip


def meeting_changes(before: Meeting, now: Meeting, hub: Hub) -> list[Change]:
    """What has changed of a meeting that was over: its day, whether it was held, who was there.

    A meeting that was only scheduled may change in every way.
    """
    if before.status == "scheduled":
        return []
    return [
        *_fields(before, now, "date", "status"),
        *_field(before.body_, now.body_, now, "body"),
        *_table(before.attendance, now.attendance, now, "attendance", "the attendance", hub),
        *_table(before.members, now.members, now, "members", "the presence", hub),
    ]


def _fields(before: Record, now: Record, *names: str) -> Iterator[Change]:
    for name in names:
        yield from _field(getattr(before, name), getattr(now, name), now, name)


def _field(was: object, is_: object, now: Record, *path: str, name: str = "") -> Iterator[Change]:
    if was != is_:
        words = f"`{name or path[-1]}` was {_shown(was)} and is {_shown(is_)}"
        yield Change(now.at(*path), words)


def _parts(before: Record, now: Record, *names: str) -> Iterator[Change]:
    """Changes inside groups of fields, such as the version and digest of a text."""
    for name in names:
        was, is_ = getattr(before, name), getattr(now, name)
        if isinstance(was, Part) and isinstance(is_, Part):
            for field in type(was).model_fields:
                yield from _field(getattr(was, field), getattr(is_, field), now, name, field)
        elif was != is_:
            words = f"`{name}` was taken out" if is_ is None else f"`{name}` was added"
            yield Change(now.at(name, key=True), words)


def _sought(before: Decision, now: Decision) -> Iterator[Change]:
    """Whether consensus was sought, and on which day."""
    was, is_ = (one.consensus.sought_on if one.consensus else None for one in (before, now))
    place = ("consensus", "sought_on") if now.consensus else ("consensus",)
    yield from _field(was, is_, now, *place, name="sought_on")


def _kept(before: Decision, now: Decision, *names: str) -> Iterator[Change]:
    """What stood in lists that only grow, and stands there no more."""
    for name in names:
        lost = [one for one in getattr(before, name) if one not in getattr(now, name)]
        if lost:
            words = f"the entry of {day_in_words(lost[0].on)} in `{name}` is gone or another"
            yield Change(now.at(name, key=True), words)


def _objections(before: Decision, now: Decision, hub: Hub) -> Iterator[Change]:
    was, is_ = (one.consensus.objections if one.consensus else () for one in (before, now))
    for who in dict.fromkeys(one.by for one in (*was, *is_)):
        then, today = ([one for one in those if one.by == who] for those in (was, is_))
        if then != today:
            words = f"what is noted of an objection of {name_of(hub, who)} is not what it was"
            yield Change(now.at("consensus"), words)


def _about(before: Decision, now: Decision) -> Iterator[Change]:
    gone = [one for one in before.about if one not in now.about]
    if gone:
        yield Change(now.at("about"), f"`about` no longer names “{gone[0]}”")
    elif new := [one for one in now.about if one not in before.about]:
        yield Change(now.at("about"), f"`about` now names “{new[0]}” as well")


def _words(before: Decision, now: Decision) -> Iterator[Change]:
    """Whether the text of a decision is another; more may be added at its end."""
    then = before.body.split()
    if now.body.split()[: len(then)] != then:
        yield Change(now.at(), "the text below the fields is not what it was")


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
