"""Rules on votes: who has one, whether enough took part, and what the count says."""

from collections.abc import Iterator

from npcs.governance import tally
from npcs.governance.memory import per_record
from npcs.governance.tally import decision_day
from npcs.governance.terms import committee, people_in_office
from npcs.records.charter import Decision, Meeting, Term
from npcs.records.findings import Note
from npcs.records.hub import Hub
from npcs.rules.rule import Scene, rule
from npcs.rules.words import day_in_words, name_of, rests


@rule(
    "voter",
    provision="DEC-2",
    over=Decision,
    readings=("proxies",),
    rests_on=(Term,),
    also=("ADV-4",),
    waivable=False,
)
def voter(decision: Decision, scene: Scene) -> Iterator[Note]:
    """Who votes is on the committee that day, and was there.

    Only members of the committee in office on the day of the decision vote, each once; the first
    and the last day of a term count. Technical advisors do not vote (ADV-4), nor does the
    coordinator, and nobody votes for somebody else. In a meeting, somebody recorded as absent or
    excused cannot have voted.

    To put it right, take the vote out. Where the term or the attendance on record is wrong, correct
    that first. A vote that does not count is left out of the tally, so look at the outcome as well.

    ## Example

    Dan Fox is a technical advisor:

    ```yaml
    date: 2027-03-04
    ...
    votes:
      ...
      carla-moe: 'yes'
      dan-fox: 'yes'
    ```

    The check finds an error:

    > Dan Fox cannot vote: not on the committee on 4 March 2027 (technical advisor, who has no vote)

    Put right: without the line of `dan-fox`.
    """
    if not decision.votes:
        return
    day = decision_day(decision)
    office = committee(scene.hub, day)
    meeting = None if decision.ballot else scene.hub.get(Meeting, decision.meeting)
    for who in decision.votes:
        name = name_of(scene.hub, who)
        if not scene.hub.exists("person", who):
            continue  # told by broken-reference
        if who not in office:
            hint = "take the vote out; if the terms on record are wrong, correct them first"
            hint += rests(scene.hub, day, "proxies")
            if who in people_in_office(scene.hub, day, "advisor"):
                hint = "take the vote out: advisors may speak, and hold no vote (ADV-4)"
            yield decision.at("votes", who, key=True).error(
                f"{name} cannot vote: not on the committee on {day_in_words(day)} "
                f"({tally.why_not_counted(scene.hub, who, day)})",
                hint,
            )
        elif meeting and meeting.attendance.get(who) in ("absent", "excused"):
            yield decision.at("votes", who, key=True).error(
                f"{name} has a vote here, and the attendance of the meeting on "
                f"{day_in_words(meeting.date)} says {meeting.attendance[who]}",
                f"take the vote out, or correct the attendance in {meeting.path}",
            )


@per_record
def _can_be_counted(hub: Hub, decision: Decision) -> bool:
    """Whether all that a count of votes or of people rests on can be read.

    Terms, the meeting, and the ids of those who were there or voted: one that is misspelt may be
    that of somebody who was in office.
    """
    meeting = None if decision.ballot else hub.get(Meeting, decision.meeting)
    if hub.unread(Term) or (decision.meeting and not decision.ballot and not meeting):
        return False
    people = hub.by_kind["person"].keys()
    return decision.votes.keys() <= people and (not meeting or meeting.attendance.keys() <= people)


@rule(
    "quorum",
    provision="DEC-1",
    over=Decision,
    readings=("quorum",),
    rests_on=(Term,),
    waivable=False,
)
def quorum(decision: Decision, scene: Scene) -> Iterator[Note]:
    """A decision is adopted only when enough of the committee took part.

    The charter names no quorum; the adopted reading does. Everyone in office who is marked present
    at the meeting, or cast a vote, took part, be it to abstain. In a ballot only votes tell.

    To put it right, complete the attendance or the votes. If there was no quorum, nothing was
    decided: the `outcome` is `deferred`, and the matter comes up again.

    ## Example

    A decision of 4 March 2027 is recorded as adopted, and this is who was there:

    ```yaml
    date: 2027-03-04
    ...
    attendance:
      ana-ruiz: present
      ...
      dan-fox: absent
      eva-lind: absent
      finn-hale: absent
    ```

    The check finds an error:

    > recorded as adopted, but 3 of the 6 in office took part; more than half of 6 takes 4, so there
    > was no quorum

    Put right: `outcome: deferred` in the decision.
    """
    if decision.outcome != "adopted" or not _can_be_counted(scene.hub, decision):
        return
    count = tally.quorum(scene.hub, decision)
    if not count.met:
        yield decision.at("outcome").error(
            f"recorded as adopted, but {count.sentence}",
            "complete the attendance or the votes; without a quorum the outcome is `deferred`"
            + rests(scene.hub, decision_day(decision), "quorum"),
        )


