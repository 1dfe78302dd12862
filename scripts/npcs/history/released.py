"""The files of a folder as they stood at the last tag: a release, or an approved charter."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from npcs.history.git import say
from npcs.history.objects import find, object_id, read


class Release(NamedTuple):
    """A tag and the object it names. What an id names never changes."""

    tag: str
    id: str


def last_release(root: Path) -> Release | None:
    """The newest tag in the history of the current commit, whatever it is for.

    None where ``root`` is not the top of a Git repository, where Git cannot be asked, and where
    there is no tag.
    """
    if not (root / ".git").exists():
        return None
    said = say(
        root, "for-each-ref", "--merged=HEAD", "--sort=-creatordate", "--count=1",
        "--format=%(refname:strip=2) %(objectname)", "refs/tags",
    ).split()  # fmt: skip
    return Release(*said) if len(said) == 2 else None


def changed_since(
    root: Path, release: Release, folder: str, files: Mapping[str, bytes], ending: str
) -> Mapping[str, bytes]:
    """The files below a folder that differ from those of a release or are gone, as they were.

    ``files`` are the bytes of today by path; only names with the ``ending`` are looked at.
    """
    listed = say(root, "ls-tree", "-r", "-z", "--full-tree", release.id, "--", folder)
    changed = {}
    for entry in filter(None, listed.split("\0")):
        about, _, path = entry.partition("\t")
        mode, kind, blob = about.split(" ")
        if kind == "blob" and mode != "120000" and path.endswith(ending):
            now = files.get(path)
            if now is None or object_id("blob", now, blob) != blob:
                changed[path] = blob
    found = find(root, changed.values())
    texts = read(root, found.values())
    return {path: texts[blob] for path, blob in changed.items() if blob in texts}
