"""Printed: a safety notice on one sheet, the charter as a document, and nothing to press."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from accessibility.tabs import serving
from npcs.demo import generate
from npcs.publish import build

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a demo with notices in several states."""
    folder = tmp_path_factory.mktemp("paper") / "hub"
    generate(folder, members=4, years=2, git=True)
    return build(folder).out


@pytest.fixture(scope="module")
def base(site: Path) -> Iterator[str]:
    """Where it is served."""
    with serving(site) as address:
        yield address


def sheets(page: Any, address: str, paper: str) -> list[list[str]]:
    """The lines on each sheet of a page."""
    page.goto(address)
    reader = PdfReader(io.BytesIO(page.pdf(format=paper)))
    texts = (sheet.extract_text(extraction_mode="layout") for sheet in reader.pages)
    return [[line.strip() for line in text.splitlines() if line.strip()] for text in texts]


def test_a_notice_fits_one_sheet(site: Path, base: str, chromium: Any) -> None:
    page = chromium.new_page()
    notices = sorted(one.name for one in (site / "notices").glob("NPCS-SN-*") if one.is_dir())
    assert len(notices) > 6
    for name in notices:
        for paper in ("Letter", "A4"):
            printed = sheets(page, f"{base}notices/{name}/", paper)
            assert len(printed) == 1, (name, paper)
            assert "What to do" in printed[0], name
            assert printed[0][-1] == "1 of 1"
            assert not any("How it came about" in line for line in printed[0]), name
    page.close()


def test_the_charter_is_a_document(base: str, chromium: Any) -> None:
    page = chromium.new_page()
    page.goto(f"{base}charter/")
    headings = set(page.locator("article :is(h2, h3)").evaluate_all(
        "all => all.map((one) => one.firstChild.textContent.trim())"
    ))  # fmt: skip
    provisions = page.locator("article a.npcs-provision").count()
    for paper in ("Letter", "A4"):
        printed = sheets(page, f"{base}charter/", paper)
        text = "\n".join(line for one in printed for line in one)
        assert 3 <= len(printed) <= 5
        assert headings
        assert headings <= {line for one in printed for line in one}
        assert text.count("CHR-1") == 1
        assert sum(line.startswith(("CHR-", "DEC-", "MIS-")) for line in text.splitlines()) >= 8
        for word in ("Checked by", "small print", "Work plan", "On this page", "Search"):
            assert word not in text, word
        for number, lines in enumerate(printed, 1):
            assert lines[-1] == f"{number} of {len(printed)}"
            assert lines[-2] not in headings, f"a heading alone at the foot of sheet {number}"
    assert provisions > 60
    page.close()


def test_a_link_to_elsewhere_says_where_it_leads(base: str, chromium: Any) -> None:
    page = chromium.new_page()
    text = "".join("".join(sheets(page, f"{base}definitions/terms/near-death/", "Letter")[0]))
    assert "<https://example.org/" in text
    page.close()


def test_dark_colours_are_for_screens(base: str, chromium: Any) -> None:
    page = chromium.new_page(color_scheme="dark")
    page.goto(f"{base}charter/")

    def colours() -> list[str]:
        return page.evaluate(
            """() => ["html", "article h1", ".npcs-state"].map((one) => {
                 const style = getComputedStyle(document.querySelector(one));
                 return one === "html" ? style.backgroundColor : style.color;
               })"""
        )

    screen = colours()
    page.emulate_media(media="print")
    paper = colours()
    assert paper[0] == "rgb(255, 255, 255)" != screen[0]
    for before, after in zip(screen[1:], paper[1:], strict=True):
        assert brightness(before) > 120 > brightness(after)
    page.close()


def brightness(colour: str) -> float:
    """From 0 to 255, on white where a colour lets something through."""
    red, green, blue, *opacity = (
        float(one) for one in colour[colour.find("(") + 1 : -1].split(",")
    )
    through = opacity[0] if opacity else 1.0
    return (red + green + blue) / 3 * through + 255 * (1 - through)
