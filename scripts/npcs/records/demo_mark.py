"""The mark of a demo: a made-up partnership says so in a file at its root, ``demo.yml``."""

from datetime import date
from pathlib import Path
from typing import Any

from npcs.records.tree import Stray, read_file

NAME = "demo.yml"
NOTICE = "Fictional: every person, agency, place and figure in this partnership is made up."


def is_demo(root: Path) -> bool:
    """Whether the records below ``root`` are made up; a mark that cannot be read still counts."""
    return (root / NAME).exists()


def demo_date(root: Path) -> date | None:
    """The day up to which a demo's history goes, or None where the root is no demo."""
    said = _mark(root).get("as_of")
    try:
        return date.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None


def demo_notice(root: Path) -> str | None:
    """What a demo says of itself, for every page; None where the root is no demo."""
    if not is_demo(root):
        return None
    said = _mark(root).get("notice")
    return said if isinstance(said, str) else NOTICE


def _mark(root: Path) -> dict[str, Any]:
    if not is_demo(root):
        return {}
    from npcs.records.yamltext import Unreadable, parse

    raw = read_file(root, NAME)
    if isinstance(raw, Stray):
        return {}
    try:
        return parse(raw.decode("utf-8")).data
    except (Unreadable, UnicodeDecodeError):
        return {}
