"""A line of a file as it can be shown, with a mark under the place a finding speaks of."""

import re
from collections.abc import Sequence, Set
from pathlib import Path
from typing import NamedTuple
from unicodedata import combining, east_asian_width

from npcs.cli.terminal import escaped, is_harmful
from npcs.records.tree import read_file

WIDTH = 96
"""How many columns of a line are shown at most."""

LEAD = 32
"""How many of them stand before the mark, where a line has to be cut."""

TAB = 4
_BREAK = re.compile(r"\r\n|\r|\n")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_VALUE = re.compile(r"\S.*?(?=\s*$|\s+#|:\s|:$)")
_VALUE_IN_BRACKETS = re.compile(r"[^\s,\[\]{}][^,\[\]{}]*?(?=\s*$|\s*[,\[\]{}]|\s+#|:\s|:$)")
_WORD = re.compile(r"\S+")


class Excerpt(NamedTuple):
    """A line as it is shown, and the line below it with the marks."""

    text: str
    marks: str


class Sources:
    """The lines of the files below a root, each file read once, when it is first asked for.

    ``hidden`` are lines, by path and number, that are not to be shown; nor is any line that holds
    what identifies a person.
    """

    def __init__(self, root: Path, hidden: Set[tuple[str, int]] = frozenset()) -> None:
        self._root = root
        self._hidden = hidden
        self._lines: dict[str, tuple[str, ...]] = {}

    def lines(self, path: str) -> Sequence[str]:
        """The lines of a file, whatever its bytes; none where it cannot be read, or is UTF-16."""
        known = self._lines.get(path)
        if known is None:
            raw = read_file(self._root, path)
            is_text = isinstance(raw, bytes) and not raw.startswith((b"\xff\xfe", b"\xfe\xff"))
            text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) and is_text else ""
            known = self._lines[path] = tuple(_BREAK.split(text)) if text else ()
        return known

    def line(self, path: str, number: int) -> str | None:
        """A line of a file, counted from 1, or None where there is none or it is hidden."""
        return None if self.hides(path, number) else self._line(path, number)

    def hides(self, path: str, number: int) -> bool:
        """Whether a line is not to be shown."""
        from npcs.records.personal import holds  # a clean check need not load it

        return (path, number) in self._hidden or holds(self._line(path, number) or "")

    def _line(self, path: str, number: int) -> str | None:
        lines = self.lines(path)
        return lines[number - 1] if 1 <= number <= len(lines) else None

    def excerpt(self, path: str, number: int, column: int) -> Excerpt | None:
        """What to show of a line; None where there is nothing to see."""
        line = self.line(path, number)
        if line is None or not line.strip():
            return None
        return excerpt(line, column, self._in_prose(path, number))

    def _in_prose(self, path: str, number: int) -> bool:
        """Whether a line stands below the front matter, where a value ends like a word."""
        if not path.endswith(".md"):
            return False
        lines = self.lines(path)
        return lines[0] != "---" or "---" in lines[1 : number - 1]


def excerpt(line: str, column: int, prose: bool = False) -> Excerpt:
    """A line cut around a column, without control characters, and marks below what stands there."""
    at = min(max(column, 1) - 1, len(line))
    # Far more than can be shown is left out at once: a line may have a million characters.
    first = max(0, at - WIDTH)
    part = line[first : at + WIDTH + 1]
    end = at + _length(part, at - first, prose)
    cells = _cells(part)
    before = sum(width for _, width in cells[: at - first])
    marked = max(1, sum(width for _, width in cells[at - first : end - first]))
    total = sum(width for _, width in cells)
    is_cut_behind = first + len(part) < len(line)
    if not first and not is_cut_behind and total <= WIDTH:
        return Excerpt("".join(text for text, _ in cells), " " * before + "^" * marked)
    return _window(cells, before, marked, bool(first), is_cut_behind)


def _window(
    cells: list[tuple[str, int]], before: int, marked: int, more_before: bool, more_behind: bool
) -> Excerpt:
    """The cells around the marked ones, with dots where something is left out."""
    start = max(0, before - LEAD) if more_before or before >= WIDTH - LEAD else 0
    shown: list[str] = []
    column = used = skipped = 0
    for text, width in cells:
        if column < start:
            column += width
            skipped = column
            continue
        if used + width > WIDTH:
            more_behind = True
            break
        shown.append(text)
        used += width
    head = "..." if skipped or more_before else ""
    tail = "..." if more_behind else ""
    indent = len(head) + before - skipped
    visible = max(1, min(marked, used - (before - skipped)))
    return Excerpt(head + "".join(shown) + tail, " " * indent + "^" * visible)


def _length(line: str, at: int, prose: bool) -> int:
    """How many characters from a place on belong together: a quoted text, a value, a word."""
    if prose:
        found = _WORD.match(line, at)
    else:
        inside = any(sign in line[:at] for sign in "[{")
        value = _VALUE_IN_BRACKETS if inside else _VALUE
        found = _QUOTED.match(line, at) or value.match(line, at)
    return len(found.group()) if found else 1


def _cells(line: str) -> list[tuple[str, int]]:
    """Each character as it is shown, with the number of columns it takes."""
    cells: list[tuple[str, int]] = []
    column = 0
    for one in line:
        if one == "\t":
            width = TAB - column % TAB
            cell = " " * width
        elif is_harmful(one):
            cell = escaped(one)
            width = len(cell)
        elif combining(one) or one in "\u200c\u200d":
            cell, width = one, 0
        else:
            cell, width = one, 2 if east_asian_width(one) in "WF" else 1
        cells.append((cell, width))
        column += width
    return cells
