"""The tags that approve the charter, as Git keeps them: what they say, before anybody judges it."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

from npcs.history.git import answer, ask, say

REVISION = re.compile(r"charter-v(0|[1-9]\d{0,3})\.(0|[1-9]\d{0,3})", re.ASCII)
"""The name of a tag that approves a text: the two numbers are its version."""

HANDOVER = re.compile(r"charter-handover-(\d{4}-\d{2}-\d{2})", re.ASCII)
"""The name of a tag that says who may approve from here on, with the day it was made."""

LARGEST = 20_000
"""The most bytes a tag may have: a message of a page, and the longest of signatures."""

_HEAD = re.compile(
    rb"object ([0-9a-f]{40}|[0-9a-f]{64})\ntype ([a-z]+)\ntag ([^\n]+)\n"
    rb"tagger ([^\n<>]*) <[^\n<>]*> (\d{1,11}) ([+-]\d\d[0-5]\d)\n\n"
)
_JOINERS = dict.fromkeys(map(ord, "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"))
_BEGIN = re.compile(rb"^-----BEGIN [^\n]*", re.MULTILINE)
_SIGNATURES = {
    b"-----BEGIN SSH SIGNATURE-----": b"-----END SSH SIGNATURE-----",
    b"-----BEGIN PGP SIGNATURE-----": b"-----END PGP SIGNATURE-----",
}


def approves(name: str) -> bool:
    """Whether a tag of this name approves a text, or says who may approve."""
    return bool(REVISION.fullmatch(name) or HANDOVER.fullmatch(name))


class Ref(NamedTuple):
    """A tag's name and what it leads to: an object's id and kind."""

    name: str
    id: str
    kind: str


class Seen(NamedTuple):
    """The charter's tags and the commits they are held against.

    Objects never change, so this is all of Git that a verification rests on. ``head`` is the
    current commit, and empty where there are no tags. ``mains`` are the commits that the main
    branch points to, here and where this was cloned from, as far as it is known by its name.
    """

    tags: tuple[Ref, ...] = ()
    head: str = ""
    mains: tuple[str, ...] = ()


class Unfit(ValueError):  # noqa: N818 - it says what is wrong
    """Something that is no tag as this hub makes them; the message ends a sentence on the tag."""


class Tag(NamedTuple):
    """What an annotated tag says: the commit it is for, its own name, who set it and when.

    ``payload`` is what was signed, byte by byte, and ``signature`` is empty where nobody signed.
    """

    commit: str
    name: str
    tagger: str
    moment: int
    day: date
    message: str
    payload: bytes
    signature: bytes


def seen(root: Path, *, whole: bool = False) -> Seen | None:
    """The charter's tags of the repository at ``root``.

    Where there are none nothing else is looked up, unless ``whole`` asks for it. None where
    ``root`` is not the top of a Git repository, and where Git cannot be asked.
    """
    if not (root / ".git").exists():
        return None
    said = answer(
        root, "for-each-ref", "--format=%(refname) %(objectname) %(objecttype) %(symref)",
        "refs/tags/charter-*", "refs/remotes/origin/HEAD",
        *(f"{place}/{name}" for place in _PLACES for name in _NAMES),
    )  # fmt: skip
    if said.code != 0:
        return None
    refs = {}
    named = ""
    for row in said.out.decode("utf-8", "surrogateescape").splitlines():
        name, object_id, kind, leads_to = row.split(" ", 3)
        refs[name] = Ref(name.removeprefix("refs/tags/"), object_id, kind)
        named = named or leads_to.removeprefix("refs/remotes/origin/")
    tags = tuple(one for name, one in refs.items() if name.startswith("refs/tags/"))
    if not tags and not whole:
        return Seen()
    head = say(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").strip()
    return Seen(tags, head, _mains(root, refs, named))


def _mains(root: Path, refs: Mapping[str, Ref], named: str) -> tuple[str, ...]:
    """What the main branch points to: the one that the repository cloned from calls so."""
    if named and named not in _NAMES:
        listed = (f"{place}/{named}" for place in _PLACES)
        return tuple(say(root, "rev-parse", "--revs-only", *listed).split())
    for main in (named,) if named else _NAMES:
        places = (f"{place}/{main}" for place in _PLACES)
        if found := tuple(refs[one].id for one in places if one in refs):
            return found
    return ()


_PLACES = ("refs/heads", "refs/remotes/origin")
_NAMES = ("main", "master")


def parse(raw: bytes) -> Tag:
    """What the bytes of a tag say; raises ``Unfit`` where Git or this hub would not write such."""
    head = _HEAD.match(raw)
    if head is None:
        raise Unfit("has a head that Git does not write")
    commit, kind, name, tagger, time, zone = head.groups()
    if kind != b"commit":
        what = {b"tree": "a folder", b"blob": "a file", b"tag": "another tag"}
        raise Unfit(f"points to {what.get(kind, 'no commit')}: only a commit can be approved")
    payload, signature = _split(raw)
    try:
        said = payload[head.end() :].decode("utf-8")
        names = name.decode("utf-8"), tagger.decode("utf-8").strip()
    except UnicodeDecodeError:
        raise Unfit("is not written in UTF-8") from None
    shown = "".join((*said.split("\n"), *names)).translate(_JOINERS)
    if not shown.isprintable():
        raise Unfit("holds characters that do not show")
    day = day_of(int(time), zone.decode())
    return Tag(commit.decode(), *names, int(time), day, said, payload, signature)


def day_of(moment: int, zone: str) -> date:
    """The day of a moment, in seconds since 1970, where a zone such as ``+0100`` holds."""
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:]))
    if offset > timedelta(hours=14):
        raise Unfit("names a time zone that there is not")
    there = timezone(-offset if zone[0] == "-" else offset)
    return datetime.fromtimestamp(moment, UTC).astimezone(there).date()


def _split(raw: bytes) -> tuple[bytes, bytes]:
    """The signed part of a tag and its one signature, which ends the tag."""
    marks = list(_BEGIN.finditer(raw))
    if not marks:
        return raw, b""
    end = _SIGNATURES.get(marks[0].group())
    if end is None:
        raise Unfit("has a signature of a kind that is not known here")
    if len(marks) > 1:
        raise Unfit("has more than one signature, and it could not be told which counts")
    signature = raw[marks[0].start() :]
    if signature.count(end) != 1 or not signature.rstrip(b"\n").endswith(b"\n" + end):
        raise Unfit("goes on below its signature, with words that nobody signed")
    return raw[: marks[0].start()], signature


def obstacle(root: Path) -> tuple[str, str]:
    """What keeps the tags from being judged here, and what to do about it; empty if nothing does.

    Both are empty, too, where there is nothing to do with Git: a folder that is no repository.
    """
    if not (root / ".git").exists():
        top = _tracked_below(root)
        return (
            f"the records lie below the top of a Git repository, {top}",
            "let the records stand at the top of their repository",
        ) if top else ("", "")  # fmt: skip
    said = answer(root, "rev-parse", "--is-shallow-repository")
    if said.code is None:
        return "Git cannot be run here", "install Git (https://git-scm.com)"
    if said.code:
        why = (said.err.strip().splitlines() or ["it says no"])[0].removeprefix("fatal: ")
        return f"Git refuses to look: {why}", "let Git trust this folder, or clone it anew"
    if said.out.strip() == b"true":
        return (
            "this is a shallow clone, without the earlier history",
            "`git fetch --unshallow --tags` gets it",
        )
    return "", ""


def _tracked_below(root: Path) -> Path | None:
    """The top of the repository that holds the records of a folder below it, if one does."""
    top = next((one for one in root.resolve().parents if (one / ".git").exists()), None)
    if top is None:
        return None
    folder = root.resolve().relative_to(top).as_posix()
    return top if ask(top, "ls-tree", "HEAD", "--", f"{folder}/charter/") else None
