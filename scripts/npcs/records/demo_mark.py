"""Whether a repository is a demo, and the day on which its made-up history ends."""

from datetime import date
from pathlib import Path

from npcs.records.tree import Stray, read_file
from npcs.records.yamltext import Unreadable, parse

FILE = "demo.yml"
"""The file at the root that marks a demo."""


def demo_date(root: Path) -> date | None:
    """The last day of a demo's history, the day to judge it by; None where this is no demo."""
    return _mark(root)[0]


def demo_notice(root: Path) -> str | None:
    """What a demo says of itself, for every page; None where this is no demo."""
    return _mark(root)[1]


def is_demo(root: Path) -> bool:
    """Whether the records below a folder are made up."""
    return demo_notice(root) is not None


def _mark(root: Path) -> tuple[date | None, str | None]:
    raw = read_file(root, FILE)
    if isinstance(raw, Stray):
        return None, None
    try:
        data = parse(raw.decode()).data
        as_of, notice = data["as_of"], data["notice"]
        return date.fromisoformat(as_of), str(notice)
    except (Unreadable, UnicodeDecodeError, KeyError, TypeError, ValueError):
        return None, None
