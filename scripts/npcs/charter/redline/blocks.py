"""A Markdown text as the blocks it is made of, normalized so that only its words can differ.

Normalizing puts a paragraph on one line and leaves one blank line where there were several.
Normalizing twice changes nothing more.
"""

import re
from dataclasses import dataclass

from npcs.charter.redline.leaves import Container, Kind, Leaf, leaves

HIDDEN = "\0"
"""Stands in ``Block.shown`` for a character of the Markdown that no reader sees."""

_CLOSING = re.compile(r"(?<=[^ \t#])[ \t]+#+$")
_PROVISION_ANCHOR = re.compile(r"\{:?[ \t]*#([a-z]{3}-\d+)[ \t]*\}$", re.ASCII | re.IGNORECASE)
_PROVISION_MARK = re.compile(r"\0*\*\*([A-Z]{3}-\d+)\*\*", re.ASCII)
_WORD = re.compile(r"\S+")
_CELL_WORD = re.compile(r"\||(?:\\\S|[^\s|\\]|\\)+")


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A heading, a paragraph, the row of a table, a piece of code or the like.

    ``start`` is where ``text`` begins in the normalized text, and ``after`` what parts it from the
    next block. ``shown`` has a character for each of ``text``, those that are only marks hidden.
    ``level`` is that of a heading; of a row it is 0 for the head, 1 for the line below it, else 2.
    ``words`` are the places of the words in the normalized text. ``provision`` is the id of the
    provision that begins here (``DEC-2``), or nothing.
    """

    kind: Kind
    level: int
    within: tuple[Container, ...]
    start: int
    text: str
    shown: str
    after: str
    words: tuple[tuple[int, int], ...]
    provision: str


@dataclass(frozen=True, slots=True, eq=False)
class Normalized:
    """A text, normalized, and its blocks; their texts and gaps put together give it again."""

    text: str
    blocks: tuple[Block, ...]


def normalized(markdown: str) -> Normalized:
    """The blocks of a text. Any text has some reading: nothing raises."""
    found = leaves(markdown)
    blocks = []
    at = 0
    for leaf in found:
        after = "\n" if leaf is found[-1] or leaf.blank is None else f"\n{leaf.blank}\n"
        block = _block(leaf, at, after)
        blocks.append(block)
        at += len(block.text) + len(after)
    return Normalized("".join(one.text + one.after for one in blocks), tuple(blocks))


def _block(leaf: Leaf, start: int, after: str) -> Block:
    last = len(leaf.lines) - 1
    marks = {"none": (), "ends": (0, last), "last": (last,), "all": range(last + 1)}[leaf.hidden]
    texts: list[str] = []
    views: list[str] = []
    for number, line in enumerate(leaf.lines):
        rest = line.rest + (line.tail if leaf.kind == "code" else line.kept)
        closed = _CLOSING.search(rest) if leaf.kind == "heading" else None
        end = closed.start() if closed else len(rest)
        view = HIDDEN * len(line.prefix) + rest[:end] + HIDDEN * (len(rest) - end)
        if number in marks:
            view = HIDDEN * len(view)
        if number:
            texts.append("\n")
            views.append(HIDDEN if number in marks or number - 1 in marks else "\n")
        texts.append(line.prefix + rest)
        views.append(view)
    text, shown = "".join(texts), "".join(views)
    word = _CELL_WORD if leaf.kind == "row" else _WORD
    words = tuple((start + one.start(), start + one.end()) for one in word.finditer(text))
    begins = _PROVISION_MARK.match(shown) or _PROVISION_ANCHOR.search(text)
    provision = begins[1].upper() if begins else ""
    return Block(leaf.kind, leaf.level, leaf.within, start, text, shown, after, words, provision)
