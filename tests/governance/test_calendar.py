"""What has come due, and what comes within 90 days."""

from datetime import date
from pathlib import Path

import pytest

from npcs.governance.calendar import SUBJECTS, obligations
from npcs.governance.due_work import answered_on, last_approval
from npcs.records.followup import Recommendation
from npcs.records.hub import Hub
from partnership import Partnership, people, term_id

D = date.fromisoformat
ROOT = Path(__file__).resolve().parents[2]
DIGEST = "sha256:" + "0" * 64


def due(partnership, subject, as_of):
    found = obligations(partnership.hub(), D(as_of), subject)
    return [(str(one.on), one.what) for one in found]


def days(partnership, subject, as_of):
    return [on for on, _ in due(partnership, subject, as_of)]


def test_before_there_is_a_committee_it_is_to_be_appointed():
    ((on, what),) = due(Partnership(), "appointment", "2027-01-01")
    assert on == "2027-01-01"
    assert what == "nobody is on the Executive Committee yet: its members are to be appointed"
    assert due(Partnership().seat("ana", "2027-02-01"), "appointment", "2027-01-01") == []


def test_a_committee_whose_terms_have_all_ended():
    partnership = Partnership().seat("ana", "2027-01-01")
    assert due(partnership, "appointment", "2027-12-31") == []
    assert due(partnership, "appointment", "2028-01-01") == [
        ("2027-12-31", "nobody has been on the Executive Committee since 31 December 2027")
    ]


def test_a_term_that_ends_is_shown_90_days_before_and_not_earlier():
    partnership = Partnership().seat("ana", "2027-03-01", "ohio")
    assert due(partnership, "term-length", "2027-11-30") == []
    assert due(partnership, "term-length", "2027-12-01") == [
        ("2028-02-29", "the term of Ana for Ohio ends on 29 February 2028, and nobody follows yet")
    ]
    assert due(partnership, "term-length", "2028-03-01") == []


@pytest.mark.parametrize(
    ("person", "member", "replaces"),
    [("ana", "ohio", None), ("ben", "ohio", None), ("ben", "utah", term_id("ana", "2027-03-01"))],
    ids=["the same person goes on", "somebody else for the member", "a successor elsewhere"],
)
def test_a_term_that_somebody_follows_is_not_due(person, member, replaces):
    partnership = Partnership().seat("ana", "2027-03-01", "ohio")
    more = {"replaces": replaces} if replaces else {}
    partnership.seat(person, "2028-03-01", member, **more)
    assert due(partnership, "term-length", "2028-02-01") == []


def test_a_co_chair_near_the_limit():
    partnership = Partnership().seat("ana", "2027-03-01")
    partnership.term("ana", "2027-03-01", "co-chair", end=D("2029-02-28"))
    assert due(partnership, "co-chair-limit", "2028-11-29") == []
    assert due(partnership, "co-chair-limit", "2028-11-30") == [
        ("2029-02-28",
         "Ana, co-chair since 1 March 2027, may be so until 28 February 2029 at most")
    ]  # fmt: skip


def test_a_vacant_chair_is_to_be_filled_within_60_days():
    partnership = Partnership().committee(3)
    partnership.term("p01", "2027-01-01", "co-chair")
    partnership.term("p02", "2027-01-01", "co-chair", end=D("2027-02-28"))
    assert due(partnership, "co-chair-count", "2027-02-01") == [
        ("2027-02-28",
         "the term of P02 as co-chair ends on 28 February 2027, and nobody follows yet")
    ]  # fmt: skip
    assert due(partnership, "co-chair-count", "2027-03-05") == [
        ("2027-04-30", "1 of 2 co-chairs in office since 1 March 2027: 1 co-chair to be chosen")
    ]
    partnership.term("p03", "2027-03-01", "co-chair", end=D("2027-12-31"))
    assert due(partnership, "co-chair-count", "2027-03-05") == []


def test_a_committee_without_a_coordinator():
    partnership = Partnership().seat("ana", "2027-03-01")
    assert days(partnership, "coordinator", "2027-02-28") == []
    assert days(partnership, "coordinator", "2027-03-01") == ["2027-03-01"]
    partnership.person("cleo").term("cleo", "2027-03-01", "coordinator")
    assert days(partnership, "coordinator", "2027-03-01") == []


