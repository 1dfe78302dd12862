"""The kinds of record under ``charter/``: the text, its parameters, what governance leaves."""

from datetime import date, timedelta
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator

from npcs.records.fields import (
    Address,
    AnyId,
    Count,
    Day,
    DecisionId,
    Digest,
    Fault,
    Flag,
    Founding,
    Many,
    MeetingId,
    MemberId,
    Past,
    PersonId,
    Prose,
    ProvisionId,
    Since,
    Table,
    TermId,
    Text,
    Version,
)
from npcs.records.record import Part, Record, Source, Titled

MemberKind = Literal["state", "county", "city", "tribe", "territory", "district"]
Size = Literal["small", "medium", "large"]
Office = Literal["member", "co-chair", "advisor", "coordinator"]
Vote = Literal["yes", "no", "abstain", "recused"]
Presence = Literal["present", "excused", "absent"]
Subject = Literal[
    "charter", "reading", "appointment", "group", "recommendation", "notice", "agreement",
    "waiver", "other",
]  # fmt: skip

_ONE_OF_TWO = "correct one of the two days"
"""What to do about two days in the wrong order: nobody but the writer knows which is wrong."""


class Charter(Titled):
    """The charter's text, one anchor per provision."""

    kind: ClassVar[str] = "charter"

    version: Version


class Setting(Part):
    """A value of a parameter and the day from which it holds."""

    from_: Day = Field(alias="from")
    value: Text
    decision: Annotated[DecisionId | None, Founding()] = None
    provisional: Flag = False

    @model_validator(mode="after")
    def _adopted_or_provisional(self) -> "Setting":
        if bool(self.decision) == self.provisional:
            raise Fault(
                "needs either the decision that adopted it, or provisional: true",
                "keep one of the two" if self.decision else "add one of the two",
            )
        return self


class Parameter(Part):
    """One number or choice the rules rest on.

    ``silent`` says that the charter does not decide the question; ``reading`` says in words how
    it is read, ``alternatives`` how else it could be.
    """

    provision: ProvisionId
    question: Text | None = None
    silent: Flag = False
    reading: Prose
    alternatives: Many[Text] = ()
    history: Annotated[Many[Setting], Field(min_length=1)]


class Parameters(Record):
    """All parameters of the charter, each with its history."""

    kind: ClassVar[str] = "parameters"

    title: Text | None = None
    parameters: Table[dict[Text, Parameter]]


class TeamMember(Part):
    """A person on a member's team and the part they play."""

    person: PersonId
    role: Literal["child-welfare-leader", "executive-team", "data-steward", "liaison"]


class DataLimit(Part):
    """A limit on what a member can share, and why (DAT-2)."""

    what: Text
    why: Text


def _joined(value: Any) -> Any:
    return None if value == "unknown" else value


class Member(Record):
    """A state or jurisdiction that takes part in the partnership (MEM-2).

    ``joined`` is None where the day is not known; the record then names its source.
    ``answers_named_from`` is the day from which pages may name it with what it answers to notices;
    without one it stands in totals only.
    """

    kind: ClassVar[str] = "member"

    title: Text | None = None
    name: Text
    kind_: MemberKind = Field(alias="kind")
    size: Size
    within: MemberId | None = None
    joined: Annotated[Day | None, BeforeValidator(_joined)]
    left: Past | None = None
    team: Many[TeamMember] = ()
    leader_since: Past | None = None
    data_limits: Many[DataLimit] = ()
    answers_named_from: Past | None = None
    sources: Many[Source] = ()

    @model_validator(mode="after")
    def _unknown_needs_source(self) -> "Member":
        if self.joined is None and not self.sources:
            raise ValueError("an unknown joining date needs a source: add `sources`")
        if self.joined and self.left and self.left < self.joined:
            raise Fault("`left` is before `joined`", _ONE_OF_TWO)
        return self


class Person(Record):
    """Somebody who takes part: a leader, an advisor, the coordinator."""

    kind: ClassVar[str] = "person"

    title: Text | None = None
    name: Text
    position: Text | None = None
    organization: Text | None = None
    member: MemberId | None = None
    leadership: Flag = False
    left_organization: Past | None = None
    signing_keys: Many[Text] = ()


