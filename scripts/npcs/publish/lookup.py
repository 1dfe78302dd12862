"""The records of a hub by what they belong to, and whether they hold on a day."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from npcs.governance.answers import Board, Line, boards, named
from npcs.governance.calendar import SUBJECTS, Obligation, obligations
from npcs.governance.followup import Followed, followed
from npcs.governance.terms import represents
from npcs.publish.names import person_name
from npcs.publish.standing import Standing, standing
from npcs.publish.text import Md, chip, listed
from npcs.records.charter import Decision, Meeting, Parameter, Parameters, Term
from npcs.records.definitions import Definition
from npcs.records.document import Document
from npcs.records.hub import Hub
from npcs.records.notices import Answer, Notice
from npcs.records.reads import DERIVED, noted, noted_by_key, noted_by_value

T = TypeVar("T")
MOST_CONCERNED = 2
"""How many people a list names for a decision before it counts the rest, if they are several."""


class Lookup:
    """The records of a hub on a day; each table is made when it is first asked for."""

    def __init__(self, hub: Hub, as_of: date) -> None:
        self.hub = hub
        self.as_of = as_of
        self._standings: dict[str, Standing] = {}
        self._named: dict[str, frozenset[str]] = {}

    def standing(self, decision: Decision) -> Standing:
        """What a decision amounts to on the day of the site."""
        return self._kept(
            self._standings, decision.path, lambda: standing(self.hub, decision, self.as_of)
        )

    def _kept(self, kept: dict[str, T], key: str, make: Callable[[], T]) -> T:
        """What is made once for a key; whoever asks has read it, and with it what it rests on."""
        leaf = (DERIVED, make.__qualname__, key)
        if key not in kept:
            kept[key] = self.hub.reads.derive(leaf, make)
        self.hub.reads.now.add(leaf)
        return kept[key]

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """A plain value by a name: worked out, or taken over where it would be what it was."""
        return self.hub.reads.kept((DERIVED, name), make)

    def holds(self, key: str | None) -> bool:
        """Whether the decision a record rests on holds; true where it names none."""
        decision = self.hub.get(Decision, key)
        return decision is None or self.standing(decision).holds

    def mark(self, document: Document) -> Md:
        """The state of a record that no longer holds, or never did; nothing for all others."""
        kind = document.kind.name
        if kind == "decision":
            decision = self.hub.get(Decision, document.id)
            known = self.standing(decision) if decision else None
            return Md() if known is None or known.holds else known.state
        if kind == "notice":
            notice = self.hub.get(Notice, document.id)
            if notice and notice.withdrawn and notice.withdrawn.on <= self.as_of:
                return chip("withdrawn", "bad")
            return chip("superseded", "past") if document.id in self.superseded else Md()
        if kind == "definition":
            term = self.hub.get(Definition, document.id)
            if term and term.status in ("superseded", "withdrawn"):
                return chip(term.status, "past")
        return Md()

    @noted
    def parameters(self) -> Mapping[str, Parameter]:
        """The charter's parameters on record, by name."""
        record = self.hub.get(Parameters, "parameters")
        return record.parameters if record else {}

    @noted_by_value
    def due(self) -> tuple[Obligation, ...]:
        """What is to be done within 90 days, or should have been, the most urgent first."""
        return tuple(sorted(map(Obligation.of, (one for it in SUBJECTS for one in self._due(it)))))

    def _due(self, subject: str) -> list[tuple[Any, ...]]:
        return self.kept(
            f"due {subject}",
            lambda: [one.plain() for one in obligations(self.hub, self.as_of, subject)],
        )

    @noted_by_key
    def terms_for(self) -> Mapping[str, list[Term]]:
        """The committee terms held for each member."""
        found: dict[str, list[Term]] = {}
        for one in self.hub.all(Term).values():
            member = represents(self.hub, one) if one.office == "member" else None
            if member:
                found.setdefault(member, []).append(one)
        return found

    @noted_by_key
    def decisions_at(self) -> Mapping[str, list[Decision]]:
        """The decisions made at each meeting, by number."""
        found: dict[str, list[Decision]] = {}
        for one in sorted(self.hub.all(Decision).values(), key=lambda one: one.key):
            if one.meeting:
                found.setdefault(one.meeting, []).append(one)
        return found

    @noted_by_key
    def appointed_by(self) -> Mapping[str, list[Term]]:
        """The terms that rest on each decision."""
        found: dict[str, list[Term]] = {}
        for one in self.hub.all(Term).values():
            if one.decision:
                found.setdefault(one.decision, []).append(one)
        return found

    def concerned(self, decision: Decision) -> Md:
        """Whom a decision appoints, or which provisions it is about: what its title may not say."""
        terms = self.appointed_by.get(decision.key, ())
        names = [person_name(self.hub, one.person) for one in terms] or [
            one for one in decision.about if one in self.hub.provisions
        ]
        more = len(names) - MOST_CONCERNED
        if more > 1:
            names = [*names[:MOST_CONCERNED], f"{more} more"]
        return listed(names)

    @noted_by_key
    def meetings_of(self) -> Mapping[str, list[Meeting]]:
        """The meetings of each body, the newest first."""
        found: dict[str, list[Meeting]] = {}
        for one in self.hub.all(Meeting).values():
            found.setdefault(one.body_, []).append(one)
        for some in found.values():
            some.sort(key=lambda one: (one.date, one.key), reverse=True)
        return found

    @noted_by_key
    def decisions_about(self) -> Mapping[str, list[Decision]]:
        """The decisions about each record."""
        found: dict[str, list[Decision]] = {}
        for one in self.hub.all(Decision).values():
            for key in one.about:
                found.setdefault(key, []).append(one)
        return found

    @noted_by_key
    def followed(self) -> Mapping[str, Followed]:
        """Where recommendations and improvement opportunities stand, by their files."""
        return {one.record.path: one for one in followed(self.hub, self.as_of)}

    @noted_by_key
    def answers_to(self) -> Mapping[str, list[Answer]]:
        """The answers to each notice."""
        found: dict[str, list[Answer]] = {}
        for one in self.hub.all(Answer).values():
            found.setdefault(one.notice, []).append(one)
        return found

    @noted_by_key
    def boards(self) -> Mapping[str, Board]:
        """Where members stand with each notice issued by the day of the site."""
        return {one.notice.key: one for one in boards(self.hub, self.as_of)}

    def named_on(self, board: Board) -> frozenset[str]:
        """The members that pages may name with their answers to a notice."""
        return self._kept(self._named, board.notice.key, lambda: named(self.hub, board, self.as_of))

    @noted_by_key
    def lines_of(self) -> Mapping[str, list[tuple[str, Line]]]:
        """Where each member stands with the notices it may be named for, by their numbers."""
        found: dict[str, list[tuple[str, Line]]] = {}
        for board in self.boards.values():
            may = self.named_on(board)
            for line in board.lines:
                if line.member in may:
                    found.setdefault(line.member, []).append((board.notice.key, line))
        return found

    @noted_by_key
    def superseded(self) -> Mapping[str, str]:
        """The notice that took the place of each superseded one."""
        return {
            one.supersedes: one.key
            for one in self.hub.all(Notice).values()
            if one.supersedes and one.issued and one.issued <= self.as_of
        }
