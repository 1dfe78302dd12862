"""The search page in a browser: what is asked, found, narrowed, shared and heard."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.publish.conftest import AS_OF, small

from npcs.publish import build
from npcs.publish.search.texts import STOP, words_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # of a browser that hangs up
]

TEXTS = [
    "D-2027-001", "near-fatality of the child", "Peña’s café, 12 of 2027", "CHR-3 CHR-3", "",
    "v1.0.2 a b cd 12 123", "Meet in the MORNING!", "what - if . . ?", "NPCS-SN-2027-001 & co-x",
]  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small partnership with two roles and enough decisions for several pages of results."""
    team = [{"person": "p03", "role": "data-steward"}]
    partnership = small().term("p02", "2027-02-01", "co-chair").member("state-of-p03", team=team)
    for number in range(1, 31):
        partnership.decision(
            f"D-2026-{number:03}", "2026-03-04", f"About zephyr{number % 3}.\n",
            title=f"Planning of part {number}", outcome="rejected" if number % 2 else "deferred",
        )  # fmt: skip
    folder = partnership.write(tmp_path_factory.mktemp("find") / "hub")
    return build(folder, as_of=AS_OF).out


@pytest.fixture
def page(site: Path, served: Callable[[Path], str], chromium: Any) -> Iterator[Any]:
    """The search page, opened; nothing may complain."""
    context = chromium.new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()
    page.set_default_timeout(15_000)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.base = served(site)
    page.goto(f"{page.base}find/")
    found(page, "pages, the newest first")
    yield page
    context.close()
    assert not said


def found(page: Any, text: str) -> None:
    """Wait until the heading of the results says something."""
    page.locator("#found", has_text=text).wait_for()


def ask(page: Any, question: str) -> None:
    """Type a question and press Enter."""
    page.locator("#find-q").fill(question)
    page.locator("#find-q").press("Enter")
    found(page, f"“{question}”")


def count_of(page: Any, value: str) -> str:
    """How many results a value of a filter gives, as it says."""
    label = page.locator(f"label:has(input[value={value}])")
    label.wait_for()
    given: str = label.locator(".npcs-many").inner_text()
    return given


def titles(page: Any) -> list[str]:
    """The titles of the results."""
    given: list[str] = page.locator(".npcs-results h3").all_inner_texts()
    return given


def test_a_number_leads_to_its_record_first(page: Any) -> None:
    ask(page, "D-2027-001")
    assert titles(page)[0] == "D-2027-001 Meet in the morning"
    page.locator(".npcs-results a").first.click()
    page.locator("h1", has_text="Meet in the morning").wait_for()


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("morning", "D-2027-001 Meet in the morning"),
        ("MEETING MORNING", "D-2027-001 Meet in the morning"),  # another form of a word
        ("morn", "D-2027-001 Meet in the morning"),  # its beginning
        ("npcs-sn-2027-001", "NPCS-SN-2027-001 Cribs in hotels"),
        ("CHR-1", "CHR-1 A provision of the charter"),
        ("soft bedding", "NPCS-SN-2027-001 Cribs in hotels"),
        ("plan zephyr2 part", "D-2026-002 Planning of part 2"),
    ],
)
def test_records_are_found_by_words_numbers_and_provisions(
    page: Any, question: str, title: str
) -> None:
    ask(page, question)
    assert title in titles(page)


@pytest.mark.parametrize(
    ("questions", "title"),
    [
        ("D-2027-1, d 2027 001, d2027001, D-2027-0001, D.2027.1, decision 2027-1", "D-2027-001"),
        ("SN-2027-001, sn 2027 1, SN2027-1, NPCS SN 2027 1, npcs-sn-2027-01, notice 2027-1",
         "NPCS-SN-2027-001"),
        ("chr1, CHR 1, CHR-01, Chr. 1, chr–1, chr_1", "CHR-1"),
        ("SN-2027", "NPCS-SN-2027-001"),
    ],
)  # fmt: skip
def test_numbers_are_found_however_people_write_them(page: Any, questions: str, title: str) -> None:
    for question in questions.split(", "):
        ask(page, question)
        assert titles(page)[0].startswith(f"{title} "), question


def test_a_number_nobody_has_finds_nothing_like_it(page: Any) -> None:
    for question in ("D-2027-999", "chr99"):
        ask(page, question)
        assert titles(page) == []


def test_who_holds_a_role_comes_first_and_rules_last_but_by_their_name(page: Any) -> None:
    for question, holder in (("co-chair", "P02"), ("data steward", "P03")):
        ask(page, question)
        assert titles(page)[0] == holder
    for question, section in (("decisions", "Decisions"), ("committee", "Executive Committee"),
                              ("notices", "Safety notices"), ("members", "Members")):  # fmt: skip
        ask(page, question)
        assert titles(page)[0] == section
    for question in ("co-chair", "consensus"):
        ask(page, question)
        kinds = page.locator(".npcs-results .npcs-facts").all_inner_texts()
        rules = [at for at, one in enumerate(kinds) if one.startswith("Rule")]
        others = [at for at, one in enumerate(kinds) if re.match("Provision|Person|Reading", one)]
        assert others
        assert rules
        assert max(others) < min(rules), kinds
    ask(page, "co-chair-limit")
    assert titles(page)[0] == "co-chair-limit"


