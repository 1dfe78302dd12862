"""Many pages in a few tabs of one browser, each at work while the others are."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
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


def addresses(folder: Any) -> list[str]:
    """The addresses of all pages of a site that stands in a folder."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    return [name.removesuffix("index.html") for name in names]


def watch(context: Any, base: str) -> tuple[list[str], list[str]]:
    """What pages ask of other hosts than ``base``, and what the browser complains of."""
    outside: list[str] = []
    said: list[str] = []
    context.on(
        "request",
        lambda one: one.url.startswith((base, "data:", "blob:")) or outside.append(one.url),
    )
    context.on(
        "console",
        lambda one: one.type in ("error", "warning") and said.append(f"{one.page.url}: {one.text}"),
    )
    context.on("weberror", lambda one: said.append(f"{one.page.url}: {one.error}"))
    return outside, said
