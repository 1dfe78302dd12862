"""Rules on the co-chairs: two of them, from the committee, for two years at most."""

from collections.abc import Iterator
from datetime import date

from npcs.governance import parameters
from npcs.governance.cochairs import co_chair_gaps, services
from npcs.governance.dates import Period, day_before, in_words
from npcs.governance.terms import (
    days_outside,
    in_office,
    last_day,
    people_in_office,
    stretches,
    terms_of,
)
from npcs.records.charter import Term
from npcs.records.findings import Note, Place
from npcs.rules.rule import Scene, rule
from npcs.rules.words import (
    day_in_words,
    dues,
    listed,
    name_of,
    number_word,
    provision_place,
    rests,
    span,
)


@rule(
    "co-chair-count",
    provision="CHR-1",
    readings=("co-chairs", "co-chair-vacancy"),
    rests_on=(Term,),
)
def co_chair_count(scene: Scene) -> Iterator[Note]:
    """Two co-chairs lead the committee, never more, and fewer only for a while.

    A third co-chair on any day is an error at the term that makes them three. A vacant place is
    *due* to be filled, and shown 90 days ahead where a term runs out; once the adopted time for a
    vacancy has passed it is an error. Before the committee has begun nobody is missed.

    To put it right, record the term of the new co-chair, or when an earlier one `ended`.

    ## Example

    Ana Ruiz and Ben Ode are co-chairs, Ben Ode until 1 April 2027:

    ```yaml
    person: carla-moe
    office: co-chair
    start: 2027-04-01
    ```

    The check finds an error:

    > on 1 April 2027 Carla Moe becomes co-chair beside Ana Ruiz and Ben Ode; the committee has two

    Put right: `start: 2027-04-02`, in a file named after that day.
    """
    hub = scene.hub
    for term in hub.all(Term).values():
        if term.office == "co-chair":
            yield from _too_many(term, scene)
    gaps = co_chair_gaps(hub, scene.as_of)
    since = gaps[-1].first if gaps and gaps[-1].last == scene.as_of else None
    if since:
        allowed: Period = parameters.value(hub, "co-chair-vacancy", since)
        end = allowed.after(since)
        if scene.as_of >= end:
            yield _last_place(scene, since).error(
                f"{_who_chairs(scene)} since {day_in_words(since)}; a place may be vacant for "
                f"{allowed}, which had passed on {day_in_words(end)}",
                "record the term of the co-chair who fills the place"
                + rests(hub, since, "co-chair-vacancy"),
            )
            return
    yield from dues(scene, "co-chair-count", "choose a co-chair and record the term")


def _too_many(term: Term, scene: Scene) -> Iterator[Note]:
    allowed: int = parameters.value(scene.hub, "co-chairs", term.start)
    people = list(dict.fromkeys(one.person for one in in_office(scene.hub, term.start, "co-chair")))
    if term.person in people[allowed:]:
        others = [name_of(scene.hub, one) for one in people if one != term.person]
        yield term.at("start").error(
            f"on {day_in_words(term.start)} {name_of(scene.hub, term.person)} becomes co-chair "
            f"beside {listed(others)}; the committee has {number_word(allowed)}",
            "let the term start later, or say in one of the others when it `ended`",
        )


def _who_chairs(scene: Scene) -> str:
    people = sorted(people_in_office(scene.hub, scene.as_of, "co-chair"))
    needed: int = parameters.value(scene.hub, "co-chairs", scene.as_of)
    if not people:
        return f"the committee has had no co-chair instead of {number_word(needed)}"
    names = listed(name_of(scene.hub, one) for one in people)
    return (
        f"the committee has had {number_word(len(people))} co-chair"
        f"{'s' if len(people) > 1 else ''} ({names}) instead of {number_word(needed)}"
    )


def _last_place(scene: Scene, since: date) -> Place:
    """The end of the term with which the vacancy began; the provision where there is none."""
    for one in stretches(scene.hub, "co-chair"):
        if one.last and one.last == day_before(since):
            for term in one.terms:
                if last_day(term) == one.last:
                    return term.at("ended", "on") if term.ended else term.at("end")
    return provision_place(scene.hub, "CHR-1")


