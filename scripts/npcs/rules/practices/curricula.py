"""Rules on curricula: questions can be answered, teach whoever answers, and tell of no case."""

from collections.abc import Iterator

from npcs.records.findings import Note
from npcs.records.practices import Curriculum
from npcs.rules.rule import Scene, rule
from npcs.rules.telling import naming, telling
from npcs.rules.words import listed


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


def _details(curriculum: Curriculum) -> Iterator[Note]:
    for path, text in _texts(curriculum):
        for message, hint in telling(text):
            yield curriculum.at(*path).error(message, hint)


@rule("no-case-detail", provision="ACT-3", over=Curriculum, first=_details, waivable=False)
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
    for path, text in _texts(curriculum):
        for message, hint in naming(scene.hub, text):
            yield curriculum.at(*path).error(message, hint)


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
