"""Rules on the provisions of the charter: their ids last, and each is held by something."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from npcs.charter.coverage import Evidence, Held, body, coverage, evidence, rules_by_provision
from npcs.charter.provisions import Anchor, Provision, body_of, provisions, words
from npcs.governance.obligation import CHARTER
from npcs.records.charter import Charter, Decision, Parameters
from npcs.records.coverage import Coverage
from npcs.records.findings import Note, Place
from npcs.records.hub import Hub
from npcs.records.kinds import KINDS
from npcs.rules.rule import Scene, rule
from npcs.rules.words import in_words, listed

_LONG = 4
"""From how many letters on a word says what a sentence is about."""


@rule("provision-ids", provision="REV-1", rests_on=(Charter,), waivable=False)
def provision_ids(scene: Scene) -> Iterator[Note]:
    """Every provision has an id of its own, which is never lost and never given to another.

    Decisions, readings, rules and pages refer to provisions by their ids. So a provision begins
    with its id in bold and holds its address: `**DEC-2** … {#dec-2}`. No id stands twice. What only
    looks like an id, such as `**DEC-9999**` or one in letters of another script, is an error: no
    rule would see what stands there. A text between a heading and the first provision below it is a
    warning for the same reason. Code is such a text as well. What explains the charter and is no
    part of it stands before the first heading, or at the end, under the heading “About this text”.

    An id that was approved once stays in the text. A provision that no longer holds keeps its id
    and says so in its first word, as in `**DIS-1** Withdrawn by D-2028-003. {#dis-1}`; the id is
    never used again. The decision is on record and was adopted; else the provision still holds. A
    new provision takes the next free number. Words that moved from one id to another are an error;
    a provision whose words have nothing in common with those approved under its id is a warning,
    since it reads like another one. Before anything was approved, the ids in `charter/coverage.yml`
    tell what there was.

    ## Example

    The id is that of the provision before it:

    ```markdown
    **DEC-2** Decisions are shared outside only once they are complete. {#dec-2}
    ```

    The check finds an error:

    > DEC-2 stands here a second time; the first is in line 11

    Put right: the id and the address of DEC-3, the next free one.
    """
    if not scene.hub.exists("charter", "charter"):
        for tag, _ in _approved(scene)[-1:]:
            yield CHARTER.error(f"the charter is gone; it stood here at {tag}", "put the file back")
        return
    found = provisions(body(scene.hub))
    first: dict[str, Provision] = {}
    for one in found.all:
        if one.id in first:
            line = _at(scene.hub, first[one.id]).line
            yield _at(scene.hub, one).error(
                f"{one.id} stands here a second time; the first is in line {line}",
                f"give the new provision an id that was never used, such as {_free(scene, one.id)}",
            )
        else:
            first[one.id] = one
        yield from _addressed(one, scene.hub)
        yield from _withdrawn(one, scene.hub)
    for anchor in found.astray:
        yield _astray(anchor, scene.hub)
    for nearly in found.nearly:
        yield _at(scene.hub, nearly).error(
            f"“{nearly.name}” looks like the id of a provision and is none, so nothing holds what "
            "stands here",
            "write three capital letters from A to Z, a hyphen and a number of at most three "
            "digits, as in **DEC-2**; if this is no provision, do not begin with it in bold",
        )
    for loose in found.loose if found.all else ():
        yield _at(scene.hub, loose).warning(
            f"“{loose.name} …” belongs to no provision, so nothing can refer to it, and no rule "
            "holds it",
            "begin it with an id of its own, as in **DEC-2**, and end it with the address; what is "
            "no part of the charter stands before the first heading, or at the end, under “About "
            "this text”",
        )
    yield from _lost(first, scene)
    for tag, before in _approved(scene)[-1:]:
        yield from _reused(first, before, tag, scene)


def _at(hub: Hub, one: Provision | Anchor) -> Place:
    """The place of a provision or an address in the charter's file."""
    start = hub.documents[CHARTER.path].content().body_line
    return Place(CHARTER.path, start + one.line, one.column)


def _addressed(one: Provision, hub: Hub) -> Iterator[Note]:
    if not one.anchors:
        yield _at(hub, one).error(
            f"{one.id} has no address, so nothing can lead to it",
            f"write {{#{one.anchor}}} at the end of its paragraph",
        )
    for number, anchor in enumerate(one.anchors):
        if number and anchor.name == one.anchor:
            yield _at(hub, anchor).error(
                f"{one.id} has its address a second time", "take one of the two out"
            )
        elif number:
            yield _astray(anchor, hub)
        elif anchor.name != one.anchor:
            yield _at(hub, anchor).error(
                f"the address here is {anchor.name}, and this is {one.id}",
                f"write {{#{one.anchor}}}",
            )


