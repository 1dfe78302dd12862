"""The values in which a file that was read goes to another process or another day."""

from typing import Any

from npcs.records.document import Document, Link, Reference, Remark
from npcs.records.findings import Finding
from npcs.records.kinds import kind_named


def packed(one: Document) -> tuple[Any, ...]:
    """A document, and what was found in it alone, in values that ``marshal`` knows."""
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
        list(map(tuple, one.findings)),
    )


def all_unpacked(found: dict[str, tuple[Any, ...]]) -> dict[str, Document]:
    """The documents of such values, by path; each of these is let go when it has been opened."""
    return {path: unpacked(path, found.pop(path)) for path in tuple(found)}


def unpacked(path: str, plain: tuple[Any, ...]) -> Document:
    """The document that ``packed`` made such values of."""
    kind, key, digest, content, valid, remarks, references, links, anchors, *rest = plain
    declared, done, findings = rest
    return Document(
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
        tuple(map(Finding._make, findings)),
    )


__all__ = ["all_unpacked", "packed", "unpacked"]
