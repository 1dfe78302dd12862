"""The kinds of record under ``practices/``, shared to be used (ACT-3, ACT-5, ACT-6)."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from npcs.records.fields import Count, Flag, Many, MemberId, Prose, Text
from npcs.records.record import Part, Source, Titled


class Evidence(Part):
    """How well something is known to work, and from where."""

    level: Literal["expert-opinion", "descriptive", "promising", "supported", "well-supported"]
    sources: Many[Source] = ()


class Practice(Titled):
    """What a member tried, with what worked and what did not (ACT-6)."""

    kind: ClassVar[str] = "practice"

    problem: Prose
    setting: Text | None = None
    tried: Prose
    worked: Prose
    did_not_work: Prose
    evidence: Evidence
    members: Many[MemberId] = ()
    topics: Many[Text] = ()
    ages: Text | None = None
    tools: Many[Text] = ()


class Element(Part):
    """One step of a bundle and the ages it applies to."""

    id: Text
    text: Text
    applies: Text
    evidence: Source | None = None
    measure: Text | None = None


class Bundle(Titled):
    """A few practices done together, every time, and measured all or none."""

    kind: ClassVar[str] = "bundle"

    population: Text
    elements: Annotated[Many[Element], Field(min_length=1)]
    owner: Text | None = None


class Option(Part):
    """One answer to choose from, and what the learner is told."""

    text: Text
    correct: Flag = False
    feedback: Prose


class Item(Part):
    """One question of a curriculum."""

    stem: Prose
    options: Annotated[Many[Option], Field(min_length=2)]
    reference: Source | None = None


class Curriculum(Titled):
    """A spaced-education curriculum: questions sent some days apart (ACT-3)."""

    kind: ClassVar[str] = "curriculum"

    audience: Text
    objectives: Annotated[Many[Text], Field(min_length=1)]
    items: Annotated[Many[Item], Field(min_length=1)]
    spacing: Many[Count]
    discussion_guide: Prose
