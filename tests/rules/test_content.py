"""What the rules on content see, however it is written, and what they let stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcs.records.document import Document
from npcs.records.hub import document
from npcs.records.personal import IDENTIFIERS, found, suspects
from npcs.rules.records.content import unsafe_content
from npcs.rules.records.identifiers import identifier

FIELDS = "---\ntitle: T\nkind: subcommittee\npurpose: p\nformed_by: D-2027-001\nlead: a\n---\n"


def text(body: str) -> Document:
    return document("charter/groups/x.md", f"{FIELDS}{body}".encode())


UNSAFE = {
    "nested brackets": "[a [b [c] d] e](javascript:x)",
    "escaped bracket": "[a \\] b](javascript:x)",
    "link after a broken one": "[b](x [c](javascript:x)",
    "line end in the address": "[a](java\nscript:x)",
    "tab in the address": "[a](java\tscript:x)",
    "entity": "[a](&#106;avascript:x)",
    "reference in a list": "- [a][b]\n\n    [b]: javascript:x",
    "reference in a quote": "> [a][b]\n>\n> [b]: javascript:x",
    "two slashes, one backwards": "[a](/\\host.example)",
    "picture by a label": "![a][b]\n\n[b]: https://host.example/x.png",
    "picture by its own label": "![b]\n\n[b]: https://host.example/x.png",
    "picture in a link": "[![a](https://host.example/x.png)](x.md)",
    "picture with brackets": "![a [b [c]]](https://host.example/x.png)",
    "fence in an indented block": "    ```\n<b>x</b>\n    ```",
    "fence that is never closed": "```\n\n<b>x</b>",
    "backtick in a fence's word": "```js `x`\n<script>alert(1)</script>\n```",
    "attributes of a fence": "```{: onclick=x }\na\n```",
    "span into a heading": "# a `b\n<script>x</script>\n`",
    "span into a list": "- a `b\n- <script>x</script>`",
    "fence in a quote": "> ```\n<script>x</script>\n> ```",
    "two backticks and one": "``a` <b>x</b> `c`",
    "class": "text\n{: .hidden }",
}


@pytest.mark.parametrize("body", UNSAFE.values(), ids=UNSAFE)
def test_unsafe(body: str) -> None:
    assert list(unsafe_content.check(text(body)))


SAFE = {
    "code": "Write `<b>` or ``a ` <b>``.",
    "code over a line's end": "Write `<b>\nand more` here.",
    "fence": "```html\n<b>\n```",
    "two fences": "~~~\n<b>\n~~~\n\ntext\n\n```\n[a](javascript:x)\n```",
    "link with a title": '[a](x.md "Title: with a colon")',
    "link to a host": "[a](https://host.example/a:b) and <https://host.example/>",
    "reference": "[a][b]\n\n[b]: https://host.example/",
    "footnote": "A claim.[^1]\n\n[^1]: Note: the figures are of 2027.",
    "anchor": "## Title {#title}",
    "placeholder": "Dear {name}",
}


@pytest.mark.parametrize("body", SAFE.values(), ids=SAFE)
def test_safe(body: str) -> None:
    assert [one.message for one in unsafe_content.check(text(body))] == []


def test_addresses_in_plain_fields_and_in_fields_of_another_standard() -> None:
    source = b"""name: a
kind: state
size: small
joined: unknown
sources: [{title: t, address: "JavaScript:x"}]
"""
    assert list(unsafe_content.check(document("charter/members/x.yml", source)))
    package = b"""name: a
title: t
version: "1.0"
homepage: javascript:x
resources:
- name: a
  schema: {fields: [{name: x, type: string, privacy: P0, example: <b>x</b>}]}
