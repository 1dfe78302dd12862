"""What a demo holds: valid records in the canonical style, and a history that keeps the charter."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from npcs.demo import generate
from npcs.demo.charter_text import PROVISIONS, charter
from npcs.demo.chronicle import Version
from npcs.demo.story import as_of, tell
from npcs.governance.cochairs import chairing
from npcs.governance.measures import chart, series, tables
from npcs.governance.terms import committee
from npcs.records.charter import (
    Charter,
    Decision,
    Group,
    Meeting,
    Member,
    Parameters,
    Person,
    Term,
)
from npcs.records.figures import COUNTS, read_figures
from npcs.records.followup import Opportunity
from npcs.records.hub import Hub
from npcs.records.kinds import kind_of
from npcs.records.shape import Shape, shape_of
from npcs.records.workplan import Activity, Measure
from npcs.rules.engine import check

ROOT = Path(__file__).parents[2]


@cache
def versions(members: int = 12, years: int = 4, seed: int = 1) -> Mapping[str, Version]:
    """The last version of every file of a demo."""
    return tell(members, years, None, seed).chronicle.files()


@cache
def hub(members: int = 12, years: int = 4, seed: int = 1) -> Hub:
    """A demo's records."""
    found = versions(members, years, seed)
    return Hub.of({path: one.render() for path, one in found.items() if kind_of(path)})


def test_every_record_is_valid_and_in_the_canonical_style() -> None:
    remarks = [(one.path, said) for one in hub().documents.values() for said in one.remarks]
    assert remarks == []
    assert all(one.valid for one in hub().documents.values())


def test_every_file_says_what_was_meant() -> None:
    """What our reader reads is what the demo put into the file, to the last value."""
    for path, version in versions().items():
        if version.data is not None:
            content = hub().documents[path].content()
            assert content.data == as_text(version.data), path
            assert content.body.strip() == (version.prose or ""), path


