"""Lists of records: one page as long as they are short, else some for each year or letter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from npcs.publish.page import Block, Heading, Items, Page, Table, Text
from npcs.publish.text import Md, joined, link, number, sentence

MOST_ON_A_PAGE = 100
NEWEST = 30
"""How many of a long list by years the page itself shows."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: its group (a year, a letter) and its cells."""

    group: str
    cells: tuple[str, ...]


def by_letter(rows: Iterable[tuple[str, tuple[str, ...]]]) -> list[Row]:
    """Rows in the order of their titles, grouped by first letter."""
    ordered = sorted(rows, key=lambda one: (one[0].casefold(), one[0]))
    return [Row(_letter(title), cells) for title, cells in ordered]


def _letter(title: str) -> str:
    first = title[:1].upper()
    return first if first.isascii() and first.isalpha() else "other"


def listing(
    page: Page,
    columns: tuple[str, ...],
    rows: Sequence[Row],
    noun: tuple[str, str],
    below: tuple[Block, ...] = (),
    stacks: bool = False,
) -> list[Page]:
    """The page with the list between its own blocks and those below it.

    A long list goes on to pages of its own. Rows come in the order they are shown in. ``noun``
    counts them: one, many. Tables whose words leave no room on a phone ask to be stacked there.
    """
    folder = page.address.rpartition("/")[0]
    if len(rows) <= MOST_ON_A_PAGE:
        tables = _tables(columns, rows, stacks)
        return [replace(page, blocks=(*page.blocks, *tables, *below))]
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    ways = Items(
        tuple(
            sentence(link(name, f"{folder}/by/{name.lower()}"), f": {number(len(some), *noun)}")
            for name, some in groups.items()
        )
    )
    newest: tuple[Block, ...] = ()
    if all(name.isdigit() for name in groups) and rows[0].group == max(groups):
        latest = Table(columns, tuple(row.cells for row in rows[:NEWEST]), stacks)
        newest = (Heading("The newest", "newest"), latest)
    blocks = (*page.blocks, *newest, Heading("All, in parts", "all"), ways, *below)
    pages = [replace(page, blocks=blocks)]
    for name, some in groups.items():
        pages += _parts(page, name, f"{folder}/by/{name.lower()}", columns, some, noun, stacks)
    return pages


def _parts(
    page: Page,
    name: str,
    address: str,
    columns: tuple[str, ...],
    rows: Sequence[Row],
    noun: tuple[str, str],
    stacks: bool,
) -> list[Page]:
    """The rows of one group, on as many pages as it takes."""
    parts = [rows[at : at + MOST_ON_A_PAGE] for at in range(0, len(rows), MOST_ON_A_PAGE)]
    places = [address, *(f"{address}/{at}" for at in range(2, len(parts) + 1))]
    pages = []
    for at, part in enumerate(parts):
        turns = [
            link(words, places[to])
            for words, to in (("Previous page", at - 1), ("Next page", at + 1))
            if 0 <= to < len(parts)
        ]
        blocks: list[Block] = [Table(columns, tuple(row.cells for row in part), stacks)]
        part_of = f", page {at + 1} of {len(parts)}" if len(parts) > 1 else ""
        pages.append(
            Page(
                address=places[at],
                title=f"{page.title}: {name}{part_of if at else ''}",
                path=(*page.path, (page.title, page.address)),
                lead=Md(f"{number(len(rows), *noun)}{part_of}"),
                blocks=(*blocks, *([Text(joined(turns, " · "))] if turns else [])),
                searchable=False,
            )
        )
    return pages


def jumps(years: Iterable[object]) -> Text:
    """Links to the parts of a page by year: on a phone no list of them stands beside it."""
    ways = joined((Md(f"[{name}](#year-{name})") for name in years), " · ")
    return Text(Md(f"Go to {ways}\n{{: .npcs-jumps }}"))


def _tables(columns: tuple[str, ...], rows: Sequence[Row], stacks: bool) -> tuple[Block, ...]:
    groups = {row.group for row in rows}
    if len(rows) < 20 or len(groups) < 2 or not all(name.isdigit() for name in groups):
        return (Table(columns, tuple(row.cells for row in rows), stacks),) if rows else ()
    years = sorted(groups, reverse=True)
    blocks: list[Block] = [jumps(years)]
    for name in years:
        some = tuple(row.cells for row in rows if row.group == name)
        blocks += [Heading(name, f"year-{name}"), Table(columns, some, stacks)]
    return tuple(blocks)
