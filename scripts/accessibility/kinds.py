"""Which pages of a site stand for all: those of its menu, and of the others one of each kind."""

import re
from collections import defaultdict
from pathlib import Path
from posixpath import join, normpath

_MENU = re.compile(r'<a href="([^"#]*)" class="md-nav__link')
_CLASSES = re.compile(r'class="(npcs-[^"]*)"')


def kind_of(address: str, menu: set[str]) -> str:
    """The kind of a page: its own address if it is in the menu, else that of its folder."""
    if address in menu or "/" not in address:
        return address or "home"
    return f"{address.rstrip('/').rpartition('/')[0]}/*"


def menu_of(folder: Path) -> set[str]:
    """The addresses of the pages in a site's menu, which shows those of a section on its pages."""
    sections = _linked(folder, "")
    return sections.union(*(_linked(folder, one) for one in sections))


def _linked(folder: Path, address: str) -> set[str]:
    """Where the menu leads from a page."""
    html = (folder / address / "index.html").read_text("utf-8")
    found = {normpath(join(address, link)) for link in _MENU.findall(html)}
    return {"" if one == "." else f"{one}/" for one in found}


def one_of_each(folder: Path, addresses: list[str]) -> list[str]:
    """The largest page of each kind, and whichever has something to show that none of them has."""
    menu = menu_of(folder)
    by_kind: dict[str, list[str]] = defaultdict(list)
    shown: dict[str, set[str]] = {}
    size: dict[str, int] = {}
    for address in addresses:
        path = folder / address
        html = (path / "index.html" if path.is_dir() else path).read_text("utf-8")
        by_kind[kind_of(address, menu)].append(address)
        shown[address] = {one for names in _CLASSES.findall(html) for one in names.split()}
        size[address] = len(html)
    chosen = [max(pages, key=lambda one: size[one]) for pages in by_kind.values()]
    seen = set().union(*(shown[one] for one in chosen))
    for address in sorted(addresses, key=lambda one: -len(shown[one])):
        if shown[address] - seen:
            chosen.append(address)
            seen |= shown[address]
    return sorted(chosen)
