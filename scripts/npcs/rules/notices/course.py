"""Rules on the course of a notice: its number, its states, and that it never goes away."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from npcs.governance.notices import (
    CLOSED,
    DRAFT,
    ENDURING,
    FIRST,
    MAY_FOLLOW,
    WITHDRAWN,
    Step,
    steps,
    versions,
)
from npcs.records.findings import Note, Place
from npcs.records.hub import Hub
from npcs.records.notices import Notice
from npcs.rules.rule import Scene, rule
from npcs.rules.words import day_in_words, listed


@rule("notice-number", provision="ACT-4", waivable=False)
def notice_number(scene: Scene) -> Iterator[Note]:
    """Every number of a safety notice is used once, and none is left out.

    Notices of a year are numbered from 001 on. People cite them by their numbers for years, so a
    number stands for one notice for ever. A reader who misses a number must be able to find out
    why: a draft that was given up keeps its file, and says under `withdrawn` on which day and why.
    So does the last draft of a year that stood at the last tag of the repository.

    To put it right, give the notice the next free number, or put back the file that is missing.

    ## Example

    There is a first and a third notice of the year, and no second:

    ```text
    notices/2027/NPCS-SN-2027-001.md
    notices/2027/NPCS-SN-2027-003.md
    ```

    The check finds an error:

    > the numbers go from NPCS-SN-2027-001 to NPCS-SN-2027-003: nothing says what became of
    > NPCS-SN-2027-002

    Put right: the file of the second notice, with `withdrawn` if it was given up; or, for a slip,
    the number 002 for the third.
    """
    years: dict[str, dict[int, str]] = {}
    for key, document in scene.hub.by_kind["notice"].items():
        year, number = _parts(key)
        numbers = years.setdefault(year, {})
        other = numbers.setdefault(number, key)
        if other != key:
            yield Place(document.path).error(
                f"{key} and {other} have the same number",
                "give the later of the two the next free number",
            )
    for year, numbers in years.items():
        yield from _gaps(scene.hub, year, numbers)
    yield from _reused(scene)


def _gaps(hub: Hub, year: str, numbers: dict[int, str]) -> Iterator[Note]:
    for before, after in pairwise((0, *sorted(numbers))):
        missing = after - before - 1
        if not missing:
            continue
        first, last = (f"NPCS-SN-{year}-{number:03}" for number in (before + 1, after - 1))
        gone = first if missing == 1 else f"{first} to {last}"
        from_ = f"go from {numbers[before]}" if before else "begin at 001 and go"
        yield Place(hub.by_kind["notice"][numbers[after]].path).error(
            f"the numbers {from_} to {numbers[after]}: nothing says what became of {gone}",
            "put back the file, with `withdrawn` if the notice was given up; or take the next free "
            "number",
        )


def _reused(scene: Scene) -> Iterator[Note]:
    """A number that stood at the last tag for another notice, or for a draft that is gone.

    Where a later number of the year is there, the gap tells of the draft.
    """
    if scene.released is None:
        return
    last: dict[str, int] = {}
    for key in scene.hub.by_kind["notice"]:
        year, number = _parts(key)
        last[year] = max(number, last.get(year, 0))
    for key, before in scene.released.hub.all(Notice).items():
        now = scene.hub.get(Notice, key)
        if not before.issued and not scene.hub.exists("notice", key):
            year, number = _parts(key)
            if number > last.get(year, 0):
                yield Place(before.path).error(
                    f"at {scene.released.tag} this number stood for a draft, “{before.title}”, and "
                    "its file is gone",
                    "put it back; a draft that was given up says so under `withdrawn`, with the "
                    "day and the reason",
                )
            continue
        if before.issued and now and now.issued and now.issued != before.issued:
            yield now.at("issued").error(
                f"at {scene.released.tag} this number stood for a notice issued on "
                f"{day_in_words(before.issued)}, “{before.title}”; now it is issued on "
                f"{day_in_words(now.issued)}",
                "put the day back; a new notice gets the next free number, and an amended one only "
                "adds to `revisions`",
            )


def _parts(key: str) -> tuple[str, int]:
    """The year of a notice's id, and its number in that year."""
    year, digits = key.split("-")[2:]
    return year, int(digits)


