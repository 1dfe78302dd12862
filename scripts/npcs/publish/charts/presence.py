"""Who was at which meeting, as a picture: a row for each person, a column for each meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from npcs.publish.charts.scale import thinned
from npcs.publish.charts.svg import Number, element, line, number, picture, text

WIDTH, _LEFT, _RIGHT, _TOP, _ROW = 720, 168, 640, 36, 21
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_LETTERS = 26

FORMS = {"present": "present", "excused": "excused", "absent": "absent", "": "not recorded"}
"""The forms a meeting can have for a person, and their names in the legend."""


@dataclass(frozen=True, slots=True)
class Line:
    """A person's name, one of ``FORMS`` for each meeting or None where not in office, and a sum."""

    name: str
    marks: Sequence[str | None]
    total: str


@dataclass(frozen=True, slots=True)
class Presence:
    """All that is drawn: the days of the meetings, a line for each person, and one for the sums."""

    key: str
    title: str
    told: str
    days: Sequence[date]
    lines: Sequence[Line]
    sums: Sequence[str]


def drawn(one: Presence) -> bytes:
    """The picture as an SVG file."""
    pitch = min(Fraction(_RIGHT - _LEFT, max(1, len(one.days))), Fraction(44))
    places = [_LEFT + pitch * at + pitch / 2 for at in range(len(one.days))]
    parts = []
    room = max(1, int((_RIGHT - _LEFT) / max(pitch, Fraction(38))))
    for at in thinned(range(len(one.days)), room):
        day = one.days[at]
        name = f"{day.day} {_MONTHS[day.month - 1]}"
        parts.append(text(name, places[at], _TOP - 12, "middle", "npcs-small"))
    y: Number = _TOP
    for it in one.lines:
        parts.append(line(0, y - 4, WIDTH, y - 4, "npcs-grid"))
        name = it.name if len(it.name) <= _LETTERS else f"{it.name[: _LETTERS - 1]}…"
        parts.append(text(name, 0, y + 11, class_="npcs-small", title=it.name))
        for form in FORMS:
            marks = [(x, y + 7) for x, mark in zip(places, it.marks, strict=True) if mark == form]
            if marks:
                parts.append(_marks(marks, form))
        parts.append(text(it.total, WIDTH, y + 11, "end", "npcs-small"))
        y += _ROW
    parts.append(line(0, y - 4, WIDTH, y - 4, "npcs-axis"))
    parts.append(text("Present, of those in office", 0, y + 11, class_="npcs-small"))
    shown = thinned(range(len(one.days)), room)
    parts += [text(one.sums[at], places[at], y + 11, "middle", "npcs-small") for at in shown]
    y += 38
    x: Number = 0
    for form, words in FORMS.items():
        if any(form in it.marks for it in one.lines):
            parts += [_marks([(x + 6, y - 4)], form), text(words, x + 18, y, class_="npcs-small")]
            x += 40 + 7 * len(words)
    return picture(one.key, one.title, one.told, WIDTH, y + 8, "\n".join(parts))


def _marks(those: Sequence[tuple[Number, Number]], form: str) -> str:
    """All marks of a form in one path: a full square, an open one, a cross, a dash."""
    bit = {
        "present": "m-5-5h10v10h-10z",
        "excused": "m-5-5h10v10h-10z",
        "absent": "m-5-5l10 10m0-10l-10 10",
        "": "m-4 0h8",
    }[form]
    class_ = {"present": "npcs-full", "excused": "npcs-axis"}.get(form, "npcs-cut")
    way = "".join(f"M{number(x)} {number(y)}{bit}" for x, y in those)
    return element("path", d=way, class_=class_)
