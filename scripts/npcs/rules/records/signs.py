"""Signs that a text would act rather than be read: in a browser, or in a spreadsheet."""

import csv
import html
import io
import re
from collections.abc import Iterator

ACTS = re.compile(r"\s*(?:(?:java|vb|live)script:|data:[a-z]+/|file:/|blob:)", re.IGNORECASE)
"""The start of an address that acts, once it is ``bare``."""

HANDLER = re.compile(r"\bon(?!line|going|set|ward|site)[a-z]{3,24}\s?=", re.IGNORECASE)
"""What would be carried out on a click or a look, were it an attribute."""

_INSIDE = re.compile(r"(?:java|vb|live)script\s*:(?=\S)", re.IGNORECASE)
_SIGN = re.compile(r"[<>]")
_TAG = re.compile(r"<[A-Za-z/!?]")
_FORMULA = re.compile(r"[=@\t\r]|[+-](?!\d*\.?\d+(?:[eE][+-]?\d+)?%?\Z)(?=.)")

Fault = tuple[str, str]
"""What is wrong, and what to do about it."""


def bare(address: str) -> str:
    """An address as a browser reads it: without entities, and without what it passes over."""
    return re.sub(r"[\x00-\x20\x7f-\xa0\xad]", "", html.unescape(html.unescape(address)))


def fault_of_plain(text: str) -> Fault | None:
    """What is wrong with the text of a field that is shown as it is."""
    if sign := _SIGN.search(text):
        return (
            f"“{sign.group()}” stands in a field that is shown as it is",
            "write it in words, such as “less than” or “to”",
        )
    return _acting(text)


def _acting(text: str) -> Fault | None:
    if (":" in text or "&" in text) and (ACTS.match(bare(text)) or _INSIDE.search(text)):
        return (
            "this is an address that may act in the reader's browser",
            "use the address of a page, https://…",
        )
    if "=" in text and (handler := HANDLER.search(text)):
        return fault_of_handler(handler.group())
    return None


def fault_of_handler(sign: str) -> Fault:
    """What is wrong with a text that reads like an attribute that acts."""
    return (
        f"`{sign}` tells a browser to act, where it stands in the code of a page",
        "write it in words, or leave it out",
    )


def faults_of_cells(table: str) -> Iterator[tuple[int, str, str]]:
    """What is wrong with the cells of a table (CSV): line, counted from 1, message and hint.

    What stands in a cell is not told: it may be a number that nobody may see.
    """
    reader = csv.reader(io.StringIO(table, newline=""))
    try:
        for row in reader:
            for number, cell in enumerate(row, start=1):
                fault = _fault_of_cell(cell)
                if fault:
                    yield reader.line_num, f"cell {number}: {fault[0]}", fault[1]
    except csv.Error as error:
        yield (
            reader.line_num,
            f"the table cannot be read from here on: {error}",
            "save the table again as CSV from a spreadsheet",
        )


def _fault_of_cell(cell: str) -> Fault | None:
    if _TAG.search(cell):
        return "this is HTML", "write it in plain words"
    if _FORMULA.match(cell):
        return (
            "this is a formula to a spreadsheet, which would carry it out",
            "begin the cell with a letter or a digit",
        )
    return _acting(cell)
