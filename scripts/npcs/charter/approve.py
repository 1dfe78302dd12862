"""Approving an adopted text of the charter, or who may approve next, by a tag that holds.

Everything is looked at before anything is made, and the tag is judged as anybody will judge it
before it is set. Tags are never moved or deleted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from npcs.charter import message
from npcs.charter.archive import TEXT, Archive
from npcs.charter.clean import unclean, where
from npcs.charter.digest import digest, version_in
from npcs.charter.holders import coordinators, has_key, names, with_keys
from npcs.charter.link import adoption_faults
from npcs.charter.message import Before
from npcs.charter.revisions import Approval, Revisions
from npcs.charter.signing import CannotSign, Identity, Signing, identity, signed, signing
from npcs.charter.verify import Proposed, look
from npcs.governance.dates import day_in_words
from npcs.governance.tally import decision_day, name_of
from npcs.history.git import answer
from npcs.history.keys import Key
from npcs.history.objects import object_id
from npcs.history.tags import REVISION, Seen, day_of, seen
from npcs.records.charter import Decision
from npcs.records.hub import Hub


class Refused(Exception):  # noqa: N818 - it says what is wrong
    """Why nothing is approved: each reason a sentence with what to do."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Plan:
    """A tag that could be set: its name, the commit, what it says, and how it would be signed.

    ``there`` is the approval that is there already; then there is nothing to do. ``news`` are lines
    on who may approve from then on and could not by the approval before.
    """

    tag: str
    commit: str = ""
    message: str = ""
    tagger: str = ""
    signing: Signing | None = None
    there: Approval | None = None
    news: tuple[str, ...] = ()


@dataclass(frozen=True)
class Desk:
    """What an approval is made from: the records, the day, the tags, and what they approve."""

    root: Path
    hub: Hub
    as_of: date
    root_keys: Sequence[Key]
    tags: Seen
    revisions: Revisions
    archive: Archive

    @property
    def head(self) -> str:
        """The commit to approve: the current one."""
        return self.tags.head

    def approval(self, tag: str) -> Approval | None:
        """The approval of a tag that is there; raises ``Refused`` where that does not hold."""
        there = {one.name for one in self.tags.tags}
        found = next((one for one in self.revisions.approvals if one.tag == tag), None)
        if tag in there and (found is None or not found.sound):
            why = next((one.message for one in self.revisions.faults if one.tag == tag), "")
            if tag in self.revisions.later:
                why = f"it is dated after {day_in_words(self.as_of)}"
            why = why or (found.sentence if found else "it lies outside the main line")
            raise Refused(f"There is a tag {tag} already, and it does not hold: {why}.")
        return found


def desk(root: Path, as_of: date, today: date, root_keys: Sequence[Key] = ()) -> Desk:
    """Read all that an approval is made from.

    Raises ``Refused`` where tags cannot be seen, and where the day to approve on is still to come.
    """
    if as_of > today:
        raise Refused(
            f"{day_in_words(as_of)} is still to come: today is {day_in_words(today)}. Nothing can "
            "be approved ahead; without --as-of it is approved today."
        )
    hub = Hub.read(root)
    tags = seen(root, whole=True)
    revisions, archive = look(root, hub, as_of, tags, root_keys)
    if revisions.obstacle:
        raise Refused(f"{_sentence(revisions.obstacle)} To do: {revisions.remedy}.")
    if tags is None or not tags.head:
        raise Refused("This folder is no Git repository with a commit, and approvals are tags.")
    archive.open([tags.head])
    return Desk(root, hub, as_of, root_keys, tags, revisions, archive)


def plan(at: Desk, key: str) -> Plan:
    """The tag that approves the text of a decision, by its id.

    Raises ``Refused`` with every reason there is not to set it.
    """
    decision = at.hub.get(Decision, key)
    if decision is None:
        raise Refused(f"There is no decision {key} that can be read in charter/decisions/.")
    change = decision.charter
    if change is None:
        raise Refused(
            f"{key}, “{decision.title}”, is on no text of the charter: it has no `charter`."
        )
    tag = f"charter-v{change.version}"
    there = at.approval(tag)
    if there:
        return Plan(tag, there=there)
    reasons = [*_undecided(at, decision), *_unfit_text(at, decision), *_unready(at)]
    if not REVISION.fullmatch(tag):
        reasons.append(f"Version {change.version} is to be written without a zero in front.")
    if reasons:
        raise Refused(*reasons)
    who, me, how = _coordinator(at)
    name = name_of(at.hub, who)
    told = message.approval(at.hub, decision, name, at.as_of, at.head, _before(at))
    return Plan(tag, at.head, told, _tagger(at, me), how, news=_news(at))


