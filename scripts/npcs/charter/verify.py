"""From the tags of a repository to what is approved: gathering all that is judged.

However many tags there are, Git is asked a handful of times: for the tags, their bytes, the
history, the folders at their commits, and the files in these.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from npcs.charter.archive import Archive
from npcs.charter.chain import Chain
from npcs.charter.holders import keys
from npcs.charter.link import MADE, REMOVE, Link, lines_of
from npcs.charter.revisions import Approval, Fault, Revisions, text_at
from npcs.governance.memory import per_hub
from npcs.history.keys import Key
from npcs.history.line import Line, beyond, branches_with, line
from npcs.history.objects import find, object_id, read
from npcs.history.tags import (
    LARGEST,
    Ref,
    Seen,
    Tag,
    Unfit,
    approves,
    obstacle,
    parse,
    seen,
)
from npcs.records.charter import Decision
from npcs.records.hub import Hub

if TYPE_CHECKING:
    from npcs.history.signatures import Verdict


class Proposed(NamedTuple):
    """A tag that is about to be set: its name and its bytes."""

    name: str
    raw: bytes


def revisions(root: Path, hub: Hub, as_of: date, root_keys: Sequence[Key] = ()) -> Revisions:
    """What the tags of the repository at ``root`` approve as of a day.

    ``hub`` holds its records of now; the answer is kept as long as it lives. ``root_keys`` are the
    keys with which the chain of approvals may begin: without any, nothing is verified. The text of
    a revision comes with ``text_at``.
    """
    return _remembered(hub).look(root, hub, as_of, root_keys)


class _Remembered:
    """What has been looked up for a hub, by all it rests on besides."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Revisions] = {}

    def look(self, root: Path, hub: Hub, as_of: date, root_keys: Sequence[Key]) -> Revisions:
        there = seen(root)
        key = (root, as_of, there, tuple(root_keys))
        if key not in self._known:
            self._known[key] = look(root, hub, as_of, there, root_keys)[0]
        return self._known[key]


@per_hub
def _remembered(_hub: Hub) -> _Remembered:
    return _Remembered()


def look(
    root: Path,
    hub: Hub,
    as_of: date,
    there: Seen | None,
    root_keys: Sequence[Key] = (),
    proposed: Proposed | None = None,
) -> tuple[Revisions, Archive]:
    """What the tags of a repository approve as of a day, and the records at their commits.

    ``there`` are its tags, None where there is no Git to ask; ``hub`` holds the records of now.
    With ``proposed`` it is judged as if that tag had been set.
    """
    archive = Archive(root, hub.documents)
    refs = {one.name: one for one in there.tags} if there else {}
    if proposed:
        new = object_id("tag", proposed.raw, there.head if there else "0" * 40)
        refs[proposed.name] = Ref(proposed.name, new, "tag")

    def untold(words: str, remedy: str) -> tuple[Revisions, Archive]:
        return Revisions(others=tuple(refs), obstacle=words, remedy=remedy), archive

    against, remedy = obstacle(root)
    if against or there is None or not refs:
        return untold(against, remedy)
    tags, faults = _tags(root, refs, proposed)
    history = line(root, there.head, {one.commit for one in tags.values()}) if there.head else None
    if history is None:
        return untold("the history of the current commit cannot be read", _WHOLE)
    outside = {name: one for name, one in tags.items() if one.commit not in history}
    mains = beyond(root, there.head, *there.mains) if outside and there.mains else ()
    ahead = [name for name, one in outside.items() if one.commit in mains]
    faults += _off_the_line(
        root, there.head, {name: one for name, one in outside.items() if one.commit not in mains}
    )
    of = {
        f"charter-v{one.charter.version}": one.key
        for one in hub.giving(Decision, "charter")
        if one.charter and one.outcome == "adopted"
    }
    links = _links(tags, refs, history, of, faults)
    later: list[str] = []
    while links and links[-1].tag.day > as_of:
        later.insert(0, links.pop().name)
    misshapen = {one.tag for one in faults}
    later = [one for one in later if one not in misshapen]
    _load(archive, links)
    if archive.lacks_objects:
        return untold("this clone lacks files of the earlier history", _WHOLE)
    signed = [one for one in links if one.tag.signature]
    known = [key for one in links for own in keys(archive.hub(one.tag.commit)).values()
             for key in own]  # fmt: skip
    found = dict(zip((one.name for one in signed), _verdicts(signed, (*known, *root_keys)),
                     strict=True))  # fmt: skip
    lacking = next((one.said for one in found.values() if one.state == "untold"), "")
    if lacking:
        return untold(f"signatures cannot be checked without {lacking}", "install it")
    chain = Chain(archive, history, refs, tuple(root_keys), as_of, {one.tag for one in faults})
    approvals: list[Approval] = []
    for one in links:
        approval, more = chain.judge(one._replace(verdict=found.get(one.name)))
        faults += more
        approvals += [approval] if approval else []
    listed = {one.tag for one in approvals}.union(ahead, later)
    others = tuple(name for name in refs if name not in listed)
    placed = tuple(one._replace(decision=one.decision or of.get(one.tag, "")) for one in faults)
    told = Revisions(tuple(approvals), others, tuple(ahead), tuple(later), placed)
    return told, archive


