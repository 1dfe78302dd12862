"""What a redline says of everyday changes: blocks, moves, tables, provisions."""

import json
from pathlib import Path

import pytest

from npcs.charter.redline import (
    as_html,
    as_json,
    as_markdown,
    as_text,
    provisions_changed,
    redline,
)
from npcs.charter.redline.common import MOST, common, heaviest
from npcs.records.hub import Hub
from partnership import Partnership
from redlining import exact

ONE = "The first paragraph says what the partnership is for.\n"
TWO = "The second one says who may be a member of it.\n"
THREE = "The third is about how decisions are made by them.\n"


def told(old: str, new: str) -> str:
    exact(old, new)
    return as_text(redline(old, new))


def test_a_paragraph_that_moved_is_one_deletion_and_one_insertion_with_one_id() -> None:
    found = exact(f"{ONE}\n{TWO}\n{THREE}", f"{TWO}\n{THREE}\n{ONE}")
    moved = [one for one in found.ops if one.moved]
    assert [(one.op, one.text, one.moved) for one in moved] == [
        ("delete", ONE.strip(), "m1"),
        ("insert", ONE.strip(), "m1"),
    ]
    assert found.counts == (0, 0, 9)


def test_neighbours_that_moved_together_are_one_move() -> None:
    section, rest = f"# A\n\n{ONE}\n{TWO}", f"# B\n\n{THREE * 9}"
    found = exact(f"{section}\n{rest}", f"{rest}\n{section}")
    moved = [one for one in found.ops if one.moved]
    assert [one.moved for one in moved] == ["m1", "m1"]
    assert moved[0].text == moved[1].text == section.strip()


def test_a_word_changed_in_what_moved_is_counted_as_changed() -> None:
    found = exact(f"{ONE}\n{TWO}\n{THREE}", f"{TWO}\n{THREE}\n{ONE}".replace("is for", "was for"))
    assert found.counts == (1, 1, 8)
    changed = [one.text.strip() for one in found.ops if one.op != "equal" and not one.moved]
    assert [one for one in changed if one] == ["is", "was"]


def test_short_and_common_blocks_do_not_move() -> None:
    found = exact(f"Yes.\n\n{ONE}\n{TWO}", f"{ONE}\n{TWO}\nYes.\n")
    assert found.counts == (1, 1, 0)


def test_a_provision_keeps_its_place_however_it_is_reworded() -> None:
    old = "**DEC-1** We go by consensus. {#dec-1}\n\n**DEC-2** Two-thirds must agree. {#dec-2}\n"
    new = "**DEC-1** All of us must agree. {#dec-1}\n\n**DEC-2** Half is enough. {#dec-2}\n"
    assert told(old, new) == (
        "**DEC-1** [-We go by consensus-]{+All of us must agree+}. {#dec-1}\n\n"
        "**DEC-2** [-Two-thirds must agree-]{+Half is enough+}. {#dec-2}\n"
    )


def test_one_provision_is_never_shown_as_another_reworded() -> None:
    old = "**DEC-2** Two-thirds must agree. {#dec-2}\n"
    new = "**DEC-9** Two-thirds may object. {#dec-9}\n"
    assert told(old, new) == f"[-{old.strip()}-]{{+{new.strip()}+}}\n"


def test_paragraphs_merged_and_parted_mark_no_word() -> None:
    apart, together = f"{ONE}\n{TWO}", f"{ONE.strip()} {TWO}"
    assert exact(apart, together).counts == (0, 0, 0)
    assert exact(together, apart).counts == (0, 0, 0)
    assert [one.text for one in redline(apart, together).ops if one.op != "equal"] == ["\n\n", " "]


def test_three_paragraphs_made_one_and_one_made_three() -> None:
    apart = f"{ONE}\n{TWO}\n{THREE}"
    together = f"{ONE.strip()} {TWO.strip()} {THREE}"
    assert exact(apart, together).counts == exact(together, apart).counts == (0, 0, 0)


def test_a_sentence_that_went_to_the_next_paragraph() -> None:
    old = f"{ONE.strip()} It stands here now.\n\n{TWO}"
    new = f"{ONE}\nIt stands here now. {TWO}"
    assert exact(old, new).counts == (0, 0, 0)


TABLE = "| Field | Who sees it |\n|---|---|\n| Age | Members |\n| County | Nobody |\n"


