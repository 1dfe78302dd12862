"""What is due: all that the charter asks for and that is not done yet, by subject."""

from collections.abc import Iterator
from datetime import date, timedelta

from npcs.governance.calendar import Obligation
from npcs.publish.page import Block, Heading, Page, Table, Text
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, chip, day, link, sentence, words
from npcs.rules.registry import RULES

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
    "crosswalk": "Rules of members to compare again",
}
"""What is due, in the words of people, by the rule that watches over it."""


def pages(site: Site) -> Iterator[Page]:
    """The list of what is due."""
    yield _due(site, site.due)


def by_subject(due: tuple[Obligation, ...]) -> dict[str, list[Obligation]]:
    """Obligations by the rule that watches over them, the most urgent first."""
    found: dict[str, list[Obligation]] = {}
    for one in due:
        found.setdefault(one.subject, []).append(one)
    return found


def when(site: Site, on: date) -> Md:
    """The day by which something is due, marked where it has passed."""
    return sentence(chip("overdue", "warn"), " ", day(on)) if on < site.as_of else day(on)


def _due(site: Site, due: tuple[Obligation, ...]) -> Page:
    names = {one.name for one in RULES}
    blocks: list[Block] = []
    for subject, some in by_subject(due).items():
        blocks.append(Heading(SUBJECTS.get(subject, capital(words(subject))), subject))
        if subject in names:
            blocks.append(Text(sentence("Watched over by the rule ",
                                        link(subject, f"rules/{subject}"), ".")))  # fmt: skip
        rows = tuple(
            (
                when(site, one.on),
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
