"""The charter's rules. Each is one function in the module of its subject and one line here."""

from functools import cache

from npcs.rules import content, records
from npcs.rules.rule import Rule

RULES: tuple[Rule, ...] = (
    records.unreadable_file,
    records.unknown_file,
    records.invalid_field,
    records.id_mismatch,
    records.duplicate_id,
    records.broken_reference,
    records.retired_reference,
    records.reference_cycle,
    records.broken_link,
    content.unsafe_content,
    content.identifier,
)
"""Every rule, subject by subject."""


@cache
def _by_name() -> dict[str, Rule]:
    return {one.name: one for one in RULES}


def rule_named(name: str) -> Rule | None:
    """The rule of that name, or None."""
    return _by_name().get(name)


__all__ = ["RULES", "rule_named"]
