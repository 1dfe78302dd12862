"""How long somebody may be co-chair, and when chairs are vacant."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npcs.governance.cochairs import chairing, co_chair_gaps, service_on, services
from npcs.governance.dates import Period
from partnership import Partnership

D = date.fromisoformat
DAY = timedelta(days=1)


def chaired(*stints, **parameters):
    """Ana as co-chair for some stints, with parameters that hold from long ago or as given."""
    made = Partnership().person("ana")
    for first, last in stints:
        made.term("ana", first, "co-chair", end=D(last))
    for name, history in parameters.items():
        if isinstance(history, str):
            history = [("2000-01-01", history)]
        made.parameter(name.replace("_", "-"), *history)
    return made


def spans(hub):
    return [(str(one.first), str(one.last), one.over) for one in services(hub, "ana")]


@pytest.mark.parametrize(
    ("case", "stints", "expected"),
    [
        (
            "exactly two years are allowed",
            [("2027-03-01", "2029-02-28")],
            [("2027-03-01", "2029-02-28", 0)],
        ),
        (
            "a day more is not",
            [("2027-03-01", "2029-03-01")],
            [("2027-03-01", "2029-03-01", 1)],
        ),
        (
            "two years from a leap day end on 28 February",
            [("2028-02-29", "2030-02-28")],
            [("2028-02-29", "2030-02-28", 0)],
        ),
        (
            "and 1 March is a day too many",
            [("2028-02-29", "2030-03-01")],
            [("2028-02-29", "2030-03-01", 1)],
        ),
        (
            "two years that end on a leap day",
            [("2026-03-01", "2028-02-29")],
            [("2026-03-01", "2028-02-29", 0)],
        ),
        (
            "two seats, one after the other",
            [("2027-03-01", "2028-02-29"), ("2028-03-01", "2029-02-28")],
            [("2027-03-01", "2029-02-28", 0)],
        ),
        (
            "two seats that overlap",
            [("2027-03-01", "2028-02-29"), ("2028-01-01", "2029-03-02")],
            [("2027-03-01", "2029-03-02", 2)],
        ),
        (
            "one seat within another",
            [("2027-03-01", "2029-02-28"), ("2027-06-01", "2027-09-01")],
            [("2027-03-01", "2029-02-28", 0)],
        ),
        (
            "a break a day shorter than adopted does not stop the clock",
            [("2027-03-01", "2028-02-29"), ("2029-02-28", "2030-02-27")],
            [("2027-03-01", "2030-02-27", 364)],
        ),
        (
            "a break exactly as long as adopted does",
            [("2027-03-01", "2028-02-29"), ("2029-03-01", "2030-02-28")],
            [("2027-03-01", "2028-02-29", 0), ("2029-03-01", "2030-02-28", 0)],
        ),
        (
            "a break that starts on a leap day, a day too short",
            [("2027-02-28", "2028-02-28"), ("2029-02-28", "2029-12-31")],
            [("2027-02-28", "2029-12-31", 307)],
        ),
        (
            "a break that starts on a leap day, long enough",
            [("2027-02-28", "2028-02-28"), ("2029-03-01", "2029-12-31")],
            [("2027-02-28", "2028-02-28", 0), ("2029-03-01", "2029-12-31", 0)],
        ),
        (
            "a break of a day within two years",
            [("2027-03-01", "2027-12-31"), ("2028-01-02", "2029-02-28")],
            [("2027-03-01", "2029-02-28", 0)],
        ),
        (
            "a new service after a break may last two years again",
            [("2025-03-01", "2027-02-28"), ("2028-03-01", "2030-02-28")],
            [("2025-03-01", "2027-02-28", 0), ("2028-03-01", "2030-02-28", 0)],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_continuous_service(case, stints, expected):
    assert spans(chaired(*stints).hub()) == expected


def test_a_change_of_member_does_not_stop_the_clock():
    hub = (
        Partnership()
        .seat("ana", "2027-03-01", "ohio")
        .term("ana", "2027-03-01", "co-chair", represents="ohio")
        .member("utah")
        .term("ana", "2028-03-01", represents="utah")
        .term("ana", "2028-03-01", "co-chair", represents="utah", end=D("2029-03-01"))
        .hub()
    )
    assert spans(hub) == [("2027-03-01", "2029-03-01", 1)]


def test_a_term_cut_short_counts_as_far_as_it_was_served():
    made = Partnership().person("ana")
    made.term("ana", "2027-03-01", "co-chair", end=D("2029-06-30"),
              ended={"on": D("2029-02-28"), "reason": "Two years are over"})  # fmt: skip
    assert spans(made.hub()) == [("2027-03-01", "2029-02-28", 0)]


def test_the_limit_is_each_persons_own():
    made = Partnership().person("ana").person("ben")
    made.term("ana", "2027-03-01", "co-chair").term("ben", "2028-03-01", "co-chair")
    assert [one.last for one in services(made.hub(), "ben")] == [D("2029-02-28")]
    assert services(made.hub(), "nobody") == ()


@pytest.mark.parametrize(
    ("adopted", "count"),
    [("6 months", 2), ("7 months", 1), ("184 days", 2), ("185 days", 1), ("1 day", 2)],
)
def test_another_break_may_be_adopted(adopted, count):
    stints = [("2027-03-01", "2028-02-29"), ("2028-09-01", "2029-08-31")]  # 184 days between
    assert len(spans(chaired(*stints, co_chair_break=adopted).hub())) == count


def test_stints_that_touch_are_one_whatever_the_break():
    stints = [("2027-03-01", "2028-02-29"), ("2028-03-01", "2029-03-01")]
    assert len(spans(chaired(*stints, co_chair_break="1 day").hub())) == 1


def test_the_break_is_judged_by_what_was_adopted_when_the_later_stint_started():
    stints = [("2027-03-01", "2028-02-29"), ("2028-09-01", "2029-08-31")]
    for first, count in (("2028-09-01", 2), ("2028-09-02", 1)):
        history = [("2027-01-01", "1 year"), (first, "6 months")]
        assert len(spans(chaired(*stints, co_chair_break=history).hub())) == count


def test_the_limit_is_the_one_adopted_when_the_latest_stint_started():
    stints = [("2027-03-01", "2028-02-29"), ("2028-03-01", "2030-02-28")]
    for first, over in (("2028-03-01", 0), ("2028-03-02", 365)):
        history = [("2027-01-01", "2 years"), (first, "3 years")]
        (service,) = services(chaired(*stints, co_chair_limit=history).hub(), "ana")
        assert service.over == over


def test_which_service_a_day_belongs_to():
    hub = chaired(("2027-03-01", "2028-02-29"), ("2028-06-01", "2028-12-31")).hub()
    assert service_on(hub, "ana", D("2028-04-01")).last == D("2028-12-31")
    assert service_on(hub, "ana", D("2029-01-01")) is None


def chairs(*stints):
    made = Partnership().seat("ana", "2027-01-01")
    for person, first, last in stints:
        made.person(person).term(person, first, "co-chair", end=D(last))
    return made


def gaps(hub, until):
    return [(str(one.first), str(one.last)) for one in co_chair_gaps(hub, D(until))]


def test_a_chair_is_vacant_from_the_day_after_a_term_to_the_day_before_the_next():
    hub = chairs(
        ("ben", "2027-01-01", "2027-12-31"),
        ("cem", "2027-01-01", "2027-06-30"),
        ("dia", "2027-08-01", "2027-12-31"),
    ).hub()
    assert gaps(hub, "2027-12-31") == [("2027-07-01", "2027-07-31")]
    assert gaps(hub, "2027-07-15") == [("2027-07-01", "2027-07-15")]
    assert gaps(hub, "2028-01-05")[1] == ("2028-01-01", "2028-01-05")
    assert co_chair_gaps(hub, D("2027-12-31"))[0].days == 31


def test_a_vacancy_goes_on_when_one_missing_co_chair_follows_another():
    hub = chairs(
        ("ben", "2027-01-01", "2027-03-31"),
        ("cem", "2027-01-01", "2027-04-30"),
        ("dia", "2027-04-01", "2027-12-31"),
        ("eva", "2027-06-01", "2027-12-31"),
    ).hub()
    assert gaps(hub, "2027-12-31") == [("2027-05-01", "2027-05-31")]
    hub = chairs(
        ("ben", "2027-01-01", "2027-03-31"),
        ("cem", "2027-01-01", "2027-04-30"),
        ("dia", "2027-05-01", "2027-12-31"),
    ).hub()
    assert gaps(hub, "2027-12-31") == [("2027-04-01", "2027-12-31")]


def test_no_chair_is_vacant_before_the_committee_begins():
    assert gaps(Partnership().hub(), "2030-01-01") == []
    assert gaps(chairs().hub(), "2026-12-31") == []
    assert gaps(chairs().hub(), "2027-01-02") == [("2027-01-01", "2027-01-02")]


def test_one_person_with_two_terms_as_co_chair_fills_one_chair():
    made = chairs(("ben", "2027-01-01", "2027-12-31"), ("ben", "2027-02-01", "2027-12-31"))
    assert gaps(made.hub(), "2027-12-31") == [("2027-01-01", "2027-12-31")]


def test_the_number_of_co_chairs_may_change_between_two_days():
    made = chairs(("ben", "2027-01-01", "2027-12-31"), ("cem", "2027-01-01", "2027-12-31"))
    made.parameter("co-chairs", ("2027-05-01", "3"), ("2027-07-01", "1"))
    assert gaps(made.hub(), "2027-12-31") == [("2027-05-01", "2027-06-30")]
    assert [(one.needed, len(one.people)) for one in chairing(made.hub(), D("2027-12-31"))] == [
        (2, 2),
        (3, 2),
        (1, 2),
    ]


def slow_services(stints, pause, limit):
    """Walks day by day: in the chair or not, and for how long it has been empty."""
    served = {first + n * DAY for first, last in stints for n in range((last - first).days + 1)}
    found, day, end = [], min(served), max(served)
    left = None
    while day <= end:
        if day in served:
            if left is None or (day > left + DAY and pause.after(left + DAY) <= day):
                found.append([day, day])
            found[-1][1] = left = day
        day += DAY
    return [
        (first, last, sum(limit.after(first) <= first + n * DAY
                          for n in range((last - first).days + 1)))
        for first, last in found
    ]  # fmt: skip


@settings(deadline=None, max_examples=80)
@given(
    st.lists(
        st.tuples(st.integers(0, 900), st.integers(0, 400)),
        min_size=1, max_size=5, unique_by=lambda one: one[0],
    ),
    st.sampled_from(["1 day", "20 days", "1 month", "3 months", "1 year"]),
    st.sampled_from(["30 days", "6 months", "1 year", "2 years"]),
)  # fmt: skip
def test_services_agree_with_walking_day_by_day(lengths, pause, limit):
    stints = [
        (D("2027-06-01") + start * DAY, D("2027-06-01") + (start + length) * DAY)
        for start, length in lengths
    ]
    made = chaired(*((first, str(last)) for first, last in stints),
                   co_chair_break=pause, co_chair_limit=limit)  # fmt: skip
    found = [(one.first, one.last, one.over) for one in services(made.hub(), "ana")]
    assert found == slow_services(stints, Period.parse(pause), Period.parse(limit))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from(["ben", "cem", "dia"]), st.integers(0, 90), st.integers(0, 60)),
        max_size=6, unique_by=lambda one: one[:2],
    ),
    st.integers(1, 3),
)  # fmt: skip
def test_vacancies_agree_with_counting_every_day(stints, needed):
    first = D("2027-01-01")
    made = chairs(
        *(
            (who, first + start * DAY, str(first + (start + length) * DAY))
            for who, start, length in stints
        )
    ).parameter("co-chairs", ("2000-01-01", str(needed)))
    found = co_chair_gaps(made.hub(), first + 120 * DAY)
    vacant = {
        number
        for number in range(121)
        if len({who for who, start, length in stints if start <= number <= start + length}) < needed
    }
    listed = [(day.first - first).days + n for day in found for n in range(day.days)]
    assert len(listed) == len(set(listed))
    assert set(listed) == vacant
    for before, after in itertools.pairwise(found):
        assert before.last + DAY < after.first
