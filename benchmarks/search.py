"""How soon a slow phone has an answer from the search page, and how much it loads for that.

`make bench ARGS=search` or `python benchmarks/search.py [--records N] [--runs N] [--site FOLDER]`.
Chromium (the program named by NPCS_CHROMIUM) is slowed down to a quarter of its speed and to
1.6 Mbit/s, as the limits ask, and once more with 150 ms to every answer, as on a mobile network.
The server is here, and sends what can be compressed with gzip. Nothing is kept from before.
"""

import argparse
import gzip
import os
import shutil
import statistics
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from timing import Contestant, commit, run

NPCS = [sys.executable, "-m", "npcs"]
QUESTIONS = ("committee", "reunification", "D-2027-001", "safe sleep", "co-chair", "CHR-3")
SHOWN = """
new MutationObserver(() => {
  const found = document.getElementById("found");
  if (found && found.textContent !== window.last) {
    window.last = found.textContent;
    requestAnimationFrame(() => setTimeout(() => {
      document.documentElement.dataset.at = performance.now();
    }));
  }
}).observe(document, { childList: true, subtree: true });
"""


class Compressing(SimpleHTTPRequestHandler):
    """Serves a folder as a host with gzip does."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a file, compressed where that is usual."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        there = path.is_file()
        content = path.read_bytes() if there else b""
        self.send_response(200 if there else 404)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix in (".html", ".css", ".js", ".json", ".svg"):
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of each request."""


class Server(ThreadingHTTPServer):
    """Answers until it is told to stop."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is no event."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder while it is served."""
    server = Server(("127.0.0.1", 0), partial(Compressing, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def phone(browser: Any, latency: int) -> tuple[Any, list[int]]:
    """A page on a slow phone that has loaded nothing yet, and the bytes of each answer it gets."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.add_init_script(SHOWN)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": latency, "downloadThroughput": 200_000,
         "uploadThroughput": 94_000},
    )  # fmt: skip
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    loaded: list[int] = []
    session.on("Network.loadingFinished", lambda it: loaded.append(int(it["encodedDataLength"])))
    return page, loaded


def answered(page: Any) -> float:
    """When the answer was shown, in milliseconds since the page was asked for."""
    while True:  # the page's policy lets nobody wait in the page itself; each look costs it time
        at = page.evaluate("document.documentElement?.dataset.at")
        if at:
            return float(at)
        page.wait_for_timeout(250)


def by_address(page: Any, base: str, question: str) -> float:
    """Seconds from opening the address of a question, with nothing kept, to its answer."""
    page.goto(f"{base}find/?q={question.replace(' ', '+')}", wait_until="commit")
    return answered(page) / 1000


def typed(page: Any, base: str, question: str) -> float:
    """Seconds from Enter to the answer, on a search page that stands open."""
    page.goto(f"{base}find/", wait_until="networkidle")
    page.locator("#find-q").fill(question)
    page.evaluate(
        "delete document.documentElement.dataset.at; document.getElementById('find-form')"
        ".addEventListener('submit', () => { window.began = performance.now(); }, true)"
    )
    page.keyboard.press("Enter")
    return (answered(page) - float(page.evaluate("window.began"))) / 1000


def from_home(page: Any, base: str, question: str) -> float:
    """Seconds from Enter in the header of the home page, its first visit, to the answer."""
    page.set_viewport_size({"width": 1280, "height": 740})
    page.goto(base, wait_until="networkidle")
    page.locator(".npcs-search input").fill(question)
    with page.expect_navigation(wait_until="commit"):
        page.keyboard.press("Enter")
    return answered(page) / 1000


def measure(site: Path, runs: int) -> None:
    """Ask all questions in each way and print the middle and the worst."""
    from playwright.sync_api import sync_playwright

    program = os.environ.get("NPCS_CHROMIUM") or shutil.which("chromium")
    print("| way | latency | middle s | worst s | loaded until then, at most |")
    print("|---|---|---|---|---|")
    with sync_playwright() as playwright, served(site) as base:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for way in (by_address, typed, from_home):
            for latency in (0, 150):
                taken, most = [], 0
                for question in QUESTIONS * runs:
                    page, loaded = phone(browser, latency)
                    taken.append(way(page, base, question))
                    most = max(most, sum(loaded))
                    page.context.close()
                name = way.__name__.replace("_", " ")
                print(
                    f"| {name} | {latency} ms | {statistics.median(taken):.2f} "
                    f"| {max(taken):.2f} | {most / 1000:.0f} kB |",
                    flush=True,
                )
        browser.close()


def main() -> None:
    """Build a demo of a size, or take a site that is there, and ask it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, default=10_000)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--site", type=Path)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        site = chosen.site
        if site is None:
            root, site = Path(name) / "demo", Path(name) / "site"
            run(Contestant("", [*NPCS, "demo", str(root), "--records", str(chosen.records)]))
            run(Contestant("", [*NPCS, "build", "--root", str(root), "--out", str(site)]))
        pages = sum(1 for _ in site.rglob("*.html"))
        print(f"# search: {pages:,} pages, commit {commit()}, {chosen.runs} runs\n")
        measure(site, chosen.runs)


if __name__ == "__main__":
    main()
