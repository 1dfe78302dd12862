"""Public keys as they stand in a person's record or are given by hand: OpenSSH's and OpenPGP's."""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

SSH_KINDS = (
    "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "ssh-rsa",
    "sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com",
)  # fmt: skip
_BLOCK = "PGP PUBLIC KEY BLOCK"
_SECRET = re.compile(r"-----BEGIN [A-Z ]*(?:PRIVATE|SECRET)")
_PUBLIC_KEY, _SECRET_KEYS = 6, (5, 7)


Form = Literal["ssh", "openpgp"]


class Key(NamedTuple):
    """A public key. ``raw`` is all there is of it, ``fingerprint`` what people compare.

    Of an SSH key ``raw`` is what stands after its kind, decoded; of an OpenPGP key the packets.
    """

    form: Form
    fingerprint: str
    raw: bytes

    @property
    def line(self) -> str:
        """An SSH key as one line, made anew: nothing else that stood beside it comes along."""
        kind = next(_strings(self.raw))
        return f"{kind.decode('ascii')} {base64.b64encode(self.raw).decode('ascii')}"


def read_key(text: str) -> Key:
    """The key in a text: the line of an SSH key, or an armoured block with one OpenPGP key.

    Raises ``ValueError``, in words for a person, where it is none of these. What a line says beside
    the key, options or a comment, never counts.
    """
    text = text.strip()
    if _SECRET.search(text):
        raise ValueError("this is a private key, which nobody else may ever see")
    if f"-----BEGIN {_BLOCK}-----" in text:
        return _openpgp(_dearmoured(text))
    words = text.split()
    if len(text.splitlines()) != 1 or len(words) < 2 or words[0] not in SSH_KINDS:
        raise ValueError("this is neither the line of an SSH key nor an OpenPGP block")
    return ssh_key(_decoded(words[1]), words[0])


def read_keys(text: str) -> tuple[Key, ...]:
    """The keys of a file that lists them: lines of SSH keys, OpenPGP blocks, and remarks after a #.

    Raises ``ValueError``, in words for a person, for the first thing that is none.
    """
    block = re.compile(rf"-----BEGIN {_BLOCK}-----.*?-----END {_BLOCK}-----", re.DOTALL)
    lines = (line.strip() for line in block.sub("", text).splitlines())
    every = [*block.findall(text), *(line for line in lines if line and line[0] != "#")]
    return tuple(map(read_key, every))


def ssh_key(raw: bytes, kind: str = "") -> Key:
    """The SSH key of some bytes; raises ``ValueError`` where they are not of that kind."""
    named = next(_strings(raw), b"").decode("ascii", "replace")
    if named not in SSH_KINDS or (kind and kind != named):
        raise ValueError("the digits of this SSH key are not those of its kind")
    digest = base64.b64encode(hashlib.sha256(raw).digest()).decode("ascii").rstrip("=")
    return Key("ssh", f"SHA256:{digest}", raw)


def ssh_signer(signature: bytes) -> Key:
    """The key that an armoured SSH signature says it was made with; raises ``ValueError``."""
    body = signature.decode("ascii", "replace").strip().split("\n")[1:-1]
    raw = _decoded("".join(body))
    if raw[:10] != b"SSHSIG\0\0\0\1":
        raise ValueError("this is no SSH signature")
    return ssh_key(next(_strings(raw[10:]), b""))


def _strings(raw: bytes) -> Iterator[bytes]:
    """The texts of an SSH structure, each of which its length goes before."""
    at = 0
    while len(raw) >= at + 4:
        end = at + 4 + int.from_bytes(raw[at : at + 4], "big")
        if end > len(raw):
            return
        yield raw[at + 4 : end]
        at = end


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("the digits of this key are damaged: copy it anew") from None


def _dearmoured(text: str) -> bytes:
    lines = [line.strip() for line in text.splitlines()]
    start, end = f"-----BEGIN {_BLOCK}-----", f"-----END {_BLOCK}-----"
    if lines[0] != start or lines[-1] != end or lines.count(start) != 1:
        raise ValueError("an entry holds one OpenPGP block and nothing else")
    inner = lines[1:-1]
    body = inner[inner.index("") + 1 :] if "" in inner else inner
    return _decoded("".join(line for line in body if not line.startswith("=")))


def _openpgp(raw: bytes) -> Key:
    keys = []
    for kind, body in _packets(raw):
        if kind in _SECRET_KEYS:
            raise ValueError("this is a private key, which nobody else may ever see")
        if kind == _PUBLIC_KEY:
            keys.append(body)
    if len(keys) != 1:
        raise ValueError(f"this block holds {len(keys) or 'no'} keys; an entry holds one")
    if keys[0][:1] != b"\4":
        raise ValueError("OpenPGP keys of version 4 can be used, and this is another")
    head = b"\x99" + len(keys[0]).to_bytes(2, "big")
    fingerprint = hashlib.sha1(head + keys[0], usedforsecurity=False).hexdigest().upper()
    return Key("openpgp", fingerprint, raw)


def _packets(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """The packets of an OpenPGP message (RFC 4880, section 4.2): their kinds and bytes."""
    at = 0
    while at < len(raw):
        first = raw[at]
        if first & 0xC0 == 0xC0:
            kind, size, start = first & 0x3F, *_new_length(raw, at + 1)
        elif first & 0x80 and first & 3 != 3:
            width = 1 << (first & 3)
            kind, start = first >> 2 & 0xF, at + 1 + width
            size = int.from_bytes(raw[at + 1 : start], "big")
        else:
            raise ValueError("the digits of this key are damaged: copy it anew")
        if start + size > len(raw):
            raise ValueError("the digits of this key are cut short: copy it anew")
        yield kind, raw[start : start + size]
        at = start + size


def _new_length(raw: bytes, at: int) -> tuple[int, int]:
    first = raw[at] if at < len(raw) else 255
    if first < 192:
        return first, at + 1
    if first < 224 and at + 1 < len(raw):
        return ((first - 192) << 8) + raw[at + 1] + 192, at + 2
    return int.from_bytes(raw[at + 1 : at + 5], "big"), at + 5
