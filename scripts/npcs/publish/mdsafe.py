"""A Python-Markdown extension: nothing on a page but what Markdown itself makes.

Raw HTML is shown as the text it is. Of attributes only those survive that Markdown and the hub's
own templates use; of addresses only those a reader can safely follow. It works in every generator
that uses Python-Markdown, and it does not trust what stands in the staged files.
"""

import html
import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import (
    remove_fnrefs,
    render_inner_html,
    slugify,
    strip_tags,
    unique,
)
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

_FENCE = re.compile(r"^(\s*)(`{3,}|~{3,})[ \t]*(\S[^`]*)$")
_ID = re.compile(r"[A-Za-z0-9][\w.:-]*", re.ASCII)
_CLASS = re.compile(r"[\w -]*", re.ASCII)
_ALIGNED = re.compile(r"text-align: (left|right|center);")
_FAR = re.compile(r"(?:https?://|mailto:)[^\s]")
_SCHEME = re.compile(r"[^/?#]*:")
_HOLDERS = ("li", "dd", "blockquote")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Safe(Extension):  # type: ignore[misc]
    """Takes raw HTML out of Markdown and leaves only harmless attributes."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Put the parts in their places; the numbers are priorities among Markdown's own."""
        md.preprocessors.deregister("html_block", strict=False)
        md.inlinePatterns.deregister("html", strict=False)
        md.preprocessors.register(Fences(md), "npcs-fences", 28)  # before fences are read, at 25
        md.treeprocessors.register(Headings(md), "npcs-headings", 6)  # before the contents, at 5
        md.treeprocessors.register(Attributes(md), "npcs-attributes", -100)  # after all others


class Fences(Preprocessor):  # type: ignore[misc]
    """Leaves of what stands behind the marks of a code block only the name of its language."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines, with code blocks that carry no attributes."""
        return [_fence(line) if "```" in line or "~~~" in line else line for line in lines]


def _fence(line: str) -> str:
    found = _FENCE.match(line)
    if not found:
        return line
    word = re.match(r"[\w+-]*", found[3].lstrip("{.: "), re.ASCII)
    return f"{found[1]}{found[2]}{word[0] if word else ''}"


class Headings(Treeprocessor):  # type: ignore[misc]
    """Keeps headings to the outline of the page, and from names that begin with ``_``.

    Such names are the theme's own. A heading in a list or a quotation is no part of the page: it
    becomes a line in bold.
    """

    def run(self, root: Element) -> None:
        """Name headings before the table of contents does, in the way it would."""
        for holder in root.iter():
            if holder.tag in _HOLDERS:
                _embolden(holder)
        taken: set[str] = set()
        for one in root.iter():
            if one.tag in _HEADINGS and "id" not in one.attrib and not _begins_well(one):
                inside = render_inner_html(remove_fnrefs(one), self.md)
                name = slugify(html.unescape(strip_tags(inside)), "-")
                if name[:1] in "_-":
                    one.set("id", unique(name.lstrip("_-") or "section", taken))


def _embolden(holder: Element) -> None:
    """Put each heading in an element into bold."""
    for one in holder.iter():
        if one.tag in _HEADINGS:
            strong = Element("strong")
            strong.text, one.text = one.text, None
            strong[:], one[:] = one[:], [strong]
            one.tag = "p"


def _begins_well(heading: Element) -> bool:
    """Whether the name of a heading will begin with the letter or digit it begins with."""
    first = next((text for text in heading.itertext() if text.strip()), "").lstrip()[:1]
    return first.isascii() and first.isalnum()


class Attributes(Treeprocessor):  # type: ignore[misc]
    """Removes every attribute that is not known to be harmless; how a cell stands is a class."""

    def run(self, root: Element) -> None:
        """Go over all elements once."""
        for one in root.iter():
            if one.attrib:
                if aligned := _ALIGNED.fullmatch(str(one.attrib.pop("style", ""))):
                    one.set("class", f"npcs-{aligned[1]} {one.get('class', '')}".rstrip())
                for name, value in [*one.attrib.items()]:
                    if not allowed(str(one.tag), name, str(value)):
                        del one.attrib[name]


def allowed(tag: str, name: str, value: str) -> bool:
    """Whether an element may carry an attribute with this value."""
    if name == "class":
        return bool(_CLASS.fullmatch(value))
    if name == "id":
        return bool(_ID.fullmatch(value))
    if name == "href":
        return tag == "a" and is_safe_address(value)
    if name == "src":
        return tag == "img" and is_safe_address(value, near=True)
    if name == "start":
        return tag == "ol" and value.isascii() and value.isdigit()
    return name in ("title", "alt") and tag in ("a", "img", "abbr")


def is_safe_address(address: str, near: bool = False) -> bool:
    """Whether an address leads to the web, to a mailbox or, if ``near``, nowhere but this site."""
    plain = html.unescape(html.unescape(address.replace(AMP_SUBSTITUTE, "&")))
    plain = re.sub(r"[\x00-\x20\x7f-\xa0]", "", plain).lower()
    if "\\" in plain or plain.startswith("//"):
        return False
    if _FAR.match(plain):
        return not near
    return not _SCHEME.match(plain)


def makeExtension(**options: Any) -> Safe:  # noqa: N802 - the name is Python-Markdown's
    """The extension, by its module's name in ``mkdocs.yml``."""
    return Safe(**options)
