"""The redline as a page: sound HTML, nothing of the text run, changes seen and heard."""

from collections.abc import Iterator
from typing import Any

import pytest

from npcs.charter.redline import as_html, as_markdown, as_page, provisions_changed, redline
from npcs.charter.texts import Text
from redlining import Seen

OLD = """## Decisions

**DEC-1** The committee decides by *consensus*. {#dec-1}

**DEC-2** Two-thirds [of the committee](https://example.org/old) must agree. {#dec-2}

A paragraph that goes elsewhere, word by word, as it is.

- one item
- another item
    - an item within it

1. first
2. second

> They said that it works.

| Field | Who sees it |
|---|---|
| Age | Members |

```yaml
keep: <this>
```

The first half of it. The second half of it.
"""

NEW = """## Decisions and votes

A paragraph that goes elsewhere, word by word, as it is.

**DEC-1** The committee decides by **lot**. {#dec-1}

**DEC-2** Half [of the committee](https://example.org/new) must agree. {#dec-2}

- one item
- a third item
- another item
    - an item within

1. first
2. put in
3. second

> They said that it worked.

| Field | Since | Who sees it |
|---|---|---|
| Age | 2027 | Nobody |

```yaml
keep: <that>
```

The first half of it.

The second half of it.
"""


def body(old: str, new: str) -> list[str]:
    page = as_html(redline(old, new))
    Seen(page)
    return page.splitlines()[1:-1]


def test_a_page_of_everything_is_sound() -> None:
    page = as_html(redline(OLD, NEW))
    assert Seen(page, "ins").words == Seen(as_html(redline(OLD, OLD))).words
    assert Seen(page, "del").words == Seen(as_html(redline(NEW, NEW))).words


