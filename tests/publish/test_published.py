"""Published addresses: none may vanish, and what has moved is still found."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.publish.conftest import AS_OF

from accessibility.tabs import addresses as every_page
from npcs.publish import BuildFailed, build
from npcs.publish.published import NAME, add, added, addresses, kept, listed, parents
from running import npcs

ROOT = Path(__file__).resolve().parents[2]
STAGED = {"index.md": b"", "about/index.md": b"", "about/reuse.md": b"", "feed.xml": b"<feed/>",
          "assets/npcs.css": b"", "charter/charter-proposed.pdf": b""}  # fmt: skip


def names(root: Path, text: str) -> Path:
    root.mkdir(exist_ok=True)
    (root / NAME).write_text(text)
    return root


def test_no_address_of_this_site_is_gone() -> None:
    done = npcs("addresses", "--root", str(ROOT))
    assert (done.code, done.err) == (0, "")


def test_pages_and_files_are_addresses_and_what_passes_is_none() -> None:
    assert addresses(STAGED) == {"./", "about/", "about/reuse/", "feed.xml"}


def test_what_was_published_is_missed(tmp_path: Path) -> None:
    root = names(tmp_path / "hub", "# Words\n./\nabout/\ndecisions/D-1/\ngone.csv\n")
    with pytest.raises(BuildFailed) as told:
        kept(root, STAGED)
    first, second = str(told.value).splitlines()
    assert first == (
        "addresses.txt:4: “decisions/D-1/” was published, and is not there any more. Put it back, "
        "or write where it is now: decisions/D-1/ -> NEW"
    )
    assert second.startswith("addresses.txt:5: “gone.csv” was published")


def test_without_a_list_nothing_is_promised(tmp_path: Path) -> None:
    assert kept(tmp_path, STAGED) == {}
    assert kept(None, STAGED) == {}


def test_an_address_cut_short_leads_to_the_list() -> None:
    lists = ("rules/index.md", "committee/terms/index.md", "decisions/index.md")
    there = {*STAGED, *lists, "waivers/W-1.md", "decisions/by/2027/2.md"}
    made = parents(there)
    assert made.keys() == {"waivers/index.html", "decisions/by/index.html"}
    assert b'url=../rules/"' in made["waivers/index.html"]
    assert b'<a href="../">decisions/</a>' in made["decisions/by/index.html"]
    assert addresses(made) == {"waivers/", "decisions/by/"}


def test_what_has_moved_leads_on_however_often_it_moved(tmp_path: Path) -> None:
    root = names(tmp_path / "hub", "a/b/ -> c/\nc/ -> about/reuse/\nnews.xml -> feed.xml\n")
    left = kept(root, STAGED)
    assert left.keys() == {"a/b/index.html", "c/index.html", "news.xml"}
    assert b'url=../../about/reuse/"' in left["a/b/index.html"]
    assert b'<a href="../about/reuse/">' in left["c/index.html"]
    assert left["news.xml"] == STAGED["feed.xml"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a/ -> b/\nb/ -> a/\n", "“a/” has moved to “b/”, which is not there"),
        ("a/ -> nowhere/\n", "“a/” has moved to “nowhere/”, which is not there"),
        ("about/ -> ./\n", "“about/” is said to have moved, and is still there"),
        ("a/\na/\n", "addresses.txt:2: “a/” stands in line 1 already"),
        ("../../etc/passwd\n", "is no address of this site"),
        ("a//b/\n", "is no address of this site"),
        ('a"><script>/ -> about/\n', "is no address of this site"),
        ("a/ -> https://example.org/\n", "is no address of this site"),
        ("old.pdf -> about/\n", "“old.pdf” is a file. Of a file a copy stays"),
        ("about/index.html -> about/\n", "“about/” is a page"),
    ],
)
def test_a_list_that_cannot_be_kept_is_told_by_its_line(
    text: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(BuildFailed, match=r"^addresses\.txt:\d+: ") as told:
        kept(names(tmp_path / "hub", text), STAGED)
    assert said in str(told.value)


def test_a_list_in_another_encoding_is_told_of_and_a_mark_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"caf\xe9/\n")
    with pytest.raises(BuildFailed, match="save it as UTF-8"):
        listed(tmp_path)
    (tmp_path / NAME).write_text("# Words\n./\n", encoding="utf-8-sig")
    assert added(tmp_path, ["index.md"]) == []


def test_new_addresses_are_added_in_order_and_nothing_else_changes(tmp_path: Path) -> None:
    root = names(tmp_path / "hub", "# Mine\nold/ -> about/\nabout/\n")
    new = added(root, STAGED.keys())
    assert new == ["./", "about/reuse/", "feed.xml"]
    add(root, new)
    assert (root / NAME).read_text() == (
        "# Mine\n./\nabout/\nabout/reuse/\nfeed.xml\nold/ -> about/\n"
    )
    assert added(root, STAGED.keys()) == []


def test_a_first_list_says_what_it_is(tmp_path: Path) -> None:
    add(tmp_path, ["./"])
    assert "None may vanish" in (tmp_path / NAME).read_text()
    found = listed(tmp_path)
    assert found is not None
    assert found.lines == {"./": 4}


def test_the_command_says_what_is_new_and_adds_it(copy: Path) -> None:
    done = npcs("addresses", "--root", str(copy))
    assert done.code == 0
    assert "addresses are not in addresses.txt yet:" in done.out
    assert npcs("addresses", "--root", str(copy), "--add").code == 0
    done = npcs("addresses", "--root", str(copy))
    assert (done.code, done.err) == (0, "")
    (copy / "charter/people/p09.yml").rename(copy / "charter/people/p99.yml")
    done = npcs("addresses", "--root", str(copy))
    assert done.code == 1
    assert "“people/p09/” was published, and is not there any more" in done.err
    assert "Traceback" not in done.err


def test_in_a_site_of_an_earlier_day_no_address_is_gone(copy: Path) -> None:
    names(copy, "decisions/D-2027-001/\nolder/ -> decisions/D-2027-001/\ndecisions/\n")
    out = build(copy, as_of=date(2027, 2, 10)).out
    assert (out / "decisions/D-2027-002/index.html").is_file()
    assert not (out / "decisions/D-2027-001").exists()
    assert not (out / "older").exists()
    names(copy, "decisions/D-2027-003/\n")
    with pytest.raises(BuildFailed, match="was published, and is not there any more"):
        build(copy)


@pytest.mark.browser
def test_an_old_address_leads_to_the_new_one_without_a_script(
    copy: Path, served: Callable[[Path], str], chromium: Any
) -> None:
    names(copy, "old/place/ -> decisions/D-2027-001/\n")
    out = build(copy, as_of=AS_OF).out
    left = (out / "old/place/index.html").read_bytes()
    assert left == (copy / "build/docs/old/place/index.html").read_bytes()
    assert left.count(b"Content-Security-Policy") == 1
    home = served(out)
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{home}old/place/")
    page.wait_for_url(f"{home}decisions/D-2027-001/")
    assert page.locator("h1").inner_text().startswith("Meet in the morning")
    context.close()


# What search engines are told


def test_a_site_with_an_address_has_a_map_of_all_its_pages(copy: Path) -> None:
    (copy / "mkdocs.yml").write_text(
        (ROOT / "mkdocs.yml").read_text().replace("site_name:", "site_url: https://a.org/b\nsite_name:")
    )  # fmt: skip
    names(copy, "old/ -> decisions/\n")
    out = build(copy, as_of=AS_OF).out
    assert (out / "robots.txt").read_text() == (
        "User-agent: *\nDisallow:\nSitemap: https://a.org/b/sitemap.xml\n"
    )
    tree = ElementTree.parse(out / "sitemap.xml").getroot()
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = {one.findtext(f"{space}loc") for one in tree}
    pages = {f"https://a.org/b/{one}" for one in every_page(out) if not one.endswith(".html")}
    assert found == pages
    days = {one.findtext(f"{space}loc"): one.findtext(f"{space}lastmod") for one in tree}
    assert days["https://a.org/b/decisions/D-2027-001/"] == "2027-05-05"
    assert not (out / "sitemap.xml.gz").exists()
    page = (out / "decisions/D-2027-001/index.html").read_text()
    assert '<link rel="canonical" href="https://a.org/b/decisions/D-2027-001/">' in page
    assert 'name="dcterms.identifier" content="https://a.org/b/decisions/D-2027-001/"' in page


def test_without_an_address_there_is_no_map_that_would_be_wrong(built: Path) -> None:
    assert (built / "robots.txt").read_text() == "User-agent: *\nDisallow:\n"
    assert not (built / "sitemap.xml").exists()


def test_search_engines_stay_away_from_what_is_made_up(copy: Path) -> None:
    (copy / "demo.yml").write_text('seed: 1\nas_of: 2027-06-01\nnotice: "Fictional."\n')
    assert "Disallow: /\n" in (build(copy).out / "robots.txt").read_text()


def test_a_site_address_that_is_none_is_told(copy: Path) -> None:
    (copy / "mkdocs.yml").write_text(
        "site_name: X\nsite_url: javascript:alert(1)\nmarkdown_extensions: [npcs.publish.mdsafe]\n"
    )
    with pytest.raises(BuildFailed, match="is no address of a site"):
        build(copy)


# What a page says of itself


def test_a_page_of_a_record_describes_itself(built: Path) -> None:
    page = (built / "decisions/D-2027-001/index.html").read_text()
    for name, said in (
        ("title", "Meet in the morning"), ("type", "Decision"), ("identifier", "D-2027-001"),
        ("publisher", "Partnership"), ("created", "2027-05-05"), ("modified", "2027-05-05"),
        ("license", "https://creativecommons.org/licenses/by/4.0/"),
    ):  # fmt: skip
        assert f'<meta name="dcterms.{name}" content="{said}">' in page
    assert page.index("dcterms.title") < page.index("</head>")
    assert "dcterms" not in (built / "decisions/index.html").read_text()


def test_no_title_breaks_out_of_the_head(copy: Path) -> None:
    record = copy / "charter/decisions/D-2027-001.md"
    hostile = "\"'&amp;{{ 1 }} --- # x"
    title = "title: '" + hostile.replace("'", "''") + "'"
    record.write_text(record.read_text().replace("title: Meet in the morning", title))
    page = (build(copy, as_of=AS_OF).out / "decisions/D-2027-001/index.html").read_text()
    assert 'name="dcterms.title" content="&quot;&#x27;&amp;amp;{{ 1 }} --- # x">' in page


def test_the_page_of_what_is_missing_leads_on(built: Path) -> None:
    page = (built / "404.html").read_text()
    assert "This page is not here" in page
    assert "the home page</a>" in page
    assert 'type="search"' in page or 'role="search"' in page
