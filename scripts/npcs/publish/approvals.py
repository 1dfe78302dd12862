"""What a site knows of the charter's approvals: the text that is approved, and the one proposed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from npcs.charter.digest import fits
from npcs.charter.periods import Period, on_day, periods
from npcs.charter.redline import Redline, redline
from npcs.charter.revisions import Revision, Revisions, text_at
from npcs.charter.stood import stood, was_adopted
from npcs.charter.verify import revisions
from npcs.history.keys import Key
from npcs.publish.text import Md, chip
from npcs.records.charter import Charter, Decision
from npcs.records.document import Document
from npcs.records.hub import Hub, document
from npcs.records.reads import noted, noted_by_value

if TYPE_CHECKING:
    from npcs.publish.around import Around

PATH = "charter/charter.md"

UNSIGNED = "adopted, not signed: nobody confirms the approval"
"""What is said of a text whose tag nobody signed, wherever it stands."""

STATES: dict[str, Md] = {
    "verified": chip("approved, signature verified", "good"),
    "no root key": chip("approved, first key not confirmed"),
    "not signed": chip(UNSIGNED, "warn"),
    "not verified": chip("approval not verified", "warn"),
}
"""How the state of an approval is shown."""


def place(revision: Revision) -> str:
    """The address of a revision, valid for ever."""
    return f"charter/v{revision.version}/index"


@dataclass(frozen=True)
class Approvals:
    """The approvals of the charter as a site tells of them.

    ``hub`` holds the records of now, from which nothing here is taken to be approved: what is
    approved comes from the tags.
    """

    known: Revisions
    hub: Hub
    as_of: date
    root: Path | None

    @staticmethod
    def of(site: "Around") -> "Approvals":
        """The approvals that a site knows."""
        return site.approvals

    @noted
    def latest(self) -> Revision | None:
        """The approved revision."""
        return self.known.latest

    @noted
    def text(self) -> Document | None:
        """The approved text, as the tag holds it."""
        return self.text_of(self.latest) if self.latest else None

    @noted
    def charter(self) -> Charter | None:
        """The text that stands among the records now, be it approved or not."""
        return self.hub.get(Charter, "charter")

    @property
    def is_proposed(self) -> bool:
        """Whether what stands among the records differs from what is approved."""
        return self.charter is not None and not (
            self.latest and fits(self.source, self.latest.digest)
        )

    @property
    def source(self) -> bytes:
        """The bytes of the text that stands among the records now."""
        return self.hub.documents[PATH].source

    @noted
    def deciding(self) -> Decision | None:
        """The last decision on record on exactly the words that stand among the records now."""
        about = [
            one
            for one in self.hub.all(Decision).values()
            if one.charter and self.charter and fits(self.source, one.charter.digest)
        ]
        return max(about, key=lambda one: (one.date, one.key), default=None)

    @noted_by_value
    def periods(self) -> tuple[Period, ...]:
        """Which text held when."""
        return periods(self.known, self.hub, self.as_of)

    @noted_by_value
    def of_the_day(self) -> Period | None:
        """The period in which the day of the site lies."""
        return on_day(self.periods, self.as_of)

    @noted_by_value
    def untagged(self) -> tuple[Decision, ...]:
        """The decisions on the charter that led to no approved text, the newest first."""
        tagged = {one.decision for one in self.known.revisions}
        found = [one for one in self.hub.giving(Decision, "charter")
                 if one.charter and one.key not in tagged]  # fmt: skip
        return tuple(sorted(found, key=lambda one: (one.date, one.key), reverse=True))

    @noted
    def _stood(self) -> Mapping[str, Hub]:
        return stood(self.root, self.hub.plain, self.known.revisions) if self.root else {}

    def then(self, revision: Revision) -> Hub:
        """The records behind a revision as they stood when it was tagged."""
        return self._stood[revision.tag]

    def adopted(self, revision: Revision) -> bool:
        """Whether the text of a revision was adopted at all; a tag that does not hold may lie."""
        return was_adopted(revision, self.then(revision), self.as_of)

    def bytes_of(self, revision: Revision) -> bytes:
        """The bytes of a revision's text, as the tag holds them; none where Git lacks them."""
        try:
            return text_at(self.root, revision) if self.root else b""
        except LookupError:
            return b""

    def text_of(self, revision: Revision) -> Document | None:
        """The text of a revision, as the tag holds it."""
        raw = self.bytes_of(revision)
        return _document(raw) if raw else None

    def changes(self, decision: Decision) -> str:
        """Where a page shows what a decision changed in the charter; empty where none does."""
        found = next((one for one in self.known.revisions if one.decision == decision.key), None)
        if found is None:
            mine = self.deciding == decision and self.is_proposed
            return "charter/proposed#changes" if mine and self._is_there(self.latest) else ""
        before = self.before(found)
        there = self._is_there(before) and self._is_there(found)
        return place(found).replace("/index", "/changes") if there else ""

    def _is_there(self, revision: Revision | None) -> bool:
        return revision is not None and bool(self.bytes_of(revision))

    def before(self, revision: Revision) -> Revision | None:
        """The revision before one, whose text it was compared with when it was decided."""
        all_ = self.known.revisions
        at = all_.index(revision)
        return next((one for one in reversed(all_[:at]) if one.sound), None)


def approved(hub: Hub, as_of: date, root: Path | None, root_keys: Sequence[Key]) -> Revisions:
    """What the tags of a repository approve, seen from a day."""
    if root is None:
        return Revisions(obstacle="the site was made of records alone")
    return revisions(root, hub.plain, as_of, root_keys)


@lru_cache(maxsize=64)
def _document(raw: bytes) -> Document:
    return document(PATH, raw)


@lru_cache(maxsize=64)
def compared(old: str, new: str) -> Redline:
    """The redline of two texts, made once however often a page is built."""
    return redline(old, new)
