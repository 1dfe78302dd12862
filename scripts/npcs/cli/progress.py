"""A line that says what is being done, for work that takes longer than a second."""

import signal
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
    try:
        with _each_second(line.show):
            yield line.say
    finally:
        line.wipe()


@contextmanager
def _each_second(call: Callable[[], None]) -> Iterator[None]:
    """Call a function each second while the block runs.

    An alarm does it where there is one: with a thread beside it, the work could not be shared out
    to a second process.
    """
    if not hasattr(signal, "setitimer"):
        done = threading.Event()

        def tell() -> None:
            while not done.wait(1):
                call()

        teller = threading.Thread(target=tell, daemon=True)
        teller.start()
        try:
            yield
        finally:
            done.set()
            teller.join()
        return
    before = signal.signal(signal.SIGALRM, lambda *_: call())
    signal.setitimer(signal.ITIMER_REAL, 1, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class _Line:
    """The line as it stands."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._start = time.monotonic()
        self._shown = 0

    def say(self, what: str) -> None:
        """Say from now on that this is being done."""
        self._what = what

    def show(self) -> None:
        """Write the line anew."""
        line = f"{self._what} ... {time.monotonic() - self._start:.0f} s"
        sys.stderr.write(f"\r{line:<{self._shown}}")
        sys.stderr.flush()
        self._shown = len(line)

    def wipe(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r" + " " * self._shown + "\r")
            sys.stderr.flush()
