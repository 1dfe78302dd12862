"""What lets a version of a safety notice out: the committee's decision on this notice (ACT-4)."""

from datetime import date
from typing import NamedTuple

from npcs.governance.dates import day_in_words
from npcs.governance.notices import Version, version_on, versions
from npcs.governance.standing import doubt
from npcs.governance.tally import decision_day
from npcs.records.charter import Decision, Meeting, Person, Term
from npcs.records.hub import Hub
from npcs.records.notices import Notice


class Lack(NamedTuple):
    """Why no decision lets a version out: in a few words, in a sentence, and what to do."""

    short: str
    words: str
    hint: str


def lack(hub: Hub, notice: Notice, version: Version, as_of: date) -> Lack | None:
    """Why no decision that holds on a day lets a version out; None where one does."""
    out = f"version {version.number} went out on {day_in_words(version.on)}"
    if version.decision is None:
        return Lack(
            "no decision is named",
            f"{out}, and nothing says who decided that",
            "add `decision`, or bring the notice before the committee",
        )
    decision = hub.get(Decision, version.decision)
    if decision is None:
        return Lack(
            "its decision is not on record",
            f"{out}, and there is no decision {version.decision}",
            "name the decision on this notice, or put back its file",
        )
    return _of(notice, version, decision, out) or _doubted(hub, version, decision, as_of)


def _of(notice: Notice, version: Version, decision: Decision, out: str) -> Lack | None:
    """What speaks against a decision as one that lets this version out."""
    title, day = titled(decision), decision_day(decision)
    if decision.subject != "notice":
        return Lack(
            "its decision is on something else",
            f"the subject of {title} is {decision.subject} and not a notice",
            "name the decision on this notice, or correct its `subject`",
        )
    if notice.key not in decision.about:
        return Lack(
            "its decision is on something else",
            f"{title} does not name this notice under `about`",
            f"name the decision on this notice, or add {notice.key} there",
        )
    if decision.outcome != "adopted":
        return Lack(
            "it was not adopted",
            f"{title} was {decision.outcome}, so version {version.number} cannot go out",
            "name the decision that was adopted, or bring the notice before the committee again",
        )
    if day > version.on:
        return Lack(
            "it went out before it was decided",
            f"{out}, and {title} was decided only on {day_in_words(day)}",
            "correct the day that is wrong",
        )
    for earlier in versions(notice):
        if earlier.path == version.path:
            break
        if earlier.decision == decision.key:
            return Lack(
                "its decision let out an earlier version",
                f"{title} let version {earlier.number} out, and version {version.number} needs a "
                "decision of its own",
                "name the decision on this version, or bring it before the committee",
            )
    return None


def _doubted(hub: Hub, version: Version, decision: Decision, as_of: date) -> Lack | None:
    if decision_day(decision) > as_of or hub.unread(Term, Meeting, Person):
        return None  # nobody can say yet whether it holds
    against = doubt(hub, decision, as_of)
    if against is None:
        return None
    return Lack(
        "its decision does not hold",
        f"{titled(decision)} is recorded as adopted{against.words}, so version {version.number} "
        "cannot go out",
        "put the decision right first; `npcs check` says what is wrong with it",
    )


def titled(decision: Decision) -> str:
    """A decision by its number and title, with a comma for what goes on behind it."""
    return f"{decision.key}, “{decision.title}”,"


def unapproved(hub: Hub, notice: Notice, day: date) -> Lack | None:
    """Why no decision lets out the version in force on a day; None where one does, or of drafts."""
    version = version_on(notice, day)
    return lack(hub, notice, version, day) if version else None
