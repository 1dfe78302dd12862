"""Rules on what records say of each other: ids and links lead somewhere, and not in circles."""

import difflib
import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice

from npcs.governance.dates import day_in_words
from npcs.records.charter import Charter, Member, Term
from npcs.records.definitions import Definition
from npcs.records.document import Document, Link, Reference
from npcs.records.fields import ANY
from npcs.records.findings import Note, Place
from npcs.records.hub import Hub
from npcs.records.kinds import FOLDERS, KINDS, kind_of
from npcs.records.notices import Notice
from npcs.records.personal import holds
from npcs.records.record import Record
from npcs.records.workplan import Activity
from npcs.rules.rule import Scene, rule

_GUESSES = 50
"""For how many ids or links it is looked which other one was meant: each costs a millisecond."""
_MANY = 50
"""How many broken links of one file are told at most."""


@rule("broken-reference")
def broken_reference(scene: Scene) -> Iterator[Note]:
    """Every id leads to a record that is there.

    People, members, meetings, decisions and provisions stand once and are referred to by id.
    Where an id leads nowhere, a vote may belong to nobody or a seat to no member.

    Correct the id, or add the record it names. Records are never deleted: a record that was
    removed should be put back and withdrawn instead.

    ## Example

    The id of a member is misspelt, here and in another person's file:

    ```yaml
    name: Ana Ruiz
    member: aldr
    ```

    The check finds an error:

    > there is no member “aldr”; charter/people/ben-ortiz.yml also refers to it

    Put right: `member: alder`, in both files.
    """
    hub = scene.hub
    lost: dict[tuple[tuple[str, ...], str], list[tuple[Document, Reference]]] = {}
    unread = hub.unread(Charter)
    for document, reference in hub.broken:
        if unread and reference.kinds[0] in ("provision", ANY):
            continue  # nobody can say which provisions there are
        lost.setdefault((reference.kinds, reference.id), []).append((document, reference))
    for number, ((kinds, key), found) in enumerate(lost.items()):
        near = _nearest(hub, kinds, key) if number < _GUESSES else ""
        paths = sorted({one.path for one, _ in found})
        for document, reference in found:
            message = f"there is no {_named(kinds)} “{key}”"
            others = [path for path in paths[:3] if path != document.path][:2]
            if others:
                more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
                refer = "refer" if len(paths) > 2 else "refers"
                message += f"; {' and '.join(others)}{more} also {refer} to it"
            place = Place(document.path, reference.line, reference.column)
            yield place.error(message, near or _where(kinds, key))
    for meeting in hub.by_kind["meeting"].values():
        body = meeting.content().data["body"] if meeting.valid else BODIES[0]
        if body not in BODIES and not hub.exists("group", body):
            close = difflib.get_close_matches(body, [*BODIES, *hub.by_kind["group"]], n=1)
            yield meeting.at("body").error(
                f"“{body}” is no body that meets",
                f"did you mean `{close[0]}`?"
                if close
                else f"write {', '.join(BODIES)} or the id of a group",
            )


BODIES = ("executive-committee", "collaborative")
"""The bodies that meet besides the groups the committee has formed."""


def _named(kinds: tuple[str, ...]) -> str:
    return "record or provision" if kinds == (ANY,) else " or ".join(kinds)


def _nearest(hub: Hub, kinds: tuple[str, ...], key: str) -> str:
    names = (*KINDS, "provision") if kinds == (ANY,) else kinds
    known = [
        one
        for kind in names
        for one in (hub.provisions if kind == "provision" else hub.by_kind[kind])
    ]
    plain = _as_id(key)
    if plain in known:
        return f"did you mean `{plain}`?"
    if plain != key:
        for kind in names:
            for one, record in hub.all(KINDS[kind].model).items() if kind in KINDS else ():
                if record.name_shown.casefold() == key.casefold():
                    return f"did you mean `{one}`?"
    near = difflib.get_close_matches(plain, islice(known, 2000), n=1, cutoff=0.7)
    return f"did you mean `{near[0]}`?" if near else ""


def _as_id(name: str) -> str:
    """What the id of something is likely to be, where its name is written instead."""
    if _NUMBERED.fullmatch(name):
        return name.upper()
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9/]+", "-", plain).strip("-") or name


_NUMBERED = re.compile(r"(?:[dr]|npcs-sn)-\d{4}-\d+|[a-z]{3}-\d+", re.ASCII | re.IGNORECASE)


def _where(kinds: tuple[str, ...], key: str) -> str:
    kind = KINDS.get(kinds[0])
    if not kind or holds(key):
        return "correct the id"
    ending = "md" if kind.form == "markdown" else "yml"
    for name in (key, _as_id(key)):
        path = f"{kind.folder}/{name}.{ending}"
        if kind_of(path):
            own = "" if name == key else f", and write its id, `{name}`, here"
            return f"correct the id, or add the record as `{path}`{own}"
    return f"correct the id: that of a {kind.name} is written as in `{kind.example}`"


_OF_THE_PAST = frozenset(("decision", "meeting", "answer", "term"))


@rule("retired-reference")
def retired_reference(scene: Scene) -> Iterator[Note]:
    """Nothing that is in use rests on something withdrawn or superseded.

    Withdrawn and superseded records stay where they are, so that old decisions can be understood;
    what is in use should name the record that took their place. Records of the past (decisions,
    meetings, terms, answers) keep the references they had.

    ## Example

    A notice names one that was withdrawn:

    ```yaml
    title: Sleep surfaces
    ...
    related: [NPCS-SN-2027-001]
    ```

    The check warns:

    > the notice “NPCS-SN-2027-001” was withdrawn on 1 March 2027

    Put right: `related` with a notice that is in use, or without that line.
    """
    hub = scene.hub
    for (kind, key), reason in _retired(hub).items():
        for document, reference in hub.referrers.get((kind, key), ()):
            if document.kind.name in _OF_THE_PAST or reference.field.startswith("supersede"):
                continue
            yield Place(document.path, reference.line, reference.column).warning(
                f"the {kind} “{key}” {reason}", "refer to what took its place, or say why not"
            )


