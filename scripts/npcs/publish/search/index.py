"""The index of all pages, cut into small files: a question is answered from a few of them.

Pages are counted from 0 in the order of their days, the oldest first, those without one before
them. All lists of pages are differences from one to the next. The files below ``find/data``:

- ``index.json``: how many pages there are, the first word of each file of words, the words left
  out, how numbers are written, and a version that changes whenever anything does.
- ``words/N.json``: words in their order, each with its pages: difference * 16 + weight.
- ``facets.json``: for each facet its values, each with its slug, its label and its pages.
- ``pages/N.json``: eight pages each: address, title, kind, state, day and what is said of it.

No word, page or day depends on when or where the index was made, so one commit gives one index.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from npcs.governance.dates import day_in_words
from npcs.publish.page import Facets
from npcs.publish.search.texts import (
    HELD,
    NUMBER,
    SAID,
    SHORT_TITLE,
    STOP,
    STRONG,
    TITLE,
    text_of,
    weighed,
    words_of,
)

FOLDER = "find/data"
MOST_OF_WORDS = 24_000
"""About how many bytes of words a file holds before the next is begun."""

PAGES_IN_FILE = 8

WANTED = {
    "Page": 1.3,
    **dict.fromkeys(("Decision", "Recommendation", "Provision", "How the charter is read"), 0.8),
    **dict.fromkeys(("Reading", "Meeting", "Waiver"), 0.7),
    "Rule": 0.1,
}
"""How much more or less the words of some kinds count: who looks for a word common to many pages
wants the page of a section first, and how the hub checks its records last."""

_NAME = re.compile(r"[a-z]+(?:-[a-z]+)+")
_NUMBERED = re.compile(r"[a-z]+(?:-[a-z]+)*(?:-0{4})?-0+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A place that can be found: where it is, what it is called and about, and its text.

    ``number`` is what people cite it by; ``weight`` puts it before or behind others; ``text`` is
    Markdown as it is staged. ``words`` are its words with their weights, where they are known.
    """

    address: str
    title: str
    facets: Facets
    text: str
    number: str = ""
    weight: float = 1
    words: tuple[str, bytes] | None = None

    def weighed(self) -> "Entry":
        """The place with its words and their weights in the place of its text."""
        return replace(self, words=_weighed(self), text="")

    def plain(self) -> tuple[Any, ...]:
        """The weighed place in values that can be kept."""
        it = self.facets
        on = it.on.toordinal() if it.on else 0
        facets = (it.kind, it.state, on, it.members, it.topics, it.ages, it.roles, it.held, it.said)
        return self.address, self.title, facets, self.number, self.words

    @classmethod
    def of(cls, plain: tuple[Any, ...]) -> "Entry":
        """The place that was told so."""
        address, title, facets, number, words = plain
        kind, state, on, *more = facets
        about = Facets(kind, state, date.fromordinal(on) if on else None, *more)
        return cls(address, title, about, "", number, 1, words)


def year_of(facets: Facets) -> tuple[str, ...]:
    """The year a page is of, where it has a day."""
    return (str(facets.on.year),) if facets.on else ()


FACETS: Mapping[str, tuple[str, Callable[[Facets], tuple[str, ...]]]] = {
    "kind": ("Kind", lambda one: (one.kind,)),
    "state": ("State", lambda one: (one.state,) if one.state else ()),
    "year": ("Year", year_of),
    "topic": ("Topic", lambda one: one.topics),
    "member": ("Member", lambda one: one.members),
    "age": ("Ages", lambda one: one.ages),
}
"""What results can be narrowed by: the name in addresses, the label, and the values of a page."""


_LONGEST = 120


def slug(label: str) -> str:
    """A value of a facet as it stands in an address, short enough for the name of a file."""
    return re.sub(r"[^a-z0-9]+", "-", label.lower())[:_LONGEST].strip("-") or "other"


def in_order(name: str, values: Iterable[str]) -> list[str]:
    """The values of a facet as people look for them: the last year first, ages by their numbers."""
    if name == "year":
        return sorted(values, reverse=True)
    return sorted(values, key=lambda one: [(len(it), it) if it.isdigit() else (99, it.lower())
                                           for it in re.split(r"(\d+)", one) if it])  # fmt: skip


def place_of(address: str) -> str:
    """Where a page of the site stands, from its top: ``practices/``, ``charter/#chr-1``."""
    page, mark, anchor = address.partition("#")
    page = page.removesuffix("index")
    return f"{page}{'/' if page and not page.endswith('/') else ''}{mark}{anchor}"


