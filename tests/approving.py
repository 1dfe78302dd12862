"""A partnership in a real repository, whose coordinator approves its charter with a real key."""

import json
import os
import re
import shutil
import subprocess
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from npcs.charter.message import approval
from npcs.governance.terms import people_in_office
from npcs.records.charter import Decision, Person
from npcs.records.hub import Hub
from partnership import Partnership, as_yaml, day, people
from running import Done, npcs

FIRST, SECOND = "2027-03-04", "2027-06-03"
"""The days on which the texts 1.0 and 1.1 were adopted."""

CHARTER = Path(__file__).parent.parent / "charter"
"""The founding charter, with its parameters: a partnership that passes every check has both."""

WORDS = "We keep children safe."

ANA, BEN = "ana-ruiz", "ben-ode"
"""The coordinator, and somebody who is not, or not yet."""


class Found(NamedTuple):
    """What `npcs charter verify` says: the outcome, the states of the tags, errors and all else."""

    code: int
    outcome: str
    states: dict[str, str]
    errors: list[str]
    others: list[str]
    raw: dict[str, Any]


_MADE = TemporaryDirectory(prefix="npcs-test-keys-")


def key(name: str, kind: str = "ed25519") -> Path:
    """A private SSH key made for these tests, the same one for a name."""
    path = Path(_MADE.name) / f"{name}-{kind}"
    if not path.exists():
        bits = ["-b", "2048"] if kind == "rsa" else []
        command = ["ssh-keygen", "-q", "-t", kind, *bits, "-N", "", "-C", name, "-f", str(path)]
        subprocess.run(command, check=True)
    return path


def throw_keys_away() -> None:
    """Remove all keys made so far."""
    _MADE.cleanup()


def _settings() -> str:
    """Settings of somebody who is nobody in particular."""
    path = Path(_MADE.name) / "gitconfig"
    if not path.exists():
        path.write_text("[user]\n\tname = Somebody\n\temail = somebody@example.org\n")
    return str(path)


def public(name: str, kind: str = "ed25519") -> str:
    """The line of a public key."""
    path = key(name, kind)
    return path.with_name(path.name + ".pub").read_text("utf-8").strip()


def text_of(version: str, words: str = WORDS) -> str:
    """The founding text under another version, with some words at its end."""
    text = (CHARTER / "charter.md").read_text("utf-8")
    text = re.sub(
        r'^version: "[\d.]+"$', f'version: "{version}"', text, count=1, flags=re.MULTILINE
    )
    return f"{text}\n{words}\n"


def digest_of(text: str) -> str:
    return "sha256:" + sha256(text.encode()).hexdigest()