def _retired(hub: Hub) -> dict[tuple[str, str], str]:
    gone: dict[tuple[str, str], str] = {}
    for key, term in hub.all(Definition).items():
        if term.status in ("superseded", "withdrawn"):
            by = f" by “{term.superseded_by}”" if term.superseded_by else ""
            gone["definition", key] = f"is {term.status}{by}"
    for key, notice in hub.all(Notice).items():
        if notice.withdrawn:
            gone["notice", key] = f"was withdrawn on {day_in_words(notice.withdrawn.on)}"
        if notice.supersedes:
            gone["notice", notice.supersedes] = f"is superseded by “{key}”"
    return gone


@rule("reference-cycle")
def reference_cycle(scene: Scene) -> Iterator[Note]:
    """Chains of records come to an end.

    A member within a member, a term that replaces a term, a notice that supersedes a notice, a word
    of the glossary below a broader one, a milestone that waits for another: none may lead back to
    itself, or nobody could say which came first. Correct the reference that closes the circle.

    ## Example

    Two members are said to lie within each other:

    ```yaml
    # charter/members/alder.yml
    within: birch
    # charter/members/birch.yml
    within: alder
    ```

    The check finds an error:

    > `within` leads in a circle: alder → birch → alder

    Put right: without `within` in the member that the other one lies in.
    """
    hub = scene.hub
    chains: tuple[tuple[str, Mapping[str, Record]], ...] = (
        ("within", hub.all(Member)),
        ("replaces", hub.all(Term)),
        ("supersedes", hub.all(Notice)),
        ("superseded_by", hub.all(Definition)),
        ("broader", hub.all(Definition)),
    )
    for name, records in chains:
        steps = {key: _next(getattr(record, name)) for key, record in records.items()}
        for circle in _circles(steps):
            yield (
                records[circle[0]]
                .at(name)
                .error(
                    f"`{name}` leads in a circle: {' → '.join((*circle, circle[0]))}",
                    "correct the reference that should not be there",
                )
            )
    for activity in hub.all(Activity).values():
        ids = [one.id for one in activity.milestones]
        for circle in _circles({one.id: one.depends_on for one in activity.milestones}):
            yield activity.at("milestones", ids.index(circle[0]), "depends_on").error(
                f"milestones wait for each other: {' → '.join((*circle, circle[0]))}",
                "let one of them start without the others",
            )


def _next(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value or ()


def _circles(steps: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Each circle once, starting from the first of its members; without recursion."""
    done: set[str] = set()
    for start in steps:
        trail: dict[str, Iterator[str]] = {}
        step: str | None = start
        while step is not None or trail:
            if step is not None and step not in done and step in steps:
                if step in trail:
                    names = list(trail)
                    circle = names[names.index(step) :]
                    yield tuple(circle)
                    done.update(circle)
                else:
                    trail[step] = iter(steps[step])
            if not trail:
                break
            last = next(reversed(trail))
            step = next(trail[last], None)
            if step is None:
                done.add(last)
                del trail[last]


@rule("broken-link")
def broken_link(scene: Scene) -> Iterator[Note]:
    """Every link in a text leads to a record, or to a place in one, that is there.

    Links go from file to file, as in `[the decision](../decisions/D-2027-001.md)`, or to a
    provision, as in `charter.md#chr-3`. They then work on the site and in the repository alike.
    For anything outside the folders of records, write the full address of the web page.

    ## Example

    The file's name is misspelt:

    ```markdown
    See [the state](../../charter/members/aldr.yml)
    ```

    The check finds an error:

    > “../../charter/members/aldr.yml” leads to no record

    Put right: `[the state](../../charter/members/alder.yml)`.
    """
    hub, guesses = scene.hub, _GUESSES
    for document in hub.documents.values():
        told = 0
        for link in document.links:
            fault = _fault(hub, document, link, guess=guesses > 0)
            if fault:
                guesses -= 1
                told += 1
                yield Place(document.path, link.line, link.column).error(*fault)
                if told == _MANY:
                    break


def _fault(hub: Hub, document: Document, link: Link, *, guess: bool) -> tuple[str, str] | None:
    if link.target.startswith("["):
        return f"the label {link.target} is defined nowhere", "write the address after the text"
    path, _, anchor = link.target.partition("#")
    path = path.partition("?")[0]
    if path:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(document.path), path))
    else:
        path = document.path
    target = hub.documents.get(path)
    if target is None:
        if path in hub.companions:
            return None
        if path.split("/")[0] not in FOLDERS:
            hint = "for a page outside the records, write its full address: https://…"
            return f"“{link.target}” leads out of the folders of records", hint
        near = difflib.get_close_matches(path, hub.documents, n=1, cutoff=0.8) if (
            guess and len(hub.documents) < 3000
        ) else []  # fmt: skip
        hint = ""
        if near:
            back = posixpath.relpath(near[0], posixpath.dirname(document.path))
            hint = f"did you mean `{back}`?"
        return f"“{link.target}” leads to no record", hint or "correct the path"
    if anchor and anchor not in target.anchors:
        close = difflib.get_close_matches(anchor, target.anchors, n=1)
        hint = f"did you mean `#{close[0]}`?" if close else "link to the page itself"
        return f"{target.path} has no place called “{anchor}”", hint
    return None
