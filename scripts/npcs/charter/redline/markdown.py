"""A redline as Markdown, for the description of a proposal or a mail: with ``del`` and ``ins``."""

import re
from collections.abc import Iterator

from npcs.charter.redline.common import common
from npcs.charter.redline.compare import Redline
from npcs.charter.redline.display import Atom, Shown, form, shown
from npcs.charter.redline.html import HARMFUL, digits
from npcs.charter.redline.inline import safe_address
from npcs.charter.redline.leaves import Container
from npcs.charter.redline.stretches import move_id
from npcs.charter.redline.writing import Layer, written

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~#]|&(?=[#\w])")
_BLOCK = re.compile(r"^([ \t]*)(?=(?:[-+=]|\d{1,9}[.)])(?:[ \t]|$))", re.MULTILINE)
_SIMPLE = (
    (re.compile(r"(?<![^\s(])<strong>(\w[\w -]*\w|\w)</strong>(?![\w*])"), r"**\1**"),
    (re.compile(r"(?<![^\s(])<em>(\w[\w -]*\w|\w)</em>(?![\w*])"), r"*\1*"),
)


def as_markdown(redline: Redline) -> str:
    """The redline as Markdown that any forge shows: the whole text, with ``del`` and ``ins``."""
    return "\n".join(_Lines().lines(shown(redline))) + "\n"


class _Lines:
    def __init__(self) -> None:
        self.last: Shown | None = None
        self.numbered: set[Container] = set()  # items that have their number or point

    def lines(self, blocks: list[Shown]) -> Iterator[str]:
        """The lines of all blocks, each with what its lists and quotes ask for."""
        for one in blocks:
            if one.block.kind == "row" and one.block.level == 1:
                continue
            together = self._are_rows(one)
            around = _shared(self.last, one)
            if self.last and not together:
                yield _prefix(around, set()).rstrip()
            first = _prefix(one.within, {one for one in one.within if one not in self.numbered})
            rest = _prefix(one.within, set())
            self.numbered.update(one.within)
            for number, line in enumerate(self._block(one, together)):
                yield ((rest if number else first) + line).rstrip()
            self.last = one

    def _are_rows(self, one: Shown) -> bool:
        return bool(
            self.last
            and self.last.block.kind == one.block.kind == "row"
            and self.last.within[-1] is one.within[-1]
        )

    def _block(self, one: Shown, goes_on: bool) -> Iterator[str]:
        note = _note(one)
        kind = one.block.kind
        if kind == "row":
            texts = [_written(cell).replace("\n", " ").strip() for cell in one.cells]
            texts[0] += note
            yield f"| {' | '.join(texts)} |"
            if not goes_on:
                yield "|" + " --- |" * len(texts)
        elif kind == "rule":
            yield f"---{note}" if not note else f"\\-\\-\\-{note}"
        elif kind == "code":
            yield from _code(one.cells[0])
            if note:
                yield from ("", note.strip())
        elif kind == "heading":
            yield "#" * one.block.level + " " + _written(one.cells[0]).replace("\n", " ") + note
        else:
            yield from _BLOCK.sub(r"\1\\", _written(one.cells[0]) + note).split("\n")


def _shared(last: Shown | None, one: Shown) -> tuple[Container, ...]:
    """What both of two blocks stand in."""
    found = []
    for mine, theirs in zip(last.within if last else (), one.within, strict=False):
        if mine is not theirs:
            break
        found.append(mine)
    return tuple(found)


def _prefix(within: tuple[Container, ...], begins: set[Container]) -> str:
    """What stands in front of a line: marks of quotes, and of items that begin; else an indent."""
    parts = []
    numbers = False
    for one in within:
        if one.holds == "quote":
            parts.append("> ")
        elif one.holds == "item":
            mark = f"{one.number}. " if numbers else "- "
            parts.append(mark if one in begins else " " * len(mark))
        numbers = one.holds == "numbers"
    return "".join(parts)


def _written(atoms: list[Atom]) -> str:
    text = "".join(written(atoms, _opening, _closing, _inside)).strip("\n")
    for pattern, simple in _SIMPLE:
        text = pattern.sub(simple, text)
    return text


def _opening(layer: Layer) -> str:
    name, address = layer
    if name == "link":
        return "[" if safe_address(address) else ""
    return f"<{name.partition(' ')[0]}>"


def _closing(layer: Layer) -> str:
    name, address = layer
    if name == "link":
        where = safe_address(address)
        return f"](<{where}>)" if where and not set("<>") & set(where) else "]" if where else ""
    return f"</{name.partition(' ')[0]}>"


def _inside(atom: Atom) -> str:
    if atom.kind == "break":
        return " ↵ " if atom.marks else "\\\n"
    text = _plain(atom.text)
    return f" <code>{text}</code>" if atom.kind == "source" else text


def _plain(text: str) -> str:
    text = _SPECIAL.sub(lambda found: _ENTITIES.get(found[0]) or "\\" + found[0], text)
    return HARMFUL.sub(digits, text)


_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}


def _code(atoms: list[Atom]) -> Iterator[str]:
    """Code in a fence; where lines of it changed, with a sign in front of each."""
    old, new = (
        "".join(one.text for one in atoms if not any(mark.startswith(sign) for mark in one.marks))
        .strip("\n")
        .split("\n")
        for sign in ("ins", "del")
    )
    fence = "```"
    while any(fence in line for line in (*old, *new)):
        fence += "`"
    if old == new:
        yield from (fence, *(HARMFUL.sub(digits, line) for line in new), fence)
        return
    yield f"{fence}diff"
    at = beyond = 0
    for one, other in [*common(old, new), (len(old), len(new))]:
        yield from (f"-{HARMFUL.sub(digits, line)}" for line in old[at:one])
        yield from (f"+{HARMFUL.sub(digits, line)}" for line in new[beyond:other])
        if one < len(old):
            yield f" {HARMFUL.sub(digits, new[other])}"
        at, beyond = one + 1, other + 1
    yield fence


def _note(one: Shown) -> str:
    if one.was:
        return f" *(was {form(one.was)})*"
    if one.block.kind == "rule" and one.state in ("deleted", "inserted"):
        return f" *(line {one.state})*"
    if not one.first_of_move:
        return ""
    if one.state == "deleted":
        return f" *({move_id(one.moved)}: moved {'down' if one.down else 'up'})*"
    return f" *({move_id(one.moved)}: moved here from {'above' if one.down else 'below'})*"


__all__ = ["as_markdown"]
