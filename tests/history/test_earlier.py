"""The earlier revisions of a table: all that Git keeps, also of what was merged and undone."""

import subprocess
from pathlib import Path

import pytest

from npcs.history import earlier
from npcs.history.earlier import past

FOLDER = "workplan/measures"
TABLE = f"{FOLDER}/deaths.csv"


def git(root: Path, *arguments: str) -> str:
    settings = ["-c", "user.name=N", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", *settings, *arguments]
    return subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout


def write(root: Path, text: str) -> None:
    (root / TABLE).write_text(text)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--date=2027-03-04T12:00:00Z", "-m", text)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "hub"
    (root / FOLDER).mkdir(parents=True)
    git(tmp_path, "init", "--quiet", "--initial-branch=main", str(root))
    for text in ("one", "two", "three"):
        write(root, text)
    return root


def texts(root: Path, now: str = "three") -> list[str]:
    found = past(root, FOLDER, {TABLE: now.encode()})
    assert found.whole
    return [one.raw.decode() for one in found.texts.get(TABLE, ())]


def test_all_earlier_texts_the_newest_first(repository: Path) -> None:
    assert texts(repository) == ["two", "one"]
    assert texts(repository, "four") == ["three", "two", "one"]
    found = past(repository, FOLDER, {TABLE: b"three"}).texts[TABLE][0]
    assert (found.day.isoformat(), git(repository, "rev-parse", found.commit + "^{commit}")) == (
        "2027-03-04", git(repository, "rev-parse", "HEAD~1"),
    )  # fmt: skip


def test_another_file_comes_as_it_stood_beside_each(repository: Path) -> None:
    other = f"{FOLDER}/deaths.yml"
    for text in ("four", "five"):
        (repository / other).write_text(f"beside {text}")
        write(repository, text)
    (repository / other).write_text("beside five, but later")
    git(repository, "commit", "--quiet", "--all", "-m", "Only that")
    found = past(repository, FOLDER, {TABLE: b"six"}, beside={TABLE: other}).texts[TABLE]
    assert [one.beside for one in found] == [b"beside five", b"beside four", b"", b"", b""]


def test_what_was_undone_on_a_branch_is_not_forgotten(repository: Path) -> None:
    git(repository, "switch", "--quiet", "-c", "side")
    write(repository, "slip")
    write(repository, "three")
    git(repository, "switch", "--quiet", "main")
    git(repository, "commit", "--quiet", "--allow-empty", "-m", "Meanwhile")
    git(repository, "merge", "--quiet", "--no-ff", "-m", "Merge", "side")
    assert texts(repository) == ["slip", "two", "one"]


def test_a_file_that_was_gone_and_came_back(repository: Path) -> None:
    git(repository, "rm", "--quiet", TABLE)
    git(repository, "commit", "--quiet", "-m", "Gone")
    (repository / FOLDER).mkdir(parents=True, exist_ok=True)
    write(repository, "back")
    assert texts(repository, "back") == ["three", "two", "one"]


def test_a_shallow_copy_says_that_it_is_not_all(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repository}", "copy")
    assert not past(tmp_path / "copy", FOLDER, {TABLE: b"three"}).whole


def test_of_very_many_revisions_the_newest_are_looked_at(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(earlier, "MOST", 1)
    found = past(repository, FOLDER, {TABLE: b"three"})
    assert [one.raw for one in found.texts[TABLE]] == [b"two"]
    assert not found.whole


def test_elsewhere_there_is_no_past(tmp_path: Path, repository: Path) -> None:
    assert past(tmp_path, FOLDER, {TABLE: b"x"}) == earlier.NO_PAST
    assert past(repository, "charter", {}) == earlier.NO_PAST


def test_a_file_that_is_gone_is_not_forgotten(repository: Path) -> None:
    git(repository, "mv", TABLE, f"{FOLDER}/others.csv")
    git(repository, "commit", "--quiet", "-m", "Renamed")
    found = past(repository, FOLDER, {f"{FOLDER}/others.csv": b"three"}).texts
    assert {path: [one.raw for one in those] for path, those in found.items()} == {
        TABLE: [b"three", b"two", b"one"]
    }
    assert past(repository, FOLDER, {}).texts.keys() == {TABLE, f"{FOLDER}/others.csv"}
