"""The words the partnership uses: definitions with crosswalks, and instruments."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from npcs.demo.chronicle import Commit
from npcs.demo.dice import Dice
from npcs.demo.prose import Writer
from npcs.demo.world import DAY, Matter, World
from npcs.demo.yamlout import Folded, paragraphs

_TERMS = (
    (
        "Critical incident",
        "A death, a near death or a serious injury in which abuse or neglect is suspected.",
    ),
    (
        "Near death",
        "A critical condition because of abuse or neglect, as a physician has certified.",
    ),
    (
        "Maltreatment",
        "An act or a failure to act by a carer that harms a child or puts it at serious risk.",
    ),
    (
        "Repeat maltreatment",
        "A second substantiated report on the same child within twelve months of the first.",
    ),
    ("Entry", "The first day on which a child is in care outside the home."),
    ("Exit", "The day on which care outside the home ends."),
    (
        "Ratio of entries to exits",
        "Entries of a period divided by exits of the same period; one means as many as.",
    ),
    ("Safety culture", "What an organization does and says about safety when nobody is looking."),
    (
        "Psychological safety",
        "The shared belief that one can speak up without being punished for it.",
    ),
    (
        "Improvement opportunity",
        "Something in the system that a review found and that could be better.",
    ),
    ("Handover", "Passing on responsibility for a family from one person to another."),
    ("Open report", "A report that has been received and not yet been closed by a decision."),
)
_FIRST = (
    "Timely",
    "Joint",
    "Repeat",
    "Open",
    "First",
    "Urgent",
    "Planned",
    "Missed",
    "Shared",
    "Delayed",
    "Complete",
    "Active",
    "Supervised",
    "Voluntary",
    "Related",
    "Prior",
    "Confirmed",
    "Regional",
    "Screened",
    "Seasonal",
)
_SECOND = (
    "contact", "visit", "assessment", "plan", "referral", "placement", "response", "review",
    "closing", "transfer", "debriefing", "supervision", "notice", "concern", "service", "interview",
    "conference", "caseload", "agreement", "follow-up", "screening", "decision", "household",
    "contract", "training",
)  # fmt: skip
_RENAMED = "old-near-death"
_MAPPINGS = ("exact", "exact", "broader", "narrower", "overlaps", "none")
_NOTES = {
    "exact": "The rule of the agency has the same words.",
    "broader": "The rule counts some cases that the definition leaves out.",
    "narrower": "The rule asks for a finding that the definition does not ask for.",
    "overlaps": "Most cases fall under both; some only under one of them.",
    "none": "There is no such rule; the cases are not counted.",
}


_LINKED_AS = {"Entry": ["entry into care"], "Exit": ["exit from care"]}
"""The words by which texts lead to a term that is too common a word itself."""

_CHANGED = "Near death"
_BEFORE = "A condition in which a child may die because of abuse or neglect."


@dataclass(slots=True, eq=False)
class Definition:
    """A term of the glossary: the day of its first draft, and the matter that approves it.

    ``change`` is the matter by which its meaning was changed later.
    """

    name: str
    meaning: str
    day: date
    matter: Matter | None = None
    change: Matter | None = None

    @property
    def id(self) -> str:
        """The id of the definition's record."""
        return self.name.lower().replace(" ", "-")


