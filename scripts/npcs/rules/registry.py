"""The charter's rules. Each is one function in the module of its subject and one line here."""

from functools import cache

from npcs.rules import (
    charter,
    data,
    decisions,
    definitions,
    measures,
    meetings,
    members,
    notices,
    practices,
    terms,
    waivers,
    workplan,
)
from npcs.rules.records import content, files, identifiers, plain, references
from npcs.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    files.unreadable_file,
    files.unknown_file,
    files.invalid_field,
    files.id_mismatch,
    files.duplicate_id,
    references.broken_reference,
    references.retired_reference,
    references.reference_cycle,
    references.broken_link,
    content.unsafe_content,
    identifiers.identifier,
    plain.plain_language,
    members.member_team,
    members.nested_member,
    terms.term_length,
    terms.term_overlap,
    terms.seat_holder,
    terms.seats_per_member,
    terms.appointment,
    terms.co_chair_count,
    terms.co_chair_eligible,
    terms.co_chair_limit,
    terms.advisor_office,
    terms.coordinator,
    terms.composition,
    terms.rotation,
    meetings.monthly_meeting,
    meetings.attendance,
    meetings.attendance_pattern,
    meetings.attendance_review,
    meetings.minutes,
    meetings.notice_to_advisors,
    meetings.member_represented,
    decisions.voter,
    decisions.consensus_first,
    decisions.consensus,
    decisions.quorum,
    decisions.two_thirds,
    decisions.outcome,
    decisions.decided_where,
    decisions.communicated,
    decisions.early_sharing,
    decisions.group_formed,
    decisions.recommendation_answered,
    decisions.correction,
    charter.provision_ids,
    charter.provision_coverage,
    charter.review_due,
    charter.major_change,
    charter.reading_provisional,
    charter.revision_tag,
    charter.revision_signature,
    practices.practice_honest,
    practices.practice_source,
    practices.bundle_elements,
    practices.bundle_adopted,
    practices.one_correct_answer,
    practices.feedback_each,
    practices.no_case_detail,
    notices.notice_number,
    notices.notice_state,
    notices.notice_approved,
    notices.notice_privacy_review,
    notices.notice_review_due,
    notices.notice_marking,
    notices.notice_vanished,
    notices.notice_actions,
    notices.notice_answer,
    notices.answer_consent,
    definitions.definition_source,
    definitions.definition_version,
    definitions.crosswalk,
    definitions.definition_name,
    definitions.definition_approved,
    definitions.instrument,
    data.data_set,
    data.data_set_rows,
    data.data_set_version,
    workplan.activity_missing,
    workplan.participation,
    workplan.milestone_order,
    workplan.milestone_overdue,
    workplan.cycle_order,
    workplan.evidence,
    workplan.follow_through,
    workplan.action_strength,
    workplan.pattern_not_case,
    workplan.step_vanished,
    measures.measure_figures,
    measures.small_cell,
    waivers.waiver,  # the last: it looks at what the others have found
)
"""Every rule, subject by subject."""


@cache
def _by_name() -> dict[str, Rule]:
    return {one.name: one for one in RULES}


def rule_named(name: str) -> Rule | None:
    """The rule of that name, or None."""
    return _by_name().get(name)


__all__ = ["RULES", "rule_named"]
