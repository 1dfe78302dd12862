"""Real builds: whole, the same every time, and nothing from elsewhere."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.publish.conftest import AS_OF

from npcs.publish import BuildFailed, build
from npcs.publish.swap import MARK


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def html_of(folder: Path) -> dict[str, str]:
    """The pages of a site, without those that only lead to another."""
    return {
        name: raw.decode()
        for name, raw in contents(folder).items()
        if name.endswith(".html") and b'http-equiv="refresh"' not in raw
    }


def test_every_section_and_record_has_its_page(built: Path) -> None:
    for name in ("", "charter", "committee", "committee/days", "members", "meetings", "decisions",
                 "workplan", "definitions", "notices", "practices", "rules", "about", "due",
                 "decisions/D-2027-001", "meetings/2027-03-04-executive-committee", "people/p01",
                 "members/state-of-p01", "notices/NPCS-SN-2027-001"):  # fmt: skip
        assert (built / name / "index.html").is_file(), name


def test_a_record_tells_its_file_and_its_last_change(built: Path) -> None:
    page = (built / "decisions/D-2027-001/index.html").read_text()
    assert "<code>charter/decisions/D-2027-001.md</code>" in page
    day = "5\N{NO-BREAK SPACE}May\N{NO-BREAK SPACE}2027"
    assert f'Last changed <time datetime="2027-05-05">{day}</time>' in page


def test_two_builds_of_a_commit_are_the_same(copy: Path, built: Path, tmp_path: Path) -> None:
    moved = tmp_path / "another place" / "of the hub"
    shutil.copytree(copy, moved)
    assert contents(build(moved, as_of=AS_OF).out) == contents(built)


def test_without_a_day_the_last_commit_gives_it(copy: Path) -> None:
    assert str(build(copy).as_of) == "2027-05-05"


def test_a_second_build_writes_only_what_has_changed(copy: Path) -> None:
    build(copy, as_of=AS_OF)
    docs = copy / "build" / "docs"
    before = {path: path.stat().st_mtime_ns for path in docs.rglob("*.md")}
    person = copy / "charter/people/p01.yml"
    person.write_text(person.read_text().replace("P01", "Ana Ruiz"))
    (copy / "charter/decisions/D-2027-002.md").unlink()
    decision = copy / "charter/decisions/D-2027-001.md"
    decision.write_text(decision.read_text().replace("Because D-2027-002 failed.", "Because."))
    build(copy, as_of=AS_OF)
    after = {path: path.stat().st_mtime_ns for path in docs.rglob("*.md")}
    assert docs / "decisions/D-2027-002.md" not in after
    assert not (copy / "build/site/decisions/D-2027-002").exists()
    unchanged = {path for path in before if before[path] == after.get(path)}
    assert docs / "rules/index.md" in unchanged
    assert docs / "members/state-of-p02.md" in unchanged
    assert docs / "people/p01.md" not in unchanged


def test_lists_deeper_than_can_be_shown_are_told_with_their_record(copy: Path) -> None:
    record = copy / "charter/decisions/D-2027-001.md"
    record.write_text(record.read_text() + "\n" + "- " * 2000 + "x\n")
    with pytest.raises(BuildFailed, match=r"^charter/decisions/D-2027-001\.md: its lists .* deep"):
        build(copy, as_of=AS_OF)


def test_no_page_asks_another_host_for_anything(built: Path) -> None:
    for name, page in html_of(built).items():
        found = re.findall(
            r"<(?:script|img|link|iframe)[^>]*(?:src|href)=\"(?:https?:)?//[^\"]*", page
        )
        assert not found, name
    for style in built.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(?:https?:)?//", style.read_text()), style


def test_tables_can_be_reached_and_read(built: Path) -> None:
    page = (built / "members/index.html").read_text()
    assert (
        '<div class="npcs-scroll" role="region" tabindex="0" aria-label="Table 1: Members">' in page
    )
    assert re.search(r'<th\b[^>]*\bscope="col"[^>]*>Member</th>', page)


def test_each_page_has_one_policy_and_no_script_or_style_of_its_own(built: Path) -> None:
    for name, page in html_of(built).items():
        assert page.count("Content-Security-Policy") == 1, name
        assert "script-src 'self';" in page, name
        assert "'unsafe" not in page.split("<head>")[1].split("</head>")[0], name
        assert not re.search(r"<style|\sstyle=|<script>", page), name


def test_records_are_not_in_the_menu_but_marked_in_their_section(built: Path) -> None:
    page = (built / "decisions/D-2027-001/index.html").read_text()
    menu = page.split("<main")[0]
    assert "Meet in the morning" not in menu.split("md-tabs")[1]
    assert re.search(r'md-tabs__item--active">\s*<a href="../"', menu)


@pytest.mark.browser
def test_the_committee_on_any_day_is_read_on_a_phone_without_scrolling_sideways(
    built: Path, served: Callable[[Path], str], chromium: Any
) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 640})
    page.goto(served(built) + "committee/days/")
    widths = "all => all.map(one => [one.scrollWidth, one.clientWidth])"
    [[needed, there]] = page.locator(".npcs-scroll").evaluate_all(widths)
    assert needed == there
    page.close()


def test_a_demo_says_so_on_every_page(copy: Path) -> None:
    (copy / "demo.yml").write_text('seed: 1\nas_of: 2027-06-01\nnotice: "Fictional: all of it."\n')
    built = build(copy)
    assert str(built.as_of) == "2027-06-01"
    for name, page in html_of(built.out).items():
        assert name == "404.html" or "Fictional: all of it." in page, name


def test_a_broken_link_fails_with_the_place_where_it_stands(copy: Path) -> None:
    record = copy / "charter/decisions/D-2027-001.md"
    record.write_text(record.read_text() + "\nSee [this](../meetings/gone.md).\n")
    with pytest.raises(BuildFailed, match=r"charter/decisions/D-2027-001\.md:\d+:12: .*gone\.md"):
        build(copy, as_of=AS_OF)
    assert not (copy / "build/site").exists()


@pytest.mark.parametrize("target", ["../charter.md#chr-99", "#nowhere"])
def test_a_link_to_a_missing_place_fails_with_the_record(copy: Path, target: str) -> None:
    record = copy / "charter/decisions/D-2027-001.md"
    record.write_text(record.read_text() + f"\nSee [this]({target}).\n")
    with pytest.raises(BuildFailed, match=rf"^charter/decisions/D-2027-001\.md:.*{target}"):
        build(copy, as_of=AS_OF)


@pytest.mark.parametrize("anew", [False, True])
def test_no_page_shows_what_names_a_person(copy: Path, anew: bool) -> None:
    out = build(copy, as_of=AS_OF).out
    before = contents(out)
    record = copy / "charter/decisions/D-2027-001.md"
    text = record.read_text()
    record.write_text(text + "\nAsk 123-45-6789, or 615-555-0100.\n")
    for _ in range(2):
        with pytest.raises(BuildFailed, match=r"^charter/decisions/D-2027-001\.md:\d+:5: ") as said:
            build(copy, as_of=AS_OF, anew=anew)
        assert "npcs explain identifier" in str(said.value)
        assert "6789" not in str(said.value)
    assert contents(out) == before
    record.write_text(text)
    build(copy, as_of=AS_OF, anew=anew)


def test_a_record_that_does_not_fit_fails_and_the_old_site_stays(copy: Path) -> None:
    out = build(copy, as_of=AS_OF).out
    before = contents(out)
    (copy / "charter/people/p01.yml").write_text("nam: Ana\n")
    with pytest.raises(BuildFailed, match=r"charter/people/p01\.yml:1:"):
        build(copy, as_of=AS_OF)
    assert contents(out) == before


def test_two_records_for_one_address_fail(copy: Path) -> None:
    person = (copy / "charter/people/p01.yml").read_text()
    (copy / "charter/people/index.yml").write_text(person)
    with pytest.raises(BuildFailed, match=r"people/index"):
        build(copy, as_of=AS_OF)


def test_a_folder_with_other_files_is_not_replaced(copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine"
    out.mkdir()
    (out / "thesis.doc").write_text("years of work")
    for place in (out, copy, copy.parent):
        with pytest.raises(BuildFailed):
            build(copy, place, AS_OF)
    assert [path.name for path in out.iterdir()] == ["thesis.doc"]


def test_a_folder_without_records_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(BuildFailed, match="no records here"):
        build(tmp_path)


def test_the_site_is_marked_as_one(built: Path) -> None:
    assert (built / MARK).is_file()


@pytest.mark.parametrize("inside", ["charter/site", "build/docs", "build/docs/site", "notices"])
def test_no_site_is_built_over_records_or_pages(copy: Path, inside: str) -> None:
    with pytest.raises(BuildFailed, match="other things stand there"):
        build(copy, copy / inside)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("hooks: [evil.py]\nmarkdown_extensions: [npcs.publish.mdsafe]\n", "asks for evil.py"),
        ("plugins: [macros]\nmarkdown_extensions: [npcs.publish.mdsafe]\n", "asks for macros"),
        ("markdown_extensions: [md_in_html, npcs.publish.mdsafe]\n", "asks for md_in_html"),
        ("markdown_extensions: [tables]\n", "lacks `npcs.publish.mdsafe`"),
    ],
)
def test_settings_run_nothing_and_keep_the_guard(copy: Path, settings: str, said: str) -> None:
    (copy / "mkdocs.yml").write_text(f"site_name: X\n{settings}")
    with pytest.raises(BuildFailed, match=said):
        build(copy)
    assert not (copy / "build" / "site").exists()
