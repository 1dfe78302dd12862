"""The kinds of record under ``notices/``: safety notices and members' answers (ACT-4)."""

from typing import ClassVar, Literal

from pydantic import Field

from npcs.records.fields import (
    Day,
    DecisionId,
    Many,
    MemberId,
    NoticeId,
    Prose,
    RelatedId,
    Text,
    Version,
)
from npcs.records.record import Part, Record, Titled


class NoticeAction(Part):
    """A step a notice recommends; its owner is an office or a role, never a name."""

    text: Text
    owner: Text
    strength: Literal["strong", "intermediate", "weak"]
    due: Day | None = None
    measure: Text | None = None


class Revision(Part):
    """What changed in a version, and on which day."""

    version: Version
    on: Day
    what: Text


class Withdrawal(Part):
    """The day something was withdrawn, and why; its page stays."""

    on: Day
    reason: Text


class Notice(Titled):
    """A safety notice from one jurisdiction's learning to all others."""

    kind: ClassVar[str] = "notice"

    kind_: Literal["warning", "resource", "recommended-practice"] = Field(alias="kind")
    tlp: Literal["CLEAR"]
    hazard: Text
    version: Version
    issued: Day | None = None
    respond_by: Day | None = None
    review_by: Day | None = None
    closed: Day | None = None
    affected: Text | None = None
    evidence: Prose | None = None
    actions: Many[NoticeAction] = ()
    related: Many[RelatedId] = ()
    supersedes: NoticeId | None = None
    withdrawn: Withdrawal | None = None
    decision: DecisionId | None = None
    revisions: Many[Revision] = ()


class Answer(Record):
    """A member's answer to one version of a notice."""

    kind: ClassVar[str] = "answer"

    title: Text | None = None
    member: MemberId
    notice: NoticeId
    version: Version
    status: Literal[
        "not-received", "acknowledged", "assessing", "under-way", "equivalent-measure", "complete",
        "not-applicable",
    ]  # fmt: skip
    reason: Prose | None = None
    on: Day
    lead: Text | None = None


__all__ = ["Answer", "Notice", "Prose"]