_WHOLE = "clone the repository anew, whole"


def _verdicts(links: Sequence[Link], known: Sequence[Key]) -> "Sequence[Verdict]":
    if not links:
        return ()
    from npcs.history.signatures import Signed, verdicts

    tags = [one.tag for one in links]
    return verdicts([Signed(one.payload, one.signature, one.moment) for one in tags], known)


def _tags(
    root: Path, refs: dict[str, Ref], proposed: Proposed | None
) -> tuple[dict[str, Tag], list[Fault]]:
    """The tags that may approve something by their form; what is wrong with the others."""
    faults = []
    raws: dict[str, bytes] = {}
    found = find(root, (one.id for one in refs.values() if one.kind == "tag"))
    texts = read(root, found.values(), LARGEST)
    if proposed:
        raws[proposed.name] = proposed.raw
    tags = {}
    for name, ref in refs.items():
        if not approves(name):
            words = f"{name} approves nothing: the tags that do are named as in charter-v1.0"
            faults.append(Fault("revision-tag", name, "", words, REMOVE, "warning"))
            continue
        if ref.kind != "tag":
            words = f"{name} is a lightweight tag: it says neither who set it nor when"
            if ref.kind != "commit":
                words = f"{name} points to no commit, and approves nothing"
            faults.append(Fault("revision-tag", name, "", f"{words}; {MADE}", REMOVE))
            continue
        raw = raws.get(name) or texts.get(ref.id)
        try:
            if raw is None:
                raise Unfit("cannot be read: it is too large for a tag, or damaged")
            tag = parse(raw)
            if tag.name != name:
                raise Unfit(f"is the tag {tag.name} under another name")
            tags[name] = tag
        except Unfit as error:
            faults.append(Fault("revision-tag", name, "", f"{name} {error}", REMOVE))
    return tags, faults


def _off_the_line(root: Path, head: str, tags: Mapping[str, Tag]) -> Iterator[Fault]:
    """What to say of tags whose commits are not in the main line."""
    if not tags:
        return
    in_branches = beyond(root, head)
    for name, tag in tags.items():
        commit = tag.commit[:9]
        if tag.commit in in_branches:
            # A branch is named where there are few such tags: each time takes Git a while.
            found = branches_with(root, tag.commit) if len(tags) <= _FEW else ()
            which = f" (`{found[0]}`)" if found else ""
            words = (
                f"{name} is on a side branch{which}: its commit {commit} is not in the main line"
            )
            yield Fault("revision-tag", name, "", words, REMOVE)
        else:
            yield Fault(
                "revision-tag", name, "",
                f"the history was rewritten: commit {commit}, which {name} approves, is gone from "
                "the main line and in no branch any more",
                "bring the main line back to the history it had; any earlier clone has it",
            )  # fmt: skip


_FEW = 5


def _links(
    tags: Mapping[str, Tag],
    refs: Mapping[str, Ref],
    history: Line,
    of: Mapping[str, str],
    faults: list[Fault],
) -> list[Link]:
    """The tags in the main line, in the order of their commits."""
    links = []
    for name, tag in tags.items():
        if tag.commit in history:
            lines, lacking = lines_of(name, tag)
            faults += lacking
            links.append(Link(refs[name], tag, lines, lines.get("Decision") or of.get(name, "")))
    return sorted(
        links, key=lambda one: (history.place(one.tag.commit), one.tag.moment, one.version)
    )


def _load(archive: Archive, links: Sequence[Link]) -> None:
    """Read what the links are judged by: offices, decisions, and the meetings that made these."""
    archive.open([one.tag.commit for one in links])
    decisions = {one.name: f"charter/decisions/{one.decision}.md" for one in links}
    archive.load_records((one.tag.commit, [decisions[one.name]]) for one in links)
    meetings = []
    for one in links:
        files = archive.files(one.tag.commit)
        path = decisions[one.name]
        document = archive.document(path, files[path]) if path in files else None
        meeting = document.content().data.get("meeting") if document and document.readable else ""
        meetings.append(files.get(f"charter/meetings/{meeting}.md", ""))
    archive.load(one for one in meetings if one)


__all__ = ["Proposed", "look", "revisions", "text_at"]
