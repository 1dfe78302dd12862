"""Who may approve is what the approval before says: the chain, and what hangs on nothing."""

import re
from pathlib import Path
from typing import Any

import pytest

from approving import (
    ANA,
    BEN,
    FIRST,
    SECOND,
    Repository,
    digest_of,
    key,
    public,
    ssh_signature,
    text_of,
)
from partnership import term_id

ROOT = public(ANA)
V1, V2, V3 = "charter-v1.0", "charter-v1.1", "charter-v1.2"
TERM = f"charter/terms/{term_id(ANA, '2027-01-01', 'coordinator')}.yml"


def ends(repository: Repository, on: str) -> None:
    """Let the coordinator's term end."""
    start: dict[str, Any] = {"person": ANA, "office": "coordinator", "start": "2027-01-01"}
    repository.record(TERM, start | {"ended": {"on": on, "reason": "Another task"}})


def appoint(repository: Repository, who: str, since: str) -> None:
    repository.made.term(who, since, "coordinator")


def keys(repository: Repository, who: str, *names: str) -> None:
    lines = [public(one) for one in names]
    repository.made.person(who, leadership=False, signing_keys=lines)


def forge(repository: Repository, version: str, decision: str, signer: str, on: str) -> None:
    """Approve by hand, as somebody does who cannot or will not ask `approve`."""
    root = repository.root
    text = (root / "charter/charter.md").read_text()
    fields = (root / f"charter/decisions/{decision}.md").read_text()
    day = re.search(r"^date: (\S+)", fields, re.MULTILINE)
    assert day
    last = repository.git("tag", "--list", "charter-*", "--sort=-taggerdate").split("\n")[0]
    at = repository.git("rev-parse", f"{last}^{{commit}}")
    lines = (
        f"Decision: {decision}\nVersion: {version}\nChange: annual\nDigest: {digest_of(text)}\n"
        f"Adopted: {day[1]}\nEffective: {day[1]}\nCommit: {repository.git('rev-parse', 'HEAD')}\n"
        f"Previous: {last} {repository.git('rev-parse', last)} {at}\n"
    )
    commit = repository.git("rev-parse", "HEAD")
    repository.tag_by_hand(f"charter-v{version}", commit, f"It\n\n{lines}", on, signer)


# Naming oneself


def test_nobody_approves_by_appointing_themselves_in_the_same_change(one: Repository) -> None:
    ends(one, "2027-05-31")
    appoint(one, BEN, "2027-06-01")
    decision = one.adopt("1.1", SECOND, "Ben's words.")
    one.commit(SECOND)
    one.be(BEN)
    one.sign_with(BEN)
    refused = one.approve(decision, "2027-06-04")
    assert refused.code == 1
    assert "signed by Ben Ode, who was not project coordinator on 4 June 2027" in refused.err
    assert one.git("tag") == V1, "nothing was set"
    forge(one, "1.1", decision, BEN, "2027-06-04")
    for roots in ((), (ROOT,)):
        found = one.verify(*roots)
        assert found.outcome == "wrong"
        assert found.states[V2] == "not verified"
        [said] = found.errors
        assert "Ben Ode, who was not project coordinator on 4 June 2027 as the records of" in said
    assert [said[0] for said in one.check("revision-signature")] == ["error", "due"]


def test_nor_by_a_key_that_came_with_the_same_change(one: Repository) -> None:
    keys(one, ANA, ANA, "new")
    decision = one.adopt("1.1", SECOND, "Other words.")
    one.commit(SECOND)
    one.sign_with("new")
    refused = one.approve(decision, "2027-06-04")
    assert "with a key that the records of charter-v1.0 do not have" in refused.err
    forge(one, "1.1", decision, "new", "2027-06-04")
    [said] = one.verify(ROOT).errors
    assert "must have been named by an approval before" in said


def test_nor_by_taking_somebodys_key_for_ones_own(one: Repository) -> None:
    """The coordinator's public key on the record of somebody else makes nobody coordinator."""
    keys(one, BEN, ANA)
    ends(one, "2027-05-31")
    appoint(one, BEN, "2027-06-01")
    decision = one.adopt("1.1", SECOND, "Other words.")
    one.commit(SECOND)
    forge(one, "1.1", decision, ANA, "2027-06-04")
    assert one.verify(ROOT).states[V2] == "not verified"