@rule("co-chair-eligible", provision="CHR-2", over=Term, rests_on=(Term,))
def co_chair_eligible(term: Term, scene: Scene) -> Iterator[Note]:
    """A co-chair is a member of the committee on every day of being co-chair.

    Any member of the Executive Committee may be a co-chair, and nobody else. Who loses the seat on
    the committee is no longer co-chair from that day on; who is to go on needs a new term on the
    committee first.

    To put it right, end the co-chair's term with the seat, or record the term on the committee
    that covers the days the message names.

    ## Example

    Ana Ruiz has a seat on the committee until 31 December 2027:

    ```yaml
    person: ana-ruiz
    office: co-chair
    start: 2027-02-01
    end: 2028-01-01
    ```

    The check finds an error:

    > Ana Ruiz is co-chair from 1 February 2027 to 1 January 2028, and not a member of the committee
    > on 1 January 2028

    Put right: `end: 2027-12-31`.
    """
    last = last_day(term)
    if term.office != "co-chair" or last is None:
        return
    outside = days_outside(scene.hub, term.person, term.start, last)
    if not outside:
        return
    days = listed(span(one.first, one.last) for one in outside)
    if outside[0].first == term.start:
        place = term.at("start")
    else:
        place = term.at("ended", "on") if term.ended else term.at("end")
    end = day_before(outside[0].first)
    hint = "record the term on the committee that covers these days"
    if outside[0].first > term.start:
        hint += f", or end this one on {day_in_words(end)}"
    yield place.error(
        f"{name_of(scene.hub, term.person)} is co-chair {span(term.start, last)}, and not a member "
        f"of the committee {days}",
        hint,
    )


@rule(
    "co-chair-limit",
    provision="CHR-3",
    readings=("co-chair-limit", "co-chair-break"),
    rests_on=(Term,),
)
def co_chair_limit(scene: Scene) -> Iterator[Note]:
    """Nobody is co-chair for more than two consecutive years.

    The clock is the person's: it runs through two seats, a change of member and acting service. A
    break shorter than the adopted one does not stop it, and the service before and after counts as
    one, the break included. Exactly two years is allowed: from 1 March 2027 to 28 February 2029. A
    day more is not. A limit that comes within 90 days is *due*, so that a successor can be found.

    To put it right, end the term on the last day the message names, or start it after a break.

    ## Example

    Ana Ruiz became co-chair on 29 February 2024, and this is the second term:

    ```yaml
    person: ana-ruiz
    office: co-chair
    start: 2025-03-01
    end: 2026-03-01
    ```

    The check finds an error:

    > Ana Ruiz has been co-chair since 29 February 2024 (two terms, with no break that stops the
    > clock); 2 years without a break end on 28 February 2026, and this goes on for 1 day more

    Put right: `end: 2026-02-28`.
    """
    yield from dues(
        scene, "co-chair-limit", "find a successor: the place is to be filled from the day after"
    )
    people = {one.person for one in scene.hub.all(Term).values() if one.office == "co-chair"}
    for person in sorted(people):
        for service in services(scene.hub, person):
            if service.over:
                over = [
                    one for one in service.terms if (last_day(one) or date.max) > service.limit_last
                ]
                yield from _over(over, scene, service.first, service.limit_last, service.over)


def _over(
    terms: list[Term], scene: Scene, first: date, limit_last: date, days: int
) -> Iterator[Note]:
    term = terms[0]
    limit: Period = parameters.value(scene.hub, "co-chair-limit", terms[-1].start)
    stints = sum(
        first <= one.start <= term.start for one in terms_of(scene.hub, term.person, "co-chair")
    )
    rest = f" ({number_word(stints)} terms, with no break that stops the clock)"
    reading = rests(scene.hub, term.start, "co-chair-break") if stints > 1 else ""
    yield (term.at("ended", "on") if term.ended else term.at("end")).error(
        f"{name_of(scene.hub, term.person)} has been co-chair since {day_in_words(first)}"
        f"{rest if stints > 1 else ''}; {limit} without a break end on "
        f"{day_in_words(limit_last)}, and this goes on for {in_words(days, 'day')} more",
        (
            f"let it end on {day_in_words(limit_last)} at the latest"
            if term.start <= limit_last
            else "let somebody else be co-chair until the break is long enough"
        )
        + reading,
    )
