"""The addresses a site has published: none of them may vanish.

They stand in ``addresses.txt`` at the root, one a line. What was moved is followed by where to:
``old/place/ -> new/place/``. A page is then left behind that leads there, without a script; of a
moved file a copy stays. A root without such a file promises nothing.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from posixpath import relpath

from npcs.publish.addresses import PLACES, list_of, page_address
from npcs.publish.errors import BuildFailed

NAME = "addresses.txt"
MOST_TOLD = 20
_PASSING = re.compile(r"charter/charter-proposed\.pdf|charter/proposed/redline\.html|assets/.*")
"""What is published only for a while: the files of a proposal, and what pages are dressed with."""

_ADDRESS = re.compile(r"(?:[\w.~-]+/)*[\w.~-]*", re.ASCII)
_HOME = "./"
HEAD = """\
# Every address this site has published, one a line. None may vanish: the build fails without it.
# What has moved is followed by where to:  old/place/ -> new/place/
# `npcs addresses --add` adds what is new.
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """The published addresses by the line each stands in, and where those that moved are now."""

    lines: Mapping[str, int]
    moved: Mapping[str, str]


def listed(root: Path | None) -> Listed | None:
    """What is listed below a root; None without a list. Raises ``BuildFailed`` for a bad line."""
    path = root / NAME if root else None
    if path is None or not path.is_file():
        return None
    lines: dict[str, int] = {}
    moved: dict[str, str] = {}
    for number, line in enumerate(_text(path).splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        old, arrow, new = (part.strip() for part in line.partition("->"))
        if not _is_address(old) or (arrow and not _is_address(new)):
            raise BuildFailed(
                f"{NAME}:{number}: “{line.strip()}” is no address of this site. Write it as in "
                "decisions/D-2027-001/ , and what has moved as in old/place/ -> new/place/"
            )
        if old in lines:
            raise BuildFailed(f"{NAME}:{number}: “{old}” stands in line {lines[old]} already.")
        lines[old] = number
        if arrow:
            moved[old] = new
    return Listed(lines, moved)


def _text(path: Path) -> str:
    """What the list says, with or without the mark that some editors put in front."""
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise BuildFailed(
            f"{NAME}: the file is not plain text in UTF-8. Open it in a text editor, and save it "
            "as UTF-8."
        ) from None


def _is_address(text: str) -> bool:
    inside = not {".", ".."} & {*text.split("/")}
    return text == _HOME or (bool(text) and inside and bool(_ADDRESS.fullmatch(text)))


def addresses(wanted: Iterable[str]) -> set[str]:
    """The addresses of staged files that are published for ever; the home page is ``./``."""
    return {
        page_address(name.removesuffix(".md")) or _HOME
        if name.endswith(".md")
        else name.removesuffix("index.html")
        for name in wanted
        if not _PASSING.fullmatch(name)
    }


def kept(root: Path | None, wanted: Mapping[str, bytes], earlier: bool = False) -> dict[str, bytes]:
    """What stands at the addresses that have moved. Raises ``BuildFailed`` where one is gone.

    In a site of an ``earlier`` day none is gone: some were not there yet.
    """
    known = listed(root)
    if known is None:
        return {}
    there = addresses(wanted)
    faults = []
    left: dict[str, bytes] = {}
    for old, number in known.lines.items():
        new = _end(old, known.moved)
        if earlier and new is not None and new not in there:
            continue
        if new == old and old not in there:
            faults.append(
                f"{NAME}:{number}: “{old}” was published, and is not there any more. Put it back, "
                f"or write where it is now: {old} -> NEW"
            )
        elif new is None or new not in there:
            faults.append(f"{NAME}:{number}: “{old}” has moved to “{known.moved[old]}”, which is "
                          "not there.")  # fmt: skip
        elif new != old and old in there:
            faults.append(f"{NAME}:{number}: “{old}” is said to have moved, and is still there.")
        elif not old.endswith("/") and new not in wanted:
            faults.append(f"{NAME}:{number}: “{old}” is a file. Of a file a copy stays, so write "
                          f"to which file it has moved: “{new}” is a page.")  # fmt: skip
        elif new != old:
            left |= _left(old, new, wanted)
    if faults:
        more = len(faults) - MOST_TOLD
        told = [*faults[:MOST_TOLD], *([f"and {more:,} more"] if more > 0 else [])]
        raise BuildFailed("\n".join(told))
    return left


def _end(address: str, moved: Mapping[str, str]) -> str | None:
    """Where an address leads in the end; None where it goes round in a circle."""
    seen = {address}
    while address in moved:
        address = moved[address]
        if address in seen:
            return None
        seen.add(address)
    return address


def _left(old: str, new: str, wanted: Mapping[str, bytes]) -> dict[str, bytes]:
    """What is left behind at an old address."""
    if not old.endswith("/"):
        return {old: wanted[new]}
    way = relpath(new, old) + ("/" if new.endswith("/") else "")
    return {f"{old}index.html": _leading("This page has moved", way, new)}


def _leading(title: str, way: str, name: str) -> bytes:
    """A page that leads to another, without a script."""
    return _REDIRECT.format(title=title, way=escape(way, quote=True), name=escape(name)).encode()


def parents(wanted: Collection[str]) -> dict[str, bytes]:
    """What stands above pages where nothing else does: it leads on to the list of them.

    So a reader who cuts an address short gets there.
    """
    lists = {
        place.partition("{id}")[0]: list_of(kind)
        for kind, place in PLACES.items()
        if place.endswith("/{id}")
    }
    lists |= {"committee/years/": "committee/timeline",
              "definitions/core-data-set/tables/": "definitions/core-data-set"}  # fmt: skip
    by_year = {name.partition("/by/")[0] for name in wanted if "/by/" in name}
    lists |= {f"{folder}/by/": f"{folder}/index" for folder in by_year}
    return {
        f"{folder}index.html": _leading("The list is elsewhere", relpath(address, folder) + "/",
                                        address)
        for folder, page in lists.items()
        if f"{folder}index.md" not in wanted and f"{page}.md" in wanted
        for address in (page_address(page),)
    }  # fmt: skip


_REDIRECT = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'">
<title>{title}</title>
<meta http-equiv="refresh" content="0; url={way}">
<meta name="robots" content="noindex">
<meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="canonical" href="{way}">
</head>
<body>
<h1>{title}</h1>
<p>It is at <a href="{way}">{name}</a>.</p>
</body>
</html>
"""


def added(root: Path, wanted: Collection[str]) -> list[str]:
    """The published addresses that the list lacks, in order."""
    known = listed(root)
    return sorted(addresses(wanted) - (known.lines.keys() if known else set()))


def add(root: Path, new: Iterable[str]) -> None:
    """Add addresses to the list, which stays in order; remarks and moves stay as they are."""
    path = root / NAME
    before = _text(path).splitlines() if path.is_file() else HEAD.splitlines()
    remarks = [line for line in before if not line.strip() or line.startswith("#")]
    kept = [line for line in before if line.strip() and not line.startswith("#")]
    lines = [*remarks, *sorted([*kept, *new])]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
