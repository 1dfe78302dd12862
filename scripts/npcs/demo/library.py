"""What members share: practices and a bundle."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any

from npcs.demo.dice import Dice
from npcs.demo.prose import AGES, DEVICES, FOCI, SETTINGS, TOOLS, TOPICS, Writer
from npcs.demo.world import Member, World
from npcs.demo.yamlout import Folded, paragraphs

_LEVELS = ("expert-opinion", "descriptive", "descriptive", "promising", "promising", "supported")
_SOURCES = (
    "Notes of a peer visit (fictional)", "Report of the quality unit (fictional)",
    "Survey of staff before and after (fictional)", "Review of fifty plans (fictional)",
    "Evaluation by the Harrow Bay Institute (fictional)",
)  # fmt: skip


def practice_names(dice: Dice) -> Iterator[tuple[str, str, str, str]]:
    """Title, device, focus and setting of one practice after another, no two titles alike."""
    size = len(DEVICES) * len(FOCI) * len(SETTINGS)
    order = dice.shuffled(range(size))
    for edition in count(1):
        for number in order:
            rest, where = divmod(number, len(SETTINGS))
            device, focus = DEVICES[rest // len(FOCI)], FOCI[rest % len(FOCI)]
            title = f"{device} for {focus} in {SETTINGS[where]}"
            if edition > 1:
                title += f", year {edition}"
            yield title, device, focus, SETTINGS[where]


def write_practices(world: World, number: int) -> int:
    """Write so many practices, some of them taken up by more members later."""
    dice, writer = world.stream("practices"), world.writer("practices/prose")
    names = practice_names(world.stream("practices/names"))
    span = (world.as_of - world.start).days - 20
    for place, name in zip(range(number), names, strict=False):
        day = world.start + timedelta(days=10 + span * place // number)
        _practice(world, dice, writer, day, *name)
    return number


def _practice(
    world: World, dice: Dice, writer: Writer, day: date, title: str, device: str, focus: str,
    setting: str,
) -> None:  # fmt: skip
    here = [one for one in world.members_on(day) if one.left is None]
    member = dice.choice(here)
    topics = dice.pair(TOPICS)
    data: dict[str, Any] = {
        "title": title,
        "problem": Folded(writer.problem()),
        "setting": f"{setting[0].upper()}{setting[1:]}, {member.name}",
        "tried": Folded(writer.tried(device, focus)),
        "worked": Folded(writer.good()),
        "did_not_work": Folded(writer.bad()),
        "evidence": {
            "level": dice.choice(_LEVELS),
            "sources": [{"title": dice.choice(_SOURCES), "as_of": str(day)}],
        },
        "members": [member.id],
        "topics": list(topics),
        "ages": dice.choice(AGES),
        "tools": [dice.choice(TOOLS)],
    }
    body = paragraphs(
        f"{member.name} shares this so that others need not start from nothing.",
        writer.paragraph(3),
        "## To try it yourself",
        f"- {writer.lesson().capitalize()}\n- {writer.sentence()}",
    )
    path = f"practices/library/{slug(title)}.md"
    author = dice.choice(member.team_on(day)).author
    world.chronicle.commit(day, author, f"Share a practice: {title}").put(path, data, body)
    later = day + timedelta(days=dice.between(60, 400))
    if dice.happens(30) and later <= world.as_of and len(here) > 1:
        other = dice.choice([one for one in here if one is not member])
        author = other.team_on(later)[-1].author
        adopted = data | {
            "adopted": [{"member": other.id, "on": later, "changed": Folded(writer.sentence())}]
        }
        world.chronicle.commit(later, author, f"{other.name} takes up: {title}").put(
            path, adopted, body
        )
        _tell(world, dice, writer, other, later, title, path, adopted, body)


def _tell(
    world: World, dice: Dice, writer: Writer, member: Member, since: date, title: str, path: str,
    data: dict[str, Any], body: str,
) -> None:  # fmt: skip
    """Some time after a member took a practice up it may say how that went."""
    day = since + timedelta(days=dice.between(90, 200))
    if day > world.as_of or not dice.happens(60) or (member.left and member.left < day):
        return
    said = writer.good() if dice.happens(60) else writer.bad()
    told = data | {"feedback": [{"member": member.id, "on": day, "text": Folded(said)}]}
    author = member.team_on(day)[-1].author
    world.chronicle.commit(day, author, f"{member.name} tells of: {title}").put(path, told, body)


def slug(title: str) -> str:
    """The id of something with a title."""
    return title.lower().replace(",", "").replace(" ", "-")


def write_bundle(world: World) -> int:
    """Write the bundle of care for the youngest children."""
    writer = world.writer("bundle")
    elements = (
        ("sleep", "Look at every place where the infant sleeps", 0, 12, "First visits"),
        ("plan", "Agree on a plan of safe care with the family", 0, 12, "Plans on time"),
        ("nurse", "Visit together with a nurse once", 0, 36, "Joint visits"),
        ("handover", "Hand over in person, with the plan", 0, 36, "Handovers in person"),
    )  # fmt: skip
    data = {
        "title": "First steps bundle (fictional)",
        "population": "Children under three years with an open assessment",
        "setting": "The first thirty days of the assessment",
        "elements": [
            {
                "id": key, "text": text, "ages": {"from": first, "under": under},
                "measure": measure,
                "evidence": [{"title": "Working paper of the partnership (fictional)"}],
            }
            for key, text, first, under, measure in elements
        ],
        "exclusions": [{"id": "moved", "text": "Moved to another jurisdiction within a week"}],
        "owner": "Child welfare leaders of the members",
    }  # fmt: skip
    day = world.held[min(3, len(world.held) - 1)] + timedelta(days=1)
    body = paragraphs(
        "The elements are done together, every time. A child counts as reached only when each "
        "element that applies was done.",
        writer.paragraph(2),
    )
    who = world.coordinator(day).author
    world.chronicle.commit(day, who, "Publish the first steps bundle").put(
        "practices/bundles/first-steps.md", data, body
    )
    return 1
