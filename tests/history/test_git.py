"""Git is asked, and nothing that a repository's settings name is run."""

import subprocess
from pathlib import Path

import pytest

from npcs.history.approved import Approved, approved, last_tagged
from npcs.history.dates import history

DECISION = "---\ntitle: T\ndate: 2027-01-01\nsubject: other\nmethod: consensus\noutcome: {}\n---\n"
PLACE = "charter/decisions/D-2027-001.md"


def git(root: Path, *arguments: str) -> None:
    settings = ["-c", "user.name=N", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *settings, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "hub"
    (root / PLACE).parent.mkdir(parents=True)
    git(tmp_path, "init", "--quiet", str(root))
    (root / PLACE).write_text(DECISION.format("adopted"))
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "-m", "Then")
    git(root, "tag", "charter-v1.9")
    return root


def seen(root: Path) -> Approved | None:
    files = {
        str(path.relative_to(root)): path.read_bytes() for path in (root / "charter").rglob("*.md")
    }
    return approved(root, last_tagged(root), files)


def outcomes(root: Path) -> list[str]:
    found = seen(root)
    assert found
    return [one.content().data["outcome"] for one in found.hub.documents.values()]


def test_what_has_changed_since_the_tag(repository: Path) -> None:
    assert outcomes(repository) == []
    (repository / PLACE).write_text(DECISION.format("rejected"))
    assert outcomes(repository) == ["adopted"]
    (repository / PLACE).unlink()
    assert outcomes(repository) == ["adopted"]


def test_the_highest_version_counts_and_no_other_name(repository: Path) -> None:
    for tag in ("charter-v1.10", "charter-v9.0-draft", "charter-vfinal", "charter-v"):
        git(repository, "tag", tag)
    found = seen(repository)
    assert found
    assert found.tag == "charter-v1.10"


def test_hostile_settings_run_nothing(repository: Path, tmp_path: Path) -> None:
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
        ("alias.log", f"!{program}"), ("alias.ls-tree", f"!{program}"), ("pager.log", "true"),
        ("log.showSignature", "true"), ("remote.origin.url", f"ext::{program}"),
        ("remote.origin.promisor", "true"), ("core.repositoryformatversion", "1"),
        ("extensions.partialClone", "origin"), ("protocol.ext.allow", "always"),
    ):  # fmt: skip
        git(repository, "config", name, text)
    (repository / ".gitattributes").write_text("* filter=x diff=x\n")
    (repository / PLACE).write_text(DECISION.format("rejected"))
    assert outcomes(repository) == ["adopted"]
    assert list(history(repository).files) == [PLACE]
    for kept in (repository / ".git" / "objects").glob("??/*"):  # what is missing is not fetched
        blob = subprocess.run(
            ["git", "cat-file", "-t", kept.parent.name + kept.name],
            cwd=repository, capture_output=True, text=True, check=True,
        )  # fmt: skip
        if blob.stdout == "blob\n":
            kept.unlink()
    assert outcomes(repository) == []
    assert not ran.exists(), ran.read_text()
