"""One pass over the finished HTML: what Markdown cannot say, and a last look for what must not be.

Wide tables get a frame that the keyboard can reach, headings of columns their scope, terms of the
glossary their meaning, days a form for programs, each page a
policy that lets no script run but those in the site's own files. And no page leaves with an element
or attribute in its text that the hub does not know.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from contextlib import ExitStack
from functools import cache, lru_cache, partial
from html import unescape
from os.path import normpath
from pathlib import Path

from npcs.publish.errors import BuildFailed
from npcs.publish.glossary import NO_TERMS, Glossary, linked
from npcs.publish.imprint import put, taken
from npcs.publish.picker import picking
from npcs.publish.pictured import sized
from npcs.publish.questions import opening, scripted
from npcs.publish.search.form import asking
from npcs.publish.subscribing import copying
from npcs.publish.times import timed
from npcs.rules.beside import answering, possible

_ARTICLE = re.compile(r"<article[^>]*>(.*)</article>", re.DOTALL)
_TABLE = re.compile(r"<table>|</table>|<h[1-6][^>]*>(.*?)</h[1-6]>", re.DOTALL)
_WHOLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_STACKS = re.compile(r'<th scope="col" class="(?:npcs-\w+ )?npcs-stacks"')
_COLUMN = re.compile(r'<th scope="col"[^>]*>(.*?)</th>', re.DOTALL)
_PART = re.compile(r"<(table|thead|tbody|tr|th|td)\b")
_ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row",
          "th": "columnheader", "td": "cell"}  # fmt: skip
_TAG = re.compile(r'<(/?[a-z][a-z0-9]*)((?: [a-zA-Z][a-zA-Z0-9-]*(?:="[^"<]*")?)*) ?/?>')
_ATTRIBUTE = re.compile(r' ([a-zA-Z][a-zA-Z0-9-]*)(?:="([^"]*)")?')
_INLINE = re.compile(
    r'<script(?![^>]*\s(?:src="|type="application/(?:ld\+)?json"))[^>]*>', re.IGNORECASE
)
_ID = re.compile(r'<a (href="[^"]*")>((?:[DR]-\d{4}|NPCS-SN-\d{4}|[A-Z]{3})-\d{1,4})</a>')
_EMBED = 'class="npcs-embed"'
_EMBEDDED = re.compile(rf'<p><a {_EMBED} href="([\w./-]+)">[^<]*</a></p>')
_DRAWING = re.compile(rf'<p><a {_EMBED} href="([\w./-]+\.svg)">((?:[^<]|</?time\b[^>]*>)*)</a></p>')
_TIME = re.compile(r"</?time\b[^>]*>")
_INSIDE = re.compile(r'<div class="npcs-redline">.*</div>(?=\s*</section>)', re.DOTALL)
_STYLED = re.compile(r"<style>.*?</style>\n?", re.DOTALL)
_INDENT = re.compile(r"\n\s+")
"""The theme's templates indent by much, which is nothing to a browser and a tenth of a page."""

_WORTH_TWO = 100
"""From how many pages on a second process pays."""
_HEAD = '<meta charset="utf-8">'
_TAB = '<li class="md-tabs__item">'

_STYLE = "<style>"
POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="'
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'\">"
)
"""What a page may load: files of the site, and nothing that stands in the page itself."""

SECTIONS = {"agreements": "members", "api": "about", "people": "committee",
            "recommendations": "decisions", "waivers": "rules"}  # fmt: skip
"""Folders of the site whose pages belong to the section of another."""

TAGS = frozenset(
    [
        "a",
        "abbr",
        "blockquote",
        "br",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
        "ins",
        "svg",
        "path",
        "nav",
    ]
)
ATTRIBUTES = frozenset(
    [
        "id",
        "class",
        "href",
        "title",
        "alt",
        "src",
        "start",
        "scope",
        "role",
        "tabindex",
        "aria-label",
        "data-column",
        "rel",
        "xmlns",
        "viewbox",
        "value",
        "d",
    ]
)
DRAWN = TAGS | {"circle", "desc", "g", "line", "rect", "text", "title", "tspan"}
"""The elements a drawing may hold, which the hub made itself."""

