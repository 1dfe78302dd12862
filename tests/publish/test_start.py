"""Ways in: the home page, a page for each role with its tasks, and guides with pictures."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.publish.conftest import AS_OF

import pictures as taking
from npcs.publish.guides import GUIDES, guide, pictures
from npcs.publish.page import Facts, Page
from npcs.publish.pictured import size
from npcs.publish.sections import pages
from npcs.publish.site import Settings, Site
from npcs.publish.text import said
from npcs.records.hub import Hub
from running import npcs

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"
LINK = re.compile(r"\]\(hub:([^)#]+)")


@pytest.fixture(scope="module")
def founding() -> dict[str, Page]:
    """The pages of the founding records."""
    site = Site(Hub.read(ROOT), AS_OF, Settings("Test"), root=ROOT)
    return {page.address: page for page in pages(site)}


@pytest.mark.parametrize("name", GUIDES)
def test_each_role_has_tasks_that_lead_to_pages(name: str, founding: dict[str, Page]) -> None:
    page = founding[f"start/{name}"]
    (tasks,) = page.find(Facts)
    assert isinstance(tasks, Facts)
    assert len(tasks.rows) == len(guide(name).tasks) >= 6
    for task in tasks.rows:
        assert LINK.findall(task.name)[0] in founding, task.name
        assert re.fullmatch(r"\*\*[1-9]\d? min\.\*\* [A-Z].*\.", task.values[0])
    assert f"start/{name}/guide" in founding
    assert f"(hub:start/{name})" in str(founding["index"].blocks)
    assert f"(hub:start/{name})" in str(founding["start/index"].blocks)


def test_the_home_page_counts_as_status_does(copy: Path, pages_of: Any) -> None:
    told = json.loads(
        npcs("status", "--root", str(copy), "--as-of", str(AS_OF), "--format", "json").out
    )
    site = Site(Hub.read(copy), AS_OF, Settings("Test"))
    home = next(page for page in pages(site) if page.address == "index")
    (facts,) = home.find(Facts)
    assert isinstance(facts, Facts)
    shown = {row.name: " ".join(map(said, row.values)) for row in facts.rows}
    late = sum(one["days"] < 0 for one in told["due"])
    assert shown["In all"] == (
        f"{len(told['due'])} obligations due in the next 90 days, {late} of them overdue"
    )
    assert shown["Readings of the charter"] == (
        f"{len(told['provisional'])} reading not adopted yet" if told["provisional"]
        else "every reading is adopted"
    )  # fmt: skip
    assert shown["Safety notices"].startswith("1 notice open")
    assert shown["Next meeting"].startswith("none is scheduled")


# Pictures


def names() -> set[str]:
    """The pictures that guides and the README show."""
    texts = [path.read_text("utf-8") for path in (ROOT / "docs/guides").glob("*.md")]
    texts.append((ROOT / "README.md").read_text("utf-8"))
    return {name for text in texts for name in re.findall(r"images/([\w-]+)\.webp\)", text)}


def test_every_picture_is_shown_taken_by_the_script_and_small() -> None:
    files = {path.stem: path for path in IMAGES.iterdir()}
    assert files.keys() == names() == {one.name for one in taking.PICTURES}
    for path in files.values():
        assert path.suffix == ".webp"
        content = path.read_bytes()
        assert 5_000 < len(content) <= taking.LARGEST, path.name
        assert min(size(content[:30])) > 400, path.name


@pytest.mark.parametrize("name", GUIDES)
def test_every_picture_has_words(name: str) -> None:
    text = guide(name).text
    shown = re.findall(r"!\[([^\]]*)\]\(hub:(start/pictures/[\w-]+\.webp)\)", text)
    assert {address for _, address in shown} == pictures(text).keys()
    assert all(len(words) > 30 for words, _ in shown)
    assert len(text.split()) < 400, "a guide of five minutes"


@pytest.mark.browser
def test_pictures_come_without_a_jump(
    built: Path, chromium: Any, served: Callable[[Path], str]
) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 800})
    page.goto(f"{served(built)}start/member/guide/")
    before = page.evaluate("document.documentElement.scrollHeight")
    for one in page.locator("img.npcs-screen").all():
        one.scroll_into_view_if_needed()
        page.wait_for_function(
            "one => one.complete && one.naturalWidth > 400", arg=one.element_handle()
        )
    assert page.evaluate("document.documentElement.scrollHeight") == before
    page.close()


def test_sizes_of_pictures() -> None:
    lossy = (
        b"RIFF....WEBPVP8 " + bytes(10) + (820).to_bytes(2, "little") + (560).to_bytes(2, "little")
    )
    extended = (
        b"RIFF....WEBPVP8X" + bytes(8) + (819).to_bytes(3, "little") + (559).to_bytes(3, "little")
    )
    assert size(lossy) == size(extended) == (820, 560)
    for wrong in (b"", b"\x89PNG" + bytes(30), b"RIFF....WEBPVP8L" + bytes(14)):
        with pytest.raises(ValueError, match="WebP"):
            size(wrong)
