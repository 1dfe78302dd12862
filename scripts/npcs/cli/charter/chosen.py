"""Which text of the charter is meant: that of a version, of a day, or the one in the folder."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from npcs.charter.archive import TEXT, Archive
from npcs.charter.digest import as_stored, digest, fits
from npcs.charter.periods import on_day, periods
from npcs.charter.revisions import Revision, Revisions, text_at
from npcs.charter.stood import was_adopted
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
    known, archive = look(root, hub, as_of, seen(root), root_keys)
    found = _Chooser(root, hub, as_of, known, archive)
    if version:
        return found.of_version(version)
    return found.in_force(on) if on else found.here()


class _Chooser(NamedTuple):
    """Chooses among the texts of a repository; ``archive`` has the records at its tags."""

    root: Path
    hub: Hub
    as_of: date
    known: Revisions
    archive: Archive

    def of_version(self, version: str) -> Chosen:
        """The text of a version."""
        found = _VERSION.fullmatch(version)
        if not found:
            raise click.UsageError(f"“{version}” is not a version: write it as in 2.0")
        known = self.known
        # Where two tags claim a version, the one that holds.
        named = sorted((one for one in known.revisions if one.version == found[1]), key=_sound)
        if named:
            return self._approved(named[-1])
        if known.obstacle:
            raise click.UsageError(_untold(known))
        there = ", ".join(one.version for one in known.revisions if one.sound)
        raise click.UsageError(
            f"no tag approves a version {found[1]}; "
            + (f"approved are {there}" if there else "no version is approved yet")
            + ". `npcs charter show` alone shows the text as it stands in the folder"
        )

    def in_force(self, on: date) -> Chosen:
        """The text that held on a day."""
        known = self.known
        if known.obstacle:
            raise click.UsageError(_untold(known))
        all_ = periods(known, self.hub, self.as_of)
        held = on_day(all_, on)
        day = day_in_words(on)
        if held and held.revision:
            return self._approved(held.revision)
        if held:
            here = self.here()
            if not known.revisions and here.about.decision == held.decision:
                return here
            raise click.UsageError(
                f"which text was in force on {day} cannot be told: {held.decision} adopted version "
                f"{held.version}, in effect from {day_in_words(held.since)}, and no tag that holds "
                "approves it. `npcs charter verify` says more"
            )
        first = f"the first holds from {day_in_words(all_[0].since)}" if all_ else ""
        raise click.UsageError(
            f"no approved text was in force on {day}: {first or 'none is approved yet'}"
        )

    def _approved(self, revision: Revision) -> Chosen:
        try:
            raw = text_at(self.root, revision)
        except LookupError as error:
            raise click.UsageError(f"{error}; clone the repository anew, whole") from None
        title, version = _titled(raw)
        then = self.archive.hub(revision.commit)
        if not fits(raw, revision.digest) or not was_adopted(revision, then, self.as_of):
            sentence = f"No decision adopted this text. {revision.sentence}."
            return Chosen(raw, About(title, version, "proposed", digest(raw), sentence))
        how = _how(then, then.get(Decision, revision.decision), revision.adopted)
        if _how(self.hub, self.hub.get(Decision, revision.decision), revision.adopted) != how:
            how += f" The record of {revision.decision} was changed since."
        hint = ROOT_KEY if revision.state == "no root key" else ""
        return Chosen(raw, pdf.about(revision, title, how), hint)

    def here(self) -> Chosen:
        """The text in the folder; approved where it is, to the byte, what a sound tag approves."""
        raw = read_file(self.root, TEXT)
        if not isinstance(raw, bytes):
            raise click.UsageError(f"{TEXT}: {raw.message}")
        raw = as_stored(raw)
        held = digest(raw)
        known, hub = self.known, self.hub
        same = sorted((one for one in known.revisions if one.digest == held), key=_sound)
        if same:
            return self._approved(same[-1])
        title, version = _titled(raw)
        for one in hub.all(Decision).values():
            if one.charter and one.charter.digest == held and holds(hub, one, self.as_of):
                day = decision_day(one)
                lacking = _untold(known) if known.obstacle else "No tag approves it yet"
                sentence = f"{_how(hub, one, day)} {lacking}."
                effective = one.effective or day
                about = About(title, version, "unverified", held, sentence, one.key, day, effective)
                return Chosen(raw, about)
        latest = known.latest
        said = ""
        if latest:
            said = f"; the last approved text is version {latest.version}"
            if latest.state == "not signed":
                said = f"; the last adopted text is version {latest.version}, and nobody signed it"
        sentence = f"No decision of the Executive Committee has adopted this text{said}."
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
