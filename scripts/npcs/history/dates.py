"""When each file was written and last changed, and by whom: one pass over the history of Git."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from npcs.history.git import say

_RECORD = "\x1e"
_PART = "\x1f"


@dataclass(frozen=True, slots=True)
class Change:
    """A commit that touched a file: the author's day and name, its time, and its id.

    ``at`` is in seconds since 1970.
    """

    on: date
    author: str
    at: int = 0
    commit: str = ""


@dataclass(frozen=True, slots=True)
class FileHistory:
    """The first and the last change of a file, and how many there are."""

    first: Change
    last: Change
    count: int = 1


@dataclass(frozen=True, slots=True)
class History:
    """What Git knows of the files below a folder, by path from that folder.

    ``newest`` is the time of the latest commit that touched the folder, in seconds since 1970; None
    without one. Where a clone is shallow, files whose last change lies beyond its edge are left
    out, and of those whose first does, the oldest change known stands in for it.
    """

    files: Mapping[str, FileHistory] = field(default_factory=dict)
    newest: int | None = None


NONE = History()


def history(root: Path) -> History:
    """The history of the files below ``root``; nothing where there is no Git or no repository."""
    edge = set(_shallow(root))
    log = say(
        root, "log", "-z",
        "--no-renames", "--no-show-signature", "--no-ext-diff", "--no-color", "--name-only",
        "--relative", f"--format={_RECORD}%H{_PART}%ct{_PART}%as{_PART}%aN{_PART}", "--", ".",
    )  # fmt: skip
    last: dict[str, Change] = {}
    first: dict[str, Change] = {}
    count: Counter[str] = Counter()
    newest: int | None = None
    for entry in log.split(_RECORD)[1:]:
        if entry.count(_PART) != 4:  # a name made to look like two commits
            continue
        commit, time, day, author, names = entry.split(_PART)
        newest = int(time) if newest is None else max(newest, int(time))
        if commit in edge:
            continue
        change = Change(date.fromisoformat(day), author, int(time), commit)
        for name in names.split("\0"):
            name = name.lstrip("\n")
            if name:
                last.setdefault(name, change)
                first[name] = change
                count[name] += 1
    files = {name: FileHistory(first[name], one, count[name]) for name, one in last.items()}
    return History(files, newest)


def _shallow(root: Path) -> list[str]:
    place = say(root, "rev-parse", "--git-path", "shallow").strip()
    try:
        return (root / place).read_text("ascii").split() if place else []
    except OSError:
        return []
