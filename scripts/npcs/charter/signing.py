"""Making a tag by the settings of whoever runs it: who they are, how they sign, and nothing else.

The bytes are made here and signed by the program that Git's settings name, as Git itself would do
it. So the tag can be judged before it is set, and one that would not hold never comes into being.
"""

import re
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from npcs.history.git import answer
from npcs.history.keys import Key, read_key

_IDENT = re.compile(r"(.*) <(.*)> (\d+) ([+-]\d{4})")
_PROGRAMS = {"ssh": "ssh-keygen", "openpgp": "gpg"}


class CannotSign(Exception):  # noqa: N818 - it says what is wrong
    """Why Git's settings do not let anybody sign here, in words for a person."""


class Identity(NamedTuple):
    """Who is running this, as Git's settings say, and the moment it is."""

    name: str
    email: str
    moment: int
    zone: str

    def tagger(self, moment: int | None = None) -> str:
        """The line that names who set a tag and when; another moment is given in UTC."""
        when = f"{self.moment} {self.zone}" if moment is None else f"{moment} +0000"
        return f"{self.name} <{self.email}> {when}"


class Signing(NamedTuple):
    """How somebody signs by Git's settings: the format, the program, and what names the key."""

    form: str
    program: str
    key: str

    @property
    def public(self) -> Key | None:
        """The key, where the settings give it or name its file; None where only a program can."""
        if self.form != "ssh":
            return None
        text = _literal(self.key)
        path = Path(self.key).expanduser()
        for one in () if text else (path.with_name(path.name + ".pub"), path):
            try:
                text = text or one.read_text("utf-8")
            except (OSError, UnicodeDecodeError):
                continue
        try:
            return read_key(text)
        except ValueError:
            return None


def identity(root: Path) -> Identity:
    """Who Git's settings say is running this; raises ``CannotSign`` where they do not say."""
    said = answer(root, "var", "GIT_COMMITTER_IDENT", own={})
    found = _IDENT.fullmatch(said.out.decode("utf-8", "replace").strip())
    if said.code != 0 or not found:
        raise CannotSign(
            'Git does not know who you are: `git config user.name "First Last"` and '
            "`git config user.email you@example.org` tell it"
        )
    return Identity(found[1], found[2], int(found[3]), found[4])


def signing(root: Path) -> Signing:
    """How Git's settings let somebody sign; raises ``CannotSign`` where they name no key."""
    form = _setting(root, "gpg.format") or "openpgp"
    if form not in _PROGRAMS:
        raise CannotSign(f"`gpg.format` is {form}; here keys of OpenSSH and OpenPGP can be used")
    older = _setting(root, "gpg.program") if form == "openpgp" else ""
    program = _setting(root, f"gpg.{form}.program") or older or _PROGRAMS[form]
    key = _setting(root, "user.signingkey")
    if not key:
        raise CannotSign(
            "Git is not set up to sign: `git config gpg.format ssh` and `git config "
            "user.signingkey ~/.ssh/id_ed25519.pub` do it (for OpenPGP: `gpg.format openpgp`, and "
            "the key's fingerprint)"
        )
    return Signing(form, program, key)


def signed(root: Path, how: Signing, payload: bytes) -> bytes:
    """The bytes with a signature below them; raises ``CannotSign`` where the program says no."""
    return payload + (_by_ssh if how.form == "ssh" else _by_openpgp)(root, how, payload)


def _by_ssh(root: Path, how: Signing, payload: bytes) -> bytes:
    literal = _literal(how.key)
    with tempfile.TemporaryDirectory(prefix="npcs-sign-") as name:
        tag, key = Path(name) / "tag", str(Path(how.key).expanduser())
        tag.write_bytes(payload)
        if literal:
            key = f"{name}/key"
            Path(key).write_text(f"{literal}\n", "utf-8")
        agent = ["-U"] if literal else []
        _run(root, how.program, "-Y", "sign", "-n", "git", "-f", key, *agent, str(tag))
        made = tag.with_name("tag.sig")
        if not made.exists():
            raise CannotSign(f"`{how.program}` made no signature")
        return made.read_bytes().replace(b"\r\n", b"\n")


def _by_openpgp(root: Path, how: Signing, payload: bytes) -> bytes:
    made = _run(root, how.program, "-bsau", how.key, given=payload)
    if not made.startswith(b"-----BEGIN PGP SIGNATURE-----"):
        raise CannotSign(f"`{how.program}` made no signature")
    return made.replace(b"\r\n", b"\n")


def _run(root: Path, program: str, *arguments: str, given: bytes = b"") -> bytes:
    try:
        done = subprocess.run(
            [str(Path(program).expanduser()), *arguments],
            input=given or None,
            capture_output=True,
            check=False,
            cwd=root,
        )
    except OSError as error:
        raise CannotSign(f"`{program}`, to sign with, cannot be run: {error.strerror}") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        why = said[-1] if said else f"it ended with {done.returncode}"
        raise CannotSign(f"signing with the key of Git's settings failed (`{program}`): {why}")
    return done.stdout


def _literal(key: str) -> str:
    """The key itself, where the settings hold it instead of the name of a file."""
    if key.startswith("key::"):
        return key.removeprefix("key::")
    return key if key.startswith(("ssh-", "ecdsa-", "sk-")) else ""


def _setting(root: Path, name: str) -> str:
    said = answer(root, "config", "--get", name, own={})
    return said.out.decode("utf-8", "replace").strip() if said.code == 0 else ""
