"""The way in: what the partnership is, what needs attention, what is new, and the way for each."""

from collections.abc import Iterator

from npcs.governance import parameters
from npcs.governance.answers import tells_totals
from npcs.governance.attendance import COMMITTEE
from npcs.governance.calendar import Obligation
from npcs.governance.followup import IN_REVIEW, WAITING
from npcs.governance.terms import committee
from npcs.governance.waiting import deferred, scheduled
from npcs.publish.approvals import UNSIGNED
from npcs.publish.feeds import Entry, entries
from npcs.publish.guides import GUIDES, guide
from npcs.publish.names import body_shown, kind_shown
from npcs.publish.page import Block, Callout, Card, Cards, Facts, Heading, Page, Table, Text
from npcs.publish.sections import charter as text
from npcs.publish.sections import decisions, meetings, notices
from npcs.publish.sections import members as membership
from npcs.publish.sections.due import by_subject, when
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, day, link, number, sentence
from npcs.records.charter import Charter, Decision, Meeting
from npcs.records.definitions import Definition
from npcs.records.notices import Notice
from npcs.records.practices import Practice
from npcs.records.record import Record
from npcs.records.workplan import Activity, Measure
from npcs.rules.registry import RULES

NEWEST = 6
URGENT = 5
"""How many obligations the home page names; the rest is counted."""

REVIEWS = {
    "review-due": "the charter",
    "notice-review-due": "safety notices",
    "attendance-review": "attendance",
}
"""What is looked at again from time to time, by the rule that watches over it."""


def pages(site: Site) -> Iterator[Page]:
    """The home page."""
    yield _home(site, site.due)


def _home(site: Site, due: tuple[Obligation, ...]) -> Page:
    charter = site.hub.get(Charter, "charter")
    blocks: list[Block] = []
    if charter and site.approvals.latest is None:
        state = text.proposed_state(site)
        open_ = parameters.unsettled(site.hub, site.as_of)
        said = sentence(
            "This is about the text of the charter as it stands here. ",
            "Readings marked provisional are used for now. " if open_ else "",
            "See the ", link("charter", "charter/index"), " and its ",
            link("readings", "charter/parameters"), ".",
        )  # fmt: skip
        blocks.append(Callout(capital(state), said, "warning"))
    elif site.approvals.is_proposed:
        said = sentence(
            "See ", link("what is proposed, and what it takes", "charter/proposed"), "."
        )
        blocks.append(Callout("A change of the charter is proposed", said, "note"))
    latest = site.approvals.latest
    if latest and latest.state == "not signed":
        said = sentence(
            f"Nothing proves who recorded the approval of version {latest.version} of the ",
            link("charter", "charter/index"), "."
        )  # fmt: skip
        blocks.append(Callout(capital(UNSIGNED), said, "warning"))
    blocks += [Heading("Start here", "start"), Cards(tuple(_ways()))]
    blocks += [Heading("What needs attention", "attention"), *_attention(site, due)]
    follow = Text(sentence("Follow the news in a feed reader or in your own calendar: ",
                           link("subscribe and reuse", "about/reuse"), "."))  # fmt: skip
    blocks += [Heading("What is new", "new"), _new(site), follow]
    blocks += [Heading("All there is", "all"), Cards(tuple(_cards(site, len(due))))]
    return Page(
        "index",
        site.settings.name,
        tuple(blocks),
        lead=sentence(
            "Child welfare agencies that work together so that fewer children are harmed or die "
            "from maltreatment. Here is what they have agreed on, decided and learned, for "
            "everybody to read. Nothing here is about a single child, family or caseworker."
        ),
    )


def _ways() -> Iterator[Card]:
    for name in GUIDES:
        one = guide(name)
        yield Card(link(one.title, f"start/{name}"), one.card)


def _cards(site: Site, due: int) -> Iterator[Card]:
    hub = site.hub
    sitting = len(committee(hub, site.as_of))
    measured = len(hub.all(Measure))
    held = sum(one.status == "held" for one in hub.all(Meeting).values())
    for title, address, figure, said in (
        ("Charter", "charter/index", number(len(hub.provisions), "provision"),
         "What the partnership is for and how it governs itself."),
        ("Members", "members/index", number(len(membership.current(site)), "member"),
         "The states and jurisdictions that take part."),
        ("Committee", "committee/index",
         f"{number(sitting, 'person', 'people')} in office" if sitting else "nobody in office yet",
         "Who decides, since when and until when."),
        ("Meetings", "meetings/index",
         f"{number(held, 'meeting')} held" if held else "none held yet",
         "Agendas, attendance and minutes."),
        ("Decisions", "decisions/index", _yet(len(hub.all(Decision)), "decision"),
         "What was decided, how and why."),
        ("Work plan", "workplan/index",
         f"{number(len(hub.all(Activity)), 'activity', 'activities')}, "
         f"{number(measured, 'measure')}",
         "What members do together and how they will know it helps."),
        ("Definitions", "definitions/index", number(len(hub.all(Definition)), "term"),
         "What the words mean, so that everybody counts the same."),
        ("Safety notices", "notices/index", _yet(len(hub.all(Notice)), "notice"),
         "Dangers one member met that others should know."),
        ("Practices", "practices/index", _yet(len(hub.all(Practice)), "practice"),
         "What was tried, what worked and what did not."),
        ("Rules", "rules/index", number(len(RULES), "rule"),
         "What the hub checks, and the provision behind each."),
        ("What is due", "due", number(due, "obligation") if due else "nothing due",
         "What the charter asks for in the next 90 days."),
        ("About", "about/index", "how to read this site",
         "What the labels mean, and what is never here."),
    ):  # fmt: skip
        yield Card(link(title, address), said, capital(figure))