def test_a_filter_that_is_not_known_is_told_of_and_can_be_removed(page: Any) -> None:
    page.goto(f"{page.base}find/?q=zephyr&kind=nope&state=deferred&colour=red")
    found(page, "15 results")
    said = "The filters kind=nope, colour=red are not known here and were left out"
    assert said in page.locator("#find-results").inner_text()
    page.wait_for_timeout(600)
    assert said in page.locator("#find-status[role=status]").inner_text()
    page.get_by_role("link", name="Remove them").click()
    page.wait_for_url("**/find/?q=zephyr&state=deferred")
    found(page, "15 results")
    assert "not known" not in page.locator("#find-results").inner_text()
    page.goto(f"{page.base}find/?kind=nope")
    found(page, "pages, the newest first")
    assert page.locator("#find-results").get_by_text("The filter kind=nope is").is_visible()


def test_a_person_is_found_by_their_role(page: Any) -> None:
    page.goto(f"{page.base}find/?q=member+executive+committee&kind=person")
    found(page, "9 results")
    facts = page.locator(".npcs-results li").first.inner_text()
    assert "Member of the Executive Committee" in facts


def test_every_page_is_found_by_its_own_title(site: Path, page: Any) -> None:
    files = sorted((site / "find/data/pages").iterdir(), key=lambda one: int(one.stem))
    shown = [one for file in files for one in json.loads(file.read_bytes())]
    missed = page.evaluate(
        """async ([base, titles]) => {
          const { Index } = await import(`${base}assets/find/index.js`);
          const index = await Index.open(new URL("find/data/", base));
          const missed = [];
          for (const [at, title] of titles.entries()) {
            const { words, found } = await index.find(title);
            if (words.length && !found.includes(at)) missed.push(title);
          }
          return missed;
        }""",
        [page.base, [one[1] for one in shown]],
    )
    assert len(shown) > 100
    assert missed == []


def test_the_browser_takes_questions_apart_as_the_index_does_texts(page: Any) -> None:
    for text in TEXTS:
        asked = page.evaluate(
            """async ([base, text, without]) => {
              const { wordsOf } = await import(`${base}assets/find/index.js`);
              return wordsOf(text, new Set(without));
            }""",
            [page.base, text, sorted(STOP)],
        )
        known = list(words_of(text))
        assert set(asked) <= set(known)
        inside = {part for one in asked if "-" in one or "." in one
                  for part in one.replace(".", "-").split("-")}  # fmt: skip
        assert set(known) <= set(asked) | inside


def test_filters_narrow_count_and_stand_in_an_address_that_can_be_shared(page: Any) -> None:
    ask(page, "zephyr")
    found(page, "30 results")
    assert count_of(page, "deferred") == "15"
    page.locator("input[value=deferred]").check()
    found(page, "15 results")
    assert page.url.endswith("?q=zephyr&state=deferred")
    assert count_of(page, "recorded-as-rejected") == "15"  # as many more there would be
    page.locator("input[value=recorded-as-rejected]").check()
    found(page, "30 results")
    page.get_by_role("link", name="Take away the filter State: Recorded as rejected").click()
    found(page, "15 results")
    address = page.url
    page.get_by_role("link", name="Next page").click()
    page.locator("nav", has_text="Page 2 of 2").wait_for()
    assert page.url == f"{address}&page=2"
    assert page.evaluate("document.activeElement.id") == "found"
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("nav", has_text="Page 2 of 2").wait_for()
    assert titles(other) == titles(page)
    assert other.locator("#find-q").input_value() == "zephyr"
    other.locator(".npcs-facets input").first.wait_for(state="attached")
    assert other.locator("input[value=deferred]").is_checked()


def test_numbers_copied_with_dashes_are_found(page: Any) -> None:
    for dash in "\u2010\u2011\u2013\u2212":
        ask(page, f"D{dash}2027{dash}001")
        assert titles(page)[0].startswith("D-2027-001")
    ask(page, "2026\u20132026")
    found(page, "results")


def test_what_is_typed_before_the_scripts_are_there_is_asked(page: Any) -> None:
    page.add_init_script(
        """new MutationObserver((_, self) => {
          const box = document.getElementById("find-q");
          if (!box) return;
          box.value = "zephyr";
          self.disconnect();
        }).observe(document, { childList: true, subtree: true })"""
    )
    page.goto(f"{page.base}find/?q=morning")
    found(page, "“zephyr”")
    assert page.url.endswith("?q=zephyr")


