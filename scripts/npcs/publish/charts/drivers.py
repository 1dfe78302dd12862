"""Driver diagrams: an aim, what moves it, and what moves that, drawn as SVG.

The drawing takes the colour of the text around it, so that it reads in light and in dark, on paper
and without colour. A list beside it says the same in words.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from npcs.records.workplan import Driver, Priority

COLUMNS = ("Aim", "Drivers", "What moves them", "Ideas to test")
"""What stands above each column; what lies deeper stands in the list alone."""

MOST = 120
"""How many drivers a drawing has at most: with more it could not be read."""

_WIDTH, _GAP, _PAD = 192, 30, 10
_SIZE, _LINE, _HEAD, _BETWEEN = 14, 19, 34, 14
_LETTERS, _LINES = 23, 14
"""Letters that surely fit in a line of a box, and lines in a box before it is cut."""


@dataclass(slots=True)
class _Box:
    """A text at a depth, its lines, and from where to where it stands."""

    depth: int
    lines: list[str]
    below: "list[_Box]" = field(default_factory=list)
    top: float = 0

    @property
    def height(self) -> int:
        return len(self.lines) * _LINE + 2 * _PAD - (_LINE - _SIZE)

    @property
    def left(self) -> int:
        return self.depth * (_WIDTH + _GAP) + 1

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def can_be_drawn(priority: Priority) -> bool:
    """Whether a priority has drivers, and few enough for a drawing."""
    return 0 < sum(1 for _ in _all(priority.drivers, 1)) <= MOST


def drawing(priority: Priority) -> str:
    """The driver diagram of a priority as an SVG of its own."""
    root = _box(priority.aim, priority.drivers, 0)
    bottom = _place(root, _HEAD)
    boxes = list(_each(root))
    deepest = max(one.depth for one in boxes)
    columns = max(deepest + 1, 3)  # a narrower one would be blown up
    width, height = columns * (_WIDTH + _GAP) - _GAP + 2, round(bottom + 1)
    names = [one.text for one in priority.drivers]
    told = f"The aim is on the left. {len(names)} drivers move it: {'; '.join(names)}."
    if len(names) == 1:
        told = f"The aim is on the left. One driver moves it: {names[0]}."
    key = f"drivers-{priority.key}"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" role="img" '
            f'aria-labelledby="{key}-title {key}-desc" font-family="sans-serif" '
            f'font-size="{_SIZE}" fill="currentColor">',
            f'<title id="{key}-title">{escape(f"Driver diagram: {priority.title}")}</title>',
            f'<desc id="{key}-desc">{escape(told)} The list beside it says all of it.</desc>',
            *(_text(column * (_WIDTH + _GAP) + 1, _SIZE, [name], bold=True)
              for column, name in enumerate(COLUMNS[: deepest + 1])),
            *(_line(one, child) for one in boxes for child in one.below),
            *(_frame(one) for one in boxes),
            "</svg>\n",
        ]
    )  # fmt: skip


def _all(drivers: Sequence[Driver], depth: int) -> Iterator[tuple[int, Driver]]:
    for one in drivers:
        yield depth, one
        yield from _all(one.drivers, depth + 1)


def _box(text: str, drivers: Sequence[Driver], depth: int) -> _Box:
    lines = textwrap.wrap(" ".join(text.split()), _LETTERS) or ["…"]
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], lines[_LINES - 1][: _LETTERS - 1] + "…"]
    deeper = drivers if depth + 1 < len(COLUMNS) else ()
    return _Box(depth, lines, [_box(one.text, one.drivers, depth + 1) for one in deeper])


def _place(box: _Box, top: float) -> float:
    """Put a box beside the middle of those below it, and give where the next may begin."""
    bottom = top
    for one in box.below:
        bottom = _place(one, bottom) + _BETWEEN
    bottom -= _BETWEEN if box.below else 0
    spare = bottom - top - box.height
    if spare < 0:
        for one in box.below:
            _move(one, -spare / 2)
    box.top = top + max(spare, 0) / 2
    return max(bottom, top + box.height)


def _move(box: _Box, by: float) -> None:
    for one in _each(box):
        one.top += by


def _each(box: _Box) -> Iterator[_Box]:
    yield box
    for one in box.below:
        yield from _each(one)


def _frame(box: _Box) -> str:
    thick = 2.5 if box.depth == 0 else 1.25
    return (
        f'<rect x="{box.left}" y="{box.top:.1f}" width="{_WIDTH}" height="{box.height}" rx="4" '
        f'fill="none" stroke="currentColor" stroke-width="{thick}"></rect>\n'
        + _text(box.left + _PAD, box.top + _PAD + _SIZE - 2, box.lines)
    )


def _text(left: float, top: float, lines: Sequence[str], bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    inside = "".join(
        f'<tspan x="{left}" y="{top + number * _LINE:.1f}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return f"<text{weight}>{inside}</text>"


def _line(box: _Box, child: _Box) -> str:
    from_, to = box.left + _WIDTH, child.left
    half = (from_ + to) / 2
    return (
        f'<path d="M{from_} {box.middle:.1f}H{half}V{child.middle:.1f}H{to}" fill="none" '
        'stroke="currentColor" stroke-width="1.25"></path>'
    )
