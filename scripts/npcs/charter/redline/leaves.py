"""The lines of a Markdown text, read into blocks and what these stand in.

Readers of Markdown differ in what may stand where. Lines are joined only where none of them could
take the second one for anything but more of the same paragraph; what may be code, a table, a list
or a line break on purpose keeps its lines.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["heading", "paragraph", "row", "code", "rule", "definition"]
Holds = Literal["quote", "bullets", "numbers", "item", "table"]
Hidden = Literal["none", "ends", "last", "all"]

DEEPEST = 12
"""How deep lists and quotes are looked into; what stands deeper is taken as it is."""

_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]*")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_QUOTE = re.compile(r" {0,3}>[ ]?")
_ITEM = re.compile(r"( {0,3})([-*+]|\d{1,9}[.)])([ \t]+)(?=[^ \t])", re.ASCII)
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_DELIMITER = re.compile(r"(?=[^|]*\|)\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?$")
_DEFINITION = re.compile(r" {0,3}\*?\[(?!\^)[^\]\n]+\]:")
_PLAIN = re.compile(
    r"(?!\d{1,9}[.)](?:[ \t]|$))"
    r"(?:[^\W_]|[^\x00-\x7f]|[\"'(),.;%$&/@]|[*_]{1,3}[^\W_]|`(?!``)|!?\[(?![^\]\n]*\]:)"
    r"|\\[^\w\s]|<https?://)"
)
_FOOTNOTE = re.compile(r"\[\^[^\]\n]+\]:[ \t]+[^ \t]")
# An item without a text, or the like: some readers want a blank behind the mark.
_BARE = re.compile(r"(?:.*[ \t])?(?:[-*+:]|\d{1,9}[.)]|#+)", re.ASCII)
_RAW = re.compile(r" {0,3}<(pre|script|style|textarea|!--)", re.IGNORECASE)
_ANCHOR = re.compile(r"\{:?[ \t]*#[A-Za-z][\w-]*[ \t]*\}")
_SPACES = re.compile(r"(?<=[^ \t]) {2,}(?=[^ \t])")


@dataclass(frozen=True, slots=True, eq=False)
class Container:
    """A list, an item of one, a quote or a table: what blocks stand in.

    ``number`` is that of an item of a numbered list, counted as the site does, from 1.
    """

    holds: Holds
    number: int = 0


class Line(NamedTuple):
    """A line: what containers have taken of it, the rest, and the blanks at its end.

    ``kept`` are the blanks at its end that mean something.
    """

    prefix: str
    rest: str
    tail: str
    kept: str


@dataclass(slots=True)
class Leaf:
    """A block as it is read: its kind and level, what it stands in, and its lines.

    ``hidden`` tells which lines are marks and nothing else; ``blank`` is what stands in the blank
    line after it, None without one.
    """

    kind: Kind
    level: int
    within: tuple[Container, ...]
    lines: list[Line]
    hidden: Hidden = "none"
    blank: str | None = None


def leaves(markdown: str) -> list[Leaf]:
    """The blocks of a text. Any text has some reading: nothing raises."""
    reader = _Reader()
    reader.read(_lines(markdown), ())
    return reader.leaves


def _lines(markdown: str) -> list[Line]:
    raw = markdown.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    found = []
    follows = False  # whether the next line is not blank
    for line in reversed(raw):
        rest = line.rstrip(" \t")
        tail = line[len(rest) :]
        kept = " " if tail and (rest.endswith("\\") or _BARE.fullmatch(rest)) else ""
        if tail and follows and line.expandtabs(4).endswith("  "):
            kept = "  "  # a line break
        found.append(Line("", rest, tail, kept))
        follows = bool(rest)
    return found[::-1]


def _indent(rest: str) -> int:
    """How many columns a line is set in."""
    bare = rest.lstrip(" \t")
    return len(rest[: len(rest) - len(bare)].expandtabs(4))


def _stripped(line: Line, columns: int) -> Line:
    """The line without as many columns of its indent, as far as it has them."""
    prefix, rest, tail, kept = line
    at = width = 0
    while at < len(rest) and rest[at] in " \t" and width < columns:
        width += 4 - width % 4 if rest[at] == "\t" else 1
        at += 1
    return Line(prefix + rest[:at], rest[at:], tail, kept)


class _Reader:
    """Reads lines into leaves, going down into quotes and lists."""

    def __init__(self) -> None:
        self.leaves: list[Leaf] = []

    def read(self, lines: Sequence[Line], within: tuple[Container, ...]) -> None:
        """Read lines that stand in the same containers."""
        number = 0
        while number < len(lines):
            line = lines[number]
            if line.rest:
                number = self._next(lines, number, within)
            else:
                self._blank(line.prefix)
                number += 1

    def _blank(self, prefix: str) -> None:
        """Note a blank line; of several, one that parts quotes counts more than one within."""
        prefix = prefix.rstrip(" \t")
        if self.leaves:
            known = self.leaves[-1].blank
            self.leaves[-1].blank = prefix if known is None or len(prefix) < len(known) else known

    def _next(self, lines: Sequence[Line], first: int, within: tuple[Container, ...]) -> int:
        """Read the block that begins in a line; gives the number of the line after it."""
        rest = lines[first].rest
        if found := _FENCE.match(rest):
            return self._fence(lines, first, within, found[1])
        if _indent(rest) >= 4:
            return self._code(lines, first, within)
        if found := _HEADING.match(rest):
            prefix, rest, *blanks = lines[first]
            line = Line(prefix + found[0], rest[found.end() :], *blanks)
            self._leaf("heading", [line], within, len(found[1]))
            return first + 1
        if _RULE.match(rest):
            self._leaf("rule", [lines[first]], within, hidden="all")
            return first + 1
        if len(within) < DEEPEST:
            if _QUOTE.match(rest):
                return self._quote(lines, first, within)
            if _ITEM.match(rest):
                return self._list(lines, first, within)
        if (
            "|" in rest
            and first + 1 < len(lines)
            and _DELIMITER.match(lines[first + 1].rest.lstrip(" "))
        ):
            return self._table(lines, first, within)
        if _DEFINITION.match(rest):
            self._leaf("definition", [lines[first]], within)
            return first + 1
        if found := _RAW.match(rest):
            return self._raw(lines, first, within, found[1].lower())
        return self._paragraph(lines, first, within)

    def _leaf(
        self,
        kind: Kind,
        lines: list[Line],
        within: tuple[Container, ...],
        level: int = 0,
        hidden: Hidden = "none",
    ) -> None:
        if kind not in ("code", "paragraph") and hidden != "last":
            lines = [
                one._replace(kept=" " * bool(one.kept and _BARE.fullmatch(one.prefix + one.rest)))
                for one in lines
            ]
        self.leaves.append(Leaf(kind, level, within, lines, hidden))

    def _fence(
        self, lines: Sequence[Line], first: int, within: tuple[Container, ...], fence: str
    ) -> int:
        """Code between fences; where readers differ on the end of it, up to the later one."""
        end = first + 1
        while end < len(lines) and lines[end].rest.lstrip(" \t") != fence:
            end += 1
        closed = end < len(lines)
        kept = list(lines[first : end + 1])
        self._leaf("code", kept, within, hidden="ends" if closed else "none")
        return end + 1

    def _code(self, lines: Sequence[Line], first: int, within: tuple[Container, ...]) -> int:
        end = last = first
        while end < len(lines) and (not lines[end].rest or _indent(lines[end].rest) >= 4):
            if lines[end].rest:
                last = end
            end += 1
        kept = [_stripped(one, 4) for one in lines[first : last + 1]]
        self._leaf("code", kept, within)
        return last + 1

    def _quote(self, lines: Sequence[Line], first: int, within: tuple[Container, ...]) -> int:
        inside: list[Line] = []
        end = first
        while end < len(lines) and lines[end].rest:
            prefix, rest, *blanks = lines[end]
            found = _QUOTE.match(rest)
            if found:
                inside.append(Line(prefix + found[0], rest[found.end() :], *blanks))
            elif inside[-1].rest and _indent(rest) < 4 and _PLAIN.match(rest.lstrip(" ")):
                inside.append(_stripped(lines[end], 3))
            else:
                break
            end += 1
        if any(one.rest for one in inside):
            self.read(inside, (*within, Container("quote")))
        else:  # without a text
            self._leaf("paragraph", [Line(inside[0].prefix.rstrip(" "), "", "", "")], within)
        return end

    def _list(self, lines: Sequence[Line], first: int, within: tuple[Container, ...]) -> int:
        numbered = lines[first].rest.lstrip(" ")[0] not in "-*+"
        whole = Container("numbers" if numbered else "bullets")
        at, count = first, 0
        while at < len(lines):
            prefix, rest, *blanks = lines[at]
            found = _ITEM.match(rest)
            if not found or (found[2] not in "-*+") != numbered or _RULE.match(rest):
                break
            count += 1
            inside = [Line(prefix + found[0], rest[found.end() :], *blanks)]
            width = found.end() if len(found[3]) <= 4 else found.end(2) + 1
            end = self._rest_of_item(lines, at + 1, width, inside)
            self.read(inside, (*within, whole, Container("item", count)))
            at = end
            while at < len(lines) and not lines[at].rest:
                self._blank(lines[at].prefix)
                at += 1
        return at

    @staticmethod
    def _rest_of_item(lines: Sequence[Line], first: int, width: int, inside: list[Line]) -> int:
        """Take the further lines of an item of a list; gives the number of the line after it."""
        end = at = first
        while at < len(lines):
            line = lines[at]
            if not line.rest:
                at += 1
                continue
            if _indent(line.rest) >= min(width, 4):
                inside += lines[end:at]
                inside.append(_stripped(line, width))
            elif at == end and not _ITEM.match(line.rest) and _PLAIN.match(line.rest.lstrip(" ")):
                inside.append(_stripped(line, 3))
            else:
                break
            at += 1
            end = at
        return end

    def _table(self, lines: Sequence[Line], first: int, within: tuple[Container, ...]) -> int:
        table = (*within, Container("table"))
        end = first
        while end < len(lines) and lines[end].rest:
            self._leaf("row", [_stripped(lines[end], 3)], table, min(end - first, 2))
            end += 1
        return end

    def _raw(
        self, lines: Sequence[Line], first: int, within: tuple[Container, ...], tag: str
    ) -> int:
        """HTML in which every line end counts, up to its closing tag."""
        close = "-->" if tag == "!--" else f"</{tag}"
        end = first
        while end < len(lines) and close not in lines[end].rest.lower():
            end += 1
        if end == len(lines):  # nothing closes it: the rest of the paragraph
            end = first
            while end + 1 < len(lines) and lines[end + 1].rest:
                end += 1
        self._leaf("code", list(lines[first : end + 1]), within)
        return end + 1

    def _paragraph(self, lines: Sequence[Line], first: int, within: tuple[Container, ...]) -> int:
        if first + 1 < len(lines) and (found := _UNDERLINE.match(lines[first + 1].rest)):
            level = 1 if found[1][0] == "=" else 2
            both = [_stripped(one, 3) for one in lines[first : first + 2]]
            self._leaf("heading", both, within, level, "last")
            return first + 2
        in_item = bool(within) and within[-1].holds == "item"
        end = first + 1
        while end < len(lines) and lines[end].rest:
            rest = lines[end].rest
            if _HEADING.match(rest) or _QUOTE.match(rest) or _FENCE.match(rest):
                break
            if (in_item and _ITEM.match(rest)) or (_RULE.match(rest) and "-" not in rest):
                break
            end += 1
        kept = [_stripped(one, 3) for one in lines[first:end]]
        self._leaf("paragraph", kept if any(map(_is_odd, kept[1:])) else _joined(kept), within)
        return end


def _is_odd(line: Line) -> bool:
    """Whether a line in a paragraph may make something else of the lines before it."""
    bare = line.rest.lstrip(" \t")
    return bool(_UNDERLINE.match(bare) or _DELIMITER.match(bare) or bare.startswith(":"))


def _joined(lines: list[Line]) -> list[Line]:
    """The lines of a paragraph, joined where every reader of Markdown reads on."""
    groups: list[list[Line]] = []
    goes_on = False
    for number, line in enumerate(lines):
        bare = line.rest.lstrip(" \t")
        plain = bool(_PLAIN.match(bare))
        if goes_on and (plain or (line is lines[-1] and _ANCHOR.fullmatch(bare))):
            groups[-1].append(line)
        else:
            groups.append([line])
            goes_on = plain or (not number and bool(_FOOTNOTE.match(bare)))
        goes_on = goes_on and not line.kept and not bare.endswith(("\\", "}"))
    found = []
    for group in groups:
        text = " ".join(one.rest.lstrip(" \t") for one in group)
        if _PLAIN.match(text) and "`" not in text and _indent(group[0].rest) < 4:
            text = _SPACES.sub(" ", text)
        indent = _stripped(group[0], len(group[0].rest)).prefix
        found.append(Line(indent, text, "", group[-1].kept))
    return found
