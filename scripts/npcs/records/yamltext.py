"""YAML as records use it: text, lists and mappings, each with its place, and nothing clever.

libyaml tells what stands where; what it means is for the record's model. Tags, anchors, aliases,
second documents and doubled keys are refused, since each would let a file say something else than
a person reads in it. The builder works from events, without recursion, so no nesting can exhaust
the machine.
"""

import re
import sys
from array import array
from contextlib import suppress
from typing import Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.tokens import ScalarToken

try:
    from yaml.cyaml import CParser as _Parser  # type: ignore[attr-defined]
    from yaml.cyaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: slower, the same events
    from yaml.loader import SafeLoader as _Parser  # type: ignore[assignment]

    _Loader = _Parser  # type: ignore[assignment, misc]

DEPTH = 24
"""How deep lists and mappings may stand in one another; records need six."""

MOST = 10_000
"""How many keys and values a file may hold; the longest record we know of has a tenth of that."""

_AMBIGUOUS = re.compile(
    r"y|yes|n|no|true|false|on|off"
    r"|[-+]?0[0-9_]+|[-+]?0[xb][0-9a-f_]+"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
    r"|[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9_]+)(?:e[-+]?[0-9]+)?"
    r"|[-+]?[0-9][0-9_]*e[-+]?[0-9]+"
    r"|[-+]?\.inf|\.nan",
    re.IGNORECASE | re.ASCII,
)
_NULL = frozenset(("", "~", "null", "Null", "NULL"))

_WORDS = {
    "mapping values are not allowed in this context": (
        "a colon followed by a space stands inside a text",
        "put the whole text in double quotes",
    ),
    "found character that cannot start any token": (
        "a value starts with a character that YAML keeps for itself",
        "put the value in double quotes",
    ),
    "could not find expected ':'": (
        "this line is neither `field: value` nor part of a text",
        "add the colon and a space after the field's name, or indent the line under its field",
    ),
    "did not find expected key": (
        "the line does not fit the ones above it",
        "line up fields of one group in one column, and check that every quote is closed",
    ),
    "found unexpected end of stream": (
        "a quote is opened and never closed",
        "close the quote at the end of the text",
    ),
    "did not find expected '-' indicator": (
        "the line does not fit the list above it",
        "start each entry with `- ` in one column",
    ),
    "did not find expected ',' or ']'": (
        "a list opened with [ is not closed as it should be",
        "part its entries by commas and close it with ]",
    ),
    "did not find expected ',' or '}'": (
        "a group opened with { is not closed as it should be",
        "write the fields on lines of their own instead",
    ),
    "did not find expected node content": (
        "a value is missing or cut off",
        "complete the value, or remove the line",
    ),
    "found unknown escape character": (
        "a backslash stands in double quotes before a character it cannot go with",
        "use single quotes, or write the backslash twice",
    ),
    "block sequence entries are not allowed in this context": (
        "a list starts on the line of its field",
        "start the list on the next line, indented",
    ),
}


