"""The JSON Schema of everything published as data, made of the same models as the data."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from npcs.publish.addresses import DATA
from npcs.publish.api.models import Data, Overview, RecordList
from npcs.publish.api.public import WITHHELD
from npcs.publish.api.records import form, kinds
from npcs.publish.api.tables import TABLES

_SENTENCES = re.compile(r"(?<=\.)\s+")
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_files() -> dict[str, bytes]:
    """All schemas, by path."""
    return dict(_written())


def schema_of(name: str) -> str:
    """Where the schema of a kind of record, or of a table's row, stands."""
    return f"{DATA}/schemas/{name}.json"


@cache
def _written() -> tuple[tuple[str, bytes], ...]:
    return tuple(
        (schema_of(name), f"{json.dumps(schema, ensure_ascii=False, indent=1)}\n".encode())
        for name, schema in _schemas()
    )


def _schemas() -> Iterator[tuple[str, dict[str, Any]]]:
    yield "overview", schema(Overview)
    yield "list", schema(RecordList)
    for kind in kinds():
        yield kind.name, schema(form(kind), kind.name)
    for name, table in TABLES.items():
        yield name, schema(table.form)


def schema(model: type[Data], kind: str = "") -> dict[str, Any]:
    """The schema of a model as it is written; for a record, without what is withheld.

    It allows what it does not know: a form may gain fields, and programs are not to mind.
    """
    made = model.model_json_schema(by_alias=True, mode="serialization")
    withheld = [path.split(".") for path in sorted(WITHHELD.get(kind, ()))]
    for path in [["id"], *withheld] if kind else ():
        _drop(made, path)
    _open(made, frozenset(path[-1] for path in withheld))
    return {"$schema": DIALECT, **made}


def _drop(schema: dict[str, Any], path: list[str]) -> None:
    """Take a field of the record out of a schema."""
    at = _resolved(schema, schema["properties"]["record"])
    *before, last = path
    for name in before:
        at = _resolved(schema, at["properties"][name]["items"])
    del at["properties"][last]
    if last in at.get("required", ()):
        at["required"].remove(last)


def _resolved(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schema["$defs"][part["$ref"].rpartition("/")[2]]
    return found


def _open(part: Any, withheld: frozenset[str]) -> None:
    """Drop what forbids other fields, and words on what is not here."""
    if isinstance(part, dict):
        if isinstance(part.get("description"), str):
            sentences = _SENTENCES.split(part["description"].replace("``", "`"))
            kept = (one for one in sentences if not any(f"`{name}`" in one for name in withheld))
            part["description"] = " ".join(" ".join(kept).split())
        if part.get("additionalProperties") is False:
            del part["additionalProperties"]
        for inner in part.get("properties", {}).values():
            if isinstance(inner.get("title"), str):
                del inner["title"]
        for inner in part.values():
            _open(inner, withheld)
    elif isinstance(part, list):
        for inner in part:
            _open(inner, withheld)
