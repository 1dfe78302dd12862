"""A table of children's care, read row by row. What is wrong is told by its place, never shown."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from npcs.cli.terminal import counted
from npcs.governance.bundles import Child, Said, columns
from npcs.records.practices import Bundle

MOST = 20
"""How many faults are told before reading ends."""

LONGEST = 20_000
"""How many characters a line may have."""

_PERIODS = {
    "months": re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])", re.ASCII),
    "quarters": re.compile(r"[12]\d{3}-Q[1-4]", re.ASCII),
    "years": re.compile(r"[12]\d{3}", re.ASCII),
}
_PARTED = {";": "semicolons", "\t": "tabs"}
_SAID: dict[str, Said] = {
    "yes": "yes", "no": "no", "not-applicable": "not-applicable", "n/a": "not-applicable",
    "unknown": "unknown", "": "unknown",
}  # fmt: skip


@dataclass(slots=True)
class Wrong:
    """What cannot be read in a table, in the order of its lines."""

    lines: list[str] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Whether so much is wrong that reading ends."""
        return len(self.lines) >= MOST

    def say(self, text: str, line: int = 0) -> None:
        """Note a fault, in a line where it has one."""
        if not self.is_full:
            self.lines.append(f"line {line}: {text}" if line else text)


def children(bundle: Bundle, path: Path, wrong: Wrong) -> Iterator[Child]:
    """The rows of a table, as far as they can be read; ``wrong`` hears of all others."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _Table(bundle, wrong).rows(file)
    except UnicodeDecodeError:
        wrong.say("the file is not UTF-8: save it as “CSV UTF-8”")
    except csv.Error as error:
        wrong.say(f"the file is no table in CSV: {error}")


class _Table:
    """What is known of a table while it is read."""

    def __init__(self, bundle: Bundle, wrong: Wrong) -> None:
        self._elements = [one.id for one in bundle.elements]
        self._reasons = {one.id for one in bundle.exclusions}
        self._columns = columns(bundle)
        self._wrong = wrong
        self._periods = ""

    def rows(self, file: TextIO) -> Iterator[Child]:
        reader = csv.reader(_lines(file), strict=True)
        names = [name.strip() for name in next(reader, [])]
        if not self._fits(names):
            return
        for row in reader:
            if self._wrong.is_full:
                return
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(names):
                self._wrong.say(
                    f"it has {counted(len(row), 'cell')}, and the table "
                    f"{counted(len(names), 'column')}",
                    reader.line_num,
                )
                continue
            child = self._child(dict(zip(names, row, strict=True)), reader.line_num)
            if child:
                yield child

    def _fits(self, names: list[str]) -> bool:
        missing = [name for name in self._columns if name != "excluded" and name not in names]
        sign = next((word for mark, word in _PARTED.items() if mark in "".join(names)), "")
        if missing and sign:
            self._wrong.say(f"the cells are parted by {sign}: save the table with commas", 1)
            return False
        for name in missing:
            self._wrong.say(f"the column `{name}` is missing", 1)
        strange = sum(name not in self._columns for name in names)
        if strange:
            self._wrong.say(
                f"{counted(strange, 'column')} in it {'is' if strange == 1 else 'are'} not asked "
                f"for. Take {'it' if strange == 1 else 'them'} out, so that nothing stands there "
                f"that tells who a child is. The columns are: {', '.join(self._columns)}",
                1,
            )
        twice = sorted({name for name in names if names.count(name) > 1} & {*self._columns})
        for name in twice:
            self._wrong.say(f"the column `{name}` stands there twice", 1)
        return not (missing or strange or twice)

    def _child(self, row: dict[str, str], line: int) -> Child | None:
        before = len(self._wrong.lines)
        period = row["period"].strip().upper()
        form = next((name for name, one in _PERIODS.items() if one.fullmatch(period)), "")
        self._periods = self._periods or form
        if not form:
            self._wrong.say(
                "`period` is a month, a quarter or a year: 2027-03, 2027-Q1 or 2027", line
            )
        elif form != self._periods:
            self._wrong.say(f"`period` is one of {form}, and above it was of {self._periods}", line)
        age = row["age_months"].strip()
        if not re.fullmatch(r"\d{1,3}", age, re.ASCII):
            self._wrong.say("`age_months` is the age in whole months, as in 7", line)
        said = {name: _SAID.get(row[name].strip().lower()) for name in self._elements}
        for name, one in said.items():
            if one is None:
                self._wrong.say(f"`{name}` is yes, no, not-applicable or unknown", line)
        excluded = row.get("excluded", "").strip()
        if excluded and excluded not in self._reasons:
            known = ", ".join(sorted(self._reasons)) or "none"
            self._wrong.say(f"`excluded` is empty or a reason of the bundle ({known})", line)
        if len(self._wrong.lines) > before:
            return None
        return Child(period, int(age), {key: one for key, one in said.items() if one}, excluded)


def _lines(file: TextIO) -> Iterator[str]:
    """The lines of a file, none of them without end."""
    while line := file.readline(LONGEST + 1):
        if len(line) > LONGEST:
            raise csv.Error("a line of it has no end")
        yield line
