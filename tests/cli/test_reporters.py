"""Each format over findings of every kind, read by what reads that format elsewhere.

The schema of SARIF stands beside this file; where it comes from is told there too.
"""

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import junitparser
import pytest

from npcs.cli.reporters import github, junit, sarif, summary, text
from npcs.cli.reporters import json as json_reporter
from npcs.records.findings import Finding, Waived
from npcs.rules.registry import RULES
from npcs.rules.report import Crash, Report

SCHEMA = json.loads((Path(__file__).parent / "sarif-schema-2.1.0.json").read_text("utf-8"))

LONG = "x" * 200 + " target " + "y" * 900_000
FILES = {
    "charter/decisions/D-2027-001.md": "---\ntitle: A\noutcome: adopted   # by vote\n---\n",
    "charter/people/wide.yml": "name: 北京\tAna\n",
    "charter/people/long.yml": f"name: {LONG}\n",
    "charter/people/a b,c:d%é.yml": "name: Ana\n",
    "charter/people/bytes.yml": b"name: \xff\x1b[31m\n",
}


def finding(path, line=1, column=1, severity="error", rule="invalid-field", **given):
    told = {"message": "something is wrong here", "hint": "put it right", "provision": "DEC-2"}
    return Finding(rule, severity, path, line, column, **(told | given))


@pytest.fixture
def report(write):
    root = write(dict(FILES))
    findings = (
        finding("charter/decisions/D-2027-001.md", 3, 10, message="5 of 9 agreed; 6 were needed"),
        finding("charter/people/wide.yml", 1, 10, "warning", provision=""),
        finding("charter/people/long.yml", 1, 208, "warning", hint=""),
        finding("charter/people/a b,c:d%é.yml", 1, 1, message="50 % :: is, half\nof it"),
        finding("charter/people/bytes.yml", 1, 7, message="\x1b[2Jcleared\x07 \u202e\x00\ud800"),
        finding("charter/people/gone.yml", 7, 3),
        finding("charter/charter.md", 2, 1, "due", "identifier", message="the review is due"),
        finding("charter/charter.md", 2, 1, "due", "identifier", message="another", hint=""),
    )
    return Report(str(root), date(2027, 3, 1), findings, (), 312)


class TestText:
    def test_whole_output(self, report, same_as):
        same_as("every-kind.text", text.render(report, strict=False))

    def test_colour_changes_no_word(self, report):
        coloured = text.render(report, strict=False, colour=True)
        assert "\x1b[31m\x1b[1merror[invalid-field]\x1b[0m" in coloured
        assert re.sub(r"\x1b\[\d+m", "", coloured) == text.render(report, strict=False)

    def test_no_line_is_long_because_a_record_has_a_long_line(self, report):
        assert max(map(len, text.render(report, strict=False).splitlines())) < 130


class TestSummary:
    @pytest.mark.parametrize(
        ("severities", "strict", "sentence"),
        [
            ("", False, "Nothing found in 312 records as of 2027-03-01."),
            ("e", False, "1 error in 312 records as of 2027-03-01. Errors fail the check."),
            (
                "eewd" + "d" * 13,
                False,
                "2 errors, 1 warning, 14 due in 312 records as of 2027-03-01. "
                "Errors fail the check; warnings and what is due do not.",
            ),
            ("dd", True, "2 due in 312 records as of 2027-03-01. None of this fails the check."),
            (
                "ewd",
                True,
                "1 error, 1 warning, 1 due in 312 records as of 2027-03-01. "
                "Errors and warnings fail the check; what is due does not.",
            ),
            (
                "ww",
                False,
                "2 warnings in 312 records as of 2027-03-01. None of this fails the check.",
            ),
        ],
    )
    def test_says_what_fails(self, report, severities, strict, sentence):
        names = {"e": "error", "w": "warning", "d": "due"}
        found = tuple(finding("a", severity=names[one]) for one in severities)
        assert summary(replace(report, findings=found), strict) == sentence


