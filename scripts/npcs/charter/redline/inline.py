"""What readers see of a block's Markdown: which characters are text, and in what dress.

A small reading of emphasis, code, links and the like, as the site shows them: raw HTML is text, and
an address leads somewhere only if it may. Every character keeps its place, so that a change can be
shown on the very words it is made of. The time it takes grows with the text and no faster.
"""

import html
import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from npcs.charter.redline.blocks import HIDDEN

Dress = Literal["link", "strong", "em", "code"]

_PART = re.compile(
    r"""(?P<escape>\\[!-/:-@\[-`{-~])
    |(?P<ticks>`+)
    |(?P<open>!?\[)
    |(?P<target>\]\([ ]?(?:<(?P<angled>[^<>\n]*)>
        |(?P<address>[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*))
        (?:[ \n](?:"[^"\n]{0,300}"|'[^'\n]{0,300}'))?[ ]?\))
    |(?P<close>\])
    |(?P<run>\*{1,3}(?!\*)|_{1,3}(?!_))
    |(?P<auto><(?:https?://|mailto:)[^\s<>]+>)
    |(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
    |(?P<anchor>\{:?[ \t]*\#[A-Za-z][\w-]*[ \t]*\}(?=[ \t]*(?:[\n\0]|$)))
    |(?P<break>(?:[ ]{2}|\\)\n)
    |(?P<hidden>\0+)""",
    re.VERBOSE,
)
_ORDER: dict[Dress, int] = {"link": 0, "strong": 1, "em": 2, "code": 3}
_DEEPEST = 12
_EMPHASIS: dict[int, tuple[Dress, ...]] = {1: ("em",), 2: ("strong",), 3: ("strong", "em")}


class Run(NamedTuple):
    """A stretch of a block: where it stands in it, what is seen of it, and in what dress.

    ``kind`` tells a mark of Markdown, of which nothing is seen, and what a reader may want to see
    where it changed: the address of a link, or an anchor. ``shown`` is the text that is seen;
    a ``text`` shows each of its own characters and may be cut anywhere.
    """

    start: int
    end: int
    kind: Literal["text", "sign", "break", "mark", "address", "anchor"]
    shown: str
    dress: tuple[tuple[Dress, str], ...] = ()


def runs(shown: str) -> list[Run]:
    """The stretches of a block's text, whose hidden characters are marked as such."""
    reader = _Inline(shown)
    reader.read()
    return list(reader.dressed())


def code_runs(shown: str) -> list[Run]:
    """The stretches of a block of code: all that is not hidden, as it is."""
    found = []
    for one in re.finditer(r"\0+|[^\0]+", shown):
        is_text = one[0][0] != HIDDEN
        found.append(Run(*one.span(), "text" if is_text else "mark", one[0] if is_text else ""))
    return found


