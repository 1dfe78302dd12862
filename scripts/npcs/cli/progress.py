"""A line that says what is being done, for work that takes longer than a second."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Say on a terminal what is being done and for how long, once that is over a second.

    The line is taken away when the work ends. Where the errors go to a file, nothing is said.
    """
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    teller = threading.Thread(target=_tell, args=(what, done), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _tell(what: str, done: threading.Event) -> None:
    start = time.monotonic()
    shown = 0
    while not done.wait(1):
        line = f"{what} ... {time.monotonic() - start:.0f} s"
        sys.stderr.write(f"\r{line}")
        sys.stderr.flush()
        shown = len(line)
    if shown:
        sys.stderr.write("\r" + " " * shown + "\r")
        sys.stderr.flush()