class TestJson:
    def test_reads_back_as_it_was_said(self, report):
        told = json.loads(json_reporter.render(report, strict=False))
        assert [one["message"] for one in told["findings"]] == [
            one.message for one in report.findings
        ]
        assert told["counts"] == {"error": 4, "warning": 2, "due": 2}

    def test_holds_nothing_a_terminal_obeys(self, report):
        raw = json_reporter.render(report, strict=False).encode()
        assert not re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", raw)


class TestSarif:
    def log(self, report):
        log = json.loads(sarif.render(report, strict=False))
        jsonschema.Draft7Validator(
            SCHEMA, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER
        ).validate(log)
        return log

    def test_is_valid_and_says_where(self, report):
        (run,) = self.log(report)["runs"]
        first = run["results"][0]
        assert (first["ruleId"], first["level"]) == ("invalid-field", "error")
        assert first["locations"][0]["physicalLocation"] == {
            "artifactLocation": {
                "uri": "charter/decisions/D-2027-001.md",
                "uriBaseId": "%SRCROOT%",
            },
            "region": {"startLine": 3, "startColumn": 10},
        }
        assert first["message"]["text"] == "5 of 9 agreed; 6 were needed\n\nput it right"
        assert first["properties"] == {"severity": "error", "provision": "DEC-2"}
        assert [one["level"] for one in run["results"]].count("note") == 2
        assert run["columnKind"] == "unicodeCodePoints"

    def test_whole_results(self, report, same_as):
        (run,) = self.log(report)["runs"]
        del run["tool"]  # it changes with every rule
        for result in run["results"]:
            del result["rule"]["index"]
        same_as("every-kind.sarif.json", json_reporter.dump(run))

    def test_every_rule_is_described(self, report):
        (run,) = self.log(report)["runs"]
        rules = run["tool"]["driver"]["rules"]
        assert [one["id"] for one in rules] == [rule.name for rule in RULES]
        for one, rule in zip(rules, RULES, strict=True):
            assert one["shortDescription"]["text"] == rule.summary
            assert one["fullDescription"]["text"] == rule.details
            assert "## Example" not in rule.details
            assert one["help"]["markdown"] == rule.page
            assert one["properties"].get("provision", "") == rule.provision
            assert "helpUri" not in one
        for result in run["results"]:
            assert rules[result["rule"]["index"]]["id"] == result["ruleId"]

    def test_a_rule_tells_the_level_of_what_it_mostly_finds(self, report):
        (run,) = self.log(report)["runs"]
        levels = {
            one["id"]: one["defaultConfiguration"]["level"]
            for one in run["tool"]["driver"]["rules"]
        }
        assert levels["two-thirds"] == "error"
        assert levels["nested-member"] == "warning"
        assert levels["composition"] == "note"

    def test_names_the_pages_of_rules_where_the_site_has_an_address(self, report):
        (Path(report.root) / "mkdocs.yml").write_text("site_url: https://example.org/hub\n")
        (run,) = self.log(report)["runs"]
        one = run["tool"]["driver"]["rules"][0]
        assert one["helpUri"] == f"https://example.org/hub/rules/{one['id']}/"

    def test_addresses_are_encoded_and_mean_the_same_file(self, report):
        (run,) = self.log(report)["runs"]
        addresses = [
            one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            for one in run["results"]
        ]
        assert addresses[3] == "charter/people/a%20b%2Cc%3Ad%25%C3%A9.yml"
        assert [unquote(one) for one in addresses] == [one.path for one in report.findings]

    def test_a_finding_keeps_its_fingerprint_when_lines_are_added_above(self, report):
        def prints(report):
            (run,) = self.log(report)["runs"]
            return [one["partialFingerprints"]["npcs/v1"] for one in run["results"]]

        before = prints(report)
        assert len(set(before)) == len(before)
        file = Path(report.root) / "charter/decisions/D-2027-001.md"
        file.write_text("---\n# added\n" + file.read_text("utf-8")[4:], "utf-8")
        first, *others = report.findings
        moved = replace(report, findings=(first._replace(line=4, message="as said"), *others))
        assert prints(moved) == before

    def test_a_crash_is_a_notification(self, report):
        crash = Crash("identifier", "charter/people/wide.yml", "KeyError: 'x'", "trace")
        (run,) = self.log(replace(report, crashes=(crash,)))["runs"]
        (invocation,) = run["invocations"]
        assert invocation["executionSuccessful"] is False
        (told,) = invocation["toolExecutionNotifications"]
        assert told["message"]["text"] == "The rule identifier crashed: KeyError: 'x'"
        assert told["associatedRule"]["id"] == "identifier"
        assert told["exception"] == {"kind": "KeyError", "message": "KeyError: 'x'"}


