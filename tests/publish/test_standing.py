"""What is recorded and does not hold is never shown as if it did."""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.partnership import Partnership, people, votes

from npcs.publish import build
from npcs.publish.finish import pages_in
from npcs.publish.links import broken
from npcs.publish.page import Callout, Page
from npcs.publish.render import markdown

PagesOf = Callable[..., dict[str, Page]]
STANDING = {"sought_on": "2027-03-04", "objections": [{"by": "p09", "text": "Too early."}]}
AGREED = {"sought_on": "2027-03-04"}
PARTED = AGREED | {"objections": [{"by": people(9)[0], "text": "Too soon."}]}
ALL = votes(9)
CASES: dict[str, tuple[dict[str, Any], str]] = {
    "D-2027-001": ({"votes": votes(5, 4)},
                   "Recorded as adopted, but the count does not carry it"),
    "D-2027-002": ({"method": "consensus", "consensus": STANDING, "meeting": "m"},
                   "Recorded as adopted by consensus, but 1 objection stands"),
    "D-2027-003": ({"method": "consensus", "consensus": AGREED},
                   "Recorded as adopted, but there was no quorum"),
    "D-2027-004": ({}, "Recorded as adopted by vote, but no votes are on record"),
    "D-2027-005": ({"outcome": "rejected", "votes": votes(6, 3)},
                   "Recorded as rejected, but the count carries it"),
    "D-2027-006": ({"outcome": "rejected", "method": "consensus", "consensus": AGREED},
                   "Recorded as rejected by consensus, but no objection stands"),
    "D-2027-007": ({"votes": ALL, "date": date(2027, 9, 1)},
                   "Recorded as adopted on a day still to come"),
    "D-2027-008": ({"votes": ALL, "meeting": "off"},
                   "Recorded as adopted, but at no meeting of the committee that was held"),
    "D-2027-009": ({"votes": votes(5) | {"zoe": "yes"}},
                   "Recorded as adopted, but the count does not carry it"),
}  # fmt: skip
SOUND = {"D-2027-101": "Adopted by vote", "D-2027-102": "Adopted by consensus",
         "D-2027-103": "Rejected by vote", "D-2027-104": "Deferred by vote",
         "D-2027-105": "Deferred: no consensus"}  # fmt: skip


