"""The earlier revisions of files: all that the history of the current commit holds of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from npcs.history.git import say
from npcs.history.objects import find, object_id, read
from npcs.history.tags import obstacle

MOST = 400
"""How many revisions of all files together are looked at, the newest first."""

MOST_BYTES = 16_000_000
"""How many bytes they may have, taken together."""

TABLES = (".csv", ".tsv", ".txt")
"""How the names of files end that may hold a table, in small letters."""

SHORT = 10
"""How many digits of a commit's id are told: enough for Git, and for people to read out."""

_RECORD = "\x1e"


class Earlier(NamedTuple):
    """A text that a file once had: the commit that made it, by its short id and day.

    ``beside`` is what stood in that commit in another file that was asked for with it.
    """

    commit: str
    day: date
    raw: bytes
    beside: bytes = b""


class Past(NamedTuple):
    """The earlier texts of files by path, the newest first.

    ``whole`` tells whether that is all there was: a ``shallow`` clone has not all of the past, and
    of very many revisions the oldest are left out. ``obstacle`` says why Git could not be asked at
    all, and what to do about it; it is empty where there is nothing to ask.
    """

    texts: Mapping[str, tuple[Earlier, ...]] = {}
    whole: bool = True
    shallow: bool = False
    obstacle: tuple[str, str] = ("", "")

    @property
    def seen(self) -> bool:
        """Whether Git told all it has, and has all there is."""
        return not self.shallow and not self.obstacle[0]


NO_PAST = Past()


def head(root: Path) -> str:
    """The id of the current commit; empty without one."""
    return say(root, "rev-parse", "--verify", "-q", "HEAD").strip() if _is_top(root) else ""


def past(
    root: Path,
    folder: str,
    files: Mapping[str, bytes],
    endings: tuple[str, ...] = TABLES,
    beside: Mapping[str, str] = {},
) -> Past:
    """The earlier texts of files below a folder that are not those of today, by their ending.

    ``files`` are the bytes of today by path; of a file that is gone, every text is an earlier one.
    ``beside`` names, by path, the other file whose text of the same commit is to come with each.
    Nothing where ``root`` is in no repository.
    """
    in_the_way, top = obstacle(root), _is_top(root)
    shallow = top and say(root, "rev-parse", "--is-shallow-repository").strip() == "true"
    if in_the_way[0] and not shallow:
        return Past(whole=False, obstacle=in_the_way)
    if not top:
        return NO_PAST
    log = say(
        root, "log", "--full-history", "-m", "--raw", "--no-renames", "--no-abbrev", "--no-color",
        "--no-ext-diff", "--no-show-signature", f"--format={_RECORD}%H %as", "HEAD", "--", folder,
    )  # fmt: skip
    made: dict[tuple[str, str], tuple[str, str]] = {}
    for entry in log.split(_RECORD)[1:]:
        about, *lines = entry.split("\n")
        commit, _, day = about.partition(" ")
        for blob, path in _blobs(lines):
            if path.strip('"').lower().endswith(endings):
                made[path, blob] = commit, day  # the oldest commit that has it made it
    today = {path: object_id("blob", files[path], blob) for (path, blob) in made if path in files}
    wanted = [(path, blob) for path, blob in made if today.get(path) != blob]
    raws = _read(root, [blob for _, blob in wanted[:MOST]])
    names = {one: f"{made[one][0]}:{beside[one[0]]}" for one in wanted[:MOST] if one[0] in beside}
    others = _read(root, names.values())
    texts: dict[str, list[Earlier]] = {}
    for path, blob in wanted:
        if blob in raws:
            commit, day = made[path, blob]
            other = others.get(names.get((path, blob), ""), b"")
            one = Earlier(commit[:SHORT], date.fromisoformat(day), raws[blob], other)
            texts.setdefault(path, []).append(one)
    whole = not shallow and all(blob in raws for _, blob in wanted)
    return Past({path: tuple(those) for path, those in texts.items()}, whole, shallow)


def _read(root: Path, names: Iterable[str]) -> Mapping[str, bytes]:
    """The bytes of texts by the names that lead to them, as many of the first as may be kept."""
    chosen, room = {}, MOST_BYTES
    for name, one in find(root, names).items():
        room -= one.size
        if room < 0:
            break
        chosen[name] = one
    raws = read(root, chosen.values())
    return {name: raws[one.id] for name, one in chosen.items() if one.id in raws}


def _blobs(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    """The texts that a commit has made, by the lines of ``--raw``: modes, ids, state, path."""
    for line in lines:
        about, _, path = line.partition("\t")
        words = about.split(" ")
        if len(words) == 5 and words[1].startswith("100"):
            yield words[3], path


def _is_top(root: Path) -> bool:
    return (root / ".git").exists()
