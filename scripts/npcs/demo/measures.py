"""Outcome measures with made-up figures: aggregates only, and none of them small."""

from datetime import date, timedelta

from npcs.demo.world import World
from npcs.demo.yamlout import Folded

_MEASURES = (
    (
        "deaths",
        "Children who died of maltreatment",
        "OUT-1",
        "lower",
        61,
        2_410_000,
        "deaths per 100,000 children",
        "Children who died",
        "Children who live there",
    ),
    (
        "near-deaths",
        "Children who nearly died of maltreatment",
        "OUT-1",
        "lower",
        94,
        2_410_000,
        "near deaths per 100,000 children",
        "Children in critical condition",
        "Children who live there",
    ),
    (
        "repeat-maltreatment",
        "Maltreated again within twelve months",
        "OUT-2",
        "lower",
        1_840,
        20_300,
        "percent",
        "Children with a second substantiated report",
        "Children with a first one",
    ),
    (
        "entries-per-exit",
        "Entries for every exit",
        "OUT-3",
        "lower",
        5_310,
        5_120,
        "ratio",
        "Entries into care",
        "Exits from care",
    ),
    (
        "staff-who-stay",
        "Staff who stay for a year",
        "OUT-4",
        "higher",
        6_120,
        8_240,
        "percent",
        "Staff still there after a year",
        "Staff at the start of the year",
    ),
    (
        "speaking-up",
        "Staff who feel free to speak up",
        "OUT-4",
        "higher",
        3_150,
        5_480,
        "percent",
        "Staff who agree",
        "Staff who answered",
    ),
)


def write_measures(world: World) -> int:
    """Write the outcome measures; figures grow by a quarter, as they become known."""
    dice = world.stream("measures")
    bundle = world.held[min(9, len(world.held) - 1)]
    for key, title, provision, better, numerator, denominator, unit, what, whole in _MEASURES:
        data = {
            "title": title,
            "provision": provision,
            "definition": Folded(
                f"{what} in a quarter, compared with: {whole.lower()}. All figures are made up."
            ),
            "numerator": what,
            "denominator": whole,
            "unit": unit,
            "better": better,
            "period": "Quarter",
            "lag": "One quarter",
            "source": {"title": "Aggregates given by the members (fictional)"},
            "chart": "run",
            "annotations": [{"on": bundle, "text": "First bundle in use"}],
        }
        start = world.start + timedelta(days=30)
        path = f"workplan/measures/{key}"
        commit = world.chronicle.commit(
            start, world.coordinator(start).author, f"Agree on a measure: {title}"
        )
        commit.put(f"{path}.yml", data | {"annotations": None})
        rows = ["period,numerator,denominator"]
        commit.text(f"{path}.csv", rows[0] + "\n")
        shift = -1 if better == "lower" else 1
        for number, (quarter, known) in enumerate(_quarters(world)):
            drift = numerator * number * shift // 120
            top = numerator + drift + dice.between(-numerator // 15, numerator // 15)
            below = denominator + dice.between(-denominator // 60, denominator // 60)
            if better == "higher":
                below = max(top + 12, below)
            rows.append(f"{quarter},{max(12, top)},{below}")
            commit = world.chronicle.commit(
                known, world.coordinator(known).author, f"{title}: figures of {quarter}"
            )
            commit.text(f"{path}.csv", "\n".join(rows) + "\n")
            if number == 3:
                commit.put(f"{path}.yml", data)
    return len(_MEASURES)


def _quarters(world: World) -> list[tuple[str, date]]:
    """Each quarter since the beginning and the day its figures are known."""
    year, quarter = world.start.year, 3
    found: list[tuple[str, date]] = []
    while True:
        year_after, after = (year + 1, 1) if quarter == 4 else (year, quarter + 1)
        known = date(year_after, 3 * after - 2, 1) + timedelta(days=100)
        if known > world.as_of:
            return found
        found.append((f"{year}-Q{quarter}", known))
        year, quarter = year_after, after
