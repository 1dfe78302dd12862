"""Who is in office on a day."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npcs.governance import terms
from npcs.governance.terms import committee, days_outside, in_office, last_day, seats, term_on
from npcs.records.charter import Term
from partnership import Partnership, term_id

D = date.fromisoformat
DAY = timedelta(days=1)


def test_the_first_and_the_last_day_of_a_term_count():
    hub = Partnership().seat("ana", "2027-03-01").hub()
    days = ["2027-02-28", "2027-03-01", "2028-02-29", "2028-03-01"]
    assert [len(committee(hub, D(day))) for day in days] == [0, 1, 1, 0]


def test_a_term_that_ended_early_ends_on_that_day():
    ended = {"on": D("2027-06-15"), "reason": "Left the agency"}
    hub = Partnership().seat("ana", "2027-03-01", ended=ended).hub()
    assert last_day(hub.get(Term, term_id("ana", "2027-03-01"))) == D("2027-06-15")
    assert committee(hub, D("2027-06-15")) == {"ana"}
    assert committee(hub, D("2027-06-16")) == frozenset()


def test_a_term_that_started_on_a_leap_day_ends_on_28_february():
    hub = Partnership().seat("ana", "2028-02-29").hub()
    assert last_day(hub.get(Term, term_id("ana", "2028-02-29"))) == D("2029-02-28")


def test_an_advisor_without_a_last_day_stays_in_office():
    hub = Partnership().person("ana").term("ana", "2027-03-01", "advisor").hub()
    (term,) = in_office(hub, date.max, "advisor")
    assert last_day(term) is None
    assert in_office(hub, D("2027-02-28"), "advisor") == ()


def test_offices_are_apart():
    hub = Partnership().person("ana").term("ana", "2027-03-01", "coordinator").hub()
    assert committee(hub, D("2027-04-01")) == frozenset()
    assert terms.people_in_office(hub, D("2027-04-01"), "coordinator") == {"ana"}


def test_a_replacement_starts_a_clock_of_their_own():
    hub = (
        Partnership()
        .seat("ana", "2027-03-01", "ohio", ended={"on": D("2027-08-31"), "reason": "Left"})
        .seat("ben", "2027-09-15", "ohio", replaces=term_id("ana", "2027-03-01"))
        .hub()
    )
    days = ["2027-08-31", "2027-09-01", "2027-09-14", "2027-09-15", "2028-03-01", "2028-09-14"]
    holders = [sorted(committee(hub, D(day))) for day in days]
    assert holders == [["ana"], [], [], ["ben"], ["ben"], ["ben"]]
    assert committee(hub, D("2028-09-15")) == frozenset()


def test_somebody_with_two_overlapping_terms_counts_once():
    hub = Partnership().seat("ana", "2027-03-01").term("ana", "2027-06-01").hub()
    assert len(in_office(hub, D("2027-07-01"))) == 2
    assert committee(hub, D("2027-07-01")) == {"ana"}
    assert term_on(hub, "ana", D("2027-07-01")).start == D("2027-03-01")
    assert term_on(hub, "ana", D("2028-03-01")).start == D("2027-06-01")
    assert term_on(hub, "ana", D("2028-06-01")) is None
    assert [len(held) for held in seats(hub, D("2027-07-01")).values()] == [1]


def test_whom_a_seat_is_for():
    hub = (
        Partnership()
        .member("ohio").member("utah")
        .person("ana", member="ohio").term("ana", "2027-03-01")
        .person("ben", member="ohio").term("ben", "2027-03-01", represents="utah")
        .person("cem").term("cem", "2027-03-01")
        .hub()
    )  # fmt: skip
    found = {term.person: terms.represents(hub, term) for term in in_office(hub, D("2027-04-01"))}
    assert found == {"ana": "ohio", "ben": "utah", "cem": None}
    held = seats(hub, D("2027-04-01"))
    assert {key: [term.person for term in one] for key, one in held.items()} == {
        "ohio": ["ana"],
        "utah": ["ben"],
    }


def test_the_committee_begins_with_the_first_member_or_co_chair():
    nobody = Partnership().person("ana").term("ana", "2026-01-01", "advisor")
    assert not terms.has_begun(nobody.hub(), D("2030-01-01"))
    assert terms.began_on(nobody.hub()) is None
    begun = nobody.seat("ben", "2027-03-01").hub()
    assert not terms.has_begun(begun, D("2027-02-28"))
    assert terms.has_begun(begun, D("2027-03-01"))
    assert terms.has_begun(begun, D("2040-01-01"))


def test_terms_that_end_in_a_span_of_days():
    hub = (
        Partnership()
        .seat("ana", "2027-03-01")
        .seat("ben", "2027-03-02")
        .seat("cem", "2027-03-03")
        .term("ben", "2027-03-02", "co-chair")
        .hub()
    )
    found = terms.ending(hub, D("2028-02-29"), D("2028-03-01"))
    assert [(term.person, term.office) for term in found] == [
        ("ana", "member"),
        ("ben", "co-chair"),
        ("ben", "member"),
    ]
    assert terms.ending(hub, D("2028-02-29"), D("2028-03-01"), "co-chair") == found[1:2]
    assert terms.ending(hub, D("2028-03-03"), D("2029-01-01")) == ()


def test_days_on_which_a_person_was_not_in_office():
    hub = (
        Partnership()
        .seat("ana", "2027-01-01")
        .term("ana", "2028-01-01")
        .term("ana", "2029-03-01")
        .hub()
    )

    def outside(first, last):
        return [(str(a), str(b)) for a, b in days_outside(hub, "ana", D(first), D(last))]

    assert outside("2027-01-01", "2028-12-31") == []
    assert outside("2026-12-30", "2027-06-01") == [("2026-12-30", "2026-12-31")]
    assert outside("2028-12-31", "2029-03-01") == [("2029-01-01", "2029-02-28")]
    assert outside("2027-06-01", "2030-03-05") == [
        ("2029-01-01", "2029-02-28"),
        ("2030-03-01", "2030-03-05"),
    ]
    assert days_outside(hub, "nobody", D("2027-01-01"), D("2027-01-01"))[0].days == 1


days = st.integers(0, 90).map(lambda number: D("2028-02-01") + number * DAY)


@st.composite
def some_terms(draw):
    """Terms of three people on nearby days, some cut short, at most one per person and start."""
    found = {}
    for _ in range(draw(st.integers(0, 8))):
        person, start = draw(st.sampled_from(["ana", "ben", "cem"])), draw(days)
        end = start + draw(st.integers(0, 60)) * DAY
        ended = start + draw(st.integers(0, (end - start).days)) * DAY
        found[person, start] = (end, ended if draw(st.booleans()) else None)
    return found


def build(found, office="member"):
    made = Partnership().person("ana").person("ben").person("cem")
    for (person, start), (end, ended) in found.items():
        more = {"ended": {"on": ended, "reason": "Left"}} if ended else {}
        made.term(person, start, office, end=end, **more)
    return made.hub()


@settings(deadline=None, max_examples=60)
@given(some_terms())
def test_who_is_in_office_agrees_with_asking_every_term_on_every_day(found):
    hub = build(found)
    for number in range(-2, 160):
        day = D("2028-02-01") + number * DAY
        there = [
            (start, person)
            for (person, start), (end, ended) in found.items()
            if start <= day <= (ended or end)
        ]
        assert [(term.start, term.person) for term in in_office(hub, day)] == sorted(there)
        assert committee(hub, day) == {person for _, person in there}


@settings(deadline=None, max_examples=60)
@given(some_terms(), days, days)
def test_days_outside_agree_with_looking_at_every_day(found, one, other):
    first, last = min(one, other), max(one, other)
    hub = build(found)
    spans = days_outside(hub, "ana", first, last)
    walked = [first + number * DAY for number in range((last - first).days + 1)]
    out = {day for span in spans for day in walked if span.first <= day <= span.last}
    assert out == {day for day in walked if "ana" not in committee(hub, day)}
    assert sum(span.days for span in spans) == len(out)


@settings(deadline=None, max_examples=60)
@given(some_terms())
def test_stretches_cover_every_day_once(found):
    hub = build(found)
    seen = list(terms.stretches(hub))
    for before, after in itertools.pairwise(seen):
        assert before.last + DAY == after.first
    assert [one.last for one in seen[-1:]] == [None] * bool(found)
    for one in seen:
        for day in (one.first, one.last or one.first):
            assert one.terms == in_office(hub, day)
            assert one.people == committee(hub, day)


@pytest.mark.parametrize("office", ["member", "co-chair", "advisor", "coordinator"])
def test_nobody_is_in_office_where_there_is_no_record(office):
    hub = Partnership().hub()
    assert in_office(hub, D("2027-01-01"), office) == ()
    assert list(terms.stretches(hub, office)) == []
