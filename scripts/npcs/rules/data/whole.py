"""The rule that the core data set holds together: fields, keys, lists of codes, checks."""

import difflib
import re
from collections.abc import Iterable, Iterator

from npcs.governance.row_checks import faults
from npcs.governance.standard import Standard, cells, standard
from npcs.records.datapackage import FOLDER, DataPackage, Resource
from npcs.records.findings import Note, Place
from npcs.records.hub import Hub
from npcs.rules.data.fields import field_faults, misspelt
from npcs.rules.rule import Scene, rule
from npcs.rules.words import in_words, listed

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_PATH = re.compile(r"(?:[a-z0-9]+(?:[-_][a-z0-9]+)*/)*[a-z0-9]+(?:[-_][a-z0-9]+)*\.csv")


@rule("data-set", provision="RES-5", waivable=False)
def data_set(scene: Scene) -> Iterator[Note]:
    """The core data set holds together, so that every member can fill it in and check it.

    Each table and list of codes has a file with exactly the columns that are described. Each key
    leads to a field that there is. A list has every code once, with its meaning, and none that is a
    word for what is missing. Types and constraints are those of the standard for tables
    (Table Schema). A field that is asked in some cases says in which. Nothing of class P3 is a
    field, and nothing that is never shared. A check between fields names fields and codes that
    there are.

    Other programs read the data set too. A constraint that is misspelt, for instance, is refused by
    none of them: it is just not checked.

    To put it right, follow the hint. `frictionless validate` says whether the rest of the standard
    is kept.

    ## Example

    The list of a key is misspelt:

    ```yaml
    - fields: [sex]
      reference: {resource: codes-sx, fields: [code]}
    ```

    The check finds an error:

    > `sex` of “Incidents” takes its values from `codes-sx`, and there is no such table or list

    Put right: `reference: {resource: codes-sex, fields: [code]}`.
    """
    of = standard(scene.hub)
    if of is None:
        return
    package = of.package
    yield from misspelt(package, (), package, "package", "the data set")
    yield from _names(package)
    for number, resource in enumerate(package.resources):
        yield from _file(package, number, resource, scene.hub)
        yield from _keys(package, number, resource)
        here, named = ("resources", number), f"“{_title(resource)}”"
        yield from misspelt(package, here, resource, "resource", named)
        if resource.table:
            yield from misspelt(package, (*here, "schema"), resource.table, "schema", named)
        for at, field in enumerate(resource.table.fields if resource.table else ()):
            place = ("resources", number, "schema", "fields", at)
            yield from field_faults(package, place, field)
    yield from _never(package)
    yield from _codes(of, scene.hub)
    for number, name, fault in faults(of):
        yield package.at("checks", number, name).error(
            f"check `{package.checks[number].name}`: {fault.message}", fault.hint
        )


def _names(package: DataPackage) -> Iterator[Note]:
    for at in _doubled(one.name for one in package.resources):
        yield package.at("resources", at, "name").error(
            f"two tables or lists are called `{package.resources[at].name}`", "rename one"
        )
    for at in _doubled(one.name for one in package.checks):
        yield package.at("checks", at, "name").error(
            f"two checks are called `{package.checks[at].name}`", "rename one"
        )
    for number, resource in enumerate(package.resources):
        fields = resource.table.fields if resource.table else ()
        for at in _doubled(one.name for one in fields):
            yield package.at("resources", number, "schema", "fields", at, "name").error(
                f"two fields of “{_title(resource)}” are called `{fields[at].name}`", "rename one"
            )
        if not resource.is_codes and not _NAME.fullmatch(resource.name):
            yield package.at("resources", number, "name").error(
                f"`{resource.name}` cannot be the name of a table in every program",
                "use small letters, digits and `_`, and begin with a letter",
            )


def _doubled(names: Iterable[str]) -> Iterator[int]:
    """The places of names that stood before already."""
    seen: set[str] = set()
    for at, name in enumerate(names):
        if name in seen:
            yield at
        seen.add(name)


def _file(package: DataPackage, number: int, one: Resource, hub: Hub) -> Iterator[Note]:
    here = package.at("resources", number, "path")
    if one.path is None or not _PATH.fullmatch(one.path):
        yield here.error(
            f"“{_title(one)}” stands in no file of this folder",
            "write under `path` the name of a CSV file here, as in codes/sex.csv",
        )
        return
    if one.table is None:
        yield here.error(f"nothing says which fields “{_title(one)}” has", "add a `schema`")
        return
    path = f"{FOLDER}/{one.path}"
    if path not in hub.companions:
        yield here.error(f"there is no file {path}", "add it, or correct the `path`")
        return
    columns = next(iter(cells(hub, one)), [])
    names = [field.name for field in one.table.fields]
    lacks = [f"`{name}`" for name in names if name not in columns]
    more = [f"`{name}`" for name in columns if name not in names]
    wrong = [f"lacks {listed(lacks)}"] if lacks else []
    if more:
        # What stands in the first line of a table may be a row: it is not repeated.
        wrong.append(
            "has a column that is not described" + (f": {listed(more)}" if one.is_codes else "")
        )
    if not wrong and len(columns) != len(names):
        wrong = ["has a column twice"]
    if wrong:
        yield Place(path).error(
            f"the first line of “{_title(one)}” {' and '.join(wrong)}",
            "let it hold the names of the fields and nothing else: " + ",".join(names),
        )


