"""Rules on what members share with one another: practices, care bundles, curricula."""

from npcs.rules.practices.curricula import feedback_each, no_case_detail, one_correct_answer

__all__ = ["feedback_each", "no_case_detail", "one_correct_answer"]