class TestGithub:
    def test_whole_output(self, report, same_as):
        same_as("every-kind.github", github.render(report, strict=False))

    def test_escapes_as_documented(self, report):
        lines = github.render(report, strict=False).splitlines()
        assert lines[3] == (
            "::error file=charter/people/a b%2Cc%3Ad%25é.yml,line=1,col=1,"
            "title=invalid-field (DEC-2)::50 %25 :: is, half of it%0Aput it right"
        )
        assert github.in_message("50 %\r\n::warning::x") == "50 %25%0D%0A::warning::x"
        assert github.in_property("a:b,c%") == "a%3Ab%2Cc%25"

    def test_one_command_a_line_whatever_a_record_says(self, report):
        evil = "x\n::add-mask::secret\r::set-env name=A::b\u2028::error::c"
        found = (finding(f"charter/{evil}", message=evil, hint=evil, severity="due"),)
        command, last = github.render(replace(report, findings=found), strict=False).splitlines()
        assert command.startswith("::notice file=charter/x ")
        assert command.count("\n") == 0
        assert last.startswith("1 due in 312 records")


class TestJunit:
    def suite(self, report, strict=False):
        (suite,) = junitparser.JUnitXml.fromstring(junit.render(report, strict).encode())
        return suite

    def test_a_reader_finds_a_case_for_each_rule(self, report):
        suite = self.suite(report)
        assert [case.name for case in suite] == [rule.name for rule in RULES]
        assert {case.classname for case in suite} == {f"npcs.{rule.subject}" for rule in RULES}
        assert (suite.tests, suite.failures, suite.errors) == (len(RULES), 1, 0)
        failed = {case.name: case for case in suite}["invalid-field"]
        (failure,) = failed.result
        assert failure.type == "error"
        assert failure.message == "4 findings, the first: 5 of 9 agreed; 6 were needed"
        assert failure.text.splitlines()[0] == (
            "charter/decisions/D-2027-001.md:3:10: error: 5 of 9 agreed; 6 were needed; "
            "put it right (DEC-2)"
        )
        assert len(failed.system_out.splitlines()) == 2, "the warnings"

    def test_what_is_due_is_output_of_a_case_that_passes(self, report):
        case = {case.name: case for case in self.suite(report, strict=True)}["identifier"]
        assert case.is_passed
        assert case.system_out.splitlines() == [
            "charter/charter.md:2:1: due: the review is due; put it right (DEC-2)",
            "charter/charter.md:2:1: due: another (DEC-2)",
        ]

    def test_strict_makes_warnings_fail(self, report):
        warnings = tuple(one for one in report.findings if one.severity == "warning")
        assert self.suite(replace(report, findings=warnings)).failures == 0
        assert self.suite(replace(report, findings=warnings), strict=True).failures == 1

    def test_a_crash_is_an_error(self, report):
        crash = Crash("identifier", "", "KeyError: ']]>\x00'", "line 1\nline 2 <&>\x1b")
        suite = self.suite(replace(report, crashes=(crash,)))
        assert suite.errors == 1
        (error,) = {case.name: case for case in suite}["identifier"].result
        assert error.message == "KeyError: ']]>\\x00'"
        assert "line 2 <&>\\x1b" in error.text

    def test_holds_no_character_that_xml_forbids(self, report):
        whole = "".join(map(chr, (*range(0x20), 0x7F, 0x9B, 0xD800, 0xFFFE, 0xFFFF, 0x1F600)))
        found = (finding("a", message=f"{whole}<&>\"']]>"),)
        root = ET.fromstring(junit.render(replace(report, findings=found), strict=False).encode())
        (failure,) = root.iter("failure")
        assert "\\x00" in failure.attrib["message"]
        assert failure.attrib["message"].endswith("<&>\"']]>")
        assert "\U0001f600" in (failure.text or "")

    def test_whole_output_of_cases_with_findings(self, report, same_as):
        lines = junit.render(report, strict=False).splitlines(keepends=True)
        shown = "".join(line for line in lines if not line.endswith('time="0"/>\n'))
        same_as("every-kind.junit.xml", re.sub(r'tests="\d+"', 'tests="N"', shown))


