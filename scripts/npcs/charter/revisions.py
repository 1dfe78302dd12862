"""What is approved: the revisions of the charter, and how far each has been verified."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from npcs.history.objects import find, read
from npcs.records.findings import Severity

State = Literal["verified", "no root key", "not signed", "not verified"]
"""How far an approval has been verified.

``verified``: signed by the coordinator of its day, in a chain that begins with a root key given.
``no root key``: the same, but nobody has said with which key the chain is to begin. ``not
signed``: the coordinator had no key, so that nothing proves who set the tag. ``not verified``: all
else; such a tag approves nothing.
"""


class Fault(NamedTuple):
    """What speaks against a tag or a decision: the rule it breaks, in words, and what to do.

    ``tag`` is the tag it is about, be it one that should be there; ``decision`` the id of the
    decision, where there is one.
    """

    rule: Literal["revision-tag", "revision-signature"]
    tag: str
    decision: str
    message: str
    hint: str
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class Approval:
    """A tag of the charter in the main line: who set it, when, and how far that is verified.

    ``signer`` is the id of the person who signed or, unsigned, of the coordinator of the day; empty
    where nobody could be told. ``key`` is the fingerprint of the key. ``previous`` is the tag of
    the approval before, empty for the first.
    """

    tag: str
    id: str
    commit: str
    tagged: date
    state: State
    sentence: str
    signer: str
    key: str
    previous: str

    @property
    def sound(self) -> bool:
        """Whether nothing speaks against it; that is less than being verified."""
        return self.state != "not verified"


@dataclass(frozen=True, slots=True)
class Handover(Approval):
    """A tag by which a coordinator said who may approve from there on."""


@dataclass(frozen=True, slots=True)
class Revision(Approval):
    """An approved text: its version, the decision behind it, and the three days of it.

    ``adopted`` is the day of the decision, ``effective`` the day from which the text holds,
    ``tagged`` the day the coordinator approved. ``text_id`` is the id of the text in Git.
    """

    version: str
    decision: str
    change: str
    digest: str
    adopted: date
    effective: date
    text_id: str


@dataclass(frozen=True, slots=True)
class Revisions:
    """All that the tags of a repository approve, in the order of the main line.

    ``others`` are tags that approve nothing: they lie elsewhere, or are none by their form.
    ``ahead`` are those in the main branch that what is checked out does not have yet, ``later``
    those at its end that are dated after the day asked about: neither is judged. ``obstacle``
    says what kept the tags from being judged, ``remedy`` what to do; as far as anybody can tell
    here, nothing is then approved.
    """

    approvals: tuple[Approval, ...] = ()
    others: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    obstacle: str = ""
    remedy: str = ""

    @property
    def revisions(self) -> tuple[Revision, ...]:
        """The approved texts, and those whose tags do not hold."""
        return tuple(one for one in self.approvals if isinstance(one, Revision))

    @property
    def sound(self) -> tuple[Approval, ...]:
        """The approvals that nothing speaks against."""
        return tuple(one for one in self.approvals if one.sound)

    @property
    def latest(self) -> Revision | None:
        """The last revision that nothing speaks against."""
        return next((one for one in reversed(self.revisions) if one.sound), None)


def text_at(root: Path, revision: Revision) -> bytes:
    """The text of a revision as Git keeps it, whatever stands in the working tree.

    Raises ``LookupError`` where Git does not have it.
    """
    return _text(root, revision.text_id)


@lru_cache(maxsize=64)
def _text(root: Path, text_id: str) -> bytes:
    texts = read(root, find(root, [text_id]).values())
    if text_id not in texts:
        raise LookupError(f"Git does not have the text {text_id}")
    return texts[text_id]


__all__ = ["Approval", "Fault", "Handover", "Revision", "Revisions", "State", "text_at"]