class Unreadable(Exception):  # noqa: N818 - it says what the file is
    """A file cannot be read as what it should be; line and column are counted from 1."""

    def __init__(self, message: str, hint: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.message, self.hint, self.line, self.column = message, hint, line, column


class Parsed(NamedTuple):
    """A YAML text's data and the packed places of its values.

    ``sizes`` tells of each list and mapping, by its number among the values, how many keys and
    values it holds; ``ambiguous`` holds the numbers of words that other programs misread.
    """

    data: dict[str, Any]
    places: bytes
    sizes: dict[int, int]
    ambiguous: tuple[int, ...]


def parse(text: str, first_line: int = 1) -> Parsed:
    """Data and places of a YAML mapping whose text starts on ``first_line`` of its file.

    Every scalar is text, or None where nothing is written. Raises ``Unreadable`` with the place
    and the reason.
    """
    if "\t" in text and (tab := re.search(r"^[ -]*\t", text, re.MULTILINE)):
        line = text.count("\n", 0, tab.end()) + first_line
        column = tab.end() - (text.rfind("\n", 0, tab.end()) + 1)
        raise Unreadable(
            "a tab stands before the text of this line",
            "indent with spaces, two for each step",
            line,
            column,
        )
    try:
        return _build(_Parser(text), first_line)
    except yaml.MarkedYAMLError as error:
        raise _in_words(error, text, first_line) from None
    except yaml.YAMLError as error:
        raise Unreadable(f"the YAML cannot be read: {error}", "", first_line) from None


def _in_words(error: yaml.MarkedYAMLError, text: str, first_line: int) -> Unreadable:
    problem = error.problem or "the YAML cannot be read"
    message, hint = _WORDS.get(problem, (problem, "compare the lines around with another record"))
    mark = error.problem_mark or error.context_mark
    if problem in _TOLD_LATE and error.context_mark:
        mark = error.context_mark
    if mark is None:
        return Unreadable(message, hint, first_line)
    lines = text.split("\n")
    if problem in _OF_COLONS:
        for number in (mark.line, mark.line - 1):
            if 0 <= number < len(lines) and (found := _no_space(lines[number])):
                message, hint, column = found
                return Unreadable(message, hint, number + first_line, column)
    if (opened := _quote_before(text, mark)) is not None:
        return Unreadable(
            f"the quote that opens here is closed only on line {mark.line + first_line}",
            "close it at the end of its text; a quote inside the text is written twice, or the "
            "text goes into quotes of the other kind",
            opened[0] + first_line,
            opened[1] + 1,
        )
    return Unreadable(message, hint, mark.line + first_line, mark.column + 1)


_COLON = "could not find expected ':'"
_TOLD_LATE = ("found unexpected end of stream", _COLON)
"""What the parser notices only after the line on which it began."""

_OF_COLONS = (_COLON, "mapping values are not allowed in this context")
_NO_SPACE = re.compile(r"[ ]*(?:- +)*[\w-]+:([^\s:/]|[^\S ])")


def _no_space(line: str) -> tuple[str, str, int] | None:
    """What is wrong after the colon of a field's name, and in which column, if anything is."""
    found = _NO_SPACE.match(line)
    if not found:
        return None
    one = found[1]
    if one.isspace():
        name = "a no-break space" if one == "\xa0" else "no ordinary space"
        what = f"{name} (U+{ord(one):04X}) stands after the colon"
        return what, "type an ordinary space there", found.start(1) + 1
    return "there is no space after the colon", "write `field: value`", found.start(1)


def _quote_before(text: str, mark: yaml.Mark) -> tuple[int, int] | None:
    """Where a quoted text began that goes over lines and ends just before a place."""
    last = None
    with suppress(yaml.YAMLError):
        for token in yaml.scan(text, Loader=_Loader):
            end = token.end_mark
            if (end.line, end.column) > (mark.line, mark.column):
                break
            if isinstance(token, ScalarToken):
                last = token
    if last is None or last.style not in ("'", '"'):
        return None
    start, end = last.start_mark, last.end_mark
    return (start.line, start.column) if start.line < end.line == mark.line else None


def _build(parser: Any, first_line: int) -> Parsed:
    event = parser.get_event
    event()  # the start of the stream
    if type(event()) is StreamEndEvent:
        raise Unreadable("it holds no fields", "add the record's fields", first_line)
    places: list[int] = []
    ambiguous: list[int] = []
    root: list[Any] = []
    current: Any = root
    key: str | None = None
    in_mapping = False
    above: list[tuple[Any, bool, int]] = []
    sizes: dict[int, int] = {}
    add = places.append
    intern = sys.intern
    ambiguous_word = _AMBIGUOUS.fullmatch
    while True:
        one = event()
        form = type(one)
        if form is ScalarEvent:
            mark = one.start_mark
            add(mark.line + first_line)
            add(mark.column + 1)
            if one.tag is not None or one.anchor is not None:
                raise _refused(one, (places[-2], places[-1]))
            value = one.value
            if not one.style:
                if value in _NULL:
                    value = None
                elif (
                    value[0] in "0123456789ynYNtTfFoO.+-"
                    and (len(value) < 6 or value[0] in "0123456789.+-")
                    and not (len(value) == 10 and value[4] == value[7] == "-")  # a day
                    and ambiguous_word(value)
                ):
                    ambiguous.append(len(places) // 2 - 1)
            if not in_mapping:
                current.append(value)
            elif key is None:
                key = intern(one.value)
                if key in current:
                    raise Unreadable(
                        f"`{key}` stands here a second time",
                        "keep one of the two, so that nobody has to guess which one counts",
                        *places[-2:],
                    )
            else:
                current[key] = value
                key = None
        elif form is MappingStartEvent or form is SequenceStartEvent:
            mark = one.start_mark
            place = (mark.line + first_line, mark.column + 1)
            places += place
            if one.tag is not None or one.anchor is not None:
                raise _refused(one, place)
            if len(above) == DEPTH:
                raise Unreadable("values are nested too deeply", "no record needs this", *place)
            new: Any = {} if form is MappingStartEvent else []
            if not in_mapping:
                current.append(new)
            elif key is None:
                raise Unreadable("a field's name should be a single word", "", *place)
            else:
                current[key] = new
            above.append((current, in_mapping, len(places) // 2 - 1))
            current, key, in_mapping = new, None, form is MappingStartEvent
        elif form is MappingEndEvent or form is SequenceEndEvent:
            if len(places) > 2 * MOST:
                raise _too_many((places[2 * MOST], places[2 * MOST + 1]))
            current, in_mapping, start = above.pop()
            sizes[start] = len(places) // 2 - start
            key = None
            if not above:
                break
        elif form is AliasEvent:
            mark = one.start_mark
            raise _refused(one, (mark.line + first_line, mark.column + 1))
        else:
            break
    if root and isinstance(root[0], dict):
        event()  # the end of the document
        after = event()
        if type(after) is not StreamEndEvent:
            raise Unreadable(
                "a second YAML document starts here",
                "one file holds one record: remove the line `---` or move what follows",
                after.start_mark.line + first_line,
                after.start_mark.column + 1,
            )
        return Parsed(root[0], array("I", places).tobytes(), sizes, tuple(ambiguous))
    if root and root[0] is not None:
        what = "a list" if isinstance(root[0], list) else "a single text"
        if isinstance(root[0], str) and (fault := _no_space(root[0])):
            raise Unreadable(fault[0], fault[1], places[0], places[1] + fault[2] - 1)
        raise Unreadable(
            f"the file holds {what}, not fields", "write `field: value` lines", places[0], places[1]
        )
    raise Unreadable("it holds no fields", "add the record's fields", first_line)


def _too_many(place: tuple[int, int]) -> Unreadable:
    return Unreadable(
        f"the file holds more than {MOST:,} fields and values",
        "no record needs as many: part it into several",
        *place,
    )


def _refused(event: Any, place: tuple[int, int]) -> Unreadable:
    if isinstance(event, AliasEvent):
        return Unreadable(
            f"*{event.anchor} repeats a value from elsewhere in the file",
            "write the value out, or put the text in quotes if the * belongs to it",
            *place,
        )
    if event.tag is not None:
        return Unreadable(
            f"{event.tag} is a YAML tag, which records do not use",
            "remove it, or put the text in quotes if the ! belongs to it",
            *place,
        )
    return Unreadable(
        f"&{event.anchor} names a value for use elsewhere, which records do not use",
        "remove it, or put the text in quotes if the & belongs to it",
        *place,
    )
