"""Which text of the charter is meant: that of a version, of a day, or the one in the folder."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from npcs.charter.archive import TEXT
from npcs.charter.digest import as_stored, digest, fits
from npcs.charter.revisions import Revision, Revisions, text_at
from npcs.charter.verify import look
from npcs.governance.dates import day_in_words
from npcs.governance.standing import holds
from npcs.governance.tally import decision_day, tally
from npcs.history.keys import Key
from npcs.history.tags import seen
from npcs.publish import pdf
from npcs.publish.pdf import About
from npcs.records.charter import Charter, Decision
from npcs.records.hub import Hub, document
from npcs.records.tree import read_file

_VERSION = re.compile(r"(?:charter-)?v?(\d{1,4}\.\d{1,4})", re.ASCII)

ROOT_KEY = (
    "To have it verified, name the key that approvals begin with: --root-key FILE. The README says "
    "which one it is."
)


class Chosen(NamedTuple):
    """The bytes of a text as Git keeps them, and what is to be said of it.

    ``hint`` says what who asked can do to learn more; it is no part of what is shown.
    """

    raw: bytes
    about: About
    hint: str = ""


def chosen(
    root: Path, version: str | None, on: date | None, as_of: date, root_keys: Sequence[Key]
) -> Chosen:
    """The text of a version, else the one in force on a day, else the one in the folder.

    What is approved is judged as of a day, from the root keys on. Raises ``UsageError``, in words
    for who asked, where there is no such text.
    """
    hub = Hub.read(root)
    known, _ = look(root, hub, as_of, seen(root), root_keys)
    if version:
        return _of_version(root, hub, known, version)
    if on:
        return _in_force(root, hub, as_of, known, on)
    return _here(root, hub, as_of, known)


def _of_version(root: Path, hub: Hub, known: Revisions, version: str) -> Chosen:
    found = _VERSION.fullmatch(version)
    if not found:
        raise click.UsageError(f"“{version}” is not a version: write it as in 2.0")
    # Where two tags claim a version, the one that holds.
    named = sorted((one for one in known.revisions if one.version == found[1]), key=_sound)
    if named:
        return _approved(root, hub, named[-1])
    if known.obstacle:
        raise click.UsageError(_untold(known))
    there = ", ".join(one.version for one in known.revisions if one.sound)
    raise click.UsageError(
        f"no tag approves a version {found[1]}; "
        + (f"approved are {there}" if there else "no version is approved yet")
        + ". `npcs charter show` alone shows the text as it stands in the folder"
    )


def _in_force(root: Path, hub: Hub, as_of: date, known: Revisions, on: date) -> Chosen:
    in_force = [one for one in known.revisions if one.sound and one.effective <= on]
    if in_force:
        last = max(one.effective for one in in_force)
        return _approved(root, hub, [one for one in in_force if one.effective == last][-1])
    if known.obstacle:
        raise click.UsageError(_untold(known))
    here = _here(root, hub, as_of, known)
    if not known.revisions and here.about.effective and here.about.effective <= on:
        return here
    first = min((one.effective for one in known.revisions if one.sound), default=None)
    raise click.UsageError(
        f"no approved text was in force on {day_in_words(on)}: "
        + (f"the first holds from {day_in_words(first)}" if first else "none is approved yet")
    )


def _approved(root: Path, hub: Hub, revision: Revision) -> Chosen:
    try:
        raw = text_at(root, revision)
    except LookupError as error:
        raise click.UsageError(f"{error}; clone the repository anew, whole") from None
    title, version = _titled(raw)
    if not fits(raw, revision.digest):
        sentence = f"No decision adopted this text. {revision.sentence}."
        return Chosen(raw, About(title, version, "proposed", digest(raw), sentence))
    how = _how(hub, hub.get(Decision, revision.decision), revision.adopted)
    hint = ROOT_KEY if revision.state == "no root key" else ""
    return Chosen(raw, pdf.about(revision, title, how), hint)


def _here(root: Path, hub: Hub, as_of: date, known: Revisions) -> Chosen:
    """The text in the folder; approved where it is, to the byte, what a sound tag approves."""
    raw = read_file(root, TEXT)
    if not isinstance(raw, bytes):
        raise click.UsageError(f"{TEXT}: {raw.message}")
    raw = as_stored(raw)
    held = digest(raw)
    same = sorted((one for one in known.revisions if one.digest == held), key=_sound)
    if same:
        return _approved(root, hub, same[-1])
    title, version = _titled(raw)
    for one in hub.all(Decision).values():
        if one.charter and one.charter.digest == held and holds(hub, one, as_of):
            day = decision_day(one)
            lacking = _untold(known) if known.obstacle else "No tag approves it yet"
            sentence = f"{_how(hub, one, day)} {lacking}."
            effective = one.effective or day
            return Chosen(
                raw, About(title, version, "unverified", held, sentence, one.key, day, effective)
            )
    latest = f"; the last approved text is version {known.latest.version}" if known.latest else ""
    sentence = f"No decision of the Executive Committee has adopted this text{latest}."
    return Chosen(raw, About(title, version, "proposed", held, sentence))


def _sound(revision: Revision) -> bool:
    return revision.sound


def _untold(known: Revisions) -> str:
    return f"What is approved cannot be told here: {known.obstacle}; {known.remedy}"


def _titled(raw: bytes) -> tuple[str, str]:
    """The title and the version that a text gives itself."""
    read = document(TEXT, raw)
    record = Hub([read]).get(Charter, "charter")
    if record is None:
        remark = next((one for one in read.remarks if one.severity == "error"), None)
        where = f"{TEXT}:{remark.line}: {remark.message}" if remark else TEXT
        raise click.UsageError(f"the text cannot be read: {where}")
    return record.title, record.version


def _how(hub: Hub, decision: Decision | None, day: date) -> str:
    way = ""
    if decision:
        vote = decision.method == "vote"
        way = f" by vote: {tally(hub, decision).sentence}" if vote else " by consensus"
    return f"The Executive Committee adopted this text on {day_in_words(day)}{way}."
