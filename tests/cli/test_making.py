"""``demo``, ``build`` and ``serve``, and how their parts work with the other commands."""

import json
import os
import subprocess
import sys
import time

import pytest

from npcs.cli.progress import progress
from npcs.records.demo_mark import demo_date
from running import SOURCE, npcs, npcs_process

SMALL = ("--members", "5", "--years", "2", "--seed", "7")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    target = tmp_path_factory.mktemp("demo") / "example"
    done = npcs("demo", str(target), *SMALL)
    assert done.code == 0, done.err
    return target


class TestDemo:
    def test_says_what_it_made(self, tmp_path):
        target = tmp_path / "example"
        done = npcs("demo", str(target), *SMALL)
        first, check, look = done.out.splitlines()
        assert " records of 5 members over 2 years, up to " in first
        assert first.endswith(". All of it is made up.")
        assert check == f"Check it:   npcs check --root {target}"
        assert look == f"Look at it: npcs serve --root {target}"
        assert not done.err

    def test_what_cannot_be_is_told_in_a_sentence(self, tmp_path):
        (tmp_path / "file").touch()
        for arguments in (
            [str(tmp_path)],
            [str(tmp_path / "file")],
            [str(tmp_path / "new"), "--years", "0"],
            [str(tmp_path / "new"), "--members", "many"],
            [str(tmp_path / "new"), "--records", "1"],
            [str(tmp_path / "new"), "--records", "100001"],
        ):
            done = npcs("demo", *arguments)
            assert (done.code, done.out) == (2, "")
            assert done.err.startswith("npcs demo: ")
            assert "Traceback" not in done.err
        assert sorted(one.name for one in tmp_path.iterdir()) == ["file"]

    def test_is_judged_by_its_own_day(self, demo):
        done = npcs("check", "--root", str(demo), "--format", "json")
        told = json.loads(done.out)
        assert told["as_of"] == demo_date(demo).isoformat()
        assert done.code == 0
        assert told["counts"]["error"] == 0
        assert npcs("status", "--root", str(demo)).out.splitlines()[0].endswith(told["as_of"])
        who = json.loads(npcs("who", "--root", str(demo), "--format", "json").out)
        assert who["on"] == told["as_of"]
        assert len(who["members"]) > 1
        assert len(who["co_chairs"]) == 2

    def test_every_screen_is_plain_text(self, demo):
        for command in ("check", "status", "who"):
            done = npcs(command, "--root", str(demo))
            assert done.code == 0
            assert all(line == line.rstrip() for line in done.out.splitlines())
            assert all(one == "\n" or one.isprintable() for one in done.out)


class TestBuild:
    def test_a_record_that_does_not_fit_stops_it_in_words(self, bad, tmp_path):
        done = npcs("build", "--root", str(bad), "--out", str(tmp_path / "site"))
        assert (done.code, done.out) == (1, "")
        assert done.err.splitlines()[0] == "npcs build: the site was not built."
        assert done.err.splitlines()[1].startswith("charter/members/ohio.yml:3:7: `size` is ")
        assert "Traceback" not in done.err
        assert not (tmp_path / "site").exists()

    def test_says_how_many_pages_and_where(self, demo, tmp_path):
        site = tmp_path / "site"
        done = npcs_process("build", "--root", str(demo), "--out", str(site))
        assert done.code == 0, done.err
        assert done.out.endswith(f" pages as of {demo_date(demo)} in {site}\n")
        assert not done.err
        assert (site / "index.html").exists()


class TestServe:
    def test_a_port_that_cannot_be_is_wrong_usage(self, bad):
        done = npcs("serve", "--root", str(bad), "--port", "70000")
        assert done.code == 2
        assert done.err.startswith("npcs serve: invalid value for '--port'")


class TestProgress:
    def test_nothing_is_said_but_on_a_terminal(self, capsys):
        with progress("Waiting") as say:
            say("Waiting on")
        assert capsys.readouterr() == ("", "")

    @pytest.mark.skipif(os.name == "nt", reason="no pseudo terminals")
    def test_on_a_terminal_a_line_comes_after_a_second_and_goes(self):
        import pty

        script = (
            "import time\nfrom npcs.cli.progress import progress\n"
            "with progress('Waiting') as say:\n"
            "    time.sleep(1.5)\n"
            "    say('On')\n"
            "    time.sleep(2)\n"
        )
        main, other = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-c", script],
            stderr=other, env={**os.environ, "PYTHONPATH": str(SOURCE)},
        )  # fmt: skip
        os.close(other)
        shown = b""
        latest = time.monotonic() + 60
        while time.monotonic() < latest:
            try:
                data = os.read(main, 1024)
            except OSError:
                break
            if not data:
                break
            shown += data
        os.close(main)
        assert process.wait(60) == 0
        first, *_, last, wiped, end = shown.decode().split("\r")
        assert (first, end) == ("", "")
        assert shown.startswith(b"\rWaiting ... ")
        assert last.startswith("On ... ")
        assert wiped == " " * len(wiped)
