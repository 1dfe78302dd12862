"""A line that says what is being done, for work that takes longer than a second."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(what: str) -> Iterator[Callable[[str], None]]:
    """Say on a terminal what is being done and for how long, once that is over a second.

    Gives a function that says what comes next. The line is taken away when the work ends. Where
    the complaints go to a file, nothing is said.
    """
    line = _Line(what)
    if not sys.stderr.isatty():
        yield line.say
        return
    teller = threading.Thread(target=line.tell, daemon=True)
    teller.start()
    try:
        yield line.say
    finally:
        line.done.set()
        teller.join()


class _Line:
    """The line as it stands; ``tell`` runs beside the work."""

    def __init__(self, what: str) -> None:
        self.done = threading.Event()
        self._what = what

    def say(self, what: str) -> None:
        """Say from now on that this is being done."""
        self._what = what

    def tell(self) -> None:
        """Write the line anew every second, and wipe it out at the end."""
        start = time.monotonic()
        shown = 0
        while not self.done.wait(1):
            line = f"{self._what} ... {time.monotonic() - start:.0f} s"
            sys.stderr.write(f"\r{line:<{shown}}")
            sys.stderr.flush()
            shown = len(line)
        if shown:
            sys.stderr.write("\r" + " " * shown + "\r")
            sys.stderr.flush()