def plan_handover(at: Desk) -> Plan:
    """The tag by which the coordinator vouches for who may approve next, and with which keys.

    Raises ``Refused`` with every reason there is not to set it.
    """
    tag = f"charter-handover-{at.as_of}"
    there = at.approval(tag)
    if there:
        return Plan(tag, there=there)
    before = _before(at)
    reasons = [*_unready(at)]
    if before is None:
        reasons.append("Nothing has been approved yet: the first approval says who may approve.")
    if not message.may_approve(at.hub, at.as_of):
        reasons.append("No coordinator of today or later has a signing key on record.")
    if reasons or before is None:
        raise Refused(*reasons)
    who, me, how = _coordinator(at)
    if how is None:
        raise Refused(f"{name_of(at.hub, who)} has no signing key on record to vouch with.")
    told = message.handover(at.hub, name_of(at.hub, who), at.as_of, at.head, before)
    return Plan(tag, at.head, told, _tagger(at, me), how, news=_news(at))


def make(at: Desk, planned: Plan) -> Approval:
    """Set the tag of a plan, and give what it approves.

    It is signed, judged like every other tag, and only then set; raises ``Refused`` where it would
    not hold, where the repository has moved on, or where such a tag is there by now.
    """
    payload = (
        f"object {planned.commit}\ntype commit\ntag {planned.tag}\ntagger {planned.tagger}\n\n"
        f"{planned.message}"
    ).encode()
    try:
        raw = signed(at.root, planned.signing, payload) if planned.signing else payload
    except CannotSign as error:
        raise Refused(f"{_sentence(str(error))}") from None
    new = Proposed(planned.tag, raw)
    revisions, _ = look(at.root, at.hub, at.as_of, at.tags, at.root_keys, new)
    found = next((one for one in revisions.sound if one.tag == planned.tag), None)
    if found is None:
        why = [one.message for one in revisions.faults if one.tag == planned.tag]
        raise Refused(
            *(f"The tag would not hold: {one}." for one in why or ["it cannot be judged"])
        )
    now = seen(at.root, whole=True)
    if now is None or now.head != at.head:
        raise Refused("The current commit has changed meanwhile: look again, and try again.")
    made = answer(at.root, "mktag", given=raw, own={})
    if made.out.decode().strip() != object_id("tag", raw, planned.commit):
        raise Refused(f"Git did not take the tag: {made.err.strip()}")
    create = f"create refs/tags/{planned.tag} {found.id}\n".encode()
    done = answer(at.root, "update-ref", "--stdin", given=create, own={})
    if done.code != 0:
        raise Refused(f"The tag {planned.tag} was not set: {done.err.strip()}")
    return found


# Reasons to refuse


def _undecided(at: Desk, decision: Decision) -> Iterator[str]:
    key, change = decision.key, decision.charter
    assert change is not None
    if decision.outcome != "adopted":
        yield f"{key} was {decision.outcome}: only an adopted text can be approved."
        return
    if decision_day(decision) > at.as_of:
        yield f"{key} is dated {day_in_words(decision_day(decision))}, a day still to come."
    for reason in adoption_faults(at.hub, decision):
        yield f"{key} was not rightly adopted: {reason}."
    latest = at.revisions.latest
    if latest and _number(change.version) <= _number(latest.version):
        yield (
            f"Version {change.version} does not rise: {latest.version} is approved already. Put "
            "the text under the next version to the committee."
        )
    from npcs.rules.charter.approval import adopted

    tags = {one.name for one in at.tags.tags}
    for one in adopted(at.hub):
        if one.key == key:
            return
        if one.charter and f"charter-v{one.charter.version}" not in tags:
            yield (
                f"{one.key} adopted version {one.charter.version} before, and its tag is not here. "
                "Get it with `git fetch --tags`; if it was never set, approve that text first."
            )


