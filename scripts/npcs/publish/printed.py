"""The charter to print: the PDF of a revision, or of a proposed text, beside its page."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from npcs.charter.revisions import Revision
from npcs.publish.pdf import About, CannotSet, about, charter_pdf
from npcs.publish.site import Site
from npcs.publish.text import Md, link, sentence


class Printed(NamedTuple):
    """A link to a PDF and the file itself; without one, the link says why."""

    link: Md
    files: Mapping[str, bytes]


def printed(site: Site, revision: Revision, address: str) -> Printed | None:
    """A revision as a PDF at an address; None where Git does not have its text."""
    raw = site.approvals.bytes_of(revision)
    text = site.approvals.text_of(revision)
    if not raw or text is None:
        return None
    title = str(text.content().data.get("title") or "Charter")
    return offered(raw, about(revision, title, f"Decision {revision.decision}."), address)


def offered(raw: bytes, says: About, address: str) -> Printed:
    """A text of the charter as a PDF at an address."""
    try:
        made = _set(raw, says)
    except CannotSet as error:
        return Printed(sentence("cannot be set: ", str(error)), {})
    return Printed(link("PDF", address), {address: made})


@lru_cache(maxsize=64)
def _set(raw: bytes, says: About) -> bytes:
    return charter_pdf(raw, says)
