"""The data of the site: what is in them, what is not, and that no form ever loses a field."""

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for
from tests.partnership import Partnership
from tests.publish.conftest import AS_OF, small

from npcs.demo import generate
from npcs.publish.api.schemas import schema_files
from npcs.publish.assemble import prepared
from npcs.publish.site import Settings, Site
from npcs.publish.stage import planned
from npcs.records.kinds import KINDS

KEPT = Path(__file__).parent / "expected" / "api"
KEY = "NPCS-SN-2027-001"
Files = dict[str, bytes]


def files(made: Partnership, as_of: date = AS_OF) -> Files:
    """Every staged file of a partnership."""
    return planned(Site(made.hub(), as_of, Settings("Test")))[0]


def data(found: Files, name: str) -> Any:
    return json.loads(found[f"api/v1/{name}.json"])


def table(found: Files, name: str) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(found[f"api/v1/{name}.csv"].decode("utf-8-sig")))]


@pytest.fixture(scope="module")
def mine() -> Files:
    return files(small())


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Files, Path]:
    """The files of the Example Partnership, and where its records stand."""
    root = generate(tmp_path_factory.mktemp("demo") / "hub", years=2).target
    return planned(prepared(root, None)[0])[0], root


# What is kept


def lost(kept: Any, now: Any, at: str = "") -> Iterator[str]:
    """What a schema had and has no more, or has of another type: what would break a program."""
    for name, before in kept.get("properties", {}).items():
        after = now.get("properties", {}).get(name)
        if after is None:
            yield f"{at}.{name} is gone"
        else:
            yield from lost(before, after, f"{at}.{name}")
    for name in kept.get("required", ()):
        if name in now.get("properties", {}) and name not in now.get("required", ()):
            yield f"{at}.{name} may now be missing"
    for name in ("type", "format", "$ref", "pattern"):
        if kept.get(name) != now.get(name) and (name in kept or name != "pattern"):
            yield f"{at} has another {name}"
    if {*now.get("enum", ())} - {*kept.get("enum", now.get("enum", ()))}:
        yield f"{at} may hold other words"
    for name in ("items", "additionalProperties"):
        if isinstance(kept.get(name), dict):
            yield from lost(kept[name], now.get(name) or {}, f"{at}[]")
    if len(kept.get("anyOf", ())) != len(now.get("anyOf", ())):
        yield f"{at} has another type"
    for before, after in zip(kept.get("anyOf", ()), now.get("anyOf", ()), strict=False):
        yield from lost(before, after, at)
    for name, before in kept.get("$defs", {}).items():
        yield from lost(before, now.get("$defs", {}).get(name, {}), f"{at}#{name}")


def schemas() -> dict[str, Any]:
    return {path.rpartition("/")[2]: bare(json.loads(raw)) for path, raw in schema_files().items()}


def bare(schema: Any) -> Any:
    """A schema without what it says to people."""
    if isinstance(schema, dict):
        return {name: bare(part) for name, part in schema.items()
                if name != "description" or not isinstance(part, str)}  # fmt: skip
    return [bare(one) for one in schema] if isinstance(schema, list) else schema


def broken(now: dict[str, Any]) -> list[str]:
    """What the kept schemas promise and those of now do not hold."""
    return [
        f"{file.name}: {one}"
        for file in sorted(KEPT.glob("*.json"))
        for one in lost(json.loads(file.read_text()), now.get(file.name, {}))
    ]


def test_no_form_loses_a_field_or_changes_its_type() -> None:
    assert not broken(schemas()), "programs read this; publish another form beside it as api/v2"


def test_the_forms_are_those_that_are_kept() -> None:
    now = schemas()
    if os.environ.get("NPCS_KEEP") and not broken(now):  # a loss is never kept
        KEPT.mkdir(parents=True, exist_ok=True)
        for name, schema in now.items():
            (KEPT / name).write_text(json.dumps(schema, ensure_ascii=False, indent=1) + "\n")
    kept = {file.name: json.loads(file.read_text()) for file in KEPT.glob("*.json")}
    assert now == kept, "something was added: look at it, then keep it with NPCS_KEEP=1"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda it: it["properties"].pop("labels"), ".labels is gone"),
        (lambda it: it["properties"]["id"].update(type="integer"), ".id has another type"),
        (lambda it: it["required"].remove("title"), ".title may now be missing"),
        (lambda it: it["$defs"]["Notice"]["properties"].pop("tlp"), "#Notice.tlp is gone"),
        (lambda it: it["$defs"]["Notice"]["properties"]["tlp"]["enum"].append("BLUE"),
         "#Notice.tlp may hold other words"),
        (lambda it: it["$defs"]["Notice"]["properties"]["issued"]["anyOf"].pop(),
         "#Notice.issued has another type"),
        (lambda it: it["$defs"]["Notice"]["properties"]["actions"]["items"].update(
            {"$ref": "#/$defs/Recall"}), "#Notice.actions[] has another $ref"),
        (lambda it: it["$defs"].pop("Answers"), "#Answers.asked is gone"),
    ],
)  # fmt: skip
def test_a_loss_is_noticed(change: Callable[[Any], object], said: str) -> None:
    kept = schemas()["notice.json"]
    now = deepcopy(kept)
    change(now)
    assert said in list(lost(kept, now))


