"""Findings as SARIF 2.1.0, which code hosts and editors read.

The form: OASIS, “Static Analysis Results Interchange Format (SARIF) Version 2.1.0”.
"""

import hashlib
import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from npcs import __version__
from npcs.cli.reporters import accepted, rule_page
from npcs.cli.reporters.json import dump
from npcs.cli.source import Sources
from npcs.records.findings import Finding, Waived
from npcs.rules.registry import RULES
from npcs.rules.report import Crash, Report, hidden_lines
from npcs.rules.rule import Rule

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS = {"error": "error", "warning": "warning", "due": "note"}
BASE = "%SRCROOT%"

_SITE = re.compile(r"^site_url:\s*[\"']?(https?://[^\s\"'#]+)", re.MULTILINE)


def render(report: Report, strict: bool) -> str:  # noqa: ARG001 - what fails is the exit code's
    """The report as a SARIF log of one run."""
    root = Path(report.root)
    site = _site(root)
    numbers = {rule.name: number for number, rule in enumerate(RULES)}
    prints = Fingerprints(Sources(root, report.hidden | hidden_lines(report.findings)))
    run = {
        "tool": {
            "driver": {
                "name": "npcs",
                "semanticVersion": __version__,
                "rules": [_descriptor(rule, site) for rule in RULES],
            }
        },
        "invocations": [_invocation(report, numbers)],
        "originalUriBaseIds": {BASE: {"description": {"text": "The root of the records."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, by, numbers, prints) for one, by in _all(report)],
        "properties": {"asOf": report.as_of.isoformat(), "records": report.records},
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _descriptor(rule: Rule, site: str) -> dict[str, Any]:
    """A rule; where the root's site has an address, with that of the rule's page."""
    descriptor: dict[str, Any] = {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.details or rule.summary},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": LEVELS[rule.usual]},
        "properties": {"subject": rule.subject, "tags": [rule.subject]},
    }
    if rule.provision:
        descriptor["properties"]["provision"] = rule.provision
    if site:
        descriptor["helpUri"] = urljoin(site, rule_page(rule.name))
    return descriptor


def _site(root: Path) -> str:
    try:
        found = _SITE.search((root / "mkdocs.yml").read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        return ""
    return found[1].rstrip("/") + "/" if found else ""


def _invocation(report: Report, numbers: dict[str, int]) -> dict[str, Any]:
    invocation: dict[str, Any] = {"executionSuccessful": not report.crashes}
    if report.crashes:
        invocation["toolExecutionNotifications"] = [
            _notification(one, numbers) for one in report.crashes
        ]
    return invocation


def _notification(one: Crash, numbers: dict[str, int]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "level": "error",
        "message": {"text": f"The rule {one.rule} crashed: {one.error}"},
        "associatedRule": _rule(one.rule, numbers),
        "exception": {"kind": one.error.partition(":")[0], "message": one.error},
    }
    if one.path:
        told["locations"] = [{"physicalLocation": {"artifactLocation": _artifact(one.path)}}]
    return told


def _rule(name: str, numbers: dict[str, int]) -> dict[str, Any]:
    return {"id": name, "index": numbers[name]} if name in numbers else {"id": name}


def _all(report: Report) -> list[tuple[Finding, Waived | None]]:
    """All findings by their places, so that a waiver changes no fingerprint of another."""
    found: list[tuple[Finding, Waived | None]] = [(one, None) for one in report.findings]
    found += [(one.finding, one) for one in report.waived]
    if report.waived:
        found.sort(key=lambda each: _place(each[0]))
    return found


def _place(one: Finding) -> tuple[str, int, int, str, str]:
    return one.path, one.line, one.column, one.rule, one.message


def _result(
    one: Finding, by: Waived | None, numbers: dict[str, int], prints: "Fingerprints"
) -> dict[str, Any]:
    told = "\n\n".join(text for text in (one.message, one.hint) if text)
    result: dict[str, Any] = {
        "ruleId": one.rule,
        "rule": _rule(one.rule, numbers),
        "level": LEVELS[one.severity],
        "message": {"text": told},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _artifact(one.path),
                    "region": {"startLine": one.line, "startColumn": one.column},
                }
            }
        ],
        "partialFingerprints": {"npcs/v1": prints.of(one)},
        # The form asks for such a list in every result or in none.
        "suppressions": [_suppression(by)] if by else [],
    }
    properties: dict[str, str] = {"severity": one.severity}
    if one.provision:
        properties["provision"] = one.provision
    result["properties"] = properties
    return result


def _suppression(by: Waived) -> dict[str, Any]:
    # Without a status it is accepted; what that field is called differs between schemas.
    properties = {"waiver": by.waiver, "decision": by.decision, "until": by.until.isoformat()}
    return {"kind": "external", "justification": accepted(by), "properties": properties}


def _artifact(path: str) -> dict[str, str]:
    # A first part with a colon would be read as the scheme of an address; quote() encodes it.
    return {"uri": quote(path.encode("utf-8", "surrogateescape"), safe="/"), "uriBaseId": BASE}


class Fingerprints:
    """What a finding is known by from one run to the next.

    Made of the rule, the file and the text of the line, not of the line's number or of a message
    that counts days. Findings alike in all of that are told apart by their order.
    """

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._seen: Counter[str] = Counter()

    def of(self, one: Finding) -> str:
        """The fingerprint of a finding; call it once for each, in the order of the report."""
        # Of a short line that is hidden one could find the text by trying.
        line = (self._sources.line(one.path, one.line) or "").strip()
        text = "\0".join((one.rule, one.path, line))
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        self._seen[digest] += 1
        return f"{digest}:{self._seen[digest]}"
