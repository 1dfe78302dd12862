"""Running the rules: from a folder and a day to a report."""

import gc
import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from npcs.records.findings import Finding
from npcs.rules import cache
from npcs.rules.gather import Gathered, gather
from npcs.rules.report import Report, hidden_lines

if TYPE_CHECKING:
    from npcs.charter.approved import Approved, Released
    from npcs.history.earlier import Past
    from npcs.history.keys import Key
    from npcs.history.released import Release
    from npcs.history.tags import Seen
    from npcs.records.hub import Hub
    from npcs.rules.unchanged import Verdicts


MEASURES = "workplan/measures/"
"""The folder of the outcome measures and their figures."""


def check(
    root: Path,
    as_of: date,
    *,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    paths: Collection[str] = (),
    cached: bool = True,
    root_keys: "Sequence[Key]" = (),
) -> Report:
    """Check all records below ``root`` as of a day.

    ``select`` and ``ignore`` name rules; ``paths`` limits the findings, not the reading, to files
    and folders given from the root. With ``cached`` what was read before is kept outside the
    repository and used again where the bytes are the same. ``root_keys`` are the keys with which
    the chain of the charter's approvals may begin. Raises ``NotADirectoryError`` where
    the root cannot be listed.
    """
    with _no_garbage_collection():
        report = _check(root, as_of, cached, root_keys)

    def chosen(rule: str) -> bool:
        return (not select or rule in select) and rule not in ignore

    def shown(one: Finding) -> bool:
        within = not paths or any(_inside(one.path, path) for path in paths)
        return within and chosen(one.rule)

    return replace(
        report,
        hidden=hidden_lines(report.findings),
        findings=tuple(one for one in report.findings if shown(one)),
        waived=tuple(one for one in report.waived if shown(one.finding)),
        crashes=tuple(one for one in report.crashes if chosen(one.rule)),
    )


def _inside(path: str, folder: str) -> bool:
    folder = folder.rstrip("/")
    return folder in ("", ".") or path == folder or path.startswith(f"{folder}/")


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Looking for circles among a million objects takes seconds, and a check soon ends anyway."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _check(root: Path, as_of: date, cached: bool, root_keys: "Sequence[Key]") -> Report:
    from npcs.history.earlier import head
    from npcs.history.released import last_release
    from npcs.history.tags import seen

    store = cache.Store(root) if cached else None
    gathered = gather(root, None if store and store.may_answer_soon() else _loading())
    tags = seen(root), last_release(root)
    basis = key = b""
    if store:
        now = head(root) if _is_measured(gathered) else ""
        basis = repr((as_of, gathered.strays, tags, root_keys, now)).encode()
        key = _fingerprint(gathered, basis)
        known = store.report(key)
        if known is not None:
            return Report(str(root), as_of, known[0], (), gathered.records, known[1])
    report, whole, verdicts = _judge(root, as_of, gathered, tags, store, root_keys, basis)
    if store and whole and not report.crashes:
        store.keep_report(key, report.findings, report.waived)
        store.keep_verdicts(basis, verdicts)
    return report


def _loading() -> Iterator[None]:
    """Load the rules and all they rest on, which takes as long as to open ten thousand files.

    It goes in steps, since nobody needs them where an earlier check has found all there is to tell;
    of a hub that is soon read they are then not loaded ahead at all.
    """
    for name in (
        "pydantic.main", "npcs.records.hub", "npcs.charter.approved", "npcs.rules.charter",
        "npcs.rules.run",
    ):  # fmt: skip
        import_module(name)
        yield


def _is_measured(gathered: Gathered) -> bool:
    """Whether there are measures: then there may have been figures, if there are none today."""
    return any(path.startswith(MEASURES) for path in gathered.files)


def _past(root: Path, gathered: Gathered) -> "Past":
    """The earlier texts of the tables of figures, also of those that are gone."""
    from npcs.history.earlier import NO_PAST, past

    if not _is_measured(gathered):
        return NO_PAST
    files = {path: gathered.files[path] for path in gathered.files if path.startswith(MEASURES)}
    measures = {
        f"{path.removesuffix('.yml')}.csv": path
        for path, raw in files.items()
        if path.endswith(".yml") and b"population" in raw
    }
    return past(root, MEASURES, files, beside=measures)


def _fingerprint(gathered: Gathered, basis: bytes) -> bytes:
    """A digest of everything a report rests on: files and strays, the day, the tags and keys."""
    found = hashlib.blake2b("\0".join(gathered.digests).encode(), digest_size=32)
    found.update(b"".join(gathered.digests.values()))  # each has the same length
    found.update(basis)
    return found.digest()


def _judge(
    root: Path,
    as_of: date,
    gathered: Gathered,
    tags: "tuple[Seen | None, Release | None]",
    store: "cache.Store | None",
    root_keys: "Sequence[Key]",
    basis: bytes,
) -> "tuple[Report, bool, Verdicts]":
    """What is to be told, whether all that it rests on was there, and what each rule said."""
    from npcs.records.hub import Hub
    from npcs.rules.run import read_documents, run
    from npcs.rules.waivers import waive

    with read_documents(gathered, store) as (documents, crashes):
        hub = Hub(documents, gathered.strays)
        before = _approved(root, as_of, hub, gathered.files, tags[0], root_keys)
        released = _released(root, tags[1], gathered.files)
        earlier = _past(root, gathered)
        known = store.verdicts(basis) if store else None
        found, more, verdicts = run(hub, as_of, before, released, earlier, known)
        findings, waived = waive(sorted(found, key=_order), hub, as_of)
    crashes = (*crashes, *more)
    report = Report(
        str(root), as_of, tuple(findings), crashes, gathered.records, tuple(waived), hub
    )
    return report, earlier.seen and (before is None or before.complete), verdicts


def _approved(
    root: Path,
    as_of: date,
    hub: "Hub",
    files: Mapping[str, bytes],
    tagged: "Seen | None",
    root_keys: "Sequence[Key]",
) -> "Approved | None":
    """What the charter's tags approve; None where there are none, and none are missed."""
    from npcs.records.charter import Decision

    adopted = any(hub.giving(Decision, "charter"))
    if not adopted and not (tagged and tagged.tags):
        return None
    from npcs.charter.approved import approved

    return approved(root, hub, as_of, files, tagged, root_keys)


def _released(
    root: Path, release: "Release | None", files: Mapping[str, bytes]
) -> "Released | None":
    """The notices, open work, and files of the data set, that were otherwise at the last tag."""
    if release is None:
        return None
    from npcs.charter.approved import Released
    from npcs.history.released import changed_since
    from npcs.records.datapackage import FOLDER
    from npcs.records.hub import Hub, document

    folders = ("notices", FOLDER, *_WORK)
    then = changed_since(root, release, folders, files, (".md", ".yaml", ".csv"))
    hub = Hub(document(path, raw) for path, raw in sorted(then.items()))
    return Released(release.tag, hub, release.day)


_WORK = ("charter/recommendations", "workplan/activities", "workplan/opportunities")
"""The folders of what is followed to an end."""


def _order(one: Finding) -> tuple[str, int, int, str, str, str, str]:
    return one.path, one.line, one.column, one.rule, one.message, one.severity, one.hint
