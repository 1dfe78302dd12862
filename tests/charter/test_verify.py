"""What can be done to tags, texts, history and records after an approval, and what is said of it.

Each attack is made with real Git and real keys, by somebody who may push anything and write any
tag, and has every key but that of the coordinator.
"""

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from approving import (
    ANA,
    BEN,
    FIRST,
    SECOND,
    Found,
    Repository,
    digest_of,
    git,
    key,
    public,
    ssh_signature,
    text_of,
)
from npcs.charter.link import adoption_faults
from npcs.charter.revisions import text_at
from npcs.charter.verify import revisions
from npcs.records.charter import Decision
from npcs.records.findings import Note
from npcs.records.hub import Hub
from npcs.rules import decisions
from partnership import day
from running import npcs

ROOT = public(ANA)
V1, V2 = "charter-v1.0", "charter-v1.1"
D1, D2 = "charter/decisions/D-2027-001.md", "charter/decisions/D-2027-002.md"


def says(found: Found, part: str) -> str:
    """The one error that says something, in a verification that failed."""
    assert (found.code, found.outcome) == (1, "wrong")
    fitting = [one for one in found.errors if part in one]
    assert len(fitting) == 1, found.errors
    return fitting[0]


# As it should be


def test_two_approvals_are_verified_from_the_root_key_on(two: Repository) -> None:
    found = two.verify(ROOT)
    assert (found.code, found.outcome, found.errors, found.others) == (0, "verified", [], [])
    assert found.states == {V1: "verified", V2: "verified"}
    assert found.raw["approved"] == "1.1"
    assert two.check("revision-tag", "revision-signature", "correction") == []


def test_without_a_root_key_nothing_is_called_verified(two: Repository) -> None:
    found = two.verify()
    assert (found.code, found.outcome, found.errors) == (4, "untold", [])
    assert found.states == {V1: "no root key", V2: "no root key"}
    assert found.raw["approved"] is None
    done = npcs("charter", "verify", "--root", str(two.root), "--as-of", "2027-09-01")
    assert "Not verified against a root key" in done.out
    assert not re.search(r"approved text|: verified", done.out)


def test_days_of_a_revision_are_kept_apart(one: Repository) -> None:
    decision = one.adopt("1.1", SECOND, "All children.", effective="2027-07-01")
    one.commit("2027-06-10")
    one.approved(decision, "2027-06-12")
    last = one.verify(ROOT).raw["approvals"][-1]
    assert last["tagged"] == "2027-06-12"
    assert (last["revision"]["adopted"], last["revision"]["effective"]) == (SECOND, "2027-07-01")


def test_the_text_of_a_revision_comes_from_its_tag(two: Repository) -> None:
    (two.root / "charter/charter.md").write_text("Something else\n")
    hub = Hub.read(two.root)
    found = revisions(two.root, hub, day("2027-09-01"))
    assert revisions(two.root, hub, day("2027-09-01")) is found, "looked up once for a hub"
    first, last = found.revisions
    assert text_at(two.root, first) == text_of("1.0").encode()
    assert text_at(two.root, last) == text_of("1.1", "We keep all children safe.").encode()
    assert found.latest == last
    assert (last.previous, last.signer, last.decision) == (V1, ANA, "D-2027-002")


def test_git_itself_takes_the_tag_for_signed(one: Repository, tmp_path: Path) -> None:
    (tmp_path / "allowed").write_text(f"{ANA} {ROOT}\n")
    one.git("-c", f"gpg.ssh.allowedSignersFile={tmp_path / 'allowed'}", "verify-tag", V1)
    assert one.git("fsck", "--strict", "--no-dangling") == ""
    lines = one.git("interpret-trailers", "--parse", given=one.message(V1))
    assert lines.startswith("Decision: D-2027-001\nVersion: 1.0\n")
    assert lines.endswith("Previous: none")


def test_a_repository_with_longer_ids(tmp_path: Path) -> None:
    made = Repository(tmp_path / "hub", form="sha256")
    for version, on, after in (("1.0", FIRST, "2027-03-05"), ("1.1", SECOND, "2027-06-04")):
        decision = made.adopt(version, on, f"Words of {version}.")
        made.commit(on)
        made.approved(decision, after)
    assert len(made.git("rev-parse", "HEAD")) == 64
    assert made.verify(ROOT).outcome == "verified"
    edit(made, f"charter/meetings/{FIRST}-executive-committee.md", "p01: present", "p01: absent")
    assert says(made.verify(ROOT), "the attendance of P01")


# Tags


def test_a_tag_moved_to_another_commit(two: Repository) -> None:
    message = two.message(V2)
    later = two.commit("2027-07-01", "Later")
    two.tag_by_hand(V2, later, message, "2027-07-02", signer=BEN)
    said = says(two.verify(ROOT), "was moved: it was made for commit")
    assert later[:9] in said


def test_an_earlier_tag_moved_by_the_coordinator_is_missed_by_the_next(two: Repository) -> None:
    before = two.git("rev-parse", f"{V1}^{{commit}}")
    two.git("checkout", "--quiet", "-b", "elsewhere", f"{before}~0")
    message = two.message(V1)
    two.tag_by_hand(V1, before, message, "2027-03-06", signer=ANA)
    two.git("checkout", "--quiet", "main")
    said = says(two.verify(ROOT), "was moved or replaced after it was set")
    assert said.startswith(V1)
    assert V2 in said