class TestWaived:
    """A finding the committee has accepted is told in every format, apart from what stands."""

    @pytest.fixture
    def waived(self, report):
        first, *others = report.findings
        by = Waived(first, "late-2027", "D-2027-002", date(2027, 6, 30), "Flood\x1b[2J\n::error::x")
        return replace(report, findings=tuple(others), waived=(by,))

    def test_text(self, waived):
        told = text.render(waived, strict=False)
        assert "\n\nWaived by the committee for a time:\n" in told
        (line,) = (one for one in told.splitlines() if "waived[" in one)
        assert line == (
            "charter/decisions/D-2027-001.md:3:10: waived[invalid-field] 5 of 9 agreed; 6 were "
            "needed; waived by D-2027-002 until 30 June 2027: Flood\\x1b[2J ::error::x (late-2027)"
        )
        assert "3 errors, 2 warnings, 2 due, 1 waived in 312 records" in told

    def test_nothing_but_what_is_waived_fails_nothing(self, waived):
        assert summary(replace(waived, findings=()), True) == (
            "1 waived in 312 records as of 2027-03-01. None of this fails the check."
        )

    def test_json_keeps_its_list_of_findings(self, waived, report):
        told = json.loads(json_reporter.render(waived, strict=False))
        before = json.loads(json_reporter.render(report, strict=False))
        assert told["findings"] == before["findings"][1:]
        assert told["counts"] == {"error": 3, "warning": 2, "due": 2}
        assert told["waived"] == [
            before["findings"][0]
            | {
                "waiver": "late-2027",
                "decision": "D-2027-002",
                "until": "2027-06-30",
                "reason": "Flood\x1b[2J\n::error::x",
            }
        ]
        assert before["waived"] == []

    def test_sarif_suppresses_it_and_keeps_every_fingerprint(self, waived, report):
        (run,) = TestSarif().log(waived)["runs"]
        (before,) = TestSarif().log(report)["runs"]
        by_print = {one["partialFingerprints"]["npcs/v1"]: one for one in run["results"]}
        assert {*by_print} == {one["partialFingerprints"]["npcs/v1"] for one in before["results"]}
        suppressed = [one for one in run["results"] if one["suppressions"]]
        (one,) = suppressed
        assert one["message"] == before["results"][0]["message"]
        (how,) = one["suppressions"]
        assert how["kind"] == "external"
        assert how["properties"]["decision"] == "D-2027-002"
        assert all("suppressions" in each for each in before["results"])

    def test_github_shows_it_as_a_notice(self, waived):
        (line,) = (one for one in github.render(waived, False).splitlines() if "waived by" in one)
        assert line.startswith("::notice file=charter/decisions/D-2027-001.md,line=3,col=10,")
        assert line.endswith("%0Awaived by D-2027-002 until 30 June 2027: Flood\\x1b[2J ::error::x")

    def test_junit_puts_it_into_the_output_of_its_case(self, waived, report):
        only = replace(waived, findings=())
        case = {case.name: case for case in TestJunit().suite(only, strict=True)}["invalid-field"]
        assert case.is_passed
        assert case.system_out.endswith(
            "[waived by D-2027-002 until 30 June 2027: Flood\\x1b[2J ::error::x]"
        )
