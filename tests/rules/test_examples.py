"""The example on every rule's page is one of the rule's bad cases, and says what the check says."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from npcs.rules.registry import RULES
from npcs.rules.rule import SAYS, Rule

CASES = Path(__file__).parents[1] / "cases"
EXAMPLE = re.compile(
    r"(?P<context>[^`>\n][^>]*?:)\n\n"
    r"```(?P<language>yaml|markdown|text)\n(?P<block>.+?)\n```\n\n"
    r"(?P<says>[^\n]+:)\n\n"
    r"> (?P<quote>[^\n]+(?:\n> [^\n]+)*)"
    r"(?:\n\n(?P<after>[^>#]+))?",
    re.DOTALL,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_page_ends_with_an_example_taken_from_a_bad_case(rule: Rule) -> None:
    found = EXAMPLE.fullmatch(rule.example)
    assert found, f"{rule.name}: context, a block of code, what the check says, and a quote"
    lines = [line.strip() for line in found["block"].splitlines() if line.strip()]
    assert len(lines) <= 8, "an example is short"
    finding = {
        "severity": SAYS[found["says"]],
        "message": found["quote"].replace("\n> ", " "),
    }
    fitting = [case for case in _bad_cases(rule.name) if finding in _findings(case)]
    assert fitting, f"no bad case of {rule.name} expects {finding}"
    missing = [_missing(lines, found["language"], case) for case in fitting]
    assert [] in missing, f"{rule.name}: in none of {fitting}: {missing}"


def test_a_page_falls_into_its_summary_details_and_example() -> None:
    for rule in RULES:
        parts = (rule.summary, rule.details, "## Example", rule.example)
        assert "\n\n".join(parts) == rule.page


def _bad_cases(rule: str) -> list[Path]:
    return sorted(CASES.glob(f"{rule}/bad-*"))


def _findings(case: Path) -> list[dict[str, Any]]:
    asked = yaml.load((case / "case.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
    return [{key: one[key] for key in ("severity", "message")} for one in asked["expect"]]


def _missing(lines: list[str], language: str, case: Path) -> list[str]:
    """The lines that are not of the case: not in its files, nor the name of one of them."""
    files = [file for file in case.rglob("*") if file.is_file() and file.name != "case.yml"]
    paths = {file.relative_to(case).as_posix() for file in files}
    if language == "text":
        return [line for line in lines if line not in paths]
    there = {
        line.strip()
        for file in files
        for line in file.read_text("utf-8", errors="replace").splitlines()
    }
    if language == "markdown":  # a part of a line will do
        return [line for line in lines if not any(line in whole for whole in there)]
    there |= {"...", *(f"# {path}" for path in paths)}
    return [line for line in lines if line not in there]
