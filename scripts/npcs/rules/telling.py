"""What could tell which case a text is about: a day, a child's age, a name, words that it happened.

These are signs only. That none is found does not prove that a text is safe.
"""

import re
import string
from collections.abc import Iterator
from typing import NamedTuple

from npcs.governance.memory import per_hub
from npcs.records.charter import Person
from npcs.records.hub import Hub

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)

_COUNT = (
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    "|fifteen|sixteen|seventeen)"
)
_UNIT = "(?:day|week|wk|month|mo|year|yr)"
_CHILDREN = (
    "boy", "girl", "child", "baby", "infant", "newborn", "toddler", "son", "daughter", "brother",
    "sister",
)  # fmt: skip
_CHILD = f"(?:{'|'.join(_CHILDREN)})"


_BOUND = "".join(
    rf"(?<!\b{word} )"
    for word in ("under", "over", "than", "to", "and", "or", "least", "most", "by", "until", "till",
                 "through", "before", "after", "from", "between", "first", "reach", "every")
)  # fmt: skip
"""Before an age that is a bound, as in under 3 years of age, and so nobody's own."""

_LABELS = (
    "Age|Agency|Annex|Answer|Appendix|Arm|Article|Band|Bed|Block|Box|Bundle|Case|Category|Chapter"
    "|Chart|Child|Class|Clause|Code|Column|County|Court|Criterion|Day|District|Division|Domain"
    "|Element|Exhibit|Factor|Family|Figure|Finding|Floor|Form|Goal|Grade|Group|Hepatitis|Hospital"
    "|Influenza|Item|Jurisdiction|Lane|Letter|Level|Line|List|Member|Method|Model|Module|Node|Note"
    "|Office|Option|Page|Panel|Paragraph|Part|Path|Person|Phase|Plan|Point|Problem|Program|Question"
    "|Region|Room|Route|Row|Rule|Scenario|Schedule|School|Section|Series|Set|Sheet|Side|Site|Stage"
    "|State|Station|Step|Streptococcus|Table|Team|Tier|Title|Track|Type|Unit|Version|Vitamin|Volume"
    "|War|Ward|Week|Wing|Worker|Year|Zone"
    "|All|And|Both|But|Check|Choose|Either|Give|If|Mark|Neither|Not|Only|Or|Pick|See|Take|The|Then"
    "|Tick|Try|Use|With"
)
"""What a capital letter may follow that is not the first letter of a family name."""

_GOES_ON = "(?:A|After|All|An|As|At|But|Her|His|He|How|If|In|It|Its|No|Nobody|On|She|The|Then|They"
_GOES_ON += "|Their|There|This|Two|What|When|Who)"


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


_AGE = (
    "a child's exact age",
    "name the age group instead: an infant, a toddler, a child of school age",
)
_NAME = ("a name", "say who it is by the part they have: a mother, a caseworker, a neighbor")

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
        *_AGE,
        re.compile(
            rf"\b{_COUNT}[- ]{_UNIT}s?[- ]old\b"
            r"|\b\d{1,2} ?y/o\b"
            r"|\baged? (?:of )?\d{1,2} (?:day|week|month)s?\b(?! (?:to|or|and|through)\b)"
            rf"|\b{_CHILD},? (?:aged?|of) {_COUNT} {_UNIT}s?\b(?! (?:to|or|and|through)\b)"
            rf"|\b{_CHILD},? aged? \d{{1,2}}\b(?! ?(?:to|or|and|through|{_UNIT}|[-–]))",
            re.IGNORECASE,
        ),
        (
            *(" old", "-old", "y/o", "age ", "aged "),
            *(f"{one}{of}" for one in _CHILDREN for of in (" of ", ", of ")),
        ),
    ),
    _Detail(
        *_AGE,
        re.compile(
            rf"(?<![-–/.\d]){_BOUND}\b{_COUNT} {_UNIT}s? of age\b"
            r"(?! (?:to|or|and|through)\b| ?[-–])",
            re.IGNORECASE,
        ),
        (" of age",),
    ),
    _Detail(
        *_NAME,
        re.compile(
            r"\b(?:named|(?:boy|girl|child|baby|infant|mother|father|family) called|Mrs?\.|Ms\.)"
            r" [A-Z][a-z]+"
            r"|\b(?:Mrs?\.|Ms\.) [A-Z]\."
        ),
        ("named", "called", "mr", "ms."),
    ),
    _Detail(
        *_NAME,
        re.compile(
            rf"\b(?!(?:{_LABELS})\b)[A-Z][a-z]+ [A-Z]\.(?=['’,;:)]| [a-z])"
            rf"|(?<=[a-z,] )(?!(?:{_LABELS})\b)[A-Z][a-z]+ [A-Z]\.(?=\s*\Z|\s+{_GOES_ON}\b)"
        ),
        tuple(f" {one}." for one in string.ascii_lowercase),
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


def telling(text: str) -> Iterator[tuple[str, str]]:
    """What in a text could tell which case it is about, and what to do instead."""
    for one in _DETAILS:
        for found in one.within(text):
            yield f"“{found}” is {one.what}, and could tell which case this is", one.hint


def naming(hub: Hub, text: str) -> Iterator[tuple[str, str]]:
    """The people of the partnership whom a text names, and what to do instead."""
    for name in _named(_people(hub), text):
        yield (
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
