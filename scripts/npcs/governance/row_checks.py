"""What has to hold between the fields of a row: whether the conditions can be read, and as SQL."""

import re
from collections.abc import Iterator
from contextlib import closing
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from npcs.governance.standard import Standard
from npcs.records.datapackage import DataPackage, Resource, RowCheck

if TYPE_CHECKING:
    from sqlite3 import Connection

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TEXT = re.compile(r"'(?:[^']|'')*'")
_NO_SUCH = re.compile(r"no such (column|table): (\S+)")

_HEAD = """\
-- {title}, version {version}: what has to hold between the fields of a row.
-- Each row of the answer is a check and a record that breaks it; no answer means that all hold.
-- Run it where the data are. Load each file as a table of its own name, every column as text, and
-- keep the words for what is missing as they are. With SQLite, in the folder of the files:
--   sqlite3 :memory: {imports} ".read checks.sql"
-- It uses nothing but plain SELECT, so that other databases can run it as well.
WITH as_of AS (
  SELECT CAST(CAST(substr(today, 1, 4) AS INTEGER) - 1 AS VARCHAR(4)) || '-Q' ||
    CASE WHEN substr(today, 6, 2) <= '03' THEN '1' WHEN substr(today, 6, 2) <= '06' THEN '2'
         WHEN substr(today, 6, 2) <= '09' THEN '3' ELSE '4' END AS year_before
  FROM (SELECT CAST(CURRENT_DATE AS VARCHAR(10)) AS today) AS days
), missing AS (
{words}
)
"""


class Fault(NamedTuple):
    """What is wrong with a condition, and what to do about it."""

    message: str
    hint: str


def script(of: Standard) -> str:
    """All checks as one question in SQL, for members to put to their own tables.

    Empty where there are none. A check that cannot be read is left out.
    """
    package = of.package
    wrong = {number for number, _, _ in faults(of)}
    tables = {one.name: one for one in package.tables}
    parts = [
        f"-- {' '.join(one.says.split())}\n"
        f"SELECT '{one.name}' AS check_name, '{one.severity}' AS severity,\n"
        f"  {_name(_key(tables[one.table]))} AS record\n"
        f"FROM {_name(one.table)} WHERE (\n{_indented(one.breaks)}\n)"
        for number, one in enumerate(package.checks)
        if number not in wrong
    ]
    if not parts:
        return ""
    imports = " ".join(f'".import --csv {one.path} {one.name}"' for one in package.tables)
    title = " ".join(package.title.split())
    words = "\n".join(f"  {one}" for one in _missing(package))
    head = _HEAD.format(
        title=title, version=package.version, imports=" ".join(imports.split()), words=words
    )
    return head + "\nUNION ALL\n".join(parts) + "\nORDER BY 1, 3;\n"


def _missing(package: DataPackage) -> Iterator[str]:
    """The words for what is missing, as the rows of a table."""
    words = {it.value: None for one in package.tables if one.table for it in one.table.missing}
    for number, word in enumerate(words or [""]):
        text = "'" + word.replace("'", "''") + "'"
        yield f"UNION ALL SELECT {text}" if number else f"SELECT {text} AS word"


def _key(table: Resource) -> str:
    """The field that tells the rows of a table apart."""
    assert table.table
    key = (table.table.model_extra or {}).get("primaryKey")
    if isinstance(key, list) and key:
        return str(key[0])
    return key if isinstance(key, str) else table.table.fields[0].name


def _indented(condition: str) -> str:
    return "\n".join(f"  {line.rstrip()}" for line in condition.strip().splitlines())


