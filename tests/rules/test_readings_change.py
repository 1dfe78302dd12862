"""A reading applies from its day on, and what happened before stays right under the one before.

Every reading a rule rests on is changed here between two records that are alike. Each is judged
through the command line, by the value in force on its own day.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from npcs.governance.parameters import KNOWN
from npcs.rules.registry import RULES
from partnership import Partnership, meeting_id, people, votes
from running import npcs

D = date.fromisoformat
EARLIER, LATER = "2027-03-04", "2027-04-01"
BETWEEN = "2027-03-05"
START = "2026-01-01"


class Run(NamedTuple):
    """A check of one rule on a day, and parts of what it says, one for each of its findings."""

    made: Partnership
    rule: str
    as_of: str
    said: tuple[str, ...]


Case = Callable[[], Iterator[Run]]
CASES: dict[str, Case] = {}


def of(name: str) -> Callable[[Case], Case]:
    def keep(case: Case) -> Case:
        assert name not in CASES
        CASES[name] = case
        return case

    return keep


def decided(size: int, there: int | None = None, **fields: Any) -> Partnership:
    """A committee that decides the same in the same way on two days."""
    made = Partnership().committee(size)
    present = {
        who: "present" if at < (there or size) else "absent" for at, who in enumerate(people(size))
    }
    for number, on in enumerate((EARLIER, LATER), 1):
        sought = {"sought_on": D(on)}
        if fields.get("method") != "consensus":
            sought["objections"] = [{"by": "p01", "text": "Too early."}]
        given = {"meeting": meeting_id(on), "consensus": sought} | fields
        made.meeting(on, attendance=present).decision(f"D-2027-00{number}", on, **given)
    return made


@of("vote-share")
def vote_share() -> Iterator[Run]:
    made = decided(6, votes=votes(4, 2))
    made.parameter("vote-share", (START, "2/3"), (BETWEEN, "3/4"))
    yield Run(made, "two-thirds", "2027-05-01", ("D-2027-002.md: recorded as adopted",))


@of("vote-base")
def vote_base() -> Iterator[Run]:
    made = decided(6, votes=votes(3, 0, 3))
    made.parameter("vote-base", (START, "in-office"), (BETWEEN, "cast"))
    yield Run(made, "two-thirds", "2027-05-01", ("D-2027-001.md: recorded as adopted",))


@of("quorum")
def quorum() -> Iterator[Run]:
    made = decided(9, 5, method="consensus")
    made.parameter("quorum", (START, "more than 1/2"), (BETWEEN, "at least 2/3"))
    yield Run(made, "quorum", "2027-05-01", ("D-2027-002.md: recorded as adopted",))


@of("consensus")
def consensus() -> Iterator[Run]:
    made = decided(3, method="consensus", votes=votes(2, 0, 1))
    made.parameter("consensus", (START, "no-unresolved-objection"), (BETWEEN, "unanimity"))
    yield Run(made, "consensus", "2027-05-01", ("D-2027-002.md: adopted by consensus, and P03",))


@of("ballots")
def ballots() -> Iterator[Run]:
    made = Partnership().committee(3)
    for number, on in enumerate((EARLIER, LATER), 1):
        ballot = {"opened": D(on), "closed": D(on), "notice": D("2027-03-01")}
        made.decision(f"D-2027-00{number}", on, ballot=ballot)
    made.parameter("ballots", (START, "allowed"), (BETWEEN, "not-allowed"))
    yield Run(made, "decided-where", "2027-05-01", ("D-2027-002.md: on 1 April 2027 the adopted",))


@of("committee-term")
def committee_term() -> Iterator[Run]:
    made = Partnership().seat("ana", EARLIER).seat("ben", LATER)
    made.parameter("committee-term", (START, "1 year"), (BETWEEN, "2 years"))
    said = "2027-04-01-ben-member.yml: the term of Ben starts"
    yield Run(made, "term-length", "2027-05-01", (said,))


@of("seats-per-member")
def seats_per_member() -> Iterator[Run]:
    made = Partnership().member("ohio").member("utah")
    for on, member, both in ((EARLIER, "ohio", ("a", "b")), (LATER, "utah", ("c", "d"))):
        for who in both:
            made.seat(who, on, member)
    made.parameter("seats-per-member", (START, "1"), (BETWEEN, "2"))
    said = "2027-03-04-b-member.yml: on 4 March 2027 B takes a seat"
    yield Run(made, "seats-per-member", "2027-05-01", (said,))


@of("rotation-grace")
def rotation_grace() -> Iterator[Run]:
    made = Partnership().member("ohio", leader_since=D(EARLIER))
    made.member("utah", leader_since=D(LATER))
    made.seat("ana", "2027-01-01", "ohio").seat("ben", "2027-01-01", "utah")
    made.parameter("rotation-grace", (START, "90 days"), (BETWEEN, "30 days"))
    said = ("ana-member.yml: Ohio has", "ben-member.yml: Utah has")
    yield Run(made, "rotation", "2027-04-30", said)
    found = judged(made, "rotation", "2027-05-02")
    assert ["is to rotate off by 2 June 2027" in one for one in found] == [True, False]
    assert ["was to rotate off by 1 May 2027" in one for one in found] == [False, True]


@of("co-chairs")
def co_chairs() -> Iterator[Run]:
    made = Partnership().committee(4)
    for who in ("p01", "p02"):
        made.term(who, "2027-01-01", "co-chair")
    made.term("p03", EARLIER, "co-chair", end=D(EARLIER)).term("p04", LATER, "co-chair")
    made.parameter("co-chairs", (START, "2"), (LATER, "3"))
    said = "p03-co-chair.yml: on 4 March 2027 P03 becomes co-chair beside P01 and P02"
    yield Run(made, "co-chair-count", "2027-05-01", (said,))


def served(made: Partnership, who: str, *stints: tuple[str, str]) -> Partnership:
    made.person(who)
    for first, last in stints:
        made.term(who, first, "co-chair", end=D(last))
    return made


@of("co-chair-limit")
def co_chair_limit() -> Iterator[Run]:
    made = served(Partnership(), "ana", ("2024-03-01", "2025-02-28"), ("2025-03-01", "2026-03-01"))
    served(made, "ben", ("2025-05-01", "2027-02-28"), ("2027-03-01", "2027-12-31"))
    made.parameter("co-chair-limit", (START, "2 years"), ("2027-01-01", "3 years"))
    said = "ana-co-chair.yml: Ana has been co-chair since 1 March 2024"
    yield Run(made, "co-chair-limit", "2027-06-01", (said,))


@of("co-chair-break")
def co_chair_break() -> Iterator[Run]:
    made = served(Partnership(), "ana", ("2023-03-01", "2025-02-28"), ("2025-12-01", "2026-03-31"))
    served(made, "ben", ("2024-06-01", "2026-05-31"), ("2027-03-01", "2027-12-31"))
    made.parameter("co-chair-break", (START, "1 year"), ("2027-01-01", "6 months"))
    said = "2025-12-01-ana-co-chair.yml: Ana has been co-chair since 1 March 2023"
    yield Run(made, "co-chair-limit", "2027-06-01", (said,))


@of("co-chair-vacancy")
def co_chair_vacancy() -> Iterator[Run]:
    for changed, said in (
        ("2027-03-01", "p02-co-chair.yml: the committee has had one co-chair"),
        ("2027-03-02", "p02-co-chair.yml: 1 of 2 co-chairs in office since 1 March 2027"),
    ):
        made = Partnership().committee(2).term("p01", "2027-01-01", "co-chair")
        made.term("p02", "2027-01-01", "co-chair", end=D("2027-02-28"))
        made.parameter("co-chair-vacancy", (START, "60 days"), (changed, "30 days"))
        yield Run(made, "co-chair-count", "2027-04-10", (said,))


@of("meeting-interval")
def meeting_interval() -> Iterator[Run]:
    made = Partnership().committee(2)
    for on in ("2027-01-14", "2027-03-11", "2027-06-10", "2027-07-08"):
        made.meeting(on)
    made.parameter("meeting-interval", (START, "1 month"), ("2027-04-01", "3 months"))
    said = "no meeting of the committee is on record from 1 February 2027 to 28 February 2027"
    yield Run(made, "monthly-meeting", "2027-07-15", (said,))


@of("meeting-notice")
def meeting_notice() -> Iterator[Run]:
    made = Partnership().committee(2)
    for on, sent in ((EARLIER, "2027-02-25"), (LATER, "2027-03-25")):
        made.meeting(on, notice={"sent": D(sent), "to": ["executive-committee"]})
    made.parameter("meeting-notice", (START, "7 days"), (BETWEEN, "14 days"))
    said = f"{LATER}-executive-committee.md: the notice was sent on 25 March 2027"
    yield Run(made, "notice-to-advisors", "2027-05-01", (said,))


@of("absences")
def absences() -> Iterator[Run]:
    made = Partnership().committee(2)
    made.parameter("absences", (START, "3"), ("2027-05-01", "2"))
    for on, first, second in (
        ("2027-03-11", "absent", "present"),
        ("2027-04-15", "absent", "absent"),
    ):
        made.meeting(on, attendance={"p01": first, "p02": second})
    yield Run(made, "attendance-pattern", "2027-05-10", ())
    made.meeting("2027-05-13", attendance={"p01": "present", "p02": "absent"})
    yield Run(made, "attendance-pattern", "2027-06-01", ("2027-05-13-executive-committee.md: P02",))


@of("attendance-review")
def attendance_review() -> Iterator[Run]:
    for changed, said in ((EARLIER, "overdue since 3 April"), (BETWEEN, "due by 2 June")):
        made = Partnership().committee(2).term("p01", "2027-01-01", "co-chair")
        made.meeting(EARLIER, attendance_review={"by": "p01", "on": D(EARLIER)}).meeting(LATER)
        made.parameter("attendance-review", (START, "90 days"), (changed, "30 days"))
        yield Run(made, "attendance-review", "2027-04-10", (said,))


@of("minutes-due")
def minutes_due() -> Iterator[Run]:
    made = Partnership().committee(2)
    for on, sent in ((EARLIER, "2027-03-14"), (LATER, "2027-04-11")):
        made.meeting(on, text="Met.\n", minutes={"by": "p01", "sent_on": D(sent), "to": ["all"]})
    made.parameter("minutes-due", (START, "14 days"), (BETWEEN, "7 days"))
    said = f"{LATER}-executive-committee.md: the minutes were sent on 11 April 2027, 3 days late"
    yield Run(made, "minutes", "2027-05-01", (said,))


@of("communication-due")
def communication_due() -> Iterator[Run]:
    made = Partnership().committee(2).term("p01", "2027-01-01", "co-chair")
    for number, (on, told) in enumerate(((EARLIER, "2027-03-14"), (LATER, "2027-04-11")), 1):
        given = [{"on": D(told), "to": "members", "by": "p01"}]
        made.decision(f"D-2027-00{number}", on, communicated=given)
    made.parameter("communication-due", (START, "14 days"), (BETWEEN, "7 days"))
    yield Run(made, "communicated", "2027-05-01", ("D-2027-002.md: told to the members on 11",))


@of("recommendation-due")
def recommendation_due() -> Iterator[Run]:
    made = Partnership().committee(2).decision("D-2027-001", "2027-02-01", subject="group")
    made.group("data", "D-2027-001", "p01")
    for number, on in enumerate((EARLIER, LATER), 1):
        made.recommendation(f"R-2027-00{number}", "data", on)
    made.parameter("recommendation-due", (START, "90 days"), (BETWEEN, "30 days"))
    said = (
        "R-2027-001, Recommendation R-2027-001, is to be answered; due by 2 June 2027",
        "R-2027-002, Recommendation R-2027-002, is to be answered; overdue since 1 May 2027",
    )
    yield Run(made, "recommendation-answered", "2027-05-10", said)


@of("opportunity-due")
def opportunity_due() -> Iterator[Run]:
    made = Partnership()
    for name, on in (("handovers", EARLIER), ("rounds", LATER)):
        made.opportunity(name, on)
    made.parameter("opportunity-due", (START, "90 days"), (BETWEEN, "30 days"))
    said = (
        "the opportunity “Handovers” is to be planned; due by 2 June 2027",
        "the opportunity “Rounds” is to be planned; overdue since 1 May 2027",
    )
    yield Run(made, "follow-through", "2027-05-10", said)


@of("action-span")
def action_span() -> Iterator[Run]:
    made = Partnership()
    for name, on in (("handovers", EARLIER), ("rounds", LATER)):
        step = {"text": f"Ask about {name}", "owner": "Coordinator", "strength": "strong"}
        made.opportunity(name, on, actions=[step | {"due": D("2028-09-01")}])
    made.parameter("action-span", (START, "2 years"), (BETWEEN, "1 year"))
    said = ("“Ask about rounds” is due on 1 September 2028, more than 1 year ahead",)
    yield Run(made, "follow-through", "2027-05-10", said)


@of("charter-review")
def charter_review() -> Iterator[Run]:
    for changed, said in (
        (EARLIER, "overdue since 4 September 2027"),
        (BETWEEN, "due by 4 March 2028"),
    ):
        made = Partnership().committee(2).decision(
            "D-2027-001", EARLIER, subject="charter",
            charter={"version": "1.0", "digest": f"sha256:{'0' * 64}", "change": "annual"},
        )  # fmt: skip
        made.parameter("charter-review", (START, "1 year"), (changed, "6 months"))
        yield Run(made, "review-due", "2027-12-10", (said,))


@of("participation-review")
def participation_review() -> Iterator[Run]:
    made = Partnership().committee(1)
    everybody = {"state-of-p01": "taking-part"}
    for provision, asked in (("ACT-1", EARLIER), ("ACT-2", LATER)):
        made.activity(provision.lower(), provision, asked_on=D(asked), participation=everybody)
    made.parameter("participation-review", (START, "1 year"), (BETWEEN, "6 months"))
    yield Run(made, "participation", "2027-09-15", ("act-2.md: members are to be asked again",))


def notice(number: int, *lines: str) -> tuple[str, str]:
    fields = ("title: Cribs", "kind: warning", "hazard: Beds", "version: '1.0'", *lines)
    text = "---\n" + "\n".join(fields) + "\n---\nLook.\n"
    return f"notices/2027/NPCS-SN-2027-00{number}.md", text


@of("notice-review")
def notice_review() -> Iterator[Run]:
    made = Partnership()
    for number, on in enumerate((EARLIER, LATER), 1):
        made.put(*notice(number, "tlp: CLEAR", f"issued: {on}", "review_by: 2028-02-01"))
    made.parameter("notice-review", (START, "1 year"), (BETWEEN, "6 months"))
    said = "2027-002.md: to be reviewed by 1 February 2028, and within 6 months of 1 April 2027"
    yield Run(made, "notice-review-due", "2027-05-01", (said,))


@of("hub-audience")
def hub_audience() -> Iterator[Run]:
    """What Git has held stays: a hub that is public later on is so for what is there now."""
    made = Partnership().put(*notice(1, "tlp: GREEN"))
    made.parameter("hub-audience", (START, "public"), (LATER, "members"))
    said = "2027-001.md: this notice is marked TLP:GREEN"
    yield Run(made, "notice-marking", EARLIER, (said,))
    yield Run(made, "notice-marking", LATER, ())


@of("repository-audience")
def repository_audience() -> Iterator[Run]:
    """A member that has not agreed answers only where not everybody can read the files."""
    made = Partnership().member("alder").put(*notice(1, "tlp: CLEAR", f"issued: {EARLIER}"))
    path = "notices/2027/NPCS-SN-2027-001/alder.yml"
    made.put(path, "member: alder\nnotice: NPCS-SN-2027-001\nversion: '1.0'\n"
             f"status: complete\n'on': {EARLIER}\n")  # fmt: skip
    made.parameter("repository-audience", (START, "as the hub"), (LATER, "members"))
    said = "alder.yml: everybody can read this file, and Alder has not agreed"
    yield Run(made, "answer-consent", EARLIER, (said,))
    yield Run(made, "answer-consent", LATER, ())


ONE_WAY = {
    "proxies": ("DEC-2", "a named alternate"),
    "co-chair-selection": ("CHR-2", "by the members"),
    "rotation-trigger": ("RES-6", "a change of governor"),
}
"""Readings that the rules can apply in one way only: another value is refused, and never obeyed."""


def judged(made: Partnership, rule: str, as_of: str, folder: Path | None = None) -> list[str]:
    """What the command line says of one rule: the file and the message of each finding."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as temporary:
        root = str(made.write(folder or Path(temporary)))
        asked = ("--as-of", as_of, "--select", rule, "--format", "json", "--no-cache")
        told = json.loads(npcs("check", "--root", root, *asked).out)
    assert not told["crashes"]
    return [f"{one['path']}: {one['message']}" for one in told["findings"]]


@pytest.mark.parametrize("name", CASES)
def test_a_change_applies_from_its_day_on(name: str) -> None:
    for run in CASES[name]():
        found = judged(run.made, run.rule, run.as_of)
        assert len(found) == len(run.said), found
        for one, said in zip(found, run.said, strict=True):
            assert said in one


@pytest.mark.parametrize("name", ONE_WAY)
def test_a_value_that_no_rule_can_apply_is_an_error(name: str, tmp_path: Path) -> None:
    provision, value = ONE_WAY[name]
    made = Partnership().parameter(
        name, (START, KNOWN[name].founding), (BETWEEN, value), provision=provision
    )
    (found,) = judged(made, "invalid-field", "2027-05-01", tmp_path)
    assert f"“{value}” is not one of the readings known: {KNOWN[name].founding}" in found
    assert npcs("check", "--root", str(tmp_path), "--as-of", "2027-05-01").code == 1


def test_no_reading_that_a_rule_rests_on_is_without_a_case() -> None:
    used = {name for rule in RULES for name in rule.readings}
    assert {*CASES, *ONE_WAY} == used
    assert not {*CASES} & {*ONE_WAY}
    assert used == set(KNOWN)
