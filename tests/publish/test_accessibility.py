"""Nobody is kept out: one page of each kind in a real browser, and the statement that says so."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.partnership import Partnership
from tests.publish.conftest import AS_OF

from accessibility.__main__ import main
from accessibility.kinds import menu_of, one_of_each
from accessibility.looks import TAGS, examine
from accessibility.tabs import addresses, serving
from npcs import __version__
from npcs.demo import generate
from npcs.publish import build
from npcs.publish.page import Page
from npcs.publish.render import markdown
from npcs.publish.sections.accessibility import NOT_TESTED, kept, statement
from npcs.publish.site import Settings, Site
from npcs.records.hub import Hub
from npcs.records.kinds import KINDS

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a demo with a record of every kind, and with versions of its charter."""
    folder = tmp_path_factory.mktemp("open") / "hub"
    generate(folder, members=4, years=1, git=True)
    assert all(Hub.read(folder).by_kind[name] for name in KINDS)
    return build(folder).out


@pytest.fixture(scope="module")
def base(site: Path) -> Iterator[str]:
    """Where it is served."""
    with serving(site) as address:
        yield address


@pytest.mark.browser
def test_one_page_of_each_kind_keeps_nobody_out(site: Path, base: str, chromium: Any) -> None:
    every = addresses(site)
    chosen = one_of_each(site, every)
    assert {one.split("/")[0] for one in every} == {one.split("/")[0] for one in chosen}
    done = examine(chromium, base, chosen)
    assert sorted(done.pages) == chosen
    assert done.faults == []
    assert done.controls > 20 * len(chosen)


FAULTY = {
    "image-alt": "<img src='assets/npcs.svg'>",
    "color-contrast": "<p style='color:#888;background:#999'>faint</p>",
    "reflow": "<p style='width:500px'>wide</p>",
    "focus": "<p><a href='#x' style='outline:none'>unseen</a></p>",
    "motion": "<p class=moving>moves</p><style>.moving{transition:color 2s!important}</style>",
    "loss": "<p class=gone>gone</p><style>@media(max-width:400px){.gone{display:none}}</style>",
    "outside": "<img alt='' src='https://elsewhere.example/x.png'>",
    "target-size": "<p style='font-size:6px'><a href='#x'>a</a><br><a href='#y'>b</a></p>",
    "link-in-text-block": "<p>some <a href='#x' style='text-decoration:none'>words</a> more</p>",
    "console": "<script>missing()</script>",
}
"""For each thing that a page is examined for, what is wrong by it."""


@pytest.mark.browser
def test_each_kind_of_fault_is_found(tmp_path: Path, built: Path, chromium: Any) -> None:
    page = (built / "about/index.html").read_text().replace('"../', '"')
    page = re.sub(r"<meta http-equiv=\"Content-Security-Policy[^>]*>", "", page)
    page = page.replace("</h1>", f"</h1>{''.join(FAULTY.values())}", 1)
    (tmp_path / "index.html").write_text(page)
    shutil.copytree(built / "assets", tmp_path / "assets")
    with serving(tmp_path) as address:
        done = examine(chromium, address, [""])
    assert {*FAULTY} <= {fault.rule for fault in done.faults}
    assert any("unseen" in fault.what for fault in done.faults if fault.rule == "focus")
    (image,) = {fault.what for fault in done.faults if fault.rule == "image-alt"}
    assert image.startswith("Images must have alternative text: ")


def test_help_on_the_examination_runs_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    for words, code in ((["--help"], 0), (["--all"], 2)):
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert ended.value.code == code
    said = capsys.readouterr()
    assert "takes some minutes" in said.out
    assert "unrecognized arguments: --all" in said.err


def test_the_menu_of_a_site_is_that_of_all_its_sections(site: Path) -> None:
    menu = menu_of(site)
    assert {"", "committee/", "committee/days/", "about/reuse/"} <= menu
    assert "decisions/D-2026-001/" not in menu


_SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => {
  for (const one of list.getEntries()) window.shifted += one.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_moves_while_a_page_comes(site: Path, base: str, chromium: Any, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    context.add_init_script(_SHIFTS)
    page = context.new_page()
    slow = {"offline": False, "latency": 20, "downloadThroughput": 400_000, "uploadThroughput": -1}
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
    notice = next((site / "notices").glob("NPCS-SN-*"))
    moved = {}
    for one in ("", "charter/", f"notices/{notice.name}/", "find/", "committee/", "practices/"):
        page.goto(base + one)
        page.wait_for_timeout(200)
        moved[one] = page.evaluate("window.shifted")
    context.close()
    # A table that comes in two parts sets its columns anew; 0.1 is what counts as good.
    assert {one: by for one, by in moved.items() if by > 0.02} == {}


# With the keyboard


def focused(page: Any) -> str:
    """The name of what has the focus."""
    name = "one => (one.getAttribute('aria-label') || one.textContent).trim()"
    said: str = page.locator(":focus").evaluate(name)
    return said


@pytest.fixture
def small(base: str, chromium: Any) -> Iterator[Any]:
    """A page at 320 px."""
    page = chromium.new_page(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    page.goto(base + "committee/")
    yield page
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_tab_goes_through_all_controls_in_their_order(base: str, chromium: Any, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 700})
    page.goto(base + "notices/")
    page.evaluate(
        """() => {
          window.went = [];
          document.addEventListener("focusin", (event) => window.went.push(event.target));
        }"""
    )
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("window.went.length > 3 && document.activeElement === document.body"):
            break
        if page.evaluate("window.went.length !== new Set(window.went).size"):
            break
    went, ordered, last = page.evaluate(
        """() => {
          const went = [...new Set(window.went)];
          const after = (one, other) =>
            one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
          const links = [...document.querySelectorAll("main a[href]")].filter((one) =>
            one.checkVisibility({ visibilityProperty: true }));
          return [went.length, went.every((one, at) => !at || after(went[at - 1], one)),
                  links.every((one) => went.includes(one))];
        }"""
    )
    page.close()
    assert went > 15
    assert (ordered, last) == (True, True)


@pytest.mark.browser
@pytest.mark.parametrize("address", ["committee/", "404.html"])
def test_the_first_tab_leads_past_the_menus(base: str, chromium: Any, address: str) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 700}, reduced_motion="reduce")
    page.goto(base + address)
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to content"
    box = page.locator(".md-skip").bounding_box()
    assert box["x"] >= 0
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")
    page.close()


@pytest.mark.browser
def test_the_menu_of_a_small_screen_works_by_keyboard(small: Any) -> None:
    small.keyboard.press("Tab")
    small.keyboard.press("Tab")
    assert focused(small) == "Menu"
    menu = small.get_by_role("button", name="Menu", exact=True)
    assert menu.get_attribute("aria-expanded") == "false"
    small.keyboard.press("Enter")
    assert focused(small) == "Close the menu"
    small.keyboard.press("Tab")
    assert focused(small) == "Home"
    parts = small.get_by_role("button", name="Committee: more pages")
    first = small.locator(".md-sidebar--primary").get_by_role("link", name="On any day")
    parts.focus()
    for state in ("true", "false", "true"):
        assert parts.get_attribute("aria-expanded") == state
        assert first.is_visible() == (state == "true")
        small.keyboard.press("Space")
    small.keyboard.press("Space")
    small.keyboard.press("Tab")
    assert focused(small) == "On any day"
    for _ in range(40):  # nothing behind the open menu takes the focus
        small.keyboard.press("Tab")
        assert small.evaluate(
            "document.activeElement === document.body"
            " || document.activeElement.closest('.md-sidebar--primary') !== null"
        )
    small.keyboard.press("Escape")
    assert focused(small) == "Menu"
    assert menu.get_attribute("aria-expanded") == "false"


@pytest.mark.browser
def test_what_is_too_wide_is_scrolled_by_keyboard(base: str, chromium: Any) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    page.goto(base + "committee/timeline/")
    drawing = page.locator(".npcs-scroll").first
    assert drawing.evaluate("one => one.scrollWidth > one.clientWidth")
    drawing.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.npcs-scroll').scrollLeft > 0")
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_tables_are_read_without_scrolling_sideways(
    site: Path, base: str, chromium: Any, width: int
) -> None:
    chair = next(one for one in addresses(site) if one.startswith("people/")
                 and 'id="co-chair"' in (site / one / "index.html").read_text())  # fmt: skip
    page = chromium.new_page(viewport={"width": width, "height": 640})
    widths = "all => all.map(one => one.scrollWidth - one.clientWidth)"
    for address in ("charter/history/", "decisions/", "notices/", "practices/", chair):
        page.goto(base + address)
        assert set(page.locator(".npcs-scroll").evaluate_all(widths)) == {0}, address
    page.close()


