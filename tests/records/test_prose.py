"""Links and anchors of a prose text."""

import pytest

from npcs.records.prose import Lines, anchors, links, prose


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("# The `npcs` command", ["the-npcs-command"]),
        ("Title\n=====\n\nOther\n---", ["title", "other"]),
        ("# A\n# A\n# A", ["a", "a_1", "a_2"]),
        ("# A {#b}", ["b"]),
        ("#\n\ntext", []),
        ("```\n# A\n```", []),
    ],
)
def test_anchors(body: str, expected: list[str]) -> None:
    assert anchors(body) == expected


def test_links_keep_their_places() -> None:
    found = links('`[a](b.md)`\n[c](d.md "t")\n\n [e]: <f.md>', 5)
    assert [tuple(one) for one in found] == [("d.md", 6, 5), ("f.md", 8, 8)]


def test_what_is_blanked_keeps_its_length() -> None:
    body = "a `b` c\n```\nd\n```\ne ``f"
    assert prose(body) == "a     c\n   \n \n   \ne ``f"


def test_lines() -> None:
    lines = Lines("ab\n\nc")
    assert [lines.place(at) for at in (0, 1, 2, 3, 4)] == [(0, 1), (0, 2), (0, 3), (1, 1), (2, 1)]
