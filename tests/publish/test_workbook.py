"""The core data set: a standard that the reference implementation accepts, and its templates."""

import csv
import io
import shutil
from datetime import date
from pathlib import Path

import pytest
from frictionless import Package
from openpyxl import load_workbook

from npcs.demo import generate
from npcs.demo.dataset import FILLED
from npcs.publish.workbook import ROWS, WORKBOOK, template_files
from npcs.records.datapackage import FOLDER, DataPackage
from npcs.records.hub import Hub

ROOT = Path(__file__).parents[2]
DAY = date(2027, 3, 1)
MISSING = ["unknown", "not_collected", "not_applicable", "not_permitted"]

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def founding() -> Hub:
    return Hub.read(ROOT)


@pytest.fixture(scope="module")
def package(founding: Hub) -> DataPackage:
    return founding.all(DataPackage)["core-data-set"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "demo"
    generate(folder)
    return folder


def faults(folder: Path) -> list[str]:
    """What the reference implementation has to say of a package and of every row in it."""
    report = Package(str(folder / "datapackage.yaml")).validate()
    return [
        *map(str, report.errors),
        *(error.message for task in report.tasks for error in task.errors),
    ]


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for path, raw in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(raw)
    return folder / FOLDER


def test_the_standard_is_valid() -> None:
    assert faults(ROOT / FOLDER) == []


def test_what_can_be_downloaded_is_valid(founding: Hub, tmp_path: Path) -> None:
    assert faults(written(tmp_path, template_files(founding, DAY))) == []


def test_made_up_rows_are_valid(demo: Path) -> None:
    assert faults(demo / FILLED) == []
    assert len((demo / FILLED / "incidents.csv").read_text().splitlines()) == 61


@pytest.mark.parametrize(
    ("column", "value"),
    [("incident_type", "accident"), ("incident_type", ""), ("record_id", "unknown"),
     ("prior_reports", "many"), ("prior_reports", ""), ("record_id", "7")],
)  # fmt: skip
def test_a_wrong_cell_is_found(demo: Path, tmp_path: Path, column: str, value: str) -> None:
    hub = Hub.read(demo)
    folder = written(tmp_path, template_files(hub, DAY))
    table = list(csv.DictReader((demo / FILLED / "incidents.csv").read_text().splitlines()))
    table[0][column] = value
    with (folder / "incidents.csv").open("w", newline="") as out:
        writer = csv.DictWriter(out, table[0])
        writer.writeheader()
        writer.writerows(table)
    assert faults(folder)


def test_each_kind_of_missing_may_stand_where_a_value_is_not_a_must(package: DataPackage) -> None:
    for table in package.tables:
        assert table.table
        assert [one.value for one in table.table.missing] == MISSING


def test_the_hub_holds_no_row(package: DataPackage) -> None:
    for table in package.tables:
        assert table.table
        (header,) = csv.reader((ROOT / FOLDER / str(table.path)).read_text().splitlines())
        assert header == [field.name for field in table.table.fields]


def test_templates_of_a_filled_table_are_empty(demo: Path, tmp_path: Path) -> None:
    shutil.copytree(demo / FILLED, tmp_path / FOLDER)
    files = template_files(Hub.read(tmp_path), DAY)
    assert b"2027-Q1" in (tmp_path / FOLDER / "incidents.csv").read_bytes()
    assert files[f"{FOLDER}/opportunities.csv"] == b"record_id,theme\n"
    assert b"2027-Q1" not in files[f"{FOLDER}/incidents.csv"]


def test_nothing_that_is_never_shared_is_a_field(package: DataPackage) -> None:
    never = {one.name for one in package.never_shared}
    fields = [field for table in package.tables if table.table for field in table.table.fields]
    assert never
    assert not never & {field.name for field in fields}
    assert "P3" not in {field.privacy for field in fields}


def test_a_conditional_field_says_when_it_is_asked(package: DataPackage) -> None:
    for table in package.tables:
        for field in table.table.fields if table.table else ():
            assert (field.requirement == "conditional") == bool(field.asked_when), field.name


def test_the_workbook_offers_the_codes_and_explains_the_fields(
    founding: Hub, package: DataPackage
) -> None:
    book = load_workbook(io.BytesIO(template_files(founding, DAY)[f"{FOLDER}/{WORKBOOK}"]))
    assert book.sheetnames == [
        "Incidents", "Characteristics", "Improvement opportunities", "Ratings", "Actions",
        "Fields", "Checks", "Codes",
    ]  # fmt: skip
    sheet = book["Incidents"]
    assert package.tables[0].table
    names = [field.name for field in package.tables[0].table.fields]
    assert [cell.value for cell in sheet[1]] == names
    assert sheet.max_row == 1
    column = sheet.cell(1, names.index("incident_type") + 1).column_letter
    (offered,) = (one for one in sheet.data_validations.dataValidation if f"{column}2" in one.sqref)
    assert f"{column}{ROWS + 1}" in offered.sqref
    assert offered.type == "list"
    assert offered.prompt == "Which kind of critical incident it was."
    _, cells = offered.formula1.split("!")
    codes = [row[0].value for row in book["Codes"][cells.replace("$", "")]]
    assert codes == ["fatality", "near_fatality", "serious_injury", "other_critical", *MISSING]
    kinds = book["Characteristics"].data_validations.dataValidation
    assert [one.type for one in kinds] == [None, "list", "list"], "a code by kind is chosen as well"
    explained = {(row[0], row[1]): row for row in book["Fields"].iter_rows(values_only=True)}
    assert explained["Incidents", "certification"][4] == "Asked if the incident is a near fatality."
    checks = [row[:2] for row in book["Checks"].iter_rows(min_row=2, values_only=True)]
    assert checks == [(one.name, one.says) for one in package.checks]
    assert explained["Any table", "not_permitted"][3].startswith("Law or agreement")


def test_the_workbook_is_the_same_each_time(founding: Hub) -> None:
    assert template_files(founding, DAY) == template_files(founding, DAY)


def test_text_that_looks_like_a_formula_stays_text() -> None:
    hub = Hub.of({
        f"{FOLDER}/datapackage.yaml": "name: x\ntitle: '=1+1'\nversion: '0.1'\nresources:\n"
        "- name: a\n  title: '[=cmd]/x'\n  path: a.csv\n  schema:\n    fields:\n"
        "    - {name: b, type: string, privacy: P0, title: '=1+1', description: '=1+1'}\n"
    })  # fmt: skip
    book = load_workbook(io.BytesIO(template_files(hub, DAY)[f"{FOLDER}/{WORKBOOK}"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.data_type == "s" for cell in cells if cell.value == "=1+1")
