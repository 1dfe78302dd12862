"""All records of a repository, indexed, with what refers to what."""

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from npcs.records.document import Document, Reference
from npcs.records.fields import ANY
from npcs.records.kinds import FILE, FOLDERS, KINDS, Kind, kind_of
from npcs.records.reading import read, read_loose
from npcs.records.reads import UNWATCHED, Leaf, Reads
from npcs.records.record import Record
from npcs.records.tree import Stray, read_file, walk

R = TypeVar("R", bound=Record)
T = TypeVar("T")

EVERYTHING = "*"
"""What stands for all files where the kinds are named that something rests on."""


class Hub:
    """The partnership's records, as they stand at one moment. It never changes.

    A record that does not fit its kind is known by its file and id, so that references to it still
    resolve, and is left out of everything that judges its fields.
    """

    reads: Reads = UNWATCHED
    """What is read of it, where somebody asks for that more closely than by kind."""

    remembered: dict[Any, Any]
    """What was worked out of it once, by the function that did."""

    def __init__(self, documents: Iterable[Document], strays: Iterable[Stray] = ()) -> None:
        every = tuple(documents)
        self._documents: Mapping[str, Document] = {
            one.path: one for one in every if one.kind is not FILE
        }
        self._companions: Mapping[str, Document] = {
            one.path: one for one in every if one.kind is FILE
        }
        self.strays: tuple[Stray, ...] = tuple(strays)
        self._records: dict[str, dict[str, Record]] = {}
        self._unread: dict[str, tuple[str, ...]] = {}
        self._looked: set[str] = set()
        self.remembered = {}

    @classmethod
    def read(
        cls, root: Path, reader: Callable[[Path, str], Document | Stray] | None = None
    ) -> "Hub":
        """The records below a folder, read from their files.

        ``reader`` gives what a file below the folder holds; without it every file is opened.
        """
        reader = reader or read_document
        tree = walk(root)
        documents = []
        for path in (*tree.records, *tree.companions):
            one = reader(root, path)
            if isinstance(one, Stray):
                tree.strays.append(one)
            else:
                documents.append(one)
        return cls(documents, tree.strays)

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> "Hub":
        """A hub made of texts by path, without any file."""
        return cls(document(path, text.encode()) for path, text in sorted(texts.items()))

    @property
    def plain(self) -> "Hub":
        """The hub itself: see ``WatchedHub``, which notes more of what is read."""
        return self

    def version(self, leaf: Leaf) -> bytes:
        """What a leaf says now; of a hub that is watched alone."""
        raise NotImplementedError

    def watched(self, ask: Callable[[], T], *_name: str) -> tuple[T, frozenset[Any]]:
        """What a function gives, and the names of the kinds of record it looked at to find it.

        As long as no file of these kinds changes, nor what else it knows, it gives the same.
        ``EVERYTHING`` among them stands for all files.
        """
        before, self._looked = self._looked, set()
        try:
            return ask(), frozenset(self._looked)
        finally:
            self._looked |= before

    def look_at(self, kinds: Collection[Any]) -> None:
        """Note that kinds of record were looked at, if only by whoever remembers what they say."""
        self._looked.update(kinds)

    @property
    def documents(self) -> Mapping[str, Document]:
        """The files of records, by path."""
        self._looked.add(EVERYTHING)
        return self._documents

    @property
    def companions(self) -> Mapping[str, Document]:
        """The files that stand among the records without being one, by path."""
        self._looked.add(EVERYTHING)
        return self._companions

    @property
    def by_kind(self) -> Mapping[str, Mapping[str, Document]]:
        """The documents of each kind by id; of two with one id, the first by path."""
        return _Watched(self._by_kind, self._looked)

    @cached_property
    def _by_kind(self) -> Mapping[str, Mapping[str, Document]]:
        table: dict[str, dict[str, Document]] = {name: {} for name in KINDS}
        for one in self._documents.values():
            table[one.kind.name].setdefault(one.id, one)
        return table

    @property
    def by_id(self) -> Mapping[str, Document]:
        """The first document with each id, whatever its kind."""
        self._looked.add(EVERYTHING)
        return self._by_id

    @cached_property
    def _by_id(self) -> Mapping[str, Document]:
        table: dict[str, Document] = {}
        for one in self._documents.values():
            table.setdefault(one.id, one)
        return table

    def all(self, model: type[R]) -> Mapping[str, R]:
        """The records of a kind that fit it, by id, in the order of their files."""
        kind = model.kind
        self._looked.add(kind)
        records = self._records.get(kind)
        if records is None:
            records = self._records[kind] = {
                key: typed(model, one) for key, one in self._by_kind[kind].items() if one.valid
            }
        return records  # type: ignore[return-value]

    def get(self, model: type[R], key: str | None) -> R | None:
        """The record of a kind with an id, or None where there is none that fits its kind."""
        if not key:
            return None
        kind = model.kind
        self._looked.add(kind)
        records = self._records.get(kind)
        if records is not None:
            return records.get(key)  # type: ignore[return-value]
        one = self._by_kind[kind].get(key)
        return typed(model, one) if one and one.valid else None

    def giving(self, model: type[R], field: str) -> Iterator[R]:
        """The records of a kind whose files have a field, whatever stands in it.

        Only these are brought into their types: of thousands of records it may be a few.
        """
        self._looked.add(model.kind)
        sign = field.encode()
        for one in self._by_kind[model.kind].values():
            if not one.valid:
                continue
            if one.record:
                given = field in one.record.model_fields_set
            else:
                given = sign in one.packed and field in one.content().data
            if given:
                yield typed(model, one)

    def unread(self, *models: type[Record]) -> tuple[str, ...]:
        """The files that hold, or seem to hold, records of these kinds and cannot be read as such.

        Where there are any, what is counted of these kinds may lack something.
        """
        return tuple(path for model in models for path in self._unread_of(model.kind))

    def _unread_of(self, name: str) -> tuple[str, ...]:
        self._looked.add(name)
        found = self._unread.get(name)
        if found is None:
            kind = KINDS[name]
            invalid = [one.path for one in self._documents.values()
                       if one.kind is kind and not one.valid]  # fmt: skip
            strays = [one.path for one in self.strays if _may_be(one, kind)]
            found = self._unread[name] = tuple(sorted([*invalid, *strays]))
        return found

    def record(self, path: str) -> Record | None:
        """The record in a file, or None where the file holds none that fits its kind."""
        one = self.document(path)
        return self.get(one.kind.model, one.id) if one else None

    def document(self, path: str) -> Document | None:
        """The file of a record at a path, or None where no record could stand or none does."""
        found = kind_of(path)
        if found is None:
            return None
        self._looked.add(found[0].name)
        return self._documents.get(path)

    def exists(self, kind: str, key: str) -> bool:
        """Whether there is a file for this record, be it valid or not; provisions count as well."""
        if kind == "provision":
            return key in self.provisions
        self._looked.add(kind)
        return key in self._by_kind[kind]

    @property
    def provisions(self) -> Mapping[str, str]:
        """The anchor in the charter's text of each provision, by its id: ``CHR-3`` at ``chr-3``."""
        self._looked.add("charter")
        return self._provisions

    @cached_property
    def _provisions(self) -> Mapping[str, str]:
        charter = self._documents.get("charter/charter.md")
        return (
            {name.upper(): name for name in charter.anchors if _is_provision(name)}
            if charter
            else {}
        )

    @property
    def broken(self) -> tuple[tuple[Document, Reference], ...]:
        """The references that lead nowhere, and the documents they stand in."""
        self._looked.add(EVERYTHING)
        return self._resolved[1]

    @property
    def referrers(self) -> Mapping[tuple[str, str], tuple[tuple[Document, Reference], ...]]:
        """What refers to a record, by the record's kind and id: the documents and the places."""
        self._looked.add(EVERYTHING)
        return self._resolved[0]

    @cached_property
    def _resolved(
        self,
    ) -> tuple[
        Mapping[tuple[str, str], tuple[tuple[Document, Reference], ...]],
        tuple[tuple[Document, Reference], ...],
    ]:
        """Every reference, put to what it leads to or to those that lead nowhere, in one pass."""
        known: Mapping[str, Container[str]] = {**self._by_kind, "provision": self._provisions}
        found: dict[tuple[str, str], list[tuple[Document, Reference]]] = {}
        broken: list[tuple[Document, Reference]] = []
        for one in self._documents.values():
            for reference in one.references:
                key = reference.id
                for kind in known if reference.kinds[0] == ANY else reference.kinds:
                    if key in known[kind]:
                        target = found.get((kind, key))
                        if target is None:
                            target = found[kind, key] = []
                        target.append((one, reference))
                        break
                else:
                    broken.append((one, reference))
        return {key: tuple(those) for key, those in found.items()}, tuple(broken)


