"""Approvals signed with OpenPGP, by GnuPG itself with a real key."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from approving import ANA, BEN, FIRST, SECOND, Repository, public
from npcs.history.keys import read_key, read_keys
from npcs.history.signatures import Signed, verdicts

pytestmark = pytest.mark.skipif(
    not (shutil.which("gpg") and shutil.which("gpgv")), reason="GnuPG is not installed here"
)

V1, V2 = "charter-v1.0", "charter-v1.1"


class Gpg(NamedTuple):
    """Somebody's keys, in a folder of their own."""

    home: str

    def run(self, *arguments: str, at: str = "") -> str:
        faked = [f"--faked-system-time={at.replace('-', '')}T090000"] if at else []
        command = ["gpg", "--homedir", self.home, "--batch", "--passphrase", "", *faked, *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def make(self, name: str, kind: str = "ed25519", expires: str = "never") -> str:
        """A new key for signing; gives its fingerprint."""
        who = f"{name} <{name.lower().replace(' ', '-')}@example.org>"
        self.run("--quick-generate-key", who, kind, "sign", expires, at="2026-01-01")
        listed = self.run("--list-keys", "--with-colons", who)
        return next(line.split(":")[9] for line in listed.splitlines() if line.startswith("fpr"))

    def public(self, fingerprint: str) -> str:
        return self.run("--export", "--armor", fingerprint)


@pytest.fixture(scope="module")
def gpg() -> Iterator[Gpg]:
    with TemporaryDirectory(prefix="gpg-") as folder:  # short: an agent's socket has to fit in
        yield Gpg(folder)
        subprocess.run(["gpgconf", "--homedir", folder, "--kill", "all"], check=False)


def signs(repository: Repository, gpg: Gpg, fingerprint: str, tmp_path: Path) -> None:
    """Let Git sign with a key, by a program that knows where it is."""
    program = tmp_path / "gpg-of-ours"
    program.write_text(f'#!/bin/sh\nexec gpg --homedir {gpg.home} --batch "$@"\n')
    program.chmod(0o755)
    repository.git("config", "gpg.format", "openpgp")
    repository.git("config", "gpg.program", str(program))
    repository.git("config", "user.signingkey", fingerprint)


@pytest.fixture(scope="module")
def anas(gpg: Gpg) -> str:
    return gpg.make("Ana Ruiz")


@pytest.fixture
def made(tmp_path: Path, gpg: Gpg, anas: str) -> Repository:
    """A repository whose coordinator signs with OpenPGP, and has approved the first text."""
    repository = Repository(tmp_path / "hub")
    repository.made.person(ANA, leadership=False, signing_keys=[gpg.public(anas)])
    decision = repository.adopt("1.0", FIRST)
    repository.commit(FIRST)
    signs(repository, gpg, anas, tmp_path)
    repository.approved(decision, "2027-03-05")
    return repository


def test_an_approval_signed_with_openpgp(made: Repository, gpg: Gpg, anas: str) -> None:
    assert "BEGIN PGP SIGNATURE" in made.git("cat-file", "tag", V1)
    root = gpg.public(anas)
    found = made.verify(root)
    assert (found.outcome, found.states) == ("verified", {V1: "verified"})
    assert found.raw["approvals"][0]["key"] == anas
    assert made.verify().outcome == "untold"
    assert made.verify(public(ANA)).outcome == "wrong", "another root key"
    assert made.check("revision-tag", "revision-signature", "correction", on="2027-03-10") == []


def test_who_is_trusted_on_this_machine_does_not_count(
    made: Repository, gpg: Gpg, anas: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The keys of whoever verifies, and what their settings say of these, are left out."""
    with TemporaryDirectory(prefix="gpg-") as folder:
        monkeypatch.setenv("GNUPGHOME", folder)
        Path(folder, "gpg.conf").write_text("no-such-option\n")
        assert made.verify(gpg.public(anas)).outcome == "verified"


def test_a_tag_changed_after_it_was_signed(made: Repository, gpg: Gpg, anas: str) -> None:
    raw = made.git("cat-file", "tag", V1) + "\n"
    changed = raw.replace("no objection stood", "nobody objected")
    tag = made.git("hash-object", "-t", "tag", "-w", "--stdin", given=changed)
    made.git("update-ref", f"refs/tags/{V1}", tag)
    [said] = made.verify(gpg.public(anas)).errors
    assert "carries a signature that does not fit it" in said


def test_a_key_of_nobody_and_one_of_somebody_else(
    made: Repository, gpg: Gpg, anas: str, tmp_path: Path
) -> None:
    stranger = gpg.make("Stranger")
    decision = made.adopt("1.1", SECOND, "Other words.")
    made.commit(SECOND)
    signs(made, gpg, stranger, tmp_path)
    refused = made.approve(decision, "2027-06-04")
    assert refused.code == 1
    assert "belongs to nobody on record" in refused.err
    made.made.person(BEN, leadership=False, signing_keys=[gpg.public(stranger)])
    made.commit("2027-06-04")
    refused = made.approve(decision, "2027-06-04")
    assert "is signed by Ben Ode with a key that the records of charter-v1.0 do not have" in (
        refused.err
    )
    assert made.git("tag") == V1


def test_a_key_that_has_expired_since_still_signed(tmp_path: Path, gpg: Gpg) -> None:
    """What was approved while the key was good stays approved; what is dated later is not."""
    short = gpg.make("Short Lived", expires="2026-06-01")
    file = tmp_path / "tag"
    file.write_bytes(b"A tag\n")
    gpg.run("--armor", "--local-user", short, "--detach-sign", str(file), at="2026-03-01")
    signature = (tmp_path / "tag.asc").read_bytes()
    before, after = (
        int(datetime(2026, month, 1, tzinfo=UTC).timestamp()) for month in (5, 7)
    )  # fmt: skip
    known = [read_key(gpg.public(short))]
    states = [
        verdicts([Signed(b"A tag\n", signature, moment)], known)[0].state
        for moment in (before, after)
    ]
    assert states == ["good", "ended"]
    assert verdicts([Signed(b"A tag!\n", signature, before)], known)[0].state == "bad"
    assert verdicts([Signed(b"A tag\n", signature, before)], ())[0].state == "unknown"


def test_a_revoked_key_does_not_count_by_an_older_copy_of_it(
    made: Repository, gpg: Gpg, anas: str, tmp_path: Path
) -> None:
    """Whoever stole it could bring along the copy from before it was revoked."""
    old = gpg.public(anas)
    with TemporaryDirectory(prefix="gpg-") as folder:
        own = Gpg(folder)
        (tmp_path / "old.asc").write_text(old)
        own.run("--import", str(tmp_path / "old.asc"))
        revocation = Path(gpg.home, "openpgp-revocs.d", f"{anas}.rev").read_text("utf-8")
        (tmp_path / "revocation").write_text(revocation.replace(":-----BEGIN", "-----BEGIN"))
        own.run("--import", str(tmp_path / "revocation"))
        revoked = own.public(anas)
    made.made.person(ANA, leadership=False, signing_keys=[old, public(ANA)])
    made.commit("2027-05-10")
    assert made.handover("2027-05-10").code == 0
    made.sign_with(ANA)
    made.made.person(ANA, leadership=False, signing_keys=[revoked, public(ANA)])
    made.commit("2027-05-12")
    assert made.handover("2027-05-12").code == 0
    assert made.verify(old).outcome == "verified", "what was signed before stays approved"
    made.made.person(ANA, leadership=False, signing_keys=[old, public(ANA)])
    decision = made.adopt("1.1", SECOND, "Other words.")
    made.commit(SECOND)
    signs(made, gpg, anas, tmp_path)
    refused = made.approve(decision, "2027-06-04")
    assert refused.code == 1
    said = "is signed with a key that was revoked or had ended by then as the records of"
    assert f"{said} charter-handover-2027-05-12 say" in refused.err
    made.made.person(ANA, leadership=False, signing_keys=[revoked, public(ANA)])
    made.commit("2027-06-05")
    assert "revoked or had ended" in made.handover("2027-06-05").err


def test_an_rsa_key_and_a_root_key_in_a_file(tmp_path: Path, gpg: Gpg) -> None:
    rsa = gpg.make("Ana Rsa", "rsa2048")
    repository = Repository(tmp_path / "hub")
    repository.made.person(ANA, leadership=False, signing_keys=[gpg.public(rsa)])
    decision = repository.adopt("1.0", FIRST)
    repository.commit(FIRST)
    signs(repository, gpg, rsa, tmp_path)
    repository.approved(decision, "2027-03-05")
    file = tmp_path / "root.asc"
    file.write_text(f"# the first coordinator\n{gpg.public(rsa)}{public(BEN)}\n")
    assert repository.verify(str(file)).outcome == "verified"


def test_from_openpgp_to_ssh_by_a_handover(made: Repository, gpg: Gpg, anas: str) -> None:
    made.made.person(ANA, leadership=False, signing_keys=[gpg.public(anas), public(ANA)])
    made.commit("2027-05-10")
    assert made.handover("2027-05-10").code == 0
    decision = made.adopt("1.1", SECOND, "Other words.")
    made.commit(SECOND)
    made.sign_with(ANA)
    made.approved(decision, "2027-06-04")
    assert made.verify(gpg.public(anas)).outcome == "verified"


def test_blocks_that_are_no_single_public_key(gpg: Gpg, anas: str) -> None:
    other = gpg.make("Somebody Else")
    block = gpg.public(anas)
    assert read_key(block).fingerprint == anas
    assert [one.fingerprint for one in read_keys(block + gpg.public(other))] == [anas, other]
    for text, said in (
        (gpg.run("--export", "--armor", anas, other), "holds 2 keys"),
        (block + block, "one OpenPGP block and nothing else"),
        (gpg.run("--export-secret-keys", "--armor", anas), "a private key"),
        (block.replace("PUBLIC", "PRIVATE"), "a private key"),
        (block[:200] + "\n-----END PGP PUBLIC KEY BLOCK-----", "damaged|cut short"),
    ):
        with pytest.raises(ValueError, match=said):
            read_key(text)


def test_gpgv_is_asked_for_by_name(
    made: Repository, gpg: Gpg, anas: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("git", "sh"):
        (folder / name).symlink_to(str(shutil.which(name)))
    root = gpg.public(anas)
    monkeypatch.setenv("PATH", str(folder))
    found = made.verify(root)
    assert (found.code, found.outcome, found.states) == (4, "untold", {})
    assert "GnuPG" in found.raw["obstacle"]
    assert os.environ["PATH"] == str(folder)
