"""Plain text reaches the reader as it stands, whatever it holds."""

import html
import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcs.publish.text import Md, outside, plain, sentence

EXTENSIONS = [
    "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "tables", "toc",
    "npcs.publish.mdsafe",
]  # fmt: skip

letters = st.text(
    st.sampled_from(list("ab1 #*_`[](){}<>|&!\\~^=+-.:;\"'/$%@?,")), min_size=1, max_size=30
)


def shown(text: str) -> str:
    """What a reader sees of some Markdown."""
    page = markdown.markdown(text, extensions=EXTENSIONS)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split())


@given(letters)
def test_plain_text_is_shown_as_it_stands(text: str) -> None:
    assert shown(plain(text)) == " ".join(text.split())


@given(letters)
def test_plain_text_in_a_table_keeps_to_its_cell(text: str) -> None:
    page = markdown.markdown(f"| a | b |\n|---|---|\n| {plain(text)} | x |", extensions=EXTENSIONS)
    cells = re.findall(r"<td>(.*?)</td>", page, re.DOTALL)
    assert len(cells) == 2
    assert " ".join(html.unescape(cells[0]).split()) == " ".join(text.split())


@given(letters)
def test_plain_text_stays_plain_within_a_sentence(text: str) -> None:
    assert shown(sentence("Of ", text, ".")) == " ".join(f"Of {text}.".split())


def test_markdown_passes() -> None:
    assert sentence(Md("**a**"), " *b*") == r"**a** \*b\*"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//evil.example", "https://a b", 'https://a"b', "data:x"]
)
def test_an_address_nobody_should_follow_is_no_link(address: str) -> None:
    assert "](" not in outside("Title", address)
