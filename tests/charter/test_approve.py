"""Approving: refused for every reason there is, set once, and never another way than it holds."""

import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

from approving import ANA, BEN, FIRST, SECOND, Repository, git, key, public, text_of
from partnership import day
from running import npcs, npcs_process

ROOT = public(ANA)
V1, V2 = "charter-v1.0", "charter-v1.1"
DAY = "2027-06-04"


@pytest.fixture
def ready(one: Repository) -> Repository:
    """A repository in which 1.1 was adopted and waits for its approval."""
    one.adopt("1.1", SECOND, "We keep all children safe.")
    one.commit(SECOND)
    return one


D = "D-2027-002"


def refused(repository: Repository, *parts: str, decision: str = D, on: str = DAY) -> str:
    """What is said where it is refused, with nothing set."""
    before = repository.git("show-ref", "--tags")
    done = repository.approve(decision, on)
    assert (done.code, done.out) == (1, ""), done.out
    assert repository.git("show-ref", "--tags") == before
    for part in parts:
        assert part in done.err, done.err
    return done.err


# What it makes


def test_a_tag_that_tells_a_person_and_a_machine(ready: Repository) -> None:
    dry = ready.approve(D, DAY, "--dry-run")
    assert ready.git("tag") == V1
    done = ready.approve(D, DAY)
    assert done.code == 0
    assert "To publish it: git push origin charter-v1.1" in done.out
    message = ready.message(V2)
    assert all(line in dry.out for line in message.splitlines()), "the same as announced"
    told, machine = message.rstrip().rsplit("\n\n", 1)
    said = " ".join(told.split())
    assert said.startswith("Charter of the National Partnership for Child Safety, version 1.1 ")
    assert (
        "adopted this text on 3 June 2027 by consensus: no objection stood, and 3 of the 3" in said
    )
    assert "It is the yearly review of the charter. The next review is due by 3 June 2028." in said
    assert "Approved by Ana Ruiz, project coordinator. From here on these may approve, as" in said
    assert re.search(r"- Ana Ruiz, from 1 January 2027 on: SHA256:\S{43}$", said)
    assert all(len(line) <= 72 for line in told.splitlines() if not line.startswith("- "))
    lines = dict(line.split(": ", 1) for line in machine.splitlines())
    commit = ready.git("rev-parse", "HEAD")
    assert lines["Commit"] == commit == ready.git("rev-parse", f"{V2}^{{commit}}")
    assert lines["Previous"].split() == [
        V1, ready.git("rev-parse", V1), ready.git("rev-parse", f"{V1}^{{commit}}")
    ]  # fmt: skip
    expected = {
        "Decision": D, "Version": "1.1", "Change": "annual", "Adopted": SECOND,
        "Review-due": "2028-06-03",
    }  # fmt: skip
    assert expected.items() <= lines.items()
    assert ready.verify(ROOT).outcome == "verified"


def test_a_vote_is_told_with_its_arithmetic(one: Repository) -> None:
    decision = one.adopt(
        "1.1", SECOND, "By vote.", method="vote", votes={"p01": "yes", "p02": "yes", "p03": "no"},
        consensus={"sought_on": SECOND, "objections": [{"by": "p03", "text": "No."}]},
        effective="2027-07-01",
    )  # fmt: skip
    one.commit(SECOND)
    one.approved(decision, DAY)
    said = " ".join(one.message(V2).split())
    assert "by vote: 2 of the 3 in office agreed; two-thirds of 3 is 2, so it carried (1" in said
    assert "It holds from 1 July 2027." in said


def test_who_else_may_approve_from_then_on_is_shown(ready: Repository) -> None:
    """Else a key that somebody slipped into the records would be vouched for unseen."""
    assert "This is new" not in ready.approve(D, DAY, "--dry-run").out
    ready.made.person(ANA, leadership=False, signing_keys=[ROOT, public("stranger")])
    ready.commit("2027-06-04")
    for options in (("--dry-run",), ()):
        out = ready.approve(D, DAY, *options).out
        new = out.partition("This is new:\n")[2].splitlines()[0]
        assert new.startswith("- Ana Ruiz, from 1 January 2027 on: SHA256:")
    assert ready.message(V2).count("- Ana Ruiz") == 2


def test_it_is_safe_to_run_twice(ready: Repository) -> None:
    assert ready.approve(D, DAY).code == 0
    tags = ready.git("show-ref", "--tags")
    (ready.root / "scribble").write_text("x")  # whatever else has happened since
    for on in (DAY, "2027-08-01"):
        again = ready.approve(D, on)
        assert (again.code, again.err) == (0, "")
        assert again.out.startswith("charter-v1.1 is there already, and holds.")
    assert ready.git("show-ref", "--tags") == tags


