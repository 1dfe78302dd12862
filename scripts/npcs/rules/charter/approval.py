"""Rules on the approval of the charter: every adopted text has its tag, set by who may set it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from npcs.charter.digest import fits, version_in
from npcs.charter.holders import coordinators, has_key, keys, names, unreadable, with_keys
from npcs.governance.dates import add_days
from npcs.governance.due_work import AHEAD
from npcs.governance.obligation import CHARTER
from npcs.governance.roster import last_day
from npcs.governance.tally import decision_day
from npcs.records.charter import CharterChange, Decision, Person, Term
from npcs.records.findings import Note, Place
from npcs.records.hub import Hub
from npcs.rules.rule import Scene, rule
from npcs.rules.words import day_in_words, name_of

if TYPE_CHECKING:
    from npcs.charter.approved import Approved
    from npcs.charter.revisions import Fault


@rule("revision-tag", provision="REV-2", waivable=False)
def revision_tag(scene: Scene) -> Iterator[Note]:
    """Every adopted text of the charter is approved by one tag, which holds that text.

    The project coordinator sets the tag with `npcs charter approve`. It is annotated, named after
    the version, and its commit is in the main line, with the decision and the very text whose
    digest the decision names. Versions rise. Each tag names the one before it, so that one that was
    moved, replaced or deleted is missed by the next; the history that was approved stays. A text
    that calls itself by an adopted version is that text: a proposal takes the next version.

    An adopted text that waits for its tag is *due*. Where tags cannot be judged, as in a shallow
    clone, a warning says what is missing; nothing is called approved there.

    To put it right, let whoever has a clone push the right tag again. Tags that approve nothing are
    removed by whoever looks after the repository. What an approved tag holds never changes: another
    text takes another decision, version and tag.

    ## Example

    A word of the text was changed after this decision:

    ```yaml
    charter:
      version: "1.0"
      digest: sha256:026f1013ff07de5dd96f8d24da5215ea8f1c6adcd94ef6b97d835d3a562a9f8a
    ```

    The check finds an error:

    > the text calls itself version 1.0, and is not the one that was adopted: it was changed after
    > the vote, or the digest was noted down wrongly

    Put right: the text as it was adopted; a change of it is a proposal, under the next version.
    """
    approved = scene.approved
    if approved is None:
        return
    decisions = adopted(scene.hub)
    revisions = approved.revisions
    if revisions.obstacle and decisions:
        yield (
            decisions[-1]
            .at("charter", "version")
            .warning(
                f"nothing could be verified of what is approved: {revisions.obstacle}",
                revisions.remedy,
            )
        )
    yield from _notes(revisions.faults, "revision-tag", scene.hub)
    yield from _rising(decisions)
    made = [one for one in decisions if decision_day(one) <= scene.as_of]
    if made and approved.text is not None:
        yield from _text(approved, approved.text, made, scene.hub)
    if made and approved.in_git and not revisions.obstacle:
        yield from _untagged(approved, made)


def adopted(hub: Hub) -> list[Decision]:
    """The decisions that adopted a text of the charter, in the order in which they were made."""
    found = [one for one in hub.giving(Decision, "charter")
             if one.charter and one.outcome == "adopted"]  # fmt: skip
    return sorted(found, key=lambda one: (decision_day(one), one.key))


def _change(decision: Decision) -> CharterChange:
    assert decision.charter is not None
    return decision.charter


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _tag(decision: Decision) -> str:
    return f"charter-v{_change(decision).version}"


def _notes(faults: "Sequence[Fault]", name: str, hub: Hub) -> Iterator[Note]:
    for one in faults:
        if one.rule == name:
            decision = hub.get(Decision, one.decision)
            change = decision is not None and decision.charter is not None
            place = decision.at("charter", "version") if decision and change else CHARTER
            yield Note(place, one.message, one.hint, one.severity)


def _rising(decisions: Sequence[Decision]) -> Iterator[Note]:
    highest: Decision | None = None
    for one in decisions:
        if highest and _number(_change(one).version) <= _number(_change(highest).version):
            yield one.at("charter", "version").error(
                f"version {_change(one).version} falls back: {highest.key} adopted "
                f"{_change(highest).version} before, and versions rise",
                "give the text the next version, before it is put to the committee",
            )
        else:
            highest = one


def _text(
    approved: "Approved", text: bytes, decisions: Sequence[Decision], hub: Hub
) -> Iterator[Note]:
    """Whether the charter's file is what it says it is."""
    version = version_in(text)
    last = decisions[-1]
    same = next((one for one in decisions if _change(one).version == version), None)
    document = hub.document(CHARTER.path)
    place = document.at("version") if document else Place(CHARTER.path)
    if same and not fits(text, _change(same).digest):
        yield same.at("charter", "digest").error(
            f"the text calls itself version {version}, and is not the one that was adopted: it was "
            "changed after the vote, or the digest was noted down wrongly",
            f"bring {CHARTER.path} back as it was adopted; a change of it is a proposal, and takes "
            "the next version",
        )
    elif version and _number(version) < _number(_change(last).version):
        yield place.error(
            f"the text calls itself version {version}, and {last.key} adopted version "
            f"{_change(last).version}",
            "bring back the adopted text; a proposal takes a version above it",
        )
    elif approved.in_git and not same and _waits(approved, last):
        yield place.error(
            f"the text is version {version or 'unknown'} already, and version "
            f"{_change(last).version}, adopted on {day_in_words(decision_day(last))}, is not "
            "approved yet: it could not be any more",
            f"keep the adopted text until the coordinator runs `npcs charter approve {last.key}`",
        )


