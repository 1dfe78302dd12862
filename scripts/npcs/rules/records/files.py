"""Rules on the files of records: each can be read, is known by its name, and has one id."""

import difflib
from collections.abc import Iterator, Mapping

from npcs.governance.dates import add_years
from npcs.governance.parameters import KNOWN, problems, unadopted
from npcs.records.charter import (
    Parameters,
)
from npcs.records.document import Document
from npcs.records.done import days_done
from npcs.records.findings import Note, Place
from npcs.records.hub import Hub, typed
from npcs.rules.rule import Scene, rule


def _remarks(hub: Hub, name: str) -> Iterator[Note]:
    for stray in hub.strays:
        if stray.rule == name:
            yield Place(stray.path).error(stray.message, stray.hint)
    for document in (*hub.documents.values(), *hub.companions.values()):
        for one in document.remarks:
            if one.rule == name:
                place = Place(document.path, one.line, one.column)
                yield Note(place, one.message, one.hint, one.severity)


@rule("unreadable-file")
def unreadable_file(scene: Scene) -> Iterator[Note]:
    """Every file of a record can be read, and read in one way only.

    A record is a text in UTF-8 without a byte order mark, with line ends LF, of at most one
    megabyte. Its fields are YAML without tags, anchors and aliases, and no field stands twice.
    Links to other places, pipes and devices are not followed.

    A file that one program reads differently from another would let two people see two records
    in it. The message says what to change; most editors have a menu for encoding and line ends.

    ## Example

    One program would read the first name, another the second:

    ```yaml
    name: Ana Ruiz
    name: Ben Ortiz
    ```

    The check finds an error:

    > `name` stands here a second time

    Put right: one of the two lines.
    """
    yield from _remarks(scene.hub, "unreadable-file")


@rule("unknown-file")
def unknown_file(scene: Scene) -> Iterator[Note]:
    """Every file among the records is a record, and its name says which.

    A record's folder is its kind and the file's name is its id, in small letters joined by
    hyphens, or a number such as `D-2027-001`. A file under any other name would be read by nobody
    and look as if it counted.

    Rename the file as the hint says, or move it out of the folders of records.

    ## Example

    A person's file, named with capital letters:

    ```text
    charter/people/Ana-Ruiz.yml
    ```

    The check finds an error:

    > `Ana-Ruiz.yml` is the name of no record: it is written with capital letters

    Put right: `charter/people/ana-ruiz.yml`.
    """
    yield from _remarks(scene.hub, "unknown-file")


@rule("invalid-field")
def invalid_field(scene: Scene) -> Iterator[Note]:
    """A record has the fields of its kind, each with a value that means something there.

    Dates are days of the calendar, written year-month-day; choices are among those the kind
    knows; no field is misspelt or missing. Words such as `no`, `1:30` or `1.10` are taken as text,
    but should stand in quotes, since other programs read something else in them (a warning). So is
    a day more than a year ahead where something is said to have been done. The
    value of a parameter has the form its rule can read, and rests on a decision that adopted it; a
    value that the charter fixes is changed only by a decision on the charter.

    ## Example

    A field is misspelt:

    ```yaml
    name: State of Alder
    kind: state
    sise: small
    ```

    The check finds an error:

    > `sise` is not a field here

    Put right: `size: small`.
    """
    yield from _remarks(scene.hub, "invalid-field")
    yield from _ahead(scene)
    record = scene.hub.get(Parameters, "parameters")
    if not record:
        if scene.hub.exists("charter", "charter") and not scene.hub.exists(
            "parameters", "parameters"
        ):
            yield Place("charter/charter.md").error(
                "the charter stands here without its parameters, charter/parameters.yml",
                "put the file back: without it every rule takes the readings of the beginning",
            )
        return
    for one in problems(scene.hub):
        place = record.at("parameters", one.name, "history", one.index, "value")
        yield place.error(one.message, "until it is corrected, the value before it holds")
    for one in unadopted(scene.hub):
        yield record.at("parameters", one.name, "history", one.index, "value").error(
            one.message, "name under `decision` the one that adopted it, and let the days agree"
        )
    missing = [name for name in KNOWN if name not in record.parameters]
    if missing and scene.hub.exists("charter", "charter"):
        yield record.at("parameters", key=True).warning(
            f"nothing is said of {', '.join(f'`{name}`' for name in missing)}, so the reading of "
            "the beginning holds",
            "put back what was here, or write the reading down as provisional",
        )
    for name in record.parameters:
        near = difflib.get_close_matches(name, missing, n=1, cutoff=0.85)
        if name not in KNOWN and near:
            yield record.at("parameters", name, key=True).error(
                f"no rule knows a parameter `{name}`, so what it says has no effect",
                f"did you mean `{near[0]}`?",
            )


