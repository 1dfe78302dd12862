"""Rules on subcommittees and workgroups: who forms them, and who answers what they recommend."""

from collections.abc import Iterator

from npcs.governance.attendance import COLLABORATIVE, COMMITTEE
from npcs.governance.tally import decision_day
from npcs.governance.terms import people_in_office
from npcs.records.charter import Decision, Group, Meeting
from npcs.records.findings import Note
from npcs.records.followup import Recommendation
from npcs.rules.rule import Scene, rule
from npcs.rules.words import day_in_words, dues, name_of


@rule("group-formed", provision="EXC-5")
def group_formed(scene: Scene) -> Iterator[Note]:
    """The committee decides when a subcommittee or workgroup is formed.

    The group names under `formed_by` the decision that formed it: one on a group, which was
    adopted. The group does not meet before that day and does not end before it. Technical advisors
    help a group and are listed under `advisors`; an advisor who leads one is a warning, since
    advisors hold no office (ADV-4).

    To put it right, name the decision that formed the group, or bring it before the committee.

    ## Example

    The committee has rejected D-2027-003:

    ```yaml
    title: Data
    ...
    formed_by: D-2027-003
    ```

    The check finds an error:

    > D-2027-003, “Form another”, was rejected, so it formed no group

    Put right: `formed_by` with the decision that was adopted later.
    """
    first: dict[str, Meeting] = {}
    for meeting in scene.hub.all(Meeting).values():
        if meeting.body_ not in (COMMITTEE, COLLABORATIVE) and meeting.status == "held":
            earlier = first.setdefault(meeting.body_, meeting)
            if meeting.date < earlier.date:
                first[meeting.body_] = meeting
    for group in scene.hub.all(Group).values():
        decision = scene.hub.get(Decision, group.formed_by)
        if decision:
            yield from _formed(group, decision, first.get(group.key))
        yield from _led(group, scene)


def _formed(group: Group, decision: Decision, first: Meeting | None) -> Iterator[Note]:
    place = group.at("formed_by")
    day = decision_day(decision)
    if decision.subject != "group":
        yield place.error(
            f"the subject of {decision.key}, “{decision.title}”, is {decision.subject} and not a "
            "group",
            "name the decision that formed the group, or correct its `subject`",
        )
    elif decision.outcome != "adopted":
        yield place.error(
            f"{decision.key}, “{decision.title}”, was {decision.outcome}, so it formed no group",
            "name the decision that was adopted, or bring the group before the committee",
        )
    elif first and first.date < day:
        yield place.error(
            f"{decision.key} formed the group on {day_in_words(day)}, and the group had met on "
            f"{day_in_words(first.date)} already",
            f"name the decision that formed it, or correct the day of {first.path}",
        )
    for name in ("until", "closed"):
        end = getattr(group, name)
        if end and end < day:
            yield group.at(name).error(
                f"the group ends on {day_in_words(end)}, before it was formed on "
                f"{day_in_words(day)}",
                "correct the day",
            )


def _led(group: Group, scene: Scene) -> Iterator[Note]:
    advisors = people_in_office(scene.hub, group.closed or scene.as_of, "advisor")
    if group.lead in advisors or group.lead in group.advisors:
        yield group.at("lead").warning(
            f"{name_of(scene.hub, group.lead)} is a technical advisor and leads the group; "
            "advisors help, and hold no office (ADV-4)",
            "let somebody from a member lead, with the advisor's help",
        )


@rule(
    "recommendation-answered",
    provision="EXC-6",
    readings=("recommendation-due",),
    also=("EXC-7",),
)
def recommendation_answered(scene: Scene) -> Iterator[Note]:
    """The committee answers what its groups recommend.

    It reviews recommendations and gives feedback and guidance (EXC-6), and decides which are
    adopted (EXC-7). `feedback` in the recommendation answers, and so does a decision with the
    recommendation under `about` that was adopted or rejected; putting it off does not. One that is
    unanswered is *due* by the adopted day. A decision on a recommendation names which, and no
    answer comes before what it answers.

    To put it right, put the recommendation on the agenda, and record the feedback or the decision.

    ## Example

    It is 1 June 2027, and nobody has answered R-2027-002 within 90 days:

    ```yaml
    title: Share one checklist
    from: safe-sleep
    proposed: 2027-03-03
    ```

    The check reminds:

    > recommendation R-2027-002, Share one checklist, is to be answered; due now

    Put right: `feedback` with the day and a text, or a decision with `R-2027-002` under `about`.
    """
    yield from dues(
        scene,
        "recommendation-answered",
        "put it on the agenda; record `feedback` there, or a decision with it under `about`",
        rests_on=(Decision,),
    )
    for one in scene.hub.all(Recommendation).values():
        for number, said in enumerate(one.feedback):
            if said.on < one.proposed:
                yield one.at("feedback", number, "on").error(
                    f"feedback is dated {day_in_words(said.on)}, before the recommendation was "
                    f"made on {day_in_words(one.proposed)}",
                    "correct one of the two days",
                )
    for decision in scene.hub.all(Decision).values():
        if decision.subject == "recommendation":
            yield from _about(decision, scene)


def _about(decision: Decision, scene: Scene) -> Iterator[Note]:
    day = decision_day(decision)
    if not any(scene.hub.exists("recommendation", key) for key in decision.about):
        place = decision.at("about") if decision.about else decision.at("subject")
        yield place.error(
            "this is a decision on a recommendation, and names none",
            "add the recommendation's id, such as R-2027-001, under `about`",
        )
    for number, key in enumerate(decision.about):
        one = scene.hub.get(Recommendation, key)
        if one and day < one.proposed:
            yield decision.at("about", number).error(
                f"decided on {day_in_words(day)}, before {key} was made on "
                f"{day_in_words(one.proposed)}",
                "correct one of the two days",
            )