CASES = {
    "a word": (
        "One two three.\n",
        "One four three.\n",
        '<p class="npcs-redline-changed">One <del>two</del><ins>four</ins> three.</p>',
    ),
    "a word in bold text": (
        "**One two three**\n",
        "**One four three**\n",
        '<p class="npcs-redline-changed">'
        "<strong>One <del>two</del><ins>four</ins> three</strong></p>",
    ),
    "bold made plain": (
        "One **two** three.\n",
        "One two three.\n",
        '<p class="npcs-redline-changed">'
        "One <strong><del>two</del></strong><ins>two</ins> three.</p>",
    ),
    "a sentence with a bold word": (
        "One.\n",
        "One. The **two** of us.\n",
        '<p class="npcs-redline-changed">One.<ins> The <strong>two</strong> of us.</ins></p>',
    ),
    "a word in a link": (
        "See [the old place](https://a.example).\n",
        "See [the new place](https://a.example).\n",
        '<p class="npcs-redline-changed">See <a href="https://a.example">the </a><del>old</del>'
        '<a href="https://a.example"><ins>new</ins> place</a>.</p>',
    ),
    "the address of a link": (
        "See [it](https://a.example).\n",
        "See [it](https://b.example).\n",
        '<p class="npcs-redline-changed">See <del>it <code class="npcs-redline-source">'
        'https://a.example</code>.</del><ins><a href="https://b.example">it</a> '
        '<code class="npcs-redline-source">https://b.example</code>.</ins></p>',
    ),
    "an address that is not to be followed": (
        "One.\n",
        "One. [it](javascript:alert(1))\n",
        '<p class="npcs-redline-changed">One.<ins> it '
        '<code class="npcs-redline-source">javascript:alert(1)</code></ins></p>',
    ),
    "an anchor": (
        "**DEC-1** One. {#dec-1}\n",
        "**DEC-1** One. {#dec-9}\n",
        '<p class="npcs-redline-changed" id="redline-dec-1"><strong>DEC-1</strong> One. <del> '
        '<code class="npcs-redline-source">{#dec-1}</code></del><ins> '
        '<code class="npcs-redline-source">{#dec-9}</code></ins></p>',
    ),
    "a heading of another level": (
        "## Title\n",
        "### Title\n",
        '<h3 class="npcs-redline-changed">Title '
        '<span class="npcs-redline-note">was a heading of level 2</span></h3>',
    ),
    "HTML in the text": (
        "One <script>alert(1)</script> two.\n",
        "One <script>alert(2)</script> two.\n",
        '<p class="npcs-redline-changed">One <del>&lt;script&gt;alert(1)&lt;/script&gt;</del>'
        "<ins>&lt;script&gt;alert(2)&lt;/script&gt;</ins> two.</p>",
    ),
    "characters nobody sees": (
        "One.\n",
        "One.\u202e\u200b\x07\n",
        '<p class="npcs-redline-changed">One.<ins>\\u202e\\u200b\\u0007</ins></p>',
    ),
    "paragraphs made one": (
        "One two three.\n\nFour five six.\n",
        "One two three. Four five six.\n",
        '<p class="npcs-redline-changed">One two three.<del><span role="img" '
        'aria-label="end of a paragraph">¶</span></del> Four five six.</p>',
    ),
    "marks that are none": (
        "2 * 3 * 4 is **not\n",
        "2 * 3 * 5 is **not\n",
        '<p class="npcs-redline-changed">2 * 3 * <del>4</del><ins>5</ins> is **not</p>',
    ),
    "a line break that came": (
        "One two.\n",
        "One  \ntwo.\n",
        '<p class="npcs-redline-changed">One<ins><span role="img" aria-label="line break">↵</span>'
        "<br>\n</ins>two.</p>",
    ),
    "lines wrapped anew": ("One\ntwo.\n", "One two.\n", "<p>One two.</p>"),
    "a line break": (
        "One  \ntwo\n",
        "One  \ntoo\n",
        '<p class="npcs-redline-changed">One<br>\n<del>two</del><ins>too</ins></p>',
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES.keys())
def test_one_block(old: str, new: str, expected: str) -> None:
    assert "\n".join(body(old, new)) == expected


def test_an_item_that_went_stays_in_its_list() -> None:
    assert body("- one\n- two\n- three\n", "- one\n- three\n") == [
        "<ul>", "<li>", "<p>one</p>", "</li>",
        "<li>", '<p class="npcs-redline-deleted"><del>two</del></p>', "</li>",
        "<li>", "<p>three</p>", "</li>", "</ul>",
    ]  # fmt: skip


def test_a_table_stays_whole_when_rows_come_and_go() -> None:
    rows = "| a | b |\n|---|---|\n"
    page = body(f"{rows}| c | d |\n\n```\nold\n```\n", f"{rows}| e | f |\n\nNew.\n")
    assert page.count("</table></div>") == 1
    assert "<td><del>c</del></td><td><del>d</del></td>" in "".join(page)
    after = '<p class="npcs-redline-inserted"><ins>New.</ins></p>'
    assert page.index("</table></div>") < page.index(after)


def test_a_new_column_has_a_cell_in_every_row() -> None:
    page = "\n".join(
        body("| a | b |\n|---|---|\n| c | d |\n", "| a | x | b |\n|---|---|---|\n| c | y | d |\n")
    )
    assert "<td>c</td><td><ins>y</ins></td><td>d</td>" in page
    assert '<th scope="col"><ins>x</ins></th>' in page


def test_a_move_leads_from_one_end_to_the_other() -> None:
    page = as_html(redline(OLD, NEW), name="changes")
    assert 'id="changes-m1-from" href="#changes-m1-to">moved up</a>' in page
    assert 'id="changes-m1-to" href="#changes-m1-from">moved here from below</a>' in page
    assert '<ins class="npcs-redline-moved">A paragraph that goes elsewhere' in page


def test_headings_begin_at_the_level_asked_for() -> None:
    text = "# A\n\n### B\n"
    assert "<h3>A</h3>\n<h5>B</h5>" in as_html(redline(text, text), level=3)


def test_markdown_of_a_redline_shows_everywhere() -> None:
    text = as_markdown(redline(OLD, NEW))
    assert "## Decisions<ins> and votes</ins>" in text
    assert "**DEC-2** <del>Two-thirds</del><ins>Half</ins>" in text
    assert "- <ins>a third item</ins>" in text
    assert "2. <ins>put in</ins>" in text
    assert "> They said that it <del>works</del><ins>worked</ins>." in text
    assert "| Age | <ins>2027</ins> | <del>Members</del><ins>Nobody</ins> |" in text
    assert "```diff\n-keep: <this>\n+keep: <that>\n```" in text
    assert "*(m1: moved here from below)*" in text


# In a browser


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    found = redline(OLD, NEW)
    made = as_page(
        found,
        Text("version 1.0", OLD, "Charter", "1.0"),
        Text("version 2.0", NEW, "Charter", "2.0"),
        provisions_changed(found),
    )
    shown = chromium.new_page()
    shown.set_content(made)
    yield shown
    shown.close()


@pytest.mark.browser
def test_the_browser_has_nothing_to_mend(page: Any, chromium: Any) -> None:
    made = as_html(redline(OLD, NEW)).strip()
    mended = page.evaluate(
        "(text) => new DOMParser().parseFromString(text, 'text/html').body.innerHTML", made
    )
    assert mended.strip() == made.replace("&quot;", '"').replace("&#x27;", "'")


@pytest.mark.browser
def test_changes_are_announced(page: Any) -> None:
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {one["nodeId"]: one for one in nodes}

    def heard(node: dict[str, Any]) -> str:
        if node["role"]["value"] == "StaticText":
            return str(node["name"]["value"])
        return " ".join(heard(by_id[key]) for key in node.get("childIds", []) if key in by_id)

    said = {
        (one["role"]["value"], " ".join(heard(one).split()))
        for one in nodes
        if one["role"]["value"] in ("deletion", "insertion")
    }
    assert ("deletion", "[deleted: Two-thirds ]") in said
    assert ("insertion", "[inserted: Half ]") in said
    assert any(role == "insertion" and text.startswith("[moved here: A par") for role, text in said)
    assert any(role == "deletion" and text.startswith("[moved away: A par") for role, text in said)


@pytest.mark.browser
@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1100])
def test_marks_are_told_apart_without_colour_and_nothing_runs_out_of_the_page(
    page: Any, media: str, scheme: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(media=media, color_scheme=scheme)

    def drawn(selector: str) -> str:
        return str(
            page.locator(f".text {selector}").first.evaluate(
                "(one) => { const style = getComputedStyle(one);"
                " return `${style.textDecorationLine} ${style.textDecorationStyle}`; }"
            )
        )

    marks = ["ins:not([class])", "del:not([class])", "ins[class]", "del[class]"]
    assert [drawn(one) for one in marks] == [
        "underline solid", "line-through solid", "underline double", "line-through dotted",
    ]  # fmt: skip
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_can_be_read(page: Any, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    ratios = page.evaluate(
        """() => {
          const part = (one) => { one /= 255;
            return one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4; };
          const light = (colour) => { const [r, g, b] = colour.match(/[0-9.]+/g).map(Number);
            return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b); };
          return [...document.querySelectorAll("ins, del")].map((one) => {
            const style = getComputedStyle(one);
            const both = [light(style.color), light(style.backgroundColor)].sort((a, b) => b - a);
            return (both[0] + 0.05) / (both[1] + 0.05); }); }"""
    )
    assert ratios
    assert min(ratios) >= 4.5
