"""What a rule hides stands in no report: the report may be read where the file is not."""

import json
from datetime import date
from importlib import import_module

import pytest

from npcs.rules.engine import check
from npcs.rules.registry import rule_named
from npcs.rules.report import HIDING, crash
from running import npcs

MEASURE = """\
title: Incidents of children near death
provision: OUT-1
definition: Incidents in a quarter, for each 1,000 children.
numerator: Incidents in the quarter
denominator: Children
per: 1000
unit: for each 1,000 children
better: lower
period: Quarter
lag: Half a year
source: {title: Made up}
chart: run
"""
FORMATS = ("text", "json", "sarif", "github", "junit")


@pytest.fixture
def checked(write):
    """The reports on a table with a count, a total that contradicts it, and a number to call."""

    def check(count: int, kind: str) -> str:
        root = write(
            {
                "charter/charter.md": "---\ntitle: Charter\n---\n",
                "charter/members/ohio.yml": "name: Call 212-555-0147\nkind: state\nsize: large\n",
                "workplan/measures/near-deaths.yml": MEASURE,
                "workplan/measures/near-deaths.csv": (
                    "period,group,numerator,denominator\n"
                    f"2027-Q1,all,40,4444\n2027-Q1,under-1,{count},2222\n"
                    f"2027-Q1,1-to-17,{40 - count - 1},2222\n"
                ),
            }
        )
        selected = [f"--select={rule}" for rule in HIDING]
        done = npcs(
            "check", f"--root={root}", "--as-of=2027-06-01", f"--format={kind}", "--no-cache",
            *selected,
        )  # fmt: skip
        assert done.code == 1
        for rule in HIDING:
            assert rule_named(rule), rule
            assert rule in done.out
        return done.out.replace(str(root), "")

    return check


@pytest.mark.parametrize("kind", FORMATS)
def test_no_report_shows_the_line_of_what_is_hidden(checked, kind):
    out = checked(7, kind)
    for part in ("2222", "4444", ",7", "212-555", "0147"):
        assert part not in out


def test_the_text_says_why_the_line_is_not_there(checked):
    out = checked(7, "text")
    assert "--> workplan/measures/near-deaths.csv:3:17" in out
    assert out.count("= note: the line is not shown, since this report may be read") == 3


def test_no_report_tells_one_count_from_another(checked):
    for kind in FORMATS:
        assert checked(7, kind) == checked(4, kind)


def test_lines_that_hold_nothing_of_the_kind_are_shown(write):
    root = write({"charter/members/ohio.yml": "name: Ohio\nkind: stat\nsize: large\n"})
    done = npcs("check", f"--root={root}", "--no-cache", "--as-of=2027-06-01")
    assert "2 | kind: stat" in done.out
    assert "the line is not shown" not in done.out


@pytest.mark.parametrize("kind", FORMATS)
def test_no_line_of_a_table_of_figures_is_shown(write, kind):
    """Not even by a rule on other things, of a line that could not be read as figures."""
    table = "period,numerator,denominator,note\n2027-Q1,7,4444,=1+1\n2027-Q2,8,<b>seven</b>,x\n"
    root = write(
        {
            "charter/charter.md": "---\ntitle: Charter\n---\n",
            "workplan/measures/near-deaths.yml": MEASURE,
            "workplan/measures/near-deaths.csv": table,
        }
    )
    done = npcs(
        "check", f"--root={root}", "--no-cache", "--as-of=2027-06-01", f"--format={kind}",
        "--select=unsafe-content",
    )  # fmt: skip
    assert "this is a formula to a spreadsheet" in done.out
    for part in ("4444", "=1+1", "seven"):
        assert part not in done.out


@pytest.mark.parametrize("kind", FORMATS)
def test_a_hidden_line_is_shown_by_no_other_rule(write, kind):
    """Neither together with what hides it, nor when that is not asked for."""
    text = "Call 212-555-0147 <b>soon</b>."
    root = write({"charter/charter.md": f"---\ntitle: Charter\n---\n{text}\n"})
    for more in ((), ("--select=unsafe-content",)):
        done = npcs(
            "check", f"--root={root}", "--no-cache", "--as-of=2027-06-01", f"--format={kind}", *more
        )
        assert "unsafe-content" in done.out
        assert "555-0147" not in done.out


