"""A small core data set of the Example Partnership, with rows that are made up like all else.

Rows stand in the demo alone: a real partnership's hub holds the standard, and never what it counts.
"""

import csv
import io
from datetime import date, timedelta
from typing import Any

from npcs.demo.dice import Dice
from npcs.demo.world import World
from npcs.demo.yamlout import Folded, document

FOLDER = "definitions/core-data-set"
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
    """Write the standard with its lists of codes, and tables of made-up rows."""
    day = world.as_of - timedelta(days=40)  # when its terms are defined
    commit = world.chronicle.commit(day, world.coordinator(day).author, "Publish the core data set")
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "example-core-data-set",
        "title": "Core data set of the Example Partnership (fictional)",
        "version": "1.0",
        "description": Folded("Made up, the standard as well as every row of its tables."),
        "resources": [_table(name) for name in _TABLES] + [_code_list(name) for name in _CODES],
        "checks": ["An age band stands with every incident."],
        "never_shared": [
            {"name": "child_name", "why": "It names the child"},
            {"name": "incident_date", "why": "The quarter is shared instead"},
        ],
    }
    commit.text(f"{FOLDER}/datapackage.yaml", document(package))
    for name, (_, codes) in _CODES.items():
        commit.text(f"{FOLDER}/codes/{name}.csv", _written(("code", "label"), codes.items()))
    last = world.as_of - timedelta(days=30)
    filled = world.chronicle.commit(last, world.coordinator(last).author, "Fill the example tables")
    for name, rows in _rows(world, last).items():
        columns = [field["name"] for field in _TABLES[name][1]]
        filled.text(f"{FOLDER}/{name}.csv", _written(columns, rows))
    return 1


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
        themes = dice.sample(tuple(_CODES["theme"][1]), dice.between(0, 2))
        opportunities += [(record, theme) for theme in themes]
    return {"incidents": sorted(incidents), "opportunities": sorted(opportunities)}


def _uuid(dice: Dice) -> str:
    digits = "".join(dice.choice("0123456789abcdef") for _ in range(30))
    return f"{digits[:8]}-{digits[8:12]}-4{digits[12:15]}-8{digits[15:18]}-{digits[18:30]}"


def _written(columns: Any, rows: Any) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([columns, *rows])
    return out.getvalue()
