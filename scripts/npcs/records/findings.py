"""What a check has to say: where, what, why and what to do about it."""

from datetime import date
from typing import Literal, NamedTuple

Severity = Literal["error", "warning", "due"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "due")


class Place(NamedTuple):
    """A position in a file: a path from the root, a line and a column, both counted from 1."""

    path: str
    line: int = 1
    column: int = 1

    def error(self, message: str, hint: str = "") -> "Note":
        """Something here contradicts the charter, another record or its own kind."""
        return Note(self, message, hint, "error")

    def warning(self, message: str, hint: str = "") -> "Note":
        """Something here that a person should look at."""
        return Note(self, message, hint, "warning")

    def due(self, message: str, hint: str = "") -> "Note":
        """An obligation whose day has come or comes soon; it never fails a change."""
        return Note(self, message, hint, "due")


class Note(NamedTuple):
    """What a rule has seen at a place, before its name and provision are put to it."""

    place: Place
    message: str
    hint: str
    severity: Severity


class Finding(NamedTuple):
    """One result of a check, as every reporter and the JSON output show it."""

    rule: str
    severity: Severity
    path: str
    line: int
    column: int
    message: str
    hint: str
    provision: str

    @classmethod
    def of(cls, note: Note, rule: str, provision: str) -> "Finding":
        """What a rule has seen, without what would identify a person in the words it quotes."""
        from npcs.records.personal import without

        place = note.place
        return cls(rule, note.severity, place.path, place.line, place.column,
                   without(note.message), without(note.hint), provision)  # fmt: skip


class Waived(NamedTuple):
    """A finding the committee has accepted until a day: by which waiver and decision, and why."""

    finding: Finding
    waiver: str
    decision: str
    until: date
    reason: str
