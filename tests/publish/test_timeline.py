"""Drawings of days: where bars and points stand, and what a picture says without its colours."""

from datetime import date, timedelta
from fractions import Fraction
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from npcs.publish.charts import presence, timeline
from npcs.publish.charts.timeline import Bar, Point, Row, Timeline, drawn

DAY = timedelta(days=1)
FIRST = date(2029, 6, 16)
SVG = "{http://www.w3.org/2000/svg}"


def shown(*rows: Row, last: date = date(2031, 6, 15), today: date | None = None) -> bytes:
    return drawn(Timeline("t", "Terms", "Told.", FIRST, last, rows, today, "co-chair"))


def root(file: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(file)


def of_class(file: bytes, name: str) -> list[ElementTree.Element]:
    return [one for one in root(file).iter() if one.get("class", "").split()[:1] == [name]]


def corners(one: ElementTree.Element) -> list[tuple[Fraction, Fraction]]:
    pairs = one.get("d", "").removeprefix("M").removesuffix("Z").split("L")
    return [(Fraction(x), Fraction(y)) for x, y in (pair.split() for pair in pairs)]


def across(one: ElementTree.Element) -> tuple[Fraction, Fraction]:
    places = [x for x, _ in corners(one)]
    return min(places), max(places)


spans = st.tuples(st.integers(-400, 1200), st.integers(1, 900))


@settings(max_examples=150, deadline=None)
@given(st.lists(spans, min_size=1, max_size=6))
def test_bars_stand_where_their_days_are_and_never_on_one_another(made):
    bars = tuple(
        Bar(FIRST + start * DAY, FIRST + (start + length - 1) * DAY, (), "now")
        for start, length in sorted(made)
    )
    last = FIRST + 729 * DAY
    file = shown(Row("One", bars), last=last)
    seen = [one for one in bars if one.first <= last and one.last >= FIRST]
    found = of_class(file, "npcs-bar-now")[: len(seen)]  # the legend's comes after
    assert len(found) == len(seen)
    pitch = Fraction(704, 730)
    boxes = []
    for bar, path in zip(seen, found, strict=True):
        left, right = across(path)
        first, until = max(bar.first, FIRST), min(bar.last, last)
        assert abs(left - (8 + pitch * (first - FIRST).days)) <= Fraction(1, 10)
        end = 8 + pitch * ((until - FIRST).days + 1)
        assert -Fraction(1, 10) <= end - right <= Fraction(11, 10)
        assert left >= 8
        assert right <= 712
        pointed = (bar.first < FIRST) + (bar.last > last)
        assert len(corners(path)) == 4 + pointed
        boxes.append((left, right, min(y for _, y in corners(path))))
    for at, (left, right, y) in enumerate(boxes):
        for others_left, others_right, other_y in boxes[at + 1 :]:
            assert y != other_y or right <= others_left or others_right <= left


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 20_000))
def test_an_axis_of_any_length_names_few_days_in_order(first, length):
    last = first + length * DAY
    ticks = list(timeline._ticks(first, last))
    assert len(ticks) <= 13
    days = [day for day, _ in ticks]
    assert days == sorted(set(days))
    assert all(first <= day <= last and day.day == 1 for day in days)
    assert all(str(day.year) in name for day, name in ticks)


@given(st.integers(0, 200))
def test_no_name_on_an_axis_reaches_beyond_the_drawing(more):
    file = shown(last=date(2030, 12, 1) + more * DAY)
    for one in of_class(file, "npcs-small"):
        assert Fraction(one.get("x", "")) + 6 * len(one.text or "") <= 720


def test_the_end_of_the_calendar_ends_the_axis():
    assert list(timeline._ticks(date(9999, 11, 30), date.max)) == [(date(9999, 12, 1), "Dec 9999")]


def test_words_stand_in_a_bar_that_has_room_for_them_and_else_are_told():
    words = ("Ana Bell, 16 June 2029 to 15 June 2030", "Ana Bell", "A. Bell")
    wide = Bar(FIRST, date(2030, 6, 15), words, "past", told=words[0])
    narrow = Bar(date(2030, 7, 1), date(2030, 8, 26), words, "planned", told=words[0], cut=True)
    file = shown(Row("Ohio", (wide, narrow)), today=date(2030, 6, 20))
    texts = [one.text for one in root(file).iter(f"{SVG}text")]
    assert words[0] in texts
    assert words[2] in texts
    titles = [one.text for one in root(file).iter(f"{SVG}title")]
    assert titles == ["Terms", words[0]]
    assert {"over", "to come", "ended early"} <= {*texts}
    assert "runs" not in texts
    assert "20 Jun 2030" in texts


def test_what_is_done_open_or_late_differs_in_form_and_joins_lead_on():
    days = [date(2030, 1, 1), date(2030, 3, 1), date(2030, 9, 1)]
    forms = ("done", "late", "open")
    points = tuple(
        Point(day, str(at), form, f"<{form}> & more")
        for at, (day, form) in enumerate(zip(days, forms, strict=True), 1)
    )
    file = shown(Row("A", points=points, joins=((0, 1), (1, 2))))
    assert len(of_class(file, "npcs-bracket")) == 4
    assert len(of_class(file, "npcs-point")) == 2  # one of them in the legend
    titles = [one.text for one in root(file).iter(f"{SVG}title")]
    assert titles[1:] == ["<done> & more", "<late> & more", "<open> & more"]
    assert "fill=" not in file.decode()


def test_attendance_is_told_by_forms():
    days = [date(2030, month, 9) for month in range(1, 13)]
    marks: list[str | None] = [None, "present", "absent", "excused", "", *["present"] * 7]
    line = presence.Line("A name that is far too long to stand beside it", marks, "8 of 11")
    sums = [f"{at}/11" for at in range(12)]
    file = presence.drawn(presence.Presence("p", "Who", "Told.", days, [line], sums))
    ways = {one.get("class"): one.get("d", "").count("M") for one in root(file).iter(f"{SVG}path")}
    assert ways == {"npcs-full": 1, "npcs-axis": 1, "npcs-cut": 1}  # the legend's, the last ones
    full = [one.get("d", "") for one in root(file).iter(f"{SVG}path")]
    assert [one.count("M") for one in full] == [8, 1, 1, 1, 1, 1, 1, 1]
    texts = [one.text for one in root(file).iter(f"{SVG}text")]
    assert texts[12].endswith("…")
    assert {"present", "excused", "absent", "not recorded", "8 of 11", "9 Dec"} <= {*texts}
