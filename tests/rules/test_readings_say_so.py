"""What rests on a reading that nobody has adopted says so, and what rests on an adopted one not."""

from pathlib import Path

import pytest
import yaml

from npcs.governance.parameters import KNOWN
from npcs.records.hub import Hub
from npcs.rules.registry import RULES, rule_named
from npcs.rules.rule import Rule, Scene
from partnership import Partnership, day

CASES = Path(__file__).parents[1] / "cases"
PROVISIONAL = "provisional reading"


def silent(rule: Rule) -> list[str]:
    """The readings of a rule that the charter leaves open."""
    return [name for name in rule.readings if not KNOWN[name].fixed]


def hints(rule: Rule, hub: Hub, as_of: str) -> list[str]:
    scene = Scene(hub, day(as_of))
    calls = ((scene,),) if rule.over is None else (
        (one, scene) for one in hub.all(rule.over).values()  # type: ignore[type-var]
    )  # fmt: skip
    return [note.hint for call in calls for note in rule.check(*call)]


def of_bad_cases(rule: Rule) -> list[str]:
    found = []
    for case in CASES.glob(f"{rule.name}/bad-*/case.yml"):
        texts = {
            path.relative_to(case.parent).as_posix(): path.read_text("utf-8")
            for path in case.parent.rglob("*")
            if path.suffix in (".yml", ".md") and path.name != "case.yml"
        }
        as_of = str(yaml.safe_load(case.read_text("utf-8"))["as_of"])
        found += hints(rule, Hub.of(texts), as_of)
    return found


@pytest.mark.parametrize("rule", [one for one in RULES if silent(one)], ids=lambda one: one.name)
def test_every_rule_that_rests_on_a_reading_says_so_where_it_decides(rule: Rule) -> None:
    said = of_bad_cases(rule)
    assert said
    for name in silent(rule):
        assert any(PROVISIONAL in one and f"`{name}` (" in one for one in said), name


def made(**reading: str) -> Hub:
    """A vote that three of six carried, by readings that are provisional or adopted."""
    setting = {"from": day("2026-01-01"), "value": "more than 1/2"} | reading
    history = "".join(f"        {key}: {value}\n" for key, value in setting.items())
    return (
        Partnership()
        .committee(6)
        .meeting("2027-03-04", attendance={"p01": "present"})
        .decision("D-2027-001", "2027-03-04", meeting="2027-03-04-executive-committee")
        .put(
            "charter/parameters.yml",
            "parameters:\n  quorum:\n    provision: DEC-1\n    silent: true\n    reading: Half.\n"
            f"    history:\n      -\n{history}",
        )
        .hub()
    )


def test_an_adopted_reading_is_not_called_provisional() -> None:
    rule = rule_named("quorum")
    assert rule
    (open_,) = hints(rule, made(provisional="true"), "2027-06-01")
    (adopted,) = hints(rule, made(decision="D-2027-001"), "2027-06-01")
    assert open_ == (
        f"{adopted}; this rests on a provisional reading, `quorum` (more than 1/2), which nobody "
        "has adopted yet"
    )


def test_what_the_charter_fixes_is_not_called_provisional() -> None:
    for name in ("two-thirds", "co-chair-limit", "term-length", "monthly-meeting"):
        rule = rule_named(name)
        assert rule
        fixed = [one for one in rule.readings if KNOWN[one].fixed]
        assert fixed
        assert not any(f"`{one}` (" in hint for one in fixed for hint in of_bad_cases(rule))
