"""The charter's rules. Each is one function in the module of its subject and one line here."""

from functools import cache

from npcs.rules.records import content, files, references
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
