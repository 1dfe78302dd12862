"""The staged site: every page as a Markdown file in a folder that any generator can build."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from npcs.publish.addresses import address_of
from npcs.publish.api import Shown, api_files
from npcs.publish.calendars import CALENDARS
from npcs.publish.charts.svg import style
from npcs.publish.errors import BuildFailed
from npcs.publish.feeds import FEEDS
from npcs.publish.imprint import imprint
from npcs.publish.metadata import head
from npcs.publish.page import Page
from npcs.publish.published import kept
from npcs.publish.render import markdown
from npcs.publish.search.index import Entry, index_files
from npcs.publish.search.places import places
from npcs.publish.sections import pages
from npcs.publish.site import Site
from npcs.publish.sitemap import sitemap_files
from npcs.publish.skos import glossary_files
from npcs.publish.text import said
from npcs.publish.workbook import template_files


@dataclass(frozen=True, slots=True)
class Staged:
    """What staging did: the source of each page by its file, and the files that have changed."""

    sources: Mapping[str, str]
    changed: frozenset[str]
    removed: frozenset[str]


def stage(site: Site, folder: Path) -> Staged:
    """Write all pages of the site below a folder; what is there already and still right stays.

    Raises ``BuildFailed`` as ``planned`` does.
    """
    wanted, sources = planned(site)
    return Staged(sources, *_write(folder, wanted))


def planned(site: Site) -> tuple[dict[str, bytes], dict[str, str]]:
    """Every file of the site before it is built, and the source of each page, by path.

    Raises ``BuildFailed`` where two pages want one address, a link leads nowhere, a record has no
    page, or an address that was published is gone.
    """
    wanted: dict[str, bytes] = {}
    sources: dict[str, str] = {}
    found = [*places(site)]
    shown: dict[str, Shown] = {}
    for page in pages(site):
        text = _add(page, site, wanted, sources)
        if page.facets:
            found.append(
                Entry(page.address, page.title, page.facets, text, page.number, page.weight)
            )
        if page.source:
            shown[page.source] = Shown(page.address, page.title, tuple(map(said, page.chips)))
    if site.broken:
        raise BuildFailed(_broken(site))
    _refuse_missing(site, sources)
    wanted |= _companions(site) | index_files(found)
    wanted |= api_files(site, shown, [f"{one}.xml" for one in FEEDS], CALENDARS)
    wanted |= sitemap_files(site, sources)
    wanted |= kept(site.root, wanted)
    wanted["assets/redline.css"] = files("npcs.charter.redline").joinpath("marks.css").read_bytes()
    wanted["assets/charts.css"] = style().encode()
    return wanted, sources


def _add(page: Page, site: Site, wanted: dict[str, bytes], sources: dict[str, str]) -> str:
    """Add a page to what is wanted; gives its Markdown."""
    name = page.address + ".md"
    if name in sources:
        first, second = (one or "the site itself" for one in (sources[name], page.source))
        raise BuildFailed(
            f"{second}: its page would stand at “{page.address}”, where {first} has its own. "
            "Give one of the two another id."
        )
    sources[name] = page.source
    text = markdown(page, site.settings.banner, head(page, site), imprint(page, site))
    wanted[name] = text.encode()
    wanted.update(page.files)
    return text


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


def _write(folder: Path, wanted: Mapping[str, bytes]) -> tuple[frozenset[str], frozenset[str]]:
    there = set(_files(folder))
    changed = []
    for name, content in wanted.items():
        path = folder / name
        if name not in there:
            path.parent.mkdir(parents=True, exist_ok=True)
        elif path.read_bytes() == content:
            continue
        _replace(path, content)
        changed.append(name)
    gone = there - wanted.keys()
    for name in gone:
        (folder / name).unlink()
        _prune(folder, name)
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


def _prune(folder: Path, name: str) -> None:
    """Remove the folders that a removed file leaves empty."""
    for parent in (folder / name).parents:
        if parent == folder:
            return
        try:
            parent.rmdir()
        except OSError:
            return
