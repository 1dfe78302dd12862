"""The committee's and the collaborative's meetings: their days, who was there, their minutes."""

from datetime import date, timedelta
from typing import Any

from npcs.demo.dice import Dice
from npcs.demo.prose import Writer
from npcs.demo.world import DAY, FIRST_YEAR, Matter, Person, Sitting, World, in_words
from npcs.demo.yamlout import paragraphs

NOTICE_TO = ["executive-committee", "technical-advisors"]
MINUTES_TO = ["all-members", "executive-committee", "technical-advisors"]

_CANCELLED = (
    "A storm closed the offices of several members",
    "The video service failed and nobody could be reached",
    "An emergency in one jurisdiction took the co-chairs away",
    "Too few could come to make a quorum",
)
_EXCUSES = (
    "Ill that day", "In a hearing before the legislature", "On leave", "Travelling for the agency",
    "An urgent matter at the agency", "A family matter", "At a meeting of the state's cabinet",
)  # fmt: skip
_TOPICS = (
    "Progress toward the goals", "What members learned this month", "Safety culture survey",
    "Work plan: what is done and what is late", "Data sharing: questions of the stewards",
    "Report of a subcommittee", "Preparing the collaborative meeting", "Retention of staff",
    "Open answers to safety notices", "Visit from a member: what we tried",
)  # fmt: skip


def make_calendar(world: World) -> None:
    """The days of all meetings: one held in every month, some after a cancelled one."""
    dice = world.stream("calendar")
    year, month = FIRST_YEAR, 7
    planned = 0
    while planned < 3:
        day = _thursday(year, month, 2)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        if day > world.as_of:
            world.sittings.append(Sitting(day, "scheduled"))
            planned += 1
            continue
        if world.held and dice.happens(6) and day + timedelta(days=7) <= world.as_of:
            world.sittings.append(Sitting(day, "cancelled", dice.choice(_CANCELLED)))
            day += timedelta(days=7)
        world.sittings.append(Sitting(day, "held"))
        world.held.append(day)


def _thursday(year: int, month: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 7 * (number - 1))


def first_meeting() -> date:
    """The day of the first meeting, with which the committee begins."""
    return _thursday(FIRST_YEAR, 7, 2)


