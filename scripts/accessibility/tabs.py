"""Many pages in a few tabs of one browser, each at work while the others are."""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Work = Callable[[Any, str], Iterator[None]]
"""What is done to a page, given a tab and the page's address; yields while the browser works."""


def visit(context: Any, addresses: Iterable[str], work: Work, tabs: int = 3) -> None:
    """Do the work for all addresses, in a few tabs of a browser's context at a time."""
    waiting = deque(addresses)
    free = [context.new_page() for _ in range(min(tabs, len(waiting)))]
    running = {tab: work(tab, waiting.popleft()) for tab in free}
    while running:
        for tab, job in [*running.items()]:
            if next(job, "done") == "done":
                if waiting:
                    running[tab] = work(tab, waiting.popleft())
                else:
                    del running[tab]


def addresses(folder: Path) -> list[str]:
    """The addresses of all pages of a site in a folder; not of those that only lead to another."""
    names = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.html")
        if b'http-equiv="refresh"' not in path.read_bytes()[:1000]
    )
    return [name.removesuffix("index.html") for name in names]


def watch(context: Any, base: str) -> tuple[list[str], list[str]]:
    """What pages ask of other hosts than ``base``, and what the browser complains of."""
    outside: list[str] = []
    said: list[str] = []
    context.on(
        "request",
        lambda one: one.url.startswith((base, "data:", "blob:")) or outside.append(one.url),
    )
    context.on("console", lambda one: _complains(one) and said.append(_told(one, one.text, base)))
    context.on("weberror", lambda one: said.append(_told(one, str(one.error), base)))
    return outside, said


def _complains(message: Any) -> bool:
    """Whether a message is a complaint: that a page has no icon is none."""
    return message.type in ("error", "warning") and not message.location["url"].endswith(
        "/favicon.ico"
    )


def _told(event: Any, text: str, base: str) -> str:
    address = event.page.url if event.page else base
    return f"{address.removeprefix(base) or 'home'}: {text.replace(base, '')}"


class Quiet(SimpleHTTPRequestHandler):
    """A server of files that says nothing, and lets a browser keep what pages share."""

    def end_headers(self) -> None:
        """Say that what all pages share does not change."""
        if "/assets/" in self.path:
            self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()
