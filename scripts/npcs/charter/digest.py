"""The digest that holds a text of the charter fast."""

import hashlib
import re

_VERSION = re.compile(r'^version: *["\']?(\d{1,4}\.\d{1,4})["\']? *$', re.MULTILINE | re.ASCII)


def digest(raw: bytes) -> str:
    """The digest of a text's bytes, as decisions name it: ``sha256:`` and 64 digits."""
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def as_stored(raw: bytes) -> bytes:
    """A text as Git stores it, from a file that may have the line ends of Windows."""
    return raw.replace(b"\r\n", b"\n")


def fits(raw: bytes, named: str) -> bool:
    """Whether a file holds the text of a digest, whatever line ends its system gave it."""
    return named in (digest(raw), digest(as_stored(raw)))


def version_in(raw: bytes) -> str:
    """The version a text gives itself between its two lines of dashes; empty where it has none."""
    front = raw.decode("utf-8", "replace").replace("\r\n", "\n").split("\n---\n", 1)[0]
    found = _VERSION.search(front)
    return found[1] if found else ""
