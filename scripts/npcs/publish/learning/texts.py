"""A curriculum with its texts as HTML and as plain text, for use outside the site."""

import html
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from npcs.publish.site import Site
from npcs.publish.text import Md
from npcs.records.practices import Curriculum, Item
from npcs.records.record import Source

_INTO_THE_SITE = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\(hub:[^()\s]*\)")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Answer:
    """An option: its letter, what it says, whether it is right, and what it says back."""

    letter: str
    text: str
    is_right: bool
    feedback: str
    feedback_html: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its options, as plain text and as HTML."""

    id: str
    number: int
    stem: str
    stem_html: str
    answers: tuple[Answer, ...]
    source: str
    source_html: str

    @property
    def right(self) -> str:
        """The letter of the right answer."""
        return ", ".join(one.letter for one in self.answers if one.is_right)


@dataclass(frozen=True, slots=True)
class Course:
    """A curriculum as it is handed out.

    ``changed`` is when its file last changed, in seconds since 1970, or the day of the site where
    no history tells. What has been handed out before is replaced by what changed later.
    """

    id: str
    title: str
    publisher: str
    record: Curriculum
    questions: tuple[Question, ...]
    changed: int


def course(site: Site, record: Curriculum) -> Course:
    """A curriculum with all its texts."""
    known = site.history.files.get(record.path)
    return Course(
        id=record.key,
        title=record.title,
        publisher=site.settings.name,
        record=record,
        questions=tuple(
            _question(site, record, number, item)
            for number, item in enumerate(record.items, start=1)
        ),
        changed=known.last.at if known else (site.as_of.toordinal() - 719_163) * 86_400,
    )


def _question(site: Site, record: Curriculum, number: int, item: Item) -> Question:
    stem = as_html(site.prose(item.stem, record))
    answers = []
    for letter, option in item.lettered:
        feedback = as_html(site.prose(option.feedback, record))
        answers.append(Answer(letter, option.text, option.correct, as_plain(feedback), feedback))
    source, source_html = _source(item.reference)
    return Question(item.id, number, as_plain(stem), stem, tuple(answers), source, source_html)


def _source(source: Source | None) -> tuple[str, str]:
    if source is None:
        return "", ""
    seen = f" (as of {source.as_of})" if source.as_of else ""
    said, title = f"{source.title}{seen}", html.escape(source.title)
    if re.fullmatch(r"https?://[^\s<>\"'`\\]+", source.address or ""):
        address = html.escape(source.address or "")
        return f"{said}, {source.address}", f'<a href="{address}">{title}</a>{html.escape(seen)}'
    return said, html.escape(said)


def as_html(text: Md) -> str:
    """Markdown of the hub as HTML: harmless, and without links into the site."""
    while (plain := _INTO_THE_SITE.sub(r"\1", text)) != text:
        text = Md(plain)
    converter = _converter()
    converter.reset()
    converted: str = converter.convert(text)
    return converted


def as_plain(converted: str) -> str:
    """What HTML says, in one line and without marks."""
    return " ".join(html.unescape(_TAG.sub("", converted)).split())


@cache
def _converter() -> Any:
    from markdown import Markdown

    return Markdown(extensions=["npcs.publish.mdsafe", "tables", "fenced_code"])
