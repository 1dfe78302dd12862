"""The pieces of a redline as one run of text, in which the old and the new text are found again."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Literal, NamedTuple

from npcs.charter.redline.words import Op, Piece, Span


class Stretch(NamedTuple):
    """A stretch of text that stayed, went or came; ``moved`` is the id of the move it is part of.

    The texts of ``equal`` and ``delete`` in order are the old text, of ``equal`` and ``insert`` the
    new one, both normalized. What moved is deleted in one place and inserted in another.
    """

    op: Op
    text: str
    moved: str | None


def move_id(number: int) -> str | None:
    """The id of a move as it is shown: ``m1``."""
    return f"m{number}" if number else None


def stretches(old: str, new: str, pieces: Iterable[Piece]) -> Iterator[Stretch]:
    """The pieces of two texts, run together: between two that stayed, what went and what came."""
    kept = ""
    for same, group in groupby(pieces, lambda one: one.op == "equal"):
        if same:
            kept += "".join(new[slice(*one.new)] for one in group)
            continue
        changed = list(group)
        gone = _joined("delete", old, ((one.old, one) for one in changed if one.op == "delete"))
        come = _joined("insert", new, ((one.new, one) for one in changed if one.op == "insert"))
        head, tail = _trimmed(gone, come)
        kept += head
        if gone or come:
            if kept:
                yield Stretch("equal", kept, None)
            yield from gone
            yield from come
            kept = ""
        kept += tail
    if kept:
        yield Stretch("equal", kept, None)


def _joined(op: Op, text: str, spans: Iterable[tuple[Span, Piece]]) -> list[Stretch]:
    """The stretches of one kind, those of one move together."""
    found = []
    for moved, group in groupby(spans, lambda one: one[1].moved):
        joined = "".join(text[slice(*span)] for span, _ in group)
        if joined:
            found.append(Stretch(op, joined, move_id(moved)))
    return found


def _trimmed(gone: list[Stretch], come: list[Stretch]) -> tuple[str, str]:
    """Take from what went and came the blanks that both begin and end with; gives these.

    So with the number of an item: where one is put in before another, all that follow are new.
    """
    head = _taken(gone, come, 0, _HEAD)
    head += _taken(gone, come, 0, _NUMBER)
    return head, _taken(gone, come, -1, _TAIL)


def _taken(
    gone: list[Stretch], come: list[Stretch], end: Literal[0, -1], pattern: re.Pattern[str]
) -> str:
    if not gone or not come or gone[end].moved or come[end].moved:
        return ""
    found = [pattern.search(those[end].text) for those in (gone, come)]
    mine, theirs = (one[0] if one else "" for one in found)
    if not mine or mine != theirs:
        return ""
    for those in (gone, come):
        text = those[end].text
        if left := text[: -len(mine)] if end else text[len(mine) :]:
            those[end] = those[end]._replace(text=left)
        else:
            those.pop(end)
    return mine


_HEAD = re.compile(r"\A\s+")
_NUMBER = re.compile(r"\A\d{1,9}[.)](?!\S)", re.ASCII)
_TAIL = re.compile(r"(?<!\s)\s+\Z|\A\s+\Z")
