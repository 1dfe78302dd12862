"""The sections of the site. Each gives its pages; a new section is one module and one line here."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from npcs.publish.later import Later
from npcs.publish.page import Page
from npcs.publish.search.facets import facets
from npcs.publish.sections import (
    about,
    accessibility,
    activities,
    answers,
    attendance,
    charter,
    committee,
    coverage,
    curricula,
    days,
    decisions,
    definitions,
    due,
    find,
    followthrough,
    home,
    measures,
    meetings,
    members,
    notices,
    opportunities,
    people,
    plan_in_time,
    practices,
    priorities,
    proceedings,
    proposed,
    recommendations,
    reuse,
    revisions,
    rules,
    seats,
    start,
    workplan,
)
from npcs.publish.site import Site
from npcs.publish.summary import summary

SECTIONS: tuple[Callable[[Site], Iterator[Page | Later]], ...] = (
    home.pages,
    start.pages,
    due.pages,
    charter.pages,
    coverage.pages,
    revisions.pages,
    proposed.pages,
    committee.pages,
    days.pages,
    seats.pages,
    attendance.pages,
    people.pages,
    members.pages,
    meetings.pages,
    decisions.pages,
    proceedings.pages,
    recommendations.pages,
    workplan.pages,
    activities.pages,
    plan_in_time.pages,
    priorities.pages,
    opportunities.pages,
    followthrough.pages,
    measures.pages,
    definitions.pages,
    notices.pages,
    answers.pages,
    practices.pages,
    curricula.pages,
    rules.pages,
    about.pages,
    reuse.pages,
    accessibility.pages,
)
"""Every section, in the order of the site."""


def pages(site: Site) -> Iterator[Page]:
    """All pages of the site."""
    found: list[Page] = []
    for section in SECTIONS:
        for one in section(site):
            page = shown(site, one.made(site) if isinstance(one, Later) else one)
            if page.facets:
                found.append(replace(page, blocks=(), files={}))
            yield page
    yield from lists(site, found)


def shown(site: Site, page: Page) -> Page:
    """A page of a section with what every page has."""
    whole = replace(page, facets=facets(site, page), foot=page.foot or site.made)
    return replace(whole, description=summary(whole))


def lists(site: Site, found: Sequence[Page]) -> Iterator[Page]:
    """The pages by which those that a search finds are found without one."""
    for page in find.pages(found):
        yield replace(page, foot=site.made, description=summary(page))