@rule("notice-state", provision="ACT-4", over=Notice)
def notice_state(notice: Notice, scene: Scene) -> Iterator[Note]:
    """A notice goes from state to state as the partnership agreed, and its versions rise.

    Nobody types a state: it follows from the days in the record. A draft goes `in_review`, then it
    is `issued`, perhaps amended (`revisions`), then `closed`, perhaps made an `enduring` standard,
    or superseded by another notice. It can be `withdrawn` at any time, and that is the end. Every
    other step is an error: what was never issued cannot be closed or superseded, and what was
    withdrawn cannot come back.

    The first version is 1.0. `revisions` lists the later ones, each with a higher number and a
    later day; `version` is the last of them.

    What had been done by the last tag of the repository stays done, on its day: a notice that was
    closed is not open again because a line is gone. A slip in a day is put right with a waiver.

    To put it right, correct the day, or add the step that was left out.

    ## Example

    A notice was issued, and nothing says that it was in review:

    ```yaml
    hazard: Soft bedding
    ...
    issued: 2027-03-04
    ```

    The check finds an error:

    > from draft to issued on 4 March 2027: after draft can only come in review or withdrawn

    Put right: `in_review` with the day, which is not after that of `issued`.
    """
    before = DRAFT
    for one in steps(scene.hub, notice):
        allowed = MAY_FOLLOW[before]
        if one.state not in allowed:
            yield _wrong_step(notice, one, before)
            break  # what follows a wrong step can only be wrong as well
        before = one.state
    yield from _versions(notice)
    then = scene.released.hub.get(Notice, notice.key) if scene.released else None
    if scene.released and then:
        yield from _undone(then, notice, scene.released.tag, scene.as_of)


def _wrong_step(notice: Notice, step: Step, before: str) -> Note:
    """A step that may not follow; one by a newer notice is told there, where it is put right."""
    allowed = MAY_FOLLOW[before]
    if step.record is not notice:
        was = "a draft" if before == DRAFT else before
        return step.place.error(
            f"{notice.key} is {was} on {day_in_words(step.on)}, and cannot become {step.state}",
            "name another notice, or name this one under `related` instead",
        )
    can = f"can only come {listed(allowed, 'or')}" if allowed else "comes nothing"
    return step.place.error(
        f"from {before} to {step.state} on {day_in_words(step.on)}: after {before} {can}",
        "correct the day, or add the step that was left out",
    )


def _versions(notice: Notice) -> Iterator[Note]:
    out = versions(notice)
    last = out[-1].number if out else FIRST
    if notice.version != last:
        where = "the last of `revisions` is" if notice.revisions else "a notice begins as"
        yield notice.at("version").error(
            f"`version` is {notice.version}, and {where} {last}",
            "let the two agree; a later version needs an entry under `revisions` that says what "
            "changed",
        )
    elif out and not notice.revisions and last != FIRST:
        yield notice.at("version").error(
            f"the first version of a notice is {FIRST}, and this is {last}",
            f'write `version: "{FIRST}"`, or list under `revisions` what changed',
        )
    for earlier, later in pairwise(out):
        if _number(later.number) <= _number(earlier.number):
            yield notice.at(*later.path, "version").error(
                f"version {later.number} does not come after version {earlier.number}",
                "every version has a higher number than the one before",
            )
        if later.on < earlier.on:
            yield notice.at(*later.path, "on").error(
                f"version {later.number} is of {day_in_words(later.on)}, before version "
                f"{earlier.number} of {day_in_words(earlier.on)}",
                "correct the day, or put the versions in order",
            )


