"""Rules on the use of a notice: what it asks for, and how long it asks for it."""

from collections.abc import Iterator

from npcs.governance import parameters
from npcs.governance.dates import Period
from npcs.governance.notices import looked_at
from npcs.records.findings import Note
from npcs.records.hub import Hub
from npcs.records.notices import Notice
from npcs.rules.rule import Scene, rule
from npcs.rules.words import day_in_words, dues, rests


@rule("notice-review-due", provision="ACT-4", readings=("notice-review",))
def notice_review_due(scene: Scene) -> Iterator[Note]:
    """A notice is looked at again within the adopted time.

    Old advice that nobody looks at again hides the new. The time runs from the last version, or
    from the last of `reviews`, which say that it was looked at and left as it was; `review_by` may
    choose an earlier day, and no later one. While the notice is open, its review is *due* by then:
    it is closed, amended, or left as it is.

    To put it right, choose an earlier day; or look at the notice, and record what came of it.

    ## Example

    Notices are looked at again within 1 year:

    ```yaml
    issued: 2027-03-04
    ...
    review_by: 2028-06-30
    ```

    The check finds an error:

    > to be reviewed by 30 June 2028, and within 1 year of 4 March 2027 means by 4 March 2028

    Put right: `review_by: 2028-03-04`, or a day before it.
    """
    hint = "look at it: close it, amend it, or add an entry under `reviews`"
    yield from dues(scene, "notice-review-due", hint)
    for notice in scene.hub.all(Notice).values():
        yield from _review_by(notice, scene.hub)


def _review_by(notice: Notice, hub: Hub) -> Iterator[Note]:
    looked = max(looked_at(notice), default=None)
    if looked is None or notice.review_by is None:
        return
    often: Period = parameters.value(hub, "notice-review", looked)
    if notice.review_by > often.after(looked):
        latest = often.after(looked)
        yield notice.at("review_by").error(
            f"to be reviewed by {day_in_words(notice.review_by)}, and within {often} of "
            f"{day_in_words(looked)} means by {day_in_words(latest)}",
            f"write `review_by: {latest}`, or a day before it"
            + rests(hub, looked, "notice-review"),
        )


@rule("notice-actions", provision="ACT-4", over=Notice, alone=True)
def notice_actions(notice: Notice) -> Iterator[Note]:
    """Every action of a notice has an owner, a day and a measure.

    An action nobody owns is not taken, one without a day waits, and without a measure nobody knows
    whether it helped. `owner` is an office or a role in a member's agency, never a name. Every
    notice but a `resource` asks for at least one action.

    What has been issued and lacks one is an error; a notice in review is reminded, so that it can
    be put right in time. `harm` and `equity` are for what could go wrong, and for whom.

    To put it right, add what is missing; for what has been issued, that is a new version.

    ## Example

    Nobody could say whether this helped:

    ```yaml
    issued: 2027-03-04
    ...
    - text: Look at the sleeping place at every visit
      owner: Supervisors of field staff
      strength: intermediate
      due: 2027-05-01
    ```

    The check finds an error:

    > the action “Look at the sleeping place at every visit” has no measure

    Put right: `measure` with what shows that it is done, such as the share of visits.
    """
    if notice.withdrawn or not (notice.issued or notice.in_review):
        return
    grave = notice.issued is not None
    if not notice.actions and notice.kind_ != "resource":
        place = notice.at("kind")
        said = f"this is a {notice.kind_.replace('-', ' ')}, and it asks for no action"
        hint = "add `actions`, or make it a `resource`"
        yield place.error(said, hint) if grave else place.warning(said, hint)
    for number, action in enumerate(notice.actions):
        lacking = [
            words
            for name, words in (("owner", "owner"), ("due", "due day"), ("measure", "measure"))
            if not getattr(action, name)
        ]
        place = notice.at("actions", number)
        if lacking:
            said = f"the action “{action.text}” has no {' and no '.join(lacking)}"
            hint = "add what is missing; an owner is an office or a role"
            yield place.error(said, hint) if grave else place.warning(said, hint)
        if notice.issued and action.due and action.due < notice.issued:
            yield notice.at("actions", number, "due").error(
                f"this action was due on {day_in_words(action.due)}, before the notice was issued "
                f"on {day_in_words(notice.issued)}",
                "correct the day",
            )
