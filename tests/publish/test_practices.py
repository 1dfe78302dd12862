"""Practices and bundles as pages: who uses them, how it went, and what has been decided."""

import pytest
from tests.partnership import Partnership

from npcs.publish.page import Callout, Heading, Page, Table, Text

PRACTICE = """\
---
title: Huddles
problem: Facts get lost.
tried: A talk each morning.
worked: Questions were settled.
did_not_work: Nights could not join.
evidence: {level: descriptive, sources: [{title: Account, as_of: 2027-01}]}
members: [ohio]
adopted:
- {member: utah, on: 2027-02-01, changed: By *telephone*.}
- {member: ohio, on: 2027-01-01}
feedback:
- {member: utah, on: 2027-03-01, text: It needs a fixed hour.}
- {member: utah, on: 2027-05-01, text: It holds.}
---
"""
BUNDLE = """\
---
title: First steps
population: Infants
elements:
- {id: sleep, text: Sleep, ages: {under: 12}, evidence: [{title: S}]}
- {id: plan, text: Plan, ages: {under: 1}, evidence: [{title: S}]}
- {id: nurse, text: Nurse, ages: {from: 12}, evidence: [{title: S}]}
DECISION---
"""


def partnership(decision: str = "") -> Partnership:
    made = Partnership().member("ohio").member("utah")
    made.decision("D-2027-001", "2027-02-01", outcome="rejected")
    made.put("practices/library/huddles.md", PRACTICE)
    bundle = BUNDLE.replace("DECISION", f"decision: {decision}\n" if decision else "")
    return made.put("practices/bundles/first-steps.md", bundle)


@pytest.fixture
def pages(pages_of) -> dict[str, Page]:
    return pages_of(partnership())


def test_a_practice_tells_who_took_it_up_and_how_it_went(pages: dict[str, Page]) -> None:
    page = pages["practices/library/huddles"]
    (table,) = page.find(Table)
    assert [row[0] for row in table.rows] == [
        "[Ohio](hub:members/ohio)",
        "[Utah](hub:members/utah)",
    ]
    assert table.rows[1][2] == "By *telephone*."
    texts = [one.text for one in page.blocks if isinstance(one, Text)]
    assert texts.index("It holds.") < texts.index("It needs a fixed hour.")


def test_the_list_counts_each_member_that_uses_a_practice_once(pages: dict[str, Page]) -> None:
    (row,) = next(
        one.rows for one in pages["practices/index"].find(Table) if "Used by" in one.columns
    )
    assert "2 members" in row


@pytest.mark.parametrize(("decision", "said"), [("", "A candidate"), ("D-2027-001", "does not")])
def test_a_bundle_is_a_candidate_until_a_decision_that_holds(
    pages_of, decision: str, said: str
) -> None:
    page = pages_of(partnership(decision))["practices/bundles/first-steps"]
    assert "candidate" in page.chips[0]
    assert any(said in one.title for one in page.find(Callout))
    assert page.files == {
        "practices/bundles/first-steps/first-steps.csv": (
            b"period,age_months,sleep,plan,nurse,excluded\r\n"
        )
    }


def test_a_bundle_says_for_which_ages_each_element_is(pages: dict[str, Page]) -> None:
    (table,) = pages["practices/bundles/first-steps"].find(Table)
    assert [row[1] for row in table.rows] == [
        "birth to under 1 year", "birth to under 1 month", "from 1 year on",
    ]  # fmt: skip


def test_feedback_has_a_place_only_where_somebody_uses_it(pages_of) -> None:
    alone = partnership().put(
        "practices/library/huddles.md", PRACTICE.partition("members:")[0] + "---\n"
    )
    page = pages_of(alone)["practices/library/huddles"]
    assert "Feedback" not in [one.title for one in page.find(Heading)]
