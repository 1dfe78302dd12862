"""A small root with something wrong in it, and outputs kept to be compared with."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

EXPECTED = Path(__file__).parent / "expected"

BAD = {
    "charter/members/ohio.yml": (
        'name: "Ohio <b>"\nkind: state\nsize: huge   # a large one\njoined: unknown\n'
    ),
    "charter/members/utah.yml": "name: Utah\nkind: state\nsize: large\njoined: 2027-02-30\n",
    "charter/people/ana-ruiz.yml": "name: Ana Ruiz\nmembr: utah\nleadership: yes\n",
    "charter/terms/2027-01-01-ana-ruiz-member.yml": (
        "person: ana-riuz\noffice: member\nstart: 2027-01-01\nend: 2027-12-31\n"
    ),
    "practices/library/北-bundle.md": "---\ntitle: x\n---\n",
}


@pytest.fixture
def write(tmp_path: Path) -> Callable[[dict[str, str | bytes]], Path]:
    """Write files by path, as text or as bytes, below a folder; gives that folder."""

    def write(files: dict[str, str | bytes], folder: Path = tmp_path / "root") -> Path:
        for path, text in files.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode() if isinstance(text, str) else text)
        return folder

    return write


@pytest.fixture
def bad(write: Callable[[dict[str, str | bytes]], Path]) -> Path:
    """A root with five records, none of them right."""
    return write(dict(BAD))


@pytest.fixture
def same_as() -> Callable[[str, str], None]:
    """Compare an output with the one kept; with NPCS_KEEP=1 keep the new one instead."""

    def compare(name: str, text: str) -> None:
        kept = EXPECTED / name
        if os.environ.get("NPCS_KEEP"):
            kept.write_text(text, encoding="utf-8", newline="\n")
        assert text == kept.read_bytes().decode()

    return compare
