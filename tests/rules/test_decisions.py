"""Boundary cases of the rules on decisions."""

from datetime import date
from typing import Any

import pytest

from judging import judged, severities
from npcs.charter.approved import Approved, Stood
from npcs.charter.revisions import Approval, Revisions
from partnership import Partnership, people, votes

D = date.fromisoformat
DAY = "2027-03-04"
MEETING = f"{DAY}-executive-committee"


def sought(*objectors: str, resolved: bool = False) -> dict[str, Any]:
    objections = [
        {"by": one, "text": "Too early.", **({"resolved": True} if resolved else {})}
        for one in objectors
    ]
    return {"sought_on": D(DAY), **({"objections": objections} if objections else {})}


def met(size: int, present: int | None = None, **parameters: str) -> Partnership:
    """A committee of some size and its meeting, at which so many were present."""
    made = Partnership().committee(size)
    there = size if present is None else present
    attendance = {
        who: "present" if number < there else "absent" for number, who in enumerate(people(size))
    }
    return made.meeting(DAY, attendance=attendance)


@pytest.mark.parametrize("size", range(1, 61))
def test_exactly_two_thirds_carries_and_one_less_does_not(size: int):
    enough = next(yes for yes in range(size + 1) if 3 * yes >= 2 * size)
    made = met(size)
    for number, yes in enumerate((enough, enough - 1), 1):
        for outcome in ("adopted", "rejected"):
            made.decision(
                f"D-{2000 + number}-{100 + len(outcome)}", DAY, meeting=MEETING,
                consensus=sought("p01"), votes=votes(yes, size - yes), outcome=outcome,
            )  # fmt: skip
    hub = made.hub()
    assert [one.path[-14:-3] for one in judged(hub, "two-thirds")] == ["/D-2002-107"]
    assert [one.path[-14:-3] for one in judged(hub, "outcome")] == ["/D-2001-108"]


def test_the_share_is_that_of_the_day():
    made = met(6).parameter("vote-share", ("2026-01-01", "2/3"), ("2027-03-05", "3/4"))
    made.meeting("2027-03-05", attendance=dict.fromkeys(people(6), "present"))
    for number, on in enumerate((DAY, "2027-03-05"), 1):
        made.decision(
            f"D-2027-00{number}", on, meeting=f"{on}-executive-committee",
            consensus=sought("p06"), votes=votes(4, 2),
        )  # fmt: skip
    assert [one.path for one in judged(made, "two-thirds")] == ["charter/decisions/D-2027-002.md"]


@pytest.mark.parametrize(
    ("size", "present", "said"),
    [(1, 0, "error"), (1, 1, ""), (2, 1, "error"), (3, 2, ""), (9, 4, "error"), (9, 5, "")],
)
def test_more_than_half_of_those_in_office_make_a_quorum(size: int, present: int, said: str):
    made = met(size, present).decision(
        "D-2027-001", DAY, meeting=MEETING, method="consensus", consensus=sought()
    )
    assert severities(made, "quorum") == said


def test_what_was_rejected_or_deferred_needs_no_quorum():
    made = met(3, 1)
    for number, outcome in enumerate(("rejected", "deferred"), 1):
        made.decision(
            f"D-2027-00{number}", DAY, meeting=MEETING, consensus=sought("p01"),
            votes=votes(0, 1), outcome=outcome,
        )  # fmt: skip
    assert severities(made, "quorum") == ""


def test_a_ballot_counts_who_is_in_office_on_its_last_day():
    made = Partnership().seat("ana", "2026-03-09").seat("ben", "2027-03-09")
    ballot = {"opened": D("2027-03-04"), "closed": D("2027-03-09"), "notice": D("2027-03-01")}
    made.decision(
        "D-2027-001", "2027-03-09", ballot=ballot, consensus=sought("ben"),
        votes={"ana": "yes", "ben": "no"},
    )  # fmt: skip
    [said] = judged(made, "voter")
    assert said.message == (
        "Ana cannot vote: not on the committee on 9 March 2027 (left office on 8 March 2027)"
    )


def test_an_abstention_or_recusal_is_a_vote_like_others_and_needs_presence():
    made = met(3, 1).decision(
        "D-2027-001", DAY, meeting=MEETING, consensus=sought("p01"),
        votes={"p01": "yes", "p02": "abstain", "p03": "recused"},
    )  # fmt: skip
    assert severities(made, "voter") == "error error"


def test_an_objection_of_somebody_not_in_office_does_not_lead_to_a_vote():
    made = met(3).person("dan")
    made.decision("D-2027-001", DAY, meeting=MEETING, consensus=sought("dan"), votes=votes(3))
    assert severities(made, "consensus-first") == "error"


def test_a_matter_put_off_needs_neither_a_count_nor_a_search_for_consensus():
    made = met(3).decision("D-2027-001", DAY, meeting=MEETING, outcome="deferred")
    for rule in ("consensus-first", "consensus", "quorum", "two-thirds", "outcome"):
        assert severities(made, rule) == "", rule


