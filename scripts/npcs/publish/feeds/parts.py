"""Where a feed is cut: what people subscribe to, and an archive for each year gone by."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from npcs.publish.feeds.entry import Entry, Feed

RECENT = timedelta(days=90)
FEWEST = 30
"""As many entries a feed holds at least, where there are so many: those of a day stay together."""


def parts(
    title: str,
    author: str,
    address: str,
    entries: Sequence[Entry],
    as_of: date,
    base: str = "",
) -> Iterator[Feed]:
    """The feed and its archives, the newest first; ``entries`` come in that order as well.

    An archive holds all of a year, and the feed all that no archive does. What is recent, was
    recorded late or has changed stands in both: whoever looks every three months has no need of
    archives, which readers take in once (RFC 5005, 4).
    """
    by_year: dict[int, list[Entry]] = {}
    for one in entries:
        if one.on.year < as_of.year:
            by_year.setdefault(one.on.year, []).append(one)
    since = min(date(as_of.year, 1, 1), as_of - RECENT)
    if entries:
        since = min(since, entries[min(FEWEST, len(entries)) - 1].on)
    recent = tuple(one for one in entries if max(one.seen, one.updated) >= since)
    years = [None, *by_year, None]
    yield Feed(title, author, address, recent, base, before=years[1])
    for (after, year), (_, before) in zip(pairwise(years), pairwise(years[1:]), strict=False):
        if year:
            yield Feed(title, author, address, tuple(by_year[year]), base, year, before, after)
