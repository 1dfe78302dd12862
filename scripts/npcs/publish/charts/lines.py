"""Run charts and control charts: values over time, a line in their middle, and what stands out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise

from npcs.governance.decimals import decimal
from npcs.publish.charts.scale import Scale, in_rows, round_scale, thinned, ticks
from npcs.publish.charts.svg import Number, element, line, path, picture, text
from npcs.records.figures import Period

WIDTH, LEFT, RIGHT = 720, 58, 618
TOP, HEIGHT = 30, 230
_ROW = 18
_MONTHS = "JFMAMJJASOND"


@dataclass(frozen=True, slots=True)
class Mark:
    """A row of values that are a signal, by their places, and what kind it is in a word."""

    first: int
    last: int
    word: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something that happened, where it lies between the periods, and its number in the list."""

    at: Fraction
    number: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is drawn of a chart.

    ``levels`` are the lines across it: a name, a value, and whether it is the one in the middle.
    ``baseline`` is how many of the first values that one is of. ``broken`` holds the places of
    values that no line joins to the one before. ``hidden`` are periods whose value is not shown.
    ``marked`` are the places of values that are part of a signal, ``ringed`` of those beyond a
    limit.
    """

    key: str
    title: str
    told: str
    unit: str
    places: int
    periods: Sequence[Period]
    values: Sequence[Fraction]
    levels: Sequence[tuple[str, Fraction, bool]] = ()
    baseline: int | None = None
    broken: frozenset[int] = frozenset()
    hidden: Sequence[Period] = ()
    marks: Sequence[Mark] = ()
    marked: frozenset[int] = frozenset()
    ringed: frozenset[int] = frozenset()
    notes: Sequence[Note] = field(default=())


def drawn(one: Drawing) -> bytes:
    """The chart as an SVG file."""
    return _Chart(one).file()


class _Chart:
    """A chart while it is drawn: its scales, and how much room stands above the values."""

    def __init__(self, one: Drawing) -> None:
        self._one = one
        numbers = [period.number for period in (*one.periods, *one.hidden)]
        first, last = min(numbers), max(numbers)
        self._x = Scale(Fraction(first), Fraction(last), LEFT + 14, RIGHT - 14)
        self._pitch = Fraction(RIGHT - LEFT - 28) / max(1, last - first)
        self._numbers = range(first, last + 1)
        spans = [(self._across(it.first) - 6, self._across(it.last) + 6) for it in one.marks]
        self._rows = in_rows(spans)
        self._spans = spans
        top = TOP + _ROW * (max(self._rows, default=-1) + 1)
        every = [*one.values, *(value for _, value, _ in one.levels)]
        self._top, self._bottom = top, top + HEIGHT
        self._y = round_scale(every, self._bottom, top)

    def file(self) -> bytes:
        one = self._one
        parts = [
            *self._frame(), *self._notes(), *self._lines(), *self._values(), *self._brackets(),
            *self._under(), *self._legend(),
        ]  # fmt: skip
        height = self._bottom + 86
        return picture(one.key, one.title, one.told, WIDTH, height, "\n".join(parts))

    def _across(self, place: int) -> Fraction:
        return self._x.place(self._one.periods[place].number)

    def _frame(self) -> Iterator[str]:
        yield text(self._one.unit, 0, 12, class_="npcs-strong")
        for tick in ticks(self._y):
            y = self._y.place(tick)
            yield line(LEFT, y, RIGHT, y, "npcs-grid")
            yield text(decimal(tick, _places(self._y)), LEFT - 8, y + 4, "end")
        yield line(LEFT, self._bottom, RIGHT, self._bottom, "npcs-axis")

    def _lines(self) -> Iterator[str]:
        labels = _apart([self._y.place(value) for _, value, _ in self._one.levels])
        for (name, value, is_centre), label in zip(self._one.levels, labels, strict=True):
            y = self._y.place(value)
            if is_centre and self._one.baseline is not None:
                turn = self._across(self._one.baseline - 1) if self._one.baseline else LEFT
                yield line(LEFT, y, turn, y, "npcs-centre")
                yield line(turn, y, RIGHT, y, "npcs-carried")
            else:
                yield line(LEFT, y, RIGHT, y, "npcs-centre" if is_centre else "npcs-limit")
            yield text(f"{name} {decimal(value, self._one.places)}", RIGHT + 6, label + 4,
                       class_="npcs-small")  # fmt: skip

    def _values(self) -> Iterator[str]:
        points = [
            (self._across(at), self._y.place(value)) for at, value in enumerate(self._one.values)
        ]
        start = 0
        for at in (*sorted(self._one.broken), len(points)):
            if at - start > 1:
                yield path(points[start:at], "npcs-values")
            start = at
        middle = next((value for _, value, is_centre in self._one.levels if is_centre), None)
        for at, (x, y) in enumerate(points):
            value = self._one.values[at]
            told = f"{self._one.periods[at].label}: {decimal(value, self._one.places)}"
            yield _point(x, y, told, at in self._one.marked, value == middle)
            if at in self._one.ringed:
                yield element("circle", cx=x, cy=y, r=9, class_="npcs-ring")

    def _brackets(self) -> Iterator[str]:
        for mark, (first, last), row in zip(self._one.marks, self._spans, self._rows, strict=True):
            y = self._top - 8 - _ROW * row
            yield path([(first, y + 5), (first, y), (last, y), (last, y + 5)], "npcs-bracket")
            yield text(mark.word, (first + last) / 2, y - 4, "middle", "npcs-small")

    def _notes(self) -> Iterator[str]:
        """A dotted line where something happened; those close together share a box below."""
        y = self._bottom + 44
        boxes: list[tuple[Fraction, Fraction, str, str]] = []
        for note in self._one.notes:
            x = self._x.place(note.at)
            yield line(x, self._top, x, y, "npcs-event")
            if boxes and x - boxes[-1][1] < 22:
                boxes[-1] = (boxes[-1][0], x, boxes[-1][2], note.number)
            else:
                boxes.append((x, x, note.number, note.number))
        for start, end, first, last in boxes:
            words = first if first == last else f"{first}–{last}"
            width, middle = max(15, 8 + 6 * len(words)), (start + end) / 2
            x = middle - Fraction(width, 2)
            yield element("rect", x=x, y=y, width=width, height=15, class_="npcs-axis")
            yield text(words, middle, y + 12, "middle", "npcs-small")

    def _under(self) -> Iterator[str]:
        """The names of the periods: years below, their parts above them where there is room."""
        form = (*self._one.periods, *self._one.hidden)[0].form
        parts = {"quarters": 4, "months": 12}.get(form, 1)
        for number in thinned(self._numbers, 240):
            x = self._x.place(number)
            yield line(x, self._bottom, x, self._bottom + 4, "npcs-axis")
        if parts == 1:
            fy = "FY" if form == "fiscal years" else ""
            less = 1 if form == "years" else 0  # a year's number is that of the one after
            for number in thinned(self._numbers, max(1, int((RIGHT - LEFT) / (48 if fy else 40)))):
                yield text(f"{fy}{number - less}", self._x.place(number), self._bottom + 18,
                           "middle")  # fmt: skip
            return
        narrow = self._pitch < (22 if parts == 4 else 10)
        first = True
        for number in self._numbers:
            year, part = divmod(number - 1, parts)
            x = self._x.place(number)
            if not narrow:
                name = f"Q{part + 1}" if parts == 4 else _MONTHS[part]
                yield text(name, x, self._bottom + 18, "middle", "npcs-small")
            if part == 0 or (first and parts - part > 1):
                yield text(str(year), x, self._bottom + (18 if narrow else 34), "middle")
            first = False
        for period in self._one.hidden:
            yield from _cross(self._x.place(period.number), self._bottom - 7)

    def _legend(self) -> Iterator[str]:
        """The forms that are in the chart, and what they mean."""
        middle = next(((name, value) for name, value, is_centre in self._one.levels if is_centre),
                      ("", None))  # fmt: skip
        x, y = LEFT, self._bottom + 80
        shown = []
        if self._one.marked:
            shown.append((_point(x, y - 4, "", True, False), "part of a signal"))
        if self._one.ringed:
            shown.append((element("circle", cx=x, cy=y - 4, r=7, class_="npcs-ring"),
                          "beyond a limit"))  # fmt: skip
        if middle[1] is not None and middle[1] in self._one.values:
            shown.append((_point(x, y - 4, "", False, True), f"on the {middle[0]}"))
        if self._one.hidden:
            shown.append(("".join(_cross(x, y - 4)), "not shown"))
        if self._one.notes:
            box = element("rect", x=x - 7, y=y - 12, width=15, height=15, class_="npcs-axis")
            one = text("1", x, y, "middle", "npcs-small")
            shown.append((box + one, "see “What happened”"))
        at = 0
        for form, words in shown:
            inside = f"{form}{text(words, LEFT + 14, y, class_='npcs-small')}"
            yield element("g", inside, transform=f"translate({at} 0)")
            at += 40 + 6 * len(words)


def _places(scale: Scale) -> int:
    """How many decimal places the numbers of an axis have."""
    steps = [tick.denominator for tick in ticks(scale)]
    return next((places for places in range(9) if all(10**places % one == 0 for one in steps)), 9)


def _apart(places: Sequence[Fraction]) -> list[Fraction]:
    """Places for labels, moved so that none lies on another."""
    found = list(places)
    order = sorted(range(len(found)), key=lambda at: found[at])
    for before, after in pairwise(order):
        found[after] = max(found[after], found[before] + 13)
    return found


def _point(x: Number, y: Number, told: str, is_marked: bool, is_on: bool) -> str:
    title = element("title", told) if told else ""
    if is_marked:
        corners = [(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)]
        inside = path(corners, "npcs-marked", closed=True)
        return element("g", title, inside) if title else inside
    circle = {"cx": x, "cy": y, "r": Fraction(7, 2)}
    class_ = "npcs-on" if is_on else "npcs-point"
    return element("circle", *([title] if title else []), class_=class_, **circle)


def _cross(x: Number, y: Number) -> Iterator[str]:
    yield line(x - 4, y - 4, x + 4, y + 4, "npcs-axis")
    yield line(x - 4, y + 4, x + 4, y - 4, "npcs-axis")
