"""Putting a finished site in the place of the old one, all at once, whatever happens meanwhile."""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path

from npcs.publish.errors import BuildFailed
from npcs.records.kinds import FOLDERS
from npcs.rules.beside import beside

MARK = ".npcs-site"
"""A file in every site built here: a folder without it is never replaced, unless it is empty."""

MANY = 5_000
"""From how many files on a second process pays for copying a site, or for throwing it away."""

_EXCHANGE = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS have the same value


def building(out: Path) -> Path:
    """Where the site for ``out`` is built, beside it."""
    return out.with_name(f".{out.name}.building")


def _before(out: Path) -> Path:
    return out.with_name(f".{out.name}.before")


def check(out: Path, root: Path) -> None:
    """Raise ``BuildFailed`` where ``out`` holds something that must not be replaced."""
    if out in (root, *root.parents):
        raise BuildFailed(f"The site cannot be built into {out}: the records are in there.")
    kept = [root / folder for folder in FOLDERS] + [root / "build" / "docs", root / ".git"]
    if any(one == out or one in out.parents for one in kept):
        raise BuildFailed(
            f"The site cannot be built into {out}: other things stand there. Choose a folder of "
            f"its own, such as {root / 'build' / 'site'}."
        )
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise BuildFailed(f"The site cannot be built into {out}: that is no folder.")
    if out.is_dir() and not (out / MARK).exists() and any(out.iterdir()):
        raise BuildFailed(
            f"The site cannot be built into {out}: it holds files that are not a site built here. "
            "Choose another folder, or empty that one yourself."
        )


def clean(out: Path, spared: bool = False) -> None:
    """Remove what an interrupted build has left, and bring back a site it had put aside.

    With ``spared``, a whole site that stands where the next one is built stays: see ``put``.
    """
    before, fresh = _before(out), building(out)
    if before.exists() and not out.exists():
        before.rename(out)
    if before.exists():
        shutil.rmtree(before)
    if fresh.exists() and not (spared and (fresh / MARK).exists()):
        shutil.rmtree(fresh)


@contextmanager
def put(out: Path, files: int = 0, spared: bool = False) -> Iterator[None]:
    """Put the site that was built beside ``out`` in its place; it stands there in the block.

    The one before is thrown away; where it has many ``files``, while the block runs. If it is to be
    ``spared``, it stays where the next site is built, which begins with what the two share.
    """
    fresh = building(out)
    (fresh / MARK).write_text("Built by npcs from the records. Changes here are lost.\n", "utf-8")
    if not out.exists():
        fresh.rename(out)
    elif not _exchange(fresh, out):
        # Two steps where the system has no exchange: `clean` puts things right between them.
        out.rename(_before(out))
        fresh.rename(out)
        if spared:
            _before(out).rename(fresh)
    throw = partial(clean, out, spared)
    with beside(throw) if files >= MANY and not spared else nullcontext():
        yield
    throw()


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in a single step, where the system can."""
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            function, here = library.renameatx_np, -2
        else:
            function, here = library.renameat2, -100
    except (OSError, AttributeError, TypeError):
        return False
    done: int = function(here, os.fsencode(one), here, os.fsencode(other), _EXCHANGE)
    return done == 0


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let only one build at a time work on a folder; the lock beside it ends with the process."""
    try:
        import fcntl
    except ImportError:  # Windows: two builds at a time are the user's own to avoid
        yield
        return
    place = folder.with_name(f".{folder.name}.lock")
    place.parent.mkdir(parents=True, exist_ok=True)
    while True:
        with place.open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise BuildFailed(
                    f"Another build is at work on {folder}. Wait until it is done."
                ) from None
            if not _is_at(place, lock.fileno()):
                continue  # the one before has just taken its lock away
            try:
                yield
            finally:
                place.unlink(missing_ok=True)
            return


def _is_at(place: Path, handle: int) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), place.stat())
    except FileNotFoundError:
        return False