def _waits(approved: "Approved", decision: Decision) -> bool:
    """Whether a decision has no tag at all, where tags can be seen."""
    revisions = approved.revisions
    there = {*revisions.others, *revisions.ahead, *revisions.later}
    there.update(one.tag for one in revisions.approvals)
    return not revisions.obstacle and _tag(decision) not in there


def _untagged(approved: "Approved", decisions: Sequence[Decision]) -> Iterator[Note]:
    """The adopted texts without a tag: the last one waits for it, those before should have one."""
    revisions = approved.revisions
    told = {one.tag for one in revisions.faults}
    waiting = [one for one in decisions if _waits(approved, one)]
    for one in decisions:
        if _tag(one) in revisions.later:
            yield one.at("charter", "version").due(
                f"version {_change(one).version} was adopted on "
                f"{day_in_words(decision_day(one))} and not approved yet on this day: {_tag(one)} "
                "has a later date",
                "nothing to do if you look at a day that has passed; else ask whoever set the tag",
            )
    if len(waiting) > 1 and not (revisions.approvals or revisions.others or revisions.later):
        yield (
            waiting[-1]
            .at("charter", "version")
            .warning(
                f"no tag of the charter is here, though {len(waiting)} texts were adopted: this "
                "clone was made without tags, or they were deleted",
                "`git fetch --tags` gets them",
            )
        )
        return
    for one in waiting:
        if _tag(one) in told:
            continue
        if one is not decisions[-1]:
            yield one.at("charter", "version").error(
                f"this text was adopted, a later one as well, and there is no tag {_tag(one)}: it "
                "was deleted, or never set",
                f"whoever has a clone with the tag pushes it: `git push origin {_tag(one)}`",
            )
        else:
            yield one.at("charter", "version").due(
                f"version {_change(one).version} was adopted on "
                f"{day_in_words(decision_day(one))} and is not approved: there is no tag "
                f"{_tag(one)}",
                f"the coordinator runs `npcs charter approve {one.key}`; if the tag was there "
                "before, it was deleted: push it again from a clone that has it",
            )


@rule("revision-signature", provision="CRD-1", waivable=False)
def revision_signature(scene: Scene) -> Iterator[Note]:
    """A revision of the charter is approved by whoever was project coordinator that day.

    Who that was, and with which keys they sign, is told by the records of the approval before: so
    nobody approves by naming themselves in the same change. The tag is signed as soon as the
    coordinator has a key on record. A coordinator without one sets it under their own name, which
    proves nothing, and is never called verified.

    Before the office or the key changes hands, the coordinator approves the records that name who
    comes next, with `npcs charter handover`. That it has to be done is *due* from 90 days ahead.

    With which key the first revision was to be signed stands in no record, since anybody can
    propose a change of it: `npcs charter verify --root-key` is told. To put right a tag that does
    not hold, whoever looks after the repository removes it, and the coordinator in office approves.

    ## Example

    The record of Eva Lind names the file of her key:

    ```yaml
    signing_keys:
    - ~/.ssh/id_ed25519.pub
    ```

    The check finds an error:

    > this signing key cannot be read: this is neither the line of an SSH key nor an OpenPGP block

    Put right: the line that stands in that file.
    """
    for person in scene.hub.all(Person).values():
        for number, why in unreadable(person) if person.signing_keys else ():
            yield person.at("signing_keys", number).error(
                f"this signing key cannot be read: {why}",
                "take it out and make another one, with which to sign"
                if "private" in why
                else "write the line of the public key, as in the file that ends in `.pub`, or the "
                "OpenPGP block that `gpg --export --armor` gives",
            )
    if scene.approved:
        yield from _notes(scene.approved.revisions.faults, "revision-signature", scene.hub)
        yield from _handover(scene.approved, scene)


def _handover(approved: "Approved", scene: Scene) -> Iterator[Note]:
    """Coordinators of today and soon whom the last approval does not know by any of their keys."""
    if approved.who is None:
        return
    until = add_days(scene.as_of, AHEAD)
    for term in scene.hub.all(Term).values():
        last = last_day(term)
        first = max(term.start, scene.as_of)
        if term.office != "coordinator" or first > until or (last and last < first):
            continue
        own = keys(scene.hub).get(term.person, ())
        known = term.person in coordinators(approved.who, first)
        if not own or (known and any(has_key(approved.who, term.person, one) for one in own)):
            continue
        by = approved.revisions.sound[-1].tag
        may = names(approved.who, with_keys(approved.who, scene.as_of))
        yield term.at("person").due(
            f"{name_of(scene.hub, term.person)} is project coordinator "
            f"{'from' if first > scene.as_of else 'on'} {day_in_words(first)}, and the records of "
            f"{by} do not name them with one of these keys: nobody could verify what they approve",
            f"{may} runs `npcs charter handover`, while in office, and so vouches for the records",
        )


__all__ = ["adopted", "revision_signature", "revision_tag"]
