"""Who should have been at the committee's meetings, and who was."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npcs.governance import attendance
from npcs.governance.attendance import (
    absences_in_a_row,
    expected,
    participation,
    spans_without_meeting,
)
from npcs.records.charter import Meeting
from partnership import Partnership, meeting_id

D = date.fromisoformat
DAY = timedelta(days=1)


def met(partnership, *days, body="executive-committee", **fields):
    for day in days:
        partnership.meeting(day, body, **fields)
    return partnership


def row(partnership, person="ana", on="2027-12-31"):
    return [str(one.date) for one in absences_in_a_row(partnership.hub(), person, D(on))]


def with_ana(*seen, start="2027-01-01"):
    """A meeting on the tenth of each month from January 2027, and what it says of Ana."""
    partnership = Partnership().seat("ana", start)
    for month, presence in enumerate(seen, 1):
        day = f"2027-{month:02}-10"
        if presence == "cancelled":
            partnership.meeting(day, status="cancelled", reason="Snow")
        else:
            partnership.meeting(day, attendance={"ana": presence} if presence else {})
    return partnership


def test_everyone_in_office_on_the_day_is_expected_and_nobody_else():
    partnership = (
        Partnership()
        .seat("ana", "2027-01-01").term("ana", "2027-01-01", "co-chair")
        .seat("ben", "2026-03-05")
        .seat("cem", "2026-03-04")
        .seat("dia", "2027-03-05")
        .person("adv").term("adv", "2020-01-01", "advisor")
    )  # fmt: skip
    hub = met(partnership, "2027-03-04").hub()
    assert expected(hub, hub.get(Meeting, meeting_id("2027-03-04"))) == {"ana", "ben"}


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ("collaborative", {}),
        ("executive-committee", {"status": "scheduled"}),
        ("executive-committee", {"status": "cancelled", "reason": "Snow"}),
    ],
)
def test_nobody_is_expected_where_the_committee_did_not_meet(body, fields):
    hub = met(Partnership().committee(2), "2027-03-04", body=body, **fields).hub()
    assert expected(hub, hub.get(Meeting, meeting_id("2027-03-04", body))) == frozenset()
    assert attendance.held(hub) == ()


def test_the_share_of_meetings_is_exact_and_counts_only_those_held_while_in_office():
    seen = ["present", "present", "excused", "cancelled", "absent", None, "present"]
    hub = with_ana(*seen, start="2027-02-01").hub()
    found = participation(hub, "ana", D("2027-01-01"), D("2027-12-31"))
    assert (found.held, found.present, found.excused, found.absent) == (5, 2, 1, 1)
    assert found.unrecorded == 1
    assert found.share == Fraction(2, 5)


def test_the_days_asked_for_count_from_the_first_to_the_last():
    hub = with_ana("present", "absent", "present").hub()
    assert participation(hub, "ana", D("2027-01-10"), D("2027-03-10")).held == 3
    assert participation(hub, "ana", D("2027-01-11"), D("2027-03-09")).held == 1


def test_there_is_no_share_of_no_meetings():
    hub = with_ana("cancelled").hub()
    assert participation(hub, "ana", date.min, date.max).share is None


@pytest.mark.parametrize(
    ("case", "seen", "days"),
    [
        ("three in a row", ["absent"] * 3, ["2027-01-10", "2027-02-10", "2027-03-10"]),
        ("there at the last one", ["absent", "absent", "present"], []),
        ("there before", ["present", "absent", "absent"], ["2027-02-10", "2027-03-10"]),
        ("an excuse ends the row", ["absent", "excused", "absent"], ["2027-03-10"]),
        ("a cancelled meeting does not", ["absent", "cancelled", "absent"],
         ["2027-01-10", "2027-03-10"]),
        ("one that does not record her does", ["absent", None, "absent"], ["2027-03-10"]),
        ("no meeting at all", [], []),
    ],
)  # fmt: skip
def test_unexcused_absences_in_a_row(case, seen, days):
    assert row(with_ana(*seen)) == days


def test_absences_are_counted_up_to_the_day_asked_for():
    partnership = with_ana("absent", "absent", "present")
    assert row(partnership, on="2027-02-10") == ["2027-01-10", "2027-02-10"]
    assert row(partnership, on="2027-02-09") == ["2027-01-10"]


def test_meetings_before_joining_do_not_count():
    partnership = with_ana("absent", "absent", "absent", start="2027-02-11")
    assert row(partnership) == ["2027-03-10"]


def test_meetings_after_leaving_do_not_count():
    partnership = with_ana("absent", "absent", "absent", start="2026-03-01")
    assert row(partnership) == ["2027-01-10", "2027-02-10"]


def test_nobody_brings_absences_along_from_an_earlier_time_on_the_committee():
    partnership = with_ana("absent", "absent", "absent", start="2026-02-01")  # ends 31 January
    assert row(partnership.term("ana", "2027-03-01")) == ["2027-03-10"]


def test_a_new_term_without_a_pause_carries_the_row_on():
    partnership = with_ana("absent", "absent", "absent", start="2026-02-01")
    assert len(row(partnership.term("ana", "2027-02-01"))) == 3


def missed(partnership, first="2027-01-01", last="2027-12-31"):
    return [str(one.first) for one in spans_without_meeting(partnership.hub(), D(first), D(last))]


def test_a_meeting_is_held_in_every_calendar_month():
    partnership = Partnership().seat("ana", "2027-01-01")
    met(partnership, "2027-01-31", "2027-02-01", "2027-04-30")
    partnership.meeting("2027-05-10", status="cancelled", reason="Snow")
    assert missed(partnership, last="2027-05-30") == ["2027-03-01"]
    assert missed(partnership, last="2027-05-31") == ["2027-03-01", "2027-05-01"]
    assert missed(partnership, first="2027-04-01", last="2027-05-31") == ["2027-05-01"]


def test_the_month_in_which_the_committee_begins_is_held_against_nobody():
    assert missed(Partnership().seat("ana", "2027-01-02"), last="2027-02-28") == ["2027-02-01"]
    assert missed(Partnership().seat("ana", "2027-01-01"), last="2027-01-31") == ["2027-01-01"]
    assert missed(Partnership()) == []


@pytest.mark.parametrize(
    ("interval", "firsts"),
    [
        ("2 months", ["2027-01-01", "2027-03-01", "2027-05-01"]),
        ("1 year", []),
        ("60 days", ["2027-01-01", "2027-03-02", "2027-05-01"]),
    ],
)
def test_another_interval_may_be_adopted(interval, firsts):
    partnership = Partnership().seat("ana", "2027-01-01")
    partnership.parameter("meeting-interval", ("2020-01-01", interval))
    assert missed(partnership, last="2027-06-30") == firsts


def test_the_interval_may_change():
    partnership = Partnership().seat("ana", "2027-01-01")
    partnership.parameter("meeting-interval", ("2020-01-01", "1 month"), ("2027-03-01", "2 months"))
    assert missed(partnership, last="2027-06-30") == [
        "2027-01-01", "2027-02-01", "2027-03-01", "2027-05-01",
    ]  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(st.integers(0, 900), st.sampled_from(["1 day", "7 days", "60 days", "1 month"])),
        max_size=4, unique_by=lambda one: one[0],
    ),
    st.integers(0, 1000),
)  # fmt: skip
def test_the_spans_of_a_day_are_the_same_from_wherever_one_looks(changes, days):
    start = D("2027-01-05")
    partnership = Partnership().seat("ana", str(start))
    history = [(str(start + timedelta(one)), text) for one, text in sorted(changes)]
    if history:
        partnership.parameter("meeting-interval", *history)
    hub, first = partnership.hub(), start + timedelta(days)
    last = first + timedelta(90)
    every = [one for one in attendance.meeting_spans(hub, start, last) if one.last >= first]
    assert list(attendance.meeting_spans(hub, first, last)) == every


def test_an_interval_of_a_day_since_the_year_1_is_not_walked_through():
    partnership = Partnership().seat("ana", "0001-01-01")
    partnership.parameter("meeting-interval", ("0001-01-01", "1 day"))
    assert len(missed(partnership, "0001-01-01", "2027-12-31")) < 40_000


presences = st.sampled_from(["present", "excused", "absent", None])


@settings(deadline=None, max_examples=80)
@given(
    st.lists(
        st.tuples(st.integers(0, 120), presences, st.sampled_from(["held", "cancelled"])),
        max_size=10, unique_by=lambda one: one[0],
    ),
    st.integers(0, 120), st.integers(0, 60), st.integers(0, 120),
)  # fmt: skip
def test_attendance_agrees_with_going_through_the_meetings_one_by_one(meetings, start, length, on):
    first = D("2027-01-01")
    partnership = Partnership().seat("ana", first + start * DAY, end=first + (start + length) * DAY)
    for number, presence, status in meetings:
        partnership.meeting(
            first + number * DAY, status=status, reason="Snow",
            attendance={"ana": presence} if presence else {},
        )  # fmt: skip
    hub = partnership.hub()
    mine = [
        (number, presence)
        for number, presence, status in sorted(meetings, key=lambda one: one[0])
        if status == "held" and start <= number <= start + length and number <= on
    ]
    found = participation(hub, "ana", first, first + on * DAY)
    assert found.held == len(mine)
    assert [found.present, found.excused, found.absent, found.unrecorded] == [
        sum(presence == one for _, presence in mine)
        for one in ("present", "excused", "absent", None)
    ]
    in_a_row: list[date] = []
    for number, presence in mine:
        in_a_row = [*in_a_row, first + number * DAY] if presence == "absent" else []
    assert [one.date for one in absences_in_a_row(hub, "ana", first + on * DAY)] == in_a_row
