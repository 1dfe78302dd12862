"""The core data set: a Frictionless Data Package with a privacy class for every field."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field

from npcs.records.fields import Code, DefinitionId, Many, Prose, Slug, Text, Version
from npcs.records.record import Part, Record

FOLDER = "definitions/core-data-set"
"""Where the data set stands, from the root of the repository."""


class Open(Part):
    """A part of a standard of others: properties we do not know are the standard's own."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)


class DataField(Open):
    """A field of a table, with the class that says how far its values may travel.

    P0 may be published; P1 only as a suppressed aggregate; P2 stays on the members' platform; P3
    never leaves the jurisdiction. ``asked_when`` says in which cases a conditional field is asked.
    ``definition`` is the term of the glossary that gives its meaning, ``ncands`` the elements of
    the federal child file on the same matter. ``formerly`` holds names it had in earlier versions.
    """

    name: Text
    type: Text
    title: Text | None = None
    description: Prose | None = None
    privacy: Literal["P0", "P1", "P2", "P3"]
    requirement: Literal["required", "conditional", "optional"] = "required"
    asked_when: Text | None = None
    definition: DefinitionId | None = None
    ncands: Many[Text] = ()
    formerly: Many[Text] = ()
    constraints: dict[str, Any] = {}


class Missing(Open):
    """A word that stands where a value is missing, and why it is."""

    value: Text
    label: Text


class Target(Open):
    """The table and columns that a foreign key leads to."""

    resource: Text
    fields: Many[Text]


class ForeignKey(Open):
    """Columns whose values stand in another table: in a list of codes, or in the main table."""

    fields: Many[Text]
    reference: Target


class TableSchema(Open):
    """The fields of a table, the words for what is missing, and where its codes are listed."""

    fields: Annotated[Many[DataField], Field(min_length=1)]
    missing: Many[Missing] = Field(default=(), alias="missingValues")
    foreign_keys: Many[ForeignKey] = Field(default=(), alias="foreignKeys")

    def codes_of(self, field: str) -> str | None:
        """The resource that lists the codes of a field, if it has codes of its own."""
        for key in self.foreign_keys:
            if (field, "code") in zip(key.fields, key.reference.fields, strict=False):
                return key.reference.resource
        return None


class Resource(Open):
    """A table of the package: where it stands and what its columns are."""

    name: Text
    path: Text | None = None
    title: Text | None = None
    description: Prose | None = None
    formerly: Many[Text] = ()
    table: TableSchema | None = Field(default=None, alias="schema")

    @property
    def is_codes(self) -> bool:
        """Whether it is a list of codes, and nothing that members fill in."""
        return bool(self.path and self.path.startswith("codes/"))


class NeverShared(Part):
    """A column that no member may ever hand over, and why (privacy class P3)."""

    name: Text
    why: Text


class RowCheck(Part):
    """What has to hold between the fields of a row, in words and as a condition.

    ``breaks`` is a condition in SQL that is true of the rows of ``table`` that break the rule. All
    values are texts, as they stand in the file. Besides the tables there are ``missing``, whose
    ``word`` are the words for what is missing, and ``as_of``, with one row: ``year_before``, the
    quarter a year before the day of the check. What is only a ``warning`` may be right: somebody
    looks.
    """

    name: Slug
    says: Text
    table: Text
    breaks: Code
    severity: Literal["error", "warning"] = "error"


class DataPackage(Record):
    """The core data set the members have agreed on (STG-1, RES-5)."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)
    kind: ClassVar[str] = "data-package"

    name: Text
    title: Text
    version: Version
    description: Prose | None = None
    resources: Annotated[Many[Resource], Field(min_length=1)]
    checks: Many[RowCheck] = ()
    never_shared: Many[NeverShared] = ()

    @property
    def tables(self) -> tuple[Resource, ...]:
        """The tables that members fill in."""
        return tuple(one for one in self.resources if not one.is_codes)

    @property
    def code_lists(self) -> tuple[Resource, ...]:
        """The lists of codes that the tables refer to."""
        return tuple(one for one in self.resources if one.is_codes)
