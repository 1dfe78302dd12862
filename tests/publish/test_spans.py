"""Markdown cut into spans, held against one slow pattern that says the same."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcs.publish.prose import Links, prose
from npcs.publish.spans import Span, spans

SLOW = re.compile(
    r"""(?P<escaped>\\[\\`*_{}\[\]()>#+\-.!|<])
    |(?P<code>(?<!`)(?P<ticks>`+)(?!`)(?:[^`]|(?!(?P=ticks)(?!`))`)+?(?P=ticks)(?!`))
    |(?P<defined>^[ ]{0,3}\[(?P<name>[^\]\^][^\]]*)\]:[ ]*<?(?P<at>[^\s<>]+)>?[^\n]*$)
    |(?P<link>(?P<picture>!?)\[(?P<label>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]
        \(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<target>[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*))
        (?:\s+(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'))?\s*\))
    |(?P<address><?(?P<url>https?://[^\s<>"'`\\{}|]*[^\s<>"'`\\{}|.,;:!?)\]*_])>?)
    |(?P<bracket>\[[^\[\]]*\](?:\[[^\[\]]*\]|\()?)
    |(?P<stray>\[)
    |(?P<id>(?<![\w/#.-])(?:[DR]-\d{4}-\d{3,4}|NPCS-SN-\d{4}-\d{3,4}|[A-Z]{3}-\d{1,2})(?![\w-]))
    |(?P<odd>[<{&])""",
    re.VERBOSE | re.MULTILINE,
)
"""What a span is, in one pattern that goes back and forth: fit for short texts only."""


def slowly(text: str) -> list[Span]:
    return [_span(one) for one in SLOW.finditer(text)]


def _span(found: re.Match[str]) -> Span:
    kind, (start, end) = str(found.lastgroup), found.span()
    match kind:
        case "link":
            target = found["target"] if found["angled"] is None else found["angled"]
            kind = "picture" if found["picture"] else "link"
            return Span(kind, start, end, found["label"], target)  # type: ignore[arg-type]
        case "defined":
            return Span("defined", start, end, found["name"], found["at"])
        case "address":
            return Span("address", start, end, target=found["url"])
    return Span(kind, start, end)  # type: ignore[arg-type]


PARTS = st.sampled_from(
    ["[", "]", "(", ")", "](", "]: ", "![", "[^", "`", "``", "\\", "\n", "\n   ", " ", "<", ">",
     '"', "'", "a", "x)", "&", "{", "!", "https://a.b", "_", ".", "CHR-3", "D-2027-001"]
)  # fmt: skip


@given(st.lists(PARTS, max_size=40).map("".join))
def test_spans_are_those_of_the_slow_pattern(text: str) -> None:
    assert list(spans(text)) == slowly(text)


@pytest.mark.parametrize(
    "text",
    [
        "[a\\] " * 12 + "](x)", "[a\\] " * 12 + "](x y", "[](" + " " * 30 + "x", "[\n" * 30,
        '[x]( "t")', "[x](<a b> 't')", "[x](a(b)c(d))", "[x](a(b)", "`a`` b`", "``a` b``` c",
        "\\``a`", "[a\nb](c)", "[[x](y)](z)", "[a [b] c](d)", "[ [x] [x] [x] [", "  [a]: b c",
        "[a\\]: b](c)", "[^1]: note", "[a\n]: b", "![x]: y",
    ],
)  # fmt: skip
def test_spans_of_texts_that_lead_far_ahead(text: str) -> None:
    assert list(spans(text)) == slowly(text)


def test_a_bracket_that_does_not_close_is_shown_as_one() -> None:
    links = Links({"a.md": "a"}.get, {}.get)
    assert prose("[a [b](a.md)", links) == "&#91;a [b](hub:a)"
