"""Rules on definitions: where they come from, how they change, how members' rules compare."""

import re
from collections.abc import Iterator

from npcs.records.charter import Member
from npcs.records.definitions import Definition, Edition
from npcs.records.findings import Note, Place
from npcs.records.hub import Hub
from npcs.records.record import Source
from npcs.rules.rule import Scene, rule
from npcs.rules.words import day_in_words, dues, listed

_OWN = re.compile(r"(?<![\w-])(D-\d{4}-\d{3,4}|[A-Z]{3}-\d{1,2})(?![\w-])")
_MEANING = {
    "definition": "the definition",
    "formal": "the formal text",
    "includes": "what it includes",
    "excludes": "what it does not include",
}


# Where a definition comes from


@rule("definition-source", provision="STG-1", over=Definition)
def definition_source(definition: Definition, scene: Scene) -> Iterator[Note]:
    """Every definition says where it comes from, so that anybody can look it up.

    A standard that nobody can trace is an opinion. So the source of a definition has a web address,
    or it names the provision of the charter or the decision that the definition is taken from. The
    same holds for each law under `legal_basis`. With the day or year it was looked up in `as_of`,
    people can tell later whether the source has moved on; where that is missing, a warning says so.

    A definition that is superseded says by which term, under `superseded_by`; no other does.

    To put it right, add the `address`, or write the provision or decision into the `title`, as in
    “Charter, provision LTG-2”.

    ## Example

    A definition names a manual and not where it is:

    ```yaml
    source:
      title: Data manual
      as_of: '2027'
    ```

    The check finds an error:

    > the source of “Near fatality” cannot be looked up: “Data manual” has no address

    Put right: the same with `address: https://example.org/manual`.
    """
    named = f"the source of “{definition.term}”"
    yield from _source(definition, scene, definition.source, named, "source")
    for number, law in enumerate(definition.legal_basis):
        named = f"the legal basis of “{definition.term}”"
        yield from _source(definition, scene, law, named, "legal_basis", number)
    if definition.status == "superseded" and not definition.superseded_by:
        yield definition.at("status").error(
            f"“{definition.term}” is superseded, and nothing says by which term",
            "add `superseded_by` with the id of the term, or write `status: withdrawn`",
        )
    if definition.superseded_by and definition.status != "superseded":
        yield definition.at("superseded_by").error(
            f"“{definition.term}” names the term that took its place, and is called "
            f"{definition.status}",
            "write `status: superseded`, or take `superseded_by` out",
        )


def _source(
    record: Definition, scene: Scene, source: Source, named: str, *path: str | int
) -> Iterator[Note]:
    if source.address and not re.match(r"https?://[^\s/]+\.", source.address):
        yield record.at(*path, "address").error(
            f"{named} cannot be looked up: “{source.address}” is no web address",
            "write the full address, beginning with https://",
        )
    elif not source.address and not _is_own(source.title, scene.hub):
        yield record.at(*path, "title").error(
            f"{named} cannot be looked up: “{source.title}” has no address",
            "add `address`; or, where the words are the partnership's own, name the provision or "
            "decision in the title, as in “Charter, provision LTG-2”",
        )
    elif not source.as_of:
        yield record.at(*path).warning(
            f"nobody can tell when {named} was looked up",
            "add `as_of` with the day, month or year",
        )
    elif source.as_of > str(scene.as_of)[: len(source.as_of)]:
        yield record.at(*path, "as_of").warning(
            f"{named} is said to be as of {source.as_of}, which has not come yet",
            "correct the day, month or year",
        )


def _is_own(title: str, hub: Hub) -> bool:
    """Whether a title names a provision of the charter, or a decision, that is on record."""
    return any(
        hub.exists("decision" if key.startswith("D-") else "provision", key)
        for key in _OWN.findall(title)
    )


# How it changes


@rule("definition-version", provision="STG-1")
def definition_version(scene: Scene) -> Iterator[Note]:
    """When a meaning changes, the version rises and the old text is kept.

    Figures are counted by a definition. If its words change in silence, old and new figures look
    alike and are not. So each definition is compared with how it stood at each approved revision
    of the charter (its tag): where the definition, its formal text, or what it includes or
    excludes is different, `version` has to be higher, and `earlier` has to hold the old version
    with its text, word for word. Drafts may change freely. Examples and questions may always be
    improved.

    A definition never disappears: it is superseded or withdrawn. And the entries under `earlier`
    stand in order, each with a version below the next.

    To put it right, raise `version`, and add under `earlier` the old `version`, `until` which day
    it held, its `definition` (and `formal` text), and `why` it was changed.

    ## Example

    When the charter was last approved, the definition was “Harm to a child.” Now it reads:

    ```yaml
    term: Child maltreatment
    version: '1.0'
    ...
    definition: Harm to a child by a parent or caretaker.
    ```

    The check finds an error:

    > the meaning of “Child maltreatment” has changed since charter-v1.0 (the definition), and its
    > version is still 1.0

    Put right: `version: '1.1'`, and the old text under `earlier`.
    """
    for definition in scene.hub.all(Definition).values():
        yield from _in_order(definition)
    if scene.approved is None:
        return
    told = set()
    for tag, then in reversed(scene.approved.stood):  # the latest first
        for key, before in then.all(Definition).items():
            if key in told or before.status == "draft":
                continue
            notes = tuple(_since(key, before, scene.hub, tag))
            if notes:
                told.add(key)
            yield from notes