def _ahead(scene: Scene) -> Iterator[Note]:
    limit = add_years(scene.as_of, 1)
    last = limit.toordinal()
    for document in scene.hub.documents.values():
        if document.valid and document.done > last:
            record = typed(document.kind.model, document)
            for field, path, day in days_done(record):
                if day > limit:
                    yield record.at(*path).warning(
                        f"`{field}` is {day}, more than a year ahead, and it says when something "
                        "was done",
                        "correct the year",
                    )


@rule("id-mismatch", over=Document)
def id_mismatch(document: Document) -> Iterator[Note]:
    """What a record says of itself agrees with the name of its file.

    The file's name is the record's id. A record that gives its `id` gives that one; a term's file
    is named by its start, person and office, a meeting's by its date and body, an answer's by its
    notice and member. Two ids for one record would break what refers to it.

    Rename the file, or correct the field.

    ## Example

    The file's name has another day than the field `start`:

    ```yaml
    # charter/terms/2027-03-01-ana-ruiz-member.yml
    person: ana-ruiz
    office: member
    start: 2027-03-02
    ```

    The check finds an error:

    > the fields `start`, `person`, `office` make this “2027-03-02-ana-ruiz-member”, but the file's
    > name says “2027-03-01-ana-ruiz-member”

    Put right: `start: 2027-03-01`; or, where the field is right, the name of the file.
    """
    if document.declared is not None and document.declared != document.id:
        yield document.at("id").error(
            f"`id` is “{document.declared}”, but the file's name says “{document.id}”",
            "change one of the two, or leave `id` out: the file's name is the id",
        )
    dated = _NUMBERED_BY.get(document.kind.name)
    if dated and document.valid:
        day = str(document.content().data[dated])
        if document.id[2:6] != day[:4]:
            yield document.at(dated).error(
                f"`{dated}` is in {day[:4]}, but the number {document.id} is of {document.id[2:6]}",
                "correct the day, or give the record a number of its year",
            )
    parts = _NAMED_BY.get(document.kind.name)
    if not parts or not document.valid:
        return
    data = document.content().data
    expected = "-".join(str(data[part]) for part in parts)
    if document.kind.name == "answer":
        expected = f"{data['notice']}/{data['member']}"
    if document.id != expected and not (
        document.kind.name == "meeting" and document.id.startswith(f"{expected}-")
    ):
        named = ", ".join(f"`{part}`" for part in parts)
        yield document.at(parts[0]).error(
            f"the fields {named} make this “{expected}”, but the file's name says “{document.id}”",
            "rename the file, or correct the field",
        )


_NUMBERED_BY: Mapping[str, str] = {"decision": "date", "recommendation": "proposed"}
_NAMED_BY: Mapping[str, tuple[str, ...]] = {
    "term": ("start", "person", "office"),
    "meeting": ("date", "body"),
    "answer": ("notice", "member"),
}


@rule("duplicate-id")
def duplicate_id(scene: Scene) -> Iterator[Note]:
    """No two records of a kind have one id.

    What refers to the id would mean either of them. Give one of the records another id: rename its
    file and correct its `id`.

    ## Example

    A copy of Alder's file, on its way to be Birch's:

    ```yaml
    # charter/members/birch.yml
    id: alder
    name: State of Alder
    ```

    The check finds an error:

    > the member “alder” is also in charter/members/alder.yml

    Put right: `id: birch`, or no such line, since the file's name says it.
    """
    for documents in scene.hub.by_kind.values():
        for one in documents.values():
            if one.declared is None or one.declared == one.id:
                continue
            twin = documents.get(one.declared) or next(
                (other for other in documents.values()
                 if other is not one and other.declared == one.declared), None
            )  # fmt: skip
            if twin:
                yield one.at("id").error(
                    f"the {one.kind.name} “{one.declared}” is also in {twin.path}",
                    "give one of the two another id",
                )
