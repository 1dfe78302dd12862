"""The chain of approvals: each is judged by the records of the one before it.

Who may approve, and with which key, is what the last approval says that holds. So nobody can
approve by first naming themselves in the same change. The first link hangs on a root key, which is
given from outside; without one the chain can be without a fault, and still hang on nothing.
"""

from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from npcs.charter.archive import TEXT, Archive
from npcs.charter.holders import (
    coordinators,
    has_key,
    holders,
    is_one_of,
    keys,
    names,
    with_keys,
)
from npcs.charter.link import Link, own_faults
from npcs.charter.message import NONE, Before
from npcs.charter.revisions import Approval, Fault, Handover, Revision, State
from npcs.governance.dates import day_in_words
from npcs.governance.tally import decision_day, name_of
from npcs.history.keys import Key
from npcs.history.line import Line
from npcs.history.tags import Ref
from npcs.records.charter import Decision
from npcs.records.hub import Hub

RESTORE = "whoever has a clone with the right tag pushes it again: `git push origin {tag}`"


class _Who(NamedTuple):
    """Who set a tag: how far that is verified and in what words, or what speaks against it.

    ``remark`` is what nobody confirms of it. ``begins`` tells that it hangs on nothing but itself
    or a root key, ``fits_itself`` that the records it brings along would allow it.
    """

    state: State = "not verified"
    sentence: str = ""
    signer: str = ""
    misfit: Fault | None = None
    remark: Fault | None = None
    begins: bool = False
    fits_itself: bool = False


