"""The work plan: activities with milestones, priorities with cycles, measures with their figures."""

from datetime import date, timedelta
from typing import Any

from npcs.demo.dice import Dice
from npcs.demo.world import DAY, World, add_years
from npcs.demo.yamlout import Folded, paragraphs

_ACTIVITIES = (
    ("incident-review", "A common form of review", "ACT-1", ("STG-1", "LTG-2"),
     ("Agree on the form", "Train reviewers", "First reviews shared", "Look at what reviews led to")),
    ("comparative-data", "Comparative data on incidents and culture", "ACT-2", ("STG-1", "LTG-4"),
     ("Agree on the core data set", "First survey of staff", "First figures side by side", "Second survey")),
    ("spaced-learning", "A library of spaced learning", "ACT-3", ("LTG-2",),
     ("Write the first questions", "Try them in three offices", "Open the library to all")),
    ("safety-notices", "Safety notices for all members", "ACT-4", ("LTG-1", "LTG-3"),
     ("Agree on the form of a notice", "First notice issued", "Every member answers in time")),
    ("quality-priorities", "Priorities we work on together", "ACT-5", ("LTG-3", "STG-2"),
     ("Choose the first priority", "Publish a bundle", "Look at the first year")),
)  # fmt: skip
_STATES = ("taking-part", "taking-part", "taking-part", "preparing", "paused", "not-started")

_MEASURES = (
    ("deaths", "Children who died of maltreatment", "OUT-1", "lower", 61, 2_410_000,
     "deaths per 100,000 children", "Children who died", "Children who live there"),
    ("near-deaths", "Children who nearly died of maltreatment", "OUT-1", "lower", 94, 2_410_000,
     "near deaths per 100,000 children", "Children in critical condition", "Children who live there"),
    ("repeat-maltreatment", "Maltreated again within twelve months", "OUT-2", "lower", 1_840, 20_300,
     "percent", "Children with a second substantiated report", "Children with a first one"),
    ("entries-per-exit", "Entries for every exit", "OUT-3", "lower", 5_310, 5_120,
     "ratio", "Entries into care", "Exits from care"),
    ("staff-who-stay", "Staff who stay for a year", "OUT-4", "higher", 6_120, 8_240,
     "percent", "Staff still there after a year", "Staff at the start of the year"),
    ("speaking-up", "Staff who feel free to speak up", "OUT-4", "higher", 3_150, 5_480,
     "percent", "Staff who agree", "Staff who answered"),
)  # fmt: skip


