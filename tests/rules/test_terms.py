"""Boundary cases of the rules on terms."""

from datetime import date

import pytest

from judging import judged, severities
from partnership import Partnership

D = date.fromisoformat


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2027-03-01", "2028-02-29", ""),
        ("2027-03-01", "2028-02-28", "error"),
        ("2027-03-01", "2028-03-01", "error"),
        ("2026-03-01", "2027-02-28", ""),
        ("2028-02-29", "2029-02-28", ""),
        ("2028-02-29", "2029-03-01", "error"),
        ("2028-02-28", "2029-02-27", ""),
        ("2027-01-01", "2027-12-31", ""),
    ],
)
def test_a_term_ends_a_year_later_less_a_day(start: str, end: str, said: str):
    made = Partnership().seat("ana", start, end=D(end))
    assert severities(made, "term-length", "2026-01-01") == said


def test_a_term_is_as_long_as_was_adopted_on_the_day_it_started():
    made = Partnership().parameter(
        "committee-term", ("2026-01-01", "1 year"), ("2027-05-01", "2 years")
    )
    made.seat("ana", "2027-04-30", end=D("2029-04-29")).seat(
        "ben", "2027-05-01", end=D("2029-04-30")
    )
    assert [one.path for one in judged(made, "term-length")] == [
        "charter/terms/2027-04-30-ana-member.yml"
    ]


def test_one_person_may_be_member_and_co_chair_at_once_but_not_twice_a_member():
    made = Partnership().seat("ana", "2027-01-01").term("ana", "2027-01-01", "co-chair")
    assert severities(made, "term-overlap") == ""
    made.member("birch").term("ana", "2027-02-01", represents="birch")
    assert severities(made, "term-overlap") == "error"


def test_two_terms_of_a_person_for_one_member_are_one_seat():
    made = Partnership().seat("ana", "2027-01-01").seat("ana", "2027-02-01")
    assert severities(made, "seats-per-member") == ""


def test_leadership_is_asked_of_running_and_coming_terms_only():
    made = Partnership().person("ana", leadership="false", member="alder")
    made.seat("ana", "2026-01-01", member="alder")
    assert severities(made, "seat-holder", "2026-12-31") == "error"
    assert severities(made, "seat-holder", "2027-01-01") == ""


@pytest.mark.parametrize(("left", "said"), [("2027-12-31", ""), ("2027-12-30", "error")])
def test_a_member_is_one_on_the_last_day_of_the_term(left: str, said: str):
    made = Partnership().member("alder", left=D(left)).seat("ana", "2027-01-01", member="alder")
    assert severities(made, "seat-holder") == said


@pytest.mark.parametrize(
    ("decided", "starts", "said"),
    [
        ("2027-04-01", "2027-04-01", ""),
        ("2027-04-02", "2027-04-01", "error"),
        (None, "2027-04-01", "error"),
        (None, "2027-01-01", ""),
        (None, "2028-01-01", "error"),
        (None, "2028-01-02", ""),
    ],
)
def test_only_the_first_members_need_no_decision(decided: str | None, starts: str, said: str):
    made = Partnership().seat("ana", "2027-01-01", volunteered="true")
    fields: dict[str, object] = {"volunteered": "true"}
    if decided:
        made.decision("D-2027-001", decided, subject="appointment", about=["ben"])
        fields["decision"] = "D-2027-001"
    made.seat("ben", starts, **fields)
    assert severities(made, "appointment") == said


def test_a_ballot_appoints_on_its_last_day():
    made = Partnership().seat("ana", "2027-01-01", volunteered="true")
    ballot = {"opened": D("2027-03-28"), "closed": D("2027-04-02")}
    made.decision("D-2027-001", "2027-04-02", subject="appointment", ballot=ballot)
    made.seat("ben", "2027-04-01", volunteered="true", decision="D-2027-001")
    assert severities(made, "appointment") == "error"


