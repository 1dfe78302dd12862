"""The kinds of record under ``definitions/``: the glossary and the instruments."""

from typing import Any, ClassVar, Literal

from pydantic import ValidationInfo, field_validator

from npcs.records.fields import (
    Count,
    Day,
    DefinitionId,
    Many,
    MemberId,
    Prose,
    Table,
    Text,
    Version,
    When,
)
from npcs.records.record import Part, Record, Source, Titled


class CrosswalkEntry(Part):
    """How a member's own rule compares with the partnership's definition.

    ``mapping`` tells what the member's rule is: broader where it takes in more cases, narrower
    where it takes in fewer. ``compared_with`` is the version of the definition that somebody held
    the rule against; ``since`` when the rule took effect.
    """

    mapping: Literal["exact", "broader", "narrower", "overlaps", "none"]
    compared_with: Version
    note: Text
    since: When | None = None
    source: Source | None = None


class Edition(Part):
    """What a term meant before, word for word, until which day, and why that was changed."""

    version: Version
    until: Day
    definition: Prose
    formal: Prose | None = None
    why: Text


class Definition(Record):
    """A term of the glossary: what the partnership means by a word.

    ``also_called`` holds other names of the same thing. ``linked_as`` says by which words a text
    leads here, where the term itself is too common a word for that. ``broader`` and ``related``
    name other terms. ``earlier`` keeps what the term meant before, oldest first.
    """

    kind: ClassVar[str] = "definition"

    title: Text | None = None
    term: Text
    also_called: Many[Text] = ()
    linked_as: Many[Text] = ()
    version: Version
    status: Literal["draft", "provisional", "approved", "superseded", "withdrawn"]
    superseded_by: DefinitionId | None = None
    definition: Prose
    formal: Prose | None = None
    source: Source
    legal_basis: Many[Source] = ()
    includes: Many[Text] = ()
    excludes: Many[Text] = ()
    questions: Many[Text] = ()
    examples: Many[Prose] = ()
    broader: Many[DefinitionId] = ()
    related: Many[DefinitionId] = ()
    crosswalk: Table[dict[MemberId, CrosswalkEntry]] = {}
    earlier: Many[Edition] = ()

    @classmethod
    def stood(cls, data: dict[str, Any], day: str) -> dict[str, Any] | None:
        """While an earlier edition held, nobody knew of a later one; before 1.0 it is a draft."""
        every = data.get("earlier") or []
        at = next((number for number, one in enumerate(every) if one["until"] >= day), None)
        if at is None:
            return data
        one = every[at]
        number = _number(one["version"])
        kept = {name: value for name, value in data.items() if name != "formal"}
        kept |= {name: one[name] for name in ("version", "definition", "formal") if name in one}
        return kept | {
            "status": "approved" if number >= (1, 0) else "draft",
            "crosswalk": {
                member: it
                for member, it in (data.get("crosswalk") or {}).items()
                if _number(it["compared_with"]) <= number
            },
            "earlier": every[:at],
        }

    @property
    def name_shown(self) -> str:
        """The term itself."""
        return self.term


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


class InstrumentDomain(Part):
    """A part of an instrument: its items and the anchors of their ratings.

    ``direction`` tells which way is better where the parts of an instrument differ, ``reverse``
    which items are worded the other way round, by their numbers from 1.
    """

    name: Text
    direction: Text | None = None
    items: Many[Text] = ()
    anchors: Many[Text] = ()
    reverse: Many[Count] = ()

    @field_validator("reverse")
    @classmethod
    def _are_items(cls, reverse: tuple[int, ...], told: ValidationInfo) -> tuple[int, ...]:
        items = len(told.data.get("items", ()))
        for number in reverse:
            if items and not 1 <= number <= items:
                raise ValueError(f"there is no item {number} here: the domain has {items}")
        return reverse


class Instrument(Titled):
    """A review tool or survey, by version, with its licence.

    ``not_here`` says what of a licensed instrument is not shown, and how to fill it in.
    """

    kind: ClassVar[str] = "instrument"

    version: Text
    licence: Text
    permission: Text | None = None
    not_here: Prose | None = None
    domains: Many[InstrumentDomain] = ()
    scoring: Prose | None = None
    direction: Text | None = None
    source: Source | None = None