def _withdrawn(one: Provision, hub: Hub) -> Iterator[Note]:
    """What keeps a provision that calls itself withdrawn from being so."""
    if one.calls_itself_withdrawn and not one.withdrawn:
        yield _at(hub, one).error(
            f"{one.id} calls itself withdrawn by no decision, so it still holds",
            f"write “**{one.id}** Withdrawn by” and the id of the decision, such as D-2028-003",
        )
    elif one.withdrawn and not hub.exists("decision", one.withdrawn_by):
        yield _at(hub, one).error(
            f"{one.id} calls itself withdrawn by {one.withdrawn_by}, and there is no such decision",
            "name the decision of the committee that withdrew it, and see that it is on record",
        )
    elif (by := hub.get(Decision, one.withdrawn_by)) and by.outcome != "adopted":
        yield _at(hub, one).error(
            f"{one.id} calls itself withdrawn by {by.key}, which was {by.outcome}: it still holds",
            "bring back its words, or name the decision that was adopted",
        )


def _astray(anchor: Anchor, hub: Hub) -> Note:
    return _at(hub, anchor).error(
        f"{{#{anchor.name}}} is the address of a provision, and no id stands in front of it",
        f"begin the paragraph with **{anchor.name.upper()}**",
    )


def _free(scene: Scene, key: str) -> str:
    """The id after the highest that any provision of its letters has or had."""
    letters = key[:4]
    known = {*provisions(body(scene.hub)).by_id, *_registered(scene.hub)}
    known.update(*(before for _, before in _approved(scene)))
    ours = (one.removeprefix(letters) for one in known if one.startswith(letters))
    return f"{letters}{1 + max(int(one) for one in ours if one.isdecimal() and one.isascii())}"


def _registered(hub: Hub) -> Mapping[str, Place]:
    """The ids in the table of coverage, and where they stand."""
    record = hub.get(Coverage, "coverage")
    keys = record.provisions if record else {}
    return {key: record.at("provisions", key, key=True) for key in keys if record}


def _approved(scene: Scene) -> list[tuple[str, Mapping[str, Provision]]]:
    """The provisions of every approved text by their ids, with the tag, the earliest first."""
    texts = scene.approved.texts if scene.approved else {}
    return [(tag, provisions(body_of(raw)).by_id) for tag, raw in texts.items()]


def _lost(now: Mapping[str, Provision], scene: Scene) -> Iterator[Note]:
    gone: dict[str, str] = {}
    for tag, before in _approved(scene):
        gone |= dict.fromkeys((key for key in before if key not in now), tag)
    for key, tag in gone.items():
        yield CHARTER.error(
            f"{key} stood in the charter at {tag} and is gone; an id is never lost",
            f"put it back; if it no longer holds, write “**{key}** Withdrawn by” and the decision, "
            f"and {{#{key.lower()}}} behind it",
        )
    for key, place in _registered(scene.hub).items():
        if key not in now and key not in gone:
            alike = [] if any(one[:4] == key[:4] for one in now) else get_close_matches(key, now)
            yield place.error(
                f"the charter has no provision {key}, which has an entry here",
                f"did you mean {alike[0]}?"
                if alike
                else "if it was taken out of the text, put it back and say there that it was "
                "withdrawn; else correct the id",
            )


def _reused(
    now: Mapping[str, Provision], before: Mapping[str, Provision], tag: str, scene: Scene
) -> Iterator[Note]:
    """What stands under an id that was approved for something else."""
    said = {tuple(words(one.text)): key for key, one in before.items() if not one.withdrawn}
    for key, one in now.items():
        was = before.get(key)
        if was is None or one.calls_itself_withdrawn or was.text == one.text:
            continue
        text, old = words(one.text), words(was.text)
        moved = said.get(tuple(text), key)
        if was.withdrawn:
            yield _at(scene.hub, one).error(
                f"{key} was withdrawn at {tag}, and stands here with other words",
                f"give the new provision an id that was never used, such as {_free(scene, key)}",
            )
        elif text != old and moved != key:
            yield _at(scene.hub, one).error(
                f"these words stood under {moved} at {tag}, and stand under {key} now",
                "let each provision keep its id; what refers to it would mean another one",
            )
        elif _unlike(text, old):
            yield _at(scene.hub, one).warning(
                f"{key} has next to nothing in common with what it said at {tag}: “{was.text}”",
                f"if this is another matter, withdraw {key} and give the new provision the id "
                f"{_free(scene, key)}; if it says the same in other words, leave it",
            )


