"""The files of a folder as they stood at the last tag: a release, or an approved charter."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from npcs.history.git import say
from npcs.history.objects import find, object_id, read


class Release(NamedTuple):
    """A tag, the object it names, and the day it was set. What an id names never changes."""

    tag: str
    id: str
    day: date


def last_release(root: Path) -> Release | None:
    """The newest tag in the history of the current commit, whatever it is for.

    None where ``root`` is not the top of a Git repository, where Git cannot be asked, and where
    there is no tag.
    """
    if not (root / ".git").exists():
        return None
    said = say(
        root, "for-each-ref", "--merged=HEAD", "--sort=-creatordate", "--count=1",
        "--format=%(refname:strip=2) %(objectname) %(creatordate:short)", "refs/tags",
    ).split()  # fmt: skip
    return Release(said[0], said[1], _day(said[2])) if len(said) == 3 else None


def _day(text: str) -> date:
    """The day in what Git says; the last there is for one of a year after 9999."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.max


def changed_since(
    root: Path,
    release: Release,
    folders: Sequence[str],
    files: Mapping[str, bytes],
    endings: tuple[str, ...],
) -> Mapping[str, bytes]:
    """The files below some folders that differ from those of a release or are gone, as they were.

    ``files`` are the bytes of today by path; only names with one of the ``endings`` are looked at.
    """
    changed = {}
    for path, blob in _blobs(root, release.id, *folders).items():
        if path.endswith(endings):
            now = files.get(path)
            if now is None or object_id("blob", now, blob) != blob:
                changed[path] = blob
    found = find(root, changed.values())
    texts = read(root, found.values())
    return {path: texts[blob] for path, blob in changed.items() if blob in texts}


def releases(root: Path) -> tuple[tuple[str, str], ...]:
    """The tags in the history of the current commit with their days, the earliest first."""
    if not (root / ".git").exists():
        return ()
    said = say(
        root, "for-each-ref", "--merged=HEAD", "--sort=creatordate",
        "--format=%(refname:strip=2)%00%(creatordate:short)", "refs/tags",
    )  # fmt: skip
    found = (line.partition("\0") for line in said.splitlines())
    return tuple((tag, day) for tag, _, day in found if day)


def set_at(root: Path) -> str:
    """What each tag is set at; another text wherever a tag was set, moved or taken away."""
    return say(root, "for-each-ref", "--format=%(refname) %(objectname)", "refs/tags")


def folders_at(
    root: Path, revisions: Sequence[str], folder: str
) -> Mapping[str, tuple[str, Mapping[str, bytes]]]:
    """A folder as it stood at some revisions: its id, and the bytes of its files by path.

    A revision that Git does not know, or at which there was no such folder, is left out.
    """
    asked = {f"{one}:{folder}": one for one in revisions if "\n" not in one}
    trees = {asked[name]: one.id for name, one in find(root, asked).items() if one.kind == "tree"}
    listed = {tree: _blobs(root, tree) for tree in dict.fromkeys(trees.values())}
    found = find(root, (blob for files in listed.values() for blob in files.values()))
    texts = read(root, found.values())
    return {
        revision: (tree, {f"{folder}/{path}": texts[blob]
                          for path, blob in listed[tree].items() if blob in texts})
        for revision, tree in trees.items()
    }  # fmt: skip


def _blobs(root: Path, tree: str, *folders: str) -> Mapping[str, str]:
    """The ids of the ordinary files of a tree by path; of all its folders, or of some."""
    blobs = {}
    said = say(root, "ls-tree", "-r", "-z", "--full-tree", tree, "--", *folders)
    for entry in filter(None, said.split("\0")):
        about, _, path = entry.partition("\t")
        mode, kind, blob = about.split(" ")
        if kind == "blob" and mode != "120000":
            blobs[path] = blob
    return blobs
