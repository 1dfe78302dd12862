"""The provisions of a charter's text: their ids, their words, and where they stand.

A provision is a paragraph that begins with its id in bold, with all that follows it up to the next
provision or heading: ``**DEC-2** Where consensus cannot be reached, … {#dec-2}``.
"""

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from npcs.records.prose import Lines, prose

_MARK = re.compile(
    r"^[ ]{0,3}(?P<item>[-*+] +|\d{1,3}[.)] +)?\*\*(?P<id>[A-Z]{3}-\d{1,3})\*\*", re.MULTILINE
)
_HEADING = re.compile(r"^ {0,3}(?:#{1,6}[ \t]|(?:=+|-+)[ \t]*$)", re.MULTILINE)
_ANCHOR = re.compile(r"\{:?[ \t]*#([A-Za-z]{3}-\d{1,3})[ \t]*\}")
_NEARLY = re.compile(
    r"^[ ]{0,3}(?P<item>[-*+] +|\d{1,3}[.)] +)?(?:\*\*|__)"
    r"(?P<id>[^\s*_]{1,12}[-\u2010-\u2015\u2212][^\s*_]{0,8}\d[^\s*_]{0,4})(?:\*\*|__)",
    re.MULTILINE,
)
_WITHDRAWN = re.compile(r"[*_]{0,3}withdrawn\b", re.IGNORECASE)
_BY = re.compile(r"[*_]{0,3}withdrawn[*_]{0,3}\s+by\s+[\[*_]{0,3}(D-\d{4}-\d{3})\b", re.IGNORECASE)


class Anchor(NamedTuple):
    """A place with the address of a provision: the address, and where it stands in the text."""

    name: str
    line: int
    column: int


class Provision(NamedTuple):
    """A provision as it stands in a text.

    ``text`` are its words in one line, without its id and its address. ``line`` and ``column`` are
    those of its id in the text, counted from 0 and from 1. ``anchors`` are the addresses in it.
    """

    id: str
    text: str
    line: int
    column: int
    anchors: tuple[Anchor, ...]

    @property
    def anchor(self) -> str:
        """The address the provision should have: ``dec-2``."""
        return self.id.lower()

    @property
    def withdrawn_by(self) -> str:
        """The id of the decision by which it says of itself that it no longer holds."""
        found = _BY.match(self.text)
        return found[1].upper() if found else ""

    @property
    def withdrawn(self) -> bool:
        """Whether it says by which decision it no longer holds; else it holds."""
        return bool(self.withdrawn_by)

    @property
    def calls_itself_withdrawn(self) -> bool:
        """Whether its first word is that it no longer holds, by whatever decision."""
        return bool(_WITHDRAWN.match(self.text))


class Provisions(NamedTuple):
    """The provisions of a text in its order, and addresses of provisions that stand in none.

    ``nearly`` are what begins a paragraph like an id and is none, ``rest`` is all the text outside
    the provisions.
    """

    all: tuple[Provision, ...]
    astray: tuple[Anchor, ...]
    nearly: tuple[Anchor, ...] = ()
    rest: str = ""

    @property
    def by_id(self) -> dict[str, Provision]:
        """The provisions by their ids; of two with one id, the first."""
        return {one.id: one for one in reversed(self.all)}


@lru_cache(maxsize=256)
def provisions(body: str) -> Provisions:
    """The provisions of a charter's text, given without its front matter."""
    lines = Lines(body)
    shown = prose(body)  # what stands in code is no provision, and says of none where it is
    ends = sorted({one.start() for one in _HEADING.finditer(shown)} | {len(body)})
    marks = [one for one in _MARK.finditer(shown) if _begins(shown, one)]
    starts = [one.start() for one in marks] + [len(body)]
    anchors = list(_ANCHOR.finditer(shown))
    places = [Anchor(one[1], *lines.place(one.start())) for one in anchors]
    found: list[Provision] = []
    astray: list[Anchor] = []
    rest: list[str] = []
    at = first = past = 0
    for number, mark in enumerate(marks):
        while ends[at] <= mark.start():
            at += 1
        end = min(ends[at], starts[number + 1])
        own = bisect_left(anchors, mark.start(), first, key=re.Match.start)
        last = bisect_left(anchors, end, own, key=re.Match.start)
        astray += places[first:own]
        first = last
        rest.append(body[past : mark.start()])
        past = end
        text = " ".join(_ANCHOR.sub(" ", body[mark.end() : end]).split())
        found.append(
            Provision(mark["id"], text, *lines.place(mark.start("id")), tuple(places[own:last]))
        )
    nearly = tuple(
        Anchor(one["id"], *lines.place(one.start("id")))
        for one in _NEARLY.finditer(shown)
        if not _MARK.match(shown, one.start()) and _begins(shown, one)
    )
    rest.append(body[past:])
    return Provisions(tuple(found), (*astray, *places[first:]), nearly, "\n".join(rest))


def body_of(raw: bytes) -> str:
    """The text of a charter's file without its front matter, whatever state the file is in."""
    text = raw.decode("utf-8", "replace").replace("\r\n", "\n")
    found = _FRONT.match(text)
    return text[found.end() :] if found else text


def _begins(text: str, mark: re.Match[str]) -> bool:
    """Whether a mark begins a paragraph or an item of a list, and not a line within one."""
    above = text[: mark.start()].removesuffix("\n").rpartition("\n")[2]
    return bool(mark["item"]) or not above.strip() or bool(_HEADING.match(above))


def words(text: str) -> list[str]:
    """The words of a text, whatever its capitals, its punctuation and its marks."""
    plain = _DASH.sub(" ", _LINK.sub(r"\1", text).casefold())
    return [word for one in plain.split() if (word := one.strip(_PUNCTUATION))]


_FRONT = re.compile(r"\ufeff?---\n.*?^---[ \t]*\n", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_DASH = re.compile("[-\u2010-\u2015]")
_PUNCTUATION = ".,;:!?\"'()[]{}*_`\u2018\u2019\u201c\u201d\u2026"

__all__ = ["Anchor", "Provision", "Provisions", "body_of", "provisions", "words"]
