"""The provisions a redline changes, and what of the hub rests on each of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from npcs.charter.redline.blocks import Normalized
from npcs.charter.redline.compare import Redline

if TYPE_CHECKING:
    from npcs.records.hub import Hub
    from npcs.rules.rule import Rule

What = Literal["added", "removed", "reworded", "moved"]
_PARAMETERS = "charter/parameters.yml"


@dataclass(frozen=True, slots=True)
class ProvisionChange:
    """What became of a provision, and what it touches.

    ``moved`` tells that it stands in another place, which may be all there is or come on top of
    other words. ``rules`` hold it or rest on how it is read; ``readings`` are the parameters that
    say how it is read. ``kinds`` are the kinds of record those rules judge one by one, ``records``
    the files that refer to it by its id.
    """

    id: str
    change: What
    moved: bool
    rules: tuple[str, ...]
    readings: tuple[str, ...]
    kinds: tuple[str, ...]
    records: tuple[str, ...]

    @property
    def said(self) -> str:
        """The change in words: ``reworded and moved``."""
        return "reworded and moved" if self.moved and self.change == "reworded" else self.change

    @property
    def sentences(self) -> str:
        """What the change does, for people; names of rules and readings stand in backticks."""
        return " ".join(_sentences(self))

    def data(self) -> dict[str, Any]:
        """The change as a JSON object."""
        return {
            "id": self.id,
            "change": self.change,
            "moved": self.moved,
            "rules": list(self.rules),
            "readings": list(self.readings),
            "kinds": list(self.kinds),
            "records": list(self.records),
        }


def provisions_changed(redline: Redline, hub: "Hub | None" = None) -> tuple[ProvisionChange, ...]:
    """The provisions added, removed, reworded and moved, in the order of reading.

    ``hub`` gives the readings and records that rest on them; without one there are the parameters
    the rules know, and no records. A provision is what stands from its id to the next one, or to
    the next heading.
    """
    old, new = _owned(redline.old), _owned(redline.new)
    in_place = {
        (one, other)
        for change in redline.blocks
        for one in range(*change.old)
        for other in range(*change.new)
    }
    found = []
    for name in _in_order(redline, old, new):
        mine, theirs = old.get(name), new.get(name)
        moved = bool(mine and theirs) and (_first(mine), _first(theirs)) not in in_place
        what: What | None = None
        if not mine:
            what = "added"
        elif not theirs:
            what = "removed"
        elif _words(redline.old, mine) != _words(redline.new, theirs):
            what = "reworded"
        elif moved:
            what = "moved"
        if what:
            found.append(_change(name, what, moved, hub))
    return tuple(found)


def _owned(text: Normalized) -> Mapping[str, list[int]]:
    """For each provision the numbers of its blocks."""
    found: dict[str, list[int]] = {}
    name = ""
    for number, block in enumerate(text.blocks):
        name = block.provision or ("" if block.kind == "heading" else name)
        if name:
            found.setdefault(name, []).append(number)
    return found


def _first(numbers: Sequence[int] | None) -> int:
    return numbers[0] if numbers else -1


def _words(text: Normalized, numbers: Sequence[int]) -> list[str]:
    return [word for number in numbers for word in text.blocks[number].text.split()]


def _in_order(
    redline: Redline, old: Mapping[str, list[int]], new: Mapping[str, list[int]]
) -> Iterator[str]:
    """The ids in the order in which the redline shows them; what moved where it is now."""
    starts = {numbers[0]: name for name, numbers in old.items() if name not in new}
    begins = {numbers[0]: name for name, numbers in new.items()}
    for change in redline.blocks:
        yield from (starts[one] for one in range(*change.old) if one in starts)
        yield from (begins[one] for one in range(*change.new) if one in begins)


def _change(name: str, what: What, moved: bool, hub: "Hub | None") -> ProvisionChange:
    # Rules are many modules, and most texts that are compared have no provisions.
    from npcs.records.record import Record

    readings = _readings(name, hub)
    rules = rules_of(name, readings)
    over = [one.over for one in rules if one.over and issubclass(one.over, Record)]
    records: tuple[str, ...] = ()
    if hub:
        referring = {one.path for one, _ in hub.referrers.get(("provision", name), ())}
        referring |= {one.path for one, reference in hub.broken if reference.id == name}
        records = tuple(sorted(referring - {_PARAMETERS}))
    return ProvisionChange(
        name,
        what,
        moved,
        tuple(one.name for one in rules),
        readings,
        tuple(dict.fromkeys(one.kind for one in over)),
        records,
    )


def _readings(name: str, hub: "Hub | None") -> tuple[str, ...]:
    from npcs.governance.parameters import KNOWN
    from npcs.records.charter import Parameters

    record = hub.get(Parameters, "parameters") if hub else None
    if record:
        return tuple(key for key, one in record.parameters.items() if one.provision == name)
    return tuple(one.name for one in KNOWN.values() if one.provision == name)


def rules_of(provision: str, readings: Sequence[str]) -> "tuple[Rule, ...]":
    """The rules that hold a provision, or rest on one of its readings."""
    from npcs.rules.registry import RULES

    return tuple(
        one for one in RULES if provision in one.provisions or set(one.readings) & set(readings)
    )


def _sentences(one: ProvisionChange) -> Iterator[str]:
    if one.rules:
        rules = _listed(one.rules)
        enforce = f"{rules} {'enforces' if len(one.rules) == 1 else 'enforce'}"
        yield {
            "added": f"It is held by {rules}.",
            "removed": f"With it goes what {enforce}.",
            "reworded": f"This change alters what {enforce}.",
            "moved": f"What {enforce} stays as it is.",
        }[one.change]
    else:
        yield "No rule holds it; it is for people to judge."
    if one.readings and one.change in ("removed", "reworded"):
        rest = "rests" if len(one.readings) == 1 else "rest"
        name = "reading" if len(one.readings) == 1 else "readings"
        yield f"The {name} {_listed(one.readings)} {rest} on it."
    if one.records:
        count = len(one.records)
        yield f"{count:,} {'record refers' if count == 1 else 'records refer'} to it."


def _listed(names: Sequence[str]) -> str:
    *others, last = [f"`{one}`" for one in names]
    return f"{', '.join(others)} and {last}" if others else last
