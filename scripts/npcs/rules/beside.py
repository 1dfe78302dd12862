"""Work for a second processor core: a process that looks at what this one holds, and ends."""

import mmap
import os
import pickle
import select
import struct
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
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


class Room:
    """Memory that a process and all it forks see alike, to be filled by one of them."""

    def __init__(self, size: int) -> None:
        """Make a room of so many bytes, none of which takes memory before it is used.

        ``free`` is how many are left; none at all where the system does not give that many.
        """
        self.free = 0
        with suppress(OSError):
            self._memory = mmap.mmap(-1, size)
            self.free = size

    def put(self, raw: bytes) -> tuple[int, int] | None:
        """Put bytes behind those before; where they are then, or None where they do not fit."""
        if not self.free or len(raw) > self.free:
            return None
        self.free -= len(raw)
        start = self._memory.tell()
        return start, start + self._memory.write(raw)

    def at(self, start: int, end: int) -> bytes:
        """The bytes at a place."""
        return self._memory[start:end]

    def view(self, start: int, end: int) -> memoryview:
        """The bytes at a place, as they stand there."""
        return memoryview(self._memory)[start:end]


class Answer:
    """What a process of its own tells: in a room where it fits in there, else through a pipe."""

    def __init__(self, pipe: FileIO, room: Room) -> None:
        self._pipe, self._room = pipe, room

    def __call__(self) -> memoryview:
        """Wait for all of it; it is empty where that process failed."""
        start, end, length = _HEAD.unpack(self._pipe.read(_HEAD.size) or bytes(_HEAD.size))
        if end:
            return self._room.view(start, end)
        answer = memoryview(bytearray(length))
        rest = answer
        while rest and (size := self._pipe.readinto(rest)):
            rest = rest[size:]
        return memoryview(b"") if rest else answer

    def has_begun(self) -> bool:
        """Whether some of it is there, or that process is gone."""
        waiting = select.poll()  # not `select.select`, which knows no number above 1,023
        waiting.register(self._pipe, select.POLLIN)
        return bool(waiting.poll(0))


_HEAD = struct.Struct("=QQQ")
"""What is told before an answer: where in the room it begins and ends, or else how long it is."""

_ROOM = 64 << 20
"""In bytes, what an answer may have that need not go through the pipe, in steps and copied."""


@contextmanager
def answering(work: Callable[[], bytes], room: Room | None = None) -> Iterator[Answer]:
    """Let a process of its own find an answer, told in ``room`` where the two have one already.

    That process is waited for at the end of the block only, since it takes a while to let go of
    what it held.
    """
    inlet, outlet = os.pipe()
    room = room or Room(_ROOM)
    child = os.fork()
    if child == 0:
        os.close(inlet)  # so that a write fails, and does not wait, when the parent is gone

        def answer() -> None:
            with os.fdopen(outlet, "wb") as pipe:
                found = work()
                place = room.put(found)
                pipe.write(_HEAD.pack(*(place or (0, 0)), len(found)))
                if not place:
                    pipe.write(found)

        _do(answer)
    os.close(outlet)
    with FileIO(inlet) as pipe:
        try:
            yield Answer(pipe, room)
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
) -> Iterator[tuple[Callable[[], Iterator[T]], Callable[[], bytes | memoryview]]]:
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

            def theirs() -> bytes | memoryview:
                answer = wait()
                if not answer:
                    row.give_back()
                return answer

            yield row.from_front, theirs


def _do(work: Callable[[], None]) -> NoReturn:
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)
