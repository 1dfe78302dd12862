"""A small core data set of the Example Partnership, with rows that are made up like all else.

Rows stand in the demo alone, in a folder apart from the records: a hub holds the standard, and
never what it counts.
"""

import csv
import io
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from npcs.demo.dice import Dice
from npcs.demo.world import World
from npcs.demo.yamlout import Folded, document
from npcs.records.datapackage import FOLDER

FILLED = "example-data"
"""Where the made-up rows stand, with the standard they follow."""

ROWS = 60

_MISSING = {
    "unknown": "Looked for and not known",
    "not_collected": "The member does not collect this",
    "not_applicable": "The question does not arise in this case",
    "not_permitted": "Law or agreement forbids the member to share it",
}
_CODES = {
    "incident-type": ("Type of incident", {
        "death": "Death from maltreatment",
        "near_death": "Near death",
        "serious_injury": "Serious injury",
    }),
    "age-band": ("Age band", {
        "under_1": "Under 1 year", "1_to_2": "1 or 2 years", "3_to_5": "3 to 5 years",
        "6_to_12": "6 to 12 years", "13_to_17": "13 to 17 years",
    }),
    "review-level": ("Level of review", {"screened": "Screened only", "full": "Full review"}),
    "theme": ("Theme", {
        "handover": "Handover between people", "teamwork": "Teamwork with other agencies",
        "workload": "Workload", "knowledge": "Knowing what others know",
    }),
}  # fmt: skip
_CHECKS = (
    {"name": "near-death", "says": "A certificate is asked of a near death, and of no other.",
     "table": "incidents",
     "breaks": "(incident_type = 'near_death') = (certified = 'not_applicable')"},
    {"name": "age-known", "says": "An age band stands with every incident.",
     "table": "incidents", "breaks": "age_band IN (SELECT word FROM missing)"},
    {"name": "screened", "says": "A review that was only screened names no opportunity.",
     "table": "incidents", "severity": "warning",
     "breaks": "review_level = 'screened' AND record_id IN (SELECT record_id FROM opportunities)"},
)  # fmt: skip
_TABLES: dict[str, tuple[str, tuple[dict[str, Any], ...]]] = {
    "incidents": ("One row for each child in an incident.", (
        {"name": "record_id", "format": "uuid", "title": "Record", "privacy": "P2",
         "description": "A random number that leads to nobody.", "unique": True},
        {"name": "jurisdiction", "title": "Member", "privacy": "P1",
         "description": "The member that reports."},
        {"name": "incident_type", "title": "Type of incident", "privacy": "P1",
         "description": "What kind of incident it was.", "codes": "incident-type",
         "definition": "critical-incident"},
        {"name": "incident_period", "title": "Quarter of the incident", "privacy": "P2",
         "description": "As in 2027-Q1; only the year is published."},
        {"name": "certified", "title": "Certified by a physician", "privacy": "P2",
         "description": "Whether a physician certified a critical condition.",
         "requirement": "conditional", "asked_when": "the incident is a near death",
         "definition": "near-death"},
        {"name": "age_band", "title": "Age band", "privacy": "P1",
         "description": "Age on the day of the incident.", "codes": "age-band"},
        {"name": "prior_reports", "type": "integer", "title": "Earlier reports", "privacy": "P2",
         "description": "Reports in the three years before.", "requirement": "optional"},
        {"name": "review_level", "title": "Level of review", "privacy": "P1",
         "description": "How deeply it was reviewed.", "codes": "review-level"},
    )),
    "opportunities": ("Improvement opportunities: one row for each.", (
        {"name": "record_id", "format": "uuid", "title": "Record", "privacy": "P2",
         "description": "The record of the table of incidents.", "table": "incidents"},
        {"name": "theme", "title": "Theme", "privacy": "P1", "codes": "theme",
         "description": "What could be better.", "definition": "improvement-opportunity"},
    )),
}  # fmt: skip


def write_data_set(world: World) -> int:
    """Write the standard with its lists of codes, an earlier version first, and made-up rows."""
    if world.years > 1:
        _publish(world, world.as_of - timedelta(days=420), "Publish the core data set", _earlier())
    day = world.as_of - timedelta(days=40)  # when its terms are defined
    standard = _standard()
    _publish(world, day, "Publish version 2.0 of the core data set", standard)
    last = world.as_of - timedelta(days=30)
    filled = world.chronicle.commit(last, world.coordinator(last).author, "Make example data up")
    rows = {f"{name}.csv": _written(_columns(name), those)
            for name, those in _rows(world, last).items()}  # fmt: skip
    for path, text in (standard | rows).items():
        filled.text(f"{FILLED}/{path}", text)
    return 1


def _publish(world: World, day: date, why: str, files: Mapping[str, str]) -> None:
    commit = world.chronicle.commit(day, world.coordinator(day).author, why)
    for path, text in files.items():
        commit.text(f"{FOLDER}/{path}", text)


