"""The charter to print: the PDF of a revision, or of a proposed text, beside its page."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from npcs.charter.digest import digest
from npcs.charter.revisions import Revision
from npcs.governance.tally import decision_day
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
    if not site.approvals.adopted(revision):
        said = f"No decision adopted this text. {revision.sentence}."
        return offered(raw, About(title, revision.version, "proposed", digest(raw), said), address)
    return offered(raw, about(revision, title, f"Decision {revision.decision}."), address)


def proposal(site: Site, address: str) -> Printed:
    """The text that stands among the records as a PDF, marked on each page as not approved."""
    charter = site.approvals.charter
    assert charter
    raw = site.approvals.source
    title, version, named = charter.title, charter.version, digest(raw)
    deciding = site.approvals.deciding
    if deciding and site.standing(deciding).holds:
        said = f"Decision {deciding.key} adopted these words; no approval of them was verified."
        says = About(title, version, "unverified", named, said, deciding.key,
                     decision_day(deciding), deciding.effective)  # fmt: skip
    else:
        said = "No decision on record has adopted these words."
        says = About(title, version, "proposed", named, said)
    return offered(raw, says, address)


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
