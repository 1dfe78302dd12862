"""The line a finding speaks of: cut, marked and made harmless."""

from unicodedata import east_asian_width

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcs.cli.source import WIDTH, Sources, excerpt


@pytest.mark.parametrize(
    ("line", "column", "shown", "marks"),
    [
        ("office: member", 9, "office: member", "        ^^^^^^"),
        ("office: member", 1, "office: member", "^^^^^^"),
        ("office: member  # why", 9, "office: member  # why", "        ^^^^^^"),
        ('title: "a: b # c" # d', 8, 'title: "a: b # c" # d', "       ^^^^^^^^^^"),
        ("name: 'it''s'", 7, "name: 'it''s'", "      ^^^^^^^"),
        ("aim: less than half, by May", 6, "aim: less than half, by May", "     " + "^" * 22),
        ("people: [ana, bo]", 10, "people: [ana, bo]", "         ^^^"),
        ("on: {from: 2027-01-01}", 12, "on: {from: 2027-01-01}", "           ^^^^^^^^^^"),
        ("\tx: 1", 2, "    x: 1", "    ^"),
        ("a\tb: 1", 3, "a   b: 1", "    ^"),
        ("北京: x", 1, "北京: x", "^^^^"),
        ("北京: x", 5, "北京: x", "      ^"),
        ("e\u0301: x", 4, "e\u0301: x", "  ^"),
        ("a", 2, "a", " ^"),
        ("a", 99, "a", " ^"),
        ("a", 0, "a", "^"),
        ("x: \x1b[2J", 4, "x: \\x1b[2J", "   ^^^^^^^"),
        ("x: \u202ey", 4, "x: \\u202ey", "   ^^^^^^^"),
    ],
)
def test_mark_stands_below_what_is_meant(line, column, shown, marks):
    assert excerpt(line, column) == (shown, marks)


def test_in_prose_a_word_is_marked():
    assert excerpt("see [it](gone.md) there", 10, prose=True).marks == " " * 9 + "^" * 8


def test_a_long_line_is_cut_around_the_place():
    line = "a" * 300 + " target " + "b" * 300
    shown, marks = excerpt(line, 302)
    assert shown.startswith("...")
    assert shown.endswith("...")
    assert shown[marks.index("^") :].startswith("target")
    assert len(shown) <= WIDTH + 6


def test_a_million_characters_take_no_time():
    shown, marks = excerpt("x" * 1_000_000, 500_000)
    assert len(shown) <= WIDTH + 6
    assert shown[marks.index("^")] == "x"


@given(st.text(st.characters(exclude_characters="\r\n"), max_size=400), st.integers(0, 500))
def test_no_line_is_too_long_or_harmful_and_marks_are_below_it(line, column):
    shown, marks = excerpt(line, column)
    assert set(marks) <= {" ", "^"}
    assert marks.strip(" ")
    width = sum(2 if east_asian_width(one) in "WF" else 1 for one in shown)
    assert len(marks) <= width + 1
    assert len(marks) <= WIDTH + 4
    assert not any(ord(one) < 0x20 or 0x7F <= ord(one) < 0xA0 for one in shown)


def test_lines_are_those_of_the_reader(write):
    root = write({"charter/people/a.yml": b"one\r\ntwo\rthree\nfo\xffur"})
    sources = Sources(root)
    assert list(sources.lines("charter/people/a.yml")) == ["one", "two", "three", "fo\ufffdur"]
    assert sources.line("charter/people/a.yml", 5) is None
    assert sources.line("charter/people/a.yml", 0) is None


def test_what_cannot_be_read_has_no_lines(write):
    root = write({"secret": "x\n", "charter/people/a.yml": "x\n"})
    (root / "charter/people/link.yml").symlink_to(root / "secret")
    sources = Sources(root)
    for path in ("gone.yml", "charter/people", "charter/people/link.yml", "a\udce9.yml"):
        assert sources.excerpt(path, 1, 1) is None


def test_below_the_front_matter_is_prose(write):
    root = write({"a.md": "---\ntitle: two words\n---\ntwo words\n", "b.md": "two words\n"})
    sources = Sources(root)
    assert sources.excerpt("a.md", 2, 8).marks.count("^") == len("two words")
    assert sources.excerpt("a.md", 4, 1).marks.count("^") == len("two")
    assert sources.excerpt("b.md", 1, 1).marks.count("^") == len("two")


def test_a_file_in_utf_16_is_not_shown(write):
    root = write({"charter/people/a.yml": "name: Ana\n".encode("utf-16")})
    assert Sources(root).excerpt("charter/people/a.yml", 1, 1) is None
