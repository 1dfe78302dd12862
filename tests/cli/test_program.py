"""The command as a whole: what it imports, its help, and how it ends."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from npcs import __version__
from npcs.cli import COMMANDS, program
from running import SOURCE, npcs, npcs_process

HEAVY = ("pydantic", "yaml", "jinja2", "git", "mkdocs", "npcs.records", "npcs.rules")


def imported_by(*arguments: str) -> set[str]:
    """The modules a command has imported when it is done."""
    script = (
        "import sys\nfrom npcs.cli import run\nrun(sys.argv[1:])\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env={**os.environ, "PYTHONPATH": str(SOURCE)}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0
    return set(done.stderr.split())


class TestImports:
    @pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"]])
    def test_help_loads_nothing_heavy(self, arguments):
        assert not imported_by(*arguments) & set(HEAVY)

    def test_a_check_whose_answer_is_known_loads_no_model_and_no_rule(self, write):
        root = write({"charter/people/ana.yml": "name: No\n"})
        arguments = ("check", "--root", str(root), "--as-of", "2027-03-01")
        npcs(*arguments)
        assert not imported_by(*arguments) & {"pydantic", "yaml", "npcs.rules.registry"}

    def test_nothing_looks_for_plugins_of_pydantic(self, write):
        root = write({"charter/people/ana.yml": "name: Ana Ruiz\nmember: ohio\n"})
        loaded = imported_by("check", "--root", str(root), "--no-cache")
        assert "pydantic.main" in loaded
        assert not loaded & {"importlib.metadata", "email"}

    def test_only_the_options_read_a_clock(self):
        clocks = {"today", "now", "utcnow", "localtime", "gmtime"}
        readers = {
            path.relative_to(SOURCE).as_posix()
            for path in SOURCE.rglob("*.py")
            if any(
                isinstance(node, ast.Attribute)
                and node.attr in clocks
                and ast.unparse(node.value).rpartition(".")[2] in ("date", "datetime", "time")
                for node in ast.walk(ast.parse(path.read_text("utf-8")))
            )
        }
        # The examination of pages before a release says on which day it took place.
        assert readers == {"npcs/cli/options.py", "accessibility/__main__.py"}


class TestHelp:
    def test_lists_every_command(self):
        done = npcs("--help")
        assert done.code == 0
        for name, entry in COMMANDS.items():
            assert re.search(rf"^  {name} +{re.escape(entry.line)}$", done.out, re.MULTILINE)

    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_command_has_an_example(self, name):
        for option in ("--help", "-h"):
            done = npcs(name, option)
            assert done.code == 0
            assert "Example" in done.out
            assert re.search(rf"^ .*npcs {name}", done.out, re.MULTILINE)

    def test_there_is_a_module_for_every_command(self):
        for name in COMMANDS:
            command = program.get_command(None, name)
            assert command.name == name
            assert command.help

    def test_version(self):
        assert npcs("--version") == (0, f"npcs {__version__}\n", "")

    def test_the_word_alone_gives_the_help(self):
        done = npcs()
        assert done.code == 2
        assert done.err == npcs("--help").out


class TestMistakes:
    def test_an_unknown_command(self):
        done = npcs("chekc")
        assert done == (
            2, "",
            "npcs: there is no command `chekc`; did you mean `check`?\n"
            "`npcs --help` says what can be given.\n",
        )  # fmt: skip

    def test_a_missing_argument(self):
        done = npcs("explain")
        assert done.code == 2
        assert done.err.startswith("npcs explain: missing argument 'RULE|PROVISION'.\n")

    def test_a_mistake_of_ours_is_told_as_one(self, monkeypatch, bad):
        def broken(*arguments, **options):
            raise KeyError("\x1b[2J, 123-45-6789")

        monkeypatch.setattr("npcs.rules.engine.check", broken)
        done = npcs("check", "--root", str(bad), "--as-of", "2027-03-01")
        assert done.code == 3
        assert "KeyError" in done.err
        assert "a mistake in the program, not yours" in done.err
        assert "\x1b" not in done.err
        assert "6789" not in done.err, "it may come from a record"

    def test_a_disk_that_is_full_is_told_in_a_line(self, bad):
        full = Path("/dev/full")
        if not full.exists():
            pytest.skip("no /dev/full")
        with full.open("wb") as out:
            done = subprocess.run(
                [sys.executable, "-m", "npcs", "check", "--root", str(bad), "--as-of",
                 "2027-03-01", "--format", "json"],
                stdout=out, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(SOURCE)},
            )  # fmt: skip
        assert done.returncode == 2
        assert done.stderr.decode() == "npcs: No space left on device\n"

    def test_of_a_copy_the_file_that_cannot_be_written_is_named(self, bad, monkeypatch):
        def full(*arguments, **options):
            raise OSError(28, "No space left on device", "/from", None, "/to")

        monkeypatch.setattr("npcs.rules.engine.check", full)
        done = npcs("check", "--root", str(bad), "--as-of", "2027-03-01")
        assert (done.code, done.err) == (2, "npcs: No space left on device (/to)\n")

    @pytest.mark.skipif(os.name == "nt", reason="closes by the shell")
    @pytest.mark.parametrize(
        ("closed", "arguments", "code"),
        [
            (">&-", ["check"], 1),
            (">&-", ["check", "--format", "json"], 1),
            ("<&- >&- 2>&-", ["check"], 1),
            (">&-", ["explain", "quorum"], 0),
            ("2>&-", ["check", "--select", "quorun"], 2),
            ("2>/dev/full", ["check", "--select", "quorun"], 2),
        ],
    )
    def test_a_stream_that_is_closed_changes_no_exit_code(self, bad, closed, arguments, code):
        if "full" in closed and not Path("/dev/full").exists():
            pytest.skip("no /dev/full")
        where = ["--root", str(bad), "--as-of", "2027-03-01"] if arguments[0] == "check" else []
        done = subprocess.run(
            ["sh", "-c", f'exec "$@" {closed}', "sh", sys.executable, "-m", "npcs", *arguments,
             *where],
            capture_output=True, env={**os.environ, "PYTHONPATH": str(SOURCE)},
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (code, b"")


def test_control_c_is_quiet(bad, monkeypatch):
    def interrupted(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr("npcs.rules.engine.check", interrupted)
    done = npcs("check", "--root", str(bad), "--as-of", "2027-03-01")
    assert (done.code, done.out, done.err.strip()) == (130, "", "")


def test_module_and_command_are_the_same():
    assert npcs_process("--help").out == npcs("--help").out
