"""Records as text, in the one style every writer of the hub keeps.

Two spaces for each step, keys in the order given, days bare, versions and words that other
programs misread in double quotes, long prose folded. A general YAML writer would take longer for
ten thousand records than all else together.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

WIDTH = 100
"""The column after which prose goes on in the next line."""

_PLAIN = re.compile(r"[A-Za-z(/][^:#\n\"\\]*|[0-9][^:#\n\"\\]*[A-Za-z/)][^:#\n\"\\]*", re.ASCII)
_MISREAD = re.compile(
    r"y|yes|n|no|true|false|on|off|null|none"
    r"|[-+]?0[xb][0-9a-f_]+|[-+]?[0-9][0-9_.]*e[-+]?[0-9]+",
    re.IGNORECASE | re.ASCII,
)


class Folded(str):
    """Prose: text that may stand on several lines."""

    __slots__ = ()


def markdown(data: Mapping[str, Any], body: str) -> str:
    """A record with prose: its fields between two lines ``---``, then the text."""
    return f"---\n{document(data)}---\n\n{body}\n" if body else f"---\n{document(data)}---\n"


def document(data: Mapping[str, Any]) -> str:
    """A record's fields as YAML. What is None is left out."""
    lines: list[str] = []
    _fields(data, "", lines)
    return "\n".join(lines) + "\n"


def scalar(text: str) -> str:
    """A text as one YAML value, in quotes only where it needs them."""
    if _PLAIN.fullmatch(text) and text[-1] != " " and not _MISREAD.fullmatch(text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def paragraphs(*texts: str) -> str:
    """Prose of several paragraphs; a text that starts as a list or heading is left as it is."""
    return "\n\n".join(
        text if text[:2] in ("- ", "##") else "\n".join(wrapped(text)) for text in texts if text
    )


def wrapped(text: str, width: int = WIDTH, indent: str = "") -> list[str]:
    """A paragraph as lines no longer than ``width`` where its words allow it."""
    room = width - len(indent)
    lines = []
    at, end = 0, len(text)
    while end - at > room:
        cut = text.rfind(" ", at, at + room + 1)
        if cut <= at:
            cut = text.find(" ", at + room)
            if cut < 0:
                break
        lines.append(indent + text[at:cut])
        at = cut + 1
    lines.append(indent + text[at:])
    return lines


def _fields(data: Mapping[str, Any], indent: str, lines: list[str], first: str = "") -> None:
    lead = first or indent
    for key, value in data.items():
        if value is None:
            continue
        _value(f"{lead}{key}:", value, indent, lines)
        lead = indent


def _value(lead: str, value: Any, indent: str, lines: list[str]) -> None:
    kind = type(value)
    if kind is str:
        lines.append(f"{lead} {scalar(value)}")
    elif kind is date:
        lines.append(f"{lead} {value.isoformat()}")
    elif kind is bool:
        lines.append(f"{lead} {'true' if value else 'false'}")
    elif kind is int:
        lines.append(f"{lead} {value}")
    elif kind is Folded:
        if len(lead) + 1 + len(value) <= WIDTH:
            lines.append(f"{lead} {scalar(value)}")
        else:
            lines.append(f"{lead} >-")
            lines.extend(wrapped(value, WIDTH, indent + "  "))
    elif isinstance(value, Mapping):
        lines.append(lead if value else f"{lead} {{}}")
        _fields(value, indent + "  ", lines)
    else:
        lines.append(lead if value else f"{lead} []")
        _items(value, indent + "  ", lines)


def _items(values: Sequence[Any], indent: str, lines: list[str]) -> None:
    for value in values:
        if isinstance(value, Mapping):
            _fields(value, indent + "  ", lines, indent + "- ")
        else:
            _value(indent + "-", value, indent, lines)