def _undone(then: Notice, now: Notice, tag: str, as_of: date) -> Iterator[Note]:
    """What had been done at the last tag and is now gone, or of another day."""
    after = dict(_done(now))
    for what, (day, _) in _done(then):
        if day > as_of:
            continue  # was only planned
        said = f"at {tag} this notice was {what} on {day_in_words(day)}, and now "
        hint = "put it back as it was; what changes now is a step of its own, with a new day"
        changed, place = after.get(what, (None, ()))
        if changed is None:
            yield now.at("version").error(f"{said}nothing says so", hint)
        elif changed != day:
            yield now.at(*place).error(f"{said}on {day_in_words(changed)}", hint)
    other = then.supersedes
    if other and other != now.supersedes and then.issued and then.issued <= as_of:
        place = ("supersedes",) if now.supersedes else ("version",)
        yield now.at(*place).error(
            f"at {tag} this notice took the place of {other}, and now "
            + (f"that of {now.supersedes}" if now.supersedes else "nothing says so"),
            "put it back as it was; what no longer holds is `withdrawn`, with a reason",
        )


def _done(notice: Notice) -> Iterator[tuple[str, tuple[date, tuple[str | int, ...]]]]:
    """What was done with a notice, in a word, with its day and the field that says so."""
    if notice.in_review:
        yield "handed in for review", (notice.in_review, ("in_review",))
    if notice.closed:
        yield CLOSED, (notice.closed, ("closed",))
    if notice.enduring:
        yield f"made an {ENDURING}", (notice.enduring.on, ("enduring", "on"))
    if notice.withdrawn:
        yield WITHDRAWN, (notice.withdrawn.on, ("withdrawn", "on"))
    for number, one in enumerate(notice.revisions):
        yield f"amended to version {one.version}", (one.on, ("revisions", number, "on"))


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


@rule("notice-vanished", provision="ACT-4", waivable=False)
def notice_vanished(scene: Scene) -> Iterator[Note]:
    """A notice that was issued stays for ever, and so does what members were asked to do.

    Members have acted on it, and people have its address. So notices are compared with how they
    stood at the last tag of the repository: a release, or an approved revision of the charter. One
    that was issued then is still there, and still issued; what no longer holds is `withdrawn` with
    a reason, or superseded by a newer notice. Whoever changes the hazard or the actions makes a new
    version, so that members know that they are asked again.

    To put it right, bring the file back as it was, or add the version under `revisions`.

    ## Example

    At the last release a notice asked for one action. Now it asks for another, and the version is
    the same:

    ```yaml
    version: "1.0"
    ...
    - text: Look at the sleeping place at every visit
    ```

    The check finds an error:

    > `actions` changed since release-1.0, and the version is still 1.0: members who answered were
    > asked for something else

    Put right: `version: "1.1"`, with an entry under `revisions` that says what changed.
    """
    if scene.released is None:
        return
    tag, then, _ = scene.released
    for key, document in then.by_kind["notice"].items():
        before = then.get(Notice, key)
        issued = before.issued if before else document.readable
        if issued and not scene.hub.exists("notice", key):
            yield Place(document.path).error(
                f"this notice is gone; at {tag} it was issued, and nothing is deleted",
                "bring it back as it was; if it no longer holds, add `withdrawn` with a reason",
            )
        now = scene.hub.get(Notice, key)
        if before and now and before.issued:
            yield from _since(before, before.issued, now, tag)


def _since(before: Notice, issued: date, now: Notice, tag: str) -> Iterator[Note]:
    if now.issued is None:
        yield now.at("version").error(
            f"at {tag} this notice was issued on {day_in_words(issued)}, and now it is a draft",
            "put `issued` back; if it no longer holds, add `withdrawn` with a reason",
        )
    for name in ("hazard", "actions"):
        if getattr(now, name) != getattr(before, name) and now.version == before.version:
            yield now.at(name, key=True).error(
                f"`{name}` changed since {tag}, and the version is still {now.version}: members "
                "who answered were asked for something else",
                "raise `version`, and say under `revisions` what changed",
            )
