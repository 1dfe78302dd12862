"""Work for a second processor core: a process that looks at what this one holds, and ends."""

import contextlib
import mmap
import os
import pickle
import select
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import FileIO
from typing import Any, Generic, NoReturn, TypeVar

T = TypeVar("T")


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


class Answer:
    """What a process of its own tells through a pipe."""

    def __init__(self, pipe: FileIO) -> None:
        self._pipe = pipe

    def __call__(self) -> bytearray:
        """Wait for all of it; it is empty where that process failed."""
        answer = bytearray(int.from_bytes(self._pipe.read(_LENGTH) or b"", "big"))
        rest = memoryview(answer)
        while rest and (size := self._pipe.readinto(rest)):
            rest = rest[size:]
        return bytearray() if rest else answer

    def has_begun(self) -> bool:
        """Whether some of it is there, or that process is gone."""
        waiting = select.poll()  # not `select.select`, which knows no number above 1,023
        waiting.register(self._pipe, select.POLLIN)
        return bool(waiting.poll(0))


@contextmanager
def answering(work: Callable[[], bytes]) -> Iterator[Answer]:
    """Let a process of its own find an answer.

    The process is waited for at the end of the block only, since it takes a while to let go of what
    it held.
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
    with FileIO(inlet) as pipe:
        try:
            yield Answer(pipe)
        finally:
            pipe.close()
            os.waitpid(child, 0)


@contextmanager
def promised(work: Callable[[], Any], worth: bool) -> Iterator[Callable[[], Any]]:
    """Let a process of its own work something out, where that is worth its start.

    The function given waits for it; it works it out here where that process failed, or none is.
    """
    if not worth or not possible():
        yield work
        return
    with answering(lambda: pickle.dumps(work())) as wait:

        def result() -> Any:
            said = wait()
            return pickle.loads(said) if said else work()

        yield result


class Row(Generic[T]):
    """A row of pieces of work that two processes take from its two ends until they meet.

    So neither waits for the other, however long the pieces take and whatever else runs. A piece in
    the middle may be taken by both. ``taken`` is memory that both see.
    """

    def __init__(self, pieces: Sequence[T], taken: memoryview) -> None:
        self._pieces, self._taken = pieces, taken
        taken[_FRONT], taken[_BACK] = 0, len(pieces)

    def from_front(self) -> Iterator[T]:
        """The pieces from the first on, up to those that the other process has taken."""
        while (number := self._taken[_FRONT]) < self._taken[_BACK]:
            self._taken[_FRONT] = number + 1
            yield self._pieces[number]

    def from_back(self) -> Iterator[T]:
        """The pieces from the last on, up to those that the other process has taken.

        A few before those are left to it: it would only wait while the answer is handed over.
        """
        left = len(self._pieces) // 64
        while (number := self._taken[_BACK]) > self._taken[_FRONT] + left:
            self._taken[_BACK] = number - 1
            yield self._pieces[number - 1]

    def give_back(self) -> None:
        """Let what the process at the back took be taken at the front."""
        self._taken[_BACK] = len(self._pieces)


_FRONT, _BACK = 0, 1


@contextmanager
def sharing(
    pieces: Sequence[T], work: Callable[[Iterator[T]], bytes], worth: bool
) -> Iterator[tuple[Callable[[], Iterator[T]], Callable[[], bytes | bytearray]]]:
    """Share pieces of work with a process of its own, where that is worth its start.

    The block gets two functions. The first gives the pieces that fall to this process, from the
    front on; the second waits for what ``work`` makes of all others. Where that answer is empty
    since the other process failed, the first gives what is left.
    """
    if not worth or not possible():
        every = iter(pieces)
        yield lambda: every, bytes
        return
    with mmap.mmap(-1, mmap.PAGESIZE) as shared, memoryview(shared).cast("Q") as taken:
        row = Row(pieces, taken)
        with answering(lambda: work(row.from_back())) as wait:

            def theirs() -> bytes | bytearray:
                answer = wait()
                if not answer:
                    row.give_back()
                return answer

            yield row.from_front, theirs


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