def _standard() -> dict[str, str]:
    """The files of the standard by path, its tables empty."""
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "example-core-data-set",
        "title": "Core data set of the Example Partnership (fictional)",
        "version": "2.0",
        "description": Folded("Made up, the standard as well as every row of its tables."),
        "resources": [_table(name) for name in _TABLES] + [_code_list(name) for name in _CODES],
        "checks": list(_CHECKS),
        "never_shared": [
            {"name": "child_name", "why": "It names the child"},
            {"name": "incident_date", "why": "The quarter is shared instead"},
        ],
    }
    files = {f"codes/{name}.csv": _written(("code", "label"), codes.items())
             for name, (_, codes) in _CODES.items()}  # fmt: skip
    empty = {f"{name}.csv": _written(_columns(name), ()) for name in _TABLES}
    return {"datapackage.yaml": document(package), **files, **empty}


def _earlier() -> dict[str, str]:
    """Version 1.0: without the terms that define fields today, and with another name for one."""
    files = _standard()
    package = "".join(
        line.replace("name: certified", "name: certificate")
        .replace("(certified", "(certificate")
        .replace('"2.0"', '"1.0"')
        for line in files["datapackage.yaml"].splitlines(keepends=True)
        if not line.strip().startswith("definition: ")
    )
    themes = files["codes/theme.csv"].splitlines(keepends=True)
    return files | {
        "datapackage.yaml": package,
        "codes/theme.csv": "".join(line for line in themes if "knowledge" not in line),
        "incidents.csv": files["incidents.csv"].replace("certified", "certificate"),
    }


def _columns(name: str) -> list[str]:
    return [field["name"] for field in _TABLES[name][1]]


def _table(name: str) -> dict[str, Any]:
    about, fields = _TABLES[name]
    keys = [_key(field["name"], f"codes-{field['codes']}", "code") for field in fields
            if "codes" in field]  # fmt: skip
    keys += [_key(field["name"], field["table"], field["name"]) for field in fields
             if "table" in field]  # fmt: skip
    return {
        "name": name,
        "title": name.capitalize(),
        "description": about,
        "path": f"{name}.csv",
        "schema": {
            "missingValues": [{"value": key, "label": text} for key, text in _MISSING.items()],
            "fields": [_field(field) for field in fields],
            "primaryKey": ["record_id"] if name == "incidents" else None,
            "foreignKeys": keys,
        },
    }


def _field(field: dict[str, Any]) -> dict[str, Any]:
    shown = {"name": field["name"], "type": field.get("type", "string")}
    shown |= {key: value for key, value in field.items() if key not in ("codes", "table", "unique")}
    if field.get("unique"):
        shown["constraints"] = {"required": True, "unique": True}
    return shown


def _key(field: str, table: str, column: str) -> dict[str, Any]:
    return {"fields": [field], "reference": {"resource": table, "fields": [column]}}


def _code_list(name: str) -> dict[str, Any]:
    title, _ = _CODES[name]
    fields = [
        {"name": column, "type": "string", "title": shown, "privacy": "P0"}
        for column, shown in (("code", "Code"), ("label", "Meaning"))
    ]
    return {
        "name": f"codes-{name}",
        "title": title,
        "path": f"codes/{name}.csv",
        "schema": {"fields": fields, "primaryKey": ["code"]},
    }


def _rows(world: World, last: date) -> dict[str, list[tuple[str, ...]]]:
    """Incidents of the years so far, and what their reviews found."""
    dice = world.stream("core-data-set")
    incidents, opportunities = [], []
    for _ in range(ROWS):
        record = _uuid(dice)
        day = world.start + timedelta(days=dice.between(0, (last - world.start).days - 1))
        kind = dice.choice(tuple(_CODES["incident-type"][1]))
        certified = "not_applicable" if kind != "near_death" else dice.choice(("yes", "no"))
        incidents.append((
            record,
            dice.choice(tuple(one.id for one in world.members_on(day))),
            kind,
            f"{day.year}-Q{(day.month + 2) // 3}",
            certified,
            dice.choice(tuple(_CODES["age-band"][1])),
            dice.choice(("0", "1", "2", "unknown", "not_permitted", "not_collected")),
            dice.choice(tuple(_CODES["review-level"][1])),
        ))  # fmt: skip
        found = dice.between(0, 2) if incidents[-1][-1] == "full" else 0
        themes = dice.sample(tuple(_CODES["theme"][1]), found)
        opportunities += [(record, theme) for theme in themes]
    return {"incidents": sorted(incidents), "opportunities": sorted(opportunities)}


def _uuid(dice: Dice) -> str:
    digits = "".join(dice.choice("0123456789abcdef") for _ in range(30))
    return f"{digits[:8]}-{digits[8:12]}-4{digits[12:15]}-8{digits[15:18]}-{digits[18:30]}"


def _written(columns: Any, rows: Any) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([columns, *rows])
    return out.getvalue()
