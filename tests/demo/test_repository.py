"""The demo as a Git repository: real commits, dated and authored, with tags that verify."""

import os
import subprocess
import sys
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from npcs.demo import DemoError, Summary, generate
from npcs.records.charter import Decision, Person, Term
from npcs.records.hub import Hub
from npcs.rules.engine import check
from running import npcs

SCRIPTS = Path(__file__).parents[2] / "scripts"


def git(root: Path, *words: str, code: int = 0) -> str:
    """What real Git says, with nobody's configuration."""
    environment = {key: one for key, one in os.environ.items() if not key.startswith("GIT_")}
    environment |= {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "LC_ALL": "C"}
    done = subprocess.run(
        ["git", *words], cwd=root, env=environment, capture_output=True, text=True
    )
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Summary:
    return generate(tmp_path_factory.mktemp("git") / "demo", git=True)


def test_a_clean_working_tree_on_main(demo: Summary) -> None:
    assert git(demo.target, "status", "--porcelain", "--ignored") == ""
    assert git(demo.target, "branch", "--show-current").strip() == "main"
    assert git(demo.target, "fsck", "--strict", "--no-dangling").strip() == ""
    assert len(git(demo.target, "log", "--format=%h").split()) == demo.commits
    assert set(git(demo.target, "ls-files", "--format=%(objectmode)").split()) == {"100644"}


def test_the_same_files_with_and_without_git(demo: Summary, tmp_path: Path) -> None:
    generate(tmp_path / "plain")
    listed = git(demo.target, "ls-files").split("\n")[:-1]
    plain = {
        path.relative_to(tmp_path / "plain").as_posix()
        for path in (tmp_path / "plain").rglob("*")
        if path.is_file()
    }
    assert set(listed) == plain
    for path in listed:
        assert (demo.target / path).read_bytes() == (tmp_path / "plain" / path).read_bytes()


def test_commits_carry_the_days_of_what_they_record(demo: Summary) -> None:
    log = git(demo.target, "log", "--reverse", "--format=%at %ct %an <%ae>").splitlines()
    moments = [int(line.split()[0]) for line in log]
    assert moments == sorted(moments)
    assert len(set(moments)) == len(moments)
    assert all(line.split()[0] == line.split()[1] for line in log)
    assert all(line.endswith("@example.org>") for line in log)
    assert len({line.split(" ", 2)[2] for line in log}) > 20
    hub = Hub.read(demo.target)
    some = [one for one in hub.all(Decision).values() if not one.ballot][::9]
    for decision in some:
        added = git(demo.target, "log", "--diff-filter=A", "--format=%as", "--", decision.path)
        assert added.split()[-1] == str(decision.date)


def test_same_commits_wherever_it_is_made(demo: Summary, tmp_path: Path) -> None:
    """Another folder, umask, time zone, language and a hostile Git configuration."""
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "reference-transaction", "pre-commit", "post-checkout"):
        (hooks / name).write_text("#!/bin/sh\nexit 1\n")
        (hooks / name).chmod(0o755)
    config = tmp_path / "gitconfig"
    config.write_text(
        f"[init]\n\tdefaultBranch = other\n\ttemplateDir = {tmp_path}\n[core]\n\tautocrlf = true\n"
        f"\thooksPath = {hooks}\n[commit]\n\tgpgsign = true\n[tag]\n\tgpgsign = true\n"
        "[user]\n\tname = Me\n\temail = me@example.com\n[i18n]\n\tcommitEncoding = latin1\n"
    )
    code = (
        "import os, sys; os.umask(0o077); from pathlib import Path; "
        "from npcs.demo import generate; generate(Path(sys.argv[1]), git=True)"
    )
    environment = os.environ | {
        "PYTHONPATH": str(SCRIPTS), "PYTHONHASHSEED": "7", "TZ": "Asia/Kathmandu",
        "LC_ALL": "C.UTF-8", "HOME": str(tmp_path), "GIT_CONFIG_GLOBAL": str(config),
        "GIT_DIR": str(tmp_path / "elsewhere"), "GIT_AUTHOR_NAME": "Somebody",
        "GIT_COMMITTER_DATE": "2001-01-01T00:00:00",
    }  # fmt: skip
    other = tmp_path / "a folder" / "demo"
    subprocess.run([sys.executable, "-c", code, str(other)], env=environment, check=True)
    assert git(other, "show-ref") == git(demo.target, "show-ref")
    assert git(other, "status", "--porcelain") == ""
    assert not (tmp_path / "elsewhere").exists()


def test_commits_are_those_of_every_other_machine(tmp_path: Path) -> None:
    """A change of the demo changes this; anything else that does is a fault."""
    made = generate(tmp_path / "demo", members=4, years=1, seed=1, git=True)
    assert git(made.target, "rev-parse", "--short=16", "HEAD").strip() == "88b88b2b4781195c"
    assert git(made.target, "rev-parse", "--short=16", "charter-v1.0").strip() == "9886e72d352a4658"


def test_seeds_give_other_commits(tmp_path: Path) -> None:
    one = generate(tmp_path / "one", members=4, years=1, seed=1, git=True).target
    two = generate(tmp_path / "two", members=4, years=1, seed=2, git=True).target
    assert git(one, "rev-parse", "HEAD") != git(two, "rev-parse", "HEAD")


