"""A text of the charter on a page: the one in force, an earlier one, or one that is proposed."""

import re

from npcs.publish.site import Site
from npcs.publish.text import Md
from npcs.records.document import Document

_PROVISION = re.compile(
    r"^\*\*(?:\[([A-Z]{3}-\d+)\]\(hub:[\w/.-]*#[\w-]+\)|([A-Z]{3}-\d+))\*\*", re.MULTILINE
)


def charter_text(site: Site, text: Document, level: int = 2) -> Md:
    """The text ready for a page, the id of each provision leading to its own place there."""
    return Md(_PROVISION.sub(_marked, site.earlier(text, level)))


def _marked(found: re.Match[str]) -> str:
    key = found[1] or found[2]
    return f"[{key}](#{key.lower()}){{ .npcs-provision }}"
