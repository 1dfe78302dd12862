"""Findings as workflow commands, which GitHub shows beside the lines of a change.

The form and its escapes: GitHub Docs, “Workflow commands for GitHub Actions”.
"""

from npcs.cli.reporters import accepted, summary
from npcs.cli.terminal import plain
from npcs.records.findings import Finding
from npcs.rules.report import Report

LEVELS = {"error": "error", "warning": "warning", "due": "notice"}


def render(report: Report, strict: bool) -> str:
    """One command for each finding, then the summary as a plain line of the log."""
    commands = [_command(one) for one in report.findings]
    commands += [_command(one.finding, accepted(one)) for one in report.waived]
    return "".join(f"{line}\n" for line in (*commands, summary(report, strict)))


def _command(one: Finding, waived: str = "") -> str:
    title = f"{one.rule} ({one.provision})" if one.provision else one.rule
    properties = {"file": plain(one.path), "line": one.line, "col": one.column, "title": title}
    told = ",".join(f"{name}={in_property(str(value))}" for name, value in properties.items())
    message = "\n".join(plain(text) for text in (one.message, waived or one.hint) if text)
    level = "notice" if waived else LEVELS[one.severity]
    return f"::{level} {told}::{in_message(message)}"


def in_message(text: str) -> str:
    """A text as it may stand after the second pair of colons."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def in_property(text: str) -> str:
    """A text as it may stand as the value of a property."""
    return in_message(text).replace(":", "%3A").replace(",", "%2C")
