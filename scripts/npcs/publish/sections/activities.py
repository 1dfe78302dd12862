"""The activities of the work plan: where each stands and why, its milestones, who takes part."""

from collections.abc import Iterator

from npcs.governance.activities import DONE, LATE, ON_TRACK, missing, pause_on, status
from npcs.governance.evidence import shown
from npcs.publish.following import done_state, evidence
from npcs.publish.page import Block, Page, Table, Text
from npcs.publish.sections.charter import quoted
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, day, days, joined, sentence, words
from npcs.records.workplan import Activity, Milestone

PATH = (("Work plan", "workplan/index"),)
PARTICIPATION = ("taking-part", "preparing", "paused", "not-started")
_TONES = {DONE: "good", ON_TRACK: "good", LATE: "warn"}


def pages(site: Site) -> Iterator[Page]:
    """A page for each activity."""
    for one in site.hub.all(Activity).values():
        yield _page(site, one)


def table(site: Site) -> Table | None:
    """All activities at a glance."""
    found = sorted(site.hub.all(Activity).values(), key=lambda one: (one.provision, one.key))
    rows = tuple(
        (
            site.provision(one.provision),
            site.to(one),
            lead(site, one),
            state(site, one),
            site.text(status(site.hub, one, site.as_of).sentence),
        )
        for one in found
    )
    columns = ("Provision", "Activity", "Lead", "Status", "Why")
    return Table(columns, rows) if rows else None


def state(site: Site, one: Activity) -> Md:
    """The status of an activity, as a label."""
    found = status(site.hub, one, site.as_of).state
    return chip(found, _TONES.get(found, ""))


def lead(site: Site, one: Activity) -> Md:
    """Who leads an activity: a group, or an office by its name."""
    if one.lead in site.hub.by_kind["group"]:
        return site.ref("group", one.lead)
    return site.text(one.lead)


def _page(site: Site, one: Activity) -> Page:
    pause = pause_on(site.hub, one, site.as_of)
    facts = site.facts(
        ("Lead", lead(site, one)),
        ("Goals it serves", [joined(map(site.provision, one.goals))] if one.goals else None),
        ("Paused", sentence(days(pause.from_, pause.to), ": ", site.text(pause.reason))
         if pause else None),
    )  # fmt: skip
    blocks: list[Block | None] = [
        Text(site.text(status(site.hub, one, site.as_of).sentence)),
        *quoted(site, one.provision),
        facts,
        *site.body(one),
        *site.section(
            "Milestones",
            _milestones(site, one) or site.empty("No milestone has been agreed yet."),
            anchor="milestones",
        ),
        *site.section("Who takes part", *_participation(site, one), anchor="participation"),
    ]
    chips = [state(site, one)]
    return site.page(one, [it for it in blocks if it], chips=chips, path=PATH)


def _milestones(site: Site, one: Activity) -> Table | None:
    titles = {step.id: step.title for step in one.milestones}
    rows = tuple(
        (
            site.text(step.title),
            day(step.due),
            _step(site, one, step),
            evidence(site, step.done.evidence) if step.done else "",
            joined(site.text(titles.get(key, key)) for key in step.depends_on),
        )
        for step in sorted(one.milestones, key=lambda step: step.due)
    )
    return Table(("Milestone", "Due", "State", "Shown by", "After"), rows) if rows else None


def _step(site: Site, one: Activity, step: Milestone) -> Md:
    if done := done_state(site, one, step.done):
        return done
    if pause_on(site.hub, one, site.as_of):
        return chip("paused")
    if step.due < site.as_of:
        return chip("late", "warn")
    still = {it.id for it in one.milestones if not shown(site.hub, one, it.done, site.as_of)}
    return chip("waits for others" if still & set(step.depends_on) else "open")


def _participation(site: Site, one: Activity) -> Iterator[Block]:
    said = [
        (capital(words(how)), joined(site.member(key) for key, was in one.participation.items()
                                     if was == how))
        for how in PARTICIPATION
        if how in one.participation.values()
    ]  # fmt: skip
    unasked = missing(site.hub, one, site.as_of) if said else []
    facts = site.facts(
        *said,
        ("Not said yet", joined(site.member(it.key) for it in unasked) if unasked else None),
        ("Last asked on", one.asked_on),
    )
    yield facts or site.empty("Members have not been asked yet.")
