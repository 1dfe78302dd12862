"""The core data set: a Frictionless Data Package with a privacy class for every field."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field

from npcs.records.fields import DefinitionId, Many, Prose, Text
from npcs.records.record import Part, Record


class Open(Part):
    """A part of a standard of others: properties we do not know are the standard's own."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)


class DataField(Open):
    """A field of a table, with the class that says how far its values may travel.

    P0 may be published; P1 only as a suppressed aggregate; P2 stays on the members' platform; P3
    never leaves the jurisdiction. ``definition`` is the term of the glossary that gives its
    meaning.
    """

    name: Text
    type: Text
    title: Text | None = None
    description: Prose | None = None
    privacy: Literal["P0", "P1", "P2", "P3"]
    definition: DefinitionId | None = None
    constraints: dict[str, Any] = {}


class TableSchema(Open):
    """The fields of a table."""

    fields: Annotated[Many[DataField], Field(min_length=1)]


class Resource(Open):
    """A table of the package: where it stands and what its columns are."""

    name: Text
    path: Text | None = None
    title: Text | None = None
    table: TableSchema | None = Field(default=None, alias="schema")


class DataPackage(Record):
    """The core data set the members have agreed on (STG-1, RES-5)."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)
    kind: ClassVar[str] = "data-package"

    name: Text
    title: Text
    version: Text
    description: Prose | None = None
    resources: Annotated[Many[Resource], Field(min_length=1)]