def make_definitions(world: World, count: int) -> list[Definition]:
    """Make up terms with the matters that approve them; the newest and some others are drafts."""
    terms = list(_TERMS)
    more = [f"{first} {second}" for second in _SECOND for first in _FIRST]
    for number in range(count - len(_TERMS) - 1):
        name = more[number % len(more)]
        if number >= len(more):
            name += f" of kind {number // len(more) + 1}"
        terms.append((name, f"A {name.lower()} that counts once in the month in which it begins."))
    span = (world.as_of - world.start).days - 40
    found = [
        Definition(*term, world.start + timedelta(days=20 + span * number // len(terms)))
        for number, term in enumerate(terms)
    ]
    days = world.held[1:-1]
    parts = min(len(days), max(4, count // 12))
    for day in (days[(number + 1) * len(days) // parts - 1] for number in range(parts)):
        ready = [
            one
            for number, one in enumerate(found)
            if one.matter is None and one.day < day
            and not (number > len(_TERMS) and number % 6 == 5)
        ]  # fmt: skip
        if ready:
            matter = world.decide(_approval(day, ready))
            for one in ready:
                one.matter = matter
    changed = next(one for one in found if one.name == _CHANGED)
    if changed.matter and changed.matter.day < days[-1]:
        changed.change = world.decide(_closer(days[-1], changed))
    return found


def _closer(day: date, changed: Definition) -> Matter:
    return Matter(
        day, "other", f"A closer definition of {changed.name.lower()}",
        "Nobody could say how likely a death had to be. From now on it counts what a physician "
        "has certified.",
        about=[changed], rank=6, plain=True,
    )  # fmt: skip


def _approval(day: date, ready: list[Definition]) -> Matter:
    names = [one.name.lower() for one in ready]
    shown = names[:3] if len(names) < 4 else [*names[:2], f"{len(names) - 2} more"]
    listed = " and ".join([", ".join(shown[:-1]), shown[-1]] if shown[1:] else shown)
    return Matter(
        day, "other", f"Definitions of {listed}",
        "The working papers were with the members, who compared them with their own rules. From "
        "now on figures are counted by these words.",
        about=list(ready), rank=6, plain=True,
    )  # fmt: skip


def write_definitions(world: World, terms: list[Definition], commits: dict[date, Commit]) -> None:
    """Write the glossary: drafts, what became of them, and a term that was superseded."""
    dice, writer = world.stream("definitions"), world.writer("definitions/prose")
    for term in terms:
        name, day = term.name, term.day
        data: dict[str, Any] = {
            "term": name,
            "linked_as": _LINKED_AS.get(name),
            "version": "0.9",
            "status": "draft",
            "definition": Folded(_BEFORE if term.change else term.meaning),
            "source": {
                "title": "Working paper of the Example Partnership (fictional)",
                "address": f"https://example.org/working-papers/{term.id}",
                "as_of": str(day),
            },
            "includes": [f"What is known as {name.lower()} in at least one member's rules"],
            "excludes": ["What was reported by mistake"],
            "questions": ["Did it happen within the period?", "Has it been written down that day?"],
            "examples": [
                Folded(f"It is noted late. It counts for the day it happened: {writer.cause()}.")
            ],
            "crosswalk": _crosswalk(world, dice, day),
        }
        path = f"definitions/terms/{term.id}.md"
        body = paragraphs(_why(writer, name), writer.sentence())
        author = world.coordinator(day).author
        world.chronicle.commit(day, author, f"Define: {name}").put(path, data, body)
        if term.matter:
            data = {**data, "version": "1.0", "status": "approved",
                    "crosswalk": _compared(data["crosswalk"], "1.0")}  # fmt: skip
            commits[term.matter.day].put(path, data, body)
        if term.change:
            commits[term.change.day].put(path, _changed(term, term.change.day, data), body)
    _superseded(world, terms[1].day + DAY)


def _changed(term: Definition, day: date, data: dict[str, Any]) -> dict[str, Any]:
    """A definition with a new meaning: the old text is kept, and one member has yet to compare."""
    *looked, _ = data["crosswalk"]
    old = {
        "version": data["version"],
        "until": day - DAY,
        "definition": data["definition"],
        "why": "Nobody could say how likely a death had to be",
    }
    return {
        **data,
        "version": "1.1",
        "definition": Folded(term.meaning),
        "crosswalk": data["crosswalk"] | _compared(
            {key: data["crosswalk"][key] for key in looked}, "1.1"
        ),
        "earlier": [old],
    }  # fmt: skip


def _compared(crosswalk: dict[str, Any], version: str) -> dict[str, Any]:
    return {key: {**entry, "compared_with": version} for key, entry in crosswalk.items()}


def _crosswalk(world: World, dice: Dice, day: date) -> dict[str, Any]:
    found = {}
    for member in dice.sample([one for one in world.members_on(day) if one.left is None], 3):
        mapping = dice.choice(_MAPPINGS)
        found[member.id] = {
            "mapping": mapping,
            "compared_with": "0.9",
            "note": _NOTES[mapping],
            "source": {
                "title": f"Manual of {member.name} (fictional)",
                "address": f"https://example.org/manuals/{member.id}",
                "as_of": str(day),
            },
        }
    return found


def _why(writer: Writer, name: str) -> str:
    return (
        f"Members used different words for “{name.lower()}”, and figures could not be compared. "
        f"{writer.problem()}"
    )


def _superseded(world: World, day: date) -> None:
    world.chronicle.commit(day, world.coordinator(day).author, "Supersede an old definition").put(
        f"definitions/terms/{_RENAMED}.md",
        {
            "term": "Near death (old wording)",
            "version": "0.1",
            "status": "superseded",
            "superseded_by": "near-death",
            "definition": "An incident a child has barely survived.",
            "source": {
                "title": "First draft of the Example Partnership (fictional)",
                "address": "https://example.org/working-papers/first-draft",
                "as_of": str(day),
            },
        },
        "Replaced because nobody could decide by it. It stays here so that old papers can be read.",
    )


def write_instruments(world: World, count: int) -> int:
    """Write instruments that are plainly made up; real ones are licensed."""
    names = (
        ("Example Systems Review", "2.1", ("People", "Team", "Organization")),
        ("Example Culture Survey", "1.3", ("Speaking up", "Learning", "Exhaustion")),
    )
    for number in range(count):
        name, version, domains = names[number % len(names)]
        edition = number // len(names)
        title = f"{name} (fictional)" if not edition else f"{name} {edition + 1} (fictional)"
        key = name.lower().replace(" ", "-") + (f"-{edition + 1}" if edition else "")
        data = {
            "title": title,
            "version": version,
            "licence": "Made up for this demo; it is no instrument and measures nothing",
            "permission": "None is needed: nobody owns what is made up",
            "domains": [
                {
                    "name": domain,
                    "items": [f"Sample item {item} on {domain.lower()}" for item in (1, 2, 3)],
                    "anchors": [
                        "Nothing to note",
                        "Worth watching",
                        "Played a part",
                        "Was decisive",
                    ],
                    "reverse": [3] if "Survey" in name else None,
                }
                for domain in domains
            ],
            "scoring": Folded("Items are read one by one and never added up."),
            "direction": "Higher means that it needs more attention",
        }
        day = world.start + timedelta(days=30 + number)
        world.chronicle.commit(day, world.coordinator(day).author, f"Register: {title}").put(
            f"definitions/instruments/{key}.yml", data
        )
    return count
