"""Days of the calendar and the time between them.

First and last days are inclusive. Nothing here knows what day it is.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_PERIOD = re.compile(r"(0|[1-9]\d{0,3}) (year|month|day)s?", re.ASCII)
_LAST_MONTH = 12 * date.max.year + 11
_FIRST_MONTH = 12 * date.min.year


def add_months(day: date, number: int) -> date:
    """The same day of the month, a number of months later, or earlier where it is negative.

    A day that does not exist becomes the first of the next month: a month after 31 January is
    1 March. What lies beyond the calendar becomes its first or last day.
    """
    month = 12 * day.year + day.month - 1 + number
    if month > _LAST_MONTH:
        return date.max
    if month < _FIRST_MONTH:
        return date.min
    try:
        return date(month // 12, month % 12 + 1, day.day)
    except ValueError:
        return date(month // 12, month % 12 + 2, 1)  # December has all its days


def add_years(day: date, number: int) -> date:
    """The same day, a number of years later; a year after 29 February is 1 March."""
    return add_months(day, 12 * number)


def add_days(day: date, number: int) -> date:
    """The day a number of days later; what lies beyond the calendar is its first or last day."""
    try:
        return day + timedelta(days=number)
    except OverflowError:
        return date.max if number > 0 else date.min


def day_before(day: date) -> date:
    """The day before; nothing comes before the calendar's first day."""
    return add_days(day, -1)


def day_after(day: date) -> date:
    """The day after; nothing comes after the calendar's last day."""
    return add_days(day, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time as a charter speaks of it: years, months or days, never negative."""

    years: int = 0
    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> "Period":
        """The period a text gives, as in ``2 years``, ``6 months`` or ``60 days``.

        Raises ValueError, in words for the person who wrote the text.
        """
        match = _PERIOD.fullmatch(text)
        if not match:
            raise ValueError(
                f"“{text}” is not a length of time: write it as in 1 year, 6 months or 60 days"
            )
        return cls(**{match[2] + "s": int(match[1])})

    def after(self, day: date) -> date:
        """The first day on which the period that begins on ``day`` has passed.

        A year after 1 March 2027 is 1 March 2028, so the year's last day is the day before.
        """
        return add_days(add_months(day, 12 * self.years + self.months), self.days)

    def before(self, day: date) -> date:
        """The day that lies the period before ``day``."""
        return add_days(add_months(day, -12 * self.years - self.months), -self.days)

    def last_day(self, first: date) -> date:
        """The last day of the period that has ``first`` as its first day."""
        after = self.after(first)
        return after if after == date.max else day_before(after)

    @property
    def is_none(self) -> bool:
        """Whether the period has no length at all."""
        return not (self.years or self.months or self.days)

    def __str__(self) -> str:
        parts = [
            in_words(number, unit)
            for number, unit in ((self.years, "year"), (self.months, "month"), (self.days, "day"))
            if number
        ]
        return " and ".join(parts) or "0 days"


YEAR = Period(years=1)


def term_end(start: date, length: Period = YEAR) -> date:
    """The last day of a term that starts on a day (TRM-1, TRM-4).

    One that starts on 1 March ends on the last day of February; so does one that starts on
    29 February.
    """
    return length.last_day(start)


def day_in_words(day: date) -> str:
    """A day as people write it: 1 March 2027."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def in_words(number: int, unit: str) -> str:
    """A number with its unit: 1 day, 2 days."""
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def how_many(part: int, whole: int, unit: str, how: str) -> str:
    """How many of some are as told, as a clause: none of 3 steps is done, both steps are done.

    It begins small, and its number fits its verb. ``whole`` is at least 1.
    """
    if whole == 1:
        return f"the only {unit} is {how if part else f'not {how}'}"
    every = "both" if whole == 2 else f"all {whole}"
    if part == whole:
        return f"{every} {unit}s are {how}"
    some = {0: "none", 1: "one"}.get(part, str(part))
    return f"{some} of {whole} {unit}s {'is' if part < 2 else 'are'} {how}"
