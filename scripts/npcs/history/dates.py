"""When each file was written and last changed, and by whom: one pass over the history of Git."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from npcs.history.git import say

_RECORD = "\x1e"
_PART = "\x1f"


class Change(NamedTuple):
    """A commit that touched a file: the author's day and name, its time, and its id.

    ``at`` is in seconds since 1970.
    """

    on: date
    author: str
    at: int = 0
    commit: str = ""

    @property
    def day(self) -> date:
        """The day of the commit in universal time, whatever clock its author had."""
        return datetime.fromtimestamp(self.at, UTC).date()


class FileHistory(NamedTuple):
    """The first and the last change of a file, and how many there are."""

    first: Change
    last: Change
    changes: int = 1


@dataclass(frozen=True, slots=True)
class History:
    """What Git knows of the files below a folder, by path from that folder.

    ``newest`` is the time of the latest commit that touched the folder, in seconds since 1970; None
    without one. Where a clone is shallow, files whose last change lies beyond its edge are left
    out, and of those whose first does, the oldest change known stands in for it.
    """

    files: Mapping[str, FileHistory] = field(default_factory=dict)
    newest: int | None = None

    def came_after(self, day: date) -> Mapping[str, date]:
        """The files that came after a day, by path, with their days.

        None where the history begins after that day: then nobody can tell what was there before.
        """
        came = {path: one.first.day for path, one in self.files.items()}
        if min(came.values(), default=date.max) > day:
            return {}
        return {path: on for path, on in came.items() if on > day}


NONE = History()


class Found(NamedTuple):
    """A history as it was found: up to a commit, and by what else Git tells it.

    ``way`` is a digest of the folder's place, the edge of a shallow clone, the names authors are
    told by, and the settings; empty where that cannot be said.
    """

    head: str
    way: bytes
    history: History


def history(root: Path, until: date | None = None) -> History:
    """The history of the files below ``root``; nothing where there is no Git or no repository.

    With ``until`` it is as it stood at the end of that day, in universal time.
    """
    if until is None:
        return found(root).history
    head, edge, _ = _ground(root)
    return _read(root, head, edge, until) if head else NONE


def found(root: Path, before: Found | None = None) -> Found:
    """The history of the files below ``root``, and what it rests on.

    With what was found ``before`` only later commits are looked at, where they follow one by one.
    """
    head, edge, way = _ground(root)
    if not head:
        return Found("", b"", NONE)
    if before and way and before.way == way:
        if before.head == head:
            return before
        if _follows(root, before.head, head):
            later = _read(root, f"{before.head}..{head}", edge)
            return Found(head, way, _joined(later, before.history))
    return Found(head, way, _read(root, head, edge))


def _read(root: Path, commits: str, edge: frozenset[str], until: date = date.max) -> History:
    log = say(
        root, "log", "-z",
        "--no-renames", "--no-show-signature", "--no-ext-diff", "--no-color", "--name-only",
        "--relative", f"--format={_RECORD}%H{_PART}%ct{_PART}%as{_PART}%aN{_PART}", commits, "--",
        ".",
    )  # fmt: skip
    last: dict[str, Change] = {}
    first: dict[str, Change] = {}
    count: Counter[str] = Counter()
    newest: int | None = None
    for entry in log.split(_RECORD)[1:]:
        if entry.count(_PART) != 4:  # a name made to look like two commits
            continue
        commit, time, day, author, names = entry.split(_PART)
        change = Change(date.fromisoformat(day), author, int(time), commit)
        if change.day > until:
            continue
        newest = max(newest or 0, change.at)
        if commit in edge:
            continue
        for name in names.split("\0"):
            name = name.lstrip("\n")
            if name:
                last.setdefault(name, change)
                first[name] = change
                count[name] += 1
    files = {name: FileHistory(first[name], one, count[name]) for name, one in last.items()}
    return History(files, newest)


def _joined(later: History, before: History) -> History:
    """A history and the one it goes on from."""
    files = {
        name: FileHistory(old.first, new.last, old.changes + new.changes)
        if (old := before.files.get(name))
        else new
        for name, new in later.files.items()
    }
    files |= {name: old for name, old in before.files.items() if name not in files}
    newest = max((one for one in (later.newest, before.newest) if one is not None), default=None)
    return History(files, newest)


def _follows(root: Path, before: str, head: str) -> bool:
    """Whether each commit after one has the one before it for its only parent.

    With a merge among them Git might tell of earlier commits in another order.
    """
    child = head
    for line in say(root, "rev-list", "--parents", f"{before}..{head}").splitlines():
        commit, *parents = line.split()
        if commit != child or len(parents) != 1:
            return False
        child = parents[0]
    return child == before


def _ground(root: Path) -> tuple[str, frozenset[str], bytes]:
    """The commit that is checked out, the edge of a shallow clone, and a digest of the way."""
    said = say(root, "rev-parse", "HEAD", "--git-path", "shallow", "--show-cdup", "--show-prefix")
    head, shallow, up, *inside = [*said.split("\n"), "", "", ""]
    edge = _bytes(root / shallow) if shallow else b""
    settings = say(root, "config", "--list", "-z")
    way = b""
    if not any(one.startswith("mailmap.") for one in settings.split("\0")):
        # Another list of names may stand anywhere, and is not asked for.
        ground = (inside, edge, _bytes(root / up / ".mailmap"), settings)
        way = blake2b(repr(ground).encode(), digest_size=16).digest()
    return head, frozenset(edge.decode("ascii", "replace").split()), way


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
