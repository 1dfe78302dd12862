"""Holding a repository's approvals against everything that could be wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from npcs.charter.approved import Approved, approved
from npcs.history.keys import Key
from npcs.history.tags import seen
from npcs.records.document import Document
from npcs.records.findings import Finding
from npcs.records.hub import Hub, document
from npcs.records.tree import read_file, walk

Outcome = Literal["verified", "nothing", "wrong", "untold"]
"""What came of it. ``nothing``: no text was ever adopted or tagged. ``untold``: nothing speaks
against the approvals, but they could not be verified to their root."""


@dataclass(frozen=True)
class Verification:
    """What is approved, what speaks against it, and what came of it all."""

    hub: Hub
    as_of: date
    approved: Approved
    findings: tuple[Finding, ...]

    @property
    def outcome(self) -> Outcome:
        """What came of it."""
        found, revisions = self.findings, self.approved.revisions
        if any(one.severity == "error" or one.rule == "revision-tag" for one in found
               if not revisions.obstacle):  # fmt: skip
            return "wrong"
        if any(one.severity == "error" for one in found):
            return "wrong"
        from npcs.rules.charter.approval import adopted

        if not revisions.approvals and not revisions.others and not adopted(self.hub):
            return "untold" if revisions.obstacle else "nothing"
        states = {one.state for one in revisions.approvals}
        return "verified" if states == {"verified"} else "untold"


def verify(root: Path, as_of: date, root_keys: Sequence[Key] = ()) -> Verification:
    """Verify all approvals of the repository at ``root`` as of a day.

    Nothing is kept from before. Only the records of the charter's own folder are read. Raises
    ``NotADirectoryError`` where the root cannot be listed.
    """
    from npcs.rules import charter, decisions
    from npcs.rules.rule import Scene

    hub, files = _read(root)
    known = approved(root, hub, as_of, files, seen(root), root_keys)
    scene = Scene(hub, as_of, known)
    findings = [
        Finding.of(note, one.name, one.provision)
        for one in (charter.revision_tag, charter.revision_signature, decisions.correction)
        for note in one.check(scene)
    ]
    return Verification(hub, as_of, known, tuple(findings))


def _read(root: Path) -> tuple[Hub, dict[str, bytes]]:
    files = {}
    documents: list[Document] = []
    for path in walk(root).records:
        raw = read_file(root, path) if path.startswith("charter/") else None
        if isinstance(raw, bytes):
            files[path] = raw
            documents.append(document(path, raw))
    return Hub(documents), files
