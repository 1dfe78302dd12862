"""One pass over the finished HTML: what Markdown cannot say, and a last look for what must not be.

Wide tables get a frame that the keyboard can reach, headings of columns their scope, terms of the
glossary their meaning, each page a
policy that lets no script run but the site's own. And no page leaves with an element or attribute
in its text that the hub does not know.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from contextlib import ExitStack
from functools import lru_cache, partial
from html import unescape
from os.path import normpath
from pathlib import Path

from npcs.publish.errors import BuildFailed
from npcs.publish.glossary import NO_TERMS, Glossary, linked
from npcs.publish.questions import opening, scripted
from npcs.publish.search.form import asking
from npcs.rules.beside import answering, possible

_ARTICLE = re.compile(r"<article[^>]*>(.*)</article>", re.DOTALL)
_TABLE = re.compile(r"<table>|</table>|<h[1-6][^>]*>(.*?)</h[1-6]>", re.DOTALL)
_TAG = re.compile(r"<([!?/a-zA-Z][^\s>/]*)((?:[^>\"]|\"[^\"]*\")*)>")
_ATTRIBUTE = re.compile(r"\s([^\s=>\"/]+)(?:=(\"[^\"]*\"|[^\s\">]+))?")
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_ID = re.compile(r'<a (href="[^"]*")>((?:[DR]-\d{4}|NPCS-SN-\d{4}|[A-Z]{3})-\d{1,4})</a>')
_EMBED = 'class="npcs-embed"'
_EMBEDDED = re.compile(rf'<p><a {_EMBED} href="([\w./-]+)">[^<]*</a></p>')
_DRAWING = re.compile(r'<p><a class="npcs-embed" href="([\w./-]+\.svg)">([^<]*)</a></p>')
_INSIDE = re.compile(r'<div class="npcs-redline">.*</div>(?=\s*</section>)', re.DOTALL)
_STYLE = re.compile(r"<style>.*?</style>\n?", re.DOTALL)
_BLANK = re.compile(r"\n\s*\n")
_WORTH_TWO = 100
"""From how many pages on a second process pays."""
_HEAD = '<meta charset="utf-8">'
_TAB = '<li class="md-tabs__item">'

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
        "style",
        "scope",
        "role",
        "tabindex",
        "aria-label",
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
            raise BuildFailed(said.decode() or "The pages could not be finished. Build them again.")


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
    article = _ARTICLE.search(html)
    if article:
        text = article[1]
        before, after = html[: article.start(1)], html[article.end(1) :]
        before = _BLANK.sub("\n", _marked(before, name))
        text = _ID.sub(r'<a \1 class="npcs-id">\2</a>', text)
        text = _framed(text)
        whole = staged is None or _EMBED not in _DRAWING.sub("", text)
        if staged and not whole:
            text = _embedded(text, staged / name)
        _look(text, name)
        if whole:  # a text that is compared with another stands word for word
            text = linked(text, known, name)
        if staged:
            text = _drawn(text, staged / name, name)
        html = asking(scripted(before + opening(text) + _BLANK.sub("\n", after), name), name)
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
        drawing = _STYLE.sub("", file.read_text("utf-8"))  # it takes on that of the page
        _look(drawing, name, drawn=True)
        label = found[2].replace('"', "&quot;")
        return (
            f'<div class="npcs-scroll npcs-drawing" role="region" tabindex="0" '
            f'aria-label="{label}">{drawing}</div>'
        )

    return _DRAWING.sub(replaced, text)


def _framed(text: str) -> str:
    """The text with each table in a frame that scrolls by itself, named after its heading."""
    if "<table>" not in text:
        return text
    text = text.replace("<th>", '<th scope="col">').replace("<th style", '<th scope="col" style')
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

    return _TABLE.sub(replaced, text)


def _look(text: str, name: str, drawn: bool = False) -> None:
    """Refuse a page whose text holds an element or attribute the hub does not make."""
    for tag, attributes in _TAG.findall(text):
        if not _known(tag, attributes, drawn):
            raise BuildFailed(
                f"The page {name} holds something that could be harmful, and was not published: "
                f"<{tag}{attributes[:80]}>"
            )


@lru_cache(maxsize=100_000)
def _known(tag: str, attributes: str, drawn: bool = False) -> bool:
    tag = tag.lower()
    if tag.removeprefix("/") not in (DRAWN if drawn else TAGS):
        return False
    for attribute, value in _ATTRIBUTE.findall(attributes):
        attribute = attribute.lower()
        if attribute not in (DRAWN_ATTRIBUTES if drawn else ATTRIBUTES):
            return False
        if attribute in ("href", "src"):
            plain = re.sub(r"[\s\x00-\x20]", "", unescape(value.strip('"'))).lower()
            scheme = re.match(r"[^/?#]*:", plain)
            if scheme and scheme[0] not in ("http:", "https:", "mailto:", "tel:"):
                return False
        if attribute == "style" and not re.fullmatch(r'"text-align: (left|right|center);"', value):
            return False
    return True


def _policy(html: str) -> str:
    """A policy that allows the scripts of this page and nothing from elsewhere."""
    hashes = sorted({_hash(script) for script in _SCRIPT.findall(html)})
    return (
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; script-src '
        "'self' "
        + " ".join(hashes)
        + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; "
        "base-uri 'none'\">"
    )


@lru_cache(maxsize=1000)
def _hash(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"
