"""The records as they were known on a day: nothing of what came later.

A model says what happened on a day (``Past``), what is known from the day of another field on
(``Since``), and what a part rests on (``Founding``). A record to which its model gives no day of
its own is known from the day on which its file came into the repository, where that is told. Plans
stay: what is due, until when something is to last, a meeting to come.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from npcs.records.charter import Meeting, Parameters
from npcs.records.document import Document
from npcs.records.fields import ANY
from npcs.records.figures import Period
from npcs.records.hub import Hub, document, typed
from npcs.records.reading import read_loose, rewritten
from npcs.records.record import Record
from npcs.records.shape import Shape, shape_of

_GONE: Any = object()
R = TypeVar("R", bound=Record)


def known_on(
    hub: Hub, day: date, came: Mapping[str, date] = {}, then: Mapping[str, bytes] = {}
) -> Hub:
    """The records as they were known on a day; the same hub where nothing came later.

    ``came`` has the days on which files came into the repository, by path, as far as these are
    later. A record without a day of its own that came later is left out, unless one that has a day
    refers to it: it was known under another name then, or not written down.

    ``then`` has files as they were on the day, as far as these are known. Of a table of figures the
    periods stay that were over and stood in it then. Where a record keeps only the last answer to
    a question, or the words of a reading that was decided anew, those before come from there.
    """
    told = _Told(hub, str(day), then)
    told.settle({one.path for one in hub.documents.values() if _names_later(one, told.day)})
    told.leave_out(_later(hub, came, told.day))
    companions = [
        _until(one, day, then.get(path)) if path.endswith(".csv") else one
        for path, one in hub.companions.items()
        if path not in came
    ]
    if not told.gone and not told.cut and companions == [*hub.companions.values()]:
        return hub
    documents = [
        told.cut.get(path, one)
        for path, one in hub.documents.items()
        if (one.kind.name, one.id) not in told.gone
    ]
    return Hub([*documents, *companions], hub.strays)


def known(record: R, day: date) -> R | None:
    """A record as it was known on a day, whatever was known of others; None where it was not."""
    one = record._document
    if not _names_later(one, str(day)):
        return record
    made = _Told(Hub(()), str(day), {}).told(one)
    if made is None or made is one:
        return record if made else None
    return typed(type(record), made)


class _Told:
    """What is told on a day: which records are not known yet, and what is cut of others.

    ``gone`` holds the first by kind and id, and by any kind and id; ``cut`` the others by path.
    """

    def __init__(self, hub: Hub, day: str, then: Mapping[str, bytes]) -> None:
        self.day = day
        self._then = then
        self.gone: set[tuple[str, str]] = set()
        self.cut: dict[str, Document] = {}
        self._hub = hub

    def settle(self, paths: Collection[str]) -> None:
        """Cut these records, and then what refers to those of which nothing is left."""
        waiting = [*paths]
        while waiting:
            one = self._hub.documents[waiting.pop()]
            name = one.kind.name, one.id
            if name in self.gone or not one.valid:
                continue
            made = self.told(one)
            if made is None:
                self.cut.pop(one.path, None)
                waiting += self._leave(name)
            elif made is not one:
                self.cut[one.path] = made

    def leave_out(self, later: Collection[tuple[str, str]]) -> None:
        """Leave out records by kind and id, except where one that has a day refers to them."""
        if not later:
            return
        needed = {
            (kind, reference.id)
            for path, one in self._hub.documents.items()
            if (one.kind.name, one.id) not in self.gone and _is_dated(one, self.day)
            for reference in self.cut.get(path, one).references
            for kind in reference.kinds
        }
        gone = {*later} - needed - self.gone
        self.settle({path for name in gone for path in self._leave(name)})

    def _leave(self, name: tuple[str, str]) -> list[str]:
        """Leave a record out; gives what refers to it."""
        kind, key = name
        self.gone.add(name)
        if self._hub.by_id[key].kind.name == kind:
            self.gone.add((ANY, key))
        return [it.path for it, _ in self._hub.referrers.get(name, ())]

    def told(self, one: Document) -> Document | None:
        """A record as it was known; itself where it was, None where it was not."""
        content = one.content()
        model = one.kind.model
        data = self._before(one, model.stood(content.data, self.day))
        data = self._part(shape_of(model), data)
        if data is _GONE:
            return None
        if model is Parameters:
            data = self._reworded(one, data, content.data)
        body = "" if model.prose_since(content.data) > self.day else content.body
        if data == content.data and body == content.body:
            return one
        made = rewritten(one, data, body)
        return made if made.valid else None

    def _before(self, one: Document, data: Any) -> Any:
        """The data of a record with what was known before a day that is still to come."""
        old = self._old(one) if data else {}
        before = {
            field: old[field]
            for name, on in shape_of(one.kind.model).since.items()
            if on in old and old[on] <= self.day < (data.get(on) or "")
            for field in (name, on)
            if field in old
        }
        return data | before if before else data

    def _reworded(self, one: Document, data: Any, now: Any) -> Any:
        """The parameters, a reading in its words before it was decided anew: those tell of it."""
        old = self._old(one).get("parameters") or {}
        every = {
            name: it | {"reading": old[name]["reading"]}
            if name in old and it["history"] != now["parameters"][name]["history"]
            else it
            for name, it in data["parameters"].items()
        }
        return data | {"parameters": every}

    def _old(self, one: Document) -> Any:
        """The data of a record as they stood then; empty where that is not known."""
        raw = self._then.get(one.path)
        found = document(one.path, raw) if raw else None
        return found.content().data if found and found.valid else {}

    def _of(self, shape: Shape, value: Any) -> Any:
        """A value as it was known, or that nothing was."""
        if shape.form == "part":
            return self._part(shape, value) if type(value) is dict else value
        if type(value) is list and shape.item:
            return [one for it in value if (one := self._of(shape.item, it)) is not _GONE]
        if type(value) is dict and shape.item:
            return {
                key: one
                for key, it in value.items()
                if not (shape.key and self._is_gone(shape.key, key))
                and (one := self._of(shape.item, it)) is not _GONE
            }
        later = type(value) is str and shape.happened and _over(value) > self.day
        return _GONE if later or self._is_gone(shape, value) else value

    def _part(self, shape: Shape, data: Any) -> Any:
        if data is None:
            return _GONE
        kept = {}
        for name, value in data.items():
            since = data.get(shape.since.get(name, ""))
            one = _GONE if since and since > self.day else value
            if one is value and name in shape.fields:
                one = self._of(shape.fields[name], value)
            if name in shape.required and (one is _GONE or (value and not one)):
                return _GONE
            if one is not _GONE:
                kept[name] = one
        return kept

    def _is_gone(self, shape: Shape, key: Any) -> bool:
        return any((kind, key) in self.gone for kind in shape.refers)


@lru_cache(maxsize=4096)  # records name the same days over and over
def _over(value: str) -> str:
    """The day on which something that happened was over: the day itself, or a period's last."""
    period = Period.parse(value)
    return str(period.last) if period else value