def _unlike(one: list[str], other: list[str]) -> bool:
    """Whether two texts share less than a fifth of the words that say what they are about."""
    here, there = ({word for word in some if len(word) >= _LONG} for some in (one, other))
    return 5 * len(here & there) < max(len(here), len(there))


@rule(
    "provision-coverage",
    provision="REV-1",
    rests_on=(Charter, Coverage, Parameters),
    waivable=False,
)
def provision_coverage(scene: Scene) -> Iterator[Note]:
    """Of every provision it is said what holds it: a rule, evidence, or nothing, and then why.

    Rules say themselves which provisions they hold. For all others there is an entry in
    `charter/coverage.yml`. It names under `evidence` where people can see whether the provision is
    lived up to: a folder of records such as `charter/meetings`, the file of a record, or a page of
    the web. Or it gives under `intent` the reason why nothing can be checked. A provision that was
    withdrawn needs no entry.

    A provision that is called intent and held by a rule is a warning, and so are rules that rest on
    provisions the charter does not have. The page on the site shows the table in both directions.

    To put it right, add or correct the entry. It is part of the same change as the text, so that
    whoever decides on the one sees the other.

    ## Example

    DEC-1 to DEC-3 are held by rules. This one is new:

    ```markdown
    **DEC-4** Decisions are explained to families in plain words. {#dec-4}
    ```

    The check finds an error:

    > no rule holds DEC-4, and nothing says what shows that it is lived up to

    Put right: `DEC-4:` in `charter/coverage.yml`, with `evidence` or with `intent`.
    """
    hub = scene.hub
    table = coverage(hub)
    if not table:
        return
    record = hub.get(Coverage, "coverage")
    open_ = [one.provision for one in table.values() if not one.answered]
    if record is None:
        if open_:
            yield CHARTER.warning(
                f"no rule holds {in_words(len(open_), 'provision')} of this charter, and "
                "charter/coverage.yml, which says what else does, is missing",
                "add the file, with an entry for each provision that no rule holds",
            )
    else:
        for one in open_:
            yield _at(hub, one).error(
                f"no rule holds {one.id}, and nothing says what shows that it is lived up to",
                f"add `{one.id}:` to charter/coverage.yml, with `evidence:` and where to look, or "
                "with `intent:` and why nothing can be checked",
            )
        yield from _entries(record, hub)
        yield from _left_behind(table)


def _left_behind(table: Mapping[str, Held]) -> Iterator[Note]:
    """A word on rules that hold what the charter does not say, or says no more."""
    missing = [
        f"{key} ({', '.join(rules)})"
        for key, rules in rules_by_provision().items()
        if key not in table or table[key].provision.withdrawn
    ]
    if missing:
        few = [*missing[:3], f"{len(missing) - 3} more"] if len(missing) > 4 else missing
        yield CHARTER.warning(
            f"rules hold provisions that this charter does not have: {listed(few)}",
            "if a provision was left out by mistake, put it back; else ask the maintainers of the "
            "hub to adapt the rules",
        )


def _entries(record: Coverage, hub: Hub) -> Iterator[Note]:
    by_rule = rules_by_provision()
    for key, entry in record.provisions.items():
        if entry.intent and key in by_rule:
            yield record.at("provisions", key, "intent").warning(
                f"{key} is said to be held by nothing, and {listed(by_rule[key])} "
                f"{'hold' if len(by_rule[key]) > 1 else 'holds'} it",
                "take the entry out, or name evidence besides the rule",
            )
        for number, place in enumerate(entry.evidence):
            found = evidence(hub, place)
            if found.form == "nothing":
                yield record.at("provisions", key, "evidence", number).error(
                    f"no records can stand at “{place}”", _nearest(found, hub)
                )


def _nearest(found: Evidence, hub: Hub) -> str:
    folders = {kind.folder for kind in KINDS.values()}
    near = get_close_matches(found.place, [*sorted(folders), *hub.documents], n=1)
    if near:
        return f"did you mean `{near[0]}`?"
    return "name a folder of records such as `charter/meetings`, the file of one, or an address"


__all__ = ["provision_coverage", "provision_ids"]
