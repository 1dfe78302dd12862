"""A text's blocks for a terminal: provisions with their ids in front, no mark of Markdown left."""

import textwrap
from collections.abc import Iterable, Iterator

from npcs.publish.pdf.pieces import Node, Pieces

_INDENT = 8  # as wide as the longest id of a provision, with a gap


def lines(blocks: Iterable[Node], width: int) -> Iterator[str]:
    """The lines of a text, at most ``width`` columns wide where its words allow it."""
    notes: dict[str, str] = {}
    for one in blocks:
        yield ""
        if one["kind"] == "heading":
            title = _line(one["body"], notes)
            yield title
            if one["level"] < 3:
                yield "=-"[one["level"] - 1] * min(len(title), width)
        elif one["kind"] == "provision":
            first = f"{one['name']:<{_INDENT}}"
            yield from filled(_line(one["body"], notes), width, first, " " * _INDENT)
        else:
            yield from _indented(_block(one, width - _INDENT, notes), " " * _INDENT)


def _block(one: Node, width: int, notes: dict[str, str]) -> Iterator[str]:
    width = max(width, 20)
    match one["kind"]:
        case "paragraph":
            yield from filled(_line(one["body"], notes), width)
        case "list":
            yield from _list(one, width, notes)
        case "terms":
            for item in one["items"]:
                yield from filled(_line(item["term"], notes), width)
                yield from _indented(_blocks(item["body"], width - 4, notes), "    ")
        case "table":
            yield from _table(one, width, notes)
        case "quote":
            yield from _indented(_blocks(one["body"], width - 2, notes), "> ")
        case "callout":
            yield from filled(_line(one["title"], notes), width)
            yield from _indented(_blocks(one["body"], width - 4, notes), "    ")
        case "code":
            yield from _indented(_unbroken(one["text"]).split("\n"), "    ")
        case "rule":
            yield "* * *"


def _blocks(blocks: Iterable[Node], width: int, notes: dict[str, str]) -> Iterator[str]:
    for number, one in enumerate(blocks):
        if number and one["kind"] != "list":
            yield ""
        yield from _block(one, width, notes)


def _list(one: Node, width: int, notes: dict[str, str]) -> Iterator[str]:
    for number, item in enumerate(one["items"]):
        mark = f"{one['start'] + number}. " if one["ordered"] else "- "
        found = list(_blocks(item, width - len(mark), notes)) or [""]
        yield (mark + found[0]).rstrip()
        yield from _indented(found[1:], " " * len(mark))


def _table(one: Node, width: int, notes: dict[str, str]) -> Iterator[str]:
    """Columns side by side where they fit; else every cell on a line of its own, with its head."""
    head = [_line(cell, notes) for cell in one["head"]]
    rows = [[_line(cell, notes) for cell in row] for row in one["rows"]]
    columns = zip(head, *rows, strict=True)
    widths = [max(map(len, column)) for column in columns]
    if sum(widths) + 2 * len(widths) <= width:
        for row in (head, ["-" * wide for wide in widths], *rows):
            cells = (f"{cell:<{wide}}" for cell, wide in zip(row, widths, strict=True))
            yield "  ".join(cells).rstrip()
        return
    for number, row in enumerate(rows):
        if number:
            yield ""
        for name, cell in zip(head, row, strict=True):
            yield from filled(f"{name}: {cell}" if name else cell, width, "", "    ")


def _line(pieces: Pieces, notes: dict[str, str]) -> str:
    return _unbroken("".join(_piece(one, notes) for one in pieces))


def _piece(one: str | Node, notes: dict[str, str]) -> str:
    if isinstance(one, str):
        return one
    match one["kind"]:
        case "code":
            return str(one["text"])
        case "break":
            return "\n"
        case "note":
            notes[one["id"]] = " ".join(_line(one["body"], notes).split())
            return f" ({notes[one['id']]})"
        case "again":
            return f" ({notes.get(one['id'], '')})"
    return _line(one["body"], notes)


def filled(text: str, width: int, first: str = "", later: str = "") -> Iterator[str]:
    """A text in lines of a width; ``first`` stands before the first of them, ``later`` the rest."""
    for part in text.split("\n"):
        yield from textwrap.wrap(
            part, width, initial_indent=first, subsequent_indent=later,
            break_long_words=False, break_on_hyphens=False,
        ) or [first.rstrip()]  # fmt: skip
        first = later


def _indented(lines: Iterable[str], margin: str) -> Iterator[str]:
    for line in lines:
        yield (margin + line).rstrip()


def _unbroken(text: str) -> str:
    """A text without the places to break it that a page needs."""
    return text.replace("\N{ZERO WIDTH SPACE}", "")