def test_a_tag_that_is_there_and_does_not_hold_is_left_alone(ready: Repository) -> None:
    ready.git("tag", V2)
    refused(ready, "There is a tag charter-v1.1 already, and it does not hold", "lightweight")


# Why it is refused


def test_what_is_no_adopted_text(ready: Repository) -> None:
    refused(ready, "There is no decision D-2027-009", decision="D-2027-009")
    ready.made.decision("D-2027-003", SECOND, meeting=f"{SECOND}-executive-committee")
    ready.commit("2027-06-04")
    refused(ready, "is on no text of the charter", decision="D-2027-003")
    refused(ready, "D-2027-002 is dated 3 June 2027, a day still to come", on="2027-06-02")


@pytest.mark.parametrize("outcome", ["rejected", "deferred"])
def test_what_was_not_adopted(one: Repository, outcome: str) -> None:
    one.adopt("1.1", SECOND, "Words.", outcome=outcome)
    one.commit(SECOND)
    refused(one, f"D-2027-002 was {outcome}: only an adopted text can be approved")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"consensus": {"sought_on": SECOND, "objections": [{"by": "p02", "text": "No."}]}},
         "adopted by consensus, while an objection of P02 stands"),
        ({"method": "vote", "votes": {"p01": "yes", "p02": "no", "p03": "no"},
          "consensus": {"sought_on": SECOND, "objections": [{"by": "p02", "text": "No."}]}},
         "recorded as adopted, but 1 of the 3 in office agreed; two-thirds of 3 is 2"),
        ({"method": "vote", "votes": {"p01": "yes", "p02": "yes"}},
         "no objection of anyone in office stands"),
        ({"meeting": f"{FIRST}-executive-committee"}, "was on another day"),
    ],
)  # fmt: skip
def test_what_was_not_adopted_by_the_rules(one: Repository, fields: dict, said: str) -> None:
    one.adopt("1.1", SECOND, "Words.", **fields)
    one.commit(SECOND)
    refused(one, "D-2027-002 was not rightly adopted", said)


def test_without_a_quorum(one: Repository) -> None:
    one.adopt("1.1", SECOND, "Words.")
    attendance = {"p01": "present", "p02": "absent", "p03": "absent"}
    one.made.meeting(SECOND, attendance=attendance)
    one.commit(SECOND)
    refused(one, "1 of the 3 in office took part; more than half of 3 takes 2")


def test_another_text_than_the_adopted_one(ready: Repository) -> None:
    ready.made.put("charter/charter.md", text_of("1.1", "We keep all children safe!"))
    ready.commit("2027-06-04")
    refused(ready, "The text is not the one that was adopted", "as Git stores it has sha256:")
    ready.made.put("charter/charter.md", text_of("1.2", "A proposal."))
    ready.commit("2027-06-04")
    refused(ready, "The text is not the one that was adopted", "is version 1.2 already")


def test_a_version_that_does_not_rise(two: Repository) -> None:
    decision = two.adopt("0.9", "2027-07-01", "Words.")
    two.commit("2027-07-01")
    refused(two, "Version 0.9 does not rise: 1.1 is approved", decision=decision, on="2027-07-02")


def test_an_earlier_text_that_waits(ready: Repository) -> None:
    ready.adopt("1.2", "2027-07-01", "Words.")
    ready.commit("2027-07-01")
    said = refused(ready, "D-2027-002 adopted version 1.1 before", decision="D-2027-003",
                   on="2027-07-02")  # fmt: skip
    assert "git fetch --tags" in said


def test_what_the_check_finds(ready: Repository) -> None:
    ready.made.person("p09", member="nowhere")
    ready.commit("2027-06-04")
    refused(ready, "`npcs check` finds an error in charter/people/p09.yml", "[broken-reference]")


@pytest.mark.parametrize("how", ["changed", "staged", "added", "deleted"])
def test_what_is_not_committed(ready: Repository, how: str) -> None:
    path = f"charter/people/{BEN}.yml"
    file = ready.root / path
    if how == "deleted":
        file.unlink()
    elif how == "added":
        path = "scribble.txt"
        (ready.root / path).write_text("x")
    else:
        file.write_text(file.read_text() + "position: Assistant\n")
        if how == "staged":
            ready.git("add", "--all")
    refused(ready, f"Not everything is as the current commit has it: {path}")


