"""The types that fields of records are made of.

Every scalar is read from YAML as text; the types here turn it into what the field means, and say
in plain words why a value will not do. Nothing is guessed: ``no`` is a word until a field asks for
true or false, and ``2027-02-30`` is no date.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, StringConstraints

T = TypeVar("T")

ANY = "any record"


class Fault(ValueError):  # noqa: N818 - it says what is wrong
    """A value that will not do, and what to write instead."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks a field that holds the id of a record of one of these kinds."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Since:
    """Marks a field that nobody knows before a day: its own, or that of another field beside it.

    A day is known from itself on where ``field`` is empty.
    """

    field: str = ""


@dataclass(frozen=True, slots=True)
class Founding:
    """Marks a field that refers to what its part rests on: without the one there is no other."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Marks a field that holds free text: ambiguous words in it should stand in quotes.

    With ``prose`` the text may be Markdown; without, it is shown as it stands and may hold no
    ``<`` or ``>``.
    """

    prose: bool = False


def _day(value: Any) -> Any:
    return _day_written(value) if isinstance(value, str) else value


@lru_cache(maxsize=4096)  # records name the same days over and over
def _day_written(value: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        raise ValueError(f"“{value}” is not a date: write year-month-day, as in 2027-03-01")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"“{value}” is not a day of the calendar") from None


def _when(value: str) -> str:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        _day(value)
    elif not re.fullmatch(r"[12]\d{3}(-(0[1-9]|1[0-2]))?", value, re.ASCII):
        raise ValueError(
            f"“{value}” is no day, month or year: write it as in 2027-03-01, 2027-03 or 2027"
        )
    return value


def _count(value: Any) -> Any:
    if isinstance(value, int) or not isinstance(value, str):
        return value
    if not re.fullmatch(r"0|[1-9]\d{0,8}", value, re.ASCII):
        raise ValueError(f"“{value}” is not a whole number: write digits only, as in 12")
    return int(value)


def _flag(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, str):
        return value
    if value not in ("true", "false"):
        raise ValueError(f"“{value}” is neither true nor false: write one of the two")
    return value == "true"


def _many(value: Any) -> Any:
    return () if value is None else value


def _mapping(value: Any) -> Any:
    return {} if value is None else value


def _matching(pattern: str, example: str) -> Callable[[str], str]:
    matches = re.compile(pattern, re.ASCII).fullmatch

    def check(value: str) -> str:
        if not matches(value):
            raise ValueError(f"“{value}” has not the right form: write it as in {example}")
        return value

    return check


_SAID = StringConstraints(pattern=r"\S")
"""Something is written, be it one letter; told by pydantic's own core, as there are very many."""

Text = Annotated[str, _SAID, Plain()]
"""One piece of plain text, shown as it stands."""

Prose = Annotated[str, _SAID, Plain(prose=True)]
"""Text that may be longer and may use Markdown."""

Code = Annotated[str, _SAID]
"""What is written for programs; no page shows it as a text."""

Day = Annotated[date, BeforeValidator(_day)]
"""A day of the calendar, without a time or a time zone."""

Past = Annotated[Day, Since()]
"""The day on which something happened. Before it nobody knows of it; a plan has a ``Day``."""

When = Annotated[str, AfterValidator(_when), Plain()]
"""A day, a month or a year, as far as it is known; as text, since it is only shown."""

Count = Annotated[int, BeforeValidator(_count)]
"""A whole number, zero or more."""

Flag = Annotated[bool, BeforeValidator(_flag)]
"""True or false, and no other word for it."""

Version = Annotated[str, AfterValidator(_matching(r"\d{1,4}\.\d{1,4}", '"1.0"')), Plain()]
"""A version in two numbers, major and minor."""

Digest = Annotated[str, AfterValidator(_matching(r"sha256:[0-9a-f]{64}", "sha256: and 64 digits"))]
"""A SHA-256 digest in hexadecimal digits."""

Address = Annotated[
    str, AfterValidator(_matching(r"https?://[^\s<>\"]+", "https://example.org/page"))
]
"""The address of a page on the web."""

PeriodName = Annotated[
    str,
    AfterValidator(_matching(r"FY[12]\d{3}|[12]\d{3}(?:-Q[1-4]|-(?:0[1-9]|1[0-2]))?", '"2027-Q3"')),
    Plain(),
    Since(),
]
"""A year, a fiscal year, a quarter or a month, as the tables of figures name it.

Like a day on which something happened it is known once it is over.
"""

Slug = Annotated[str, AfterValidator(_matching(r"[a-z0-9]+(?:-[a-z0-9]+)*", "first-second"))]
"""A short name in lower case, words joined by hyphens."""


ActivityId = Annotated[str, _SAID, Refers(("activity",))]
BundleId = Annotated[str, _SAID, Refers(("bundle",))]
DecisionId = Annotated[str, _SAID, Refers(("decision",))]
DefinitionId = Annotated[str, _SAID, Refers(("definition",))]
GroupId = Annotated[str, _SAID, Refers(("group",))]
MeasureId = Annotated[str, _SAID, Refers(("measure",))]
MeetingId = Annotated[str, _SAID, Refers(("meeting",))]
MemberId = Annotated[str, _SAID, Refers(("member",))]
NoticeId = Annotated[str, _SAID, Refers(("notice",))]
PersonId = Annotated[str, _SAID, Refers(("person",))]
ProvisionId = Annotated[str, _SAID, Refers(("provision",))]
RecommendationId = Annotated[str, _SAID, Refers(("recommendation",))]
TermId = Annotated[str, _SAID, Refers(("term",))]
RelatedId = Annotated[str, _SAID, Refers(("notice", "practice", "definition", "activity"))]
AnyId = Annotated[str, _SAID, Refers((ANY,))]
Many = Annotated[tuple[T, ...], BeforeValidator(_many)]
"""A list; an empty value is an empty list."""

Table = Annotated[T, BeforeValidator(_mapping)]
"""A mapping; an empty value is an empty mapping."""
