"""What is advised where a record is wrong: names of fields, and ids that are there."""

import pytest

from npcs.records.hub import Hub
from npcs.rules.registry import rule_named
from npcs.rules.rule import Scene
from partnership import day

MEMBER = "name: City of New York\nkind: city\nsize: large\njoined: 2027-01-01\n"
TERM = "person: a\noffice: OFFICE\nstart: 2024-02-29\n"
DECISION = "---\ntitle: a\ndate: 2027-01-01\nsubject: other\nmethod: vote\noutcome: adopted\n"


def hints(path: str, text: str) -> list[tuple[str, str]]:
    return [(one.message, one.hint) for one in Hub.of({path: text}).documents[path].remarks]


@pytest.mark.parametrize(
    ("path", "text", "message", "hint"),
    [
        (
            "charter/terms/2024-02-29-a-member.yml",
            TERM.replace("OFFICE", "member"),
            "a member's term needs `end`, its planned last day",
            "write `end: 2025-02-28`, a year to the day",
        ),
        (
            "charter/terms/2024-02-29-a-co-chair.yml",
            TERM.replace("OFFICE", "co-chair"),
            "a co-chair's term needs `end`, its planned last day",
            "write `end:` and the last day the committee chose them for",
        ),
        (
            "charter/decisions/D-2027-001.md",
            DECISION + "consensus:\n  objections: []\n---\n",
            "`consensus` needs `sought_on`",
            "add `sought_on:` and its value",
        ),
        (
            "charter/decisions/D-2027-001.md",
            DECISION + "corrections:\n- {what: a, why: b}\n---\n",
            "each entry of `corrections` needs `on`",
            "add `on:` and its value",
        ),
        (
            "charter/decisions/D-2027-001.md",
            DECISION + "ballot: {opened: 2027-01-02, closed: 2027-01-01}\n---\n",
            "`ballot`: `closed` is before `opened`",
            "correct one of the two days",
        ),
        (
            "charter/members/a.yml",
            MEMBER + "left: 2026-12-31\n",
            "`left` is before `joined`",
            "correct one of the two days",
        ),
        (
            "charter/terms/2024-02-29-a-advisor.yml",
            TERM.replace("OFFICE", "advisor") + "ended: {on: 2024-02-28, reason: Moved}\n",
            "`ended` is before `start`",
            "correct one of the two days",
        ),
        (
            "charter/meetings/2027-01-01-collaborative.md",
            "---\ndate: 2027-01-01\nbody: collaborative\nstatus: cancelled\n---\n",
            "a cancelled meeting needs its `reason`",
            "add `reason:` and why",
        ),
        (
            "charter/parameters.yml",
            "parameters:\n  quorum:\n    provision: DEC-1\n    silent: true\n    reading: a\n"
            "    history:\n    - from: 2027-01-01\n      value: none\n",
            "`parameters.quorum.history`: needs either the decision that adopted it, or "
            "provisional: true",
            "add one of the two",
        ),
        (
            "charter/members/a.yml",
            MEMBER.replace("joined", "joind"),
            "`joind` is not a field here",
            "did you mean `joined`?",
        ),
    ],
)
def test_hints_name_fields_and_values(path: str, text: str, message: str, hint: str) -> None:
    assert hints(path, text) == [(message, hint)]


def test_no_name_far_away_is_guessed() -> None:
    ((_, hint),) = hints("charter/members/a.yml", MEMBER + "people: x\n")
    assert hint.startswith("the fields are ")


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("New York City", "did you mean `new-york-city`?"),
        ("City of New York", "did you mean `new-york-city`?"),
        ("NEW-YORK-CITY", "did you mean `new-york-city`?"),
        (
            "Old Town",
            "correct the id, or add the record as `charter/members/old-town.yml`, and write its "
            "id, `old-town`, here",
        ),
        ("alder", "correct the id, or add the record as `charter/members/alder.yml`"),
        (
            "北京",
            "correct the id: that of a member is written as in `charter/members/new-york.yml`",
        ),
    ],
)
def test_a_name_in_place_of_an_id(key: str, hint: str) -> None:
    hub = Hub.of(
        {
            "charter/members/new-york-city.yml": MEMBER,
            "charter/people/a.yml": f"name: A\nmember: {key}\n",
        }
    )
    rule = rule_named("broken-reference")
    assert rule
    assert [one.hint for one in rule.check(Scene(hub, day("2027-06-01")))] == [hint]