def test_a_filter_chosen_while_somebody_types_loses_no_word(page: Any) -> None:
    ask(page, "zephyr")
    page.locator("input[value=deferred]").wait_for()
    page.evaluate(
        """() => {
          const box = document.getElementById("find-q");
          box.value = "zephyr1";
          box.dispatchEvent(new Event("input", { bubbles: true }));
          document.querySelector("input[value=deferred]").click();
        }"""
    )
    found(page, "“zephyr1”")
    assert page.url.endswith("?q=zephyr1&state=deferred")


def test_the_title_holds_one_question(page: Any) -> None:
    before = page.title()
    for question in ("Find - zephyr", "zephyr $& $'", "morning"):
        ask(page, question)
        page.wait_for_timeout(100)
        assert page.title() == f"{question} - {before}"


def test_going_back_gives_the_question_before(page: Any) -> None:
    ask(page, "morning")
    ask(page, "night")
    page.go_back()
    found(page, "“morning”")
    assert page.locator("#find-q").input_value() == "morning"
    page.go_forward()
    found(page, "“night”")


def test_results_come_while_somebody_types_and_are_told_to_who_listens(page: Any) -> None:
    status = page.locator("#find-status[role=status]")
    page.locator("#find-q").press_sequentially("morning", delay=20)
    found(page, "“morning”")
    page.wait_for_timeout(600)
    assert "for morning" in status.inner_text(timeout=5_000)
    assert status.inner_text().split()[0].isdigit()
    assert page.title().startswith("morning - Find")
    page.locator("script[src*=bundle]:not([type])").wait_for(state="attached")  # the theme's, last


def test_all_of_it_can_be_done_with_the_keyboard(page: Any) -> None:
    page.locator("#find-q").focus()
    page.keyboard.type("zephyr")
    page.keyboard.press("Enter")
    found(page, "30 results")
    count_of(page, "deferred")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "deferred":
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Space")
    found(page, "15 results")
    assert page.evaluate("document.activeElement.value") == "deferred"  # nobody loses their place


def test_where_nothing_is_found_there_are_ways_on(page: Any) -> None:
    ask(page, "mornign")
    page.get_by_role("link", name="morning", exact=True).click()
    found(page, "“morning”")
    page.goto(f"{page.base}find/?q=morning&year=2026")
    found(page, "No results for “morning”")
    page.get_by_role("link", name="Take all filters away").click()
    found(page, "“morning”")
    assert titles(page)
    ask(page, "zzzzzz")
    found(page, "No results")
    page.get_by_role("link", name="Look through all records").click()
    assert page.url.endswith("#lists")


def test_where_no_page_has_all_words_those_with_some_are_shown(page: Any) -> None:
    ask(page, "morning zephyr1")
    page.get_by_text("No page has all of these words").wait_for()
    assert "D-2027-001 Meet in the morning" in titles(page)


def test_a_question_of_stop_words_alone_shows_all(page: Any) -> None:
    page.locator("#find-q").fill("the")
    page.locator("#find-q").press("Enter")
    page.wait_for_timeout(300)
    found(page, "pages, the newest first")


def test_nothing_a_question_or_address_says_becomes_markup(page: Any) -> None:
    page.add_init_script("window.ran = 0; window.fired = () => { window.ran += 1 }")
    attack = '<img src=x onerror="fired()"><script>fired()</script>'
    page.goto(f"{page.base}find/?q={attack}&kind={attack}&page=-1e9&page=x")
    found(page, "onerror")
    ask(page, f"{attack}zzzz")
    assert page.evaluate("window.ran") == 0
    assert page.locator("#find-results :is(img, script)").count() == 0


def test_each_page_has_a_box_that_asks_the_search_page(page: Any) -> None:
    for address in ("", "decisions/D-2027-001/"):
        page.goto(page.base + address)
        page.locator(".npcs-search input").fill("morning")
        page.locator(".npcs-search input").press("Enter")
        found(page, "“morning”")
        assert page.url == f"{page.base}find/?q=morning"
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{page.base}decisions/")
    page.get_by_role("link", name="Search", exact=True).click()
    found(page, "pages, the newest first")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_without_scripts_lists_lead_to_every_record(
    site: Path, served: Callable[[Path], str], chromium: Any
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served(site)}find/")
    assert page.locator("noscript .npcs-empty").is_visible()
    assert not page.locator("#find-q").is_visible()
    page.get_by_role("link", name="By year").click()
    page.get_by_role("link", name="2026", exact=True).click()
    page.get_by_role("link", name="D-2026-030 Planning of part 30").click()
    assert "Planning of part 30" in page.locator("h1").inner_text()
    context.close()


def test_an_index_that_cannot_be_loaded_is_told_of(
    site: Path, served: Callable[[Path], str], chromium: Any
) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.route("**/find/data/**", lambda route: route.abort())
    page.goto(f"{served(site)}find/?q=morning")
    page.get_by_text("Try again, or look through the lists below").wait_for()
    assert page.get_by_role("heading", name="Look through all records").is_visible()
    context.close()