class _Watched(Mapping[str, Mapping[str, Document]]):
    """The documents of each kind, which notes what kinds are looked at."""

    def __init__(self, table: Mapping[str, Mapping[str, Document]], looked: set[str]) -> None:
        self._table, self._looked = table, looked

    def __getitem__(self, kind: str) -> Mapping[str, Document]:
        self._looked.add(kind)
        return self._table[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


def read_document(root: Path, path: str) -> Document | Stray:
    """The document in a file below a folder, or why there is none."""
    raw = read_file(root, path)
    return raw if isinstance(raw, Stray) else document(path, raw)


def document(path: str, raw: bytes, mark: bytes = b"") -> Document:
    """The document in the bytes of a file, be it a record or one that may stand among them.

    ``mark`` is the digest of the bytes, where it is known.
    """
    found = kind_of(path)
    if found is None:
        return read_loose(path, raw, mark)
    kind, key = found
    return read(path, raw, kind, key, mark)


def typed(model: type[R], one: Document) -> R:
    """The record in a document that is valid."""
    record = one.record
    if not isinstance(record, model):
        record = model.model_validate(one.content().data)
        one.hold(record)
    return record


def _may_be(stray: Stray, kind: Kind) -> bool:
    """Whether something that is no record may have been meant as one of a kind."""
    path = stray.path.lower()
    if f"{kind.folder}/".startswith(f"{path}/"):
        return True
    if "(?P<id>" not in kind.pattern.rpartition("/")[2] or kind.folder in FOLDERS:
        return path.rpartition(".")[0] == kind.example.rpartition(".")[0].lower()
    written = path.endswith((".yml", ".yaml", ".md"))
    return path.startswith(f"{kind.folder}/") and (written or stray.rule == "unreadable-file")


def _is_provision(anchor: str) -> bool:
    letters, _, number = anchor.partition("-")
    return len(letters) == 3 and letters.isalpha() and number.isdigit()