@pytest.mark.parametrize("tag", [V1, V2])
def test_a_deleted_tag(two: Repository, tag: str) -> None:
    two.git("tag", "-d", tag)
    found = two.verify(ROOT)
    assert (found.code, found.outcome) == (1, "wrong")
    checked = two.check("revision-tag")
    if tag == V1:
        assert says(found, f"{V1} was deleted: {V2} names it as the approval before it")
        assert [one[0] for one in checked] == ["error"]
    else:
        # nothing that is left can tell it from one that was never set
        assert found.others == [
            "version 1.1 was adopted on 3 June 2027 and is not approved: there is no tag "
            "charter-v1.1"
        ]
        assert [one[0] for one in checked] == ["due"]
        assert found.raw["approved"] is None


def test_all_tags_deleted(two: Repository) -> None:
    two.git("tag", "-d", V1, V2)
    found = two.verify(ROOT)
    assert (found.code, found.outcome, found.errors) == (1, "wrong", [])
    assert "no tag of the charter is here, though 2 texts were adopted" in found.others[0]
    assert "were not compared" in found.others[1]
    assert {one[0] for one in two.check("revision-tag", "correction")} == {"warning"}


def test_a_lightweight_tag(two: Repository) -> None:
    two.git("update-ref", f"refs/tags/{V2}", f"{V2}^{{commit}}")
    assert says(two.verify(ROOT), f"{V2} is a lightweight tag")


@pytest.mark.parametrize("what", ["tree", "blob", "tag"])
def test_a_tag_on_what_is_no_commit(two: Repository, what: str) -> None:
    target = {"tree": "HEAD^{tree}", "blob": "HEAD:charter/charter.md", "tag": V1}[what]
    leads_to = two.git("rev-parse", target)
    two.tag_by_hand(V2, leads_to, two.message(V2), "2027-06-05", kind=what)
    assert says(two.verify(ROOT), "only a commit can be approved")


@pytest.mark.parametrize("what", ["HEAD^{tree}", "HEAD:charter/charter.md"])
def test_a_name_that_leads_to_no_commit_at_once(two: Repository, what: str) -> None:
    two.git("update-ref", f"refs/tags/{V2}", two.git("rev-parse", what))
    assert says(two.verify(ROOT), f"{V2} points to no commit")


def test_a_tag_under_another_name(two: Repository) -> None:
    two.git("update-ref", "refs/tags/charter-v2.0", two.git("rev-parse", V2))
    assert says(two.verify(ROOT), "charter-v2.0 is the tag charter-v1.1 under another name")
    assert two.verify(ROOT).states[V2] == "verified"


def test_a_name_that_only_looks_like_an_approval(two: Repository) -> None:
    two.git("tag", "-a", "-m", "Final", "charter-v2")
    two.git("tag", "charter-v01.5")
    found = two.verify(ROOT)
    assert {one.split()[0] for one in found.others} == {"charter-v2", "charter-v01.5"}
    assert found.outcome == "wrong"
    assert {one[0] for one in two.check("revision-tag")} == {"warning"}


def test_a_tag_on_a_side_branch(two: Repository) -> None:
    two.git("checkout", "--quiet", "-b", "side")
    decision = two.adopt("1.2", "2027-07-01", "Other words.")
    commit = two.commit("2027-07-01")
    message = two.message(V2).replace("1.1", "1.2").replace("D-2027-002", decision)
    two.tag_by_hand("charter-v1.2", commit, message, "2027-07-02")
    two.git("checkout", "--quiet", "main")
    assert says(two.verify(ROOT), "charter-v1.2 is on a side branch (`side`)")


def test_a_tag_on_a_branch_that_forked_before_the_approval_and_was_merged(two: Repository) -> None:
    two.git("checkout", "--quiet", "-b", "side", f"{V1}^{{commit}}")
    side = two.commit("2027-05-01", "Without 1.1")
    two.git("checkout", "--quiet", "main")
    two.git("merge", "--quiet", "--no-edit", "-s", "ours", "side", on="2027-07-01")
    message = two.message(V2).replace("Version: 1.1", "Version: 1.2")
    two.tag_by_hand("charter-v1.2", side, message, "2027-07-02")
    found = two.verify(ROOT)
    assert found.outcome == "wrong"
    assert found.states[V2] == "verified"
    assert "charter-v1.2" not in {tag for tag, state in found.states.items() if state == "verified"}


def test_history_rewritten_so_that_an_approved_commit_is_gone(two: Repository) -> None:
    two.git("commit", "--quiet", "--amend", "-m", "As if nothing had been", on="2027-06-05")
    said = says(two.verify(ROOT), "the history was rewritten")
    assert V2 in said
    assert "gone from the main line" in said


def test_all_of_history_rewritten(two: Repository) -> None:
    two.git("checkout", "--quiet", "--orphan", "new")
    two.git("commit", "--quiet", "-m", "Begin anew", on="2027-07-01")
    two.git("branch", "-M", "main")
    found = two.verify(ROOT)
    assert len([one for one in found.errors if "the history was rewritten" in one]) == 2
    assert found.raw["approved"] is None


