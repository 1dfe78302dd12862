"""The rule that what people act by can be read with ease."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from npcs.records.document import Document
from npcs.records.findings import Note, Place
from npcs.records.personal import without
from npcs.rules.records.texts import Text
from npcs.rules.rule import rule

if TYPE_CHECKING:
    from fractions import Fraction

    from npcs.records.readability import Sentence


class Aim(NamedTuple):
    """What is aimed at: the name of the kind, the grade of school, and the fields with prose."""

    name: str
    grade: int
    fields: tuple[str, ...] = ()


AIMS = {
    "notice": Aim("a safety notice", 8, ("pattern", "evidence")),
    "bundle": Aim("a care bundle", 8),
    "curriculum": Aim("a curriculum", 8, ("discussion_guide",)),
    "practice": Aim("a shared practice", 10, ("problem", "tried", "worked", "did_not_work")),
}
"""The kinds of record that are judged."""

_ENOUGH = 100
"""How many words a text has at least to be judged: a sample of that size is what formulas take."""

_LEAST = 5 * _ENOUGH
"""How many bytes so many words take at least, each with its space."""

_NO_VOWELS = bytes({*range(256)} - {*b"aeiouyAEIOUY"})

_LONG = 25
"""From how many words on a sentence is better two: what style guides of governments advise."""


class _Said(NamedTuple):
    """A sentence, the text it stands in, and the field that holds the text; none is the body."""

    sentence: "Sentence"
    text: str
    field: tuple[str | int, ...]

    @property
    def weight(self) -> "Fraction":
        """How much it adds: the grade it has by itself, as often as it has words."""
        from npcs.records.readability import grade

        return grade(self.sentence.words, self.sentence.syllables, 1) * self.sentence.words


@rule("plain-language", over=Document)
def plain_language(document: Document) -> Iterator[Note]:
    """What people act by is written so that they can read it with ease.

    A safety notice is read between two visits, and a practice by somebody who was not there. Safety
    notices, care bundles and curricula aim at grade 8 of school or below, shared practices at grade
    10. That is no judgment of readers: people who read hard texts all day take plain ones faster.

    The grade is that of Flesch and Kincaid: 0.39 times the words in a sentence, plus 11.8 times the
    syllables in a word, less 15.59, over all prose of the record. Lists, tables, headings, code and
    addresses are left out. Names, numbers and the words of links count as short. Texts of fewer
    than 100 words are not judged. A number cannot tell whether a text is right or complete, so this
    is only ever a warning.

    To put it right, begin with the sentence that is named, which weighs most. Make two of it, say
    who does what, and take everyday words: “use” for “utilize”. A term of the glossary stays as it
    is; link it, and its words count as short.

    ## Example

    The text of a safety notice:

    ```markdown
    Consequently, professionals who are experiencing considerable workload pressures habitually
    prioritize immediate procedural obligations over anticipatory coordination, notwithstanding the
    availability of comprehensive guidance concerning the identification of responsible individuals.
    ```

    The check warns:

    > this reads like grade 31.9, and a safety notice aims at 8 or below; hardest is the sentence
    > “Consequently, professionals who are experiencing considerable …”

    Put right: `People with too much work do what is due today. They do not look ahead, although a
    guide says whom to ask.`
    """
    if document.kind.name not in AIMS or len(document.source) < _LEAST or not document.valid:
        return
    aim = AIMS[document.kind.name]
    texts = list(_texts(document))
    if _surely_plain("\n".join(text for _, text in texts), aim.grade):
        return
    from npcs.records.readability import grade, sentences

    said = [_Said(one, text, field) for field, text in texts for one in sentences(text)]
    words = sum(one.sentence.words for one in said)
    if words < _ENOUGH:
        return
    tenths = round(10 * grade(words, sum(one.sentence.syllables for one in said), len(said)))
    if tenths <= 10 * aim.grade:
        return
    hardest = max(said, key=lambda one: one.weight)
    text = hardest.text[hardest.sentence.start : hardest.sentence.end].strip()
    yield _place(document, hardest).warning(
        f"this reads like grade {tenths // 10}.{tenths % 10}, and {aim.name} aims at {aim.grade} "
        f"or below; hardest is the sentence “{_begun(text)}”",
        _advice(text, hardest.sentence.words),
    )


def _surely_plain(text: str, aim: int) -> bool:
    """Whether a text reads so easily that no closer look pays.

    A word has no more syllables than vowels, so this says nearly three grades more than a count
    does, and less only where most of a text is lists.
    """
    words = text.count(" ") + text.count("\n") + 1
    ends = text.count(". ") + text.count(".\n") + 1
    vowels = len(text.encode().translate(None, _NO_VOWELS))
    return 39 * words / ends + 1180 * vowels / words - 1559 < 100 * aim


def _texts(document: Document) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The prose of a record, each text with the field that holds it."""
    data, _, body, _ = document.content()
    for field in AIMS[document.kind.name].fields:
        if text := data.get(field):
            yield (field,), text
    if document.kind.name == "curriculum":
        for number, item in enumerate(data["items"]):
            yield ("items", number, "stem"), item["stem"]
    if body:
        yield (), body


def _place(document: Document, said: _Said) -> Place:
    if said.field:
        return document.at(*said.field)
    text = said.text
    start = said.sentence.start
    while text[start].isspace():
        start += 1
    first = Place(document.path, document.content().body_line, 1)
    return Text(first, text, is_body=True).at(start)


def _begun(text: str) -> str:
    """How a sentence begins, so that it can be found."""
    words = without(text).split()
    return " ".join(words[:6]) + (" …" if len(words) > 6 else "")


def _advice(text: str, words: int) -> str:
    from npcs.records.readability import syllables

    long = sorted({one for one in re.findall(r"\b[a-z-]{6,}", text) if syllables(one) > 3})
    long.sort(key=syllables, reverse=True)
    ways = [f"make shorter sentences of its {words} words"] if words > _LONG else []
    if long:
        ways.append("find plainer words for " + ", ".join(f"“{one}”" for one in long[:3]))
    return ", and ".join(ways) or "say it in shorter sentences and everyday words"