def test_what_is_rejected_by_consensus_keeps_its_objection():
    made = met(3).decision(
        "D-2027-001", DAY, meeting=MEETING, method="consensus", outcome="rejected",
        consensus=sought("p01"),
    )  # fmt: skip
    assert severities(made, "consensus") == severities(made, "outcome") == ""


def test_a_decision_names_one_place_only():
    ballot = {"opened": D(DAY), "closed": D(DAY), "notice": D(DAY)}
    made = met(3).decision("D-2027-001", DAY, meeting=MEETING, ballot=ballot)
    assert severities(made, "decided-where") == "error"


def test_a_group_is_led_by_an_advisor_only_while_the_advisor_is_one():
    made = met(3).person("dan").term("dan", "2027-04-01", "advisor", end=D("2027-04-30"))
    made.decision("D-2027-001", DAY, meeting=MEETING, subject="group")
    made.group("reviews", "D-2027-001", "dan")
    assert severities(made, "group-formed", "2027-04-30") == "warning"
    assert severities(made, "group-formed", "2027-05-01") == ""


def approved(**fields: Any) -> tuple[Partnership, Approved]:
    """A partnership with a decision and two meetings, and how these stood when approved."""
    made = met(3).meeting("2027-05-06", status="scheduled")
    made.decision("D-2027-001", DAY, meeting=MEETING, consensus=sought("p03"), votes=votes(2, 1))
    return made, at_tag("charter-v1.0", made)


def at_tag(tag: str, made: Partnership) -> Approved:
    """What was approved, where a tag holds all records as they stand."""
    sound = Approval(tag, "", "", D(DAY), "verified", "", "", "", "")
    return Approved(Revisions((sound,)), True, (Stood(tag, made.hub()),))


def corrected(made: Partnership, before: Approved) -> list[str]:
    return [one.message for one in judged(made, "correction", approved=before)]


def test_nothing_changed_needs_no_correction():
    made, before = approved()
    assert corrected(made, before) == []


def test_what_came_later_is_no_change_of_the_past():
    made, before = approved()
    made.meeting("2027-05-06", attendance=dict.fromkeys(people(3), "present"))
    told = [{"on": D("2027-03-05"), "to": "members", "by": "p01"}]
    made.decision(
        "D-2027-001", DAY, "More reasons.", meeting=MEETING, consensus=sought("p03"),
        votes=votes(2, 1), communicated=told,
    )  # fmt: skip
    assert corrected(made, before) == []


def test_a_vote_added_taken_out_and_an_outcome_changed_are_told_together():
    made, before = approved()
    made.decision(
        "D-2027-001", DAY, meeting=MEETING, consensus=sought("p03"), outcome="rejected",
        votes={"p01": "yes", "p02": "no", "p04": "no"},
    )  # fmt: skip
    assert corrected(made, before) == [
        "changed since charter-v1.0 without a correction: `outcome` was “adopted” and is "
        "“rejected”, the vote of P02 was “yes” and is “no”, the vote of P03 was “no” and is empty "
        "and the vote of p04 was empty and is “no”"
    ]


def test_a_correction_made_before_does_not_cover_a_new_change():
    made, _ = approved()
    entry = {"on": D("2027-03-10"), "what": "A vote", "why": "Noted down wrongly"}
    fields: dict[str, Any] = {"meeting": MEETING, "consensus": sought("p03")}
    made.decision("D-2027-001", DAY, votes=votes(2, 1), corrections=[entry], **fields)
    before = at_tag("charter-v1.1", made)
    made.decision("D-2027-001", DAY, votes=votes(3), corrections=[entry], **fields)
    assert len(corrected(made, before)) == 1
    again = [entry, entry | {"on": D("2027-05-10")}]
    made.decision("D-2027-001", DAY, votes=votes(3), corrections=again, **fields)
    assert corrected(made, before) == []


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2027-03-03", "this is said to be corrected on 3 March 2027, before it was decided on 4 "
         "March 2027"),
        (DAY, ""),
        ("2027-06-01", ""),
        ("2027-06-02", "this is said to be corrected on 2 June 2027, a day still to come"),
    ],
)  # fmt: skip
def test_a_correction_is_made_after_the_record_and_on_no_day_to_come(on: str, said: str):
    made, before = approved()
    entry = {"on": D(on), "what": "A vote", "why": "Noted down wrongly"}
    made.decision("D-2027-001", DAY, meeting=MEETING, consensus=sought("p03"), votes=votes(3),
                  corrections=[entry])  # fmt: skip
    assert "".join(corrected(made, before)) == said


def test_a_meeting_is_not_corrected_before_it_was_held():
    entry = {"on": D("2027-03-03"), "what": "Who was there", "why": "Noted down wrongly"}
    there = dict.fromkeys(people(3), "present")
    made = Partnership().committee(3).meeting(DAY, attendance=there, corrections=[entry])
    [said] = judged(made, "correction")
    assert said.message == (
        "this is said to be corrected on 3 March 2027, before the meeting on 4 March 2027"
    )


def test_a_held_meeting_that_becomes_a_cancelled_one_needs_a_correction():
    made, before = approved()
    made.meeting(DAY, status="cancelled", reason="It never was")
    [said] = corrected(made, before)
    assert said.startswith("changed since charter-v1.0 without a correction: `status` was “held”")
