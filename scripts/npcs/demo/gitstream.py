"""The demo as a Git repository, written in one stream, with the same ids on every machine."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

from npcs.charter.message import Before, approval
from npcs.demo.chronicle import Author, Chronicle, Commit, Version
from npcs.demo.errors import DemoError
from npcs.demo.sshsig import Key
from npcs.history.objects import object_id
from npcs.records.charter import Decision
from npcs.records.document import Document
from npcs.records.hub import Hub, document


def write_repository(root: Path, chronicle: Chronicle, seed: int) -> tuple[int, int]:
    """Make ``root``, which already holds the files, a repository with the history of them.

    Gives the numbers of commits and of tags. Raises ``DemoError`` where Git is missing or fails.
    """
    _git(root, "init", "--quiet", "--template=", "--object-format=sha1", "--initial-branch=main")
    commits = list(chronicle.commits())
    with tempfile.TemporaryDirectory(prefix="npcs-demo-") as folder:
        marks = Path(folder) / "marks"
        _git(
            root, "fast-import", "--quiet", "--date-format=raw", f"--export-marks={marks}",
            given=b"".join(_stream(commits)),
        )  # fmt: skip
        ids = dict(line.split() for line in marks.read_text("ascii").splitlines())
    tags = list(_tags(commits, ids, seed))
    _git(root, "fast-import", "--quiet", "--date-format=raw", given=b"".join(tags))
    _git(root, "read-tree", "HEAD")
    _git(root, "update-index", "-q", "--refresh")
    return len(commits), len(tags)


def _git(root: Path, *words: str, given: bytes | None = None) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CEILING_DIRECTORIES": str(root.parent),
        "LC_ALL": "C",
        "TZ": "UTC",
    }
    command = ["git", "-c", "core.hooksPath=", "-c", "gc.auto=0", *words]
    try:
        done = subprocess.run(
            command, cwd=root, env=environment, input=given, capture_output=True, check=False
        )
    except FileNotFoundError:
        raise DemoError("--git needs Git, and there is no `git` on this machine's path") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise DemoError(f"`git {words[0]}` failed: {said}")


def _timed(commits: list[Commit]) -> Iterator[tuple[Commit, int]]:
    """Each commit with its moment: working hours of its day, a minute or less apart."""
    day: date | None = None
    number = 0
    for one in commits:
        number = number + 1 if one.day == day else 0
        day = one.day
        start = int(datetime.combine(day, time(14), UTC).timestamp())
        yield one, start + 20 * number


def _stream(commits: list[Commit]) -> Iterator[bytes]:
    yield b"feature done\nreset refs/heads/main\n"
    for number, (one, moment) in enumerate(_timed(commits), 1):
        who = _signature(one.author, moment)
        yield f"commit refs/heads/main\nmark :{number}\n".encode()
        yield f"author {who}\ncommitter {who}\n".encode()
        yield _data(f"{one.subject}\n")
        if number > 1:
            yield f"from :{number - 1}\n".encode()
        for path, version in one.files.items():
            yield f"M 100644 inline {path}\n".encode()
            yield _data(version.render())
        yield b"\n"
    yield b"done\n"


def _tags(commits: list[Commit], ids: dict[str, str], seed: int) -> Iterator[bytes]:
    """The tags, each as `npcs charter approve` makes it, from the records of its own commit."""
    before: Before | None = None
    past = _Past({one.tag.decision for one in commits if one.tag})
    for number, (commit, moment) in enumerate(_timed(commits), 1):
        past.add(commit)
        if commit.tag is None:
            continue
        name, by, key = commit.tag
        hub, commit_id = past.hub(), ids[f":{number}"]
        decision = hub.all(Decision)[key]
        tagger = _signature(by, moment + 600)
        message = approval(hub, decision, by.name, commit.day, commit_id, before)
        payload = f"object {commit_id}\ntype commit\ntag {name}\ntagger {tagger}\n\n{message}"
        signature = Key(seed, by.id).sign(payload.encode())
        raw = (payload + signature).encode()
        before = Before(name, object_id("tag", raw, commit_id), commit_id)
        head = f"tag {name}\nfrom {commit_id}\ntagger {tagger}\n".encode()
        yield head + _data(message + signature)


class _Past:
    """What an approval rests on, as far as it has been written down: each version read once."""

    def __init__(self, decisions: set[str]) -> None:
        self._decisions = {f"charter/decisions/{one}.md" for one in decisions}
        self._now: dict[str, Version] = {}
        self._read: dict[str, tuple[Version, Document]] = {}

    def add(self, commit: Commit) -> None:
        """Go on to the next commit."""
        for path, version in commit.files.items():
            if path.startswith(_RESTED_ON) or path in self._decisions:
                self._now[path] = version

    def hub(self) -> Hub:
        """The records as they stand."""
        for path, version in self._now.items():
            known = self._read.get(path)
            if known is None or known[0] is not version:
                self._read[path] = version, document(path, version.render().encode())
        return Hub(one for _, one in self._read.values())


_RESTED_ON = (
    "charter/charter.md", "charter/parameters.yml", "charter/meetings/", "charter/people/",
    "charter/terms/",
)  # fmt: skip


def _signature(author: Author, moment: int) -> str:
    return f"{author.name} <{author.email}> {moment} +0000"


def _data(text: str) -> bytes:
    raw = text.encode()
    return b"data %d\n%b\n" % (len(raw), raw)