"""
    found = document("definitions/core-data-set/datapackage.yaml", package)
    assert found.valid
    assert [one.place.line for one in unsafe_content.check(found)] == [4, 7]


NUMBERS = {
    "full-width digits": "１２３-４５-６７８９",  # noqa: RUF001
    "zero-width spaces": "123-\u200b45-67\u200b89",
    "hyphens that do not break": "123\u201145\u20116789",
    "en dashes": "123\u201345\u20136789",
    "entities": "123&#45;45&#45;6789",
    "backslashes": "123\\-45\\-6789",
    "emphasis": "123-**45**-6789",
    "emphasis group by group": "**123**-**45**-**6789**",
    "emphasis in a group": "12**3**-45-6789",
    "emphasis of an area code": "__615__-555-0100",
    "emphasis at a line's end": "**123-45-**\n6789",
    "emphasis and en dashes": "123\u2013**45**\u20136789",
    "emphasis in a word": "bo**rn** 2019-03-04",
    "two lines": "the number 123-45-\n6789",
    "two lines and an en dash": "the number 123-45\u2013\n6789",
    "telephone on two lines": "call (615)\n555-0100",
    "telephone with fixed spaces": "615\u00a0555\u00a00100",
    "address with an entity": "jane.doe&#64;example.org",
    "day of birth": "birthdate 2019-03-04",
    "strong day of birth": "**born** 2019-03-04",
    "strong case": "case **no** A-12",
    "wide spaces": "case\u2009no\u30005",
    "joined by a hyphen": "see ssn-123-45-6789",
    "joined by a line": "id_123-45-6789",
    "joined to letters": "ssn123-45-6789",
    "letters behind it": "123-45-6789_child",
    "parted by lines": "123_45_6789",
    "joined, without signs": "ssn123456789",
    "a word before it": "SSN 123456789",
    "more words before it": "Social Security number: 123456789",
    "a name before it": "child_ssn_no=12345-6789",
    "telephone joined to a word": "tel-615-555-0100",
    "telephone joined by a line": "cell_615.555.0100",
    "day of birth joined to a word": "dob_2019-03-04",
}


@pytest.mark.parametrize("body", NUMBERS.values(), ids=NUMBERS)
def test_identifiers(body: str) -> None:
    assert list(identifier.check(text(body)))


def test_identifiers_in_comments() -> None:
    found = list(identifier.check(document("charter/people/x.yml", b"name: a  # 123-45-6789\n")))
    assert [(one.place.line, one.place.column) for one in found] == [(1, 10)]


@pytest.mark.parametrize(
    "source",
    [
        b"name: 123\n            45 6789\n",
        b"name: 123     \n  45 6789\n",
        b"name: 123\n\n  45 6789\n",
        b"name: |\n            123\n            45 6789\n",
        b'"born": 2019-03-04\n',
        b"'date of birth': 2019-03-04\n",
    ],
)
def test_identifiers_as_yaml_joins_them(source: bytes) -> None:
    assert list(identifier.check(document("charter/people/x.yml", source)))


@pytest.mark.parametrize(
    "body",
    [
        "- 100\n- 200\n- 3000",
        "2019\u20132020",
        "10.1377/hlthaff.2010.0698",
        "Case: no",
        "## 5 of 9",
        "NPCS-SN-2027-001 and D-2027-003 of 2027-03-04, R-2027-001",
        "lessn 123456789, 123456789, class 123456789",
        "sha256-123456789012345678901234567890123456789012345678901234567890abcd",
        "550e8400-e29b-41d4-a716-446655440000",
        "[a](https://oregon.public.law/rules/oar_413-015-0205)",
        "[a](https://www.ecfr.gov/current/title-45/part-1355/section-1355.44)",
        "[a](https://law.justia.com/codes/mississippi/title-43/chapter-21/section-43-21-353/)",
        "social security numbers of 2027-03-04",
        "newborn_2027-03-04",
    ],
)
def test_no_identifiers(body: str) -> None:
    assert list(identifier.check(text(body))) == []


MASKS = ["**", "__", "\u2013", "\u200b", "\n", " ", "\xa0", "&#45;", "\\", "\u0131"]


@given(
    st.sampled_from(IDENTIFIERS).flatmap(lambda one: st.from_regex(one.pattern)),
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from(MASKS)), max_size=4),
    st.sampled_from("-\u2013"),
)
def test_the_quick_look_misses_nothing_that_the_patterns_find(
    body: str, masks: list[tuple[int, str]], dash: str
) -> None:
    body = body.replace("-", dash)
    for at, mask in masks:
        body = f"{body[:at]}{mask}{body[at:]}"
    assert found(body, suspects(body.encode()))[1] == found(body, IDENTIFIERS)[1]


BIG = 900_000
LONG = [
    "](", "[](", "<a>", "{:=}", "# a\n", '[a](b "', "](x", "](b (", "[a]:\n", "[a\n", "a@a.", "[[",
    "`a", "](&#106;", "# a #\n", "{#a", "```a\n", "born ", "case no",
]  # fmt: skip


@pytest.mark.parametrize("unit", LONG)
def test_a_megabyte_of_anything_takes_no_longer_than_it_is(unit: str) -> None:
    """Without time limits: what grew with the square of the text would never end."""
    one = text(unit * (BIG // len(unit)))
    for rule in (unsafe_content, identifier):
        assert len(list(rule.check(one))) <= 50


@pytest.mark.parametrize(
    "body",
    ["](" + " " * BIG, "# a" + " " * BIG + "x", "case no" + " " * BIG, "{" + "#a" * (BIG // 2)],
)
def test_a_megabyte_of_spaces(body: str) -> None:
    one = text(body)
    for rule in (unsafe_content, identifier):
        assert len(list(rule.check(one))) <= 50
