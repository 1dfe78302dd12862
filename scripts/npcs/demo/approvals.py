"""Approving the charter and its readings, and the tags that hold the approved text."""

import hashlib
from datetime import date

from npcs.demo import charter_text
from npcs.demo.chronicle import Tag
from npcs.demo.readings import CHANGES
from npcs.demo.world import DAY, Matter, World, add_years


def make_charter(world: World, handover: date | None) -> None:
    """The approvals of the charter: the first, one every year, and one for a slip of the pen."""
    revision, major, minor = 0, 1, 0
    day = world.start
    changes = [(day, "major")]
    while (due := add_years(day, 1)) <= world.as_of:
        day = world.meeting_until(due)
        changes.append((day, "annual"))
    if handover:
        slip = world.meeting_before(handover - DAY)
        if slip not in (one for one, _ in changes):
            changes.append((slip, "editorial"))
    for number, (day, change) in enumerate(sorted(changes)):
        if number:
            grand = change == "annual" and number % 3 == 2
            major, minor = (major + 1, 0) if grand else (major, minor + 1)
            change = "major" if grand else change
            revision += change != "editorial"
        version = f"{major}.{minor}"
        text = charter_text.charter(version, revision)
        digest = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
        about = [_Provision(one) for one in charter_text.changed(revision)]
        world.decide(
            Matter(
                day, "charter", f"Charter {version}", _why(change, number),
                about=[] if change == "editorial" else list(about), rank=3, plain=number == 0,
                charter={"version": version, "digest": digest, "change": change, "text": text},
            )
        )  # fmt: skip


class _Provision:
    """A provision as something a decision is about."""

    def __init__(self, key: str) -> None:
        self.id = key


def _why(change: str, number: int) -> str:
    if not number:
        return "The members have agreed on the text at their founding; the committee adopts it."
    if change == "editorial":
        return "The text stays as it is; only its version is corrected. This is no review."
    if change == "major":
        return (
            "The yearly review found that the structure has changed: groups now do most of the "
            "work. The committee looked at the whole charter and worded two provisions anew."
        )
    return "The yearly review looked at every provision; two are worded anew, none is dropped."


def make_readings(world: World) -> list[tuple[Matter, str]]:
    """The readings of the charter: adopted at the first meeting, two of them changed later."""
    first = Matter(
        world.start, "reading", "Readings of the charter",
        "Where the charter is silent, the committee reads it as the parameters say. Each reading "
        "can be changed by a decision.",
        rank=4, plain=True,
    )  # fmt: skip
    world.decide(first)
    found = [(first, "")]
    for number, (name, _, title, why) in enumerate(CHANGES):
        day = world.held[len(world.held) * (number + 2) // 4]
        if day not in (one.day for one, _ in found):
            matter = Matter(day, "reading", title, why, rank=4, plain=True)
            matter.effective = date(day.year + (day.month == 12), day.month % 12 + 1, 1)
            found.append((world.decide(matter), name))
    return found


def tag(world: World, matter: Matter) -> Tag:
    """The tag of an approved revision."""
    assert matter.charter is not None
    by = world.coordinator(matter.day).author
    return Tag(f"charter-v{matter.charter['version']}", by, matter.id)
