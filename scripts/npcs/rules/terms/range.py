"""Rules on whom the committee is made of: seats per member, the range of members, rotation."""

from collections.abc import Iterator
from datetime import date

from npcs.governance import parameters
from npcs.governance.composition import composition as composed
from npcs.governance.dates import Period, in_words
from npcs.governance.terms import committee, last_day, represents, seats
from npcs.records.charter import Member, Person, Term
from npcs.records.findings import Note
from npcs.rules.rule import Scene, rule
from npcs.rules.words import (
    day_in_words,
    listed,
    member_name,
    name_of,
    number_word,
    provision_place,
    rests,
    soon,
)


@rule("seats-per-member", provision="EXC-1", over=Term, readings=("seats-per-member",))
def seats_per_member(term: Term, scene: Scene) -> Iterator[Note]:
    """A member holds no more seats on the committee than adopted.

    The charter opens the committee to all members and does not say how many seats one of them may
    hold; the adopted reading does. A member within another is a member of its own. The finding
    stands at the term that makes it one too many.

    To put it right, let the term start after the earlier one, or say in the earlier one when it
    `ended`.

    ## Example

    Ana Ruiz holds the seat of Alder until 1 April 2027:

    ```yaml
    person: ben-ode
    office: member
    start: 2027-04-01
    ...
    represents: alder
    ```

    The check finds an error:

    > on 1 April 2027 Ben Ode takes a seat for Alder beside Ana Ruiz; a member may hold one at a
    > time

    Put right: `start: 2027-04-02`, in a file named after that day.
    """
    key = represents(scene.hub, term)
    if term.office != "member" or key is None:
        return
    allowed: int = parameters.value(scene.hub, "seats-per-member", term.start)
    held = seats(scene.hub, term.start).get(key, ())
    if term not in held[allowed:]:
        return
    others = listed(name_of(scene.hub, one.person) for one in held[: held.index(term)])
    yield (term.at("represents") if term.represents else term.at("person")).error(
        f"on {day_in_words(term.start)} {name_of(scene.hub, term.person)} takes a seat for "
        f"{member_name(scene.hub, key)} beside {others}; a member may hold "
        f"{number_word(allowed)} at a time",
        "let the term start later, or say in an earlier one when it `ended`"
        + rests(scene.hub, term.start, "seats-per-member"),
    )


@rule("composition", provision="EXC-8", rests_on=(Term, Member, Person))
def composition(scene: Scene) -> Iterator[Note]:
    """The committee includes the range of jurisdictions that take part.

    Every kind of member (states, counties, cities, tribes, territories, districts) and every size
    has somebody on the committee. A kind or size that nobody on it represents is *due*: it is to be
    thought of when the next seat is filled. It is judged once the committee has begun.

    To put it right, seek a volunteer or a nomination from one of the members the message names.

    ## Example

    Birch is the only tribe and the only small member, and nobody on the committee is from there:

    ```yaml
    # charter/members/birch.yml
    name: Birch
    kind: tribe
    size: small
    ```

    The check reminds:

    > nobody on the committee represents a tribe (Birch) or a small jurisdiction (Birch)

    Put right, once somebody is appointed: a term with `represents: birch`.
    """
    hub, day = scene.hub, scene.as_of
    if not committee(hub, day):
        return
    missing = []
    for part in composed(hub, day):
        if not part.seated:
            what = part.name if part.way == "kind" else f"{part.name} jurisdiction"
            missing.append(f"a {what} ({_few([one.name for one in part.members])})")
    if missing:
        yield provision_place(hub, "EXC-8").due(
            f"nobody on the committee represents {listed(missing, 'or')}",
            "seek a volunteer or a nomination from there when a seat is filled",
        )


def _few(names: list[str]) -> str:
    return listed(names if len(names) <= 3 else [*names[:2], f"{len(names) - 2} more"])


@rule("rotation", provision="RES-6", over=Term, readings=("rotation-grace", "rotation-trigger"))
def rotation(term: Term, scene: Scene) -> Iterator[Note]:
    """Who sits on the committee rotates off with the member's highest level of leadership.

    When the child welfare leader of a member changes (`leader_since` in the member's record), the
    representative steps down within the adopted time, and the new leader names somebody. Until that
    time has passed the change is *due*, then a warning. Terms that started under the new leader, or
    end in time, are not touched.

    To put it right, say in `ended` when the term ended and why; whoever follows, also the same
    person, starts a term of their own.

    ## Example

    Alder has a new leader while Ana Ruiz represents it:

    ```yaml
    # charter/members/alder.yml
    leader_since: 2027-05-15
    # charter/terms/2027-01-01-ana-ruiz-member.yml
    start: 2027-01-01
    end: 2027-12-31
    ```

    The check reminds:

    > Alder has a new child welfare leader since 15 May 2027; Ana Ruiz, on the committee since 1
    > January 2027, is to rotate off by 13 August 2027

    Put right: `ended` in the term, with a day up to 13 August 2027 and the reason.
    """
    key = represents(scene.hub, term)
    member = scene.hub.get(Member, key)
    if term.office != "member" or member is None or member.leader_since is None:
        return
    last = last_day(term) or date.max
    since = member.leader_since
    if since <= term.start or last < scene.as_of or since > soon(scene.as_of):
        return
    grace: Period = parameters.value(scene.hub, "rotation-grace", since)
    end = grace.after(since)
    if last <= end:
        return
    message = (
        f"{member.name} has a new child welfare leader since {day_in_words(since)}; "
        f"{name_of(scene.hub, term.person)}, on the committee since {day_in_words(term.start)}, "
    )
    hint = f"add `ended` with a day up to {day_in_words(end)} and the reason"
    reading = rests(scene.hub, since, "rotation-trigger", "rotation-grace")
    if scene.as_of <= end:
        yield term.at("person").due(
            f"{message}is to rotate off by {day_in_words(end)}", hint + reading
        )
    else:
        stays = (scene.as_of - end).days
        yield term.at("person").warning(
            f"{message}was to rotate off by {day_in_words(end)}, {in_words(stays, 'day')} ago",
            "add `ended` with the day and the reason" + reading,
        )
