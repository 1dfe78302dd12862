"""Timelines: bars and points on an axis of days, a row for each thing that lasts.

A day begins where its midnight stands, so a bar of one day has a width, and bars of days that
follow one another touch. What reaches beyond the days that are shown ends in a point. What has
ended is a thin frame, what runs is filled, what is planned is a broken frame: forms tell, not
colours.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from npcs.governance.dates import add_months, day_after
from npcs.publish.charts.scale import Scale, in_rows
from npcs.publish.charts.svg import Number, element, line, path, picture, text

WIDTH = 720
_EDGE, _TOP, _NAME, _LANE, _BAR, _BETWEEN, _TIP = 8, 44, 17, 25, 21, 7, 8
_LETTER = Fraction(61, 10)
"""How wide a letter of a small text is, with some to spare."""

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

Form = Literal["past", "now", "planned", "limit", "rest"]
PointForm = Literal["done", "open", "late"]


@dataclass(frozen=True, slots=True)
class Bar:
    """Days from a first to a last, both inclusive; without a last they go on.

    ``words`` stand in it, the first that fit. ``thick`` are days that are marked along its top,
    ``cut`` says that it was to be longer. ``told`` is said when the pointer rests on it.
    """

    first: date
    last: date | None
    words: tuple[str, ...]
    form: Form
    told: str = ""
    thick: tuple[tuple[date, date | None], ...] = ()
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A day on which something is due or was done, and its number in the list."""

    on: date
    number: str
    form: PointForm
    told: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in one row: a name above bars and points. ``joins`` lead from point to point."""

    name: str
    bars: tuple[Bar, ...] = ()
    points: tuple[Point, ...] = ()
    joins: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that is drawn: rows between two days, both inclusive, and the day that is marked.

    ``thick`` says what the marks along the top of bars mean.
    """

    key: str
    title: str
    told: str
    first: date
    last: date
    rows: Sequence[Row]
    marked: date | None = None
    thick: str = ""


def drawn(one: Timeline) -> bytes:
    """The timeline as an SVG file."""
    return _Drawing(one).file()


class _Drawing:
    """A timeline while it is drawn."""

    def __init__(self, one: Timeline) -> None:
        self._one = one
        after = day_after(one.last)
        self._scale = Scale(
            Fraction(one.first.toordinal()), Fraction(after.toordinal()), _EDGE, WIDTH - _EDGE
        )
        self._forms: set[str] = set()

    def place(self, day: date) -> Fraction:
        """Where a day begins; what lies beyond the days shown is at their edge."""
        inside = min(max(day, self._one.first), day_after(self._one.last))
        return self._scale.place(inside.toordinal())

    def file(self) -> bytes:
        parts: list[str] = []
        y: Number = _TOP
        for row in self._one.rows:
            drawn, y = self._row(row, y)
            parts += drawn
        legend = list(self._legend(y + 22))
        body = [*self._axis(y), *parts, *legend]
        height = y + (34 if legend else 8)
        one = self._one
        return picture(one.key, one.title, one.told, WIDTH, height, "\n".join(body))

    def _axis(self, bottom: Number) -> Iterator[str]:
        """Months or years, as many as can be read, and the day that is marked."""
        last: Fraction | None = None
        for day, name in _ticks(self._one.first, self._one.last):
            x = self.place(day)
            yield line(x, _TOP - 14, x, bottom, "npcs-grid")
            room = _LETTER * len(name) + 4
            if (last is None or x - last > room) and x + room <= WIDTH:
                yield text(name, x + 3, _TOP - 18, class_="npcs-small")
                last = x
        yield line(_EDGE, _TOP - 14, WIDTH - _EDGE, _TOP - 14, "npcs-axis")
        today = self._one.marked
        if today and self._one.first <= today <= self._one.last:
            x = self.place(today)
            name = f"{today.day} {_MONTHS[today.month - 1]} {today.year}"
            half = _LETTER * len(name) / 2
            middle = min(max(x, half + 2), WIDTH - half - 2)
            yield line(x, 16, x, bottom, "npcs-today")
            yield text(name, middle, 12, "middle", "npcs-small npcs-strong")

    def _row(self, row: Row, top: Number) -> tuple[list[str], Number]:
        shown = [one for one in row.bars if self._is_seen(one)]
        parts = [text(row.name, _EDGE, top + 12, class_="npcs-small npcs-strong")]
        top += _NAME
        lanes = in_rows([
            (one.first.toordinal(), (one.last or date.max).toordinal()) for one in shown
        ])  # fmt: skip
        for bar, lane in zip(shown, lanes, strict=True):
            parts += self._bar(bar, top + lane * _LANE)
        top += _LANE * (max(lanes, default=-1) + 1)
        if row.points:
            parts += self._points(row, top)
            top += 40 if row.joins else 32
        return parts, top + _BETWEEN

    def _is_seen(self, bar: Bar) -> bool:
        return bar.first <= self._one.last and (bar.last is None or bar.last >= self._one.first)

    def _end(self, bar: Bar) -> Fraction:
        return self.place(date.max if bar.last is None else day_after(bar.last))

    def _bar(self, bar: Bar, y: Number) -> Iterator[str]:
        left, right = self.place(bar.first), self._end(bar)
        before = bar.first < self._one.first
        beyond = bar.last is None or bar.last > self._one.last
        low, middle = y + _BAR, y + Fraction(_BAR, 2)
        half = (right - left) / 2  # of a bar of few days
        from_ = left + (min(Fraction(_TIP), half) if before else 0)
        to = right - min(Fraction(_TIP if beyond else 1), half)
        corners = [
            *([(left, middle)] if before else []), (from_, y), (to, y),
            *([(right, middle)] if beyond else []), (to, low), (from_, low),
        ]  # fmt: skip
        self._forms.add(bar.form)
        parts = [path(corners, f"npcs-bar-{bar.form}", closed=True)]
        for first, last in bar.thick:
            start = max(self.place(first), from_)
            end = min(self.place(date.max if last is None else day_after(last)), to)
            if start < end:
                self._forms.add("thick")
                parts.append(line(start, y + 2, end, y + 2, "npcs-thick"))
        if bar.cut and not beyond:
            self._forms.add("cut")
            parts.append(path([(to - 4, y - 2), (to + 4, low + 2)], "npcs-cut"))
        room = int((to - from_ - 10) / _LETTER)
        words = next((one for one in bar.words if len(one) <= room), "")
        if words:
            parts.append(text(words, from_ + 5, y + 15, class_="npcs-small"))
        if bar.told not in ("", words):
            yield element("g", element("title", _escaped(bar.told)), *parts)
        else:
            yield from parts

    def _points(self, row: Row, top: Number) -> Iterator[str]:
        y = top + (18 if row.joins else 10)
        places = [self.place(one.on) for one in row.points]
        yield line(_EDGE, y, WIDTH - _EDGE, y, "npcs-grid")
        for start, end in row.joins:
            yield from _join(places[start], places[end], y)
        taken: list[Fraction] = []
        for x, one in zip(places, row.points, strict=True):
            self._forms.add(f"point-{one.form}")
            shape = _point(x, y, one.form)
            yield element("g", element("title", _escaped(one.told)), shape) if one.told else shape
            if not taken or abs(x - taken[-1]) > _LETTER * (len(one.number) + 1):
                yield text(one.number, x, y + 19, "middle", "npcs-small")
                taken.append(x)

    def _legend(self, y: Number) -> Iterator[str]:
        at: Number = _EDGE
        for form, words in _MEANINGS.items():
            if form not in self._forms:
                continue
            yield _sample(form, at, y)
            said = self._one.thick if form == "thick" else words
            yield text(said, at + 30, y, class_="npcs-small")
            at += 48 + _LETTER * len(said)


