"""Signatures in OpenSSH's format (PROTOCOL.sshsig), made from keys that anybody can compute.

Done here rather than by ``ssh-keygen`` so that the same bytes come out wherever the demo is made.
The keys follow from the demo's seed: they prove nothing about anybody and must never be trusted.
"""

import base64
import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

NAMESPACE = b"git"


class Key:
    """A worthless ed25519 key that belongs to a fictional person."""

    def __init__(self, seed: int, person: str) -> None:
        secret = hashlib.sha256(f"npcs-demo signing key/{seed}/{person}".encode()).digest()
        self._private = Ed25519PrivateKey.from_private_bytes(secret)
        raw = self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self._public = _string(b"ssh-ed25519") + _string(raw)

    @property
    def public(self) -> str:
        """The public key as it stands in a person's record."""
        return f"ssh-ed25519 {base64.b64encode(self._public).decode()}"

    def sign(self, message: bytes) -> str:
        """The armoured signature of a Git object."""
        digest = hashlib.sha512(message).digest()
        head = _string(NAMESPACE) + _string(b"") + _string(b"sha512")
        signature = self._private.sign(b"SSHSIG" + head + _string(digest))
        blob = (
            b"SSHSIG"
            + (1).to_bytes(4, "big")
            + _string(self._public)
            + head
            + _string(_string(b"ssh-ed25519") + _string(signature))
        )
        text = base64.b64encode(blob).decode()
        lines = [text[at : at + 70] for at in range(0, len(text), 70)]
        return "\n".join(
            ["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""]
        )


def _string(content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + content
