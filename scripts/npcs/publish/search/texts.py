"""The words a page is found by, and a line or two of it as plain text.

The browser takes a question apart by the same rules: see `wordsOf` in `theme/assets/find/index.js`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from html import unescape

MOST_SAID = 200
"""How many characters of a page a result shows."""

_EVERYWHERE = """
    about after all also an and any are as at be been before but by can do each for from had has
    have how if in into is it its may more most must no not of on one or other our so such than
    that the their them then there these they this those to was we were what when where which who
    why will with would you your
"""
STOP = frozenset(_EVERYWHERE.split())
"""Words that stand on nearly every page: they lead to none, so they are left out."""

NUMBER, HELD, TITLE, STRONG, SAID = 15, 11, 9, 6, 3
"""How much a word counts by where it stands: in the number or an office of one or two words that is
held now, in a longer office, in the title, in the kind, state or role, in the line shown. In the
text it counts 1, and up to 3 where it stands often. 15 is the most."""

SHORT_TITLE = {1: 4, 2: 2, 3: 1}
"""How much more a word of a title counts, by how many words the title has."""

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_OUR_LINES = re.compile(r"^.*\n(?=\{: \.npcs-(?:banner|path|foot)\b)", re.MULTILINE)
_TARGET = re.compile(r"\]\([^)\s]*\)")
_CLASSES = re.compile(r"\{:?[^}\n]*\}|:::?\w*|^!!! \w+|^---$", re.MULTILINE)
_MARKS = re.compile(
    r"\\(?=[\\`*_\[\]{}|#])|(?<![\w\\])[*`_]{1,3}(?=\S)|(?<=[^\s\\])[*`_]{1,3}(?!\w)"  # emphasis
    r"|^\s*(?:[-+*#>]+|:|\d+\.)\s+|\[\^?|\]",  # what a line or a link begins with
    re.MULTILINE,
)
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_WORD = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_SENTENCE = re.compile(r"(?<=[.!?])\s")


def shown(text: str) -> str:
    """The beginning of a Markdown text as plain text: whole sentences where they are short."""
    first = _TARGET.sub("]", text.strip().partition("\n\n")[0])
    plain = " ".join(unescape(_MARKS.sub("", _CLASSES.sub("", first))).split())
    if len(plain) <= MOST_SAID:
        return plain
    kept = ""
    for one in _SENTENCE.split(plain):
        if len(kept) + len(one) >= MOST_SAID:
            break
        kept = f"{kept} {one}".strip()
    return kept or plain[: MOST_SAID - 1].rpartition(" ")[0] + "…"


def text_of(markdown: str) -> str:
    """What a staged page says, without its frame and without the addresses of its links."""
    text = _OUR_LINES.sub("", _FRONT.sub("", markdown))
    return unescape(_CLASSES.sub(" ", _TARGET.sub("]", text)))


def words_of(text: str) -> Iterable[str]:
    """The words of a text to look for; numbers such as D-2027-001 both whole and in their parts."""
    for found in _found(text):
        yield from _parts(found)


def weighed(fields: Iterable[tuple[int, str]], text: str) -> dict[str, int]:
    """The words of a page, each with what it counts: those of fields, then those of its text."""
    counts: dict[str, int] = {}
    for found, times in Counter(_found(text)).items():
        for word in _parts(found):
            counts[word] = counts.get(word, 0) + times
    weights = {word: 1 + (times > 2) + (times > 6) for word, times in counts.items()}
    for weight, field in fields:
        for word in set(words_of(field)):
            weights[word] = min(NUMBER, weights.get(word, 0) + weight)
    return weights


def _found(text: str) -> list[str]:
    if not text.isascii():
        text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return _WORD.findall(text.lower())


@lru_cache(maxsize=200_000)
def _parts(found: str) -> tuple[str, ...]:
    parts = re.split("[-.]", found)
    if len(parts) == 1:
        return (found,) if _counts(found) else ()
    whole = [found] if any(one.isdigit() for one in found) else []
    return (*whole, *(one for one in parts if _counts(one)))


def _counts(word: str) -> bool:
    return word not in STOP and len(word) > (2 if word.isdigit() else 1)
