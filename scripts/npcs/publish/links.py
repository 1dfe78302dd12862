"""Links of the finished site: each leads to a file that is there, and to a place in it."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from npcs.publish.errors import BuildFailed

_LINK = re.compile(r'<[a-z][^<>]*? (?:href|src|action)="([^"]*)"')
_ID = re.compile(r'<[a-z][^<>]*? id="([^"]*)"')
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_ANYWHERE = "404.html"
"""The page shown at any address, so that its links count from the top of the host."""

_SHOWN = 20


def refuse_broken(folder: Path, names: Iterable[str], top: str = "/") -> None:
    """Raise ``BuildFailed`` where a link of a page leads to nothing; see ``broken``."""
    lines = list(broken(folder, names, top))
    if lines:
        more = [f"and {len(lines) - _SHOWN} more"] if len(lines) > _SHOWN else []
        raise BuildFailed("\n".join([*lines[:_SHOWN], *more]))


def broken(folder: Path, names: Iterable[str], top: str = "/") -> Iterator[str]:
    """What is wrong with links of pages of the site in ``folder``, one line for each.

    ``top`` is where the site stands on its host, a slash at both ends.
    """
    ids: dict[str, frozenset[str]] = {}
    for name in names:
        html = (folder / name).read_text("utf-8")
        for target in sorted(set(_LINK.findall(html))):
            address = unescape(target)
            if _SCHEME.match(address):
                continue
            address, _, mark = address.partition("#")
            file = _file(folder, name, address.partition("?")[0], top)
            if file is None:
                yield f"The page {name} links to “{target}”, which is not there."
            elif mark and file.endswith(".html") and not _has(folder, file, unquote(mark), ids):
                yield f"The page {name} links to “{target}”, and that page has no such place."


def _file(folder: Path, page: str, address: str, top: str) -> str | None:
    """The file an address leads to from a page, by path from the top; None where there is none."""
    if not address:
        return page
    if address.startswith("/"):
        if page != _ANYWHERE or not f"{address}/".startswith(top):
            return None
        path = address[len(top) :]
    else:
        path = join(dirname(page), unquote(address))
    found = normpath(path) if path else "."
    if found.startswith(".."):
        return None
    if address.endswith(("/", "/.", "/..")) or address in (".", "..") or (folder / found).is_dir():
        found = normpath(join(found, "index.html"))
    return found if (folder / found).is_file() else None


def _has(folder: Path, file: str, mark: str, ids: dict[str, frozenset[str]]) -> bool:
    if file not in ids:
        ids[file] = frozenset(map(unescape, _ID.findall((folder / file).read_text("utf-8"))))
    return mark in ids[file]


__all__ = ["broken", "refuse_broken"]
