"""A redline block by block as it is shown: each block once, with what went and came marked in it.

The new text gives the order and the form. A block that went stands where it stood, among what is
left of its list or table; two that were merged are one, with a mark where the old one ended.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from npcs.charter.redline.blocks import Block
from npcs.charter.redline.cells import Columns, cells
from npcs.charter.redline.compare import Change, Redline, State
from npcs.charter.redline.inline import Dress, Run, code_runs, runs
from npcs.charter.redline.leaves import Container
from npcs.charter.redline.words import Piece, Span

Mark = Literal["del", "ins", "del moved", "ins moved"]
BREAK = "¶"
"""Stands for the end of a paragraph that went or came."""


class Atom(NamedTuple):
    """A piece of what is seen: a text in one dress, with the marks it stands in, outermost first.

    A ``source`` is Markdown that is otherwise not seen, such as the address of a link that changed.
    """

    kind: Literal["text", "source", "break", "paragraph"]
    text: str
    dress: tuple[tuple[Dress, str], ...]
    marks: tuple[Mark, ...]


@dataclass(slots=True)
class Shown:
    """A block as it is shown.

    ``cells`` holds what is seen of it: for a row of a table cell by cell, else in one. ``was`` is
    the block it was made of, where that is another kind of block; ``down`` tells of a move that it
    leads further down.
    """

    block: Block
    state: State
    within: tuple[Container, ...]
    cells: list[list[Atom]]
    was: Block | None = None
    moved: int = 0
    first_of_move: bool = False
    down: bool = False
    provision: str = ""


def shown(redline: Redline) -> list[Shown]:
    """All blocks of a redline, in the order of reading."""
    places = _homes(redline)
    tables = {
        table: (columns, side)
        for pair, columns in redline.columns.items()
        for side, table in enumerate(pair)
    }
    first: dict[tuple[State, int], int] = {}
    for number, change in enumerate(redline.blocks):
        first.setdefault((change.state, change.moved), number)
    found = []
    for number, change in enumerate(redline.blocks):
        blocks = _blank(redline, change, places)
        if change.moved:
            ends = first["deleted", change.moved], first["inserted", change.moved]
            blocks[0].down = ends[0] < ends[1]
            blocks[0].first_of_move = number in ends
        if blocks[0].block.kind == "row":
            _fill_row(redline, change, blocks[0], tables)
        else:
            _fill(redline, change, blocks)
        for one in blocks:
            if one.state == "changed" and not one.was and not _is_marked(one):
                one.state = "same"  # but for blanks
        found += blocks
    return found


def _blank(redline: Redline, change: Change, places: dict[Container, Container]) -> list[Shown]:
    """The blocks that are shown for a change, with nothing in them yet."""
    mine = redline.old.blocks[slice(*change.old)]
    theirs = redline.new.blocks[slice(*change.new)]
    reworked = len(mine) == len(theirs) == 1 and form(mine[0]) != form(theirs[0])
    return [
        Shown(
            block,
            change.state,
            block.within if theirs else tuple(places.get(one, one) for one in block.within),
            [[]],
            mine[0] if reworked else None,
            change.moved,
            provision=block.provision,
        )
        for block in theirs or mine
    ]


def _homes(redline: Redline) -> dict[Container, Container]:
    """For lists, quotes and tables of the old text what they are in the new one."""
    found: dict[Container, Container] = {}
    for change in redline.blocks:
        if change.state in ("same", "changed"):
            old = redline.old.blocks[change.old[0]].within
            new = redline.new.blocks[change.new[0]].within
            for mine, theirs in zip(old, new, strict=False):
                if mine.holds != theirs.holds:
                    break
                found.setdefault(mine, theirs)
    return found


def form(block: Block) -> str:
    """What kind of block it is, in words."""
    lists = sum(one.holds in ("bullets", "numbers") for one in block.within)
    if block.kind == "heading":
        return f"a heading of level {block.level}"
    if block.kind in ("code", "row", "rule"):
        return {"code": "code", "row": "a row", "rule": "a line"}[block.kind]
    if lists:
        kind = next(
            one.holds for one in reversed(block.within) if one.holds in ("bullets", "numbers")
        )
        name = "a numbered item" if kind == "numbers" else "an item of a list"
        return name if lists == 1 else f"{name}, level {lists}"
    return "a quotation" if block.within else "a paragraph"


class _Cut(NamedTuple):
    """A run, cut to what a piece covers of it, and the column it stands in.

    What parts two blocks is a cut without a run.
    """

    run: Run | None
    column: int


class _Strip:
    """The runs of neighbouring blocks of one text, to be taken stretch by stretch from the left."""

    def __init__(self) -> None:
        self.entries: list[tuple[int, int, Run | None, int]] = []
        self.at = 0

    def add(self, start: int, runs: Sequence[Run], column: int = 0) -> None:
        """Add the runs of a block or a cell that starts at a place."""
        self.entries += ((start + one.start, start + one.end, one, column) for one in runs)

    def take(self, span: Span) -> list[_Cut]:
        """What stands in a stretch."""
        first, last = span
        found = []
        while self.at < len(self.entries):
            start, end, run, column = self.entries[self.at]
            if start >= last:
                break
            if run is None or run.kind != "text":
                if start >= first:
                    found.append(_Cut(run, column))
            elif max(first, start) < min(last, end):
                text = run.shown[max(first, start) - start : min(last, end) - start]
                found.append(_Cut(run._replace(shown=text), column))
            if end > last:
                break
            self.at += 1
        return found

    def addresses(self) -> set[str]:
        """Where the links lead."""
        return {run.shown for _, _, run, _ in self.entries if run and run.kind == "address"}


def _prose(blocks: Sequence[Block]) -> _Strip:
    strip = _Strip()
    for number, block in enumerate(blocks):
        if number:
            before = blocks[number - 1]
            strip.entries.append((before.start + len(before.text), block.start, None, 0))
        reading = code_runs if block.kind in ("code", "definition") else runs
        strip.add(block.start, reading(block.shown))
    return strip


def _fill(redline: Redline, change: Change, found: list[Shown]) -> None:
    """Put the pieces of a change into the blocks shown for it."""
    old = _prose(redline.old.blocks[slice(*change.old)])
    new = _prose(redline.new.blocks[slice(*change.new)])
    seen = _Seen(change, old.addresses(), new.addresses())
    at = 0
    for piece in change.pieces:
        goes, comes = old.take(piece.old), new.take(piece.new)
        cuts = goes if piece.op == "delete" else comes
        blank = found[at].block.kind != "code" and all(map(_is_blank, cuts))
        for cut in cuts:
            place = found[at].cells[0]
            if cut.run:
                place += seen.atoms(piece, cut.run, unmarked=blank)
                continue
            if piece.op != "equal":
                place.append(Atom("paragraph", BREAK, (), seen.marks(piece)))
            at += piece.op != "delete"


def _is_marked(one: Shown) -> bool:
    return any(atom.marks for cell in one.cells for atom in cell)


def _is_blank(cut: _Cut) -> bool:
    """Whether a cut shows nothing but blanks."""
    return cut.run is None or (cut.run.kind in ("text", "mark") and not cut.run.shown.strip())


def _fill_row(
    redline: Redline,
    change: Change,
    found: Shown,
    tables: dict[Container, tuple[Columns, int]],
) -> None:
    """Put the pieces of a changed row into its cells, those of both tables side by side."""
    rows = [
        side.blocks[span[0]] if span[0] < span[1] else None
        for side, span in ((redline.old, change.old), (redline.new, change.new))
    ]
    strips = (_Strip(), _Strip())
    count = 0
    for number, row in enumerate(rows):
        if row is None:
            continue
        columns, side = tables.get(row.within[-1], ((), number))
        numbers = [at for at, pair in enumerate(columns) if pair[side] is not None]
        count = max(count, len(columns))
        for place, (start, end) in enumerate(cells(row)):
            column = numbers[place] if place < len(numbers) else place
            count = max(count, column + 1)
            text = row.shown[start - row.start : end - row.start]
            blanks = len(text) - len(text.lstrip(" \t"))
            strips[number].add(start + blanks, runs(text.strip(" \t")), column)
    found.cells = [[] for _ in range(count)]
    seen = _Seen(change, strips[0].addresses(), strips[1].addresses())
    for piece in change.pieces:
        goes, comes = strips[0].take(piece.old), strips[1].take(piece.new)
        for cut in goes if piece.op == "delete" else comes:
            assert cut.run
            found.cells[cut.column] += seen.atoms(piece, cut.run)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What readers see of the pieces of a change; ``old`` and ``new`` are addresses of links."""

    change: Change
    old: set[str]
    new: set[str]

    def marks(self, piece: Piece) -> tuple[Mark, ...]:
        """The marks a piece stands in; an edit in a block that moved also in that of the move."""
        if piece.op == "equal":
            return ()
        mark: Mark = "del" if piece.op == "delete" else "ins"
        moved: Mark = "del moved" if piece.op == "delete" else "ins moved"
        if piece.moved:
            return (moved,)
        return (moved, mark) if self.change.moved else (mark,)

    def atoms(self, piece: Piece, run: Run, unmarked: bool = False) -> list[Atom]:
        """What is seen of a run in a piece: nothing of marks, of what went no link to follow.

        ``unmarked`` is for blanks that came or went where they do not count.
        """
        if unmarked and piece.op != "equal":
            return [] if piece.op == "delete" else [Atom("text", run.shown, (), ())]
        if run.kind in ("text", "sign"):
            links = piece.op != "delete"
            dress = tuple(one for one in run.dress if links or one[0] != "link")
            return [Atom("text", run.shown, dress, self.marks(piece))]
        if run.kind == "break":
            return [Atom("break", "", run.dress, self.marks(piece))]
        if piece.op == "equal" or self.change.state != "changed":
            return []
        other = self.new if piece.op == "delete" else self.old
        if run.kind == "anchor" or (run.kind == "address" and run.shown not in other):
            return [Atom("source", run.shown, (), self.marks(piece))]
        return []
