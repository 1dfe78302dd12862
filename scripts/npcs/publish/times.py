"""Days on a finished page, each in an element that tells programs which day it is.

People read 3 March 2027, which nobody takes for another day; ``<time datetime="2027-03-03">``
around it lets browsers, readers and search engines take it for one.
"""

import re
from datetime import date
from functools import lru_cache

from npcs.governance.dates import MONTHS

_DAY = re.compile(
    r'<[^"<>]*(?:"[^"]*"[^"<>]*)*>'  # a tag, whose words stay as they are
    rf"|(?<![\w-])(\d{{1,2}})\s({'|'.join(MONTHS)})\s(\d{{4}})(?!\w)"
)


def timed(text: str) -> str:
    """The HTML of a page's article with its days marked."""
    return _DAY.sub(_marked, text)


def _marked(found: re.Match[str]) -> str:
    day, month, year = found.groups()
    when = _day(day, month, year) if day else ""
    return f'<time datetime="{when}">{found[0]}</time>' if when else found[0]


@lru_cache(maxsize=10_000)
def _day(day: str, month: str, year: str) -> str:
    try:
        return date(int(year), MONTHS.index(month) + 1, int(day)).isoformat()
    except ValueError:
        return ""  # a day that there never was


__all__ = ["timed"]
