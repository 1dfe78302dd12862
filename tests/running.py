"""Running the command line as a user does, in this process or in one of its own."""

import contextlib
import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).parent.parent / "scripts"


class Done(NamedTuple):
    """What a command printed, and its exit status."""

    code: int
    out: str
    err: str


def npcs(*arguments: str, today: date | None = None) -> Done:
    """Run the command line in this process: the same code, without the time to start.

    ``today`` is the day it is, where that is not for the clock to say.
    """
    from npcs.cli import run

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(list(arguments), today)
    return Done(code, out.getvalue(), err.getvalue())


def npcs_process(*arguments: str, cwd: Path | None = None, **environment: str) -> Done:
    """Run the command line as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "npcs", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(SOURCE), **environment},
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=300,
    )
    return Done(done.returncode, done.stdout, done.stderr)
