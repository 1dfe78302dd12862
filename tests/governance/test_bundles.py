"""All or none with the right denominator, held against a slow and obvious second count."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from npcs.governance.bundles import Child, reliability
from npcs.records.hub import Hub
from npcs.records.practices import Bundle

BUNDLE = """\
---
title: First steps
population: Children under three years
elements:
- {id: plan, text: Plan, ages: {under: 1}, evidence: [{title: S}]}
- {id: sleep, text: Sleep, ages: {under: 12}, evidence: [{title: S}]}
- {id: nurse, text: Nurse, ages: {from: 6, under: 24}, evidence: [{title: S}]}
exclusions:
- {id: moved, text: Moved away}
---
"""
AGES = {"plan": (0, 1), "sleep": (0, 12), "nurse": (6, 24)}
PATH = "practices/bundles/first-steps.md"


def bundle() -> Bundle:
    found = Hub.of({PATH: BUNDLE}).get(Bundle, "first-steps")
    assert found
    return found


def child(months: int, period: str = "2027-01", excluded: str = "", **done: str) -> Child:
    return Child(period, months, done, excluded)  # type: ignore[arg-type]


def test_only_children_to_whom_an_element_applies_are_in_the_denominator() -> None:
    found = reliability(bundle(), [child(30), child(3, sleep="yes"), child(3, sleep="no")])
    assert (found.children, found.whole.done, found.whole.of, found.none_applies) == (3, 1, 2, 1)


def test_each_element_that_applies_must_be_done() -> None:
    found = reliability(
        bundle(), [child(0, plan="yes", sleep="no"), child(0, plan="not-applicable", sleep="yes")]
    )
    assert (found.whole.done, found.whole.of) == (1, 2)
    assert (found.elements["plan"].done, found.elements["plan"].of) == (1, 1)
    assert (found.elements["sleep"].done, found.elements["sleep"].of) == (1, 2)


def test_an_element_applies_from_its_first_month_to_under_its_last() -> None:
    within = {months: reliability(bundle(), [child(months)]).elements for months in (5, 6, 23, 24)}
    assert [one["nurse"].of for one in within.values()] == [0, 1, 1, 0]


def test_what_is_not_recorded_counts_as_not_done() -> None:
    found = reliability(bundle(), [child(8, sleep="yes"), child(8, sleep="yes", nurse="unknown")])
    assert (found.whole.done, found.whole.of, found.unknown) == (0, 2, 2)


def test_who_is_excluded_is_in_no_figure_but_its_own() -> None:
    found = reliability(bundle(), [child(3, sleep="no", excluded="moved"), child(3, sleep="yes")])
    assert (found.whole.share, dict(found.excluded)) == (Fraction(1), {"moved": 1})
    assert found.elements["sleep"].of == 1


def test_an_answer_at_an_age_the_element_is_not_for_counts_nowhere() -> None:
    found = reliability(bundle(), [child(13, sleep="yes", nurse="yes")])
    assert (found.whole.done, found.whole.of, found.beyond) == (1, 1, 1)
    assert found.elements["sleep"].share is None


def test_a_period_to_which_nothing_applies_is_no_point_of_the_chart() -> None:
    found = reliability(bundle(), [child(30, "2027-02"), child(3, "2027-01", sleep="yes")])
    assert found.shares == [("2027-01", Fraction(1))]


SAID = st.sampled_from(["yes", "no", "not-applicable", "unknown"])
CHILDREN = st.lists(
    st.builds(
        Child,
        st.sampled_from(["2027-01", "2027-02"]),
        st.integers(0, 40),
        st.fixed_dictionaries({}, optional=dict.fromkeys(AGES, SAID)),
        st.sampled_from(["", "", "moved"]),
    ),
    max_size=30,
)


@given(CHILDREN)
def test_it_agrees_with_an_obvious_count(children: list[Child]) -> None:
    found = reliability(bundle(), children)
    counted = [one for one in children if not one.excluded]
    applied = [
        [
            one.done.get(name, "unknown")
            for name, (first, under) in AGES.items()
            if first <= one.months < under and one.done.get(name) != "not-applicable"
        ]
        for one in counted
    ]
    assert found.whole.of == sum(1 for one in applied if one)
    assert found.whole.done == sum(1 for one in applied if one and set(one) == {"yes"})
    assert found.none_applies == applied.count([])
    assert sum(found.excluded.values()) + found.whole.of + found.none_applies == len(children)
    assert sum(one.of for one in found.elements.values()) == sum(map(len, applied))
    assert sum(one.of for one in found.periods.values()) == found.whole.of
