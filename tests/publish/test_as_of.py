"""A site of a day that has passed tells what was known then, and nothing that came later.

The Example Partnership is generated with its history. Its records of today, shown as of a day in
the middle of its years, are held against the records that Git has of that day.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.partnership import Partnership, votes
from tests.publish.conftest import git

from npcs.demo import generate
from npcs.governance.dates import MONTHS
from npcs.publish import build
from npcs.records.done import FIELDS
from npcs.records.hub import Hub
from npcs.records.kinds import KINDS
from npcs.records.known import known_on
from npcs.records.shape import shape_at, shape_of

AS_OF = date(2027, 7, 15)

PLANS = {
    "actions.due": "an action is to be done",
    "date": "a meeting is scheduled; that of everything else has passed",
    "effective": "what is decided takes effect",
    "end": "a term is planned to end",
    "from": "a reading that is decided begins to hold",
    "history.from": "a reading that is decided begins to hold",
    "last_day": "a term is planned to end",
    "milestones.due": "a milestone is to be reached",
    "on": "something is due: the table `due`",
    "respond_by": "members are to answer",
    "review_by": "a notice is to be looked at again",
    "start": "a term begins for which somebody is chosen",
    "starts": "a curriculum is to begin",
    "until": "an agreement, a group or a waiver is to last",
}
"""The fields of the data that may hold a later day, by their last names, and why."""

WORDS = {"id", "title", "labels", "page", "file", "data", "about", "text", "refs", "what"}
"""The fields of the data that name such a day in words or in an id."""

UNDATED = {
    "index": {"count"},  # of what is due, which follows from all others
    "measures": {"terms", "activities", "annotations"},  # a remark may be entered much later
    "meetings": {"agenda", "minutes"},  # who reports, and who takes the minutes
    "notices": {"decision", "respond_by", "review_by", "due"},  # what is planned for a draft
    "opportunities": {"actions", "labels"},  # steps have no day on which they were planned
    "parameters": {"reading"},  # prose
    "people": {"labels"},  # from the day on which a term ends early; see `terms`
    "priorities": {"cycles", "labels"},  # a cycle may be entered weeks after it began
    "recommendations": {"actions", "labels"},  # as those of opportunities
    "terms": {"ended", "last_day", "labels"},  # may be known before its day: told from it on
}
"""By folder of the data, the fields of which the records do not say when they became known.

What they tell has happened by the day, or is a plan, or a version that nobody gave a day.
"""

_ISO = re.compile(r"(?<!\d)(20\d\d)-?(\d\d)-?(\d\d)(?!\d)")
_LONG = re.compile(rf"(?<!\d)(\d\d?)\s({'|'.join(MONTHS)})\s(20\d\d)")


class Both(NamedTuple):
    """Today's records as of the day, and the records of the day."""

    now: Path
    then: Path


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    root: Path = tmp_path_factory.mktemp("as-of") / "hub"
    generate(root, members=4, years=2, git=True)
    now = build(root, as_of=AS_OF).out.rename(root.parent / "now")
    commit = git(root, "rev-list", "-1", f"--before={AS_OF}T23:59:59Z", "HEAD").strip()
    git(root, "checkout", "--quiet", commit)
    return Both(now, build(root, as_of=AS_OF).out)


def later(text: str) -> set[str]:
    """The days after that of the site that a text names."""
    found = {"-".join(one.groups()) for one in _ISO.finditer(text)}
    for one in _LONG.finditer(text):
        found.add(f"{one[3]}-{MONTHS.index(one[2]) + 1:02}-{int(one[1]):02}")
    return {one for one in found if one > str(AS_OF)}


