"""Checking signatures by OpenSSH's and GnuPG's own programs, with nobody's settings.

Git is not asked: which program it runs, and whom that trusts, is in settings. Here each signature
is held against keys that the caller names, and against nothing else.
"""

import os
import subprocess
import tempfile
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal, NamedTuple

from npcs.history.keys import Form, Key, ssh_signer

NAMESPACE = "git"


class Signed(NamedTuple):
    """What was signed and the signature; ``moment`` is when, in seconds since 1970."""

    payload: bytes
    signature: bytes
    moment: int


class Verdict(NamedTuple):
    """What came of a signature.

    ``good``: made by ``key``. ``unknown``: made by a key that is none of those named, whose
    fingerprint is in ``said``. ``bad``: it does not fit what was signed. ``ended``: it fits, and
    every copy named of the OpenPGP key says that it was revoked or had ended by then. ``untold``:
    nobody here can tell, for the reason in ``said``. Of a good one, ``ended`` are the copies of the
    key that say so: it is for the caller whether one of them counts.
    """

    state: Literal["good", "unknown", "bad", "ended", "untold"]
    key: Key | None = None
    said: str = ""
    ended: frozenset[Key] = frozenset()


def verdicts(signed: Collection[Signed], keys: Iterable[Key]) -> list[Verdict]:
    """Who made each of some signatures, as far as one of some keys did; several at a time."""
    every = tuple(keys)
    known = {(one.form, one.fingerprint): one for one in every}
    with tempfile.TemporaryDirectory(prefix="npcs-verify-") as name:
        folder = Path(name)
        # Each in a ring of its own: two states of one key, with other ends, would hide each other.
        rings = {one: f"{number}.gpg" for number, one in enumerate(every)
                 if one.form == "openpgp"}  # fmt: skip
        for key, ring in rings.items():
            (folder / ring).write_bytes(key.raw)

        def verdict(one: Signed, number: int) -> Verdict:
            signature = f"{number}.signature"
            (folder / signature).write_bytes(one.signature)
            if one.signature.startswith(b"-----BEGIN SSH SIGNATURE-----"):
                return _ssh(one, known, folder, signature)
            return _openpgp(one, folder, signature, rings)

        with ThreadPoolExecutor(max_workers=2 * (os.cpu_count() or 1)) as pool:
            return list(pool.map(verdict, signed, range(len(signed))))


def _ssh(
    one: Signed, known: Mapping[tuple[Form, str], Key], folder: Path, signature: str
) -> Verdict:
    try:
        signer = ssh_signer(one.signature)
    except ValueError:
        return Verdict("bad")
    key = known.get((signer.form, signer.fingerprint))
    if key is None:
        return Verdict("unknown", said=signer.fingerprint)
    allowed = f"{signature}.allowed"
    (folder / allowed).write_text(f'signer namespaces="{NAMESPACE}" {key.line}\n', "ascii")
    done = _run(
        folder, one.payload, "ssh-keygen", "-Y", "verify", "-f", allowed, "-I", "signer",
        "-n", NAMESPACE, "-s", signature,
    )  # fmt: skip
    if done is None or b"usage:" in done.stderr:
        return Verdict("untold", said="OpenSSH (`ssh-keygen`, version 8.1 or newer)")
    return Verdict("good", key) if done.returncode == 0 else Verdict("bad")


def _openpgp(one: Signed, folder: Path, signature: str, rings: Mapping[Key, str]) -> Verdict:
    found: list[Verdict] = []
    signer = ""
    for key, ring in rings.items():
        if signer in ("", key.fingerprint):
            said = _by_ring(one, key, folder, signature, ring)
            if said.state == "untold":
                return said
            found.append(said)
            signer = said.key.fingerprint if said.key else signer
    ended = frozenset(each.key for each in found if each.state == "ended" and each.key)
    for state in ("good", "ended", "bad"):
        for each in found:
            if each.state == state:
                return each._replace(ended=ended)
    return Verdict("unknown", said="of OpenPGP")


def _by_ring(one: Signed, key: Key, folder: Path, signature: str, ring: str) -> Verdict:
    done = _run(
        folder, one.payload, "gpgv", "--homedir", str(folder), "--keyring", str(folder / ring),
        "--weak-digest", "SHA1", "--status-fd", "1", "--", signature, "-",
    )  # fmt: skip
    if done is None:
        return Verdict("untold", said="GnuPG (`gpgv`)")
    said: dict[str, list[list[str]]] = {}
    for line in done.stdout.decode("utf-8", "replace").splitlines():
        mark, word, *rest = [*line.split(" "), ""]
        if mark == "[GNUPG:]":
            said.setdefault(word, []).append(rest)
    if said.keys() & {"BADSIG", "EXPSIG"} or len(said.get("NEWSIG", ())) != 1:
        return Verdict("bad")
    if "NO_PUBKEY" in said:
        return Verdict("unknown", said=said["NO_PUBKEY"][0][0])
    if "REVKEYSIG" in said:
        return Verdict("ended", key)
    valid = said.get("VALIDSIG", ())
    if done.returncode or len(valid) != 1:
        return Verdict("bad")
    if [word for word in valid[0] if word][-1] != key.fingerprint:
        return Verdict("bad")
    ended = [int(rest[0]) for rest in said.get("KEYEXPIRED", ()) if rest[0].isdigit()]
    return Verdict("ended" if any(when < one.moment for when in ended) else "good", key)


def _run(folder: Path, given: bytes, *command: str) -> "subprocess.CompletedProcess[bytes] | None":
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP")
    environment = {name: text for name, text in os.environ.items() if name.upper() in kept}
    environment |= {"HOME": str(folder), "LC_ALL": "C"}
    try:
        return subprocess.run(
            command,
            input=given,
            capture_output=True,
            check=False,
            cwd=folder,
            env=environment,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
