"""What an approval says: sentences for a person, and lines for a machine that are compared."""

import re
import textwrap
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from npcs.governance import parameters
from npcs.governance.dates import Period, day_in_words
from npcs.governance.due_work import last_approval
from npcs.governance.tally import decision_day, quorum, tally
from npcs.records.charter import Charter, Decision
from npcs.records.hub import Hub

NONE = "none"
"""What stands for the approval before the first one."""

_KEYS = (
    "Decision", "Version", "Change", "Digest", "Adopted", "Effective", "Review-due", "Handover",
    "Commit", "Previous",
)  # fmt: skip
_LINE = re.compile(rf"({'|'.join(_KEYS)}): ([^\n]+)")
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
        """What a line names as the approval before; None where it names none."""
        words = text.split(" ")
        return cls(*words) if len(words) == 3 else None


def approval(
    hub: Hub, decision: Decision, coordinator: str, commit: str, before: Before | None
) -> str:
    """The message of the tag that approves the text of a decision (REV-2, DEC-2).

    ``coordinator`` is the name of who approves. The decision must have a charter.
    """
    change = decision.charter
    assert change is not None
    day = decision_day(decision)
    effective = decision.effective or day
    due = review_due(hub, day)
    sentences = [
        f"The Executive Committee adopted this text on {day_in_words(day)} {_how(hub, decision)}.",
        f"It holds from {day_in_words(effective)}." if effective != day else "",
        _KINDS[change.change],
        f"The next review is due by {day_in_words(due)}." if due else "",
    ]
    lines = {
        "Decision": decision.key,
        "Version": change.version,
        "Change": change.change,
        "Digest": change.digest,
        "Adopted": str(day),
        "Effective": str(effective),
        "Review-due": str(due) if due else "",
        "Commit": commit,
        "Previous": str(before or NONE),
    }
    charter = hub.get(Charter, "charter")
    title = _one_line(charter.title if charter else "Charter")
    told = _paragraph(" ".join(filter(None, sentences)))
    by = _paragraph(f"Approved by {_one_line(coordinator)}, project coordinator.")
    return _message(f"{title}, version {change.version}", (told, by), lines)


def handover(
    day: date, coordinator: str, named: tuple[str, ...], commit: str, before: Before
) -> str:
    """The message of the tag by which a coordinator says who may approve from here on.

    ``named`` has a line for each coordinator with a key, as the records of the commit name them.
    """
    told = _paragraph(
        f"{_one_line(coordinator)}, project coordinator, confirms that the records of this commit "
        "rightly name who may approve the charter, and with which key:"
    )
    lines = {"Handover": str(day), "Commit": commit, "Previous": str(before)}
    listed = "\n".join(f"- {_one_line(one)}" for one in named)
    return _message(f"Who may approve the charter, {day_in_words(day)}", (told, listed), lines)


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
    return "\n\n".join((title, *told, block)) + "\n"
