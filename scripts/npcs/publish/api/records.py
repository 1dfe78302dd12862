"""Every public record as JSON, and the list of each kind."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from npcs.publish.addresses import data_folder, data_of, page_address
from npcs.publish.api.models import (
    Line,
    Published,
    PublishedDecision,
    PublishedNotice,
    PublishedTerm,
    RecordList,
)
from npcs.publish.api.public import UNPUBLISHED, WITHHELD, facts, public
from npcs.publish.site import Site
from npcs.records.kinds import KINDS, Kind
from npcs.records.record import Record

_FORMS: Mapping[str, type[Published[Any]]] = {
    "decision": PublishedDecision,
    "notice": PublishedNotice,
    "term": PublishedTerm,
}


class Shown(NamedTuple):
    """What the page of a record says of it: its address, title and labels."""

    address: str
    title: str
    labels: tuple[str, ...]


def kinds() -> tuple[Kind, ...]:
    """The kinds of record that are published."""
    return tuple(one for one in KINDS.values() if one.name not in UNPUBLISHED)


@cache
def form(kind: Kind) -> type[Published[Any]]:
    """The form in which a record of a kind is published."""
    return _FORMS.get(kind.name) or Published[kind.model]  # type: ignore[name-defined]


@cache
def _left_out(kind: str) -> dict[str, Any]:
    """What is not written of a record, as pydantic wants it told; its id stands above already."""
    fields: dict[str, Any] = {"id": True}
    for path in WITHHELD.get(kind, ()):
        field, _, inner = path.partition(".")
        fields[field] = {"__all__": {inner: True}} if inner else True
    return {"record": fields}


def record_files(
    site: Site, kind: Kind, shown: Mapping[str, Shown]
) -> Iterator[tuple[str, bytes, dict[str, Any] | None]]:
    """The records of a kind, each with its path and its plain data, then the list of them.

    ``shown`` are their pages, by file.
    """
    lines = []
    for document in site.hub.by_kind[kind.name].values():
        record = site.hub.record(document.path)
        page = shown.get(document.path)
        if record is None or page is None:
            continue
        told = public(site, record)
        if told is None:
            continue
        one = published(site, kind, told, page)
        name = data_of(kind.name, document.id)
        without = _left_out(kind.name)
        written = one.model_dump_json(by_alias=True, exclude_none=True, exclude=without, indent=1)
        plain = one.model_dump(mode="json", by_alias=True, exclude=without)
        yield name, f"{written}\n".encode(), plain
        lines.append(
            Line.model_construct(
                id=one.id, title=one.title, page=one.page, data=name, labels=one.labels,
                changed=one.changed,
            )
        )  # fmt: skip
    every = RecordList.model_construct(kind=kind.name, count=len(lines), records=lines)
    yield f"{data_folder(kind.name)}.json", as_json(every), None


def published(site: Site, kind: Kind, record: Record, page: Shown) -> Published[Any]:
    """A record as it is published, of which all may be told."""
    known = site.recorded(record.path)
    found = facts(site, record)
    more: dict[str, Any] = {"facts": found} if found else {}
    return form(kind).model_construct(
        kind=kind.name,
        id=record.key,
        title=page.title,
        page=page_address(page.address),
        file=record.path,
        labels=[one for one in page.labels if one != record.key],
        added=known.first.on if known else None,
        changed=known.last.on if known else None,
        record=record,
        text=record.body.strip() or None,
        **more,
    )


def as_json(data: Any) -> bytes:
    """Data as they are written: by the names they have outside, without what is not there."""
    return f"{data.model_dump_json(by_alias=True, exclude_none=True, indent=1)}\n".encode()