class Ended(Part):
    """How a term came to an end before its planned last day; ``on`` is the last day in office."""

    on: Past
    reason: Text


def _a_year_on(start: date) -> date:
    leap_day = (start.month, start.day) == (2, 29)
    if start.year == date.max.year:
        return date.max
    after = date(start.year + 1, 3, 1) if leap_day else start.replace(year=start.year + 1)
    return after - timedelta(1)


class Term(Record):
    """A person's time in an office. ``start`` and ``end`` are its first and planned last day."""

    kind: ClassVar[str] = "term"

    title: Text | None = None
    person: PersonId
    office: Office
    represents: MemberId | None = None
    start: Day
    end: Day | None = None
    ended: Ended | None = None
    replaces: TermId | None = None
    nominated_by: MemberId | None = None
    volunteered: Flag = False
    decision: Annotated[DecisionId | None, Founding()] = None

    @model_validator(mode="after")
    def _in_order(self) -> "Term":
        if self.end is None and self.office in ("member", "co-chair"):
            raise Fault(
                f"a {self.office}'s term needs `end`, its planned last day",
                f"write `end: {_a_year_on(self.start)}`, a year to the day"
                if self.office == "member"
                else "write `end:` and the last day the committee chose them for",
            )
        if self.end and self.end < self.start:
            raise Fault("`end` is before `start`", _ONE_OF_TWO)
        if self.ended and self.ended.on < self.start:
            raise Fault("`ended` is before `start`", _ONE_OF_TWO)
        if self.ended and self.end and self.ended.on > self.end:
            raise Fault("`ended` is after `end`, the planned last day", _ONE_OF_TWO)
        return self


class Group(Titled):
    """A subcommittee or workgroup formed by the Executive Committee (EXC-5)."""

    kind: ClassVar[str] = "group"

    purpose: Prose
    kind_: Literal["subcommittee", "workgroup"] = Field(alias="kind")
    formed_by: DecisionId
    lead: PersonId
    people: Many[PersonId] = ()
    advisors: Many[PersonId] = ()
    until: Day | None = None
    closed: Past | None = None


class MeetingNotice(Part):
    """When the notice of a meeting was sent, and to whom."""

    sent: Past
    to: Many[Text] = ()


class AgendaItem(Part):
    """One point of an agenda and the records it is about."""

    title: Text
    refs: Many[AnyId] = ()
    presenter: PersonId | None = None


class AttendanceReview(Part):
    """The co-chairs' look at attendance (CHR-5)."""

    by: PersonId
    on: Past


class Minutes(Part):
    """Who took the minutes and when they reached the members (CRD-1)."""

    by: PersonId
    sent_on: Past | None = None
    to: Annotated[Many[Text], Since("sent_on")] = ()
    approved_at: MeetingId | None = None


class Correction(Part):
    """A change to a past record, with its day and reason."""

    on: Past
    what: Text
    why: Text


class Meeting(Record):
    """A meeting of the Executive Committee, collaborative or a group; its body is the minutes."""

    kind: ClassVar[str] = "meeting"

    title: Text | None = None
    date: Day
    body_: Text = Field(alias="body")
    status: Literal["scheduled", "held", "cancelled"]
    reason: Text | None = None
    notice: MeetingNotice | None = None
    agenda: Many[AgendaItem] = ()
    attendance: Annotated[Table[dict[PersonId, Presence]], Since("date")] = {}
    excuses: Annotated[Table[dict[PersonId, Text]], Since("date")] = {}
    members: Annotated[
        Table[dict[MemberId, Literal["present", "represented", "absent"]]], Since("date")
    ] = {}
    attendance_review: AttendanceReview | None = None
    minutes: Annotated[Minutes | None, Since("date")] = None
    corrections: Many[Correction] = ()

    @classmethod
    def stood(cls, data: dict[str, Any], day: str) -> dict[str, Any] | None:
        """A meeting to come is scheduled, and known once its notice is sent."""
        if data["date"] <= day:
            minutes = data.get("minutes") or {}
            if (minutes.get("approved_at") or "")[:10] > day:
                minutes = {name: it for name, it in minutes.items() if name != "approved_at"}
                return data | {"minutes": minutes}
            return data
        if data["status"] == "scheduled":
            return data
        sent = (data.get("notice") or {}).get("sent")
        if not sent or sent > day:
            return None
        kept = {name: it for name, it in data.items() if name != "reason"}
        return kept | {"status": "scheduled"}

    @classmethod
    def prose_since(cls, data: dict[str, Any]) -> str:
        """Minutes are known once they are sent."""
        held: str = data["date"]
        return max(held, (data.get("minutes") or {}).get("sent_on") or held)

    @model_validator(mode="after")
    def _cancelled_says_why(self) -> "Meeting":
        if self.status == "cancelled" and not self.reason:
            raise Fault("a cancelled meeting needs its `reason`", "add `reason:` and why")
        return self


