"""Lists without records: each says what will come, who can start it, and how."""

import re
from datetime import date
from typing import Any

import pytest
from tests.partnership import Partnership

from npcs.publish.empty import ONE_ONLY
from npcs.publish.page import Page, Text
from npcs.publish.told import TOLD

LISTS = {
    "charter/index": "charter",
    "charter/parameters": "parameters",
    "charter/coverage": "coverage",
    "committee/index": "term",
    "committee/days": "term",
    "committee/terms/index": "term",
    "people/index": "person",
    "members/index": "member",
    "agreements/index": "agreement",
    "meetings/index": "meeting",
    "decisions/index": "decision",
    "recommendations/index": "recommendation",
    "workplan/index": "priority",
    "workplan/opportunities/index": "opportunity",
    "workplan/follow-through": "recommendation",
    "definitions/index": "definition",
    "definitions/data": "data-package",
    "definitions/instruments/index": "instrument",
    "notices/index": "notice",
    "notices/answers/index": "notice",
    "practices/index": "bundle",
}
"""Every page that lists records, with a kind of which it has none."""


@pytest.fixture(scope="module")
def empty(pages_of: Any) -> dict[str, Page]:
    """The pages of a partnership that has recorded a single answer to nothing."""
    given: dict[str, Page] = pages_of(Partnership(), date(2027, 1, 1))
    return given


@pytest.mark.parametrize("address", LISTS)
def test_an_empty_list_says_who_can_start_it_and_how(address: str, empty: dict[str, Page]) -> None:
    kind = LISTS[address]
    said = [one.text for one in empty[address].find(Text) if "npcs-empty" in one.text]  # type: ignore[attr-defined]
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", TOLD[kind].start.split("(")[0]).strip()
    (one,) = [text for text in said if words in text]
    place = "about/propose" if kind in ONE_ONLY else f"about/propose#add-{kind}"
    assert f"(hub:{place})." in one


def test_the_way_leads_to_a_line_for_every_kind(empty: dict[str, Page]) -> None:
    from npcs.publish.render import markdown

    text = markdown(empty["about/propose"])
    for kind in TOLD.keys() - {*ONE_ONLY}:
        assert f"{{ #add-{kind} }}" in text, kind


def test_without_a_repository_proposals_go_to_somebody(
    pages_of: Any, empty: dict[str, Page]
) -> None:
    from npcs.publish.render import markdown

    text = markdown(empty["about/propose"])
    assert "Nobody is project coordinator yet" in text
    assert "“Edit the file”" not in text
    office = Partnership().person("ana").term("ana", "2026-01-01", "coordinator")
    text = markdown(pages_of(office, date(2027, 1, 1))["about/propose"])
    assert "Send that to the project coordinator, [Ana](../people/ana.md)." in text
    assert "does not say where its repository is" in text


MEASURE = """\
title: Children who died
provision: OUT-1
definition: Children who died.
numerator: Children who died
denominator: Children who live there
unit: deaths per 100,000 children
better: lower
"""


@pytest.mark.parametrize(("address", "who"), [
    ("workplan/activities/reviews", "The project coordinator asks each"),
    ("workplan/measures/deaths", "its data steward or the project coordinator"),
    ("charter/proposed", "A member nominates, or a leader volunteers"),
])  # fmt: skip
def test_an_empty_part_of_a_page_says_who_can_start_it(
    address: str, who: str, pages_of: Any
) -> None:
    hub = Partnership().activity("reviews").put("workplan/measures/deaths.yml", MEASURE).charter()
    page = pages_of(hub, date(2027, 1, 1))[address]
    assert [one for one in page.find(Text) if "npcs-empty" in one.text and who in one.text]