def test_nobody_approves_after_their_last_day(one: Repository) -> None:
    ends(one, "2027-05-31")
    one.commit("2027-05-20")
    assert one.handover("2027-05-20").code == 0
    decision = one.adopt("1.1", SECOND, "Other words.")
    one.commit(SECOND)
    forge(one, "1.1", decision, ANA, "2027-06-04")
    [said] = one.verify(ROOT).errors
    assert "is signed by Ana Ruiz, who was not project coordinator on 4 June 2027" in said


def test_nor_when_the_records_they_approve_say_that_it_is_over(one: Repository) -> None:
    """The last approval does not know it yet; what comes with the tag does."""
    ends(one, "2027-05-31")
    decision = one.adopt("1.1", SECOND, "Other words.")
    one.commit(SECOND)
    forge(one, "1.1", decision, ANA, "2027-06-04")
    [said] = one.verify(ROOT).errors
    assert "who was no longer project coordinator on 4 June 2027" in said


def test_nor_with_an_earlier_date(one: Repository) -> None:
    ends(one, "2027-05-31")
    one.commit("2027-05-20")
    assert one.handover("2027-05-20").code == 0
    decision = one.adopt("1.1", "2027-05-06", "Other words.")
    one.commit(SECOND)
    forge(one, "1.1", decision, ANA, "2027-05-31")
    found = one.verify(ROOT)
    assert f"{V2} is dated before the commit it approves" in found.errors


def test_nor_with_a_key_that_was_taken_out(one: Repository) -> None:
    keys(one, ANA, "new")
    decision = one.adopt("1.1", SECOND, "Other words.")
    one.commit(SECOND)
    forge(one, "1.1", decision, ANA, "2027-06-04")
    [said] = one.verify(ROOT).errors
    assert "with a key that was taken out of the records" in said


# Handing over


def test_a_coordinator_hands_over_to_the_next(one: Repository) -> None:
    ends(one, "2027-05-31")
    appoint(one, BEN, "2027-06-01")
    one.commit("2027-05-10", "Appoint Ben Ode")
    [(severity, path, message)] = one.check("revision-signature", on="2027-05-10")
    assert severity == "due"
    assert path == f"charter/terms/{term_id(BEN, '2027-06-01', 'coordinator')}.yml"
    assert "Ben Ode is project coordinator from 1 June 2027, and the records of charter-v1.0" in (
        message
    )
    done = one.handover("2027-05-10", "--dry-run")
    assert "- Ben Ode, from 1 June 2027 on: SHA256:" in done.out
    assert one.git("tag") == V1
    assert one.handover("2027-05-10").code == 0
    again = one.handover("2027-05-10")
    assert (again.code, "is there already, and holds" in again.out) == (0, True)
    assert one.check("revision-signature", on="2027-05-10") == []
    decision = one.adopt("1.1", SECOND, "Other words.")
    one.commit(SECOND)
    one.be(BEN)
    one.sign_with(BEN)
    one.approved(decision, "2027-06-04")
    found = one.verify(ROOT)
    assert found.outcome == "verified"
    assert list(found.states) == [V1, "charter-handover-2027-05-10", V2]
    assert found.raw["approvals"][-1]["signer"] == BEN
    assert "that charter-handover-2027-05-10 vouches for" in found.raw["approvals"][-1]["sentence"]
    assert found.raw["approvals"][1]["revision"] is None
    assert one.verify().states[V2] == "no root key"


def test_only_the_coordinator_hands_over(one: Repository) -> None:
    ends(one, "2027-05-31")
    appoint(one, BEN, "2027-06-01")
    one.commit("2027-05-10")
    one.be(BEN)
    one.sign_with(BEN)
    refused = one.handover("2027-05-10")
    assert refused.code == 1
    assert "Ana Ruiz is project coordinator on 10 May 2027, and the key with which" in refused.err
    refused = one.handover("2027-06-02")  # when Ben is, and nobody has vouched for him
    assert "signed by Ben Ode, who was not project coordinator on 2 June 2027" in refused.err
    assert one.git("tag") == V1


