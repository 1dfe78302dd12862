"""Improvement priorities with their driver diagrams, and what was learnt cycle by cycle."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from npcs.demo.world import World
from npcs.demo.yamlout import Folded, paragraphs

Drivers = tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]


@dataclass(frozen=True, slots=True)
class _Priority:
    """A priority; a cycle is its title, plan, what was done, what was learnt, what follows."""

    id: str
    title: str
    aim: str
    measure: str
    bundle: str | None
    drivers: Drivers
    cycles: tuple[tuple[str, str, str, str, str], ...]


_PRIORITIES = (
    _Priority(
        "youngest-children",
        "The youngest children",
        "Raise the share of children aged 0 to 3 for whom every step of the bundle was done from a "
        "half to four-fifths within two years.",
        "near-deaths",
        "first-steps",
        (
            ("Staff know what matters at the right moment",
             (("Handovers leave nothing out", ("One page that goes with the child's plan",)),
              ("Knowledge stays fresh", ("A short question every week",)))),
            ("Families can rely on help",
             (("One plan that all agencies keep to", ("A joint visit with a nurse",)),
              ("One person to call, day and night", ()))),
            ("Teams see how reliable they are",
             (("All or none, shown every month", ("A chart on the wall of each office",)),)),
        ),
        (
            ("One page at handover",
             "One office uses a single page at each handover for four weeks. We expect that fewer "
             "steps of the bundle are left out in the week after.",
             "Used at most handovers; on nights with one person on duty there was nobody to talk "
             "to.",
             "The page helped by day. At night it was filled in and not read.",
             "Keep the page by day, and try a call in the morning for what came in at night."),
            ("A call in the morning",
             "The same office calls whoever takes over, within an hour of the start of the day.",
             "Done on all but the days of court.",
             "A call of five minutes settled what the page left open.",
             "Adopt both, and try them in an office twice the size."),
            ("A larger office",
             "Page and call in an office with four teams, led by one supervisor in each.",
             "Three teams kept it up; the fourth had a vacant post.",
             "It holds where a supervisor asks for it every day, and nowhere else.",
             "Let supervisors meet once a week over the chart before it goes further."),
            ("The chart on the wall",
             "Show each team its own share of children with every step done, month by month.",
             "Shown in five offices for three months.",
             "Teams asked for the steps that were missed, and no longer for names.",
             "Adopt it, and leave out months with too few children to show."),
            ("A joint visit with a nurse",
             "The first visit after a birth is made together with a nurse, in two counties.",
             "Made in most families that agreed; rural roads took the longest.",
             "Families told the nurse what they had not told us.",
             "Ask the health agencies for an agreement that lasts."),
            ("Nights and weekends",
             "One line for families that is answered at night by somebody who knows the plan.",
             "The line has run since the beginning of the month.", "", ""),
        ),
    ),
    _Priority(
        "staff-who-stay",
        "Staff who stay",
        "Raise the share of staff who stay for a year by five in a hundred within three years.",
        "staff-who-stay",
        None,
        (
            ("It is safe to speak up",
             (("Reviews look at the system", ("Say so in the letter that invites to a review",)),
              ("Supervisors ask first", ("Two questions at every supervision",)))),
            ("The work can be done in the time there is",
             (("A limit that is kept", ("A board that shows who has room",)),
              ("After a hard day comes a quiet one", ()))),
            ("New staff are not alone",
             (("A buddy for the first half year", ()),)),
        ),
        (
            ("A buddy for new staff",
             "Every new colleague of two offices has a buddy for six months.",
             "All had one; a third of the buddies left the office themselves.",
             "Buddies with less than two years of their own could not carry it.",
             "Ask only those with two years, and give them an hour a week for it."),
            ("Two questions at supervision",
             "Supervisors begin with two questions: what worried you, what went well?",
             "Asked in about two of three supervisions.",
             "People spoke of what worried them only once the supervisor had done so.",
             "Let supervisors practise with each other first."),
            ("A board that shows who has room",
             "A board in each team room, kept by the team itself.",
             "It was kept for a month and then forgotten, where nobody was asked to keep it.",
             "A board nobody is responsible for does not last.",
             "Give the board to one person each week, in turn."),
            ("The board, in turn",
             "The board again, with one person each week who keeps it.",
             "It has been kept for five weeks.", "", ""),
        ),
    ),
)  # fmt: skip


def write_priorities(world: World) -> int:
    """Write the priorities, and each of their cycles as it begins and ends."""
    writer = world.writer("priorities")
    for number, one in enumerate(_PRIORITIES):
        first = world.start + timedelta(days=100 + 60 * number)
        first = max(first, world.held[min(3, len(world.held) - 1)] + timedelta(days=2))
        data: dict[str, Any] = {
            "title": one.title,
            "aim": Folded(one.aim),
            "drivers": _drivers(one.drivers),
            "measures": [one.measure],
            "bundle": one.bundle,
            "cycles": None,
        }
        body = paragraphs(writer.problem(), writer.paragraph(2))
        path = f"workplan/priorities/{one.id}.md"
        who = world.coordinator(first).author
        world.chronicle.commit(first, who, f"Set a priority: {one.title}").put(path, data, body)
        cycles: list[dict[str, Any]] = []
        for told, start, end in _spread(one, first, world.as_of):
            cycles.append(_cycle(told, start, end))
            day = end or start + timedelta(days=7)
            said = "a cycle has ended" if end else "a cycle has begun"
            world.chronicle.commit(day, world.coordinator(day).author, f"{one.title}: {said}").put(
                path, data | {"cycles": list(cycles)}, body
            )
    return len(_PRIORITIES)


def _drivers(drivers: Drivers) -> list[dict[str, Any]]:
    return [
        {
            "text": text,
            "drivers": [
                {"text": below, "drivers": [{"text": idea} for idea in ideas] or None}
                for below, ideas in more
            ] or None,
        }
        for text, more in drivers
    ]  # fmt: skip


def _spread(
    one: _Priority, first: date, as_of: date
) -> list[tuple[tuple[str, ...], date, date | None]]:
    """The cycles over the time there is, the last of them begun a month ago and still open."""
    *ended, open_ = one.cycles
    room = (as_of - timedelta(days=40) - first).days - 20
    count = min(len(ended), max(0, room // 40))
    found: list[tuple[tuple[str, ...], date, date | None]] = []
    for number in range(count):
        start = first + timedelta(days=20 + room * number // count)
        length = min(90, room // count - 7)
        found.append((ended[number], start, start + timedelta(days=length)))
    last = open_ if count == len(ended) else ended[count]
    return [*found, (last, as_of - timedelta(days=35), None)]


def _cycle(told: tuple[str, ...], start: date, end: date | None) -> dict[str, Any]:
    title, plan, do, study, act = told
    return {
        "title": title,
        "plan": Folded(plan),
        "do": Folded(do) if end or not study else None,
        "study": Folded(study) if end else None,
        "act": Folded(act) if end else None,
        "from": start,
        "to": end,
    }
