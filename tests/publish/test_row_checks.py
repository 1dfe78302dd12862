"""The published checks across fields, put to rows as a member would: by a database, as they are."""

import csv
import re
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from npcs.demo import generate
from npcs.demo.dataset import FILLED
from npcs.governance.row_checks import script
from npcs.governance.standard import Standard, standard
from npcs.publish.workbook import CHECKS, template_files
from npcs.records.datapackage import FOLDER
from npcs.records.hub import Hub

ROOT = Path(__file__).parents[2]
DAY = date(2027, 3, 1)
Rows = dict[str, list[dict[str, str]]]


@pytest.fixture(scope="module")
def founding() -> Standard:
    found = standard(Hub.read(ROOT))
    assert found
    return found


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checks") / "demo"
    generate(folder)
    return folder


def asked(question: str, of: Standard, tables: Rows) -> set[tuple[str, str, str]]:
    """What a database answers: check, severity and record."""
    with closing(sqlite3.connect(":memory:")) as database:
        for table in of.package.tables:
            assert table.table
            names = [field.name for field in table.table.fields]
            columns = ", ".join(f'"{name}" TEXT' for name in names)
            database.execute(f'CREATE TABLE "{table.name}" ({columns})')
            marks = ", ".join("?" for _ in names)
            database.executemany(
                f'INSERT INTO "{table.name}" VALUES ({marks})',
                [[row[name] for name in names] for row in tables.get(table.name, [])],
            )
        return set(database.execute(question))


# The demo


def test_made_up_rows_keep_every_check(demo: Path) -> None:
    hub = Hub.read(demo)
    of = standard(hub)
    assert of
    tables = {
        one.name: [*csv.DictReader((demo / FILLED / str(one.path)).read_text().splitlines())]
        for one in of.package.tables
    }
    assert len(tables["incidents"]) == 60
    question = template_files(hub, DAY)[f"{FOLDER}/{CHECKS}"].decode()
    assert asked(question, of, tables) == set()
    one = tables["incidents"][0]
    one["age_band"] = "not_permitted"
    assert asked(question, of, tables) == {("age-known", "error", one["record_id"])}


# The founding data set, by rows made here alone

MONTHS = {"age_months": "4", "age_years": "not_applicable", "age_band": "1_to_5_months",
          "prenatal_exposure": "no", "plan_of_safe_care": "no"}  # fmt: skip
DEATH: dict[str, str] = {
    "jurisdiction": "a", "data_set_version": "0.1", "incident_type": "fatality",
    "incident_period": "2098-Q2", "notified_after_days": "2", "certification": "not_applicable",
    "near_fatality_rule": "not_applicable", "place": "own_home", "age_months": "not_applicable",
    "age_years": "5", "age_band": "3_to_5_years", "sex": "female", "tribal_affiliation": "unknown",
    "disability_or_condition": "no", "prenatal_exposure": "not_applicable",
    "plan_of_safe_care": "not_applicable", "living_arrangement": "relative", "in_custody": "no",
    "household_children": "2", "disposition": "pending", "cause": "drowning", "manner": "accident",
    "prior_reports": "1", "look_back_months": "36", "prior_victim": "yes",
    "case_status": "open_in_home", "last_contact": "under_8_days", "recent_reunification": "no",
    "review_level": "full", "review_opened": "2098-Q2", "review_closed": "2098-Q3",
    "debriefing_offered": "yes", "debriefings_held": "1", "public_disclosure": "none",
    "sharing_permission": "aggregate_only",
}  # fmt: skip
NEAR = {"incident_type": "near_fatality", "cause": "not_applicable", "manner": "not_applicable",
        "certification": "verbal", "near_fatality_rule": "capta"}  # fmt: skip

