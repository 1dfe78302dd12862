"""Rules on a seat on the Executive Committee: how long it is held, by whom, and who decided it."""

from collections.abc import Iterator

from npcs.governance import parameters
from npcs.governance.dates import Period, day_before, term_end
from npcs.governance.tally import decision_day
from npcs.governance.terms import committee, last_day, represents
from npcs.records.charter import Decision, Member, Person, Term
from npcs.records.findings import Note
from npcs.rules.rule import Scene, rule
from npcs.rules.words import day_in_words, dues, member_name, name_of, office_name, rests


@rule("term-length", provision="TRM-1", readings=("committee-term",), also=("TRM-4",))
def term_length(scene: Scene) -> Iterator[Note]:
    """A term on the committee lasts one year, to the day.

    The last day is part of the term: one that starts on 1 March ends on the last day of February,
    and so does one that starts on 29 February. Somebody who replaces another starts a full term of
    their own, however much was left of the other's (TRM-4). A leave of absence does not make a term
    longer. A term that runs out within 90 days, with nobody to follow, is *due*.

    To put it right, write the day the message names as `end`. Who leaves earlier keeps that `end`;
    `ended` says on which day the term really ended, and why.

    ## Example

    The term counts 1 March twice, as its first day and as its last:

    ```yaml
    person: ana-ruiz
    office: member
    start: 2027-03-01
    end: 2028-03-01
    ```

    The check finds an error:

    > the term of Ana Ruiz starts on 1 March 2027 and is planned to end on 1 March 2028; a term
    > lasts 1 year, so its last day is 29 February 2028

    Put right: `end: 2028-02-29`.
    """
    hint = "record the next term for this seat, or leave the seat vacant"
    yield from dues(scene, "term-length", hint, rests_on=(Term, Person))
    for term in scene.hub.all(Term).values():
        if term.office != "member":
            continue
        length: Period = parameters.value(scene.hub, "committee-term", term.start)
        last = term_end(term.start, length)
        if term.end is None or term.end == last:
            continue
        own = ", also for somebody who replaces another" if term.replaces else ""
        hint = f"write `end: {last}`"
        if term.end < last and not term.ended:
            hint += "; if the holder left earlier, say when and why in `ended`"
        yield term.at("end").error(
            f"the term of {name_of(scene.hub, term.person)} starts on {day_in_words(term.start)} "
            f"and is planned to end on {day_in_words(term.end)}; a term lasts {length}{own}, so "
            f"its last day is {day_in_words(last)}",
            hint,
        )


@rule("seat-holder", provision="EXC-1", over=Term)
def seat_holder(term: Term, scene: Scene) -> Iterator[Note]:
    """Whoever sits on the committee is a leader of a jurisdiction that is a member all the time.

    The committee is open to leadership representatives of all member jurisdictions. So the term
    names a member (`represents`, or the person's own `member`) that belongs to the partnership on
    every day of the term; the person is in a leadership position; and the term ends at the latest
    on the day the person leaves the organization. Whether somebody is in a leadership position,
    and where they work, is asked of running and coming terms only, since the person's record says
    how it is today. A day of joining that nobody knows counts as long ago.

    To put it right, correct the person's or the member's record, or say in `ended` when the term
    ended and why.

    ## Example

    Birch became a member the day after the term starts:

    ```yaml
    # charter/members/birch.yml
    joined: 2027-03-02
    # charter/terms/2027-03-01-ben-ode-member.yml
    start: 2027-03-01
    ```

    The check finds an error:

    > the term starts on 1 March 2027, and Birch became a member on 2 March 2027

    Put right: `start: 2027-03-02`, in a file named after that day, or an earlier day in `joined`.
    """
    if term.office != "member":
        return
    person = scene.hub.get(Person, term.person)
    name = name_of(scene.hub, term.person)
    last = last_day(term)
    place = term.at("represents") if term.represents else term.at("person")
    key = represents(scene.hub, term)
    if key is None and (person or not scene.hub.exists("person", term.person)):
        yield place.error(
            f"nothing says which member {name} represents",
            "add `represents` with the member's id",
        )
    member = scene.hub.get(Member, key)
    if member and member.joined and term.start < member.joined:
        yield place.error(
            f"the term starts on {day_in_words(term.start)}, and {member.name} became a member on "
            f"{day_in_words(member.joined)}",
            "let the term start on that day or later, or correct `joined` in the member's record",
        )
    if member and member.left and last and member.left < last:
        yield place.error(
            f"{member.name} left on {day_in_words(member.left)}, and the term of {name} runs to "
            f"{day_in_words(last)}",
            f"add `ended` to the term, with `on: {member.left}` or an earlier day and the reason",
        )
    if person is None:
        return
    left = person.left_organization
    if left and left < term.start:
        yield term.at("person").error(
            f"{name} left the organization on {day_in_words(left)}, before the term starts on "
            f"{day_in_words(term.start)}",
            f"if they lead elsewhere now, bring {person.path} up to date",
        )
    elif left and last and left < last:
        yield term.at("person").error(
            f"{name} left the organization on {day_in_words(left)}, and the term runs to "
            f"{day_in_words(last)}",
            f"add `ended` to the term, with `on: {left}` or an earlier day and the reason",
        )
    if last is None or last >= scene.as_of:
        yield from _as_of_today(term, person, scene)


