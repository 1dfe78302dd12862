"""The elements that a text in Markdown has on the site, within what a PDF can hold."""

from collections import Counter
from collections.abc import Iterable
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from npcs.publish.prose import Links, prose

EXTENSIONS = (
    "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "tables", "toc",
    "npcs.publish.mdsafe",
)  # fmt: skip
"""How ``mkdocs.yml`` has Markdown read."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

_MOST = (
    (HEADINGS, 2_000, "headings"),
    (("p", "li", "dt", "dd", "th", "td", "br"), 20_000, "paragraphs, lines and cells of tables"),
)
_MARKS = "[&\\`"
_MOST_MARKS = 2_000
_VOID = ("br", "hr", "img")


class CannotSet(Exception):  # noqa: N818 - it says what happened
    """A text that cannot be set as pages, and why, in words for whoever wrote it."""


def elements(body: str, anchors: Iterable[str] = ()) -> Element:
    """The elements of a text, in one; ``anchors`` are the places its author has named.

    Ids of provisions lead to their places, and files have none. Raises ``CannotSet`` where the
    text has more of something than a PDF can hold.
    """
    known = frozenset(anchors)
    links = Links(
        file=lambda _: "",
        id=lambda key: f"#{key.lower()}" if key.lower() in known else None,
    )
    source = prose(body, links, 1).replace("](hub:#", "](#")
    tree = _Tree()
    tree.feed(Markdown(extensions=[*EXTENSIONS, _Bounds()]).convert(source))
    root = tree.root()
    counts = Counter(one.tag for one in root.iter())
    for tags, most, what in _MOST:
        if sum(counts[tag] for tag in tags) > most:
            raise CannotSet(f"it has more than {most:,} {what}, too many for a PDF")
    return root


def words(one: Element) -> str:
    """All text in an element."""
    return "".join(one.itertext())


def beginning(text: str) -> str:
    """The first words of a text, in quotes, to find it by."""
    text = " ".join(text[:200].split())
    return f"“{text if len(text) <= 50 else text[:49] + '…'}”"


class _Bounds(Extension):  # type: ignore[misc]
    """Refuses what Markdown would take minutes to read: its time grows with the square of marks."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        md.treeprocessors.register(_Counting(md), "npcs-bounds", 30)  # before lines are read, at 20


class _Counting(Treeprocessor):  # type: ignore[misc]
    def run(self, root: Element) -> None:
        for one in root.iter():
            text = one.text or ""
            for mark in _MARKS:
                if text.count(mark) > _MOST_MARKS:
                    raise CannotSet(
                        f"a paragraph has the sign {mark} more than {_MOST_MARKS:,} times: "
                        f"break up the one that begins {beginning(text)}"
                    )


class _Tree(HTMLParser):
    """The elements of HTML as Python-Markdown writes it, where every element is closed."""

    def __init__(self) -> None:
        super().__init__()
        self._builder = TreeBuilder()
        self._builder.start("body", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self._builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self._builder.end(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._builder.end(tag)

    def handle_data(self, data: str) -> None:
        self._builder.data(data)

    def root(self) -> Element:
        """All of it, in one element."""
        self.close()
        self._builder.end("body")
        return self._builder.close()