def index_files(entries: Iterable[Entry]) -> dict[str, bytes]:
    """The files of the index, by their place on the site."""
    ordered = sorted(entries, key=lambda one: (one.facets.on or date.min, one.address))
    files: dict[str, bytes] = {}
    starts = []
    for number, (first, words) in enumerate(_words(ordered)):
        starts.append(first)
        files[f"words/{number}.json"] = words
    for number in range(0, len(ordered), PAGES_IN_FILE):
        some = [_shown(one) for one in ordered[number : number + PAGES_IN_FILE]]
        files[f"pages/{number // PAGES_IN_FILE}.json"] = _json(some)
    files["facets.json"] = _json(_facets(ordered))
    version = hashlib.sha256(b"".join(files[name] for name in sorted(files))).hexdigest()[:12]
    said = {"version": version, "pages": len(ordered), "pages_in_file": PAGES_IN_FILE,
            "words": starts, "without": sorted(STOP), "numbers": _numbers(ordered)}  # fmt: skip
    files["index.json"] = _json(said)
    return {f"{FOLDER}/{name}": content for name, content in files.items()}


def _words(entries: Sequence[Entry]) -> Iterator[tuple[str, bytes]]:
    """The files of words, each with its first word."""
    found: dict[str, list[int]] = {}  # with the last entry that has the word ahead
    for at, entry in enumerate(entries):
        words, weights = entry.words or _weighed(entry)
        for word, weight in zip(words.split(), weights, strict=True):
            if word in found:
                told = found[word]
                told.append((at - told[0]) * 16 + weight)
                told[0] = at
            else:
                found[word] = [at, at * 16 + weight]
    some: list[str] = []
    first, size = "", 0
    for word in sorted(found):
        line = f'"{word}":{str(found[word][1:]).replace(" ", "")}'
        if some and size + len(line) > MOST_OF_WORDS:
            yield first, ("{" + ",".join(some) + "}").encode()
            some, size = [], 0
        first = first if some else word
        some.append(line)
        size += len(line)
    if some:
        yield first, ("{" + ",".join(some) + "}").encode()


def _weighed(entry: Entry) -> tuple[str, bytes]:
    """The words of an entry in one text, and their weights."""
    facets = entry.facets
    strong = " ".join((facets.kind, facets.state, *facets.roles, *facets.topics, *facets.members))
    title = TITLE + SHORT_TITLE.get(len({*words_of(entry.title)}), 0)
    fields = (
        (title, entry.title), (STRONG, strong), (SAID, facets.said),
    )  # fmt: skip
    weights = weighed(fields, text_of(entry.text))
    weight = entry.weight * WANTED.get(facets.kind, 1)
    weights = {word: min(NUMBER - 1, max(1, round(it * weight))) for word, it in weights.items()}
    for office in facets.held:
        of = [*words_of(office)]
        for word in of:
            weights[word] = max(weights[word], NUMBER if len(of) < 3 else HELD)
    names = [entry.title] if _NAME.fullmatch(entry.title) else []
    weights |= dict.fromkeys([*words_of(entry.number), *names], NUMBER)
    return " ".join(weights), bytes(weights.values())


def _numbers(entries: Iterable[Entry]) -> list[str]:
    """How numbers are written, with 0 for a digit, as short as they get: ``chr-0``, ``d-0000-000``.

    The browser reads numbers by these that people write in other ways.
    """
    forms = {re.sub(r"\d", "0", one.number.lower()) for one in entries if one.number}
    found: dict[str, str] = {}
    for form in sorted(filter(_NUMBERED.fullmatch, forms), key=len):
        found.setdefault(form.rstrip("0"), form)
    return sorted(found.values())


def _shown(entry: Entry) -> list[str]:
    facets = entry.facets
    day = day_in_words(facets.on) if facets.on else ""
    title = entry.title
    if entry.number and entry.number not in title:
        title = f"{entry.number} {title}"
    return [place_of(entry.address), title, facets.kind, facets.state, day, facets.said]


def _facets(entries: Sequence[Entry]) -> list[list[object]]:
    groups: list[list[object]] = []
    for name, (label, values_of) in FACETS.items():
        found: dict[str, list[int]] = {}
        for at, entry in enumerate(entries):
            for value in values_of(entry.facets):
                found.setdefault(value, []).append(at)
        values = [
            [slug(value), value, _differences(found[value])] for value in in_order(name, found)
        ]
        groups.append([name, label, values])
    return groups


def _differences(some: list[int]) -> list[int]:
    return [some[0], *(after - before for before, after in pairwise(some))]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