def _yet(count: int, noun: str) -> str:
    return number(count, noun) if count else f"no {noun} yet"


# What needs attention


def _attention(site: Site, due: tuple[Obligation, ...]) -> Iterator[Block]:
    yield _counts(site, due)
    if not due:
        return
    rows = []
    for subject, some in [*by_subject(due).items()][:URGENT]:
        first = some[0]
        more = link(f"and {len(some) - 1:,} more like it", f"due#{subject}") if some[1:] else ""
        said = sentence(site.text(capital(first.what)), *([", ", more] if more else []))
        rows.append((when(site, first.on), said, site.provision(first.provision)))
    yield Table(("By", "First in line", "Provision"), tuple(rows), stacks=True)
    yield Text(sentence(link("All that is due", "due"), f": {number(len(due), 'obligation')}."))


def _counts(site: Site, due: tuple[Obligation, ...]) -> Facts:
    """What is open on the day of the site: counts, each with the way there."""
    late = sum(one.on < site.as_of for one in due)
    facts = site.facts(
        ("Safety notices", _notices(site)),
        ("Next meeting", _meeting(site)),
        ("Decisions waiting", _decisions(site)),
        ("Reviews due", _reviews(due)),
        ("Readings of the charter", _readings(site)),
        ("In all", sentence(link(f"{number(len(due), 'obligation')} due", "due"),
                            " in the next 90 days", f", {late:,} of them overdue" if late else "")),
    )  # fmt: skip
    assert facts
    return facts


def _notices(site: Site) -> Md:
    live = [one for one in site.boards.values() if one.live]
    if not live:
        return sentence("none is open (", link("all notices", "notices/index"), ")")
    late = sum(one.late > 0 and tells_totals(site.hub, one, site.as_of) for one in live)
    said = sentence(link(f"{number(len(live), 'notice')} open", "notices/index"))
    answers = link(f"answers overdue for {late:,}", "notices/answers/index")
    return sentence(said, ", ", answers) if late else said


def _meeting(site: Site) -> Md:
    coming = [one for one in scheduled(site.hub, site.as_of) if one.body_ == COMMITTEE]
    if not coming:
        return sentence("none is scheduled (", link("all meetings", "meetings/index"), ")")
    first = coming[0]
    return sentence(day(first.date), ": ", site.to(first, body_shown(site.hub, first.body_)))


def _decisions(site: Site) -> list[Md]:
    put_off = deferred(site.hub, site.as_of)
    asked = site.kept("recommendations to answer", lambda: _to_answer(site))
    found = []
    if put_off:
        shown = f"{number(len(put_off), 'decision')} put off"
        first = site.to(put_off[0], put_off[0].key)
        found.append(sentence(link(shown, "decisions/index"), ", the oldest is ", first))
    if asked:
        shown = f"{number(asked, 'recommendation')} to answer"
        found.append(link(shown, "recommendations/index"))
    return found or [sentence("none (", link("all decisions", "decisions/index"), ")")]


def _to_answer(site: Site) -> int:
    states = WAITING, IN_REVIEW
    found = [one for one in site.followed.values() if one.record.kind == "recommendation"]
    return sum(one.state in states for one in found)


def _reviews(due: tuple[Obligation, ...]) -> list[Md]:
    found = by_subject(due)
    rows = [
        sentence(link(f"{number(len(found[subject]), 'review')} of {what}", f"due#{subject}"),
                 ", the first by ", day(found[subject][0].on))
        for subject, what in REVIEWS.items()
        if subject in found
    ]  # fmt: skip
    return rows or [Md("none")]


def _readings(site: Site) -> Md:
    open_ = parameters.unsettled(site.hub, site.as_of)
    if not open_:
        return link("every reading is adopted", "charter/parameters")
    return link(f"{number(len(open_), 'reading')} not adopted yet", "charter/parameters")


# What is new


def _new(site: Site) -> Block:
    """The newest of what the feed brings."""
    rows = tuple(_row(site, one) for one in entries(site)[:NEWEST])
    if not rows:
        return site.empty("Nothing yet. What is decided, issued, held or added will stand here.")
    return Table(
        ("Date", "Kind", "What", "State"), rows, stacks=True, without={"State": "published"}
    )


def _row(site: Site, one: Entry) -> tuple[Md, str, Md, Md]:
    """A piece of news: its day, its kind, its page, and where its record stands now."""
    kind, title = _parted(one)
    return day(one.on), kind, link(title, one.address), _state(site, site.hub.record(one.source))


def _state(site: Site, record: Record | None) -> Md:
    """Where it stands now, and what speaks against that."""
    if isinstance(record, Notice):
        return notices.state(site, record)
    if isinstance(record, Decision):
        return decisions.state(site, record)
    return meetings.state(record) if isinstance(record, Meeting) else Md("")


def _parted(one: Entry) -> tuple[str, str]:
    """What a piece of news is, and its title: “Safety notice amended” says more than its kind."""
    kind = kind_shown(one.topic)
    before, number, after = one.title.partition(one.name.split(" ")[1])
    if number and before.startswith(kind):
        return before.strip(), f"{number}{after}"
    return kind, one.title.removeprefix(f"{kind}: ")
