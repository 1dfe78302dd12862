"""Exact numbers as people write them: in decimals, long ones in groups of three digits."""

from collections.abc import Iterable
from fractions import Fraction


def decimal(number: Fraction | int, places: int = 0) -> str:
    """A number to so many decimal places; half of the last one is rounded away from zero."""
    top, below = abs(number.numerator) * 10**places, number.denominator
    scaled = (2 * top + below) // (2 * below)
    whole, rest = divmod(scaled, 10**places)
    sign = "−" if number < 0 and scaled else ""
    return f"{sign}{whole:,}" + (f".{rest:0{places}}" if places else "")


def places_for(numbers: Iterable[Fraction]) -> int:
    """How many decimal places tell numbers of a size apart: none where all are whole, else few."""
    those = list(numbers)
    if all(one.denominator == 1 for one in those):
        return 0
    largest = max(map(abs, those))
    return 0 if largest >= 1000 else 1 if largest >= 10 else 2 if largest >= 1 else 3
