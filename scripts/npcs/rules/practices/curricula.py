"""Rules on curricula: questions can be answered, teach whoever answers, and tell of no case."""

import re
import string
from collections.abc import Iterator
from typing import NamedTuple

from npcs.governance.memory import per_hub
from npcs.records.charter import Person
from npcs.records.findings import Note
from npcs.records.hub import Hub
from npcs.records.practices import Curriculum
from npcs.rules.rule import Scene, rule
from npcs.rules.words import listed

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)

_COUNT = (
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    "|fifteen|sixteen|seventeen)"
)
_UNIT = "(?:day|week|wk|month|mo|year|yr)"
_CHILD = "(?:boy|girl|child|baby|infant|newborn|toddler|son|daughter|brother|sister)"


class _Detail(NamedTuple):
    """A detail that could tell a case: what it is, what to do, how it is written, quick signs."""

    what: str
    hint: str
    pattern: re.Pattern[str]
    signs: tuple[str, ...]

    def within(self, text: str) -> Iterator[str]:
        """Where a text has the detail: the words, each once. Most texts have no sign of it."""
        lower = text.lower()
        if any([sign in lower for sign in self.signs]):
            yield from dict.fromkeys(match.group() for match in self.pattern.finditer(text))


_DETAILS = (
    _Detail(
        "a day",
        "leave the day out: what is to be learned holds on any day",
        re.compile(
            r"\b(?:\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})"
            r"|\d{1,2}\.\d{1,2}\.\d{4}"
            rf"|(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?(?:, ?\d{{4}})?(?!\d)"
            rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTHS})\b(?:,? \d{{4}})?)",
            re.IGNORECASE,
        ),
        tuple(string.digits),
    ),
    _Detail(
        "a child's exact age",
        "name the age group instead: an infant, a toddler, a child of school age",
        re.compile(
            rf"\b{_COUNT}[- ]{_UNIT}s?[- ]old\b"
            r"|\b\d{1,2} ?y/o\b"
            r"|\baged? (?:of )?\d{1,2} (?:day|week|month)s?\b(?! (?:to|or|and|through)\b)"
            rf"|\b{_CHILD},? (?:aged?|of) {_COUNT} {_UNIT}s?\b(?! (?:to|or|and|through)\b)"
            rf"|\b{_CHILD},? aged? \d{{1,2}}\b(?! ?(?:to|or|and|through|{_UNIT}|[-–]))",
            re.IGNORECASE,
        ),
        (" old", "-old", "y/o", "age ", "aged ", " of "),
    ),
    _Detail(
        "a name",
        "say who it is by the part they have: a mother, a caseworker, a neighbor",
        re.compile(
            r"\b(?:named|(?:boy|girl|child|baby|infant|mother|father|family) called|Mrs?\.|Ms\.)"
            r" [A-Z][a-z]+"
        ),
        ("named", "called", "mr", "ms."),
    ),
    _Detail(
        "a case that happened",
        "make up a situation that fits many, and do not say that it happened",
        re.compile(
            r"\b(?:true story|(?:real|actual) (?:case|child|family|incident)"
            r"|(?:this|it) (?:really|actually) happened|based on a (?:case|death))\b",
            re.IGNORECASE,
        ),
        ("true story", "real ", "actual ", "happened", "based on"),
    ),
)


@rule("one-correct-answer", provision="ACT-3", over=Curriculum, alone=True)
def one_correct_answer(curriculum: Curriculum) -> Iterator[Note]:
    """Every question of a curriculum has exactly one right answer.

    A learner chooses one option, and is told whether it was right. With two right options that
    cannot be told, with none nobody can be. A question with several good answers is made two
    questions, or asks for the first step or the best one.

    To put it right, write `correct: true` at one option and take it away from all others. Two
    options of the same words are an error as well: only one of them can be meant.

    ## Example

    Two options are said to be right:

    ```yaml
    - text: Ask what made sense at the time
      correct: true
    - text: Listen before you judge
      correct: true
    ```

    The check finds an error:

    > question 1 has 2 right answers, A and B, where it needs exactly one

    Put right: `correct: true` at one of them only.
    """
    for number, item in enumerate(curriculum.items):
        right = item.right
        if len(right) != 1:
            has = f"{len(right)} right answers, {listed(right)}" if right else "no right answer"
            yield curriculum.at("items", number, "options", key=True).error(
                f"question {number + 1} has {has}, where it needs exactly one",
                "write `correct: true` at the one option that is right, and at no other",
            )
        seen: dict[str, str] = {}
        for place, (letter, option) in enumerate(item.lettered):
            words = " ".join(option.text.casefold().split()).rstrip(".")
            if (first := seen.setdefault(words, letter)) != letter:
                yield curriculum.at("items", number, "options", place, "text").error(
                    f"options {first} and {letter} of question {number + 1} say the same",
                    "take one of the two out, or make it say something else",
                )


