"""What members answered to safety notices, and what is still to come (ACT-4).

An answer is to one version: when a notice is amended, everyone is asked again.

Whoever can read the repository can read the files of answers. So where that is everybody, only
members that agreed to be named answer in it, and a board is of them alone; it counts the others,
and does not guess what they answered.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from npcs.governance.dates import in_words
from npcs.governance.memory import per_hub_by_key
from npcs.governance.notices import audience, file_readers, is_open, version_on
from npcs.governance.obligation import Obligation
from npcs.records.charter import Member
from npcs.records.hub import Hub
from npcs.records.notices import Answer, EarlierAnswer, Notice

NO_ANSWER = "no-answer"
"""What stands for the answer of a member that gave none to a version."""

SETTLED = ("complete", "equivalent-measure", "not-applicable")
"""The answers after which nothing more is asked of a member."""

UNANSWERED = (NO_ANSWER, "not-received")

FEWEST_UNNAMED = 3
"""As many members must stay unnamed, or none: else what is left of the totals names them."""


class Line(NamedTuple):
    """Where one member stands with the version of a notice that is in force on a day.

    ``said`` is what it answered to that version and ``on`` the day, None without an answer.
    ``reopened`` tells that it answered an earlier version. ``late`` tells that the day to answer
    by, or to act by, has passed.
    """

    member: str
    said: str
    on: date | None
    reopened: bool
    late: bool

    @property
    def settled(self) -> bool:
        """Whether nothing more is asked of the member."""
        return self.said in SETTLED


class Board(NamedTuple):
    """Where members stand with a notice on a day.

    ``lines`` are of the members whose answers may stand in the repository, ``elsewhere`` counts
    those that are asked and answer in another place. ``respond_by`` and ``act_by`` are the days by
    which they answer and have acted, if any is set. ``live`` tells that the notice is open, so that
    members are still asked.
    """

    notice: Notice
    version: str
    respond_by: date | None
    act_by: date | None
    live: bool
    lines: tuple[Line, ...]
    elsewhere: int = 0

    @property
    def totals(self) -> Mapping[str, int]:
        """How many members gave each answer, those without one under ``no-answer``."""
        return Counter(one.said for one in self.lines)

    @property
    def open(self) -> int:
        """How many members are still asked for something; none once the notice is not open."""
        return sum(not one.settled for one in self.lines) if self.live else 0

    @property
    def silent(self) -> int:
        """How many members gave no answer to the version, be they asked still or not."""
        return self.totals.get(NO_ANSWER, 0)

    @property
    def late(self) -> int:
        """How many of those still asked are past the day."""
        return sum(one.late for one in self.lines)


@per_hub_by_key
def _answers(hub: Hub) -> Mapping[str, Mapping[str, Answer]]:
    """The answers to each notice, by member."""
    found: dict[str, dict[str, Answer]] = {}
    for one in hub.all(Answer).values():
        found.setdefault(one.notice, {})[one.member] = one
    return found


def asked(hub: Hub, notice: Notice, day: date) -> list[Member]:
    """The members that a notice asks on a day, by name.

    Those that had joined when its version went out, and have not left before that day or, where
    it is earlier, before the day on which the notice ended. Who joined later is not asked, and
    stands here once it has answered all the same.
    """
    version = version_on(notice, day)
    if version is None:
        return []
    ends = [one for one in (notice.closed, notice.withdrawn and notice.withdrawn.on) if one]
    until = min([day, *ends])
    given = _answers(hub).get(notice.key, {})
    found = [
        one
        for one in hub.all(Member).values()
        if (
            one.joined is None
            or one.joined <= version.on
            or _last(given.get(one.key), version.number, day)
        )
        and (one.left is None or one.left >= max(until, version.on))
    ]
    return sorted(found, key=lambda one: (one.name, one.key))


def board(hub: Hub, notice: Notice, day: date) -> Board | None:
    """Where members stand with a notice on a day; None before it is issued."""
    version = version_on(notice, day)
    if version is None:
        return None
    live = is_open(hub, notice, day)
    act_by = max((one.due for one in notice.actions if one.due), default=None)
    given = _answers(hub).get(notice.key, {})
    lines = []
    elsewhere = 0
    everybody = file_readers(hub, day) == "public"
    for member in asked(hub, notice, day):
        if everybody and not has_agreed(member, day):
            elsewhere += 1
            continue
        answer = given.get(member.key)
        last = _last(answer, version.number, day)
        said = last.status if last else NO_ANSWER
        by = version.respond_by if said in UNANSWERED else act_by
        late = live and said not in SETTLED and by is not None and by < day
        before = answer is not None and said == NO_ANSWER and _answered_before(answer, day)
        lines.append(Line(member.key, said, last.on if last else None, before, late))
    return Board(notice, version.number, version.respond_by, act_by, live, tuple(lines), elsewhere)


def _last(answer: Answer | None, version: str, day: date) -> Answer | EarlierAnswer | None:
    """The last that a member said of a version up to a day."""
    said: list[Answer | EarlierAnswer] = [answer, *answer.earlier] if answer else []
    past = [one for one in said if one.version == version and one.on <= day]
    return max(past, key=lambda one: one.on, default=None)  # of one day, what stands on top


def _answered_before(answer: Answer, day: date) -> bool:
    return answer.on <= day or any(one.on <= day for one in answer.earlier)


def boards(hub: Hub, day: date) -> Iterator[Board]:
    """The boards of all notices issued up to a day, in the order of their numbers."""
    for notice in hub.all(Notice).values():
        found = board(hub, notice, day)
        if found:
            yield found


def may_name(hub: Hub, member: str, day: date) -> bool:
    """Whether a page may say what a member answered: it agreed, or only members can read pages."""
    return has_agreed(hub.all(Member)[member], day) or audience(hub, day) != "public"


def has_agreed(member: Member, day: date) -> bool:
    """Whether a member has agreed by a day that anyone may read what it answers."""
    return member.answers_named_from is not None and member.answers_named_from <= day


def named(hub: Hub, board: Board, day: date) -> frozenset[str]:
    """The members whose lines of a board a page may show by name.

    None at all where only one or two would stay unnamed: the totals less the others would name
    them.
    """
    agreed = frozenset(one.member for one in board.lines if may_name(hub, one.member, day))
    unnamed = len(board.lines) - len(agreed)
    return frozenset() if 0 < unnamed < FEWEST_UNNAMED else agreed


def tells_totals(hub: Hub, board: Board, day: date) -> bool:
    """Whether pages may tell how many members gave each answer.

    Not where only one or two members are counted whose answers pages may not tell.
    """
    unnamed = len(board.lines) - len(named(hub, board, day))
    return unnamed == 0 or unnamed >= FEWEST_UNNAMED


def answers_to_give(hub: Hub, as_of: date) -> Iterator[Obligation]:
    """Open notices with members that have not answered the version in force, in totals only."""
    for notice in hub.all(Notice).values():
        one = board(hub, notice, as_of) if is_open(hub, notice, as_of) else None
        waiting = sum(line.said in UNANSWERED for line in one.lines) if one else 0
        if one and one.respond_by and waiting:
            what = f"notice {notice.key}, {notice.title}, version {one.version}: "
            if tells_totals(hub, one, as_of):
                what += f"{in_words(waiting, 'member')} of {len(one.lines)} to answer"
            else:
                what += "answers are still to come"
            yield Obligation(
                one.respond_by, "notice-answer", what, "ACT-4", notice.at("respond_by")
            )


__all__ = [
    "FEWEST_UNNAMED", "NO_ANSWER", "SETTLED", "UNANSWERED", "Board", "Line", "answers_to_give",
    "asked", "board", "boards", "has_agreed", "may_name", "named", "tells_totals",
]  # fmt: skip
