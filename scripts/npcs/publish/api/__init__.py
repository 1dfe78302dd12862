"""The public records as data: JSON for programs, tables for spreadsheets, schemas for both.

All of it stands below ``api/v1/``. Nothing is published here that no page shows.
"""

from collections.abc import Iterable, Mapping
from functools import partial

from npcs.publish.addresses import DATA, data_folder
from npcs.publish.api.columns import kind_as_csv
from npcs.publish.api.models import Listed, Overview, Terms
from npcs.publish.api.records import Shown, as_json, kinds, record_files
from npcs.publish.api.schemas import schema_files, schema_of
from npcs.publish.api.tables import TABLES, Rows, rows_as_csv
from npcs.publish.licence import LICENCE
from npcs.publish.pieces import Files, Pieces, sum_of
from npcs.publish.site import Site
from npcs.records.kinds import Kind


def add_api(
    site: Site,
    pieces: Pieces,
    shown: Mapping[str, Shown],
    feeds: Iterable[str],
    calendars: Iterable[str],
) -> None:
    """Add every file of the data.

    ``shown`` are the pages of records, by file; ``feeds`` and ``calendars`` where these stand.
    """
    pieces.get("schemas", lambda: (None, schema_files()))
    of_kinds = []
    for kind in kinds():
        pages = [shown.get(one.path) for one in site.hub.plain.by_kind[kind.name].values()]
        make = partial(_kind, site, kind, shown)
        count = pieces.get(f"data {kind.name}", make, sum_of(pages))
        about = (kind.model.__doc__ or "").partition("\n")[0].replace("``", "`")
        of_kinds.append(listed(kind.name, about, data_folder(kind.name), count))
    of_tables = []
    for name, table in TABLES.items():
        count = pieces.get(f"table {name}", partial(_table, site, name))
        of_tables.append(listed(name, table.about, f"{DATA}/{name}", count))
    overview = Overview(
        name=site.settings.name,
        notice=site.settings.banner or None,
        address=site.settings.address or None,
        as_of=site.as_of,
        licence=Terms(name=LICENCE.name, address=LICENCE.address),
        kinds=of_kinds,
        tables=of_tables,
        feeds=sorted(feeds),
        calendars=sorted(calendars),
    )
    pieces.add({f"{DATA}/index.json": as_json(overview)})


def _kind(site: Site, kind: Kind, shown: Mapping[str, Shown]) -> tuple[int, Files]:
    files: Files = {}
    rows = []
    for name, content, plain in record_files(site, kind, shown):
        files[name] = content
        if plain is not None:
            rows.append(plain)
    files[f"{data_folder(kind.name)}.csv"] = kind_as_csv(kind, rows)
    return len(rows), files


def _table(site: Site, name: str) -> tuple[int, Files]:
    table = TABLES[name]
    rows = [*table.rows(site)]
    every = Rows.model_construct(table=name, count=len(rows), rows=rows)
    place = f"{DATA}/{name}"
    return len(rows), {
        f"{place}.json": as_json(every), f"{place}.csv": rows_as_csv(table.form, rows)
    }  # fmt: skip


def listed(name: str, about: str, place: str, count: int) -> Listed:
    """A kind or a table as the overview names it."""
    return Listed.model_validate(
        {"name": name, "about": about, "count": count, "json": f"{place}.json",
         "csv": f"{place}.csv", "schema": schema_of(name)}
    )  # fmt: skip


__all__ = ["Shown", "add_api", "kinds", "schema_of"]
