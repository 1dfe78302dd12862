"""The glossary: every term with its meaning, how to decide by it, and how members compare."""

from collections.abc import Iterator

from npcs.governance.comparability import comparability
from npcs.publish.empty import nothing_yet
from npcs.publish.later import Later, later
from npcs.publish.listing import by_letter, listing
from npcs.publish.page import Block, Callout, Heading, Items, Page, Table, Text
from npcs.publish.sections.definitions.places import field_address
from npcs.publish.site import Site
from npcs.publish.skos import JSON_LD, TURTLE
from npcs.publish.text import Md, capital, chip, joined, link, plain, sentence
from npcs.records.charter import Decision
from npcs.records.datapackage import DataPackage
from npcs.records.definitions import Definition, Edition

HERE = (("Definitions", "definitions/index"),)
TONES = {"approved": "good", "provisional": "warn", "superseded": "past", "withdrawn": "past"}
MAPPINGS = {
    "exact": "The same cases",
    "broader": "More cases",
    "narrower": "Fewer cases",
    "overlaps": "Some other cases",
    "none": "No such rule",
}
"""What a member's own rule counts, beside the partnership's definition."""


def pages(site: Site) -> Iterator[Page | Later]:
    """The list of terms, and a page for each."""
    terms = site.hub.all(Definition).values()
    page = Page(
        "definitions/index",
        "Definitions",
        (
            Text(sentence("Also here: ", link("the core data set", "definitions/data"), " and ",
                          link("the instruments", "definitions/instruments/index"), ".")),
        ),
        lead=site.text(
            "What the partnership means by its words, so that members count the same things "
            "(STG-1)."
        ),
    )  # fmt: skip
    rows = by_letter(
        (one.term, (site.to(one), site.line(one.definition, one), one.version, state(site, one)))
        for one in terms
    )
    if rows:
        columns = ("Term", "Meaning", "Version", "State")
        yield from listing(page, columns, rows, ("term", "terms"), tuple(_downloads()))
    else:
        empty = nothing_yet(site, "definition", "The terms members have agreed on will stand here.")
        yield Page(page.address, page.title, (empty, *page.blocks), lead=page.lead)
    for term in terms:
        yield later(_term, term)


def _downloads() -> Iterator[Block]:
    yield Heading("For other programs", "downloads")
    yield Text(
        sentence(
            "The whole glossary with its crosswalks as SKOS, the standard for vocabularies: ",
            link("Turtle", TURTLE), " or ", link("JSON-LD", JSON_LD), ".",
        )
    )  # fmt: skip


def state(site: Site, definition: Definition) -> Md:
    """The state of a definition, as its record says; approved only where a decision says so."""
    if definition.status == "approved" and not _approving(site, definition):
        return chip("called approved, no decision on record", "warn")
    return chip(definition.status, TONES.get(definition.status, ""))


def _approving(site: Site, definition: Definition) -> Decision | None:
    """The newest adopted decision about a definition."""
    found = [
        one for one in site.decisions_about.get(definition.key, ()) if site.standing(one).holds
    ]
    return max(found, key=lambda one: (one.date, one.key), default=None)


def _term(site: Site, one: Definition) -> Page:
    approving = _approving(site, one)
    examples: list[Block] = [Text(site.prose(example, one, 3)) for example in one.examples]
    blocks: list[Block | None] = [
        Callout(
            "Superseded",
            sentence("Use ", site.ref("definition", one.superseded_by), " instead."),
            "warning",
        )
        if one.superseded_by
        else None,
        Text(site.prose(one.definition, one)),
        site.facts(
            ("In the words of the law", site.line(one.formal, one)),
            ("Also called", [joined(map(plain, one.also_called))] if one.also_called else None),
            ("Source", site.source(one.source)),
            ("Legal basis", [site.source(law) for law in one.legal_basis]),
            ("Approved by", site.any(approving.key) if approving else None),
            ("Broader term", [site.ref("definition", key) for key in one.broader]),
            ("See also", [site.ref("definition", key) for key in one.related]),
            ("In the core data set", _fields(site, one)),
        ),
        *site.section("It includes", _list(site, one.includes), anchor="includes"),
        *site.section("It does not include", _list(site, one.excludes), anchor="excludes"),
        *site.section(
            "Questions that decide a case", _list(site, one.questions), anchor="questions"
        ),
        *site.section("Examples", *examples, anchor="examples"),
        *_crosswalk(site, one),
        *site.body(one, "Background"),
        *_earlier(site, one),
    ]
    return site.page(
        one,
        [it for it in blocks if it],
        chips=[sentence("Version ", one.version), state(site, one)],
        path=HERE,
        without={"data-package"},
    )


def _list(site: Site, texts: tuple[str, ...]) -> Items | None:
    return Items(tuple(site.text(one) for one in texts)) if texts else None


def _fields(site: Site, one: Definition) -> list[Md]:
    """The fields of the core data set that are defined by a term."""
    return [
        link(field.title or field.name, field_address(table, field))
        for package in site.hub.all(DataPackage).values()
        for table in package.tables
        if table.table
        for field in table.table.fields
        if field.definition == one.key
    ]


def _crosswalk(site: Site, one: Definition) -> list[Block]:
    """How members' rules compare, and what that means for a figure over several of them."""
    if one.status in ("superseded", "withdrawn"):
        return []
    rows = tuple(
        (
            site.member(key),
            sentence(capital(entry.mapping), ". ", MAPPINGS[entry.mapping]),
            site.line(entry.note, one),
            entry.since or "",
            entry.compared_with,
            site.source(entry.source),
        )
        for key, entry in one.crosswalk.items()
    )
    columns = ("Member", "Its own rule counts", "Note", "Since", "Compared with", "Source")
    said = comparability(site.hub, one, site.as_of)
    return site.section(
        "How members' own rules compare",
        Text(site.text(said)) if said else None,
        Table(columns, rows) if rows else None,
        anchor="crosswalk",
    )


def _earlier(site: Site, one: Definition) -> list[Block]:
    """What the term meant before, the latest first."""
    blocks: list[Block | None] = []
    for old in reversed(one.earlier):
        blocks.append(Heading(f"Version {old.version}", f"version-{old.version}", 3))
        blocks.append(Text(site.prose(old.definition, one, 4)))
        blocks.append(_ended(site, one, old))
    return site.section("Earlier meanings", *blocks, anchor="earlier")


def _ended(site: Site, one: Definition, old: Edition) -> Block | None:
    return site.facts(
        ("In the words of the law", site.line(old.formal, one)),
        ("In use until", site.day(old.until)),
        ("Why it was changed", old.why),
    )


__all__ = ["pages", "state"]
