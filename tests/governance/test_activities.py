"""Where an activity stands: told by milestones, evidence and pauses, and by nothing else."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from npcs.governance.activities import (
    DONE,
    LATE,
    NOT_STARTED,
    ON_TRACK,
    OPEN,
    PAUSED,
    STATES,
    WAITING,
    missing,
    pauses,
    status,
    step_state,
)
from npcs.governance.calendar import obligations
from npcs.records.hub import Hub
from npcs.records.workplan import Activity
from partnership import Partnership, people

D = date.fromisoformat
PRESENT = dict.fromkeys(people(3), "present")
SHOWN = "https://example.org/report"


def step(id: str, due: str, done: str | None = None, evidence: str | None = SHOWN) -> Any:
    told = {"on": D(done)} | ({"evidence": evidence} if evidence else {}) if done else None
    fields = {"id": id, "title": id.upper(), "due": D(due)}
    return fields | ({"done": told} if told else {})


def made(*steps: Any, more: Partnership | None = None, **fields: Any) -> tuple[Hub, Activity]:
    hub = (more or Partnership()).activity("review", milestones=list(steps), **fields).hub()
    return hub, hub.all(Activity)["review"]


def told(day: str, *steps: Any, **fields: Any) -> tuple[str, str]:
    hub, activity = made(*steps, **fields)
    return tuple(status(hub, activity, D(day)))  # type: ignore[return-value]


def test_without_a_milestone_nothing_has_started():
    assert told("2027-06-01") == (NOT_STARTED, "No milestone has been agreed yet.")


@pytest.mark.parametrize(
    ("day", "state", "sentence"),
    [
        ("2027-02-28", NOT_STARTED,
         "None of 2 milestones is done; the next, “A”, is due by 10 March 2027."),
        ("2027-03-01", ON_TRACK,
         "One of 2 milestones is done and none is late; the next, “B”, is due by 1 June 2027."),
        ("2027-06-01", ON_TRACK,
         "One of 2 milestones is done and none is late; the next, “B”, is due by 1 June 2027."),
        ("2027-06-02", LATE,
         "“B” was due on 1 June 2027, 1 day ago, and is not done; one of 2 milestones is done."),
        ("2027-06-30", LATE,
         "“B” was due on 1 June 2027, 29 days ago, and is not done; one of 2 milestones is done."),
        ("2027-07-01", DONE, "Both milestones are done, the last on 1 July 2027."),
    ],
)  # fmt: skip
def test_each_day_has_its_status(day, state, sentence):
    steps = step("a", "2027-03-10", "2027-03-01"), step("b", "2027-06-01", "2027-07-01")
    assert told(day, *steps) == (state, sentence)


def test_several_are_late():
    steps = [step(name, "2027-05-01") for name in "abc"]
    assert told("2027-05-03", *steps) == (
        LATE, "“A” was due on 1 May 2027, 2 days ago, and 2 more are late; none of 3 milestones is "
        "done.",
    )  # fmt: skip


@pytest.mark.parametrize(
    "evidence",
    [None, "Minutes", "review", "https://", "http://....", "https://report", "ftp://example.org/a"],
)
def test_what_nothing_shows_is_not_done(evidence):
    one = step("a", "2027-05-01", "2027-04-01", evidence)
    state, sentence = told("2027-04-15", one, step("b", "2027-09-01"))
    assert state == NOT_STARTED
    assert sentence.endswith(" “A” is said to be done, and nothing shows it.")


def paused(outcome: str = "adopted", **pause: Any) -> tuple[Partnership, dict[str, Any]]:
    partnership = Partnership().committee(3).meeting("2027-03-04", attendance=PRESENT).decision(
        "D-2027-001", "2027-03-04", method="consensus", outcome=outcome,
        meeting="2027-03-04-executive-committee", consensus={"sought_on": D("2027-03-04")},
        about=["review"],
    )  # fmt: skip
    given = {"from": D("2027-03-04"), "decision": "D-2027-001", "reason": "No time"}
    return partnership, given | pause


@pytest.mark.parametrize(
    ("day", "state"),
    [("2027-03-03", NOT_STARTED), ("2027-03-04", PAUSED), ("2027-04-30", PAUSED),
     ("2027-05-01", LATE)],
)  # fmt: skip
def test_a_pause_lasts_from_its_first_day_to_its_last(day, state):
    more, pause = paused(to=D("2027-04-30"))
    hub, one = made(step("a", "2027-04-01"), more=more, pauses=[pause])
    assert status(hub, one, D(day)).state == state


def test_a_pause_without_an_end_is_told_with_its_decision():
    more, pause = paused()
    hub, one = made(step("a", "2027-04-01"), more=more, pauses=[pause])
    assert status(hub, one, D("2029-01-01")).sentence == (
        "Paused by D-2027-001 from 4 March 2027; the only milestone is not done."
    )


def test_a_decision_that_was_put_off_pauses_nothing():
    more, pause = paused("deferred")
    hub, one = made(step("a", "2027-04-01"), more=more, pauses=[pause])
    assert status(hub, one, D("2027-03-10")).state == NOT_STARTED
    assert status(hub, one, D("2027-04-02")).state == LATE


@pytest.mark.parametrize(
    "fault", [{"from": D("2027-03-03")}, {"to": D("2027-03-03")}, {"decision": "D-2027-009"}]
)
def test_a_pause_that_is_wrong_pauses_nothing(fault):
    more, pause = paused(**fault)
    hub, one = made(step("a", "2027-04-01"), more=more, pauses=[pause])
    for day in ("2027-03-03", "2027-03-04", "2027-03-05"):
        assert status(hub, one, D(day)).state == NOT_STARTED
    assert status(hub, one, D("2027-04-02")).state == LATE


def test_a_meeting_that_notes_it_later_shows_it_from_then_on():
    more = Partnership().committee(3).meeting("2027-05-06", attendance=PRESENT)
    noted = step("a", "2027-04-01", "2027-03-30", "2027-05-06-executive-committee")
    hub, one = made(noted, more=more)
    assert status(hub, one, D("2027-05-05")).state == LATE
    assert status(hub, one, D("2027-05-06")) == (
        DONE, "The only milestone is done, on 6 May 2027.",
    )  # fmt: skip


def test_what_is_done_is_not_paused():
    more, pause = paused()
    hub, one = made(step("a", "2027-04-01", "2027-03-05"), more=more, pauses=[pause])
    assert status(hub, one, D("2027-03-04")).state == PAUSED
    assert status(hub, one, D("2027-03-05")).state == DONE


def test_a_milestone_stands_where_its_day_its_evidence_and_others_put_it():
    last = step("c", "2027-06-01") | {"depends_on": ["b"]}
    hub, one = made(
        step("a", "2027-04-01", "2027-03-05"), step("b", "2027-05-01", "2027-05-01", None), last
    )
    days = ("2027-03-04", "2027-03-05", "2027-05-02", "2027-06-02")
    assert [[step_state(hub, one, it, D(day)) for it in one.milestones] for day in days] == [
        [OPEN, OPEN, WAITING], [DONE, OPEN, WAITING], [DONE, LATE, WAITING], [DONE, LATE, LATE],
    ]  # fmt: skip
    more, pause = paused(to=D("2027-04-30"))
    hub, one = made(step("a", "2027-04-01"), more=more, pauses=[pause])
    assert [step_state(hub, one, one.milestones[0], D(day)) for day in days[1:3]] == [PAUSED, LATE]
    assert [it.to for it in pauses(hub, one, D("2027-03-05"))] == [D("2027-04-30")]
    assert pauses(hub, one, D("2027-03-03")) == []


def slow(steps: list[tuple[int, int | None, bool]], day: int) -> str:
    """The status told milestone by milestone, as one would by hand."""
    if not steps:
        return NOT_STARTED
    marks = []
    for due, done, has_evidence in steps:
        if done is not None and done <= day and has_evidence:
            marks.append("done")
        elif day > due:
            marks.append("late")
        else:
            marks.append("open")
    if marks.count("done") == len(marks):
        return DONE
    if "late" in marks:
        return LATE
    return ON_TRACK if "done" in marks else NOT_STARTED


DAYS = some.integers(0, 12)
STEPS = some.lists(some.tuples(DAYS, some.none() | DAYS, some.booleans()), max_size=5)


@given(STEPS, DAYS)
def test_the_status_is_what_counting_by_hand_gives(steps, day):
    start = D("2027-03-01")
    listed = [
        step(
            f"s{number}",
            str(start + timedelta(days=due)),
            None if done is None else str(start + timedelta(days=done)),
            SHOWN if has_evidence else None,
        )
        for number, (due, done, has_evidence) in enumerate(steps)
    ]
    hub, one = made(*listed)
    found = status(hub, one, start + timedelta(days=day))
    assert found.state == slow(steps, day)
    assert found.state in STATES
    assert found.sentence.endswith(".")


def test_members_are_missing_from_the_day_they_join_to_the_day_they_leave():
    partnership = (
        Partnership()
        .member("ohio", joined=D("2027-03-01"), left=D("2027-05-31"))
        .member("utah", joined="unknown", sources=[{"title": "A page"}])
        .member("iowa")
    )
    hub, one = made(more=partnership, participation={"iowa": "paused"})

    def names(day: str) -> list[str]:
        return [it.key for it in missing(hub, one, D(day))]

    assert names("2027-02-28") == ["utah"]
    assert names("2027-03-01") == names("2027-05-31") == ["ohio", "utah"]
    assert names("2027-06-01") == ["utah"]


def test_nobody_is_asked_before_there_is_a_committee():
    partnership = Partnership().member("ohio").activity("review")
    assert obligations(partnership.hub(), D("2027-06-01"), "participation") == ()
    (one,) = obligations(
        partnership.seat("ana", "2027-01-01", "ohio").hub(), D("2027-06-01"), "participation"
    )
    assert (str(one.on), one.what) == (
        "2027-01-01", "Ohio is to say whether they take part in Review"
    )  # fmt: skip


def test_many_members_are_named_by_three_and_counted():
    partnership = Partnership().committee(6).activity("review")
    (one,) = obligations(partnership.hub(), D("2027-06-01"), "participation")
    assert one.what == (
        "State Of P01, State Of P02, State Of P03 and 3 more are to say whether they take part in "
        "Review"
    )
