"""While a record cannot be read, nobody is accused for want of what it says."""

from pathlib import Path

import pytest
import yaml

from judging import Said, all_judged, judged
from npcs.records.hub import Hub
from npcs.records.tree import Stray
from partnership import Partnership

CASES = Path(__file__).parent.parent / "cases"
GOOD = sorted(path.parent for path in CASES.glob("*/good-*/case.yml"))


def grave(hub: Hub, as_of: str) -> set[Said]:
    return {one for one in all_judged(hub, as_of) if one.severity != "due"}


@pytest.mark.parametrize("case", GOOD, ids=lambda case: f"{case.parent.name}/{case.name}")
@pytest.mark.parametrize("kind", ["terms", "people", "meetings", "members", "decisions"])
def test_a_good_case_with_one_broken_record_tells_of_that_record_alone(
    case: Path, kind: str
) -> None:
    as_of = str(yaml.safe_load((case / "case.yml").read_text("utf-8"))["as_of"])
    texts = {
        path.relative_to(case).as_posix(): path.read_text("utf-8")
        for path in case.rglob("*")
        if path.suffix in (".yml", ".md") and path.name != "case.yml"
        and "approved" not in path.parts
    }  # fmt: skip
    before = grave(Hub.of(texts), as_of)
    for path in [one for one in Hub.of(texts).documents if one.startswith(f"charter/{kind}/")]:
        after = grave(Hub.of({**texts, path: "broken: [\n"}), as_of)
        known, told = ({(one.rule, one.path) for one in said} for said in (before, after))
        assert told - known == {("unreadable-file", path)}


def voted() -> Partnership:
    everyone = [f"p{one:02}" for one in range(1, 9)]
    return (
        Partnership()
        .committee(9)
        .decision(
            "D-2027-001", "2027-02-01", method="vote", votes=dict.fromkeys([*everyone[:4]], "yes")
        )
    )


def test_what_is_held_back_comes_when_the_term_is_mended() -> None:
    texts = dict(voted().texts)
    term = next(one for one in texts if one.startswith("charter/terms/") and "p09" in one)
    mended = texts[term]
    texts[term] = "person: p09\noffice: member\n"
    assert not judged(Hub.of(texts), "two-thirds")
    assert not judged(Hub.of(texts), "voter")
    texts[term] = mended
    assert [one.rule for one in judged(Hub.of(texts), "two-thirds")] == ["two-thirds"]


def test_readings_that_cannot_be_read_hold_back_what_rests_on_them() -> None:
    setting = (
        "parameters:\n  vote-share:\n    provision: DEC-2\n    reading: x\n    history:\n"
        "      - {from: 2027-01-01, value: VALUE, provisional: true}\n"
    )
    for value, told in (("2/3", True), ("most", False)):
        hub = voted().put("charter/parameters.yml", setting.replace("VALUE", value)).hub()
        assert bool(judged(hub, "two-thirds")) is told
        assert judged(hub, "quorum"), "which rests on another reading"


def test_a_misspelt_voter_is_told_once() -> None:
    hub = voted().decision(
        "D-2027-002", "2027-02-01", method="vote", votes={"p99": "yes", "p01": "yes"}
    )
    found = {one.rule for one in all_judged(hub, "2027-06-01") if one.path.endswith("002.md")}
    assert "broken-reference" in found
    assert not found & {"voter", "two-thirds", "quorum"}


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("charter/terms/2027-01-01-ana-ruiz-member.yml", True),
        ("charter/terms/2027-01-01_ana.yaml", True),
        ("charter/terms", True),
        ("charter", True),
        ("charter/terms/.DS_Store", False),
        ("charter/meetings/x.yml", False),
    ],
)
def test_what_may_be_meant_as_a_term(path: str, counts: bool) -> None:
    from npcs.records.charter import Parameters, Term

    rule = "unreadable-file" if path in ("charter", "charter/terms") else "unknown-file"
    hub = Hub((), [Stray(rule, path, "", "")])
    assert hub.unread(Term) == ((path,) if counts else ())
    assert hub.unread(Parameters) == ((path,) if path == "charter" else ())
