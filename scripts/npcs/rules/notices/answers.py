"""Rules on what members answer to notices, and on who may read it."""

from collections.abc import Iterator
from datetime import date

from npcs.governance.answers import has_agreed
from npcs.governance.notices import file_readers, is_open, versions
from npcs.records.charter import Member, Parameters
from npcs.records.findings import Note
from npcs.records.notices import Answer, EarlierAnswer, Notice
from npcs.rules.rule import Scene, rule
from npcs.rules.words import day_in_words, dues, rests, role_only

_SAYS_WHY = {
    "not-applicable": "why the notice does not concern the member",
    "equivalent-measure": "which other measure has the same effect",
}


@rule("notice-answer", provision="ACT-4")
def notice_answer(scene: Scene) -> Iterator[Note]:
    """Every member answers the version of a notice that is in force, and says why where it must.

    An answer is the own word of a member, one that was a member on that day. It names a version
    that had gone out by then; when a notice is amended, all are asked again, and what was answered
    before moves to `earlier`. `not-applicable` says in `reason` why, and `equivalent-measure` what
    is done instead.

    How many members have not answered an open notice is *due* by the day under `respond_by`, which
    is not before the day of issue. The check tells how many, and does not name them. An open notice
    without such a day is a warning: no answer to it would ever be late.

    To put it right, answer, or correct the version or the day.

    ## Example

    There has been no version 1.1 of the notice:

    ```yaml
    member: alder
    notice: NPCS-SN-2027-001
    version: "1.1"
    ```

    The check finds an error:

    > this answers version 1.1 of NPCS-SN-2027-001, and no such version has gone out

    Put right: `version: "1.0"`.
    """
    hint = "ask them; their answers stand in the folder of the notice"
    yield from dues(scene, "notice-answer", hint, rests_on=(Answer,))
    for notice in scene.hub.all(Notice).values():
        yield from _asked_by(notice, scene)
    for answer in scene.hub.all(Answer).values():
        asking = scene.hub.get(Notice, answer.notice)
        if asking is None:
            continue
        member = scene.hub.get(Member, answer.member)
        yield from role_only(scene.hub, answer.lead, answer, "lead")
        yield from role_only(scene.hub, answer.operational_lead, answer, "operational_lead")
        yield from _fits(answer, answer, (), asking, member)
        for number, one in enumerate(answer.earlier):
            yield from _fits(answer, one, ("earlier", number), asking, member)
            if one.on > answer.on:
                yield answer.at("earlier", number, "on").error(
                    f"this is of {day_in_words(one.on)}, after the answer of "
                    f"{day_in_words(answer.on)} that is to be the latest",
                    "put the latest answer on top, and those before it under `earlier`",
                )


@rule(
    "answer-consent",
    provision="ACT-4",
    readings=("hub-audience", "repository-audience"),
    rests_on=(Parameters, Member),
    waivable=False,
)
def answer_consent(scene: Scene) -> Iterator[Note]:
    """Where everybody can read the repository, only members that agreed to be named answer in it.

    Pages tell what a member answered once it has agreed (`answers_named_from` in its own file), and
    count all others in totals. But whoever can read the repository can read the file of an answer,
    and Git keeps it for those who come later. So in a public repository such a member answers
    elsewhere, by letter or on the protected platform, and no page counts it.

    A partnership that wants totals of all members keeps its repository closed and its pages public.
    Who can read the hub and who its files are adopted readings, `hub-audience` and
    `repository-audience`; where they are in doubt, or are to change, the widest circle counts.

    To put it right, ask the member. If it agrees, its file says so. If not, take the answer out of
    the repository and its history, with the help of whoever runs it; treat it as read by others.

    ## Example

    The repository is public, and the member's file says nothing about answers:

    ```yaml
    member: alder
    notice: NPCS-SN-2027-001
    ```

    The check finds an error:

    > everybody can read this file, and Alder has not agreed that anyone may read what it answers
    """
    if file_readers(scene.hub, scene.as_of) != "public":
        return
    for answer in scene.hub.all(Answer).values():
        member = scene.hub.get(Member, answer.member)
        if member is None or has_agreed(member, scene.as_of):
            continue
        yield answer.at("member").error(
            f"everybody can read this file, and {member.name} has not agreed that anyone may read "
            "what it answers",
            "take the file out of the repository and its history; or, if the member agrees, add "
            f"`answers_named_from` with the day to {member.path}"
            + rests(scene.hub, scene.as_of, "hub-audience", "repository-audience"),
        )


def _asked_by(notice: Notice, scene: Scene) -> Iterator[Note]:
    """Whether the day by which members answer can be kept."""
    if notice.issued and notice.respond_by and notice.respond_by < notice.issued:
        yield notice.at("respond_by").error(
            f"members are to answer by {day_in_words(notice.respond_by)}, before the notice was "
            f"issued on {day_in_words(notice.issued)}",
            "correct the day",
        )
    elif notice.respond_by is None and is_open(scene.hub, notice, scene.as_of):
        yield notice.at("issued").warning(
            "nothing says by when members answer this notice, so no answer is ever late",
            "add `respond_by` with a day",
        )


def _fits(
    answer: Answer,
    said: Answer | EarlierAnswer,
    path: tuple[str | int, ...],
    notice: Notice,
    member: Member | None,
) -> Iterator[Note]:
    if member and not _takes_part(member, said.on):
        yield answer.at(*path, "on").error(
            f"{member.name} was not a member on {day_in_words(said.on)}",
            "correct the day, or the days of the member; only members answer",
        )
    out = {one.number: one for one in versions(notice)}
    version = out.get(said.version)
    if version is None:
        yield answer.at(*path, "version").error(
            f"this answers version {said.version} of {notice.key}, and no such version has gone "
            "out",
            f"the versions are {', '.join(out)}" if out else "the notice is still a draft",
        )
    elif said.on < version.on:
        yield answer.at(*path, "on").error(
            f"answered on {day_in_words(said.on)}, before version {version.number} went out on "
            f"{day_in_words(version.on)}",
            "correct the day or the version",
        )
    if said.status in _SAYS_WHY and not said.reason:
        yield answer.at(*path, "status").error(
            f"this answer is {said.status.replace('-', ' ')}, and nothing says "
            f"{_SAYS_WHY[said.status]}",
            "add `reason`",
        )


def _takes_part(member: Member, day: date) -> bool:
    joined = member.joined is None or member.joined <= day
    return joined and (member.left is None or day <= member.left)
