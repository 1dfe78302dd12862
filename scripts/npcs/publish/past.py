"""What Git tells of each file, kept from one build to the next: only new commits are looked at."""

from datetime import date
from pathlib import Path
from typing import Any

from npcs.history.dates import Change, FileHistory, Found, History, found
from npcs.rules import cache


class Past:
    """The history of a folder, as it was found the last time and goes on from there."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._place = cache.place("site-past", root)
        plain = cache.read(self._place)
        self._known = _unpacked(plain) if plain else None

    def history(self) -> History:
        """The history as Git tells it now."""
        known = found(self._root, self._known)
        if known != self._known and known.way:
            cache.write(self._place, _packed(known))
        self._known = known
        return known.history


def _packed(known: Found) -> tuple[Any, ...]:
    numbers: dict[Change, int] = {}
    files = [
        (name, numbers.setdefault(first, len(numbers)), numbers.setdefault(last, len(numbers)), of)
        for name, (first, last, of) in known.history.files.items()
    ]
    changes = [(one.on.toordinal(), *one[1:]) for one in numbers]
    return known.head, known.way, known.history.newest, changes, files


def _unpacked(plain: tuple[Any, ...]) -> Found:
    head, way, newest, changes, files = plain
    every = [Change(date.fromordinal(on), *more) for on, *more in changes]
    history = History(
        {name: FileHistory(every[first], every[last], of) for name, first, last, of in files},
        newest,
    )
    return Found(head, way, history)
