"""What pages read beside the records: Git, files that stand elsewhere, and what is approved."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from npcs.charter.revisions import Revisions
from npcs.history.dates import NONE, FileHistory, History
from npcs.history.keys import Key
from npcs.history.released import releases, set_at
from npcs.publish.approvals import Approvals, approved
from npcs.publish.lookup import Lookup
from npcs.records.datapackage import DataPackage
from npcs.records.hub import Hub
from npcs.records.reads import BY_KEY, ENTRY, Leaf, Noted
from npcs.records.watched import told
from npcs.records.workplan import Measure
from npcs.rules.beside import promised

_APPROVALS = ("approvals",)
_TAGS = ("tags",)
_NEWEST = ("newest",)
_PASTS = ("pasts",)
_PAST = "past"
_EXISTS = "exists"


class Around(Lookup):
    """The records of a hub on a day, and what stands around them; what is read of it is noted."""

    def __init__(
        self,
        hub: Hub,
        as_of: date,
        history: History = NONE,
        root: Path | None = None,
        root_keys: Sequence[Key] = (),
    ) -> None:
        super().__init__(hub, as_of)
        self.root = root
        self.root_keys = tuple(root_keys)
        self._past = history
        self._ask_git = self._asked
        files = Noted(history.files, hub.reads, lambda path: (_PAST, path), _PASTS, _PASTS)
        self.history = History(files, history.newest)

    @property
    def approvals(self) -> Approvals:
        """What is approved of the charter, from its tags."""
        self.hub.reads.now.add(_APPROVALS)
        return self._approvals

    @cached_property
    def _approvals(self) -> Approvals:
        return Approvals(self._git[0], self.hub, self.as_of, self.root)

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Have Git asked for tags and approvals while the block goes on with other things."""
        with promised(self._asked, worth=self.root is not None) as self._ask_git:
            yield

    @cached_property
    def _git(self) -> tuple[Revisions, bytes]:
        return self._ask_git()

    def _asked(self) -> tuple[Revisions, bytes]:
        """What is approved, and what tags there are."""
        tags = repr(self.root and (releases(self.root), set_at(self.root))).encode()
        return approved(self.hub, self.as_of, self.root, self.root_keys), tags

    @property
    def newest(self) -> int | None:
        """The time of the latest commit, in seconds since 1970; None without one."""
        self.hub.reads.now.add(_NEWEST)
        return self._past.newest

    @property
    def repository(self) -> Path | None:
        """Where Git can be asked; whoever asks rests on all its tags and their commits."""
        self.hub.reads.now.add(_TAGS)
        return self.root

    def recorded(self, path: str) -> FileHistory | None:
        """The history of a record's file, and of those that belong to it; None where it has none.

        Where there are several, they are not counted together: a commit may change more than one.
        """
        record, paths = self.hub.record(path), [path]
        if isinstance(record, Measure):
            paths.append(record.table)
        elif isinstance(record, DataPackage):
            folder = path.rpartition("/")[0]
            paths += [one for one in self.hub.companions if one.startswith(f"{folder}/")]
        found = [it for one in paths if (it := self.history.files.get(one))]
        if len(found) < 2:
            return found[0] if found else None
        first = min((one.first for one in found), key=lambda it: it.at)
        return FileHistory(first, max((one.last for one in found), key=lambda it: it.at), 0)

    def is_file(self, name: str) -> bool:
        """Whether there is a file or folder of a name below the root."""
        self.hub.reads.now.add((_EXISTS, name))
        return self._is_file(name)

    def _is_file(self, name: str) -> bool:
        return self.root is not None and not name.startswith("..") and (self.root / name).exists()

    def version(self, leaf: Leaf) -> bytes:
        """What a leaf says now: other bytes where it says anything else."""
        match leaf:
            case ("exists", name):
                return bytes([self._is_file(name)])
            case ("past", path):
                return repr(self._past.files.get(path)).encode()
            case ("pasts",):
                return blake2b(repr(self._past.files).encode()).digest()
            case ("newest",):
                return repr(self._past.newest).encode()
            case ("approvals",):
                return repr(self._git[0]).encode()
            case ("tags",):
                return self._git[1]
        if leaf[0] == ENTRY:
            table = BY_KEY[leaf[1]](self)
            return told(table[leaf[2]]).encode() if leaf[2] in table else b""
        return self.hub.version(leaf)