def as_text(value: Any) -> Any:
    """A value as the reader gives it: text, lists and mappings."""
    if isinstance(value, Mapping):
        return {key: as_text(one) for key, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [as_text(one) for one in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def test_fields_stand_in_the_order_of_the_model() -> None:
    for path, version in versions().items():
        if version.data is not None:
            found = kind_of(path)
            assert found
            in_order(shape_of(found[0].model), version.data, path)


def in_order(shape: Shape | None, data: Any, path: str) -> None:
    if shape is None:
        return
    if isinstance(data, Mapping):
        if shape.fields:
            known = list(shape.fields)
            places = [known.index(key) for key in data]
            assert places == sorted(places), f"{path}: {list(data)}"
        for key, value in data.items():
            in_order(shape.fields.get(key, shape.item), value, path)
    elif isinstance(data, list | tuple):
        for value in data:
            in_order(shape.item, value, path)


@pytest.mark.parametrize(
    ("members", "years", "records", "seed"),
    [
        (12, 4, None, 1), (12, 4, None, 2), (12, 4, None, 3), (4, 1, None, 1), (4, 9, None, 4),
        (5, 2, None, 5), (6, 1, None, 6), (8, 3, None, 7), (7, 5, None, 8), (30, 3, None, 9),
        (20, 6, 2500, 10), (12, 4, 4000, 11),
    ],
)  # fmt: skip
def test_a_demo_passes_every_check_with_no_finding_but_due(
    tmp_path: Path, members: int, years: int, records: int | None, seed: int
) -> None:
    made = generate(tmp_path / "demo", members=members, years=years, records=records, seed=seed)
    report = check(made.target, made.as_of, cached=False)
    assert report.crashes == ()
    assert [one for one in report.findings if one.severity != "due"] == []
    assert report.records == made.records


def test_something_is_always_due(tmp_path: Path) -> None:
    made = generate(tmp_path / "demo")
    due = {one.rule for one in check(made.target, made.as_of, cached=False).findings}
    assert {"communicated", "minutes", "notice-to-advisors", "term-length"} <= due


@pytest.mark.parametrize("seed", range(1, 7))
@pytest.mark.parametrize(("members", "years"), [(4, 6), (12, 4)])
def test_two_co_chairs_lead_on_every_day(members: int, years: int, seed: int) -> None:
    spans = list(chairing(hub(members, years, seed), as_of(years)))
    assert {len(one.people) for one in spans} == {2}
    assert len({person for one in spans for person in one.people}) >= 3


def test_the_committee_is_never_too_small_for_a_vote() -> None:
    for meeting in hub().all(Meeting).values():
        if meeting.body_ == "executive-committee" and meeting.status == "held":
            assert len(committee(hub(), meeting.date)) >= 8


def test_decisions_of_every_course() -> None:
    decisions = list(hub().all(Decision).values())
    assert {one.subject for one in decisions} >= {
        "charter", "reading", "appointment", "group", "recommendation", "notice", "other",
    }  # fmt: skip
    assert {one.outcome for one in decisions} == {"adopted", "rejected", "deferred"}
    votes = [one for one in decisions if one.method == "vote"]
    assert {one.outcome for one in votes} == {"adopted", "rejected"}
    assert {how for one in votes for how in one.votes.values()} >= {"yes", "no", "abstain"}
    resolved = [
        one
        for one in decisions
        if one.method == "consensus" and one.consensus and one.consensus.objections
    ]
    assert any(one.consensus and one.consensus.objections[0].resolved for one in resolved)
    assert any(one.shared_outside for one in decisions)
    assert any(one.ballot for seed in range(1, 6) for one in hub(seed=seed).all(Decision).values())


def test_people_come_and_go() -> None:
    terms = [one for seed in range(1, 4) for one in hub(seed=seed).all(Term).values()]
    ended = [one for one in terms if one.ended]
    assert {one.office for one in ended} >= {"member", "co-chair", "advisor", "coordinator"}
    assert any(one.replaces for one in terms)
    assert {bool(one.nominated_by) for one in terms if one.office == "member"} == {True, False}
    assert any("Rotated off" in one.ended.reason for one in ended if one.ended)
    assert any(one.left_organization for one in hub().all(Person).values())
    members = list(hub().all(Member).values())
    assert {one.kind_ for one in members} == {
        "state", "county", "city", "tribe", "territory", "district",
    }  # fmt: skip
    assert {one.size for one in members} == {"small", "medium", "large"}
    assert any(one.within for one in members)
    assert any(one.left for one in members)
    assert len({one.joined for one in members}) == 2


def test_meetings_of_every_state() -> None:
    meetings = [one for seed in range(1, 4) for one in hub(seed=seed).all(Meeting).values()]
    ours = [one for one in meetings if one.body_ == "executive-committee"]
    assert {one.status for one in ours} == {"held", "cancelled", "scheduled"}
    assert {how for one in ours for how in one.attendance.values()} == {
        "present", "excused", "absent",
    }  # fmt: skip
    assert {one.body_ for one in meetings} > {"executive-committee", "collaborative"}


def test_readings_are_adopted_and_some_change() -> None:
    record = hub().get(Parameters, "parameters")
    assert record
    assert all(one.history[0].decision for one in record.parameters.values())
    assert sum(len(one.history) > 1 for one in record.parameters.values()) == 2


def test_the_charter_has_the_provisions_of_every_charter_of_its_kind() -> None:
    text = (ROOT / "charter/charter.md").read_text("utf-8")
    real = {one.upper() for one in re.findall(r"\{#([a-z]{3}-\d+)\}", text)}
    assert set(PROVISIONS) == real
    assert set(hub().provisions) == real


def test_revisions_of_the_charter_differ_and_keep_every_id() -> None:
    texts = [charter("1.0", number) for number in range(20)]
    assert all(one != other for one, other in pairwise(texts))
    for one in texts:
        assert all(f"**{key}** " in one and f"{{#{key.lower()}}}" in one for key in PROVISIONS)


def test_the_charter_shown_is_the_last_one_approved() -> None:
    approvals = [one for one in hub().all(Decision).values() if one.charter]
    last = max(approvals, key=lambda one: one.date)
    record = hub().get(Charter, "charter")
    assert record
    assert last.charter
    assert record.version == last.charter.version
    assert [one.charter.change for one in approvals if one.charter][:2] == ["major", "annual"]
    assert "editorial" in {one.charter.change for one in approvals if one.charter}


def test_no_small_number_is_published() -> None:
    for path, version in versions().items():
        if path.startswith("workplan/measures/") and path.endswith(".csv"):
            table = read_figures(version.prose or "")
            assert table.rows, path
            assert not table.faults, path
            for row in table.rows:
                shown = [row.number(column) for column in COUNTS]
                assert all(one is None or one > 10 for one in shown), (path, row.line)


def test_measures_show_charts_of_each_kind_with_a_signal_and_without() -> None:
    files = {path: one.render() for path, one in versions().items() if "/measures/" in path}
    those = Hub.of(files)
    found = {
        (type(one).__name__, bool(one.signals))
        for measure in those.all(Measure).values()
        for one in [chart(measure, series(those, measure))]
    }
    assert found == {
        (kind, told) for kind in ("RunChart", "ControlChart") for told in (True, False)
    }
    hidden = [row for table in tables(those).values() for row in table.rows
              if row.number("numerator") is None]  # fmt: skip
    assert hidden


@pytest.mark.parametrize(("members", "years"), [(4, 6), (12, 4)])
def test_a_group_leads_what_it_was_formed_for(members: int, years: int) -> None:
    here = hub(members, years)
    groups = here.all(Group)
    for one in here.all(Activity).values():
        if one.lead not in groups:
            assert one.lead == "Executive Committee", one.key
            continue
        group = groups[one.lead]
        assert group.closed is None, one.key
        words = {*one.title.casefold().split()} & {*group.title.casefold().split()}
        assert words - {"of", "and", "for"}, (one.title, group.title)
    raised = {one.theme: one.from_ for one in here.all(Opportunity).values() if one.from_}
    assert raised["Support of staff"] in (
        "safety-culture-subcommittee", "incident-review-subcommittee",
    )  # fmt: skip
    assert {*raised.values()} <= {*groups}


def test_nobody_real() -> None:
    """The names of real members and of organizations around them stand nowhere."""
    real = [path.stem.replace("-", " ") for path in (ROOT / "charter/members").glob("*.yml")]
    everything = "\n".join(one.render() for one in versions().values()).lower()
    for name in (*real, "casey family", "vanderbilt", "national partnership"):
        assert not re.search(rf"\b{name}\b", everything), name


def test_ten_thousand_sentences_are_not_all_alike() -> None:
    bodies = [one.body for one in hub().documents.values() if "practices/library" in one.path]
    assert len(set(bodies)) == len(bodies)
