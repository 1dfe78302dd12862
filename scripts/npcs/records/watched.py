"""A hub that knows what is read of it, and by what a change of that can be told."""

import marshal
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction
from hashlib import blake2b
from typing import Any

from npcs.records.document import Document, Reference
from npcs.records.hub import Hub, R, T, typed
from npcs.records.kinds import KINDS
from npcs.records.reads import DERIVED, Leaf, Noted, Reads
from npcs.records.record import Part, Record
from npcs.records.tree import Stray

ALL = ("all",)
PATHS = ("paths",)
COMPANIONS = ("companions",)
BROKEN = ("broken",)
UNREAD = ("unread",)
PROVISIONS = ("provisions",)


class WatchedHub(Hub):
    """The records of another hub; each that is read is noted in ``reads``."""

    def __init__(self, plain: Hub) -> None:
        self._plain = plain
        self.reads = reads = Reads()
        self.remembered = {}
        self._typed: dict[str, Mapping[str, Any]] = {}
        self._documents = Noted(plain.documents, reads, lambda path: ("file", path), ALL, PATHS)
        self._companions = Noted(
            plain.companions, reads, lambda path: ("file", path), COMPANIONS, COMPANIONS
        )
        self._kinds = {kind: self._watched(kind, plain.by_kind[kind]) for kind in KINDS}

    def watched(self, ask: Callable[[], T], *name: str) -> tuple[T, frozenset[Any]]:
        """What a function gives, and the leaf that stands for all it read to find it."""
        leaf = (DERIVED, *name)
        return self.reads.derive(leaf, ask), frozenset({leaf})

    def look_at(self, kinds: Collection[Any]) -> None:
        """Note what was read by whoever remembers what it says."""
        self.reads.now.update(kinds)

    @property
    def documents(self) -> Mapping[str, Document]:
        """The files of records, by path."""
        return self._documents

    @property
    def companions(self) -> Mapping[str, Document]:
        """The files that stand among the records without being one, by path."""
        return self._companions

    def document(self, path: str) -> Document | None:
        """The file of a record at a path."""
        return self.documents.get(path)

    def _watched(self, kind: str, inside: Mapping[str, Any]) -> Noted[str, Any]:
        return Noted(
            inside, self.reads, lambda key: ("record", kind, key), ("kind", kind), ("keys", kind)
        )

    @property
    def plain(self) -> Hub:
        """The hub that is watched; what is read of it is not noted."""
        return self._plain

    @property
    def strays(self) -> tuple[Stray, ...]:  # type: ignore[override]
        """What is among the records and is none."""
        self.reads.now.add(UNREAD)
        return self._plain.strays

    @property
    def by_kind(self) -> Mapping[str, Mapping[str, Document]]:
        """The documents of each kind by id."""
        return self._kinds

    def all(self, model: type[R]) -> Mapping[str, R]:
        """The records of a kind that fit it, each made when it is first asked for."""
        found = self._typed.get(model.kind)
        if found is None:
            found = self._watched(model.kind, _Typed(model, self._plain.by_kind[model.kind]))
            self._typed[model.kind] = found
        return found

    def get(self, model: type[R], key: str | None) -> R | None:
        """The record of a kind with an id, or None where there is none that fits its kind."""
        return self.all(model).get(key) if key else None

    def giving(self, model: type[R], field: str) -> Iterator[R]:
        """The records of a kind whose files have a field, whatever stands in it."""
        self.reads.now.add(("kind", model.kind))
        return self._plain.giving(model, field)

    def exists(self, kind: str, key: str) -> bool:
        """Whether there is a file for this record, be it valid or not; provisions count as well."""
        return key in (self.provisions if kind == "provision" else self.by_kind[kind])

    def unread(self, *models: type[Record]) -> tuple[str, ...]:
        """The files that cannot be read as records of these kinds."""
        self.reads.now.add(UNREAD)
        return self._plain.unread(*models)

    @property
    def by_id(self) -> Mapping[str, Document]:
        """The first document with each id, whatever its kind."""
        return Noted(self._plain.by_id, self.reads, lambda key: ("id", key), ALL, PATHS)

    @property
    def provisions(self) -> Mapping[str, str]:
        """The anchor of each provision."""
        self.reads.now.add(PROVISIONS)
        return self._plain.provisions

    @property
    def broken(self) -> tuple[tuple[Document, Reference], ...]:
        """The references that lead nowhere."""
        self.reads.now.add(BROKEN)
        return self._plain.broken

    @property
    def referrers(self) -> Any:
        """What refers to a record; whoever asks has read the records that do."""
        return Noted(self._plain.referrers, self.reads, lambda key: ("referring", *key), ALL, ALL)

    def version(self, leaf: Leaf) -> bytes:
        """What a leaf of this hub says now: other bytes where it says anything else."""
        return _VERSIONS[leaf[0]](self._plain, *leaf[1:])


