"""How far recommendations and improvement opportunities have come (EXC-4, EXC-6, EXC-7).

Each has a state that follows from its decision, its actions and their evidence, an age, owners,
and an end that can be shown. None of it is typed.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from npcs.governance import parameters
from npcs.governance.dates import Period, day_in_words, how_many, in_words
from npcs.governance.evidence import shown, shown_on
from npcs.governance.obligation import Obligation
from npcs.governance.standing import decided_by
from npcs.governance.tally import decision_day
from npcs.records.followup import Action, Opportunity, Recommendation
from npcs.records.hub import Hub

WAITING, IN_REVIEW, PUT_OFF = "waiting for an answer", "under review", "put off"
UNPLANNED, UNDER_WAY = "nothing planned", "under way"
NOT_ADOPTED, DONE, SET_ASIDE = "not adopted", "done", "set aside"
OPEN = (WAITING, IN_REVIEW, PUT_OFF, UNPLANNED, UNDER_WAY)
STATES = (*OPEN, DONE, NOT_ADOPTED, SET_ASIDE)
"""Every state, in the order in which things go; the first five are open."""

STRENGTHS = ("strong", "intermediate", "weak")
BANDS = ((90, "up to 90 days"), (180, "91 to 180 days"), (365, "181 to 365 days"))
OLDEST = "more than 365 days"
"""Bands of age: the last day of each, counted from 0, and what it is called."""

COMMITTEE, NOBODY = "Executive Committee", "Nobody yet"


class Followed(NamedTuple):
    """Where a recommendation or an opportunity stands on a day.

    ``ended`` is the day it came to its end, None while it is open. ``to_do`` are the actions that
    are not shown to be done. ``due`` is the day by which something is to happen next; ``owner``
    whoever is to see to it: an office or a role.
    """

    record: Recommendation | Opportunity
    day: date
    state: str
    since: date
    ended: date | None
    to_do: tuple[Action, ...]
    due: date | None
    owners: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether it has not come to an end."""
        return self.state in OPEN

    @property
    def age(self) -> int:
        """Its age in days, never negative: up to its end, or up to the day while it is open."""
        return max(0, ((self.ended or self.day) - self.since).days)

    @property
    def overdue(self) -> bool:
        """Whether the day by which something was to happen has passed."""
        return self.is_open and self.due is not None and self.due < self.day

    @property
    def band(self) -> str:
        """The band of its age."""
        return next((name for last, name in BANDS if self.age <= last), OLDEST)

    @property
    def strength(self) -> str:
        """The strength of its strongest action; empty where it has none."""
        given = {one.strength for one in self.record.actions}
        return next((one for one in STRENGTHS if one in given), "")


def followed(hub: Hub, day: date) -> list[Followed]:
    """All recommendations and opportunities there were by a day, the oldest first."""
    found: list[Followed] = [
        recommendation(hub, one, day)
        for one in hub.all(Recommendation).values()
        if one.proposed <= day
    ]
    found += [
        opportunity(hub, one, day) for one in hub.all(Opportunity).values() if one.raised <= day
    ]
    return sorted(found, key=lambda one: (one.since, one.record.key))


def recommendation(hub: Hub, one: Recommendation, day: date) -> Followed:
    """Where a recommendation stands on a day."""
    deciding = decided_by(hub, one, day)
    to_do = _to_do(hub, one, day)
    ended = given_up(one, day)
    due: date | None = None
    owners: tuple[str, ...] = (COMMITTEE,)
    if ended:
        state = SET_ASIDE
    elif deciding and deciding.outcome == "rejected":
        state, ended = NOT_ADOPTED, decision_day(deciding)
    elif deciding and deciding.outcome == "adopted":
        if not one.actions:
            state, due, owners = UNPLANNED, decision_day(deciding), (NOBODY,)
        elif to_do:
            state, due, owners = UNDER_WAY, min(it.due for it in to_do), _owners(to_do)
        else:
            state, ended = DONE, max(decision_day(deciding), _last_done(hub, one))
    else:
        within: Period = parameters.value(hub, "recommendation-due", one.proposed)
        answered = any(said.on <= day for said in one.feedback)
        due = None if answered else within.after(one.proposed)
        state = PUT_OFF if deciding else IN_REVIEW if answered else WAITING
    return _followed(one, day, state, one.proposed, ended, to_do, due, owners)


def opportunity(hub: Hub, one: Opportunity, day: date) -> Followed:
    """Where an improvement opportunity stands on a day.

    What a recommendation does for it counts as its own: it is done once its actions are and every
    recommendation that carries it has come to its end. One that was not adopted, was set aside or
    had come to its end before the opportunity was raised carries nothing.
    """
    carrying = [
        it
        for it in _named(hub, one, day)
        if it.state not in (NOT_ADOPTED, SET_ASIDE) and not (it.ended and it.ended < one.raised)
    ]
    to_do = _to_do(hub, one, day)
    ended = given_up(one, day)
    due: date | None = None
    owners: tuple[str, ...] = (one.owner,)
    if ended:
        state = SET_ASIDE
    elif not one.actions and not carrying:
        state, due = UNPLANNED, to_plan_by(hub, one, day)
    elif to_do or any(it.is_open for it in carrying):
        state = UNDER_WAY
        days = [it.due for it in to_do] + [it.due for it in carrying if it.due]
        due = min(days, default=None)
        others = [name for it in carrying for name in it.owners]
        owners = tuple(dict.fromkeys([*_owners(to_do), *others]))
    else:
        state = DONE
        ends = [it.ended for it in carrying if it.ended]
        ended = max([*ends, _last_done(hub, one)] if one.actions else ends)
    return _followed(one, day, state, one.raised, ended, to_do, due, owners)


