"""What the check says of earlier figures is said to people who do not know Git."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from approving import git
from npcs.history import earlier
from running import npcs, npcs_process

TABLE = "workplan/measures/near-deaths.csv"
HEAD = "period,numerator,denominator\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository whose table showed a small count, and changed another figure by a few."""
    folder = tmp_path / "hub"
    path = folder / TABLE
    path.parent.mkdir(parents=True)
    git(tmp_path, "init", "--quiet", "hub")
    for number, rows in enumerate(
        ("2026,7,4000\n2027,40,4000\n", "2026,suppressed,4000\n2027,43,4000\n"), 4
    ):
        path.write_text(HEAD + rows, "utf-8")
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "-m", "Figures", on=f"2027-03-0{number}")
    return folder


def found(root: Path) -> list[tuple[str, str]]:
    """What the check says of the table: what is wrong, and what to do."""
    done = npcs(
        "check", f"--root={root}", "--as-of=2028-01-01", "--select=small-cell", "--format=json",
        "--no-cache",
    )  # fmt: skip
    return [(one["message"], one["hint"]) for one in json.loads(done.out)["findings"]]


def test_what_is_kept_says_who_can_take_it_out(root: Path) -> None:
    [hint] = [hint for message, hint in found(root) if "still shows" in message]
    short = git(root, "rev-parse", "--short=10", "HEAD~1")
    assert f"only whoever runs the repository can take that revision, {short}, out of" in hint
    assert not re.search(r"[0-9a-f]{11}", hint)


def test_the_command_shows_the_table_as_it_was(root: Path) -> None:
    [hint] = [hint for message, hint in found(root) if "it differs by 1 to 10" in message]
    [command] = re.findall(r"`(git show [^`]+)`", hint)
    shown = subprocess.run(command.split(), cwd=root, capture_output=True, check=True, text=True)
    assert shown.stdout.startswith(HEAD)
    assert "2027,40," in shown.stdout


def test_a_copy_without_its_past_says_whom_to_ask(root: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{root}", "copy")
    [(message, hint)] = found(tmp_path / "copy")
    assert message.endswith("this copy of the repository holds only the newest part of its history")
    assert "on your own computer `git fetch --unshallow` brings the rest" in hint
    assert "ask whoever set it up" in hint
    git(tmp_path / "copy", "fetch", "--quiet", "--unshallow")
    assert len(found(tmp_path / "copy")) == 2


def test_what_could_not_be_seen_is_asked_again_as_soon_as_it_can(
    root: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{root}", "copy")
    given = ("check", f"--root={copy}", "--as-of=2028-01-01", "--select=small-cell")
    assert "1 warning" in npcs(*given).out
    git(copy, "fetch", "--quiet", "--unshallow")
    assert "2 errors" in npcs(*given).out


def test_without_git_nobody_believes_that_all_was_compared(root: Path, tmp_path: Path) -> None:
    done = npcs_process(
        "check", f"--root={root}", "--as-of=2028-01-01", "--select=small-cell", "--no-cache",
        PATH=str(tmp_path),
    )  # fmt: skip
    assert "could be compared with it: Git cannot be run here" in done.out


def test_records_below_the_top_of_a_repository_are_not_compared(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "top")
    path = tmp_path / "top/hub" / TABLE
    path.parent.mkdir(parents=True)
    path.write_text(HEAD + "2027,40,4000\n", "utf-8")
    (tmp_path / "top/hub/charter").mkdir()
    (tmp_path / "top/hub/charter/charter.md").write_text("---\ntitle: Charter\n---\n", "utf-8")
    git(tmp_path / "top", "add", "--all")
    git(tmp_path / "top", "commit", "--quiet", "-m", "Figures")
    [(message, hint)] = found(tmp_path / "top/hub")
    assert "the records lie below the top of a Git repository" in message
    assert hint == "let the records stand at the top of their repository"
    (tmp_path / "top/more").write_text("more")
    git(tmp_path / "top", "add", "--all")
    git(tmp_path / "top", "commit", "--quiet", "-m", "More")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{tmp_path}/top", "newest")
    [(message, _)] = found(tmp_path / "newest/hub")
    assert "the records lie below the top of a Git repository" in message


def test_of_very_many_revisions_nobody_is_sent_for_more(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(earlier, "MOST", 0)
    [(message, hint)] = found(root)
    assert message.endswith("there are more of them than the check looks at")
    assert "git fetch" not in hint
