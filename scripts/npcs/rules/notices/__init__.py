"""Rules on safety notices: their numbers and states, what lets them out, and their answers."""

from npcs.rules.notices.answers import answer_consent, notice_answer
from npcs.rules.notices.course import notice_number, notice_state, notice_vanished
from npcs.rules.notices.leave import notice_approved, notice_marking, notice_privacy_review
from npcs.rules.notices.use import notice_actions, notice_review_due

__all__ = [
    "answer_consent", "notice_actions", "notice_answer", "notice_approved", "notice_marking",
    "notice_number", "notice_privacy_review", "notice_review_due", "notice_state",
    "notice_vanished",
]  # fmt: skip
