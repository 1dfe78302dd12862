"""What is worked out once for a hub and kept as long as the hub lives."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from npcs.records.hub import Hub

T = TypeVar("T")


def per_hub(give: Callable[[Hub], T]) -> Callable[[Hub], T]:
    """Make a function of a hub remember its answer.

    A hub never changes, so neither does the answer. The answer may not hold the hub itself, or
    neither would ever be let go.
    """
    known: WeakKeyDictionary[Hub, T] = WeakKeyDictionary()

    @wraps(give)
    def remembered(hub: Hub) -> T:
        try:
            return known[hub]
        except KeyError:
            answer = known[hub] = give(hub)
            return answer

    return remembered
