"""Whole numbers that hang together: the least and the most that each of them can be.

Relations are used one by one, and again where something changed, until nothing moves. No bound is
ever narrower than the relations allow. It can be wider, so ``probed`` also tries what follows if a
number were at one end of its bounds, and takes off what contradicts.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

MOST = 10**12
"""The most that any number is taken to be."""

_ROUNDS = 50
"""How often each relation is used at most, on average. Fewer times only leave bounds wider."""

_TRIED = 400
"""How many wholes are tried one by one, where neither they nor their parts are known."""


class Sum(NamedTuple):
    """A total, and the parts it is made of, by the places of the numbers."""

    total: int
    parts: tuple[int, ...]

    @property
    def numbers(self) -> Iterable[int]:
        """The places of all numbers that hang together."""
        return (self.total, *self.parts)

    def narrow(self, low: list[int], high: list[int]) -> None:
        """The total is the sum of the parts, and each part what the others leave of it."""
        least = sum([low[one] for one in self.parts])
        most = sum([high[one] for one in self.parts])
        low[self.total] = floor = max(low[self.total], least)
        high[self.total] = ceiling = min(high[self.total], most)
        for one in self.parts:
            below, above = low[one], high[one]
            if floor - (most - above) > below:
                low[one] = floor - (most - above)
            if ceiling - (least - below) < above:
                high[one] = ceiling - (least - below)


class Rate(NamedTuple):
    """A part and its whole, whose share is known: low x whole <= scale x part <= high x whole."""

    part: int
    whole: int
    low: int
    high: int
    scale: int

    @property
    def numbers(self) -> Iterable[int]:
        """The places of all numbers that hang together."""
        return (self.part, self.whole)

    def narrow(self, low: list[int], high: list[int]) -> None:
        """A share leaves a part only so much room, and so its whole."""
        part, whole = self.part, self.whole
        if low[whole] != high[whole]:
            if self.high > 0:
                low[whole] = max(low[whole], -(-low[part] * self.scale // self.high))
            if self.low > 0:
                high[whole] = min(high[whole], high[part] * self.scale // self.low)
        between = high[whole] - low[whole]
        if 0 < between <= _TRIED and low[part] != high[part]:
            self._try(low, high)
        else:
            self._room(low, high, low[whole], high[whole])

    def _room(self, low: list[int], high: list[int], least: int, most: int) -> None:
        part = self.part
        low[part] = max(low[part], -(-self.low * (least if self.low > 0 else most) // self.scale))
        high[part] = min(high[part], self.high * (most if self.high > 0 else least) // self.scale)

    def _try(self, low: list[int], high: list[int]) -> None:
        """Only wholes with which a whole number makes the share, and only the parts they have."""
        part, whole = self.part, self.whole
        fits = []
        for one in range(low[whole], high[whole] + 1):
            least = max(low[part], -(-self.low * one // self.scale))
            most = min(high[part], self.high * one // self.scale)
            if least <= most:
                fits.append((one, least, most))
        if not fits:
            high[part] = low[part] - 1
            return
        low[whole], high[whole] = fits[0][0], fits[-1][0]
        low[part] = min(least for _, least, _ in fits)
        high[part] = max(most for *_, most in fits)


Relation = Sum | Rate


class Bounds:
    """Numbers with their bounds, and the relations between them; ``fits`` if they can all hold."""

    def __init__(
        self, low: Sequence[int], high: Sequence[int], relations: Sequence[Relation]
    ) -> None:
        self.low, self.high = [*low], [*high]
        self._relations = relations
        self._of: dict[int, list[int]] = {}
        for at, relation in enumerate(relations):
            for number in relation.numbers:
                self._of.setdefault(number, []).append(at)
        self.fits = self._narrow(self.low, self.high, range(len(relations)))

    def _narrow(self, low: list[int], high: list[int], start: Iterable[int]) -> bool:
        queue = deque(start)
        waiting = {*queue}
        for _ in range(_ROUNDS * len(self._relations)):
            if not queue:
                break
            at = queue.popleft()
            waiting.discard(at)
            relation = self._relations[at]
            before = [(one, low[one], high[one]) for one in relation.numbers]
            relation.narrow(low, high)
            for one, least, most in before:
                if low[one] == least and high[one] == most:
                    continue
                if low[one] > high[one]:
                    return False
                for other in self._of[one]:
                    if other not in waiting:
                        waiting.add(other)
                        queue.append(other)
        return True

    def can_be(self, number: int, least: int, most: int) -> bool:
        """Whether a number can lie between two others, as far as can be told."""
        least, most = max(least, self.low[number]), min(most, self.high[number])
        if least > most:
            return False
        low, high = [*self.low], [*self.high]
        low[number], high[number] = least, most
        return self._narrow(low, high, self._of.get(number, ()))

    def probed(self, number: int, width: int, limit: int) -> tuple[int, int]:
        """The bounds of a number, drawn closer where it could lie low and within a width.

        Ends below ``limit`` that contradict are taken off; where the number cannot be ``width`` or
        more above its least, it is told so.
        """
        while self.low[number] <= limit and not self.can_be(number, 0, self.low[number]):
            if self.low[number] >= self.high[number]:
                break
            self.low[number] += 1
        low, high = self.low[number], self.high[number]
        if low <= limit and high - low >= width and not self.can_be(number, low + width, MOST):
            high = low + width - 1
            while high > low and not self.can_be(number, high, high):
                high -= 1
        return low, high
