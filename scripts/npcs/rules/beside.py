"""Work for a second processor core: a process that looks at what this one holds, and ends."""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn


def possible() -> bool:
    """Whether a second process can be forked from this one, and has a core to run on."""
    return hasattr(os, "fork") and (os.cpu_count() or 1) > 1 and threading.active_count() == 1


@contextmanager
def beside(work: Callable[[], None]) -> Iterator[None]:
    """Do some work in a process of its own while the block runs; what it did is done at its end.

    Nothing that the work changes in memory reaches this process, nor does an error of it. Where
    there is no second core the work is done before the block.
    """
    if not possible():
        work()
        yield
        return
    child = os.fork()
    if child == 0:
        _do(work)
    try:
        yield
    finally:
        os.waitpid(child, 0)


@contextmanager
def answering(work: Callable[[], bytes]) -> Iterator[Callable[[], bytes | bytearray]]:
    """Let a process of its own find an answer; the function given waits for it.

    The answer is empty where that process failed. The process is waited for at the end of the
    block only, since it takes a while to let go of what it held.
    """
    inlet, outlet = os.pipe()
    _widen(outlet)
    child = os.fork()
    if child == 0:
        os.close(inlet)  # so that a write fails, and does not wait, when the parent is gone

        def answer() -> None:
            with os.fdopen(outlet, "wb") as pipe:
                found = work()
                pipe.write(len(found).to_bytes(_LENGTH, "big"))
                pipe.write(found)

        _do(answer)
    os.close(outlet)
    with os.fdopen(inlet, "rb", buffering=0) as pipe:

        def wait() -> bytearray:
            answer = bytearray(int.from_bytes(pipe.read(_LENGTH) or b"", "big"))
            rest = memoryview(answer)
            while rest and (size := pipe.readinto(rest)):
                rest = rest[size:]
            return bytearray() if rest else answer

        try:
            yield wait
        finally:
            pipe.close()
            os.waitpid(child, 0)


_LENGTH = 8
"""In how many bytes the length of an answer is told before it, so that none is taken torn."""


def _widen(pipe: int) -> None:
    """Let a pipe hold as much as Linux lets anybody's, so that large answers pass in few steps."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, 1 << 20)


def _do(work: Callable[[], None]) -> NoReturn:
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)
