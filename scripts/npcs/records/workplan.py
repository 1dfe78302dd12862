"""The kinds of record under ``workplan/``: activities, priorities and outcome measures."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from npcs.records.charter import Done
from npcs.records.fields import (
    BundleId,
    Day,
    Many,
    MeasureId,
    MemberId,
    Prose,
    ProvisionId,
    Table,
    Text,
)
from npcs.records.record import Part, Record, Source, Titled


class Milestone(Part):
    """A step of an activity: due on a day, done with evidence."""

    id: Text
    title: Text
    due: Day
    done: Done | None = None
    depends_on: Many[Text] = ()


class Activity(Titled):
    """An expected activity of the charter and how far it has come (ACT-0)."""

    kind: ClassVar[str] = "activity"

    provision: ProvisionId
    goals: Many[ProvisionId] = ()
    lead: Text
    milestones: Many[Milestone] = ()
    participation: Table[
        dict[MemberId, Literal["not-started", "preparing", "taking-part", "paused"]]
    ] = {}


class Driver(Part):
    """A node of a driver diagram: what moves the aim, and what moves that."""

    text: Text
    drivers: "Many[Driver]" = ()


class Cycle(Part):
    """One plan-do-study-act cycle."""

    plan: Prose
    do: Prose | None = None
    study: Prose | None = None
    act: Prose | None = None
    from_: Day = Field(alias="from")
    to: Day | None = None


class Priority(Titled):
    """A quality improvement priority the members work on together (ACT-5)."""

    kind: ClassVar[str] = "priority"

    aim: Prose
    drivers: Many[Driver] = ()
    measures: Annotated[Many[MeasureId], Field(min_length=1)]
    bundle: BundleId | None = None
    cycles: Many[Cycle] = ()


class Annotation(Part):
    """A remark at a day of a chart."""

    on: Day
    text: Text


class Measure(Record):
    """An outcome measure: what is counted, over what, and which way is better."""

    kind: ClassVar[str] = "measure"

    title: Text | None = None
    provision: ProvisionId
    definition: Prose
    numerator: Text | None = None
    denominator: Text | None = None
    unit: Text | None = None
    better: Literal["lower", "higher"]
    period: Text | None = None
    lag: Text | None = None
    source: Source | None = None
    chart: Literal["run", "control"] | None = None
    annotations: Many[Annotation] = ()
