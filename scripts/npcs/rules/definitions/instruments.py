"""The rule on review tools and surveys: what is licensed is shown only with permission."""

from collections.abc import Iterator

from npcs.records.definitions import Instrument
from npcs.records.findings import Note
from npcs.rules.rule import Scene, rule


@rule("instrument", provision="STG-1", over=Instrument, waivable=False)
def instrument(record: Instrument, scene: Scene) -> Iterator[Note]:  # noqa: ARG001
    """The items of an instrument are shown with permission, or the record says why they are not.

    Tools and surveys belong to those who made them, and everybody can read this hub. Who fills in
    the items says under `permission` who allowed it and when, and takes `not_here` out, which says
    that they are not shown. Without items, `not_here` says what is missing and how to fill it in.

    To put it right, add what is missing; where there is no permission, take the items out.

    ## Example

    Somebody copied the items of a survey, and nobody was asked:

    ```yaml
    licence: To be asked of the makers
    not_here: The items are licensed, so they are not here.
    domains:
      - name: Workload
        items: [I have time for each family]
    ```

    The check finds an error:

    > “Staff survey” shows items, and says under `not_here` that they are not shown

    Put right: without the items; or without `not_here`, and with `permission`.
    """
    at = next((number for number, one in enumerate(record.domains) if one.items), None)
    if at is None:
        if not record.not_here:
            yield record.at("title").error(
                f"“{record.title}” has no items, and nothing says why",
                "add the items with `permission`, or say under `not_here` what is missing and how "
                "to fill it in",
            )
        return
    place = record.at("domains", at, "items")
    if record.not_here:
        yield place.error(
            f"“{record.title}” shows items, and says under `not_here` that they are not shown",
            "take the items out; with permission, take `not_here` out",
        )
    elif not record.permission:
        yield place.error(
            f"“{record.title}” shows items, and nothing says who permitted that",
            "add `permission` with who gave it and when, or take the items out",
        )
