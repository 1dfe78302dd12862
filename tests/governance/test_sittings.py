"""The committee from one change to the next, and how it is made up against the membership."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from npcs.governance.attendance import turnout
from npcs.governance.composition import composition
from npcs.governance.sittings import appointed_until, sitting_on, sittings
from npcs.governance.taking_part import AtMeetings, at_committee, at_gatherings, in_activities
from npcs.governance.terms import committee, people_in_office
from npcs.records.charter import Meeting, Member
from partnership import Partnership, meeting_id

D = date.fromisoformat
DAY = timedelta(days=1)
START = D("2027-01-01")


def test_a_sitting_ends_where_seats_or_chairs_change():
    hub = (
        Partnership()
        .seat("ana", "2027-01-01")
        .seat("ben", "2027-03-01")
        .term("ana", "2027-02-01", "co-chair", end=D("2027-12-31"))
        .hub()
    )
    shown = [
        (str(one.first), str(one.last), sorted(one.people), sorted(one.came), sorted(one.left))
        for one in sittings(hub)
    ]
    assert shown == [
        ("2027-01-01", "2027-01-31", ["ana"], ["ana"], []),
        ("2027-02-01", "2027-02-28", ["ana"], [], []),
        ("2027-03-01", "2027-12-31", ["ana", "ben"], ["ben"], []),
        ("2028-01-01", "2028-02-29", ["ben"], [], ["ana"]),
        ("2028-03-01", "None", [], [], ["ben"]),
    ]
    assert appointed_until(hub) == D("2028-02-29")


def test_one_term_after_another_of_the_same_person_changes_nothing():
    hub = Partnership().seat("ana", "2027-01-01").term("ana", "2028-01-01").hub()
    assert [(one.first, one.last) for one in sittings(hub)] == [
        (D("2027-01-01"), D("2028-12-31")),
        (D("2029-01-01"), None),
    ]


def test_nobody_ever_has_no_sitting():
    hub = Partnership().hub()
    assert sittings(hub) == ()
    assert sitting_on(hub, START) is None
    assert appointed_until(hub) is None


terms = st.tuples(
    st.sampled_from(["ana", "ben", "eve"]), st.integers(0, 900), st.integers(1, 500),
    st.sampled_from(["member", "co-chair"]),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(terms, min_size=1, max_size=9), st.integers(-50, 1500))
def test_on_every_day_a_sitting_names_those_in_office(made, day):
    partnership = Partnership()
    for person, start, length, office in made:
        first = START + start * DAY
        partnership.member(f"state-of-{person}").person(person, member=f"state-of-{person}")
        partnership.term(person, first, office, end=first + (length - 1) * DAY)
    hub = partnership.hub()
    every = sittings(hub)
    assert [one.last for one in every[:-1]] == [one.first - DAY for one in every[1:]]
    assert every[-1].last is None
    assert all(a[2:4] != b[2:4] for a, b in pairwise(every))
    asked = START + day * DAY
    found = sitting_on(hub, asked)
    assert (found is None) == (asked < every[0].first)
    assert (found.people if found else frozenset()) == committee(hub, asked)
    assert (found.chairs if found else frozenset()) == people_in_office(hub, asked, "co-chair")
    until = appointed_until(hub)
    assert until is not None
    assert committee(hub, until) | people_in_office(hub, until, "co-chair")
    assert not committee(hub, until + DAY)


def test_the_committee_is_set_against_the_membership():
    hub = (
        Partnership()
        .seat("ana", "2027-01-01", "ohio")
        .seat("ben", "2027-01-01", "cass")
        .member("birch", kind_="tribe", size="small")
        .member("gone", kind_="county", left="2026-12-31")
        .hub()
    )
    parts = {
        (one.way, one.name): (len(one.seated), len(one.members))
        for one in composition(hub, D("2027-06-01"))
    }
    assert parts == {
        ("kind", "state"): (2, 2), ("kind", "tribe"): (0, 1),
        ("size", "medium"): (2, 2), ("size", "small"): (0, 1),
    }  # fmt: skip


def test_a_member_at_meetings_and_in_activities():
    hub = (
        Partnership()
        .seat("ana", "2027-02-01", "ohio")
        .seat("ben", "2027-02-01", "iowa")
        .meeting("2027-01-10", attendance={})
        .meeting("2027-02-10", attendance={"ana": "present", "ben": "absent"})
        .meeting("2027-03-10", attendance={"ana": "excused"})
        .meeting("2027-04-10", attendance={"ben": "present"})
        .meeting("2027-05-01", "collaborative", members={"ohio": "represented", "iowa": "absent"})
        .meeting("2027-05-02", "collaborative", members={"ohio": "present"})
        .meeting("2027-05-03", "collaborative", status="scheduled")
        .activity("reviews", participation={"ohio": "taking-part", "iowa": "preparing"})
        .hub()
    )
    year = D("2027-01-01"), D("2027-12-31")
    ohio, iowa = (hub.all(Member)[key] for key in ("ohio", "iowa"))
    assert at_committee(hub, "ohio", *year) == AtMeetings(3, 1, 1, 1)
    assert at_committee(hub, "iowa", *year) == AtMeetings(3, 1, 1, 1)
    assert at_gatherings(hub, ohio, *year) == AtMeetings(2, 2, 0, 0)
    assert at_gatherings(hub, iowa, *year) == AtMeetings(2, 0, 1, 1)
    assert [one.key for one in in_activities(hub, "ohio")] == ["reviews"]
    assert in_activities(hub, "iowa") == ()
    march = hub.all(Meeting)[meeting_id("2027-02-10", "executive-committee")]
    assert turnout(hub, march) == (2, 1)
