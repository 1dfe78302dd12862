"""Who holds which office from when to when: committee, co-chairs, advisors, coordinator."""

from datetime import date, timedelta

from npcs.demo.dice import Dice
from npcs.demo.people import JOINED, Cast, change_team
from npcs.demo.world import DAY, Matter, Member, Person, Term, World, add_years, in_words, term_end

LARGEST = 11
"""The most seats the committee has."""

FEW = 6
"""With fewer seats nobody leaves early, or two co-chairs could not always be found."""

_LEAVING = (
    "Left the agency for a post elsewhere", "Retired from the agency",
    "Moved to another department",
)  # fmt: skip
_STAYING = (
    "Asked to step down because of other duties", "On leave for a longer time",
    "Took over a programme that leaves no time for the committee",
)  # fmt: skip


def make_seats(world: World, cast: Cast) -> None:
    """Make up the terms of everybody on the committee, with renewals and replacements."""
    dice = world.stream("seats")
    changing = 0
    seated = _seated(world.members)
    calm = len(seated) < FEW
    for number, member in enumerate(seated):
        new_leader = None
        if not calm and member.joined <= world.start and number % 4 == 2 and world.years > 1:
            changing += 1
            share = min(85, 30 + 17 * changing)
            days = (world.as_of - world.start).days * share // 100
            new_leader = min(world.start + timedelta(days=days), world.as_of - timedelta(days=110))
        start = world.start
        if member.joined > world.start:
            later = world.meeting_after(member.joined + timedelta(days=40))
            if later is None:
                continue
            start = later + DAY
        _Seat(world, cast, dice, member, new_leader, calm=calm).fill(start)


def _seated(members: list[Member]) -> list[Member]:
    """The members with a seat: every kind and size, founders first, and whoever joins later."""
    founders = [one for one in members if one.left is None]
    chosen: list[Member] = []
    for one in founders:
        kinds = {other.kind for other in chosen}
        sizes = {other.size for other in chosen}
        if one.kind not in kinds or one.size not in sizes:
            chosen.append(one)
    joiner = founders[-1] if len(members) >= JOINED else None
    for one in founders:
        if one not in chosen and len(chosen) < LARGEST - 1 and one is not joiner:
            chosen.append(one)
    if joiner and joiner not in chosen:
        chosen.append(joiner)
    return [one for one in members if one in chosen]


class _Seat:
    """One member's seat through the years."""

    def __init__(
        self,
        world: World,
        cast: Cast,
        dice: Dice,
        member: Member,
        new_leader: date | None,
        *,
        calm: bool,
    ) -> None:
        self.calm = calm
        self.world, self.cast, self.dice, self.member = world, cast, dice, member
        self.new_leader = new_leader

    def fill(self, start: date) -> None:
        world, dice, member = self.world, self.dice, self.member
        team = list(member.team)
        holder = team[0] if dice.happens(30) else team[1]
        before: Term | None = None
        matter_day = world.meeting_until(start if before is None else start - DAY)
        while True:
            term = Term(
                holder, "member", start, term_end(start), member, nominated=dice.happens(50)
            )
            if before and before.ended:
                term.replaces = before
            appoint(world, matter_day, term)
            world.terms.append(term)
            holder, following = self._follow(term)
            if following is None:
                return
            start, matter_day = following
            before = term

    def _follow(self, term: Term) -> tuple[Person, tuple[date, date] | None]:
        """Who comes next, from when, and the meeting that appoints them."""
        world, dice = self.world, self.dice
        assert term.end is not None
        holder = term.person
        if self.new_leader and term.start < self.new_leader <= term.end:
            return self._rotate(term, self.new_leader)
        day = term.start + timedelta(days=dice.between(75, 280))
        if dice.happens(16) and day < world.as_of - DAY and not self.calm:
            leaving = holder.member is not None and holder is not self.member.one(
                "child-welfare-leader"
            ) and dice.happens(65)  # fmt: skip
            reason = dice.choice(_LEAVING if leaving else _STAYING)
            term.ended = (day, reason)
            new = self._successor(holder, day + DAY, leaving=leaving)
            alone = sum(one.kind == self.member.kind for one in world.members) < 3
            if dice.happens(50) and not alone:
                later = world.meeting_after(day)
                return new, (later + DAY, later) if later else None
            return new, (day + DAY, world.meeting_until(day))
        start = term.end + DAY
        meeting = world.meeting_before(start)
        if start > world.as_of and (
            world.meeting_before(start) < world.last_meeting
            or start > world.last_meeting + timedelta(days=31)
            or dice.happens(30)
        ):
            return holder, None
        if dice.happens(22) and start < world.as_of:
            holder = self._successor(holder, start, leaving=False)
        return holder, (start, meeting)

    def _rotate(self, term: Term, since: date) -> tuple[Person, tuple[date, date] | None]:
        """The member's leader changes, and the seat's holder rotates off within the time set."""
        member, world = self.member, self.world
        assert term.end is not None
        old = member.one("child-welfare-leader")
        old.left = since - DAY
        new = self.cast.leader(member, since)
        member.leaders.append(since)
        change_team(member, since, old, new, "child-welfare-leader")
        off = since - DAY if term.person is old else since + timedelta(self.dice.between(15, 70))
        self.new_leader = None
        if off >= term.end:
            start = term.end + DAY
            return self._successor(term.person, start, leaving=False), (
                start, world.meeting_before(start),
            )  # fmt: skip
        term.ended = (off, f"Rotated off with the change of leadership on {in_words(since)}")
        holder = new if self.dice.happens(40) else self._successor(term.person, off + DAY)
        return holder, (off + DAY, world.meeting_until(off))

    def _successor(self, holder: Person, day: date, *, leaving: bool = False) -> Person:
        """Somebody else of the member's executive team, new if nobody of it is free."""
        member = self.member
        if leaving:
            holder.left = day - DAY
            new = self.cast.executive(member, day)
            change_team(member, day, holder, new, "executive-team")
        others = [
            who
            for who, role in member.team.items()
            if role == "executive-team" and who is not holder
        ]
        return self.dice.choice(others)


