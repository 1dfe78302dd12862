"""The rule that nothing names a child, a family or a worker, however it is written."""

import re
from collections.abc import Iterator

from npcs.records.document import Content, Document, place_of
from npcs.records.findings import Note, Place
from npcs.records.personal import IN_NAME, Identifier, found, suspects
from npcs.rules.records.texts import Text, every_text, few
from npcs.rules.rule import rule


@rule("identifier", over=Document)
def identifier(document: Document) -> Iterator[Note]:
    """Nothing in a record identifies a child, a family or a worker, or how to reach a person.

    Social Security numbers, telephone numbers, dates of birth, case numbers and personal e-mail
    addresses never stand in the repository: Git forgets nothing, and what was pushed once must be
    treated as known. No file's name holds one either, since it becomes an address. A word may be
    joined to it, as in `ssn-…`. No report of the check repeats one, nor shows its line. Role
    mailboxes, such as `notices@…`, may stand.

    Remove it before you commit. If it is committed already, tell the coordinator at once, and do
    not repeat the value.

    ## Example

    A text that names a case:

    ```markdown
    case no. A-12345
    ```

    The check finds an error:

    > this looks like a case number

    Put right: without it. What is to be learned can be told without the case.
    """
    if IN_NAME.search(document.path):
        yield Place(document.path).error(
            "the file's name holds what looks like a number of a person",
            "rename the file: a number of this kind stands nowhere, and no address shows it",
        )
    if document.readable and (among := suspects(document.source)):
        yield from few(_identifiers(document, among))


def _identifiers(document: Document, among: tuple[Identifier, ...]) -> Iterator[Note]:
    content = document.content()
    comments = _comments(document, content.body_line) if b"#" in document.source else ()
    for start, text in (*every_text(document, content), *comments):
        written, places = found(text, among)
        place = Text(start, written, text is content.body) if places else None
        for what, at, _ in places:
            assert place
            yield place.at(at).error(f"this looks like {what}", _OUT)
    for start, text, begins in _named(document, content):
        for what, at, end in found(text, among)[1]:
            if at < begins < end:
                yield start.error(f"this looks like {what}", _OUT)


_OUT = "take it out; if it is none, write it so that it cannot be taken for one"


def _named(document: Document, content: Content) -> Iterator[tuple[Place, str, int]]:
    """Each value behind the name of its field, as people read it, and where in that it begins."""
    waiting: list[tuple[str, object]] = [("", content.data)]
    number = 0
    while waiting:
        name, data = waiting.pop()
        place = Place(document.path, *place_of(content.places, number))
        number += 1
        if isinstance(data, dict):
            for key, value in reversed(data.items()):
                waiting += [(key, value), ("", key)]
        elif isinstance(data, list):
            waiting += [(name, one) for one in reversed(data)]
        elif isinstance(data, str) and name:
            yield place, f"{name}: {data}", len(name) + 2


_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#.*")


def _comments(document: Document, body_line: int) -> Iterator[tuple[Place, str]]:
    """What stands behind a # between the fields: no reader of YAML sees it, everyone else does."""
    for number, line in enumerate(document.source.decode("utf-8", "replace").split("\n"), 1):
        if number == body_line and document.kind.form == "markdown":
            return
        if found := _COMMENT.search(line):
            yield Place(document.path, number, found.start() + 1), found.group()