DRAWN_ATTRIBUTES = ATTRIBUTES | {
    "aria-labelledby", "cx", "cy", "fill", "font-family", "font-size", "font-weight", "height", "r",
    "rx", "stroke", "stroke-width", "text-anchor", "transform", "width", "x", "x1", "x2", "y", "y1",
    "y2",
}  # fmt: skip


def finish(folder: Path, names: Iterable[str], staged: Path, known: Glossary) -> None:
    """Go over pages below a folder; raises ``BuildFailed`` for one that must not be published.

    ``staged`` is the folder the pages were made from, in which the files they offer stand.
    ``known`` are the terms that pages explain where they use them.
    """
    every = tuple(names)
    middle = len(every) // 2 if len(every) >= _WORTH_TWO and possible() else len(every)
    with ExitStack() as stack:
        work = partial(_told, folder, every[middle:], staged, known)
        answer = stack.enter_context(answering(work)) if middle < len(every) else None
        _finish(folder, every[:middle], staged, known)
        if answer and (said := answer()) != _DONE:
            raise BuildFailed(
                bytes(said).decode() or "The pages could not be finished. Build them again."
            )


def _told(folder: Path, names: Iterable[str], staged: Path, known: Glossary) -> bytes:
    """Finish pages, and say so, or why not."""
    try:
        _finish(folder, names, staged, known)
    except BuildFailed as error:
        return str(error).encode()
    return _DONE


_DONE = b"done"


def _finish(folder: Path, names: Iterable[str], staged: Path, known: Glossary) -> None:
    for name in names:
        path = folder / name
        before = path.read_text("utf-8")
        path.write_text(finished(before, name, staged, known), "utf-8")


def pages_in(folder: Path) -> list[str]:
    """All HTML pages below a folder, by path from it."""
    return sorted(str(path.relative_to(folder).as_posix()) for path in folder.rglob("*.html"))


def finished(
    html: str, name: str = "", staged: Path | None = None, known: Glossary = NO_TERMS
) -> str:
    """A page as it is published."""
    _refuse_inline(html, name)
    article = _ARTICLE.search(html)
    if article:
        text = article[1]
        before, after = html[: article.start(1)], html[article.end(1) :]
        before = _marked(_INDENT.sub("\n", before), name)
        text = _ID.sub(r'<a \1 class="npcs-id">\2</a>', text)
        text = _framed(text)
        whole = staged is None or _EMBED not in _DRAWING.sub("", text)
        if staged and not whole:
            text = _embedded(text, staged / name)
        _look(text, name)
        text, about = taken(text)
        if whole:  # a text that is compared with another stands word for word
            text = timed(linked(text, known, name))
        if staged:
            text = sized(_drawn(text, staged / name, name), staged / name)
        text = put(opening(text), timed(about), last=name == "index.html")
        html = asking(scripted(before + text + _INDENT.sub("\n", after), name), name)
        html = copying(picking(html, name), name)
    return html.replace(_HEAD, f"{_HEAD}\n      {_policy(html)}", 1)


def _marked(shell: str, name: str) -> str:
    """The frame of a page with its section marked in the menu, also where the page is not in it."""
    folders = name.split("/")[:-1]
    if not folders or "md-tabs__item--active" in shell:
        return shell
    section = SECTIONS.get(folders[0], folders[0])
    way = (
        "../" * (len(folders) - 1)
        if section == folders[0]
        else "../" * len(folders) + section + "/"
    )
    at = shell.find(f'<a href="{way}" class="md-tabs__link">')
    if at < 0:
        return shell
    start = shell.rfind(_TAB, 0, at)
    marked = _TAB.replace('">', ' md-tabs__item--active">')
    return shell[:start] + marked + shell[start + len(_TAB) :]


def _embedded(text: str, page: Path) -> str:
    """The text with the files it embeds in the place of the links to them."""

    def replaced(found: re.Match[str]) -> str:
        file = Path(normpath(page.parent / unescape(found[1])))
        inside = _INSIDE.search(file.read_text("utf-8"))
        return inside[0] if inside else found[0]

    return _EMBEDDED.sub(replaced, text)


