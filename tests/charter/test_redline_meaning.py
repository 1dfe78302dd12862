"""Normalizing a text changes nothing that readers see, on the site or elsewhere."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import markdown as site_markdown
from markdown_it import MarkdownIt  # comes with rich

from npcs.charter.redline.blocks import normalized
from npcs.publish.prose import Links, prose
from redlining import Piece, markdown, texts

ROOT = Path(__file__).parents[2]
FOLDERS = ("charter", "definitions", "docs", "notices", "practices", "workplan")
SITE = [
    "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "tables", "toc",
    "npcs.publish.mdsafe",
]  # fmt: skip
LINKS = Links(lambda path: path, lambda _: None)
ELSEWHERE = MarkdownIt("commonmark").enable("table")


def on_the_site(text: str) -> str:
    return _bare(site_markdown(str(prose(text, LINKS)), extensions=SITE))


def elsewhere(text: str) -> str:
    return _bare(ELSEWHERE.render(text))


def _bare(html: str) -> str:
    """HTML without the blanks that nobody sees: those in code count."""
    parts = re.split(r"(<pre>.*?</pre>)", html, flags=re.DOTALL)
    parts[::2] = [re.sub(r"\s+", " ", one) for one in parts[::2]]
    blocks = r"\s*(</?(?:p|li|ul|ol|td|th|tr|h\d|blockquote|d[ldt]|br /|hr /)\b[^>]*>)\s*"
    return re.sub(blocks, r"\1", "".join(parts)).strip()


def keeps_its_meaning(text: str) -> None:
    once = normalized(text).text
    assert on_the_site(once) == on_the_site(text)
    assert elsewhere(once) == elsewhere(text)


def test_every_text_of_the_repository_keeps_its_meaning() -> None:
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.md")]
    assert len(files) > 20
    for path in files:
        keeps_its_meaning(path.read_text("utf-8"))


@given(texts, st.sampled_from((20, 60, 100)))
@settings(max_examples=100, deadline=None)
def test_every_made_up_text_keeps_its_meaning(text: tuple[Piece, ...], width: int) -> None:
    keeps_its_meaning(markdown(text, width))


KEPT = {
    "a line break on purpose": "One line  \nand another\\\nand a third\n",
    "code between fences": "```yaml\na:   1\n\n\nb: 2\n```\n",
    "a fence that nobody closes": "Text\n\n```\na\nb\n",
    "a fence in a list": "- item\n\n    ```\n    a\n\n    b\n    ```\n",
    "indented code": "Text\n\n    code   here\n\n\n    more\n\nText\n",
    "a table": "| a | b |\n|:--|--:|\n| c | d |\n",
    "a table without lines at its sides": "a | b\n---|---\nc | d\n",
    "a nested list": "- one\n    - two\n        - three\n\n- four\n",
    "a paragraph in an item": "1. one\n\n    more of it\n    and more\n\n2. two\n",
    "a list below a line of text": "Text:\n- one\n- two\n",
    "two underlined headings": "Title\n=====\n\nPart\n----\nText\n",
    "a heading directly above its text": "## Part\nText that\ngoes on\n",
    "a year that begins a line": "It was founded in\n2018. It grew.\n",
    "a dash that begins a line": "Two things\n- and this one - are one\n",
    "a term and what it means": "Term\nOther term\n: What both\nmean\n",
    "a quote in a quote": "> outer\n> still\n>\n> > inner\n> > still\n",
    "quotes apart": "> one\n\n> two\n",
    "addresses of links": "See [x].\n\n[x]: https://example.org\n[y]: https://example.org/y\n",
    "a footnote": "Text[^1]\n\n[^1]: A note\n    that goes on\n",
    "a note in a box": '!!! note "Mind"\n    This is\n    a note.\n\nText\n',
    "an anchor on a line of its own": "**DEC-1** Text that goes on\nand on.\n{#dec-1}\n",
    "an anchor within": "Text {#a-1}\nmore text\n",
    "HTML": "<pre>\na\n\n\nb\n</pre>\n\nText\n",
    "a rule": "Text\n\n* * *\n\nText\n",
    "marks that belong to nothing": "2 * 3 *\n4 and **\nhalf `\n",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())
def test_what_lines_mean_is_kept(text: str) -> None:
    keeps_its_meaning(text)
    assert normalized(normalized(text).text).text == normalized(text).text


JOINED = {
    "a paragraph": ("one\ntwo\n", "one two\n"),
    "blank lines": ("\n\none\n\n\n\ntwo\n\n", "one\n\ntwo\n"),
    "blanks at the end of a line": ("one \ntwo\t\n", "one two\n"),
    "an item": ("- one\n  two\n- three\nfour\n", "- one two\n- three four\n"),
    "a nested item": ("- one\n    - two\n      three\n", "- one\n    - two three\n"),
    "a quote": ("> one\n> two\nthree\n", "> one two three\n"),
    "line ends of Windows": ("one\r\ntwo\r\n\r\nthree\r\n", "one two\n\nthree\n"),
    "two blanks after a full stop": ("One.  Two.\n", "One. Two.\n"),
    "a line that begins with emphasis": ("one\n**two** and\n*a*\n", "one **two** and *a*\n"),
    "a text without a last line end": ("one", "one\n"),
    "nothing": ("\n \n", ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "once"), JOINED.values(), ids=JOINED.keys())
def test_lines_that_mean_nothing_are_joined(text: str, once: str) -> None:
    assert normalized(text).text == once