def _names_later(one: Document, day: str) -> bool:
    """Whether a later day stands anywhere in a record."""
    return one.valid and _has_later(one.packed, day)


@lru_cache(maxsize=32_768)  # of each record it is asked for its page, its head and its data
def _has_later(packed: bytes, day: str) -> bool:
    found = {*_days_from(day[:4]).findall(packed)}
    return any(_over(one.decode()) > day for one in found)


@lru_cache(maxsize=4)
def _days_from(year: str) -> re.Pattern[bytes]:
    """What finds the days and periods of a year and all years after it, up to 2999."""
    later = [f"{year[:at]}[{int(year[at]) + 1}-9]\\d{{{3 - at}}}"
             for at in range(1, 4) if year[at] < "9"]  # fmt: skip
    years = "|".join([year, *later, *(["2\\d{3}"] if year < "2" else [])])
    return re.compile(rf"(?:FY)?(?:{years})(?:-(?:Q[1-4]|[01]\d(?:-[0-3]\d)?))?".encode())


def _is_dated(one: Document, day: str) -> bool:
    """Whether a record has a day of its own, on which it came to be."""
    if one.kind.model is Meeting:
        return one.valid and one.content().data["date"] <= day
    shape = shape_of(one.kind.model)
    return any(shape.fields[name].happened for name in shape.required)


def _later(hub: Hub, came: Collection[str], day: str) -> Collection[tuple[str, str]]:
    """The records without a day of their own among files that came later."""
    found = filter(None, map(hub.document, came))
    return {(one.kind.name, one.id) for one in found if not _is_dated(one, day)}


def _until(one: Document, day: date, then: bytes | None) -> Document:
    """A table of figures with the periods alone that were known on a day."""
    known = None
    if then is not None:
        known = {period for period, _ in _periods(then.decode("utf-8", "replace"))}
    every = [*_periods(one.body)]
    kept = [
        line
        for period, line in every
        if period is None or (period.last <= day and (known is None or period in known))
    ]
    return one if len(kept) == len(every) else read_loose(one.path, "".join(kept).encode())


def _periods(table: str) -> Iterator[tuple[Period | None, str]]:
    """The lines of a table, each with the period it is of; the first is of none."""
    head, *lines = table.splitlines(keepends=True) or [""]
    names = _cells(head)
    column = names.index("period") if "period" in names else len(names)
    yield None, head
    for line in lines:
        yield Period.parse("".join(_cells(line)[column : column + 1])), line


def _cells(line: str) -> list[str]:
    return [cell.strip(' "\r\n') for cell in line.split(",")]


__all__ = ["known", "known_on"]
