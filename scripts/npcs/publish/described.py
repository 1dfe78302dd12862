"""What a page is to search engines: schema.org as JSON-LD, a block of data that nothing runs.

A browser takes such a block for no script, so the policy of the pages stays as it is. What stands
in it stands on the page as well. Pages of a partnership that is made up have none.
"""

import json
from typing import Any

from npcs.publish.addresses import page_address
from npcs.publish.licence import LICENCE
from npcs.publish.page import Page
from npcs.publish.site import Site
from npcs.publish.text import said
from npcs.records.charter import Meeting
from npcs.records.definitions import Definition
from npcs.records.notices import Notice
from npcs.records.practices import Practice
from npcs.records.record import Record

HOME = "index"
_ESCAPED = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def described(page: Page, site: Site) -> str:
    """The element with the data of a page, in one line; empty where there is nothing to say."""
    found = None if site.settings.banner else _found(page, site)
    if not found:
        return ""
    data = {"@context": "https://schema.org", **found, **_address("url", site, page.address)}
    told = json.dumps({name: one for name, one in data.items() if one})  # ASCII alone
    return f'<script type="application/ld+json">{told.translate(_ESCAPED)}</script>'


def _found(page: Page, site: Site) -> dict[str, Any] | None:
    if page.address == HOME:
        return _partnership(site) | {"description": f"{said(page.lead).partition('. ')[0]}."}
    record = site.hub.record(page.source) if page.source else None
    summary = page.facets.said if page.facets else ""
    match record:
        case Notice():
            issued = site.come(record.issued)
            on = str(issued) if issued else None
            state = next((one for one in page.chips if ".npcs-chip" in one), "")
            return _work(page, site, record, "Article") | {
                "headline": page.title, "abstract": summary, "datePublished": on,
                "creativeWorkStatus": said(state),
            }  # fmt: skip
        case Practice():
            return _work(page, site, record, "CreativeWork") | {
                "abstract": summary, "keywords": [*record.topics],
            }  # fmt: skip
        case Definition():
            terms = {"@type": "DefinedTermSet", "name": f"Definitions of {site.settings.name}",
                     **_address("url", site, "definitions/index")}  # fmt: skip
            return {"@type": "DefinedTerm", "name": page.title, "description": summary,
                    "inDefinedTermSet": terms}  # fmt: skip
        case Meeting():
            state = "EventCancelled" if record.status == "cancelled" else "EventScheduled"
            return {"@type": "Event", "name": page.title, "startDate": str(record.date),
                    "eventStatus": f"https://schema.org/{state}",
                    "organizer": _partnership(site)}  # fmt: skip
    return None


def _work(page: Page, site: Site, record: Record, kind: str) -> dict[str, Any]:
    """What is said of a text: its name and number, who publishes it, and its licence."""
    known = site.history.files.get(record.path)
    return {
        "@type": kind, "name": page.title, "identifier": page.number or record.key,
        "inLanguage": "en", "license": LICENCE.address,
        "dateModified": str(known.last.on) if known else None, "publisher": _partnership(site),
    }  # fmt: skip


def _partnership(site: Site) -> dict[str, Any]:
    return {"@type": "Organization", "name": site.settings.name, **_address("url", site, HOME)}


def _address(name: str, site: Site, page: str) -> dict[str, str]:
    """The address of a page, where the site has one on the web."""
    base = site.settings.address
    return {name: base + page_address(page)} if base else {}
