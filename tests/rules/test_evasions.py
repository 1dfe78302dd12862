"""Records that are plainly wrong and once passed: each of these was tried on us."""

import pytest

from judging import judged, severities
from partnership import Partnership, people, votes

MEETING = "2027-02-01-executive-committee"
SOUGHT = {"sought_on": "2027-02-01", "objections": [{"by": "p03", "text": "Too soon."}]}


def committee() -> Partnership:
    return (
        Partnership()
        .committee(3)
        .meeting("2027-02-01", attendance=dict.fromkeys(people(3), "present"))
    )


def decided(**fields: object) -> Partnership:
    given = {"meeting": MEETING, "method": "consensus", "consensus": {"sought_on": "2027-02-01"}}
    return committee().decision("D-2027-001", "2027-02-01", **(given | fields))


def setting(name: str, *history: str) -> str:
    lines = "".join(f"      - {{{one}}}\n" for one in history)
    return f"parameters:\n  {name}:\n    provision: DEC-2\n    reading: x\n    history:\n{lines}"


BY = "value: none, decision: D-2027-001"


@pytest.mark.parametrize(
    ("fields", "history", "expected"),
    [
        ({"subject": "reading"}, f"from: 2027-02-01, {BY}", ""),
        ({"subject": "reading", "outcome": "deferred"}, f"from: 2027-02-01, {BY}", "was deferred"),
        ({"subject": "other"}, f"from: 2027-02-01, {BY}", "is other and not"),
        ({"subject": "reading"}, f"from: 2027-01-31, {BY}", "decided only on"),
    ],
)
def test_a_reading_rests_on_what_adopted_it(
    fields: dict[str, object], history: str, expected: str
) -> None:
    found = judged(
        decided(**fields).put("charter/parameters.yml", setting("quorum", history)), "invalid-field"
    )
    assert [expected in one.message for one in found] == ([True] if expected else [])


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ("from: 2027-01-01, value: 1/100, provisional: true", "error"),
        ("from: 2027-01-01, value: 2/3, provisional: true", ""),
        ("from: 2027-02-01, value: 3/5, decision: D-2027-001", "error"),
    ],
)
def test_what_the_charter_fixes_no_reading_changes(history: str, expected: str) -> None:
    hub = decided(subject="reading").put("charter/parameters.yml", setting("vote-share", history))
    assert severities(hub, "invalid-field") == expected


def test_two_values_of_one_day_and_a_name_misspelt() -> None:
    twice = ["from: 2027-01-01, value: cast, provisional: true"] * 2
    hub = committee().put("charter/parameters.yml", setting("vote-base", *twice))
    assert severities(hub, "invalid-field") == "error"
    hub = committee().put("charter/parameters.yml", setting("vote-bases", twice[0]))
    assert severities(hub, "invalid-field") == "error"


def test_consensus_is_sought_before_the_ballot_opens() -> None:
    for opened, expected in (("2027-02-01", ""), ("2027-01-31", "error")):
        ballot = {"opened": opened, "closed": "2027-02-05", "notice": "2027-01-20"}
        hub = Partnership().committee(3).decision(
            "D-2027-001", "2027-02-05", ballot=ballot, votes=votes(2, 1), consensus=SOUGHT
        )  # fmt: skip
        assert severities(hub, "consensus") == expected


def test_nothing_holds_before_it_was_adopted() -> None:
    assert severities(decided(effective="2027-02-01"), "outcome") == ""
    assert severities(decided(effective="2027-01-31"), "outcome") == "error"
    assert severities(decided(effective="2027-03-01", outcome="deferred"), "outcome") == "error"


def test_one_person_under_two_ids() -> None:
    hub = (
        committee().person("twin", name="P01 ", member="other").seat("twin", "2027-03-01", "other")
    )
    assert severities(hub, "term-overlap") == "warning"
