"""The charter as pages to print: an accessible, tagged PDF that says what it is on every page.

Typst sets it, to the rules of PDF/UA-1 and with fonts of its own. What people wrote is given to it
as data, in a folder that holds nothing, so that no text can make it read a file or ask a network.
The same text and the same facts give the same bytes, on every machine and on every day.
"""

import json
import re
import tempfile
import unicodedata
from functools import cache
from importlib.resources import files
from itertools import islice
from textwrap import shorten
from types import ModuleType
from typing import Any, Literal

from npcs.charter.archive import TEXT
from npcs.charter.digest import fits
from npcs.publish.pdf.about import MARKS, About, facts, foot
from npcs.publish.pdf.blocks import blocks
from npcs.publish.pdf.elements import CannotSet
from npcs.publish.pdf.pieces import Node, broken
from npcs.records.hub import document
from npcs.records.tree import LARGEST

Paper = Literal["us-letter", "a4"]

_SECTIONS = 4
"""From how many sections on a table of contents is of use."""

_LACKING = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_NUMBERED = re.compile(r"\\u\{([0-9a-f]{1,6})\}")


def charter_pdf(raw: bytes, says: About, paper: Paper = "us-letter") -> bytes:
    """The charter in the bytes of its file, as a PDF.

    Raises ``CannotSet``, in words for whoever wrote it, where the text cannot be set as an
    accessible PDF or is not the one that is spoken of.
    """
    typst = _typst()
    _must_fit(raw, says)
    given = _given(raw, says, paper)
    with tempfile.TemporaryDirectory() as nothing:
        try:
            made = typst.compile(
                files("npcs.publish.pdf").joinpath("charter.typ").read_bytes(),
                root=nothing,
                font_paths=_fonts(),
                package_path=nothing,
                package_cache_path=nothing,
                sys_inputs={"given": json.dumps(given)},
                format="pdf",
                pdf_standards=["ua-1"],
            )
        except typst.TypstError as error:
            raise CannotSet(_why(error, raw.decode("utf-8", "replace"))) from error
    assert isinstance(made, bytes)
    return made


def _typst() -> ModuleType:
    try:
        import typst
    except ImportError:
        raise CannotSet("Typst, which sets the pages, is not made for this system") from None
    return typst


@cache
def _fonts() -> Any:
    return _typst().Fonts(include_system_fonts=False)


def _must_fit(raw: bytes, says: About) -> None:
    """A page must never say of one text what is true of another."""
    if not fits(raw, says.digest):
        raise CannotSet("its digest is not that of the text that is spoken of")
    if says.state != "proposed" and not (says.decision and says.adopted):
        raise CannotSet("nothing says which decision adopted it, and when")


def _given(raw: bytes, says: About, paper: Paper) -> Node:
    """All that the pages show, as data."""
    if len(raw) > LARGEST:
        raise CannotSet(f"it has {len(raw):,} bytes, and a record may have {LARGEST:,}")
    read = document(TEXT, raw)
    if not read.readable:
        raise CannotSet(f"in line {read.remarks[0].line}, {read.remarks[0].message}")
    found = blocks(read.body, read.anchors)
    mark = MARKS[says.state]
    known = f"version {says.version}" + (f", {mark.lower()}" if mark else "")
    day = says.adopted
    return {
        "paper": paper,
        "name": f"{says.title} ({known})",
        "title": broken(says.title, 24),
        "short": shorten(says.title, 80, placeholder=" …"),
        "description": says.sentence,
        "keywords": [one for one in (f"version {says.version}", says.decision) if one],
        "date": {"year": day.year, "month": day.month, "day": day.day} if day else None,
        "mark": mark,
        "foot": foot(says),
        "digest": says.digest,
        "standing": mark or "Approved",
        "sentence": broken(says.sentence),
        "facts": facts(says),
        "contents": sum(one.get("level") == 1 for one in found) >= _SECTIONS,
        "numbered": any(one["kind"] == "provision" for one in found),
        "blocks": found,
    }


def _why(error: Any, text: str) -> str:
    """Why Typst refused, as far as it can be told to whoever wrote the text."""
    # A cluster of characters is told whole, and what lacks in it is never plain ASCII.
    texts = "".join(_LACKING.findall(error.diagnostic))
    texts = _NUMBERED.sub(lambda found: chr(int(found[1], 16)), texts)
    lacking = dict.fromkeys(one for one in texts if not one.isascii() or not one.isprintable())
    if not lacking:
        return f"it could not be set: {error.message}"
    told = [_told(one, text) for one in islice(lacking, 5)]
    more = f", and {len(lacking) - 5} more" if len(lacking) > 5 else ""
    return (
        f"none of the PDF's fonts has the character {'; '.join(told)}{more}. Write it in another "
        "way, or read this text on the site"
    )


def _told(one: str, text: str) -> str:
    at = text.find(one)
    line = f" in line {text.count(chr(10), 0, at) + 1}" if at >= 0 else ""
    return f"“{one}” ({unicodedata.name(one, f'U+{ord(one):04X}')}){line}"
