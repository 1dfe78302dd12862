"""The rule on what members answer to notices."""

from collections.abc import Iterator

from npcs.governance.notices import versions
from npcs.records.findings import Note
from npcs.records.notices import Answer, EarlierAnswer, Notice
from npcs.rules.rule import Scene, rule
from npcs.rules.words import day_in_words, dues

_SAYS_WHY = {
    "not-applicable": "why the notice does not concern the member",
    "equivalent-measure": "which other measure has the same effect",
}


@rule("notice-answer", provision="ACT-4")
def notice_answer(scene: Scene) -> Iterator[Note]:
    """Every member answers the version of a notice that is in force, and says why where it must.

    An answer is the member's own word. It names a version that had gone out by its day; when a
    notice is amended, all are asked again, and what was answered before moves to `earlier`.
    `not-applicable` says in `reason` why, and `equivalent-measure` what is done instead.

    How many members have not answered an open notice is *due* by the day under `respond_by`. The
    check tells how many, and does not name them.

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
    for answer in scene.hub.all(Answer).values():
        notice = scene.hub.get(Notice, answer.notice)
        if notice is None:
            continue
        yield from _fits(answer, answer, (), notice)
        for number, one in enumerate(answer.earlier):
            yield from _fits(answer, one, ("earlier", number), notice)
            if one.on > answer.on:
                yield answer.at("earlier", number, "on").error(
                    f"this is of {day_in_words(one.on)}, after the answer of "
                    f"{day_in_words(answer.on)} that is to be the latest",
                    "put the latest answer on top, and those before it under `earlier`",
                )


def _fits(
    answer: Answer, said: Answer | EarlierAnswer, path: tuple[str | int, ...], notice: Notice
) -> Iterator[Note]:
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
