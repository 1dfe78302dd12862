"""The work plan in time: the milestones of all activities on one axis, and as a table."""

from collections.abc import Iterator
from datetime import timedelta

from npcs.governance.activities import status
from npcs.publish.milestones import in_time, listed, near
from npcs.publish.page import Block, Heading, Page, Text
from npcs.publish.sections.activities import PATH, in_order, state
from npcs.publish.site import Site
from npcs.publish.text import day, link, number, sentence
from npcs.records.workplan import Activity

ADDRESS = "workplan/timeline"
MOST = 100
"""How many milestones the page shows; of more, those of activities with one due within a year."""


def pages(site: Site) -> Iterator[Page]:
    """The page of the plan in time."""
    every = [one for one in in_order(site) if one.milestones]
    shown = every
    if sum(len(one.milestones) for one in every) > MOST:
        shown = near(every, site.as_of, timedelta(days=366))
    steps = in_time(site, shown, ADDRESS)
    blocks: list[Block] = []
    if steps:
        blocks = [steps.picture, steps.offer, *_lists(site, shown)]
    elif not every:
        blocks = [
            site.empty(
                "No milestone has been agreed yet. Whoever leads an activity proposes its first "
                "milestones, each with a day by which it is due (ACT-0)."
            )
        ]
    if left := len(every) - len(shown):
        said = f"{number(left, 'activity is', 'activities are')} left out here: "
        more = link("the work plan", "workplan/index")
        blocks.append(Text(sentence(said, "none of their milestones is due within a year. See ",
                                    more, ".")))  # fmt: skip
    yield Page(
        ADDRESS,
        "The work plan in time",
        tuple(blocks),
        path=PATH,
        lead=sentence(
            "When each step of the activities was done or is due, what it waits for, and what "
            "shows that it was done, as of ", day(site.as_of), ".",
        ),
        files=steps.files if steps else {},
    )  # fmt: skip


def _lists(site: Site, shown: list[Activity]) -> Iterator[Block]:
    """The milestones of each activity, numbered as in the picture."""
    count = 1
    for one in shown:
        yield Heading(site.to(one), f"in-time-{one.key}")
        known = status(site.hub, one, site.as_of).sentence
        yield Text(sentence(state(site, one), " ", site.text(known)))
        if table := listed(site, one, count, names=False):
            yield table
        count += len(one.milestones)
