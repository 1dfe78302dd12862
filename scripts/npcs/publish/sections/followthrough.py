"""The ageing view: how old open recommendations and opportunities are, and what is overdue."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from npcs.governance.followup import BANDS, DONE, OLDEST, STATES, STRENGTHS, Followed
from npcs.publish.empty import nothing_yet
from npcs.publish.page import Block, Callout, Page, Table, Text
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, day, joined, link, number, outside, sentence
from npcs.records.followup import Recommendation

MOST = 60
"""How many overdue ones the page names before it counts the rest."""

_STUDY = "https://injuryprevention.bmj.com/content/17/Suppl_I/i64"
_SCALE = "https://navigator.betsylehmancenterma.gov/pages/action-hierarchy-tool"


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    yield _page(site, tuple(site.followed.values()))


def _page(site: Site, found: Sequence[Followed]) -> Page:
    waiting = [one for one in found if one.is_open]
    overdue = sorted((one for one in waiting if one.overdue), key=lambda one: (one.due, one.since))
    blocks: list[Block | None] = [_why()]
    if not found:
        blocks.append(nothing_yet(
            site, "recommendation",
            "There is nothing to follow yet: no group has recommended anything, and no opportunity "
            "has been raised.",
        ))  # fmt: skip
    else:
        said, late = _are(len(waiting)), _are(len(overdue))
        blocks += [
            Text(Md(f"Of {len(found):,} in all, {said} open, and {late} overdue.{_known(found)}")),
            *site.section("Where they stand", _states(found), anchor="states"),
            *site.section("How old the open ones are", _ages(waiting), anchor="age"),
            *site.section("What is overdue", *_overdue(site, overdue), anchor="overdue"),
            *site.section("Who is to act", _owners(site, waiting), anchor="owners"),
            *site.section("How strong the actions are", _strengths(found), _scale(),
                          anchor="strength"),
        ]  # fmt: skip
    return Page(
        "workplan/follow-through",
        "What became of it",
        tuple(one for one in blocks if one),
        path=(("Work plan", "workplan/index"),),
        lead=sentence(
            "What groups ", link("recommend", "recommendations/index"), " and where reviews see ",
            link("room for improvement", "workplan/opportunities/index"), ", followed until "
            "something shows that it was done. Every state is worked out from decisions, actions "
            "and evidence. As of ", day(site.as_of), ".",
        ),
    )  # fmt: skip


def _why() -> Callout:
    return Callout(
        "Why this page",
        sentence(
            "In a study of 21 reports of child death review teams with 1,093 recommendations, the "
            "action on recommendations scored lowest: 1.9 on average, against 2.7 for how the "
            "problem was assessed and 2.2 for how the recommendation was written (",
            outside("Injury Prevention 17, Suppl I, i64", _STUDY), ").",
        ),
    )  # fmt: skip


def _are(count: int) -> str:
    return number(count, "is", "are") if count else "none is"


def _known(found: Sequence[Followed]) -> str:
    """A sentence on how many of those that are done tell what came of them."""
    done = [one for one in found if one.state == DONE]
    if not done:
        return ""
    told = sum(one.record.result is not None and one.record.result.on <= one.day for one in done)
    if len(done) == 1:
        return f" One is done, and tells {'' if told else 'not yet '}what came of it."
    tell = number(told, "tells", "tell") if told else "none tells"
    return f" Of {len(done):,} that are done, {tell} what came of it."


def _kinds(found: Iterable[Followed]) -> tuple[int, int]:
    kinds = Counter(isinstance(one.record, Recommendation) for one in found)
    return kinds[True], kinds[False]


def _counted(*counts: int) -> tuple[str, ...]:
    return tuple(f"{one:,}" for one in counts)


def _states(found: Sequence[Followed]) -> Table:
    rows = []
    for state in STATES:
        some = [one for one in found if one.state == state]
        if some:
            late = sum(one.overdue for one in some)
            rows.append((capital(state), *_counted(*_kinds(some)), f"{late:,}" if late else ""))
    return Table(("State", "Recommendations", "Opportunities", "Overdue"), tuple(rows))


def _ages(waiting: Sequence[Followed]) -> Table | None:
    if not waiting:
        return None
    rows = []
    for band in (*(name for _, name in BANDS), OLDEST):
        some = [one for one in waiting if one.band == band]
        late = sum(one.overdue for one in some)
        rows.append((capital(band), *_counted(*_kinds(some), late)))
    return Table(("Age", "Recommendations", "Opportunities", "Overdue"), tuple(rows))


def _overdue(site: Site, overdue: Sequence[Followed]) -> Iterator[Block]:
    if not overdue:
        yield site.empty("Nothing is overdue.")
        return
    rows = tuple(
        (
            site.to(one.record),
            capital(one.state),
            joined(site.text(name) for name in one.owners),
            capital(one.strength),
            day(one.due) if one.due else "",
            number((site.as_of - one.due).days, "day") if one.due else "",
        )
        for one in overdue[:MOST]
    )
    columns = ("What", "State", "Who is to act", "Strength", "Was due", "Late by")
    yield Table(columns, rows, without={"Strength": "not told"})
    if overdue[MOST:]:
        yield Text(Md(f"And {len(overdue) - MOST:,} more, which were due later than these."))


def _owners(site: Site, waiting: Sequence[Followed]) -> Table | None:
    every: Counter[str] = Counter()
    late: Counter[str] = Counter()
    for one in waiting:
        every.update(one.owners)
        late.update(one.owners if one.overdue else ())
    rows = tuple(
        (site.text(name), f"{count:,}", f"{late[name]:,}")
        for name, count in sorted(every.items(), key=lambda it: (-it[1], it[0]))
    )
    return Table(("Owner", "Open", "Of these overdue"), rows) if rows else None


def _strengths(found: Sequence[Followed]) -> Table | None:
    rows = []
    for strength in STRENGTHS:
        total = [action for one in found for action in one.record.actions
                 if action.strength == strength]  # fmt: skip
        waiting = [(one, action) for one in found for action in one.to_do
                   if action.strength == strength]  # fmt: skip
        late = sum(action.due < one.day for one, action in waiting)
        rows.append((capital(strength), *_counted(len(total), len(waiting), late)))
    if not any(one.record.actions for one in found):
        return None
    return Table(("Strength", "Actions in all", "To do", "Of these late"), tuple(rows))


def _scale() -> Text:
    return Text(
        sentence(
            "A strong action changes the work itself; an intermediate one helps people to do the "
            "right thing; a weak one, such as training, asks them to take more care (",
            outside("Betsy Lehman Center, Action hierarchy tool", _SCALE),
            "). Weak ones alone are a ", link("warning", "rules/action-strength"), ".",
        )
    )  # fmt: skip
