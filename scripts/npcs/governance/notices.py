"""Where safety notices stand on a day, told by what was done and never typed (ACT-4)."""

from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from npcs.governance import parameters
from npcs.governance.dates import Period, add_days
from npcs.governance.memory import per_hub, per_hub_by_key
from npcs.governance.obligation import Obligation
from npcs.records.findings import Place
from npcs.records.hub import Hub
from npcs.records.notices import Notice, PrivacyReview

DRAFT, IN_REVIEW, ISSUED, AMENDED = "draft", "in review", "issued", "amended"
CLOSED, ENDURING = "closed", "enduring standard"
SUPERSEDED, WITHDRAWN = "superseded", "withdrawn"

MAY_FOLLOW: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        DRAFT: (IN_REVIEW, WITHDRAWN),
        IN_REVIEW: (ISSUED, WITHDRAWN),
        ISSUED: (AMENDED, CLOSED, SUPERSEDED, WITHDRAWN),
        AMENDED: (AMENDED, CLOSED, SUPERSEDED, WITHDRAWN),
        CLOSED: (ENDURING, SUPERSEDED, WITHDRAWN),
        ENDURING: (SUPERSEDED, WITHDRAWN),
        SUPERSEDED: (WITHDRAWN,),
        WITHDRAWN: (),
    }
)
"""Every state of a notice and those that may follow it, in the order of a notice's life."""

OPEN = (ISSUED, AMENDED)
"""The states in which members are asked to answer and to act."""

HELD_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "public": ("CLEAR",),
        "members": ("CLEAR", "GREEN"),
        "committee": ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT"),
    }
)
"""The labels (TLP 2.0) a hub may hold, by who can read it; the widest circle first.

What is marked RED is for named recipients and stands in no repository.
"""


class Step(NamedTuple):
    """A state a notice came into: from which day, and which field of which record says so."""

    on: date
    state: str
    record: Notice
    path: tuple[str | int, ...]

    @property
    def place(self) -> Place:
        """Where it is recorded."""
        return self.record.at(*self.path)


class Version(NamedTuple):
    """A version that went out: its number, its day, by when members answer, and what let it out.

    ``author`` is who wrote it: for a later version whoever it names, or else who wrote the notice.
    ``path`` leads to the part of the record that tells of it.
    """

    number: str
    on: date
    respond_by: date | None
    what: str
    decision: str | None
    privacy_review: PrivacyReview | None
    author: str | None
    path: tuple[str | int, ...]


def steps(hub: Hub, notice: Notice) -> list[Step]:
    """The states a notice came into after that of a draft, in the order of their days."""
    found = []
    if notice.in_review:
        found.append(Step(notice.in_review, IN_REVIEW, notice, ("in_review",)))
    if notice.issued:
        found.append(Step(notice.issued, ISSUED, notice, ("issued",)))
    found += [
        Step(one.on, AMENDED, notice, ("revisions", number, "on"))
        for number, one in enumerate(notice.revisions)
    ]
    if notice.closed:
        found.append(Step(notice.closed, CLOSED, notice, ("closed",)))
    if notice.enduring:
        found.append(Step(notice.enduring.on, ENDURING, notice, ("enduring", "on")))
    newer = superseded_by(hub).get(notice.key)
    if newer and newer.issued:
        found.append(Step(newer.issued, SUPERSEDED, newer, ("supersedes",)))
    if notice.withdrawn:
        found.append(Step(notice.withdrawn.on, WITHDRAWN, notice, ("withdrawn", "on")))
    return sorted(found, key=lambda one: one.on)  # of one day, in the order of a notice's life


def state(hub: Hub, notice: Notice, day: date) -> str:
    """The state of a notice on a day, one of ``MAY_FOLLOW``."""
    past = [one for one in steps(hub, notice) if one.on <= day]
    ended = [one for one in past if one.state == WITHDRAWN]
    return (ended or past)[-1].state if past else DRAFT


def is_open(hub: Hub, notice: Notice, day: date) -> bool:
    """Whether members are asked on a day to answer a notice and to act on it."""
    return state(hub, notice, day) in OPEN