def test_a_handover_that_is_missing_later_is_missed(one: Repository) -> None:
    test_a_coordinator_hands_over_to_the_next(one)
    one.git("tag", "-d", "charter-handover-2027-05-10")
    found = one.verify(ROOT)
    assert found.states == {V1: "verified", V2: "not verified"}
    assert any("Ben Ode, who was not project coordinator" in said for said in found.errors)


def test_a_handover_of_another_day_than_its_name(one: Repository) -> None:
    assert one.handover("2027-05-10").code == 0
    message = one.message("charter-handover-2027-05-10").replace("2027-05-10", "2027-05-11")
    commit = one.git("rev-parse", "HEAD")
    one.git("tag", "-d", "charter-handover-2027-05-10")
    one.tag_by_hand("charter-handover-2027-05-11", commit, message, "2027-05-12")
    [said] = one.verify(ROOT).errors
    assert "was made on 12 May 2027, and names another day" in said


def test_a_new_key_is_vouched_for_with_the_old_one(one: Repository) -> None:
    keys(one, ANA, ANA, "new")
    one.commit("2027-05-10")
    assert one.handover("2027-05-10").code == 0
    keys(one, ANA, "new")
    decision = one.adopt("1.1", SECOND, "Other words.")
    one.commit(SECOND)
    one.sign_with("new")
    one.approved(decision, "2027-06-04")
    assert one.verify(ROOT).outcome == "verified"


def test_nothing_is_handed_over_before_the_first_approval(tmp_path: Path) -> None:
    made = Repository(tmp_path / "hub")
    made.adopt("1.0", FIRST)
    made.commit(FIRST)
    refused = made.handover("2027-03-05")
    assert refused.code == 1
    assert "Nothing has been approved yet" in refused.err


# Beginning anew


def gone(one: Repository) -> str:
    """Ana is gone with her key, and nobody vouched for Ben; gives the decision to be approved."""
    ends(one, "2027-05-31")
    appoint(one, BEN, "2027-06-01")
    decision = one.adopt("1.1", SECOND, "Other words.")
    one.commit(SECOND)
    one.be(BEN)
    one.sign_with(BEN)
    return decision


def test_a_chain_begins_anew_only_by_a_root_key_from_outside(one: Repository) -> None:
    decision = gone(one)
    assert one.approve(decision, "2027-06-04").code == 1
    only = one.approve(decision, "2027-06-04", "--root-key", public(BEN))
    assert only.code == 1
    assert "What was approved before does not hold: charter-v1.0" in only.err
    both = ("--root-key", ROOT, "--root-key", public(BEN))
    assert one.approve(decision, "2027-06-04", *both).code == 0
    assert one.verify(ROOT, public(BEN)).outcome == "verified"
    for roots in ((), (ROOT,), (public(BEN),)):
        found = one.verify(*roots)
        assert found.outcome == "wrong"
    later = one.adopt("1.2", "2027-07-01", "Still others.")
    one.commit("2027-07-01")
    assert "What was approved before does not hold" in one.approve(later, "2027-07-02").err
    assert one.approve(later, "2027-07-02", *both).code == 0
    assert one.verify(ROOT, public(BEN)).states[V3] == "verified"


def test_what_rests_on_an_approval_that_is_not_verified_is_not_either(one: Repository) -> None:
    decision = gone(one)
    forge(one, "1.1", decision, BEN, "2027-06-04")
    later = one.adopt("1.2", "2027-07-01", "Still others.")
    one.commit("2027-07-01")
    forge(one, "1.2", later, BEN, "2027-07-02")
    found = one.verify(ROOT)
    assert found.states == {V1: "verified", V2: "not verified", V3: "not verified"}
    assert len(found.errors) == 1, "only the break is one"
    assert (
        "on the word of charter-v1.1, which is not verified itself"
        in (found.raw["approvals"][-1]["sentence"])
    )
    assert found.raw["approved"] is None
    whole = one.verify(ROOT, public(BEN))
    assert set(whole.states.values()) == {"verified"}


