"""Contributors' Markdown cut into the spans that matter on a page, in time linear in its length.

Each pattern below reads on from where it starts and never goes back. What a start would have to
look for far ahead (the tick that ends a code span, the bracket that ends a label) is found once for
all starts that share it: a text of nothing but brackets costs no more than any other.
"""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal[
    "escaped", "code", "link", "picture", "defined", "address", "bracket", "stray", "id", "odd"
]


class Span(NamedTuple):
    """A part of a text from ``start`` to before ``end``.

    ``label`` and ``target`` are the two parts of a link, a picture or the definition of a link;
    an address has its own as a target. A stray is a bracket that opens and does not close.
    """

    kind: Kind
    start: int
    end: int
    label: str = ""
    target: str = ""


_MARK = re.compile(
    r"""(?P<escaped>\\[\\`*_{}\[\]()>#+\-.!|<])
    |(?P<ticks>(?<!`)`++)
    |(?P<open>(?P<margin>^[ ]{0,3})?(?P<picture>!?)\[)
    |(?P<address><?(?P<url>https?://[^\s<>"'`\\{}|]*[^\s<>"'`\\{}|.,;:!?)\]*_])>?)
    |(?P<id>(?<![\w/#.-])(?:[DR]-\d{4}-\d{3,4}|NPCS-SN-\d{4}-\d{3,4}|[A-Z]{3}-\d{1,2})(?![\w-]))
    |(?P<odd>[<{&])""",
    re.VERBOSE | re.MULTILINE,
)
_TICKS = re.compile("`+")
_PLAIN = re.compile(r"(?:[^\[\]\\]++|\\.)*+")
_PAIR = re.compile(r"\[[^\[\]]*+\]")
_TARGET = re.compile(
    r"""\]\(\s*+(?:<(?P<angled>[^<>\n]*+)>
        |(?P<plain>[^\s()<>]*+(?:\([^\s()<>]*+\)[^\s()<>]*+)*+))
    (?:\s*+(?<=\s)(?:"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'))?\s*+\)""",
    re.VERBOSE,
)
_DEFINED = re.compile(r"\]:[ ]*+<?(?P<at>[^\s<>]++)[^\n]*+")
_BRACKET = re.compile(r"\[[^\[\]]*+\](?:\[[^\[\]]*+\]|\()?")


def spans(text: str) -> Iterator[Span]:
    """The spans of a text in their order; what lies between them is plain."""
    ahead = _Ahead(text)
    at = 0
    while found := _MARK.search(text, at):
        at, end = found.span()
        match found.lastgroup:
            case "ticks":
                closed = ahead.code(at)
                if closed is not None:
                    yield Span("code", at, closed)
                at = closed or end
                continue
            case "open":
                one = _opened(text, found, ahead)
            case "address":
                one = Span("address", at, end, target=found["url"])
            case "escaped" | "id" | "odd" as kind:
                one = Span(kind, at, end)
        yield one
        at = one.end


def _opened(text: str, found: re.Match[str], ahead: "_Ahead") -> Span:
    """What begins with a bracket that opens, the definition of a link before a link itself."""
    bracket = found.end() - 1
    if found["margin"] is not None and not found["picture"]:
        defined = ahead.defined(bracket)
        if defined:
            label = text[bracket + 1 : defined.start()]
            return Span("defined", found.start(), defined.end(), label, defined["at"])
    tail = ahead.target(bracket)
    if tail:
        target = tail["plain"] if tail["angled"] is None else tail["angled"]
        start = bracket - len(found["picture"])
        label = text[bracket + 1 : tail.start()]
        return Span("picture" if found["picture"] else "link", start, tail.end(), label, target)
    closed = _BRACKET.match(text, bracket)
    if closed:
        return Span("bracket", bracket, closed.end())
    return Span("stray", bracket, bracket + 1)


class _Ahead:
    """What starts find ahead of them, each place looked at once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._code: dict[int, int] | None = None
        self._labels: dict[int, int | None] = {}
        self._targets: dict[int, re.Match[str] | None] = {}
        self._bracket = -1
        self._defined: re.Match[str] | None = None

    def code(self, start: int) -> int | None:
        """The end of the code that ticks at ``start`` open: of the next ticks that are as many."""
        if self._code is None:
            self._code = self._ends_of_code()
        return self._code.get(start)

    def _ends_of_code(self) -> dict[int, int]:
        ends: dict[int, int] = {}
        waiting: list[tuple[int, int]] = []  # runs of ticks without an end, each shorter
        for one in _TICKS.finditer(self._text):
            start, end = one.span()
            while waiting and waiting[-1][0] <= end - start:
                ends[waiting.pop()[1]] = end
            waiting.append((end - start, start))
        return ends

    def target(self, bracket: int) -> re.Match[str] | None:
        """The end of the label that opens at a bracket, and the target that follows it."""
        end = self._label(bracket + 1)
        if end is None:
            return None
        if end not in self._targets:
            self._targets[end] = _TARGET.match(self._text, end)
        return self._targets[end]

    def _label(self, at: int) -> int | None:
        """The bracket that ends a label of which a part starts here; pairs may stand inside it."""
        parts = []
        while at not in self._labels:
            parts.append(at)
            stop = _end(_PLAIN.match(self._text, at))
            pair = _PAIR.match(self._text, stop)
            if not pair:
                self._labels[at] = stop if self._text.startswith("]", stop) else None
                break
            at = pair.end()
        found = self._labels[at]
        self._labels.update(dict.fromkeys(parts, found))
        return found

    def defined(self, bracket: int) -> re.Match[str] | None:
        """What follows the name of a link's definition that would open at a bracket."""
        first = self._text[bracket + 1 : bracket + 2]
        if first in ("", "]", "^"):
            return None
        if self._bracket < bracket:
            found = self._text.find("]", bracket)
            self._bracket = len(self._text) if found < 0 else found
            self._defined = _DEFINED.match(self._text, self._bracket)
        return self._defined


def _end(found: re.Match[str] | None) -> int:
    return found.end() if found else 0