@rule(
    "two-thirds",
    provision="DEC-2",
    over=Decision,
    readings=("vote-share", "vote-base"),
    rests_on=(Term,),
    waivable=False,
)
def two_thirds(decision: Decision, scene: Scene) -> Iterator[Note]:
    """A vote carries when two-thirds of the committee agree.

    Two-thirds of everyone in office that day must vote yes (the reading in force says of whom). Who
    is absent, abstains or is recused stays in the count and has not agreed; a vacant seat is nobody
    and is not counted. Exactly two-thirds is enough: 6 of 9 carries and 5 of 9 does not, 4 of 6
    carries, 5 of 7 carries and 4 of 7 does not. The message spells the count out.

    To put it right, correct the votes, or write `outcome: rejected`.

    ## Example

    Three of six in office agree; one abstains, one is recused, and one is not there:

    ```yaml
    outcome: adopted
    ...
    votes:
      ana-ruiz: 'yes'
      ben-ode: 'yes'
      carla-moe: 'yes'
      dan-fox: abstain
      eva-lind: recused
    ```

    The check finds an error:

    > recorded as adopted, but 3 of the 6 in office agreed; two-thirds of 6 is 4, so it did not
    > carry (1 abstaining, 1 recused, 1 absent)

    Put right: `outcome: rejected`.
    """
    if decision.method != "vote" or decision.outcome != "adopted" or not decision.votes:
        return
    if not _can_be_counted(scene.hub, decision):
        return
    count = tally.tally(scene.hub, decision)
    if not count.carried:
        yield decision.at("outcome").error(
            f"recorded as adopted, but {count.sentence}",
            "correct the votes if they are wrong, or write `outcome: rejected`"
            + rests(scene.hub, decision_day(decision), "vote-base"),
        )


@rule(
    "outcome",
    provision="DEC-2",
    over=Decision,
    readings=("vote-share", "vote-base"),
    waivable=False,
)
def outcome(decision: Decision, scene: Scene) -> Iterator[Note]:
    """What is recorded as the outcome is what the committee said.

    A vote that carried is adopted and not rejected; a vote has votes. Where nobody in office
    upholds an objection there was consensus, so what is rejected names the objection that stood. A
    matter that was deferred may have any votes: it comes up again. Nothing has been decided on a
    day that is still to come, and nothing holds before it was adopted.

    To put it right, correct the outcome, or the votes and objections it rests on. That a vote was
    adopted and did not carry is told by the rule `two-thirds`.

    ## Example

    Three people are in office, and two of them agree:

    ```yaml
    method: vote
    outcome: rejected
    ...
    votes:
      ana-ruiz: 'yes'
      ben-ode: 'yes'
      carla-moe: 'no'
    ```

    The check finds an error:

    > recorded as rejected, but 2 of the 3 in office agreed; two-thirds of 3 is 2, so it carried (1
    > against)

    Put right: `outcome: adopted`.
    """
    day = decision_day(decision)
    if day > scene.as_of:
        yield decision.at("date").error(
            f"recorded as {decision.outcome} on {day_in_words(day)}, a day still to come",
            "record a decision when it has been made",
        )
    if decision.effective and (decision.outcome != "adopted" or decision.effective < day):
        why = (
            f"and it was decided only on {day_in_words(day)}"
            if decision.outcome == "adopted"
            else f"and it was {decision.outcome}"
        )
        yield decision.at("effective").error(
            f"said to hold from {day_in_words(decision.effective)}, {why}",
            "correct the day, or take `effective` out",
        )
    if decision.outcome == "deferred":
        return
    if decision.method == "vote" and not decision.votes:
        yield decision.at("method").error(
            f"recorded as {decision.outcome} by a vote, and no votes are on record",
            "add `votes` with the vote of each member of the committee who took part",
        )
    elif decision.outcome == "rejected" and decision.method == "vote":
        count = tally.tally(scene.hub, decision)
        if count.carried and _can_be_counted(scene.hub, decision):
            yield decision.at("outcome").error(
                f"recorded as rejected, but {count.sentence}",
                "correct the votes if they are wrong, or write `outcome: adopted`"
                + rests(scene.hub, day, "vote-base"),
            )
    elif decision.outcome == "rejected" and not (
        scene.hub.unread(Term) or tally.in_the_way(scene.hub, decision)
    ):
        yield decision.at("outcome").error(
            "recorded as rejected by consensus, and no objection of anyone in office stands",
            "add the objection that stood under `consensus`, or write `outcome: adopted`",
        )
