"""Safety notices from one member's learning to all others, and what each of them answers."""

from collections.abc import Iterator
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
    (("0 to 1",), ("home visits",), ("assessment", "open case")),
    (("0 to 3",), ("intake units", "hospitals"), ("intake",)),
    (("all ages",), ("all offices",), ("handover",)),
    (("0 to 5", "6 to 12"), ("kinship homes",), ("placement",)),
    (("all ages",), ("after-hours teams",), ("intake", "urgent response")),
    (("0 to 5",), ("families with several open reports",), ("screening", "closing")),
)
_HARMS = (
    "It can become one more box to tick; ask for examples in supervision.",
    "It takes time from visits; drop another form for it.",
    None,
)
_EQUITY = (
    "Families who speak another language need an interpreter for it.",
    "Offices with few staff need help from a neighbor.",
    None,
    None,
)
_HELP = ("One-page checklist for supervisors", "Conversation guide", "Slides for a team meeting")
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
    matter: Matter | None
    title: str
    kind: str
    issued: date
    source: Member
    members: list[Member] = field(default_factory=list)
    supersedes: "Notice | None" = None
    withdrawn: date | None = None
    amended: date | None = None
    amending: Matter | None = None
    closed: date | None = None
    enduring: date | None = None
    id: str = ""


def issue_days(world: World, count: int) -> list[date]:
    """The days of the meetings at which so many notices are approved."""
    days = world.held[2:] or world.held
    return [days[number * len(days) // count] for number in range(count)]


def make_notices(world: World, count: int) -> list[Notice]:
    """Make up notices with the matters that approve them."""
    dice, writer = world.stream("notices"), world.writer("notices/reasons")
    found: list[Notice] = []
    hazards = dice.shuffled(_HAZARDS)
    for number, day in enumerate(issue_days(world, count)):
        hazard = hazards[number % len(hazards)]
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
    if count > 7:
        found.append(_in_review(world, dice))
    numbers: dict[int, int] = {}
    for one in sorted(found, key=lambda one: one.issued):
        number = numbers[one.issued.year] = numbers.get(one.issued.year, 0) + 1
        one.id = f"NPCS-SN-{one.issued.year}-{number:03}"
    return found


def _fates(world: World, found: list[Notice]) -> None:
    """Some notices are amended, withdrawn or superseded; others close, or become standards."""
    if len(found) > 7 and found[1].issued < world.as_of - timedelta(days=200):
        found[-1].supersedes = found[1]
    if len(found) > 7:
        _amend(world, found[-1])
    for number, one in enumerate(found):
        if one.issued >= world.as_of - timedelta(days=200):
            continue
        newer = found[-1].issued if found[-1].supersedes is one else world.as_of
        if number % 9 == 4:
            _amend(world, one)
        elif number % 40 == 6:
            one.withdrawn = one.issued + timedelta(days=60)
            continue
        closed = term_end(one.issued) - timedelta(days=20)
        if closed < newer:
            one.closed = closed
            kept = closed + timedelta(days=30)
            if number % 9 == 2 and kept < newer:
                one.enduring = kept


def _amend(world: World, one: Notice) -> None:
    """The committee decides on a second version some two months after the first."""
    day = world.meeting_after(one.issued + timedelta(days=60))
    if day is None or day + DAY > min(world.as_of, one.issued + timedelta(days=200)):
        return
    one.amended = day + DAY
    one.amending = world.decide(
        Matter(
            day,
            "notice",
            f"Second version of the safety notice: {one.title}",
            "Members asked who is to do the second step. The new version says it.",
            about=[one],
            rank=7,
            plain=True,
        )
    )


def _in_review(world: World, dice: Dice) -> Notice:
    """A notice that waits for the next meeting."""
    drafted = world.as_of - timedelta(days=9)
    source = dice.choice(world.members_on(drafted))
    title = "A new number for messages at night is not known to all partners"
    return Notice(drafted, None, title, "warning", world.as_of + timedelta(days=30), source)


def _answering(notice: Notice, as_of: date) -> list[tuple[Member, date]]:
    """Who answers first on which day."""
    found = []
    for number, member in enumerate(notice.members):
        after = (number * 7 + notice.issued.day) % 26
        day = notice.issued + timedelta(days=2 + after)
        if day <= as_of and after < 24 and not (member.left and member.left < day):
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
    draft = _draft(dice, writer, one)
    body = paragraphs(
        writer.paragraph(3),
        "This notice describes a pattern and no single case.",
    )
    chronicle, author = world.chronicle, one.source.team_on(one.drafted)[-1]
    chronicle.commit(one.drafted, author.author, f"Draft a notice: {one.title}").put(
        path, draft | {"author": author.id}, body
    )
    looked = one.drafted + timedelta(days=5)
    review = {
        "author": author.id,
        "in_review": one.drafted + timedelta(days=2),
        "privacy_review": _looked(world, looked),
        "source_consent": {
            "by": "Deputy Director for Safety", "on": one.drafted + DAY,
            "member": one.source.id if dice.happens(50) else None,
        },
        "actions": _due(draft["actions"], one.issued),
    }  # fmt: skip
    last = draft | review
    who = world.coordinator(looked).author
    chronicle.commit(looked, who, f"Review {one.id} for privacy").put(path, last, body)
    if one.issued > world.as_of or one.matter is None:
        return
    last = last | {
        "decision": one.matter.id, "issued": one.issued,
        "respond_by": one.issued + timedelta(days=45), "review_by": term_end(one.issued),
    }  # fmt: skip
    who = world.coordinator(one.issued).author
    chronicle.commit(one.issued, who, f"Issue {one.id}").put(path, last, body)
    for day, what, more in _later(world, one, draft):
        last = last | more
        who = world.coordinator(day).author
        chronicle.commit(day, who, f"{what} {one.id}").put(path, last, body)


def _draft(dice: Dice, writer: Writer, one: Notice) -> dict[str, Any]:
    """All fields of a notice in their order, those of a draft filled in."""
    ages, settings, stages = dice.choice(_AFFECTED)
    actions = [
        {
            "text": text, "owner": dice.choice(_LEADS), "strength": strength, "due": None,
            "measure": dice.choice(_MEASURES), "harm": dice.choice(_HARMS),
            "equity": dice.choice(_EQUITY),
        }
        for text, strength in dice.sample(_ACTIONS, 2)
    ]  # fmt: skip
    nothing = dict.fromkeys(
        ("author", "in_review", "privacy_review", "source_consent", "decision", "issued",
         "respond_by", "review_by", "closed", "enduring", "withdrawn"),
    )  # fmt: skip
    return {
        "title": one.title,
        "kind": one.kind,
        "tlp": "CLEAR",
        "hazard": one.title.partition(" (")[0],
        "version": "1.0",
        **nothing,
        "supersedes": one.supersedes.id if one.supersedes else None,
        "affected": {"ages": ages, "settings": settings, "stages": stages},
        "pattern": Folded(f"Seen in several reviews. {writer.problem()}"),
        "evidence": Folded(f"Reviews by members of the partnership. {writer.problem()}"),
        "actions": actions,
        "resources": [{"title": dice.choice(_HELP)}],
        "revisions": None,
    }


def _due(actions: list[dict[str, Any]], day: date) -> list[dict[str, Any]]:
    return [one | {"due": day + timedelta(days=90)} for one in actions]


def _looked(world: World, day: date) -> dict[str, Any]:
    return {"by": world.coordinator(day).id, "on": day}


def _later(
    world: World, one: Notice, draft: dict[str, Any]
) -> Iterator[tuple[date, str, dict[str, Any]]]:
    """What became of a notice: the day, what was done, and the fields that changed."""
    if one.amended and one.amending:
        second = {
            "version": "1.1", "on": one.amended, "what": "Says who does the second step",
            "decision": one.amending.id, "privacy_review": _looked(world, one.amending.day),
        }  # fmt: skip
        yield one.amended, "Amend", {
            "version": "1.1", "revisions": [second],
            "actions": _due(draft["actions"], one.amended),
            "review_by": term_end(one.amended),
        }  # fmt: skip
    if one.withdrawn:
        gone = {"on": one.withdrawn, "reason": "The product it spoke of is no longer sold"}
        yield one.withdrawn, "Withdraw", {"withdrawn": gone}
    if one.closed:
        yield one.closed, "Close", {"closed": one.closed}
    if one.enduring:
        kept = {"on": one.enduring, "reason": "Members made it part of their ordinary practice"}
        yield one.enduring, "Keep as a standard", {"enduring": kept}


def _answer(
    world: World, dice: Dice, writer: Writer, notice: Notice, member: Member, day: date
) -> None:
    path = f"notices/{notice.id[8:12]}/{notice.id}/{member.id}.yml"
    first: dict[str, Any] = {
        "member": member.id,
        "notice": notice.id,
        "version": "1.0",
        "status": "acknowledged",
        "reason": Folded(f"Received and passed on to those it concerns. {writer.paragraph(3)}"),
        "evidence": None,
        "on": day,
        "lead": dice.choice(_LEADS),
        "earlier": None,
    }
    author = member.team_on(day)[-1].author
    subject = f"{member.name} answers {notice.id}"
    world.chronicle.commit(day, author, subject).put(path, first)
    later = day + timedelta(days=dice.between(14, 110))
    if notice.amended:
        later = max(later, notice.amended + timedelta(days=dice.between(1, 30)))
    if later > world.as_of or notice.withdrawn or (member.left and member.left < later):
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
    second = first | {
        "version": "1.1" if notice.amended else "1.0",
        "status": status,
        "reason": Folded(reason),
        "evidence": "Report of the quality unit" if status == "complete" else None,
        "on": later,
        "earlier": [{"version": "1.0", "status": "acknowledged", "on": day}],
    }
    author = member.team_on(later)[-1].author
    world.chronicle.commit(later, author, subject).put(path, second)
