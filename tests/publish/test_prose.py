"""Contributors' Markdown on its way to a page."""

import re

import pytest
from markdown import markdown

from npcs.publish.prose import Links, prose

PAGES = {"../decisions/D-2027-001.md": "decisions/D-2027-001", "charter.md": "charter/index",
         "charter.md#chr-3": "charter/index#chr-3", "../../README.md": ""}  # fmt: skip
IDS = {"CHR-3": "charter/index#chr-3", "D-2027-001": "decisions/D-2027-001"}
LINKS = Links(PAGES.get, IDS.get)


@pytest.mark.parametrize(
    ("written", "ready"),
    [
        ("[x](../decisions/D-2027-001.md)", "[x](hub:decisions/D-2027-001)"),
        ("[x](charter.md#chr-3)", "[x](hub:charter/index#chr-3)"),
        ("[x](<charter.md> 'title')", "[x](hub:charter/index)"),
        ("[x](../../README.md)", "x (`../../README.md`)"),
        ("[x](#chr-3)", "[x](#chr-3)"),
        ("[x](a b)", "[x]&#40;a b)"),
        ("[x](https://a.example/b_(c))", "[x](https://a.example/b_%28c%29)"),
        ("[x](javascript:alert(1))", "x"),
        ("[x](java&#115;cript:alert(1))", "x"),
        ("[x](//evil.example)", "x"),
        ("[x](hub:charter/index)", "x"),
        ("![x](https://a.example/b.png)", "[x](https://a.example/b.png)"),
        ("[![x](https://a.example/b.png)](charter.md)", "[x](hub:charter/index)"),
        ("see CHR-3.", "see [CHR-3](hub:charter/index#chr-3)."),
        ("see D-2027-001", "see [D-2027-001](hub:decisions/D-2027-001)"),
        ("see D-2027-999 and ABC-1", "see D-2027-999 and ABC-1"),
        ("`CHR-3` [CHR-3](charter.md)", "`CHR-3` [CHR-3](hub:charter/index)"),
        ("https://a.example/D-2027-001.", "<https://a.example/D-2027-001>."),
        ("a < b & c &amp; <b>", "a &lt; b &amp; c &amp; &lt;b>"),
        ("**x**{ onclick=alert(1) }", "**x**&#123; onclick=alert(1) }"),
        ("**CHR-1** Text. {#chr-1}", "**CHR-1** Text.\n{: #chr-1 }"),
        ("- item {#it}", "- item\n  {: #it }"),
        ("## Head {#it}", "## Head {: #it }"),
        ("# Head\n\n## Below", "## Head\n\n### Below"),
        ("Head\n====", "## Head\n\n"),
        ("a\n\n    code <b>", "a\n\n    code <b>"),
        ("~~~{.py onclick=x}\n<b> {x} CHR-3\n~~~", "~~~py\n<b> {x} CHR-3\n~~~"),
        ("```\nnever closed", "```\nnever closed\n```"),
        ("\\{ \\[x](y)", "\\{ \\[x](y)"),
    ],
)  # fmt: skip
def test_what_is_written_and_what_is_shown(written: str, ready: str) -> None:
    assert prose(written, LINKS).rstrip() == ready.rstrip()


def test_headings_stand_below_the_heading_above_them() -> None:
    assert prose("# One\n\n### Two\n\n# Three", LINKS, 3) == "### One\n\n#### Two\n\n### Three"


@pytest.mark.parametrize(
    ("written", "levels"),
    [
        ("Title\n=====\n\nText\n\nSub\n---\n\nText", [2, 3]),
        ("Title\n=\nText\n\n### Sub\n\n###### Below", [2, 3, 4]),
        ("#### First\n\n## Then\n\nLast\n----", [2, 2, 2]),
        ("   Title {#here}\n   =====\nText", [2]),
        ("One line\nTitle\n=====", [2]),
        ("# One\n\n#### Two\n\n##### Three\n\n## Two again", [2, 3, 4, 3]),
        ("#Title\n\nText\n#3 is done\n\n##\n\n# #\n\n####### seven", []),
        ("> # Quoted\n>\n> Title\n> =====\n\n- # One\n- a\n\n    Two\n    ===", []),
        ("- a\n===\n\n> b\n---\n\nText", []),
        ("1. One\n\n    Title\n    =====\n\n# Title {#x}", [2]),
    ],
)
def test_no_form_of_heading_leaves_the_outline_of_the_page(written: str, levels: list[int]) -> None:
    shown = markdown(prose(written, LINKS), extensions=["attr_list", "toc", "npcs.publish.mdsafe"])
    assert [int(one) for one in re.findall(r"<h(\d)", shown)] == levels
    assert "{" not in shown


def test_a_link_to_nothing_is_left_to_the_site_to_report() -> None:
    asked = []
    prose("[x](gone.md)", Links(asked.append, IDS.get))
    assert asked == ["gone.md"]
