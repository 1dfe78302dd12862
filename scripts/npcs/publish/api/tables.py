"""Tables: a row for each record of a kind, and a few that cut across records."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from pydantic import Field

from npcs.governance.answers import tells_totals
from npcs.governance.tally import decision_day, tally
from npcs.governance.terms import represents, term_on
from npcs.publish.api.models import Data
from npcs.publish.site import Site
from npcs.publish.spreadsheet import as_csv
from npcs.publish.text import capital
from npcs.records.charter import Decision, Meeting, Presence, Vote


class VoteCast(Data):
    """A vote on a decision."""

    decision: str
    day: date
    person: str
    member: str | None = Field(default=None, description="The member the person sat for that day.")
    vote: Vote
    counted: bool = Field(description="Whether the vote counts: the person was in office.")


class Attended(Data):
    """Whether somebody was at a meeting."""

    meeting: str
    date: date
    body: str
    person: str | None = Field(default=None, description="Somebody of the committee or of a group.")
    member: str | None = Field(default=None, description="A member, at a meeting of all.")
    attendance: Presence | Literal["represented"]


class Answered(Data):
    """How many members gave an answer to a notice."""

    notice: str
    version: str
    answer: str
    members: int


class Reading(Data):
    """How the charter is read from a day on."""

    name: str
    provision: str
    question: str | None = None
    from_: date = Field(alias="from")
    value: str
    provisional: bool = Field(description="Whether it is used for now, adopted by nobody.")
    decision: str | None = None


class Due(Data):
    """Something the charter asks for that is still to be done."""

    on: date
    subject: str = Field(description="The name of the rule that watches over it.")
    what: str
    provision: str
    file: str = Field(description="The file of the record it is about.")


class Rows(Data):
    """All rows of a table."""

    table: str
    count: int
    rows: list[Any]


class Table(NamedTuple):
    """A table across records: what it tells, the form of a row, and the rows."""

    about: str
    form: type[Data]
    rows: Callable[[Site], Iterator[Data]]


def _votes(site: Site) -> Iterator[VoteCast]:
    for one in site.hub.all(Decision).values():
        day = decision_day(one)
        if not one.votes or day > site.as_of:
            continue
        out = {it.person for it in tally(site.hub, one).not_counted}
        for person, vote in one.votes.items():
            term = term_on(site.hub, person, day)
            yield VoteCast(
                decision=one.key, day=day, person=person, vote=vote, counted=person not in out,
                member=represents(site.hub, term) if term else None,
            )  # fmt: skip


def _attendance(site: Site) -> Iterator[Attended]:
    for one in site.hub.all(Meeting).values():
        if one.date > site.as_of:
            continue
        for key, there in one.attendance.items():
            yield Attended(meeting=one.key, date=one.date, body=one.body_, person=key,
                           attendance=there)  # fmt: skip
        for key, how in one.members.items():
            yield Attended(meeting=one.key, date=one.date, body=one.body_, member=key,
                           attendance=how)  # fmt: skip


def _answers(site: Site) -> Iterator[Answered]:
    for key, board in sorted(site.boards.items()):
        if not tells_totals(site.hub, board, site.as_of):
            continue
        for answer, members in sorted(board.totals.items()):
            yield Answered(notice=key, version=board.version, answer=answer, members=members)


def _readings(site: Site) -> Iterator[Reading]:
    for name, one in site.parameters.items():
        for it in one.history:
            yield Reading.model_validate({
                "name": name, "provision": one.provision, "question": one.question,
                "from": it.from_, "value": it.value, "provisional": it.provisional,
                "decision": it.decision,
            })  # fmt: skip


def _due(site: Site) -> Iterator[Due]:
    for one in site.due:
        yield Due(on=one.on, subject=one.subject, what=capital(one.what), provision=one.provision,
                  file=one.place.path)  # fmt: skip


TABLES: Mapping[str, Table] = {
    "votes": Table("Who voted how on each decision", VoteCast, _votes),
    "attendance": Table("Who was at which meeting", Attended, _attendance),
    "answers": Table("Answers to safety notices, in totals", Answered, _answers),
    "readings": Table("How the charter is read, and since when", Reading, _readings),
    "due": Table("What the charter asks for in the next 90 days", Due, _due),
}
"""The tables across records, by name."""


def rows_as_csv(form: type[Data], rows: Iterable[Data]) -> bytes:
    """Rows of a form as a table, a column for each field."""
    names = tuple(form.model_fields)
    titles = [field.alias or name for name, field in form.model_fields.items()]
    return as_csv(titles, ([cell(getattr(row, name)) for name in names] for row in rows))


def cell(value: object) -> str:
    """A value as a cell shows it: days as year-month-day, lists with semicolons between."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return "; ".join(map(cell, value))
    return str(value)
