"""How hard a text is to read: held against published examples, and against what has to hold."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from npcs.records.readability import Sentence, grade, sentences, syllables
from npcs.rules.records.plain import _ENOUGH, _surely_plain

GETTYSBURG = """\
Four score and seven years ago our fathers brought forth, upon this continent, a new nation,
conceived in liberty, and dedicated to the proposition that all men are created equal.

Now we are engaged in a great civil war, testing whether that nation, or any nation so conceived,
and so dedicated, can long endure. We are met on a great battle-field of that war. We have come to
dedicate a portion of that field, as a final resting-place for those who here gave their lives,
that that nation might live. It is altogether fitting and proper that we should do this.

But, in a larger sense, we can not dedicate, we can not consecrate, we can not hallow this ground.
The brave men, living and dead, who struggled here, have consecrated it far above our poor power to
add or detract. The world will little note, nor long remember what we say here, but it can never
forget what they did here. It is for us the living, rather, to be dedicated here to the unfinished
work which they who fought here have thus far so nobly advanced. It is rather for us to be here
dedicated to the great task remaining before us, that from these honored dead we take increased
devotion to that cause for which they here gave the last full measure of devotion, that we here
highly resolve that these dead shall not have died in vain, that this nation, under God, shall have
a new birth of freedom, and that government of the people, by the people, for the people, shall not
perish from the earth.
"""


def counted(text: str) -> tuple[int, int, int]:
    """Words, syllables and sentences of a text."""
    found = list(sentences(text))
    return sum(one.words for one in found), sum(one.syllables for one in found), len(found)


def grade_of(text: str) -> Fraction:
    return grade(*counted(text))


def test_a_speech_of_1863() -> None:
    """With the pronouncing dictionary of Carnegie Mellon 373 syllables, which makes grade 11.1."""
    words, count, many = counted(GETTYSBURG)
    assert (words, many) == (271, 10)
    assert count == pytest.approx(373, abs=5)
    assert float(grade_of(GETTYSBURG)) == pytest.approx(11.1, abs=0.4)


@pytest.mark.parametrize(
    ("text", "words", "count"),
    [
        ("The cat sat on the mat.", 6, 6),
        # Two examples people know this formula by; one reader says 24 syllables of each.
        ("This sentence, taken as a reading passage unto itself, is being used to prove a point.",
         16, 24),
        ("The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.",
         13, 24),
    ],
)  # fmt: skip
def test_sentences_that_others_have_counted(text: str, words: int, count: int) -> None:
    found = counted(text)
    assert (found[0], found[2]) == (words, 1)
    assert found[1] == pytest.approx(count, abs=2)  # a name counts as short


def test_the_formula() -> None:
    assert grade(6, 6, 1) == Fraction("-1.45")
    assert grade(16, 24, 1) == Fraction("8.35")


SPOKEN = {
    1: "named cause time role there safe nurse called filled through eyes guide length",
    2: "table needed nurses being safety quiet careless handled hundred people somewhere every",
    3: "various employee idea easier caseworker example areas anyone family",
    4: "experience cooperate community appreciate supervisor reliable activity coordinate",
    5: "coordinator communication administrative",
    6: "responsibility",
}


def test_syllables() -> None:
    wrong = {
        word: (count, syllables(word))
        for count, words in SPOKEN.items()
        for word in words.split()
        if syllables(word) != count
    }
    assert len(wrong) <= 3, wrong
    assert all(abs(one - other) == 1 for one, other in wrong.values()), wrong


@pytest.mark.parametrize(
    "text",
    [
        "- Interdisciplinary organizations",
        "# Interdisciplinary organizations",
        "> Interdisciplinary organizations.",
        "| Interdisciplinary | Organizations |\n|---|---|\n| a | b |",
        "1. Interdisciplinary\n2. Organizations",
        "    interdisciplinary organizations",
        "```text\nInterdisciplinary organizations.\n```",
        "[label]: https://example.org/interdisciplinary",
    ],
)
def test_what_is_no_prose_is_left_out(text: str) -> None:
    plain = "We call them back. They wait at home."
    assert counted(f"{plain}\n\n{text}\n\n{plain}") == counted(f"{plain}\n\n{plain}")
    assert counted(text) == (0, 0, 0)


def test_a_list_right_below_its_sentence_is_left_out() -> None:
    assert counted("Look for these:\n- organizations\n- communications\n") == (3, 3, 1)


def test_names_numbers_links_and_code_count_as_short() -> None:
    assert counted("We asked Tennessee in 2016.") == (5, 5, 1)
    assert counted("See [organizational definitions](../a.md) now.") == (4, 4, 1)
    assert counted("Read https://example.org/organizational today.") == (2, 3, 1)
    assert counted("Write `organizational` there.") == (2, 2, 1)


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("Dr. Who came. No. 3 was open.", 2),
        ("It rose, e.g. Monday. Then it fell!", 2),
        ("Why? Because. “Wait.” He did.", 4),
        ("One\n\nTwo", 2),
        ("J. Smith came.", 1),
        ("It was 3.5 percent.", 1),
        ("**Stop.** Look.", 2),
    ],
)
def test_where_sentences_end(text: str, many: int) -> None:
    assert len(list(sentences(text))) == many


WORDS = st.lists(
    st.sampled_from(["we", "call", "the", "team", "message", "supervisor", "organization", "work"]),
    min_size=1, max_size=30,
)  # fmt: skip
TEXTS = st.lists(WORDS.map(lambda words: f"{' '.join(words).capitalize()}."), min_size=1)


@given(TEXTS)
def test_each_sentence_is_found_where_it_stands(parts: list[str]) -> None:
    text = " ".join(parts)
    found = list(sentences(text))
    assert [text[one.start : one.end].strip() for one in found] == parts
    assert [one.words for one in found] == [len(part.split()) for part in parts]


@given(WORDS, WORDS)
def test_two_short_sentences_are_easier_than_a_long_one(one: list[str], other: list[str]) -> None:
    first, second = " ".join(one), " ".join(other)
    assert grade_of(f"{first}. Then {second}.") <= grade_of(f"{first} then {second}.")


@given(WORDS, st.integers(0, 29))
def test_a_longer_word_makes_a_text_harder(words: list[str], at: int) -> None:
    longer = list(words)
    longer[at % len(words)] = "responsibility"
    before = grade_of(" ".join(words))
    assert grade_of(" ".join(longer)) >= before


@given(TEXTS, st.sampled_from([8, 10]))
@example(["We we supervisor."], 8)
def test_the_quick_look_misses_no_hard_text(parts: list[str], aim: int) -> None:
    words = " ".join(parts).split()
    text = " ".join(parts * (_ENOUGH // len(words) + 1))
    if _surely_plain(text, aim):
        assert grade_of(text) <= aim


@given(st.text())
def test_any_text_is_read_to_its_end(text: str) -> None:
    found = list(sentences(text))
    assert all(isinstance(one, Sentence) and one.words > 0 < one.syllables for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_a_long_text_of_one_sign_takes_no_longer_than_its_length() -> None:
    signs = [*"[](*{-’!`", "a.", "[a](", "A.", '."']
    for sign in (*signs, ". ", "x ", "\n", " \n"):
        list(sentences(sign * 100_000))
