"""What a printed charter says of itself: on its first page, and at the head and foot of each."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from npcs.charter.revisions import Revision
from npcs.governance.dates import day_in_words

State = Literal["approved", "unverified", "proposed"]

MARKS: dict[State, str] = {
    "approved": "",
    "unverified": "Approval not verified",
    "proposed": "Proposed – not approved",
}
"""What stands on every page of a text that is not known to be approved."""


@dataclass(frozen=True, slots=True)
class About:
    """What a printed charter says of itself.

    ``state`` is ``approved`` only where the decision was adopted and the tag that holds the text
    has been verified; ``unverified`` where the decision was adopted and nobody has looked further.
    ``digest`` is that of the file (``sha256:`` and 64 digits), ``decision`` the id of what adopted
    it, ``sentence`` how that came about or what is lacking. ``adopted`` is the day of the decision,
    ``effective`` the first day the text is in force. ``address`` is where it stands on the web.
    """

    title: str
    version: str
    state: State
    digest: str
    sentence: str
    decision: str = ""
    adopted: date | None = None
    effective: date | None = None
    address: str = ""


def about(revision: Revision, title: str, how: str, address: str = "") -> About:
    """What a printed revision says of itself; ``how`` tells how it was adopted, in a sentence.

    Approved is only what has been verified from a root key on: its tag, signature and digest.
    """
    return About(
        title,
        revision.version,
        "approved" if revision.state == "verified" else "unverified",
        revision.digest,
        f"{how} {revision.sentence}.",
        revision.decision,
        revision.adopted,
        revision.effective,
        address,
    )


def foot(says: About) -> str:
    """The line at the foot of every page."""
    parts = [f"Version {says.version}"]
    if says.adopted:
        parts.append(f"adopted {day_in_words(says.adopted)} by {says.decision}")
        if says.effective and says.effective != says.adopted:
            parts.append(f"in effect from {day_in_words(says.effective)}")
    else:
        parts.append("not adopted")
    return ", ".join(parts)


def facts(says: About) -> list[tuple[str, str]]:
    """What stands on the first page below the title, each fact with its name."""
    found = [("Version", says.version)]
    if says.adopted:
        found.append(("Adopted", f"{day_in_words(says.adopted)}, by decision {says.decision}"))
        found.append(("In effect", f"from {day_in_words(says.effective or says.adopted)}"))
    if says.address:
        found.append(("On the web", says.address))
    return [*found, ("Digest", says.digest)]
