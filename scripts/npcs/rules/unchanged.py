"""Which rules need not be asked again: nothing that they looked at has changed.

While a rule is asked, the records note which kinds of them it looks at. As long as all files of
these kinds are the same, and what else there is to see is too, it would find the same again.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from npcs.records.findings import Finding
from npcs.records.hub import EVERYTHING, Hub


class Verdict(NamedTuple):
    """What a rule found, the kinds of record it looked at, and a digest of all their files."""

    looked: tuple[str, ...]
    state: bytes
    findings: tuple[Finding, ...]


Verdicts = Mapping[str, Verdict]
"""Verdicts by the names of their rules."""


class States:
    """Digests of the files of each kind of record, as they are now."""

    def __init__(self, hub: Hub) -> None:
        found: dict[str, list[bytes]] = {}
        for table in (hub.documents, hub.companions):
            for path, one in table.items():
                found.setdefault(one.kind.name, []).extend((path.encode(), one.digest))
        self._of = {kind: _digest(files) for kind, files in found.items()}
        self._of[EVERYTHING] = _digest([*map(str.encode, self._of), *self._of.values()])

    def of(self, kinds: Iterable[str]) -> bytes:
        """A digest of all files of some kinds."""
        return _digest([self._of.get(kind, b"") for kind in kinds])


def _digest(parts: list[bytes]) -> bytes:
    return hashlib.blake2b(b"\0".join(parts), digest_size=16).digest()


__all__ = ["States", "Verdict", "Verdicts"]