def faults(of: Standard) -> Iterator[tuple[int, str, Fault]]:
    """What cannot be read in the conditions: the number of the check, its field, and the fault.

    No condition is run: the database only says whether it could be.
    """
    from sqlite3 import connect

    known = _known_texts(of)
    tables = {one.name: one for one in of.package.tables if one.table}
    with closing(connect(":memory:")) as database:
        for table in tables.values():
            database.execute(_created(table))
        database.execute("CREATE TABLE as_of (year_before TEXT)")
        database.execute("CREATE TABLE missing (word TEXT)")
        database.set_authorizer(_only_reading)
        for number, check in enumerate(of.package.checks):
            if check.table not in tables:
                yield number, "table", _no_table(check.table, [*tables])
            elif not _is_one_condition(check.breaks):
                yield (
                    number,
                    "breaks",
                    Fault(
                        "this is not one condition in SQL",
                        "write what stands behind WHERE, without `;`, comments or stray brackets",
                    ),
                )
            elif fault := _read(database, check, tables) or _odd_text(check, known):
                yield number, "breaks", fault


def _created(table: Resource) -> str:
    assert table.table
    names = dict.fromkeys(field.name.lower() for field in table.table.fields)
    columns = ", ".join(f"{_quoted(name)} TEXT" for name in names)
    return f"CREATE TABLE IF NOT EXISTS {_quoted(table.name)} ({columns})"


def _name(name: str) -> str:
    return name if _NAME.fullmatch(name) else _quoted(name)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


_FUNCTIONS = (
    "abs", "avg", "coalesce", "count", "length", "like", "lower", "max", "min", "nullif", "replace",
    "round", "substr", "sum", "trim", "upper",
)  # fmt: skip
"""What a condition may call: nothing that could read or write a file where members run it."""


def _only_reading(action: int, _one: str | None, name: str | None, *_: str | None) -> int:
    import sqlite3

    reading = action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
    counting = action == sqlite3.SQLITE_FUNCTION and name in _FUNCTIONS
    return sqlite3.SQLITE_OK if reading or counting else sqlite3.SQLITE_DENY


def _is_one_condition(condition: str) -> bool:
    bare = _TEXT.sub("", condition)
    depth = 0
    for sign in re.findall(r"[();]|--|/\*", bare):
        depth += {"(": 1, ")": -1}.get(sign, -len(bare))
        if depth < 0:
            return False
    return depth == 0


def _read(database: "Connection", check: RowCheck, tables: dict[str, Resource]) -> Fault | None:
    import sqlite3

    try:
        database.execute(f"EXPLAIN SELECT 1 FROM {_quoted(check.table)} WHERE (\n{check.breaks}\n)")
    except (sqlite3.Error, sqlite3.Warning) as error:
        found = _NO_SUCH.search(str(error))
        if "function" in str(error):
            return Fault(
                "this calls a function that not every database has, or that does more than compare",
                f"use none but {', '.join(_FUNCTIONS)}",
            )
        if not found:
            return Fault(f"this cannot be read as SQL: {error}", "write a condition that can")
        if found[1] == "table":
            return _no_table(found[2], [*tables, "as_of", "missing"])
        table = tables[check.table].table
        name = found[2].rpartition(".")[2]
        fields = [field.name for field in table.fields] if table else []
        return Fault(f"`{check.table}` has no field `{name}`", _meant(name, fields))
    return None


def _no_table(name: str, known: list[str]) -> Fault:
    return Fault(f"there is no table `{name}`", _meant(name, known))


def _meant(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else f"there are {', '.join(known)}"


def _known_texts(of: Standard) -> list[str]:
    """All codes, each by itself, and the words for what is missing."""
    codes = [part for one in of.codes.values() for code in one for part in code.split(" ")]
    words = [it.value for one in of.package.tables if one.table for it in one.table.missing]
    return list(dict.fromkeys([*codes, *words]))


def _odd_text(check: RowCheck, known: list[str]) -> Fault | None:
    for text in dict.fromkeys(_TEXT.findall(check.breaks)):
        near = [] if text[1:-1] in known else get_close_matches(text[1:-1], known, 1, 0.75)
        if near:
            return Fault(f"no list has the code {text}", f"did you mean `{near[0]}`?")
    return None
