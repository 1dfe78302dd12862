"""The staged site: every page as a Markdown file in a folder that any generator can build."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from npcs.publish.addresses import address_of
from npcs.publish.api import Shown, add_api
from npcs.publish.calendars import CALENDARS, calendars, ics
from npcs.publish.charts.svg import style
from npcs.publish.errors import BuildFailed
from npcs.publish.feeds import FEEDS, feeds, files_of
from npcs.publish.guides import mark
from npcs.publish.paging import Told, every_page
from npcs.publish.pieces import NOTHING, Known, Pieces, sum_of, sum_of_plain
from npcs.publish.published import kept, parents
from npcs.publish.search.index import Entry, index_files
from npcs.publish.search.places import places
from npcs.publish.site import Site
from npcs.publish.sitemap import sitemap_files
from npcs.publish.skos import glossary_files
from npcs.publish.workbook import template_files
from npcs.rules.beside import promised

_WORTH_TWO = 2000
"""From how many places that can be found on a second process pays for their index."""


@dataclass(frozen=True, slots=True)
class Staged:
    """What staging did: the source of each page by its file, and the files that have changed.

    ``digests`` has every file there is now, ``known`` what they were made of.
    """

    sources: Mapping[str, str]
    digests: Mapping[str, bytes]
    changed: frozenset[str]
    removed: frozenset[str]
    known: Known


def stage(site: Site, folder: Path, before: Known = NOTHING) -> Staged:
    """Write all pages of the site below a folder; what is there already and still right stays.

    ``before`` are the pieces of the site as it is staged in the folder, with nothing changed there.
    Raises ``BuildFailed`` as ``planned`` does.
    """
    key = sum_of((site.as_of, site.settings, site.root_keys, str(site.root), mark()))
    pieces = Pieces(site.hub.reads, site.version, key, before, folder)
    with site.hub.reads.recalling(pieces.recall):
        sources = _plan(site, pieces)
        changed, removed = _write(folder, pieces)
        return Staged(sources, pieces.digests, changed, removed, pieces.known())


def planned(site: Site) -> tuple[dict[str, bytes], dict[str, str]]:
    """Every file of the site before it is built, and the source of each page, by path.

    Raises ``BuildFailed`` where two pages want one address, a link leads nowhere, a record has no
    page, or an address that was published is gone.
    """
    pieces = Pieces(site.hub.reads, site.version)
    sources = _plan(site, pieces)
    return pieces.contents, sources


def _plan(site: Site, pieces: Pieces) -> dict[str, str]:
    """Make all pieces of the site, or take them over; gives the source of each page, by path."""
    sources: dict[str, str] = {}
    entries = [*pieces.get("places", lambda: _places(site))]
    shown: dict[str, Shown] = {}
    for one in every_page(site, pieces):
        _take(one, sources)
        if one.entry:
            entries.append(one.entry)
        if one.source:
            shown[one.source] = Shown(one.address, one.title, one.chips)
    if site.broken:
        raise BuildFailed(_broken(site))
    _refuse_missing(site, sources)
    pieces.get("offered", lambda: (None, _companions(site)))
    said = sum_of_plain(entries)
    worth = len(entries) >= _WORTH_TWO and not pieces.has("index", said)
    with promised(partial(index_files, map(Entry.of, entries)), worth) as index:
        pieces.each("feeds", partial(feeds, site), lambda one: (None, files_of(one)),
                    mark=lambda one: sum_of_plain(one.plain()))  # fmt: skip
        pieces.each(
            "calendars", partial(calendars, site), lambda one: (None, {one[0]: ics(*one[1:])})
        )
        add_api(site, pieces, shown, [f"{one}.xml" for one in FEEDS], CALENDARS)
        pieces.get("index", lambda: (None, index()), said)
    pieces.add(sitemap_files(site, sources))
    pieces.add(parents(pieces.files))
    pieces.add(kept(site.root, pieces.files, site.looks_back))
    redline = files("npcs.charter.redline").joinpath("marks.css").read_bytes()
    pieces.add({"assets/redline.css": redline, "assets/charts.css": style().encode()})
    return sources


def _places(site: Site) -> tuple[list[Any], dict[str, bytes]]:
    return [one.weighed().plain() for one in places(site)], {}


def _take(page: Told, sources: dict[str, str]) -> None:
    name = page.address + ".md"
    if name in sources:
        first, second = (one or "the site itself" for one in (sources[name], page.source))
        raise BuildFailed(
            f"{second}: its page would stand at “{page.address}”, where {first} has its own. "
            "Give one of the two another id."
        )
    sources[name] = page.source


def _refuse_missing(site: Site, sources: Mapping[str, str]) -> None:
    """Raise ``BuildFailed`` where a record stands on no page: it must not vanish unseen."""
    shown = set(sources.values())
    for path, document in site.hub.documents.items():
        page, mark, _ = address_of(document).partition("#")
        if path not in shown and not (mark and f"{page}.md" in sources):
            raise BuildFailed(
                f"{path}: no page shows this record; “{page}” was to. The site shows every record "
                "or none."
            )


def _broken(site: Site) -> str:
    lines = [
        f"{one.path}:{one.line}:{one.column}: the link “{one.target}” leads to nothing here"
        for one in sorted(set(site.broken), key=lambda one: (one.path, one.line, one.column))
    ]
    return "\n".join(lines)


def _companions(site: Site) -> dict[str, bytes]:
    """Files that pages offer: glossary, data set with templates, figures of the measures."""
    offered = glossary_files(site.hub, site.settings.name) | template_files(site.hub, site.as_of)
    return offered | {
        path: one.source
        for path, one in sorted(site.hub.companions.items())
        if path.startswith("workplan/measures/") and path.endswith(".csv")
    }


def _write(folder: Path, pieces: Pieces) -> tuple[frozenset[str], frozenset[str]]:
    there = set(_files(folder))
    changed = []
    for name, content in pieces.contents.items():
        path = folder / name
        if name not in there:
            path.parent.mkdir(parents=True, exist_ok=True)
        elif path.read_bytes() == content:
            continue
        _replace(path, content)
        changed.append(name)
    gone = there - pieces.digests.keys()
    for name in gone:
        (folder / name).unlink()
        prune(folder, name)
    return frozenset(changed), frozenset(gone)


def _replace(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it."""
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(content)
    beside.replace(path)


def _files(folder: Path) -> Iterable[str]:
    """All files below a folder, by path from it."""
    start = len(str(folder)) + 1
    for where, _, names in os.walk(folder):
        for name in names:
            yield f"{where}/{name}"[start:].replace(os.sep, "/")


def prune(folder: Path, name: str) -> None:
    """Remove the folders that a removed file leaves empty."""
    for parent in (folder / name).parents:
        if parent == folder:
            return
        try:
            parent.rmdir()
        except OSError:
            return
