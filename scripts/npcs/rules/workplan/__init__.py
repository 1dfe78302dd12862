"""Rules on the work plan, and on what is followed to an end that can be shown."""

from npcs.rules.workplan.activities import activity_missing, participation
from npcs.rules.workplan.followup import action_strength, evidence, follow_through
from npcs.rules.workplan.milestones import cycle_order, milestone_order, milestone_overdue
from npcs.rules.workplan.opportunities import pattern_not_case
from npcs.rules.workplan.vanished import step_vanished

__all__ = [
    "action_strength", "activity_missing", "cycle_order", "evidence", "follow_through",
    "milestone_order", "milestone_overdue", "participation", "pattern_not_case",
    "step_vanished",
]  # fmt: skip
