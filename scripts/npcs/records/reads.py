"""What a piece of work has read: so that it need not be done again where none of that has changed.

A ``Leaf`` names something that can be read: a record, all records of a kind, what refers to one.
Who reads a hub that is watched adds to ``Reads.now``; who keeps a result beside what was read while
it was made can tell whether it still stands. What is derived once and read by many, such as a table
of all terms, is a leaf as well, with its own reads.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Generic, TypeVar, overload

Leaf = tuple[str, ...]
DERIVED, ENTRY = "derived", "entry"
"""The forms of leaves that are derived: by name, and an entry of a table by name and key."""

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")


class Reads:
    """What is being read now, and what everything that was derived has read."""

    def __init__(self) -> None:
        self.now: set[Leaf] = set()
        self.derived: dict[Leaf, frozenset[Leaf]] = {}
        self.values: dict[Leaf, Any] = {}
        self._recall: Callable[[Leaf], Any] = _unknown

    @contextmanager
    def apart(self) -> Iterator[set[Leaf]]:
        """Collect what is read in the block, and there alone."""
        outer, self.now = self.now, set()
        try:
            yield self.now
        finally:
            self.now = outer

    def derive(self, name: Leaf, make: Callable[[], T]) -> T:
        """Make something that is kept and read by its name from then on."""
        with self.apart() as read:
            made = make()
        self.derived[name] = frozenset(read)
        return made

    def kept(self, name: Leaf, make: Callable[[], T]) -> T:
        """As ``derive``, for a plain value that is not None; whoever asks for it has read it."""
        found = self.values.get(name)
        if found is None:
            found = self._recall(name)
            self.values[name] = found = self.derive(name, make) if found is None else found
        self.now.add(name)
        return found

    @contextmanager
    def recalling(self, recall: Callable[[Leaf], Any]) -> Iterator[None]:
        """Ask, in the block, for values that were kept before and would be the same; else None."""
        self._recall = recall
        try:
            yield
        finally:
            self._recall = _unknown


def _unknown(_: Leaf) -> Any:
    return None


class _Nothing(set[Leaf]):
    """A set that stays empty."""

    def add(self, _: Leaf) -> None:
        pass


class _Unwatched(Reads):
    """Nobody asks what was read."""

    def __init__(self) -> None:
        super().__init__()
        self.now = _Nothing()

    @contextmanager
    def apart(self) -> Iterator[set[Leaf]]:
        yield self.now

    def derive(self, _: Leaf, make: Callable[[], T]) -> T:
        return make()

    def kept(self, _: Leaf, make: Callable[[], T]) -> T:
        return make()


UNWATCHED = _Unwatched()


class Noted(Mapping[K, V]):
    """A mapping that notes what is read of it.

    ``each`` names the leaf of an entry by its key; ``every`` is the leaf of all entries, ``names``
    that of the keys alone.
    """

    def __init__(
        self,
        inside: Mapping[K, V],
        reads: Reads,
        each: Callable[[K], Leaf],
        every: Leaf,
        names: Leaf,
    ) -> None:
        self._inside = inside
        self._reads = reads
        self._each = each
        self._every = every
        self._names = names

    def __getitem__(self, key: K) -> V:
        self._reads.now.add(self._each(key))
        return self._inside[key]

    @overload
    def get(self, key: K) -> V | None: ...
    @overload
    def get(self, key: K, default: V | T) -> V | T: ...
    def get(self, key: K, default: Any = None) -> Any:
        """The entry of a key, or the default."""
        self._reads.now.add(self._each(key))
        return self._inside.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._reads.now.add(self._each(key))  # type: ignore[arg-type]
        return key in self._inside

    def __iter__(self) -> Iterator[K]:
        self._reads.now.add(self._names)
        return iter(self._inside)

    def __len__(self) -> int:
        self._reads.now.add(self._names)
        return len(self._inside)

    def keys(self) -> Any:
        """The keys."""
        self._reads.now.add(self._names)
        return self._inside.keys()

    def values(self) -> Any:
        """The entries."""
        self._reads.now.add(self._every)
        return self._inside.values()

    def items(self) -> Any:
        """The keys with their entries."""
        self._reads.now.add(self._every)
        return self._inside.items()


BY_KEY: dict[str, Callable[[Any], Mapping[Any, Any]]] = {}
"""The tables that are read by key, by name: of a site each gives the whole of it."""


def by_key(table: Mapping[K, V], reads: Reads, name: str) -> Mapping[K, V]:
    """A derived table of which each entry is read by itself: others may change and it does not."""
    whole = (DERIVED, name)
    return Noted(table, reads, lambda key: (ENTRY, name, key), whole, whole)  # type: ignore[arg-type,return-value]


class noted(Generic[T]):  # noqa: N801 - used as ``cached_property`` is
    """A property that is worked out once, of an object that has a hub as its ``hub``.

    Whoever asks for it has read it, also where somebody else had it worked out before.
    """

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work = work
        self._leaf = (DERIVED, f"{work.__module__}.{work.__qualname__}")
        self._name = f"_noted_{work.__name__}"
        self.__doc__ = work.__doc__

    @overload
    def __get__(self, one: None, owner: Any = None) -> "noted[T]": ...
    @overload
    def __get__(self, one: object, owner: Any = None) -> T: ...
    def __get__(self, one: Any, owner: Any = None) -> "noted[T] | T":
        if one is None:
            return self
        kept = one.__dict__
        reads = one.hub.reads
        if self._name not in kept:
            kept[self._name] = reads.derive(self._leaf, lambda: self._work(one))
        reads.now.add(self._leaf)
        found: T = kept[self._name]
        return found


class noted_by_key(Generic[K, V]):  # noqa: N801 - used as ``cached_property`` is
    """As ``noted``, for a table: whoever looks up one entry has read that entry alone."""

    def __init__(self, work: Callable[[Any], Mapping[K, V]]) -> None:
        self._work = work
        self._leaf = (DERIVED, f"{work.__module__}.{work.__qualname__}")
        self._name = f"_noted_{work.__name__}"
        self.__doc__ = work.__doc__
        BY_KEY[self._leaf[1]] = self.whole

    def whole(self, one: Any) -> Mapping[K, V]:
        """The table; nothing is noted but what it rests on itself."""
        kept = one.__dict__
        if self._name not in kept:
            kept[self._name] = one.hub.reads.derive(self._leaf, lambda: self._work(one))
        found: Mapping[K, V] = kept[self._name]
        return found

    @overload
    def __get__(self, one: None, owner: Any = None) -> "noted_by_key[K, V]": ...
    @overload
    def __get__(self, one: object, owner: Any = None) -> Mapping[K, V]: ...
    def __get__(self, one: Any, owner: Any = None) -> "noted_by_key[K, V] | Mapping[K, V]":
        if one is None:
            return self
        return by_key(self.whole(one), one.hub.reads, self._leaf[1])


class noted_by_value(Generic[T]):  # noqa: N801 - used as ``cached_property`` is
    """As ``noted``, for what often is what it was although what it rests on has changed.

    Whoever asks for it rests on what it says, which ``told`` must be able to tell. Where it belongs
    to an object that is not the site itself, that has a function ``of`` which finds it.
    """

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work = work
        self._name = f"{work.__module__}.{work.__qualname__}"
        self._kept = f"_noted_{work.__name__}"
        self.__doc__ = work.__doc__

    def __set_name__(self, owner: Any, _: str) -> None:
        BY_KEY[self._name] = lambda site: {
            "": self._value(site if isinstance(site, owner) else owner.of(site))
        }

    def _value(self, one: Any) -> T:
        kept = one.__dict__
        if self._kept not in kept:
            leaf = (DERIVED, self._name)
            kept[self._kept] = one.hub.reads.derive(leaf, lambda: self._work(one))
        found: T = kept[self._kept]
        return found

    @overload
    def __get__(self, one: None, owner: Any = None) -> "noted_by_value[T]": ...
    @overload
    def __get__(self, one: object, owner: Any = None) -> T: ...
    def __get__(self, one: Any, owner: Any = None) -> "noted_by_value[T] | T":
        if one is None:
            return self
        one.hub.reads.now.add((ENTRY, self._name, ""))
        return self._value(one)
