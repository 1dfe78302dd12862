"""The PDF of a charter holds what PDF/UA-1 asks: tags, a language, a title, an outline."""

import io
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import BooleanObject
from tests.publish.pdfs import about, file_of, made, marked, tags

from npcs.publish.pdf import charter_pdf

FOUNDING = (Path(__file__).parent.parent.parent / "charter/charter.md").read_bytes()

BODY = """\
The beginning, with **strong**, *emphasized* and `coded` words.

## First part

**DEC-2** Two-thirds must agree, see [CHR-3](#chr-3) and EXC-9. {#dec-2}

#### A heading that leaves out a level

**CHR-3** At most two years, see DEC-2 and [the web](https://example.org/x). {#chr-3}

- one
- two

    1. deeper

        - deepest

| Office | Years |
|:-------|------:|
| Member | 1 |
| Co-chair | 2 |

> A quote.

```
code
```

Term
:   What it means.

!!! note "Take care"
    Of this.

A note[^1], and the same[^1].

[^1]: What is noted.

## Second part

Its [beginning](#first-part).
"""


@pytest.fixture(scope="module")
def reader() -> PdfReader:
    return made(BODY, "approved")


@pytest.fixture(scope="module", params=["founding", "approved", "proposed"])
def any_reader(request) -> PdfReader:
    if request.param == "founding":
        return PdfReader(io.BytesIO(charter_pdf(FOUNDING, about(FOUNDING))))
    return made(BODY, request.param)


class TestDocument:
    def test_says_that_it_is_pdf_ua(self, any_reader):
        xmp = any_reader.trailer["/Root"]["/Metadata"].get_data().decode()
        assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", xmp)
        assert any_reader.trailer["/Root"]["/MarkInfo"]["/Marked"] == BooleanObject(True)

    def test_has_a_language_and_a_title_that_is_shown(self, any_reader):
        root = any_reader.trailer["/Root"]
        assert root["/Lang"] == "en-US"
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert any_reader.metadata.title.startswith("Charter (version 2.1")
        assert "<dc:title>" in root["/Metadata"].get_data().decode()

    def test_embeds_every_font_with_its_characters(self, any_reader):
        fonts = {}
        for page in any_reader.pages:
            fonts |= {one.indirect_reference.idnum: one.get_object()
                      for one in page["/Resources"]["/Font"].values()}  # fmt: skip
        assert len(fonts) >= 3
        for font in fonts.values():
            assert "/ToUnicode" in font
            (descendant,) = font["/DescendantFonts"]
            descriptor = descendant.get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)

    def test_all_that_is_painted_is_tagged_or_an_artifact(self, any_reader):
        seen = set()
        for page in any_reader.pages:
            for operator, within in marked(any_reader, page):
                assert within, (page.page_number, operator)
                seen.update(within)
        assert seen == {"/Artifact", "/Span"}

    def test_pages_are_read_in_the_order_of_their_tags(self, any_reader):
        for page in any_reader.pages:
            assert page["/Tabs"] == "/S"
            assert "/StructParents" in page


class TestTags:
    def test_the_whole_is_a_document(self, any_reader):
        assert [one.name for one in tags(any_reader).inside] == ["Document"]

    def test_headings_begin_with_the_first_level_and_leave_none_out(self, any_reader):
        levels = [int(one.name[1]) for one in tags(any_reader).all(*(f"H{n}" for n in range(1, 7)))]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_headings_and_provisions(self, reader):
        found = [(one.name, one.node.get("/T")) for one in tags(reader).all("H1", "H2", "H3")]
        assert found == [
            ("H1", "First part"),
            ("H2", "DEC-2"),
            ("H2", "A heading that leaves out a level"),
            ("H3", "CHR-3"),
            ("H1", "Second part"),
        ]

    def test_lists_nest_and_every_item_has_its_mark_and_its_body(self, reader):
        lists = list(tags(reader).all("L"))
        for one in lists:
            assert {inside.name for inside in one.inside} <= {"LI", "L"}
            for item in one.all("LI"):
                assert [part.name for part in item.inside][:2] == ["Lbl", "LBody"]
        assert {one.attributes["/ListNumbering"] for one in lists} == {
            "/Circle", "/Decimal", "/None",
        }  # fmt: skip
        deepest = max(len(list(one.all("L"))) for one in lists)
        assert deepest == 2

    def test_tables_have_heads_with_a_scope(self, reader):
        (table,) = tags(reader).all("Table")
        heads = list(table.all("TH"))
        assert [one.attributes["/Scope"] for one in heads] == ["/Column", "/Column"]
        rows = list(table.all("TR"))
        assert [len(list(row.all("TH", "TD"))) for row in rows] == [2, 2, 2]
        assert len(list(table.all("TD"))) == 4

    def test_quotes_code_and_notes(self, reader):
        tree = tags(reader)
        assert len(list(tree.all("BlockQuote"))) == 1
        assert len(list(tree.all("Code"))) == 2
        notes = list(tree.all("Note"))
        assert len(notes) == 2  # one of the author's, one for the address of a link
        ids = [one.node["/ID"] for one in notes]
        assert len(set(ids)) == 2


class TestWays:
    def test_outline_is_that_of_the_headings(self, reader):
        def names(entries) -> list:
            return [names(one) if isinstance(one, list) else one.title for one in entries]

        assert names(reader.outline) == [
            "First part",
            ["DEC-2", "A heading that leaves out a level", ["CHR-3"]],
            "Second part",
        ]

    def test_every_provision_of_the_founding_charter_can_be_named_in_an_address(self):
        reader = PdfReader(io.BytesIO(charter_pdf(FOUNDING, about(FOUNDING))))
        asked = set(re.findall(rb"\{#([a-z]{3}-\d+)\}", FOUNDING))
        assert len(asked) > 60
        assert {one.decode() for one in asked} <= set(reader.named_destinations)

    def test_links_lead_to_provisions_and_say_so(self, reader):
        there = reader.named_destinations
        found = []
        for page in reader.pages:
            for one in page.get("/Annots", []):
                link = one.get_object()
                assert link["/Subtype"] == "/Link"
                assert link["/Contents"]
                assert "/StructParent" in link
                found.append(link)
        addresses = {one["/A"]["/URI"] for one in found if "/URI" in one.get("/A", {})}
        assert addresses == {"https://example.org/x"}
        inside = [one.get("/Dest") or one.get("/A", {}).get("/D") for one in found]
        named = {str(one) for one in inside if isinstance(one, str)}
        assert {"dec-2", "chr-3", "first-part"} <= named
        assert named <= set(there)


@pytest.mark.skipif(not shutil.which("verapdf"), reason="no veraPDF here")
@pytest.mark.parametrize("state", ["approved", "unverified", "proposed"])
def test_verapdf_finds_nothing(state, tmp_path):
    for name, raw in {"founding": FOUNDING, "odd": file_of(BODY)}.items():
        (tmp_path / f"{name}.pdf").write_bytes(charter_pdf(raw, about(raw, state)))
    done = subprocess.run(
        ["verapdf", "--flavour", "ua1", "--format", "text", *sorted(tmp_path.glob("*.pdf"))],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.count("PASS") == 2, done.stdout + done.stderr
