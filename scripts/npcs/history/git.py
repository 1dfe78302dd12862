"""Asking Git, in a way that nothing a repository's own settings name is ever run."""

import os
import subprocess
from pathlib import Path

_SETTINGS = (
    "core.fsmonitor=false", "core.hooksPath=/dev/null", "core.attributesFile=/dev/null",
    "core.alternateRefsCommand=false", "core.quotePath=false", "log.showSignature=false",
)  # fmt: skip
_SAFE = [part for one in _SETTINGS for part in ("-c", one)]


def ask(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What Git says of the repository at ``root``, or nothing where it says no.

    Only commands that look at commits may be asked: one that compares with the files on disk runs
    the filters that the repository's settings name. Nothing is fetched from anywhere.
    """
    # A hook sets GIT_DIR and the like for its own repository, which need not be this one.
    environment = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    environment |= {
        "GIT_ALLOW_PROTOCOL": "",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
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
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""


def say(root: Path, *arguments: str) -> str:
    """What Git says as a text, whatever its bytes."""
    return ask(root, *arguments).decode("utf-8", "surrogateescape")