def leaves(data: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every value of JSON with the names that lead to it."""
    if isinstance(data, dict):
        for name, one in data.items():
            yield from leaves(one, (*path, name))
    elif isinstance(data, list):
        for one in data:
            yield from leaves(one, path)
    else:
        yield path, str(data)


def cells(path: Path) -> Iterator[tuple[tuple[str, ...], str]]:
    for row in csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))):
        yield from (((name,), value or "") for name, value in row.items())


def data(site: Path) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Every value that the site publishes as data: its file, its names, and itself."""
    for path in sorted((site / "api/v1").rglob("*")):
        if path.suffix in (".json", ".csv") and "schema" not in path.name:
            read = leaves(json.loads(path.read_text())) if path.suffix == ".json" else cells(path)
            yield from ((path.relative_to(site).as_posix(), *one) for one in read)


def folder(name: str) -> str:
    return name.split("/")[2].partition(".")[0]


def test_no_later_day_is_told_but_those_of_plans(both: Both) -> None:
    allowed = {str(AS_OF + timedelta(90))}  # until when something is due
    for name, names, value in data(both.now):
        if names[-1] in PLANS or ".".join(names[-2:]) in PLANS:
            allowed |= later(value)
        elif names[-1] not in WORDS and later(value):
            assert names[-1] in UNDATED.get(folder(name), ()), (name, names, value)
            allowed |= later(value)
    for path in sorted(both.now.rglob("*")):
        name = path.relative_to(both.now).as_posix()
        if path.suffix in (".html", ".json", ".jsonld", ".ttl", ".csv", ".txt", ".xml"):
            if name.startswith("rules/"):
                continue  # examples, of days that nobody has lived
            told = later(path.read_text())
            there = both.then / name
            unknown = told - allowed - later(there.read_text() if there.is_file() else "")
            assert not unknown, (name, unknown)


def test_feeds_tell_of_no_later_day(both: Both) -> None:
    feeds = [*both.now.glob("feed*"), *both.now.rglob("feed*.xml")]
    assert feeds
    assert [one.name for one in feeds if later(one.read_text())] == []


def test_there_are_the_pages_of_the_day_and_no_others(both: Both) -> None:
    now, then = (
        {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
        for site in both
    )
    assert now == then


def test_the_data_are_those_of_the_day(both: Both) -> None:
    """What nobody can tell from the records is named in ``UNDATED``; all else is the same."""
    assert told(both.now) == told(both.then)


def told(site: Path) -> set[tuple[str, tuple[str, ...], str]]:
    """What the data tell that the records can know; what is due follows from all the rest."""
    return {
        (name, names, value)
        for name, names, value in data(site)
        if folder(name) != "due"
        and not {*names, names[-1].partition(".")[0]} & UNDATED.get(folder(name), set())
    }


def test_each_vote_and_attendance_is_of_the_day(both: Both) -> None:
    for table in ("votes", "attendance", "answers", "readings"):
        for form in ("csv", "json"):
            name = f"api/v1/{table}.{form}"
            assert (both.now / name).read_bytes() == (both.then / name).read_bytes()


def test_figures_are_those_that_stood_there_on_the_day(both: Both) -> None:
    tables = [*(both.then / "workplan/measures").glob("*.csv")]
    assert tables
    for one in tables:
        assert (both.now / "workplan/measures" / one.name).read_bytes() == one.read_bytes()


# Without Git


def test_the_models_alone_keep_back_what_came_later() -> None:
    made = (
        Partnership()
        .committee(3)
        .decision("D-2027-001", "2027-03-04", votes=votes(3))
        .decision("D-2027-002", "2027-09-02", votes=votes(3))
        .group("told", "D-2027-001", "p01", closed="2027-09-01")
        .group("untold", "D-2027-002", "p01")
        .term("p03", "2027-08-01", decision="D-2027-002")
        .meeting("2027-08-05", status="scheduled")
        .meeting(
            "2027-09-02",
            notice={"sent": "2027-07-01"},
            attendance={"p01": "present"},
            text="It rained.\n",
        )
        .meeting("2027-10-07", attendance={"p01": "present"})
    )
    hub = known_on(made.hub(), AS_OF)
    assert [one for one in made.hub().by_id if one not in hub.by_id] == [
        "D-2027-002",
        "untold",
        "2027-10-07-executive-committee",
        "2027-08-01-p03-member",
    ]
    assert all(one.valid for one in hub.documents.values())
    meeting = hub.by_id["2027-09-02-executive-committee"]
    assert (meeting.content().data["status"], meeting.body) == ("scheduled", "")
    assert "attendance" not in meeting.content().data
    assert "closed" not in hub.by_id["told"].content().data
    assert known_on(hub, AS_OF) is hub


def test_on_every_day_of_the_years_the_records_are_whole(tmp_path: Path) -> None:
    root = generate(tmp_path / "hub", members=4, years=2).target
    hub = Hub.read(root)
    seen = []
    for on in range(date(2026, 6, 1).toordinal(), date(2028, 7, 1).toordinal(), 40):
        told = known_on(hub, date.fromordinal(on))
        assert all(one.valid for one in told.documents.values())
        assert not told.broken
        assert known_on(told, date.fromordinal(on)) is told
        seen.append(len(told.documents))
    assert seen == sorted(seen)
    assert seen[0] < seen[-1]
    assert known_on(hub, date(2029, 1, 1)) is hub


def test_what_members_said_before_they_were_asked_again_comes_from_git() -> None:
    path = "workplan/activities/reviews.md"
    text = (
        "---\ntitle: Reviews\nprovision: ACT-1\nlead: all\nasked_on: {}\n"
        "participation:\n  state-of-p01: {}\n---\n"
    )
    hub = Hub.of({path: text.format("2027-09-01", "taking-part")})
    then = {path: text.format("2027-01-01", "paused").encode()}
    told = known_on(hub, AS_OF, then=then).documents[path].content().data
    assert (str(told["asked_on"]), told["participation"]) == (
        "2027-01-01",
        {"state-of-p01": "paused"},
    )
    assert "participation" not in known_on(hub, AS_OF).documents[path].content().data


def test_a_reading_does_not_tell_what_was_decided_later() -> None:
    path, decision = "charter/parameters.yml", "charter/decisions/D-2027-{}.md"
    head = "parameters:\n  quorum:\n    provision: DEC-1\n    reading: {}\n    history:\n"
    first = "      - {from: 2027-01-01, value: more than 1/2, decision: D-2027-001}\n"
    second = "      - {from: 2027-10-01, value: at least 2/3, decision: D-2027-002}\n"
    hub = Hub.of({path: head.format("Half. From October on two-thirds.") + first + second} | {
        decision.format(number): "---\ntitle: A reading\ndate: " + on + "\nsubject: reading\n"
        "meeting: 2027-01-01-executive-committee\nmethod: consensus\noutcome: adopted\n---\n"
        for number, on in (("001", "2027-01-01"), ("002", "2027-09-01"))
    })  # fmt: skip
    then = {path: (head.format("Half.") + first).encode()}

    def told(day: date) -> tuple[str, int]:
        one = known_on(hub, day, then=then).documents[path].content().data["parameters"]["quorum"]
        return one["reading"], len(one["history"])

    assert told(AS_OF) == ("Half.", 1)
    assert told(date(2027, 9, 2)) == ("Half. From October on two-thirds.", 2)


def test_an_answer_is_the_one_before_and_a_term_the_edition_before() -> None:
    answer = "notices/2027/NPCS-SN-2027-001/oregon.yml"
    term = "definitions/terms/entry.md"
    hub = Hub.of({
        answer: "member: oregon\nnotice: NPCS-SN-2027-001\nversion: '1.1'\nstatus: complete\n"
                "on: 2027-09-01\nearlier:\n"
                "  - {version: '1.0', status: assessing, on: 2027-05-01}\n",
        term: "---\nterm: Entry\nversion: '1.1'\nstatus: approved\ndefinition: New.\n"
              "source: {title: A paper}\nearlier:\n"
              "  - {version: '1.0', until: 2027-08-31, definition: Old., why: Unclear}\n---\n",
    })  # fmt: skip
    told = known_on(hub, AS_OF).documents
    said = told[answer].content().data
    assert (said["version"], said["status"], said["on"]) == ("1.0", "assessing", "2027-05-01")
    meant = told[term].content().data
    assert (meant["version"], meant["definition"], meant["earlier"]) == ("1.0", "Old.", [])
    assert answer not in known_on(hub, date(2027, 4, 1)).documents


def test_of_a_table_the_periods_stay_that_were_over_and_known() -> None:
    path = "workplan/measures/deaths.csv"
    hub = Hub.of({path: "period,value\n2026,5\n2027-Q2,3\n2027-Q3,4\n"})
    told = known_on(hub, AS_OF).companions[path].body
    assert told == "period,value\n2026,5\n2027-Q2,3\n"
    told = known_on(hub, AS_OF, then={path: b"period,value\n2026,6\n"}).companions[path].body
    assert told == "period,value\n2026,5\n"
    empty = Hub.of({path: ""})
    assert known_on(empty, AS_OF, then={path: b"\xff\xfe"}) is empty


def test_what_cannot_lie_far_ahead_is_a_day_on_which_something_happened() -> None:
    for kind, fields in FIELDS.items():
        for field in fields:
            found = shape_at(shape_of(KINDS[kind].model), (*_steps(field),))
            assert found
            # Somebody may be known to join.
            assert found.happened or (kind, field) == ("member", "joined")


def _steps(field: str) -> Iterator[str | int]:
    for name in field.split("."):
        yield name
        if name in ("actions", "milestones", "feedback", "reviews", "revisions", "earlier",
                    "communicated", "shared_outside", "adopted"):  # fmt: skip
            yield 0
