"""Contributors' Markdown, made ready for a page.

Their links between files become links between pages, ids become links, headings stand below the
page's own. Raw HTML, attribute lists, pictures from elsewhere and odd addresses are shown as the
text they are: what a page looks like, and what runs on it, is never a contributor's to say.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from npcs.publish.text import Md

_FENCE = re.compile(r"^( {0,3})(`{3,}|~{3,})[ \t]*([^`]*)$")
_HEADING = re.compile(r"^( {0,3})(#{1,6})(?=\s)")
_SETEXT = re.compile(r"^ {0,3}(=+|-+)[ \t]*$")
_LIST = re.compile(r"^\s*(?:[-*+]|\d+[.)]|\[\^|:   |!!!|\?\?\?)")
_ANCHORED = re.compile(r"^(?P<text>.*?\S)?[ \t]*\{:?\s*#(?P<id>[A-Za-z][\w-]*)\s*\}[ \t]*$")

_SPAN = re.compile(
    r"""(?P<escaped>\\[\\`*_{}\[\]()>#+\-.!|<])
    |(?P<code>(?<!`)(?P<ticks>`+)(?!`)(?:[^`]|(?!(?P=ticks)(?!`))`)+?(?P=ticks)(?!`))
    |(?P<link>(?P<picture>!?)\[(?P<label>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]
        \(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<target>[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*))
        (?:\s+(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'))?\s*\))
    |(?P<defined>^[ ]{0,3}\[(?P<name>[^\]\^][^\]]*)\]:[ ]*<?(?P<at>[^\s<>]+)>?[^\n]*$)
    |(?P<address><?(?P<url>https?://[^\s<>"'`\\{}|]*[^\s<>"'`\\{}|.,;:!?)\]*_])>?)
    |(?P<bracket>\[(?P<inside>[^\[\]\n]*)\](?:\[[^\[\]\n]*\]|\()?)
    |(?P<id>(?<![\w/#.-])(?:[DR]-\d{4}-\d{3,4}|NPCS-SN-\d{4}-\d{3,4}|[A-Z]{3}-\d{1,2})(?![\w-]))
    |(?P<odd>[<{&])""",
    re.VERBOSE | re.MULTILINE,
)
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
    shift = _shift(lines, level)
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
            run.append(_headed(_anchored(line), under, shift))
            blank = not line.strip()
            continue
        blank = False
    if fence:
        parts.append(fence)
    finish()
    return Md("\n".join(parts))


def _shift(lines: list[str], level: int) -> int:
    found = [len(one[2]) for one in map(_HEADING.match, lines) if one]
    found += [
        1 if one[1][0] == "=" else 2
        for before, line in pairwise(lines)
        if before.strip() and (one := _SETEXT.match(line)) and "|" not in before
    ]
    return max(0, level - min(found)) if found else 0


def _headed(line: str, under: str, shift: int) -> str:
    """The line with its heading lowered; one that is underlined gets marks in front instead."""
    found = _HEADING.match(line)
    if found:
        return "#" * min(6, len(found[2]) + shift) + line[found.end() :]
    underlined = _SETEXT.match(under)
    if underlined and line.strip() and not _LIST.match(line) and "|" not in line:
        return "#" * ((1 if underlined[1][0] == "=" else 2) + shift) + " " + line.strip() + "\n"
    if _SETEXT.match(line) and "=" in line:
        return ""
    return line


def _anchored(line: str) -> str:
    """The line with an author's anchor put where Python-Markdown looks for one."""
    found = _ANCHORED.match(line) if "{" in line else None
    if not found:
        return line
    anchor, before = found["id"].lower() if found["id"][0] == "_" else found["id"], found["text"]
    if before is None:
        return f"{_indent(line)}\0: #{anchor} }}"
    if _HEADING.match(line):
        return f"{before} \0: #{anchor} }}"
    item = re.match(r"\s*(?:(?:[-*+]|\d+[.)])\s+)?", line)
    return f"{before}\n{' ' * len(item[0] if item else '')}\0: #{anchor} }}"


def _spans(text: str, links: Links) -> str:
    def replaced(found: re.Match[str]) -> str:
        match found.lastgroup:
            case "escaped" | "code":
                return found[0]
            case "link":
                return _link(found, links)
            case "defined":
                target = _target(found["at"], links)
                return f"[{found['name']}]: {target or '#'}"
            case "address":
                return f"<{found['url']}>" if _target(found["url"], links) else found["url"]
            case "bracket":
                text = _odd(found[0])
                # A link in a form that is not known here must not become one by itself.
                return f"{text[:-1]}&#40;" if text.endswith("(") else text
            case "id":
                address = links.id(found["id"])
                return f"[{found['id']}](hub:{address})" if address else found["id"]
        return _odd_at(found)

    return _SPAN.sub(replaced, text).replace("\0", "{")


def _indent(line: str) -> str:
    """The spaces a line starts with."""
    return line[: len(line) - len(line.lstrip(" "))]


def _odd_at(found: re.Match[str]) -> str:
    if found[0] == "&":
        return "&" if _ENTITY.match(found.string, found.start()) else "&amp;"
    return "&lt;" if found[0] == "<" else "&#123;"


def _odd(text: str) -> str:
    return text.replace("<", "&lt;").replace("{", "&#123;")


def _link(found: re.Match[str], links: Links) -> str:
    label = _odd(_NESTED.sub(r"\1", found["label"]))
    target = found["angled"] if found["angled"] is not None else found["target"]
    resolved = _target(target, links)
    if resolved == "":
        return f"{label} (`{target.replace('`', '')}`)"
    if resolved is None or (found["picture"] and resolved.startswith("hub:")):
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
