"""The parameters in force on a day."""

import gc
import weakref
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from npcs.governance import parameters
from npcs.governance.dates import Period
from npcs.governance.forms import quorum
from npcs.governance.parameters import KNOWN, in_force, value
from npcs.records.charter import Parameters
from npcs.records.hub import Hub
from partnership import Partnership

D = date.fromisoformat
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("name", "founding"),
    [
        ("vote-share", Fraction(2, 3)),
        ("vote-base", "in-office"),
        ("quorum", quorum("more than 1/2")),
        ("consensus", "no-unresolved-objection"),
        ("ballots", "allowed"),
        ("proxies", "not-allowed"),
        ("committee-term", Period(years=1)),
        ("seats-per-member", 1),
        ("rotation-grace", Period(days=90)),
        ("rotation-trigger", "change of the member's child welfare leader"),
        ("co-chairs", 2),
        ("co-chair-selection", "decision of the committee"),
        ("co-chair-limit", Period(years=2)),
        ("co-chair-break", Period(years=1)),
        ("co-chair-vacancy", Period(days=60)),
        ("meeting-interval", Period(months=1)),
        ("meeting-notice", Period(days=7)),
        ("absences", 3),
        ("attendance-review", Period(days=90)),
        ("minutes-due", Period(days=14)),
        ("communication-due", Period(days=14)),
        ("recommendation-due", Period(days=90)),
        ("opportunity-due", Period(days=90)),
        ("action-span", Period(years=2)),
        ("charter-review", Period(years=1)),
        ("participation-review", Period(years=1)),
        ("notice-review", Period(years=1)),
        ("hub-audience", "public"),
        ("repository-audience", "as the hub"),
    ],
)
def test_every_founding_value(name, founding):
    hub = Partnership().hub()
    reading = in_force(hub, name, D("2027-01-01"))
    assert reading.value == founding
    assert reading.founding
    assert reading.since is None
    assert value(hub, name, date.min) == value(hub, name, date.max) == founding


def test_no_founding_value_is_left_untested():
    marks = test_every_founding_value.pytestmark[0].args[1]
    assert {name for name, _ in marks} == set(KNOWN)


def test_the_founding_values_are_those_the_records_start_with():
    record = Hub.read(ROOT).get(Parameters, "parameters")
    for name, known in KNOWN.items():
        assert record.parameters[name].history[0].value == known.founding
        assert record.parameters[name].provision == known.provision


def test_all_values_of_the_records_can_be_read():
    assert parameters.problems(Hub.read(ROOT)) == ()


def test_a_value_holds_from_its_first_day_until_the_day_before_the_next():
    history = [("2027-01-01", "3"), ("2028-03-01", "4")]
    hub = Partnership().parameter("co-chairs", *history).hub()
    days = ["2026-12-31", "2027-01-01", "2028-02-29", "2028-03-01", "2090-01-01"]
    assert [value(hub, "co-chairs", D(day)) for day in days] == [2, 3, 3, 4, 4]


def test_a_reading_says_where_it_comes_from():
    hub = (
        Partnership()
        .committee(3)
        .decision("D-2027-001", "2027-02-01")
        .put(
            "charter/parameters.yml",
            "parameters:\n"
            "  absences:\n"
            "    provision: EXC-3\n"
            "    silent: true\n"
            "    reading: Three in a row.\n"
            "    history:\n"
            "      - {from: 2027-01-01, value: '3', provisional: true}\n"
            "      - {from: 2027-03-01, value: '2', decision: D-2027-001}\n",
        )
        .hub()
    )
    before, first, second = (
        in_force(hub, "absences", D(day)) for day in ("2026-12-31", "2027-01-01", "2027-03-01")
    )
    assert (before.founding, first.founding, second.founding) == (True, False, False)
    assert (before.provisional, first.provisional, second.provisional) == (True, True, False)
    assert (second.decision, second.since, second.text) == ("D-2027-001", D("2027-03-01"), "2")
    assert (second.provision, second.silent) == ("EXC-3", True)
    assert parameters.changes(hub, "absences") == (first, second)


def test_the_order_in_the_file_does_not_matter_except_on_one_day():
    hub = (
        Partnership()
        .parameter("absences", ("2028-01-01", "5"), ("2027-01-01", "4"), ("2028-01-01", "6"))
        .hub()
    )
    assert value(hub, "absences", D("2027-06-01")) == 4
    assert value(hub, "absences", D("2028-01-01")) == 6


def test_a_value_nobody_can_read_leaves_the_one_before_in_force():
    history = [("2027-01-01", "4"), ("2028-01-01", "a few"), ("2029-01-01", "5")]
    hub = Partnership().parameter("absences", *history).hub()
    days = ["2027-06-01", "2028-06-01", "2029-06-01"]
    assert [value(hub, "absences", D(day)) for day in days] == [4, 4, 5]
    (problem,) = parameters.problems(hub)
    assert (problem.name, problem.index) == ("absences", 1)
    assert problem.message.startswith("“a few” is not a whole number")
    place = hub.get(Parameters, "parameters").at(
        "parameters", problem.name, "history", problem.index, "value"
    )
    line = hub.documents["charter/parameters.yml"]
    assert place.path == line.path
    text = Partnership().parameter("absences", *history).texts["charter/parameters.yml"]
    assert text.splitlines()[place.line - 1].endswith("a few")


def test_where_no_value_can_be_read_the_founding_one_holds():
    hub = Partnership().parameter("quorum", ("2027-01-01", "most of us")).hub()
    assert value(hub, "quorum", D("2028-01-01")) == quorum("more than 1/2")
    assert in_force(hub, "quorum", D("2028-01-01")).founding
    assert parameters.changes(hub, "quorum")[0].founding


def test_a_file_that_does_not_fit_its_kind_leaves_the_founding_values():
    hub = Hub.of({"charter/parameters.yml": "parameters: {co-chairs: {history: []}}\n"})
    assert value(hub, "co-chairs", D("2027-01-01")) == 2


def test_a_parameter_only_people_read_is_its_text():
    hub = Partnership().parameter("removal", ("2027-01-01", "none")).hub()
    assert value(hub, "removal", D("2027-06-01")) == "none"
    assert "removal" in parameters.names(hub)
    with pytest.raises(KeyError):
        value(hub, "no-such-thing", D("2027-06-01"))


def test_what_is_remembered_of_a_hub_goes_with_it():
    hub = Partnership().committee(2).hub()
    value(hub, "co-chairs", D("2027-01-01"))
    gone = weakref.ref(hub)
    del hub
    gc.collect()
    assert gone() is None


def test_what_the_charter_fixes_is_settled_and_every_other_reading_waits_to_be_adopted():
    made = Partnership().parameter("vote-share", ("2027-01-01", "2/3"))
    made.parameter("quorum", ("2027-01-01", "none")).parameter("removal", ("2027-01-01", "none"))
    hub = made.hub()
    assert [one.name for one in parameters.unsettled(hub, D("2027-06-01"))] == ["quorum", "removal"]
    assert parameters.unsettled(hub, D("2026-12-31")) == ()
    assert in_force(hub, "vote-share", D("2027-06-01")).fixed
    assert in_force(hub, "committee-term", D("2027-06-01")).fixed, "also where no record says so"
    changed = Partnership().parameter("vote-share", ("2027-01-01", "3/4")).hub()
    assert not in_force(changed, "vote-share", D("2027-06-01")).fixed
    assert in_force(changed, "vote-share", D("2027-06-01")).unsettled