def _keys(package: DataPackage, number: int, one: Resource) -> Iterator[Note]:
    if one.table is None:
        return
    there = {it.name: it for it in package.resources}
    own = [field.name for field in one.table.fields]
    key = (one.table.model_extra or {}).get("primaryKey") or []
    for name in key if isinstance(key, list) else [key]:
        if name not in own:
            yield package.at("resources", number, "schema", "primaryKey").error(
                f"the key of “{_title(one)}” names `{name}`, and there is no such field",
                _near(str(name), own),
            )
    for at, foreign in enumerate(one.table.foreign_keys):
        place = ("resources", number, "schema", "foreignKeys", at)
        shown, to = listed(f"`{name}`" for name in foreign.fields), foreign.reference
        for name in foreign.fields:
            if name not in own:
                yield package.at(*place, "fields").error(
                    f"a key of “{_title(one)}” names `{name}`, and there is no such field",
                    _near(name, own),
                )
        target = there.get(to.resource)
        if target is None:
            yield package.at(*place, "reference", "resource").error(
                f"{shown} of “{_title(one)}” takes its values from `{to.resource}`, and there is "
                "no such table or list",
                _near(to.resource, [*there]),
            )
            continue
        known = [field.name for field in target.table.fields] if target.table else []
        for name in to.fields:
            if name not in known:
                yield package.at(*place, "reference", "fields").error(
                    f"{shown} of “{_title(one)}” takes its values from `{name}` in "
                    f"`{to.resource}`, and there is no such field",
                    _near(name, known),
                )


def _never(package: DataPackage) -> Iterator[Note]:
    never = {one.name.lower() for one in package.never_shared}
    for number, table in enumerate(package.resources):
        for at, field in enumerate(table.table.fields if table.table else ()):
            place = package.at("resources", number, "schema", "fields", at, "name")
            if field.name.lower() in never:
                yield place.error(
                    f"`{field.name}` is never shared, and “{_title(table)}” has it as a field",
                    "take it out of one of the two places",
                )
            elif field.privacy == "P3":
                yield place.error(
                    f"`{field.name}` is of class P3, which never leaves the jurisdiction, and "
                    f"“{_title(table)}” asks members to hand it over",
                    "take the field out, and name it under `never_shared`",
                )


def _codes(of: Standard, hub: Hub) -> Iterator[Note]:
    package = of.package
    words = {it.value for one in package.tables if one.table for it in one.table.missing}
    for one in package.code_lists:
        header, *rows = cells(hub, one) or [[]]
        path = f"{FOLDER}/{one.path}"
        if "code" not in header or "label" not in header:
            if header:
                yield Place(path).error(
                    f"“{_title(one)}” is a list of codes, and has no column `code` or `label`",
                    "give each code under `code` and its meaning under `label`",
                )
            continue
        if not rows:
            yield Place(path).error(f"“{_title(one)}” lists no code", "add one for each line")
        code, label = header.index("code"), header.index("label")
        seen: set[tuple[str, ...]] = set()
        for line, row in enumerate(rows, start=2):
            if len(row) != len(header):
                yield Place(path, line).error(
                    f"this line has {in_words(len(row), 'value')}, and the first line names "
                    f"{len(header)}",
                    "put a text with a comma in quotes",
                )
                continue
            key = tuple(it for at, it in enumerate(row) if at != label)
            if not all(it.strip() == it and it for it in row):
                yield Place(path, line).error(
                    "a value is missing here, or has a blank before or behind it",
                    "write the code and its meaning",
                )
            elif row[code] in words:
                yield Place(path, line).error(
                    f"`{row[code]}` is a word for what is missing, and cannot be a code as well",
                    "call the code something else",
                )
            elif key in seen:
                yield Place(path, line).error(
                    f"the code `{row[code]}` stands here a second time", "remove one of the lines"
                )
            seen.add(key)


def _title(one: Resource) -> str:
    return one.title or one.name


def _near(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return f"did you mean `{near[0]}`?" if near else f"there are {', '.join(known)}"


__all__ = ["data_set"]
