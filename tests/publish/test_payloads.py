"""What contributors write never becomes script: a real build, a real browser."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.partnership import Partnership, votes
from tests.publish.conftest import AS_OF
from tests.publish.payloads import PLAIN, PROSE

from npcs.publish import BuildFailed, build
from npcs.publish.finish import finished
from npcs.publish.mdsafe import allowed
from npcs.publish.search.form import form


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a partnership in which everything is an attack."""
    partnership = Partnership().charter("# Text\n\n**CHR-1** x {#chr-1}\n").committee(2)
    for number, attack in enumerate(PROSE, start=1):
        partnership.decision(f"D-2027-{number:03}", "2027-03-04", attack, votes=votes(2))
    for number, attack in enumerate(PLAIN, start=1):
        partnership.member(
            f"m{number}", name=attack, sources=[{"title": attack, "address": attack}]
        )
        partnership.person(f"q{number}", name=attack, position=attack, organization=attack)
        partnership.decision(
            f"D-2026-{number:03}", "2026-03-04", title=attack, votes={f"q{number}": "yes"},
            consensus={"sought_on": "2026-03-04",
                       "objections": [{"by": f"q{number}", "text": attack}]},
            corrections=[{"on": "2026-04-04", "what": attack, "why": attack}],
        )  # fmt: skip
        partnership.meeting(f"2026-05-{number:02}", title=attack, agenda=[{"title": attack}])
        partnership.parameter(f"name {attack}", ("2026-01-01", attack), question=attack)
    folder = partnership.write(tmp_path_factory.mktemp("attacked"))
    return build(folder, as_of=AS_OF).out


def test_no_page_holds_markup_of_a_contributor(attacked: Path) -> None:
    pages = [*attacked.rglob("*.html")]
    assert len(pages) > len(PROSE) + 4 * len(PLAIN)
    for path in pages:
        page = path.read_text()
        assert not re.search(r"<[^>]*\son\w+\s*=", re.sub(r"\"[^\"]*\"", '""', page)), path
        links = r"<[a-z][^>]*\s(?:href|src|action)=[\"']?\s*(?:javascript|data|vbscript):"
        assert not re.search(links, page), path
        assert 'evil.example/x.png" ' not in page, path
        assert page.count("<script") == page.count("</script>"), path
        assert "fired()" not in "".join(re.findall(r"<script.*?</script>", page, re.DOTALL)), path
        article = page.split("<article")[1].split("</article>")[0] if "<article" in page else ""
        article = article.replace(form("../"), "")  # the search's own
        assert not re.search(r"<(?:script|iframe|form|input|style|base|meta|object)\b", article), (
            path
        )
        assert not re.search(r'<[a-z][^>]*\sid="_', article), path


def test_the_words_of_an_attack_are_shown_as_words(attacked: Path) -> None:
    page = (attacked / "decisions/D-2027-001/index.html").read_text()
    assert "&lt;script&gt;fired()&lt;/script&gt;" in page
    page = (attacked / "decisions/D-2026-001/index.html").read_text()
    assert "<title>&lt;script&gt;fired()&lt;/script&gt;" in page


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_nothing_runs_in_a_browser_even_without_the_policy(
    attacked: Path, served: Callable[[Path], str], chromium: Any
) -> None:
    base = served(attacked)
    context = chromium.new_context(bypass_csp=True)
    context.add_init_script("window.ran = 0; window.fired = () => { window.ran += 1 }")
    page = context.new_page()
    outside: list[str] = []
    page.on("request", lambda request: base in request.url or outside.append(request.url))
    addresses = sorted(
        str(path.parent.relative_to(attacked)) for path in attacked.rglob("index.html")
    )
    for address in addresses:
        if "/" in address and not address.startswith(("decisions/", "charter/", "members/m1")):
            continue  # the lists of sections hold the same names and titles
        page.goto(f"{base}{address}/", wait_until="domcontentloaded")
        page.evaluate(
            "document.querySelectorAll('article *').forEach(one => {"
            "one.dispatchEvent(new Event('mouseover')); one.dispatchEvent(new Event('click'))})"
        )
        assert page.evaluate("window.ran") == 0, address
    context.close()
    assert not outside


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_search_for_an_attack_shows_it_and_runs_nothing(
    attacked: Path, served: Callable[[Path], str], chromium: Any
) -> None:
    context = chromium.new_context()
    context.add_init_script("window.ran = 0; window.fired = () => { window.ran += 1 }")
    page = context.new_page()
    page.goto(served(attacked))
    page.locator(".npcs-search input").fill("onerror")
    page.locator(".npcs-search input").press("Enter")
    page.locator(".npcs-results mark").first.wait_for()
    assert page.evaluate("window.ran") == 0
    assert page.locator("#find-results :is(script, img, svg)").count() == 0
    context.close()


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_page_asks_nobody_else_and_its_policy_lets_it_work(
    built: Path, served: Callable[[Path], str], chromium: Any
) -> None:
    base = served(built)
    context = chromium.new_context()
    page = context.new_page()
    outside: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: base in request.url or outside.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for address in ("", "charter/", "decisions/D-2027-001/", "committee/", "rules/two-thirds/"):
        page.goto(base + address, wait_until="networkidle")
    page.locator("label[title*='switch to light']").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "default"
    page.locator(".npcs-search input").fill("morning")
    page.locator(".npcs-search input").press("Enter")
    page.locator(".npcs-results li").first.wait_for()
    context.close()
    assert (outside, said) == ([], [])


@pytest.mark.parametrize(
    "text",
    [
        "<script>x</script>", "<p onclick=x>", '<a href="javascript:x">',
        "<a href=' javascript:x'>", '<img src="data:x">', '<p style="position:fixed">',
        "<custom-element>", "<!-- x -->",
        '<a href="java\nscript:x">',
    ],
)  # fmt: skip
def test_the_last_look_stops_what_all_else_has_missed(text: str) -> None:
    with pytest.raises(BuildFailed, match=r"x\.html"):
        finished(f"<article class='x'>{text}</article>", "x.html")


@pytest.mark.parametrize(
    ("tag", "name", "value"),
    [
        ("a", "href", "javascript:x"), ("a", "href", "java\tscript:x"), ("a", "href", "//evil"),
        ("a", "href", "\\\\evil"), ("a", "href", "java&#115;cript:x"), ("img", "src", "https://x"),
        ("p", "onclick", "x"), ("p", "style", "color:red"), ("p", "id", "__config"),
        ("p", "href", "x"), ("td", "style", "text-align: left;x"), ("a", "target", "_top"),
    ],
)  # fmt: skip
def test_attributes_that_are_refused(tag: str, name: str, value: str) -> None:
    assert not allowed(tag, name, value)


@pytest.mark.parametrize(
    ("tag", "name", "value"),
    [
        ("a", "href", "https://a.example/b?c:d"), ("a", "href", "../x.md#y"), ("p", "id", "chr-3"),
        ("a", "href", "mailto:a@example.org"), ("td", "style", "text-align: left;"),
        ("li", "id", "fn:1"), ("p", "class", "npcs-lead"), ("a", "href", "#x"),
    ],
)  # fmt: skip
def test_attributes_that_stay(tag: str, name: str, value: str) -> None:
    assert allowed(tag, name, value)
