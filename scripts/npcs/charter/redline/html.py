"""A redline as HTML: a piece for a page of the site, or of any other that has its style."""

import html
import re
from collections.abc import Callable, Iterator

from npcs.charter.redline.compare import Redline
from npcs.charter.redline.display import Atom, Shown, form, shown
from npcs.charter.redline.inline import safe_address
from npcs.charter.redline.leaves import Container
from npcs.charter.redline.stretches import move_id
from npcs.charter.redline.writing import Layer, written

HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
"""What nobody sees, or what turns the text around: to be shown as ``digits``."""

Address = Callable[[str], str | None]


def as_html(
    redline: Redline, *, name: str = "redline", level: int = 2, address: Address = safe_address
) -> str:
    """The redline as one ``div`` without script or style; see ``marks.css`` for the style.

    ``name`` begins every id in it: that of a provision is ``redline-dec-2``. ``level`` is that of
    the highest heading. ``address`` says where a link of the text leads, or None for nowhere; as it
    is, only to the web and to mailboxes.
    """
    blocks = shown(redline)
    levels = [one.block.level for one in blocks if one.block.kind == "heading"]
    shift = max(0, level - min(levels, default=level))
    lines = "\n".join(_Page(name, shift, address).lines(blocks))
    return f'<div class="npcs-redline">\n{lines}\n</div>\n'


def escaped(text: str) -> str:
    """A text for HTML, in which nothing is hidden and nothing is more than text."""
    return html.escape(HARMFUL.sub(digits, text))


def digits(found: re.Match[str]) -> str:
    """The digits of a character's number, as Python and JSON write them."""
    number = ord(found[0])
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


class _Page:
    def __init__(self, name: str, shift: int, address: Address) -> None:
        self.name = name
        self.shift = shift
        self.address = address
        self.open: list[tuple[object, str]] = []  # what blocks stand in, and how it is closed
        self.taken: set[str] = set()

    def lines(self, blocks: list[Shown]) -> Iterator[str]:
        """Every block in its lists, quotes and tables."""
        for one in blocks:
            if one.block.kind == "row" and one.block.level == 1:
                continue  # the line below the head of a table
            yield from self._enter(one)
            yield self._block(one)
        yield from self._leave(0)

    def _leave(self, depth: int) -> Iterator[str]:
        while len(self.open) > depth:
            yield self.open.pop()[1]

    def _enter(self, one: Shown) -> Iterator[str]:
        """Close what the block does not stand in, and open what it stands in."""
        path: list[object] = [*one.within]
        if one.block.kind == "row":
            in_body = any(key == ("tbody", path[-1]) for key, _ in self.open)
            path.append(("tbody" if one.block.level or in_body else "thead", path[-1]))
        depth = 0
        while depth < min(len(path), len(self.open)) and self.open[depth][0] == path[depth]:
            depth += 1
        yield from self._leave(depth)
        for number in range(depth, len(path)):
            key = path[number]
            if isinstance(key, Container):
                start, end = _container(key, path[number - 1] if number else None)
            else:
                assert isinstance(key, tuple)
                start, end = f"<{key[0]}>", f"</{key[0]}>"
            self.open.append((key, end))
            yield start

    def _block(self, one: Shown) -> str:
        kind, attributes = one.block.kind, self._attributes(one)
        note = self._note(one)
        if kind == "row":
            tag, scope = ("td", "") if one.block.level else ("th", ' scope="col"')
            texts = [self._atoms(cell) for cell in one.cells]
            texts[0] += note
            inside = "".join(f"<{tag}{scope}>{text}</{tag}>" for text in texts)
            return f"<tr{attributes}>{inside}</tr>"
        if kind == "rule":
            return f"<hr{attributes}>" + (f"<p>{note}</p>" if note else "")
        text = self._atoms(one.cells[0])
        if kind == "code":
            after = f"\n<p>{note}</p>" if note else ""
            return f"<pre{attributes}><code>{text}</code></pre>{after}"
        tag = f"h{min(6, one.block.level + self.shift)}" if kind == "heading" else "p"
        return f"<{tag}{attributes}>{text}{note}</{tag}>"

    def _attributes(self, one: Shown) -> str:
        classes = []
        if one.state != "same":
            classes.append(f"npcs-redline-{one.state}")
        if one.moved:
            classes.append("npcs-redline-moved")
        found = f' class="{" ".join(classes)}"' if classes else ""
        anchor = f"{self.name}-{one.provision.lower()}"
        if one.provision and anchor not in self.taken:
            self.taken.add(anchor)
            found += f' id="{anchor}"'
        return found

    def _note(self, one: Shown) -> str:
        """What a reader should know of the block besides its words."""
        if one.was:
            return f' <span class="npcs-redline-note">was {form(one.was)}</span>'
        if one.block.kind == "rule" and one.state in ("deleted", "inserted"):
            return f'<span class="npcs-redline-note">line {one.state}</span>'
        if not one.first_of_move:
            return ""
        here, there = ("from", "to") if one.state == "deleted" else ("to", "from")
        if one.state == "deleted":
            text = "moved down" if one.down else "moved up"
        else:
            text = "moved here from above" if one.down else "moved here from below"
        move = f"{self.name}-{move_id(one.moved)}"
        return f' <a class="npcs-redline-note" id="{move}-{here}" href="#{move}-{there}">{text}</a>'

    def _atoms(self, atoms: list[Atom]) -> str:
        return "".join(written(atoms, self._opening, self._closing, _inside))

    def _opening(self, layer: Layer) -> str:
        name, address = layer
        if name == "link":
            where = self.address(address)
            return f'<a href="{escaped(where)}">' if where else ""
        tag, _, variant = name.partition(" ")
        return f'<{tag} class="npcs-redline-{variant}">' if variant else f"<{tag}>"

    def _closing(self, layer: Layer) -> str:
        name, address = layer
        if name == "link":
            return "</a>" if self.address(address) else ""
        return f"</{name.partition(' ')[0]}>"


def _inside(atom: Atom) -> str:
    if atom.kind == "break":
        sign = '<span role="img" aria-label="line break">↵</span>' if atom.marks else ""
        is_gone = any(mark.startswith("del") for mark in atom.marks)
        return sign if is_gone else f"{sign}<br>\n"
    if atom.kind == "paragraph":
        return f'<span role="img" aria-label="end of a paragraph">{atom.text}</span>'
    if atom.kind == "source":
        return f' <code class="npcs-redline-source">{escaped(atom.text)}</code>'
    return escaped(atom.text)


def _container(one: Container, around: object) -> tuple[str, str]:
    """How a list, an item of one, a quote or a table is opened and closed."""
    if one.holds == "item":
        numbered = isinstance(around, Container) and around.holds == "numbers"
        return (f'<li value="{one.number}">' if numbered else "<li>"), "</li>"
    if one.holds == "table":
        region = '<div class="npcs-redline-table" role="region" aria-label="Table" tabindex="0">'
        return f"{region}<table>", "</table></div>"
    tag = {"quote": "blockquote", "bullets": "ul", "numbers": "ol"}[one.holds]
    return f"<{tag}>", f"</{tag}>"


__all__ = ["Address", "as_html", "escaped"]