def test_a_false_approval_between_does_not_harm_the_next_right_one(one: Repository) -> None:
    appoint(one, BEN, "2027-06-01")
    decision = one.adopt("1.1", SECOND, "Other words.")
    one.commit(SECOND)
    forge(one, "1.1", decision, BEN, "2027-06-04")
    later = one.adopt("1.2", "2027-07-01", "Still others.")
    one.commit("2027-07-01")
    forge(one, "1.2", later, ANA, "2027-07-02")
    found = one.verify(ROOT)
    assert found.states == {V1: "verified", V2: "not verified", V3: "verified"}


def test_an_old_root_key_begins_no_chain_again(one: Repository) -> None:
    """Ana has left; with her key she could else name herself again in one change and approve it."""
    ends(one, "2027-05-31")
    appoint(one, BEN, "2027-06-01")
    one.commit("2027-05-10")
    assert one.handover("2027-05-10").code == 0
    one.made.term(BEN, "2027-06-01", "coordinator", ended={"on": "2027-06-20", "reason": "Gone"})
    appoint(one, ANA, "2027-06-21")
    decision = one.adopt("1.1", "2027-07-01", "Ana's words.")
    one.commit("2027-07-01")
    forge(one, "1.1", decision, ANA, "2027-07-02")
    found = one.verify(ROOT)
    assert found.states[V2] == "not verified"
    assert any("Ana Ruiz, who was not project coordinator" in said for said in found.errors)


# Without keys


@pytest.fixture
def keyless(tmp_path: Path) -> Repository:
    """A partnership whose coordinator has no key, with one approved text."""
    made = Repository(tmp_path / "keyless", signing=False)
    decision = made.adopt("1.0", FIRST)
    made.commit(FIRST)
    made.approved(decision, "2027-03-05")
    return made


def test_a_tag_without_a_signature_is_never_called_verified(keyless: Repository) -> None:
    for roots in ((), (ROOT,)):
        found = keyless.verify(*roots)
        assert (found.code, found.outcome, found.errors) == (4, "untold", [])
        assert found.states == {V1: "not signed"}
        assert "nothing proves who gave this approval" in found.raw["approvals"][0]["sentence"]
        assert found.raw["approved"] is None
    assert keyless.check("revision-tag", "revision-signature", "correction") == []


def test_without_a_key_the_name_is_asked_for(keyless: Repository) -> None:
    decision = keyless.adopt("1.1", SECOND, "Other words.")
    keyless.commit(SECOND)
    keyless.be(BEN)
    refused = keyless.approve(decision, "2027-06-04")
    assert refused.code == 1
    assert "Ana Ruiz is project coordinator on 4 June 2027, and Git knows you as Ben Ode" in (
        refused.err
    )
    keyless.be(ANA)
    keyless.approved(decision, "2027-06-04")
    raw = keyless.git("cat-file", "tag", V2) + "\n"
    made = keyless.git(
        "hash-object",
        "-t",
        "tag",
        "-w",
        "--stdin",
        given=raw.replace("tagger Ana Ruiz", "tagger B"),
    )
    keyless.git("update-ref", f"refs/tags/{V2}", made)
    [said] = keyless.verify().errors
    assert "was set by “B”, and Ana Ruiz was project coordinator on 4 June 2027" in said


def test_the_first_key_begins_the_chain(keyless: Repository) -> None:
    keys(keyless, ANA, ANA)
    decision = keyless.adopt("1.1", SECOND, "Other words.")
    keyless.commit(SECOND)
    refused = keyless.approve(decision, "2027-06-04")
    assert "Git is not set up to sign" in refused.err, "with a key on record it has to be signed"
    keyless.sign_with(ANA)
    keyless.approved(decision, "2027-06-04")
    assert keyless.verify(ROOT).states == {V1: "not signed", V2: "verified"}
    assert keyless.verify().states == {V1: "not signed", V2: "no root key"}
    resigned = keyless.git("cat-file", "tag", V2).split("-----BEGIN")[0]
    made = keyless.git("hash-object", "-t", "tag", "-w", "--stdin", given=resigned)
    keyless.git("update-ref", f"refs/tags/{V2}", made)
    [said] = keyless.verify(ROOT).errors
    assert "is not signed, though Ana Ruiz" in said


