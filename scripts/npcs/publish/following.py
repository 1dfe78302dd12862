"""How pages show what is followed to its end: its state, its actions, and what shows them."""

from npcs.governance.evidence import is_address, shown
from npcs.governance.followup import DONE, IN_REVIEW, OPEN, UNDER_WAY, sentence
from npcs.publish.page import Block, Table, Text
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, day, outside
from npcs.publish.text import sentence as said
from npcs.records.followup import Action, Done, Opportunity, Recommendation
from npcs.records.workplan import Activity

Record = Recommendation | Opportunity


def state(site: Site, record: Record) -> Md:
    """The state of a recommendation or an opportunity, as a label."""
    one = site.followed.get(record.path)
    if one is None:
        return chip("to come")
    if one.overdue:
        return chip(f"{one.state}, overdue", "warn")
    tones = {DONE: "good", UNDER_WAY: "good", IN_REVIEW: "warn"}
    return chip(one.state, tones.get(one.state, "warn" if one.state in OPEN else "past"))


def standing(site: Site, record: Record) -> list[Block]:
    """A sentence on where it stands."""
    one = site.followed.get(record.path)
    return [Text(site.text(sentence(one)))] if one else []


def evidence(site: Site, given: str | None) -> Md:
    """What shows something: a link to the record, or to a place on the web."""
    if not given:
        return Md()
    if is_address(given):
        return outside(given.partition("://")[2].partition("/")[0], given)
    return site.any(given)


def actions(site: Site, record: Record) -> Table | None:
    """The steps that follow, with their owners and what shows that they were taken."""
    rows = tuple(
        (
            site.text(one.text),
            site.text(one.owner),
            capital(one.strength),
            day(one.due),
            action_state(site, record, one),
            evidence(site, one.done.evidence) if one.done and site.come(one.done.on) else "",
        )
        for one in record.actions
    )
    columns = ("Action", "Owner", "Strength", "Due", "State", "Shown by")
    without = {"Shown by": "nothing yet"}
    return Table(columns, rows, stacks=True, without=without) if rows else None


def action_state(site: Site, record: Record, one: Action) -> Md:
    """Whether an action is done, late or still to come."""
    late = chip("late", "warn") if one.due < site.as_of else chip("open")
    return done_state(site, record, one.done) or late


def done_state(site: Site, record: Record | Activity, done: Done | None) -> Md | None:
    """That something is done, or is only said to be; None where it is still to be done."""
    if done is None or done.on > site.as_of:
        return None
    if not shown(site.hub, record, done, site.as_of):
        return chip("said to be done, not shown", "warn")
    note = [": ", site.text(done.note)] if done.note else []
    return said(chip("done", "good"), " ", day(done.on), *note)


def result(site: Site, record: Record) -> list[Block]:
    """What came of it, once that is known."""
    one = record.result
    if one is None or one.on > site.as_of:
        return []
    by = evidence(site, one.evidence)
    shown_by = [" Shown by ", by, "."] if by else []
    text = said(day(one.on), ": ", site.text(one.text), *shown_by)
    return site.section("What came of it", Text(text), anchor="result")
