"""A build that is killed, at whatever moment, leaves a whole site or the one before."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.publish.conftest import AS_OF
from tests.running import SOURCE

from npcs.publish import BuildFailed, build, swap

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills a process")

BUILD = """
import sys, datetime, pathlib
from npcs.publish import build
print("begun", flush=True)
tell = lambda text: print(text, flush=True)
build(*map(pathlib.Path, sys.argv[1:]), as_of=datetime.date(2027, 6, 1), say=tell)
print("done", flush=True)
"""


def started(root: Path, *out: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", BUILD, str(root), *map(str, out)],
        stdout=subprocess.PIPE, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline() == "begun\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def is_whole(site: Path, title: str) -> bool:
    """Whether a site has all its pages and all of them are of one build."""
    pages = [*site.rglob("index.html")]
    return (
        len(pages) > 80
        and (site / "robots.txt").is_file()
        and (site / "find/data/index.json").is_file()
        and all("Content-Security-Policy" in page.read_text() for page in pages)
        and title in (site / "decisions/D-2027-001/index.html").read_text()
        and title in (site / "decisions/index.html").read_text()
    )


def test_a_killed_build_leaves_the_site_before_and_the_next_one_cleans_up(copy: Path) -> None:
    out = build(copy, as_of=AS_OF).out
    record = copy / "charter/decisions/D-2027-001.md"
    record.write_text(record.read_text().replace("Meet in the morning", "Meet at noon"))
    whole = 1.2
    for part in range(6):
        process = started(copy)
        time.sleep(whole * part / 5)
        kill(process)
        assert is_whole(out, "Meet in the morning") or is_whole(out, "Meet at noon"), part
    build(copy, as_of=AS_OF)
    assert is_whole(out, "Meet at noon")
    left = {path.name for path in (copy / "build").iterdir()}
    assert left == {"docs", "site"}


def test_a_first_build_that_is_killed_leaves_nothing(copy: Path) -> None:
    process = started(copy)
    assert process.stdout
    while "Building" not in process.stdout.readline():
        pass
    time.sleep(0.2)
    kill(process)
    assert not (copy / "build/site").exists()


def test_a_site_put_aside_comes_back(tmp_path: Path) -> None:
    # Where a system cannot exchange folders, a kill may fall between two renames.
    (tmp_path / ".site.before").mkdir()
    (tmp_path / ".site.before" / "index.html").write_text("before")
    (tmp_path / ".site.building").mkdir()
    swap.clean(tmp_path / "site")
    assert (tmp_path / "site/index.html").read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_without_an_exchange_the_site_is_put_in_place_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    for text in ("one", "two"):
        swap.building(tmp_path / "site").mkdir()
        (swap.building(tmp_path / "site") / "index.html").write_text(text)
        with swap.put(tmp_path / "site"):
            pass
    assert (tmp_path / "site/index.html").read_text() == "two"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_two_builds_at_a_time_do_not_meet(copy: Path) -> None:
    with swap.alone(copy / "build/docs"), pytest.raises(BuildFailed, match="Another build"):
        build(copy, as_of=AS_OF)
    shutil.rmtree(copy)


def test_two_builds_from_different_records_into_one_place_do_not_meet(
    copy: Path, root: Path, tmp_path: Path
) -> None:
    out = tmp_path / "site"
    first = started(copy, out)
    assert first.stdout
    while "Building" not in first.stdout.readline():
        pass
    first.send_signal(signal.SIGSTOP)  # so that it is at work, however fast this machine is
    other = shutil.copytree(root, tmp_path / "other")
    second = subprocess.run(
        [sys.executable, "-c", BUILD, str(other), str(out)], capture_output=True, check=False,
        encoding="utf-8", env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )  # fmt: skip
    first.send_signal(signal.SIGCONT)
    told, _ = first.communicate()
    assert f"Another build is at work on {out}" in second.stderr
    assert told.endswith("done\n")
    assert is_whole(out, "Meet in the morning")
    assert {path.name for path in tmp_path.iterdir()} == {"hub", "other", "site"}
