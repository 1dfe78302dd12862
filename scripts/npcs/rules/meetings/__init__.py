"""Rules on meetings: that they are held, called and minuted, and who was there."""

from npcs.rules.meetings.papers import minutes, monthly_meeting, notice_to_advisors
from npcs.rules.meetings.presence import (
    attendance,
    attendance_pattern,
    attendance_review,
    member_represented,
)

__all__ = [
    "attendance", "attendance_pattern", "attendance_review", "member_represented", "minutes",
    "monthly_meeting", "notice_to_advisors",
]  # fmt: skip
