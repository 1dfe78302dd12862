"""The rule on how silences of the charter are read: the committee decides on each reading."""

from collections.abc import Iterator

from npcs.records.charter import Decision, Parameters
from npcs.records.findings import Note
from npcs.records.hub import Hub
from npcs.rules.rule import Scene, rule
from npcs.rules.words import day_in_words, dues


@rule("reading-provisional", provision="DEC-1", rests_on=(Parameters, Decision), waivable=False)
def reading_provisional(scene: Scene) -> Iterator[Note]:
    """What the charter leaves open is read as the committee has decided.

    The rules need an answer to questions the charter does not answer, such as how many make a
    quorum. `charter/parameters.yml` gives one for each, with the question, the reading in words,
    and what else it could be. A reading is used from its first day on, and what happened before is
    judged by the one before. One that nobody has adopted is `provisional`, and *due* to be adopted
    or changed. Every rule that rests on one says so on its page and in what it finds. What the
    charter fixes itself needs nobody to adopt it. A reading that had been adopted when the charter
    was last approved stays under `history`, as it was.

    To put it right, let the committee decide: `subject: reading`, and in the parameter a new entry
    under `history`, with the day `from` which it holds and the `decision`.

    ## Example

    Nobody has adopted this yet:

    ```yaml
    question: How soon do the minutes reach the members?
    ...
    - from: 2027-01-01
      value: 14 days
      provisional: true
    ```

    The check reminds:

    > “How soon do the minutes reach the members?” is answered for now with “14 days”, which nobody
    > has adopted; overdue since 1 January 2027

    Put right, after the decision: another entry, with `decision: D-2027-002` instead of
    `provisional`.
    """
    yield from dues(
        scene,
        "reading-provisional",
        "let the committee adopt or change it, and name the decision under `history`",
    )
    told: set[tuple[str, str]] = set()
    for tag, before in reversed(scene.approved.stood) if scene.approved else ():
        for name, decision, note in _adopted_no_more(before, scene.hub, tag):
            if (name, decision) not in told:
                told.add((name, decision))
                yield note


def _adopted_no_more(before: Hub, now: Hub, tag: str) -> Iterator[tuple[str, str, Note]]:
    """What had been adopted at a tag, and by which decision, and stands there no more."""
    was, is_ = (one.get(Parameters, "parameters") for one in (before, now))
    if was is None or is_ is None:
        return
    for name, parameter in was.parameters.items():
        today = is_.parameters.get(name)
        kept = {(one.from_, one.value, one.decision) for one in today.history} if today else set()
        for one in parameter.history:
            if one.decision and (one.from_, one.value, one.decision) not in kept:
                place = is_.at("parameters", name, key=True) if today else is_.at()
                note = place.error(
                    f"at {tag} `{name}` was “{one.value}” from {day_in_words(one.from_)} on, by "
                    f"{one.decision}, and now nothing says so",
                    "put the entry back under `history`; what the committee decides anew is an "
                    "entry of its own, with its decision",
                )
                yield name, one.decision, note


__all__ = ["reading_provisional"]
