"""Whether what is looked at is what would be approved: the folder against the current commit."""

from collections.abc import Iterator
from pathlib import Path

from npcs.charter.digest import as_stored
from npcs.history.git import answer, ask
from npcs.history.line import is_in
from npcs.history.objects import object_id
from npcs.history.tags import Seen
from npcs.records.kinds import FOLDERS
from npcs.records.tree import read_file, walk

_SHOWN = 3


def where(root: Path, tags: Seen) -> Iterator[str]:
    """What keeps the current commit from being one of the main line."""
    branch = answer(root, "symbolic-ref", "--quiet", "--short", "HEAD").out.decode().strip()
    here = f"the branch `{branch}`" if branch else "no branch"
    outside = [one for one in tags.mains if not is_in(root, tags.head, one)]
    if tags.mains and len(outside) == len(tags.mains):
        yield (
            f"You are on {here}, and the current commit is not in the main line. Bring it there "
            "first, and go there."
        )
    elif outside:
        yield (
            "The current commit is not everywhere in the main line: what is here and where it was "
            "cloned from differ. `git pull` and `git push` first, so that the tag names a commit "
            "that everybody has."
        )


def unclean(root: Path, head: str) -> Iterator[str]:
    """What differs between the folder and the current commit.

    Git is asked for everything, and runs the filters that its settings name: this is for whoever
    approves in a repository of their own. The records are compared here as well, by their bytes,
    since Git can be told not to look at a file.
    """
    status = answer(root, "status", "--porcelain=v1", "-z", "--untracked-files=normal")
    if status.code != 0:
        yield f"Git cannot tell whether all is committed: {status.err.strip()}"
        return
    rows = status.out.decode("utf-8", "replace").split("\0")
    changed = [row[3:] for row in rows if len(row) > 3 and row[2] == " "]
    changed = changed or _different(root, head)
    if changed:
        more = f", and {len(changed) - _SHOWN:,} more" if len(changed) > _SHOWN else ""
        yield (
            f"Not everything is as the current commit has it: {', '.join(changed[:_SHOWN])}{more}. "
            "Commit it, or put it away; only what is committed can be approved."
        )


def _different(root: Path, head: str) -> list[str]:
    """The records that are not, byte by byte, those of a commit; line ends may differ."""
    listed = ask(root, "ls-tree", "-r", "-z", "--full-tree", head, "--", *FOLDERS)
    stored = {}
    for row in listed.decode("utf-8", "surrogateescape").split("\0")[:-1]:
        about, _, path = row.partition("\t")
        stored[path] = about.split(" ")[2]
    tree = walk(root)
    found = []
    for path in (*tree.records, *tree.companions):
        raw = read_file(root, path)
        blob = stored.pop(path, "")
        same = isinstance(raw, bytes) and blob and blob in (
            object_id("blob", raw, blob), object_id("blob", as_stored(raw), blob)
        )  # fmt: skip
        if not same:
            found.append(path)
    return [*found, *(path for path in stored if not (root / path).exists())]
