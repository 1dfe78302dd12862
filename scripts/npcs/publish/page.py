"""What a page is: plain objects that say what stands on it, and nothing of how it looks.

A page is a title, a state, and blocks in a row. Each form of block has one template.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from npcs.publish.text import Md

Inline = str
"""Text within a line: escaped when printed, unless it is ``Md``."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a page; ``template`` draws it."""

    @property
    def template(self) -> str:
        """The name of the template, after the form of the block."""
        return type(self).__name__.lower() + ".md"


@dataclass(frozen=True, slots=True)
class Heading(Block):
    """The title of a part of the page, with the anchor that leads to it.

    ``short`` is what the list of the page's parts calls it, where its title is a whole question.
    """

    title: Inline
    anchor: str = ""
    level: int = 2
    short: str = ""

    @property
    def marks(self) -> Md:
        """The marks that make a line a heading."""
        return Md("#" * self.level)


@dataclass(frozen=True, slots=True)
class Text(Block):
    """One or more paragraphs."""

    text: Md


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of a record: its name and one or more values."""

    name: str
    values: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Facts(Block):
    """The fields of a record."""

    rows: tuple[Fact, ...]


_MANY = 4
"""From how many columns on a table has no room on a phone."""

_LONG = 50
"""Of more rows no list is made: it would be long to scroll, and each cell costs bytes."""


_FIGURE = re.compile(r"[-−+]?\d[\d,]*(?:\.\d+)?(?: ?%| of \d+)?")
_NO_FIGURE = ("none", "none yet", "not told", "no", "–")
"""What stands in a column of numbers where there is none."""

_NAMED = ("Code", "Compared with", "No.", "Number", "Version", "Year")
"""Columns whose numbers are names, and are compared with none."""


@dataclass(frozen=True, slots=True)
class Table(Block):
    """Rows under the headings of their columns; cells are single lines.

    One that ``stacks`` becomes, where there is no room for its columns side by side, a small list
    for each row, with the name of the column beside each cell. Those with sentences in their cells
    ask for it; others do so from four columns on, unless they are long. ``without`` is what an
    empty cell of a column says, where that is not just ``none``.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Inline, ...], ...]
    stacks: bool = False
    without: Mapping[str, str] = field(default_factory=dict)

    @property
    def figures(self) -> tuple[bool, ...]:
        """Of each column whether it holds numbers, which are compared digit below digit."""
        return tuple(
            len(self.rows) > 1 and name not in _NAMED and _are_figures(row[at] for row in self.rows)
            for at, name in enumerate(self.columns)
        )

    @property
    def filled(self) -> "Table":
        """The table as it is shown: no column that no row fills, and a word in each cell."""
        kept = [at for at, cells in enumerate(zip(*self.rows, strict=True)) if any(cells)]
        kept = kept or [*range(len(self.columns))]
        columns = tuple(self.columns[at] for at in kept)
        words = [self.without.get(name, "none") for name in columns]
        rows = tuple(
            tuple(row[at] or word for at, word in zip(kept, words, strict=True))
            for row in self.rows
        )
        stacks = self.stacks or (len(columns) >= _MANY and len(rows) <= _LONG)
        return replace(self, columns=columns, rows=rows, stacks=stacks)


def _are_figures(cells: Iterable[str]) -> bool:
    found = False
    for one in cells:
        if _FIGURE.fullmatch(one):
            found = True
        elif one not in _NO_FIGURE:
            return False
    return found


@dataclass(frozen=True, slots=True)
class Items(Block):
    """A list; an item is a line, deeper ones stand below it."""

    items: tuple[Inline, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Tree(Block):
    """A list of lists: lines, each with its depth from 0."""

    lines: tuple[tuple[int, Inline], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A way into a part of the site: where it leads, what is there, how much."""

    title: Inline
    text: Inline
    figure: Inline = ""


@dataclass(frozen=True, slots=True)
class Cards(Block):
    """Cards side by side."""

    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in a column: where it leads, and lines on it."""

    title: Inline
    lines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """What is in one state: its name, and the entries below it."""

    title: Inline
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Columns(Block):
    """Lists side by side, and one below the other where there is no room: a board by state."""

    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Callout(Block):
    """A remark nobody should overlook."""

    title: Inline
    text: Md
    tone: str = "note"


@dataclass(frozen=True, slots=True)
class Embed(Block):
    """What Markdown cannot say: HTML that stands in a file the page offers.

    Its text takes the place of the link to it when the site is finished; any other generator shows
    the link.
    """

    words: Inline
    address: str


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to choose, with its letter, and what it says back."""

    letter: str
    text: Inline
    feedback: Inline


@dataclass(frozen=True, slots=True)
class Options(Block):
    """The answers to a question: each opens to what it says back, and can be practised on."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """What a page is about, in the words of the site: what a search narrows its results by.

    ``on`` is the day its record is of. ``roles`` are what a person does or did here,
    or the name of a reading; ``held`` the offices and roles a person has on the day of the site.
    ``said`` is plain text: what a result says of the page below its title.
    """

    kind: str
    state: str = ""
    on: date | None = None
    members: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site.

    ``address`` is where it stands, without the ending: ``decisions/D-2027-001``. ``source`` is the
    file of the record it shows, if it shows one. ``path`` leads to it from above: (title, address).
    ``weight`` puts it before or behind others that a search finds; ``number`` is what people cite
    it by, and is found first. ``files`` are offered beside it, each by its own address. ``facets``
    are set where a search finds the page; ``sections.pages`` does.
    """

    address: str
    title: str
    blocks: tuple[Block, ...]
    kind: str = ""
    path: tuple[tuple[str, str], ...] = ()
    chips: tuple[Md, ...] = ()
    lead: Inline = ""
    source: str = ""
    searchable: bool = True
    weight: float = 1
    number: str = ""
    description: str = ""
    foot: tuple[Inline, ...] = field(default=())
    files: Mapping[str, bytes] = field(default_factory=dict)
    facets: Facets | None = None

    @property
    def depth(self) -> int:
        """How many folders the page stands below the top."""
        return self.address.count("/")

    def find(self, form: type[Block]) -> list[Block]:
        """The blocks of a form, for tests."""
        return [one for one in self.blocks if isinstance(one, form)]
