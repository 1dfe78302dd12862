"""A redline marks no more words than Git does, by its own comparison of words."""

import random
import re
import subprocess
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from npcs.charter.redline import as_text, redline
from redlining import exact

CHARTER = Path(__file__).parents[2] / "charter" / "charter.md"


@pytest.fixture(scope="module")
def text() -> str:
    return CHARTER.read_text("utf-8").split("---\n", 2)[2]


@pytest.fixture
def marked_by_git(tmp_path: Path) -> Callable[[str, str], int]:
    """How many words `git diff --word-diff` marks between two texts, as removed or as added."""

    def count(old: str, new: str) -> int:
        for name, text in (("old.md", old), ("new.md", new)):
            (tmp_path / name).write_text(text, encoding="utf-8", newline="\n")
        done = subprocess.run(
            [
                "git",
                "diff",
                "--no-index",
                "--no-color",
                "--word-diff=porcelain",
                "old.md",
                "new.md",
            ],
            cwd=tmp_path,
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        assert done.returncode in (0, 1), done.stderr
        _, _, hunks = done.stdout.partition("\n@@")
        return sum(len(one[1:].split()) for one in hunks.split("\n") if one[:1] in ("+", "-"))

    return count


def marked(old: str, new: str) -> int:
    """The same of the redline: what moved counts twice, as it does for Git."""
    return sum(len(one.text.split()) for one in exact(old, new).ops if one.op != "equal")


def wrapped(text: str, width: int = 100) -> str:
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)


def paragraph(text: str, id: str) -> str:
    found = re.search(rf"\*\*{id}\*\*.*?(?=\n\n|\Z)", text, re.DOTALL)
    assert found
    return found[0]


def reworded(text: str, id: str, old: str, new: str, width: int = 100) -> str:
    before = paragraph(text, id)
    words = " ".join(before.split())
    assert old in words
    return text.replace(before, wrapped(words.replace(old, new), width))


def taken(text: str, id: str) -> str:
    return text.replace(paragraph(text, id) + "\n\n", "")


LIST = "\n\n- one item of the list\n- another item of it\n- the last item of all\n"
NUMBERS = "\n\n1. the first thing to do\n2. the second thing\n3. the last thing\n"
TABLE = "\n\n| Field | Who may see it |\n|---|---|\n| Age | Members |\n| County | Nobody |\n"

