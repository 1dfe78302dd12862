"""Lists of records: one page as long as they are short, else one for each year or letter."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from npcs.publish.page import Block, Heading, Items, Page, Table
from npcs.publish.text import Md, link, number, sentence

MOST_ON_A_PAGE = 200


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
) -> list[Page]:
    """The page with the list between its own blocks and those below it.

    A long list goes on to pages of its own. Rows come in the order they are shown in. ``noun``
    counts them: one, many.
    """
    folder = page.address.rpartition("/")[0]
    if len(rows) <= MOST_ON_A_PAGE:
        tables = _tables(columns, rows)
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
    blocks = (*page.blocks, Heading("All, in parts", "all"), ways, *below)
    pages = [replace(page, blocks=blocks)]
    for name, some in groups.items():
        title = f"{page.title}: {name}"
        pages.append(
            Page(
                address=f"{folder}/by/{name.lower()}",
                title=title,
                path=(*page.path, (page.title, page.address)),
                lead=Md(number(len(some), *noun)),
                blocks=(Table(columns, tuple(row.cells for row in some)),),
                searchable=False,
            )
        )
    return pages


def _tables(columns: tuple[str, ...], rows: Sequence[Row]) -> tuple[Block, ...]:
    groups = {row.group for row in rows}
    if len(rows) < 20 or len(groups) < 2 or not all(name.isdigit() for name in groups):
        return (Table(columns, tuple(row.cells for row in rows)),) if rows else ()
    blocks: list[Block] = []
    for name in sorted(groups, reverse=True):
        some = tuple(row.cells for row in rows if row.group == name)
        blocks += [Heading(name, f"year-{name}"), Table(columns, some)]
    return tuple(blocks)
