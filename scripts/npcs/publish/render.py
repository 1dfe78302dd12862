"""Pages as Markdown. Templates hold the layout; every text they print is escaped here."""

import json
import re
from collections.abc import Iterable
from functools import cache, lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from npcs.publish.page import Block, Page
from npcs.publish.text import Md, joined, md

_HUB = re.compile(r"\]\(hub:([^)#\s]*)(#[^)\s]*)?\)")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("npcs.publish"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=md,
        autoescape=False,  # HTML's rules would spoil Markdown: `finalize` escapes instead
    )
    environment.filters |= {"joined": _joined, "indented": _indented, "hub": _hub, "deep": _deep}
    return environment


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


def _joined(parts: Iterable[object], between: str) -> Md:
    return joined(parts, between)


def _indented(text: str) -> Md:
    return Md("\n".join(f"    {line}" if line else line for line in md(text).split("\n")))


def _hub(address: str) -> Md:
    return Md(f"hub:{address}")


def _deep(depth: int) -> Md:
    return Md("    " * depth)


def markdown(page: Page, banner: str = "", head: str = "", about: str = "") -> str:
    """The page as a Markdown file, its links relative to where it stands.

    ``head`` is HTML for the head of the page, ``about`` what it says of itself; each in one line.
    """
    text = _template("page.md").render(
        page=page,
        banner=banner,
        front=_Front(page, head, about),
        blocks=[drawn(one) for one in page.blocks],
    )
    up = "../" * page.depth
    text = _HUB.sub(lambda found: f"]({_file(up, found[1])}{found[2] or ''})", text)
    return re.sub(r"\n{3,}", "\n\n", text)


def drawn(block: Block) -> Md:
    """A block as Markdown."""
    return Md(_template(block.template).render(block=block).rstrip("\n"))


@lru_cache(maxsize=100_000)
def _file(up: str, address: str) -> str:
    name = address.rpartition("/")[2]
    return f"{up}{address}" if "." in name else f"{up}{address}.md"


class _Front:
    """What stands in front of a staged page, as quoted and escaped text."""

    def __init__(self, page: Page, head: str, about: str) -> None:
        self.head, self.about = _single(head), _single(about)
        self.title = _quoted(page.title)
        self.description = _quoted(page.description) if page.description else Md()


def _single(html: str) -> Md:
    """HTML, in which nothing is left to escape, as a string of YAML."""
    return Md("'" + html.replace("'", "''") + "'") if html else Md()


def _quoted(text: str) -> Md:
    # The generator prints these into HTML as they stand, so they are escaped for HTML here.
    table = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"}
    return Md(json.dumps("".join(table.get(one, one) for one in text), ensure_ascii=False))
