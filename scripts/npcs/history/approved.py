"""The records as they stood at the last approved charter revision."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from npcs.records.hub import Hub

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
    refs = _git(root, "show-ref", "--head", "--dereference")
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
    tags = _git(
        root, "tag", "--merged", "HEAD", "--list", "charter-v*", "--sort=-version:refname"
    ).split()
    if not tags:
        return None
    tag = f"refs/tags/{tags[0]}"
    names = _git(
        root, "diff", "--no-ext-diff", "--no-textconv", "--no-renames", "--name-only", "-z",
        "--diff-filter=MDT", tag, "--", *_HELD,
    )  # fmt: skip
    from git import Repo

    from npcs.records.hub import Hub, document
    from npcs.records.kinds import kind_of

    with Repo(root) as repository:
        tree = repository.commit(tag).tree
        documents = [
            document(name, (tree / name).data_stream.read())
            for name in filter(None, names.split("\0"))
            if kind_of(name)
        ]
    return Approved(tags[0], Hub(documents))


def _git(root: Path, *arguments: str) -> str:
    """What Git says of the repository at ``root``, or nothing where it says no."""
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
    }
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments],
            capture_output=True,
            check=False,
            env=environment,
            stdin=subprocess.DEVNULL,
            timeout=120,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else ""
