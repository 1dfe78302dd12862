"""What is worked out once for a hub and kept as long as the hub lives.

Whoever is given a remembered answer looked at what it was worked out from: the hub is told so.
"""

from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import Any, TypeVar

from npcs.records.hub import Hub
from npcs.records.reads import BY_KEY, UNWATCHED, by_key
from npcs.records.record import Record

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")
R = TypeVar("R", bound=Record)


def per_hub(give: Callable[[Hub], T]) -> Callable[[Hub], T]:
    """Make a function of a hub remember its answer.

    A hub never changes, so neither does the answer.
    """
    name = f"{give.__module__}.{give.__qualname__}"

    @wraps(give)
    def remembered(hub: Hub) -> T:
        found: tuple[T, frozenset[Any]] | None = hub.remembered.get(give)
        if found is None:
            found = hub.remembered[give] = hub.watched(partial(give, hub), name)
        hub.look_at(found[1])
        return found[0]

    return remembered


def per_hub_by_key(give: Callable[[Hub], Mapping[K, V]]) -> Callable[[Hub], Mapping[K, V]]:
    """As ``per_hub``, for a table: where it is noted what is read, each entry is so by itself."""
    whole = per_hub(give)
    name = f"{give.__module__}.{give.__qualname__}"
    BY_KEY[name] = lambda site: whole(site.hub)

    @wraps(give)
    def remembered(hub: Hub) -> Mapping[K, V]:
        if hub.reads is UNWATCHED:
            return whole(hub)
        with hub.reads.apart():
            table = whole(hub)
        return by_key(table, hub.reads, name)

    return remembered


def per_record(give: Callable[[Hub, R], T]) -> Callable[[Hub, R], T]:
    """Make a function of a hub and a record remember its answers, for as long as the hub lives."""
    name = f"{give.__module__}.{give.__qualname__}"

    @wraps(give)
    def remembered(hub: Hub, record: R) -> T:
        answers = hub.remembered.get(give)
        if answers is None:
            answers = hub.remembered[give] = {}
        found = answers.get(id(record))
        if found is None:  # the record is kept too, so that its number is nobody else's
            answer = hub.watched(partial(give, hub, record), name, record.path)
            found = answers[id(record)] = record, *answer
        hub.look_at(found[2])
        return found[1]

    return remembered
