"""Fields of definitions and instruments that hold together."""

import pytest

from npcs.records.definitions import Instrument
from npcs.records.hub import Hub

PATH = "definitions/instruments/survey.yml"
SURVEY = """\
title: Survey
version: '1'
licence: Made up
domains:
- name: Speaking up
  items: [One, Two]
  reverse: [{}]
"""


def test_items_worded_the_other_way_round_are_named_by_their_numbers() -> None:
    hub = Hub.of({PATH: SURVEY.format("2")})
    assert hub.all(Instrument)["survey"].domains[0].reverse == (2,)


@pytest.mark.parametrize("number", ["0", "3"])
def test_there_must_be_such_an_item(number: str) -> None:
    document = Hub.of({PATH: SURVEY.format(number)}).documents[PATH]
    (remark,) = document.remarks
    assert f"there is no item {number} here: the domain has 2" in remark.message
    assert (remark.line, remark.rule) == (7, "invalid-field")


def test_the_items_of_a_licensed_instrument_need_not_be_there() -> None:
    text = SURVEY.format("7").replace("  items: [One, Two]\n", "")
    assert Hub.of({PATH: text}).documents[PATH].valid
