"""Rules on consensus: it is sought before every vote, and reached when no objection stands."""

from collections.abc import Iterator

from npcs.governance import parameters
from npcs.governance.tally import UNANIMITY, decision_day, in_the_way, why_not_counted
from npcs.governance.terms import committee
from npcs.records.charter import Decision, Term
from npcs.records.findings import Note
from npcs.rules.rule import Scene, rule
from npcs.rules.words import day_in_words, listed, name_of, rests


@rule(
    "consensus-first",
    provision="DEC-1",
    over=Decision,
    readings=("consensus",),
    also=("DEC-2",),
    waivable=False,
)
def consensus_first(decision: Decision, scene: Scene) -> Iterator[Note]:
    """There is a vote only after consensus was sought and an objection stands.

    The committee decides by consensus; two-thirds are asked where consensus cannot be reached. So
    a decision by vote says under `consensus` on which day it was sought, that day or earlier, and
    which objection of somebody in office was not resolved. Without one there was consensus, and
    the method is `consensus`.

    To put it right, add what was said while consensus was sought, or correct the method.

    ## Example

    All three in office say yes, and there is no line on consensus:

    ```yaml
    method: vote
    outcome: adopted
    ...
    votes:
      ana-ruiz: 'yes'
      ben-ode: 'yes'
      carla-moe: 'yes'
    ```

    The check finds an error:

    > this was decided by vote, and nothing says that consensus was sought before

    Put right: `method: consensus`, and `consensus` with the day it was sought on.
    """
    if decision.method != "vote" or decision.outcome == "deferred":
        return
    if decision.consensus is None:
        yield decision.at("method").error(
            "this was decided by vote, and nothing says that consensus was sought before",
            "add `consensus:` with `sought_on:` and `objections:`, each with `by:` and `text:`",
        )
        return
    if not in_the_way(scene.hub, decision) and not scene.hub.unread(Term):
        yield decision.at("consensus", key=True).error(
            "this was decided by vote, and no objection of anyone in office stands: without one "
            "there is consensus",
            "add the one that stood to `objections:`, with `by:` and `text:`, or write "
            f"`method: consensus`{rests(scene.hub, decision_day(decision), 'consensus')}",
        )


@rule("consensus", provision="DEC-1", over=Decision, readings=("consensus",), waivable=False)
def consensus(decision: Decision, scene: Scene) -> Iterator[Note]:
    """There is consensus when nobody in office upholds an objection.

    A decision by consensus says on which day consensus was sought, and lists what was objected.
    Nothing is adopted by consensus while an objection of somebody in office stands unresolved, or
    somebody in office says no. Consensus is sought on the day of the decision or before. What
    advisors and guests object is worth writing down and does not stand in the way: a warning. On
    days on which consensus is read as `unanimity`, everyone in office says yes instead.

    To put it right, say that the objection was `resolved` if it was, or put the matter to a vote.

    ## Example

    Nothing says that the objection of Ben Ode was resolved:

    ```yaml
    method: consensus
    outcome: adopted
    ...
      objections:
      ...
      - by: ben-ode
        text: It comes too early.
    ```

    The check finds an error:

    > adopted by consensus, while an objection of Ben Ode stands

    Put right: `resolved: true` below the text if it was; else `method: vote`, with the votes.
    """
    day = decision_day(decision)
    sought, ballot = decision.consensus, decision.ballot
    if sought and sought.sought_on > day:
        yield decision.at("consensus", "sought_on").error(
            f"consensus is said to be sought on {day_in_words(sought.sought_on)}, after the "
            f"decision on {day_in_words(day)}",
            "correct one of the two days",
        )
    elif sought and decision.method == "vote" and ballot and sought.sought_on > ballot.opened:
        yield decision.at("consensus", "sought_on").error(
            f"consensus is said to be sought on {day_in_words(sought.sought_on)}, when the ballot "
            f"had been open since {day_in_words(ballot.opened)}",
            "correct one of the two days: there is a vote only after consensus was sought",
        )
    office = committee(scene.hub, day)
    adopted = decision.method == "consensus" and decision.outcome == "adopted"
    if sought is None and decision.method == "consensus":
        yield decision.at("method").error(
            "this was decided by consensus, and nothing says when consensus was sought",
            "add `consensus` with `sought_on`, and the objections there were",
        )
    for number, one in enumerate(sought.objections if sought else ()):
        where = ("consensus", "objections", number, "by")
        if one.by not in office:
            if scene.hub.unread(Term) or not scene.hub.exists("person", one.by):
                continue
            yield decision.at(*where).warning(
                f"{name_of(scene.hub, one.by)} was not on the committee on {day_in_words(day)} "
                f"({why_not_counted(scene.hub, one.by, day)}), so this objection does not stand "
                "against consensus",
                "correct `by`, or write what was said into the reasons below the fields",
            )
        elif adopted and not one.resolved:
            yield decision.at(*where).error(
                f"adopted by consensus, while an objection of {name_of(scene.hub, one.by)} stands",
                "write `resolved: true` if it was resolved; else the matter goes to a vote"
                + rests(scene.hub, day, "consensus"),
            )
    if adopted and parameters.value(scene.hub, "consensus", day) == UNANIMITY:
        yield from _not_unanimous(decision, scene)
    elif adopted:
        for who, how in decision.votes.items():
            if how == "no" and who in office:
                yield decision.at("votes", who).error(
                    f"adopted by consensus, while {name_of(scene.hub, who)} said no",
                    "write `method: vote` if there was a vote, with the objection that stood",
                )


def _not_unanimous(decision: Decision, scene: Scene) -> Iterator[Note]:
    silent = [] if scene.hub.unread(Term) else in_the_way(scene.hub, decision)
    if silent:
        names = listed(name_of(scene.hub, who) for who in silent)
        yield decision.at("method").error(
            f"adopted by consensus, and {names} {'has' if len(silent) == 1 else 'have'} not said "
            "yes; that day the reading was that everyone in office agrees in so many words",
            "add their votes if they agreed; else the matter goes to a vote"
            + rests(scene.hub, decision_day(decision), "consensus"),
        )
