"""Take the pictures of the site that the README shows, from the demo, in a real browser.

`make pictures` runs it. The demo is made from a seed, so the pictures change only with the site.
"""

import os
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parent.parent / "docs" / "images"
PICTURES = (("home", ""),)
SIZE = {"width": 1280, "height": 860}
FLAGS = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"]


class _Quiet(SimpleHTTPRequestHandler):
    """A server of files that says nothing."""

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def main() -> None:
    """Make a demo, build its site, and take each picture."""
    npcs = [sys.executable, "-m", "npcs"]
    with tempfile.TemporaryDirectory() as name:
        demo, site = Path(name) / "demo", Path(name) / "site"
        subprocess.run([*npcs, "demo", str(demo)], check=True)
        subprocess.run([*npcs, "build", "--root", str(demo), "--out", str(site)], check=True)
        with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=site)) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            take(f"http://127.0.0.1:{server.server_port}/")
            server.shutdown()


def take(address: str) -> None:
    """Take the pictures of the site at an address."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("NPCS_CHROMIUM", "chromium"), args=FLAGS
        )
        for name, page_address in PICTURES:
            page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")  # type: ignore[arg-type]
            page.goto(address + page_address)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=IMAGES / f"{name}.png")
            print(IMAGES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
