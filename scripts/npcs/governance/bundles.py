"""How reliably a care bundle is done: all or none, for the children it applies to (ACT-5).

The denominator is the children to whom at least one element applies; a child passes when each
element that applies was done. What is not recorded counts as not done. Children who are left out
for one of the bundle's reasons are counted apart. Beside it stands the rate of each element, whose
denominator is the children to whom that element applies.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from npcs.governance.run_chart import RunChart, run_chart
from npcs.governance.standing import holds
from npcs.records.charter import Decision
from npcs.records.figures import Period
from npcs.records.hub import Hub
from npcs.records.practices import Bundle

Said = Literal["yes", "no", "not-applicable", "unknown"]
"""What is recorded of an element for a child; ``unknown`` where nothing is."""


@dataclass(frozen=True, slots=True)
class Child:
    """One child's care in a period: the age in whole months, and what was done. No name, no id."""

    period: str
    months: int
    done: Mapping[str, Said]
    excluded: str = ""


@dataclass(slots=True)
class Rate:
    """How many of how many."""

    done: int = 0
    of: int = 0

    @property
    def share(self) -> Fraction | None:
        """The exact share; None where there is nobody it could be a share of."""
        return Fraction(self.done, self.of) if self.of else None


@dataclass(slots=True)
class Reliability:
    """The figures of a bundle: all or none, by element, by period, and who was left out.

    ``none_applies`` counts children to whom no element applies, ``unknown`` the elements that
    apply and of which nothing is recorded, ``beyond`` what is recorded as done or not at an age the
    element is not for. ``excluded`` counts children by reason.
    """

    children: int = 0
    whole: Rate = field(default_factory=Rate)
    elements: dict[str, Rate] = field(default_factory=dict)
    periods: dict[str, Rate] = field(default_factory=dict)
    excluded: Counter[str] = field(default_factory=Counter)
    none_applies: int = 0
    unknown: int = 0
    beyond: int = 0

    @property
    def chart(self) -> RunChart:
        """The run chart of the shares, one for each period that has one, in the order of time."""
        return run_chart([share for _, share in self.shares], apart=frozenset(self.gaps))

    @property
    def gaps(self) -> dict[int, tuple[str, str]]:
        """The shares, by place, before which periods are missing: the first and last of these.

        Missing is a period without a row, and one in which the bundle applied to nobody.
        """
        found = {}
        periods = [Period.parse(label) for label, _ in self.shares]
        for at, (before, after) in enumerate(pairwise(periods), 1):
            if before and after and after.number != before.number + 1:
                found[at] = before.later(1).label, after.later(-1).label
        return found

    @property
    def shares(self) -> list[tuple[str, Fraction]]:
        """The share of each period to which the bundle applied, in the order of time."""
        shares = ((period, rate.share) for period, rate in sorted(self.periods.items()))
        return [(period, share) for period, share in shares if share is not None]


def reliability(bundle: Bundle, children: Iterable[Child]) -> Reliability:
    """The figures of a bundle from children's care, taken in one after the other."""
    found = Reliability(elements={one.id: Rate() for one in bundle.elements})
    for child in children:
        found.children += 1
        if child.excluded:
            found.excluded[child.excluded] += 1
        else:
            _count(bundle, child, found)
    return found


def _count(bundle: Bundle, child: Child, found: Reliability) -> None:
    period = found.periods.setdefault(child.period, Rate())
    applied = done = 0
    for element in bundle.elements:
        said = child.done.get(element.id, "unknown")
        if said == "not-applicable":
            continue
        if child.months not in element.ages:
            found.beyond += said != "unknown"
            continue
        rate = found.elements[element.id]
        applied, done = applied + 1, done + (said == "yes")
        rate.of, rate.done = rate.of + 1, rate.done + (said == "yes")
        found.unknown += said == "unknown"
    if not applied:
        found.none_applies += 1
        return
    for rate in (found.whole, period):
        rate.of, rate.done = rate.of + 1, rate.done + (done == applied)


def adopting(hub: Hub, bundle: Bundle, day: date) -> Decision | None:
    """The decision that adopted a bundle by a day; None for a candidate.

    It names the bundle under ``about``, was adopted, and its record bears that out.
    """
    decision = hub.get(Decision, bundle.decision)
    if decision is None or bundle.key not in decision.about:
        return None
    return decision if holds(hub, decision, day) else None


def columns(bundle: Bundle) -> tuple[str, ...]:
    """The columns of a table of children's care for a bundle, and no others: nothing identifies."""
    return ("period", "age_months", *(one.id for one in bundle.elements), "excluded")
