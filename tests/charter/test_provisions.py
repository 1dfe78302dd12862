"""The provisions of a text: where each begins and ends, its words, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcs.charter.provisions import Provisions, body_of, provisions, words


def ids(text: str) -> list[str]:
    return [one.id for one in provisions(text).all]


def test_a_provision_goes_on_to_the_next_one_or_the_next_heading():
    found = provisions(
        "Before.\n\n**DEC-1** First, {#dec-1}\nwith a list:\n\n- one\n- two\n\n"
        "**DEC-2** Second. {#dec-2}\n\n## Data\n\nNot of any.\n"
    )
    assert [one.text for one in found.all] == ["First, with a list: - one - two", "Second."]
    assert [one.line for one in found.all] == [2, 8]
    assert [one.column for one in found.all] == [3, 3]
    assert [one.anchors[0].name for one in found.all] == ["dec-1", "dec-2"]
    assert not found.astray


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- **DEC-1** In a list.\n- **DEC-2** Too.\n", ["DEC-1", "DEC-2"]),
        ("1. **DEC-1** Numbered.\n", ["DEC-1"]),
        ("# Head\n**DEC-1** Right below.\n", ["DEC-1"]),
        ("Head\n----\n**DEC-1** Right below.\n", ["DEC-1"]),
        ("A text that names\n**DEC-1** within a paragraph.\n", []),
        ("A text that names **DEC-1** within a line.\n", []),
        ("```\n**DEC-1** Code.\n```\n", []),
        ("    **DEC-1** Code.\n", []),
        ("**dec-1** Small letters.\n", []),
        ("**DECS-1** Four letters.\n", []),
        ("", []),
    ],
)
def test_what_begins_a_provision(text, expected):
    assert ids(text) == expected


def test_an_address_outside_all_provisions_is_astray():
    found = provisions("A. {#dec-9}\n\n**DEC-1** B. {#dec-1}\n\n## Data\n\nC. {#dat-1}\n")
    assert [(one.name, one.line) for one in found.astray] == [("dec-9", 0), ("dat-1", 6)]
    assert not provisions("See `{#dec-9}`, as it is written.\n").astray


@pytest.mark.parametrize(
    ("text", "withdrawn"),
    [
        ("Withdrawn by D-2028-003.", True),
        ("*Withdrawn* by D-2028-003.", True),
        ("**Withdrawn**", False),
        ("Withdrawnness is no word.", False),
        ("What was withdrawn stays.", False),
    ],
)
def test_a_provision_says_in_its_first_word_that_it_is_withdrawn(text, withdrawn):
    (one,) = provisions(f"**DIS-1** {text} {{#dis-1}}").all
    assert one.withdrawn == withdrawn


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Two-thirds must agree.", "two thirds must agree"),
        ("The *committee* decides,", "The committee decides"),
        ("See [the list](list.md).", "See the list"),
        ("“Members” rotate", "'members' rotate"),
        ("a near-fatality — or two", "a near fatality or two"),
    ],
)
def test_words_are_the_same_whatever_their_marks(one, other):
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("2/3", "2 3"), ("50 %", "50"), ("may", "must"), ("not shared", "shared"), ("A, B", "B, A")],
)
def test_words_that_differ(one, other):
    assert words(one) != words(other)


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        (b"---\ntitle: A\n---\nText\n", "Text\n"),
        (b"---\r\ntitle: A\r\n---\r\nText\r\n", "Text\n"),
        (b"\xef\xbb\xbf---\ntitle: A\n---\nText\n", "Text\n"),
        (b"Text\n---\nmore\n", "Text\n---\nmore\n"),
        (b"\xff\n", "\ufffd\n"),
        (b"", ""),
    ],
)
def test_the_text_of_a_file_is_what_follows_its_front_matter(raw, body):
    assert body_of(raw) == body


PIECES = st.sampled_from(
    ["**DEC-1** ", "**DEC-2**", "{#dec-1}", "{: #dec-2 }", "\n", "\n\n", "## A\n", "- ", "x ", "`",
     "```\n", "---\n", "1. "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_address_is_in_one_provision_or_in_none(text):
    found: Provisions = provisions(text)
    every = [anchor for one in found.all for anchor in one.anchors] + list(found.astray)
    assert len(every) == len(set(every))
    places = [(one.line, one.column) for one in found.all]
    assert places == sorted(places)
    lines = text.split("\n")
    for one in found.all:
        assert lines[one.line][one.column - 1 :].startswith(one.id)
