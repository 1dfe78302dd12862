"""The kinds of record under ``notices/``: safety notices and members' answers (ACT-4)."""

from typing import Any, ClassVar, Literal

from pydantic import Field

from npcs.records.fields import (
    Address,
    Day,
    DecisionId,
    Many,
    MemberId,
    NoticeId,
    Past,
    PersonId,
    Prose,
    RelatedId,
    Text,
    Version,
)
from npcs.records.record import Part, Record, Source, Titled

Tlp = Literal["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]
"""The labels of the Traffic Light Protocol 2.0, the widest circle first."""

AnswerStatus = Literal[
    "not-received", "acknowledged", "assessing", "under-way", "equivalent-measure", "complete",
    "not-applicable",
]  # fmt: skip


class NoticeAction(Part):
    """A step a notice recommends; its owner is an office or a role, never a name.

    ``harm`` is what the step could do wrong, ``equity`` whom it could serve worse than others.
    """

    text: Text
    owner: Text | None = None
    strength: Literal["strong", "intermediate", "weak"]
    due: Day | None = None
    measure: Text | None = None
    harm: Text | None = None
    equity: Text | None = None


class Affected(Part):
    """Whom a notice concerns: ages of children, settings, and stages of practice."""

    ages: Many[Text] = ()
    settings: Many[Text] = ()
    stages: Many[Text] = ()


class PrivacyReview(Part):
    """Who looked whether a text could point to a family or a worker, and on which day."""

    by: PersonId
    on: Past


class Consent(Part):
    """The consent of the jurisdiction whose learning a notice shares.

    ``by`` is an office or a role. ``member`` names the jurisdiction only where it agreed to that.
    """

    by: Text
    on: Past
    member: MemberId | None = None


class Recall(Part):
    """A product recall a notice speaks of, by the number its agency gave it."""

    number: Text
    product: Text
    address: Address | None = None


class Revision(Part):
    """A version after the first: what changed, and what let it go out.

    ``author`` is who wrote it, where that is somebody else than who wrote the notice.
    """

    version: Version
    on: Past
    what: Text
    author: PersonId | None = None
    decision: DecisionId | None = None
    privacy_review: PrivacyReview | None = None


class NoticeReview(Part):
    """A look at whether a notice still holds, after which it stayed as it was."""

    on: Past
    found: Text


class Ending(Part):
    """The day something was withdrawn or made a standard, and why; its page stays."""

    on: Past
    reason: Text


class Notice(Titled):
    """A safety notice from one jurisdiction's learning to all others.

    Its state is nowhere typed: it follows from these days (``governance.notices``). ``issued`` is
    the day of the first version, ``revisions`` are those after it, ``version`` is the present one.
    """

    kind: ClassVar[str] = "notice"
    state_from: ClassVar[str] = "the days in the record"

    kind_: Literal["warning", "resource", "recommended-practice"] = Field(alias="kind")
    tlp: Tlp
    hazard: Text
    version: Version
    author: PersonId | None = None
    in_review: Past | None = None
    privacy_review: PrivacyReview | None = None
    source_consent: Consent | None = None
    decision: DecisionId | None = None
    issued: Past | None = None
    respond_by: Day | None = None
    review_by: Day | None = None
    reviews: Many[NoticeReview] = ()
    closed: Past | None = None
    enduring: Ending | None = None
    withdrawn: Ending | None = None
    supersedes: NoticeId | None = None
    affected: Affected | None = None
    pattern: Prose | None = None
    evidence: Prose | None = None
    sources: Many[Source] = ()
    actions: Many[NoticeAction] = ()
    resources: Many[Source] = ()
    recalls: Many[Recall] = ()
    related: Many[RelatedId] = ()
    revisions: Many[Revision] = ()

    @classmethod
    def stood(cls, data: dict[str, Any], day: str) -> dict[str, Any] | None:
        """Before it was revised a notice had the version before; the first is 1.0."""
        every = data.get("revisions") or ()
        past = [one["version"] for one in every if one["on"] <= day]
        return data if len(past) == len(every) else data | {"version": ["1.0", *past][-1]}


class EarlierAnswer(Part):
    """What a member answered before, to this version or to one before it."""

    version: Version
    status: AnswerStatus
    on: Past
    reason: Prose | None = None


class Answer(Record):
    """A member's answer to one version of a notice: its own word, which nobody else certifies.

    ``lead`` and ``operational_lead`` are offices or roles, never names.
    """

    kind: ClassVar[str] = "answer"

    title: Text | None = None
    member: MemberId
    notice: NoticeId
    version: Version
    status: AnswerStatus
    reason: Prose | None = None
    evidence: Text | None = None
    on: Past
    lead: Text | None = None
    operational_lead: Text | None = None
    earlier: Many[EarlierAnswer] = ()

    @classmethod
    def stood(cls, data: dict[str, Any], day: str) -> dict[str, Any] | None:
        """Before it gave this answer a member had given the one before, if any."""
        if data["on"] <= day:
            return data
        past: list[dict[str, Any]] = [it for it in data.get("earlier") or () if it["on"] <= day]
        if not past:
            return None
        kept = {name: data[name] for name in ("id", "title", "member", "notice") if name in data}
        return kept | past[-1] | {"earlier": past[:-1]}


__all__ = ["Answer", "Notice", "Prose"]
