"""What a page is in a line or two of plain text, for those who see it in a list elsewhere.

Search engines and programs that show a link take it from the head of the page.
"""

from npcs.governance.dates import day_in_words
from npcs.publish.page import Callout, Page, Text
from npcs.publish.search.texts import shown
from npcs.publish.text import said

MOST = 155
"""How many characters are shown of it elsewhere."""


def summary(page: Page) -> str:
    """The kind, number, state, day and title of a page, and how it begins; at most ``MOST``."""
    about = page.facets if page.source else None
    on = day_in_words(about.on) if about and about.on else ""
    kind = f"{page.kind} {page.number}".strip() if about else ""
    state = about.state.lower() if about else ""
    head = ", ".join(filter(None, (kind, state, on)))
    parts = (head, page.title, page.description or _beginning(page))
    whole = " ".join(map(_ended, filter(None, parts)))
    if len(whole) <= MOST:
        return whole
    return whole[: MOST - 1].rpartition(" ")[0].rstrip(".,;:") + "…"


def _ended(text: str) -> str:
    return text if text[-1] in "?!…" else text.rstrip(".:; ") + "."


def _beginning(page: Page) -> str:
    """The first words of a page, as plain text."""
    if page.facets and page.facets.said:
        return page.facets.said
    texts = (one.text for one in page.blocks if isinstance(one, Text | Callout))
    return said(shown(page.lead or next(texts, "")))
