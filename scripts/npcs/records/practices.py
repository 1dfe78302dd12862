"""The kinds of record under ``practices/``, shared to be used (ACT-3, ACT-5, ACT-6)."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from string import ascii_uppercase
from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import Field, model_validator

from npcs.records.fields import (
    Count,
    Day,
    DecisionId,
    Flag,
    Many,
    MemberId,
    Past,
    Prose,
    RelatedId,
    Slug,
    Text,
)
from npcs.records.record import Part, Source, Titled


class Evidence(Part):
    """How well something is known to work, and from where."""

    level: Literal["expert-opinion", "descriptive", "promising", "supported", "well-supported"]
    sources: Many[Source] = ()


class Adoption(Part):
    """A member that took a practice up, since when, and what it does otherwise."""

    member: MemberId
    on: Past
    changed: Prose | None = None


class Feedback(Part):
    """What a member says of a practice it has used, whether it worked there or not."""

    member: MemberId
    on: Past
    text: Prose


class Practice(Titled):
    """What members tried, with what worked and what did not (ACT-6).

    ``members`` are those it comes from; ``adopted`` those that took it up from them.
    """

    kind: ClassVar[str] = "practice"

    problem: Prose
    setting: Text | None = None
    tried: Prose
    worked: Prose
    did_not_work: Prose | None = None
    evidence: Evidence
    members: Many[MemberId] = ()
    topics: Many[Text] = ()
    ages: Text | None = None
    tools: Many[Text] = ()
    adopted: Many[Adoption] = ()
    feedback: Many[Feedback] = ()

    @property
    def used_by(self) -> tuple[str, ...]:
        """All members that use it, by id, those it comes from first, each once."""
        return tuple(dict.fromkeys([*self.members, *(one.member for one in self.adopted)]))


class AgeBand(Part):
    """Ages in whole months: from one (inclusive) to under another; without it, to any age."""

    from_: Count = Field(alias="from", default=0)
    under: Count | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "AgeBand":
        if self.under is not None and self.under <= self.from_:
            raise ValueError("`under` is not above `from`: no child is of such an age")
        return self

    def __contains__(self, months: int) -> bool:
        return self.from_ <= months and (self.under is None or months < self.under)

    @property
    def in_words(self) -> str:
        """The ages as people say them: birth to under 7 months."""
        if self.under is None:
            return f"from {_months(self.from_)} on" if self.from_ else "all ages"
        return f"{_months(self.from_) if self.from_ else 'birth'} to under {_months(self.under)}"


def _months(count: int) -> str:
    years, months = divmod(count, 12)
    if years and not months:
        return f"{years} year" if years == 1 else f"{years} years"
    return f"{count} month" if count == 1 else f"{count} months"


class Element(Part):
    """One step of a bundle: for which ages, and under which condition besides (``applies``)."""

    id: Slug
    text: Text
    ages: AgeBand
    applies: Text | None = None
    measure: Text | None = None
    evidence: Many[Source] = ()


class Exclusion(Part):
    """A reason for which a child is left out of the figures, and counted apart."""

    id: Slug
    text: Text


class Bundle(Titled):
    """A few practices done together, every time, and measured all or none (ACT-5).

    It is a candidate until a ``decision`` adopts it.
    """

    kind: ClassVar[str] = "bundle"

    population: Text
    setting: Text | None = None
    elements: Annotated[Many[Element], Field(min_length=1)]
    exclusions: Many[Exclusion] = ()
    owner: Text | None = None
    decision: DecisionId | None = None

    @model_validator(mode="after")
    def _each_id_once(self) -> "Bundle":
        _once([*(one.id for one in self.elements), *(one.id for one in self.exclusions)])
        return self


class Option(Part):
    """One answer to choose from, and what the learner is told who chooses it."""

    text: Text
    correct: Flag = False
    feedback: Prose | None = None


class Item(Part):
    """One question of a curriculum. Its id is what learners' devices and decks know it by."""

    id: Slug
    stem: Prose
    options: Annotated[Many[Option], Field(min_length=2)]
    reference: Source | None = None

    @model_validator(mode="after")
    def _a_letter_for_each(self) -> "Item":
        if len(self.options) > len(ascii_uppercase):
            raise ValueError(f"has {len(self.options)} options, and there are only 26 letters")
        return self

    @property
    def right(self) -> tuple[str, ...]:
        """The letters of the options that are right; one, if all is well."""
        return tuple(letter for letter, one in self.lettered if one.correct)

    @property
    def lettered(self) -> tuple[tuple[str, Option], ...]:
        """The options with their letters: A, B, C and on."""
        return tuple(zip(ascii_uppercase, self.options, strict=False))


MOST_DAYS = 3660
"""How many days a question of a curriculum waits at most."""


class Spacing(Part):
    """When questions are sent, in days: a new one ``every`` so many, each ``again`` some later."""

    every: Count
    again: Many[Count] = ()

    @model_validator(mode="after")
    def _some_days_apart(self) -> "Spacing":
        if self.every == 0:
            raise ValueError("`every` is at least 1 day: questions are sent some days apart")
        if self.every > MOST_DAYS or max(self.again, default=0) > MOST_DAYS:
            raise ValueError(f"a question waits at most {MOST_DAYS:,} days, which is ten years")
        if any(later <= sooner for sooner, later in pairwise((0, *self.again))):
            raise ValueError("`again` counts days from the first sending, each more than the last")
        return self


class Sending(NamedTuple):
    """A question sent: days after the first sending, which question, and for which time (1, 2)."""

    day: int
    number: int
    item: Item
    time: int


class Curriculum(Titled):
    """A spaced-education curriculum: questions sent some days apart (ACT-3).

    ``starts`` is the day on which the first question goes out, where one has been set.
    """

    kind: ClassVar[str] = "curriculum"

    audience: Text
    objectives: Annotated[Many[Text], Field(min_length=1)]
    items: Annotated[Many[Item], Field(min_length=1)]
    spacing: Spacing
    starts: Day | None = None
    discussion_guide: Prose
    related: Many[RelatedId] = ()

    @model_validator(mode="after")
    def _each_id_once(self) -> "Curriculum":
        _once(one.id for one in self.items)
        return self

    @model_validator(mode="after")
    def _within_the_calendar(self) -> "Curriculum":
        last = (len(self.items) - 1) * self.spacing.every + max(self.spacing.again, default=0)
        if self.starts and self.starts.toordinal() + last + 1 > date.max.toordinal():
            raise ValueError("`starts` is so late that the last question has no day")
        return self

    @property
    def sendings(self) -> tuple[Sending, ...]:
        """Every sending in the order of days; on one day new questions come first."""
        return tuple(
            sorted(
                (
                    Sending((number - 1) * self.spacing.every + later, number, item, time)
                    for number, item in enumerate(self.items, start=1)
                    for time, later in enumerate((0, *self.spacing.again), start=1)
                ),
                key=lambda one: (one.day, one.time, one.number),
            )
        )


def _once(ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise ValueError(f"the id “{one}” stands twice; each is given once")
        seen.add(one)
