"""Dates and authors of files, from real repositories."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.publish.conftest import commit, git

from npcs.history import dates
from npcs.history.dates import NONE, Change, found, history


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    for day, name, text in (
        ("2027-01-01", "a.yml", "1"), ("2027-02-01", "b c.yml", "1"), ("2027-03-01", "a.yml", "2"),
        ("2027-03-02", "sub/ü\nd.yml", "1"),
    ):  # fmt: skip
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
        commit(folder, day)
    return folder


def test_first_and_last_change_of_every_file(repository: Path) -> None:
    found = history(repository)
    assert {name: (one.first.on, one.last.on) for name, one in found.files.items()} == {
        "a.yml": (date(2027, 1, 1), date(2027, 3, 1)),
        "b c.yml": (date(2027, 2, 1), date(2027, 2, 1)),
        "sub/ü\nd.yml": (date(2027, 3, 2), date(2027, 3, 2)),
    }
    assert found.files["a.yml"].last == Change(
        date(2027, 3, 1),
        "Ana",
        1803902400,
        git(repository, "rev-list", "-1", "HEAD", "a.yml").strip(),
    )
    assert found.files["a.yml"].changes == 2
    assert found.newest == 1803988800


def test_a_folder_of_a_repository_has_the_history_of_its_own_files(repository: Path) -> None:
    found = history(repository / "sub")
    assert list(found.files) == ["ü\nd.yml"]


def test_a_merge_does_not_change_what_it_brings_together(repository: Path) -> None:
    git(repository, "checkout", "-qb", "other", "HEAD~1")
    (repository / "b c.yml").write_text("2")
    commit(repository, "2027-04-01")
    git(repository, "checkout", "-q", "main")
    moment = "2027-05-01T00:00:00Z"
    dates = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    git(repository, "merge", "-q", "--no-ff", "-m", "Merge", "other", **dates)
    assert history(repository).files["b c.yml"].last.on == date(2027, 4, 1)
    assert history(repository).files["a.yml"].last.on == date(2027, 3, 1)


def test_beyond_the_edge_of_a_shallow_clone_nothing_is_known(
    repository: Path, tmp_path: Path
) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{repository}", str(clone))
    assert list(history(clone).files) == ["sub/ü\nd.yml"]


def test_settings_of_the_user_change_nothing(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = history(repository)
    (tmp_path / "config").write_text(
        "[log]\nshowSignature = true\ndecorate = full\n[core]\nquotePath = true\n"
        "[diff]\nrenames = copies\nnoprefix = true\n[color]\nui = always\n"
    )
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "config").rename(tmp_path / ".gitconfig")
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert history(repository) == expected


def test_without_git_or_a_repository_nothing_is_known(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert history(tmp_path) == NONE
    git(tmp_path, "init", "-q", "empty")
    assert history(tmp_path / "empty") == NONE
    monkeypatch.setenv("PATH", "")
    assert history(repository) == NONE


def test_an_author_whose_name_looks_like_a_commit_breaks_nothing(repository: Path) -> None:
    (repository / "e.yml").write_text("1")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "x", "--author", "a\x1eb\x1fc <x@example.org>")
    assert "a.yml" in history(repository).files


def differently(name: str) -> Callable[[Path], None]:
    """What is done between one look and the next, by its name."""

    def file(root: Path, path: str, text: str, day: str) -> None:
        (root / path).write_text(text)
        commit(root, day)

    def commits(root: Path) -> None:
        file(root, "new.yml", "1", "2027-04-01")
        file(root, "a.yml", "3", "2027-04-02")

    def merged(root: Path) -> None:
        git(root, "checkout", "-qb", "other", "HEAD~2")
        file(root, "b c.yml", "2", "2027-02-15")
        git(root, "checkout", "-q", "main")
        git(root, "merge", "-q", "--no-ff", "-m", "Merge", "other")

    def other_line(root: Path) -> None:
        git(root, "reset", "-q", "--hard", "HEAD~1")
        file(root, "a.yml", "4", "2027-04-03")

    def back(root: Path) -> None:
        git(root, "reset", "-q", "--hard", "HEAD~1")

    def names(root: Path) -> None:
        (root / ".mailmap").write_text("Anabel <ana@example.org>\n")

    def own_names(root: Path) -> None:
        (root / ".git/names").write_text("Anabel <ana@example.org>\n")
        git(root, "config", "mailmap.file", ".git/names")

    def roots_hidden(root: Path) -> None:
        git(root, "config", "log.showRoot", "false")

    def cut(root: Path) -> None:
        (root / ".git/shallow").write_text(git(root, "rev-parse", "HEAD~1"))

    def nothing(_: Path) -> None:
        pass

    done: Callable[[Path], None] = locals()[name]
    return done


WAYS = ("commits", "merged", "other_line", "back", "names", "own_names", "roots_hidden", "cut",
        "nothing")  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_what_was_found_before_changes_no_result(repository: Path, way: str) -> None:
    folders = (repository, repository / "sub")
    before = [found(folder) for folder in folders]
    assert all(one.way for one in before)
    differently(way)(repository)
    for folder, one in zip(folders, before, strict=True):
        now = found(folder, one)
        assert now == found(folder)
        assert list(now.history.files) == list(history(folder).files)


def test_only_commits_that_follow_are_asked_for(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = found(repository)
    asked: list[tuple[str, ...]] = []
    real = dates.say
    monkeypatch.setattr(dates, "say", lambda root, *it: asked.append(it) or real(root, *it))
    assert found(repository, before) is before
    assert not any(words[0] == "log" for words in asked)
    differently("commits")(repository)
    assert found(repository, before).history.files["a.yml"].changes == 3
    log = next(words for words in asked if words[0] == "log")
    assert f"{before.head}..{found(repository).head}" in log