EDITS: dict[str, Callable[[str], str]] = {
    "a word": lambda text: text.replace("at most two consecutive", "at most three consecutive"),
    "a word at the end": lambda text: text.replace("work. {#exc-10}", "rest. {#exc-10}"),
    "several words": lambda text: text.replace("two-thirds", "half").replace("monthly", "weekly"),
    "a sentence more": lambda text: reworded(
        text, "EXC-2", "every month. Its", "every month. The dates are set a year before. Its"),
    "a sentence less": lambda text: reworded(
        text, "CTX-3", " The collaborative grew out of that meeting.", ""),
    "a full stop": lambda text: text.replace("two co-chairs. {", "two co-chairs; {"),
    "bold": lambda text: text.replace("most two consecutive", "most **two** consecutive"),
    "an address": lambda text: text.replace("cwla.org/child", "cwla.example/child"),
    "a heading": lambda text: text.replace("### Co-chairs", "### The co-chairs"),
    "a heading lower": lambda text: text.replace("### Co-chairs", "#### Co-chairs"),
    "a provision more": lambda text: text.replace(
        "**EXC-4**", "**EXC-11** The committee keeps a list. {#exc-11}\n\n**EXC-4**"),
    "a provision less": lambda text: taken(text, "EXC-10"),
    "a provision moved down": lambda text: taken(text, "CHR-3").replace(
        "**CHR-6**", paragraph(text, "CHR-3") + "\n\n**CHR-6**"),
    "a provision moved far up": lambda text: taken(text, "DAT-5").replace(
        "**REV-1**", paragraph(text, "DAT-5") + "\n\n**REV-1**"),
    "a provision moved and reworded": lambda text: taken(text, "CHR-6").replace(
        "**CHR-1**", paragraph(text, "CHR-6").replace("decisions", "doings") + "\n\n**CHR-1**"),
    "two provisions in turn": lambda text: taken(text, "CHR-1").replace(
        "**CHR-3**", paragraph(text, "CHR-1") + "\n\n**CHR-3**"),
    "a section moved": lambda text: text.replace(
        text[text.index("### Co-chairs") : text.index("### Technical advisors")], "").replace(
        "## Data\n", text[text.index("### Co-chairs") : text.index("### Technical advisors")]
        + "## Data\n"),
    "all wrapped anew": lambda text: "\n\n".join(
        one if one.startswith(("#", "-")) else wrapped(one, 72) for one in text.split("\n\n")),
    "a word, and wrapped anew": lambda text: reworded(
        text, "LTG-2", "system improves", "system betters", 80),
    "two paragraphs made one": lambda text: text.replace(
        "{#chr-1}\n\n**CHR-2** Any", "{#chr-1} Any"),
    "a paragraph parted": lambda text: text.replace(
        "free them. The\n", "free them.\n\nThe\n").replace(
        "every month. Its members", "every month.\n\nIts members"),
    "a list below a paragraph": lambda text: text + LIST,
    "blank lines": lambda text: text.replace("\n\n", "\n\n\n"),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_everyday_edits_of_the_charter(
    edit: Callable[[str], str], text: str, marked_by_git: Callable[[str, str], int]
) -> None:
    new = edit(text)
    assert new != text
    assert marked(text, new) <= marked_by_git(text, new)
    assert marked(new, text) <= marked_by_git(new, text)


SMALL: dict[str, tuple[str, str]] = {
    "an item more": (LIST, LIST.replace("- another", "- one more item\n- another")),
    "an item less": (LIST, LIST.replace("- another item of it\n", "")),
    "an item reworded": (LIST, LIST.replace("another item", "another point")),
    "an item moved": (
        LIST, LIST.replace("- one item of the list\n", "") + "- one item of the list\n"),
    "a numbered item more": (
        NUMBERS, "\n\n1. the first thing to do\n2. a new thing\n3. the second thing\n"
        "4. the last thing\n"),
    "an item nested": (LIST, LIST.replace("- another", "    - another")),
    "a paragraph made an item": ("Some words here.\n", "- Some words here.\n"),
    "a cell": (TABLE, TABLE.replace("Nobody", "Only members")),
    "a cell of a table without blanks": ("|a|b|\n|-|-|\n|c d|e|\n", "|a|b|\n|-|-|\n|c x|e|\n"),
    "two cells of a table without blanks": (
        "|a|b|c|\n|-|-|-|\n|d|e|f g|\n", "|a|b|c|\n|-|-|-|\n|x|y|f g|\n"),
    "a row more": (TABLE, TABLE.replace("| County", "| Sex | Members |\n| County")),
    "a row less": (TABLE, TABLE.replace("| Age | Members |\n", "")),
    "a column more": (
        TABLE, "\n\n| Field | Since | Who may see it |\n|---|---|---|\n| Age | 2026 | Members |\n"
        "| County | 2027 | Nobody |\n"),
    "a column less": ("| a | b |\n|---|---|\n| c | d |\n", "| b |\n|---|\n| d |\n"),
    "code": ("```\nkeep: this\ndrop: that\n```\n", "```\nkeep: that\ndrop: that\n```\n"),
    "a quote": ("> They said that it works.\n", "> They said that it worked.\n"),
    "a quote wrapped anew": ("> They said\n> that it works.\n", "> They said that\n> it works.\n"),
    "a paragraph replaced": (
        "The members meet every month and decide by consensus, as they always have.\n",
        "A report is due every year. It says what the committee has learned by then.\n"),
    "all of it": ("One two three.\n", "Four five six.\n"),
    "everything gone": ("One two three.\n", ""),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new"), SMALL.values(), ids=SMALL.keys())
def test_everyday_edits_of_lists_tables_and_the_like(
    old: str, new: str, marked_by_git: Callable[[str, str], int]
) -> None:
    assert marked(old, new) <= marked_by_git(old, new)
    assert marked(new, old) <= marked_by_git(new, old)


def _random_edit(text: str, dice: random.Random) -> str:
    """One of the edits people make, anywhere in the text."""
    paragraphs = text.strip("\n").split("\n\n")
    prose = [at for at, one in enumerate(paragraphs) if not one.startswith(("#", "-"))]
    at = dice.choice(prose)
    words = paragraphs[at].split()
    place = dice.randrange(1, len(words))
    what = dice.choice(("word", "add", "drop", "paragraph", "less", "move", "split", "wrap"))
    some = dice.choices(("the", "committee", "decides", "members,", "year.", "of", "and"), k=9)
    if what == "word":
        words[place] = some[0]
    elif what == "add":
        words[place:place] = some
    elif what == "drop":
        del words[place : place + 6]
    if what in ("word", "add", "drop"):
        paragraphs[at] = wrapped(" ".join(words))
    elif what == "paragraph":
        paragraphs.insert(at, wrapped(" ".join(some * 2)))
    elif what == "less":
        paragraphs.pop(at)
    elif what == "move":
        one = paragraphs.pop(at)
        paragraphs.insert(dice.randrange(len(paragraphs)), one)
    elif what == "split":
        parts = words[:place], words[place:]
        paragraphs[at : at + 1] = [wrapped(" ".join(one)) for one in parts]
    else:
        paragraphs[at] = wrapped(paragraphs[at], dice.choice((60, 72, 90)))
    return "\n\n".join(paragraphs) + "\n"


@pytest.mark.parametrize("seed", range(40))
def test_edits_anywhere(seed: int, text: str, marked_by_git: Callable[[str, str], int]) -> None:
    new = _random_edit(text, random.Random(seed))
    assert marked(text, new) <= marked_by_git(text, new)


def test_a_changed_word_is_marked_as_that_word() -> None:
    old = "The committee decides **by consensus**, and tells the members.\n"
    assert as_text(redline(old, old.replace("decides", "chooses"))) == (
        "The committee [-decides-]{+chooses+} **by consensus**, and tells the members.\n"
    )
    assert as_text(redline(old, old.replace("consensus**,", "consensus**;"))) == (
        "The committee decides **by consensus**[-,-]{+;+} and tells the members.\n"
    )
    assert as_text(redline(old, old.replace("members.", "members-elect."))) == (
        "The committee decides **by consensus**, and tells the [-members-]{+members-elect+}.\n"
    )


def test_a_sentence_is_marked_from_its_beginning() -> None:
    old = "The term ends. The seat is free.\n"
    new = "The term ends. The reason is told. The seat is free.\n"
    assert as_text(redline(old, new)) == (
        "The term ends. {+The reason is told. +}The seat is free.\n"
    )
    assert as_text(redline(new, old)) == (
        "The term ends. [-The reason is told. -]The seat is free.\n"
    )


def test_the_shorter_of_two_paragraphs_in_turn_is_the_one_that_moved() -> None:
    short = "This is short, but a paragraph.\n\n"
    long = "This one is longer, by far the longer of the two, and it stays where it was.\n\n"
    for old, new in ((short + long, long + short), (long + short, short + long)):
        found = exact(old, new)
        assert found.counts == (0, 0, 6)
        assert {one.text for one in found.ops if one.moved} == {short.strip()}