def write_measures(world: World) -> int:
    """Write the outcome measures; figures grow by a quarter, as they become known."""
    dice = world.stream("measures")
    for key, title, provision, better, numerator, denominator, unit, what, whole in _MEASURES:
        data = {
            "title": title,
            "provision": provision,
            "definition": Folded(f"{what} in a quarter, compared with: {whole.lower()}. All figures are made up."),
            "numerator": what,
            "denominator": whole,
            "unit": unit,
            "better": better,
            "period": "Quarter",
            "lag": "One quarter",
            "source": {"title": "Aggregates given by the members (fictional)"},
            "chart": "run",
            "annotations": [{"on": world.held[min(9, len(world.held) - 1)], "text": "First bundle in use"}],
        }  # fmt: skip
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
            whole_number = denominator + dice.between(-denominator // 60, denominator // 60)
            rows.append(f"{quarter},{max(12, top)},{max(top + 12, whole_number) if better == 'higher' else whole_number}")
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
    found = []
    while True:
        year_after, after = (year + 1, 1) if quarter == 4 else (year, quarter + 1)
        known = date(year_after, 3 * after - 2, 1) + timedelta(days=100)
        if known > world.as_of:
            return found
        found.append((f"{year}-Q{quarter}", known))
        year, quarter = year_after, after


def write_activities(world: World, leads: list[str]) -> int:
    """Write the activities, their milestones done one after the other."""
    dice, writer = world.stream("activities"), world.writer("activities/prose")
    for number, (key, title, provision, goals, steps) in enumerate(_ACTIVITIES):
        milestones: list[dict[str, Any]] = []
        finished: list[tuple[date, int]] = []
        span = (world.as_of - world.start).days + 150
        for step, what in enumerate(steps):
            due = world.start + timedelta(days=120 + (span - 120) * step // len(steps))
            milestones.append(
                {"id": f"m{step + 1}", "title": what, "due": due, "done": None,
                 "depends_on": [f"m{step}"] if step else None}
            )  # fmt: skip
            done = due + timedelta(days=dice.between(-30, 25))
            if done < world.as_of - DAY and (not step or milestones[step - 1] and len(finished) == step):
                finished.append((done, step))
        data: dict[str, Any] = {
            "title": title,
            "provision": provision,
            "goals": list(goals),
            "lead": leads[number % len(leads)] if leads else "Executive Committee",
            "milestones": list(milestones),
            "participation": {
                one.id: _STATES[dice.below(len(_STATES))]
                for one in world.members
                if one.left is None and one.joined <= world.start
            },
        }
        path = f"workplan/activities/{key}.md"
        body = paragraphs(writer.problem(), writer.paragraph(3))
        start = world.start + timedelta(days=40)
        world.chronicle.commit(
            start, world.coordinator(start).author, f"Plan an activity: {title}"
        ).put(path, data, body)
        for done, step in sorted(finished):
            meeting = world.meeting_until(done)
            evidence = f"Minutes of the meeting {meeting}-executive-committee"
            milestones[step] = milestones[step] | {"done": {"on": done, "evidence": evidence}}
            data = data | {"milestones": list(milestones)}
            if step == len(steps) - 1 or step == 1:
                data = data | {"participation": _everybody(world, dice, done)}
            world.chronicle.commit(
                done, world.coordinator(done).author, f"{title}: a milestone is reached"
            ).put(path, data, body)
    return len(_ACTIVITIES)


def _everybody(world: World, dice: Dice, day: date) -> dict[str, str]:
    here = [one for one in world.members_on(day) if one.left is None]
    return {one.id: _STATES[dice.below(4)] for one in here}


def write_priorities(world: World) -> int:
    """Write the priorities with their driver diagrams and cycles."""
    writer = world.writer("priorities")
    for number, (key, title, aim, measure) in enumerate(
        (
            ("youngest-children", "The youngest children",
             "Raise the share of children aged 0 to 3 for whom all steps of the bundle were done from "
             "a half to four-fifths within two years.", "near-deaths"),
            ("staff-who-stay", "Staff who stay",
             "Raise the share of staff who stay for a year by five in a hundred within three years.",
             "staff-who-stay"),
        )
    ):  # fmt: skip
        first = world.start + timedelta(days=100 + 60 * number)
        cycles: list[dict[str, Any]] = []
        data: dict[str, Any] = {
            "title": title,
            "aim": Folded(aim),
            "drivers": [
                {"text": "What staff know at the right moment",
                 "drivers": [{"text": "Handovers"}, {"text": "Short questions every week"}]},
                {"text": "What families can rely on",
                 "drivers": [{"text": "One plan"}, {"text": "One person to call"}]},
            ],
            "measures": [measure],
            "bundle": None if number else "first-steps",
            "cycles": None,
        }  # fmt: skip
        body = paragraphs(writer.problem(), writer.paragraph(2))
        path = f"workplan/priorities/{key}.md"
        if first < world.held[min(3, len(world.held) - 1)] + timedelta(days=2):
            first = world.held[min(3, len(world.held) - 1)] + timedelta(days=2)
        who = world.coordinator(first).author
        world.chronicle.commit(first, who, f"Set a priority: {title}").put(path, data, body)
        start = first + timedelta(days=20)
        while (end := start + timedelta(days=90)) < min(world.as_of, add_years(first, 3)):
            cycles.append(
                {
                    "plan": Folded(f"Find out whether it helps to {writer.lesson()}."),
                    "do": Folded(writer.sentence()), "study": Folded(writer.good()),
                    "act": Folded(f"Keep it, and {writer.lesson()}."), "from": start, "to": end,
                }
            )  # fmt: skip
            who = world.coordinator(end).author
            world.chronicle.commit(end, who, f"{title}: a cycle has ended").put(
                path, data | {"cycles": list(cycles)}, body
            )
            start = end + timedelta(days=30)
    return 2


def write_agreements(world: World) -> int:
    """Write the members' agreements on data: two years each, renewed in time."""
    dice = world.stream("agreements")
    count = 0
    for member in world.members:
        start = member.joined + timedelta(days=dice.between(70, 110))
        end = min(member.left or date.max, world.as_of)
        while start < end:
            until = add_years(start, 2) - DAY
            signed = start - timedelta(days=dice.between(5, 25))
            data = {
                "title": f"Agreement on data with {member.name} (fictional)",
                "member": member.id,
                "signed": signed,
                "from": start,
                "until": until,
                "purposes": ["Comparison across members", "Quality improvement"],
                "fields_allowed": ["quarter", "kind", "reviewed"],
                "fields_denied": ["age_band"] if member.limits else None,
                "sharing": "aggregate-only" if member.limits or dice.happens(50) else "de-identified",
                "reuse": "Only for the purposes named, and never for a single office",
                "ownership": "stays with member",
                "withdrawal": "At any time in writing; figures not yet published are taken out",
                "contact": "Data steward of the member",
            }  # fmt: skip
            world.chronicle.commit(
                signed, member.team_on(signed)[-1].author, f"{member.name} signs on data"
            ).put(f"charter/agreements/{member.id}-{start.year}.yml", data)
            count += 1
            start = until + DAY
    return count