def _drawn(text: str, page: Path, name: str) -> str:
    """The text with its drawings in the place of the links to them, in frames that scroll."""

    def replaced(found: re.Match[str]) -> str:
        file = Path(normpath(page.parent / unescape(found[1])))
        drawing = _STYLED.sub("", file.read_text("utf-8").strip())  # it takes on that of the page
        _look(drawing, name, drawn=True)
        label = _TIME.sub("", found[2]).replace('"', "&quot;")
        return (
            f'<div class="npcs-scroll npcs-drawing" role="region" tabindex="0" '
            f'aria-label="{label}">{drawing}</div>'
        )

    return _DRAWING.sub(replaced, text)


def _framed(text: str) -> str:
    """The text with each table in a frame that scrolls by itself, named after its heading."""
    if "<table>" not in text:
        return text
    text = text.replace("<th>", '<th scope="col">').replace("<th class", '<th scope="col" class')
    heading, count = "", 0

    def replaced(found: re.Match[str]) -> str:
        nonlocal heading, count
        if found[1] is not None:
            heading = re.sub(r"<a class=\"headerlink\".*?</a>|<[^>]*>", "", found[1]).strip()
            return found[0]
        if found[0] == "</table>":
            return "</table></div>"
        count += 1
        label = f"Table {count}: {heading}".replace('"', "&quot;").rstrip(": ")
        return f'<div class="npcs-scroll" role="region" tabindex="0" aria-label="{label}"><table>'

    return _WHOLE.sub(_stacking, _TABLE.sub(replaced, text))


def _stacking(found: re.Match[str]) -> str:
    """A table whose rows may be stacked: each cell knows its column, and what each part is.

    Style that sets parts of a table below each other takes their meaning away in some browsers; the
    roles keep it.
    """
    table = found[0]
    if not _STACKS.search(table):
        return table
    names = [re.sub(r"<[^>]*>", "", one).replace('"', "&quot;") for one in _COLUMN.findall(table)]
    cells = 0

    def told(part: re.Match[str]) -> str:
        nonlocal cells
        role = f'{part[0]} role="{_ROLES[part[1]]}"'
        if part[1] != "td":
            return role
        cells += 1
        return f'{role} data-column="{names[(cells - 1) % len(names)]}"'

    return _PART.sub(told, table)


def _look(text: str, name: str, drawn: bool = False) -> None:
    """Refuse a page whose text holds anything but the elements and attributes the hub makes.

    Every ``<`` has to begin a tag in the one form in which the hub writes them, so that no browser
    can read more out of the text than is seen here.
    """
    tags = _TAG.findall(text)
    strange = next((f"<{tag}{more}>" for tag, more in tags if not _known(tag, more, drawn)), "")
    if not strange and len(tags) != text.count("<"):
        signs = (sign.start() for sign in re.finditer("<", text))
        strange = text[next(at for at in signs if not _TAG.match(text, at)) :]
    if strange:
        raise BuildFailed(
            f"The page {name} holds something that could be harmful, and was not published: "
            f"{strange[:80]}"
        )


@lru_cache(maxsize=100_000)
def _known(tag: str, attributes: str, drawn: bool = False) -> bool:
    if tag.removeprefix("/") not in (DRAWN if drawn else TAGS):
        return False
    if tag.startswith("/"):
        return True
    for attribute, value in _ATTRIBUTE.findall(attributes):
        if attribute.lower() not in (DRAWN_ATTRIBUTES if drawn else ATTRIBUTES):
            return False
        if attribute.lower() in ("href", "src"):
            plain = re.sub(r"[\s\x00-\x20]", "", unescape(value)).lower()
            scheme = re.match(r"[^/?#]*:", plain)
            if scheme and scheme[0] not in ("http:", "https:", "mailto:", "tel:"):
                return False
    return True


def _refuse_inline(html: str, name: str) -> None:
    """Refuse a page with a script of its own: scripts stand in files of the site."""
    if inline := _INLINE.search(html):
        raise BuildFailed(
            f"The page {name} holds a script of its own, and was not published: {inline[0]}. "
            "Scripts stand in files of the site."
        )


def _policy(html: str) -> str:
    """The policy of a page: the same for all but a redline that stands by itself."""
    return POLICY.replace("style-src", f"style-src {_own_style()}") if _STYLE in html else POLICY


@cache
def _own_style() -> str:
    """What lets a redline that stands on a page of its own keep its style, and no other."""
    from npcs.charter.redline.page import style

    digest = hashlib.sha256(f"\n{style()}".encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
