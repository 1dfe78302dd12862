"""A tag in the main line as a link of a chain, and what can be told of it by itself."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from npcs.charter.archive import TEXT, Archive
from npcs.charter.digest import digest, version_in
from npcs.charter.message import trailers
from npcs.charter.revisions import Fault
from npcs.governance import parameters
from npcs.governance.dates import day_in_words
from npcs.governance.tally import decision_day
from npcs.history.tags import HANDOVER, REVISION, Ref, Tag
from npcs.records.charter import Charter, Decision, Meeting, Parameters, Person, Term
from npcs.records.hub import Hub

if TYPE_CHECKING:
    from npcs.history.signatures import Verdict

MADE = "such a tag is made by `npcs charter approve`"
REMOVE = "whoever looks after the repository removes the tag; only then can it be made rightly"


class Link(NamedTuple):
    """A well-formed tag in the main line.

    ``lines`` are its lines for a machine, as far as it has them, ``decision`` is the id of the
    decision it names or, where it names none, of the one that adopted its version. ``verdict`` is
    None where nobody signed.
    """

    ref: Ref
    tag: Tag
    lines: Mapping[str, str]
    decision: str
    verdict: "Verdict | None" = None

    @property
    def name(self) -> str:
        """The tag's name."""
        return self.ref.name

    @property
    def is_handover(self) -> bool:
        """Whether it says who may approve, and approves no text."""
        return bool(HANDOVER.fullmatch(self.name))

    @property
    def version(self) -> tuple[int, int]:
        """The version in its name; zeros for a handover."""
        found = REVISION.fullmatch(self.name)
        return (int(found[1]), int(found[2])) if found else (0, 0)

    @property
    def shown_version(self) -> str:
        """The version in its name as decisions write it."""
        return self.name.removeprefix("charter-v")

    def fault(self, message: str, hint: str = REMOVE) -> Fault:
        """What speaks against what it says or approves."""
        return Fault("revision-tag", self.name, self.decision, f"{self.name} {message}", hint)

    def misfit(self, message: str, hint: str = REMOVE) -> Fault:
        """What speaks against who set it."""
        return Fault("revision-signature", self.name, self.decision, f"{self.name} {message}", hint)


def lines_of(name: str, tag: Tag) -> tuple[Mapping[str, str], list[Fault]]:
    """The lines of a tag for a machine, and what is wrong with them."""
    try:
        lines = trailers(tag.message)
    except ValueError as error:
        return {}, [Fault("revision-tag", name, "", f"{name} {error}", REMOVE)]
    asked = _HANDOVER if HANDOVER.fullmatch(name) else _APPROVAL
    lacking = [one for one in asked if one not in lines]
    if not lacking:
        return lines, []
    words = f"{name} lacks the lines {', '.join(lacking)} at its end: {MADE}"
    return lines, [Fault("revision-tag", name, "", words, REMOVE)]


_HANDOVER = ("Handover", "Commit", "Previous")
_APPROVAL = (
    "Decision", "Version", "Change", "Digest", "Adopted", "Effective", "Commit", "Previous",
)  # fmt: skip


def own_faults(link: Link, archive: Archive) -> Iterator[Fault]:
    """What speaks against a link, looking at nothing but it and the records it approves."""
    commit = link.tag.commit
    said = link.lines.get("Commit", commit)
    if said != commit:
        yield link.fault(
            f"was moved: it was made for commit {said[:9]}, and points to {commit[:9]}",
            "put the tag back to the commit it was made for; any clone that has it can tell",
        )
        return
    hub = archive.hub(commit)
    unread = hub.unread(Term, Person, Parameters, Decision, Meeting, Charter)
    if unread or archive.lacks(commit):
        yield link.fault(f"approves records that cannot be read ({', '.join(unread) or 'offices'})")
        return
    if link.tag.moment < archive.time(commit):
        yield link.fault("is dated before the commit it approves")
    if link.is_handover:
        named = link.lines.get("Handover", str(link.tag.day))
        if not named == str(link.tag.day) == link.name[-10:]:
            yield link.fault(f"was made on {day_in_words(link.tag.day)}, and names another day")
        return
    yield from _of_revision(link, hub, archive)


