"""A feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from typing import Any

from npcs.publish.feeds.entry import Feed, moment


def json_feed(feed: Feed) -> bytes:
    """A feed, or an archive of one, as JSON; ``next_url`` leads to what is older."""
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.way_to_page(feed.page),
        "feed_url": feed.way(feed.file(".json")),
        "language": "en",
        "authors": [{"name": feed.author}],
    }
    if feed.before:
        document["next_url"] = feed.way(feed.file(".json", feed.before))
    document["items"] = [
        {
            "id": one.id,
            "url": feed.way_to_page(one.address),
            "title": one.title,
            "content_text": one.text,
            "date_published": moment(one.on),
            "date_modified": moment(one.updated),
            "tags": [one.topic],
        }
        for one in feed.entries
    ]
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
