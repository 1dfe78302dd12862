"""What a piece of Markdown holds besides words: code, links, and places that links lead to.

Readers of Markdown differ. Where they do, this reads a text so that nothing a reader shows as a
link or as HTML is taken for code. Every expression here takes a time that grows with the text and
no faster, whatever the text.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from npcs.records.document import Link

_OPENS = re.compile(r"(`{3,}|~{3,})[ ]*[\w#.+-]*[ ]*")
_CLOSES = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*")
_BLANK = re.compile(r"\n[ \t]*\n")
_TICKS = re.compile(r"`+")
_NEW_BLOCK = re.compile(r"\n[ \t]*(?:[<#>|=:!+*[-]|\d+[.)]|```|~~~)")
_LINK = re.compile(
    r"(?<!\\)\]\([ \t]{0,9}\n?[ \t]{0,9}<?([^\s()<>\]]*)(?=>?\s{0,9}[)\"'(])", re.ASCII
)
_DEFINED = re.compile(
    r"^ {0,3}\[[^\]\n]{1,200}\]:[ \t]{0,9}\n?[ \t]{0,9}<?([^\s<>]+)", re.MULTILINE
)
_LABEL = re.compile(r"^ {0,3}\[([^\]\n]{1,200})\]:", re.MULTILINE)
_LABELLED = re.compile(r"(?<![\\!\]])\[([^\[\]\n]+)\]\[([^\[\]\n]*)\]")
_BRACES = re.compile(r"\{([^{}\n]*)\}")
_NAMED = re.compile(r"#([A-Za-z][\w-]*)")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(\S.*)$|^(\S.*)\n(?:=+|-+)[ ]*$", re.MULTILINE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|/")


class Lines:
    """The lines of a text: which one a character stands in, and where in it."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def place(self, at: int) -> tuple[int, int]:
        """How many lines stand before a character, and its column, counted from 1."""
        line = bisect_right(self._starts, at) - 1
        return line, at - self._starts[line] + 1


def prose(text: str) -> str:
    """The text with everything in code replaced by spaces, so that places stay the same.

    Code is what every reader of Markdown takes for code. A fence stands at the start of its line
    and is closed by the same fence; text in backticks does not reach into a block of its own.
    """
    if "`" not in text and "~~~" not in text:
        return text
    text = "\n".join(_without_fences(text.split("\n")))
    parts: list[str] = []
    done = first = 0
    for last in [*(found.start() for found in _BLANK.finditer(text)), len(text)]:
        if "`" in text[first:last]:
            for start, end in _spans(text[first:last]):
                parts += [text[done : first + start], _blanked(text[first + start : first + end])]
                done = first + end
        first = last
    return "".join([*parts, text[done:]])


def _blanked(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _without_fences(lines: list[str]) -> list[str]:
    number = 0
    while number < len(lines):
        opened = _OPENS.fullmatch(lines[number])
        number += 1
        if not opened:
            continue
        fence = opened[1]
        end = number
        while end < len(lines):
            closed = _CLOSES.fullmatch(lines[end])
            if closed and closed[1].startswith(fence):
                break
            end += 1
        if end == len(lines) or lines[end].rstrip(" ") != fence:
            return lines  # some readers close it and some do not: from here on nothing is code
        lines[number - 1 : end + 1] = ["" if not line else " " * len(line)
                                       for line in lines[number - 1 : end + 1]]  # fmt: skip
        number = end + 1
    return lines


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where code in backticks starts and ends in a paragraph, up to what readers differ about."""
    runs = [found.span() for found in _TICKS.finditer(text)]
    following: dict[int, int] = {}
    partner = [0] * len(runs)
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index][1] - runs[index][0]
        partner[index] = following.get(length, -1)
        following[length] = index
    index = 0
    while index < len(runs):
        start, end = runs[index]
        if partner[index] < 0 or text[max(0, start - 1) : start] == "\\":
            return
        index = partner[index]
        if (
            "\n" in text[end : runs[index][0]]
            and (
                end - start > 2  # it may be a fence
                or text[text.rfind("\n", 0, start) + 1 : start].lstrip().startswith("#")
                or _NEW_BLOCK.search(text, end, runs[index][0])
            )
        ):
            return
        yield start, runs[index][1]
        index += 1


def links(text: str, first_line: int) -> list[Link]:
    """The links of a prose text that lead to a file of the repository or into the text itself.

    A link by a label that the text does not define has the label in brackets as its target.
    """
    if "]" not in text:
        return []
    text = prose(text)
    found = [
        (match.start(1), match[1])
        for pattern in (_LINK, _DEFINED)
        for match in pattern.finditer(text)
        if match[1] and not _SCHEME.match(match[1])
    ]
    if "][" in text:
        labels = {match[1].casefold() for match in _LABEL.finditer(text)}
        for match in _LABELLED.finditer(text):
            label = match[2] or match[1]
            if label.casefold() not in labels:
                found.append((match.start(), f"[{label}]"))
    if not found:
        return []
    lines = Lines(text)
    result = []
    for at, target in sorted(found):
        line, column = lines.place(at)
        result.append(Link(target, first_line + line, column))
    return result


def anchors(body: str) -> list[str]:
    """The addresses inside a prose text: those its author set, and those of its headings."""
    if "#" not in body and "\n==" not in body and "\n--" not in body:
        return []
    text = prose(body)
    found = _named(text)
    taken = set(found)
    numbers: dict[str, int] = {}
    for match in _HEADING.finditer(text):
        start, end = match.span(1 if match[1] else 2)
        heading = body[start:end]
        if _named(heading):
            continue
        name = heading = slug(heading.rstrip().rstrip("#"))
        while name in taken:
            numbers[heading] = numbers.get(heading, 0) + 1
            name = f"{heading}_{numbers[heading]}"
        taken.add(name)
        found.append(name)
    return found


def _named(text: str) -> list[str]:
    """The addresses an author set in a text, in braces."""
    if "{" not in text:
        return []
    return [one[1] for braces in _BRACES.finditer(text) if (one := _NAMED.search(braces[1]))]


@lru_cache(maxsize=4096)  # records of a kind have the same headings
def slug(heading: str) -> str:
    """The address the site gives to a heading, as Python-Markdown makes it."""
    plain = re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", heading)
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode("ascii")
    plain = re.sub(r"[^\w\s-]", "", plain).strip().lower()
    return re.sub(r"[-\s]+", "-", plain)


__all__ = ["Lines", "anchors", "links", "prose", "slug"]