def test_what_is_checked_out_may_be_older_than_the_last_approval(two: Repository) -> None:
    two.git("checkout", "--quiet", "--detach", f"{V1}^{{commit}}")
    found = two.verify(ROOT)
    assert (found.outcome, found.errors) == ("verified", [])
    assert (found.raw["approved"], found.raw["ahead"]) == ("1.0", [V2])
    assert two.check("revision-tag", "revision-signature", "correction") == []


def test_very_many_false_tags(
    two: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git is asked as often as for a few, and what is right is still found right."""
    calls = tmp_path / "calls"
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho >> {calls}\nexec {shutil.which("git")} "$@"\n')
    program.chmod(0o755)
    two.git("checkout", "--quiet", "-b", "side")
    side = two.commit("2027-07-01", "Aside")
    two.git("checkout", "--quiet", "main")
    here = two.git("rev-parse", "HEAD")
    refs = []
    for number in range(300):
        for name, commit in ((f"charter-v7.{number}", side), (f"charter-v8.{number}", here)):
            raw = (
                f"object {commit}\ntype commit\ntag {name}\ntagger A <a@b> 1820000000 +0000\n\nX\n"
            )
            made = two.root / f"tag-{name}"
            made.write_text(raw)
            refs.append((name, made))
    listed = "\n".join(str(one[1]) for one in refs)
    made_ids = two.git("hash-object", "-t", "tag", "-w", "--stdin-paths", given=listed).split()
    names = zip((one[0] for one in refs), made_ids, strict=True)
    two.git("update-ref", "--stdin", given="".join(f"create refs/tags/{n} {i}\n" for n, i in names))
    for _, file in refs:
        file.unlink()
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    found = two.verify(ROOT)
    assert {found.states[V1], found.states[V2]} == {"verified"}
    assert {one.split()[0] for one in found.errors} == {name for name, _ in refs}
    assert calls.read_text().count("\n") < 20


def test_what_a_tag_names_is_no_command(two: Repository) -> None:
    """A name from a tag would stand in what is said to do, and somebody may copy it."""
    payload = (two.git("cat-file", "tag", V2) + "\n").split("-----BEGIN", 1)[0]
    payload = payload.replace(f"Previous: {V1} ", "Previous: x;reboot ")
    written(two, V2, payload + ssh_signature(payload, key(ANA)))
    found = two.verify(ROOT)
    assert says(found, "does not say as it should which approval came before it")
    assert "reboot" not in str(found.raw)


def test_a_tag_made_without_the_command(two: Repository, tmp_path: Path) -> None:
    """It is said what it lacks, and all else that speaks against it."""
    later = two.commit("2027-07-01", "Later")
    two.git("tag", "-f", "-a", "-m", "Approved", V2, later, on="2027-07-02")
    found = two.verify(ROOT)
    assert says(found, f"{V2} lacks the lines Decision")
    assert says(found, f"{V2} is not signed, though Ana Ruiz, project coordinator on 2 July 2027")
    assert found.states == {V1: "verified", V2: "not verified"}
    two.git("-c", f"user.signingkey={key(BEN)}", "tag", "-f", "-s", "-m", "It", V2, on="2027-07-02")
    assert says(two.verify(ROOT), "is signed by Ben Ode, who was not project coordinator")
    two.git("tag", "-f", "-s", "-m", "Approved", V2, on="2027-07-02")  # by Ana herself
    found = two.verify(ROOT)
    assert len(found.errors) == 1
    assert found.states[V2] == "not verified"
    two.git("tag", "-a", "-m", "Approved", "charter-v3.0", on="2027-07-03")
    assert "the records it approves have no decision on version 3.0" in str(two.verify().errors)


def test_a_tag_without_a_decision(two: Repository) -> None:
    commit = two.commit("2027-07-01", "Later")
    message = two.message(V2).replace("1.1", "1.2").replace("D-2027-002", "D-2027-009")
    message = re.sub("Commit: .*", f"Commit: {commit}", message)
    two.tag_by_hand("charter-v1.2", commit, message, "2027-07-02")
    said = says(two.verify(ROOT), "charter-v1.2 is a tag without a decision")
    assert said.endswith("the records it approves have no D-2027-009")


@pytest.mark.parametrize("outcome", ["rejected", "deferred"])
def test_a_tag_on_what_was_not_adopted(two: Repository, outcome: str) -> None:
    text = text_of("1.2", "Other words.")
    decision = two.adopt("1.2", "2027-07-01", "Other words.", outcome=outcome)
    commit = two.commit("2027-07-01")
    tag_like_an_approval(two, "1.2", decision, commit, text, "2027-07-02")
    found = two.verify(ROOT)
    assert says(
        found, f"is a tag without a decision: {decision}, “Decision {decision}”, was {outcome}"
    )


def test_a_tag_on_a_decision_that_did_not_carry(two: Repository) -> None:
    decision = two.adopt(
        "1.2", "2027-07-01", "Other words.", method="vote", votes={"p01": "yes", "p02": "no"},
        consensus={"sought_on": "2027-07-01", "objections": [{"by": "p02", "text": "No."}]},
    )  # fmt: skip
    commit = two.commit("2027-07-01")
    tag_like_an_approval(two, "1.2", decision, commit, text_of("1.2", "Other words."), "2027-07-02")
    said = says(two.verify(ROOT), f"rests on {decision}, which was not rightly adopted")
    assert "1 of the 3 in office agreed; two-thirds of 3 is 2, so it did not carry" in said


def test_a_rule_that_breaks_off_vouches_for_nothing_and_stops_nothing(
    one: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Iterator[Note]:
        raise KeyError("a mistake of ours")

    monkeypatch.setattr(decisions, "quorum", decisions.quorum._replace(check=broken))
    assert "the rule `quorum` broke off" in says(one.verify(ROOT), "a mistake in the program")
    monkeypatch.setattr(decisions, "two_thirds", decisions.two_thirds._replace(check=broken))
    hub = Hub.read(one.root)
    told = adoption_faults(hub, hub.all(Decision)["D-2027-001"])
    assert [next(re.finditer("`(.*)` broke off", it))[1] for it in told] == ["quorum", "two-thirds"]


def test_an_adopted_decision_without_a_tag_that_was_overtaken(two: Repository) -> None:
    """The tag between two others was never set, as somebody who tags by hand may do it."""
    skipped = two.adopt("1.2", "2027-07-01", "Words.")
    two.commit("2027-07-01")
    decision = two.adopt("1.3", "2027-08-05", "Other words.")
    commit = two.commit("2027-08-05")
    tag_like_an_approval(two, "1.3", decision, commit, text_of("1.3", "Other words."), "2027-08-06")
    said = says(two.verify(ROOT), "there is no tag charter-v1.2")
    assert said.startswith("this text was adopted, a later one as well")
    assert f"charter/decisions/{skipped}.md" in {one[1] for one in two.check("revision-tag")}


def test_a_version_that_falls(two: Repository) -> None:
    decision = two.adopt("0.9", "2027-07-01", "Words.")
    commit = two.commit("2027-07-01")
    tag_like_an_approval(two, "0.9", decision, commit, text_of("0.9", "Words."), "2027-07-02")
    found = two.verify(ROOT)
    assert says(found, "charter-v0.9 falls back: it comes after version 1.1")
    assert says(found, "version 0.9 falls back: D-2027-002 adopted 1.1 before")


def test_one_decision_approved_twice(two: Repository) -> None:
    commit = two.git("rev-parse", "HEAD")
    message = two.message(V2).replace("Version: 1.1", "Version: 1.2")
    message = re.sub("Previous: .*", previous(two, V2), message)
    two.tag_by_hand("charter-v1.2", commit, message, "2027-06-05")
    assert "approves D-2027-002 a second time" in " ".join(two.verify(ROOT).errors)


# Texts


def test_a_text_changed_by_one_character_after_the_vote(one: Repository) -> None:
    text = text_of("1.1", "We keep all children safe.")
    decision = one.adopt("1.1", SECOND, "We keep all children safe.")
    one.made.put("charter/charter.md", text.replace("safe.", "safe!"))
    commit = one.commit(SECOND)
    assert "The text is not the one that was adopted" in one.approve(decision, "2027-06-04").err
    tag_like_an_approval(one, "1.1", decision, commit, text, "2027-06-04")
    assert says(one.verify(ROOT), f"{V2} holds a text that was changed after the vote")
    assert ("error", f"charter/decisions/{decision}.md") in {
        found[:2] for found in one.check("revision-tag")
    }


def test_the_approved_text_changed_under_its_own_version(two: Repository) -> None:
    file = two.root / "charter/charter.md"
    file.write_text(file.read_text().replace("all children safe.", "all children safer."))
    [(severity, path, message)] = two.check("revision-tag")
    assert (severity, path) == ("error", D2)
    assert "the text calls itself version 1.1, and is not the one that was adopted" in message
    assert two.verify(ROOT).outcome == "wrong"


def test_a_proposal_takes_the_next_version(two: Repository) -> None:
    (two.root / "charter/charter.md").write_text(text_of("1.2", "Better words."))
    assert two.check("revision-tag") == []
    (two.root / "charter/charter.md").write_text(text_of("1.0"))
    [(severity, _, message)] = two.check("revision-tag")
    assert severity == "error"
    assert "calls itself version 1.0, and D-2027-002 adopted version 1.1" in message


def test_line_ends_of_windows_are_no_change(two: Repository) -> None:
    file = two.root / "charter/charter.md"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert two.check("revision-tag") == []


# Signatures


def test_a_tag_signed_by_a_key_of_nobody(two: Repository) -> None:
    resigned(two, V2, "stranger")
    said = says(two.verify(ROOT), "is signed with a key that belongs to nobody on record")
    assert "SHA256:" in said


def test_a_tag_signed_by_somebody_who_is_not_coordinator(two: Repository) -> None:
    resigned(two, V2, BEN)
    said = says(two.verify(ROOT), "is signed by Ben Ode, who was not project coordinator")
    assert "on 4 June 2027 as the records of charter-v1.0 say" in said


def test_the_first_tag_signed_by_somebody_who_is_not_coordinator(one: Repository) -> None:
    resigned(one, V1, BEN)
    assert says(one.verify(), "is signed by Ben Ode, who was not project coordinator")
    assert says(one.verify(public(BEN)), "is signed by Ben Ode, who was not project coordinator")


def test_a_tag_that_is_not_signed_though_there_was_a_key(two: Repository) -> None:
    resigned(two, V2, None)
    said = says(two.verify(ROOT), "is not signed, though Ana Ruiz, project coordinator")
    assert "on 4 June 2027, had a signing key" in said


def test_another_root_key(two: Repository) -> None:
    found = two.verify(public(BEN))
    assert says(found, "with a key that is not the root key given")
    assert set(found.states.values()) == {"not verified"}
    assert found.raw["approved"] is None


def test_a_signature_for_something_else(two: Repository) -> None:
    """Of the same key, but in another namespace: what signs files signs no tags."""
    raw = two.git("cat-file", "tag", V2) + "\n"
    payload = raw.split("-----BEGIN", 1)[0]
    written(two, V2, payload + ssh_signature(payload, key(ANA), "file"))
    assert says(two.verify(ROOT), "carries a signature that does not fit it")


def test_a_tag_changed_after_it_was_signed(two: Repository) -> None:
    raw = two.git("cat-file", "tag", V2) + "\n"
    written(two, V2, raw.replace("no objection stood", "nobody objected"))
    assert says(two.verify(ROOT), "carries a signature that does not fit it")


@pytest.mark.parametrize(
    ("was", "is_", "said"),
    [
        ("\n\n", "\ngpgsig x\n\n", "a head that Git does not write"),
        ("type commit\n", "type commit\ntype commit\n", "a head that Git does not write"),
        ("object ", f"object {'0' * 40}\nobject ", "a head that Git does not write"),
        ("tagger ", "tagger A <a@example.org> 1 +0000\ntagger ", "a head that Git does not write"),
        ("no objection", "no\u202eobjection", "characters that do not show"),
        ("no objection", "no\x1b[2Jobjection", "characters that do not show"),
        ("no objection", "no\0objection", "characters that do not show"),
        ("+0000", "+9959", "a time zone that there is not"),
        ("Version: 1.1\n", "Version: 1.1\nVersion: 1.2\n", "names its version twice"),
        ("\n\nApproved", "\n\nDecision: D-2027-001\n\nApproved", "names its decision twice"),
        ("Decision: D-2027-002\n", "", "lacks the lines Decision"),
        ("Version: 1.1\n", "", "lacks the lines Version"),
        ("Previous: ", "Before: ", "lacks the lines Decision, Version, Change, Digest, Adopted"),
        ("Version: 1.1\n", "Version: 1.2\n", "says under Version “1.2”"),
        ("Adopted: 2027-06-03\n", "Adopted: 2027-06-02\n", "says under Adopted “2027-06-02”"),
        ("Digest: sha256:", "Digest: sha256:0", "says under Digest"),
        ("review", "review" * 20_000, "too large for a tag"),
    ],
)
def test_tags_that_could_be_read_in_two_ways(
    two: Repository, was: str, is_: str, said: str
) -> None:
    """Signed by the coordinator: whoever has the key can still not say two things at once."""
    payload = (two.git("cat-file", "tag", V2) + "\n").split("-----BEGIN", 1)[0]
    assert was in payload
    payload = payload.replace(was, is_, 1)
    written(two, V2, payload + ssh_signature(payload, key(ANA)))
    found = two.verify(ROOT)
    assert says(found, said)
    assert found.states.get(V2, "not verified") == "not verified"


def test_signatures_of_which_it_could_not_be_told_which_counts(two: Repository) -> None:
    raw = two.git("cat-file", "tag", V2) + "\n"
    written(two, V2, raw + raw[raw.index("-----BEGIN") :])
    assert says(two.verify(ROOT), "more than one signature")
    written(two, V2, raw + "Decision: D-2027-009\n")
    assert says(two.verify(ROOT), "goes on below its signature")
    written(two, V2, raw.replace("SSH SIGNATURE", "SIGNED MESSAGE"))
    assert says(two.verify(ROOT), "a signature of a kind that is not known here")
    written(two, V2, raw.replace("SSH SIGNATURE", "PGP SIGNATURE"))
    assert two.verify(ROOT).states[V2] == "not verified"


def test_dates_that_do_not_fit(two: Repository) -> None:
    raw = two.git("cat-file", "tag", V2)
    moment = re.search(r"> (\d+) ", raw)
    assert moment
    for shift, said in ((-400, "is dated before the commit it approves"), (-40, "before the")):
        early = raw.replace(moment[1], str(int(moment[1]) + shift * 86_400), 1)
        payload = (early + "\n").split("-----BEGIN", 1)[0]
        written(two, V2, payload + ssh_signature(payload, key(ANA)))
        assert any(said in one for one in two.verify(ROOT).errors)
    late = raw.replace(moment[1], str(int(moment[1]) + 400 * 86_400), 1)
    payload = (late + "\n").split("-----BEGIN", 1)[0]
    written(two, V2, payload + ssh_signature(payload, key(ANA)))
    found = two.verify(ROOT)
    assert (found.states, found.raw["later"]) == ({V1: "verified"}, [V2])
    assert found.outcome == "wrong", "the text of that decision waits, whatever is dated later"
    assert any("charter-v1.1 has a later date" in one for one in found.others)


def test_on_a_day_that_has_passed_what_came_later_is_no_fault(two: Repository) -> None:
    assert two.handover("2027-06-05").code == 0
    found = two.verify(ROOT, on="2027-05-01")
    assert (found.code, found.outcome, found.states) == (0, "verified", {V1: "verified"})
    assert found.raw["later"] == [V2, "charter-handover-2027-06-05"]
    assert two.check("revision-tag", "revision-signature", "correction", on="2027-05-01") == []
    none = two.verify(ROOT, on="2027-03-04")
    assert (none.states, none.errors) == ({}, [])
    assert not any("tags are here" in one or "no tag" in one for one in none.others)
    refused = two.approve("D-2027-002", "2027-06-03")
    assert "There is a tag charter-v1.1 already, and it does not hold: it is dated after" in (
        refused.err
    )


def test_a_tag_of_a_later_day_before_others_is_out_of_order(two: Repository) -> None:
    raw = two.git("cat-file", "tag", V1)
    moment = re.search(r"> (\d+) ", raw)
    assert moment
    late = raw.replace(moment[1], str(int(moment[1]) + 400 * 86_400), 1)
    payload = (late + "\n").split("-----BEGIN", 1)[0]
    written(two, V1, payload + ssh_signature(payload, key(ANA)))
    found = two.verify(ROOT)
    assert found.states[V1] == "not verified"
    assert any("a day still to come" in one for one in found.others)


def test_a_wrong_root_key_is_not_a_clone_without_tags(two: Repository) -> None:
    found = two.verify(public(BEN))
    assert found.outcome == "wrong"
    assert any("no tag of the charter holds" in one for one in found.others)
    assert not any("no tag of the charter is here" in one for one in found.others)


# What somebody may set up in the repository itself


def test_replacements_grafts_names_and_settings_change_nothing(
    two: Repository, tmp_path: Path
) -> None:
    resigned(two, V2, "stranger")
    good = two.git("rev-parse", V1)
    two.git("replace", "-f", two.git("rev-parse", V2), good)
    (two.root / ".git/info").mkdir(exist_ok=True)
    (two.root / ".git/info/grafts").write_text(two.git("rev-parse", "HEAD") + "\n")
    (two.root / ".mailmap").write_text("Ana Ruiz <ana-ruiz@example.org> Stranger <s@example.org>\n")
    allowed = tmp_path / "allowed"
    allowed.write_text(f"* {public('stranger')}\n")
    yes = tmp_path / "yes"
    ran = tmp_path / "ran"
    yes.write_text(f'#!/bin/sh\necho "$0 $*" >> {ran}\nexit 0\n')
    yes.chmod(0o755)
    for name, value in (
        ("gpg.ssh.allowedSignersFile", allowed), ("gpg.ssh.program", yes), ("gpg.program", yes),
        ("gpg.minTrustLevel", "undefined"), ("core.useReplaceRefs", "true"),
        ("alias.cat-file", f"!{yes}"), ("alias.rev-list", f"!{yes}"), ("core.hooksPath", tmp_path),
        ("mailmap.file", two.root / ".mailmap"), ("log.showSignature", "true"),
    ):  # fmt: skip
        two.git("config", name, str(value))
    (two.root / ".gitattributes").write_text("* filter=x ident eol=crlf\n")
    two.git("config", "filter.x.clean", str(yes))
    two.git("config", "filter.x.smudge", str(yes))
    found = two.verify(ROOT)
    assert says(found, "is signed with a key that belongs to nobody on record")
    assert found.states == {V1: "verified", V2: "not verified"}
    assert not ran.exists(), ran.read_text()


def test_a_key_with_options_brings_no_other_along(two: Repository) -> None:
    """Lines for the list of allowed signers, smuggled in with a key."""
    bad = f'{public(ANA)}\n* namespaces="git" {public("stranger")}'
    assert "neither the line of an SSH key" in keyed(two, bad)
    assert "neither the line of an SSH key" in keyed(two, f"cert-authority {public(BEN)}")
    assert "neither the line of an SSH key" in keyed(two, f'principals="*" {public(BEN)}')
    other = public(BEN).replace("ssh-ed25519", "ssh-rsa", 1)
    assert "are not those of its kind" in keyed(two, other)
    assert "damaged" in keyed(two, "ssh-ed25519 AAAA*")
    assert "a private key, which nobody else may ever see" in keyed(two, key(BEN).read_text())


def keyed(repository: Repository, text: str) -> str:
    """What is said of an entry among the coordinator's keys."""
    file = repository.root / f"charter/people/{ANA}.yml"
    file.write_text(f"name: Ana Ruiz\nsigning_keys:\n- {json.dumps(text)}\n")
    [(_, path, message)] = repository.check("revision-signature")
    assert path == f"charter/people/{ANA}.yml"
    return message


# Records


def test_a_vote_edited_after_the_approval(one: Repository) -> None:
    one.made.decision("D-2027-002", FIRST, meeting=f"{FIRST}-executive-committee",
                      votes={"p01": "yes", "p02": "yes", "p03": "no"})  # fmt: skip
    one.commit("2027-04-01")
    decision = one.adopt("1.1", SECOND, "All.", about=["p01"])
    one.commit(SECOND)
    tag_like_an_approval(one, "1.1", decision, one.git("rev-parse", "HEAD"),
                         text_of("1.1", "All."), "2027-06-04")  # fmt: skip
    assert one.verify(ROOT).outcome == "verified"
    edit(one, "charter/decisions/D-2027-002.md", "p03: 'no'", "p03: 'yes'")
    assert says(
        one.verify(ROOT), "changed since charter-v1.1 without a correction: the vote of P03"
    )


@pytest.mark.parametrize(
    ("path", "was", "is_", "said"),
    [
        (f"charter/meetings/{FIRST}-executive-committee.md", "p01: present", "p01: absent",
         "the attendance of P01 was “present” and is “absent”"),
        (D1, "Agreed.", "Agreed, but not by all.", "the text below the fields is not what it was"),
        (D1, "title: Decision D-2027-001", "title: Something else", "`title` was"),
        (D1, "change: annual", "change: editorial", "`change` was “annual” and is “editorial”"),
        (D1, "outcome: adopted", "outcome: deferred", "`outcome` was “adopted” and is “deferred”"),
    ],
)  # fmt: skip
def test_records_edited_after_the_approval(
    two: Repository, path: str, was: str, is_: str, said: str
) -> None:
    edit(two, path, was, is_)
    message = says(two.verify(ROOT), said)
    assert message.startswith("changed since charter-v1.1 without a correction")
    assert ("error", path, message) in two.check("correction")


def test_a_record_edited_in_silence_between_two_approvals(one: Repository) -> None:
    """Whoever tags by hand need not ask the check, and a later baseline would hide it."""
    path = f"charter/meetings/{FIRST}-executive-committee.md"
    edit(one, path, "p01: present", "p01: absent")
    decision = one.adopt("1.1", SECOND, "All.")
    commit = one.commit(SECOND)
    tag_like_an_approval(one, "1.1", decision, commit, text_of("1.1", "All."), "2027-06-04")
    message = says(one.verify(ROOT), "the attendance of P01")
    assert message.startswith("changed since charter-v1.0 without a correction")


@pytest.mark.parametrize("path", [D1, D2, f"charter/meetings/{SECOND}-executive-committee.md"])
def test_a_record_deleted_after_the_approval(two: Repository, path: str) -> None:
    (two.root / path).unlink()
    assert says(two.verify(ROOT), "this record is gone; at charter-v1.1 it was there")


def test_a_tag_that_does_not_hold_is_no_baseline(two: Repository) -> None:
    """Else whoever may write tags could let a changed record pass for the approved one."""
    edit(two, f"charter/meetings/{FIRST}-executive-committee.md", "p01: present", "p01: absent")
    commit = two.commit("2027-07-01")
    two.git("tag", "charter-v9.9")
    two.git("tag", "-a", "-m", "Approved", "charter-v9.8", commit, on="2027-07-02")
    assert says(two.verify(ROOT), "the attendance of P01 was “present” and is “absent”")


# Where tags cannot be judged


def test_a_shallow_clone_says_what_is_missing(two: Repository, tmp_path: Path) -> None:
    clone = cloned(two, tmp_path, "--depth=1")
    found = clone.verify(ROOT)
    assert (found.code, found.outcome, found.states) == (4, "untold", {})
    assert "shallow" in found.raw["obstacle"]
    assert found.raw["approved"] is None
    done = npcs("charter", "verify", "--root", str(clone.root), "--root-key", ROOT)
    assert "git fetch --unshallow --tags" in done.out
    checked = clone.check("revision-tag", "revision-signature", "correction")
    assert [one[0] for one in checked] == ["warning", "warning"]
    assert "past votes and attendance were not compared" in " ".join(one[2] for one in checked)
    clone.git("fetch", "--quiet", "--unshallow", "--tags")
    assert clone.verify(ROOT).outcome == "verified"
    assert clone.check("revision-tag", "revision-signature", "correction") == []


def test_a_clone_without_tags_says_what_is_missing(two: Repository, tmp_path: Path) -> None:
    clone = cloned(two, tmp_path, "--no-tags")
    found = clone.verify(ROOT)
    assert found.outcome == "wrong"
    assert found.raw["approved"] is None
    assert "this clone was made without tags" in found.others[0]
    assert {one[0] for one in clone.check("revision-tag", "correction")} == {"warning"}


def test_a_clone_without_files_says_what_is_missing(two: Repository, tmp_path: Path) -> None:
    two.git("config", "uploadpack.allowFilter", "true")
    for form in ("blob:none", "tree:0"):
        clone = cloned(two, tmp_path / form.replace(":", "-"), f"--filter={form}")
        found = clone.verify(ROOT)
        assert (found.outcome, found.states, found.errors) == ("untold", {}, [])
        assert "lacks files of the earlier history" in found.raw["obstacle"]


def test_records_below_the_top_of_a_repository(two: Repository, tmp_path: Path) -> None:
    top = tmp_path / "top"
    (top / "below").mkdir(parents=True)
    two.made.write(top / "below")
    git(top, "init", "--quiet")
    git(top, "add", "--all")
    git(top, "commit", "--quiet", "-m", "All of it")
    done = npcs("charter", "verify", "--root", str(top / "below"), "--as-of", "2027-09-01")
    assert done.code == 4
    assert "the records lie below the top of a Git repository" in done.out


def test_a_folder_that_is_no_repository_stays_quiet(two: Repository, tmp_path: Path) -> None:
    two.made.write(tmp_path / "plain")
    plain = Repository.__new__(Repository)
    plain.root = tmp_path / "plain"
    assert plain.check("revision-tag", "revision-signature", "correction") == []
    found = plain.verify(ROOT)
    assert (found.code, found.outcome) == (4, "untold")
    done = npcs("charter", "verify", "--root", str(plain.root), "--as-of", "2027-09-01")
    assert "approvals are tags in Git" in done.out


def test_nothing_adopted_and_nothing_approved(tmp_path: Path) -> None:
    made = Repository(tmp_path / "hub")
    made.made.put("charter/charter.md", text_of("0.1"))
    made.commit(FIRST)
    found = made.verify()
    assert (found.code, found.outcome, found.errors, found.others) == (0, "nothing", [], [])
    assert made.check("revision-tag", "revision-signature", "correction") == []
    done = npcs("charter", "verify", "--root", str(made.root))
    assert done.out == "No text of the charter has been adopted or approved yet.\n"


@pytest.mark.parametrize("program", ["git", "ssh-keygen"])
def test_without_the_programs_nothing_is_verified(
    two: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    for name in {"git", "ssh-keygen", "sh"} - {program}:
        found = shutil.which(name)
        assert found
        (bin_ / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(bin_))
    said = two.verify(ROOT)
    assert (said.code, said.outcome, said.states, said.errors) == (4, "untold", {}, [])
    assert said.raw["obstacle"]
    checked = two.check("revision-tag", "correction")
    assert {one[0] for one in checked} == {"warning"}


def test_root_keys_from_a_file_and_what_is_none(
    two: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "root.pub"
    file.write_text(f"# the first coordinator\n{ROOT} ana\n\n{public(BEN)}\n")
    assert two.verify(str(file)).outcome == "verified"
    monkeypatch.setenv("NPCS_ROOT_KEY", f"{ROOT}\n{public(BEN)}")
    assert two.verify().outcome == "verified"
    monkeypatch.setenv("NPCS_ROOT_KEY", public(BEN))
    assert two.verify().outcome == "wrong"
    assert [one[0] for one in two.check("revision-signature")] == ["error"]
    monkeypatch.delenv("NPCS_ROOT_KEY")
    assert two.check("revision-signature") == []
    empty = tmp_path / "empty.pub"
    empty.write_text("# nothing\n")
    long = f"ssh-rsa {'A' * 600}"  # no name of a file is as long as that
    for given, said in (("nonsense", "neither the line"), (str(empty), "holds no key"),
                        (str(key(ANA)), "a private key"),
                        (long, "are not those of its kind")):  # fmt: skip
        done = npcs("charter", "verify", "--root", str(two.root), "--root-key", given)
        assert done.code == 2
        assert said in done.err
        assert "Errno" not in done.err


# How the attacks are made


def written(repository: Repository, tag: str, raw: str) -> None:
    """Put a tag with these bytes in the place of another."""
    made = repository.git("hash-object", "-t", "tag", "-w", "--stdin", "--literally", given=raw)
    (repository.root / ".git/refs/tags" / tag).write_text(f"{made}\n")  # Git would look at it


def resigned(repository: Repository, tag: str, who: str | None) -> None:
    """The same tag, signed by somebody else or by nobody."""
    raw = repository.git("cat-file", "tag", tag) + "\n"
    payload = raw.split("-----BEGIN", 1)[0]
    written(repository, tag, payload + (ssh_signature(payload, key(who)) if who else ""))


def previous(repository: Repository, tag: str) -> str:
    commit = repository.git("rev-parse", f"{tag}^{{commit}}")
    return f"Previous: {tag} {repository.git('rev-parse', tag)} {commit}"


def tag_like_an_approval(
    repository: Repository, version: str, decision: str, commit: str, text: str, on: str
) -> None:
    """A tag as `approve` makes it, signed by the coordinator, without asking anything first."""

    last = repository.git("tag", "--list", "charter-v*", "--sort=-taggerdate").split("\n")[0]
    fields = Hub.read(repository.root).documents[f"charter/decisions/{decision}.md"].content().data
    lines = (
        f"Decision: {decision}\nVersion: {version}\nChange: annual\nDigest: {digest_of(text)}\n"
        f"Adopted: {fields['date']}\nEffective: {fields['date']}\nCommit: {commit}\n"
        f"{previous(repository, last)}\n"
    )
    message = f"Charter, version {version}\n\nAdopted.\n\n{lines}"
    repository.tag_by_hand(f"charter-v{version}", commit, message, on)


def edit(repository: Repository, path: str, was: str, is_: str) -> None:
    text = repository.made.texts[path]
    assert was in text
    repository.made.put(path, text.replace(was, is_))
    (repository.root / path).write_text(text.replace(was, is_))


def cloned(repository: Repository, folder: Path, *options: str) -> Repository:
    folder.mkdir(parents=True, exist_ok=True)
    other = Repository.__new__(Repository)
    other.root, other.made = folder / "clone", repository.made
    git(folder, "clone", "--quiet", *options, f"file://{repository.root}", str(other.root))
    return other