@per_hub_by_key
def superseded_by(hub: Hub) -> Mapping[str, Notice]:
    """The notice that takes the place of another, by the other's id; of two the first issued."""
    found: dict[str, Notice] = {}
    for one in hub.all(Notice).values():
        if one.supersedes and one.issued:
            known = found.get(one.supersedes)
            if known is None or known.issued is None or one.issued < known.issued:
                found[one.supersedes] = one
    return found


def versions(notice: Notice) -> list[Version]:
    """The versions of a notice that went out, in the order of its record; none of a draft.

    A version after the first is answered by the notice's `respond_by` where that comes after it,
    and else within as many days as the first one was.
    """
    if notice.issued is None:
        return []
    asked = notice.respond_by
    number = notice.version if not notice.revisions else FIRST
    found = [
        Version(number, notice.issued, asked, "First issue", notice.decision,
                notice.privacy_review, notice.author, ())
    ]  # fmt: skip
    for at, one in enumerate(notice.revisions):
        by = asked
        if asked and asked < one.on:
            by = add_days(one.on, max(0, (asked - notice.issued).days))
        found.append(
            Version(one.version, one.on, by, one.what, one.decision, one.privacy_review,
                    one.author or notice.author, ("revisions", at))
        )  # fmt: skip
    return found


FIRST = "1.0"
"""The number of every notice's first version."""


def version_on(notice: Notice, day: date) -> Version | None:
    """The version of a notice in force on a day, or None before it is issued."""
    past = [one for one in versions(notice) if one.on <= day]
    return past[-1] if past else None


def audience(hub: Hub, day: date) -> str:
    """Who can read the hub on a day or will later on: ``public``, ``members`` or ``committee``.

    The widest circle of all, since Git shows to every reader what was there before; and public
    while a value is in doubt.
    """
    values = _now_or_later(hub, "hub-audience", day)
    return next((one for one in HELD_BY if one in values), "public")


def file_readers(hub: Hub, day: date) -> str:
    """Who can read the files of the hub, which may be fewer than read its pages (see `audience`).

    The pages may be public while the repository is not. Where nothing says so, or it is in doubt,
    whoever can read the hub can read its files.
    """
    circles = [*HELD_BY]
    whole = audience(hub, day)
    values = _now_or_later(hub, "repository-audience", day)
    if not values <= {*circles}:
        return whole
    return circles[max(circles.index(whole), min(circles.index(one) for one in values))]


def _now_or_later(hub: Hub, name: str, day: date) -> set[str]:
    """The values of a parameter on a day and after it; an empty one where any is in doubt."""
    if name in _in_doubt(hub):
        return {""}
    ahead = [one for one in parameters.changes(hub, name) if one.since and one.since > day]
    return {parameters.value(hub, name, day), *(one.value for one in ahead)}


@per_hub
def _in_doubt(hub: Hub) -> frozenset[str]:
    """The parameters with a value that cannot be read or that nobody has rightly adopted."""
    return frozenset(one.name for one in (*parameters.problems(hub), *parameters.unadopted(hub)))


def review_due(hub: Hub, notice: Notice, day: date) -> date | None:
    """The day by which a notice is to be reviewed, as known on a day; None before it is issued.

    At most a set time (``notice-review``) after its last version, or after the last review that
    left it as it was; sooner where `review_by` says so.
    """
    looked = [one for one in looked_at(notice) if one <= day]
    if not looked:
        return None
    often: Period = parameters.value(hub, "notice-review", max(looked))
    latest = often.after(max(looked))
    own = notice.review_by
    return own if own and max(looked) < own < latest else latest


def looked_at(notice: Notice) -> list[date]:
    """The days on which a notice went out or was reviewed and left as it was; none of a draft."""
    out = [one.on for one in versions(notice)]
    return [*out, *(one.on for one in notice.reviews)] if out else []


def notices_to_review(hub: Hub, as_of: date) -> Iterator[Obligation]:
    """Open notices whose time for another look has come, or comes."""
    for one in hub.all(Notice).values():
        on = review_due(hub, one, as_of) if is_open(hub, one, as_of) else None
        if on:
            what = f"notice {one.key}, {one.title}, is to be reviewed"
            own = on == one.review_by
            looked = max(day for day in looked_at(one) if day <= as_of)
            rest = () if own else (("notice-review", looked),)
            place = one.at("review_by" if own else "issued")
            yield Obligation(on, "notice-review-due", what, "ACT-4", place, rest)
