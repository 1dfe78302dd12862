"""Nothing turns red because a day passed."""

from datetime import date, timedelta

import pytest

from judging import all_judged
from npcs.records.hub import Hub
from partnership import Partnership

D = date.fromisoformat


@pytest.fixture(scope="module")
def healthy() -> Hub:
    """A committee's first quarter as a coordinator would keep it, every rule content."""
    made = Partnership()
    for who in ("ana", "ben", "carla"):
        made.seat(who, "2027-01-01", volunteered="true")
        team = [{"person": who, "role": "child-welfare-leader"}]
        team += [{"person": f"{who}-two", "role": "executive-team"}]
        made.person(f"{who}-two").member(f"state-of-{who}", team=team)
    made.person("dan").term("dan", "2027-01-01", "advisor")
    made.person("eva").term("eva", "2027-01-01", "coordinator")
    for who in ("ana", "ben"):
        made.term(who, "2027-01-01", "co-chair")
    for day in ("2027-01-14", "2027-02-11", "2027-03-11"):
        on = D(day)
        made.meeting(
            on,
            text="The committee met.",
            notice={
                "sent": on - timedelta(days=8),
                "to": ["executive-committee", "technical-advisors"],
            },
            attendance=dict.fromkeys(("ana", "ben", "carla"), "present"),
            attendance_review={"by": "ana", "on": on},
            minutes={"by": "eva", "sent_on": on + timedelta(days=3), "to": ["members"]},
        )
    made.decision(
        "D-2027-001", "2027-02-11", meeting="2027-02-11-executive-committee", subject="group",
        consensus={"sought_on": D("2027-02-11"), "objections": [{"by": "carla", "text": "No."}]},
        votes={"ana": "yes", "ben": "yes", "carla": "no"},
        communicated=[{"on": D("2027-02-12"), "to": "members", "by": "ben"}],
        shared_outside=[{"on": D("2027-02-13"), "with": "An association"}],
    )  # fmt: skip
    made.group("reviews", "D-2027-001", "ana", advisors=["dan"])
    made.recommendation("R-2027-001", "reviews", "2027-03-01")
    return made.hub()


def test_a_well_kept_partnership_has_nothing_but_what_is_due(healthy: Hub):
    found = [one for one in all_judged(healthy, "2027-03-20") if one.severity != "due"]
    assert found == []


@pytest.mark.parametrize("weeks", range(0, 160, 4))
def test_no_day_makes_an_error_but_that_of_a_long_vacancy(healthy: Hub, weeks: int):
    day = D("2027-03-20") + timedelta(weeks=weeks)
    errors = {one.rule for one in all_judged(healthy, day) if one.severity == "error"}
    assert errors <= {"co-chair-count"}


def test_before_it_began_a_partnership_misses_its_committee_and_teams_alone():
    made = Partnership().member("alder", joined="unknown", sources=[{"title": "A page"}])
    found = [(one.rule, one.severity) for one in all_judged(made, "2027-06-01")]
    assert sorted(found) == [("appointment", "due"), ("member-team", "due")]


def with_charter() -> Hub:
    """A charter approved once, a reading nobody has adopted, and a waiver that ends in June."""
    made = Partnership().seat("ana", "2027-01-01", volunteered="true")
    made.charter("**DEC-1** The committee decides by consensus. {#dec-1}\n")
    made.parameter("quorum", ("2027-01-01", "none"), provision="DEC-1")
    made.meeting("2027-02-11", attendance={"ana": "present"}, text="Met.")
    charter = {"version": "1.0", "digest": f"sha256:{'0' * 64}", "change": "annual"}
    for id, subject, more in (
        ("D-2027-001", "charter", {"charter": charter}),
        ("D-2027-002", "waiver", {"about": ["late"]}),
    ):
        made.decision(
            id, "2027-02-11", subject=subject, meeting="2027-02-11-executive-committee",
            method="consensus", consensus={"sought_on": D("2027-02-11")}, **more,
        )  # fmt: skip
    made.put(
        "charter/waivers/late.yml",
        "rule: minutes\nrecords: [2027-02-11-executive-committee]\ndecision: D-2027-002\n"
        "until: 2027-06-30\nreason: An office was closed.\n",
    )
    return made.hub()


CHARTER_RULES = ("provision-ids", "provision-coverage", "review-due", "major-change",
                 "reading-provisional", "waiver")  # fmt: skip


@pytest.mark.parametrize("as_of", ["2027-02-11", "2027-07-01", "2028-02-12", "2031-01-01"])
def test_reviews_readings_and_waivers_are_due_and_no_error(as_of: str):
    found = [one for one in all_judged(with_charter(), as_of) if one.rule in CHARTER_RULES]
    assert "reading-provisional" in {one.rule for one in found}
    assert {one.severity for one in found} <= {"due", "warning"}
    assert {one.rule for one in found if one.severity == "warning"} <= {"waiver"}