def small() -> Partnership:
    held, off = "2027-03-04-executive-committee", "2027-04-04-executive-committee"
    meetings = {"m": held, "off": off}
    partnership = (
        Partnership()
        .committee(9)
        .person("zoe", name="Zoe Ash")
        .term("zoe", "2027-01-01", "advisor", end=None)
        .meeting("2027-03-04", attendance=dict.fromkeys(people(9), "present"))
        .meeting("2027-04-04", status="cancelled", reason="A storm")
    )
    for key, (fields, _) in CASES.items():
        fields = dict(fields)
        if "meeting" in fields:
            fields["meeting"] = meetings[fields["meeting"]]
        partnership.decision(key, fields.pop("date", "2027-03-04"), **fields)
    return (
        partnership.decision("D-2027-101", "2027-03-04", votes=votes(6, 3))
        .decision("D-2027-102", "2027-03-04", method="consensus", consensus=AGREED, meeting=held)
        .decision("D-2027-103", "2027-03-04", outcome="rejected", votes=votes(5, 4))
        .decision("D-2027-104", "2027-03-04", outcome="deferred", votes=votes(2))
        .decision(
            "D-2027-105",
            "2027-03-04",
            outcome="deferred",
            method="consensus",
            consensus=PARTED,
            meeting=held,
        )
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small().write(tmp_path_factory.mktemp("standing") / "hub")
    with pytest.MonkeyPatch.context() as patch:
        today = datetime(2027, 6, 1, tzinfo=UTC)
        patch.setenv("SOURCE_DATE_EPOCH", f"{today.timestamp():.0f}")
        return build(folder).out


def box(site: Path, key: str) -> tuple[str, str]:
    """The form and the title of the box on a decision's page."""
    page = (site / f"decisions/{key}/index.html").read_text()
    found = re.search(r'class="admonition (\w+)">\s*<p class="admonition-title">(.*?)</p>', page)
    assert found
    return found[1], found[2]


@pytest.mark.parametrize("key", CASES)
def test_an_outcome_the_record_does_not_bear_out_is_a_warning(site: Path, key: str) -> None:
    assert box(site, key) == ("warning", CASES[key][1])
    page = (site / f"decisions/{key}/index.html").read_text()
    assert "npcs-good" not in page.split("<h1")[1].split("admonition")[0]


@pytest.mark.parametrize("key", SOUND)
def test_what_is_borne_out_is_shown_as_recorded(site: Path, key: str) -> None:
    form, title = box(site, key)
    assert title == SOUND[key]
    assert form != "warning"


def test_no_page_leads_to_data_that_are_still_to_come(site: Path) -> None:
    assert not (site / "api/v1/decisions/D-2027-007.json").exists()
    assert [*broken(site, pages_in(site))] == []


def test_lists_say_so_too(site: Path) -> None:
    page = (site / "decisions/index.html").read_text()
    rows = {key: row for row in page.split("<tr ") for key in (*CASES, *SOUND) if f">{key}<" in row}
    assert {key for key, row in rows.items() if "npcs-good" in row} == {"D-2027-101", "D-2027-102"}
    assert "recorded as adopted, not carried" in rows["D-2027-001"]
    assert "recorded as adopted, its day still to come" in rows["D-2027-007"]
    assert all("recorded as" in rows[key] for key in CASES)


def test_the_sentence_and_the_votes_not_counted_stand_there(site: Path) -> None:
    page = (site / "decisions/D-2027-009/index.html").read_text()
    assert "so it did not carry" in page
    assert "not counted: Zoe Ash (technical advisor, who has no vote)" in page


# What rests on a decision that does not hold


def rests(on: str, as_of: date, pages_of: PagesOf) -> dict[str, Page]:
    let_out = {"D-2027-001": "D-2027-003", "D-2027-002": "D-2027-004"}[on]
    notice = f"""\
---
title: Cribs
kind: warning
tlp: CLEAR
hazard: Beds
version: "1.0"
decision: {let_out}
issued: 2027-04-01
---
Look.
"""
    both = {"about": ["exit", "late"], "subject": "waiver"}
    notices = {"about": ["NPCS-SN-2027-001"], "subject": "notice"}
    partnership = (
        Partnership()
        .committee(3)
        .decision("D-2027-001", "2027-03-04", votes=votes(3), **both)
        .decision("D-2027-002", "2027-03-04", votes=votes(1, 2), **both)
        .decision("D-2027-003", "2027-03-04", votes=votes(3), **notices)
        .decision("D-2027-004", "2027-03-04", votes=votes(1, 2), **notices)
        .group("helpers", on, "p01")
        .put("notices/2027/NPCS-SN-2027-001.md", notice)
        .put("charter/waivers/late.yml",
             f"rule: minutes\nrecords: [p01]\ndecision: {on}\nuntil: 2028-01-01\nreason: So.\n")
        .person("ben", member="state-of-p01")
        .term("ben", "2027-03-04", "coordinator", end=None, decision=on)
    )  # fmt: skip
    return pages_of(partnership, as_of)


@pytest.mark.parametrize(
    "address",
    [
        "committee/groups/helpers",
        "notices/NPCS-SN-2027-001",
        "waivers/late",
        "committee/terms/2027-03-04-ben-coordinator",
    ],
)
def test_what_rests_on_it_is_not_in_force(address: str, pages_of: PagesOf) -> None:
    day = date(2027, 6, 1)
    sound, hollow = (rests(one, day, pages_of)[address] for one in ("D-2027-001", "D-2027-002"))
    assert ".npcs-good" in " ".join(sound.chips)
    assert not sound.find(Callout)
    assert ".npcs-good" not in " ".join(hollow.chips)
    (callout,) = hollow.find(Callout)
    assert callout.tone == "warning"  # type: ignore[attr-defined]


def test_a_reading_named_adopted_needs_a_decision_that_holds(pages_of: PagesOf) -> None:
    text = """\
parameters:
  quorum:
    provision: DEC-1
    reading: Half.
    history:
    - from: 2027-03-04
      value: more than 1/2
      decision: D-2027-001
"""
    for cast, said in ((votes(3), "**adopted**"), (votes(1, 2), "called adopted, its decision")):
        partnership = Partnership().committee(3).put("charter/parameters.yml", text)
        partnership.decision("D-2027-001", "2027-03-04", subject="reading", votes=cast)
        assert said in markdown(pages_of(partnership)["charter/parameters"])


def test_a_seat_of_a_member_that_left_is_in_doubt(pages_of: PagesOf) -> None:
    partnership = Partnership().committee(2).member("state-of-p02", left=date(2027, 5, 1))
    pages = pages_of(partnership)
    for address in ("committee/index", "committee/terms/index", "people/p02"):
        assert "in doubt" in markdown(pages[address]), address
    term = pages["committee/terms/2027-01-01-p02-member"]
    (callout,) = term.find(Callout)
    assert "State Of P02 left on 1 May 2027" in callout.text  # type: ignore[attr-defined]
    assert "in doubt" not in markdown(pages["people/p01"])


def test_a_withdrawn_notice_says_so_wherever_it_is_named(pages_of: PagesOf) -> None:
    partnership = Partnership().committee(1)
    withdrawn = "withdrawn: {'on': 2027-05-01, reason: Wrong.}\n"
    for number, more in ((1, withdrawn), (2, "")):
        text = (
            f"title: Cribs {number}\nkind: warning\ntlp: CLEAR\nhazard: Beds\nversion: '1.0'\n"
            f"issued: 2027-04-0{number}\nrelated: [NPCS-SN-2027-00{3 - number}]\n{more}"
        )
        path = f"notices/2027/NPCS-SN-2027-00{number}.md"
        partnership.put(path, f"---\n{text}---\nLook.\n")
    later, before = (pages_of(partnership, date(2027, month, 20)) for month in (6, 4))
    assert markdown(later["notices/NPCS-SN-2027-002"]).count("**withdrawn**") == 2
    assert "ithdrawn" not in markdown(before["notices/NPCS-SN-2027-002"])
    assert "ithdrawn" not in markdown(before["notices/NPCS-SN-2027-001"])


def test_a_charter_is_adopted_only_word_for_word_and_by_a_count_that_carries(
    tmp_path: Path,
) -> None:
    for number, (cast, exact, state) in enumerate((
        (votes(3), True, "adopted, approval not verified"),
        (votes(3), False, "proposed, not approved"),
        (votes(1, 2), True, "proposed, not approved"),
    )):  # fmt: skip
        partnership = Partnership().committee(3).charter("**CHR-1** Two lead. {#chr-1}\n")
        text = partnership.texts["charter/charter.md"] + ("" if exact else "And more.\n")
        digest = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
        partnership.decision(
            "D-2027-001", "2027-03-04", subject="charter", votes=cast,
            charter={"version": "1.0", "digest": digest, "change": "major"},
        )  # fmt: skip
        out = build(partnership.write(tmp_path / str(number)), as_of=date(2027, 6, 1)).out
        page = (out / "charter/index.html").read_text()
        found = re.search(r'<strong class="npcs-chip[^>]*>([^<]*)<', page)
        assert found
        assert found[1] == state
