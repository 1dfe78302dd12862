"""Terms link themselves where pages use them, and explain themselves without a script."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.publish.conftest import AS_OF

from npcs.publish import build
from npcs.publish.abbreviations import ABBREVIATIONS
from npcs.publish.glossary import Glossary, Term, glossary, linked, terms
from npcs.records.hub import Hub

NEAR = Term("definitions/terms/near-fatality/", "A child <18 in danger.", ("near fatality",))
REPEAT = Term("definitions/terms/repeat/", "Again.", ("repeat maltreatment",))
SIX = Term("definitions/terms/six/", "Older.", ("repeat maltreatment within six months",))
KNOWN = Glossary((NEAR, REPEAT, SIX))


def link(term: Term, words: str, number: int = 1, up: str = "") -> str:
    meaning = term.meaning.replace("<", "&lt;")
    return (
        f'<span class="npcs-term"><a href="{up}{term.address}" '
        f'aria-describedby="npcs-term-{number}">{words}</a><span class="npcs-tip" role="tooltip" '
        f'id="npcs-term-{number}">{meaning}</span></span>'
    )


def shown(text: str, name: str = "index.html") -> str:
    return linked(text, KNOWN, name)


def test_the_first_use_on_a_page_is_linked_and_no_other() -> None:
    found = shown("<p>A near fatality.</p><p>Near fatality again.</p>")
    assert found == f"<p>A {link(NEAR, 'near fatality')}.</p><p>Near fatality again.</p>"


def test_the_way_to_the_term_is_relative_to_the_page() -> None:
    found = shown("<p>near fatality</p>", "practices/library/sleep/index.html")
    assert found == f"<p>{link(NEAR, 'near fatality', up='../../../')}</p>"


@pytest.mark.parametrize("words", ["Near Fatality", "Near fatality", "near\nfatality"])
def test_first_letters_may_be_capitals_and_lines_may_break(words: str) -> None:
    assert shown(f"<p>{words}</p>") == f"<p>{link(NEAR, words)}</p>"


@pytest.mark.parametrize(
    "text",
    [
        "<h2>Near fatality</h2>",
        "<p><a href='x'>a near <em>fatality</em> or near fatality</a></p>",
        "<pre><code>near fatality</code></pre>",
        '<p class="npcs-foot">near fatality</p>',
        '<div><p class="npcs-path"><a href="x">y</a> near fatality</p></div>',
        '<strong class="npcs-chip">near fatality</strong>',
        "<table><tr><th>near fatality</th></tr></table>",
        "<p>a near-fatality, a nonnear fatality, near fatalityhood</p>",
        '<img alt="near fatality">',
        "<p>NEAR FATALITY</p>",
    ],
)
def test_headings_links_code_and_other_words_stay_as_they_are(text: str) -> None:
    assert shown(text) == text


def test_text_after_what_is_left_alone_is_linked() -> None:
    assert (
        shown("<h2>X</h2><p>near fatality</p>") == f"<h2>X</h2><p>{link(NEAR, 'near fatality')}</p>"
    )


def test_the_longest_words_win() -> None:
    found = shown("<p>repeat maltreatment within six months, repeat maltreatment</p>")
    assert found == (
        f"<p>{link(SIX, 'repeat maltreatment within six months')}, "
        f"{link(REPEAT, 'repeat maltreatment', 2)}</p>"
    )


def test_a_term_is_not_linked_on_its_own_page() -> None:
    text = "<p>near fatality</p>"
    assert shown(text, "definitions/terms/near-fatality/index.html") == text


def test_a_long_page_takes_time_in_proportion() -> None:
    many = Glossary(tuple(
        Term(f"definitions/terms/t{number}/", "x", (f"common start {number:04d}",))
        for number in range(2000)
    ))  # fmt: skip
    text = "<p>" + "common start and common start again " * 20_000 + "common start 1999</p>"
    assert "t1999" in linked(text, many, "index.html")


def of(**fields: str) -> Glossary:
    more = "".join(f"{name}: {value}\n" for name, value in fields.items())
    text = (
        "---\nterm: Agency\nversion: '1.0'\nstatus: approved\ndefinition: >-\n"
        "  Who has *care* of [children](https://example.org/x).\n"
        f"source: {{title: Manual}}\n{more}---\n"
    )
    if "status" in fields:
        text = text.replace("status: approved\n", "", 1)
    return Glossary(tuple(terms(Hub.of({"definitions/terms/agency.md": text}))))


def test_a_term_is_known_by_its_names_and_their_plurals() -> None:
    (term,) = of(also_called="[office]").terms
    assert term.words == ("Agency", "Agencies", "office", "offices")
    assert term.meaning == "Who has care of children."


def test_words_of_its_own_choice_take_the_place_of_common_ones() -> None:
    (term,) = of(linked_as="[the responsible agency]").terms
    assert term.words == ("the responsible agency", "the responsible agencies")


@pytest.mark.parametrize("status", ["draft", "superseded", "withdrawn"])
def test_what_is_not_in_use_explains_nothing(status: str) -> None:
    assert of(status=status).terms == ()


def test_what_is_provisional_says_so() -> None:
    (term,) = of(status="provisional").terms
    assert term.meaning.endswith("(Provisional.)")


# In the browser


@pytest.fixture(scope="module")
def page_with_a_term(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("terms") / "hub"
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns("build"))
    (folder / "definitions/terms").mkdir(parents=True)
    (folder / "definitions/terms/near-fatality.md").write_text(
        "---\nterm: Near fatality\nversion: '1.0'\nstatus: approved\n"
        "definition: A child in serious or critical condition, as a physician has certified.\n"
        "source: {title: Manual}\n---\n"
    )
    (folder / "definitions/terms/other.md").write_text(
        "---\nterm: Other\nversion: '1.0'\nstatus: draft\ndefinition: A word at the right end, "
        "after many others that fill the line up, is near fatality.\nsource: {title: Manual}\n---\n"
        "\n| What | Where |\n|---|---|\n| A wide cell | near fatality |\n"
    )
    return build(folder, folder.parent / "site", AS_OF).out


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scripts", [True, False])
def test_the_meaning_comes_up_on_hover_and_focus_within_the_screen(
    page_with_a_term: Path,
    chromium: Any,
    served: Callable[[Path], str],
    width: int,
    scripts: bool,
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 700}, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto(served(page_with_a_term) + "definitions/terms/other/")
    tip, term = page.locator(".npcs-tip"), page.locator(".npcs-term > a")
    assert tip.count() == 1
    assert not tip.is_visible()
    term.hover()
    tip.wait_for(state="visible")
    below = tip.bounding_box()
    assert below["x"] >= 0
    assert below["x"] + below["width"] <= width
    word = term.bounding_box()
    across = word["x"] + word["width"] / 2
    page.mouse.move(across, word["y"] + word["height"] / 2)
    page.mouse.move(across, below["y"] + below["height"] / 2, steps=30)
    page.mouse.move(below["x"] + 5, below["y"] + below["height"] / 2, steps=30)
    assert tip.is_visible()  # there is no gap for the pointer to fall into
    page.mouse.move(1, 1)
    tip.wait_for(state="hidden")
    term.focus()
    assert tip.is_visible()
    context.close()


@pytest.mark.browser
def test_it_can_be_reached_by_keys_closed_by_escape_and_is_told_to_screen_readers(
    page_with_a_term: Path, chromium: Any, served: Callable[[Path], str]
) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 700})
    page = context.new_page()
    page.goto(served(page_with_a_term) + "definitions/terms/other/")
    tip = page.locator(".npcs-tip")
    for _ in range(60):
        page.keyboard.press("Tab")
        if tip.is_visible():
            break
    assert page.evaluate("document.activeElement.textContent") == "near fatality"
    described = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    (link_node,) = (
        one for one in described
        if one["role"]["value"] == "link" and one["name"]["value"] == "near fatality"
    )  # fmt: skip
    assert "as a physician has certified" in link_node["description"]["value"]
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    assert page.evaluate("document.activeElement.textContent") == "near fatality"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert tip.is_visible()
    context.close()


def test_abbreviations_are_explained_each_once_but_not_on_their_own_page() -> None:
    known = glossary(Hub.of({}))
    text = "<p>By CAPTA and TLP, and CAPTA again; a tlp.</p>"
    found = linked(text, known, "notices/index.html")
    assert found.count('class="npcs-term"') == 2
    assert 'href="../about/abbreviations/#capta"' in found
    assert "Child Abuse Prevention and Treatment Act" in found
    assert linked(text, known, "about/abbreviations/index.html") == text


def test_each_abbreviation_has_its_place_on_the_page(built: Path) -> None:
    page = (built / "about/abbreviations/index.html").read_text("utf-8")
    for short in ABBREVIATIONS:
        assert f'<li><strong id="{short.lower()}">{short}</strong>: ' in page
    assert '<a href="../about/abbreviations/#tlp"' not in page
