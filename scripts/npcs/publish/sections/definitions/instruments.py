"""Instruments: review tools and surveys by version, with their licence."""

from collections.abc import Iterator

from npcs.publish.empty import nothing_yet
from npcs.publish.later import Later, later
from npcs.publish.page import Block, Callout, Heading, Items, Page, Table, Text
from npcs.publish.site import Site
from npcs.publish.text import Md, sentence
from npcs.records.definitions import Instrument, InstrumentDomain

HERE = (("Definitions", "definitions/index"),)


def pages(site: Site) -> Iterator[Page | Later]:
    """The list of instruments, and a page for each."""
    instruments = [*site.hub.all(Instrument).values()]
    yield _instruments(site, instruments)
    for instrument in instruments:
        yield later(_instrument, instrument)


def _instruments(site: Site, instruments: list[Instrument]) -> Page:
    rows = tuple(
        (site.to(one), one.version, site.text(one.licence))
        for one in sorted(instruments, key=lambda one: one.title)
    )
    empty = "The review tools and surveys that members use will stand here, each with its licence."
    return Page(
        "definitions/instruments/index",
        "Instruments",
        (
            Table(("Instrument", "Version", "Licence"), rows)
            if rows
            else nothing_yet(site, "instrument", empty),
        ),
        path=HERE,
    )


def _instrument(site: Site, one: Instrument) -> Page:
    blocks: list[Block | None] = [
        site.facts(
            ("Licence", one.licence),
            ("Permission", one.permission),
            ("Direction", one.direction),
            ("Scoring", site.line(one.scoring, one)),
            ("Source", site.source(one.source)),
        ),
        Callout("Not shown here", site.prose(one.not_here, one, 3)) if one.not_here else None,
    ]
    ratings = {domain.anchors for domain in one.domains}
    for count, domain in enumerate(one.domains, start=1):
        blocks.append(Heading(domain.name, f"domain-{count}"))
        blocks.append(Text(site.text(f"{domain.direction}.")) if domain.direction else None)
        blocks.append(_list(site, _items(domain)))
        if domain.anchors and len(ratings) > 1:
            blocks.append(Text(Md("How each is rated:")))
            blocks.append(_list(site, domain.anchors))
    if len(ratings) == 1:
        blocks += site.section("How each is rated", _list(site, *ratings), anchor="ratings")
    return site.page(
        one,
        [it for it in blocks if it],
        chips=[sentence("Version ", one.version)],
        path=(*HERE, ("Instruments", "definitions/instruments/index")),
    )


def _items(domain: InstrumentDomain) -> tuple[str, ...]:
    """The items of a domain, with a remark at those that are worded the other way round."""
    return tuple(
        f"{text} (worded the other way round)" if number in domain.reverse else text
        for number, text in enumerate(domain.items, start=1)
    )


def _list(site: Site, texts: tuple[str, ...]) -> Items | None:
    return Items(tuple(site.text(one) for one in texts)) if texts else None
