"""What an approval says: sentences for a person, and lines for a machine that are compared."""

import re
import textwrap
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from npcs.charter.holders import keys
from npcs.governance import parameters
from npcs.governance.dates import Period, day_in_words
from npcs.governance.due_work import last_approval
from npcs.governance.roster import last_day
from npcs.governance.tally import decision_day, name_of, quorum, tally
from npcs.history.tags import approves
from npcs.records.charter import Charter, Decision, Term
from npcs.records.hub import Hub

NONE = "none"
"""What stands for the approval before the first one."""

_KEYS = (
    "Decision", "Version", "Change", "Digest", "Adopted", "Effective", "Review-due", "Handover",
    "Commit", "Previous",
)  # fmt: skip
_LINE = re.compile(rf"({'|'.join(_KEYS)}): ([^\n]+)")
_BEFORE = re.compile(r"(\S+) ([0-9a-f]{40,64}) ([0-9a-f]{40,64})")
_KINDS = {
    "annual": "It is the yearly review of the charter.",
    "major": "It is a new text, or a change in the structure or function of the partnership.",
    "editorial": "It puts a slip of the pen right, and is no review.",
}


class Before(NamedTuple):
    """The approval before another one: its tag, and the ids of the tag and of its commit."""

    tag: str
    id: str
    commit: str

    def __str__(self) -> str:
        return f"{self.tag} {self.id} {self.commit}"

    @classmethod
    def parse(cls, text: str) -> "Before | None":
        """What a line names as the approval before; None where it names none as it should."""
        found = _BEFORE.fullmatch(text)
        return cls(*found.groups()) if found and approves(found[1]) else None


def approval(
    hub: Hub,
    decision: Decision,
    coordinator: str,
    day: date,
    commit: str,
    before: Before | None,
) -> str:
    """The message of the tag that approves the text of a decision (REV-2, DEC-2).

    ``coordinator`` is the name of who approves, on a day. The decision must have a charter.
    """
    change = decision.charter
    assert change is not None
    adopted = decision_day(decision)
    effective = decision.effective or adopted
    due = review_due(hub, adopted)
    on = day_in_words(adopted)
    sentences = [
        f"The Executive Committee adopted this text on {on} {_how(hub, decision)}.",
        f"It holds from {day_in_words(effective)}." if effective != adopted else "",
        _KINDS[change.change],
        f"The next review is due by {day_in_words(due)}." if due else "",
    ]
    lines = {
        "Decision": decision.key,
        "Version": change.version,
        "Change": change.change,
        "Digest": change.digest,
        "Adopted": str(adopted),
        "Effective": str(effective),
        "Review-due": str(due) if due else "",
        "Commit": commit,
        "Previous": str(before or NONE),
    }
    charter = hub.get(Charter, "charter")
    title = _one_line(charter.title if charter else "Charter")
    told = _paragraph(" ".join(filter(None, sentences)))
    by = f"Approved by {_one_line(coordinator)}, project coordinator."
    named = may_approve(hub, day)
    if named:
        by += " From here on these may approve, as the records say:"
    parts = (told, _paragraph(by), _list(named))
    return _message(f"{title}, version {change.version}", parts, lines)


def handover(hub: Hub, coordinator: str, day: date, commit: str, before: Before) -> str:
    """The message of the tag by which a coordinator says on a day who may approve from then on."""
    told = _paragraph(
        f"{_one_line(coordinator)}, project coordinator, confirms that the records of this commit "
        "rightly name who may approve the charter, and with which key:"
    )
    lines = {"Handover": str(day), "Commit": commit, "Previous": str(before)}
    parts = (told, _list(may_approve(hub, day)))
    return _message(f"Who may approve the charter, {day_in_words(day)}", parts, lines)


def may_approve(hub: Hub, day: date) -> tuple[str, ...]:
    """The coordinators of a day and of later ones with each of their keys, a line for each."""
    return tuple(
        f"{_one_line(name_of(hub, term.person))}, {_span(term)}: {key.fingerprint}"
        for term in sorted(hub.all(Term).values(), key=lambda one: (one.start, one.key))
        if term.office == "coordinator" and (last_day(term) or date.max) >= day
        for key in keys(hub).get(term.person, ())
    )


def _span(term: Term) -> str:
    last = last_day(term)
    until = f" to {day_in_words(last)}" if last else " on"
    return f"from {day_in_words(term.start)}{until}"


def _list(lines: tuple[str, ...]) -> str:
    return "\n".join(f"- {one}" for one in lines)


def trailers(message: str) -> Mapping[str, str]:
    """The lines for a machine, which are the last paragraph of a message.

    Raises ``ValueError``, with words that go on after the name of a tag, where one stands twice or
    elsewhere as well: a person and a machine could then read different things.
    """
    *others, last = message.strip("\n").split("\n\n")
    found: dict[str, str] = {}
    for line in last.split("\n"):
        one = _LINE.fullmatch(line)
        if one is None:
            return {}
        if one[1] in found:
            raise ValueError(f"names its {one[1].lower()} twice")
        found[one[1]] = one[2]
    for line in "\n\n".join(others).split("\n"):
        one = _LINE.fullmatch(line)
        if one and one[1] in found:
            raise ValueError(f"names its {one[1].lower()} twice")
    return found


def review_due(hub: Hub, day: date) -> date | None:
    """The last day of the next review, seen from the day of an approval (REV-2)."""
    last = last_approval(hub, day)
    if last is None:
        return None
    often: Period = parameters.value(hub, "charter-review", decision_day(last))
    return often.after(decision_day(last))


def _how(hub: Hub, decision: Decision) -> str:
    if decision.method == "vote":
        return f"by vote: {tally(hub, decision).sentence}"
    return f"by consensus: no objection stood, and {quorum(hub, decision).sentence}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _paragraph(text: str) -> str:
    return textwrap.fill(text, 72, break_long_words=False, break_on_hyphens=False)


def _message(title: str, told: tuple[str, ...], lines: Mapping[str, str]) -> str:
    block = "\n".join(f"{key}: {text}" for key, text in lines.items() if text)
    return "\n\n".join((title, *filter(None, told), block)) + "\n"