@pytest.mark.parametrize(("ended", "said"), [("2027-03-31", ""), ("2027-04-01", "error")])
def test_a_replacement_starts_after_the_term_it_replaces(ended: str, said: str):
    made = Partnership().decision("D-2027-001", "2027-03-20", subject="appointment")
    made.seat("ana", "2027-01-01", volunteered="true", ended={"on": D(ended), "reason": "Left"})
    made.seat("carla", "2027-01-01", volunteered="true")
    made.seat(
        "ben", "2027-04-01", member="state-of-ana", volunteered="true", decision="D-2027-001",
        replaces="2027-01-01-ana-member",
    )  # fmt: skip
    assert severities(made, "appointment") == said


def test_a_co_chair_goes_on_through_another_seat_and_member_and_the_clock_too():
    made = Partnership().person("ana")
    made.term("ana", "2024-03-01", "co-chair", represents="alder").member("alder").member("birch")
    made.term("ana", "2025-03-01", "co-chair", represents="birch")
    assert severities(made, "co-chair-limit") == ""
    made.term("ana", "2026-03-01", "co-chair", end=D("2026-03-01"))
    [said] = judged(made, "co-chair-limit")
    assert "since 1 March 2024 (three terms" in said.message
    assert said.message.endswith("28 February 2026, and this goes on for 1 day more")


def test_a_term_that_ended_early_stops_the_co_chairs_clock():
    made = Partnership().person("ana").term("ana", "2024-03-01", "co-chair", end=D("2026-12-31"))
    assert severities(made, "co-chair-limit") == "error"
    ended = {"on": D("2026-02-28"), "reason": "The two years were over"}
    made.term("ana", "2024-03-01", "co-chair", end=D("2026-12-31"), ended=ended)
    assert severities(made, "co-chair-limit") == ""


def test_a_vacancy_ahead_is_due_at_the_term_that_ends():
    made = Partnership().committee(3)
    for who in ("p01", "p02"):
        made.term(
            who, "2027-01-01", "co-chair", end=D("2027-08-01" if who == "p01" else "2027-12-31")
        )
    assert severities(made, "co-chair-count", "2027-05-02") == ""
    [said] = judged(made, "co-chair-count", "2027-05-03")
    assert (said.severity, said.path) == ("due", "charter/terms/2027-01-01-p01-co-chair.yml")


def test_as_many_co_chairs_as_adopted_on_the_day():
    made = (
        Partnership().committee(3).parameter("co-chairs", ("2026-01-01", "2"), ("2027-02-01", "3"))
    )
    for who, start in (("p01", "2027-01-01"), ("p02", "2027-01-01"), ("p03", "2027-02-01")):
        made.term(who, start, "co-chair", end=D("2027-12-31"))
    assert severities(made, "co-chair-count") == ""


@pytest.mark.parametrize(
    ("leader", "ended", "as_of", "said"),
    [
        ("2027-03-01", None, "2027-05-30", "due"),
        ("2027-03-01", None, "2027-05-31", "warning"),
        ("2027-03-01", "2027-05-30", "2027-05-31", ""),
        ("2027-03-01", "2027-05-31", "2027-05-31", "warning"),
        ("2027-01-01", None, "2027-06-01", ""),
        ("2027-10-02", None, "2027-09-30", ""),
        ("2027-03-01", None, "2028-01-01", ""),
    ],
)
def test_a_representative_rotates_off_with_the_leader(
    leader: str, ended: str | None, as_of: str, said: str
):
    fields = {"ended": {"on": D(ended), "reason": "Rotated off"}} if ended else {}
    made = Partnership().member("alder", leader_since=D(leader))
    made.seat("ana", "2027-01-01", member="alder", **fields)
    assert severities(made, "rotation", as_of) == said


def test_a_member_of_an_unknown_size_of_history_counts_in_the_composition():
    made = Partnership().member("alder").member("birch", kind="tribe", left=D("2027-05-31"))
    made.member("cedar", kind="county", joined=D("2027-06-02")).seat(
        "ana", "2027-01-01", member="alder"
    )
    assert severities(made, "composition", "2027-05-31") == "due"
    assert severities(made, "composition", "2027-06-01") == ""
    assert severities(made, "composition", "2027-06-02") == "due"
