"""What is counted in a message has the verb and the noun of its number."""

import re
from pathlib import Path

import pytest
import yaml

from npcs.rules.registry import RULES

CASES = Path(__file__).parents[1] / "cases"

_UNIT = (
    "action|answer|cell|child|co-chair|column|day|decision|error|field|figure|meeting|member"
    "|milestone|month|notice|objection|page|person|practice|provision|reading|record|revision|row"
    "|seat|term|text|value|vote|warning|week|word|year"
)
_WRONG = re.compile(
    rf"\b(?<![\d.,/–-])(?:"
    rf"1 (?:{_UNIT}|children|people)s\b"
    rf"|1 (?:children|people)\b"
    rf"|(?:0|[2-9]|[1-9]\d{{1,2}}) (?:{_UNIT})\b(?!s)"
    rf"|1 (?:(?:{_UNIT}) )?(?:are|have|were)\b"
    rf"|(?:0|[2-9]|[1-9]\d{{1,2}}) (?:(?:{_UNIT})s )?(?:has|was)\b"
    rf"|0 of \d+ (?:{_UNIT})"
    r")"
)


def wrong(text: str) -> list[str]:
    return [found.group() for found in _WRONG.finditer(text)]


@pytest.mark.parametrize(
    "text", ["0 of 1 action are done", "1 actions", "1 have not agreed", "2 member to answer",
             "1 people", "3 days has passed", "12 day", "1 milestones is done"],
)  # fmt: skip
def test_wrong_numbers_are_noticed(text):
    assert wrong(text)


@pytest.mark.parametrize(
    "text", ["1 action is done", "2 of 3 members have", "1 of 5 to answer", "21 days", "10 actions",
             "version 1.1 has gone out", "on 3 March 2027", "R-2027-001 was", "2/3 of 6 is 4"],
)  # fmt: skip
def test_right_ones_are_not(text):
    assert not wrong(text)


def test_no_message_of_a_case_has_a_wrong_number():
    for case in CASES.glob("*/*/case.yml"):
        for one in yaml.safe_load(case.read_text("utf-8"))["expect"] or ():
            assert not wrong(one.get("message", "")), (case, one["message"])


def test_no_page_of_a_rule_has_a_wrong_number():
    for rule in RULES:
        assert not wrong(rule.page), (rule.name, wrong(rule.page))


def test_no_kept_output_has_a_wrong_number():
    for kept in (Path(__file__).parents[1] / "cli" / "expected").rglob("*"):
        if kept.is_file():
            assert not wrong(kept.read_text("utf-8", "replace")), (kept, wrong(kept.read_text()))
