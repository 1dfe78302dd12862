"""The records as they stood at the last approved charter revision."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from npcs.history.git import ask, say

if TYPE_CHECKING:
    from npcs.records.hub import Hub

_TAG = re.compile(r"charter-v(\d{1,4})\.(\d{1,4})")
_HELD = ("charter/meetings", "charter/decisions")


@dataclass(frozen=True, slots=True)
class Tagged:
    """The last approved charter tag in the history of the current commit, and what it points to.

    What an object id names never changes, so the two say all that depends on the history.
    """

    tag: str
    object_id: str


@dataclass(frozen=True)
class Approved:
    """An approved charter tag and the records that have changed since.

    ``hub`` holds, as they stood at the tag, the meetings and decisions whose files differ today
    or are gone. ``complete`` is false where Git did not have all of them.
    """

    tag: str
    hub: "Hub"
    complete: bool = True


def last_tagged(root: Path) -> Tagged | None:
    """The last approved charter tag, by version, in the history of the current commit.

    None where ``root`` is not the top of a Git repository, where Git cannot be asked, and where
    there is no such tag. The tag names are only looked at, not verified: whether a tag was rightly
    made is for the charter's own rules.
    """
    if not (root / ".git").exists():
        return None
    listed = say(root, "for-each-ref", "--merged", "HEAD", "refs/tags/charter-v*",
                 "--format=%(refname:strip=2) %(objectname)")  # fmt: skip
    found = []
    for line in listed.splitlines():
        tag, _, object_id = line.partition(" ")
        if version := _TAG.fullmatch(tag):
            found.append(((int(version[1]), int(version[2])), Tagged(tag, object_id)))
    return max(found, key=lambda one: one[0])[1] if found else None


def approved(root: Path, tagged: Tagged | None, files: Mapping[str, bytes]) -> Approved | None:
    """What stood at a tag and has changed since, given the bytes of today's files by path."""
    if tagged is None:
        return None
    from npcs.records.hub import Hub, document
    from npcs.records.kinds import kind_of

    listed = say(root, "ls-tree", "-r", "-z", "--full-tree", tagged.object_id, "--", *_HELD)
    changed = {}
    for entry in filter(None, listed.split("\0")):
        about, _, name = entry.partition("\t")
        mode, form, blob = about.split(" ")
        if form == "blob" and mode != "120000" and kind_of(name) and not _is(files.get(name), blob):
            changed[name] = blob
    texts = _texts(root, list(changed.values()))
    documents = [document(name, texts[blob]) for name, blob in changed.items() if blob in texts]
    return Approved(tagged.tag, Hub(documents), len(documents) == len(changed))


def _is(raw: bytes | None, blob: str) -> bool:
    """Whether a file has the bytes that Git keeps under an id."""
    if raw is None:
        return False
    digest = hashlib.sha1 if len(blob) == 40 else hashlib.sha256
    return digest(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest() == blob


def _texts(root: Path, blobs: list[str]) -> dict[str, bytes]:
    """What Git keeps under some ids, as far as it has them."""
    if not blobs:
        return {}
    answer = memoryview(ask(root, "cat-file", "--batch", given="\n".join(blobs).encode()))
    found: dict[str, bytes] = {}
    at = 0
    for blob in blobs:
        end = at + bytes(answer[at : at + 200]).find(b"\n")
        head = bytes(answer[at:end]).split()
        at = end + 1
        if len(head) == 3:
            size = int(head[2])
            found[blob] = bytes(answer[at : at + size])
            at += size + 1
        elif end < at:
            break
    return found