@dataclass(slots=True)
class Chain:
    """Judges links one after the other, in the order of the main line.

    ``faulty`` are the tags that something speaks against already. ``_last`` is the last link that
    nothing speaks against, ``_signed`` the last of them with a signature: its records say who may
    approve next. ``_loose`` is the last one that only lacks a link before it that would vouch for
    it. ``_begun`` are the keys with which the chain has begun: a root key begins it once, or
    whoever had it long ago could name themselves again.
    """

    archive: Archive
    line: Line
    refs: Mapping[str, Ref]
    root_keys: tuple[Key, ...]
    as_of: date
    faulty: Container[str]
    _last: Link | None = None
    _signed: Link | None = None
    _loose: Link | None = None
    _state: State = "not verified"
    _version: tuple[int, int] = (0, 0)
    _begun: list[Key] = field(default_factory=list)
    _approved: dict[str, str] = field(default_factory=dict)

    def judge(self, link: Link) -> tuple[Approval | None, list[Fault]]:
        """What a link approves, and what speaks against it or against others.

        None for a revision whose decision or text is not there.
        """
        against = list(own_faults(link, self.archive))
        is_faulty = link.name in self.faulty
        against += self._order(link)
        who = self._who(link)
        previous = [] if who.misfit else list(self._previous(link))
        against += [one for one in previous if one.tag == link.name]
        only_unknown = not (against or is_faulty) and (who.fits_itself or not who.misfit)
        against += [who.misfit] if who.misfit else []
        faults = [*against, *(one for one in previous if one.tag != link.name)]
        faults += [who.remark] if who.remark else []
        state = "not verified" if against or is_faulty else who.state
        if state != "not verified":
            self._accept(link, state, who.begins)
        elif only_unknown:
            self._loose = link
        sentence = against[0].message if against else who.sentence
        if is_faulty and not against:
            sentence = f"{link.name} does not say what an approval says"
        return self._approval(link, state, sentence, who.signer), faults

    def _accept(self, link: Link, state: State, begins: bool) -> None:
        self._last = link
        self._version = max(self._version, link.version)
        if link.decision:
            self._approved[link.decision] = link.name
        if link.verdict and link.verdict.key:
            if begins:
                self._begun.append(link.verdict.key)
            self._signed, self._state = link, state

    def _hub(self, link: Link) -> Hub:
        return self.archive.hub(link.tag.commit)

    # Where it stands

    def _order(self, link: Link) -> Iterator[Fault]:
        last = self._last
        if link.decision in self._approved:
            yield link.fault(f"approves {link.decision} a second time, after "
                             f"{self._approved[link.decision]}")  # fmt: skip
        if not link.is_handover and link.version <= self._version:
            highest = ".".join(map(str, self._version))
            yield link.fault(f"falls back: it comes after version {highest}, and versions rise")
        if last and not self.line.builds_on(link.tag.commit, last.tag.commit):
            yield link.fault(
                f"was made on a side branch, which did not have what {last.name} approved"
            )
        if last and link.tag.moment < last.tag.moment:
            yield link.fault(f"is dated before {last.name}, on which it builds")
        if link.tag.day > self.as_of:
            words = f"is dated {day_in_words(link.tag.day)}, a day still to come"
            yield link.fault(words, "until that day it approves nothing")._replace(
                severity="warning"
            )

    def _previous(self, link: Link) -> Iterator[Fault]:
        """Whether what a link says of the one before it is still so."""
        said, last = link.lines.get("Previous"), self._last
        if said is None:
            return  # told with the lines it lacks
        before = Before.parse(said)
        if before is None:
            if said != NONE:
                yield link.fault("does not say as it should which approval came before it")
            elif last:
                yield link.fault(f"says that it is the first approval, and {last.name} came before")
            return
        ref = self.refs.get(before.tag)
        hint = RESTORE.format(tag=before.tag)
        if ref is None:
            words = f"{before.tag} was deleted: {link.name} names it as the approval before it"
            yield Fault("revision-tag", before.tag, "", words, hint)
        elif ref.id != before.id:
            words = (
                f"{before.tag} was moved or replaced after it was set: {link.name} names the tag "
                f"{before.id[:9]} for commit {before.commit[:9]}, and now it is {ref.id[:9]}"
            )
            yield Fault("revision-tag", before.tag, "", words, hint)
        elif last and before.tag != last.name and self._comes_before(before, last):
            words = f"names {before.tag} as the approval before it, and leaves out {last.name}"
            yield link.fault(words)

    def _comes_before(self, before: Before, last: Link) -> bool:
        return before.commit in self.line and self.line.builds_on(last.tag.commit, before.commit)

    # Who set it

    def _who(self, link: Link) -> _Who:
        verdict, own, day = link.verdict, self._hub(link), link.tag.day
        if verdict is None:
            return self._unsigned(link, own, day)
        if verdict.state == "bad":
            words = "carries a signature that does not fit it: one of the two was forged or changed"
            return _Who(misfit=link.misfit(words))
        key = verdict.key
        if key is None:
            return _Who(misfit=link.misfit(_of_nobody(verdict.said)))
        if over := self._over(link, own):
            return _Who(misfit=link.misfit(over))
        mine = _in_office(own, key, day)
        by = f"signed by {names(own, mine)}, project coordinator,"
        source = self._signed
        if source and (same := [one for one in _in_office(self._hub(source), key, day)
                                if one in mine]):  # fmt: skip
            words = f"{by} with a key that {source.name} vouches for"
            if self._state != "verified":
                words += "; not verified against a root key"
            return _Who(self._state, words, same[0])
        if mine and is_one_of(key, self.root_keys) and not is_one_of(key, self._begun):
            return _Who("verified", f"{by} with a root key", mine[0], begins=True)
        if self._loose and set(mine) & set(_in_office(self._hub(self._loose), key, day)):
            words = f"{by} on the word of {self._loose.name}, which is not verified itself"
            return _Who("not verified", words, mine[0], fits_itself=True)
        if source:
            misfit = link.misfit(_unknown(key, day, own, self._hub(source), source.name))
        elif mine and not self.root_keys:
            words = f"{by} and not verified against a root key"
            return _Who("no root key", words, mine[0], remark=self._new(link, mine), begins=True)
        elif mine:
            words = f"is {by} with a key that is not the root key given ({key.fingerprint})"
            misfit = link.misfit(words, "ask for the root key where the README says that it stands")
        else:
            misfit = link.misfit(_unknown(key, day, own, own, ""))
        return _Who(misfit=misfit, fits_itself=bool(mine))

    def _unsigned(self, link: Link, own: Hub, day: date) -> _Who:
        before = self._signed or self._last
        known = self._hub(before) if before else own
        should = with_keys(known, day) or with_keys(own, day)
        if should:
            hub = known if with_keys(known, day) else own
            return _Who(misfit=link.misfit(
                f"is not signed, though {names(hub, should)}, project coordinator on "
                f"{day_in_words(day)}, had a signing key"
            ))  # fmt: skip
        allowed = coordinators(own, day)
        if self._signed:
            allowed &= coordinators(known, day)
        who = [one for one in sorted(allowed) if _alike(name_of(own, one), link.tag.tagger)]
        if not who:
            office = names(own, allowed)
            return _Who(misfit=link.misfit(
                f"was set by “{link.tag.tagger}”, and {office} was project coordinator on "
                f"{day_in_words(day)}"
            ))  # fmt: skip
        words = (
            f"not signed: {names(own, who)}, project coordinator, had no signing key, so nothing "
            "proves who gave this approval"
        )
        return _Who("not signed", words, who[0], remark=self._new(link, who))

    def _over(self, link: Link, own: Hub) -> str:
        """Why a key does not count any more: by those who vouch for it, or by the tag's records.

        An older copy of the key may still call it good, and whoever took it can bring that along.
        """
        verdict, source = link.verdict, self._signed
        if verdict is None or verdict.key is None:
            return ""
        where = {"the records it approves": own}
        if source:
            where[f"the records of {source.name}"] = self._hub(source)
        copies = {words: {key for mine in keys(hub).values() for key in mine}
                  for words, hub in where.items()}  # fmt: skip
        copies["the root keys given"] = set(self.root_keys)
        for words, held in copies.items():
            if verdict.state == "ended" or held & verdict.ended:
                by = "" if verdict.state == "ended" else f" as {words} say"
                return f"is signed with a key that was revoked or had ended by then{by}"
        return ""

    def _new(self, link: Link, who: Collection[str]) -> Fault | None:
        """That somebody took the office since the last approval, where no signature confirms it."""
        last, day = self._last, link.tag.day
        if self._signed or not last or coordinators(self._hub(last), day) & set(who):
            return None
        words = (
            f"was set by {names(self._hub(link), who)}, whom the records of {last.name} do not "
            f"have as project coordinator on {day_in_words(day)}: nothing was signed before, so "
            "nobody confirms that the office changed hands"
        )
        hint = "ask the committee; a signing key on record and a root key let everybody verify it"
        return link.misfit(words, hint)._replace(severity="warning")

    def _approval(self, link: Link, state: State, sentence: str, signer: str) -> Approval | None:
        verdict = link.verdict
        key = (verdict.key.fingerprint if verdict.key else verdict.said) if verdict else ""
        before = Before.parse(link.lines.get("Previous", NONE))
        common = (
            link.name, link.ref.id, link.tag.commit, link.tag.day, state,
            f"{sentence[:1].upper()}{sentence[1:]}", signer, key, before.tag if before else "",
        )  # fmt: skip
        if link.is_handover:
            return Handover(*common)
        decision = self._hub(link).get(Decision, link.decision)
        text = self.archive.files(link.tag.commit).get(TEXT)
        if decision is None or decision.charter is None or text is None:
            return None
        adopted = decision_day(decision)
        return Revision(
            *common, link.shown_version, decision.key, decision.charter.change,
            decision.charter.digest, adopted, decision.effective or adopted, text,
        )  # fmt: skip


def _in_office(hub: Hub, key: Key, day: date) -> list[str]:
    """The coordinators of a day who have a key on record."""
    return [one for one in sorted(coordinators(hub, day)) if has_key(hub, one, key)]


def _alike(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _of_nobody(fingerprint: str) -> str:
    return f"is signed with a key that belongs to nobody on record ({fingerprint})"


def _unknown(key: Key, day: date, own: Hub, known: Hub, source: str) -> str:
    """Why a key does not let somebody approve on a day."""
    records = f"the records of {source}" if source else "the records"
    people, mine = holders(known, key), holders(own, key)
    on = day_in_words(day)
    if not people and not mine:
        return _of_nobody(key.fingerprint)
    if not people:
        return (
            f"is signed by {names(own, mine)} with a key that {records} do not have: who may "
            "approve, and with which key, must have been named by an approval before"
        )
    if not coordinators(known, day) & set(people):
        return (
            f"is signed by {names(known, people)}, who was not project coordinator on {on} as "
            f"{records} say"
        )
    if not set(people) & set(mine):
        return f"is signed by {names(known, people)} with a key that was taken out of the records"
    return (
        f"is signed by {names(known, people)}, who was no longer project coordinator on {on} as "
        "the records approved with it say"
    )
