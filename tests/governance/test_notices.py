"""Where notices stand, who can read the hub, and by when a version is answered."""

from datetime import date
from itertools import pairwise

import pytest

from npcs.governance.notices import (
    MAY_FOLLOW,
    audience,
    review_due,
    state,
    steps,
    version_on,
    versions,
)
from npcs.records.hub import Hub
from npcs.records.notices import Notice
from partnership import Partnership

D = date.fromisoformat
KEY = "NPCS-SN-2027-001"
REVISION = "{version: '1.1', 'on': 2027-05-01, what: Clearer}"


def made(*lines: str, more: Partnership | None = None) -> tuple[Hub, Notice]:
    """A hub with one notice; ``more`` may hold other records."""
    fields = ("title: Cribs", "kind: warning", "tlp: CLEAR", "hazard: Beds", *lines)
    if not any(line.startswith("version") for line in lines):
        fields += ("version: '1.0'",)
    text = "---\n" + "\n".join(fields) + "\n---\nLook.\n"
    hub = (more or Partnership()).put(f"notices/2027/{KEY}.md", text).hub()
    return hub, hub.all(Notice)[KEY]


LIFE = (
    "in_review: 2027-02-01", "issued: 2027-03-01", "version: '1.1'", f"revisions: [{REVISION}]",
    "closed: 2027-08-01", "enduring: {'on': 2027-09-01, reason: Ordinary practice}",
    "withdrawn: {'on': 2027-12-01, reason: A newer study}",
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2027-01-31", "draft"), ("2027-02-01", "in review"), ("2027-02-28", "in review"),
        ("2027-03-01", "issued"), ("2027-05-01", "amended"), ("2027-08-01", "closed"),
        ("2027-09-01", "enduring standard"), ("2027-12-01", "withdrawn"),
    ],
)  # fmt: skip
def test_a_state_holds_from_the_day_of_what_was_done(day, expected):
    hub, notice = made(*LIFE)
    assert state(hub, notice, D(day)) == expected


def test_a_whole_life_takes_only_steps_that_are_allowed():
    hub, notice = made(*LIFE)
    states = ["draft", *(one.state for one in steps(hub, notice))]
    assert all(after in MAY_FOLLOW[before] for before, after in pairwise(states))


def test_what_may_follow_is_said_of_every_state_and_of_no_other():
    assert {one for many in MAY_FOLLOW.values() for one in many} | {"draft"} == set(MAY_FOLLOW)


def test_a_notice_is_superseded_on_the_day_the_newer_one_is_issued():
    newer = "---\ntitle: N\nkind: warning\ntlp: CLEAR\nhazard: H\nversion: '1.0'\n{}---\nLook.\n"
    said = f"supersedes: {KEY}\n"
    draft = Partnership().put("notices/2027/NPCS-SN-2027-002.md", newer.format(said))
    hub, notice = made("issued: 2027-03-01", more=draft)
    assert state(hub, notice, D("2028-01-01")) == "issued"
    out = newer.format(said + "issued: 2027-06-01\n")
    hub, notice = made(
        "issued: 2027-03-01", more=Partnership().put("notices/2027/NPCS-SN-2027-002.md", out)
    )
    assert state(hub, notice, D("2027-05-31")) == "issued"
    assert state(hub, notice, D("2027-06-01")) == "superseded"


def test_what_was_withdrawn_stays_so_whatever_is_recorded_later():
    hub, notice = made(
        "issued: 2027-03-01", "withdrawn: {'on': 2027-04-01, reason: Wrong}", "closed: 2027-05-01"
    )
    assert state(hub, notice, D("2027-06-01")) == "withdrawn"


def test_a_draft_has_no_version_out():
    hub, notice = made()
    assert versions(notice) == []
    assert version_on(notice, D("2030-01-01")) is None
    assert review_due(hub, notice, D("2030-01-01")) is None


@pytest.mark.parametrize(
    ("respond", "expected"),
    [("2027-03-31", "2027-05-31"), ("2027-05-20", "2027-05-20"), ("2027-05-01", "2027-05-01")],
)
def test_a_second_version_has_its_own_day_to_answer_by(respond, expected):
    _, notice = made(
        "issued: 2027-03-01", f"respond_by: {respond}", "version: '1.1'", f"revisions: [{REVISION}]"
    )
    assert [one.number for one in versions(notice)] == ["1.0", "1.1"]
    assert versions(notice)[1].respond_by == D(expected)


@pytest.mark.parametrize(
    ("lines", "day", "expected"),
    [
        ((), "2027-06-01", "2028-03-01"),
        (("review_by: 2027-09-01",), "2027-06-01", "2027-09-01"),
        (("review_by: 2029-01-01",), "2027-06-01", "2028-03-01"),  # later than it may be
        (("review_by: 2027-04-01", "reviews: [{'on': 2027-05-01, found: Right}]"), "2027-06-01",
         "2028-05-01"),
        (("reviews: [{'on': 2027-07-01, found: Right}]",), "2027-06-01", "2028-03-01"),
    ],
)  # fmt: skip
def test_a_review_is_due_within_the_adopted_time_or_by_an_earlier_day(lines, day, expected):
    hub, notice = made("issued: 2027-03-01", *lines)
    assert review_due(hub, notice, D(day)) == D(expected)


@pytest.mark.parametrize(
    ("history", "day", "expected"),
    [
        ((), "2027-06-01", "public"),
        ((("2027-01-01", "members"),), "2027-06-01", "members"),
        ((("2027-01-01", "members"),), "2026-06-01", "public"),
        ((("2027-01-01", "committee"), ("2028-01-01", "public")), "2027-06-01", "public"),
        ((("2027-01-01", "public"), ("2028-01-01", "committee")), "2028-06-01", "committee"),
    ],
)
def test_who_can_read_the_hub_now_or_later(history, day, expected):
    made = Partnership()
    if history:
        made.parameter("hub-audience", *history)
    assert audience(made.hub(), D(day)) == expected


def test_a_narrower_circle_that_nobody_rightly_adopted_counts_as_public():
    made = Partnership().committee(3).decision("D-2027-001", "2027-01-01", outcome="rejected")
    made.put(
        "charter/parameters.yml",
        """\
parameters:
  hub-audience:
    provision: ACT-4
    silent: true
    reading: For members only.
    history:
      - {from: 2027-01-01, value: members, decision: D-2027-001}
""",
    )
    assert audience(made.hub(), D("2027-06-01")) == "public"
