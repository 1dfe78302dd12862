"""Days on pages are elements that programs understand, and nothing else is."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcs.publish.finish import pages_in
from npcs.publish.text import day
from npcs.publish.times import timed


@given(st.dates(date(1000, 1, 1)))
def test_every_day_the_site_writes_is_marked(one: date) -> None:
    assert timed(f"<p>On {day(one)}.</p>") == (
        f'<p>On <time datetime="{one.isoformat()}">{day(one)}</time>.</p>'
    )


def test_a_day_in_a_sentence_that_goes_on_in_the_next_line() -> None:
    assert timed("<p>On 4 March\n2027</p>") == (
        '<p>On <time datetime="2027-03-04">4 March\n2027</time></p>'
    )


@pytest.mark.parametrize(
    "text",
    [
        '<a title="On 4 March 2027">then</a>',
        '<p title="> 4 March 2027">then</p>',
        "<p>31 February 2027</p>",
        "<p>D-4 March 2027</p>",
        "<p>104 March 2027, 4 March 20271, 4 Marche 2027</p>",
        "<p>March 2027</p>",
    ],
)
def test_what_is_no_day_stays_as_it_is(text: str) -> None:
    assert timed(text) == text


@given(st.text("<>\"'a=4 March2027 /"))
def test_any_text_keeps_all_that_it_says(text: str) -> None:
    assert re.sub(r'<time datetime="[\d-]*">|</time>', "", timed(text)) == text


def test_no_page_says_a_day_in_any_other_way(built: Path) -> None:
    seen = 0
    for name in pages_in(built):
        article = (built / name).read_text("utf-8").partition("<article")[2]
        assert 'class="npcs-embed"' not in article, f"{name}: no drawing for its link"
        article = re.sub(r"<svg\b.*?</svg>", "", article, flags=re.DOTALL)  # holds text alone
        article = re.sub(r"<(code|pre)\b.*?</\1>", "", article, flags=re.DOTALL)
        seen += article.count("<time ")
        words = re.sub(r"<[^>]*>", "¦", re.sub(r"(?s)<time .*?</time>", "", article))
        odd = (
            r"(?<![\w/-])\d{4}-\d\d-\d\d\b(?!-)|\b\d{1,2}/\d{1,2}/\d{2,4}\b"
            r"|\b(?:March|April) \d{1,2}, \d{4}"
        )
        assert not re.search(odd, words), (name, re.search(odd, words))
        assert not re.search(r"\b\d{1,2}\s(?:March|April|May|June)\s\d{4}", words), name
    assert seen > 50


@pytest.mark.parametrize("sign", ["1 March 2027 ", "<", '"', '<a "', "1 ", '<a ""'])
def test_long_texts_take_no_longer_than_their_length(sign: str) -> None:
    assert timed(sign * 20_000)