def test_a_new_field_breaks_nothing() -> None:
    kept = schemas()["notice.json"]
    now = deepcopy(kept)
    now["properties"]["more"] = {"type": "string"}
    now["$defs"]["Notice"]["properties"]["tone"] = {"type": "string"}
    assert not list(lost(kept, now))


def test_what_is_published_of_a_small_partnership_is_what_is_kept(mine: Files) -> None:
    told = "".join(
        f"== {path}\n{raw.decode('utf-8-sig')}".replace("\r\n", "\n")
        for path, raw in sorted(mine.items())
        if path.startswith("api/v1/") and not path.endswith(".md") and "/schemas/" not in path
        if not re.search(r"/(state-of-)?p0[2-9]|-p0[2-9]-|/due\.", path)  # of many alike the first
    )
    file = KEPT / "small.txt"
    if os.environ.get("NPCS_KEEP"):
        file.write_text(told)
    assert told == file.read_text(), "look at what has changed, then keep it with NPCS_KEEP=1"


# What the data are


def strict(schema: Any) -> Any:
    """The schema, refusing what it does not tell of."""
    if isinstance(schema, dict):
        made = {name: strict(part) for name, part in schema.items()}
        if schema.get("type") == "object" and "properties" in schema and not is_open(schema):
            made["additionalProperties"] = False
        return made
    return [strict(one) for one in schema] if isinstance(schema, list) else schema


def is_open(schema: Any) -> bool:
    """Whether a part may hold more than is told of it: its standard is not ours."""
    return schema.get("title") in OPEN


OPEN = {"DataPackage", "DataField", "Missing", "Target", "ForeignKey", "TableSchema", "Resource"}


def test_every_file_fits_its_published_schema_and_holds_nothing_else(
    demo: tuple[Files, Path],
) -> None:
    found, _ = demo
    overview = data(found, "index")
    checked = 0
    for one in (*overview["kinds"], *overview["tables"]):
        schema = json.loads(found[one["schema"]])
        assert validator_for(schema) is Draft202012Validator
        Draft202012Validator.check_schema(schema)
        judge = Draft202012Validator(strict(schema))
        every = json.loads(found[one["json"]])
        assert every["count"] == one["count"] == len(table(found, one["csv"][7:-4]))
        rows = every.get("rows")
        if rows is None:
            rows = [json.loads(found[line["data"]]) for line in every["records"]]
        for row in rows:
            faults = [f"{row.get('id')}: {it.message}" for it in judge.iter_errors(row)]
            assert not faults
            checked += 1
    assert checked > 300
    Draft202012Validator(json.loads(found["api/v1/schemas/overview.json"])).validate(overview)
    kinds = Draft202012Validator(json.loads(found["api/v1/schemas/list.json"]))
    kinds.validate(data(found, "decisions"))


def test_every_kind_of_record_is_published_but_answers(mine: Files) -> None:
    named = {one["name"] for one in data(mine, "index")["kinds"]}
    assert named == KINDS.keys() - {"answer"}


def test_a_record_says_where_it_stands_and_what_follows_from_it(mine: Files) -> None:
    decision = data(mine, "decisions/D-2027-001")
    assert decision["page"] == "decisions/D-2027-001/"
    assert decision["file"] == "charter/decisions/D-2027-001.md"
    assert decision["labels"] == ["adopted", "on 4 March 2027"]
    assert decision["text"] == "Because D-2027-002 failed."
    assert decision["record"]["votes"]["p09"] == "no"
    facts = decision["facts"]
    assert (facts["holds"], facts["yes"], facts["no"], facts["needed_yes"]) == (True, 6, 3, 6)
    assert "6 of the 9 in office agreed" in facts["in_words"]
    assert data(mine, "decisions/D-2027-002")["facts"]["holds"] is False


