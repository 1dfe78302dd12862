"""The numbers and choices the rules rest on, as they were in force on a day.

A record is judged by the parameters of the day on which it happened. Where ``parameters.yml`` has
no value for that day, the founding value holds, so that a computation always has an answer.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from npcs.governance.forms import Form, choice, fraction, number, period, quorum, some_time
from npcs.governance.memory import per_hub
from npcs.records.charter import Decision, Parameter, Parameters, Setting
from npcs.records.hub import Hub


class Known(NamedTuple):
    """A parameter that a computation or a rule rests on.

    ``form`` reads its value, ``founding`` is the text of the value it starts with. ``fixed`` tells
    that the charter itself gives that value, so that no mere reading can change it.
    """

    name: str
    provision: str
    form: Form
    founding: str
    fixed: bool = False


_TRIGGER = "change of the member's child welfare leader"

KNOWN: Mapping[str, Known] = MappingProxyType(
    {
        one.name: one
        for one in (
            Known("vote-share", "DEC-2", fraction, "2/3", fixed=True),
            Known("vote-base", "DEC-2", choice("in-office", "present", "cast"), "in-office"),
            Known("quorum", "DEC-1", quorum, "more than 1/2"),
            Known("consensus", "DEC-1", choice("no-unresolved-objection", "unanimity"),
                  "no-unresolved-objection"),
            Known("ballots", "DEC-1", choice("allowed", "not-allowed"), "allowed"),
            Known("proxies", "DEC-2", choice("not-allowed"), "not-allowed"),
            Known("committee-term", "TRM-1", some_time, "1 year", fixed=True),
            Known("seats-per-member", "EXC-1", number, "1"),
            Known("rotation-grace", "RES-6", period, "90 days"),
            Known("rotation-trigger", "RES-6", choice(_TRIGGER), _TRIGGER),
            Known("co-chairs", "CHR-1", number, "2", fixed=True),
            Known("co-chair-selection", "CHR-2", choice("decision of the committee"),
                  "decision of the committee"),
            Known("co-chair-limit", "CHR-3", some_time, "2 years", fixed=True),
            Known("co-chair-break", "CHR-3", some_time, "1 year"),
            Known("co-chair-vacancy", "CHR-1", period, "60 days"),
            Known("meeting-interval", "EXC-2", some_time, "1 month", fixed=True),
            Known("meeting-notice", "ADV-2", period, "7 days"),
            Known("absences", "EXC-3", number, "3"),
            Known("attendance-review", "CHR-5", some_time, "90 days"),
            Known("minutes-due", "CRD-1", period, "14 days"),
            Known("communication-due", "CHR-6", period, "14 days"),
            Known("recommendation-due", "EXC-6", period, "90 days"),
            Known("opportunity-due", "EXC-4", period, "90 days"),
            Known("action-span", "EXC-4", some_time, "2 years"),
            Known("charter-review", "REV-2", some_time, "1 year", fixed=True),
            Known("participation-review", "ACT-0", some_time, "1 year"),
            Known("notice-review", "ACT-4", some_time, "1 year"),
            Known("hub-audience", "ACT-4", choice("public", "members", "committee"), "public"),
            Known("repository-audience", "ACT-4", choice("as the hub", "members", "committee"),
                  "as the hub"),
        )
    }
)  # fmt: skip
"""The parameters the code knows, by name."""


class Reading(NamedTuple):
    """A parameter as it is in force on a day.

    ``value`` is typed by the parameter's form, ``text`` is what the record says. ``since`` is the
    first day it holds, None for a value that holds from the start (``founding``: the records set
    none for that day). ``silent`` tells that the charter does not decide the question,
    ``provisional`` that nobody has adopted the value yet. ``fixed`` tells that the charter itself
    gives this very value, so that nobody needs to.
    """

    name: str
    value: Any
    text: str
    provision: str
    silent: bool = False
    provisional: bool = True
    decision: str | None = None
    since: date | None = None
    founding: bool = False
    fixed: bool = False

    @property
    def unsettled(self) -> bool:
        """Whether it is used for now, and waits for the committee to adopt or change it."""
        return self.provisional and not self.fixed


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that its parameter's form cannot read.

    It stands at ``parameters, name, history, index, value`` of the record of parameters.
    """

    name: str
    index: int
    message: str


def value(hub: Hub, name: str, day: date) -> Any:
    """The value of a parameter on a day, typed by its form (see ``KNOWN``).

    A Period for a length of time, a Fraction for a share, an int, a QuorumShare, or one of a few
    words. For a parameter the code does not know, its text. Raises KeyError where neither the code
    nor the records know the name.
    """
    return in_force(hub, name, day).value


def in_force(hub: Hub, name: str, day: date) -> Reading:
    """A parameter as it was in force on a day; raises KeyError as ``value`` does.

    A value that cannot be read is passed over (``problems`` names it): the one before it stays in
    force.
    """
    timeline = _timelines(hub).timelines[name]
    return timeline.readings[bisect_right(timeline.days, day)]


