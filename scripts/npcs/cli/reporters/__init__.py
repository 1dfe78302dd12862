"""How a report is written out: one module per format, each with ``render(report, strict)``.

``render`` gives the whole output as one text. Nothing is printed here, and no format decides what
fails.
"""

from collections.abc import Sequence

from npcs.cli.terminal import counted
from npcs.governance.dates import day_in_words
from npcs.records.findings import SEVERITIES, Finding, Severity, Waived
from npcs.rules.report import Report


def rule_page(name: str) -> str:
    """The address of a rule's page on the site."""
    return f"rules/{name}/"


def failing(strict: bool) -> tuple[Severity, ...]:
    """The severities that fail a check."""
    return ("error", "warning") if strict else ("error",)


def counts(findings: tuple[Finding, ...]) -> dict[Severity, int]:
    """How many findings there are of each severity."""
    table = dict.fromkeys(SEVERITIES, 0)
    for one in findings:
        table[one.severity] += 1
    return table


def accepted(one: Waived) -> str:
    """By which decision a finding is waived, until when and why."""
    return f"waived by {one.decision} until {day_in_words(one.until)}: {one.reason}"


def summary(report: Report, strict: bool, within: Sequence[str] = ()) -> str:
    """How much was found in how many records, and in a sentence what of it fails.

    ``within`` are the files and folders whose findings the report is limited to.
    """
    number = counts(report.findings)
    found = [
        f"{number['due']:,} due" if name == "due" else counted(number[name], name)
        for name in SEVERITIES
        if number[name]
    ]
    if report.waived:
        found.append(f"{len(report.waived):,} waived")
    records = counted(report.records, "record")
    where = f"{', '.join(within)}; {records} read" if within else records
    told = f"{', '.join(found) or 'Nothing found'} in {where} as of {report.as_of}."
    return f"{told} {_what_fails(number, strict)}" if found else told


def _what_fails(number: dict[Severity, int], strict: bool) -> str:
    fails = [name for name in SEVERITIES if number[name] and name in failing(strict)]
    passes = [name for name in SEVERITIES if number[name] and name not in failing(strict)]
    if not fails:
        return "None of this fails the check."
    words = {"error": "errors", "warning": "warnings", "due": "what is due"}
    told = f"{' and '.join(words[name] for name in fails)} fail the check".capitalize()
    if passes:
        verb = "does" if passes == ["due"] else "do"
        told += f"; {' and '.join(words[name] for name in passes)} {verb} not"
    return f"{told}."
