"""Templates of the core data set: empty tables for members to fill in, as CSV and as a workbook."""

import csv
import io
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from npcs.governance.row_checks import script
from npcs.governance.standard import cells, standard
from npcs.records.datapackage import FOLDER, DataField, DataPackage, Resource
from npcs.records.hub import Hub

if TYPE_CHECKING:
    from xlsxwriter import Workbook

WORKBOOK = "template.xlsx"
CHECKS = "checks.sql"
ROWS = 2000
"""How many rows of a workbook offer lists to choose from."""

_LONGEST = 255
"""What a spreadsheet shows at most beside a cell."""


def template_of(table: Resource) -> str:
    """The name of a table's template: where the standard looks for the table."""
    return table.path or f"{table.name}.csv"


def template_files(hub: Hub, day: date) -> dict[str, bytes]:
    """The standard with its lists of codes, its checks, and all templates, by path.

    What somebody filled in is never among them: of a table only the columns are given.
    """
    files: dict[str, bytes] = {}
    for package in hub.all(DataPackage).values():
        files[package.path] = hub.documents[package.path].source
        for resource in package.code_lists:
            found = hub.companions.get(f"{FOLDER}/{resource.path}")
            if found:
                files[found.path] = found.source
        for table in package.tables:
            files[f"{FOLDER}/{template_of(table)}"] = _header(table)
        if package.tables:
            files[f"{FOLDER}/{WORKBOOK}"] = _workbook(hub, package, day)
        of = standard(hub)
        if of and (asked := script(of)):
            files[f"{FOLDER}/{CHECKS}"] = asked.encode()
    return files


def _header(table: Resource) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(one.name for one in _fields(table))
    return out.getvalue().encode()


def _fields(table: Resource) -> tuple[DataField, ...]:
    return table.table.fields if table.table else ()


def _workbook(hub: Hub, package: DataPackage, day: date) -> bytes:
    """A workbook with a sheet for each table, one that explains the fields, and the codes."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        made = datetime.combine(day, time())
        book.set_properties({"title": package.title, "created": made})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
        sheets = [book.add_worksheet(_sheet(one.title or one.name)) for one in package.tables]
        _explain(book, package, head)
        if package.checks:
            _checks(book, package, head)
        lists = _lists(book, hub, package)
        text = book.add_format({"num_format": "@"})
        for table, sheet in zip(package.tables, sheets, strict=True):
            sheet.freeze_panes(1, 0)
            for column, field in enumerate(_fields(table)):
                sheet.write_string(0, column, field.name, head)
                sheet.set_column(column, column, max(14, len(field.name) + 2), text)
                sheet.data_validation(1, column, ROWS, column, _choice(table, field, lists))
    return out.getvalue()


def _choice(table: Resource, field: DataField, lists: dict[str, str]) -> dict[str, Any]:
    """What a spreadsheet offers and says in the cells of a field."""
    help_ = " ".join(filter(None, (field.description, _asked(field))))
    shown = {"input_title": (field.title or field.name)[:32], "input_message": help_[:_LONGEST]}
    codes = table.table.codes_of(field.name) if table.table else None
    if codes not in lists:
        return {"validate": "any", **shown}
    return {
        "validate": "list",
        "source": lists[codes],
        "error_title": "Not in the list",
        "error_message": "Choose one of the codes, or the word that says why there is no value.",
        **shown,
    }


def _asked(field: DataField) -> str:
    if field.requirement == "conditional":
        return f"Asked if {field.asked_when}." if field.asked_when else ""
    return "" if field.requirement == "required" else "Optional."


def _explain(book: "Workbook", package: DataPackage, head: Any) -> None:
    """The sheet that says what each field means, and which words stand for what is missing."""
    sheet = book.add_worksheet("Fields")
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    rows = [("Table", "Field", "Title", "Meaning", "Asked", "Privacy")]
    rows += [
        (table.title or table.name, field.name, field.title or "", field.description or "",
         _asked(field) or "Always.", field.privacy)
        for table in package.tables for field in _fields(table)
    ]  # fmt: skip
    words = {(it.value, it.label) for table in package.tables if table.table
             for it in table.table.missing}  # fmt: skip
    rows += [("Any table", word, "No value", label, "", "") for word, label in sorted(words)]
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text, wrap if number else head)
    for column, width in enumerate((20, 24, 28, 70, 40, 9)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)


def _checks(book: "Workbook", package: DataPackage, head: Any) -> None:
    """The sheet that says what has to hold between the fields of a row."""
    sheet = book.add_worksheet("Checks")
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    rows = [("Check", "What has to hold", "Table")]
    rows += [(one.name, one.says, one.table) for one in package.checks]
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text, wrap if number else head)
    for column, width in enumerate((24, 90, 20)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)


def _lists(book: "Workbook", hub: Hub, package: DataPackage) -> dict[str, str]:
    """The sheet of codes, a column for each list, and where each of them stands."""
    sheet = book.add_worksheet("Codes")
    words = list(dict.fromkeys(
        it.value for table in package.tables if table.table for it in table.table.missing
    ))  # fmt: skip
    places = {}
    for column, resource in enumerate(package.code_lists):
        header, *rows = cells(hub, resource) or [[]]
        if "code" not in header:
            continue
        at = header.index("code")
        codes = [*dict.fromkeys(row[at] for row in rows if len(row) > at), *words]
        sheet.write_string(0, column, resource.title or resource.name)
        for number, code in enumerate(codes, start=1):
            sheet.write_string(number, column, code)
        letter = _letters(column)
        places[resource.name] = f"=Codes!${letter}$2:${letter}${len(codes) + 1}"
    return places


def _letters(column: int) -> str:
    """The name of a column of a spreadsheet, counted from 0: A, B and so on to ZZ."""
    first, last = divmod(column, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)


def _sheet(title: str) -> str:
    """A title that a spreadsheet takes as the name of a sheet."""
    return "".join(" " if letter in "[]:*?/\\'" else letter for letter in title)[:31].strip()