PERSONAL = {
    "a day": ("charter/members/ohio.yml", "name: A\nkind: state\nsize: large\njoined: {}\n"),
    "one of a few words": ("charter/members/ohio.yml", "name: A\nkind: '{}'\nsize: large\n"),
    "an id": ("charter/terms/2027-01-01-a-member.yml",
              "person: '{}'\noffice: member\nstart: 2027-01-01\nend: 2027-12-31\n"),
    "a key": ("charter/members/ohio.yml", "name: A\nkind: state\nsize: large\n'{}': 1\n"),
    "a link": ("charter/charter.md", "---\ntitle: C\n---\nSee [this](terms/{}.yml).\n"),
    "no YAML": ("charter/members/ohio.yml", "name: A\nkind: state {}: '\n"),
    "HTML": ("charter/people/README.md", "<a title='{}'>\n"),
    "two lines below": ("charter/members/ohio.yml", "name: >-\n  A <b>\n  {}\nkind: x\n"),
}  # fmt: skip


@pytest.mark.parametrize("number", ["123-45-6789", "ssn123456789", "jane.doe@example.org"])
@pytest.mark.parametrize(("path", "text"), PERSONAL.values(), ids=PERSONAL)
def test_no_message_and_no_line_tells_what_identifies_a_person(write, path, text, number):
    root = write({"charter/charter.md": "---\ntitle: C\n---\n", path: text.format(number)})
    report = check(root, date(2027, 6, 1), ignore=["identifier"], cached=False)
    assert path in {one.path for one in report.findings if one.severity == "error"}
    for form in FORMATS:
        told = import_module(f"npcs.cli.reporters.{form}").render(report, strict=False)
        assert number[3:] not in told, form


CUT = {
    "one of a few words": ("charter/members/ohio.yml", "name: A\nkind: '{}'\nsize: large\n"),
    "HTML": ("charter/people/README.md", "<a title='{}'>\n"),
    "attributes": ("charter/people/README.md", "Text {{x {}}}\n"),
    "an address": ("charter/people/README.md", "[a]({}:x)\n"),
}


@pytest.mark.parametrize("number", ["123-45-6789", "ssn123456789"])
@pytest.mark.parametrize(("path", "text"), CUT.values(), ids=CUT)
def test_what_is_cut_off_in_a_message_tells_no_part_of_a_number(write, path, text, number):
    for before in range(15, 60):
        long = "x" * before + "-" + number
        root = write({"charter/charter.md": "---\ntitle: C\n---\n", path: text.format(long)})
        report = check(root, date(2027, 6, 1), cached=False)
        assert path in {one.path for one in report.findings if one.severity == "error"}
        for one in report.findings:
            assert number[3:7] not in one.message + one.hint, before


def test_no_hint_makes_an_id_of_what_identifies_a_person(write):
    path = "charter/terms/2027-01-01-a-member.yml"
    term = "person: jane.doe@example.org\noffice: member\nstart: 2027-01-01\nend: 2027-12-31\n"
    root = write({"charter/charter.md": "---\ntitle: C\n---\n", path: term})
    report = check(root, date(2027, 6, 1), cached=False)
    assert {"broken-reference"} <= {one.rule for one in report.findings}
    assert not [one for one in report.findings if "jane" in one.message + one.hint]


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", ["deaths.tsv", "Deaths.CSV", "deaths.csv.bak", "notes.txt"])
def test_no_line_of_a_file_that_is_no_record_is_shown(write, name, kind):
    """Most likely it is a table that should not be there at all."""
    files = {"charter/charter.md": "---\ntitle: C\n---\n"}
    root = write({**files, f"workplan/measures/{name}": "2027,Jo Doe,7\n"})
    done = npcs("check", f"--root={root}", "--no-cache", "--as-of=2027-06-01", f"--format={kind}")
    assert "unknown-file" in done.out
    assert "Jo Doe" not in done.out


def test_a_rule_that_breaks_tells_nobodys_number():
    told = crash("voter", "charter/charter.md", KeyError("123-45-6789"))
    assert "6789" not in told.error + told.trace


def test_a_site_that_is_not_built_tells_nobodys_number(write):
    root = write({"charter/members/ohio.yml": "name: A\nkind: 123-45-6789\nsize: large\n"})
    done = npcs("build", f"--root={root}")
    assert "charter/members/ohio.yml:2:7: `kind` is “…”" in done.err
    assert "6789" not in done.out + done.err


def test_a_message_shows_that_something_stood_there(write):
    root = write({"charter/members/ohio.yml": "name: A\nkind: 123-45-6789\nsize: large\n"})
    done = npcs("check", f"--root={root}", "--no-cache", "--as-of=2027-06-01")
    assert "`kind` is “…”, which is not one of its values" in done.out


def test_findings_that_hide_their_line_are_told_apart(checked):
    results = json.loads(checked(7, "sarif"))["runs"][0]["results"]
    prints = [one["partialFingerprints"]["npcs/v1"] for one in results]
    assert len({*prints}) == len(prints)