def git(root: Path, *arguments: str, on: str = "", given: str | None = None, code: int = 0) -> str:
    """What Git says, with nobody's settings but the repository's; ``on`` is the day it is."""
    kept = {key: one for key, one in os.environ.items() if not key.startswith("GIT_")}
    environment = kept | {
        "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": _settings(), "LC_ALL": "C",
    }  # fmt: skip
    if on:
        moment = on if "T" in on else f"{on}T09:00:00+0000"
        environment |= {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    done = subprocess.run(
        ["git", *arguments], cwd=root, env=environment, input=given, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code, (arguments, done.stdout, done.stderr)
    return done.stdout.strip()


def approve_by_hand(root: Path, decision: str, on: str) -> None:
    """Tag a text as the coordinator without a key does, without asking what the check says."""
    hub = Hub.read(root)
    record = hub.all(Decision)[decision]
    assert record.charter
    [who] = people_in_office(hub, day(on), "coordinator")
    name = hub.all(Person)[who].name
    git(root, "config", "user.name", name)
    git(root, "config", "user.email", f"{who}@example.org")
    message = approval(hub, record, name, day(on), git(root, "rev-parse", "HEAD"), None)
    tag = f"charter-v{record.charter.version}"
    git(root, "tag", "-a", "--cleanup=verbatim", "-F", "-", tag, given=message, on=on)


class Repository:
    """The partnership's repository, with Ana as coordinator and a committee of three."""

    def __init__(self, root: Path, *, signing: bool = True, form: str = "sha1") -> None:
        self.root = root
        self.made = Partnership().committee(3, volunteered=True)
        for who in people(2):
            self.made.term(who, "2027-01-01", "co-chair")
        self.made.put("charter/parameters.yml", (CHARTER / "parameters.yml").read_text("utf-8"))
        for who in (ANA, BEN):
            keys = [public(who)] if signing else []
            self.made.person(who, leadership=False, signing_keys=keys)
        self.made.term(ANA, "2027-01-01", "coordinator")
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main", f"--object-format={form}")
        self.be(ANA)
        if signing:
            self.sign_with(ANA)

    def copy(self, root: Path) -> "Repository":
        """Another repository with the same past."""
        other = Repository.__new__(Repository)
        other.root, other.made = root, deepcopy(self.made)
        shutil.copytree(self.root, root, symlinks=True)
        return other

    def git(self, *arguments: str, on: str = "", given: str | None = None, code: int = 0) -> str:
        """What Git says of this repository."""
        return git(self.root, *arguments, on=on, given=given, code=code)

    def be(self, name: str) -> None:
        """Let Git know somebody as the one who runs it."""
        shown = " ".join(one.capitalize() for one in name.split("-"))
        self.git("config", "user.name", shown)
        self.git("config", "user.email", f"{name}@example.org")

    def sign_with(self, name: str, kind: str = "ed25519") -> None:
        """Let Git sign with somebody's SSH key."""
        self.git("config", "gpg.format", "ssh")
        self.git("config", "user.signingkey", str(key(name, kind)))

    def adopt(self, version: str, on: str, words: str = WORDS, **fields: Any) -> str:
        """Let the committee adopt a text by consensus; gives the decision's id."""
        text = text_of(version, words)
        number = sum("decisions/" in path for path in self.made.texts) + 1
        decision = f"D-2027-{number:03}"
        meeting = f"{on}-executive-committee"
        self.made.meeting(on, attendance=dict.fromkeys(people(3), "present"))
        given = {
            "subject": "charter", "meeting": meeting, "method": "consensus",
            "consensus": {"sought_on": on},
            "charter": {"version": version, "digest": digest_of(text), "change": "annual"},
        }  # fmt: skip
        self.made.decision(decision, on, "Agreed.", **(given | fields))
        self.made.put("charter/charter.md", text)
        return decision

    def commit(self, on: str, message: str = "Record it") -> str:
        """Write all records and commit them on a day; gives the commit's id."""
        for path in (self.root / "charter").rglob("*.*"):
            if path.relative_to(self.root).as_posix() not in self.made.texts:
                path.unlink()
        self.made.write(self.root)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", message, on=on)
        return self.git("rev-parse", "HEAD")

    def approve(self, decision: str, on: str, *options: str) -> Done:
        """Run `npcs charter approve` on a day."""
        return npcs(
            "charter", "approve", decision, "--root", str(self.root), *options, today=day(on)
        )

    def approved(self, decision: str, on: str) -> None:
        """Approve, which must go through."""
        done = self.approve(decision, on)
        assert done.code == 0, done.err

    def handover(self, on: str, *options: str) -> Done:
        """Run `npcs charter handover` on a day."""
        return npcs("charter", "handover", "--root", str(self.root), *options, today=day(on))

    def verify(self, *roots: str, on: str = "2027-09-01") -> Found:
        """Run `npcs charter verify` on a day, with root keys or without."""
        options = [part for one in roots for part in ("--root-key", one)]
        done = npcs(
            "charter", "verify", "--as-of", on, "--root", str(self.root), "--format", "json",
            *options,
        )  # fmt: skip
        assert done.code in (0, 1, 4), done.err
        said = json.loads(done.out)
        found = said["findings"]
        return Found(
            done.code,
            said["outcome"],
            {one["tag"]: one["state"] for one in said["approvals"]},
            [one["message"] for one in found if one["severity"] == "error"],
            [one["message"] for one in found if one["severity"] != "error"],
            said,
        )

    def check(self, *rules: str, on: str = "2027-09-01") -> list[tuple[str, str, str]]:
        """What `npcs check` says by some rules: severity, path and message."""
        chosen = [part for one in rules for part in ("--select", one)]
        done = npcs("check", "--root", str(self.root), "--as-of", on, "--format", "json", *chosen)
        found = json.loads(done.out)["findings"]
        return [(one["severity"], one["path"], one["message"]) for one in found]

    def tag_by_hand(
        self,
        name: str,
        commit: str,
        message: str,
        on: str,
        signer: str | None = ANA,
        *,
        kind: str = "commit",
        inner: str = "",
    ) -> str:
        """Set a tag as somebody would who makes its bytes themselves; gives its id."""
        moment = int(self.git("show", "-s", "--format=%ct", self._empty(on)))
        tagger = f"tagger Ana Ruiz <ana-ruiz@example.org> {moment} +0000"
        payload = f"object {commit}\ntype {kind}\ntag {inner or name}\n{tagger}\n\n{message}"
        raw = payload + (ssh_signature(payload, key(signer)) if signer else "")
        made = self.git("hash-object", "-t", "tag", "-w", "--stdin", "--literally", given=raw)
        self.git("update-ref", f"refs/tags/{name}", made)
        return made

    def _empty(self, on: str) -> str:
        tree = self.git("mktree", given="")
        return self.git("commit-tree", tree, "-m", "A day", on=on)

    def message(self, tag: str) -> str:
        """What a tag says, without its signature."""
        raw = self.git("cat-file", "tag", tag) + "\n"
        return raw.split("\n\n", 1)[1].split("-----BEGIN", 1)[0]

    def record(self, path: str, fields: dict[str, Any]) -> None:
        """Put a record of YAML alone."""
        self.made.put(path, as_yaml(fields))


def ssh_signature(payload: str, private: Path, namespace: str = "git") -> str:
    """A signature by OpenSSH's own program."""
    command = ["ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", str(private)]
    done = subprocess.run(command, input=payload.encode(), capture_output=True, check=True)
    return done.stdout.decode()
