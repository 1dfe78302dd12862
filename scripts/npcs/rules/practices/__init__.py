"""Rules on what members share with one another: practices, care bundles, curricula."""

from npcs.rules.practices.bundles import bundle_adopted, bundle_elements
from npcs.rules.practices.curricula import feedback_each, no_case_detail, one_correct_answer
from npcs.rules.practices.library import practice_honest, practice_source

__all__ = [
    "bundle_adopted", "bundle_elements", "feedback_each", "no_case_detail", "one_correct_answer",
    "practice_honest", "practice_source",
]  # fmt: skip
