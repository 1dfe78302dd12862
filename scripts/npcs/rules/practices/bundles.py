"""The rule on care bundles: few steps, each for known ages and each with its source."""

from collections.abc import Iterator

from npcs.records.findings import Note
from npcs.records.practices import Bundle
from npcs.rules.rule import rule

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