def appoint(world: World, day: date, term: Term) -> None:
    """Let the meeting of a day appoint somebody; one decision for each office and day."""
    kind = term.office
    for matter in world.matters:
        if matter.day == day and matter.subject == "appointment" and matter.title == _TITLE[kind]:
            break
    else:
        matter = world.decide(
            Matter(day, "appointment", _TITLE[kind], "", plain=True, rank=_RANK[kind])
        )
    matter.about.append(term)
    term.matter = matter


_TITLE = {
    "member": "Seats on the Executive Committee",
    "co-chair": "Co-chairs of the Executive Committee",
    "advisor": "Technical advisors",
    "coordinator": "Project coordinator",
}
_RANK = {"member": 0, "co-chair": 1, "advisor": 2, "coordinator": 1}


def make_chairs(world: World) -> None:
    """Two co-chairs at all times, nobody for longer than two years without a year's break."""
    dice = world.stream("chairs")
    stints: dict[Person, list[tuple[date, date]]] = {}
    free = [world.start, world.start]
    holding: list[Term | None] = [None, None]
    while True:
        slot = 0 if free[0] <= free[1] else 1
        day = free[slot]
        before = holding[slot]
        appointed = world.meeting_before(day) if day > world.start else world.start
        if day > world.as_of and day > world.last_meeting + timedelta(days=31):
            return
        other = holding[1 - slot]
        taken = other.person if other and other.covers(day) else None
        seats = [one for one in _seats(world, day) if one.person is not taken]
        options = [(one, reach) for one in seats if (reach := _reach(stints, one, day)) is not None]
        if not options:
            if day > world.as_of:
                return
            free[slot] = day + DAY
            continue
        early = slot == 1 and before is not None and before.start == world.start
        seat, end = _choose(dice, options, before, day, change=early)
        term = Term(seat.person, "co-chair", day, end, seat.member)
        if seat.ended and seat.ended[0] < end:
            term.ended = seat.ended
        if before and before.ended:
            term.replaces = before
        appoint(world, appointed, term)
        world.terms.append(term)
        stints.setdefault(seat.person, []).append((term.start, term.last))
        holding[slot] = term
        free[slot] = term.last + DAY


def _choose(
    dice: Dice, options: list[tuple[Term, date]], before: Term | None, day: date,
    *, change: bool,
) -> tuple[Term, date]:  # fmt: skip
    """The co-chair goes on where that is possible, else somebody with time left follows.

    The second of the first two hands over after one term, so that not both change at once.
    """
    again = next((one for one in options if before and one[0].person is before.person), None)
    if again and len(options) > 1 and (change or dice.happens(12)):
        options = [one for one in options if one is not again]
    elif again:
        return again
    best = max((end - day).days for _, end in options)
    return dice.choice([one for one in options if (one[1] - day).days >= best * 2 // 3])


def _seats(world: World, day: date) -> list[Term]:
    return [one for one in world.terms if one.office == "member" and one.covers(day)]


def _reach(stints: dict[Person, list[tuple[date, date]]], seat: Term, day: date) -> date | None:
    """The last day somebody may be co-chair from a day on, or None where they may not."""
    assert seat.end is not None
    first = day
    for start, last in reversed(stints.get(seat.person, [])):
        if add_years(last + DAY, 1) <= first:
            break
        first = start
    limit = term_end(first, 2)
    end = min(seat.end, limit)
    return end if end >= day else None


def make_advisors(world: World, cast: Cast) -> None:
    """Three advisors, one of whom comes later and one of whom leaves."""
    dice = world.stream("advisors")
    hosts = ("Lantern Foundation (fictional)", "Harrow Bay Institute (fictional)")
    days = [world.start, world.start]
    if world.years > 1:
        days.append(world.held[len(world.held) // 3] + DAY)
    advisors = []
    for number, day in enumerate(days):
        known = min(day, world.start - timedelta(days=17)) if day == world.start else day - DAY
        person = cast.person("Technical Advisor", hosts[number % 2], known)
        term = Term(person, "advisor", day, None)
        appoint(world, world.meeting_until(day), term)
        world.terms.append(term)
        advisors.append(term)
    if world.years > 1:
        ended = world.start + timedelta(days=(world.as_of - world.start).days * 7 // 10)
        advisors[0].ended = (ended, "The support of the foundation has run out")
        advisors[0].person.left = ended if dice.happens(50) else None


def make_coordinator(world: World, cast: Cast) -> date | None:
    """A coordinator at all times; the day of the handover, or None where there is none."""
    office = "Office of the Example Partnership (fictional)"
    opening = world.start - timedelta(days=17)
    first = Term(
        cast.person("Project Coordinator", office, opening), "coordinator", world.start, None
    )
    appoint(world, world.start, first)
    world.terms.append(first)
    if world.years < 3:
        return None
    span = (world.as_of - world.start).days
    handover = world.start + timedelta(days=span * 55 // 100)
    decided = world.meeting_before(world.meeting_before(handover))
    first.ended = (handover, "Took on another task in the office")
    second = Term(
        cast.person("Project Coordinator", office, decided), "coordinator", handover + DAY, None
    )
    second.replaces = first
    appoint(world, decided, second)
    world.terms.append(second)
    return handover
