"""The way in: what the partnership is, what is here, what needs attention, what is new."""

from collections.abc import Iterator
from datetime import date, timedelta

from npcs.governance.attendance import COMMITTEE
from npcs.governance.calendar import Obligation, obligations
from npcs.governance.dates import day_in_words
from npcs.governance.notices import versions
from npcs.governance.terms import committee
from npcs.publish.approvals import UNSIGNED
from npcs.publish.page import Block, Callout, Card, Cards, Heading, Page, Table, Text
from npcs.publish.sections import charter as text
from npcs.publish.sections import members as membership
from npcs.publish.sections.decisions import state as decided_state
from npcs.publish.sections.meetings import state as meeting_state
from npcs.publish.sections.notices import state as notice_state
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, day, link, number, sentence, words
from npcs.records.charter import Charter, Decision, Meeting
from npcs.records.definitions import Definition
from npcs.records.notices import Notice
from npcs.records.practices import Bundle, Curriculum, Practice
from npcs.records.workplan import Activity, Measure
from npcs.rules.registry import RULES

NEWEST = 6
SUBJECTS = {
    "appointment": "A committee to appoint",
    "term-length": "Terms on the committee that end",
    "co-chair-limit": "Co-chairs at the end of their time",
    "co-chair-count": "Co-chairs to choose",
    "coordinator": "A project coordinator to find",
    "member-team": "Teams to name",
    "monthly-meeting": "Meetings to hold",
    "notice-to-advisors": "Notices of meetings to send",
    "minutes": "Minutes to send",
    "attendance-review": "Attendance to look at",
    "communicated": "Decisions to tell members of",
    "review-due": "The charter to review",
    "reading-provisional": "Readings to adopt",
    "recommendation-answered": "Recommendations to answer",
    "notice-review-due": "Safety notices to look at again",
    "notice-answer": "Safety notices to answer",
    "milestone-overdue": "Milestones to reach",
    "participation": "Members to ask whether they take part",
    "follow-through": "Actions to take",
    "crosswalk": "Definitions to compare with members' own",
}
"""What is due, in the words of people, by the rule that watches over it."""


def pages(site: Site) -> Iterator[Page]:
    """The home page and the list of what is due."""
    due = obligations(site.hub, site.as_of)
    yield _home(site, due)
    yield _due(site, due)


def _home(site: Site, due: tuple[Obligation, ...]) -> Page:
    charter = site.hub.get(Charter, "charter")
    blocks: list[Block] = []
    if charter and site.approvals.latest is None:
        state = text.proposed_state(site)
        said = sentence(
            f"The text of the charter as it stands here: {state}. Readings marked provisional are "
            "used for now. See the ", link("charter", "charter/index"), " and its ",
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
            f"Nothing proves who set the tag of version {latest.version} of the ",
            link("charter", "charter/index"), "."
        )  # fmt: skip
        blocks.append(Callout(capital(UNSIGNED), said, "warning"))
    blocks.append(Cards(tuple(_cards(site, len(due)))))
    blocks += [Heading("What needs attention", "attention"), *_attention(site, due)]
    follow = Text(sentence("Follow the news in a feed reader or in your own calendar: ",
                           link("subscribe and reuse", "about/reuse"), "."))  # fmt: skip
    blocks += site.section("What is new", _new(site), follow, anchor="new")
    return Page(
        "index",
        site.settings.name,
        tuple(blocks),
        lead=sentence(
            "Child welfare agencies that work together so that fewer children are harmed or die "
            "from "
            "maltreatment. Here is what they have agreed on, decided and learned, for everybody "
            "to read. "
            "Anyone may ",
            link("propose a change", "about/propose"), ". Counts and lists are as of ",
            day(site.as_of), ".",
        ),
    )  # fmt: skip


