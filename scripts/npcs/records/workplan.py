"""The kinds of record under ``workplan/``: activities, priorities and outcome measures."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from npcs.records.fields import (
    ActivityId,
    BundleId,
    Day,
    DecisionId,
    DefinitionId,
    Fault,
    Flag,
    Many,
    MeasureId,
    MemberId,
    Past,
    PeriodName,
    Prose,
    ProvisionId,
    Since,
    Table,
    Text,
)
from npcs.records.followup import Done
from npcs.records.record import Part, Record, Source, Titled


class Milestone(Part):
    """A step of an activity: due on a day, done with evidence."""

    id: Text
    title: Text
    due: Day
    done: Done | None = None
    depends_on: Many[Text] = ()


class Pause(Part):
    """A time in which an activity rests, by a decision; without ``to`` it still does."""

    from_: Day = Field(alias="from")
    to: Day | None = None
    decision: DecisionId
    reason: Text


class Activity(Titled):
    """An expected activity of the charter and how far it has come (ACT-0).

    Its status is nowhere typed: it follows from its milestones and pauses (governance.activities).
    ``asked_on`` is the day on which members were last asked whether they take part.
    """

    kind: ClassVar[str] = "activity"
    state_from: ClassVar[str] = "milestones, what shows them, and pauses"

    provision: ProvisionId
    goals: Many[ProvisionId] = ()
    lead: Text
    milestones: Many[Milestone] = ()
    pauses: Many[Pause] = ()
    asked_on: Past | None = None
    participation: Annotated[
        Table[dict[MemberId, Literal["not-started", "preparing", "taking-part", "paused"]]],
        Since("asked_on"),
    ] = {}


class Driver(Part):
    """A node of a driver diagram: what moves the aim, and what moves that."""

    text: Text
    drivers: "Many[Driver]" = ()


class Cycle(Part):
    """One plan-do-study-act cycle; ``study`` is what was learnt. Without ``to`` it is open."""

    title: Text | None = None
    plan: Prose
    do: Annotated[Prose | None, Since("to")] = None
    study: Annotated[Prose | None, Since("to")] = None
    act: Annotated[Prose | None, Since("to")] = None
    from_: Past = Field(alias="from")
    to: Past | None = None


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

    on: Past
    text: Text


class Unusual(Part):
    """A period whose figure people judge to be unlike all others, and why."""

    period: PeriodName
    why: Text


_PEOPLE = 10_000
"""Of how many people at least a rate among all who live somewhere is told."""


class Measure(Record):
    """An outcome measure: what is counted, over what, and which way is better.

    Its figures stand beside it, in a table of the same name. A figure is ``per`` times the
    numerator, divided by the denominator. ``terms`` name what the words of its definition mean;
    ``share`` says that the numerator is a part of the denominator, as in a percentage, and
    ``population`` that the denominator is how many people live somewhere, and counts no cases.
    ``period`` is what a figure is of, ``window`` how long it is looked for what is counted, ``lag``
    after what time the figure is valid. The centre of its chart is that of all figures, or of those
    up to the period ``baseline``. ``activities`` are those whose milestones its chart shows.
    """

    kind: ClassVar[str] = "measure"

    title: Text | None = None
    provision: ProvisionId
    terms: Many[DefinitionId] = ()
    definition: Prose
    numerator: Text | None = None
    denominator: Text | None = None
    per: Literal["1", "100", "1000", "10000", "100000"] = "1"
    share: Flag = False
    population: Flag = False
    unit: Text | None = None
    better: Literal["lower", "higher"]
    period: Text | None = None
    window: Text | None = None
    lag: Text | None = None
    source: Source | None = None
    chart: Literal["run", "control"] | None = None
    baseline: PeriodName | None = None
    unusual: Many[Unusual] = ()
    annotations: Many[Annotation] = ()
    activities: Many[ActivityId] = ()

    @model_validator(mode="after")
    def _of_people(self) -> Self:
        if self.population and int(self.per) < _PEOPLE:
            raise Fault(
                "`population: true` is for rates among all who live somewhere, per 10,000 or more",
                "take the line out: what counts cases is compared with every earlier figure",
            )
        return self

    @property
    def table(self) -> str:
        """The file of its figures, which need not be there."""
        return self.path.removesuffix(".yml") + ".csv"
