"""What an earlier check has read, kept so that the next one need not read it again.

Everything is found by the digest of the bytes it came from, never by a time, so a cache can be
missing, old or torn and change nothing but the time a check takes. It stands in the user's own
cache folder, not in the repository, where a proposed change could bring results of its own.
"""

import contextlib
import hashlib
import marshal
import os
import re
import sys
import zlib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from npcs.records.findings import Finding, Waived

if TYPE_CHECKING:
    from npcs.records.document import Document
    from npcs.rules.unchanged import Verdicts

_SEAL = 20
_MUCH = 2 << 20
"""In bytes: what is kept of some two thousand files."""
_REPORTS_KEPT = 4
_FILES_KEPT = 32
_PACKAGES = ("charter", "governance", "history", "records", "rules")
_OWN = re.compile(
    r"[0-9a-f]{24}\.(?:reports|documents|verdicts|templates|site(?:-records|-past|-pieces|-since)?)\w{0,16}"
)


class Store:
    """The cache of one repository, by the place it stands in."""

    def __init__(self, root: Path) -> None:
        self._reports = place("reports", root.resolve())
        self._documents = place("documents", root.resolve())
        self._verdicts = place("verdicts", root.resolve())

    def may_answer_soon(self) -> bool:
        """Whether an earlier check may have left its findings, of a hub that is soon read."""
        try:
            return self._reports.exists() and self._documents.stat().st_size < _MUCH
        except OSError:
            return True  # of a few files none are kept

    def report(self, key: bytes) -> tuple[tuple[Finding, ...], tuple[Waived, ...]] | None:
        """The findings of an earlier check of the same records, day and code, and those waived."""
        for known, findings, waived in self._known_reports():
            if known == key:
                return tuple(Finding(*one) for one in findings), tuple(map(_waived, waived))
        return None

    def keep_report(
        self, key: bytes, findings: Iterable[Finding], waived: Iterable[Waived]
    ) -> None:
        """Remember the findings of a check, and forget all but the last few others."""
        others = [one for one in self._known_reports() if one[0] != key]
        new = (key, [tuple(one) for one in findings], [_plain(one) for one in waived])
        write(self._reports, [new, *others][:_REPORTS_KEPT])

    def _known_reports(self) -> list[tuple[bytes, list[Any], list[Any]]]:
        found = read(self._reports)
        return found if isinstance(found, list) else []

    def verdicts(self, basis: bytes) -> "Verdicts":
        """What each rule found in the last check with the same basis: its day and its tags."""
        from npcs.rules.unchanged import Verdict

        found = read(self._verdicts)
        if not isinstance(found, tuple) or found[0] != basis:
            return {}
        return {
            name: Verdict(looked, state, tuple([Finding(*one) for one in its]))
            for name, looked, state, its in found[1]
        }

    def keep_verdicts(self, basis: bytes, verdicts: "Verdicts") -> None:
        """Remember what each rule found, and forget what it found before."""
        plain = [
            (name, one.looked, one.state, [tuple(it) for it in one.findings])
            for name, one in verdicts.items()
        ]
        write(self._verdicts, (basis, plain))

    def documents(self) -> "Mapping[str, Document]":
        """The documents of earlier checks by path."""
        from npcs.rules.entry import all_unpacked

        found = read(self._documents)
        return all_unpacked(found) if isinstance(found, dict) else {}

    def keep_documents(self, documents: "Iterable[Document]") -> None:
        """Remember all documents of a check."""
        from npcs.rules.entry import packed

        write(self._documents, {one.path: packed(one) for one in documents})


def folder() -> Path:
    """Where caches stand: ``NPCS_CACHE_DIR``, or ``npcs`` in the user's cache folder."""
    own = os.environ.get("NPCS_CACHE_DIR")
    if own:
        return Path(own)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "npcs"


def place(what: str, *paths: Path) -> Path:
    """The file that keeps something of what stands at these places."""
    name = hashlib.blake2b("\0".join(map(str, paths)).encode(), digest_size=12).hexdigest()
    return folder() / f"{name}.{what}"


def _plain(one: Waived) -> tuple[Any, ...]:
    until = one.until.toordinal()
    return tuple(one.finding), one.waiver, one.decision, until, one.reason


def _waived(plain: tuple[Any, ...]) -> Waived:
    finding, waiver, decision, until, reason = plain
    return Waived(Finding(*finding), waiver, decision, date.fromordinal(until), reason)


@cache
def code(*more: str) -> bytes:
    """A digest of the program and what it runs on: another program trusts no earlier result.

    ``more`` are packages of the program beside those that a check rests on, with all their files.
    """
    digest = hashlib.blake2b(digest_size=16)
    digest.update(f"{sys.version} {sys.byteorder}".encode())
    package = Path(__file__).parent.parent
    for name in (*_PACKAGES, *more):
        for file in sorted((package / name).rglob("*" if name in more else "*.py")):
            if file.suffix == ".pyc" or not file.is_file():
                continue
            digest.update(f"{file.relative_to(package)}\0".encode() + file.read_bytes())
    for site in sys.path:
        if site.endswith(("site-packages", "dist-packages")):
            with contextlib.suppress(OSError):
                digest.update(f"{site} {os.stat(site).st_mtime_ns}".encode())  # noqa: PTH116
    return digest.digest()


def read(path: Path, program: bytes = b"") -> Any:
    """What a cache file holds, or None where it is missing, torn, or of another program."""
    try:
        raw = path.read_bytes()
    except OSError:
        return None
    seal, payload = raw[:_SEAL], memoryview(raw)[_SEAL:]
    if seal != _seal(payload, program):
        return None
    try:
        return marshal.loads(payload)
    except (EOFError, ValueError, TypeError):
        return None


def write(path: Path, value: Any, program: bytes = b"") -> None:
    """Write a cache file whole or not at all; a cache that cannot be written is none."""
    payload = marshal.dumps(value)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        import tempfile

        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_seal(payload, program))
                file.write(payload)
            os.replace(name, path)  # noqa: PTH105
            _forget(path.parent)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)  # noqa: PTH108
            raise


def _forget(folder: Path) -> None:
    """Remove the caches written longest ago, so that the folder does not grow for ever.

    Nothing is touched but files of the cache's own names: the folder may hold somebody's else.
    """
    own = [file for file in folder.iterdir() if _OWN.fullmatch(file.name) and file.is_file()]
    own.sort(key=lambda file: file.stat().st_mtime_ns, reverse=True)
    for file in own[_FILES_KEPT:]:
        file.unlink(missing_ok=True)


def _seal(payload: bytes | memoryview, program: bytes) -> bytes:
    """What shows that a file is whole and of this program; nobody else writes into the folder."""
    return (program or code()) + zlib.crc32(payload).to_bytes(4, "big")
