"""Whether a vote carried, whether enough took part, and the arithmetic in words (DEC-1, DEC-2).

Sentences have no capital and no full stop, so that they can stand alone or inside a message.
"""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from npcs.governance import parameters
from npcs.governance.dates import day_in_words
from npcs.governance.forms import QuorumShare, mixed, round_up, share_in_words
from npcs.governance.memory import per_record
from npcs.governance.roster import last_day
from npcs.governance.terms import committee, term_on, terms_of
from npcs.records.charter import Decision, Meeting, Objection, Person
from npcs.records.hub import Hub

UNANIMITY = "unanimity"
"""The reading of consensus by which everyone in office agrees in so many words."""


class NotCounted(NamedTuple):
    """Somebody whose vote is on record and does not count, by their id, and why not."""

    person: str
    why: str


class Tally(NamedTuple):
    """The count of a decision's votes on its day.

    Everyone in office that day is in exactly one of ``yes``, ``no``, ``abstaining``, ``recused``,
    ``unvoted`` (marked present, no vote on record) and ``absent`` (no vote on record, not marked
    present). ``base`` is what the share is taken of, ``needed`` the least number of agreeing votes
    that carries.
    """

    day: date
    yes: int
    no: int
    abstaining: int
    recused: int
    unvoted: int
    absent: int
    base: int
    needed: int
    carried: bool
    sentence: str
    not_counted: tuple[NotCounted, ...]


class Quorum(NamedTuple):
    """Whether enough of those in office (``base``) took part in a decision for it to count.

    ``asked`` is the reading of the quorum in force on the day.
    """

    day: date
    present: int
    base: int
    asked: QuorumShare

    @property
    def needed(self) -> int:
        """The least number of people that is enough."""
        return self.asked.needed(self.base)

    @property
    def met(self) -> bool:
        """Whether enough took part."""
        return self.present >= self.needed

    @property
    def sentence(self) -> str:
        """The count in words."""
        if self.asked.share is None:
            return f"{self.present} of the {self.base} in office took part; no quorum is asked for"
        if not self.base:
            return f"nobody was in office on {day_in_words(self.day)}, so there was no quorum"
        return (
            f"{self.present} of the {self.base} in office took part; {self.asked} of {self.base} "
            f"takes {self.needed}, so there was {'a' if self.met else 'no'} quorum"
        )


def decision_day(decision: Decision) -> date:
    """The day a decision was made: the last day of its ballot, else its date."""
    return decision.ballot.closed if decision.ballot else decision.date


@per_record
def taking_part(hub: Hub, decision: Decision) -> frozenset[str]:
    """The ids of those in office on the decision's day who took part in it.

    They are marked present at the meeting the decision names, or cast a vote, be it to abstain or
    to say that they are recused: whoever voted was there. In a ballot only votes tell.
    """
    day = decision_day(decision)
    there = set(decision.votes)
    meeting = None if decision.ballot else hub.get(Meeting, decision.meeting)
    if meeting:
        there.update(who for who, how in meeting.attendance.items() if how == "present")
    return committee(hub, day) & there


@per_record
def tally(hub: Hub, decision: Decision) -> Tally:
    """The count of a decision's votes, by the share and base in force on its day (DEC-2).

    Only people on the committee that day count, each with one vote.
    """
    day = decision_day(decision)
    office = committee(hub, day)
    votes = [vote for who, vote in decision.votes.items() if who in office]
    yes, no = votes.count("yes"), votes.count("no")
    there = taking_part(hub, decision)
    share: Fraction = parameters.value(hub, "vote-share", day)
    kind: str = parameters.value(hub, "vote-base", day)
    base = {"in-office": len(office), "present": len(there), "cast": yes + no}[kind]
    not_counted = tuple(
        NotCounted(who, why_not_counted(hub, who, day))
        for who in decision.votes
        if who not in office
    )
    unvoted = len(there) - len(votes)
    counted = {
        "yes": yes,
        "no": no,
        "abstaining": votes.count("abstain"),
        "recused": votes.count("recused"),
        "unvoted": unvoted,
        "absent": len(office) - len(there),
    }
    carried = base > 0 and share.denominator * yes >= share.numerator * base
    return Tally(
        day,
        **counted,
        base=base,
        needed=round_up(share * base),
        carried=carried,
        sentence=_sentence(hub, day, kind, base, share, carried, counted, not_counted),
        not_counted=not_counted,
    )


