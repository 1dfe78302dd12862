"""Tables of figures as they once stood: read as a person would, whatever is wrong with them.

Git keeps texts that no check would pass: other columns, another separator, figures with commas or
words. Nobody can correct them any more, but whoever looks can read them. So nothing is a fault
here: what can be read is read, and what cannot is counted.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from npcs.records.figures import ALL, COUNTS, FIGURES, TOTALS, Cell, Period, Row

_SEPARATORS = ",;\t|"
_LONGEST = 2_000
"""How many characters of a line are looked at."""

_GROUPED = re.compile(r"\d{1,3}(?:[., '\u2019\u00a0\u202f]\d{3})+", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,12}(?:[.,](\d{1,9}))?", re.ASCII)
_LIMIT = re.compile(
    r"\s*(?:n\s*)?(?:[<>≤≥]|(?:less|fewer|under|below|up to)\b)"
    r"|\s*[01]\s*(?:[-\u2013]|to)\s*(?:9|1\d)\s*$|\s*10 or (?:less|fewer)\b",
    re.IGNORECASE,
)
_SIGNS = {"<": " under ", ">": " over ", "≤": " up to ", "≥": " from ", "+": " and over "}
_NO_WORD = re.compile(r"[\W_]+")
_DIGIT = re.compile(r"\d", re.ASCII)
_SMALL = re.compile(r"\s*(?:[1-9]|10)\s*", re.ASCII)


class Part(NamedTuple):
    """The lines of a period in a text, with their numbers; ``key`` is the same for the same part.

    It holds all that its figures rest on: the columns, the lines, and whether the text has groups
    that the period has not.
    """

    key: tuple[object, ...]
    lines: tuple[tuple[int, str], ...]


class Loose(NamedTuple):
    """A text of a table, parted by period. Its rows are read when they are asked for.

    ``columns`` gives the place of each column of figures; ``groups`` are those of the whole text.
    ``strange`` numbers the columns nobody knows in which a count of 1 to 10 may stand, ``is_read``
    tells whether there is anything that could be read as a figure where there are lines.
    """

    separator: str
    columns: Mapping[str, int]
    width: int
    groups: frozenset[str]
    parts: tuple[Part, ...]
    strange: tuple[int, ...]
    is_read: bool

    def rows(self, part: Part) -> tuple[list[Row], int]:
        """The rows of a part, and how many of its lines cannot be read as figures."""
        rows: list[Row] = []
        unread = 0
        for line, written in part.lines:
            cells = _cells(written, self.separator)
            found = {
                name: cell
                for name in FIGURES
                if (at := self.columns.get(name)) is not None and at < len(cells)
                and (cell := _figure(line, at + 1, name, cells[at]))
            }  # fmt: skip
            if len(cells) > self.width or not found:
                unread += bool(_DIGIT.search("".join(cells[1:])))
                continue
            rows.append(Row(line, self._period(cells), _group(self.columns, cells), found))
        return rows, unread

    def _period(self, cells: Sequence[str]) -> Period:
        label = _at(self.columns, "period", cells)
        return Period.parse(label.upper()) or Period(
            label[:40] or "no period", "", 0, date.min, date.min
        )


def read_loosely(raw: bytes) -> Loose:
    """A text of a table as it once stood. Nothing in it makes this raise."""
    text = _decoded(raw)
    first, *lines = text.removeprefix("\ufeff").splitlines() or [""]
    first = first[:_LONGEST]
    separator = max(_SEPARATORS, key=first.count)
    names = [name.casefold() for name in _cells(first, separator)]
    columns = {name: names.index(name) for name in ("period", "group", *FIGURES) if name in names}
    by_period: dict[str, list[tuple[int, str]]] = {}
    groups: dict[str, set[str]] = {}
    if "period" not in columns and (at := _place_of_period(lines, separator, columns)) is not None:
        columns["period"] = at
    others = [at for at in range(len(names)) if at not in columns.values()]
    strange: dict[int, None] = {}
    for number, written in enumerate(lines, 2):
        written = written[:_LONGEST]
        if not written.strip(f"{_SEPARATORS} \r"):
            continue
        cells = _cells(written, separator)
        period = _at(columns, "period", cells)
        by_period.setdefault(period, []).append((number, written))
        groups.setdefault(period, set()).add(_group(columns, cells))
        for at in others:
            if at < len(cells) and _SMALL.fullmatch(cells[at]):
                strange[at] = None
    all_ = frozenset(one for those in groups.values() for one in those)
    head = separator, tuple(names)
    return Loose(
        separator, columns, len(names), all_,
        tuple(
            Part((head, all_ - groups[period] - {ALL}, tuple(text for _, text in those)),
                 tuple(those))
            for period, those in by_period.items()
        ),
        tuple(at + 1 for at in strange),
        bool({*FIGURES} & columns.keys()) or not (by_period or _DIGIT.search(first)),
    )  # fmt: skip


def _decoded(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    return raw.decode("utf-8", "replace")


def _cells(written: str, separator: str) -> list[str]:
    if '"' not in written:
        return [cell.strip() for cell in written.split(separator)]
    return [cell.strip() for cell in next(_parted(written, separator), [])]


def _parted(written: str, separator: str) -> Iterator[list[str]]:
    try:
        yield next(csv.reader([written], delimiter=separator), [])
    except csv.Error:
        yield written.split(separator)


def _at(columns: Mapping[str, int], name: str, cells: Sequence[str]) -> str:
    at = columns.get(name)
    return cells[at] if at is not None and at < len(cells) else ""


def _place_of_period(
    lines: Sequence[str], separator: str, columns: Mapping[str, int]
) -> int | None:
    """The first column nobody knows whose first cell is a period."""
    cells = _cells(lines[0][:_LONGEST], separator) if lines else []
    free = (at for at in range(len(cells)) if at not in columns.values())
    return next((at for at in free if Period.parse(cells[at].upper())), None)


def _group(columns: Mapping[str, int], cells: Sequence[str]) -> str:
    said = _at(columns, "group", cells)[:60].casefold()
    for sign, word in _SIGNS.items():
        said = said.replace(sign, word)
    group = _NO_WORD.sub("-", said).strip("-")
    return ALL if group in TOTALS else group or ALL


def _figure(line: int, column: int, name: str, text: str) -> Cell | None:
    """The figure of a cell; without a number where a word stands, None where it is empty."""
    if not text:
        return None
    if _LIMIT.match(text):
        return Cell(line, column, None)
    if name in COUNTS:
        grouped = _GROUPED.search(text)
        if grouped:
            return Cell(line, column, Fraction(re.sub(r"\D", "", grouped[0])))
    elif "," in text and "." in text:
        text = text.replace(",", "")
    found = _NUMBER.search(text)
    if found is None:
        return Cell(line, column, None)
    number = Fraction(found[0].replace(",", "."))
    if name not in COUNTS:
        return Cell(line, column, number, len(found[1] or ""))
    return Cell(line, column, number) if number >= 0 and number.denominator == 1 else None
