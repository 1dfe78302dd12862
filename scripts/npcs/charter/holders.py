"""Who may approve the charter: the coordinator of a day, by the keys on record (CRD-1)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from npcs.governance.memory import per_hub
from npcs.governance.tally import name_of
from npcs.governance.terms import people_in_office
from npcs.history.keys import Key, read_key
from npcs.records.charter import Person
from npcs.records.hub import Hub


@per_hub
def keys(hub: Hub) -> Mapping[str, tuple[Key, ...]]:
    """The signing keys on record that can be read, by the person's id; people without are left out.

    What cannot be read is told by ``unreadable``.
    """
    found = {}
    for key, person in hub.all(Person).items():
        own = tuple(one for _, one in _read(person) if isinstance(one, Key))
        if own:
            found[key] = own
    return found


def unreadable(person: Person) -> Iterator[tuple[int, str]]:
    """The entries of a person's keys that are none, by their number, and why not."""
    for number, one in _read(person):
        if not isinstance(one, Key):
            yield number, one


def _read(person: Person) -> Iterator[tuple[int, Key | str]]:
    for number, text in enumerate(person.signing_keys):
        try:
            yield number, read_key(text)
        except ValueError as error:
            yield number, str(error)


def coordinators(hub: Hub, day: date) -> frozenset[str]:
    """The ids of who is project coordinator on a day."""
    return people_in_office(hub, day, "coordinator")


def has_key(hub: Hub, person: str, key: Key) -> bool:
    """Whether a key is one of a person's on record."""
    return any(_same(one, key) for one in keys(hub).get(person, ()))


def holders(hub: Hub, key: Key) -> tuple[str, ...]:
    """The ids of the people on record with a key."""
    return tuple(person for person in keys(hub) if has_key(hub, person, key))


def with_keys(hub: Hub, day: date) -> tuple[str, ...]:
    """The ids of the coordinators of a day who have a key on record."""
    return tuple(sorted(coordinators(hub, day) & keys(hub).keys()))


def is_one_of(key: Key, others: Iterable[Key]) -> bool:
    """Whether a key is one of some others."""
    return any(_same(key, one) for one in others)


def _same(one: Key, other: Key) -> bool:
    return (one.form, one.fingerprint) == (other.form, other.fingerprint)


def names(hub: Hub, people: Iterable[str]) -> str:
    """The names of people in a row; “nobody” for none."""
    *most, last = [name_of(hub, one) for one in sorted(people)] or ["nobody"]
    return f"{', '.join(most)} and {last}" if most else last


__all__ = ["coordinators", "has_key", "holders", "is_one_of", "keys", "names", "unreadable",
           "with_keys"]  # fmt: skip
