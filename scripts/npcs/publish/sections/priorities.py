"""Improvement priorities: the aim, what drives it, and what was learnt in cycles (ACT-5)."""

from collections.abc import Iterator
from dataclasses import replace

from npcs.publish.charts.drivers import can_be_drawn, drawing
from npcs.publish.later import Later, later
from npcs.publish.page import Block, Embed, Heading, Page, Table, Text, Tree
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, days, joined, link, number, sentence
from npcs.records.workplan import Cycle, Driver, Priority

PATH = (("Work plan", "workplan/index"),)


def pages(site: Site) -> Iterator[Page | Later]:
    """A page for each priority."""
    for one in site.hub.all(Priority).values():
        yield later(_page, one)


def table(site: Site) -> Table | None:
    """All priorities at a glance."""
    rows = tuple(
        (
            site.to(one),
            site.line(one.aim, one),
            joined(site.ref("measure", key) for key in one.measures),
            _counted(site, one),
        )
        for one in site.hub.all(Priority).values()
    )
    return Table(("Priority", "Aim", "Measured by", "Cycles"), rows) if rows else None


def is_open(site: Site, cycle: Cycle) -> bool:
    """Whether a cycle goes on."""
    return cycle.to is None or cycle.to >= site.as_of


def _begun(site: Site, one: Priority) -> list[Cycle]:
    return [cycle for cycle in one.cycles if cycle.from_ <= site.as_of]


def _counted(site: Site, one: Priority) -> str:
    begun = _begun(site, one)
    going = sum(is_open(site, cycle) for cycle in begun)
    return number(len(begun), "cycle") + (f", {going} open" if going else "")


def _page(site: Site, one: Priority) -> Page:
    file = f"workplan/priorities/{one.key}-drivers.svg"
    drawn = can_be_drawn(one)
    tree = Tree(tuple(_drivers(site, one.drivers, 0)))
    blocks: list[Block | None] = [
        Heading("Aim", "aim"),
        Text(site.prose(one.aim, one, 3)),
        site.facts(
            ("Measured by", [site.ref("measure", key) for key in one.measures]),
            ("Care bundle", site.ref("bundle", one.bundle)),
        ),
        *site.body(one),
        *site.section(
            "What drives it",
            Embed(f"Driver diagram: {one.title}", file) if drawn else None,
            Text(Md("The same in words:")) if drawn else None,
            tree if tree.lines else site.empty("Nobody has written down yet what drives it."),
            anchor="drivers",
        ),
        *site.section("What was tried", *_cycles(site, one), anchor="cycles"),
    ]
    page = site.page(one, [it for it in blocks if it], chips=[Md(_counted(site, one))], path=PATH)
    return replace(page, files={file: drawing(one).encode()}) if drawn else page


def _drivers(site: Site, drivers: tuple[Driver, ...], depth: int) -> Iterator[tuple[int, Md]]:
    for one in drivers:
        yield depth, site.text(one.text)
        yield from _drivers(site, one.drivers, depth + 1)


def _cycles(site: Site, one: Priority) -> Iterator[Block]:
    begun = _begun(site, one)
    if not begun:
        yield site.empty(
            "No cycle has begun yet. A cycle is a small test: plan it, do it, study what happened, "
            "and act on it."
        )
        return
    rows = tuple(
        (
            link(_name(site, count, cycle), f"workplan/priorities/{one.key}#cycle-{count}"),
            days(cycle.from_, cycle.to),
            _state(site, cycle),
            site.line(cycle.study, one) if cycle.study else "",
        )
        for count, cycle in enumerate(begun, start=1)
    )
    columns = ("Cycle", "When", "State", "What was learnt")
    yield Table(columns, rows, without={"What was learnt": "nothing yet"})
    for count, cycle in reversed(list(enumerate(begun, start=1))):
        yield Heading(_name(site, count, cycle), f"cycle-{count}", level=3)
        facts = site.facts(
            ("State", sentence(_state(site, cycle), " ", days(cycle.from_, cycle.to))),
            *((capital(part), site.line(getattr(cycle, part), one))
              for part in ("plan", "do", "study", "act")),
        )  # fmt: skip
        if facts:
            yield facts


def _name(site: Site, count: int, cycle: Cycle) -> Md:
    return sentence(f"Cycle {count}", *([": ", site.text(cycle.title)] if cycle.title else []))


def _state(site: Site, cycle: Cycle) -> Md:
    return chip("open") if is_open(site, cycle) else chip("closed", "past")
