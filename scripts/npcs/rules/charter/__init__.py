"""Rules on the charter itself: its provisions, its reviews, and the approval of its text."""

from npcs.rules.charter.approval import revision_signature, revision_tag

__all__ = ["revision_signature", "revision_tag"]
