"""Records that are followed to an end: recommendations, improvement opportunities, their steps."""

from typing import ClassVar, Literal

from pydantic import Field

from npcs.records.fields import AnyId, Day, GroupId, Many, Past, Prose, RecommendationId, Text
from npcs.records.record import Part, Titled

Strength = Literal["strong", "intermediate", "weak"]
"""How far a step makes the system safer by itself, instead of asking people to take more care."""

Level = Literal["family", "professional", "team", "environment", "external"]
"""Where in a system something stands, by the codes of the core data set."""


class Done(Part):
    """The day something was done and what shows it: a record's id, or an address on the web.

    ``note`` says in words what the evidence shows, where that is not plain.
    """

    on: Past
    evidence: Text | None = None
    note: Text | None = None


class Action(Part):
    """A step that follows; its owner is an office or a role, never a name."""

    text: Text
    owner: Text
    strength: Strength
    due: Day
    done: Done | None = None


class Feedback(Part):
    """What the Executive Committee said of a recommendation, and when (EXC-6)."""

    on: Past
    text: Prose


class Result(Part):
    """What came of the steps once they were done, and what shows it."""

    on: Past
    text: Text
    evidence: Text | None = None


class SetAside(Part):
    """The day on which something was given up, and why."""

    on: Past
    reason: Text


class Recommendation(Titled):
    """What a group recommends; its state follows from its decision and what was done."""

    kind: ClassVar[str] = "recommendation"
    state_from: ClassVar[str] = "decisions, actions and what shows them"

    from_: GroupId = Field(alias="from")
    proposed: Past
    feedback: Many[Feedback] = ()
    actions: Many[Action] = ()
    result: Result | None = None
    set_aside: SetAside | None = None


class Opportunity(Titled):
    """An improvement opportunity: a weak point of the system that reviews keep coming back to.

    It is a pattern and never a case: what single reviews found stands in members' own data. Its
    state follows from what was done about it.
    """

    kind: ClassVar[str] = "opportunity"
    state_from: ClassVar[str] = "actions and what shows them"

    theme: Text
    level: Level
    raised: Past
    from_: GroupId | None = Field(default=None, alias="from")
    owner: Text
    related: Many[AnyId] = ()
    carried_by: Many[RecommendationId] = ()
    actions: Many[Action] = ()
    result: Result | None = None
    set_aside: SetAside | None = None