def _sentence(
    hub: Hub,
    day: date,
    kind: str,
    base: int,
    share: Fraction,
    carried: bool,
    counted: dict[str, int],
    not_counted: tuple[NotCounted, ...],
) -> str:
    part = share * base
    needs = f"{share_in_words(share)} of {base} is {mixed(part)}"
    if part.denominator > 1:
        needs += f", which takes {round_up(part)}"
    outcome = "so it carried" if carried else "so it did not carry"
    nobody = {
        "in-office": f"nobody was in office on {day_in_words(day)}, so nothing could carry",
        "present": "nobody in office took part, so nothing could carry",
        "cast": "nobody in office voted yes or no, so nothing could carry",
    }
    whom = {
        "in-office": "in office",
        "present": "in office who took part",
        "cast": f"{'vote' if base == 1 else 'votes'} cast for or against",
    }
    if base:
        text = f"{counted['yes']} of the {base} {whom[kind]} agreed; {needs}, {outcome}"
    else:
        text = nobody[kind]
    text += _others(counted)
    if not_counted:
        listed = ", ".join(f"{name_of(hub, one.person)} ({one.why})" for one in not_counted)
        text += f"; not counted: {listed}"
    return text


def _others(counted: dict[str, int]) -> str:
    words = {
        "no": "against",
        "abstaining": "abstaining",
        "recused": "recused",
        "unvoted": "present without a vote",
        "absent": "absent",
    }
    listed = ", ".join(f"{counted[key]} {word}" for key, word in words.items() if counted[key])
    return f" ({listed})" if listed else ""


def name_of(hub: Hub, person: str) -> str:
    """A person's name, or the id where no record gives one."""
    found = hub.get(Person, person)
    return found.name if found else person


def why_not_counted(hub: Hub, person: str, day: date) -> str:
    """Why somebody's vote does not count on a day on which they are not on the committee."""
    terms = terms_of(hub, person)
    before = [last for term in terms if (last := last_day(term)) is not None and last < day]
    after = [term.start for term in terms if term.start > day]
    if before:
        return f"left office on {day_in_words(max(before))}"
    if after:
        return f"in office only from {day_in_words(min(after))}"
    if term_on(hub, person, day, "co-chair"):
        return "co-chair without a seat on the committee"
    if term_on(hub, person, day, "advisor"):
        return "technical advisor, who has no vote"
    if term_on(hub, person, day, "coordinator"):
        return "project coordinator, who has no vote"
    if not hub.exists("person", person):
        return "nobody on record"
    return "never on the committee"


@per_record
def quorum(hub: Hub, decision: Decision) -> Quorum:
    """Whether enough took part in a decision, by the quorum in force on its day (DEC-1).

    Being there counts, whether one votes or not.
    """
    day = decision_day(decision)
    present, base = len(taking_part(hub, decision)), len(committee(hub, day))
    return Quorum(day, present, base, parameters.value(hub, "quorum", day))


def upheld(hub: Hub, decision: Decision) -> tuple[Objection, ...]:
    """The objections that stand: not resolved, and raised by somebody in office on the day (DEC-1).

    A decision without a word on the search for consensus has none on record; that it lacks it is
    for a rule to say.
    """
    office = committee(hub, decision_day(decision))
    objections = decision.consensus.objections if decision.consensus else ()
    return tuple(one for one in objections if not one.resolved and one.by in office)


def in_the_way(hub: Hub, decision: Decision) -> tuple[str, ...]:
    """The ids of those in office who stand in the way of consensus, in order (DEC-1).

    By the reading in force that day they are those whose objection stands, or, where it asks for
    unanimity, all who have not said yes.
    """
    day = decision_day(decision)
    if parameters.value(hub, "consensus", day) == UNANIMITY:
        return tuple(sorted(who for who in committee(hub, day) if decision.votes.get(who) != "yes"))
    return tuple(sorted({one.by for one in upheld(hub, decision)}))
