"""What is due of the people in office: terms that end, seats and chairs to fill, teams to name."""

from collections.abc import Iterator
from datetime import date

from npcs.governance import parameters
from npcs.governance.cochairs import co_chair_gaps, service_on
from npcs.governance.dates import Period, day_after, day_in_words, in_words
from npcs.governance.obligation import CHARTER, Obligation
from npcs.governance.roster import last_day
from npcs.governance.tally import name_of
from npcs.governance.terms import (
    began_on,
    committee,
    ending,
    has_begun,
    in_office,
    people_in_office,
    represents,
    seats,
    term_on,
)
from npcs.records.charter import Member, Term
from npcs.records.hub import Hub


def committee_to_appoint(hub: Hub, as_of: date) -> Iterator[Obligation]:
    """A committee nobody is on: not yet appointed, or every term has ended."""
    if committee(hub, as_of):
        return
    if not has_begun(hub, as_of):
        if began_on(hub) is None:
            what = "nobody is on the Executive Committee yet: its members are to be appointed"
            yield Obligation(as_of, "appointment", what, "EXC-1", CHARTER)
        return
    ended = ending(hub, date.min, as_of, "member")
    place = ended[-1].at("end") if ended else CHARTER
    since = (last_day(ended[-1]) if ended else None) or as_of
    what = f"nobody has been on the Executive Committee since {day_in_words(since)}"
    yield Obligation(since, "appointment", what, "EXC-1", place)


def terms_ending(hub: Hub, as_of: date) -> Iterator[Obligation]:
    """Seats on the committee whose term ends and whom nobody follows yet (TRM-1)."""
    for term in in_office(hub, as_of):
        last = last_day(term)
        if last is None or last == date.max or _is_followed(hub, term, day_after(last)):
            continue
        member = hub.get(Member, represents(hub, term))
        seat = f" for {member.name}" if member else ""
        what = (
            f"the term of {name_of(hub, term.person)}{seat} ends on {day_in_words(last)}, "
            "and nobody follows yet"
        )
        yield Obligation(last, "term-length", what, "TRM-1", term.at("end"))


def _is_followed(hub: Hub, term: Term, day: date) -> bool:
    """Whether the seat is held on a day: by its holder, a successor, or for its member."""
    member = represents(hub, term)
    return (
        term_on(hub, term.person, day) is not None
        or (member is not None and member in seats(hub, day))
        or any(one.replaces == term.key for one in in_office(hub, day))
    )


def co_chair_limits(hub: Hub, as_of: date) -> Iterator[Obligation]:
    """Co-chairs who reach the longest time they may serve (CHR-3)."""
    for person in sorted(people_in_office(hub, as_of, "co-chair")):
        service = service_on(hub, person, as_of)
        if service:
            what = (
                f"{name_of(hub, person)}, co-chair since {day_in_words(service.first)}, may be so "
                f"until {day_in_words(service.limit_last)} at most"
            )
            place = service.terms[-1].at("end")
            reading = tuple(("co-chair-break", one.start) for one in service.terms[1:])
            yield Obligation(service.limit_last, "co-chair-limit", what, "CHR-3", place, reading)


def co_chairs_missing(hub: Hub, as_of: date) -> Iterator[Obligation]:
    """Chairs that are vacant, or will be when a term ends (CHR-1)."""
    needed: int = parameters.value(hub, "co-chairs", as_of)
    here = in_office(hub, as_of, "co-chair")
    gaps = co_chair_gaps(hub, as_of)
    if gaps and gaps[-1].last == as_of:
        since = gaps[-1].first
        allowed: Period = parameters.value(hub, "co-chair-vacancy", since)
        number = len({term.person for term in here})
        what = (
            f"{number} of {in_words(needed, 'co-chair')} in office since {day_in_words(since)}: "
            f"{in_words(needed - number, 'co-chair')} to be chosen"
        )
        ended = ending(hub, date.min, as_of, "co-chair")
        place = ended[-1].at("end") if ended else CHARTER
        reading = (("co-chair-vacancy", since),)
        yield Obligation(allowed.after(since), "co-chair-count", what, "CHR-1", place, reading)
    for term in here:
        last = last_day(term)
        if last is None or last == date.max:
            continue
        after = people_in_office(hub, day_after(last), "co-chair")
        if len(after) < parameters.value(hub, "co-chairs", day_after(last)):
            what = (
                f"the term of {name_of(hub, term.person)} as co-chair ends on "
                f"{day_in_words(last)}, and nobody follows yet"
            )
            yield Obligation(last, "co-chair-count", what, "CHR-1", term.at("end"))


def coordinator_missing(hub: Hub, as_of: date) -> Iterator[Obligation]:
    """A committee at work without a project coordinator, now or when a term ends (CRD-1)."""
    if not has_begun(hub, as_of):
        return
    here = in_office(hub, as_of, "coordinator")
    if not here:
        what = "there is no project coordinator: one is to be assigned"
        yield Obligation(as_of, "coordinator", what, "CRD-1", CHARTER)
    for term in here:
        last = last_day(term)
        if last is None or last == date.max:
            continue
        if not people_in_office(hub, day_after(last), "coordinator"):
            what = (
                f"the term of {name_of(hub, term.person)} as project coordinator ends on "
                f"{day_in_words(last)}, and nobody follows yet"
            )
            yield Obligation(last, "coordinator", what, "CRD-1", term.at("end"))


def teams_empty(hub: Hub, as_of: date) -> Iterator[Obligation]:
    """Members of the partnership whose team is not named yet (MEM-2)."""
    for member in hub.all(Member).values():
        here = (member.joined or as_of) <= as_of <= (member.left or as_of)
        if here and not member.team:
            what = f"{member.name} has named nobody on its team yet"
            yield Obligation(member.joined or as_of, "member-team", what, "MEM-2", member.at())
