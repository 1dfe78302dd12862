"""The same staged pages, by Material for MkDocs and by Zensical: one site, whoever makes it."""

import re
import shutil
import sys
from pathlib import Path
from typing import get_args

import pytest
from markdown import markdown
from tests.publish.conftest import AS_OF

from npcs.demo import generate
from npcs.publish import BuildFailed, build, zensical
from npcs.publish.assemble import Engine
from npcs.publish.finish import POLICY, pages_in
from npcs.publish.links import broken
from npcs.publish.site import Settings
from running import npcs

OF_THE_THEME = "assets/javascripts/", "assets/stylesheets/", "assets/images/"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo with an address of its own, and with versions of its charter."""
    folder = tmp_path_factory.mktemp("engines") / "hub"
    generate(folder, members=4, years=1, git=True)
    return folder


@pytest.fixture(scope="module")
def sites(hub: Path) -> dict[str, Path]:
    """Its site by each engine."""
    return {
        name: build(hub, hub / "build" / name, engine=name).out for name in get_args(Engine)
    }  # fmt: skip


def text_of(page: Path, top: Path) -> list[str]:
    """The article of a page, line by line, its links as addresses from the top."""
    html = page.read_text("utf-8")
    article = re.search(r"<article[^>]*>(.*)</article>", html, re.DOTALL)
    text = article[1] if article else ""

    def whole(found: re.Match[str]) -> str:
        address, mark, place = found[1].partition("#")
        if re.match("[a-z]+:", address):
            return found[0]
        led = (page.parent / address).resolve() if address else page.parent
        name = found[0].partition("=")[0]
        return f'{name}="{led.relative_to(top.resolve()).as_posix()}{mark}{place}"'

    text = re.sub(r'<a id="__skip" tabindex="-1"></a>', "", text)  # of the theme
    text = re.sub(r'(?:href|src)="([^"]*)"', whole, text)
    return [line.strip() for line in text.splitlines() if line.strip()]


def test_both_make_the_same_files(sites: dict[str, Path]) -> None:
    files = {
        name: {
            path: (out / path).read_bytes()
            for one in out.rglob("*")
            if one.is_file()
            and not (path := one.relative_to(out).as_posix()).startswith(OF_THE_THEME)
        }
        for name, out in sites.items()
    }
    assert files["material"].keys() == files["zensical"].keys()
    assert len(files["material"]) > 300
    for path, content in files["material"].items():
        if not path.endswith(".html"):
            assert files["zensical"][path] == content, path


def test_both_say_the_same(sites: dict[str, Path]) -> None:
    for name in pages_in(sites["material"]):
        if name != "404.html":
            one, other = (text_of(out / name, out) for out in sites.values())
            assert one == other, name


def test_every_link_leads_somewhere_and_every_page_has_the_policy(sites: dict[str, Path]) -> None:
    for out in sites.values():
        pages = pages_in(out)
        assert [*broken(out, pages)] == []
        for name in pages:
            html = (out / name).read_text("utf-8")
            stricter = "default-src 'none'; base-uri 'none'"  # of a page that only leads to another
            assert POLICY in html or "style-src 'sha256-" in html or stricter in html, name


def test_a_second_build_gives_the_same_bytes(copy: Path) -> None:
    def built() -> dict[str, bytes]:
        out = build(copy, as_of=AS_OF, engine="zensical").out
        return {
            path.relative_to(out).as_posix(): path.read_bytes()
            for path in out.rglob("*")
            if path.is_file()
        }

    first = built()
    shutil.rmtree(copy / "build")
    assert built() == first
    assert sorted(path.name for path in (copy / "build").iterdir()) == ["docs", "site"]


def test_the_map_of_a_site_with_an_address_stays(copy: Path) -> None:
    settings = (Path(__file__).parents[2] / "mkdocs.yml").read_text("utf-8")
    settings += "site_url: https://example.org/hub/\n"
    (copy / "mkdocs.yml").write_text(settings, "utf-8")
    out = build(copy, as_of=AS_OF, engine="zensical").out
    assert "https://example.org/hub/decisions/D-2027-001/" in (out / "sitemap.xml").read_text()


def test_a_broken_link_is_told_with_its_record(tmp_path: Path) -> None:
    docs = tmp_path / "build" / "docs"
    (docs / "decisions").mkdir(parents=True)
    (docs / "index.md").write_text("# Home\n")
    (docs / "decisions" / "one.md").write_text("# One\n\n[there](../index.md#not) [no](no.md)\n")
    sources = {"decisions/one.md": "charter/decisions/one.md"}
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Small\nmarkdown_extensions: [npcs.publish.mdsafe]\n"
    )
    with pytest.raises(BuildFailed) as told:
        zensical.generate(tmp_path, docs, tmp_path / "out", Settings("Small"), sources)
    assert str(told.value).splitlines() == [
        "charter/decisions/one.md: decisions/one.md:3: anchor does not exist",
        "charter/decisions/one.md: decisions/one.md:3: page does not exist",
    ]
    assert [path.name for path in docs.parent.iterdir()] == ["docs"]


def test_where_it_is_missing_one_line_says_so(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "zensical", None)
    done = npcs(
        "build", "--engine", "zensical", "--root", str(root), "--out", str(tmp_path / "site")
    )
    assert done.code == 1
    assert done.err.splitlines()[-1] == (
        "Zensical is not installed here. Install it beside npcs: python -m pip install zensical"
    )
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("b/", ""),
        ("b/#place", ""),
        ("b/#%66ar", ""),
        ("#here", ""),
        ("a.css?v=1", ""),
        ("https://example.org/", ""),
        ("mailto:hub@example.org", ""),
        ("b", ""),
        ("c/", "which is not there"),
        ("../", "which is not there"),
        ("/b/", "which is not there"),
        ("b/#none", "has no such place"),
        ("#none", "has no such place"),
        ("none.css", "which is not there"),
    ],
)
def test_links_are_followed(tmp_path: Path, link: str, fault: str) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.css").write_text("")
    (tmp_path / "b" / "index.html").write_text('<p id="place"></p><p class="x" id="far"></p>')
    (tmp_path / "index.html").write_text(f'<p id="here"><a class="a" href="{link}">x</a></p>')
    found = [*broken(tmp_path, ["index.html"])]
    assert [one.partition(", ")[2] for one in found] == (
        [f"and that page {fault}."] if "place" in fault else [f"{fault}."] if fault else []
    )


def test_headings_keep_the_place_the_contents_lead_to() -> None:
    text = "# 8 October 2026\n\n# \\_this\n\n# &#45;5 degrees\n\n# <x\n\n# !\n\n# ?\n"
    html = markdown(text, extensions=["npcs.publish.mdsafe", "toc"])
    assert re.findall(r'<h1 id="([^"]*)">', html) == [
        "8-october-2026", "this", "5-degrees", "x", "section", "section_1"
    ]  # fmt: skip
