"""The activities of the work plan: where each stands and why, its milestones, who takes part."""

from collections.abc import Iterator
from dataclasses import replace

from npcs.governance.activities import (
    DONE,
    LATE,
    ON_TRACK,
    STATES,
    missing,
    pause_on,
    status,
)
from npcs.publish.later import Later, later
from npcs.publish.milestones import in_time, listed
from npcs.publish.page import Block, Column, Columns, Entry, Page, Text
from npcs.publish.sections.charter import quoted
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, days, joined, sentence, words
from npcs.records.workplan import Activity

PATH = (("Work plan", "workplan/index"),)
PARTICIPATION = ("taking-part", "preparing", "paused", "not-started")
_TONES = {DONE: "good", ON_TRACK: "good", LATE: "warn"}


def pages(site: Site) -> Iterator[Page | Later]:
    """A page for each activity."""
    for one in site.hub.all(Activity).values():
        yield later(_page, one)


def board(site: Site) -> Columns | None:
    """All activities by their state, what needs attention first."""
    found: dict[str, list[Entry]] = {}
    for one in in_order(site):
        known = status(site.hub, one, site.as_of)
        by = sentence(site.provision(one.provision), ", led by ", lead(site, one))
        found.setdefault(known.state, []).append(
            Entry(site.to(one), (by, site.text(known.sentence)))
        )
    return Columns(tuple(
        Column(chip(name, _TONES.get(name, "")), tuple(found[name]))
        for name in STATES
        if name in found
    )) if found else None  # fmt: skip


def in_order(site: Site) -> list[Activity]:
    """All activities in the order of the charter's provisions."""
    return sorted(site.hub.all(Activity).values(), key=lambda one: (one.provision, one.key))


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
    steps = in_time(site, [one], f"workplan/activities/{one.key}", named=False)
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
            *([steps.picture, steps.offer] if steps else []),
            listed(site, one)
            or site.empty(
                "No milestone has been agreed yet. Whoever leads the activity proposes the first."
            ),
            anchor="milestones",
        ),
        *site.section("Who takes part", *_participation(site, one), anchor="participation"),
    ]
    chips = [state(site, one)]
    page = site.page(one, [it for it in blocks if it], chips=chips, path=PATH)
    return replace(page, files=steps.files) if steps else page


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
    yield facts or site.empty(
        "Members have not been asked yet. The project coordinator asks each how far it is (ACT-0)."
    )
