"""What a waiver covers, from when until when, and what no waiver can cover."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from npcs.records.findings import Waived
from npcs.rules.engine import check
from npcs.rules.registry import RULES
from npcs.rules.report import Report
from partnership import Partnership
from running import npcs

D = date.fromisoformat
THREE = ("ana", "ben", "carla")
MEETING = "2027-03-04-executive-committee"


def granted(**waiver: Any) -> Partnership:
    """Minutes of March that came late, an excuse that is missing, and a waiver of April."""
    there = dict.fromkeys(THREE, "present")
    made = Partnership()
    for who in THREE:
        made.seat(who, "2027-01-01", volunteered="true")
    made.person("dan").term("dan", "2027-01-01", "coordinator")
    late = {"by": "dan", "sent_on": D("2027-03-25"), "to": ["members"]}
    made.meeting("2027-03-04", attendance=there | {"carla": "excused"}, minutes=late, text="Met.\n")
    made.meeting("2027-04-01", attendance=there)
    made.decision(
        "D-2027-001", "2027-04-01", subject="waiver", method="consensus",
        meeting="2027-04-01-executive-committee", consensus={"sought_on": D("2027-04-01")},
        about=["late"],
    )  # fmt: skip
    given = {
        "rule": "minutes", "records": [MEETING], "decision": "D-2027-001",
        "until": D("2027-06-30"), "reason": "The office was closed.",
    }  # fmt: skip
    return made._yaml("charter/waivers/late.yml", given | waiver)


def checked(made: Partnership, folder: Path, as_of: str, **given: Any) -> Report:
    report = check(made.write(folder), D(as_of), **given)
    assert not report.crashes
    return report


def told(report: Report, rule: str = "minutes", path: str = MEETING) -> str:
    """Whether a finding of a rule at a record stands, is waived, or is not there."""
    stands = any(one.rule == rule and path in one.path for one in report.findings)
    waived = any(one.finding.rule == rule and path in one.finding.path for one in report.waived)
    assert not (stands and waived)
    return "stands" if stands else "waived" if waived else ""


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        ("2027-03-31", "stands"),
        ("2027-04-01", "waived"),
        ("2027-06-30", "waived"),
        ("2027-07-01", "stands"),
    ],
)
def test_a_waiver_holds_from_its_decision_to_its_last_day(tmp_path: Path, as_of: str, said: str):
    assert told(checked(granted(), tmp_path, as_of)) == said


def test_a_waiver_holds_from_the_day_its_decision_takes_effect(tmp_path: Path):
    made = granted()
    path = "charter/decisions/D-2027-001.md"
    made.put(path, made.texts[path].replace("outcome:", "effective: 2027-05-01\noutcome:"))
    assert told(checked(made, tmp_path, "2027-04-30")) == "stands"
    assert told(checked(made, tmp_path, "2027-05-01")) == "waived"


def test_one_that_was_put_away_covers_nothing_after_that_day(tmp_path: Path):
    made = granted(ended=D("2027-05-10"))
    assert told(checked(made, tmp_path, "2027-05-10")) == "waived"
    after = checked(made, tmp_path, "2027-05-11")
    assert told(after) == "stands"
    assert not [one for one in after.findings if one.rule == "waiver"]


def test_it_covers_its_own_rule_and_records_and_nothing_else(tmp_path: Path):
    report = checked(granted(), tmp_path, "2027-06-01")
    assert told(report, "attendance") == "stands"
    assert told(report, "minutes", "2027-04-01-executive-committee") == "stands"
    (one,) = report.waived
    assert one == Waived(
        one.finding, "late", "D-2027-001", D("2027-06-30"), "The office was closed."
    )


def test_an_error_that_is_waived_fails_nothing_and_comes_back(tmp_path: Path):
    made = granted(rule="attendance")
    root = str(made.write(tmp_path))
    asked = ("check", "--root", root, "--select", "attendance", "--strict", "--as-of")
    assert npcs(*asked, "2027-06-30").code == 0
    assert npcs(*asked, "2027-07-01").code == 1


@pytest.mark.parametrize("cached", [True, False])
def test_a_report_from_the_cache_has_the_waivers_of_its_day(tmp_path: Path, cached: bool):
    made = granted()
    for as_of in ("2027-06-30", "2027-07-01", "2027-06-30"):
        fresh = checked(made, tmp_path, as_of, cached=False)
        assert checked(made, tmp_path, as_of, cached=cached) == fresh
        assert bool(fresh.waived) == (as_of == "2027-06-30")


def test_what_is_asked_for_limits_what_is_waived_as_well(tmp_path: Path):
    made = granted()
    assert checked(made, tmp_path, "2027-06-01", select=["minutes"]).waived
    assert not checked(made, tmp_path, "2027-06-01", select=["quorum"]).waived
    assert not checked(made, tmp_path, "2027-06-01", ignore=["minutes"]).waived
    assert not checked(made, tmp_path, "2027-06-01", paths=["charter/people"]).waived


def test_a_waiver_by_a_decision_that_does_not_hold_covers_nothing(tmp_path: Path):
    made = granted()
    path = "charter/decisions/D-2027-001.md"
    for was, now in (
        ("outcome: adopted", "outcome: rejected"),
        ("subject: waiver", "subject: other"),
        ("method: consensus", "method: vote"),
        ("- late\n", "- another\n"),
    ):
        assert was in made.texts[path]
        other = granted().put(path, made.texts[path].replace(was, now))
        report = checked(other, tmp_path, "2027-06-01")
        assert told(report) == "stands", now
        assert [one.severity for one in report.findings if one.rule == "waiver"] == ["error"]


def test_while_a_term_cannot_be_read_a_decision_is_not_doubted(tmp_path: Path):
    made = granted()
    for path in [one for one in made.texts if one.startswith("charter/terms/")]:
        made.put(path, "broken: [\n")
    report = checked(made, tmp_path, "2027-06-01")
    assert told(report) == "waived"
    assert not [one for one in report.findings if one.rule == "waiver"]


def test_a_waiver_that_cannot_be_read_covers_nothing_and_is_an_error(tmp_path: Path):
    report = checked(granted(until="someday"), tmp_path, "2027-06-01")
    assert told(report) == "stands"
    assert [one.rule for one in report.findings if "waivers" in one.path] == ["invalid-field"]


NEVER = {
    "identifier", "unsafe-content", "unreadable-file", "unknown-file", "invalid-field",
    "broken-reference", "two-thirds", "voter", "quorum", "outcome", "correction", "waiver",
}  # fmt: skip


def test_what_guards_records_and_votes_cannot_be_waived(tmp_path: Path):
    made = granted()
    path = "charter/decisions/D-2027-001.md"
    every = "".join(f"- a-{rule.name}\n" for rule in RULES)
    made.put(path, made.texts[path].replace("- late\n", f"- late\n{every}"))
    for rule in RULES:
        guards = rule.name in NEVER or not rule.provision or rule.subject == "charter"
        assert not (guards and rule.waivable), rule.name
        own = made.texts["charter/waivers/late.yml"].replace(": minutes", f": {rule.name}")
        made.put(f"charter/waivers/a-{rule.name}.yml", own)
    report = checked(made, tmp_path, "2027-06-01", select=["waiver"])
    refused = {one.path for one in report.findings if one.message.startswith("no waiver can cover")}
    guarding = (one for one in RULES if not one.waivable)
    assert refused == {f"charter/waivers/a-{one.name}.yml" for one in guarding}


def test_nobody_waives_a_leak(tmp_path: Path):
    made = granted(rule="identifier")
    path = f"charter/meetings/{MEETING}.md"
    made.put(path, made.texts[path] + "Call the mother at 555-123-4567.\n")
    report = checked(made, tmp_path, "2027-06-01")
    assert told(report, "identifier") == "stands"


def test_the_rule_on_waivers_is_the_last_since_it_looks_at_what_the_others_found():
    assert RULES[-1].name == "waiver"
