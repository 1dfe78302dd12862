"""Rules on what terms are called and stand beside, and on who approved them."""

from collections.abc import Iterator, Mapping

from npcs.governance.memory import per_hub
from npcs.records.charter import Decision
from npcs.records.definitions import Definition
from npcs.records.findings import Note
from npcs.records.hub import Hub
from npcs.rules.rule import Scene, rule

_IN_USE = ("provisional", "approved")


@rule("definition-name", provision="STG-1")
def definition_name(scene: Scene) -> Iterator[Note]:
    """A word means one thing: no two terms share a name, and terms are placed in one way.

    A name that two terms have, as `term`, under `also_called` or `linked_as`, would lead readers to
    either of them, and programs that read the glossary as a vocabulary refuse it. What was
    superseded or withdrawn may keep its name, so that its successor can have it.

    A term that stands above another, however far, is not also beside it: what is `broader` is not
    `related`. And no term is related to itself.

    To put it right, give one of the terms another name, or take the name or reference out of one of
    the two places.

    ## Example

    A term is also called what another one is:

    ```yaml
    term: Near fatality
    also_called: [serious injury]
    ```

    The check finds an error:

    > “serious injury” is a name of two terms: of “Near fatality” here, and of “Serious injury” in
    > definitions/terms/serious-injury.md

    Put right: without that name.
    """
    terms = scene.hub.all(Definition)
    owners: dict[str, Definition] = {}
    for one in terms.values():
        if one.status in _IN_USE:  # its own name comes first, whatever another calls itself
            owners.setdefault(_folded(one.term), one)
    for one in terms.values():
        if one.status in _IN_USE:
            yield from _names(one, owners)
        yield from _placed(one, terms)


def _names(one: Definition, owners: dict[str, Definition]) -> Iterator[Note]:
    fields: list[tuple[tuple[str | int, ...], str]] = [(("term",), one.term)]
    for field, names in (("also_called", one.also_called), ("linked_as", one.linked_as)):
        fields += [((field, at), name) for at, name in enumerate(names)]
    for path, name in fields:
        owner = owners.setdefault(_folded(name), one)
        if owner is not one:
            yield one.at(*path).error(
                f"“{name}” is a name of two terms: of “{one.term}” here, and of “{owner.term}” in "
                f"{owner.path}",
                "call one of them something else",
            )


def _placed(one: Definition, terms: Mapping[str, Definition]) -> Iterator[Note]:
    if not one.related:
        return
    above = _above(one, terms)
    for at, key in enumerate(one.related):
        other = terms.get(key)
        if key == one.key:
            yield one.at("related", at).error(
                f"“{one.term}” is said to be related to itself", "take it out of `related`"
            )
        elif other and (key in above or one.key in _above(other, terms)):
            yield one.at("related", at).error(
                f"“{other.term}” stands above or below “{one.term}” by `broader`, and beside it "
                "by `related`",
                "take it out of `related`",
            )


def _above(one: Definition, terms: Mapping[str, Definition]) -> set[str]:
    """All terms above one; a circle, which another rule tells of, ends nothing in no time."""
    found: set[str] = set()
    left = list(one.broader)
    while left:
        key = left.pop()
        if key not in found and key in terms:
            found.add(key)
            left += terms[key].broader
    return found


def _folded(name: str) -> str:
    return " ".join(name.lower().split())


@rule("definition-approved", provision="STG-1", over=Definition, rests_on=(Decision,))
def definition_approved(definition: Definition, scene: Scene) -> Iterator[Note]:
    """A definition is approved by a decision, and by nothing that somebody types.

    Members count by an approved definition, and readers rely on it. So `status: approved` is for a
    definition that an adopted decision of the committee names under `about`. Until then it is a
    draft, or `provisional`: in use, and not decided on.

    To put it right, name the definition under `about` of the decision that adopted it, or write
    `status: provisional`.

    ## Example

    A definition is called approved, and nobody decided on it:

    ```yaml
    term: Near fatality
    status: approved
    ```

    The check finds an error:

    > “Near fatality” is called approved, and no adopted decision names it under `about`

    Put right: `status: provisional`.
    """
    if definition.status == "approved" and definition.key not in _adopted(scene.hub):
        yield definition.at("status").error(
            f"“{definition.term}” is called approved, and no adopted decision names it under "
            "`about`",
            "name it there, or write `status: provisional`",
        )


@per_hub
def _adopted(hub: Hub) -> frozenset[str]:
    """The definitions that adopted decisions name; whether they hold is for other rules to say."""
    known = hub.by_kind["definition"]
    return frozenset(
        named.id
        for one in hub.by_kind["decision"].values()
        for named in one.references
        if named.field == "about" and named.id in known
        if (decision := hub.get(Decision, one.id)) and decision.outcome == "adopted"
    )
