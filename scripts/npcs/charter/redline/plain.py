"""A redline as a text with marks, for a terminal or a mail, and as data for a program."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from npcs.charter.redline.compare import Redline
from npcs.charter.redline.html import HARMFUL, digits
from npcs.charter.redline.provisions import ProvisionChange
from npcs.charter.redline.stretches import Stretch
from npcs.charter.texts import Text

VERSION = 1
_COLOURS = {"delete": "31", "insert": "32"}  # red and green, and what moved cyan
_MOVED = "36"
_LINE = re.compile(r"[^\n]+")


def as_text(redline: Redline, *, colour: bool = False) -> str:
    """The whole text, with ``[-what went-]`` and ``{+what came+}``.

    Without what is in the first, and without the marks of the second, it is the new text, and the
    other way round the old one. Of what moved, ``{m1: moved here}`` behind it says so.
    """
    return "".join(_marked(redline, colour))


def _marked(redline: Redline, colour: bool) -> Iterator[str]:
    told: set[tuple[str, str]] = set()
    for one in redline.ops:
        text = HARMFUL.sub(digits, one.text)
        if one.op == "equal":
            yield text
            continue
        start, end = ("[-", "-]") if one.op == "delete" else ("{+", "+}")
        yield _coloured(f"{start}{text}{end}", one) if colour else start + text + end
        if one.moved and (one.op, one.moved) not in told:
            told.add((one.op, one.moved))
            yield f"{{{one.moved}: moved {'away' if one.op == 'delete' else 'here'}}}"


def _coloured(text: str, one: Stretch) -> str:
    """The text in a colour, line by line, since a pager forgets it at the end of each."""
    code = _MOVED if one.moved else _COLOURS[one.op]
    return _LINE.sub(lambda line: f"\x1b[{code}m{line[0]}\x1b[0m", text)


def from_to(old: Text, new: Text) -> str:
    """Which texts are compared, with the versions and titles they give themselves."""
    said = f"From {_told(old)} to {_told(new)}."
    if old.title != new.title and old.title and new.title:
        said += f" The title was “{old.title}” and is “{new.title}”."
    return HARMFUL.sub(digits, said)


def _told(one: Text) -> str:
    return f"{one.name} (version {one.version})" if one.version not in one.name else one.name


def how_much(redline: Redline) -> str:
    """How many words came, went and moved, in a sentence."""
    if redline.is_empty:
        return "The two texts are the same in every word."
    came, went, moved = redline.counts
    return f"{_words(came)} inserted, {went:,} deleted, {moved:,} moved."


def _words(number: int) -> str:
    return f"{number:,} {'word' if number == 1 else 'words'}"


def as_json(redline: Redline, provisions: Sequence[ProvisionChange] = ()) -> dict[str, Any]:
    """The redline as a JSON object, in version 1 of a form that keeps its keys."""
    return {
        "version": VERSION,
        "counts": redline.counts._asdict(),
        "provisions": [one.data() for one in provisions],
        "ops": [one._asdict() for one in redline.ops],
    }
