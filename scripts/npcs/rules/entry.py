"""A file as it was read, and the values in which it goes to another process or another day."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from npcs.records.document import Document, Link, Reference, Remark
from npcs.records.findings import Finding
from npcs.records.kinds import kind_named


class Entry(NamedTuple):
    """A file as it was read, and what the rules that see it alone found.

    ``plain`` is the two as ``packed`` makes them, where they come from there.
    """

    document: Document
    findings: tuple[Finding, ...]
    plain: tuple[Any, ...] | None = None


def packed(one: Document, findings: Iterable[Finding]) -> tuple[Any, ...]:
    """A document and what was found in it, in values that ``marshal`` knows."""
    return (
        one.kind.name,
        one.id,
        one.digest,
        one.packed,
        one.valid,
        list(map(tuple, one.remarks)),
        list(map(tuple, one.references)),
        list(map(tuple, one.links)),
        one.anchors,
        one.declared,
        one.done,
        list(map(tuple, findings)),
    )


def unpacked(path: str, plain: tuple[Any, ...]) -> Entry:
    """The document and the findings that ``packed`` made such values of."""
    kind, key, digest, content, valid, remarks, references, links, anchors, *rest = plain
    declared, done, found = rest
    document = Document(
        path,
        kind_named(kind),
        key,
        digest,
        content,
        valid,
        tuple(map(Remark._make, remarks)),
        tuple(map(Reference._make, references)),
        tuple(map(Link._make, links)),
        anchors,
        declared,
        done,
    )
    return Entry(document, tuple(map(Finding._make, found)), plain)


__all__ = ["Entry", "packed", "unpacked"]