def _since(key: str, before: Definition, hub: Hub, tag: str) -> Iterator[Note]:
    if not hub.exists("definition", key):
        yield Place(before.path).error(
            f"the definition of “{before.term}” is gone; at {tag} it was there, and nothing is "
            "deleted",
            "bring it back, with `status: withdrawn`, or `superseded` and `superseded_by`",
        )
    elif now := hub.get(Definition, key):
        yield from _changed(before, now, tag)


def _in_order(definition: Definition) -> Iterator[Note]:
    for number, one in enumerate(definition.earlier):
        after = next(iter(definition.earlier[number + 1 :]), None)
        following = after.version if after else definition.version
        if _number(one.version) >= _number(following):
            what = f"version {following}" if after else f"the present version {following}"
            yield definition.at("earlier", number, "version").error(
                f"under `earlier`, version {one.version} of “{definition.term}” stands before "
                f"{what}",
                "put the oldest first, each with a version below the next",
            )
        elif after and one.until > after.until:
            yield definition.at("earlier", number, "until").error(
                f"version {one.version} of “{definition.term}” is said to have held until "
                f"{day_in_words(one.until)}, after version {after.version} had ended",
                "correct one of the two days under `until`",
            )


def _changed(before: Definition, now: Definition, tag: str) -> Iterator[Note]:
    kept = {one.version: one for one in now.earlier}
    for old in before.earlier:
        if old.version not in kept or not _same(old, kept[old.version]):
            yield now.at("earlier", key=True).error(
                f"the text of version {old.version} of “{now.term}” is no longer as it was kept at "
                f"{tag}",
                "put it back under `earlier`, word for word",
            )
    if _number(now.version) < _number(before.version):
        yield now.at("version").error(
            f"the version of “{now.term}” was {before.version} at {tag} and is {now.version}",
            "versions only rise: write a higher one",
        )
        return
    fields = [words for name, words in _MEANING.items() if _text(before, name) != _text(now, name)]
    if not fields:
        return
    if now.version == before.version:
        yield now.at("version").error(
            f"the meaning of “{now.term}” has changed since {tag} ({listed(fields)}), and its "
            f"version is still {now.version}",
            "raise `version`, and keep the old text under `earlier`",
        )
    elif before.version not in kept or not _same(before, kept[before.version]):
        yield now.at("version").error(
            f"the meaning of “{now.term}” has changed since {tag} ({listed(fields)}), and its text "
            f"of version {before.version} is not kept",
            f"add under `earlier` an entry with `version: '{before.version}'`, the old "
            "`definition` word for word, `until` and `why`",
        )


def _same(old: Definition | Edition, kept: Edition) -> bool:
    return all(_text(old, name) == _text(kept, name) for name in ("definition", "formal"))


def _text(record: Definition | Edition, name: str) -> str:
    """A field as words, however its lines are broken."""
    value = getattr(record, name) or ""
    return " ".join((value if isinstance(value, str) else "\n".join(value)).split())


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


# How members' own rules compare


@rule("crosswalk", provision="STG-1", rests_on=(Member,))
def crosswalk(scene: Scene) -> Iterator[Note]:
    """A crosswalk says where a member's rule stands, and was made with the definition as it is.

    Members' laws differ, and a figure over several of them means something only where each one's
    rule has been compared with the standard. So each entry names the source of the member's rule,
    and the version of the definition that it was `compared_with`. When the definition gets a new
    version, the comparison is *due* again: until then the site does not count the member's figures
    among those that may be added up.

    To put it right, read the member's rule beside the definition, correct `mapping` and `note`, and
    write the present version under `compared_with`. It is the member's own to say; the coordinator
    asks.

    ## Example

    A rule was compared with a version that there is not:

    ```yaml
    term: Near fatality
    version: '1.0'
    ...
    crosswalk:
      alder:
        mapping: exact
        compared_with: '1.1'
    ```

    The check finds an error:

    > Alder's rule was compared with version 1.1 of “Near fatality”, and there is only version 1.0

    Put right: `compared_with: '1.0'`.
    """
    yield from dues(
        scene,
        "crosswalk",
        "ask the member to look again, then write the new version under `compared_with`",
    )
    for definition in scene.hub.all(Definition).values():
        if definition.status not in ("superseded", "withdrawn"):
            yield from _compared(definition, scene.hub)


def _compared(definition: Definition, hub: Hub) -> Iterator[Note]:
    for key, entry in definition.crosswalk.items():
        member = hub.get(Member, key)
        name = f"{member.name if member else key}'s rule"
        if _number(entry.compared_with) > _number(definition.version):
            yield definition.at("crosswalk", key, "compared_with").error(
                f"{name} was compared with version {entry.compared_with} of “{definition.term}”, "
                f"and there is only version {definition.version}",
                "write the version that it was held against",
            )
        if entry.source is None and entry.mapping != "none":
            yield definition.at("crosswalk", key, key=True).error(
                f"nothing says where {name} on “{definition.term}” can be read",
                "add `source` with `title`, and `address` and `as_of` if there are any",
            )


__all__ = ["crosswalk", "definition_source", "definition_version"]