def test_a_coordinator_whose_term_ends_is_to_be_followed():
    partnership = Partnership().committee(3, "2027-03-01").person("cleo").person("dan")
    partnership.term("cleo", "2027-03-01", "coordinator", end=D("2027-06-30"))
    assert days(partnership, "coordinator", "2027-04-01") == ["2027-06-30"]
    assert days(partnership, "coordinator", "2027-06-30") == ["2027-06-30"]
    partnership.term("dan", "2027-07-01", "coordinator")
    assert days(partnership, "coordinator", "2027-06-30") == []


def test_a_member_whose_team_is_empty():
    partnership = Partnership().person("ana").member("ohio").member("utah", left=D("2027-01-01"))
    partnership.member("iowa", team=[{"person": "ana", "role": "liaison"}])
    partnership.member("guam", joined=D("2027-06-01"))
    assert due(partnership, "member-team", "2027-03-01") == [
        ("2020-01-01", "Ohio has named nobody on its team yet")
    ]


def test_the_next_meeting_to_hold():
    partnership = Partnership().seat("ana", "2027-01-01")
    partnership.meeting("2027-03-04")
    assert due(partnership, "monthly-meeting", "2026-12-31") == []
    assert days(partnership, "monthly-meeting", "2027-03-04") == ["2027-04-30"]
    assert due(partnership, "monthly-meeting", "2027-04-02") == [
        ("2027-04-30", "the committee is to meet between 2 April 2027 and 30 April 2027; "
         "no meeting is planned")
    ]  # fmt: skip
    partnership.meeting("2027-04-15", status="scheduled")
    assert due(partnership, "monthly-meeting", "2027-04-15") == []
    assert due(partnership, "monthly-meeting", "2027-04-16")[0] == (
        "2027-04-15", "whether the meeting of 15 April 2027 was held is to be recorded",
    )  # fmt: skip


def test_the_notice_of_a_meeting_to_come():
    partnership = Partnership().seat("ana", "2027-01-01")
    partnership.meeting("2027-04-15", status="scheduled")
    assert days(partnership, "notice-to-advisors", "2027-04-01") == ["2027-04-08"]
    assert days(partnership, "notice-to-advisors", "2027-04-15") == []
    partnership.meeting("2027-04-15", status="scheduled", notice={"sent": D("2027-04-08")})
    assert days(partnership, "notice-to-advisors", "2027-04-07") == ["2027-04-08"]
    assert days(partnership, "notice-to-advisors", "2027-04-08") == []


def test_minutes_are_due_until_they_are_sent():
    partnership = Partnership().seat("ana", "2027-01-01").meeting("2027-03-04")
    assert days(partnership, "minutes", "2027-03-03") == []
    assert days(partnership, "minutes", "2027-03-04") == ["2027-03-18"]
    partnership.meeting("2027-03-04", minutes={"by": "ana"})
    assert days(partnership, "minutes", "2027-06-01") == ["2027-03-18"]
    partnership.meeting("2027-03-04", minutes={"by": "ana", "sent_on": D("2027-03-10")})
    assert days(partnership, "minutes", "2027-03-09") == ["2027-03-18"]
    assert days(partnership, "minutes", "2027-03-10") == []
    partnership.meeting("2027-03-05", "collaborative").meeting("2027-03-06", "some-group")
    assert days(partnership, "minutes", "2027-03-10") == ["2027-03-19"]


def test_attendance_is_reviewed_every_90_days():
    partnership = Partnership().seat("ana", "2027-01-01")
    assert days(partnership, "attendance-review", "2027-06-01") == []
    partnership.meeting("2027-01-10").meeting("2027-02-10")
    assert due(partnership, "attendance-review", "2027-02-10") == [
        ("2027-04-10", "the attendance at 2 meetings is to be reviewed by a co-chair")
    ]
    review = {"by": "ana", "on": D("2027-02-10")}
    partnership.meeting("2027-02-10", attendance_review=review)
    assert days(partnership, "attendance-review", "2027-02-09") == ["2027-04-10"]
    assert days(partnership, "attendance-review", "2027-02-10") == []
    partnership.meeting("2027-03-10")
    assert days(partnership, "attendance-review", "2027-03-10") == ["2027-05-11"]