def test_data_lead_to_pages_and_files_that_are_there(demo: tuple[Files, Path]) -> None:
    found, root = demo
    for path, raw in found.items():
        if path.startswith("api/v1/") and path.endswith(".json") and "/schemas/" not in path:
            one = json.loads(raw)
            if "record" in one:
                assert (root / one["file"]).is_file()
                page = one["page"]
                there = (f"{page}index.md", f"{page.rstrip('/')}.md")
                assert {*there} & found.keys(), path


def test_each_record_page_leads_to_its_data(built: Path) -> None:
    seen = 0
    for page in built.rglob("*.html"):
        text = page.read_text()
        for way in re.findall(r'type="application/json" href="([^"]*)"', text):
            one = json.loads((page.parent / way).resolve().read_text())
            assert (built / one["page"] / "index.html") == page
            assert ">As data (JSON)</a>" in text
            seen += 1
    assert seen >= 30


def test_tables_open_in_a_spreadsheet(mine: Files) -> None:
    raw = mine["api/v1/decisions.csv"]
    assert raw.startswith(b"\xef\xbb\xbfid,title,page,")
    rows = table(mine, "decisions")
    assert [(one["id"], one["outcome"], one["yes"], one["date"]) for one in rows] == [
        ("D-2027-001", "adopted", "6", "2027-03-04"),
        ("D-2027-002", "rejected", "5", "2027-02-04"),
    ]
    assert table(mine, "votes")[0] == {
        "decision": "D-2027-001", "day": "2027-03-04", "person": "p01", "member": "state-of-p01",
        "vote": "yes", "counted": "true",
    }  # fmt: skip
    assert len(table(mine, "attendance")) == 9
    assert table(mine, "readings")[0]["value"] == "2/3"


def test_no_cell_is_taken_for_a_formula() -> None:
    made = small().decision("D-2027-003", "2027-05-01", title='=HYPERLINK("x")')
    [row] = [one for one in table(files(made), "decisions") if one["id"] == "D-2027-003"]
    assert row["title"] == '\'=HYPERLINK("x")'
    assert data(files(made), "decisions/D-2027-003")["title"] == '=HYPERLINK("x")'


# What is not in them


def whole(found: Files, *without: str) -> str:
    """All that is published as data, in one text."""
    return "\n".join(
        raw.decode() for path, raw in found.items()
        if path.startswith(("api/", "calendars/")) or "feed" in path
        if not any(one in path for one in without)
    )  # fmt: skip


def answered(agreed: int) -> Partnership:
    """Five members that have all answered, the first of which agreed to be named."""
    made = Partnership().put(f"notices/2027/{KEY}.md", """\
---
title: Cribs
kind: warning
hazard: Beds
tlp: CLEAR
version: "1.0"
issued: 2027-04-01
in_review: 2027-03-21
author: writer
source_consent: {by: Director, on: 2027-03-20}
---
Look.
""")  # fmt: skip
    made.parameter("repository-audience", ("2027-01-01", "members"))
    made.person("writer", member="alder", signing_keys=["ssh-ed25519 AAAA"])
    for number, one in enumerate(("alder", "birch", "cedar", "dogwood", "elm")):
        more = {"answers_named_from": "2027-01-29"} if number < agreed else {}
        made.member(one, **more)
        made.put(f"notices/2027/{KEY}/{one}.yml", f"""\
member: {one}
notice: {KEY}
version: "1.0"
status: {"not-applicable" if number == 4 else "complete"}
on: 2027-04-2{number}
reason: Said by {one} alone.
lead: Unit of {one}
evidence: File of {one}
""")  # fmt: skip
    return made


@pytest.mark.parametrize(("agreed", "named"), [(0, 0), (2, 2), (3, 0), (4, 0), (5, 5)])
def test_only_members_that_may_be_named_are_named(agreed: int, named: int) -> None:
    found = files(answered(agreed))
    facts = data(found, f"notices/{KEY}")["facts"]
    assert facts["answers"]["totals"] == {"complete": 4, "not-applicable": 1}
    assert len(facts["answers"]["named"]) == named
    text = whole(found)
    for number, one in enumerate(("alder", "birch", "cedar", "dogwood", "elm")):
        for said in (f"Said by {one}", f"Unit of {one}", f"2027-04-2{number}"):
            assert (said in text) == (number < named), (one, said)
        assert f"File of {one}" not in text
        assert f"{KEY}/{one}" not in text