def _named(hub: Hub, one: Opportunity, day: date) -> list[Followed]:
    """Where the recommendations that an opportunity names stand on a day."""
    return [
        recommendation(hub, it, day)
        for key in dict.fromkeys(one.carried_by)
        if (it := hub.get(Recommendation, key)) and it.proposed <= day
    ]


def left_since(hub: Hub, one: Opportunity, day: date) -> date:
    """The day from which nobody has had an opportunity in hand: raised, or let go by the last."""
    return max([one.raised, *(it.ended for it in _named(hub, one, day) if it.ended)])


def to_plan_by(hub: Hub, one: Opportunity, day: date) -> date:
    """The day by which something is to be planned for an opportunity that nothing carries on."""
    since = left_since(hub, one, day)
    within: Period = parameters.value(hub, "opportunity-due", since)
    return within.after(since)


def sentence(one: Followed) -> str:
    """Where it stands and why, in a sentence or two."""
    due = day_in_words(one.due) if one.due else ""
    ended = day_in_words(one.ended) if one.ended else ""
    if one.state in (WAITING, PUT_OFF):
        verb = "was" if one.overdue else "is"
        if one.state == WAITING:
            return f"The committee {verb} to answer by {due}."
        put_off = "The committee has put it off."
        return f"{put_off} It {verb} to answer by {due}." if due else put_off
    if one.state == IN_REVIEW:
        return "The committee has said what it thinks, and has not decided yet."
    if one.state == NOT_ADOPTED:
        return f"The committee did not adopt it, on {ended}."
    if one.state == UNPLANNED:
        return _unplanned(one, due)
    if one.state == UNDER_WAY:
        return _under_way(one, due)
    if one.state == DONE:
        told = one.record.result and one.record.result.on <= one.day
        known = "is told below" if told else "is not told yet"
        return f"Done, the last of it on {ended}. What came of it {known}."
    reason = one.record.set_aside.reason if one.record.set_aside else ""
    return f"Set aside on {ended}: {reason}"


def _unplanned(one: Followed, due: str) -> str:
    if isinstance(one.record, Recommendation):
        return f"Adopted on {due}, and nothing is planned yet."
    let_go = ", and no recommendation carries it on" if one.record.carried_by else ""
    return f"Nothing is planned yet{let_go}. {_when(one, 'It', 'to be planned', due)}"


def _under_way(one: Followed, due: str) -> str:
    every = len(one.record.actions)
    count = "What it asks for is carried on by others"
    if one.to_do:
        count = how_many(every - len(one.to_do), every, "action", "done")
        count = count[:1].upper() + count[1:]
    if not due:
        return f"{count}."
    what = "It" if every == 1 and one.to_do and one.to_do[0].due == one.due else "The next"
    return f"{count}. {_when(one, what, 'due', due)}"


def _when(one: Followed, what: str, how: str, due: str) -> str:
    """A sentence on when the next is due, or was."""
    if one.overdue and one.due:
        on = "on" if how == "due" else "by"
        return f"{what} was {how} {on} {due}, {in_words((one.day - one.due).days, 'day')} ago."
    return f"{what} is {how} by {due}."


def _followed(
    record: Recommendation | Opportunity,
    day: date,
    state: str,
    since: date,
    ended: date | None,
    to_do: tuple[Action, ...],
    due: date | None,
    owners: tuple[str, ...],
) -> Followed:
    if state in OPEN:
        return Followed(record, day, state, since, None, to_do, due, owners)
    return Followed(record, day, state, since, ended, (), None, ())


def given_up(one: Recommendation | Opportunity, day: date) -> date | None:
    """The day on which something was set aside, if that was by a day."""
    return one.set_aside.on if one.set_aside and one.set_aside.on <= day else None


def _to_do(hub: Hub, one: Recommendation | Opportunity, day: date) -> tuple[Action, ...]:
    return tuple(it for it in one.actions if not shown(hub, one, it.done, day))


def _last_done(hub: Hub, one: Recommendation | Opportunity) -> date:
    return max(shown_on(hub, it.done) for it in one.actions if it.done)


def _owners(actions: tuple[Action, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.owner for one in actions))


_PLAN = "add `actions`, each with its `owner`, `strength` and `due`"
_CARRY = "name a recommendation that takes it up under `carried_by`"
_SET_ASIDE = "or give it up under `set_aside`, with the reason"


def actions_to_take(hub: Hub, as_of: date) -> Iterator[Obligation]:
    """Actions that are not shown to be done, and what has none though something is to follow."""
    for one in followed(hub, as_of):
        record = one.record
        rest: tuple[tuple[str, date], ...] = ()
        if isinstance(record, Recommendation):
            name, provision = record.key, "EXC-7"
            whole, to_do = f"{name}, {record.title},", f"{_PLAN}; {_SET_ASIDE}"
        else:
            name, provision = f"the opportunity “{record.title}”", "EXC-4"
            whole, rest = name, (("opportunity-due", left_since(hub, record, as_of)),)
            to_do = f"{_PLAN}; {_CARRY}; {_SET_ASIDE}"
        if one.state == UNPLANNED and one.due:
            what = f"what follows from {whole} is to be planned"
            yield Obligation(one.due, "follow-through", what, provision, record.at(), rest, to_do)
        waiting = {id(action) for action in one.to_do}
        for number, action in enumerate(record.actions if one.state == UNDER_WAY else ()):
            if id(action) in waiting:
                what = f"the action “{action.text}” of {name} ({action.owner}) is to be done"
                place = record.at("actions", number, "due")
                yield Obligation(action.due, "follow-through", what, provision, place)
