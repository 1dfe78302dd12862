"""``npcs check``: what it shows, what it ends with, and what it says to those who mistype."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from npcs.rules import run
from npcs.rules.registry import RULES
from npcs.rules.rule import Rule
from partnership import Partnership
from running import SOURCE, npcs, npcs_process

DAY = ("--as-of", "2027-03-01")
RECORD_RULES = [
    part
    for name in ("unknown-file", "invalid-field", "broken-reference", "unsafe-content")
    for part in ("--select", name)
]


def found(root: Path, *arguments: str) -> list[dict[str, object]]:
    done = npcs("check", "--root", str(root), *DAY, "--format", "json", *arguments)
    findings: list[dict[str, object]] = json.loads(done.out)["findings"]
    return findings


@pytest.fixture
def good(tmp_path):
    return Partnership().member("ohio", team=[]).write(tmp_path / "good")


NOBODY = 65534
"""A user who may read nothing of ours: root itself may read everything."""


class TestOutput:
    @pytest.mark.parametrize("form", ["text", "json", "github"])
    def test_whole_output(self, bad, same_as, form):
        done = npcs("check", "--root", str(bad), *DAY, *RECORD_RULES, "--format", form)
        assert done.code == 1
        assert not done.err
        same_as(f"check.{form}", done.out.replace(str(bad), "ROOT"))

    def test_json_has_just_these_keys(self, bad):
        done = npcs("check", "--root", str(bad), *DAY, "--format", "json")
        told = json.loads(done.out)
        assert list(told) == [
            "version", "as_of", "root", "counts", "findings", "waived", "crashes",
        ]  # fmt: skip
        assert list(told["counts"]) == ["error", "warning", "due"]
        assert list(told["findings"][0]) == [
            "rule", "severity", "path", "line", "column", "message", "hint", "provision",
        ]  # fmt: skip
        assert told["version"] == 1
        assert told["as_of"] == "2027-03-01"

    def test_a_root_without_faults_says_so_in_a_line(self, good):
        done = npcs("check", "--root", str(good), *DAY, "--select", "invalid-field")
        assert done == (0, "Nothing found in 1 record as of 2027-03-01.\n", "")

    def test_cache_changes_nothing(self, bad):
        arguments = ("check", "--root", str(bad), *DAY)
        assert npcs(*arguments) == npcs(*arguments) == npcs(*arguments, "--no-cache")


class TestWhatIsShown:
    def test_only_the_files_and_folders_given(self, bad, monkeypatch):
        monkeypatch.chdir(bad)
        everything = found(bad)
        assert found(bad, ".") == everything
        people = [one for one in everything if str(one["path"]).startswith("charter/people/")]
        assert found(bad, "charter/people") == people
        assert found(bad, "charter/people/") == people
        assert found(bad, str(bad / "charter/people/ana-ruiz.yml")) == people
        assert people
        assert found(bad, "charter/people", "charter/terms/2027-01-01-ana-ruiz-member.yml") == [
            one for one in everything if "ana-ruiz" in str(one["path"])
        ]

    def test_a_path_is_taken_from_where_one_stands(self, bad, monkeypatch):
        monkeypatch.chdir(bad / "charter" / "people")
        assert {one["path"] for one in found(bad, "ana-ruiz.yml")} == {
            "charter/people/ana-ruiz.yml"
        }
        assert npcs("check", *DAY, "ana-ruiz.yml").code == 1, "the root is found upwards"

    def test_selected_and_ignored_rules(self, bad):
        assert {one["rule"] for one in found(bad, "--select", "unknown-file")} == {"unknown-file"}
        assert "unknown-file" not in {one["rule"] for one in found(bad, "--ignore", "unknown-file")}
        assert not found(bad, "--select", "unknown-file", "--ignore", "unknown-file")


class TestExitCode:
    def test_warnings_fail_only_when_strict(self, write):
        root = write({"charter/people/ana.yml": "name: No\n"})
        findings = found(root, "--select", "invalid-field")
        assert [one["severity"] for one in findings] == ["warning"]
        arguments = ("check", "--root", str(root), *DAY, "--select", "invalid-field")
        done = npcs(*arguments)
        assert (done.code, done.out.splitlines()[-1]) == (
            0, "1 warning in 1 record as of 2027-03-01. None of this fails the check.",
        )  # fmt: skip
        strict = npcs(*arguments, "--strict")
        assert (strict.code, strict.out.splitlines()[-1]) == (
            1, "1 warning in 1 record as of 2027-03-01. Warnings fail the check.",
        )  # fmt: skip

    def test_a_crash_is_told_apart_from_findings(self, bad, monkeypatch):
        def broken(scene):
            """Breaks."""
            yield 1 / 0

        rule = Rule("broken", "", None, (), broken)
        monkeypatch.setattr(run, "RULES", (*RULES, rule))
        whole = npcs("check", "--root", str(bad), *DAY, "--no-cache")
        assert whole.code == 3
        assert "error[invalid-field]" in whole.out, "the other rules go on"
        assert "ZeroDivisionError" not in whole.out
        assert "crash[broken] over all records: ZeroDivisionError: division by zero" in whole.err
        assert "maintainers of the hub" in whole.err
        assert "npcs check --ignore broken" in whole.err
        told = json.loads(
            npcs("check", "--root", str(bad), *DAY, "--no-cache", "--format", "json").out
        )
        assert [(one["rule"], one["error"]) for one in told["crashes"]] == [
            ("broken", "ZeroDivisionError: division by zero")
        ]
        assert told["counts"]["error"] > 0


USAGE = {
    "an impossible day": (
        ["--as-of", "2027-02-30"],
        "npcs check: --as-of 2027-02-30 is not a day of the calendar.",
    ),
    "no day at all": (
        ["--as-of", "tomorrow"],
        "npcs check: --as-of “tomorrow” is not a date: write year-month-day, as in 2027-03-01.",
    ),
    "an Arabic digit": (
        ["--as-of", "2027-03-0١"],  # noqa: RUF001
        "npcs check: --as-of “2027-03-0١” is not a date: "  # noqa: RUF001
        "write year-month-day, as in 2027-03-01.",
    ),
    "a rule misspelt": (
        ["--select", "unknown-fiel"],
        "npcs check: --select: there is no rule `unknown-fiel`; did you mean `unknown-file`?",
    ),
    "a rule nobody knows": (
        ["--ignore", "zzz"],
        "npcs check: --ignore: there is no rule `zzz`; `npcs rules` lists them.",
    ),
    "a path that is not there": (
        ["charter/nobody.yml"],
        "npcs check: there is no file or folder `charter/nobody.yml`.",
    ),
    "a path with a control character": (
        ["\x1b[2J"],
        "npcs check: there is no file or folder `\\x1b[2J`.",
    ),
    "an empty path": ([""], "npcs check: there is no file or folder ``."),
    "a path outside": (
        [Path.cwd().anchor],
        f"npcs check: `{Path.cwd().anchor}` lies outside ROOT, whose records are checked; "
        "name another folder with --root DIR.",
    ),
    "a path that climbs out": (
        [".."],
        "npcs check: `..` lies outside ROOT, whose records are checked; "
        "name another folder with --root DIR.",
    ),
    "an option misspelt": (
        ["--no-cach"],
        "npcs check: no such option '--no-cach'. Did you mean '--no-cache'?",
    ),
    "an option without its value": (
        ["--as-of"],
        "npcs check: option '--as-of' requires an argument.",
    ),
    "a format nobody knows": (
        ["--format", "xml"],
        "npcs check: invalid value for '--format': 'xml' is not one of 'text', 'json', 'sarif', "
        "'github', 'junit'.",
    ),
}


class TestWrongUsage:
    @pytest.mark.parametrize("case", USAGE, ids=lambda case: case.replace(" ", "-"))
    def test_is_told_in_a_sentence(self, bad, monkeypatch, case):
        arguments, sentence = USAGE[case]
        monkeypatch.chdir(bad)
        done = npcs("check", *arguments)
        assert (done.code, done.out) == (2, "")
        assert done.err.replace(str(bad), "ROOT").splitlines() == [
            sentence, "`npcs check --help` says what can be given.",
        ]  # fmt: skip

    def test_no_records_anywhere(self, tmp_path, monkeypatch):
        (tmp_path / "scripts" / "charter").mkdir(parents=True)
        (tmp_path / "scripts" / "charter" / "__init__.py").touch()
        monkeypatch.chdir(tmp_path / "scripts")
        done = npcs("check")
        assert done.code == 2
        assert done.err.startswith("npcs check: there are no records here: neither ")
        assert "name it with --root DIR." in done.err

    def test_a_root_that_is_none(self, tmp_path):
        (tmp_path / "file").touch()
        for name, what in (("gone", "does not exist"), ("file", "is a file, not a folder")):
            done = npcs("check", "--root", str(tmp_path / name))
            assert done.code == 2
            assert done.err.splitlines()[0] == f"npcs check: --root {tmp_path / name} {what}."

    def test_a_root_one_may_not_read(self, bad):
        assert npcs("check", "--root", str(bad), *DAY).code == 1  # and everything is imported
        root = os.geteuid() == 0
        bad.chmod(0)
        try:
            if root:
                os.seteuid(NOBODY)
            done = npcs("check", "--root", str(bad), *DAY)
        finally:
            if root:
                os.seteuid(0)
            bad.chmod(0o755)
        assert done.code == 2
        assert "Traceback" not in done.err


class TestHostileRecords:
    def test_nothing_in_a_record_reaches_the_terminal_raw(self, write):
        escape = "\x1b]0;pwned\x07"
        root = write(
            {
                f"charter/people/{escape}.yml": "name: x\n",
                "charter/people/a.yml": f"name: x\nbad{escape}: 1\n",
                "charter/people/b.yml": "name: x\n\u202edesrever: 1\n",
                "charter/people/c.yml": b"name: \xff\x9b2J\n",
            }
        )
        for form in ("text", "json", "sarif", "github", "junit"):
            done = npcs_process("check", "--root", str(root), *DAY, "--format", form)
            assert done.code == 1, done.err
            for one in "\x1b\x07\x9b\u202e":
                assert one not in done.out, (form, one)
                assert one not in done.err

    def test_a_folder_without_a_name_in_utf_8(self, write):
        root = write({"charter/people/a.yml": "nam: x\n"})
        (root / "charter" / "people" / os.fsdecode(b"\xe9.yml")).write_bytes(b"name: x\n")
        for form in ("text", "json", "sarif", "github", "junit"):
            done = npcs_process("check", "--root", str(root), *DAY, "--format", form)
            assert done.code == 1, done.err
            assert not done.err


class TestProcess:
    @pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "junit"])
    def test_any_locale_will_do(self, bad, form):
        arguments = ("check", "--root", str(bad), *DAY, "--format", form)
        for settings in (
            {"LC_ALL": "C", "LANG": "C"},
            {"PYTHONIOENCODING": "ascii"},
        ):
            done = npcs_process(*arguments, **settings)
            assert done.code == 1
            assert not done.err
        if form == "text":
            plain = npcs_process(*arguments, PYTHONIOENCODING="ascii").out
            assert '"<" stands in a field' in plain, "quotes that ASCII has"
        else:
            assert npcs_process(*arguments, PYTHONIOENCODING="ascii").out == (
                npcs_process(*arguments).out
            ), "programs get UTF-8 everywhere"

    def test_no_colour_but_on_a_terminal(self, bad):
        done = npcs_process("check", "--root", str(bad), *DAY)
        assert "\x1b" not in done.out + done.err

    @pytest.mark.skipif(os.name == "nt", reason="no pseudo terminals")
    @pytest.mark.parametrize("no_colour", ["", "1"])
    def test_colour_on_a_terminal_unless_unwanted(self, bad, no_colour):
        shown = on_terminal("check", "--root", str(bad), *DAY, NO_COLOR=no_colour)
        assert ("\x1b[" in shown) == (not no_colour)
        assert "invalid-field" in shown

    @pytest.mark.skipif(os.name == "nt", reason="another kind of pipe")
    @pytest.mark.parametrize("form", ["text", "json"])
    def test_a_reader_that_goes_away_is_no_error(self, bad, form):
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run(
            [sys.executable, "-m", "npcs", "check", "--root", str(bad), *DAY, "--format", form],
            stdout=writing, stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
        )  # fmt: skip
        os.close(writing)
        assert (done.returncode, done.stderr) == (141, b"")


def on_terminal(*arguments: str, **environment: str) -> str:
    """What a command writes on a terminal."""
    import pty

    shown = bytearray()

    settings = {**os.environ, "PYTHONPATH": str(SOURCE), "TERM": "xterm", **environment}
    main, other = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "npcs", *arguments],
        stdin=subprocess.DEVNULL, stdout=other, stderr=other, env=settings,
    )  # fmt: skip
    os.close(other)
    try:
        while data := os.read(main, 4096):
            shown.extend(data)
    except OSError:  # how Linux says that the other side is closed
        pass
    os.close(main)
    process.wait(60)
    return shown.decode()


def test_of_many_due_by_one_rule_the_first_are_shown_and_with_select_all(tmp_path):
    partnership = Partnership()
    for number in range(30):
        partnership.member(f"state-{number:02}")
    root = str(partnership.write(tmp_path / "root"))
    brief = npcs("check", "--root", root, "--as-of", "2027-03-01").out
    assert brief.count("due[member-team]") == 3
    assert "\nand 27 more of member-team: npcs check --select member-team\n" in brief
    every = npcs("check", "--root", root, "--as-of", "2027-03-01", "--select", "member-team").out
    assert every.count("due[member-team]") == 30


def test_where_nothing_was_found_is_said(good):
    members = str(good / "charter" / "members")
    done = npcs("check", members, f"{members}/", "--root", str(good))
    assert " in charter/members; " in done.out.splitlines()[-1]
    assert " read as of " in done.out.splitlines()[-1]
