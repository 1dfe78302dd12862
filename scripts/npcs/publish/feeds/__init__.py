"""News to subscribe to: what happened, as feeds that any reader follows.

Each feed is written twice, as Atom (RFC 4287) and as JSON Feed 1.1. A feed holds everything of this
year and of the last 90 days, however much that is; what is older stands in one archive a year, and
each leads to the one before (RFC 5005). So nobody misses anything, not even in a burst.
"""

from collections.abc import Callable, Iterator, Mapping

from npcs.publish.feeds.atom import atom
from npcs.publish.feeds.entry import Entry, Feed
from npcs.publish.feeds.jsonfeed import json_feed
from npcs.publish.feeds.news import charter_news, decision_news, every_news, notice_news
from npcs.publish.feeds.parts import parts
from npcs.publish.site import Site

FEEDS: Mapping[str, tuple[str, str]] = {
    "feed": ("All news", "Everything below, and meetings, recommendations, practices and terms."),
    "notices/feed": ("Safety notices", "Each notice when it goes out, is amended, closed, "
                                       "replaced or withdrawn."),
    "decisions/feed": ("Decisions", "What was decided, and every later correction."),
    "charter/feed": ("The charter", "Each approved version of the text."),
}  # fmt: skip
"""Every feed by where it stands, without the ending: its name and what it brings."""

_NEWS: Mapping[str, tuple[str, Callable[[Site], Iterator[Entry]]]] = {
    "feed": ("News", every_news),
    "notices/feed": ("Safety notices", notice_news),
    "decisions/feed": ("Decisions", decision_news),
    "charter/feed": ("Charter", charter_news),
}


def entries(site: Site, address: str = "feed") -> list[Entry]:
    """The news of a feed up to the day of the site, the newest first."""
    past = (one for one in _NEWS[address][1](site) if one.on <= site.as_of)
    return sorted(past, key=lambda one: (one.on, one.name), reverse=True)


def feeds(site: Site) -> dict[str, Feed]:
    """All feeds and their archives, by path without the ending."""
    every: dict[str, Feed] = {}
    name = site.settings.name
    for address, (title, _) in _NEWS.items():
        found = entries(site, address)
        for part in parts(
            f"{title} of {name}", name, address, found, site.as_of, site.settings.address
        ):
            every[part.file("")] = part
    return every


def files_of(feed: Feed) -> dict[str, bytes]:
    """The files of a feed, by path."""
    return {feed.file(".xml"): atom(feed), feed.file(".json"): json_feed(feed)}


def feed_files(site: Site) -> dict[str, bytes]:
    """The files of all feeds and their archives, by path."""
    return {path: raw for one in feeds(site).values() for path, raw in files_of(one).items()}


__all__ = ["FEEDS", "Entry", "Feed", "entries", "feed_files", "feeds", "files_of"]
