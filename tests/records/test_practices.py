"""What reading says of curricula and bundles that do not fit: a place and a sentence."""

import pytest

from npcs.records.hub import document

CURRICULUM = """\
title: Handover
audience: Caseworkers
objectives: [Talk]
items:
- id: late
  stem: The next shift is late.
  options:
  - {text: Go, feedback: No.}
  - {text: Talk, feedback: Yes., correct: true}
spacing: {every: 7, again: [28, 84]}
discussion_guide: Talk.
"""
BUNDLE = """\
---
title: First steps
population: Infants
elements:
- {id: sleep, text: Sleep, ages: {from: 1, under: 12}}
exclusions:
- {id: moved, text: Moved}
---
"""


def told(path: str, text: str) -> list[tuple[int, str]]:
    return [(one.line, one.message) for one in document(path, text.encode()).remarks]


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("every: 7", "every: 0", 10, "`every` is at least 1 day"),
        ("every: 7", "every: 99999999", 10, "waits at most 3,660 days"),
        ("84]", "9999999]", 10, "waits at most 3,660 days"),
        ("discussion_guide", "starts: 9999-12-01\ndiscussion_guide", 1, "the last question has no"),
        ("[28, 84]", "[28, 28]", 10, "each more than the last"),
        ("[28, 84]", "[0]", 10, "each more than the last"),
        ("  - {text: Go, feedback: No.}\n", "", 8, "`items.options` has only 1"),
        ("  - {text: Go", "  - {text: x}\n" * 25 + "  - {text: Go", 5, "has 27 options"),
        ("items:", "items: []\nitem:", 4, "`items` is empty"),
        ("spacing", "- {id: late, stem: x, options: [{text: a}, {text: b}]}\nspacing", 1,
         "the id “late” stands twice"),
    ],
)  # fmt: skip
def test_a_curriculum(before: str, after: str, line: int, said: str) -> None:
    path = "practices/curricula/handover.yml"
    assert told(path, CURRICULUM) == []
    assert before in CURRICULUM
    remarks = told(path, CURRICULUM.replace(before, after, 1))
    assert any(one == line and said in message for one, message in remarks), remarks


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("under: 12", "under: 1", 5, "no child is of such an age"),
        ("id: moved", "id: sleep", 2, "the id “sleep” stands twice"),
        ("from: 1", "from: -1", 5, "is not a whole number"),
    ],
)
def test_a_bundle(before: str, after: str, line: int, said: str) -> None:
    path = "practices/bundles/first-steps.md"
    assert told(path, BUNDLE) == []
    remarks = told(path, BUNDLE.replace(before, after, 1))
    assert any(one == line and said in message for one, message in remarks), remarks