def test_decisions_are_told_to_all_members():
    partnership = Partnership().seat("ana", "2027-01-01")
    partnership.decision("D-2027-001", "2027-03-04", outcome="deferred")
    partnership.decision("D-2027-002", "2027-03-04", outcome="rejected", title="Meet weekly")
    assert due(partnership, "communicated", "2027-03-04") == [
        ("2027-03-18", "all members are to be told of decision D-2027-002, Meet weekly")
    ]
    told = [{"on": D("2027-03-08"), "to": "all members", "by": "ana"}]
    partnership.decision("D-2027-002", "2027-03-04", communicated=told)
    assert days(partnership, "communicated", "2027-03-07") == ["2027-03-18"]
    assert days(partnership, "communicated", "2027-03-08") == []


def approval(partnership, id, on, change="annual", **fields):
    charter = {"version": "1.0", "digest": DIGEST, "change": change}
    return partnership.decision(id, on, subject="charter", charter=charter, **fields)


def test_the_charter_is_reviewed_a_year_after_its_last_approval():
    partnership = Partnership().seat("ana", "2027-01-01")
    assert due(partnership, "review-due", "2027-02-01") == [
        ("2027-01-01", "the committee has not approved the charter yet")
    ]
    approval(partnership, "D-2027-001", "2027-03-04")
    assert due(partnership, "review-due", "2027-12-04") == []
    assert days(partnership, "review-due", "2027-12-05") == ["2028-03-04"]
    assert days(partnership, "review-due", "2029-01-01") == ["2028-03-04"]
    approval(partnership, "D-2028-001", "2028-01-10", "major")
    assert days(partnership, "review-due", "2028-12-01") == ["2029-01-10"]


def test_the_correction_of_a_slip_is_no_approval_nor_is_a_rejected_one():
    partnership = Partnership()
    approval(partnership, "D-2027-001", "2027-03-04")
    approval(partnership, "D-2027-002", "2027-06-04", "editorial")
    approval(partnership, "D-2027-003", "2027-07-04", outcome="rejected")
    hub = partnership.hub()
    assert last_approval(hub, D("2028-01-01")).key == "D-2027-001"
    assert last_approval(hub, D("2027-03-03")) is None


def test_without_a_text_and_a_committee_there_is_nothing_to_review():
    partnership = Partnership().member("ohio")
    assert due(partnership, "review-due", "2027-02-01") == []
    assert days(partnership.charter("Words."), "review-due", "2027-02-01") == ["2027-02-01"]


def test_each_provisional_reading_is_to_be_adopted_once_there_is_a_committee():
    partnership = Partnership()
    assert due(partnership, "reading-provisional", "2027-02-01") == []
    partnership.parameter("absences", ("2027-01-01", "3"), question="How many absences?")
    partnership.parameter("committee-size", ("2027-01-01", "nine"))
    said = [
        "“How many absences?” is answered for now with “3”, which nobody has adopted",
        "“committee-size” is answered for now with “nine”, which nobody has adopted",
    ]
    before = [("2027-02-01", one) for one in said]
    assert due(partnership, "reading-provisional", "2027-02-01") == before
    partnership.seat("ana", "2027-01-10")
    assert days(partnership, "reading-provisional", "2027-01-09") == ["2027-01-09"] * 2
    assert days(partnership, "reading-provisional", "2027-02-01") == ["2027-01-10"] * 2
    assert days(partnership, "reading-provisional", "2026-12-31") == []


def test_what_the_charter_fixes_is_not_to_be_adopted():
    partnership = Partnership().parameter("co-chairs", ("2027-01-01", "2"))
    assert due(partnership, "reading-provisional", "2027-02-01") == []


