"""How hard a text is to read: the grade of school in the United States that follows it with ease.

The formula is that of Flesch and Kincaid (Kincaid, Fishburne, Rogers and Chissom, "Derivation of
New Readability Formulas for Navy Enlisted Personnel", Research Branch Report 8-75, 1975). It takes
long sentences and long words for hard ones, and knows nothing of what they mean. Syllables are
counted by spelling, which agrees with a pronouncing dictionary on 99 of 100 words of the hub.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from npcs.records.prose import prose

_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_PART = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_BLOCK = re.compile(r"(?:[^\n]*[^\s][^\n]*(?:\n|$))+")
_OTHER = r"(?: {4}|\t)|[ \t]*(?:[-*+][ \t]|[>|:#]|\d+[.)][ \t]|\[[^\]\n]*\]:|!\[)"
_NO_PROSE = re.compile(_OTHER)
_OTHER_LINE = re.compile(rf"\n(?={_OTHER})")
_ADDRESS = re.compile(r"\]\([^()]*\)|\]\[[^\]\n]*\]|\{[^{}\n]*\}|<?https?://[^\s<>]+")
_LINKED = re.compile(r"\[[^\[\]]*(?=\]\(|\]\[)")
_END = re.compile(
    r"[.!?…](?<!\b[A-Z]\.)(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bNo\.)(?<!\bSt\.)(?<!\bvs\.)"
    r"(?<!\b[eE]\.g\.)(?<!\bi\.e\.)[.!?…\"'”’)\]*_]{0,9}(?=\s{1,9}[\"'“‘(\[*_]{0,9}[A-Z0-9])"
)

_GROUPS = re.compile(r"[aeiouy]+")
_MORE = re.compile(
    "|".join(
        (
            r"(?<![tcsgnl])i[aou]|[tc]iat|tio$|relia",  # va-ri-ous, ap-pre-ci-ate, ra-ti-o
            r"(?<![tc])ie(?=n[ct]|t|r$)|(?<=^sc)ie",  # cli-ent, qui-et, eas-i-er, sci-ence
            r"(?<=[aeouy])i(?=ng|ty|sm)",  # be-ing, de-i-ty, e-go-ism
            r"(?<![qg])ua|uou|(?<=oy)ee",  # u-su-al, con-tin-u-ous, em-ploy-ee
            r"eo(?!u|pl)|(?:id|ar|cr|th)ea(?!m|d|k|s|l)",  # vid-e-o, i-de-a, cre-ate
            r"(?<=[a-z])y[aiou]",  # be-yond
            r"^coo(?=[rp])|^reu|^proa",  # co-op-er-ate, re-use, pro-ac-tive
            r"sms?$|(?<=d)n['’]t$",  # cat-a-clys-m, did-n't
        )
    )
)
"""What is spoken as one syllable more than there are groups of vowels."""

_LESS = re.compile(
    "|".join(
        (
            r"(?<![aeiouyl])e$|(?<=[aeiouy]l)e$",  # cause, role, but not ta-ble
            r"(?<=[^aeiouytdl])ed$|(?<=[aeiouyl]l)ed$",  # named, but not need-ed
            r"(?<=[^aeiouyszxcghl])es$|(?<=[aeiouy][lh])es$",  # names, but not nurs-es
            r"(?<=[^aeiouyl])e(?=(?:ty|ly|less|ness|ful|ments?|self|where|thing|body|times|one"
            r"|stones?|work|taker|giver))",  # safe-ty, care-less, case-work
            r"^every|^busine",
        )
    )
)
"""What is spoken as one syllable less."""


class Sentence(NamedTuple):
    """A sentence: where it starts and ends in its text, how many words and syllables it has."""

    start: int
    end: int
    words: int
    syllables: int


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a Markdown text.

    Left out are lists, tables, headings, quotations, code and addresses. Names, numbers and the
    words of links count as words of one syllable: nobody can put them more plainly.
    """
    text = prose(text)
    if "](" in text or "][" in text or "{" in text or "://" in text:
        text = _ADDRESS.sub(_blank, _LINKED.sub(_short, text))
    for block in _BLOCK.finditer(text):
        start, end = block.span()
        if not _NO_PROSE.match(text, start):
            other = _OTHER_LINE.search(text, start, end)  # a list right below its sentence
            yield from _of_block(text, start, other.start() if other else end)


def _of_block(text: str, start: int, end: int) -> Iterator[Sentence]:
    while start < end:
        found = _END.search(text, start, end)
        stop = found.end() if found else end
        words, count = _counted(text, start, stop)
        if words:
            yield Sentence(start, stop, words, count)
        start = stop


def _counted(text: str, start: int, stop: int) -> tuple[int, int]:
    words = _WORD.findall(text, start, stop)
    if not words:
        return 0, 0
    return len(words), syllables(words[0].lower()) + sum(map(syllables, words[1:]))


@lru_cache(maxsize=50_000)
def syllables(word: str) -> int:
    """How many syllables a word has; one where it is a name or a number."""
    if not word[0].islower():
        return 1
    return sum(
        max(1, len(_GROUPS.findall(one)) + len(_MORE.findall(one)) - len(_LESS.findall(one)))
        for one in _PART.findall(word.lower())
    )


def grade(words: int, count: int, many: int) -> Fraction:
    """The grade of so ``many`` sentences with so many words and a ``count`` of syllables."""
    return (
        Fraction(39, 100) * words / many + Fraction(118, 10) * count / words - Fraction(1559, 100)
    )


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _short(found: re.Match[str]) -> str:
    """The words of a link, each as one that has one syllable."""
    return re.sub(r"[^\W_]+", lambda word: "X" * len(word[0]), found[0])


__all__ = ["Sentence", "grade", "sentences", "syllables"]
