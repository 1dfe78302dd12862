"""Below each provision of the charter stands what holds it, and a page shows the whole table."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.partnership import Partnership
from tests.publish.conftest import small

from npcs.charter.coverage import coverage
from npcs.publish import build
from npcs.publish.page import Page, Table
from npcs.publish.render import markdown
from npcs.publish.sections import pages
from npcs.publish.site import Settings, Site
from npcs.records.hub import Hub

ROOT = Path(__file__).resolve().parents[2]
PagesOf = Callable[..., dict[str, Page]]
COVERAGE = """\
provisions:
  VAL-1: {intent: It guides people.}
  OUT-1: {evidence: [workplan/measures, charter/decisions], shows: The figures.}
  DIS-1: {intent: It states what is planned.}
"""
TEXT = """\
**CHR-1** The committee is led by two co-chairs. {#chr-1}

**DEC-2** Two-thirds must agree. {#dec-2}

**VAL-1** We share what we learn. {#val-1}

**OUT-1** Fewer children die. {#out-1}

**DIS-1** Withdrawn by D-2027-001. {#dis-1}

- **MEM-1** In a list. {#mem-1}
"""


@pytest.fixture(scope="module")
def made() -> Partnership:
    made = small().charter(TEXT, "0.1").put("charter/coverage.yml", COVERAGE)
    return made.decision("D-2027-003", "2027-05-06", about=["OUT-1"], title="On figures")


@pytest.fixture(scope="module")
def text(made: Partnership, pages_of: PagesOf) -> str:
    return markdown(pages_of(made)["charter/index"])


def below(text: str, anchor: str) -> str:
    """The line below a provision."""
    after = text.partition(f"{{: #{anchor} }}\n")[2].strip("\n")
    line, mark, _ = after.partition("\n{: .npcs-held }")
    return line if mark and "\n" not in line else ""


def test_a_provision_names_the_rules_that_check_it(text: str) -> None:
    assert below(text, "chr-1") == "Checked by [co-chair-count](../rules/co-chair-count.md)"


def test_a_provision_names_its_readings(text: str) -> None:
    assert below(text, "dec-2").endswith(
        " · Readings: [vote share](../charter/parameters.md#vote-share)"
    )


def test_records_that_refer_to_it_stand_for_their_folder(text: str) -> None:
    assert below(text, "out-1") == (
        "Records: [Measures](../workplan/index.md) (none yet), "
        "[On figures](../decisions/D-2027-003.md)"
    )


def test_intent_says_so_and_leads_to_the_reason(text: str) -> None:
    assert below(text, "val-1") == "[Intent, nothing to check](../charter/coverage.md#intent)"


def test_a_list_is_not_torn_apart(text: str) -> None:
    assert below(text, "mem-1") == ""


def test_the_table_has_each_provision_where_it_belongs(
    made: Partnership, pages_of: PagesOf
) -> None:
    page = pages_of(made)["charter/coverage"]
    where: dict[str, str] = {}
    heading = ""
    for block in page.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                where |= {key: heading for key in coverage(made.hub()) if f"[{key}](" in row[0]}
        heading = getattr(block, "anchor", heading)
    assert where == {
        "CHR-1": "rules", "DEC-2": "rules", "VAL-1": "intent", "OUT-1": "evidence",
        "DIS-1": "withdrawn", "MEM-1": "open",
    }  # fmt: skip


def test_no_provision_of_the_founding_charter_is_without_its_line() -> None:
    site = Site(Hub.read(ROOT), date(2026, 11, 22), Settings("Test"))
    (page,) = (one for one in pages(site) if one.address == "charter/index")
    shown = markdown(page)
    for anchor in site.hub.provisions.values():
        assert below(shown, anchor), anchor


def test_without_a_charter_the_page_says_what_will_stand_there(pages_of: PagesOf) -> None:
    page = pages_of(Partnership().committee(1))["charter/coverage"]
    assert "will stand here" in markdown(page)


def test_a_rule_says_which_provisions_it_holds_and_whether_it_can_be_waived(
    pages_of: PagesOf,
) -> None:
    found = pages_of(small())
    shown = markdown(found["rules/voter"])
    assert "It also holds ADV-4. No waiver can cover what it finds." in shown
    assert "may accept for a time" in markdown(found["rules/minutes"])


@pytest.mark.browser
def test_small_print_is_small_and_nothing_is_cut_off(
    made: Partnership, served: Callable[[Path], str], chromium: Any, tmp_path: Path
) -> None:
    site = served(build(made.write(tmp_path / "hub"), tmp_path / "site", date(2027, 6, 1)).out)
    size = "one => parseFloat(getComputedStyle(one).fontSize)"
    for width, scheme in ((1280, "light"), (320, "dark")):
        page = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        for address in ("charter/", "charter/coverage/"):
            page.goto(site + address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.goto(f"{site}charter/#out-1")
        held = page.locator("#out-1 + .npcs-held")
        assert held.is_visible()
        assert held.evaluate(size) < page.locator("#out-1").evaluate(size)
        page.emulate_media(media="print")
        assert not held.is_visible()  # on paper the charter is its words
        page.close()
