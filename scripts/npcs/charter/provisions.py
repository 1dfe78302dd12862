"""The provisions of a charter's text: their ids, their words, and where they stand.

A provision is a paragraph that begins with its id in bold, with all that follows it up to the next
provision or heading: ``**DEC-2** Where consensus cannot be reached, … {#dec-2}``.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
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
    the provisions. ``loose`` are the first words of what stands there below a heading, once for
    each; not before the first heading, nor in the last part, if its heading says ``ABOUT``.
    """

    all: tuple[Provision, ...]
    astray: tuple[Anchor, ...]
    nearly: tuple[Anchor, ...] = ()
    rest: str = ""
    loose: tuple[Anchor, ...] = ()

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
    outside: list[tuple[int, int]] = []
    at = first = past = 0
    for number, mark in enumerate(marks):
        while ends[at] <= mark.start():
            at += 1
        end = min(ends[at], starts[number + 1])
        own = bisect_left(anchors, mark.start(), first, key=re.Match.start)
        last = bisect_left(anchors, end, own, key=re.Match.start)
        astray += places[first:own]
        first = last
        outside.append((past, mark.start()))
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
    outside.append((past, len(body)))
    rest = "\n".join(body[start:end] for start, end in outside)
    known = {one.line for one in nearly}
    loose = [Anchor(told, *lines.place(at)) for told, at in _loose(body, shown, outside)]
    return Provisions(tuple(found), (*astray, *places[first:]), nearly, rest,
                      tuple(one for one in loose if one.line not in known))  # fmt: skip


def _loose(body: str, shown: str, outside: list[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """The first words of what stands outside the provisions below a heading, and where.

    ``shown`` is the text without code, in which no heading stands; readers see both.
    """
    last = _about(shown, outside[-1][0])
    is_told = True
    for start, end in outside:
        for line in _LINE.finditer(body, start, min(end, last)):
            if _heading(shown, *line.span()):
                is_told = False
            elif not (is_told or _NO_WORDS.fullmatch(line[0])):
                yield " ".join(line[0].split()[:_FEW]), line.start()
                is_told = True


def _about(shown: str, after: int) -> int:
    """Where the part begins that tells about the text: its last one, below all provisions."""
    found = len(shown)
    for line in _LINE.finditer(shown):
        level, title = _heading(shown, *line.span()) or (_DEEP, "")
        if level < _DEEP:
            is_about = level == _DEEP - 1 and title.casefold() == ABOUT and line.start() >= after
            found = line.start() if is_about else len(shown)
    return found


def _heading(shown: str, start: int, end: int) -> tuple[int, str] | None:
    """The level and the words of a heading in a line; None where there is none."""
    line = shown[start:end]
    if heading := _ATX.match(line):
        level = len(heading["level"])
    elif (underlined := _UNDERLINE.match(shown, end + 1)) and line.strip():
        level = 1 if "=" in underlined[0] else 2
    else:
        return None
    return level, _ANCHORED.sub("", line).strip(" \t#")


ABOUT = "about this text"
"""The heading, in small letters, of a charter's last part, where no provisions stand."""

_DEEP = 3
"""The first level of headings that only part a part of a charter."""

_FEW = 6
_LINE = re.compile(r"[^\n]+")
_ATX = re.compile(r" {0,3}(?P<level>#{1,6})[ \t]")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$", re.MULTILINE)
_ANCHORED = re.compile(r"\{[^{}\n]*\}\s*$")
_NO_WORDS = re.compile(
    r"[\s=*_+|:-]*|[ ]{0,3}\[[^\]]+\]:.*|\s*<!--.*-->\s*|[ ]{0,3}(?:```|~~~)[^`]*"
)


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
