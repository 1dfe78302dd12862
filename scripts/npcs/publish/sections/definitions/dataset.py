"""The core data set: its tables, fields and classes of privacy."""

from collections.abc import Iterator

from npcs.publish.page import Block, Heading, Page, Table, Text
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, number, sentence
from npcs.records.datapackage import DataPackage

HERE = (("Definitions", "definitions/index"),)
PRIVACY = {
    "P0": "may be published",
    "P1": "only in figures too large to point to anybody",
    "P2": "stays on the members' platform",
    "P3": "never leaves the jurisdiction",
}


def pages(site: Site) -> Iterator[Page]:
    """The way to the data set, and its own page."""
    packages = [*site.hub.all(DataPackage).values()]
    yield _data(site, packages)
    for package in packages:
        yield _package(site, package)


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
