"""What was approved, as rules see it: the revisions, and what has changed of the past since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from npcs.charter.archive import PARAMETERS, PROCEEDINGS, TEXT, Archive
from npcs.charter.revisions import Approval, Revisions
from npcs.charter.verify import look
from npcs.history.keys import Key
from npcs.history.objects import object_id
from npcs.history.tags import Seen
from npcs.records.hub import Hub
from npcs.records.kinds import kind_of


class Stood(NamedTuple):
    """Meetings, decisions and definitions as they stood at an approval, changed or gone since."""

    tag: str
    hub: Hub


class Released(NamedTuple):
    """What is followed to an end or kept for ever, as it stood at the last tag; changed since.

    ``day`` is the day of the tag.
    """

    tag: str
    hub: Hub
    day: date


@dataclass(frozen=True)
class Approved:
    """What the tags approve, and all approved versions of what changed since.

    Each version is in ``stood`` once, with the last tag that had it. ``who`` are the records of the
    last signed approval that holds, which say who may approve next. ``text`` is the charter's file
    of now, ``texts`` are those of the revisions that hold, by tag, the earliest first. ``in_git``
    tells whether this is a repository: elsewhere there are no tags to miss.
    """

    revisions: Revisions
    in_git: bool = False
    stood: Sequence[Stood] = ()
    who: Hub | None = None
    text: bytes | None = None
    texts: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether all was there that the tags are judged by; else the next look may find more."""
        return not self.revisions.obstacle


def approved(
    root: Path,
    hub: Hub,
    as_of: date,
    files: Mapping[str, bytes],
    there: Seen | None,
    root_keys: Sequence[Key] = (),
) -> Approved:
    """What was approved by a day, and what has changed since.

    ``there`` are the tags of the repository at ``root``, ``hub`` and ``files`` its records of now:
    the bytes of the files by path.
    """
    revisions, archive = look(root, hub, as_of, there, root_keys)
    sound = revisions.sound
    signed = next((one for one in reversed(sound) if one.key), None)
    return Approved(
        revisions,
        there is not None,
        _changed(archive, sound, files),
        archive.hub(signed.commit) if signed else None,
        files.get(TEXT),
        {one.tag: archive.raw(one.commit, TEXT) or b"" for one in revisions.revisions if one.sound},
    )


def _changed(
    archive: Archive, approvals: Sequence[Approval], files: Mapping[str, bytes]
) -> tuple[Stood, ...]:
    """The approved versions of meetings, decisions, definitions and the like that are no more."""
    kept = (*PROCEEDINGS, PARAMETERS)
    last: dict[tuple[str, str], str] = {}
    today: dict[str, str] = {}
    for one in approvals:
        then = archive.files(one.commit)
        if not today:
            like = next(iter(then.values()), one.commit)
            today = {path: object_id("blob", files[path], like) for path in files
                     if path.startswith(kept)}  # fmt: skip
        for path, blob in then.items() - today.items():
            if path.startswith(kept) and kind_of(path):
                last[path, blob] = one.tag
    archive.load(blob for _, blob in last)
    by_tag: dict[str, list[tuple[str, str]]] = {}
    for version, tag in last.items():
        by_tag.setdefault(tag, []).append(version)
    return tuple(
        Stood(one.tag, Hub(it for each in sorted(by_tag[one.tag])
                           if (it := archive.document(*each))))
        for one in approvals
        if one.tag in by_tag
    )  # fmt: skip
