"""The forms of a parameter's value."""

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcs.governance.forms import (
    QuorumShare,
    choice,
    fraction,
    mixed,
    number,
    period,
    quorum,
    round_up,
    share_in_words,
    some_time,
)


@pytest.mark.parametrize(
    ("form", "text", "message"),
    [
        (fraction, "0.67", "“0.67” is not a fraction: write it as in 2/3"),
        (fraction, "2/0", "“2/0” is not a fraction: write it as in 2/3"),
        (fraction, "0/3", "“0/3” is not a part of a whole: it must lie between 0 and 1"),
        (fraction, "4/3", "“4/3” is not a part of a whole: it must lie between 0 and 1"),
        (number, "0", "“0” is not a whole number from 1: write digits only, as in 12"),
        (number, "two", "“two” is not a whole number from 1: write digits only, as in 12"),
        (some_time, "0 days", "“0 days” is no time at all: write at least 1 day"),
        (some_time, "soon", "“soon” is not a length of time: write it as in 1 year, 6 months or "
         "60 days"),
        (quorum, "half", "“half” is not a quorum: write it as in more than 1/2, at least 2/3, or "
         "none"),
        (quorum, "at least 0/2", "“0/2” is not a part of a whole: it must lie between 0 and 1"),
        (quorum, "more than 1/1", "nobody can be more than all"),
        (choice("a", "b"), "c", "“c” is not one of the readings known: a, b"),
    ],
)  # fmt: skip
def test_a_value_that_will_not_do_is_refused_in_words(form, text, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        form(text)


def test_values_that_will_do():
    assert fraction("2/3") == Fraction(2, 3)
    assert fraction("1/1") == 1
    assert number("12") == 12
    assert period("0 days").is_none
    assert choice("a", "b")("b") == "b"


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("more than 1/2", {0: 1, 1: 1, 2: 2, 3: 2, 4: 3, 9: 5, 10: 6}),
        ("at least 1/2", {0: 1, 1: 1, 2: 1, 3: 2, 4: 2, 9: 5, 10: 5}),
        ("at least 2/3", {3: 2, 4: 3, 5: 4, 6: 4, 7: 5, 8: 6, 9: 6, 10: 7, 11: 8, 12: 8}),
        ("at least 1/1", {1: 1, 9: 9}),
        ("none", {0: 0, 9: 0}),
    ],
)
def test_how_many_a_quorum_takes(text, needed):
    asked = quorum(text)
    assert {base: asked.needed(base) for base in needed} == needed


def test_a_quorum_in_words():
    assert str(quorum("more than 1/2")) == "more than half"
    assert str(quorum("at least 2/3")) == "at least two-thirds"
    assert str(quorum("at least 3/5")) == "at least 3/5"
    assert str(QuorumShare(None)) == "none"


@given(st.integers(1, 200), st.integers(1, 30), st.integers(1, 30), st.booleans())
def test_the_quorum_is_the_least_number_that_satisfies_its_words(base, part, whole, exceeded):
    if part >= whole:
        part, whole = whole, part + 1
    needed = QuorumShare(Fraction(part, whole), exceeded).needed(base)
    enough = [
        present
        for present in range(1, base + 2)
        if (present * whole > part * base if exceeded else present * whole >= part * base)
    ]
    assert needed == enough[0]


def test_fractions_in_words():
    assert share_in_words(Fraction(4, 6)) == "two-thirds"
    assert share_in_words(Fraction(3, 5)) == "3/5"
    assert mixed(Fraction(16, 3)) == "5 1/3"
    assert mixed(Fraction(6)) == "6"
    assert mixed(Fraction(2, 3)) == "2/3"
    assert round_up(Fraction(16, 3)) == 6
    assert round_up(Fraction(6)) == 6