def test_tags_verify_with_the_key_of_whoever_was_coordinator(demo: Summary, tmp_path: Path) -> None:
    hub = Hub.read(demo.target)
    decisions = [one for one in hub.all(Decision).values() if one.charter]
    tags = git(demo.target, "tag", "--list").split()
    assert tags == [f"charter-v{one.charter.version}" for one in decisions if one.charter]
    assert len(tags) == demo.tags >= 5
    assert len({signer(hub, one.date).key for one in decisions}) == 2
    for tag, decision in zip(tags, decisions, strict=True):
        who = signer(hub, decision.date)
        allowed = tmp_path / "allowed"
        allowed.write_text(f"{who.key}@example.org {who.signing_keys[0]}\n")
        setting = f"gpg.ssh.allowedSignersFile={allowed}"
        said = git(demo.target, "-c", setting, "verify-tag", tag)
        assert f'Good "git" signature for {who.key}@example.org' in said


def test_the_whole_chain_is_verified_from_the_root_key_in_the_readme(demo: Summary) -> None:
    readme = (demo.target / "README.md").read_text("utf-8")
    root = next(line for line in readme.splitlines() if line.startswith("ssh-ed25519 "))
    done = npcs("charter", "verify", "--root", str(demo.target), "--root-key", root)
    assert done.code == 0, done.out
    assert done.out.count(": verified\n") == demo.tags
    assert npcs("charter", "verify", "--root", str(demo.target)).code == 4


def test_a_tag_of_another_key_does_not_verify(demo: Summary, tmp_path: Path) -> None:
    allowed = tmp_path / "allowed"
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEfxzY0gXUxYVQdxvYX4qAhTDoLzqz3bQ6xlQSWqXlB9"
    allowed.write_text(f"somebody@example.org {key}\n")
    setting = f"gpg.ssh.allowedSignersFile={allowed}"
    git(demo.target, "-c", setting, "verify-tag", "charter-v1.0", code=1)


def signer(hub: Hub, day: date) -> Person:
    """The coordinator of a day."""
    term = next(
        one
        for one in hub.all(Term).values()
        if one.office == "coordinator"
        and one.start <= day <= (one.ended.on if one.ended else date.max)
    )
    person = hub.get(Person, term.person)
    assert person
    return person


def test_a_tag_holds_the_text_that_was_decided(demo: Summary) -> None:
    for decision in Hub.read(demo.target).all(Decision).values():
        if decision.charter:
            tag = f"charter-v{decision.charter.version}"
            assert git(demo.target, "cat-file", "-t", tag).strip() == "tag"
            text = git(demo.target, "show", f"{tag}:charter/charter.md")
            assert decision.charter.digest == "sha256:" + sha256(text.encode()).hexdigest()
            message = git(demo.target, "tag", "--list", "--format=%(contents)", tag)
            assert f"Decision: {decision.key}\n" in message
            assert f"Digest: {decision.charter.digest}\n" in message
            assert f"Version: {decision.charter.version}\n" in message
            assert "adopted this text on" in message


def test_whoever_signs_stood_in_the_revision_before(demo: Summary) -> None:
    """Nobody approves by a key that came with the same change; the first is in the README."""
    hub = Hub.read(demo.target)
    decisions = [one for one in hub.all(Decision).values() if one.charter]
    readme = (demo.target / "README.md").read_text("utf-8")
    assert signer(hub, decisions[0].date).signing_keys[0] in readme
    for before, decision in pairwise(decisions):
        assert before.charter
        tag = f"charter-v{before.charter.version}"
        who = signer(hub, decision.date)
        record = git(demo.target, "show", f"{tag}:{who.path}")
        assert who.signing_keys[0] in record
        names = git(demo.target, "ls-tree", "--name-only", tag, "charter/terms/")
        assert f"-{who.key}-coordinator.yml" in names


def test_history_keeps_the_charter_at_the_end_of_every_month(demo: Summary, tmp_path: Path) -> None:
    """Also at each approved revision; so that any day of the demo can be shown as it was."""
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--no-local", str(demo.target), str(clone))
    days = [one.date for one in Hub.read(clone).all(Decision).values() if one.charter]
    day = date(2026, 8, 1)
    while day < demo.as_of:
        days.append(day - timedelta(days=1))
        day = date(day.year + (day.month == 12), day.month % 12 + 1, 1)
    for day in sorted(set(days)):
        until = f"--until={day + timedelta(days=1)}T00:00:00Z"
        commit = git(clone, "rev-list", "-1", until, "origin/main").strip()
        git(clone, "checkout", "--quiet", "--detach", commit)
        report = check(clone, day, cached=False)
        assert report.crashes == ()
        assert [one for one in report.findings if one.severity != "due"] == [], day


def test_without_git_on_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DemoError, match="--git needs Git"):
        generate(tmp_path / "demo", members=4, years=1, git=True)
    assert list(tmp_path.iterdir()) == []
    assert generate(tmp_path / "demo", members=4, years=1).commits == 0
