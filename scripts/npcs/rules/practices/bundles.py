"""Rules on care bundles: few steps, each for known ages and with its source; and who adopted it."""

from collections.abc import Iterator

from npcs.governance.standing import doubt
from npcs.governance.tally import decision_day
from npcs.records.charter import Decision, Meeting, Person, Term
from npcs.records.findings import Note
from npcs.records.practices import Bundle
from npcs.rules.rule import Scene, rule

FEWEST, MOST = 3, 5
"""How many elements a bundle has, after the Institute for Healthcare Improvement."""


@rule("bundle-elements", provision="ACT-5", over=Bundle, alone=True)
def bundle_elements(bundle: Bundle) -> Iterator[Note]:
    """A care bundle has three to five elements, each with the source it rests on.

    A bundle is a small set of practices with evidence, done together, every time, and measured all
    or none. With more than five it becomes a list of good wishes that nobody does as a whole; one
    or two need no bundle. An element without a source asks people for work that nobody can defend.

    Another number of elements is an error, and so is an element without `evidence`. A source of
    one's own work is a source too: say what it was, and when.

    To put it right, keep the steps that matter most together, and name for each where it comes
    from, with `title`, and `address` and `as_of` where there are any.

    ## Example

    An element names no source:

    ```yaml
    - id: sleep
      text: Look at the place where the infant sleeps
    ```

    The check finds an error:

    > the element “sleep” names no source

    Put right: `evidence` below it, with the title of the policy or study it comes from.
    """
    count = len(bundle.elements)
    if not FEWEST <= count <= MOST:
        yield bundle.at("elements", key=True).error(
            f"this bundle has {count} element{'' if count == 1 else 's'}, and a bundle has "
            f"{FEWEST} to {MOST}",
            "keep the steps that are to be done together every time; the others can be practices",
        )
    for number, one in enumerate(bundle.elements):
        if not one.evidence:
            yield bundle.at("elements", number).error(
                f"the element “{one.id}” names no source",
                "add `evidence:` with the title of what it rests on, and its address if it has one",
            )


@rule("bundle-adopted", provision="ACT-5", over=Bundle, rests_on=(Term, Meeting, Person))
def bundle_adopted(bundle: Bundle, scene: Scene) -> Iterator[Note]:
    """A care bundle is the partnership's once a decision on it has adopted it.

    Until then it is a candidate, which members may try and change. Staff are asked to do every step
    of an adopted bundle for every child, so nobody should be able to call it adopted alone.

    A bundle without `decision` is a candidate, and no fault. One that names a decision needs one
    that names the bundle under `about` and was adopted, and whose record bears that out.

    To put it right, name the decision on this bundle, or take `decision` out.

    ## Example

    The bundle names a decision that was rejected:

    ```yaml
    decision: D-2027-001
    ```

    The check finds an error:

    > D-2027-001, “A bundle for infants”, does not adopt this bundle: it was rejected
    """
    decision = scene.hub.get(Decision, bundle.decision)
    if decision is None or decision_day(decision) > scene.as_of:
        return
    against = doubt(scene.hub, decision, scene.as_of)
    if bundle.key not in decision.about:
        why = f"it does not name {bundle.key} under `about`"
    elif decision.outcome != "adopted":
        why = f"it was {decision.outcome}"
    elif against:
        why = f"it is recorded as adopted{against.words}"
    else:
        return
    yield bundle.at("decision").error(
        f"{decision.key}, “{decision.title}”, does not adopt this bundle: {why}",
        "name the decision on this bundle; or take `decision` out, and it is a candidate",
    )