RIGHT: list[dict[str, str]] = [
    {},
    MONTHS,
    NEAR,
    {**NEAR, **MONTHS},
    {"cause": "not_permitted", "manner": "unknown"},
    {"age_years": "not_permitted", "age_band": "3_to_5_years"},
    {"age_years": "unknown", "age_months": "unknown", "age_band": "unknown",
     "prenatal_exposure": "unknown", "plan_of_safe_care": "unknown"},
    {"age_years": "017", "age_band": "13_to_17_years"},
    {**MONTHS, "age_months": "0", "age_band": "under_1_month"},
    {"age_months": "24", "age_years": "not_applicable", "age_band": "2_years"},
    {"review_opened": "not_applicable", "review_closed": "not_applicable",
     "review_level": "screened"},
    {"review_opened": "unknown", "review_closed": "2098-Q3"},
    {"review_closed": "unknown"},
    {"prior_reports": "not_permitted"},
    {"disposition": "pending", "incident_period": "2098-Q2"},
    {"case_status": "unknown_to_agency", "prior_reports": "0", "prior_victim": "no"},
]  # fmt: skip
WRONG: dict[str, list[dict[str, str]]] = {
    "death": [
        {**NEAR, "cause": "drowning"}, {**NEAR, "manner": "accident"},
        {"cause": "not_applicable"}, {"manner": "not_applicable"},
    ],
    "near-fatality": [
        {"certification": "written"}, {"near_fatality_rule": "capta"},
        {**NEAR, "certification": "not_applicable"},
    ],
    "infant": [
        {"prenatal_exposure": "yes"}, {"plan_of_safe_care": "no"},
        {**MONTHS, "plan_of_safe_care": "not_applicable"},
    ],
    "one-age": [
        {**MONTHS, "age_years": "unknown"}, {"age_months": "unknown"},
        {"age_years": "not_applicable"},
    ],
    "age-band": [
        {"age_years": "6"}, {"age_years": "12"}, {"age_years": "13"}, {"age_band": "unknown"},
        {**MONTHS, "age_months": "0"}, {**MONTHS, "age_months": "6"},
        {"age_months": "12", "age_years": "not_applicable", "age_band": "2_years"},
    ],
    "review-after-incident": [{"review_opened": "2098-Q1"}, {"review_opened": "2097-Q4"}],
    "review-closed": [{"review_opened": "2098-Q4"}, {"review_opened": "not_applicable"}],
    "victim-before": [{"prior_reports": "0"}],
    "maltreatment-types": [{"types": "5"}],
    "sleep": [{"sleep": "yes"}],
    "always-asked": [{"sex": "not_applicable"}, {"public_disclosure": "not_applicable"}],
    "finding-pending": [{"incident_period": "2001-Q1"}],
    "known-family": [{"case_status": "unknown_to_agency"},
                     {"case_status": "unknown_to_agency", "in_custody": "yes",
                      "prior_reports": "0", "prior_victim": "no"}],
}  # fmt: skip


def rows(changed: list[dict[str, str]]) -> Rows:
    """Incidents like the one above but for some answers, numbered from 0."""
    tables: Rows = {"incidents": [], "characteristics": []}
    for number, one in enumerate(changed):
        key = {"record_id": str(number)}
        tables["incidents"].append({**DEATH, **one, **key})
        for at in range(int(one.get("types", "4"))):
            kind = {"kind": "maltreatment_type", "code": f"type_{at}"}
            tables["characteristics"].append({**key, **kind})
        if "sleep" in one:
            tables["characteristics"].append({**key, "kind": "sleep_factor", "code": "adult_bed"})
    return tables


def test_rows_that_are_right_break_no_check(founding: Standard) -> None:
    assert asked(script(founding), founding, rows(RIGHT)) == set()


def test_each_check_has_rows_that_break_it(founding: Standard) -> None:
    assert list(WRONG) == [one.name for one in founding.package.checks]


@pytest.mark.parametrize("name", WRONG)
def test_rows_that_break_a_check(founding: Standard, name: str) -> None:
    (severity,) = (one.severity for one in founding.package.checks if one.name == name)
    found = asked(script(founding), founding, rows(WRONG[name]))
    assert {one for one in found if one[0] == name} == {
        (name, severity, str(number)) for number in range(len(WRONG[name]))
    }


def test_the_codes_in_these_rows_are_those_of_the_data_set(founding: Standard) -> None:
    (table, *_) = founding.package.tables
    assert table.table
    words = {it.value for it in table.table.missing}
    for field in table.table.fields:
        codes = table.table.codes_of(field.name)
        if codes and field.name in DEATH:
            assert DEATH[field.name] in words | set(founding.codes[codes])


def test_a_check_that_cannot_be_read_is_not_published() -> None:
    text = (ROOT / FOLDER / "datapackage.yaml").read_text("utf-8")
    bad = text.replace(
        "    breaks: |-\n      prior_victim = 'yes'",
        "    breaks: |-\n      1); DROP TABLE incidents; --",
    )
    assert bad != text
    codes = {str(path.relative_to(ROOT)): path.read_text("utf-8")
             for path in (ROOT / FOLDER / "codes").iterdir()}  # fmt: skip
    of = standard(Hub.of({f"{FOLDER}/datapackage.yaml": bad, **codes}))
    assert of
    said = script(of)
    assert "DROP" not in said
    assert said.count("SELECT '") == len(of.package.checks) - 1 + 4  # and the words for missing


def test_the_script_says_how_it_is_run(founding: Standard) -> None:
    (told,) = re.findall(r"sqlite3 :memory: (.+)", script(founding))
    for table in founding.package.tables:
        assert f'".import --csv {table.path} {table.name}"' in told
    assert told.endswith('".read checks.sql"')
