"""The table of what holds each provision is complete: from the provisions, and from the rules."""

from datetime import date
from pathlib import Path

import pytest

from npcs.charter.coverage import coverage, evidence, in_text, rules_by_provision, touched
from npcs.demo.making import generate
from npcs.publish.addresses import PLACES, list_of
from npcs.publish.page import Table
from npcs.publish.sections import pages
from npcs.publish.site import Settings, Site
from npcs.records.charter import Parameters
from npcs.records.coverage import Coverage
from npcs.records.hub import Hub
from npcs.rules.registry import RULES, rule_named
from partnership import Partnership

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module", params=["founding", "demo"])
def hub(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """The records of the repository, and those of the made-up partnership."""
    if request.param == "founding":
        return Hub.read(ROOT)
    made = generate(tmp_path_factory.mktemp("demo") / "demo", members=4, years=1)
    return Hub.read(made.target)


def entries(hub: Hub) -> dict[str, object]:
    record = hub.get(Coverage, "coverage")
    assert record
    return dict(record.provisions)


def test_the_text_has_the_provisions_that_records_refer_to(hub: Hub):
    assert list(in_text(hub)) == list(hub.provisions)


def test_every_provision_is_held_evidenced_or_declared_as_intent(hub: Hub):
    for key, one in coverage(hub).items():
        assert one.answered, key
        held = bool(one.rules or one.evidence)
        assert held != bool(one.intent), f"{key}: either something holds it, or it says why not"


def test_every_entry_is_of_a_provision_that_is_there(hub: Hub):
    assert set(entries(hub)) <= set(in_text(hub))


def test_every_rule_that_rests_on_a_provision_stands_in_the_table(hub: Hub):
    table = coverage(hub)
    for rule in RULES:
        for key in rule.provisions:
            assert rule.name in table[key].rules, f"{rule.name} holds {key}"


def test_every_rule_in_the_table_is_there_and_holds_what_the_table_says(hub: Hub):
    for key, one in coverage(hub).items():
        for name in one.rules:
            rule = rule_named(name)
            assert rule
            assert key in rule.provisions


def test_every_reading_stands_at_the_provision_it_is_of(hub: Hub):
    record = hub.get(Parameters, "parameters")
    assert record
    table = coverage(hub)
    found = {(name, key) for key, one in table.items() for name in one.readings}
    assert found == {(name, one.provision) for name, one in record.parameters.items()}


def test_all_evidence_can_be_there(hub: Hub):
    for key, one in coverage(hub).items():
        for each in one.evidence:
            assert each.form != "nothing", f"{key}: {each.place}"


def test_the_page_shows_every_provision_once_and_every_rule(hub: Hub):
    site = Site(hub, date(2027, 6, 15), Settings("Test"))
    found = {page.address: page for page in pages(site)}
    tables = [it for it in found["charter/coverage"].blocks if isinstance(it, Table)]
    (last,) = [it for it in found["charter/coverage/rules"].blocks if isinstance(it, Table)]
    text = "\n".join(str(cell) for table in tables for row in table.rows for cell in row[:1])
    for key, anchor in hub.provisions.items():
        assert text.count(f"[{key}](hub:charter/index#{anchor})") == 1, key
    named = [row[0] for row in last.rows]
    assert named == [f"[{one.name}](hub:rules/{one.name})" for one in RULES if one.provisions]
    for kind in PLACES:
        assert list_of(kind) in found, f"where the records of the kind {kind} are listed"


def test_rules_that_hold_no_provision_are_those_on_good_order():
    without = {rule.subject for rule in RULES if not rule.provisions}
    assert without == {"records"}
    assert all(rule.provision for rule in RULES if rule.also)


def text(*ids: str) -> str:
    return "\n\n".join(f"**{one}** Words of {one}. {{#{one.lower()}}}" for one in ids)


def test_what_holds_a_provision_comes_from_rules_readings_and_the_record():
    made = Partnership().charter(text("DEC-2", "VAL-1", "OUT-1", "DIS-1"))
    made.parameter("vote-base", ("2027-01-01", "in-office"), provision="DEC-2")
    made.put(
        "charter/coverage.yml",
        "provisions:\n  VAL-1: {intent: A value.}\n"
        "  OUT-1: {evidence: [workplan/measures, 'https://example.org/a'], shows: Figures.}\n",
    )
    table = coverage(made.hub())
    assert table["DEC-2"].rules == rules_by_provision()["DEC-2"]
    assert table["DEC-2"].readings == ("vote-base",)
    assert table["VAL-1"].intent == "A value."
    assert [one.form for one in table["OUT-1"].evidence] == ["folder", "page"]
    assert table["OUT-1"].shows == "Figures."
    assert [one.answered for one in table.values()] == [True, True, True, False]


@pytest.mark.parametrize(
    ("place", "form", "kinds"),
    [
        ("notices", "folder", ("notice", "answer")),
        ("charter/meetings/", "folder", ("meeting",)),
        ("definitions/core-data-set", "folder", ("data-package",)),
        ("charter/charter.md", "record", ()),
        ("https://example.org/figures", "page", ()),
        ("charter/meet", "nothing", ()),
        ("charter/people/nobody.yml", "nothing", ()),
        ("", "nothing", ()),
    ],
)
def test_where_evidence_may_stand(place: str, form: str, kinds: tuple[str, ...]):
    found = evidence(Partnership().charter(text("DEC-2")).hub(), place)
    assert (found.form, found.kinds) == (form, kinds)


def test_the_records_a_provision_touches_are_those_that_refer_to_it():
    made = Partnership().charter(text("DEC-2")).committee(1)
    made.decision("D-2027-001", "2027-03-04", about=["DEC-2"])
    made.parameter("vote-base", ("2027-01-01", "in-office"))
    assert [one.id for one in touched(made.hub(), "DEC-2")] == ["D-2027-001"]
