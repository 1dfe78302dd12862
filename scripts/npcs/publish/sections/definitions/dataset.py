"""The core data set as a data dictionary: what is in it, classes of privacy, checks, templates."""

from collections.abc import Iterator

from npcs.governance.row_checks import script
from npcs.governance.standard import standard
from npcs.publish.empty import nothing_yet
from npcs.publish.page import Block, Heading, Page, Table, Text
from npcs.publish.sections.definitions import tables, versions
from npcs.publish.sections.definitions.places import (
    CODES,
    codes_address,
    field_address,
    field_anchor,
    table_anchor,
    table_page,
)
from npcs.publish.sections.definitions.tables import PRIVACY, code
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, joined, link, number, sentence
from npcs.publish.workbook import CHECKS, WORKBOOK, template_of
from npcs.records.datapackage import FOLDER, DataPackage, Resource

HERE = (("Definitions", "definitions/index"),)
CHANGES = f"{FOLDER}/changes"


def pages(site: Site) -> Iterator[Page]:
    """The way to the data set, its dictionary, and its lists of codes."""
    packages = [*site.hub.all(DataPackage).values()]
    yield _data(site, packages)
    for package in packages:
        yield _package(site, package)
        yield from (tables.table(site, package, it) for it in package.tables)
        if package.code_lists:
            yield tables.codes(site, package)
        yield versions.page(site, package)


def _data(site: Site, packages: list[DataPackage]) -> Page:
    rows = tuple((site.to(one), one.version, site.line(one.description, one)) for one in packages)
    empty = "The data that members agree to gather in the same way will stand here."
    table = (
        Table(("Data set", "Version", "What it is"), rows, stacks=True)
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
    for it in one.tables:
        blocks += _fields(site, one, it)
    blocks += [
        *_missing(one),
        Heading("Classes of privacy", "privacy"),
        Table(
            ("Class", "Data of this class"),
            tuple((key, capital(text)) for key, text in PRIVACY.items()),
        ),
        *site.section("Never shared", _never(site, one), anchor="never-shared"),
        *_checks(site, one),
        *_codes(one),
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


def _fields(site: Site, one: DataPackage, it: Resource) -> Iterator[Block]:
    """A table in short: the names of its fields, each at the place it has always had."""
    yield Heading(it.title or it.name, table_anchor(it.name))
    if it.description:
        yield Text(site.prose(it.description, one, 3))
    fields = it.table.fields if it.table else ()
    names = (
        _placed(link(field.title or field.name, field_address(it, field)), field_anchor(it, field))
        for field in fields
    )
    every = link(f"All about {number(len(fields), 'field')}", table_page(it))
    yield Text(sentence(every, ": ", joined(names), "."))


def _codes(one: DataPackage) -> Iterator[Block]:
    """The lists of codes by name, each at the place it has always had."""
    if one.code_lists:
        yield Heading("Lists of codes", "codes")
        names = (
            _placed(link(it.title or it.name, codes_address(it.name)), table_anchor(it.name))
            for it in one.code_lists
        )
        yield Text(sentence(link("All lists with their codes", CODES), ": ", joined(names), "."))


def _placed(words: Md, anchor: str) -> Md:
    return Md(f"{words}{{ #{anchor} }}")


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
        yield Table(("Word", "Meaning"), tuple((code(word), label) for word, label in words))


def _never(site: Site, one: DataPackage) -> Table | None:
    rows = tuple((code(it.name), site.text(it.why)) for it in one.never_shared)
    return Table(("Column", "Why"), rows) if rows else None


def _checks(site: Site, one: DataPackage) -> Iterator[Block]:
    if not one.checks:
        return
    said = {"error": "The row is wrong", "warning": "Somebody looks: it may be right"}
    several = len({it.table for it in one.checks}) > 1
    rows = tuple(
        (code(it.name), site.text(it.says), it.table if several else "", said[it.severity])
        for it in one.checks
    )
    yield Heading("Checks across fields", "checks")
    yield Table(("Check", "What has to hold", "Table", "Where it does not"), rows, stacks=True)
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
