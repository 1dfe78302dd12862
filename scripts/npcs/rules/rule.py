"""What a rule is: a named generator that looks at records and yields notes."""

import inspect
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, NamedTuple

from npcs.governance.memory import per_hub
from npcs.governance.parameters import problems
from npcs.history.earlier import NO_PAST, Past
from npcs.records.charter import Parameters
from npcs.records.document import Document
from npcs.records.findings import Finding, Note, Severity
from npcs.records.hub import EVERYTHING, Hub
from npcs.records.record import Record

if TYPE_CHECKING:
    from npcs.charter.approved import Approved, Released

_EXAMPLE = "\n## Example\n"

SAYS: dict[str, Severity] = {
    "The check finds an error:": "error",
    "The check warns:": "warning",
    "The check reminds:": "due",
}
"""How the example on a rule's page says what the check makes of it."""


class Scene:
    """What a rule sees besides the record it judges: all records, the day, and what was approved.

    ``found`` is what the rules before it have found, or None where a rule is asked by itself.
    """

    def __init__(
        self,
        hub: Hub,
        as_of: date,
        approved: "Approved | None" = None,
        found: Sequence[Finding] | None = None,
        released: "Released | None" = None,
        past: Past = NO_PAST,
    ) -> None:
        self.hub, self.as_of, self.found = hub, as_of, found
        self._approved, self._released, self._past = approved, released, past

    @property
    def approved(self) -> "Approved | None":
        """What the charter's tags approve, or None where no text was ever adopted."""
        self.hub.look_at((EVERYTHING,))  # it tells of files that are otherwise now
        return self._approved

    @property
    def released(self) -> "Released | None":
        """The notices, open work, and files of the data set, that were otherwise at the last tag.

        It counts whatever the tag is for; None where there is no tag.
        """
        self.hub.look_at((EVERYTHING,))
        return self._released

    @property
    def past(self) -> Past:
        """The earlier revisions of tables of figures."""
        self.hub.look_at((EVERYTHING,))
        return self._past


Check = Callable[..., Iterator[Note]]


class Rule(NamedTuple):
    """A rule with its name, the provision it serves, and the function that decides it.

    ``over`` is the kind of record the rule looks at one by one; ``Document`` for every file, in
    which case it sees that file and nothing else; None where it looks at all records together.
    ``alone`` tells that it judges a record by itself: what it finds rests on that file only; and
    ``first`` is what finds such things where the rule looks at other records as well.
    ``readings`` names the adopted readings (parameters) it rests on. ``also`` names further
    provisions it holds, besides the one its findings cite. ``waivable`` tells whether the committee
    may accept for a time what it finds.
    """

    name: str
    provision: str
    over: type[Record] | type[Document] | None
    readings: tuple[str, ...]
    check: Check
    also: tuple[str, ...] = ()
    waivable: bool = False
    alone: bool = False
    first: Check | None = None

    @property
    def provisions(self) -> tuple[str, ...]:
        """All provisions the rule holds, the one its findings cite first."""
        return (self.provision, *self.also) if self.provision else ()

    @property
    def subject(self) -> str:
        """The subject the rule belongs to: the module or package below ``rules`` it stands in."""
        return self.check.__module__.split(".")[2]

    @property
    def page(self) -> str:
        """The rule's page as Markdown: what it asks, why, how to put it right, and an example."""
        return inspect.cleandoc(self.check.__doc__ or "")

    @property
    def summary(self) -> str:
        """The first sentence of the rule's page."""
        return self.page.partition("\n")[0]

    @property
    def details(self) -> str:
        """What the page says between its first sentence and its example."""
        return self.page.partition(_EXAMPLE)[0].partition("\n")[2].strip()

    @property
    def example(self) -> str:
        """The last part of the page: lines that break the rule, and what the check says of them."""
        return self.page.partition(_EXAMPLE)[2].strip()

    @property
    def usual(self) -> Severity:
        """The severity of what the rule mostly finds: that of its example."""
        return next((how for words, how in SAYS.items() if words in self.example), "error")


def rule(
    name: str,
    *,
    provision: str = "",
    over: type[Record] | type[Document] | None = None,
    alone: bool = False,
    first: Check | None = None,
    readings: tuple[str, ...] = (),
    rests_on: tuple[type[Record], ...] = (),
    also: tuple[str, ...] = (),
    waivable: bool = True,
) -> Callable[[Check], Rule]:
    """Make a generator function a rule.

    A rule over a kind of record is called as ``check(record, scene)``, or where it judges it
    ``alone`` as ``check(record)``; one over documents as ``check(document)``, any other as
    ``check(scene)``. What judges files alone is asked once for the same bytes, and on two cores;
    so is what comes ``first``, called as ``first(record)``, of a rule that sees more.

    ``rests_on`` names the kinds of record the rule counts: while a file of one of them cannot be
    read, nobody is accused for want of what it says, and the rule is silent. So it is while one of
    its ``readings`` cannot be read. The file itself is an error, so the check fails all the same.

    A rule without a provision is on how records are written, and never ``waivable``.
    """

    def make(check: Check) -> Rule:
        if rests_on or readings:
            check = _held_back(check, rests_on, readings)
        by_file = alone or over is Document
        may_wait = waivable and bool(provision)
        return Rule(name, provision, over, readings, check, also, may_wait, by_file, first)

    return make


def _held_back(
    check: Check, rests_on: tuple[type[Record], ...], readings: tuple[str, ...]
) -> Check:
    @wraps(check)
    def asked(*given: Record | Scene) -> Iterator[Note]:
        scene = given[-1]
        assert isinstance(scene, Scene)
        return check(*given) if can_be_told(scene.hub) else iter(())

    @per_hub
    def can_be_told(hub: Hub) -> bool:
        return _can_be_told(hub, rests_on, readings)

    return asked


def _can_be_told(hub: Hub, rests_on: tuple[type[Record], ...], readings: tuple[str, ...]) -> bool:
    if hub.unread(*rests_on):
        return False
    if not readings:
        return True
    return not hub.unread(Parameters) and not any(one.name in readings for one in problems(hub))


__all__ = ["Check", "Note", "Rule", "Scene", "rule"]
