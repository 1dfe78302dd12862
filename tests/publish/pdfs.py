"""Making PDFs of texts, and reading their tags without the code that made them."""

import hashlib
import io
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject

from npcs.publish.pdf import About, charter_pdf

PAINTING = {
    "Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do", "EI",
}  # fmt: skip


def digest(raw: bytes) -> str:
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def file_of(body: str, title: str = "Charter", version: str = "2.1") -> bytes:
    return f'---\ntitle: {title}\nversion: "{version}"\n---\n\n{body}\n'.encode()


def about(raw: bytes, state: str = "proposed", **given: Any) -> About:
    facts: dict[str, Any] = {"title": "Charter", "version": "2.1", "sentence": "This is so."}
    if state != "proposed":
        facts |= {
            "decision": "D-2027-012", "adopted": date(2027, 3, 4), "effective": date(2027, 4, 1),
        }  # fmt: skip
    return About(**{"state": state, "digest": digest(raw), **facts, **given})


def made(body: str, state: str = "proposed", **given: Any) -> PdfReader:
    raw = file_of(body)
    return PdfReader(io.BytesIO(charter_pdf(raw, about(raw, state, **given))))


class Tag(NamedTuple):
    """An element of a PDF's structure: its standard name, its attributes and what is in it."""

    name: str
    attributes: dict[str, Any]
    inside: list["Tag"]
    node: DictionaryObject

    def all(self, *names: str) -> Iterator["Tag"]:
        for one in self.inside:
            if one.name in names or not names:
                yield one
            yield from one.all(*names)


def tags(reader: PdfReader) -> Tag:
    """The structure of a PDF, its own names told by the standard ones they stand for."""
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    return _tag(root, root.get("/RoleMap", {}))


def _tag(node: DictionaryObject, roles: Any) -> Tag:
    name = node.get("/S", "/StructTreeRoot")
    while name in roles:
        name = roles[name]
    kids = node.get("/K", ArrayObject()).get_object()
    kids = kids if isinstance(kids, ArrayObject) else [kids]
    inside = [
        _tag(one, roles)
        for one in (kid.get_object() for kid in kids)
        if isinstance(one, DictionaryObject) and "/S" in one
    ]
    given = node.get("/A", ArrayObject()).get_object()
    attributes: dict[str, Any] = {}
    for one in given if isinstance(given, ArrayObject) else [given]:
        attributes |= one.get_object()
    return Tag(name[1:], attributes, inside, node)


def marked(reader: PdfReader, page: PageObject) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every painting operation of a page, with the marks it stands within."""
    within: list[str] = []
    for operands, name in ContentStream(page.get_contents(), reader).operations:
        operator = name.decode("ascii")
        if operator in ("BDC", "BMC"):
            within.append(str(operands[0]))
        elif operator == "EMC":
            within.pop()
        elif operator in PAINTING:
            yield operator, tuple(within)


def texts(reader: PdfReader) -> list[str]:
    """The text of each page, without the places to break it."""
    return [page.extract_text().replace("\u200b", "") for page in reader.pages]
