"""A text in Markdown as a tree of blocks, read exactly as the site reads it.

A block and a piece of a line are small mappings with a ``kind``, ready to be written as JSON, since
what sets them in type knows nothing of Python. A piece without markup is a text.
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from npcs.publish.pdf.elements import HEADINGS, CannotSet, beginning, elements, words
from npcs.publish.pdf.pieces import Lines, Node, broken

DEEPEST = 8
"""How deep lists, quotes and the like may stand in each other."""

WIDEST = 6
"""How many columns of a table fit on a page."""

CELL = 20
"""How many letters of a word there is room for in a cell of a table."""

_PROVISION = re.compile(r"[A-Z]{3}-\d{1,2}", re.ASCII)
_SHOWS = re.compile(r"[^\s\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f]")
_BLOCKS = (*HEADINGS, "p", "ul", "ol", "dl", "blockquote", "pre", "table", "div", "hr")


def blocks(body: str, anchors: Iterable[str] = ()) -> list[Node]:
    """The blocks of a text in Markdown; ``anchors`` are the places its author has named.

    Raises ``CannotSet`` where the text holds what no page can show, or more of it than a PDF can.
    """
    root = elements(body, anchors)
    return _Reader(root).top(root)


class _Reader:
    """Elements of HTML as blocks; knows which places have a name, and what leads to them."""

    def __init__(self, root: Element) -> None:
        self._lines = Lines(root)
        self._named: set[str] = set()
        self._levels: list[int] = []

    def top(self, root: Element) -> list[Node]:
        """The blocks of the whole text."""
        found = self._within(root, 0)
        self._lines.lead_only_to(self._named)
        return found

    def _within(self, parent: Element, depth: int) -> list[Node]:
        """The blocks in an element, loose pieces of a line between them as paragraphs."""
        if depth > DEEPEST:
            raise CannotSet(
                f"lists or quotes stand in each other more than {DEEPEST} deep: look for "
                f"{beginning(words(parent))}"
            )
        found: list[Node] = []
        loose = Element("p")
        loose.text = parent.text

        def finish() -> None:
            nonlocal loose
            body = self._lines.line(loose)
            if body:
                found.append({"kind": "paragraph", "id": "", "body": body})
            loose = Element("p")

        for one in parent:
            if one.tag in _BLOCKS:
                finish()
                found += self._block(one, depth)
                loose.text = one.tail
            else:
                loose.append(one)
        finish()
        return found

    def _block(self, one: Element, depth: int) -> Iterator[Node]:
        match one.tag:
            case "p":
                yield self._paragraph(one, depth)
            case "ul" | "ol":
                yield self._list(one, depth)
            case "dl":
                yield {"kind": "terms", "items": self._terms(one, depth)}
            case "table":
                yield self._table(one)
            case "blockquote":
                yield {"kind": "quote", "body": self._within(one, depth + 1)}
            case "pre":
                yield {"kind": "code", "text": broken(words(one).rstrip("\n").expandtabs(4))}
            case "hr":
                yield {"kind": "rule"}
            case "div":
                yield from self._division(one, depth)
            case _ if not _SHOWS.search(words(one)):  # a heading of nothing
                yield {"kind": "paragraph", "id": self._name(one), "body": self._lines.line(one)}
            case _ if depth:  # a heading within a quote or a list is no heading of the text
                body = [{"kind": "strong", "body": self._lines.line(one)}]
                yield {"kind": "paragraph", "id": self._name(one), "body": body}
            case _:
                yield self._heading(one)

    def _heading(self, one: Element) -> Node:
        level = int(one.tag[1])
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        self._levels.append(level)
        return {
            "kind": "heading",
            "id": self._name(one),
            "level": len(self._levels),
            "body": self._lines.line(one, noted=False),
        }

    def _paragraph(self, one: Element, depth: int) -> Node:
        first = one[0] if len(one) else None
        if (
            first is not None
            and first.tag == "strong"
            and not depth
            and not (one.text or "").strip()
        ):
            key = words(first)
            if _PROVISION.fullmatch(key) and one.get("id") == key.lower():
                rest = Element("p")
                rest.text = first.tail
                rest.extend(one[1:])
                node = {"kind": "provision", "id": self._name(one), "name": key}
                return node | {"level": len(self._levels) + 1, "body": self._lines.line(rest)}
        return {"kind": "paragraph", "id": self._name(one), "body": self._lines.line(one)}

    def _list(self, one: Element, depth: int) -> Node:
        items = []
        for item in one.findall("li"):
            body = self._within(item, depth + 1)
            if item.get("id") and body and body[0].get("id") == "":
                body[0]["id"] = self._name(item)
            items.append(body)
        return {
            "kind": "list",
            "id": self._name(one),
            "ordered": one.tag == "ol",
            "start": min(int(one.get("start") or 1), 1_000_000),
            "tight": one.find("li/p") is None,
            "items": items,
        }

    def _terms(self, one: Element, depth: int) -> list[Node]:
        found: list[Node] = []
        for part in one:
            is_term = part.tag == "dt"
            if not found or (is_term and found[-1]["body"]):
                found.append({"term": [], "body": []})
            if is_term:
                before = [", "] if found[-1]["term"] else []
                found[-1]["term"] += [*before, *self._lines.line(part)]
            else:
                found[-1]["body"] += self._within(part, depth + 1)
        return found

    def _table(self, one: Element) -> Node:
        head, *rows = [list(row) for row in one.iter("tr")]
        if len(head) > WIDEST:
            raise CannotSet(
                f"a table has {len(head)} columns, and no more than {WIDEST} fit on a page: look "
                f"for the one that begins {beginning(' '.join(map(words, head)))}"
            )
        return {
            "kind": "table",
            "id": self._name(one),
            "align": [cell.get("style", "")[12:-1] or "start" for cell in head],
            "head": [self._lines.line(cell, longest=CELL) for cell in head],
            "rows": [[self._lines.line(cell, longest=CELL) for cell in row] for row in rows],
        }

    def _division(self, one: Element, depth: int) -> Iterator[Node]:
        if "admonition" not in one.get("class", "").split():
            yield from self._within(one, depth)
            return
        head = one.find("p[@class='admonition-title']")
        title = [] if head is None else self._lines.line(head)
        if head is not None:
            one.remove(head)
        yield {"kind": "callout", "title": title, "body": self._within(one, depth + 1)}

    def _name(self, one: Element) -> str:
        """The name of a place that links may lead to; empty where it has none of its own."""
        name = one.get("id", "")
        if name in self._named:
            return ""
        self._named.add(name)
        return name