def _unfit_text(at: Desk, decision: Decision) -> Iterator[str]:
    change = decision.charter
    assert change is not None
    at.archive.load_records([(at.head, [])])
    text = at.archive.raw(at.head, TEXT)
    if text is None:
        yield f"The current commit does not hold {TEXT}."
    elif digest(text) != change.digest:
        yield (
            f"The text is not the one that was adopted: {decision.key} names the digest "
            f"{change.digest}, and {TEXT} as Git stores it has {digest(text)}. Bring back the text "
            "the committee saw; or, if the digest was noted down wrongly, correct the decision."
        )
    elif version_in(text) != change.version:
        yield (
            f"The text calls itself version {version_in(text) or 'nothing'}, and {decision.key} "
            f"adopted version {change.version}."
        )


def _unready(at: Desk) -> Iterator[str]:
    """What is wrong with the folder and with the records in it."""
    from npcs.rules.engine import check

    yield from where(at.root, at.tags)
    yield from unclean(at.root, at.head)
    for tag in at.revisions.later:
        on = day_in_words(at.as_of)
        yield f"{tag} is dated after {on}, and tags are set one after the other."
    for fault in at.revisions.faults:
        if fault.severity == "error":
            yield f"What was approved before does not hold: {fault.message}."
    report = check(at.root, at.as_of, cached=False, root_keys=at.root_keys)
    told = {one.message for one in at.revisions.faults}
    errors = [one for one in report.findings if one.severity == "error" and one.message not in told]
    for one in errors[:_SHOWN]:
        yield f"`npcs check` finds an error in {one.path}:{one.line}: {one.message} [{one.rule}]."
    if len(errors) > _SHOWN:
        yield f"It finds {len(errors) - _SHOWN:,} more; `npcs check` shows all."
    if report.crashes:
        yield "A rule of `npcs check` broke off, so that errors may be there unseen."


_SHOWN = 5


# Who approves


def _coordinator(at: Desk) -> tuple[str, Identity, Signing | None]:
    """Who approves: the coordinator of the day who is running this, and how they sign."""
    office = coordinators(at.hub, at.as_of)
    on = day_in_words(at.as_of)
    if not office:
        raise Refused(f"Nobody is project coordinator on {on}, so nobody can approve.")
    try:
        me = identity(at.root)
        able = with_keys(at.hub, at.as_of)
        if not able:
            mine = [one for one in sorted(office) if _alike(name_of(at.hub, one), me.name)]
            if not mine:
                raise Refused(
                    f"{names(at.hub, office)} is project coordinator on {on}, and Git knows you as "
                    f"{me.name}. The coordinator approves; `git config user.name` sets the name."
                )
            return mine[0], me, None
        how = signing(at.root)
    except CannotSign as error:
        raise Refused(_sentence(str(error))) from None
    public = how.public
    mine = [one for one in able if public is None or has_key(at.hub, one, public)]
    if not mine:
        raise Refused(
            f"{names(at.hub, able)} is project coordinator on {on}, and the key with which Git has "
            f"you sign ({public.fingerprint if public else ''}) is not on record for them. The "
            "coordinator approves; `git config user.signingkey` names the key."
        )
    return mine[0], me, how


def _tagger(at: Desk, me: Identity) -> str:
    """The line with who sets the tag and when: now, or at noon of the day that was given."""
    if day_of(me.moment, me.zone) == at.as_of:
        return me.tagger()
    noon = int(datetime.combine(at.as_of, time(12), UTC).timestamp())
    moment = max(noon, at.archive.time(at.head))
    if day_of(moment, "+0000") != at.as_of:
        raise Refused(f"The current commit was made after {day_in_words(at.as_of)}.")
    return me.tagger(moment)


def _before(at: Desk) -> Before | None:
    """The last approval that holds."""
    sound = at.revisions.sound
    return Before(sound[-1].tag, sound[-1].id, sound[-1].commit) if sound else None


def _news(at: Desk) -> tuple[str, ...]:
    """Who may approve by these records, and with which keys, and could not by those before."""
    signed_ = [one for one in at.revisions.sound if one.key]
    if not signed_:
        return ()
    before = message.may_approve(at.archive.hub(signed_[-1].commit), at.as_of)
    return tuple(one for one in message.may_approve(at.hub, at.as_of) if one not in before)


def _alike(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"
