"""What can be wrong with one field of the core data set."""

import difflib
import re
from collections.abc import Iterator
from fractions import Fraction

from pydantic import BaseModel

from npcs.records.datapackage import DataField, DataPackage
from npcs.records.findings import Note

_TYPES = (
    "string", "number", "integer", "boolean", "object", "array", "list", "datetime", "date", "time",
    "year", "yearmonth", "duration", "geopoint", "geojson", "any",
)  # fmt: skip
_CONSTRAINTS = (
    "required", "unique", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum",
    "exclusiveMaximum", "jsonSchema", "pattern", "enum",
)  # fmt: skip
_PROPERTIES = {
    "package": (
        "$schema", "name", "id", "title", "description", "homepage", "version", "created",
        "keywords", "contributors", "licenses", "sources", "image", "resources", "profile",
        "checks", "never_shared",
    ),
    "resource": (
        "$schema", "name", "path", "data", "type", "title", "description", "format", "mediatype",
        "encoding", "bytes", "hash", "sources", "licenses", "dialect", "schema", "profile",
        "formerly",
    ),
    "schema": (
        "$schema", "fields", "fieldsMatch", "missingValues", "primaryKey", "foreignKeys",
        "uniqueKeys",
    ),
    "field": (
        "name", "type", "format", "title", "description", "example", "examples", "constraints",
        "missingValues", "rdfType", "categories", "categoriesOrdered", "trueValues",
        "falseValues", "bareNumber", "decimalChar", "groupChar", "delimiter", "itemType",
        "privacy", "requirement", "asked_when", "definition", "ncands", "formerly",
    ),
}  # fmt: skip
"""What the standard for data packages and we know of each part; there may be more."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")


def field_faults(
    package: DataPackage, place: tuple[str | int, ...], field: DataField
) -> Iterator[Note]:
    """What is wrong with a field; ``place`` leads to it from the top of the package."""
    if not _NAME.fullmatch(field.name):
        yield package.at(*place, "name").error(
            f"`{field.name}` cannot be the name of a field in every program",
            "use small letters, digits and `_`, and begin with a letter",
        )
    if field.type not in _TYPES:
        yield package.at(*place, "type").error(
            f"`{field.name}` is of a type that the standard for tables does not know: "
            f"`{field.type}`",
            _near(field.type, _TYPES),
        )
    yield from misspelt(package, place, field, "field", f"`{field.name}`")
    if field.requirement == "conditional" and not field.asked_when:
        yield package.at(*place, "requirement").error(
            f"`{field.name}` is asked in some cases, and nothing says in which",
            "add `asked_when`, as in: the child died",
        )
    if field.requirement != "conditional" and field.asked_when:
        yield package.at(*place, "asked_when").error(
            f"`{field.name}` is {field.requirement}, and says in which cases it is asked",
            "write `requirement: conditional`, or remove `asked_when`",
        )
    yield from _constraints(package, (*place, "constraints"), field)


def misspelt(
    package: DataPackage, place: tuple[str | int, ...], part: BaseModel, form: str, of: str
) -> Iterator[Note]:
    """Properties of a part that no program knows, and that look much like one they know."""
    known = _PROPERTIES[form]
    for name in part.model_extra or {}:
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.8)
        if name not in known and near:
            yield package.at(*place, name, key=True).error(
                f"no program knows what `{name}` says of {of}", f"did you mean `{near[0]}`?"
            )


def _constraints(
    package: DataPackage, place: tuple[str | int, ...], field: DataField
) -> Iterator[Note]:
    for name, value in field.constraints.items():
        if name not in _CONSTRAINTS:
            yield package.at(*place, name, key=True).error(
                f"`{name}` is no constraint that the standard for tables knows, so no program "
                f"would hold `{field.name}` to it",
                _near(name, _CONSTRAINTS),
            )
        elif name == "pattern":
            try:
                re.compile(str(value))
            except (re.error, RecursionError, OverflowError) as error:
                yield package.at(*place, name).error(
                    f"the pattern of `{field.name}` cannot be read: {error}",
                    "write a regular expression",
                )
        elif "imum" in name and field.type in ("integer", "number") and _number(value) is None:
            yield package.at(*place, name).error(
                f"`{name}` of `{field.name}` is “{value}”, which is no number", "write digits only"
            )
    least, most = (_number(field.constraints.get(name)) for name in ("minimum", "maximum"))
    if least is not None and most is not None and least > most:
        yield package.at(*place, "minimum").error(
            f"no value of `{field.name}` can be right: at least {least} and at most {most}",
            "exchange the two",
        )


def _number(value: object) -> Fraction | None:
    try:
        return Fraction(str(value)) if re.fullmatch(r"-?\d{1,15}(\.\d{1,9})?", str(value)) else None
    except ValueError:
        return None


def _near(name: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else f"it knows {', '.join(known)}"