def _of_revision(link: Link, hub: Hub, archive: Archive) -> Iterator[Fault]:
    decision = hub.get(Decision, link.decision)
    if decision is None:
        yield link.fault(
            "is a tag without a decision: the records it approves have no "
            + (link.decision or f"decision on version {link.shown_version}")
        )
        return
    what = f"{link.decision}, “{decision.title}”,"
    change = decision.charter
    if decision.outcome != "adopted" or change is None:
        how = f"was {decision.outcome}" if change else "is on no text of the charter"
        yield link.fault(f"is a tag without a decision: {what} {how}")
        return
    if change.version != link.shown_version:
        yield link.fault(f"is a tag without a decision: {what} adopted version {change.version}")
        return
    day = decision_day(decision)
    expected = {
        "Version": change.version, "Change": change.change, "Digest": change.digest,
        "Adopted": str(day), "Effective": str(decision.effective or day),
    }  # fmt: skip
    for key, text in expected.items():
        said = link.lines.get(key, text)
        if said != text:
            yield link.fault(f"says under {key} “{said}”, and the decision says “{text}”")
    if link.tag.day < day:
        yield link.fault(
            f"is dated {day_in_words(link.tag.day)}, before the text was adopted on "
            f"{day_in_words(day)}"
        )
    yield from _of_text(link, decision, archive)
    for message in adoption_faults(hub, decision):
        yield link.fault(f"rests on {link.decision}, which was not rightly adopted: {message}")
        return


def _of_text(link: Link, decision: Decision, archive: Archive) -> Iterator[Fault]:
    change = decision.charter
    text = archive.raw(link.tag.commit, TEXT)
    if text is None or change is None:
        yield link.fault(f"approves a commit without the text, {TEXT}")
    elif digest(text) != change.digest:
        yield link.fault(
            f"holds a text that was changed after the vote: {link.decision} adopted the one with "
            f"the digest {change.digest[:19]}…, and this has {digest(text)[:19]}…"
        )
    elif version_in(text) != change.version:
        yield link.fault(f"holds a text that calls itself version {version_in(text) or 'nothing'}")


def adoption_faults(hub: Hub, decision: Decision) -> list[str]:
    """Why a decision was not adopted by the rules in force on its day (DEC-1, DEC-2).

    Asked of the rules themselves; where they cannot tell, that is a reason as well.
    """
    from npcs.rules import decisions
    from npcs.rules.rule import Scene

    rules = (
        decisions.consensus_first, decisions.consensus, decisions.quorum, decisions.two_thirds,
        decisions.outcome, decisions.voter, decisions.decided_where,
    )  # fmt: skip
    readings = {name for one in rules for name in one.readings}
    unclear = [one.name for one in parameters.problems(hub) if one.name in readings]
    meeting = None if decision.ballot else hub.get(Meeting, decision.meeting)
    if unclear:
        return [f"the reading `{unclear[0]}` cannot be read"]
    if meeting is None and not decision.ballot:
        return ["the meeting that decided it is not on record"]
    named = [*decision.votes, *(meeting.attendance if meeting else ())]
    strangers = [who for who in named if not hub.exists("person", who)]
    if strangers:
        return [f"there is no record of {strangers[0]}, who is said to have been there"]
    scene = Scene(hub, decision_day(decision))
    faults: list[str] = []
    for rule in rules:
        try:
            notes = [*rule.check(decision, scene)]
        except Exception:  # noqa: BLE001 - a broken rule must not hide what all others find
            faults.append(f"the rule `{rule.name}` broke off, which is a mistake in the program")
            continue
        faults += [note.message for note in notes if note.severity == "error"]
    return faults
