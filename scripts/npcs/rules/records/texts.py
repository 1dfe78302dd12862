"""The texts of a file, and places in them, as rules on content look at them."""

from collections.abc import Iterator

from npcs.records.document import Content, Document, place_of
from npcs.records.findings import Note, Place
from npcs.records.prose import Lines

_MANY = 50
"""How many findings of one rule a file has at most; who has as many needs no more."""


class Text:
    """A text of a file: where it starts, and whether Markdown may stand in it."""

    def __init__(self, start: Place, text: str, is_body: bool) -> None:
        self._start = start
        self._lines = Lines(text) if is_body else None

    def at(self, at: int) -> Place:
        """The place of a character; in a field, the place of the field's value."""
        if self._lines is None:
            return self._start
        line, column = self._lines.place(at)
        return Place(self._start.path, self._start.line + line, column)


def few(notes: Iterator[Note]) -> Iterator[Note]:
    """The notes, or the first of very many, the last of which says that there are more."""
    for number, note in enumerate(notes, 1):
        if number == _MANY:
            more = f"{note.message}; there are more like this, which are not shown"
            yield Note(note.place, more, note.hint, note.severity)
            return
        yield note


def every_text(document: Document, content: Content) -> Iterator[tuple[Place, str]]:
    """All keys, values and prose of a file, with their places."""
    number = 0
    waiting: list[object] = [content.data]
    while waiting:
        data = waiting.pop()
        place = Place(document.path, *place_of(content.places, number))
        number += 1
        if isinstance(data, dict):
            for key, value in reversed(data.items()):
                waiting += [value, key]
        elif isinstance(data, list):
            waiting += reversed(data)
        elif isinstance(data, str):
            yield place, data
    if content.body:
        yield Place(document.path, content.body_line, 1), content.body