def _cards(site: Site, due: int) -> Iterator[Card]:
    hub = site.hub
    sitting = len(committee(hub, site.as_of))
    measured = len(hub.all(Measure))
    practices = len(hub.all(Practice)) + len(hub.all(Bundle)) + len(hub.all(Curriculum))
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
         (f"{number(held, 'meeting')} held" if held else "none held yet") + _next(site),
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
        ("Practices", "practices/index", number(practices, "practice"),
         "What was tried, what worked and what did not."),
        ("Rules", "rules/index", number(len(RULES), "rule"),
         "What the hub checks, and the provision behind each."),
        ("What is due", "due", number(due, "obligation") if due else "nothing due",
         "What the charter asks for in the next 90 days."),
        ("About", "about/index", "how to read this site",
         "What the labels mean, and what is never here."),
    ):  # fmt: skip
        yield Card(link(title, address), said, capital(figure))


def _next(site: Site) -> str:
    """When the committee meets next, to end a sentence."""
    coming = [
        one.date
        for one in site.meetings_of.get(COMMITTEE, ())
        if one.status == "scheduled" and one.date >= site.as_of
    ]
    return f", the next is on {day_in_words(min(coming))}" if coming else ""


def _yet(count: int, noun: str) -> str:
    return number(count, noun) if count else f"no {noun} yet"


# What is due


def _by_subject(due: tuple[Obligation, ...]) -> dict[str, list[Obligation]]:
    found: dict[str, list[Obligation]] = {}
    for one in due:
        found.setdefault(one.subject, []).append(one)
    return found


def _when(site: Site, on: date) -> Md:
    return sentence(chip("overdue", "warn"), " ", day(on)) if on < site.as_of else day(on)


def _attention(site: Site, due: tuple[Obligation, ...]) -> Iterator[Block]:
    if not due:
        yield Text(Md("Nothing is due in the next 90 days."))
        return
    rows = []
    for subject, some in _by_subject(due).items():
        first = some[0]
        more = link(f"and {len(some) - 1:,} more like it", f"due#{subject}") if some[1:] else ""
        said = sentence(site.text(capital(first.what)), *([", ", more] if more else []))
        rows.append((_when(site, first.on), said, site.provision(first.provision)))
    yield Table(("By", "What", "Provision"), tuple(rows))
    yield Text(sentence(link("All that is due", "due"), f": {number(len(due), 'obligation')}."))


def _due(site: Site, due: tuple[Obligation, ...]) -> Page:
    names = {one.name for one in RULES}
    blocks: list[Block] = []
    for subject, some in _by_subject(due).items():
        blocks.append(Heading(SUBJECTS.get(subject, capital(words(subject))), subject))
        if subject in names:
            blocks.append(Text(sentence("Watched over by the rule ",
                                        link(subject, f"rules/{subject}"), ".")))  # fmt: skip
        rows = tuple(
            (
                _when(site, one.on),
                site.text(capital(one.what)),
                site.provision(one.provision),
                site.at(one.place.path),
            )
            for one in some
        )
        blocks.append(Table(("By", "What", "Provision", "Record"), rows))
    if not blocks:
        blocks.append(site.empty("Nothing is due in the next 90 days."))
    return Page(
        "due",
        "What is due",
        tuple(blocks),
        lead=sentence("What the charter asks for by ", day(site.as_of + timedelta(days=90)),
                      " and is not done yet. Nothing here is an error: it is a list to work from. "
                      "A check lists the same as due, and adds what has no last day: who is ",
                      link("missing on the committee", "rules/composition"), " or is to ",
                      link("rotate off", "rules/rotation"), "."),
        path=(("About", "about/index"),),
        searchable=False,
    )  # fmt: skip


# What is new


def _new(site: Site) -> Table | None:
    found: list[tuple[date, str, str, Md, Md]] = [
        (one.date, one.key, "Decision", site.to(one), decided_state(site, one))
        for one in site.hub.all(Decision).values()
    ]
    found += [
        (it.on, one.key, f"Safety notice, version {it.number}" if it.path else "Safety notice",
         site.to(one), notice_state(site, one))
        for one in site.hub.all(Notice).values()
        for it in versions(one)
    ]  # fmt: skip
    found += [
        (one.date, one.key, "Meeting", site.to(one), meeting_state(one))
        for one in site.hub.all(Meeting).values()
        if one.status == "held"
    ]
    past = sorted((one for one in found if one[0] <= site.as_of), reverse=True)[:NEWEST]
    rows = tuple((day(on), kind, shown, state) for on, _, kind, shown, state in past)
    return Table(("Date", "Kind", "What", "State"), rows) if rows else None
