"""What of a record is public. What no page shows stands in no data either.

An answer to a notice is never published by itself: that there is one would tell that a member
answered. `facts` of its notice count it, and name the member where a page may.
"""

from collections.abc import Iterator, Mapping

from npcs.governance.answers import Board, tells_totals
from npcs.governance.notices import review_due, state
from npcs.governance.standing import doubt
from npcs.governance.tally import decision_day, quorum, tally
from npcs.governance.terms import last_day
from npcs.publish.api.models import (
    Answers,
    Data,
    DecisionFacts,
    NamedAnswer,
    NoticeFacts,
    TermFacts,
)
from npcs.publish.site import Site
from npcs.publish.text import capital
from npcs.records.charter import Charter, Decision, Term
from npcs.records.hub import Hub
from npcs.records.known import known
from npcs.records.notices import Notice
from npcs.records.record import Record

UNPUBLISHED = frozenset({"answer"})
"""Kinds of record that are not published one by one."""

WITHHELD: Mapping[str, frozenset[str]] = {
    "member": frozenset({"answers_named_from"}),
    "notice": frozenset({"in_review", "revisions.privacy_review"}),
    "person": frozenset({"signing_keys"}),
}
"""Fields, by kind, that no page shows; ``revisions.privacy_review`` is one of each revision."""


def public(site: Site, record: Record) -> Record | None:
    """A record without what its page does not show on the day of the site; None before its day.

    The charter is that of the approved text, where there is one.
    """
    if isinstance(record, Charter) and site.approvals.text:
        return Hub([site.approvals.text]).get(Charter, record.key) or record
    told = known(record, site.as_of)
    if not isinstance(told, Notice):
        return told
    consent = told.source_consent
    return told.model_copy(
        update={
            # An author gives a jurisdiction away, which must have agreed.
            "author": told.author if consent and consent.member else None,
            "revisions": tuple(
                one.model_copy(update={"author": None})  # that one has agreed to nothing
                for one in told.revisions
            ),
        }
    )


def facts(site: Site, record: Record) -> Data | None:
    """What follows from a record, for the kinds of which something does."""
    match record:
        case Decision():
            return _decided(site, record)
        case Term():
            return TermFacts(last_day=last_day(record))
        case Notice():
            board = site.boards.get(record.key)
            return NoticeFacts(
                state=state(site.hub, record, site.as_of),
                review_by=review_due(site.hub, record, site.as_of),
                answers=_answers(site, board) if board else None,
            )
    return None


def _decided(site: Site, decision: Decision) -> DecisionFacts:
    there = quorum(site.hub, decision)
    count = tally(site.hub, decision) if decision.method == "vote" else None
    against = doubt(site.hub, decision, site.as_of)
    sentences = [one.sentence for one in (count, there) if one]
    return DecisionFacts(
        day=decision_day(decision),
        holds=site.standing(decision).holds,
        doubt=against.short if against else None,
        present=there.present,
        in_office=there.base,
        needed_present=there.needed,
        yes=count.yes if count else None,
        no=count.no if count else None,
        needed_yes=count.needed if count else None,
        in_words=" ".join(f"{capital(one.rstrip('.'))}." for one in sentences),
    )


def _answers(site: Site, board: Board) -> Answers:
    told = tells_totals(site.hub, board, site.as_of)
    return Answers(
        version=board.version,
        respond_by=board.respond_by,
        asked=len(board.lines) + board.elsewhere,
        open=board.open if told else None,
        overdue=board.late if told else None,
        totals=dict(sorted(board.totals.items())) if told else None,
        named=list(_named(site, board)),
    )


def _named(site: Site, board: Board) -> Iterator[NamedAnswer]:
    """What the page of the notice says of the members that it may name."""
    may = site.named_on(board)
    given = {one.member: one for one in site.answers_to.get(board.notice.key, ())}
    for line in board.lines:
        if line.member not in may:
            continue
        answer = given.get(line.member)
        said = answer if answer and answer.on == line.on else None
        yield NamedAnswer(
            member=line.member,
            status=line.said,  # type: ignore[arg-type] # one of the words of an answer
            on=line.on,
            overdue=line.late,
            reason=said.reason if said else None,
            lead=answer.lead if answer and line.on else None,
        )
