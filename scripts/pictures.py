"""Take the pictures of the README and of the guides, from the demo, in a real browser.

`make pictures` runs it; `make pictures ARGS="guide-notice home"` takes only those. The demo is made
from a seed and its site is of a fixed day, so a picture changes only with the site, and with the
browser and the fonts it is taken with.
"""

import base64
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import sync_playwright

from accessibility.tabs import serving

IMAGES = Path(__file__).parent.parent / "docs" / "images"
DEMO = ("--members", "9", "--years", "2", "--seed", "1", "--git")
LARGEST = 150_000
"""How many bytes a picture may have."""

WIDE = {"width": 1280, "height": 860}
SCREEN = {"width": 820, "height": 560}
"""What the README shows, and what fits a guide: there letters are large enough on a phone."""

FLAGS = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none", "--hide-scrollbars"]
QUALITY = 70

Do = Callable[[Any], object]


class Picture(NamedTuple):
    """A picture: the page it shows, what is done there first, and what it begins with.

    ``page`` may end in ``*``: the newest page below is taken that ``has`` what it is to show.
    """

    name: str
    page: str
    begin: str = ""
    do: Do | None = None
    has: str = ""
    size: dict[str, int] = SCREEN


def _open(page: Any) -> None:
    page.locator(".npcs-about > summary").click()
    page.mouse.move(0, 0)


def _search(page: Any) -> None:
    box = page.locator("input[type=search]").last
    box.evaluate("one => { one.style.caretColor = 'transparent' }")  # it blinks
    box.fill("handover at night")
    page.get_by_text("results for").wait_for()


PICTURES = (
    Picture("home", "", size=WIDE),
    Picture("guide-answers", "notices/answers/", "h1"),
    Picture("guide-notice", "notices/*", "h1", has=">issued<"),
    Picture("guide-member", "members/*", "h1", has=">taking part<"),
    Picture("guide-due", "due/", "h1"),
    Picture("guide-meeting", "meetings/*", "h1", has='id="minutes"'),
    Picture("guide-decision", "decisions/*", "h1", has="by vote"),
    Picture("guide-attention", "", "h2#attention"),
    Picture("guide-committee", "committee/", "h1"),
    Picture("guide-data", "definitions/core-data-set/", "h1"),
    Picture("guide-definition", "definitions/terms/near-death/", "h1"),
    Picture("guide-measure", "workplan/measures/*", ".npcs-drawing", has="<svg"),
    Picture("guide-find", "find/", "h1", do=_search),
    Picture("guide-practice", "practices/library/*", "h1"),
    Picture("guide-about", "decisions/*", "h1", do=_open, has="by vote"),
    Picture("guide-changes", "charter/v1.1/changes/", "h2"),
    Picture("guide-reuse", "about/reuse/", "h1"),
)


def main(names: list[str]) -> None:
    """Make a demo, build its site, and take each picture that is asked for."""
    if unknown := {*names} - {one.name for one in PICTURES}:
        raise SystemExit(f"There is no picture {', '.join(sorted(unknown))}.")
    npcs = [sys.executable, "-m", "npcs"]
    for one in PICTURES:
        (IMAGES / f"{one.name}.webp").touch()  # a site is not built while a guide lacks one
    with tempfile.TemporaryDirectory() as folder:
        demo, site = Path(folder) / "demo", Path(folder) / "site"
        subprocess.run([*npcs, "demo", str(demo), *DEMO], check=True)
        subprocess.run([*npcs, "build", "--root", str(demo), "--out", str(site)], check=True)
        with serving(site) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("NPCS_CHROMIUM", "chromium"), args=FLAGS
            )
            for one in PICTURES:
                if not names or one.name in names:
                    take(browser, one, address, site)
            browser.close()


def take(browser: Any, one: Picture, address: str, site: Path) -> None:
    """Take one picture; raises ``SystemExit`` for a page with nothing to show, or a large one."""
    page = browser.new_page(viewport=one.size, color_scheme="light", reduced_motion="reduce")
    page.goto(address + found(one, site))
    if one.do:
        one.do(page)
    if one.begin:
        bar = page.locator(".md-header").bounding_box()["height"]
        page.evaluate(
            "([begin, bar]) => scrollTo(0, document.querySelector(`.md-content ${begin}`)"
            ".getBoundingClientRect().top + scrollY - bar - 6)",
            [one.begin, bar],
        )
    page.evaluate("document.fonts.ready")
    session = page.context.new_cdp_session(page)
    asked = {"format": "webp", "quality": QUALITY}
    taken = base64.b64decode(session.send("Page.captureScreenshot", asked)["data"])
    if len(taken) > LARGEST:
        raise SystemExit(f"{one.name} has {len(taken):,} bytes, more than {LARGEST:,}.")
    path = IMAGES / f"{one.name}.webp"
    path.write_bytes(taken)
    print(f"{path.name}: {len(taken):,} bytes")
    page.close()


def found(one: Picture, site: Path) -> str:
    """The address of the page to show."""
    if not one.page.endswith("*"):
        return one.page
    folder = one.page.removesuffix("*")
    for place in sorted((site / folder).glob("*/index.html"), reverse=True):
        if one.has in place.read_text("utf-8"):
            return f"{folder}{place.parent.name}/"
    raise SystemExit(f"No page below {folder} has {one.has}.")


if __name__ == "__main__":
    main(sys.argv[1:])