@pytest.mark.parametrize("signing", [False, True])
def test_nobody_confirms_a_change_of_office_where_nothing_was_signed(
    keyless: Repository, signing: bool
) -> None:
    ends(keyless, "2027-05-31")
    appoint(keyless, BEN, "2027-06-01")
    keys(keyless, BEN, *([BEN] if signing else []))
    decision = keyless.adopt("1.1", SECOND, "Ben's words.")
    keyless.commit(SECOND)
    keyless.be(BEN)
    if signing:
        keyless.sign_with(BEN)
    keyless.approved(decision, "2027-06-04")
    found = keyless.verify()
    assert (found.outcome, found.states[V2]) == (
        "untold", "no root key" if signing else "not signed",
    )  # fmt: skip
    [said] = found.others
    assert "was set by Ben Ode, whom the records of charter-v1.0 do not have as project" in said
    assert "nobody confirms that the office changed hands" in said
    if signing:
        assert keyless.verify(public(BEN)).others == [], "a root key from outside confirms it"


def test_a_successor_without_a_key_leaves_the_chain_unsigned(one: Repository) -> None:
    ends(one, "2027-05-31")
    one.made.person(BEN, leadership=False)
    appoint(one, BEN, "2027-06-01")
    one.commit("2027-05-10")
    assert one.handover("2027-05-10").code == 0
    decision = one.adopt("1.1", SECOND, "Other words.")
    one.commit(SECOND)
    one.be(BEN)
    one.approved(decision, "2027-06-04")
    found = one.verify(ROOT)
    assert (found.outcome, found.states[V2]) == ("untold", "not signed")


def test_somebody_without_a_key_cannot_take_the_office_unsigned(one: Repository) -> None:
    """Else a change that ends the coordinator's term would do away with signatures at all."""
    ends(one, "2027-05-31")
    one.commit("2027-05-10")
    assert one.handover("2027-05-10").code == 0
    one.made.person(BEN, leadership=False)
    appoint(one, BEN, "2027-06-01")
    decision = one.adopt("1.1", SECOND, "Ben's words.")
    one.commit(SECOND)
    one.be(BEN)
    refused = one.approve(decision, "2027-06-04")
    assert refused.code == 1
    assert "was set by “Ben Ode”, and nobody was project coordinator" in refused.err


# Kinds of keys


@pytest.mark.parametrize("kind", ["rsa", "ecdsa"])
def test_other_kinds_of_ssh_keys(tmp_path: Path, kind: str) -> None:
    made = Repository(tmp_path / "hub")
    made.made.person(ANA, leadership=False, signing_keys=[public(ANA, kind)])
    decision = made.adopt("1.0", FIRST)
    made.commit(FIRST)
    made.sign_with(ANA, kind)
    made.approved(decision, "2027-03-05")
    assert made.verify(public(ANA, kind)).outcome == "verified"
    payload = (made.git("cat-file", "tag", V1) + "\n").split("-----BEGIN")[0]
    broken = payload.replace("no objection stood", "nobody objected")
    signature = ssh_signature(payload, key(ANA, kind))
    made_ = made.git("hash-object", "-t", "tag", "-w", "--stdin", given=broken + signature)
    made.git("update-ref", f"refs/tags/{V1}", made_)
    assert made.verify(public(ANA, kind)).outcome == "wrong"


def test_two_coordinators_at_once(one: Repository) -> None:
    """The rule `coordinator` warns of it; each of them may approve once both are vouched for."""
    appoint(one, BEN, "2027-04-01")
    one.commit("2027-04-01")
    assert one.handover("2027-04-01").code == 0
    decision = one.adopt("1.1", SECOND, "Other words.")
    one.commit(SECOND)
    one.be(BEN)
    one.sign_with(BEN)
    one.approved(decision, "2027-06-04")
    assert one.verify(ROOT).outcome == "verified"
    assert text_of("1.1", "Other words.") in one.made.texts["charter/charter.md"]
