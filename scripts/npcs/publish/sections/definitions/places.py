"""Where the tables, fields and lists of codes of the core data set are told of.

Each table has a page of its own, and all lists of codes have one. The page of the data set names
every one of them at the place it had when all stood on that page: what once led there still does.
"""

from npcs.records.datapackage import FOLDER, DataField, Resource

CODES = f"{FOLDER}/codes"
"""The page of all lists of codes."""


def table_page(table: Resource) -> str:
    """The page of a table."""
    return f"{FOLDER}/tables/{anchor(table.name)}"


def table_anchor(name: str) -> str:
    """The place of a table or a list of codes on a page."""
    return f"table-{anchor(name)}"


def field_anchor(table: Resource, field: DataField) -> str:
    """The place of a field on a page."""
    return f"field-{anchor(table.name)}-{anchor(field.name)}"


def field_address(table: Resource, field: DataField) -> str:
    """Where all that is known of a field stands."""
    return f"{table_page(table)}#{field_anchor(table, field)}"


def codes_address(name: str) -> str:
    """Where a list of codes stands."""
    return f"{CODES}#{table_anchor(name)}"


def anchor(name: str) -> str:
    """A name as it may stand in the address of a place."""
    return "".join(letter if letter.isalnum() or letter in "-." else "-" for letter in name)
