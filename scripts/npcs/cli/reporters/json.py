"""Findings as JSON, for programs: version 1 of a form that keeps its keys."""

import json
import re
from typing import Any

from npcs.cli.reporters import counts
from npcs.records.findings import Finding
from npcs.rules.report import Report

VERSION = 1

# JSON lets these stand, but a terminal may obey them, and half a surrogate is no character.
_HARMFUL = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufff9-\ufffb]"
)


def render(report: Report, strict: bool) -> str:  # noqa: ARG001 - what fails is the exit code's
    """The report as one JSON object."""
    return dump(
        {
            "version": VERSION,
            "as_of": report.as_of.isoformat(),
            "root": report.root,
            "counts": counts(report.findings),
            "findings": [as_finding(one) for one in report.findings],
            "waived": [
                {
                    **as_finding(one.finding),
                    "waiver": one.waiver,
                    "decision": one.decision,
                    "until": one.until.isoformat(),
                    "reason": one.reason,
                }
                for one in report.waived
            ],
            "crashes": [
                {"rule": one.rule, "path": one.path, "error": one.error, "trace": one.trace}
                for one in report.crashes
            ],
        }
    )


def as_finding(one: Finding) -> dict[str, str | int]:
    """A finding with its keys, in their order."""
    return {
        "rule": one.rule,
        "severity": one.severity,
        "path": one.path,
        "line": one.line,
        "column": one.column,
        "message": one.message,
        "hint": one.hint,
        "provision": one.provision,
    }


def dump(value: Any) -> str:
    """A value as JSON with a line end, in the order given, safe to print on a terminal."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _HARMFUL.sub(lambda found: _escape(found.group()), text) + "\n"


def _escape(character: str) -> str:
    return f"\\u{ord(character):04x}"