class _Inline:
    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Run] = []
        self.ranges: list[tuple[int, int, Dress, str]] = []  # of characters in some dress
        self._brackets: list[int] = []  # numbers in ``found`` of those that are open
        self._openers: list[tuple[int, str]] = []  # the same for emphasis, with its mark

    def read(self) -> None:
        """Find the marks, and the ranges they dress."""
        text = self.text
        closing = _ticks(text)
        at = 0
        while match := _PART.search(text, at):
            start, end = match.span()
            self._text(at, start)
            kind = match.lastgroup if match.lastgroup not in ("angled", "address") else "target"
            at = end
            match kind:
                case "escape":
                    self._add(start, start + 1, "mark")
                    self._add(start + 1, end, "sign", text[start + 1])
                case "ticks" if start in closing:
                    at = closing[start] + end - start
                    self._add(start, end, "mark")
                    self._text(end, closing[start])
                    self._add(closing[start], at, "mark")
                    self.ranges.append((end, closing[start], "code", ""))
                case "open":
                    self._brackets.append(len(self.found))
                    self._text(start, end)
                case "target" if self._brackets:
                    self._link(match)
                case "target" | "close":
                    at = start + 1
                    self._text(start, at)
                    del self._brackets[-1:]
                case "run":
                    self._run(start, end)
                case "auto":
                    self._add(start, start + 1, "mark")
                    self._text(start + 1, end - 1)
                    self._add(end - 1, end, "mark")
                    self.ranges.append((start + 1, end - 1, "link", text[start + 1 : end - 1]))
                case "entity":
                    self._add(start, end, "sign", html.unescape(match[0]))
                case "anchor":
                    self._add(start, end, "anchor", match[0])
                case "break":
                    self._add(start, end, "break", "\n")
                case "hidden":
                    self._add(start, end, "mark")
                case _:
                    self._text(start, end)
        self._text(at, len(text))

    def _add(self, start: int, end: int, kind: str, shown: str = "") -> None:
        self.found.append(Run(start, end, kind, shown))  # type: ignore[arg-type]

    def _text(self, start: int, end: int) -> None:
        for one in code_runs(self.text[start:end]):
            self.found.append(one._replace(start=start + one.start, end=start + one.end))

    def _link(self, match: re.Match[str]) -> None:
        opened = self._brackets.pop()
        bracket = self.found[opened]
        address = match["angled"] if match["angled"] is not None else match["address"]
        self.found[opened] = bracket._replace(kind="mark", shown="")
        if not bracket.shown.startswith("!"):
            self._brackets.clear()  # a link holds no link
            self.ranges.append((bracket.end, match.start(), "link", address))
        self._add(*match.span(), "address", address)

    def _run(self, start: int, end: int) -> None:
        """A row of ``*`` or ``_``: it closes emphasis, opens one, or is a text."""
        text = self.text
        before = text[start - 1 : start].strip(HIDDEN)
        after = text[end : end + 1].strip(HIDDEN)
        mark = text[start:end]
        word = mark[0] == "_"
        closes = bool(before.strip()) and not (word and after.isalnum())
        opens = bool(after.strip()) and not (word and before.isalnum())
        if closes:
            for place in range(len(self._openers) - 1, -1, -1):
                opener, known = self._openers[place]
                if known == mark:
                    first = self.found[opener]
                    self.found[opener] = first._replace(kind="mark", shown="")
                    self._add(start, end, "mark")
                    for dress in _EMPHASIS[len(mark)]:
                        self.ranges.append((first.end, start, dress, ""))
                    del self._openers[place:]
                    return
        if opens:
            self._openers.append((len(self.found), mark))
            del self._openers[:-_DEEPEST]
        self._text(start, end)

    def dressed(self) -> Iterator[Run]:
        """The stretches with their dress, cut where it changes."""
        edges: dict[int, list[tuple[bool, Dress, str]]] = {}
        for start, end, dress, address in self.ranges:
            if start < end:
                edges.setdefault(start, []).append((True, dress, address))
                edges.setdefault(end, []).append((False, dress, address))
        worn: dict[Dress, list[str]] = {}
        now: tuple[tuple[Dress, str], ...] = ()
        for one in self.found:
            if one.start in edges:
                _change(worn, edges[one.start])
                now = _worn(worn)
            yield one._replace(dress=now)


def _change(worn: dict[Dress, list[str]], edges: Sequence[tuple[bool, Dress, str]]) -> None:
    for begins, dress, address in edges:
        if begins:
            worn.setdefault(dress, []).append(address)
        elif address in worn.get(dress, []):
            worn[dress].remove(address)


def _worn(worn: dict[Dress, list[str]]) -> tuple[tuple[Dress, str], ...]:
    found = [(dress, addresses[-1]) for dress, addresses in worn.items() if addresses]
    return tuple(sorted(found, key=lambda one: _ORDER[one[0]]))


def _ticks(text: str) -> dict[int, int]:
    """Where each row of backticks that opens code is closed by one of the same length."""
    rows = [one.span() for one in re.finditer(r"(?<!`)`+", text)]
    following: dict[int, int] = {}
    found = {}
    for start, end in reversed(rows):
        if end - start in following:
            found[start] = following[end - start]
        following[end - start] = start
    return found


_FAR = re.compile(r"(?:https?://|mailto:)[^\s\\]+", re.IGNORECASE)


def safe_address(address: str) -> str | None:
    """The address of a link where it leads to the web or a mailbox; None for any other."""
    plain = html.unescape(address)
    return plain if _FAR.fullmatch(plain) and plain.isprintable() else None


__all__ = ["Dress", "Run", "code_runs", "runs", "safe_address"]