def changes(hub: Hub, name: str) -> tuple[Reading, ...]:
    """The readings of a parameter in the order in which they came into force, the earliest first.

    The founding one is left out where the records set the parameter at all.
    """
    readings = _timelines(hub).timelines[name].readings
    return readings[1:] or readings


def names(hub: Hub) -> tuple[str, ...]:
    """The names of all parameters: those in the records in their order, then others known."""
    return tuple(_timelines(hub).timelines)


def unsettled(hub: Hub, day: date) -> tuple[Reading, ...]:
    """The readings on record that are used on a day and that nobody has adopted (DEC-1)."""
    record = hub.get(Parameters, "parameters")
    found = (in_force(hub, name, day) for name in (record.parameters if record else ()))
    return tuple(one for one in found if one.unsettled and not one.founding)


def problems(hub: Hub) -> tuple[Problem, ...]:
    """The values in the record of parameters that cannot be read, in the order of the record."""
    return _timelines(hub).problems


def unadopted(hub: Hub) -> tuple[Problem, ...]:
    """The values in the record of parameters that nobody has rightly adopted.

    A value rests on a decision that adopted it, made by the day from which it holds. What the
    charter fixes is changed by a decision on the charter, and by no provisional reading. Of two
    values from one day nobody can say which one holds.
    """
    record = hub.get(Parameters, "parameters")
    found: list[Problem] = []
    for name, parameter in (record.parameters if record else {}).items():
        days: set[date] = set()
        for index, setting in enumerate(parameter.history):
            fault = _fault(hub, KNOWN.get(name), setting)
            if setting.from_ in days:
                fault = f"two values of `{name}` hold from one day, {setting.from_}"
            days.add(setting.from_)
            if fault:
                found.append(Problem(name, index, fault))
    return tuple(found)


def _fault(hub: Hub, known: Known | None, setting: Setting) -> str:
    fixed = known is not None and known.fixed and setting.value != known.founding
    if fixed and known and setting.provisional:
        return (
            f"the charter fixes this as {known.founding} ({known.provision}), and no provisional "
            f"reading makes it {setting.value}"
        )
    decision = hub.get(Decision, setting.decision)
    if decision is None:
        return ""
    day = decision.ballot.closed if decision.ballot else decision.date
    allowed = ("charter",) if fixed else ("charter", "reading")
    if decision.outcome != "adopted":
        return f"{decision.key}, “{decision.title}”, was {decision.outcome}, so it adopts nothing"
    if decision.subject not in allowed:
        return (
            f"the subject of {decision.key}, “{decision.title}”, is {decision.subject} and not "
            f"{' or '.join(allowed)}"
        )
    if day > setting.from_:
        return f"holds from {setting.from_}, and {decision.key} was decided only on {day}"
    return ""


class _Timeline(NamedTuple):
    """One more reading than days: the first holds before the first day."""

    days: tuple[date, ...]
    readings: tuple[Reading, ...]


class _Timelines(NamedTuple):
    timelines: Mapping[str, _Timeline]
    problems: tuple[Problem, ...]


@per_hub
def _timelines(hub: Hub) -> _Timelines:
    record = hub.get(Parameters, "parameters")
    table: dict[str, _Timeline] = {}
    found: list[Problem] = []
    for name, parameter in (record.parameters if record else {}).items():
        table[name] = _timeline(name, parameter, found)
    for name, known in KNOWN.items():
        if name not in table:
            table[name] = _Timeline((), (_founding(known),))
    return _Timelines(table, tuple(found))


def _founding(known: Known) -> Reading:
    return Reading(
        known.name, known.form(known.founding), known.founding, known.provision, founding=True,
        fixed=known.fixed,
    )  # fmt: skip


def _timeline(name: str, parameter: Parameter, found: list[Problem]) -> _Timeline:
    known = KNOWN.get(name)
    readable: list[tuple[Setting, Any]] = []
    for index, setting in enumerate(parameter.history):
        try:
            readable.append((setting, known.form(setting.value) if known else setting.value))
        except ValueError as error:
            found.append(Problem(name, index, str(error)))
    readable.sort(key=lambda one: one[0].from_)  # of two from one day the later in the file holds
    text = known.founding if known else parameter.history[0].value
    fixed = known.founding if known and known.fixed else None
    first = Reading(
        name, known.form(text) if known else text, text, parameter.provision, parameter.silent,
        founding=True, fixed=text == fixed,
    )  # fmt: skip
    readings = [
        Reading(
            name, typed, setting.value, parameter.provision, parameter.silent,
            setting.provisional, setting.decision, setting.from_, fixed=setting.value == fixed,
        )
        for setting, typed in readable
    ]  # fmt: skip
    return _Timeline(tuple(setting.from_ for setting, _ in readable), (first, *readings))