@rule("feedback-each", provision="ACT-3", over=Curriculum, alone=True)
def feedback_each(curriculum: Curriculum) -> Iterator[Note]:
    """Every option tells the learner why it is right or what speaks against it.

    Who chose a wrong option learns from what it says back, and who chose the right one by luck
    does too. A question without feedback tests people and teaches nobody.

    An option without `feedback` is an error. A single word, such as "Wrong", or the same text at
    two options of a question is a warning: it cannot say why just this one is right or not.

    To put it right, add to each option a sentence or two that speak of this option.

    ## Example

    An option says nothing back:

    ```yaml
    - text: Send a reminder to all
    ```

    The check finds an error:

    > option B of question 1 has no feedback

    Put right: `feedback` below it, on what a reminder does not change.
    """
    for number, item in enumerate(curriculum.items):
        seen: dict[str, str] = {}
        for place, (letter, option) in enumerate(item.lettered):
            at = ("items", number, "options", place)
            which = f"option {letter} of question {number + 1}"
            if not option.feedback:
                yield curriculum.at(*at).error(
                    f"{which} has no feedback",
                    "add `feedback:` with a sentence on why it is right, or what speaks against it",
                )
                continue
            words = " ".join(option.feedback.split())
            if len(words.split()) < 2:
                yield curriculum.at(*at, "feedback").warning(
                    f"the feedback of {which} is one word: “{words}”",
                    "say why, in a sentence",
                )
            elif (first := seen.setdefault(words, letter)) != letter:
                yield curriculum.at(*at, "feedback").warning(
                    f"the feedback of {which} is the same as that of option {first}",
                    "say of each option what is particular to it",
                )


@rule("no-case-detail", provision="ACT-3", over=Curriculum, waivable=False)
def no_case_detail(curriculum: Curriculum, scene: Scene) -> Iterator[Note]:
    """No question of a curriculum tells of a case that somebody could recognize.

    Curricula grow out of reviews, and are read by many, in public. A day, a child's exact age or a
    name is enough for a family, a colleague or a reporter to know which case is meant. A question
    needs none of them: it is about what people can do, in a situation that fits many.

    An error stands at each day, exact age in days, weeks, months or years, name, and at words that
    say it happened. Age groups, such as "under one year", are fine. The rule knows only these
    signs. That it is silent does not prove that a text is safe: a person must read it too.

    To put it right, tell the situation without the detail. If it has been published already, tell
    the coordinator.

    ## Example

    A question tells how old a child was:

    ```yaml
    stem: A 7-week-old sleeps on a couch during your visit. What do you do?
    ```

    The check finds an error:

    > “7-week-old” is a child's exact age, and could tell which case this is

    Put right: an infant sleeps on a couch.
    """
    people = _people(scene.hub)
    for path, text in _texts(curriculum):
        for one in _DETAILS:
            for found in one.within(text):
                yield curriculum.at(*path).error(
                    f"“{found}” is {one.what}, and could tell which case this is", one.hint
                )
        for name in _named(people, text):
            yield curriculum.at(*path).error(
                f"“{name}” is a person of the partnership, and could tell which case this is",
                "say what part they have, not who it is",
            )


@per_hub
def _people(hub: Hub) -> dict[str, set[str]]:
    """The names of all people of the partnership, by the word they begin with."""
    names: dict[str, set[str]] = {}
    for one in hub.all(Person).values():
        names.setdefault(one.name.partition(" ")[0], set()).add(one.name)
    return names


_WORD = re.compile(r"[\w'’-]+\.?")


def _named(people: dict[str, set[str]], text: str) -> list[str]:
    """Which people a text names: their words stand in it one after the other."""
    words = _WORD.findall(text)
    may_be = set().union(*(people[word] for word in people.keys() & words))
    if not may_be:
        return []
    runs = {
        " ".join(words[at : at + size]).removesuffix(".")
        for size in (2, 3, 4)
        for at in range(len(words) - size + 1)
    }
    return sorted(may_be & runs)


def _texts(curriculum: Curriculum) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What learners read, with the way to it; not the sources, which may name a day."""
    yield ("title",), curriculum.title
    for number, text in enumerate(curriculum.objectives):
        yield ("objectives", number), text
    for number, item in enumerate(curriculum.items):
        yield ("items", number, "stem"), item.stem
        for place, option in enumerate(item.options):
            at = ("items", number, "options", place)
            yield (*at, "text"), option.text
            if option.feedback:
                yield (*at, "feedback"), option.feedback
    yield ("discussion_guide",), curriculum.discussion_guide
