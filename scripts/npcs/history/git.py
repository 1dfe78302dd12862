"""Asking Git, in a way that nothing a repository's own settings name is ever run."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

_SETTINGS = (
    "core.fsmonitor=false", "core.hooksPath=/dev/null", "core.attributesFile=/dev/null",
    "core.alternateRefsCommand=false", "core.quotePath=false", "log.showSignature=false",
    "core.commitGraph=false", "core.useReplaceRefs=false", "advice.graftFileDeprecated=false",
)  # fmt: skip
_SAFE = [part for one in _SETTINGS for part in ("-c", one)]

_OWN = ("GIT_CONFIG", "GIT_COMMITTER_")
"""What a person may say by the environment where Git writes in their name."""


class Answer(NamedTuple):
    """What Git said. ``code`` is None where there is no Git, or none that answered in time."""

    code: int | None
    out: bytes
    err: str


def answer(
    root: Path, *arguments: str, given: bytes = b"", own: Mapping[str, str] | None = None
) -> Answer:
    """Ask Git of the repository at ``root``.

    Only commands that look at commits may be asked: one that compares with the files on disk runs
    the filters that the repository's settings name. Nothing is fetched from anywhere, no object is
    replaced by another, no commit is given other parents than it names. ``own`` is for what a
    person does in their own repository: who they are may then come from the environment, and from
    what is in ``own``.
    """
    # A hook sets GIT_DIR and the like for its own repository, which need not be this one.
    environment = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith("GIT_") or (own is not None and name.startswith(_OWN))
    }
    environment |= {
        "GIT_ALLOW_PROTOCOL": "",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
        **(own or {}),
    }
    try:
        done = subprocess.run(
            ["git", "--no-pager", *_SAFE, "-C", str(root), *arguments],
            capture_output=True,
            check=False,
            env=environment,
            timeout=120,
            input=given,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Answer(None, b"", str(error))
    return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def ask(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What Git says of the repository at ``root``, or nothing where it says no."""
    said = answer(root, *arguments, given=given)
    return said.out if said.code == 0 else b""


def say(root: Path, *arguments: str) -> str:
    """What Git says as a text, whatever its bytes."""
    return ask(root, *arguments).decode("utf-8", "surrogateescape")
