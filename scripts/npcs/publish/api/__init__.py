"""The public records as data: JSON for programs, tables for spreadsheets, schemas for both.

All of it stands below ``api/v1/``. Nothing is published here that no page shows.
"""

from collections.abc import Iterable, Mapping

from npcs.publish.addresses import DATA, data_folder
from npcs.publish.api.columns import kind_as_csv
from npcs.publish.api.models import Listed, Overview, Terms
from npcs.publish.api.records import Shown, as_json, kinds, record_files
from npcs.publish.api.schemas import schema_files, schema_of
from npcs.publish.api.tables import TABLES, Rows, rows_as_csv
from npcs.publish.licence import LICENCE
from npcs.publish.site import Site


def api_files(
    site: Site, shown: Mapping[str, Shown], feeds: Iterable[str], calendars: Iterable[str]
) -> dict[str, bytes]:
    """Every file of the data, by path.

    ``shown`` are the pages of records, by file; ``feeds`` and ``calendars`` where these stand.
    """
    files = schema_files()
    of_kinds = []
    for kind in kinds():
        place = data_folder(kind.name)
        count = 0
        rows = []
        for name, content, plain in record_files(site, kind, shown):
            files[name] = content
            if plain is not None:
                rows.append(plain)
                count += 1
        files[f"{place}.csv"] = kind_as_csv(kind, rows)
        about = (kind.model.__doc__ or "").partition("\n")[0].replace("``", "`")
        of_kinds.append(listed(kind.name, about, place, count))
    of_tables = []
    for name, table in TABLES.items():
        rows_of = [*table.rows(site)]
        place = f"{DATA}/{name}"
        every = Rows.model_construct(table=name, count=len(rows_of), rows=rows_of)
        files[f"{place}.json"] = as_json(every)
        files[f"{place}.csv"] = rows_as_csv(table.form, rows_of)
        of_tables.append(listed(name, table.about, place, len(rows_of)))
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
    files[f"{DATA}/index.json"] = as_json(overview)
    return files


def listed(name: str, about: str, place: str, count: int) -> Listed:
    """A kind or a table as the overview names it."""
    return Listed.model_validate(
        {"name": name, "about": about, "count": count, "json": f"{place}.json",
         "csv": f"{place}.csv", "schema": schema_of(name)}
    )  # fmt: skip


__all__ = ["Shown", "api_files", "kinds", "schema_of"]
