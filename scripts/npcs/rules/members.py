"""Rules on members: who stands for a jurisdiction, and which jurisdiction lies within another."""

from collections.abc import Iterator

from npcs.records.charter import Member, Person
from npcs.records.findings import Note
from npcs.rules.rule import Scene, rule
from npcs.rules.words import day_in_words, dues, listed, name_of

_NEEDED = {
    "child-welfare-leader": "a child welfare leader",
    "executive-team": "a member of the executive team",
}
_SIZES = ("small", "medium", "large")


@rule("member-team", provision="MEM-2")
def member_team(scene: Scene) -> Iterator[Note]:
    """A member is a team with a child welfare leader and somebody of the executive team.

    The charter has members that are teams: people who represent the child welfare system of a
    state or jurisdiction, among them at least a child welfare leader and a member of the executive
    team.

    A team nobody has named yet is *due*. A team that is named and lacks one of the two parts is an
    error; one person for both, or somebody on the team who has left the organization, is a
    warning. Members that have left are not asked for a team.

    To put it right, list people under `team`, each with `person` and `role`. Besides the two parts
    there may be data stewards and liaisons.

    ## Example

    The team has one person:

    ```yaml
    name: Alder
    ...
    team:
    - person: ana-ruiz
      role: child-welfare-leader
    ```

    The check finds an error:

    > the team of Alder lacks a member of the executive team

    Put right: a second person, with `role: executive-team`.
    """
    hint = (
        "add to `team` at least one person with `role: child-welfare-leader` and one with "
        "`role: executive-team`"
    )
    yield from dues(scene, "member-team", hint)
    for member in scene.hub.all(Member).values():
        if member.team and not (member.left and member.left < scene.as_of):
            yield from _team(member, scene)


def _team(member: Member, scene: Scene) -> Iterator[Note]:
    leading = [one for one in member.team if one.role in _NEEDED]
    missing = [role for role in _NEEDED if not any(one.role == role for one in leading)]
    if missing:
        yield member.at("team", key=True).error(
            f"the team of {member.name} lacks {listed(_NEEDED[role] for role in missing)}",
            f"add a person with {listed(f'`role: {role}`' for role in missing)}",
        )
    elif len({one.person for one in leading}) == 1:
        yield member.at("team", key=True).warning(
            f"{name_of(scene.hub, leading[0].person)} is both child welfare leader and executive "
            f"team of {member.name}, and one person is no team",
            "add a second person, with the role they have",
        )
    for number, one in enumerate(member.team):
        person = scene.hub.get(Person, one.person)
        if person and person.left_organization and person.left_organization < scene.as_of:
            yield member.at("team", number, "person").warning(
                f"{person.name} left the organization on "
                f"{day_in_words(person.left_organization)} and is still on the team of "
                f"{member.name}",
                "name whoever has taken their place",
            )


@rule("nested-member", provision="CTX-1", over=Member)
def nested_member(member: Member, scene: Scene) -> Iterator[Note]:
    """A member that lies within another is named, so that nobody is counted twice.

    A city or county may be a member beside the state it lies in. Each is a member of its own, with
    its own team and seat. In figures over places and people the smaller one is part of the larger:
    `within` names the larger one, so that figures count it once and say so.

    A warning says that two records do not fit each other: a state within something else, a larger
    place within a smaller one, or a member within one that had left before it joined.

    To put it right, correct `within`, or the kind, size or days of one of the two.

    ## Example

    A state is said to lie in one of its counties:

    ```yaml
    name: Alder
    kind: state
    ...
    within: alder-county
    ```

    The check warns:

    > Alder is a state, and a state lies within no other member

    Put right: without `within` here, and `within: alder` in the record of the county.
    """
    outer = scene.hub.get(Member, member.within)
    if outer is None or outer is member:
        return
    if member.kind_ in ("state", "territory"):
        yield member.at("within").warning(
            f"{member.name} is a {member.kind_}, and a {member.kind_} lies within no other member",
            "take `within` out, or correct `kind`",
        )
    elif _SIZES.index(member.size) > _SIZES.index(outer.size):
        yield member.at("within").warning(
            f"{member.name} is recorded as {member.size} and lies within {outer.name}, which is "
            f"recorded as {outer.size}",
            "correct `within`, or the `size` of one of the two",
        )
    if outer.left and member.joined and member.joined > outer.left:
        yield member.at("within").warning(
            f"{outer.name} left on {day_in_words(outer.left)}, before {member.name} joined on "
            f"{day_in_words(member.joined)}: the two were never members together",
            "take `within` out",
        )
