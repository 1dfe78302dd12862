"""A redline as a page of its own: one file that needs no other, and can be mailed and printed."""

import re
from collections.abc import Iterator, Sequence
from importlib.resources import files

from npcs.charter.redline.compare import Redline
from npcs.charter.redline.html import Address, as_html, escaped
from npcs.charter.redline.inline import safe_address
from npcs.charter.redline.plain import from_to
from npcs.charter.redline.provisions import ProvisionChange
from npcs.charter.texts import Text

GENERATOR = '<meta name="generator" content="npcs charter diff">'
"""By this line such a page is known."""

_CODE = re.compile(r"`([^`]+)`")


def as_page(
    redline: Redline,
    old: Text,
    new: Text,
    provisions: Sequence[ProvisionChange] = (),
    *,
    address: Address = safe_address,
) -> str:
    """The whole page, with a summary, the provisions changed, and the text with its marks."""
    title = f"What changed in the {new.title}" if new.title else "What changed"
    return "\n".join(
        (
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            GENERATOR,
            f"<title>{escaped(title)}</title>",
            f"<style>\n{style()}</style>",
            "</head>",
            "<body>",
            "<main>",
            f"<h1>{escaped(title)}</h1>",
            f'<p class="lead">{escaped(from_to(old, new))}</p>',
            *_summary(redline),
            *_provisions(provisions),
            '<section class="text" aria-label="The text, with its changes marked">',
            as_html(redline, address=address).rstrip("\n"),
            "</section>",
            "</main>",
            "</body>",
            "</html>\n",
        )
    )


def style() -> str:
    """The style of such a page: its own, and that of the marks."""
    here = files("npcs.charter.redline")
    return "".join((here / name).read_text("utf-8") for name in ("page.css", "marks.css"))


def _summary(redline: Redline) -> Iterator[str]:
    counts = redline.counts
    if redline.is_empty:
        yield "<p>The two texts are the same in every word.</p>"
        return
    yield '<ul class="sum" aria-label="Words changed">'
    for number, what in zip(counts, ("inserted", "deleted", "moved"), strict=True):
        word = "word" if number == 1 else "words"
        yield f"<li><strong>{number:,}</strong> {word} {what}</li>"
    yield "</ul>"
    yield (
        '<p class="legend npcs-redline">How to read it: <ins>inserted</ins>, <del>deleted</del>, '
        '<ins class="npcs-redline-moved">moved here</ins>, '
        '<del class="npcs-redline-moved">moved away</del>. A bar in the margin stands beside every '
        "paragraph that changed.</p>"
    )


def _provisions(changes: Sequence[ProvisionChange]) -> Iterator[str]:
    if not changes:
        return
    yield "<h2>Provisions changed</h2>"
    yield '<ul class="provisions">'
    for one in changes:
        what = _CODE.sub(r"<code>\1</code>", escaped(one.sentences))
        yield (
            f'<li><a href="#redline-{one.id.lower()}"><strong>{one.id}</strong></a> {one.said}'
            f"<p>{what}</p></li>"
        )
    yield "</ul>"
