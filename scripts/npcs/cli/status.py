"""``npcs status``: one screen of what is due and what is open."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from npcs.cli.options import as_of_option, day_for, root_option
from npcs.cli.progress import progress
from npcs.cli.reporters import counts
from npcs.cli.terminal import counted, plain, show, write_utf8
from npcs.cli.unread import Unread, as_json, notice, unread
from npcs.governance import parameters
from npcs.governance.calendar import Obligation, obligations
from npcs.governance.dates import in_words
from npcs.governance.tally import decision_day
from npcs.governance.waiting import deferred, scheduled
from npcs.publish.names import body_shown
from npcs.records.charter import Decision, Meeting
from npcs.records.findings import Severity
from npcs.records.hub import Hub
from npcs.records.notices import Notice
from npcs.records.record import Record

ALIKE = 4
"""How many obligations of one kind are shown before the rest is counted."""


@click.command("status", epilog="Example: npcs status --as-of 2027-03-01")
@as_of_option
@root_option
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
def command(as_of: date | None, root: Path, form: str) -> None:
    """Show what is due, what is open, and whether the records hold.

    Due is what the charter asks for by a day up to 90 days ahead; open are deferred decisions,
    scheduled meetings and readings nobody has adopted yet.
    """
    with progress("Reading the records"):
        status = gather(root, day_for(root, as_of))
    if form == "json":
        from npcs.cli.reporters.json import dump

        write_utf8(dump(_as_json(status)))
    else:
        show(*_lines(status))


@dataclass(frozen=True, slots=True)
class Open:
    """Something that waits: a decision or a meeting, with its id, its day and what it is called."""

    id: str
    on: date
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Status:
    """What is due and open in a root as of a day."""

    as_of: date
    records: int
    counts: dict[Severity, int]
    crashed: tuple[str, ...]
    due: tuple[Obligation, ...]
    deferred: tuple[Open, ...]
    scheduled: tuple[Open, ...]
    provisional: tuple[str, ...]
    unread: Unread
    later: int


def gather(root: Path, as_of: date) -> Status:
    """The status of a root as of a day."""
    from npcs.rules.engine import check

    report = check(root, as_of)
    hub = report.hub or Hub.read(root)
    return Status(
        as_of,
        report.records,
        counts(report.findings),
        tuple(dict.fromkeys(one.rule for one in report.crashes)),
        obligations(hub, as_of),
        tuple(Open(one.key, one.date, one.title, one.path) for one in deferred(hub, as_of)),
        tuple(
            Open(one.key, one.date, one.title or body_shown(hub, one.body_), one.path)
            for one in scheduled(hub, as_of)
        ),
        tuple(one.name for one in parameters.unsettled(hub, as_of)),
        unread(hub),
        sum(1 for _ in _later(hub, as_of)),
    )


def _later(hub: Hub, as_of: date) -> Iterator[Record]:
    """Records of what was done only after the day: looked at from then, they seem to be wrong."""
    for decision in hub.all(Decision).values():
        if decision_day(decision) > as_of:
            yield decision
    for meeting in hub.all(Meeting).values():
        if meeting.status == "held" and meeting.date > as_of:
            yield meeting
    for notice_ in hub.all(Notice).values():
        if notice_.issued and notice_.issued > as_of:
            yield notice_


def _lines(one: Status) -> Iterator[str]:
    yield f"{counted(one.records, 'record')} as of {one.as_of}"
    overdue = [due for due in one.due if due.on < one.as_of]
    coming = [due for due in one.due if due.on >= one.as_of]
    for title, found in (("Overdue", overdue), ("Due within 90 days", coming)):
        yield ""
        yield f"{title} ({len(found)})" if found else f"{title}: nothing"
        yield from _table(found, one.as_of)
    yield ""
    yield "Open"
    yield from _opened("decision", "deferred", one.deferred)
    yield from _opened("meeting", "scheduled", one.scheduled)
    provisional = counted(len(one.provisional), "reading")
    yield f"  {provisional} not yet adopted by the committee" + (
        f": {', '.join(one.provisional[:ALIKE])}"
        + (f" and {len(one.provisional) - ALIKE} more" if len(one.provisional) > ALIKE else "")
        if one.provisional
        else ""
    )
    yield ""
    yield "Records"
    if one.later:
        yield (
            f"  {counted(one.later, 'record is', 'records are')} dated after this day, so whether "
            "the records hold is told of a later day only"
        )
    else:
        yield (
            f"  {counted(one.counts['error'], 'error')}, "
            f"{counted(one.counts['warning'], 'warning')}"
            + ("; `npcs check` shows them" if one.counts["error"] or one.counts["warning"] else "")
        )
    if one.crashed:
        yield f"  not all rules could be run: {', '.join(one.crashed)}; `npcs check` says why"
    yield from notice(one.unread)


def _table(found: Sequence[Obligation], as_of: date) -> Iterator[str]:
    """A line for each obligation; of many of one kind the first ones, then how many more."""
    many = Counter(one.subject for one in found)
    shown: Counter[str] = Counter()
    for one in found:
        shown[one.subject] += 1
        if shown[one.subject] < ALIKE or many[one.subject] <= ALIKE:
            yield f"  {one.on}  {_when(one.on, as_of):<16}  {plain(one.what)} ({one.provision})"
    for subject, number in many.items():
        if number > ALIKE:
            more = number - ALIKE + 1
            yield f"  and {more:,} more of {subject}: npcs check --select {subject}"


def _when(on: date, as_of: date) -> str:
    days = (on - as_of).days
    if not days:
        return "today"
    return f"in {in_words(days, 'day')}" if days > 0 else f"{in_words(-days, 'day')} ago"


def _opened(what: str, how: str, found: Sequence[Open]) -> Iterator[str]:
    yield f"  {counted(len(found), what)} {how}"
    for one in found[:ALIKE]:
        yield f"    {one.on}  {plain(one.id)}  {plain(one.title)}"
    if len(found) > ALIKE:
        yield f"    and {len(found) - ALIKE:,} more"


def _as_json(one: Status) -> dict[str, object]:
    def opened(found: Sequence[Open]) -> list[dict[str, str]]:
        return [
            {"id": each.id, "on": each.on.isoformat(), "title": each.title, "path": each.path}
            for each in found
        ]

    return {
        "version": 1,
        "as_of": one.as_of.isoformat(),
        "records": one.records,
        "counts": one.counts,
        "crashed": list(one.crashed),
        "due": [
            {
                "on": due.on.isoformat(),
                "days": (due.on - one.as_of).days,
                "rule": due.subject,
                "what": due.what,
                "provision": due.provision,
                "path": due.place.path,
                "line": due.place.line,
                "column": due.place.column,
            }
            for due in one.due
        ],
        "deferred": opened(one.deferred),
        "scheduled": opened(one.scheduled),
        "provisional": list(one.provisional),
        "unread": as_json(one.unread),
        "later": one.later,
    }