@pytest.mark.browser
def test_on_a_phone_no_name_of_a_column_is_broken_or_runs_into_its_cell(
    base: str, chromium: Any
) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    page.goto(base + "workplan/follow-through/")
    cell = page.locator("td[data-column=Recommendations]").first
    lines = (
        "one => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight)"
    )
    assert cell.evaluate(lines) < 2
    page.close()


@pytest.mark.browser
def test_actions_are_read_on_a_phone_without_scrolling_sideways_and_stay_a_table(
    site: Path, base: str, chromium: Any
) -> None:
    stacked = [
        one
        for one in addresses(site)
        if not one.endswith(".html") and 'role="table"' in (site / one / "index.html").read_text()
    ]
    folders = {one.partition("/")[0] for one in stacked}
    assert {"notices", "recommendations", "workplan"} <= folders
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    for folder in sorted(folders):
        page.goto(base + next(one for one in stacked if one.startswith(folder)))
        table = page.locator("table[role=table]").first
        assert table.evaluate("one => one.parentElement.scrollWidth <= one.clientWidth")
        columns = table.locator("thead th").all_text_contents()
        told = table.locator("tbody tr").first.locator("td")
        assert table.locator("tbody").get_by_role("cell").count() == (
            len(columns) * table.locator("tbody").get_by_role("row").count()
        )
        assert page.get_by_role("columnheader", name=columns[0], exact=True).count()
        labels = told.evaluate_all("all => all.map(one => one.dataset.column)")
        assert labels == columns
    page.close()


@pytest.mark.browser
def test_colours_are_chosen_by_keyboard_and_kept(base: str, chromium: Any) -> None:
    context = chromium.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(base)
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.locator(".md-option").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.body.dataset.mdColorScheme === 'default'")
    page.goto(base + "charter/", wait_until="commit")
    page.wait_for_selector(".md-header")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "default"
    context.close()


# The statement


def stated(results: dict[str, Any], partnership: Partnership | None = None) -> str:
    """The statement's words."""
    hub = (partnership or Partnership()).hub()
    page: Page = statement(Site(hub, AS_OF, Settings("Test")), results)
    return markdown(page)


def results(**changed: Any) -> dict[str, Any]:
    """Results of an examination, as they are kept."""
    one = {
        "site": "the site", "pages": 10, "examined": 7, "controls": 90,
        "kinds": {"members/*": 2}, "faults": [], "undecided": {},
    }  # fmt: skip
    return {
        "on": "2027-01-02", "version": "0.0.9", "browser": "Chromium 1", "axe": "4.0", "rules": [],
        "views": ["320 px wide, dark"], "sites": [one | changed],
    }  # fmt: skip


def test_what_is_kept_is_whole_and_no_older_than_the_form_of_the_statement() -> None:
    found = kept()
    assert date.fromisoformat(found["on"])
    assert tuple(found["rules"]) == TAGS
    assert len(found["views"]) == 4
    assert all(one["examined"] and one["kinds"] for one in found["sites"])
    assert "the text" not in json.dumps(found["sites"][0]["kinds"])


def test_the_statement_says_what_was_tested_and_what_not() -> None:
    said = stated(results())
    for words in ("2\u00a0January\u00a02027", "version 0.0.9", "Chromium 1", "7 pages", "320 px"):
        assert words in said
    assert f"This is version {__version__}" in said
    assert all(one in said for one in NOT_TESTED)
    assert "screen reader" in NOT_TESTED[0]


def test_the_statement_never_claims_more_than_was_tested() -> None:
    partnership = Partnership().member("alder").person("ana")
    said = stated(results(), partnership)
    assert "1 page under people: no such page was there yet" in said
    assert "under members" not in said


def test_the_statement_tells_of_faults() -> None:
    fault = {"rule": "image-alt", "view": "a", "what": "no words", "pages": 3, "first": "members/"}
    said = stated(results(faults=[fault], undecided={"color-contrast": 4}))
    assert "no words" in said
    assert "3 pages" in said
    assert "color-contrast" in said
    assert "Nothing, on the pages" not in said


def test_every_page_of_the_site_itself_leads_to_it(site: Path) -> None:
    assert 'href="about/accessibility/"' in (site / "index.html").read_text()
