"""Work shared with a second process: nothing is left out, whoever is slow and whoever fails."""

import os
import signal
import time
from collections.abc import Iterator

import pytest

from npcs.rules.beside import answering, possible, sharing

needs_two = pytest.mark.skipif(not possible(), reason="needs a second core and fork")


def names(pieces: Iterator[int], pause: float = 0) -> bytes:
    taken = bytearray()
    for one in pieces:
        taken.append(one)
        time.sleep(pause)
    return bytes(taken)


@needs_two
class TestSharing:
    @pytest.mark.parametrize(("here", "there"), [(0, 0), (0.002, 0), (0, 0.002), (0.001, 0.001)])
    def test_every_piece_is_taken_whoever_is_slow(self, here: float, there: float) -> None:
        with sharing(range(200), lambda its: names(its, there), True) as (mine, theirs):
            front = names(mine(), here)
            back = bytes(theirs())
        assert {*front, *back} == set(range(200))
        assert list(front) == list(range(len(front)))
        assert list(back) == list(range(199, 199 - len(back), -1))
        assert len(front) + len(back) <= 201

    def test_the_slow_one_takes_less(self) -> None:
        with sharing(range(200), names, True) as (mine, theirs):
            front = names(mine(), 0.005)
            assert len(theirs()) > len(front) > 0

    def test_what_a_failed_process_took_is_given_back(self) -> None:
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

    def test_an_error_there_is_an_empty_answer(self, capfd: pytest.CaptureFixture[str]) -> None:
        with sharing(range(9), lambda _: bytes(1 // 0), True) as (mine, theirs):
            assert not theirs()
            assert list(mine()) == list(range(9))
        capfd.readouterr()


@pytest.mark.parametrize("pieces", [0, 1, 5])
def test_what_is_not_worth_it_is_done_here(pieces: int) -> None:
    with sharing(range(pieces), names, False) as (mine, theirs):
        assert names(mine()) == bytes(range(pieces))
        assert theirs() == b""
        assert names(mine()) == b""


@needs_two
def test_a_torn_answer_is_none() -> None:
    def torn() -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        return b"whole"

    with answering(torn) as answer:
        assert answer() == b""
    with answering(lambda: b"x" * 3_000_000) as answer:
        assert len(answer()) == 3_000_000
