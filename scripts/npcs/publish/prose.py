"""Contributors' Markdown, made ready for a page.

Their links between files become links between pages, ids become links, headings stand below the
page's own. Raw HTML, attribute lists, pictures from elsewhere and odd addresses are shown as the
text they are: what a page looks like, and what runs on it, is never a contributor's to say.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from npcs.publish.spans import Span, spans
from npcs.publish.text import Md

_FENCE = re.compile(r"^( {0,3})(`{3,}|~{3,})[ \t]*([^`]*)$")
_HEADING = re.compile(r"^ {0,3}(#{1,6})(?=[ \t]+(?!#+[ \t]*$)\S)")
_HASH = re.compile(r"^( {0,3})(?=#)")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-+)[ \t]*$")
_LIST = re.compile(r"^\s*(?:>|[-*+]|\d+[.)]|\[\^|:   |!!!|\?\?\?)")
_ANCHORED = re.compile(r"^(?P<text>.*?\S)?[ \t]*\{:?\s*#(?P<id>[A-Za-z][\w-]*)\s*\}[ \t]*$")

_NESTED = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])?")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:")


@dataclass(frozen=True, slots=True)
class Links:
    """How links of a text are resolved.

    ``file`` gives the address of the page for a path relative to the text's file, or None where it
    leads nowhere; an empty address means a file that has no page. ``id`` does so for a record's id.
    """

    file: Callable[[str], str | None]
    id: Callable[[str], str | None]


def prose(text: str, links: Links, level: int = 2) -> Md:
    """The text ready for a page; its highest headings are of ``level``."""
    parts: list[str] = []
    run: list[str] = []

    def finish() -> None:
        if run:
            parts.append(_spans("\n".join(run), links))
            run.clear()

    lines = text.replace("\0", "").strip("\n").rstrip().split("\n")
    above: list[int] = []
    fence, indent = "", 0
    blank, listed = True, False
    for number, line in enumerate(lines):
        opened = _FENCE.match(line)
        if fence:
            bare = line[min(indent, len(_indent(line))) :]
            if opened and opened[2].startswith(fence) and not opened[3].strip():
                bare, fence = fence, ""
            parts.append(bare)
        elif opened and (opened[2][0] == "~" or "`" not in opened[3]):
            finish()
            fence, indent = opened[2], len(opened[1])
            word = re.match(r"[\w+-]*", opened[3].strip(" .{:"))
            parts.append(fence + (word[0] if word else ""))
        elif blank and not listed and line.startswith("    ") and line.strip():
            finish()
            parts.append(line)
            continue
        else:
            if line.strip() and not line.startswith("  "):
                listed = bool(_LIST.match(line))
            under = lines[number + 1] if number + 1 < len(lines) else ""
            run.append(_headed(_anchored(line), under, above, level))
            if _underlined(line, under):
                lines[number + 1] = ""
            blank = not line.strip()
            continue
        blank = False
    if fence:
        parts.append(fence)
    finish()
    return Md("\n".join(parts))


def _headed(line: str, under: str, above: list[int], level: int) -> str:
    """The line, and where it is a heading one that stands right below those ``above`` it.

    Its own level says only what it is below: none may be left out, and the highest is ``level``. A
    line that has another below it gets marks in front instead. Marks alone are no heading.
    """
    found = _HEADING.match(line)
    own = len(found[1]) if found else _underlined(line, under)
    if not own:
        apart = "\n" if _LIST.match(line) and _UNDERLINE.match(under) else ""
        return _HASH.sub(r"\1\\", line) + apart
    while above and above[-1] >= own:
        above.pop()
    above.append(own)
    marks = "#" * min(6, level + len(above) - 1)
    return marks + line[found.end() :] if found else f"{marks} {' '.join(line.split())}\n"


def _underlined(line: str, under: str) -> int:
    """The level of a heading that the line below makes one; 0 where it is none."""
    found = _UNDERLINE.match(under)
    if not found or not line.strip() or "|" in line or _LIST.match(line) or _HEADING.match(line):
        return 0
    return 1 if found[1][0] == "=" else 2


def _anchored(line: str) -> str:
    """The line with an author's anchor put where Python-Markdown looks for one."""
    found = _ANCHORED.match(line) if "{" in line else None
    if not found:
        return line
    anchor, before = found["id"].lower() if found["id"][0] == "_" else found["id"], found["text"]
    if before is None:
        return f"{_indent(line)}\0: #{anchor} }}"
    if _HEADING.match(line.lstrip()):
        return f"{before} \0: #{anchor} }}"
    item = re.match(r"\s*(?:(?:[-*+]|\d+[.)])\s+)?", line)
    return f"{before}\n{' ' * len(item[0] if item else '')}\0: #{anchor} }}"


def _spans(text: str, links: Links) -> str:
    parts: list[str] = []
    at = 0
    for one in spans(text):
        parts += text[at : one.start], _shown(one, text, links)
        at = one.end
    return "".join([*parts, text[at:]]).replace("\0", "{")


def _shown(one: Span, text: str, links: Links) -> str:
    written = text[one.start : one.end]
    match one.kind:
        case "link" | "picture":
            return _link(one, links)
        case "defined":
            return f"[{one.label}]: {_target(one.target, links) or '#'}"
        case "address":
            return f"<{one.target}>" if _target(one.target, links) else one.target
        case "bracket":
            shown = _odd(written)
            # A link in a form that is not known here must not become one by itself.
            return f"{shown[:-1]}&#40;" if shown.endswith("(") else shown
        case "stray":
            return "&#91;"  # nor may Markdown look for its end through all that follows
        case "id":
            address = links.id(written)
            return f"[{written}](hub:{address})" if address else written
        case "odd" if written == "&":
            return "&" if _ENTITY.match(text, one.start) else "&amp;"
        case "odd":
            return _odd(written)
    return written


def _indent(line: str) -> str:
    """The spaces a line starts with."""
    return line[: len(line) - len(line.lstrip(" "))]


def _odd(text: str) -> str:
    return text.replace("<", "&lt;").replace("{", "&#123;")


def _link(one: Span, links: Links) -> str:
    label = _odd(_NESTED.sub(r"\1", one.label))
    resolved = _target(one.target, links)
    if resolved == "":
        return f"{label} (`{one.target.replace('`', '')}`)"
    if resolved is None or (one.kind == "picture" and resolved.startswith("hub:")):
        return label
    return f"[{label}]({resolved})"


def _target(target: str, links: Links) -> str | None:
    """Where a link leads; None where nobody should follow it, empty for a file without a page."""
    plain = html.unescape(html.unescape(target)).strip()
    lowered = plain.lower()
    if re.search(r"[\s<>\"'`\\{}|\x00-\x20\x7f]", plain):
        return None
    if lowered.startswith(("http://", "https://", "mailto:")):
        return target.replace("(", "%28").replace(")", "%29")
    if plain.startswith("#"):
        return target if re.fullmatch(r"#[A-Za-z][\w.:-]*", plain) else None
    if plain.startswith("/") or _SCHEME.match(plain) or not plain:
        return None
    address = links.file(plain)
    if address is None:
        return None
    return f"hub:{address}" if address else ""
