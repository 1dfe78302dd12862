"""The kinds of record under ``definitions/``: the glossary and the instruments."""

from typing import ClassVar, Literal

from npcs.records.fields import DefinitionId, Many, MemberId, Prose, Table, Text, Version
from npcs.records.record import Part, Record, Source, Titled


class CrosswalkEntry(Part):
    """How a member's own rule compares with the partnership's definition."""

    mapping: Literal["exact", "broader", "narrower", "overlaps", "none"]
    note: Text
    source: Source | None = None


class Definition(Record):
    """A term of the glossary: what the partnership means by a word."""

    kind: ClassVar[str] = "definition"

    title: Text | None = None
    term: Text
    version: Version
    status: Literal["draft", "provisional", "approved", "superseded", "withdrawn"]
    superseded_by: DefinitionId | None = None
    definition: Prose
    formal: Prose | None = None
    source: Source
    includes: Many[Text] = ()
    excludes: Many[Text] = ()
    questions: Many[Text] = ()
    examples: Many[Prose] = ()
    fields: Many[Text] = ()
    crosswalk: Table[dict[MemberId, CrosswalkEntry]] = {}

    @property
    def name_shown(self) -> str:
        """The term itself."""
        return self.term


class InstrumentDomain(Part):
    """A part of an instrument: its items and the anchors of their ratings."""

    name: Text
    items: Many[Text] = ()
    anchors: Many[Text] = ()


class Instrument(Titled):
    """A review tool or survey, by version, with its licence."""

    kind: ClassVar[str] = "instrument"

    version: Text
    licence: Text
    permission: Text | None = None
    domains: Many[InstrumentDomain] = ()
    scoring: Prose | None = None
    direction: Text | None = None
    source: Source | None = None
