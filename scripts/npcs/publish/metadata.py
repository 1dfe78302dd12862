"""What a page says of itself to programs: Dublin Core terms, schema.org, and where its data are.

Citation managers and search engines read these. Everything in them stands on the page as well.
"""

from collections.abc import Iterator

from npcs.publish.addresses import page_address
from npcs.publish.described import described
from npcs.publish.licence import LICENCE
from npcs.publish.page import Page
from npcs.publish.site import Site

_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def head(page: Page, site: Site) -> str:
    """HTML for the head of a page, in one line; empty where there is nothing to say."""
    return ("".join(_lines(page, site)) if page.source else "") + described(page, site)


def _lines(page: Page, site: Site) -> Iterator[str]:
    document = site.hub.documents[page.source]
    known = site.recorded(page.source)
    address = page_address(page.address)
    yield _meta("title", page.title)
    yield _meta("type", page.kind)
    base = site.settings.address
    yield _meta("identifier", base + address if base else page.number or document.id)
    yield _meta("publisher", site.settings.name)
    if known:
        yield _meta("created", str(known.first.on))
        yield _meta("modified", str(known.last.on))
    yield _meta("language", "en")
    yield _meta("license", LICENCE.address)
    record = site.hub.record(page.source)
    if record and (data := site.data(record)):
        up = "../" * address.count("/")
        yield f'<link rel="describedby" type="application/json" href="{up}{data}">'


def _meta(name: str, content: str) -> str:
    content = " ".join(content.split()).translate(_ESCAPED)
    return f'<meta name="dcterms.{name}" content="{content}">'
