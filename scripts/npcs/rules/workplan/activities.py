"""Rules on the activities of the work plan: that none is missing, and who takes part."""

import re
from collections.abc import Iterator

from npcs.charter.provisions import provisions
from npcs.records.charter import Charter, Member
from npcs.records.findings import Note
from npcs.records.workplan import Activity
from npcs.rules.rule import Scene, rule
from npcs.rules.words import day_in_words, dues, provision_place

_EXPECTED = re.compile(r"ACT-[1-9]\d?")


@rule("activity-missing", provision="ACT-0", rests_on=(Activity, Charter))
def activity_missing(scene: Scene) -> Iterator[Note]:
    """The work plan has one activity for every activity the charter expects.

    The charter's status of each is captured in the work plan (ACT-0). So each provision ACT-1,
    ACT-2 and on has a file in `workplan/activities/` that names it under `provision`, be it without
    a milestone yet. Where there is no activity at all, the plan is *due*. Two on one provision are
    a warning, since readers would find two states. A provision that was withdrawn needs none.

    To put it right, add the file, or let it name the provision it is about.

    ## Example

    The charter expects that members share safety notices, and no file is on that:

    ```markdown
    **ACT-4** Sharing safety notices across jurisdictions. {#act-4}
    ```

    The check finds an error:

    > the charter expects ACT-4, and no activity of the work plan is on it

    Put right: `workplan/activities/safety-notices.md`, with `provision: ACT-4`.
    """
    charter = scene.hub.document("charter/charter.md")
    if charter is None:
        return
    expected = [key for key in scene.hub.provisions if _EXPECTED.fullmatch(key)]
    first: dict[str, Activity] = {}
    for one in scene.hub.all(Activity).values():
        other = first.setdefault(one.provision, one)
        if not _EXPECTED.fullmatch(one.provision):
            yield one.at("provision").error(
                f"{one.provision} is no activity the charter expects",
                "name the one of ACT-1, ACT-2 and on that this activity is about",
            )
        elif other is not one:
            yield one.at("provision").warning(
                f"{other.path} is on {one.provision} too, so readers find two states of it",
                "put the two together, or let each name the provision it is about",
            )
    missing = [key for key in expected if key not in first]
    known = provisions(charter.body).by_id if missing else {}
    for key in missing:
        if key not in known or not known[key].withdrawn:
            place = provision_place(scene.hub, key)
            said = f"the charter expects {key}, and no activity of the work plan is on it"
            hint = (
                f"add a file to workplan/activities/ with `provision: {key}`; it may have no "
                "milestone yet"
            )
            yield place.error(said, hint) if first else place.due(said, hint)


@rule("participation", provision="ACT-0", readings=("participation-review",), also=("RES-4",))
def participation(scene: Scene) -> Iterator[Note]:
    """Every member says of each activity whether it takes part.

    Members take part in the activities (ACT-0) and make a good-faith effort to complete them
    (RES-4). `participation` in the activity has an entry for each member: not-started, preparing,
    taking-part or paused. A member without one is *due* to be asked, once there is a committee.
    `asked_on` is the day on which members were last asked; they are *due* to be asked again after
    the adopted time. A member that has left and is still said to take part is a warning.

    To put it right, ask the member and add its entry, or take out the one that left.

    ## Example

    Ohio left on 31 March 2027:

    ```yaml
    participation:
      ohio: taking-part
    ```

    The check warns:

    > Ohio left on 31 March 2027, and is still said to take part

    Put right: take out the line. What was is kept by the history.
    """
    hint = "ask them; put their answers under `participation`, and the day under `asked_on`"
    yield from dues(scene, "participation", hint, rests_on=(Member,))
    for one in scene.hub.all(Activity).values():
        for key, how in one.participation.items():
            member = scene.hub.get(Member, key)
            if member and member.left and member.left < scene.as_of and how != "paused":
                told = "take part" if how == "taking-part" else f"be {how.replace('-', ' ')}"
                yield one.at("participation", key, key=True).warning(
                    f"{member.name} left on {day_in_words(member.left)}, and is still said to "
                    f"{told}",
                    "take out the line; the history keeps what was",
                )
