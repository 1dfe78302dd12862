"""The pages of the core data set's tables, with every field, and of its lists of codes."""

from collections.abc import Iterator
from dataclasses import replace

from npcs.governance.standard import cells
from npcs.publish.page import Block, Heading, Page, Table, Text
from npcs.publish.sections.definitions.places import (
    CODES,
    codes_address,
    field_anchor,
    table_anchor,
    table_page,
)
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, joined, link, number, sentence
from npcs.publish.workbook import template_of
from npcs.records.datapackage import FOLDER, DataField, DataPackage, Resource

PRIVACY = {
    "P0": "may be published",
    "P1": "only in figures too large to point to anybody",
    "P2": "stays on the members' platform",
    "P3": "never leaves the jurisdiction",
}


def table(site: Site, one: DataPackage, it: Resource) -> Page:
    """The page of a table: what it is for, and each of its fields."""
    fields = it.table.fields if it.table else ()
    about = sentence(
        f"{capital(number(len(fields), 'field'))}. The table to fill in: ",
        link("with nothing but its columns (CSV)", f"{FOLDER}/{template_of(it)}"), ".",
    )  # fmt: skip
    blocks: list[Block] = [Text(site.prose(it.description, one, 2))] if it.description else []
    blocks.append(Text(about))
    for field in fields:
        blocks += _field(site, one, it, field)
    return _below(one, Page(table_page(it), it.title or it.name, tuple(blocks),
                            kind="Core data set"), site)  # fmt: skip


def codes(site: Site, one: DataPackage) -> Page:
    """The page of all lists of codes."""
    blocks: list[Block] = []
    for resource in one.code_lists:
        blocks += _list(site, resource)
    return _below(one, Page(CODES, "Lists of codes", tuple(blocks),
                            kind="Core data set"), site)  # fmt: skip


def _below(one: DataPackage, page: Page, site: Site) -> Page:
    path = (("Definitions", "definitions/index"), (one.title, FOLDER))
    return replace(page, path=path, foot=site.foot(one.path),
                   chips=(sentence("Version ", one.version),))  # fmt: skip


def _field(site: Site, one: DataPackage, table: Resource, field: DataField) -> Iterator[Block]:
    yield Heading(field.title or field.name, field_anchor(table, field))
    facts = site.facts(
        ("Field", code(field.name)),
        ("Meaning", site.line(field.description, one)),
        ("Values", _values(table, field)),
        ("Asked", _asked(field)),
        ("Privacy", sentence(chip(field.privacy), " ", PRIVACY[field.privacy])),
        ("Defined by", site.ref("definition", field.definition)),
        ("In NCANDS", [joined(map(code, field.ncands))] if field.ncands else None),
    )
    if facts:
        yield facts


def _values(table: Resource, field: DataField) -> Md:
    assert table.table
    codes = table.table.codes_of(field.name)
    if codes:
        return link("one of these codes", codes_address(codes))
    least, most = (field.constraints.get(name) for name in ("minimum", "maximum"))
    if least is not None:
        upper = f" to {most}" if most is not None else " or more"
        return sentence(f"whole number, {least}{upper}")
    return sentence({"integer": "whole number"}.get(field.type, "text"))


def _asked(field: DataField) -> Md:
    if field.requirement == "conditional":
        return sentence(f"if {field.asked_when}" if field.asked_when else "in some cases")
    return sentence({"required": "always", "optional": "if the member can"}[field.requirement])


def _list(site: Site, resource: Resource) -> Iterator[Block]:
    yield Heading(resource.title or resource.name, table_anchor(resource.name))
    header, *rows = cells(site.hub, resource) or [[]]
    if rows:
        shown = tuple(
            tuple(text if name == "label" else code(text)
                  for name, text in zip(header, row, strict=False))
            for row in rows
            if len(row) == len(header)
        )  # fmt: skip
        names = {"label": "Meaning", "code": "Code"}
        yield Table(tuple(names.get(name, capital(name)) for name in header), shown)


def code(text: str) -> Md:
    """A name as it stands in a file."""
    return Md(f"`{text}`") if text and "`" not in text and text.strip() == text else sentence(text)