def _as_of_today(term: Term, person: Person, scene: Scene) -> Iterator[Note]:
    if not person.leadership:
        yield term.at("person").error(
            f"{person.name} is not recorded as being in a leadership position",
            f"if they are, write `leadership: true` in {person.path}; if they no longer are, say "
            "in `ended` when the term ended",
        )
    if term.represents and person.member and person.member != term.represents:
        yield term.at("represents").warning(
            f"{person.name} belongs to {member_name(scene.hub, person.member)} and represents "
            f"{member_name(scene.hub, term.represents)}",
            f"correct `represents` here, or `member` in {person.path}",
        )


@rule("appointment", provision="TRM-2", readings=("co-chair-selection",), also=("TRM-3",))
def appointment(scene: Scene) -> Iterator[Note]:
    """Members of the committee are volunteers or nominated by a member, and the committee decides.

    When somebody leaves, a new member may be appointed from among volunteers (TRM-2), and member
    jurisdictions may nominate (TRM-3). So a term on the committee says who nominated the person, or
    that they volunteered, and names the decision that appointed them: one on an appointment,
    adopted no later than the first day of the term. A co-chair needs the decision alone. The very
    first members, who join when nobody is on the committee who could decide, need no decision. A
    term that `replaces` another starts after that one ended. A committee that nobody is on is
    *due* to be appointed.

    To put it right, add `nominated_by` or `volunteered: true`, and `decision`.

    ## Example

    There is neither `nominated_by` nor `volunteered`:

    ```yaml
    person: dan-fox
    office: member
    start: 2027-04-01
    end: 2028-03-31
    represents: dogwood
    ```

    The check finds an error:

    > nothing says how Dan Fox was proposed

    Put right: `volunteered: true`, say; and `decision` with the one that appointed Dan Fox.
    """
    hint = "record a term for each person who is appointed"
    yield from dues(scene, "appointment", hint, rests_on=(Term,))
    for term in scene.hub.all(Term).values():
        if term.office == "member":
            yield from _proposed(term, scene)
        yield from _decided(term, scene)
        yield from _follows(term, scene)


def _proposed(term: Term, scene: Scene) -> Iterator[Note]:
    if not term.nominated_by and not term.volunteered:
        yield term.at("person").error(
            f"nothing says how {name_of(scene.hub, term.person)} was proposed",
            "add `nominated_by` with the member that nominated them, or `volunteered: true`",
        )
    member = scene.hub.get(Member, term.nominated_by)
    if member is None:
        return
    if member.joined and member.joined > term.start:
        when = f"became a member on {day_in_words(member.joined)}, after"
    elif member.left and member.left < term.start:
        when = f"left on {day_in_words(member.left)}, before"
    else:
        return
    yield term.at("nominated_by").error(
        f"{member.name} {when} the term it nominated for started on {day_in_words(term.start)}, "
        "and only members nominate",
        "correct `nominated_by`, or write `volunteered: true` instead",
    )


def _decided(term: Term, scene: Scene) -> Iterator[Note]:
    name = name_of(scene.hub, term.person)
    if term.decision is None:
        first_ones = not committee(scene.hub, day_before(term.start))
        if term.office in ("member", "co-chair") and not first_ones:
            chosen = ("co-chair-selection",) if term.office == "co-chair" else ()
            yield term.at("person").error(
                f"no decision appoints {name} as {office_name(term)}",
                "add `decision` with the id of the decision that does"
                + rests(scene.hub, term.start, *chosen),
            )
        return
    decision = scene.hub.get(Decision, term.decision)
    if decision is None:
        return
    place = term.at("decision")
    day = decision_day(decision)
    if decision.subject != "appointment":
        yield place.error(
            f"the subject of {decision.key}, “{decision.title}”, is {decision.subject} and not "
            "an appointment",
            "name the decision that appoints, or correct its `subject`",
        )
    elif decision.outcome != "adopted":
        yield place.error(
            f"{decision.key}, “{decision.title}”, was {decision.outcome}, so it appoints nobody",
            "name the decision that was adopted",
        )
    elif day > term.start:
        yield place.error(
            f"{decision.key} was decided on {day_in_words(day)}, after the term started on "
            f"{day_in_words(term.start)}",
            "let the term start on the day of the decision or later",
        )
    elif decision.about and not {term.person, term.key, represents(scene.hub, term)}.intersection(
        decision.about
    ):
        yield place.warning(
            f"{decision.key}, “{decision.title}”, is about others than {name}",
            f"name the right decision, or add `{term.person}` to its `about`",
        )


def _follows(term: Term, scene: Scene) -> Iterator[Note]:
    earlier = scene.hub.get(Term, term.replaces)
    if earlier is None or earlier is term:
        return
    last = last_day(earlier)
    if earlier.office != term.office:
        yield term.at("replaces").error(
            f"{name_of(scene.hub, term.person)} becomes {office_name(term)} and replaces a term "
            f"as {office_name(earlier).removeprefix('a ')}",
            "name the term in the same office",
        )
    elif last is None or last >= term.start:
        runs = f"runs to {day_in_words(last)}" if last else "has no end"
        yield term.at("replaces").error(
            f"the term of {name_of(scene.hub, earlier.person)}, which this one replaces, {runs}, "
            f"and this one starts on {day_in_words(term.start)} already",
            "say in the earlier term when it `ended` and why, or start this one later",
        )
