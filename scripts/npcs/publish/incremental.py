"""Putting pages that were built again into the site they belong to."""

import json
from collections.abc import Collection
from pathlib import Path

INDEX = "search/search_index.json"


def place(staged: str) -> str:
    """The HTML file of a staged page, as the generator names it."""
    stem = staged.removesuffix(".md")
    if stem == "index" or stem.endswith("/index"):
        return f"{stem}.html"
    return f"{stem}/index.html"


def merged(before: Path, fresh: Path, gone: Collection[str]) -> str:
    """The search index with the entries of changed pages replaced and those of others kept.

    ``gone`` names the HTML files of pages that were built again or removed.
    """
    index = json.loads(before.read_text("utf-8"))
    addresses = {name.removesuffix("index.html") for name in gone}
    kept = [one for one in index["docs"] if one["location"].partition("#")[0] not in addresses]
    index["docs"] = kept + json.loads(fresh.read_text("utf-8"))["docs"]
    return json.dumps(index, separators=(",", ":"), ensure_ascii=True)
