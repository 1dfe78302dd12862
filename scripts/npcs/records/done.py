"""The days on which records say that something was done, which cannot lie far ahead."""

from collections.abc import Iterator, Mapping
from datetime import date

from npcs.records.record import Record

FIELDS: Mapping[str, tuple[str, ...]] = {
    "member": ("joined", "leader_since"),
    "meeting": ("notice.sent", "minutes.sent_on"),
    "decision": ("communicated.on", "shared_outside.on"),
    "recommendation": ("feedback.on", "actions.done.on", "result.on"),
    "opportunity": ("actions.done.on", "result.on"),
    "agreement": ("signed",),
    "activity": ("milestones.done.on",),
    "notice": ("issued", "privacy_review.on", "source_consent.on", "reviews.on", "revisions.on"),
    "answer": ("on", "earlier.on"),
    "practice": ("adopted.on", "feedback.on"),
}
"""By kind, the fields that say on which day something was done."""

_WAYS = {kind: tuple(one.split(".") for one in fields) for kind, fields in FIELDS.items()}


def latest_done(record: Record) -> int:
    """The last day, as an ordinal, on which a record says something was done; 0 for none."""
    ways = _WAYS.get(record.kind)
    return max([_latest(record, way) for way in ways]) if ways else 0


def _latest(part: object, names: list[str]) -> int:
    if part is None:
        return 0
    if type(part) is tuple:
        return max([_latest(one, names) for one in part], default=0)
    if names:
        return _latest(getattr(part, names[0]), names[1:])
    return part.toordinal() if isinstance(part, date) else 0


def days_done(record: Record) -> Iterator[tuple[str, tuple[str | int, ...], date]]:
    """Each such day of a record, with its field and the way to it."""
    for field in FIELDS.get(record.kind, ()):
        for path, day in _days(record, field.split("."), ()):
            yield field, path, day


def _days(
    part: object, names: list[str], path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], date]]:
    if isinstance(part, tuple):
        for number, one in enumerate(part):
            yield from _days(one, names, (*path, number))
    elif isinstance(part, date):
        yield path, part
    elif part is not None and names:
        yield from _days(getattr(part, names[0]), names[1:], (*path, names[0]))


__all__ = ["FIELDS", "days_done", "latest_done"]
