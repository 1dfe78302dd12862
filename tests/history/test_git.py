"""Asking Git: nothing that settings name is run, and only real objects and parents are seen."""

import subprocess
from pathlib import Path

import pytest

from npcs.history.dates import history
from npcs.history.git import ask, say
from npcs.history.line import branches_with, is_in, line
from npcs.history.objects import files_in, find, object_id, read
from npcs.history.tags import Seen, obstacle, seen

TEXT = "---\ntitle: T\n---\n"
PLACE = "charter/decisions/D-2027-001.md"


def git(root: Path, *arguments: str) -> str:
    settings = ["-c", "user.name=N", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", *settings, *arguments]
    return subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout


def commit(root: Path, message: str = "Then") -> str:
    git(root, "commit", "--quiet", "--allow-empty", "-m", message)
    return git(root, "rev-parse", "HEAD").strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "hub"
    (root / PLACE).parent.mkdir(parents=True)
    git(tmp_path, "init", "--quiet", "--initial-branch=main", str(root))
    (root / PLACE).write_text(TEXT)
    git(root, "add", "--all")
    commit(root)
    return root


def test_hostile_settings_run_nothing(repository: Path, tmp_path: Path) -> None:
    git(repository, "tag", "-a", "-m", "It", "charter-v1.0")
    program = tmp_path / "program"
    ran = tmp_path / "ran"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> {ran}\n')
    program.chmod(0o755)
    for name in (
        "core.fsmonitor", "core.pager", "core.sshCommand", "core.askPass", "core.editor",
        "core.alternateRefsCommand", "diff.external", "diff.x.textconv", "diff.x.command",
        "filter.x.clean", "filter.x.smudge", "filter.x.process", "gpg.program", "gpg.ssh.program",
    ):  # fmt: skip
        git(repository, "config", name, str(program))
    for name, text in (
        ("alias.log", f"!{program}"), ("alias.for-each-ref", f"!{program}"), ("pager.log", "true"),
        ("log.showSignature", "true"), ("remote.origin.url", f"ext::{program}"),
        ("remote.origin.promisor", "true"), ("core.repositoryformatversion", "1"),
        ("extensions.partialClone", "origin"), ("protocol.ext.allow", "always"),
    ):  # fmt: skip
        git(repository, "config", name, text)
    (repository / ".gitattributes").write_text("* filter=x diff=x\n")
    (repository / PLACE).write_text("Other\n")
    found = seen(repository)
    assert found
    assert [one.name for one in found.tags] == ["charter-v1.0"]
    text = find(repository, [f"HEAD:{PLACE}"])[f"HEAD:{PLACE}"]
    assert read(repository, [text]) == {text.id: TEXT.encode()}
    assert list(history(repository).files) == [PLACE]
    kept = repository / ".git" / "objects" / text.id[:2] / text.id[2:]
    kept.unlink()  # what is missing is not fetched
    assert read(repository, [text]) == {}
    assert not ran.exists(), ran.read_text()


def test_replaced_and_grafted_commits_are_seen_as_they_are(repository: Path) -> None:
    first = git(repository, "rev-parse", "HEAD").strip()
    second = commit(repository, "Second")
    git(repository, "replace", "-f", second, first)
    git(repository, "config", "core.useReplaceRefs", "true")  # which counts more than the variable
    (repository / ".git" / "info").mkdir(exist_ok=True)
    (repository / ".git" / "info" / "grafts").write_text(f"{second}\n")
    listed = say(repository, "rev-list", "--parents", second).split()
    assert listed == [second, first, first]
    assert b"Second" in ask(repository, "cat-file", "commit", second)
    whole = line(repository, second, [first, second])
    assert whole
    assert whole.builds_on(second, first)


def test_settings_of_the_environment_lead_nowhere_else(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(repository, "tag", "-a", "-m", "It", "charter-v1.0")
    grafts = tmp_path / "grafts"
    grafts.write_text(f"{git(repository, 'rev-parse', 'HEAD').strip()}\n")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_GRAFT_FILE", str(grafts))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", str(tmp_path))
    found = seen(repository)
    assert found
    assert len(found.tags) == 1


def test_a_line_tells_what_builds_on_what(repository: Path) -> None:
    first = git(repository, "rev-parse", "HEAD").strip()
    git(repository, "checkout", "--quiet", "-b", "side")
    side = commit(repository, "Side")
    git(repository, "checkout", "--quiet", "main")
    second = commit(repository, "Second")
    alone = line(repository, second, [first, second, side])
    assert alone
    assert side not in alone
    assert alone.place(first) < alone.place(second)
    assert not is_in(repository, side, second)
    assert is_in(repository, first, second)
    assert not is_in(repository, "0" * 40, second), "what is not there is in no history"
    assert branches_with(repository, side) == ("side",)
    git(repository, "merge", "--quiet", "--no-ff", "-m", "Together", "side")
    merged = git(repository, "rev-parse", "HEAD").strip()
    both = line(repository, merged, [first, second, side, merged])
    assert both
    assert both.builds_on(merged, side)
    assert both.builds_on(merged, second)
    assert not both.builds_on(second, side)
    assert not both.builds_on(side, second)
    assert both.builds_on(side, side)


def test_objects_that_do_not_fit_their_id_are_not_given(repository: Path) -> None:
    (repository / "other").write_text("Something else\n")
    other = git(repository, "hash-object", "-w", "other").strip()
    text = find(repository, [f"HEAD:{PLACE}"])[f"HEAD:{PLACE}"]
    objects = repository / ".git" / "objects"
    kept = objects / text.id[:2] / text.id[2:]
    kept.chmod(0o644)
    kept.write_bytes((objects / other[:2] / other[2:]).read_bytes())
    assert read(repository, find(repository, [text.id]).values()) == {}


def test_folders_are_read_without_links_and_what_is_no_file(repository: Path) -> None:
    (repository / "charter/decisions/link.md").symlink_to("D-2027-001.md")
    (repository / "charter/decisions/ümlaut.md").write_text("x")
    git(repository, "add", "--all")
    commit(repository)
    tree = find(repository, ["HEAD:charter/decisions"])["HEAD:charter/decisions"]
    inside = files_in(read(repository, [tree])[tree.id], tree.id)
    assert sorted(inside) == ["D-2027-001.md", "ümlaut.md"]
    assert inside["D-2027-001.md"] == object_id("blob", TEXT.encode(), tree.id)


def test_tags_are_looked_for_at_the_top_of_a_repository(repository: Path, tmp_path: Path) -> None:
    assert seen(repository) == Seen()
    assert seen(repository / "charter") is None
    assert seen(tmp_path) is None
    for tag in ("charter-v1.0", "charter-v9.0-draft", "release-1"):
        git(repository, "tag", tag)
    found = seen(repository)
    assert found
    assert [one.name for one in found.tags] == ["charter-v1.0", "charter-v9.0-draft"]
    assert found.mains == (found.head,)


@pytest.mark.parametrize("default", ["trunk", "master"])
def test_the_main_branch_is_what_the_first_repository_calls_so(
    repository: Path, tmp_path: Path, default: str
) -> None:
    git(repository, "branch", "-m", "main", default)
    git(repository, "tag", "-a", "-m", "It", "charter-v1.0")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--no-local", str(repository), str(clone))
    git(clone, "checkout", "--quiet", "-b", "main")
    commit(clone, "A branch that only calls itself so")
    found = seen(clone)
    assert found
    assert found.head not in found.mains
    assert set(found.mains) == {git(repository, "rev-parse", "HEAD").strip()}


def test_what_keeps_tags_from_being_judged(repository: Path, tmp_path: Path) -> None:
    assert obstacle(repository) == ("", "")
    assert obstacle(tmp_path) == ("", "")
    below = repository / "below"
    below.mkdir()
    assert obstacle(below) == ("", ""), "a folder that the repository does not hold is its own"
    (below / "charter").mkdir()
    (below / "charter" / "README.md").write_text("x")
    git(repository, "add", "--all")
    commit(repository)
    assert "below the top" in obstacle(below)[0]
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repository}", str(shallow))
    assert "shallow" in obstacle(shallow)[0]
    assert "git fetch --unshallow --tags" in obstacle(shallow)[1]


def test_no_git_and_a_git_that_refuses(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository / ".git" / "config").write_text("[core\n")
    assert seen(repository) is None
    assert "Git refuses to look" in obstacle(repository)[0]
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "Git cannot be run" in obstacle(repository)[0]
