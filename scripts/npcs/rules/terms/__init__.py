"""Rules on terms: who holds which office, for whom, and for how long."""

from npcs.rules.terms.chairs import co_chair_count, co_chair_eligible, co_chair_limit
from npcs.rules.terms.offices import advisor_office, coordinator, term_overlap
from npcs.rules.terms.range import composition, rotation, seats_per_member
from npcs.rules.terms.seats import appointment, seat_holder, term_length

__all__ = [
    "advisor_office", "appointment", "co_chair_count", "co_chair_eligible", "co_chair_limit",
    "composition", "coordinator", "rotation", "seat_holder", "seats_per_member", "term_length",
    "term_overlap",
]  # fmt: skip
