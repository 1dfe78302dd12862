"""What changed in the core data set from version to version, as its tags in Git have kept it."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from npcs.governance.standard import PACKAGE, Standard, standard, why_unread
from npcs.governance.standard_diff import EFFECTS, Change, changes
from npcs.history.released import folders_at, releases
from npcs.publish.page import Block, Heading, Page, Table, Text
from npcs.publish.sections.definitions.places import field_address
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, day, joined, link, plain, sentence
from npcs.records.datapackage import FOLDER, DataPackage
from npcs.records.hub import Hub, document

_TONES = {"breaking": "bad", "widening": "good", "wording": ""}


class Unread(NamedTuple):
    """A tag with a data set of another form than that of today, and what does not fit."""

    tag: str
    on: str
    why: str


class Kept(NamedTuple):
    """A version as it stood at the first tag that had it."""

    tag: str
    on: str
    standard: Standard


def page(site: Site, package: DataPackage) -> Page:
    """The page of all versions, the newest first."""
    here = standard(site.hub)
    kept, unread = _kept(site)
    blocks: list[Block] = [
        Text(sentence(
            "A version is kept with the tag of the release, or of the approved charter, that it "
            "first stood in. Each change says how much it asks:"
        )),
        Table(
            ("Change", "What it means"),
            tuple((_chip(name), text) for name, text in EFFECTS.items()),
        ),
    ]  # fmt: skip
    if here:
        blocks += _since(site, kept[-1] if kept else None, here, bool(unread))
    for number in range(len(kept) - 1, -1, -1):
        blocks += _version(site, kept, number, bool(unread))
    if unread:
        blocks += [Heading("Not compared", "not-compared"), Text(_not_compared(unread))]
    return Page(
        f"{FOLDER}/changes",
        "What changed in the core data set",
        tuple(blocks),
        path=(("Definitions", "definitions/index"), (package.title, FOLDER)),
    )


def _not_compared(unread: list[Unread]) -> Md:
    """A line on the tags whose data set cannot be read any more."""
    tags = joined(
        sentence(plain(one.tag), " of ", day(date.fromisoformat(one.on))) for one in unread
    )
    return sentence(
        "At the tag" + "s" * (len(unread) > 1) + " ", tags, " the data set had another form than "
        "that of today, so it is not compared. At ", plain(unread[-1].tag), ", ",
        _shown(unread[-1].why), ".",
    )  # fmt: skip


def _since(site: Site, last: Kept | None, here: Standard, unread: bool) -> Iterator[Block]:
    """What has changed since the last tag, and is not kept by one yet."""
    version = here.package.version
    if last is None:
        yield Heading(f"Version {version}, not released yet", "now")
        none = "No version that can still be read" if unread else "No version"
        yield Text(
            sentence(
                f"{none} has been released so far, so there is nothing to compare with. ",
                link("The data set as it stands", FOLDER),
                " is a proposal until then. The first release begins the list.",
            )
        )
    elif found := changes(last.standard, here):
        yield Heading(f"Version {version}, not released yet", "now")
        yield Text(sentence("Compared with version ", last.standard.package.version, ":"))
        yield _table(site, found)


def _version(site: Site, kept: list[Kept], number: int, unread: bool) -> Iterator[Block]:
    one = kept[number]
    yield Heading(f"Version {one.standard.package.version}", f"from-{number + 1}")
    on = day(date.fromisoformat(one.on))
    text = sentence("First kept by the tag ", plain(one.tag), " of ", on, ".")
    if number:
        before = kept[number - 1].standard
        yield Text(sentence(text, " Compared with version ", before.package.version, ":"))
        found = changes(before, one.standard)
        yield _table(site, found) if found else Text(Md("Nothing but the number."))
    else:
        fields = sum(len(it.table.fields) for it in one.standard.package.tables if it.table)
        first = "The first version that can still be read" if unread else "The first version"
        yield Text(sentence(text, f" {first}, with {fields} fields."))


def _table(site: Site, found: tuple[Change, ...]) -> Table:
    rows = tuple(
        (_chip(one.effect), sentence(_where(site, one.where), ": ", _shown(one.what)))
        for one in found
    )
    return Table(("Change", "What changed"), rows)


def _where(site: Site, where: str) -> Md:
    """The place of a change; a field that there still is as a link to its entry."""
    for package in site.hub.all(DataPackage).values():
        for table in package.tables:
            for field in table.table.fields if table.table else ():
                if where == f"{table.name}.{field.name}":
                    return link(Md(f"`{where}`"), field_address(table, field))
    return Md(f"`{where}`") if re.fullmatch(r"[\w.]+", where) else _shown(where)


def _chip(effect: str) -> Md:
    return chip(capital(effect), _TONES[effect])


def _shown(text: str) -> Md:
    """A text whose names between backquotes show as code, and all else as it stands."""
    parts = re.split(r"`([\w.-]+(?:, [\w.-]+)*)`", text, flags=re.ASCII)
    return sentence(*(Md(f"`{part}`") if at % 2 else part for at, part in enumerate(parts)))


def _kept(site: Site) -> tuple[list[Kept], list[Unread]]:
    """Each text of the data set that a tag keeps, with the first such tag, the earliest first.

    Beside them, in the same order, the texts that do not fit the form of today.
    """
    root = site.repository
    if root is None:
        return [], []
    tags = {tag: on for tag, on in releases(root) if on <= str(site.as_of)}
    found = folders_at(root, [*tags], FOLDER)
    kept: list[Kept] = []
    unread: dict[str, Unread] = {}  # by the tree, so that one text is told once
    for tag, on in tags.items():
        if tag not in found:
            continue
        tree, texts = found[tag]
        hub = Hub(document(path, raw) for path, raw in sorted(texts.items()))
        then = standard(hub)
        if then is None and PACKAGE in hub.documents:
            unread.setdefault(tree, Unread(tag, on, why_unread(hub)))
        if then and not (kept and _same(kept[-1].standard, then)):
            kept.append(Kept(tag, on, then))
    return kept, [*unread.values()]


def _same(one: Standard, other: Standard) -> bool:
    return one.package.version == other.package.version and not changes(one, other)
