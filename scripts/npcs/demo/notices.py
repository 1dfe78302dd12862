"""Safety notices from one member's learning to all others, and what each of them answers."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from npcs.demo.dice import Dice
from npcs.demo.prose import FOCI, Writer
from npcs.demo.world import DAY, Matter, Member, World, term_end
from npcs.demo.yamlout import Folded, paragraphs

_HAZARDS = (
    "Warnings from partners do not reach the worker on duty",
    "A sleeping place is assessed once and then changes",
    "Two teams each believe the other will call back",
    "A plan rests on a person who is not told of it",
    "Medical advice is passed on by telephone and gets lost",
    "A visit is counted although nobody saw the child alone",
    "A report is closed while a second one is open",
    "New staff take over without a joint visit",
    "An address is out of date in one of two systems",
    "The weekend begins with an open question and nobody named",
    "A product at home is recalled and families do not know",
    "A safety plan has no day on which it is looked at again",
)
_AFFECTED = (
    "Infants and their carers, during home visits", "Children aged 0 to 3, at intake",
    "All ages, when a case changes hands", "Children in kinship homes, at placement",
    "All ages, after working hours", "Families with several open reports",
)  # fmt: skip
_ACTIONS = (
    ("Name one person who calls back, in writing", "strong"),
    ("Look at the sleeping place at every visit", "intermediate"),
    ("Put a day for the next look into every plan", "strong"),
    ("Remind staff at the morning huddle", "weak"),
    ("Ask the hospital for a written summary", "intermediate"),
    ("Let the system refuse to close while a report is open", "strong"),
    ("Visit together before taking over", "intermediate"),
    ("Give families the list in their language", "intermediate"),
)
_MEASURES = (
    "Share of plans with a day and a name", "Share of handovers with a joint visit",
    "Days until the call back", "Share of visits with the question asked",
)  # fmt: skip
_NO_NEED = (
    "The system in use here does not allow it to happen; it was looked at by the quality unit.",
    "No such service is run in this jurisdiction, and none is planned.",
)
_EQUAL = (
    "A rule of the same effect has been in force for some time and is audited every quarter.",
    "The same risk is met by a different step, agreed with the medical partners.",
)
_LEADS = ("Quality unit", "Deputy Director for Safety", "Field operations", "Training unit")


@dataclass(slots=True, eq=False)
class Notice:
    """A notice, the matter that approved it, and the members that are to answer."""

    drafted: date
    matter: Matter
    title: str
    kind: str
    issued: date
    source: Member
    members: list[Member] = field(default_factory=list)
    supersedes: "Notice | None" = None
    withdrawn: date | None = None
    amended: date | None = None
    id: str = ""


def issue_days(world: World, count: int) -> list[date]:
    """The days of the meetings at which so many notices are approved."""
    days = world.held[2:] or world.held
    return [days[number * len(days) // count] for number in range(count)]


def make_notices(world: World, count: int) -> list[Notice]:
    """Make up notices with the matters that approve them."""
    dice, writer = world.stream("notices"), world.writer("notices/reasons")
    found = []
    for number, day in enumerate(issue_days(world, count)):
        hazard = dice.choice(_HAZARDS)
        title = f"{hazard} ({dice.choice(FOCI)})" if count > len(_HAZARDS) else hazard
        issued = day + timedelta(days=dice.between(1, 4))
        drafted = day - timedelta(days=dice.between(12, 25))
        source = dice.choice(world.members_on(drafted))
        matter = Matter(
            day, "notice", f"Safety notice: {title}",
            f"The draft was looked at for anything that could point to a family. "
            f"{writer.sentence()}", rank=7,
        )  # fmt: skip
        kind = ("warning", "recommended-practice", "resource")[number % 3]
        one = Notice(drafted, matter, title, kind, issued, source)
        one.members = [
            member
            for member in world.members_on(issued)
            if member.left is None or member.left > issued + timedelta(days=90)
        ]
        matter.about.append(one)
        world.decide(matter)
        found.append(one)
    _fates(world, found)
    numbers: dict[int, int] = {}
    for one in sorted(found, key=lambda one: one.issued):
        number = numbers[one.issued.year] = numbers.get(one.issued.year, 0) + 1
        one.id = f"NPCS-SN-{one.issued.year}-{number:03}"
    return found


def _fates(world: World, found: list[Notice]) -> None:
    """One notice is withdrawn, one superseded, some amended."""
    old = [one for one in found if one.issued < world.as_of - timedelta(days=200)]
    for number, one in enumerate(old):
        if number % 9 == 4:
            one.amended = one.issued + timedelta(days=75)
        elif number % 40 == 6:
            one.withdrawn = one.issued + timedelta(days=60)
    if len(found) > 7 and len(old) > 2:
        found[-1].supersedes = old[1]


def _answering(notice: Notice, as_of: date) -> list[tuple[Member, date]]:
    """Who answers first on which day."""
    found = []
    for number, member in enumerate(notice.members):
        day = notice.issued + timedelta(days=2 + (number * 7 + notice.issued.day) % 24)
        if day <= as_of:
            found.append((member, day))
    return found


def write_notices(world: World, notices: list[Notice]) -> int:
    """Write notices and answers; gives how many files that makes."""
    dice, writer = world.stream("notices/write"), world.writer("notices/prose")
    files = 0
    for one in notices:
        _write(world, dice, writer, one)
        files += 1
        for member, day in _answering(one, world.as_of):
            _answer(world, dice, writer, one, member, day)
            files += 1
    return files


def _write(world: World, dice: Dice, writer: Writer, one: Notice) -> None:
    path = f"notices/{one.id[8:12]}/{one.id}.md"
    respond = one.issued + timedelta(days=45)
    review = term_end(one.issued)
    actions = [
        {
            "text": text, "owner": dice.choice(_LEADS), "strength": strength, "due": respond,
            "measure": dice.choice(_MEASURES),
        }
        for text, strength in dice.sample(_ACTIONS, 2)
    ]  # fmt: skip
    first = {"version": "1.0", "on": one.issued, "what": "First issue"}
    draft: dict[str, Any] = {
        "title": one.title,
        "kind": one.kind,
        "tlp": "CLEAR",
        "hazard": one.title.partition(" (")[0],
        "version": "1.0",
        "issued": None,
        "respond_by": None,
        "review_by": None,
        "closed": None,
        "affected": dice.choice(_AFFECTED),
        "evidence": Folded(f"Reviews by {one.source.name} and others. {writer.problem()}"),
        "actions": actions,
        "related": None,
        "supersedes": one.supersedes.id if one.supersedes else None,
        "withdrawn": None,
        "decision": None,
        "revisions": None,
    }
    body = paragraphs(
        writer.problem(), writer.paragraph(3),
        "This notice describes a pattern and no single case. It is advice: each member decides.",
    )  # fmt: skip
    chronicle = world.chronicle
    author = one.source.team_on(one.drafted)[-1].author
    chronicle.commit(one.drafted, author, f"Draft a notice: {one.title}").put(path, draft, body)
    if one.issued > world.as_of:
        return
    issued = draft | {
        "issued": one.issued, "respond_by": respond, "review_by": review,
        "decision": one.matter.id if one.matter.outcome == "adopted" else None,
        "revisions": [first],
    }  # fmt: skip
    who = world.coordinator(one.issued).author
    chronicle.commit(one.issued, who, f"Issue {one.id}").put(path, issued, body)
    last = issued
    if one.amended:
        second = {"version": "1.1", "on": one.amended, "what": "A second action made clearer"}
        last = issued | {"version": "1.1", "revisions": [first, second]}
        who = world.coordinator(one.amended).author
        chronicle.commit(one.amended, who, f"Amend {one.id}").put(path, last, body)
    if one.withdrawn:
        gone = {"on": one.withdrawn, "reason": "The product it spoke of is no longer sold"}
        who = world.coordinator(one.withdrawn).author
        chronicle.commit(one.withdrawn, who, f"Withdraw {one.id}").put(
            path, last | {"withdrawn": gone}, body
        )
    elif review - timedelta(days=20) <= world.as_of:
        closed = review - timedelta(days=20)
        who = world.coordinator(closed).author
        chronicle.commit(closed, who, f"Close {one.id}").put(path, last | {"closed": closed}, body)


def _answer(
    world: World, dice: Dice, writer: Writer, notice: Notice, member: Member, day: date
) -> None:
    path = f"notices/{notice.id[8:12]}/{notice.id}/{member.id}.yml"
    lead = dice.choice(_LEADS)
    first: dict[str, Any] = {
        "member": member.id,
        "notice": notice.id,
        "version": "1.0",
        "status": "acknowledged",
        "reason": Folded(f"Received and passed on to those it concerns. {writer.paragraph(3)}"),
        "on": day,
        "lead": lead,
    }
    author = member.team_on(day)[-1].author
    subject = f"{member.name} answers {notice.id}"
    world.chronicle.commit(day, author, subject).put(path, first)
    later = day + timedelta(days=dice.between(14, 110))
    if notice.amended:
        later = max(later, notice.amended + DAY)
    if later > world.as_of or notice.withdrawn:
        return
    chance = dice.below(10)
    if chance == 0:
        status, reason = "not-applicable", f"{dice.choice(_NO_NEED)} {writer.sentence()}"
    elif chance == 1:
        status, reason = "equivalent-measure", f"{dice.choice(_EQUAL)} {writer.sentence()}"
    else:
        old = later < world.as_of - timedelta(days=90)
        status = "complete" if old or chance > 5 else "under-way"
        reason = writer.paragraph(4)
    version = "1.1" if notice.amended else "1.0"
    second = first | {"version": version, "status": status, "reason": Folded(reason), "on": later}
    author = member.team_on(later)[-1].author
    world.chronicle.commit(later, author, subject).put(path, second)