def make_attendance(world: World) -> None:
    """Who was at which meeting: always enough for a decision, seldom all."""
    dice = world.stream("attendance")
    missed: dict[Person, int] = {}
    for number, sitting in enumerate(one for one in world.sittings if one.status == "held"):
        people = world.holders("member", sitting.day)
        chairs = world.holders("co-chair", sitting.day)
        spare = (len(people) - 1) // 3 if number else 0
        for who in people:
            away = spare > 0 and dice.happens(13) and who is not chairs[0]
            how = "present"
            if away:
                spare -= 1
                rare = dice.happens(22) and missed.get(who, 0) == 0
                how = "absent" if rare else "excused"
            missed[who] = missed.get(who, 0) + 1 if how == "absent" else 0
            sitting.attendance[who] = how
            if how == "excused":
                sitting.excuses[who] = dice.choice(_EXCUSES)
        if number % 2 == 1:
            sitting.review = chairs[number // 2 % len(chairs)]
            if sitting.attendance[sitting.review] != "present":
                sitting.review = chairs[0]


def write_meetings(world: World) -> None:
    """Write the committee's meetings: announced, held with its decisions, minuted, approved."""
    dice, writer = world.stream("minutes"), world.writer("minutes/prose")
    by_day: dict[date, list[Matter]] = {}
    for matter in world.matters:
        if not matter.ballot:
            by_day.setdefault(matter.day, []).append(matter)
    following = dict(zip(world.held, world.held[1:], strict=False))
    for sitting in world.sittings:
        matters = by_day.get(sitting.day, []) if sitting.status == "held" else []
        _write(world, dice, writer, sitting, matters, following.get(sitting.day))


def _write(
    world: World, dice: Dice, writer: Writer, sitting: Sitting, matters: list[Matter],
    following: date | None,
) -> None:  # fmt: skip
    sent = sitting.day - timedelta(days=dice.between(10, 14))
    if sent > world.as_of:
        sent = sitting.day  # not yet announced
    topics = dice.sample(_TOPICS, 2)
    agenda: list[dict[str, Any]] = [{"title": one.title, "refs": [one.id]} for one in matters] + [
        {"title": one} for one in topics
    ]
    path = f"charter/meetings/{sitting.id}.md"
    data: dict[str, Any] = {
        "title": f"Executive Committee, {in_words(sitting.day)}",
        "date": sitting.day,
        "body": "executive-committee",
        "status": "scheduled",
        "reason": None,
        "notice": {"sent": sent, "to": NOTICE_TO} if sent < sitting.day else None,
        "agenda": [{"title": one["title"]} for one in agenda] if agenda else None,
        "attendance": None,
        "excuses": None,
        "attendance_review": None,
        "minutes": None,
    }
    announced = max(min(sent, world.as_of), world.start - timedelta(days=14))
    coordinator = world.coordinator(announced).author
    what = f"Announce the meeting of {in_words(sitting.day)}"
    world.chronicle.commit(announced, coordinator, what).put(path, data)
    if sitting.status == "scheduled":
        return
    if sitting.status == "cancelled":
        data = {**data, "status": "cancelled", "reason": sitting.reason}
        day = sitting.day - DAY
        commit = world.chronicle.commit(day, coordinator, "Cancel a meeting: " + sitting.reason)
        commit.put(path, data)
        return
    for item in agenda[len(matters) :]:
        item["presenter"] = dice.choice(sitting.present).id
    data = data | {"status": "held", "agenda": agenda} | _there(sitting)
    by = world.coordinator(sitting.day)
    commit = world.chronicle.commit(
        sitting.day, by.author, f"Record the meeting of {in_words(sitting.day)}"
    )
    commit.put(path, data)
    sent_on = sitting.day + timedelta(days=20 if sitting.late else dice.between(2, 9))
    if sent_on > world.as_of:
        return
    minutes = {"by": by.id, "sent_on": sent_on, "to": MINUTES_TO}
    body = _minutes(world, writer, sitting, matters, topics)
    who = world.coordinator(sent_on).author
    commit = world.chronicle.commit(sent_on, who, f"Send the minutes of {in_words(sitting.day)}")
    commit.put(path, {**data, "minutes": minutes}, body)
    if following and following <= world.as_of:
        approved = minutes | {"approved_at": f"{following}-executive-committee"}
        who = world.coordinator(following).author
        commit = world.chronicle.commit(
            following, who, f"Approve the minutes of {in_words(sitting.day)}"
        )
        commit.put(path, {**data, "minutes": approved}, body)


def _there(sitting: Sitting) -> dict[str, Any]:
    review = {"by": sitting.review.id, "on": sitting.day} if sitting.review else None
    return {
        "attendance": {who.id: how for who, how in sitting.attendance.items()},
        "excuses": {who.id: why for who, why in sitting.excuses.items()} or None,
        "attendance_review": review,
    }


def _minutes(
    world: World, writer: Writer, sitting: Sitting, matters: list[Matter], topics: list[str]
) -> str:
    chairs = [who for who in world.holders("co-chair", sitting.day) if who in sitting.present]
    advisors = world.holders("advisor", sitting.day)
    opening = f"{' and '.join(one.name for one in chairs)} opened the meeting and led it."
    if advisors:
        opening += f" Technical advisors with us: {', '.join(one.name for one in advisors)}."
    names = [one.name for one in sitting.present]
    parts = [opening]
    if sitting.review:
        parts.append(f"{sitting.review.name} looked at attendance since the last review.")
    for topic in topics:
        parts += [f"## {topic}", writer.talk(names, 3)]
    if matters:
        lines = [
            f"- {one.title}: {one.outcome} ([{one.id}](../decisions/{one.id}.md))"
            for one in matters
        ]
        parts += ["## Decisions", "\n".join(lines)]
    return paragraphs(*parts)


def write_collaborative(world: World) -> None:
    """Write the yearly meetings of all members, the next one announced."""
    dice, writer = world.stream("collaborative"), world.writer("collaborative/prose")
    for year in range(FIRST_YEAR, world.as_of.year + 1):
        day = _thursday(year, 10, 1) + timedelta(days=5)
        sent = day - timedelta(days=dice.between(35, 50))
        path = f"charter/meetings/{day}-collaborative.md"
        held = day <= world.as_of
        if not held and sent > world.as_of + timedelta(days=120):
            continue
        topics = dice.sample(_TOPICS, 4)
        data: dict[str, Any] = {
            "title": f"Meeting of the collaborative, {in_words(day)}",
            "date": day,
            "body": "collaborative",
            "status": "scheduled",
            "notice": {"sent": sent, "to": ["all-members", "technical-advisors"]}
            if sent <= world.as_of
            else None,
            "agenda": [{"title": one} for one in topics],
            "members": None,
            "minutes": None,
        }
        announced = min(sent, world.as_of)
        who = world.coordinator(announced).author
        what = f"Announce the meeting of the collaborative in {year}"
        world.chronicle.commit(announced, who, what).put(path, data)
        if not held:
            continue
        here = world.members_on(day)
        data = data | {
            "status": "held",
            "members": {one.id: "represented" if dice.happens(15) else "present" for one in here},
        }
        by = world.coordinator(day)
        world.chronicle.commit(
            day, by.author, f"Record the meeting of the collaborative in {year}"
        ).put(path, data)
        sent_on = day + timedelta(days=dice.between(4, 10))
        names = [one.name for one in here]
        parts = [f"{len(here)} members met for a day and a half, with guests from other fields."]
        for topic in topics:
            parts += [f"## {topic}", writer.talk(names, 3)]
        world.chronicle.commit(
            sent_on, by.author, f"Send the minutes of the collaborative's meeting in {year}"
        ).put(
            path,
            data | {"minutes": {"by": by.id, "sent_on": sent_on, "to": ["all-members"]}},
            paragraphs(*parts),
        )
