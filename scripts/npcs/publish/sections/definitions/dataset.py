"""The core data set as a data dictionary: tables, fields, codes, classes of privacy, templates."""

from collections.abc import Iterator

from npcs.governance.row_checks import script
from npcs.governance.standard import cells, standard
from npcs.publish.empty import nothing_yet
from npcs.publish.page import Block, Heading, Page, Table, Text
from npcs.publish.sections.definitions import versions
from npcs.publish.sections.definitions.versions import anchor, field_anchor
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, joined, link, sentence
from npcs.publish.workbook import CHECKS, WORKBOOK, template_of
from npcs.records.datapackage import FOLDER, DataField, DataPackage, Resource

HERE = (("Definitions", "definitions/index"),)
CHANGES = f"{FOLDER}/changes"
PRIVACY = {
    "P0": "may be published",
    "P1": "only in figures too large to point to anybody",
    "P2": "stays on the members' platform",
    "P3": "never leaves the jurisdiction",
}


def pages(site: Site) -> Iterator[Page]:
    """The way to the data set, its dictionary, and its lists of codes."""
    packages = [*site.hub.all(DataPackage).values()]
    yield _data(site, packages)
    for package in packages:
        yield _package(site, package)
        yield versions.page(site, package)


def _data(site: Site, packages: list[DataPackage]) -> Page:
    rows = tuple((site.to(one), one.version, site.line(one.description, one)) for one in packages)
    empty = "The data that members agree to gather in the same way will stand here."
    table = (
        Table(("Data set", "Version", "What it is"), rows)
        if rows
        else nothing_yet(site, "data-package", empty)
    )
    more = [Text(link("What changed from version to version", CHANGES))] if rows else []
    return Page("definitions/data", "Core data set", (table, *more), path=HERE)


def _package(site: Site, one: DataPackage) -> Page:
    blocks: list[Block | None] = [
        Text(site.prose(one.description, one)) if one.description else None,
        *_downloads(one),
    ]
    for table in one.tables:
        blocks += _table(site, one, table)
    blocks += [
        *_missing(one),
        Heading("Classes of privacy", "privacy"),
        Table(
            ("Class", "Data of this class"),
            tuple((key, capital(text)) for key, text in PRIVACY.items()),
        ),
        *site.section("Never shared", _never(site, one), anchor="never-shared"),
        *_checks(site, one),
        *_codes(site, one),
    ]
    return site.page(
        one, [it for it in blocks if it], chips=[sentence("Version ", one.version)], path=HERE
    )


def _downloads(one: DataPackage) -> Iterator[Block]:
    if not one.tables:
        return
    yield Heading("Templates", "templates")
    yield Text(
        sentence(
            link("One workbook for all tables (XLSX)", f"{FOLDER}/{WORKBOOK}"),
            ", with a list to choose from in each coded column and an explanation for every field. "
            "Or a file for each table, with nothing but its columns (CSV): ",
            joined(
                link(table.title or table.name, f"{FOLDER}/{template_of(table)}")
                for table in one.tables
            ),
            ". The whole standard as a ",
            link("Data Package", f"{FOLDER}/datapackage.yaml"),
            ". ",
            link("What changed", CHANGES),
            " tells the versions apart. Filled in, none of these belongs on this site or in its "
            "repository.",
        )
    )
    if any(field.ncands for table in one.tables if table.table for field in table.table.fields):
        yield Text(
            Md("Where a field names elements of NCANDS, the federal child file asks about the same "
               "matter. Its codes are not those used here.")
        )  # fmt: skip


def _table(site: Site, one: DataPackage, table: Resource) -> Iterator[Block]:
    yield Heading(table.title or table.name, f"table-{anchor(table.name)}")
    if table.description:
        yield Text(site.prose(table.description, one, 3))
    for field in table.table.fields if table.table else ():
        yield from _field(site, one, table, field)


def _field(site: Site, one: DataPackage, table: Resource, field: DataField) -> Iterator[Block]:
    yield Heading(field.title or field.name, field_anchor(table, field), 3)
    facts = site.facts(
        ("Field", _code(field.name)),
        ("Meaning", site.line(field.description, one)),
        ("Values", _values(table, field)),
        ("Asked", _asked(field)),
        ("Privacy", sentence(chip(field.privacy), " ", PRIVACY[field.privacy])),
        ("Defined by", site.ref("definition", field.definition)),
        ("In NCANDS", [joined(map(_code, field.ncands))] if field.ncands else None),
    )
    if facts:
        yield facts


def _values(table: Resource, field: DataField) -> Md:
    assert table.table
    codes = table.table.codes_of(field.name)
    if codes:
        return link("one of these codes", f"{FOLDER}#table-{anchor(codes)}")
    least, most = (field.constraints.get(name) for name in ("minimum", "maximum"))
    if least is not None:
        upper = f" to {most}" if most is not None else " or more"
        return sentence(f"whole number, {least}{upper}")
    return sentence({"integer": "whole number"}.get(field.type, "text"))


def _asked(field: DataField) -> Md:
    if field.requirement == "conditional":
        return sentence(f"if {field.asked_when}" if field.asked_when else "in some cases")
    return sentence({"required": "always", "optional": "if the member can"}[field.requirement])


def _missing(one: DataPackage) -> Iterator[Block]:
    """The words for what is missing, which all tables share."""
    words = {
        (it.value, it.label): None
        for table in one.tables
        if table.table
        for it in table.table.missing
    }
    if words:
        yield Heading("What is missing", "missing")
        yield Text(
            Md("No cell is left blank. Where there is no value, one of these words says why.")
        )
        yield Table(("Word", "Meaning"), tuple((_code(word), label) for word, label in words))


def _never(site: Site, one: DataPackage) -> Table | None:
    rows = tuple((_code(it.name), site.text(it.why)) for it in one.never_shared)
    return Table(("Column", "Why"), rows) if rows else None


def _checks(site: Site, one: DataPackage) -> Iterator[Block]:
    if not one.checks:
        return
    said = {"error": "The row is wrong", "warning": "Somebody looks: it may be right"}
    several = len({it.table for it in one.checks}) > 1
    rows = tuple(
        (_code(it.name), site.text(it.says), it.table if several else "", said[it.severity])
        for it in one.checks
    )
    yield Heading("Checks across fields", "checks")
    yield Table(("Check", "What has to hold", "Table", "Where it does not"), rows).filled
    of = standard(site.hub)
    if of is None or not script(of):
        return
    yield Text(
        sentence(
            "Members check their own rows, where the rows are: the same checks stand in ",
            link("checks.sql", f"{FOLDER}/{CHECKS}"),
            ", a question that SQLite and other databases can answer. Its first lines say how. It "
            "names the check and the record, and nothing that the record says.",
        )
    )


def _codes(site: Site, one: DataPackage) -> Iterator[Block]:
    if one.code_lists:
        yield Heading("Lists of codes", "codes")
    for resource in one.code_lists:
        yield Heading(resource.title or resource.name, f"table-{anchor(resource.name)}", 3)
        header, *rows = cells(site.hub, resource) or [[]]
        if rows:
            shown = tuple(
                tuple(text if name == "label" else _code(text)
                      for name, text in zip(header, row, strict=False))
                for row in rows
            )  # fmt: skip
            names = {"label": "Meaning", "code": "Code"}
            yield Table(tuple(names.get(name, capital(name)) for name in header), shown)


def _code(text: str) -> Md:
    """A name as it stands in a file."""
    return Md(f"`{text}`") if text and "`" not in text and text.strip() == text else sentence(text)