def test_a_cell_a_row_and_a_column() -> None:
    assert "| County | [-Nobody-]{+Members+} |" in told(TABLE, TABLE.replace("Nobody", "Members"))
    assert "{+| Sex | All |\n+}| County" in told(
        TABLE, TABLE.replace("| County", "| Sex | All |\n| County")
    )
    wide = (
        "| Field | Since | Who sees it |\n|---|---|---|\n"
        "| Age | 2 | Members |\n| County | 3 | Nobody |\n"
    )
    marks = told(TABLE, wide)
    assert "| Field | {+Since | +}Who sees it |" in marks
    assert "| County | {+3 | +}Nobody |" in marks


def test_words_do_not_wander_from_column_to_column() -> None:
    marks = told("| a b | c |\n|---|---|\n| d | e |\n", "| c | a b |\n|---|---|\n| d | e |\n")
    assert marks.startswith("| [-a b-]{+c+} | [-c-]{+a b+} |")


def test_what_changed_in_code_and_in_blanks_within_it() -> None:
    marks = told("```\na:\n  b: 1\n```\n", "```\na:\n    b: 2\n```\n")
    assert marks == "```\na:[-\n  -]{+\n    +}b: [-1-]{+2+}\n```\n"


def test_the_json_has_the_keys_that_are_promised() -> None:
    found = redline("**DEC-2** One two. {#dec-2}\n", "**DEC-2** One three. {#dec-2}\n")
    data = json.loads(json.dumps(as_json(found, provisions_changed(found))))
    assert list(data) == ["version", "counts", "provisions", "ops"]
    assert data["version"] == 1
    assert data["counts"] == {"inserted": 1, "deleted": 1, "moved": 0}
    assert data["ops"] == [
        {"op": "equal", "text": "**DEC-2** One ", "moved": None},
        {"op": "delete", "text": "two", "moved": None},
        {"op": "insert", "text": "three", "moved": None},
        {"op": "equal", "text": ". {#dec-2}\n", "moved": None},
    ]
    assert [one["id"] for one in data["provisions"]] == ["DEC-2"]


def test_a_terminal_is_sent_nothing_that_it_would_obey() -> None:
    text = as_text(redline("a \x1b[2J b \u202e c\n", "a \x1b[2J d\n"))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\\u001b[2J" in text


# Provisions

DEC_1 = "**DEC-1** The committee decides by consensus. {#dec-1}\n\n"
CHARTER = """## Decisions

**DEC-1** The committee decides by consensus. {#dec-1}

**DEC-2** Two-thirds of the committee must agree. {#dec-2}

In a vote, the co-chairs count:

- yes
- no

**DEC-3** Updates are shared later. {#dec-3}

## Terms

**TRM-1** A term is one year. {#trm-1}

Some words on the rest.
"""


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (CHARTER.replace("Two-thirds", "Half"), [("DEC-2", "reworded", False)]),
        (CHARTER.replace("- no", "- no\n- neither"), [("DEC-2", "reworded", False)]),
        (CHARTER.replace("on the rest", "on all the rest"), [("TRM-1", "reworded", False)]),
        (CHARTER.replace("## Terms", "## The terms"), []),
        (CHARTER.replace("committee must", "committee\nmust"), []),
        (
            CHARTER.replace("**DEC-3**", "**DEC-4** New. {#dec-4}\n\n**DEC-3**"),
            [("DEC-4", "added", False)],
        ),
        (
            CHARTER.replace("**DEC-3** Updates are shared later. {#dec-3}\n\n", ""),
            [("DEC-3", "removed", False)],
        ),
        (
            CHARTER.replace(DEC_1, "").replace("## Terms", DEC_1 + "## Terms"),
            [("DEC-1", "moved", True)],
        ),
        (
            CHARTER.replace(DEC_1, "").replace(
                "## Terms", DEC_1.replace("consensus", "lot") + "## Terms"
            ),
            [("DEC-1", "reworded", True)],
        ),
    ],
)
def test_provisions_changed(new: str, expected: list[tuple[str, str, bool]]) -> None:
    found = provisions_changed(redline(CHARTER, new))
    assert [(one.id, one.change, one.moved) for one in found] == expected


