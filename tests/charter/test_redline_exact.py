"""Nothing is lost in a redline: either text can be had of it again, to the byte."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from npcs.charter.redline import as_html, as_markdown, as_text, redline
from npcs.charter.redline.blocks import normalized
from redlining import Seen, exact, markdown, texts, versions

ODD = st.text(
    alphabet=st.one_of(
        st.sampled_from("\n\n\n   \t-*+_`~#>|:=[](){}!\\&<>.0123ab\r\N{NO-BREAK SPACE}\x0b\x85é"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=160,
)


@given(versions())
@settings(max_examples=150, deadline=None)
def test_either_text_can_be_had_of_the_redline(pair: tuple[str, str]) -> None:
    exact(*pair)
    exact(*pair[::-1])


@given(ODD, ODD)
@settings(max_examples=150, deadline=None)
def test_so_it_is_with_any_text_at_all(old: str, new: str) -> None:
    found = exact(old, new)
    for text in (old, new):
        once = normalized(text).text
        assert normalized(once).text == once
    Seen(as_html(found))
    as_markdown(found)


@given(versions())
@settings(max_examples=100, deadline=None)
def test_the_marks_on_the_screen_say_the_same(pair: tuple[str, str]) -> None:
    found = redline(*pair)
    if found.counts.moved:
        return
    text = as_text(found)
    for one in found.ops:
        if one.op != "equal":
            mark = f"[-{one.text}-]" if one.op == "delete" else f"{{+{one.text}+}}"
            assert mark in text
            text = text.replace(mark, "", 1)
    assert text == "".join(one.text for one in found.ops if one.op == "equal")


@given(versions())
@example(("Members &amp;\n", "Members learn;\n"))
@settings(max_examples=150, deadline=None)
def test_the_page_without_one_kind_of_mark_is_the_other_text(pair: tuple[str, str]) -> None:
    page = as_html(redline(*pair))
    for text, mark in zip(pair, ("ins", "del"), strict=True):
        assert Seen(page, mark).words == Seen(as_html(redline(text, text))).words


@given(texts, st.sampled_from((20, 40, 80, 1000)), st.sampled_from((30, 60, 120)))
@settings(max_examples=100, deadline=None)
def test_lines_wrapped_anew_mark_nothing(text: tuple[object, ...], one: int, other: int) -> None:
    found = redline(markdown(text, one), markdown(text, other))  # type: ignore[arg-type]
    assert [op.op for op in found.ops] == ["equal"] * bool(text)


@given(ODD)
@settings(max_examples=150, deadline=None)
def test_normalizing_keeps_every_word(text: str) -> None:
    def words(of: str) -> list[str]:
        bare = (one.strip(">") for one in of.replace("\r", "\n").split())
        return [one for one in bare if one]

    assert words(normalized(text).text) == words(text)


@given(st.one_of(ODD, versions().map(lambda pair: pair[0])))
@settings(max_examples=100, deadline=None)
def test_the_blocks_of_a_text_are_all_of_it(text: str) -> None:
    found = normalized(text)
    assert "".join(one.text + one.after for one in found.blocks) == found.text
    for one in found.blocks:
        assert found.text.startswith(one.text, one.start)
        assert len(one.shown) == len(one.text)
        assert all(not found.text[first:last].isspace() for first, last in one.words)
