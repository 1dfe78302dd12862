"""Milestones of activities: as rows of a table, as a drawing in time, and as a file."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from npcs.governance.activities import DONE, LATE, pauses, status, step_state
from npcs.governance.dates import add_days, day_in_words
from npcs.publish.charts.timeline import Bar, Point, PointForm, Row, Timeline, drawn
from npcs.publish.following import done_state, evidence
from npcs.publish.page import Embed, Table, Text
from npcs.publish.site import Site
from npcs.publish.spreadsheet import as_csv
from npcs.publish.text import Md, capital, chip, day, joined, link, number, sentence
from npcs.records.workplan import Activity, Milestone

_FORMS: dict[str, PointForm] = {DONE: "done", LATE: "late"}
_ROOM = 20
"""How many days are shown before the first and after the last that something stands at."""


class InTime(NamedTuple):
    """Milestones as a picture, a line that offers them as a table, and the files of both."""

    picture: Embed
    offer: Text
    files: dict[str, bytes]


def steps_of(one: Activity) -> list[Milestone]:
    """The milestones of an activity by the day they are due."""
    return sorted(one.milestones, key=lambda step: step.due)


def listed(site: Site, one: Activity, start: int = 1, names: bool = True) -> Table | None:
    """The milestones of an activity as a table, numbered from ``start``.

    What comes before each is told by its name, or by its number alone.
    """
    steps = steps_of(one)
    before = {
        step.id: site.text(step.title) if names else Md(f"No. {at}")
        for at, step in enumerate(steps, start)
    }
    rows = tuple(
        (
            str(at),
            site.text(step.title),
            day(step.due),
            _state(site, one, step),
            evidence(site, step.done.evidence) if step.done and site.come(step.done.on) else "",
            joined(before.get(key) or site.text(key) for key in step.depends_on),
        )
        for at, step in enumerate(steps, start)
    )
    columns = ("No.", "Milestone", "Due", "State", "Shown by", "After")
    return Table(columns, rows, without={"Shown by": "nothing yet"}) if rows else None


def _state(site: Site, one: Activity, step: Milestone) -> Md:
    if done := done_state(site, one, step.done):
        return done
    known = step_state(site.hub, one, step, site.as_of)
    return chip(known, "warn" if known == LATE else "")


def in_time(
    site: Site, those: Sequence[Activity], address: str, named: bool = True
) -> InTime | None:
    """The milestones of activities as a picture and a file beside ``address``; None of none.

    A milestone stands at the day it was done, else at the day it is due. ``named`` tells whether a
    row says whose it is.
    """
    with_steps = [one for one in those if one.milestones]
    if not with_steps:
        return None
    rows, count = [], 0
    for one in with_steps:
        rows.append(_row(site, one, count, named))
        count += len(one.milestones)
    days = [point.on for row in rows for point in row.points] + [site.as_of]
    first, last = add_days(min(days), -_ROOM), add_days(max(days), _ROOM)
    words = f"Milestones, {day_in_words(min(days))} to {day_in_words(max(days))}"
    if not named:
        words = f"Milestones of {those[0].name_shown}"
    late = sum(point.form == "late" for row in rows for point in row.points)
    picture, table = f"{address}.svg", f"{address}.csv"
    shown = Timeline(
        key="milestones",
        title=words,
        told=f"{capital(number(count, 'milestone'))}, {late or 'none'} late on "
        f"{day_in_words(site.as_of)}. The numbers are those of the list below, which says the "
        "same.",
        first=first,
        last=last,
        rows=rows,
        marked=site.as_of,
    )
    columns = ("activity", "milestone", "title", "due", "state", "done_on", "evidence",
               "depends_on")  # fmt: skip
    return InTime(
        Embed(words, picture),
        Text(sentence(link("Milestones as a table for a spreadsheet (CSV)", table), ".")),
        {picture: drawn(shown), table: as_csv(columns, _cells(site, with_steps))},
    )


def _row(site: Site, one: Activity, count: int, named: bool) -> Row:
    steps = steps_of(one)
    place = {step.id: at for at, step in enumerate(steps)}
    known = status(site.hub, one, site.as_of).state
    bars = tuple(
        Bar(it.from_, it.to, ("paused",), "rest", f"Paused from {day_in_words(it.from_)}")
        for it in pauses(site.hub, one, site.as_of)
    )
    return Row(
        f"{one.provision} {one.name_shown}: {known}" if named else capital(known),
        bars,
        tuple(_point(site, one, step, count + at) for at, step in enumerate(steps, 1)),
        tuple(
            (place[key], at)
            for at, step in enumerate(steps)
            for key in step.depends_on
            if key in place and key != step.id
        ),
    )


def _point(site: Site, one: Activity, step: Milestone, count: int) -> Point:
    known = step_state(site.hub, one, step, site.as_of)
    on = step.done.on if known == DONE and step.done else step.due
    told = f"{step.title}: {known}, {'on' if known == DONE else 'due'} {day_in_words(on)}"
    return Point(on, str(count), _FORMS.get(known, "open"), told)


def _cells(site: Site, those: Sequence[Activity]) -> Iterator[tuple[str, ...]]:
    for one in those:
        for step in steps_of(one):
            done = step.done if step.done and step.done.on <= site.as_of else None
            yield (
                one.key, step.id, step.title, str(step.due),
                step_state(site.hub, one, step, site.as_of), str(done.on) if done else "",
                (done.evidence if done else "") or "", "; ".join(step.depends_on),
            )  # fmt: skip


def near(those: Sequence[Activity], on: date, days: timedelta) -> list[Activity]:
    """The activities with a milestone due within so many days of a day."""
    return [one for one in those if any(abs(step.due - on) <= days for step in one.milestones)]
