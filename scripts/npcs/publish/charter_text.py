"""A text of the charter on a page: the one in force, an earlier one, or one that is proposed."""

import re
from collections.abc import Mapping

from npcs.charter.coverage import Held, coverage
from npcs.publish.held import in_a_line
from npcs.publish.site import Site
from npcs.publish.text import Md
from npcs.records.document import Document

_PROVISION = re.compile(
    r"^\*\*(?:\[([A-Z]{3}-\d+)\]\(hub:[\w/.-]*#[\w-]+\)|([A-Z]{3}-\d+))\*\*", re.MULTILINE
)


_END = re.compile(r"^\{: #([a-z]{3}-\d+) \}$", re.MULTILINE)


def charter_text(site: Site, text: Document, level: int = 2, *, held: bool = False) -> Md:
    """The text ready for a page, the id of each provision leading to its own place there.

    With ``held`` a line below each provision says what holds it and which records it touches.
    """
    shown = _PROVISION.sub(_marked, site.earlier(text, level))
    if held:
        table = coverage(site.hub)
        shown = _END.sub(lambda found: f"{found[0]}{_held(site, table, found[1])}", shown)
    return Md(shown)


def _held(site: Site, table: Mapping[str, Held], anchor: str) -> str:
    one = table.get(anchor.upper())
    line = in_a_line(site, one) if one else ""
    return f"\n\n{line}\n{{: .npcs-held }}" if line else ""


def _marked(found: re.Match[str]) -> str:
    key = found[1] or found[2]
    return f"[{key}](#{key.lower()}){{ .npcs-provision }}"