def test_a_change_says_what_it_alters() -> None:
    hub = (
        Partnership()
        .charter(CHARTER)
        .parameter("vote-share", ("2027-01-01", "2/3"), provision="DEC-2")
        .decision("D-2027-001", "2027-02-01", about=["DEC-2"])
        .hub()
    )
    [one] = provisions_changed(redline(CHARTER, CHARTER.replace("Two-thirds", "Half")), hub)
    assert "two-thirds" in one.rules
    assert one.readings == ("vote-share",)
    assert one.records == ("charter/decisions/D-2027-001.md",)
    assert "decision" in one.kinds
    assert one.sentences.startswith("This change alters what `")
    assert one.sentences.endswith("The reading `vote-share` rests on it. 1 record refers to it.")


def test_a_provision_removed_tells_the_records_that_it_leaves_behind() -> None:
    new = CHARTER.replace(DEC_1, "")
    hub = Partnership().charter(new).decision("D-2027-001", "2027-02-01", about=["DEC-1"])
    without = Hub.of(hub.texts)  # its faults are what this is about
    [one] = provisions_changed(redline(CHARTER, new), without)
    assert (one.change, one.records) == ("removed", ("charter/decisions/D-2027-001.md",))
    assert one.sentences.startswith("With it goes what `consensus-first`, `consensus`")


# How it is found


@pytest.mark.parametrize("most", [MOST, 6])
def test_what_two_sequences_have_in_common_is_in_order(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    import npcs.charter.redline.common as module

    monkeypatch.setattr(module, "MOST", most)
    one, other = "the committee must decide", "the co-chairs may decide"
    pairs = common(one, other)
    assert all(one[mine] == other[theirs] for mine, theirs in pairs)
    assert pairs == sorted(pairs)
    assert len({mine for mine, _ in pairs}) == len({theirs for _, theirs in pairs}) == len(pairs)
    if most == MOST:
        assert len(pairs) == 16


def test_what_is_too_long_to_be_exact_is_still_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    import npcs.charter.redline.common as module

    assert len(common("ab" * 40, "ba" * 40)) == 79
    monkeypatch.setattr(module, "MOST", 100)
    assert len(common("ab" * 40, "ba" * 40)) > 60
    assert len(common("ab" * 40 + "x" + "ab", "ba" * 4 + "x" + "ba" * 40)) > 8


def test_the_heaviest_pairs_in_order() -> None:
    assert heaviest([(0, 1, 5), (1, 0, 9), (2, 2, 1)]) == [(1, 0, 9), (2, 2, 1)]
    assert heaviest([(0, 0, 2), (0, 1, 2), (1, 1, 2)]) == [(0, 0, 2), (1, 1, 2)]
    assert heaviest([]) == []


LARGE = {
    "one paragraph, few words": ("a b c " * 9000 + "\n", "c a a b " * 7000 + "\n"),
    "one paragraph, all words different": (
        " ".join(f"a{one}" for one in range(30_000)),
        " ".join(f"b{one}" for one in range(30_000)),
    ),
    "the same paragraph again and again": ("the same\n\n" * 6000, "the same\n\n" * 5000),
    "a list turned round": (
        "".join(f"- item {one}\n" for one in range(4000)),
        "".join(f"- item {one}\n" for one in range(4000, 0, -1)),
    ),
    "quotes in quotes": (">" * 30_000 + " a\n", ">" * 29_000 + " a\n"),
    "brackets that nobody closes": ("[" * 9_000 + "\n", "[" * 8_000 + "\n"),
    "one word without a blank": ("北京" * 60_000 + "。", "北京" * 60_000 + "新"),
    "one row of points": ("a b" + "." * 100_000 + " c", "a x" + "." * 100_000 + " c"),
    "a word of many marks": ("a-b|c*d_" * 3_000, "a-b|c*e_" * 3_000),
    "blanks": (" " * 300_000 + "x\n", "a" + " " * 300_000 + "x\n"),
}


@pytest.mark.parametrize(("old", "new"), LARGE.values(), ids=LARGE.keys())
def test_large_texts_come_to_an_end_and_stay_exact(old: str, new: str) -> None:
    found = exact(old, new)
    assert as_html(found)
    assert as_markdown(found)


def test_the_charter_of_the_repository_is_the_same_as_itself() -> None:
    text = (Path(__file__).parents[2] / "charter" / "charter.md").read_text("utf-8")
    found = exact(text, text)
    assert found.is_empty
    assert [one.op for one in found.ops] == ["equal"]
