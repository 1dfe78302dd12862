"""Work shared with a second process: nothing is left out, whoever is slow and whoever fails.

Each is tried in an interpreter of its own, since a process with threads is not forked.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest

from npcs.rules import beside, gather
from npcs.rules.beside import Room, answering, promised, sharing

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork") or (os.cpu_count() or 1) < 2, reason="needs fork and a second core"
)


def alone(body: Callable[..., None], *given: float) -> None:
    """Run the body of a test in a fresh interpreter, as a script of this file."""
    source = Path(__file__).parents[2] / "scripts"
    done = subprocess.run(
        [sys.executable, __file__, body.__name__, *map(str, given)],
        env={**os.environ, "PYTHONPATH": str(source)}, capture_output=True, timeout=60,
        encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def names(pieces: Iterator[int], pause: float = 0) -> bytes:
    taken = bytearray()
    for one in pieces:
        taken.append(one)
        time.sleep(pause)
    return bytes(taken)


def _every_piece(here: float, there: float) -> None:
    with sharing(range(200), lambda its: names(its, there), True) as (mine, theirs):
        front = names(mine(), here)
        back = bytes(theirs())
    assert {*front, *back} == set(range(200))
    assert list(front) == list(range(len(front)))
    assert list(back) == list(range(199, 199 - len(back), -1))
    assert len(front) + len(back) <= 201


@pytest.mark.parametrize(("here", "there"), [(0, 0), (0.002, 0), (0, 0.002), (0.001, 0.001)])
def test_every_piece_is_taken_whoever_is_slow(here: float, there: float) -> None:
    alone(_every_piece, here, there)


def _slow() -> None:
    with sharing(range(200), names, True) as (mine, theirs):
        front = names(mine(), 0.005)
        assert len(theirs()) > len(front) > 0


def test_the_slow_one_takes_less() -> None:
    alone(_slow)


def _killed() -> None:
    def fails(its: Iterator[int]) -> bytes:
        next(its), next(its)
        os.kill(os.getpid(), signal.SIGKILL)
        return b"never"

    with sharing(range(100), fails, True) as (mine, theirs):
        front = names(mine(), 0.001)
        assert theirs() == b""
        assert len(front) < 100
        front += names(mine())
    assert list(front) == list(range(100))


def test_what_a_failed_process_took_is_given_back() -> None:
    alone(_killed)


def _wrong() -> None:
    with sharing(range(9), lambda _: bytes(1 // 0), True) as (mine, theirs):
        assert not theirs()
        assert list(mine()) == list(range(9))


def test_an_error_there_is_an_empty_answer() -> None:
    alone(_wrong)


def _torn() -> None:
    def torn() -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        return b"whole"

    with answering(torn) as answer:
        assert answer() == b""
    with answering(lambda: b"x" * 3_000_000) as answer:
        assert len(answer()) == 3_000_000


def test_a_torn_answer_is_none() -> None:
    alone(_torn)


def _large() -> None:
    """What does not fit into the room goes through the pipe, torn or whole."""
    beside._ROOM = 10
    for size in (0, 10, 11, 3_000_000):
        with answering(lambda size=size: b"x" * size) as answer:
            assert answer() == b"x" * size
    _torn()


def _roomless() -> None:
    """So does everything where the system gives no memory that two processes see."""
    with mock.patch("mmap.mmap", side_effect=OSError("there is none")):
        for size in (0, 3_000_000):
            with answering(lambda size=size: b"x" * size) as answer:
                assert answer() == b"x" * size
        assert Room(10).put(b"") is None


@pytest.mark.parametrize("how", [_large, _roomless])
def test_an_answer_that_no_room_holds_is_told_all_the_same(how: Callable[[], None]) -> None:
    alone(how)


def test_a_room_is_filled_up_to_its_end() -> None:
    room = Room(10)
    assert room.put(b"abcd") == (0, 4)
    assert room.put(b"1234567") is None
    assert room.put(b"123456") == (4, 10)
    assert room.put(b"x") is None
    assert (room.at(0, 4), bytes(room.view(4, 10))) == (b"abcd", b"123456")


def _begun() -> None:
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most >= 2048:
        resource.setrlimit(resource.RLIMIT_NOFILE, (2048, most))
        for _ in range(1100):  # more than `select.select` can tell apart
            os.open(os.devnull, os.O_RDONLY)
    wait, go = os.pipe()

    def late() -> bytes:
        os.close(go)  # so that it ends with the test, whatever comes
        return os.read(wait, 4)

    def fails() -> bytes:
        raise OSError(late())

    for work, told in ((late, b"late"), (fails, b"")):
        with answering(work) as answer:
            assert not answer.has_begun()
            os.write(go, b"late")
            until = time.monotonic() + 30
            while not answer.has_begun():
                assert time.monotonic() < until
            assert answer() == told


def test_whether_an_answer_is_there_can_be_asked() -> None:
    alone(_begun)


def _gathering() -> None:
    done: list[int] = []

    def steps() -> Iterator[None]:  # without end: only files that are open end it
        while True:
            done.append(1)
            time.sleep(0.001)
            yield

    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "charter/people").mkdir(parents=True)
        for number in range(30):
            (root / f"charter/people/p{number}.yml").write_text(f"name: Ana {number}\n")
        plain = gather.gather(root)
        beside._ROOM = -1  # no other room can be made than that of the files
        assert plain.records == len(plain.files) == 30
        assert gather.gather(root, steps()) == plain
        assert done
        gather._LARGE = 100  # bytes, of which one file takes 12
        assert gather.gather(root, steps()) == plain


def test_what_else_is_done_ends_when_all_files_are_open() -> None:
    alone(_gathering)


def _promised() -> None:
    with promised(lambda: (os.getpid(), {"a": b"1"}), True) as there:
        at, found = there()
        assert at != os.getpid()
        assert found == {"a": b"1"}


def test_what_is_promised_is_worked_out_in_the_other_process() -> None:
    alone(_promised)


def _not_kept() -> None:
    here = os.getpid()

    def dies_there() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return here

    with promised(dies_there, True) as found:
        assert found() == here
    with promised(os.getpid, False) as found:
        assert found() == here


def test_what_is_promised_and_not_kept_is_worked_out_here() -> None:
    alone(_not_kept)


@pytest.mark.parametrize("pieces", [0, 1, 5])
def test_what_is_not_worth_it_is_done_here(pieces: int) -> None:
    with sharing(range(pieces), names, False) as (mine, theirs):
        assert names(mine()) == bytes(range(pieces))
        assert theirs() == b""
        assert names(mine()) == b""


if __name__ == "__main__":
    globals()[sys.argv[1]](*map(float, sys.argv[2:]))