class Ballot(Part):
    """A vote outside a meeting: first and last day on which votes were taken."""

    opened: Day
    closed: Day
    notice: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Ballot":
        if self.closed < self.opened:
            raise Fault("`closed` is before `opened`", _ONE_OF_TWO)
        return self


class Objection(Part):
    """An objection raised while consensus was sought, and whether it was resolved."""

    by: PersonId
    text: Text
    resolved: Flag = False


class Consensus(Part):
    """The search for consensus that comes before every vote (DEC-1)."""

    sought_on: Day
    objections: Many[Objection] = ()


class CharterChange(Part):
    """The text a charter decision adopts, held fast by a digest of its bytes."""

    version: Version
    digest: Digest
    change: Literal["major", "annual", "editorial"]


class Communication(Part):
    """When a decision was told to the members of the collaborative, and by whom (CHR-6)."""

    on: Past
    to: Text
    by: PersonId


class SharedOutside(Part):
    """When a decision was shared outside the partnership (DEC-3)."""

    on: Past
    with_: Text = Field(alias="with")


class Decision(Titled):
    """What the Executive Committee decided, how and when; the body gives the reasons."""

    kind: ClassVar[str] = "decision"

    date: Past
    subject: Subject
    meeting: MeetingId | None = None
    ballot: Ballot | None = None
    method: Literal["consensus", "vote"]
    consensus: Consensus | None = None
    votes: Table[dict[PersonId, Vote]] = {}
    outcome: Literal["adopted", "rejected", "deferred"]
    effective: Day | None = None
    charter: CharterChange | None = None
    about: Many[AnyId] = ()
    communicated: Many[Communication] = ()
    shared_outside: Many[SharedOutside] = ()
    corrections: Many[Correction] = ()

    @classmethod
    def stood(cls, data: dict[str, Any], day: str) -> dict[str, Any] | None:
        """What is decided by ballot is known once the ballot has closed."""
        ballot = data.get("ballot")
        return None if ballot and ballot["closed"] > day else data


class Agreement(Record):
    """A member's terms for sharing data (DAT-2, DAT-4, DAT-5)."""

    kind: ClassVar[str] = "agreement"

    title: Text | None = None
    member: MemberId
    signed: Past
    from_: Day = Field(alias="from")
    until: Day
    purposes: Annotated[Many[Text], Field(min_length=1)]
    fields_allowed: Many[Text] = ()
    fields_denied: Many[Text] = ()
    sharing: Literal["aggregate-only", "de-identified"]
    reuse: Text | None = None
    ownership: Literal["stays with member"]
    withdrawal: Text
    contact: Text | None = None


class Waiver(Record):
    """A finding the committee has decided to accept for a time.

    ``until`` is the last day it may hold, ``ended`` the last on which it was needed, once it is no
    longer.
    """

    kind: ClassVar[str] = "waiver"

    title: Text | None = None
    rule: Text
    records: Many[AnyId]
    decision: DecisionId
    until: Day
    reason: Text
    ended: Past | None = None


__all__ = [
    "Address", "Agreement", "Charter", "Count", "Decision", "Group", "Meeting", "Member",
    "Parameter", "Parameters", "Person", "Setting", "Term", "Waiver",
]  # fmt: skip
