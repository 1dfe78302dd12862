"""Text on its way to a page: what people wrote is escaped, what the hub made is Markdown.

Templates escape every ``str`` they print; only ``Md`` passes as it is. So a field that nobody
thought of shows its characters, and never becomes markup.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from html import unescape

from npcs.governance.dates import day_in_words


class Md(str):
    """A piece of Markdown that is ready to stand on a page."""

    __slots__ = ()


_SPECIAL = re.compile(r"[\\`*_\[\]{}|<>&~^=\n\r\t]|https?:|www\.")
_ESCAPED = {
    **{one: "\\" + one for one in "\\`*_[]{}|"},
    **{one: f"&#{ord(one)};" for one in "~^="},
    "<": "&lt;",
    ">": "&gt;",
    "&": "&amp;",
    "\n": " ",
    "\r": " ",
    "\t": " ",
}
_LINKED = re.compile(r"!?(?<!\\)\[((?:[^\[\]\\]|\\.)*)\]\([^()\s]*\)")
_MARKS = re.compile(r"(?<!\\)(?:\{:?[^{}]*\}|\*+|`+)|^#+ +|^\s*[-*] +", re.MULTILINE)
_BACKSLASH = re.compile(r"\\([\\`*_\[\]{}|])")
_LEADING = re.compile(r"^(\s*\d*)([#+\-:!?.)%\"'])")


@lru_cache(maxsize=50_000)
def plain(text: str) -> Md:
    """Markdown that shows a text, in one line, exactly as it stands."""
    return Md(_LEADING.sub(lambda found: f"{found[1]}&#{ord(found[2])};", inline(text.strip())))


def inline(text: str) -> Md:
    """The same for a text that does not begin a line."""
    if not _SPECIAL.search(text):
        return Md(text)
    return Md("".join([_ESCAPED.get(one, one) for one in text]))


def md(value: object) -> Md:
    """Any value as Markdown: made Markdown as it is, days in words, everything else escaped."""
    if isinstance(value, Md):
        return value
    if value is None:
        return Md()
    if isinstance(value, date):
        return day(value)
    return plain(str(value))


def day(value: date) -> Md:
    """A day as people write it, never broken over two lines: 1 March 2027."""
    return Md(day_in_words(value).replace(" ", "\N{NO-BREAK SPACE}"))


def days(first: date, last: date | None) -> Md:
    """A span of days, the last one included; it may have no end yet."""
    if last is None:
        return sentence("since ", day(first))
    return sentence(day(first), " to\N{NO-BREAK SPACE}", day(last))


def link(text: object, address: str) -> Md:
    """A link to a page of the site, by its address (with an anchor, perhaps)."""
    return Md(f"[{md(text)}](hub:{address})")


def outside(text: object, url: str) -> Md:
    """A link to another site; a text alone where nobody should follow the address."""
    if not re.fullmatch(r"https?://[^\s<>\"'`\\(){}|]+", url):
        return Md(f"{md(text)} ({plain(url)})") if url else md(text)
    return Md(f"[{md(text)}]({url})")


def joined(parts: Iterable[object], between: str = ", ") -> Md:
    """Several pieces in a row."""
    return Md(between.join(md(part) for part in parts))


def sentence(*parts: object) -> Md:
    """Pieces of text put together as they are."""
    return Md("".join([inline(part) if type(part) is str else md(part) for part in parts]))


def listed(parts: Iterable[object]) -> Md:
    """Several pieces as people name them: a, b and c."""
    *before, last = [md(part) for part in parts] or [Md()]
    return Md(" and ".join([", ".join(before), last] if before else [last]))


def chip(text: object, tone: str = "") -> Md:
    """A state, shown as a small label; its tone colours it and never says what the words do not."""
    return Md(f"**{md(text)}**{{ .npcs-chip{f' .npcs-{tone}' if tone else ''} }}")


def said(text: str) -> str:
    """What a piece of Markdown says, as plain text in one line: the way back from ``plain``."""
    text = _MARKS.sub("", _LINKED.sub(r"\1", text))
    return " ".join(unescape(_BACKSLASH.sub(r"\1", text)).split())


def words(slug: str) -> str:
    """A word of the records as people read it: ``child-welfare-leader`` without its hyphens."""
    return slug.replace("-", " ").replace("co chair", "co-chair")


def capital(text: str) -> str:
    """The text with a capital letter in front."""
    return text[:1].upper() + text[1:]


def number(count: int, one: str, many: str = "") -> str:
    """A count with its noun: 1 decision, 2 decisions, no decisions."""
    if count == 0:
        return f"no {many or one + 's'}"
    return f"{count:,} {one if count == 1 else many or one + 's'}"
