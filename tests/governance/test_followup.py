"""How recommendations and opportunities are followed to an end that can be shown."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from npcs.governance.calendar import obligations
from npcs.governance.followup import (
    DONE,
    IN_REVIEW,
    NOT_ADOPTED,
    OLDEST,
    PUT_OFF,
    SET_ASIDE,
    STATES,
    UNDER_WAY,
    UNPLANNED,
    WAITING,
    Followed,
    followed,
    sentence,
)
from partnership import Partnership, people

D = date.fromisoformat
PRESENT = dict.fromkeys(people(3), "present")
SHOWN = "https://example.org/report"
KEY = "R-2027-001"


def action(
    due: str, done: str | None = None, strength: str = "strong", owner: str = "Coordinator"
) -> Any:
    fields = {"text": "Try it", "owner": owner, "strength": strength, "due": D(due)}
    told = {"done": {"on": D(done), "evidence": SHOWN}} if done else {}
    return fields | told


def group() -> Partnership:
    return (
        Partnership()
        .committee(3)
        .meeting("2027-03-04", attendance=PRESENT)
        .meeting("2027-04-01", attendance=PRESENT)
        .group("data", "D-2027-001", "p01")
        .decision(
            "D-2027-001", "2027-03-04", subject="group", method="consensus",
            meeting="2027-03-04-executive-committee", consensus={"sought_on": D("2027-03-04")},
        )
    )  # fmt: skip


def decided(outcome: str, **fields: Any) -> Partnership:
    """A recommendation of 10 March 2027, decided on 1 April 2027."""
    objections = [{"by": "p01", "text": "No"}] if outcome == "rejected" else []
    return (
        group()
        .recommendation(KEY, "data", "2027-03-10", **fields)
        .decision(
            "D-2027-002", "2027-04-01", subject="recommendation", method="consensus",
            outcome=outcome, about=[KEY], meeting="2027-04-01-executive-committee",
            consensus={"sought_on": D("2027-04-01"), "objections": objections},
        )
    )  # fmt: skip


def one(partnership: Partnership, day: str) -> Followed:
    (found,) = followed(partnership.hub(), D(day))
    return found


def course(partnership: Partnership, *days: str) -> list[str]:
    return [one(partnership, day).state for day in days]


def test_an_adopted_one_goes_from_waiting_to_done():
    steps = [action("2027-06-01", "2027-05-20"), action("2027-07-01", "2027-07-10")]
    partnership = decided("adopted", actions=steps)
    days = "2027-03-10", "2027-03-31", "2027-04-01", "2027-07-01", "2027-07-09", "2027-07-10"
    assert course(partnership, *days) == [WAITING, WAITING, *[UNDER_WAY] * 3, DONE]
    assert [one(partnership, day).overdue for day in days] == [False] * 4 + [True, False]
    assert [one(partnership, day).due for day in days[2:]] == [
        D("2027-06-01"), D("2027-07-01"), D("2027-07-01"), None,
    ]  # fmt: skip
    assert sentence(one(partnership, "2027-07-09")) == (
        "One of 2 actions is done. The next was due on 1 July 2027, 8 days ago."
    )
    assert sentence(one(partnership, "2027-07-10")) == (
        "Done, the last of it on 10 July 2027. What came of it is not told yet."
    )


def test_before_it_is_made_there_is_nothing_to_follow():
    assert followed(decided("adopted").hub(), D("2027-03-09")) == []


def test_its_age_stops_at_its_end():
    partnership = decided("adopted", actions=[action("2027-06-01", "2027-05-20")])
    assert one(partnership, "2027-05-19").age == 70
    assert one(partnership, "2027-05-20").age == one(partnership, "2029-01-01").age == 71


def test_waiting_is_late_once_the_adopted_time_is_over():
    partnership = group().recommendation(KEY, "data", "2027-03-10")
    due = D("2027-03-10") + timedelta(days=90)
    assert one(partnership, str(due)).overdue is False
    late = one(partnership, str(due + timedelta(days=1)))
    assert late.overdue is True
    assert late.owners == ("Executive Committee",)
    assert sentence(late) == "The committee was to answer by 8 June 2027."


def test_feedback_is_no_decision():
    said = [{"on": D("2027-03-20"), "text": "Add costs"}]
    partnership = group().recommendation(KEY, "data", "2027-03-10", feedback=said)
    assert course(partnership, "2027-03-19", "2027-03-20") == [WAITING, IN_REVIEW]
    assert one(partnership, "2029-01-01").overdue is False


def test_not_adopted_is_an_end():
    found = one(decided("rejected", actions=[action("2027-06-01")]), "2027-09-01")
    assert (found.state, found.ended, found.is_open, found.overdue) == (
        NOT_ADOPTED, D("2027-04-01"), False, False,
    )  # fmt: skip
    assert sentence(found) == "The committee did not adopt it, on 1 April 2027."


def test_put_off_still_waits_for_an_answer():
    found = one(decided("deferred"), "2027-07-01")
    assert (found.state, found.overdue) == (PUT_OFF, True)
    assert sentence(found) == ("The committee has put it off. It was to answer by 8 June 2027.")


def test_an_adoption_its_record_does_not_bear_out_adopts_nothing():
    partnership = decided("adopted", actions=[action("2027-06-01")])
    path = "charter/decisions/D-2027-002.md"
    objection = "objections:\n  - {by: p01, text: No}\n"
    partnership.texts[path] = partnership.texts[path].replace("objections: []\n", objection)
    assert course(partnership, "2027-05-01") == [WAITING]


def test_adopted_without_actions_is_to_be_planned():
    partnership = decided("adopted")
    found = one(partnership, "2027-04-02")
    assert (found.state, found.owners, found.overdue) == (UNPLANNED, ("Nobody yet",), True)
    assert sentence(found) == "Adopted on 1 April 2027, and nothing is planned yet."
    (due,) = obligations(partnership.hub(), D("2027-04-02"), "follow-through")
    assert due.what == f"what follows from {KEY}, Recommendation {KEY}, is to be planned"


def test_what_nothing_shows_is_still_to_do():
    unshown = action("2027-06-01") | {"done": {"on": D("2027-05-01"), "evidence": "Trust me"}}
    found = one(decided("adopted", actions=[unshown]), "2027-06-02")
    assert (found.state, len(found.to_do), found.overdue) == (UNDER_WAY, 1, True)


@pytest.mark.parametrize(
    ("evidence", "state"),
    [("D-2027-002", UNDER_WAY), ("data", UNDER_WAY), ("D-2027-003", UNDER_WAY),
     ("D-2027-004", DONE)],
)  # fmt: skip
def test_what_adopted_it_or_was_not_adopted_shows_nothing(evidence, state):
    told = action("2027-06-01") | {"done": {"on": D("2027-04-01"), "evidence": evidence}}
    more = {"about": [KEY], "method": "consensus", "meeting": "2027-05-06-executive-committee",
            "consensus": {"sought_on": D("2027-05-06")}}  # fmt: skip
    noted = (
        decided("adopted", actions=[told])
        .meeting("2027-05-06", attendance=PRESENT)
        .decision("D-2027-003", "2027-05-06", outcome="deferred", **more | {"about": ["data"]})
        .decision("D-2027-004", "2027-05-06", **more)
    )
    assert one(noted, "2027-05-06").state == state


def test_what_is_set_aside_ends_that_day_with_its_reason():
    aside = {"on": D("2027-05-01"), "reason": "Another way was found"}
    partnership = decided("adopted", actions=[action("2027-06-01")], set_aside=aside)
    assert course(partnership, "2027-04-30", "2027-05-01") == [UNDER_WAY, SET_ASIDE]
    assert sentence(one(partnership, "2028-01-01")) == (
        "Set aside on 1 May 2027: Another way was found"
    )
    assert obligations(partnership.hub(), D("2027-06-01"), "follow-through") == ()


def opportunity(partnership: Partnership, **fields: Any) -> Partnership:
    return partnership.opportunity("handovers", "2027-03-01", **fields)


def state_of(partnership: Partnership, day: str) -> Followed:
    return next(it for it in followed(partnership.hub(), D(day)) if it.record.key == "handovers")


def test_an_opportunity_nobody_took_up_is_to_be_planned_within_the_adopted_time():
    partnership = opportunity(Partnership())
    found = one(partnership, "2027-05-30")
    assert (found.state, found.owners) == (UNPLANNED, ("Coordinator",))
    assert (found.due, found.overdue) == (D("2027-05-30"), False)
    assert sentence(found) == "Nothing is planned yet. It is to be planned by 30 May 2027."
    late = one(partnership, "2027-05-31")
    assert late.overdue
    assert sentence(late) == (
        "Nothing is planned yet. It was to be planned by 30 May 2027, 1 day ago."
    )
    (due,) = obligations(partnership.hub(), D("2027-03-01"), "follow-through")
    assert (due.on, due.provision) == (D("2027-05-30"), "EXC-4")
    assert due.what == "what follows from the opportunity “Handovers” is to be planned"
    assert due.readings == (("opportunity-due", D("2027-03-01")),)


def test_the_time_to_plan_begins_anew_when_nothing_carries_it_any_more():
    partnership = opportunity(decided("rejected"), carried_by=[KEY])
    found = state_of(partnership, "2027-06-01")
    assert (found.due, found.overdue) == (D("2027-06-30"), False)
    assert sentence(found) == (
        "Nothing is planned yet, and no recommendation carries it on. It is to be planned by "
        "30 June 2027."
    )
    (due,) = obligations(partnership.hub(), D("2027-06-01"), "follow-through")
    assert due.readings == (("opportunity-due", D("2027-04-01")),)


def test_what_had_ended_before_an_opportunity_was_raised_carries_nothing():
    carries = decided("adopted", actions=[action("2027-06-01", "2027-05-20")])
    for raised, state in (("2027-05-20", DONE), ("2027-05-21", UNPLANNED)):
        found = state_of(carries.opportunity("handovers", raised, carried_by=[KEY]), "2027-09-01")
        assert (found.state, found.age >= 0) == (state, True)


def test_no_age_is_negative_where_the_days_are_wrong():
    early = opportunity(Partnership(), actions=[action("2027-06-01", "2027-02-01")])
    found = one(early, "2027-03-01")
    assert (found.state, found.age, found.band) == (DONE, 0, "up to 90 days")


def test_what_a_later_meeting_notes_is_done_from_its_day_on():
    noted = action("2027-06-01") | {
        "done": {"on": D("2027-04-01"), "evidence": "2027-05-06-executive-committee"}
    }
    partnership = opportunity(group(), actions=[noted]).meeting("2027-05-06", attendance=PRESENT)
    assert [state_of(partnership, day).state for day in ("2027-05-05", "2027-05-06")] == [
        UNDER_WAY, DONE,
    ]  # fmt: skip
    assert state_of(partnership, "2028-01-01").ended == D("2027-05-06")


def test_a_recommendation_carries_an_opportunity_to_its_end():
    partnership = opportunity(
        decided("adopted", actions=[action("2027-06-01", "2027-06-10")]), carried_by=[KEY]
    )
    assert [state_of(partnership, day).state for day in
            ("2027-03-09", "2027-03-10", "2027-06-09", "2027-06-10")] == [
        UNPLANNED, UNDER_WAY, UNDER_WAY, DONE]  # fmt: skip
    found = state_of(partnership, "2027-06-09")
    assert (found.due, found.overdue, found.owners) == (D("2027-06-01"), True, ("Coordinator",))
    assert state_of(partnership, "2028-01-01").ended == D("2027-06-10")


def test_a_recommendation_that_was_not_adopted_carries_nothing():
    partnership = opportunity(decided("rejected"), carried_by=[KEY])
    assert state_of(partnership, "2027-03-31").state == UNDER_WAY
    assert state_of(partnership, "2027-04-01").state == UNPLANNED


def test_its_own_actions_and_those_of_others_must_be_done():
    partnership = opportunity(
        decided("adopted", actions=[action("2027-06-01", "2027-06-10")]),
        carried_by=[KEY], actions=[action("2027-05-01", "2027-07-01", owner="Training leads")],
    )  # fmt: skip
    assert state_of(partnership, "2027-06-30").state == UNDER_WAY
    assert state_of(partnership, "2027-06-30").owners == ("Training leads",)
    assert state_of(partnership, "2027-07-01").ended == D("2027-07-01")


@pytest.mark.parametrize(
    ("age", "band"),
    [(0, "up to 90 days"), (90, "up to 90 days"), (91, "91 to 180 days"), (180, "91 to 180 days"),
     (181, "181 to 365 days"), (365, "181 to 365 days"), (366, OLDEST)],
)  # fmt: skip
def test_bands_of_age_begin_and_end_on_their_days(age, band):
    found = one(opportunity(Partnership()), str(D("2027-03-01") + timedelta(days=age)))
    assert (found.age, found.band) == (age, band)


@pytest.mark.parametrize(
    ("given_", "strongest"),
    [([], ""), (["weak"], "weak"), (["weak", "strong"], "strong"),
     (["weak", "intermediate"], "intermediate")],
)  # fmt: skip
def test_the_strongest_action_counts(given_, strongest):
    steps = [action("2027-06-01", strength=one_) for one_ in given_]
    assert one(opportunity(Partnership(), actions=steps), "2027-05-01").strength == strongest


DAYS = some.integers(0, 9)


@given(some.lists(some.tuples(DAYS, some.none() | DAYS), min_size=1, max_size=4), DAYS)
def test_an_opportunity_is_done_with_its_last_action_and_late_with_its_first(steps, day):
    start = D("2027-03-01")

    def on(number: int) -> str:
        return str(start + timedelta(days=number))

    listed = [action(on(due), None if done is None else on(done)) for due, done in steps]
    found = one(opportunity(Partnership(), actions=listed), on(day))
    waiting = [due for due, done in steps if done is None or done > day]
    assert found.state in STATES
    assert found.is_open == bool(waiting)
    assert found.overdue == any(due < day for due in waiting)
    assert len(found.to_do) == len(waiting)
    assert found.due == (start + timedelta(days=min(waiting)) if waiting else None)
    last = max((done for _, done in steps if done is not None), default=0)
    assert found.age == (day if waiting else last)


WHEN = some.none() | DAYS


@given(
    raised=DAYS, day=DAYS, outcome=some.sampled_from(["adopted", "rejected", "deferred", None]),
    done=WHEN, aside=WHEN, own=WHEN, given_up=WHEN,
)  # fmt: skip
def test_nothing_has_a_negative_age_or_waits_without_a_day(
    raised, day, outcome, done, aside, own, given_up
):
    """Whatever days stand in the records; only a decision that is still open has no day."""

    def on(number: int) -> str:
        return str(D("2027-03-08") + timedelta(days=number * 4))

    def ended(number: int | None) -> dict[str, Any]:
        return {"set_aside": {"on": D(on(number)), "reason": "No"}} if number is not None else {}

    steps = [action("2027-03-20", None if done is None else on(done))] if outcome else []
    made = decided(outcome or "adopted", actions=steps, **ended(aside))
    own_steps = [action("2027-03-20", on(own))] if own is not None else []
    made.opportunity(
        "handovers", on(raised), carried_by=[KEY], actions=own_steps, **ended(given_up)
    )
    for found in followed(made.hub(), D(on(day))):
        assert found.age >= 0
        assert found.is_open == (found.ended is None)
        assert (found.due is not None) == found.is_open
        assert found.owners or not found.is_open
        told = sentence(found)
        assert told.endswith((".", ": No"))
        assert " 1 actions" not in told
        assert " 0 of" not in told
