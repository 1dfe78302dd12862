"""What a check has to tell: findings, and rules that broke."""

import re
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from npcs.records.findings import Finding, Waived
from npcs.records.personal import without

if TYPE_CHECKING:
    from npcs.records.hub import Hub


class Crash(NamedTuple):
    """A rule that broke: an error of ours, never of the records. ``trace`` is for maintainers."""

    rule: str
    path: str
    error: str
    trace: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: findings in the order of their places, and rules that crashed.

    ``records`` counts the files of records looked at. ``waived`` are findings the committee has
    accepted for a time; they stand nowhere else. ``hub`` are the records, for whoever needs them
    next; None where nothing had changed since an earlier check, and none were read. ``hidden`` are
    the lines that no report shows, whichever rule has found something on them.
    """

    root: str
    as_of: date
    findings: tuple[Finding, ...]
    crashes: tuple[Crash, ...]
    records: int
    waived: tuple[Waived, ...] = ()
    hub: "Hub | None" = field(default=None, compare=False, repr=False)
    hidden: frozenset[tuple[str, int]] = frozenset()


HIDING = ("small-cell", "measure-figures", "identifier")
"""The rules of whose findings no report shows the line: what stands there is not to be repeated."""

_UNKNOWN = "unknown-file"
"""Nobody knows what a file holds that is no record: most likely a table that should not be here."""


_TABLES = re.compile(r"workplan/measures/.*\.csv")
"""The tables of figures: what is wrong with one may lie beside a small number."""


def hidden_lines(findings: Iterable[Finding]) -> frozenset[tuple[str, int]]:
    """The lines, by path and number, that no report shows, whichever rule tells of them."""
    return frozenset(
        (one.path, one.line)
        for one in findings
        if one.rule in HIDING or one.rule == _UNKNOWN or _TABLES.fullmatch(one.path)
    )


def crash(rule: str, path: str, error: BaseException) -> Crash:
    """What is told of a rule that raised an error."""
    trace = "".join(traceback.format_exception(error))
    return Crash(rule, path, without(f"{type(error).__name__}: {error}"), without(trace))
