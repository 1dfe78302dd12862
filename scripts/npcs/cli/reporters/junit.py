"""Findings as JUnit XML: every rule is a test case, and its errors make it fail."""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from npcs.cli.reporters import accepted, failing, summary
from npcs.cli.terminal import counted, escaped, plain
from npcs.records.findings import Finding
from npcs.rules.registry import RULES
from npcs.rules.report import Report
from npcs.rules.rule import Rule

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x7f-\x9f]")


def render(report: Report, strict: bool) -> str:
    """The report as one test suite with a test case for each rule."""
    cases = [_case(rule, report, strict) for rule in RULES]
    failed = sum("<failure" in case for case in cases)
    broken = sum("<error" in case for case in cases)
    total = f'tests="{len(cases)}" failures="{failed}" errors="{broken}" skipped="0" time="0"'
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<testsuites name="npcs check" {total}>',
            f'  <testsuite name="npcs check" {total}>',
            "    <properties>",
            f'      <property name="as_of" value="{report.as_of}"/>',
            f'      <property name="records" value="{report.records}"/>',
            "    </properties>",
            *cases,
            f"    <system-out>{_text(summary(report, strict))}</system-out>",
            "  </testsuite>",
            "</testsuites>",
            "",
        ]
    )


def _case(rule: Rule, report: Report, strict: bool) -> str:
    found = [one for one in report.findings if one.rule == rule.name]
    failures = [one for one in found if one.severity in failing(strict)]
    others = [one for one in found if one.severity not in failing(strict)]
    waived = [one for one in report.waived if one.finding.rule == rule.name]
    crashes = [one for one in report.crashes if one.rule == rule.name]
    inside: list[str] = []
    if crashes:
        # One element only: readers take a test case for failed or broken, not for both.
        told = "\n".join(f"{one.path}: {one.error}\n{one.trace}" for one in crashes)
        inside.append(
            f"      <error type={_attribute('crash')} message={_attribute(crashes[0].error)}>"
            f"{_text(told)}</error>"
        )
        others = found
    elif failures:
        message = failures[0].message
        if len(failures) > 1:
            message = f"{counted(len(failures), 'finding')}, the first: {message}"
        inside.append(
            f"      <failure type={_attribute(failures[0].severity)} message={_attribute(message)}>"
            f"{_text(_lines(failures))}</failure>"
        )
    output = [_lines([one]) for one in others]
    output += [f"{_lines([one.finding])} [{plain(accepted(one))}]" for one in waived]
    if output:
        told = "\n".join(output)
        inside.append(f"      <system-out>{_text(told)}</system-out>")
    head = (
        f"    <testcase classname={_attribute('npcs.' + rule.subject)} name={_attribute(rule.name)}"
    )
    return (
        "\n".join([f'{head} time="0">', *inside, "    </testcase>"])
        if inside
        else head + ' time="0"/>'
    )


def _lines(findings: Iterable[Finding]) -> str:
    lines = []
    for one in findings:
        provision = f" ({one.provision})" if one.provision else ""
        hint = f"; {one.hint}" if one.hint else ""
        place = f"{one.path}:{one.line}:{one.column}"
        lines.append(plain(f"{place}: {one.severity}: {one.message}{hint}{provision}"))
    return "\n".join(lines)


def _legal(text: str) -> str:
    """A text without characters that XML cannot hold at all."""
    return _NOT_XML.sub(lambda found: escaped(found.group()), text)


def _text(text: str) -> str:
    return escape(_legal(text))


def _attribute(text: str) -> str:
    return quoteattr(_legal(plain(text)))
