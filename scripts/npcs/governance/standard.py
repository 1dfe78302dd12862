"""The core data set as a whole: what its package says, and the codes its lists hold."""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from npcs.records.datapackage import FOLDER, DataPackage, Resource
from npcs.records.document import Document
from npcs.records.hub import Hub

KEY = "core-data-set"
PACKAGE = f"{FOLDER}/datapackage.yaml"


class Standard(NamedTuple):
    """A version of the data set; ``codes`` gives the meaning of each code, by list and code."""

    package: DataPackage
    codes: Mapping[str, Mapping[str, str]]


def standard(hub: Hub) -> Standard | None:
    """The data set of a hub; None where there is none that can be read."""
    package = hub.get(DataPackage, KEY)
    if package is None:
        return None
    return Standard(package, {one.name: _codes(hub, one) for one in package.code_lists})


def why_unread(hub: Hub) -> str:
    """Why the data set of a hub cannot be read, to end a sentence; it is missing or has a fault."""
    one = hub.documents.get(PACKAGE)
    remark = next((it for it in one.remarks if it.severity == "error"), None) if one else None
    return f"line {remark.line}: {remark.message}" if remark else "it is missing"


def documents(hub: Hub) -> Iterable[Document]:
    """The files of a hub's data set."""
    for table in (hub.documents, hub.companions):
        yield from (one for path, one in table.items() if path.startswith(f"{FOLDER}/"))


def cells(hub: Hub, resource: Resource) -> list[list[str]]:
    """The rows of a table's file, its header first; none where there is no such file."""
    found = hub.companions.get(f"{FOLDER}/{resource.path}")
    try:
        return [*csv.reader(io.StringIO(found.body), strict=True)] if found else []
    except csv.Error:
        return []


def _codes(hub: Hub, resource: Resource) -> Mapping[str, str]:
    header, *others = cells(hub, resource) or [[]]
    keys = [at for at, name in enumerate(header) if name != "label"]
    label = header.index("label") if "label" in header else -1
    return {
        " ".join(row[at] for at in keys): row[label] if label >= 0 else ""
        for row in others
        if len(row) == len(header)
    }
