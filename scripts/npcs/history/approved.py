"""The records as they stood at the last approved charter revision."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from npcs.history.git import ask, say
from npcs.records.tree import Stray, read_file

if TYPE_CHECKING:
    from npcs.records.hub import Hub

_TAG = re.compile(r"charter-v(\d{1,4})\.(\d{1,4})")
_HELD = ("charter/meetings", "charter/decisions")


@dataclass(frozen=True)
class Approved:
    """An approved charter tag and the records that have changed since.

    ``hub`` holds, as they stood at the tag, the meetings and decisions whose files differ today
    or are gone.
    """

    tag: str
    hub: "Hub"


def position(root: Path) -> str:
    """What the history of a repository rests on: its commit and its charter tags, in one text.

    Empty where ``root`` is not the top of a Git repository or Git cannot be asked.
    """
    if not (root / ".git").exists():
        return ""
    refs = say(root, "show-ref", "--head", "--dereference")
    kept = [
        line
        for line in refs.splitlines()
        if line.endswith(" HEAD") or " refs/tags/charter-v" in line
    ]
    return "\n".join(kept) if len(kept) > 1 else ""


def approved(root: Path) -> Approved | None:
    """The last approved charter revision in the history of the current commit, if there is one.

    The tag names are only looked at, not verified: whether a tag was rightly made is for the
    charter's own rules.
    """
    if not position(root):
        return None
    merged = say(root, "for-each-ref", "--merged", "HEAD", "--format=%(refname:strip=2)",
                 "refs/tags/charter-v*").split()  # fmt: skip
    versions = [(int(one[1]), int(one[2]), tag) for tag in merged if (one := _TAG.fullmatch(tag))]
    if not versions:
        return None
    tag = max(versions)[2]
    from npcs.records.hub import Hub, document
    from npcs.records.kinds import kind_of

    listed = say(root, "ls-tree", "-r", "-z", "--full-tree", f"refs/tags/{tag}", "--", *_HELD)
    changed = {}
    for entry in filter(None, listed.split("\0")):
        about, _, name = entry.partition("\t")
        mode, form, blob = about.split(" ")
        if form == "blob" and mode != "120000" and kind_of(name) and not _is(root, name, blob):
            changed[name] = blob
    texts = _texts(root, list(changed.values()))
    documents = [document(name, texts[blob]) for name, blob in changed.items() if blob in texts]
    return Approved(tag, Hub(documents))


def _is(root: Path, name: str, blob: str) -> bool:
    """Whether a file has the bytes that Git keeps under an id."""
    raw = read_file(root, name)
    if isinstance(raw, Stray):
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
