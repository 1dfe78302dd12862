"""Rules on decisions: who decides and how, where, and what becomes of it."""

from npcs.rules.decisions.consent import consensus, consensus_first
from npcs.rules.decisions.course import communicated, correction, decided_where, early_sharing
from npcs.rules.decisions.groups import group_formed, recommendation_answered
from npcs.rules.decisions.votes import outcome, quorum, two_thirds, voter

__all__ = [
    "communicated", "consensus", "consensus_first", "correction", "decided_where", "early_sharing",
    "group_formed", "outcome", "quorum", "recommendation_answered", "two_thirds", "voter",
]  # fmt: skip
