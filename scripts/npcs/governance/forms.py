"""The forms a parameter's value may have, each read from the text of the record.

A form is a function from a text to a value; it raises ValueError in words for the person who wrote
the text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from npcs.governance.dates import Period

Form = Callable[[str], Any]

_FRACTION = re.compile(r"(\d{1,4})/([1-9]\d{0,3})", re.ASCII)
_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_QUORUM = re.compile(r"(more than|at least) (\d{1,4}/[1-9]\d{0,3})", re.ASCII)
_NAMES = {
    Fraction(1, 2): "half",
    Fraction(1, 3): "one third",
    Fraction(2, 3): "two-thirds",
    Fraction(1, 4): "one quarter",
    Fraction(3, 4): "three-quarters",
    Fraction(1): "all",
}


def period(text: str) -> Period:
    """A length of time, which may be none at all."""
    return Period.parse(text)


def some_time(text: str) -> Period:
    """A length of time of at least a day."""
    found = Period.parse(text)
    if found.is_none:
        raise ValueError(f"“{text}” is no time at all: write at least 1 day")
    return found


def fraction(text: str) -> Fraction:
    """A share of a whole, above nothing and at most all of it."""
    match = _FRACTION.fullmatch(text)
    if not match:
        raise ValueError(f"“{text}” is not a fraction: write it as in 2/3")
    share = Fraction(int(match[1]), int(match[2]))
    if not 0 < share <= 1:
        raise ValueError(f"“{text}” is not a part of a whole: it must lie between 0 and 1")
    return share


def number(text: str) -> int:
    """A whole number, one or more."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"“{text}” is not a whole number from 1: write digits only, as in 12")
    return int(text)


def choice(*choices: str) -> Form:
    """One of a few words."""

    def chosen(text: str) -> str:
        if text not in choices:
            raise ValueError(f"“{text}” is not one of the readings known: {', '.join(choices)}")
        return text

    return chosen


@dataclass(frozen=True, slots=True)
class QuorumShare:
    """How many of those in office must take part for a decision to count.

    ``share`` is None where no quorum is asked for; with ``exceeded`` it must be passed, not only
    reached.
    """

    share: Fraction | None
    exceeded: bool = False

    def needed(self, base: int) -> int:
        """How many of ``base`` people must take part; at least one where there is a quorum."""
        if self.share is None:
            return 0
        whole, rest = divmod(self.share.numerator * base, self.share.denominator)
        return whole + 1 if self.exceeded else max(1, whole + bool(rest))

    def __str__(self) -> str:
        if self.share is None:
            return "none"
        return f"{'more than' if self.exceeded else 'at least'} {share_in_words(self.share)}"


def quorum(text: str) -> QuorumShare:
    """A quorum: ``more than 1/2``, ``at least 2/3`` or ``none``."""
    if text == "none":
        return QuorumShare(None)
    match = _QUORUM.fullmatch(text)
    if not match:
        raise ValueError(
            f"“{text}” is not a quorum: write it as in more than 1/2, at least 2/3, or none"
        )
    share = fraction(match[2])
    if match[1] == "more than" and share == 1:
        raise ValueError("nobody can be more than all")
    return QuorumShare(share, match[1] == "more than")


def round_up(part: Fraction) -> int:
    """The least whole number that is not below a fraction."""
    return -(-part.numerator // part.denominator)


def share_in_words(share: Fraction) -> str:
    """A fraction as people say it where they have a word for it: two-thirds, 3/5."""
    return _NAMES.get(share, f"{share.numerator}/{share.denominator}")


def mixed(part: Fraction) -> str:
    """A fraction as a whole number and what is left: 16/3 is 5 1/3."""
    whole, rest = divmod(part.numerator, part.denominator)
    if not rest:
        return str(whole)
    left = f"{rest}/{part.denominator}"
    return f"{whole} {left}" if whole else left
