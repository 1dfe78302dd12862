"""The records as they stood at commits, each version of a file read once."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from npcs.history.objects import files_in, find, read
from npcs.records.document import Document
from npcs.records.hub import Hub, document
from npcs.records.kinds import kind_of
from npcs.records.tree import digest

TEXT = "charter/charter.md"
PARAMETERS = "charter/parameters.yml"
OFFICES = ("charter/people", "charter/terms")
"""The folders that say who held an office, and with which keys."""

PROCEEDINGS = ("charter/decisions", "charter/meetings", "charter/waivers", "definitions/terms")
"""The folders that say what was decided, who was there, what was waived, and what words meant."""


class Archive:
    """The records of a repository at some of its commits, as far as approvals rest on them.

    ``today`` are the documents of now by path: what has not changed since is not read again.
    ``lacks_objects`` tells that Git did not have all that was asked for: the clone is not whole.
    """

    def __init__(self, root: Path, today: Mapping[str, Document]) -> None:
        self.lacks_objects = False
        self._root = root
        self._today = today
        self._files: dict[str, dict[str, str]] = {}
        self._raw: dict[str, bytes] = {}
        self._documents: dict[tuple[str, str], Document] = {}
        self._hubs: dict[str, Hub] = {}
        self._times: dict[str, int] = {}

    def open(self, commits: Collection[str]) -> None:
        """Look up what some commits hold."""
        folders = (*OFFICES, *PROCEEDINGS)
        names = [
            *commits,
            *(f"{one}^{{tree}}" for one in commits),
            *(f"{one}:{path}" for one in commits for path in (*folders, TEXT, PARAMETERS)),
        ]
        found = find(self._root, names)
        texts = read(
            self._root, (one for one in found.values() if one.kind in ("commit", "tree")), _FOLDER
        )
        trees = {
            one.id: files_in(texts[one.id], one.id)
            for one in found.values()
            if one.kind == "tree" and one.id in texts
        }
        for commit in commits:
            whole = f"{commit}^{{tree}}" in found and commit in found
            if not whole or found[commit].id not in texts:
                self.lacks_objects = True
                continue
            files = {}
            for path in (TEXT, PARAMETERS):
                one = found.get(f"{commit}:{path}")
                if one and one.kind == "blob":
                    files[path] = one.id
            for folder in folders:
                one = found.get(f"{commit}:{folder}")
                inside = trees.get(one.id, {}) if one else {}
                files |= {f"{folder}/{name}": blob for name, blob in inside.items()}
            self._files[commit] = files
            self._times[commit] = _committed(texts[found[commit].id])

    def time(self, commit: str) -> int:
        """When a commit was made, as it says itself, in seconds since 1970."""
        return self._times.get(commit, 0)

    def files(self, commit: str) -> Mapping[str, str]:
        """The ids of a commit's files by path."""
        return self._files.get(commit, {})

    def load(self, blobs: Iterable[str]) -> None:
        """Read what has not been read yet of some files, given by id."""
        wanted = [one for one in dict.fromkeys(blobs) if one not in self._raw]
        found = find(self._root, wanted)
        self._raw |= read(self._root, (one for one in found.values() if one.kind == "blob"))
        self.lacks_objects = self.lacks_objects or len(found) < len(wanted)

    def load_records(self, commit_and_paths: Iterable[tuple[str, Collection[str]]]) -> None:
        """Read who held which office at some commits, and some more files of each."""
        self.load(
            blob
            for commit, paths in commit_and_paths
            for path, blob in self.files(commit).items()
            if path.startswith(OFFICES) or path in (TEXT, PARAMETERS) or path in paths
        )

    def raw(self, commit: str, path: str) -> bytes | None:
        """The bytes of a file at a commit, if they have been read."""
        return self._raw.get(self.files(commit).get(path, ""))

    def document(self, path: str, blob: str) -> Document | None:
        """A version of a record's file; None where it is none, or has not been read."""
        key = path, blob
        if key not in self._documents:
            raw = self._raw.get(blob)
            if raw is None or kind_of(path) is None:
                return None
            known = self._today.get(path)
            is_same = known and known.digest == digest(raw)
            self._documents[key] = known if known and is_same else document(path, raw)
        return self._documents[key]

    def hub(self, commit: str) -> Hub:
        """What has been read of a commit's records, as one."""
        hub = self._hubs.get(commit)
        if hub is None:
            loaded = [item for item in self.files(commit).items() if item[1] in self._raw]
            found = (self.document(*item) for item in sorted(loaded))
            hub = self._hubs[commit] = Hub(one for one in found if one)
        return hub

    def lacks(self, commit: str) -> bool:
        """Whether something of who held which office at a commit could not be read at all."""
        return any(
            blob not in self._raw
            for path, blob in self.files(commit).items()
            if path.startswith(OFFICES) and kind_of(path)
        )


_FOLDER = 20_000_000
"""The most bytes of a folder's list that are read: room for some 300,000 files."""


def _committed(raw: bytes) -> int:
    """The moment in a commit's head."""
    for line in raw.split(b"\n\n", 1)[0].split(b"\n"):
        words = line.split(b" ")
        if words[0] == b"committer" and len(words) > 3 and words[-2].isdigit():
            return int(words[-2])
    return 0