_MEANINGS = {
    "past": "over", "now": "runs", "planned": "to come", "limit": "at most so long",
    "rest": "paused", "thick": "", "cut": "ended early", "point-done": "done",
    "point-open": "open", "point-late": "late",
}  # fmt: skip
"""What each form means, in the order of the legend."""


def _sample(form: str, x: Number, y: Number) -> str:
    if form.startswith("point-"):
        return _point(x + 14, y - 4, form.removeprefix("point-"))
    if form == "thick":
        return line(x, y - 4, x + 24, y - 4, "npcs-thick")
    if form == "cut":
        return path([(x + 8, y - 12), (x + 16, y + 3)], "npcs-cut")
    corners = [(x, y - 10), (x + 24, y - 10), (x + 24, y + 2), (x, y + 2)]
    return path(corners, f"npcs-bar-{form}", closed=True)


def _point(x: Number, y: Number, form: str) -> str:
    """Done is a full disc, open a ring, late a square on its corner with a sign in it."""
    if form == "done":
        return element("circle", cx=x, cy=y, r=6, class_="npcs-point")
    if form == "open":
        return element("circle", cx=x, cy=y, r=6, class_="npcs-on")
    corners = [(x, y - 8), (x + 8, y), (x, y + 8), (x - 8, y)]
    sign = path([(x, y - 4), (x, y + 1)], "npcs-thick")
    dot = path([(x, y + 4), (x, y + 5)], "npcs-thick")
    return path(corners, "npcs-on", closed=True) + sign + dot


def _join(start: Fraction, end: Fraction, y: Number) -> Iterator[str]:
    """A bow from a step to the one that comes after it, with the head of an arrow."""
    top, to = y - 14, end - (8 if end >= start else -8)
    yield path([(start, y - 6), (start, top), (to, top), (to, y - 7)], "npcs-bracket")
    yield path([(to - 3, y - 11), (to, y - 7), (to + 3, y - 11)], "npcs-bracket")


def _ticks(first: date, last: date) -> Iterator[tuple[date, str]]:
    """The first days of months, quarters, halves or years between two days, with their names."""
    months = 12 * (last.year - first.year) + last.month - first.month + 1
    step = next((one for one in (1, 2, 3, 6, 12, 24, 60) if months / one <= 12), 120)
    number = -(-(12 * first.year + first.month - (1 if first.day == 1 else 0)) // step) * step
    day = date(number // 12, number % 12 + 1, 1)
    while day <= last:
        yield day, str(day.year) if step >= 12 else f"{_MONTHS[day.month - 1]} {day.year}"
        after = add_months(day, step)
        if after.day != 1:  # the calendar ends
            return
        day = after


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
