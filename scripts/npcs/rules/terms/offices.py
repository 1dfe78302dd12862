"""Rules on offices beside each other: twice the same, an advisor's none, the coordinator's one."""

import unicodedata
from collections.abc import Iterator
from datetime import date

from npcs.governance.dates import day_after
from npcs.governance.memory import per_hub
from npcs.governance.terms import last_day, stretches, terms_of
from npcs.records.charter import Office, Person, Term
from npcs.records.findings import Note
from npcs.records.hub import Hub
from npcs.rules.rule import Scene, rule
from npcs.rules.words import day_in_words, dues, listed, name_of, office_name, span


def _both(one: Term, other: Term) -> tuple[date, date | None] | None:
    """The first and last day on which two terms both run; the last is None where neither ends."""
    first = max(one.start, other.start)
    ends = [last for term in (one, other) if (last := last_day(term)) is not None]
    last = min(ends, default=None)
    return (first, last) if last is None or first <= last else None


@rule("term-overlap", provision="TRM-1", over=Term)
def term_overlap(term: Term, scene: Scene) -> Iterator[Note]:
    """Nobody holds the same office twice on one day.

    A person on the committee has one seat and one vote. A term may follow the one before on the
    very next day, but not while that one still runs.

    To put it right, start the later term after the last day of the earlier one, or say in the
    earlier one when it `ended` and why. Two people of one name in one office are a warning: is it
    one person with two records, and with two votes?

    ## Example

    The term before this one runs until 31 May 2027:

    ```yaml
    person: ana-ruiz
    office: member
    start: 2027-05-31
    ```

    The check finds an error:

    > Ana Ruiz would be a member of the committee twice on 31 May 2027: by this term and by the one
    > that started on 1 June 2026

    Put right: `start: 2027-06-01`, in a file named after that day.
    """
    for twin in _namesakes(scene.hub).get(term.person, ()):
        for other in terms_of(scene.hub, twin, term.office):
            days = _both(term, other)
            if days and (other.start, other.key) < (term.start, term.key):
                yield term.at("person").warning(
                    f"“{term.person}” and “{twin}” are both called {name_of(scene.hub, twin)}, and "
                    f"both would be {office_name(term)} {span(*days)}",
                    "if it is one person, keep one of the two records and terms",
                )
    for earlier in terms_of(scene.hub, term.person, term.office):
        if earlier is term:
            return
        days = _both(earlier, term)
        if days:
            last = last_day(earlier)
            hint = "say in the earlier term when it `ended`"
            if last and last < date.max:
                hint = f"start this term on {day_in_words(day_after(last))} or later, or {hint}"
            yield term.at("start").error(
                f"{name_of(scene.hub, term.person)} would be {office_name(term)} twice "
                f"{span(*days)}: by this term and by the one that started on "
                f"{day_in_words(earlier.start)}",
                hint,
            )
            return


@per_hub
def _namesakes(hub: Hub) -> dict[str, tuple[str, ...]]:
    """Of each person whom another shares the name with, the ids of those others."""
    named: dict[str, list[str]] = {}
    for key, person in hub.all(Person).items():
        name = unicodedata.normalize("NFKC", person.name).casefold()
        named.setdefault(" ".join(name.split()), []).append(key)
    return {
        key: tuple(one for one in keys if one != key)
        for keys in named.values()
        if len(keys) > 1
        for key in keys
    }


_OTHERS: tuple[Office, ...] = ("member", "co-chair", "coordinator")


@rule("advisor-office", provision="ADV-4", over=Term)
def advisor_office(term: Term, scene: Scene) -> Iterator[Note]:
    """A technical advisor holds no office.

    Advisors give resources, guidance and support, may attend everything and receive everything
    (ADV-1 to ADV-3); they are not members of the committee, co-chair or coordinator at the same
    time. The finding stands at the later of the two terms.

    To put it right, say in one of the two terms that it `ended` before the other starts.

    ## Example

    Ana Ruiz has a seat on the committee until 29 February 2028:

    ```yaml
    person: ana-ruiz
    office: advisor
    start: 2027-05-01
    ```

    The check finds an error:

    > Ana Ruiz would be a member of the committee and a technical advisor at once from 1 May 2027 to
    > 29 February 2028; an advisor holds no office

    Put right: `start: 2028-03-01`; or the seat is given up, and its term says `ended`.
    """
    offices: tuple[Office, ...] = _OTHERS if term.office == "advisor" else ("advisor",)
    for office in offices:
        for other in terms_of(scene.hub, term.person, office):
            days = _both(term, other)
            if days and (other.start, other.key) < (term.start, term.key):
                yield term.at("office").error(
                    f"{name_of(scene.hub, term.person)} would be {office_name(other)} and "
                    f"{office_name(term)} at once {span(*days)}; an advisor holds no office",
                    "let one of the two end before the other starts",
                )


@rule("coordinator", provision="CRD-1", rests_on=(Term,))
def coordinator(scene: Scene) -> Iterator[Note]:
    """A project coordinator is assigned, one at a time.

    The coordinator prepares meetings, helps with agendas, takes minutes and sees that they reach
    the members. As soon as the committee has begun, somebody is to be assigned (*due*), and so is
    who follows where a term ends. Two people on one day are a warning: who of them takes the
    minutes and signs the charter's revisions?

    To put it right, record a term with `office: coordinator`, or the day on which the earlier
    coordinator's term `ended`.

    ## Example

    Ben Ode is project coordinator until 30 April 2027:

    ```yaml
    person: carla-moe
    office: coordinator
    start: 2027-04-01
    ```

    The check warns:

    > Ben Ode and Carla Moe are project coordinator at once from 1 April 2027 to 30 April 2027

    Put right: `start: 2027-05-01`, or `ended` on 31 March in the term of Ben Ode.
    """
    yield from dues(scene, "coordinator", "record a term with `office: coordinator`")
    seen: set[frozenset[str]] = set()
    for one in stretches(scene.hub, "coordinator"):
        if len(one.people) > 1 and one.people not in seen:
            seen.add(one.people)
            names = listed(name_of(scene.hub, person) for person in sorted(one.people))
            place = one.terms[-1].at("start")
            yield place.warning(
                f"{names} are project coordinator at once {span(one.first, one.last)}",
                "say in the earlier term when it `ended`",
            )