class _Typed(Mapping[str, R]):
    """The valid records of a kind, each made when it is first asked for."""

    def __init__(self, model: type[R], documents: Mapping[str, Document]) -> None:
        self._model = model
        self._documents = {key: one for key, one in documents.items() if one.valid}
        self._made: dict[str, R] = {}
        self._whole: dict[str, R] | None = None

    def __getitem__(self, key: str) -> R:
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = typed(self._model, self._documents[key])
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)

    def __contains__(self, key: object) -> bool:
        return key in self._documents

    def _every(self) -> dict[str, R]:
        if self._whole is None:
            self._whole = {key: self[key] for key in self._documents}
        return self._whole

    def values(self) -> Any:
        return self._every().values()

    def items(self) -> Any:
        return self._every().items()


def told(value: Any) -> str:
    """A value in words that are others where anything of it is; a record stands for its file.

    Raises ``TypeError`` for a value of which that cannot be said.
    """
    if isinstance(value, Record):
        value = value._document
    if isinstance(value, Document):
        return f"{value.path} {value.digest.hex()}"
    if isinstance(value, str | int | bytes | date | Fraction | None):
        return repr(value)
    if isinstance(value, Mapping):
        return f"{{{','.join(f'{told(key)}:{told(one)}' for key, one in value.items())}}}"
    if is_dataclass(value):
        return f"{type(value).__name__}{told([getattr(value, it.name) for it in fields(value)])}"
    if isinstance(value, Part):
        return f"{type(value).__name__}{told([getattr(value, it) for it in value.__dict__])}"
    if isinstance(value, frozenset | set):
        return f"<{','.join(sorted(map(told, value)))}>"
    if isinstance(value, tuple | list):
        return f"({','.join(map(told, value))})"
    raise TypeError(f"what a {type(value).__name__} says cannot be told")


def _of(one: Document | None) -> bytes:
    return one.digest + one.path.encode() if one else b""


def _file(hub: Hub, path: str) -> bytes:
    return _of(hub.documents.get(path) or hub.companions.get(path))


def _sum(parts: Any) -> bytes:
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(4, "big") + part)
    return digest.digest()


def _references(found: Iterable[tuple[Document, Reference]]) -> bytes:
    return _sum(part for one, where in found for part in (_of(one), marshal.dumps(tuple(where), 2)))


def _every(hub: Hub) -> bytes:
    tables = (hub.documents, hub.companions)
    return _sum(_of(one) for table in tables for one in table.values())


def _paths(hub: Hub) -> bytes:
    return _sum(path.encode() for table in (hub.documents, hub.companions) for path in table)


def _unread(hub: Hub) -> bytes:
    invalid = [path for path, one in hub.documents.items() if not one.valid]
    return repr((hub.strays, invalid)).encode()


_VERSIONS: Mapping[str, Callable[..., bytes]] = {
    "record": lambda hub, kind, key: _of(hub.by_kind[kind].get(key)),
    "file": _file,
    "kind": lambda hub, kind: _sum(_of(one) for one in hub.by_kind[kind].values()),
    "keys": lambda hub, kind: _sum(key.encode() for key in hub.by_kind[kind]),
    "referring": lambda hub, kind, key: _references(hub.referrers.get((kind, key), ())),
    "broken": lambda hub: _references(hub.broken),
    "all": _every,
    "companions": lambda hub: _sum(_of(one) for one in hub.companions.values()),
    "paths": _paths,
    "id": lambda hub, key: _of(hub.by_id.get(key)),
    "unread": _unread,
    "provisions": lambda hub: repr([*hub.provisions.items()]).encode(),
}
"""How each form of leaf is told to have changed."""
