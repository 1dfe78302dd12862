"""News as an Atom feed (RFC 4287), with addresses relative to where the feed stands."""

import posixpath
import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

_SPACE = uuid.UUID("5d1fbc3e-6c86-5f0b-9b73-0d6d7f4b8d55")
"""The name space of our entries: one thing has one id, wherever the site stands."""


class Entry(NamedTuple):
    """A piece of news: ``name`` tells it from all others for ever, ``address`` is its page."""

    name: str
    title: str
    address: str
    on: date
    text: str


def feed(title: str, address: str, entries: Iterable[Entry]) -> bytes:
    """A feed that stands at an address of the site, its entries the newest first."""
    kept: Sequence[Entry] = sorted(entries, key=lambda one: (one.on, one.name), reverse=True)
    newest = kept[0].on if kept else date(2000, 1, 1)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"<title>{escape(title)}</title>",
        f"<id>{_id(f'feed {title}')}</id>",
        f"<updated>{_moment(newest)}</updated>",
        f"<author><name>{escape(title)}</name></author>",
        f'<link rel="self" href={quoteattr(posixpath.basename(address))}/>',
    ]
    for one in kept:
        lines += [
            "<entry>",
            f"<title>{escape(one.title)}</title>",
            f"<id>{_id(one.name)}</id>",
            f"<link href={quoteattr(_way(address, one.address))}/>",
            f"<published>{_moment(one.on)}</published>",
            f"<updated>{_moment(one.on)}</updated>",
            f"<summary>{escape(one.text)}</summary>",
            "</entry>",
        ]
    return ("\n".join([*lines, "</feed>"]) + "\n").encode()


def _id(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_SPACE, name)}"


def _moment(day: date) -> str:
    return f"{day}T00:00:00Z"


def _way(feed_address: str, page: str) -> str:
    """The way from a feed to a page of the site."""
    folder = f"{page.removesuffix('/index')}/"
    return posixpath.relpath(folder, posixpath.dirname(feed_address) or ".") + "/"
