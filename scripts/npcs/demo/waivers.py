"""What the committee accepts for a time: minutes that come late while the coordinator is away."""

from dataclasses import dataclass
from datetime import date

from npcs.demo.chronicle import Commit
from npcs.demo.world import Matter, Sitting, World
from npcs.demo.yamlout import Folded

_REASON = (
    "The coordinator is away for three weeks after the meeting, and nobody else takes the minutes."
)


@dataclass(slots=True, eq=False)
class Waiver:
    """A waiver, the meeting whose minutes it is about, and the matter that grants it."""

    id: str
    sitting: Sitting
    matter: Matter


def make_waiver(world: World) -> Waiver:
    """Let the minutes of a late meeting wait; the committee decides so at that meeting."""
    sitting = next(one for one in world.sittings if one.day == world.held[-3])
    sitting.late = True
    reasons = f"{_REASON} The committee accepts that the minutes of this meeting come later."
    matter = Matter(sitting.day, "waiver", "Minutes that may come later", reasons, plain=True)
    found = Waiver(f"minutes-of-{sitting.day}", sitting, world.decide(matter))
    matter.about.append(found)
    return found


def write_waiver(world: World, waiver: Waiver, commits: dict[date, Commit]) -> None:
    """Write the waiver beside its decision."""
    commits[waiver.matter.day].put(
        f"charter/waivers/{waiver.id}.yml",
        {
            "rule": "minutes",
            "records": [waiver.sitting.id],
            "decision": waiver.matter.id,
            "until": date(world.as_of.year, 9, 30),
            "reason": Folded(_REASON),
        },
    )
