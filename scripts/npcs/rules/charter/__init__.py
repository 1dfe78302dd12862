"""Rules on the charter itself: its provisions, its reviews, and the approval of its text."""

from npcs.rules.charter.approval import revision_signature, revision_tag
from npcs.rules.charter.provisions import provision_coverage, provision_ids
from npcs.rules.charter.readings import reading_provisional
from npcs.rules.charter.reviews import major_change, review_due

__all__ = [
    "major_change", "provision_coverage", "provision_ids", "reading_provisional", "review_due",
    "revision_signature", "revision_tag",
]  # fmt: skip
