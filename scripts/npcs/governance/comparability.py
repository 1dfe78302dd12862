"""Whether figures of several members may be added up: what their crosswalks say, in a sentence."""

from datetime import date

from npcs.records.charter import Member
from npcs.records.definitions import Definition
from npcs.records.hub import Hub

_SAYS = {
    "exact": "counts the same cases, so its figures may be added up",
    "broader": "counts more cases, so its figures are too high beside the others",
    "narrower": "counts fewer cases, so its figures are too low beside the others",
    "overlaps": "counts some other cases and misses some, so its figures fit no sum",
    "none": "has no such rule, so it has no figure to add",
}
_SAY = {
    "exact": "count the same cases, so their figures may be added up",
    "broader": "count more cases, so their figures are too high beside the others",
    "narrower": "count fewer cases, so their figures are too low beside the others",
    "overlaps": "count some other cases and miss some, so their figures fit no sum",
    "none": "have no such rule, so they have no figure to add",
}


def silent(hub: Hub, definition: Definition, day: date) -> tuple[str, ...]:
    """The members of a day that have not compared their rule with the definition as it stands."""
    return tuple(
        key
        for key, member in hub.all(Member).items()
        if not (member.left and member.left < day)
        and (member.joined or day) <= day
        and (
            key not in definition.crosswalk
            or definition.crosswalk[key].compared_with != definition.version
        )
    )


def comparability(hub: Hub, definition: Definition, day: date) -> str:
    """What a figure pooled over members means by this definition, for those who read it (STG-1).

    Only what was compared with the version in force counts; all other members have not said.
    """
    names = {key: member.name for key, member in hub.all(Member).items()}
    unsaid = silent(hub, definition, day)
    said: dict[str, list[str]] = {}
    for key, entry in definition.crosswalk.items():
        if key not in unsaid:
            said.setdefault(entry.mapping, []).append(names.get(key, key))
    parts = [_part(mapping, said[mapping]) for mapping in _SAYS if mapping in said]
    if unsaid:
        who = names[unsaid[0]] if len(unsaid) == 1 else f"{len(unsaid)} members"
        has, its = ("has", "its") if len(unsaid) == 1 else ("have", "their")
        parts.append(
            f"{who} {has} not compared {its} own rule with version {definition.version}: {its} "
            "figures should not be added to those of others."
        )
    return " ".join(parts)


def _part(mapping: str, names: list[str]) -> str:
    *most, last = names
    if not most:
        return f"{last} {_SAYS[mapping]}."
    return f"{', '.join(most)} and {last} {_SAY[mapping]}."


__all__ = ["comparability", "silent"]
