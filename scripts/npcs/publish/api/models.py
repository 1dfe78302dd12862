"""The forms of every file below ``api/v1/``. The schemas are made of them.

A form may gain fields. It never loses one, and none changes its meaning: that would be ``v2``.
"""

from datetime import date
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from npcs.records.charter import Decision, Term
from npcs.records.notices import AnswerStatus, Notice
from npcs.records.record import Record

R = TypeVar("R", bound=Record)


class Data(BaseModel):
    """Something the site publishes as data."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Published(Data, Generic[R]):
    """A record as it is published."""

    kind: str = Field(description="What kind of record it is.")
    id: str = Field(description="Its id, the same for ever.")
    title: str = Field(description="What its page is called.")
    page: str = Field(description="Its page, from the top of the site.")
    file: str = Field(description="Its file in the repository.")
    labels: list[str] = Field(
        description="The labels on its page: its state in words, which may be reworded."
    )
    added: date | None = Field(default=None, description="The day it came into the repository.")
    changed: date | None = Field(default=None, description="The day its file was last changed.")
    record: R = Field(description="Its fields, as they were known on the day of the site.")
    text: str | None = Field(default=None, description="What stands below its fields, in Markdown.")


class DecisionFacts(Data):
    """What follows from the record of a decision: the count on its day, and whether it holds."""

    day: date = Field(description="The day it was made: the last one of a ballot.")
    holds: bool = Field(description="Whether it was adopted, and the record bears that out.")
    doubt: str | None = Field(
        default=None, description="What speaks against the outcome on record."
    )
    present: int = Field(description="How many of those in office took part.")
    in_office: int = Field(description="How many were in office that day.")
    needed_present: int = Field(description="How many had to take part.")
    yes: int | None = Field(
        default=None, description="Votes in favour that count; for a vote only."
    )
    no: int | None = Field(default=None, description="Votes against that count; for a vote only.")
    needed_yes: int | None = Field(
        default=None, description="How many in favour carry; for a vote only."
    )
    in_words: str = Field(description="The arithmetic in a sentence.")


class PublishedDecision(Published[Decision]):
    """A decision as it is published."""

    facts: DecisionFacts


class TermFacts(Data):
    """What follows from the record of a term of office."""

    last_day: date | None = Field(default=None, description="The last day in office, as known now.")


class PublishedTerm(Published[Term]):
    """A term of office as it is published."""

    facts: TermFacts


class NamedAnswer(Data):
    """What a member answered that has agreed to be named."""

    member: str
    status: AnswerStatus | Literal["no-answer"]
    on: date | None = None
    overdue: bool
    reason: str | None = None
    lead: str | None = Field(default=None, description="An office or a role, never a name.")


class Answers(Data):
    """Where members stand with a notice: totals of all, and those that agreed to be named."""

    version: str = Field(description="The version of the notice they were asked about.")
    respond_by: date | None = None
    asked: int = Field(description="How many members are asked.")
    open: int | None = Field(
        default=None, description="How many of them are still asked for something."
    )
    overdue: int | None = Field(default=None, description="How many of them are past the day.")
    totals: dict[str, int] | None = Field(
        default=None,
        description="How many members gave each answer. Not told where so few are unnamed that it "
        "would tell what they answered, nor are the two counts above.",
    )
    named: list[NamedAnswer] = Field(description="Members that agreed to be named, and no others.")


class NoticeFacts(Data):
    """What follows from the record of a safety notice."""

    state: str = Field(description="Where it stands on the day of the site.")
    review_by: date | None = Field(
        default=None, description="The day by which it is looked at again."
    )
    answers: Answers | None = Field(default=None, description="None before it is issued.")


class PublishedNotice(Published[Notice]):
    """A safety notice as it is published."""

    facts: NoticeFacts


class Line(Data):
    """A record in a list."""

    id: str
    title: str
    page: str
    data: str = Field(description="Where the whole record stands, from the top of the site.")
    labels: list[str]
    changed: date | None = None


class RecordList(Data):
    """All records of a kind."""

    kind: str
    count: int
    records: list[Line]


class Listed(Data):
    """A kind of record, or a table, and where its files stand, from the top of the site."""

    name: str
    about: str
    count: int
    json_: str = Field(alias="json", description="All of it as JSON.")
    csv: str = Field(description="All of it as a table.")
    schema_: str = Field(alias="schema", description="The JSON Schema of one record or row.")


class Terms(Data):
    """The licence under which all of it may be used."""

    name: str
    address: str


class Overview(Data):
    """All that is published as data."""

    version: Literal[1] = 1
    name: str = Field(description="Whose data these are.")
    notice: str | None = Field(
        default=None, description="What is told on each page, of made-up data."
    )
    address: str | None = Field(default=None, description="The top of the site, if it is known.")
    as_of: date = Field(description="The day on which everything that depends on a day holds.")
    licence: Terms
    kinds: list[Listed]
    tables: list[Listed]
    feeds: list[str]
    calendars: list[str]


__all__ = [
    "Answers", "Data", "DecisionFacts", "Line", "Listed", "NamedAnswer", "NoticeFacts", "Overview",
    "Published", "PublishedDecision", "PublishedNotice", "PublishedTerm", "RecordList",
    "TermFacts", "Terms",
]  # fmt: skip
