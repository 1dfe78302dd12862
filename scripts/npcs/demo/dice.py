"""Chance that falls the same way on every machine and every Python.

Only ``random.Random(number).random()`` is used, whose results Python promises to keep; choosing
and shuffling are built on it here, since those of the standard library have changed before.
"""

import hashlib
import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A stream of chance with a name; streams of other names do not disturb it."""

    def __init__(self, seed: int, name: str) -> None:
        self.seed, self.name = seed, name
        number = hashlib.sha256(f"npcs-demo/{seed}/{name}".encode()).digest()[:8]
        self._next = random.Random(int.from_bytes(number, "big")).random

    def stream(self, name: str) -> "Dice":
        """Another stream of the same seed."""
        return Dice(self.seed, f"{self.name}/{name}")

    def below(self, limit: int) -> int:
        """A whole number from 0 up to, but not including, ``limit``."""
        return int(self._next() * limit)

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self._next() * (most - least + 1))

    def happens(self, percent: int) -> bool:
        """Whether something comes to pass that does so in so many of a hundred cases."""
        return int(self._next() * 100) < percent

    def choice(self, options: Sequence[T]) -> T:
        """One of several things."""
        return options[int(self._next() * len(options))]

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """The same things in another order."""
        mixed = list(things)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed

    def sample(self, things: Sequence[T], count: int) -> list[T]:
        """Some of the things, each at most once, in the order they stood in."""
        if count >= len(things):
            return list(things)
        places = list(range(len(things)))
        for done in range(count):
            other = done + self.below(len(places) - done)
            places[done], places[other] = places[other], places[done]
        return [things[place] for place in sorted(places[:count])]

    def pair(self, things: Sequence[T]) -> tuple[T, T]:
        """Two different ones of several things, in any order."""
        first = self.below(len(things))
        second = (first + 1 + self.below(len(things) - 1)) % len(things)
        return things[first], things[second]

    def day(self, first: date, last: date) -> date:
        """A day of a span, both ends included."""
        return first + timedelta(days=self.below(max(1, (last - first).days + 1)))
