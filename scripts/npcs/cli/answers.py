"""``npcs answers [NOTICE]``: who has answered a safety notice, and who has not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from npcs.cli.options import as_of_option, day_for, root_option
from npcs.cli.terminal import counted, nearest, plain, show, write_utf8
from npcs.cli.unread import as_json, notice, unread
from npcs.governance.answers import UNANSWERED, Board, Line, board, has_agreed
from npcs.governance.dates import day_in_words
from npcs.governance.notices import audience, is_open, state
from npcs.publish.names import member_name
from npcs.publish.text import words
from npcs.records.charter import Member, Parameters
from npcs.records.hub import Hub
from npcs.records.notices import Answer, Notice

_RESTS_ON = (Parameters, Member, Notice, Answer)


@click.command(
    "answers",
    epilog="""\b
Examples:
  npcs answers
  npcs answers NPCS-SN-2027-001 --as-of 2027-05-01
""",
)
@click.argument("number", metavar="[NOTICE]", required=False)
@as_of_option
@root_option
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
def command(number: str | None, as_of: date | None, root: Path, form: str) -> None:
    """Show where each member stands with a safety notice: who has not answered comes first.

    NOTICE is the number of a notice; without it all notices are shown that members are asked about
    on the day. Where everybody can read the repository, only members that agreed to be named answer
    in it, and the others are counted. In a closed one all are named.
    """
    hub = Hub.read(root)
    day = day_for(root, as_of)
    found = Answers(day, tuple(_boards(hub, day, number)), audience(hub, day))
    lacking = unread(hub, _RESTS_ON)
    if form == "json":
        from npcs.cli.reporters.json import dump

        write_utf8(dump({"version": 1, **_as_json(hub, found), "unread": as_json(lacking)}))
    else:
        show(*_lines(hub, found), *notice(lacking))


@dataclass(frozen=True, slots=True)
class Answers:
    """The boards of some notices on a day, and who can read the pages of the hub."""

    on: date
    boards: tuple[Board, ...]
    readers: str


def _boards(hub: Hub, day: date, number: str | None) -> Iterator[Board]:
    """The boards of the notice with a number, or of all that are open, the newest first.

    Raises UsageError where there is no such notice, or nobody has been asked about it.
    """
    every = hub.all(Notice)
    if number is None:
        asked = [one for one in every.values() if is_open(hub, one, day)]
        asked.sort(key=lambda one: one.key, reverse=True)
    elif number.upper() in every:
        asked = [every[number.upper()]]
    elif number.upper() in hub.by_kind["notice"]:
        path = hub.by_kind["notice"][number.upper()].path
        raise click.UsageError(f"{path} cannot be read; `npcs check` says why")
    else:
        near = nearest(number, every, str.upper)
        raise click.UsageError(f"there is no notice `{plain(number)}`{near}")
    for one in asked:
        found = board(hub, one, day)
        if found is None:
            raise click.UsageError(
                f"the notice {one.key} had not been issued on {day_in_words(day)}, so nobody was "
                "asked"
            )
        yield found


# For people


def _lines(hub: Hub, found: Answers) -> Iterator[str]:
    yield f"Answers to safety notices on {day_in_words(found.on)}"
    if not found.boards:
        yield ""
        yield "No notice is open on this day, so no member is asked for an answer."
    named = set()
    for one in found.boards:
        yield ""
        yield f"{one.notice.key}, version {one.version}: {plain(one.notice.title)}"
        yield f"  {_said(hub, one, found.on)}"
        yield from _table(hub, one)
        if one.elsewhere:
            yield f"  {_elsewhere(one.elsewhere)}"
        named |= {line.member for line in one.lines}
    quiet = sum(not has_agreed(hub.all(Member)[key], found.on) for key in named)
    if quiet and found.readers == "public":
        has, it = ("has", "it") if quiet == 1 else ("have", "them")
        yield ""
        yield (
            f"{counted(quiet, 'member')} here {has} not agreed to be named on the public pages; "
            f"what this says of {it} is for members alone."
        )


def _said(hub: Hub, one: Board, day: date) -> str:
    """How many are asked, how many have settled it, and by when they answer."""
    asked = len(one.lines) + one.elsewhere
    if not asked:
        return "There was no member to ask."
    settled = sum(line.settled for line in one.lines)
    said = counted(asked, "member is", "members are") if one.live else counted(
        asked, "member was", "members were")  # fmt: skip
    parts = [f"{said} asked"]
    if one.lines:
        parts.append(f"{settled:,} settled it")
    if one.live and one.lines:
        parts += [f"{one.open:,} open", f"{one.late:,} overdue"]
    if not one.live:
        parts[-1] += f"; the notice is {state(hub, one.notice, day)}"
    days = [
        f"{what} by {day_in_words(on)}"
        for what, on in (("answer", one.respond_by), ("act", one.act_by))
        if on and one.live
    ]
    return f"{', '.join(parts)}." + (f" To {' and to '.join(days)}." if days else "")


def _table(hub: Hub, one: Board) -> Iterator[str]:
    rows = [
        (plain(member_name(hub, line.member)), *_state(line, one)) for line in _ordered(hub, one)
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    for name, said, more in rows:
        yield f"    {name:<{widths[0]}}  {said:<{widths[1]}}  {more}".rstrip()


def _ordered(hub: Hub, one: Board) -> Sequence[Line]:
    """The members that have not answered first, then those with something left to do."""
    return sorted(
        one.lines,
        key=lambda line: (
            line.said not in UNANSWERED, line.settled, not line.late, member_name(hub, line.member),
        ),
    )  # fmt: skip


def _state(line: Line, one: Board) -> tuple[str, str]:
    said = words(line.said)
    if line.on:
        said += f", {day_in_words(line.on)}"
    more = []
    if line.late:
        by = one.respond_by if line.said in UNANSWERED else one.act_by
        more.append(f"overdue since {day_in_words(by)}" if by else "overdue")
    if line.reopened:
        more.append("asked again since the notice was amended")
    return said, "; ".join(more)


def _elsewhere(many: int) -> str:
    are, have, its, answers = (
        ("is", "has", "its", "answer is") if many == 1 else ("are", "have", "their", "answers are")
    )
    return (
        f"{counted(many, 'member')} {are} asked and {have} not agreed to be named: everybody can "
        f"read this repository, so {its} {answers} kept elsewhere."
    )


# For programs


def _as_json(hub: Hub, found: Answers) -> dict[str, Any]:
    return {
        "as_of": found.on.isoformat(),
        "notices": [
            {
                "id": one.notice.key,
                "title": one.notice.title,
                "version": one.version,
                "state": state(hub, one.notice, found.on),
                "respond_by": one.respond_by and one.respond_by.isoformat(),
                "act_by": one.act_by and one.act_by.isoformat(),
                "asked": len(one.lines) + one.elsewhere,
                "settled": sum(line.settled for line in one.lines),
                "open": one.open,
                "overdue": one.late,
                "elsewhere": one.elsewhere,
                "members": [
                    {
                        "id": line.member,
                        "name": member_name(hub, line.member),
                        "answer": line.said,
                        "on": line.on and line.on.isoformat(),
                        "asked_again": line.reopened,
                        "overdue": line.late,
                        "may_be_named": has_agreed(hub.all(Member)[line.member], found.on),
                    }
                    for line in _ordered(hub, one)
                ],
            }
            for one in found.boards
        ],
    }
