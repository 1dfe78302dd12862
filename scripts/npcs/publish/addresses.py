"""Where each record stands on the site. An address, once published, is valid for ever."""

import re

from npcs.publish.errors import BuildFailed
from npcs.records.document import Document
from npcs.records.kinds import KINDS

PLACES = {
    "charter": "charter/index",
    "parameters": "charter/parameters",
    "coverage": "charter/coverage",
    "member": "members/{id}",
    "person": "people/{id}",
    "term": "committee/terms/{id}",
    "group": "committee/groups/{id}",
    "meeting": "meetings/{id}",
    "decision": "decisions/{id}",
    "recommendation": "recommendations/{id}",
    "agreement": "agreements/{id}",
    "waiver": "waivers/{id}",
    "activity": "workplan/activities/{id}",
    "priority": "workplan/priorities/{id}",
    "opportunity": "workplan/opportunities/{id}",
    "measure": "workplan/measures/{id}",
    "definition": "definitions/terms/{id}",
    "data-package": "definitions/core-data-set",
    "instrument": "definitions/instruments/{id}",
    "notice": "notices/{id}",
    "answer": "notices/{notice}#answers",
    "practice": "practices/library/{id}",
    "bundle": "practices/bundles/{id}",
    "curriculum": "practices/curricula/{id}",
}
"""The address of a record by its kind. An answer stands on the page of its notice, among all of
them: an address of its own would tell that a member answered."""


_LISTS = {
    "charter": "charter/index",
    "parameters": "charter/parameters",
    "coverage": "charter/coverage",
    "term": "committee/terms/index",
    "waiver": "rules/index",
    "data-package": "definitions/data",
    "instrument": "definitions/instruments/index",
    "opportunity": "workplan/opportunities/index",
}
"""The page that lists the records of a kind, where it is not that of its section."""


def list_of(kind: str) -> str:
    """The address of the page that lists the records of a kind."""
    return _LISTS.get(kind) or PLACES[kind].partition("/")[0] + "/index"


CONTACT = "about/index#contact"
"""Where it stands how the project coordinator is reached."""

DATA = "api/v1"
"""Where the records stand as data. Another form of them would be ``api/v2``."""

_DATA_FOLDERS = {"coverage": "coverage", "charter": "charter"}


def data_folder(kind: str) -> str:
    """Where the records of a kind stand as data: ``api/v1/decisions``."""
    return f"{DATA}/{_DATA_FOLDERS.get(kind) or KINDS[kind].plural.replace(' ', '-')}"


def data_of(kind: str, key: str) -> str:
    """Where a record stands as data; empty for an answer, which has no address of its own."""
    return "" if kind == "answer" else f"{data_folder(kind)}/{key}.json"


def page_address(address: str) -> str:
    """What a browser asks for to see a page, from the top of the site."""
    return address.removesuffix("index") if f"/{address}".endswith("/index") else f"{address}/"


def reading_anchor(name: str) -> str:
    """The anchor of a parameter on the page of readings."""
    return re.sub(r"[^a-z0-9-]+", "-", name.lower()).strip("-") or "reading"


def address_of(document: Document) -> str:
    """The address of a record's page, without the ending.

    Raises ``BuildFailed`` for a kind of record that has none.
    """
    place = PLACES.get(document.kind.name)
    if place is None:
        raise BuildFailed(
            f"{document.path}: there is no place on the site for records of the kind "
            f"“{document.kind.name}”. Name one in publish/addresses.py, and add a page for it to a "
            "section."
        )
    if document.kind.name == "answer":
        return place.format(notice=document.id.partition("/")[0])
    return place.format(id=document.id)
