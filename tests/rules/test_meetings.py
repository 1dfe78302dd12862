"""Boundary cases of the rules on meetings."""

from datetime import date

import pytest

from judging import judged, severities
from partnership import Partnership

D = date.fromisoformat


def kept(start: str, *days: str, **fields: object) -> Partnership:
    """A committee of one that met on some days, with its next meeting planned."""
    made = Partnership().seat("ana", start, **fields)
    for on in days:
        made.meeting(on, attendance={"ana": "present"})
    return made.meeting("2027-06-24", status="scheduled")


@pytest.mark.parametrize(
    ("start", "days", "said"),
    [
        ("2027-04-02", ["2027-05-31"], ""),
        ("2027-04-01", ["2027-05-31"], "warning"),
        ("2027-04-01", ["2027-04-30", "2027-05-31"], ""),
        ("2027-05-02", [], ""),
        ("2027-05-01", [], "due"),
        ("2027-04-01", [], "warning due"),
    ],
)
def test_every_month_from_the_first_whole_one(start: str, days: list[str], said: str):
    assert severities(kept(start, *days), "monthly-meeting", "2027-06-20") == said


def test_months_with_nobody_on_the_committee_are_passed_over():
    made = kept("2025-01-02", end=D("2025-03-15")).seat("ben", "2027-05-02")
    [said] = judged(made, "monthly-meeting", "2027-06-20")
    assert said.message.endswith("on record from 1 February 2025 to 28 February 2025")


def test_the_interval_is_the_adopted_one():
    made = kept("2027-01-01", "2027-01-20", "2027-04-20")
    assert severities(made, "monthly-meeting", "2027-05-20") == "due warning"
    made.parameter("meeting-interval", ("2026-01-01", "2 months"))
    assert severities(made, "monthly-meeting", "2027-05-20") == ""


def test_attendance_is_asked_of_the_committees_meetings_alone():
    made = Partnership().seat("ana", "2027-01-01")
    made.meeting("2027-03-04", body="collaborative").meeting("2027-03-05", body="reviews")
    assert severities(made, "attendance") == ""


def test_a_group_may_list_whom_it_likes_but_gives_a_reason_for_an_excuse():
    made = (
        Partnership()
        .person("ana")
        .meeting("2027-03-04", body="reviews", attendance={"ana": "excused"})
    )
    assert severities(made, "attendance") == "error"


def test_absences_are_counted_to_the_adopted_number():
    made = Partnership().seat("ana", "2027-01-01").seat("ben", "2027-01-01")
    for on in ("2027-02-04", "2027-03-04"):
        made.meeting(on, attendance={"ana": "present", "ben": "absent"})
    assert severities(made, "attendance-pattern") == ""
    made.parameter("absences", ("2026-01-01", "3"), ("2027-03-05", "2"))
    assert severities(made, "attendance-pattern") == "", "the day after the last absence"
    made.parameter("absences", ("2026-01-01", "3"), ("2027-03-04", "2"))
    assert severities(made, "attendance-pattern") == "warning"


def test_minutes_are_late_by_what_was_adopted_on_the_day_of_the_meeting():
    made = Partnership().parameter(
        "minutes-due", ("2026-01-01", "14 days"), ("2027-04-01", "7 days")
    )
    for on, sent in (("2027-03-31", "2027-04-14"), ("2027-04-01", "2027-04-09")):
        minutes = {"by": "dan", "sent_on": D(sent)}
        made.meeting(on, text="Minutes.", minutes=minutes)
    made.person("dan")
    [said] = judged(made, "minutes")
    assert said.path == "charter/meetings/2027-04-01-executive-committee.md"


def test_without_a_coordinator_anybody_may_take_the_minutes():
    made = Partnership().person("ana").person("dan").term("dan", "2027-03-05", "coordinator")
    minutes = {"by": "ana", "sent_on": D("2027-03-05")}
    made.meeting("2027-03-04", text="Minutes.", minutes=minutes)
    assert severities(made, "minutes") == ""
    made.meeting("2027-03-05", text="Minutes.", minutes=minutes)
    assert severities(made, "minutes") == "warning"


@pytest.mark.parametrize(
    ("to", "said"),
    [
        (["executive-committee", "technical-advisors"], ""),
        (["All advisors"], ""),
        (["the executive committee", "Technical Advisors"], ""),
        (["executive-committee", "dan"], ""),
        (["executive-committee"], "error"),
        ([], "error"),
    ],
)
def test_advisors_are_named_in_any_spelling(to: list[str], said: str):
    made = Partnership().person("dan").term("dan", "2027-01-01", "advisor")
    made.meeting("2027-03-04", notice={"sent": D("2027-02-20"), "to": to})
    assert severities(made, "notice-to-advisors") == said


def test_an_advisor_who_came_later_is_not_missed_in_an_earlier_notice():
    made = Partnership().person("dan").term("dan", "2027-02-21", "advisor")
    made.meeting("2027-03-04", notice={"sent": D("2027-02-20"), "to": ["executive-committee"]})
    assert severities(made, "notice-to-advisors") == ""


def test_the_notice_of_a_cancelled_meeting_may_be_short():
    made = Partnership().meeting(
        "2027-03-04", status="cancelled", reason="Called off",
        notice={"sent": D("2027-03-03"), "to": ["executive-committee"]},
    )  # fmt: skip
    assert severities(made, "notice-to-advisors") == ""
