"""The redline between two texts of the charter, or any two Markdown texts.

``redline(old, new)`` compares; the rest shows what it found. Texts are given without front matter.
"""

from npcs.charter.redline.compare import Counts, Redline, redline
from npcs.charter.redline.html import as_html
from npcs.charter.redline.markdown import as_markdown
from npcs.charter.redline.page import as_page
from npcs.charter.redline.plain import as_json, as_text, from_to, how_much
from npcs.charter.redline.provisions import ProvisionChange, provisions_changed
from npcs.charter.redline.stretches import Stretch

__all__ = [
    "Counts",
    "ProvisionChange",
    "Redline",
    "Stretch",
    "as_html",
    "as_json",
    "as_markdown",
    "as_page",
    "as_text",
    "from_to",
    "how_much",
    "provisions_changed",
    "redline",
]