def test_what_git_was_told_not_to_look_at(ready: Repository) -> None:
    """Else the check would look at one record, and the tag would name another."""
    path = f"charter/people/{BEN}.yml"
    ready.git("update-index", "--assume-unchanged", path)
    (ready.root / path).write_text("name: Ben Ode\n")
    refused(ready, f"Not everything is as the current commit has it: {path}")
    ready.git("update-index", "--no-assume-unchanged", path)
    ready.git("checkout", "--", path)
    ignored = "charter/people/ignored-one.yml"
    (ready.root / ".git/info").mkdir(exist_ok=True)
    (ready.root / ".git/info/exclude").write_text("ignored-one.yml\n")
    (ready.root / ignored).write_text("name: Ignored One\n")
    refused(ready, f"Not everything is as the current commit has it: {ignored}")


def test_a_commit_outside_the_main_line(ready: Repository) -> None:
    ready.git("checkout", "--quiet", "-b", "work")
    ready.commit("2027-06-04", "More")
    refused(ready, "You are on the branch `work`, and the current commit is not in the main line")


def test_a_commit_that_not_everybody_has(ready: Repository, tmp_path: Path) -> None:
    clone = Repository.__new__(Repository)
    clone.root, clone.made = tmp_path / "clone", ready.made
    git(tmp_path, "clone", "--quiet", str(ready.root), str(clone.root))
    clone.be(ANA)
    clone.sign_with(ANA)
    clone.commit("2027-06-04", "Only here")
    refused(clone, "is not everywhere in the main line", "`git pull` and `git push` first")
    clone.git("reset", "--quiet", "--hard", "origin/main")
    assert clone.approve(D, DAY).code == 0


