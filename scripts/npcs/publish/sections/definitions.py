"""Definitions: the glossary, the core data set and the instruments."""

from collections.abc import Iterator

from npcs.publish.listing import by_letter, listing
from npcs.publish.page import Block, Callout, Heading, Items, Page, Table, Text
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, joined, link, number, sentence
from npcs.records.charter import Decision
from npcs.records.datapackage import DataPackage
from npcs.records.definitions import Definition, Instrument

HERE = (("Definitions", "definitions/index"),)
TONES = {"approved": "good", "provisional": "warn", "superseded": "past", "withdrawn": "past"}
PRIVACY = {
    "P0": "may be published",
    "P1": "only in figures too large to point to anybody",
    "P2": "stays on the members' platform",
    "P3": "never leaves the jurisdiction",
}


def pages(site: Site) -> Iterator[Page]:
    """The glossary with the data set and the instruments below, and a page for each."""
    terms = site.hub.all(Definition).values()
    rest: list[Block] = []
    packages = site.hub.all(DataPackage).values()
    instruments = site.hub.all(Instrument).values()
    rest.append(
        Text(sentence("Also here: ", link("the core data set", "definitions/data"), " and ",
                      link("the instruments", "definitions/instruments/index"), "."))
    )  # fmt: skip
    page = Page(
        "definitions/index",
        "Definitions",
        tuple(rest),
        lead=site.text(
            "What the partnership means by its words, so that members count the same things "
            "(STG-1)."
        ),
    )
    rows = by_letter(
        (one.term, (site.to(one), site.line(one.definition, one), one.version, state(site, one)))
        for one in terms
    )
    if rows:
        yield from listing(page, ("Term", "Meaning", "Version", "State"), rows, ("term", "terms"))
    else:
        empty = site.empty("The terms members have agreed on will stand here.")
        yield Page(page.address, page.title, (empty, *rest), lead=page.lead)
    for term in terms:
        yield _term(site, term)
    yield _data(site, [*packages])
    for package in packages:
        yield _package(site, package)
    yield _instruments(site, [*instruments])
    for instrument in instruments:
        yield _instrument(site, instrument)


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
    newer = Callout(
        "Superseded",
        sentence("Use ", site.ref("definition", one.superseded_by), " instead."),
        "warning",
    )
    crosswalk = tuple(
        (
            site.member(key),
            capital(entry.mapping),
            site.line(entry.note, one),
            site.source(entry.source),
        )
        for key, entry in one.crosswalk.items()
    )
    columns = ("Member", "Its own rule", "Note", "Source")
    examples: list[Block] = [Text(site.prose(example, one, 3)) for example in one.examples]
    blocks: list[Block | None] = [
        newer if one.superseded_by else None,
        Text(site.prose(one.definition, one)),
        site.facts(
            ("In the words of the law", site.line(one.formal, one)),
            ("Source", site.source(one.source)),
            ("Approved by", site.any(approving.key) if approving else None),
            ("In the core data set", [joined(one.fields)] if one.fields else None),
        ),
        *site.section("It includes", _list(site, one.includes), anchor="includes"),
        *site.section("It does not include", _list(site, one.excludes), anchor="excludes"),
        *site.section(
            "Questions that decide a case", _list(site, one.questions), anchor="questions"
        ),
        *site.section("Examples", *examples, anchor="examples"),
        *site.section(
            "How members' own rules compare",
            Table(columns, crosswalk) if crosswalk else None,
            anchor="crosswalk",
        ),
        *site.body(one, "Background"),
    ]
    return site.page(
        one,
        [it for it in blocks if it],
        chips=[sentence("Version ", one.version), state(site, one)],
        path=HERE,
    )


def _list(site: Site, texts: tuple[str, ...]) -> Items | None:
    return Items(tuple(site.text(one) for one in texts)) if texts else None


# The core data set


def _data(site: Site, packages: list[DataPackage]) -> Page:
    path = HERE
    if not packages:
        return Page(
            "definitions/data",
            "Core data set",
            (
                site.empty(
                    "The data that members agree to gather in the same way will stand here (RES-5)."
                ),
            ),
            path=path,
        )
    rows = tuple((site.to(one), one.version, site.line(one.description, one)) for one in packages)
    return Page(
        "definitions/data",
        "Core data set",
        (Table(("Data set", "Version", "What it is"), rows),),
        path=path,
    )


def _package(site: Site, one: DataPackage) -> Page:
    blocks: list[Block] = []
    if one.description:
        blocks.append(Text(site.prose(one.description, one)))
    levels = tuple((key, capital(text)) for key, text in PRIVACY.items())
    for table in one.resources:
        blocks.append(Heading(table.title or table.name, f"table-{_anchor(table.name)}"))
        if table.table:
            rows = tuple(
                (
                    Md(f"`{field.name}`") if field.name.isidentifier() else field.name,
                    field.title or "",
                    site.line(field.description, one),
                    field.type,
                    field.privacy,
                )
                for field in table.table.fields
            )
            blocks.append(Text(sentence(f"{capital(number(len(rows), 'field'))}.")))
            blocks.append(Table(("Field", "Title", "Meaning", "Type", "Privacy"), rows))
        elif table.path:
            blocks.append(Text(sentence("In ", Md(f"`{_anchor(table.path)}`"), ".")))
    blocks += [
        Heading("Classes of privacy", "privacy"),
        Table(("Class", "Data of this class"), levels),
    ]
    return site.page(
        one, blocks, chips=[Md(f"Version {one.version}")] if _plain(one.version) else [], path=HERE
    )


def _anchor(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-./" else "-" for letter in name)


def _plain(version: str) -> bool:
    return all(letter.isalnum() or letter in ".-" for letter in version)


# Instruments


def _instruments(site: Site, instruments: list[Instrument]) -> Page:
    rows = tuple(
        (site.to(one), one.version, site.text(one.licence))
        for one in sorted(instruments, key=lambda one: one.title)
    )
    empty = "The review tools and surveys that members use will stand here, each with its licence."
    return Page(
        "definitions/instruments/index",
        "Instruments",
        (Table(("Instrument", "Version", "Licence"), rows) if rows else site.empty(empty),),
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
        )
    ]
    ratings = {domain.anchors for domain in one.domains}
    for count, domain in enumerate(one.domains, start=1):
        blocks.append(Heading(domain.name, f"domain-{count}"))
        blocks.append(_list(site, domain.items))
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


__all__ = ["pages", "state"]