def test_totals_of_one_or_two_are_not_told() -> None:
    made = answered(0)
    for one in ("cedar", "dogwood", "elm"):
        del made.texts[f"charter/members/{one}.yml"], made.texts[f"notices/2027/{KEY}/{one}.yml"]
    found = files(made)
    answers = data(found, f"notices/{KEY}")["facts"]["answers"]
    assert answers == {"version": "1.0", "asked": 2, "named": []}
    assert not table(found, "answers")
    [row] = table(found, "notices")
    assert (row["answers.asked"], row["answers.open"], row["answers.overdue"]) == ("2", "", "")


def test_nobody_learns_who_agreed_to_be_named_who_wrote_a_notice_or_signs() -> None:
    text = whole(files(answered(3)))
    for one in ("answers_named_from", "2027-01-29", "in_review", "signing_keys", "ssh-ed25519"):
        assert one not in text
    assert '"author": "writer"' not in text
    consented = answered(3)
    path = f"notices/2027/{KEY}.md"
    consented.texts[path] = consented.texts[path].replace("{by: D", "{member: alder, by: D")
    assert data(files(consented), f"notices/{KEY}")["record"]["author"] == "writer"


def test_nobody_learns_who_wrote_a_later_version() -> None:
    path = f"notices/2027/{KEY}.md"
    for agreed in ("{by: D", "{member: alder, by: D"):
        made = answered(3)
        made.person("second", member="birch")
        made.texts[path] = made.texts[path].replace("{by: D", agreed).replace(
            'version: "1.0"',
            'version: "1.1"\nrevisions: [{version: "1.1", on: 2027-04-02, what: More, '
            "author: second}]",
        )  # fmt: skip
        [version] = data(files(made), f"notices/{KEY}")["record"]["revisions"]
        assert version == {"version": "1.1", "on": "2027-04-02", "what": "More"}


@pytest.mark.parametrize("ending", ["withdrawn", "enduring"])
def test_an_end_is_not_published_before_its_day(ending: str) -> None:
    made = small()
    path = f"notices/2027/{KEY}.md"
    made.texts[path] = made.texts[path].replace(
        'version: "1.0"', f'version: "1.0"\n{ending}: {{on: 2027-07-01, reason: Not told yet}}'
    )
    assert "Not told yet" not in whole(files(made))
    assert "Not told yet" in whole(files(made, date(2027, 7, 1)))


def test_what_is_dated_later_than_the_site_is_not_published_yet() -> None:
    made = small()
    path = f"notices/2027/{KEY}.md"
    made.texts[path] = made.texts[path].replace(
        'version: "1.0"',
        'version: "1.1"\nrevisions: [{version: "1.1", on: 2027-07-01, what: Not told yet}]',
    )
    assert "Not told yet" not in whole(files(made))
    assert "Not told yet" in whole(files(made, date(2027, 7, 1)))


UNSHOWN = {
    ("coverage", "shows"), ("coverage", "intent"),  # the charter's pages show them by provision
    ("definition", "linked_as"), ("data-package", "description"), ("data-package", "title"),
    ("data-package", "breaks"),  # stands in the file of checks that the page offers
    ("parameters", "title"), ("coverage", "title"),
}  # fmt: skip
"""Texts that the page of their record does not show in these words, and that anyone may read."""


def test_no_text_is_in_the_data_that_no_page_shows(demo: tuple[Files, Path]) -> None:
    found, _ = demo
    pages = {path: words(raw.decode()) for path, raw in found.items() if path.endswith(".md")}
    seen = 0
    for path, raw in found.items():
        one = json.loads(raw) if re.fullmatch(r"api/v1/[\w-]+/.*\.json", path) else {}
        if "record" not in one:
            continue
        page = one["page"].rstrip("/")
        shown = pages.get(f"{page}.md") or pages[f"{page}/index.md"]
        if one["kind"] == "data-package":  # its tables have pages of their own, below it
            shown += "".join(pages[below] for below in pages if below.startswith(f"{page}/"))
        for field, text in texts(one["record"]):
            if " " in text and (one["kind"], field) not in UNSHOWN:
                assert words(text) in shown, (path, field, text)
                seen += 1
    assert seen > 1000


def texts(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, field)
    elif isinstance(value, str):
        yield field, value


def words(text: str) -> str:
    """A text as it is read: no marks, small letters, one blank between words."""
    plain = re.sub(r"\]\([^)]*\)|[\\*`_\[\]]", "", unescape(text))
    return " ".join(plain.lower().split())
