"""Writing YAML: any text comes back as it was, and other programs read the same."""

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from npcs.demo.dice import Dice
from npcs.demo.yamlout import WIDTH, Folded, document, markdown, scalar, wrapped
from npcs.records.yamltext import parse

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" "),
    min_size=1, max_size=60,
)  # fmt: skip
WORDS = st.lists(
    st.text(st.characters(codec="ascii", categories=("L", "N", "P")), min_size=1, max_size=30),
    min_size=1, max_size=60,
)  # fmt: skip


@given(TEXTS)
def test_any_text_comes_back(text: str) -> None:
    parsed = parse(f"a: {scalar(text)}\n")
    assert parsed.data == {"a": text}
    assert not parsed.ambiguous


@given(TEXTS)
def test_other_programs_read_it_as_text_too(text: str) -> None:
    assert yaml.safe_load(f"a: {scalar(text)}\n") == {"a": text}


@given(WORDS)
def test_long_prose_comes_back(words: list[str]) -> None:
    text = " ".join(words)
    assert parse(document({"a": Folded(text), "b": [Folded(text)]})).data == {
        "a": text,
        "b": [text],
    }


@given(WORDS)
def test_wrapping_keeps_words_and_width(words: list[str]) -> None:
    text = " ".join(words)
    lines = wrapped(text, 40)
    assert " ".join(lines) == text
    assert all(len(line) <= 40 for line in lines)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("yes", '"yes"'), ("no", '"no"'), ("1.0", '"1.0"'), ("012", '"012"'), ("3", '"3"'),
        ("1:30", '"1:30"'), ("null", '"null"'), ("~", '"~"'), ("2027-03-01", '"2027-03-01"'),
        ("2/3", "2/3"), ("90 days", "90 days"), ("more than 1/2", "more than 1/2"),
        ("D-2027-001", "D-2027-001"), ("2027-03-01-ana-ruiz-member", "2027-03-01-ana-ruiz-member"),
        ("a: b", '"a: b"'), ("a #b", '"a #b"'), ("Say “no”", "Say “no”"), ('a "b"', '"a \\"b\\""'),
        ("- a", '"- a"'), ("(fictional)", "(fictional)"), ("it's", "it's"),
        ("trailing:", '"trailing:"'),
    ],
)  # fmt: skip
def test_quotes_only_where_they_are_needed(text: str, written: str) -> None:
    assert scalar(text) == written


def test_the_canonical_style() -> None:
    line = "word " * 18 + "word"
    data = {
        "name": "Ana",
        "left": None,
        "on": date(2027, 3, 1),
        "flag": True,
        "spacing": [0, 7],
        "team": [{"person": "ana", "role": "liaison"}, {"person": "ben"}],
        "votes": {"ana": "yes"},
        "none": [],
        "prose": Folded("word " * 30 + "end"),
    }
    assert markdown(data, "Text.") == (
        "---\n"
        "name: Ana\n"
        "on: 2027-03-01\n"
        "flag: true\n"
        "spacing:\n"
        "  - 0\n"
        "  - 7\n"
        "team:\n"
        "  - person: ana\n"
        "    role: liaison\n"
        "  - person: ben\n"
        "votes:\n"
        '  ana: "yes"\n'
        "none: []\n"
        "prose: >-\n"
        f"  {line}\n"
        f"  {'word ' * 11}end\n"
        "---\n"
        "\n"
        "Text.\n"
    )
    assert max(map(len, document(data).splitlines())) <= WIDTH


def test_dice_fall_the_same_way_everywhere() -> None:
    dice = Dice(1, "test")
    assert [dice.below(100) for _ in range(8)] == [55, 83, 21, 39, 71, 74, 35, 87]
    assert Dice(1, "test").shuffled("abcdef") == ["f", "c", "b", "a", "e", "d"]
    assert Dice(1, "other").below(1000) != Dice(1, "test").below(1000)


def test_dice_stay_within_their_limits() -> None:
    dice = Dice(3, "limits")
    assert {dice.between(2, 4) for _ in range(200)} == {2, 3, 4}
    assert {dice.below(3) for _ in range(200)} == {0, 1, 2}
    for _ in range(100):
        first, second = dice.pair("abc")
        assert first != second
        some = dice.sample("abcdef", 3)
        assert some == sorted(set(some))
        assert len(some) == 3
    assert dice.sample("ab", 5) == ["a", "b"]
    first, last = date(2027, 1, 1), date(2027, 1, 3)
    assert {dice.day(first, last) for _ in range(100)} == {
        first, date(2027, 1, 2), last,
    }  # fmt: skip
