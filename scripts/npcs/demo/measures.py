"""Outcome measures with made-up figures: aggregates only, and no small number among them."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from npcs.demo.definitions import Definition
from npcs.demo.dice import Dice
from npcs.demo.world import World
from npcs.demo.yamlout import Folded


class _Kind(NamedTuple):
    """A measure: its two counts as they are at first, and what comes of them.

    ``course`` is ``calm``, ``step`` (better from a quarter on) or ``drift`` (a little better each
    quarter). ``groups`` are parts of a hundred.
    """

    key: str
    title: str
    provision: str
    better: str
    part: int
    whole: int
    unit: str
    what: str
    of: str
    per: str
    course: str
    chart: str = "run"
    terms: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    window: str = ""
    baseline: int = 0
    groups: tuple[tuple[str, int, int], ...] = ()


_MEASURES = (
    _Kind(
        "deaths", "Children who died of maltreatment", "OUT-1", "lower", 61, 2_410_000,
        "deaths per 100,000 children", "Children who died", "Children who live there",
        "100000", "calm", terms=("maltreatment",), baseline=10,
    ),
    _Kind(
        "near-deaths", "Children who nearly died of maltreatment", "OUT-1", "lower", 94, 2_410_000,
        "near deaths per 100,000 children", "Children in critical condition",
        "Children who live there", "100000", "step", terms=("near-death",),
        activities=("quality-priorities", "safety-notices"),
        groups=(("under-1", 55, 5), ("1-to-3", 33, 17), ("4-to-17", 12, 78)),
    ),
    _Kind(
        "repeat-maltreatment", "Maltreated again within twelve months", "OUT-2", "lower", 1_840,
        20_300, "percent", "Children with a second substantiated report",
        "Children with a first one", "100", "step", "control", ("repeat-maltreatment",),
        window="Twelve months from the first report",
    ),
    _Kind(
        "entries-per-exit", "Entries for every exit", "OUT-3", "lower", 5_310, 5_120,
        "entries for each exit", "Entries into care", "Exits from care", "1", "drift",
        terms=("ratio-of-entries-to-exits", "entry", "exit"),
    ),
    _Kind(
        "staff-who-stay", "Staff who stay for a year", "OUT-4", "higher", 6_120, 8_240, "percent",
        "Staff still there after a year", "Staff at the start of the year", "100", "calm",
        "control",
    ),
    _Kind(
        "speaking-up", "Staff who feel free to speak up", "OUT-4", "higher", 3_150, 5_480,
        "percent", "Staff who agree", "Staff who answered", "100", "drift",
        terms=("psychological-safety",), activities=("comparative-data",),
    ),
)  # fmt: skip
_CALM = (2, -3, 4, -1, -4, 1, 3, -2, -5, 5, -1, 2, 4, -3)
"""How far a calm figure lies from the middle, in hundredths."""

_STEP = {"run": 7, "control": 5}
"""The first quarter, from 0, that is better where there is a step, by the kind of chart."""


def write_measures(world: World, terms: list[Definition]) -> int:
    """Write the outcome measures; figures grow by a quarter, as they become known."""
    dice = world.stream("measures")
    bundle = world.held[min(9, len(world.held) - 1)]
    defined = {term.id: term.day for term in terms}
    for one in _MEASURES:
        path = f"workplan/measures/{one.key}"
        start = world.start + timedelta(days=30)
        commit = world.chronicle.commit(
            start, world.coordinator(start).author, f"Agree on a measure: {one.title}"
        )
        written = _record(one)
        commit.put(f"{path}.yml", written)
        rows = ["period,group,numerator,denominator" if one.groups else
                "period,numerator,denominator"]  # fmt: skip
        commit.text(f"{path}.csv", rows[0] + "\n")
        baseline = None
        for place, (quarter, known) in enumerate(_quarters(world)):
            rows += _rows(one, quarter, *_figures(one, place, dice))
            commit = world.chronicle.commit(
                known, world.coordinator(known).author, f"{one.title}: figures of {quarter}"
            )
            commit.text(f"{path}.csv", "\n".join(rows) + "\n")
            baseline = quarter if place + 1 == one.baseline else baseline
            data = written | {"baseline": baseline}
            if place >= 3:
                data["annotations"] = [{"on": bundle, "text": "First bundle in use"}]
                data["activities"] = list(one.activities) or None
                data["terms"] = [key for key in one.terms if defined[key] < known] or None
            if data != written:
                commit.put(f"{path}.yml", data)
                written = data
    return len(_MEASURES)


def _record(one: _Kind) -> dict[str, Any]:
    return {
        "title": one.title,
        "provision": one.provision,
        "terms": None,
        "definition": Folded(
            f"{one.what} in a quarter, compared with: {one.of.lower()}. All figures are made up."
        ),
        "numerator": one.what,
        "denominator": one.of,
        "per": None if one.per == "1" else int(one.per),
        "share": None if one.per == "1" else True,
        "population": True if one.per == "100000" else None,
        "unit": one.unit,
        "better": one.better,
        "period": "Quarter",
        "window": one.window or None,
        "lag": "One quarter",
        "source": {"title": "Aggregates given by the members (fictional)"},
        "chart": one.chart,
        "baseline": None,
        "annotations": None,
        "activities": None,
    }


def _figures(one: _Kind, place: int, dice: Dice) -> tuple[int, int]:
    """The two counts of a quarter."""
    better = -1 if one.better == "lower" else 1
    hundredths = _CALM[place % len(_CALM)]
    if one.course == "calm":
        hundredths = 5 * hundredths // 3
    elif one.course == "step" and place >= _STEP[one.chart]:
        hundredths += 20 * better
    elif one.course == "drift":
        hundredths = 3 * place * better // 2 + dice.between(-1, 1)
    whole = one.whole + dice.between(-one.whole // 60, one.whole // 60)
    part = one.part * whole * (100 + min(hundredths, 30)) // (100 * one.whole)
    return part, whole


def _rows(one: _Kind, quarter: str, part: int, whole: int) -> list[str]:
    """The rows of a quarter: all, and its groups, of which no small one can be worked out."""
    if not one.groups:
        return [f"{quarter},{part},{whole}"]
    (_, *others) = one.groups
    shares = {key: (part * of // 100, whole * below // 100) for key, of, below in others}
    rest = part - sum(of for of, _ in shares.values()), whole - sum(it for _, it in shares.values())
    shares = {one.groups[0][0]: rest, **shares}
    least, next_ = sorted(shares, key=lambda key: shares[key][0])[:2]
    hidden = {least, next_} if 0 < shares[least][0] <= 10 else set()
    return [f"{quarter},all,{part},{whole}"] + [
        f"{quarter},{key},{'suppressed' if key in hidden else of},{below}"
        for key, (of, below) in shares.items()
    ]


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
