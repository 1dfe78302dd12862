"""The search page, and lists of all records by kind, year, topic, member and age.

The search needs a script. The lists do the same without one, so each record can be reached in a few
steps. They stand in no menu: the search page leads to them.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from npcs.publish.addresses import list_of
from npcs.publish.names import kind_shown
from npcs.publish.page import Heading, Items, Page, Text
from npcs.publish.search.index import FACETS, in_order, slug
from npcs.publish.text import Md, day, joined, link, number, sentence
from npcs.records.kinds import KINDS

HERE = (("Find", "find/index"),)
MOST_ON_A_PAGE = 100

LISTS = {
    "kind": ("kinds", "Every kind of record, with the list of all that are of it."),
    "year": ("years", "The year of a decision, of a meeting, of a practice's first use."),
    "topic": ("topics", "Practices by topic, notices by hazard, decisions by subject."),
    "member": ("members", "What each member takes part in, shared, agreed to or is named in."),
    "age": ("ages", "Practices, notices and care bundles by the ages of children."),
}
"""The ways to find a record without a question: each facet's folder below, and what it gives."""

_LISTED = {
    **{kind_shown(kind): list_of(kind) for kind in KINDS},
    "Provision": "charter/index", "Reading": "charter/parameters", "Rule": "rules/index",
}  # fmt: skip


def pages(found: Sequence[Page]) -> Iterator[Page]:
    """The search page, and the lists of these pages, whose facets must be known."""
    groups = {name: _grouped(found, name) for name in LISTS}
    rows = {one.address: _row(one) for one in found}
    ways = tuple(
        sentence(link(f"By {FACETS[name][0].lower()}", _folder(name)), f": {LISTS[name][1]}")
        for name, some in groups.items()
        if some
    )
    yield Page(
        "find/index",
        "Find",
        (
            Text(Md("Searching needs a script, and none runs here.\n{: .npcs-find }")),
            Heading("Look through all records", "lists"),
            Items(ways),
        ),
        lead="Every record by its words or its number, by a person or a provision it names.",
        searchable=False,
        description="Find any record by words, number, a person's role or a provision.",
    )
    for name, some in groups.items():
        if some:
            yield from _lists(name, some, rows)


def _grouped(found: Sequence[Page], name: str) -> Mapping[str, list[Page]]:
    """The pages by a facet's values, in the order of the values."""
    groups: dict[str, list[Page]] = {}
    for page in found:
        if page.facets:
            for value in FACETS[name][1](page.facets):
                groups.setdefault(value, []).append(page)
    return {value: groups[value] for value in in_order(name, groups)}


def _folder(name: str) -> str:
    return f"find/{LISTS[name][0]}/index"


def _lists(name: str, groups: Mapping[str, list[Page]], rows: Mapping[str, Md]) -> Iterator[Page]:
    """The page of a facet's values, and the lists of each."""
    folder, said = LISTS[name]
    title = f"All records by {FACETS[name][0].lower()}"
    ways = []
    taken: set[str] = set()
    for value, some in groups.items():
        listed = name == "kind" and _LISTED.get(value)
        address = listed or f"find/{folder}/{slug(value)}"
        while not listed and address in taken:  # of two values, such as Safe-sleep and Safe sleep
            address += "-more"
        taken.add(address)
        ways.append(sentence(link(value, address), f": {number(len(some), 'page')}"))
        if not listed:
            path = (*HERE, (title, _folder(name)))
            yield from _values(f"{FACETS[name][0]}: {value}", address, some, rows, path)
    yield Page(_folder(name), title, (Items(tuple(ways)),), lead=said, path=HERE, searchable=False)


def _values(
    title: str,
    address: str,
    some: list[Page],
    rows: Mapping[str, Md],
    path: tuple[tuple[str, str], ...],
) -> Iterator[Page]:
    """All pages of a value, the newest first, on as many pages as it takes."""
    ordered = sorted(some, key=lambda one: one.title)
    ordered.sort(key=lambda one: (one.facets and one.facets.on) or date.min, reverse=True)
    parts = [ordered[at : at + MOST_ON_A_PAGE] for at in range(0, len(ordered), MOST_ON_A_PAGE)]
    places = [address, *(f"{address}/{at}" for at in range(2, len(parts) + 1))]
    for at, part in enumerate(parts):
        turns = [
            link(words, places[to])
            for words, to in (("Previous page", at - 1), ("Next page", at + 1))
            if 0 <= to < len(parts)
        ]
        part_of = f"page {at + 1} of {len(parts)}" if len(parts) > 1 else ""
        listed = Items(tuple(rows[one.address] for one in part))
        yield Page(
            places[at],
            f"{title}, {part_of}" if at else title,
            (listed, *([Text(joined(turns, " · "))] if turns else [])),
            lead=joined(filter(None, (number(len(some), "page"), part_of)), ", "),
            path=path,
            searchable=False,
        )


def _row(page: Page) -> Md:
    title = f"{page.number} {page.title}" if page.number else page.title
    if page.facets is None:
        return link(title, page.address)
    parts = [
        page.facets.kind,
        page.facets.state,
        *([day(page.facets.on)] if page.facets.on else []),
    ]
    return sentence(link(title, page.address), ": ", joined(filter(None, parts), ", "))
