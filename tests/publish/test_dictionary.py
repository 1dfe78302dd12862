"""The dictionary of the core data set: an overview, a page for each table, and the old places."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from npcs.publish.page import Page
from npcs.publish.render import markdown
from npcs.publish.sections.definitions import dataset
from npcs.publish.site import Settings, Site
from npcs.records.datapackage import FOLDER, DataPackage
from npcs.records.hub import Hub

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def hub() -> Hub:
    return Hub.read(ROOT)


@pytest.fixture(scope="module")
def pages(hub: Hub) -> dict[str, Page]:
    site = Site(hub, date(2027, 6, 1), Settings("Test"))
    return {one.address: one for one in dataset.pages(site)}


def places(page: Page) -> set[str]:
    """Every place of a page that an address can lead to."""
    return {*re.findall(r"\{:? ?#([\w.-]+) ?\}", markdown(page))}


def test_every_place_of_the_one_page_there_was_is_still_there(hub, pages):
    (package,) = hub.all(DataPackage).values()
    there = places(pages[FOLDER])
    for table in package.tables:
        assert f"table-{table.name}" in there
        for field in table.table.fields:
            assert f"field-{table.name}-{field.name}".replace("_", "-") in there
    for codes in package.code_lists:
        assert f"table-{codes.name}" in there
    assert {"templates", "missing", "privacy", "never-shared", "checks", "codes"} <= there


def test_what_stands_there_leads_to_a_place_that_is(pages):
    found = re.findall(r"\]\(([^)\s]*)#([^)\s]+)\)\{ #([\w.-]+) \}", markdown(pages[FOLDER]))
    assert len(found) > 60
    for file, place, _ in found:
        address = f"definitions/{file.removeprefix('../definitions/').removesuffix('.md')}"
        assert place in places(pages[address]), (address, place)


@pytest.mark.parametrize("line", ["", "zzz", "zzz,Other,more"])
def test_a_line_of_codes_that_does_not_fit_is_left_out(tmp_path, line):
    """The check tells of it; the site is built all the same."""
    folder = ROOT / FOLDER
    shutil.copytree(folder, tmp_path / FOLDER)
    path = next((tmp_path / FOLDER / "codes").glob("*.csv"))
    path.write_text(f"{path.read_text('utf-8')}{line}\n", "utf-8")
    site = Site(Hub.read(tmp_path), date(2027, 6, 1), Settings("Test"))
    (codes,) = [one for one in dataset.pages(site) if one.address == f"{FOLDER}/codes"]
    assert "zzz" not in markdown(codes)


def test_each_table_and_all_lists_have_a_page(hub, pages):
    (package,) = hub.all(DataPackage).values()
    expected = {f"{FOLDER}/tables/{table.name}" for table in package.tables}
    assert {one for one in pages if one.startswith(f"{FOLDER}/tables/")} == expected
    assert len(places(pages[f"{FOLDER}/codes"])) == len(package.code_lists)
    assert not {one for one in places(pages[f"{FOLDER}/codes"]) if not one.startswith("table-")}