def test_an_obligation_names_the_reading_that_set_its_day():
    partnership = Partnership().committee(2).meeting("2027-03-04")
    (one,) = obligations(partnership.hub(), D("2027-03-10"), "minutes")
    assert one.readings == (("minutes-due", D("2027-03-04")),)


def test_a_recommendation_is_answered_within_90_days():
    partnership = Partnership().seat("ana", "2027-01-01")
    partnership.decision("D-2027-001", "2027-01-10").group("data-group", "D-2027-001", "ana")
    partnership.recommendation("R-2027-001", "data-group", "2027-02-01", title="Share more")
    assert due(partnership, "recommendation-answered", "2027-02-01") == [
        ("2027-05-02", "recommendation R-2027-001, Share more, is to be answered")
    ]
    assert days(partnership, "recommendation-answered", "2027-01-31") == []
    partnership.decision("D-2027-002", "2027-03-01", about=["R-2027-001"], outcome="deferred")
    assert days(partnership, "recommendation-answered", "2027-04-01") == ["2027-05-02"]
    partnership.decision("D-2027-003", "2027-03-04", about=["R-2027-001"], outcome="rejected")
    assert days(partnership, "recommendation-answered", "2027-03-03") == ["2027-05-02"]
    assert days(partnership, "recommendation-answered", "2027-03-04") == []
    feedback = [{"on": D("2027-02-20"), "text": "Tell us more."}]
    partnership.recommendation("R-2027-001", "data-group", "2027-02-01", feedback=feedback)
    hub = partnership.hub()
    assert answered_on(hub, hub.get(Recommendation, "R-2027-001")) == D("2027-02-20")


# A parameter that changes between two days, for every one the calendar rests on


@pytest.mark.parametrize(
    ("name", "subject", "before", "after"),
    [
        ("minutes-due", "minutes", "2027-03-18", "2027-03-06"),
        ("communication-due", "communicated", "2027-03-18", "2027-03-06"),
        ("recommendation-due", "recommendation-answered", "2027-06-02", "2027-03-06"),
        ("attendance-review", "attendance-review", "2027-06-02", "2027-03-06"),
        ("meeting-notice", "notice-to-advisors", "2027-03-25", "2027-03-30"),
        ("co-chair-vacancy", "co-chair-count", "2027-04-29", "2027-03-02"),
        ("charter-review", "review-due", None, "2027-03-06"),
    ],
)
def test_what_is_due_follows_the_value_in_force_on_its_day(name, subject, before, after):
    for history, expected in (
        ([("2027-04-02", "2 days")], before),
        ([("2027-02-28", "2 days")], after),
    ):
        partnership = Partnership().committee(2, "2027-02-28").parameter(name, *history)
        partnership.meeting("2027-03-04").meeting("2027-04-01", status="scheduled")
        approval(partnership, "D-2027-001", "2027-03-04")
        partnership.group("data-group", "D-2027-001", "p01")
        partnership.recommendation("R-2027-001", "data-group", "2027-03-04")
        assert days(partnership, subject, "2027-03-05") == ([expected] if expected else [])


def test_obligations_come_in_the_order_of_their_days():
    partnership = Partnership().committee(3).meeting("2027-03-04").member("ohio")
    partnership.decision("D-2027-001", "2027-03-04")
    found = obligations(partnership.hub(), D("2027-03-10"))
    assert list(found) == sorted(found)
    assert {one.subject for one in found} <= set(SUBJECTS)
    assert {"minutes", "communicated", "member-team"} <= {one.subject for one in found}


def test_what_was_due_on_the_founding_day_is_about_records_that_are_there():
    hub = Hub.read(ROOT)
    found = obligations(hub, D("2026-11-22"))
    assert {"reading-provisional"} <= {one.subject for one in found}
    for one in found:
        assert one.place.path in hub.documents


@pytest.mark.parametrize("as_of", [date.min, date.max])
def test_the_ends_of_the_calendar_are_days_like_any_other(as_of):
    partnership = Partnership().committee(2).meeting("2027-03-04")
    partnership.term("p01", "2027-01-01", "co-chair", end=date.max)
    for person in people(2):
        partnership.term(person, "2028-01-01", end=date.max)
    obligations(partnership.hub(), as_of)