def test_a_shallow_clone(ready: Repository, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{ready.root}", str(tmp_path / "clone"))
    root = str(tmp_path / "clone")
    done = npcs("charter", "approve", D, "--root", root, today=day(DAY))
    assert done.code == 1
    assert "shallow clone" in done.err
    assert "git fetch --unshallow --tags" in done.err


def test_a_folder_that_is_no_repository(ready: Repository, tmp_path: Path) -> None:
    ready.made.write(tmp_path / "plain")
    root = str(tmp_path / "plain")
    done = npcs("charter", "approve", D, "--root", root, today=day(DAY))
    assert done.code == 1
    assert "no Git repository" in done.err


@pytest.mark.parametrize("asked", [("approve", D), ("handover",), ("approve", D, "--dry-run")])
def test_a_day_to_come(ready: Repository, asked: tuple[str, ...]) -> None:
    command = ("charter", *asked, "--root", str(ready.root), "--as-of")
    before = ready.git("show-ref", "--tags")
    done = npcs(*command, "2027-06-05", today=day(DAY))
    assert (done.code, done.out) == (1, "")
    assert "5 June 2027 is still to come: today is 4 June 2027." in done.err
    done = npcs_process(*command, "2999-01-01")
    assert (done.code, done.out) == (1, "")
    assert "1 January 2999 is still to come: today is " in done.err
    assert ready.git("show-ref", "--tags") == before


def test_a_day_that_has_come(ready: Repository) -> None:
    command = ("charter", "approve", D, "--root", str(ready.root), "--as-of", DAY)
    done = npcs(*command, today=day("2027-06-05"))
    assert done.code == 0, done.err
    tagged = ready.git("for-each-ref", "--format=%(taggerdate:short)", f"refs/tags/{V2}")
    assert tagged == DAY


def test_nobody_says_at_the_command_line_which_day_it_is(ready: Repository) -> None:
    command = ("charter", "approve", D, "--root", str(ready.root), "--as-of", "2999-01-01")
    done = npcs_process(
        *command, SOURCE_DATE_EPOCH="32472187200", GIT_COMMITTER_DATE="2999-01-02T12:00:00Z"
    )
    assert done.code == 1
    assert "1 January 2999 is still to come" in done.err


# Who approves


def test_somebody_who_is_not_coordinator(ready: Repository) -> None:
    ready.sign_with(BEN)
    refused(ready, "Ana Ruiz is project coordinator on 4 June 2027, and the key with which Git has")
    ready.git("config", "user.signingkey", f"key::{public(BEN)}")
    refused(ready, "is not on record for them")


def test_nobody_is_coordinator(ready: Repository) -> None:
    term = "charter/terms/2027-01-01-ana-ruiz-coordinator.yml"
    ready.record(term, {"person": ANA, "office": "coordinator", "start": "2027-01-01",
                        "end": "2027-05-31"})  # fmt: skip
    ready.commit("2027-06-04")
    refused(ready, "Nobody is project coordinator on 4 June 2027")


def test_a_coordinator_with_a_key_who_cannot_sign(ready: Repository, tmp_path: Path) -> None:
    ready.git("config", "--unset", "user.signingkey")
    refused(ready, "Git is not set up to sign", "git config user.signingkey")
    ready.git("config", "user.signingkey", str(tmp_path / "missing"))
    refused(ready, "Signing with the key of Git's settings failed")
    ready.git("config", "gpg.format", "x509")
    refused(ready, "`gpg.format` is x509")
    ready.git("config", "gpg.format", "ssh")
    ready.git("config", "gpg.ssh.program", str(tmp_path / "nothing"))
    refused(ready, "cannot be run")


def test_a_program_that_signs_something_else(ready: Repository, tmp_path: Path) -> None:
    """The tag is judged before it is set, so it is never there."""
    program = tmp_path / "program"
    program.write_text(
        '#!/bin/sh\nfor last; do :; done\necho other > "$last.x"\n'
        f'ssh-keygen -q -Y sign -n git -f {key(ANA)} "$last.x"\nmv "$last.x.sig" "$last.sig"\n'
    )
    program.chmod(0o755)
    ready.git("config", "gpg.ssh.program", str(program))
    refused(ready, "The tag would not hold", "carries a signature that does not fit it")


def test_a_key_that_only_an_agent_has(ready: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    command = ["ssh-agent", "-s"]
    agent = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    said = dict(part.split("=", 1) for part in re.split("[;\n]", agent) if "=" in part)
    monkeypatch.setenv("SSH_AUTH_SOCK", said["SSH_AUTH_SOCK"])
    try:
        subprocess.run(["ssh-add", "-q", str(key(ANA))], check=True, capture_output=True)
        ready.git("config", "user.signingkey", f"key::{ROOT}")
        done = ready.approve(D, DAY)
    finally:
        os.kill(int(said["SSH_AGENT_PID"]), signal.SIGTERM)
    assert done.code == 0, done.err
    assert ready.verify(ROOT).outcome == "verified"


# While it is made


def meanwhile(repository: Repository, tmp_path: Path, command: str) -> None:
    """Let something happen in the repository while the tag is being signed."""
    program = tmp_path / "meanwhile"
    program.write_text(
        f'#!/bin/sh\n(cd {repository.root} && {command}) >&2\nexec ssh-keygen "$@"\n'
    )
    program.chmod(0o755)
    repository.git("config", "gpg.ssh.program", str(program))


def test_a_commit_that_comes_meanwhile(ready: Repository, tmp_path: Path) -> None:
    meanwhile(ready, tmp_path, "git commit --quiet --allow-empty -m Meanwhile")
    refused(ready, "The current commit has changed meanwhile")


def test_a_tag_that_comes_meanwhile_is_not_replaced(ready: Repository, tmp_path: Path) -> None:
    meanwhile(ready, tmp_path, f"git update-ref refs/tags/{V2} HEAD")
    done = ready.approve(D, DAY)
    assert done.code == 1
    assert "was not set" in done.err
    assert ready.git("cat-file", "-t", V2) == "commit", "the other one is still there"


def test_hooks_are_not_run(ready: Repository, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in ("reference-transaction", "post-index-change", "pre-commit", "update"):
        (hooks / name).write_text(f"#!/bin/sh\necho {name} >> {ran}\nexit 1\n")
        (hooks / name).chmod(0o755)
    ready.git("config", "core.hooksPath", str(hooks))
    ready.git("config", "core.fsmonitor", str(hooks / "update"))
    done = ready.approve(D, DAY)
    assert done.code == 0, done.err
    assert not ran.exists(), ran.read_text()


def test_the_day_of_the_approval(ready: Repository) -> None:
    refused(ready, "is dated 3 June 2027, a day still to come", on="2027-05-31")
    ready.commit("2027-06-20", "Later")
    refused(ready, "The current commit was made after 10 June 2027", on="2027-06-10")
    assert ready.approve(D, "2027-06-20").code == 0
    assert ready.verify(ROOT).raw["approvals"][-1]["tagged"] == "2027-06-20"


def test_a_decision_by_ballot(one: Repository) -> None:
    ballot = {"opened": "2027-05-20", "closed": SECOND, "notice": "2027-05-18"}
    decision = one.adopt(
        "1.1", SECOND, "By ballot.", meeting=None, ballot=ballot, method="vote",
        votes={"p01": "yes", "p02": "yes", "p03": "no"},
        consensus={"sought_on": FIRST, "objections": [{"by": "p03", "text": "No."}]},
    )  # fmt: skip
    del one.made.texts[f"charter/meetings/{SECOND}-executive-committee.md"]
    text = one.made.texts[f"charter/decisions/{decision}.md"].replace("meeting: null\n", "")
    one.made.put(f"charter/decisions/{decision}.md", text)
    one.commit(SECOND)
    one.approved(decision, DAY)
    assert one.verify(ROOT).outcome == "verified"
