"""A feed as Atom (RFC 4287), its archives linked to one another (RFC 5005)."""

import re
from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from npcs.publish.feeds.entry import Entry, Feed, moment
from npcs.publish.licence import LICENCE

_NEVER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold."""


def atom(feed: Feed) -> bytes:
    """A feed, or an archive of one, as an Atom document."""
    newest = max((one.updated for one in feed.entries), default=date(2000, 1, 1))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:fh="http://purl.org/syndication/history/1.0" xml:lang="en">',
        f"<title>{_text(feed.title)}</title>",
        f"<id>{feed.id}</id>",
        f"<updated>{moment(newest)}</updated>",
        f"<author><name>{_text(feed.author)}</name></author>",
        f"<rights>{_text(LICENCE.name)}</rights>",
        *_links(feed),
    ]
    for one in feed.entries:
        lines += _entry(feed, one)
    return ("\n".join([*lines, "</feed>"]) + "\n").encode()


def _links(feed: Feed) -> Iterator[str]:
    yield _link("self", feed.way(feed.file(".xml")))
    yield _link("alternate", feed.way_to_page(feed.page), "text/html")
    yield _link("license", LICENCE.address)
    if feed.year:
        yield "<fh:archive/>"
        yield _link("current", feed.way(f"{feed.address}.xml"))
    if feed.after:
        yield _link("next-archive", feed.way(feed.file(".xml", feed.after)))
    if feed.before:
        yield _link("prev-archive", feed.way(feed.file(".xml", feed.before)))


def _link(relation: str, address: str, form: str = "") -> str:
    form = f" type={quoteattr(form)}" if form else ""
    return f'<link rel="{relation}"{form} href={quoteattr(address)}/>'


def _entry(feed: Feed, one: Entry) -> Iterator[str]:
    yield "<entry>"
    yield f"<title>{_text(one.title)}</title>"
    yield f"<id>{one.id}</id>"
    yield f"<link href={quoteattr(feed.way_to_page(one.address))}/>"
    yield f"<category term={quoteattr(one.topic)}/>"
    yield f"<published>{moment(one.on)}</published>"
    yield f"<updated>{moment(one.updated)}</updated>"
    yield f"<summary>{_text(one.text)}</summary>"
    yield "</entry>"


def _text(text: str) -> str:
    return escape(_NEVER.sub("", text))
