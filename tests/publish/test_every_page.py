"""Every page of both sites: light enough for a slow connection, and no cell without a word.

Nor does any show the marks that Markdown makes its forms of.
"""

import gzip
import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from accessibility.tabs import addresses
from npcs.demo import generate
from npcs.publish import build

ROOT = Path(__file__).parents[2]
MOST = 60_000
"""Bytes of HTML that a page may have."""

MOST_IN_ALL = 200_000
"""Bytes that a first visit to a page may cost, compressed as servers do it."""

_FILE = re.compile(
    r'''<(?:script|img)\b[^>]* src="([^"]+)"|<link rel="(?:stylesheet|icon)" href="([^"]+)"'''
)


@pytest.fixture(scope="module", params=["founding", "demo"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The partnership's own site, and that of the whole Example Partnership."""
    folder = tmp_path_factory.mktemp("sizes")
    if request.param == "founding":
        made = shutil.ignore_patterns("build", ".venv", ".tools", ".*_cache", "__pycache__")
        shutil.copytree(ROOT, folder / "hub", ignore=made)
    else:
        generate(folder / "hub", git=True)
    return build(folder / "hub", folder / "site").out


def pages(site: Path) -> dict[str, bytes]:
    names = ((one, site / one) for one in addresses(site))
    return {name: (at / "index.html" if at.is_dir() else at).read_bytes() for name, at in names}


def test_no_page_has_more_than_its_share_of_html(site: Path) -> None:
    assert {name: len(html) for name, html in pages(site).items() if len(html) > MOST} == {}


def test_a_first_visit_costs_little(site: Path) -> None:
    sizes: dict[Path, int] = {}
    heavy = {}
    for name, html in pages(site).items():
        asked = {one for found in _FILE.findall(html.decode()) for one in found if one}
        whole = len(gzip.compress(html, 6))
        for one in asked:
            folder = site if name == "404.html" else site / name
            file = (site / one[1:] if one[0] == "/" else folder / one).resolve()
            if file not in sizes:
                sizes[file] = len(gzip.compress(file.read_bytes(), 6))
            whole += sizes[file]
        if whole > MOST_IN_ALL:
            heavy[name] = whole
    assert heavy == {}
    assert max(sizes.values()) > 10_000


def test_each_page_says_in_a_line_of_its_own_what_it_is(site: Path) -> None:
    found = {
        name: re.findall(r'<meta name="description" content="([^"]*)"', html.decode())
        for name, html in pages(site).items()
        if not name.endswith(".html")
    }
    assert {name for name, some in found.items() if len(some) != 1} == set()
    said = [unescape(one) for some in found.values() for one in some]
    assert len({*said}) == len(found)
    assert [one for one in said if not 10 < len(one) <= 155 or re.search(r"[\n`{]|\]\(", one)] == []


def test_no_text_shows_the_marks_it_was_made_of(site: Path) -> None:
    marked = {}
    for name, html in pages(site).items():
        article = html.decode().partition("<article")[2].partition("</article>")[0]
        text = re.sub(r"<[^>]*>", "", re.sub(r"(?s)<(code|pre)\b.*?</\1>", "", article))
        if found := re.search(r".{0,30}(`|\*\*|\]\(|\{[:#.]).{0,30}", text):
            marked[name] = found[0]
    assert marked == {}


def test_no_cell_is_empty(site: Path) -> None:
    bare = {name for name, html in pages(site).items() if re.search(rb"<t[dh][^>]*>\s*</t", html)}
    assert bare == set()
