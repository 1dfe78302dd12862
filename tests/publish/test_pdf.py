"""What the pages of a printed charter say, and what no text can make them do."""

import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import yaml
from tests.publish.pdfs import about, digest, file_of, made, texts

from npcs.charter.revisions import Revision
from npcs.publish.pdf import MARKS, CannotSet, charter_pdf
from npcs.publish.pdf import about as about_revision
from npcs.publish.pdf.blocks import DEEPEST, WIDEST, blocks
from npcs.publish.pdf.elements import EXTENSIONS

ROOT = Path(__file__).parent.parent.parent
FOUNDING = (ROOT / "charter/charter.md").read_bytes()
LONG = "\n\n".join(f"## Part {number}\n\n" + "Words of it. " * 150 for number in range(9))


def reason(body: str) -> str:
    """Why a text cannot be set."""
    with pytest.raises(CannotSet) as caught:
        made(body)
    return str(caught.value)


def revision(raw: bytes, state: str) -> Revision:
    return Revision(
        "charter-v2.1", "a" * 40, "b" * 40, date(2027, 3, 5), state, "Signed by Ana Ruiz", "ana",
        "SHA256:x", "", "2.1", "D-2027-012", "annual", digest(raw), date(2027, 3, 4),
        date(2027, 4, 1), "c" * 40,
    )  # fmt: skip


class TestEachPage:
    def test_names_version_decision_days_digest_and_number(self):
        pages = texts(made(LONG, "approved"))
        assert len(pages) > 3
        for number, page in enumerate(pages, start=1):
            assert "Version 2.1, adopted 4 March 2027 by D-2027-012" in page
            assert "in effect from 1 April 2027" in page
            assert digest(file_of(LONG)) in page
            assert f"Page {number} of {len(pages)}" in page

    @pytest.mark.parametrize("state", ["proposed", "unverified"])
    def test_bears_the_mark_of_a_text_that_is_not_approved(self, state):
        reader = made(LONG, state)
        for page in texts(reader):
            assert MARKS[state].upper() in page
        assert MARKS[state] in texts(reader)[0]
        assert MARKS[state].lower() in reader.metadata.title

    def test_bears_no_mark_of_an_approved_text(self):
        reader = made(LONG, "approved")
        for page in texts(reader):
            for mark in filter(None, MARKS.values()):
                assert mark.lower() not in page.lower()
        assert "Approved. This is so." in " ".join(texts(reader)[0].split())

    def test_never_says_adopted_of_a_proposed_text(self):
        for page in texts(made(LONG)):
            assert "Version 2.1, not adopted" in page
            assert "in effect" not in page

    @pytest.mark.parametrize(("paper", "size"), [("us-letter", (612, 792)), ("a4", (595, 842))])
    def test_is_of_the_paper_asked_for(self, paper, size):
        import io

        from pypdf import PdfReader

        raw = file_of("Words.")
        (page,) = PdfReader(io.BytesIO(charter_pdf(raw, about(raw), paper))).pages
        assert (round(page.mediabox.width), round(page.mediabox.height)) == size


class TestPlaces:
    def test_a_link_to_an_empty_place_is_plain_text(self):
        reader = made("As [a] says.\n\n[a]: #\n")
        assert "As a says." in " ".join(texts(reader)[0].split())


class TestTruth:
    def test_a_text_of_another_digest_is_refused(self):
        raw = file_of("As adopted.")
        with pytest.raises(CannotSet, match="digest"):
            charter_pdf(raw + b" ", about(raw, "approved"))

    def test_line_ends_of_windows_are_the_same_text(self):
        raw = file_of("As adopted.")
        assert charter_pdf(raw.replace(b"\n", b"\r\n"), about(raw, "approved"))

    def test_adopted_without_a_decision_is_refused(self):
        raw = file_of("As adopted.")
        with pytest.raises(CannotSet, match="which decision"):
            charter_pdf(raw, about(raw, "approved", decision=""))

    @pytest.mark.parametrize(
        ("state", "said"),
        [
            ("verified", "approved"),
            ("no root key", "unverified"),
            ("not signed", "unverified"),
            ("not verified", "unverified"),
        ],
    )
    def test_only_what_was_verified_is_approved(self, state, said):
        found = about_revision(revision(b"", state), "Charter", "It was adopted.")
        assert found.state == said
        assert found.sentence == "It was adopted. Signed by Ana Ruiz."
        assert (found.decision, found.effective) == ("D-2027-012", date(2027, 4, 1))

    def test_not_a_word_of_the_founding_charter_is_lost(self):
        import io

        from pypdf import PdfReader

        body = FOUNDING.decode().split("---\n", 2)[2]
        body = re.sub(r"\{#[\w-]+\}|\]\([^)]*\)", " ", body)
        pages = texts(PdfReader(io.BytesIO(charter_pdf(FOUNDING, about(FOUNDING)))))
        words = re.compile(r"[^\W\d]+")  # the number of a footnote sticks to its word
        lost = Counter(words.findall(body)) - Counter(words.findall(" ".join(pages)))
        assert not lost

    @pytest.mark.parametrize("state", ["approved", "proposed"])
    def test_bytes_are_the_same_in_any_place_on_any_day(self, state, tmp_path):
        code = (
            "import sys; from tests.publish.pdfs import about, digest, file_of; "
            "from npcs.publish.pdf import charter_pdf; "
            "raw = file_of('# A\\n\\n**DEC-2** See [it](https://example.org). {#dec-2}'); "
            "print(digest(charter_pdf(raw, about(raw, sys.argv[1]))))"
        )
        found = set()
        for zone, seed, moment in (("UTC", "1", "1"), ("Asia/Tokyo", "2", "1000000000")):
            place = tmp_path / seed
            place.mkdir()
            environment = {
                "PYTHONPATH": os.pathsep.join([str(ROOT / "scripts"), str(ROOT)]),
                "TZ": zone, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": moment,
            }  # fmt: skip
            done = subprocess.run(
                [sys.executable, "-c", code, state],
                cwd=place, env=os.environ | environment,
                text=True, check=False, capture_output=True,
            )  # fmt: skip
            assert done.stdout.startswith("sha256:"), done.stderr
            found.add(done.stdout)
        assert len(found) == 1


class TestReading:
    def test_is_that_of_the_site(self):
        class Loader(yaml.SafeLoader):
            pass

        settings = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), Loader)
        names = [one if isinstance(one, str) else next(iter(one))
                 for one in settings["markdown_extensions"]]  # fmt: skip
        assert list(EXTENSIONS) == names

    def test_headings_take_their_level_from_those_around_them(self):
        found = blocks("### A\n\n##### B\n\n#### C\n\n## D\n\n### E")
        assert [(one["body"], one["level"]) for one in found] == [
            (["A"], 1), (["B"], 2), (["C"], 2), (["D"], 1), (["E"], 2),
        ]  # fmt: skip

    def test_a_heading_in_a_quote_is_none_of_the_text(self):
        (quote,) = blocks("> ## Said")
        assert quote["body"][0]["kind"] == "paragraph"

    def test_a_heading_of_nothing_is_left_out_of_the_outline(self):
        assert made("# \n\n# \u200d\n\nWords.").outline == []

    def test_a_name_given_twice_leads_to_the_first(self):
        reader = made("**DEC-2** One. {#dec-2}\n\n**DEC-2** Two. {#dec-2}\n\nSee [it](#dec-2).")
        assert list(reader.named_destinations) == ["dec-2"]

    def test_a_link_that_leads_nowhere_is_text(self):
        (paragraph,) = blocks("See [that](#nowhere).")
        assert paragraph["body"][1]["kind"] == "plain"

    def test_a_file_has_no_page_to_lead_to(self):
        assert (
            "the plan (../workplan/README.md)"
            in texts(made("[the plan](../workplan/README.md)"))[0]
        )

    def test_an_address_is_told_once_and_in_full(self):
        page = texts(made("[Here](https://example.org/a), [there](https://example.org/a), "
                          "<https://example.org/b>, [us](mailto:us@example.org)"))[0]  # fmt: skip
        assert page.count("https://example.org/a") == 1
        assert page.count("https://example.org/b") == 1
        assert "mailto:" not in page
        assert "us@example.org" in page

    def test_a_hard_break_and_an_escape(self):
        assert "one\ntwo *three*" in texts(made("one  \ntwo \\*three\\*"))[0]

    def test_letters_of_many_languages(self):
        words = ("Diné", "dx\u02b7d\u0259w\u0294ab\u0161", "\u13e3\u13b3\u13a9", "Gwich\u02bcin")
        page = texts(made(", ".join((*words, "\u05e9\u05dc\u05d5\u05dd", "→ ✓"))))[0]
        assert [one for one in words if one not in page] == []


class TestHostile:
    @pytest.mark.parametrize(
        "text",
        [
            '#read("/etc/passwd")',
            '#import "@preview/cetz:0.3.0"',
            '"); #panic("out") //',
            "\\u{41} \\\\ #set text(red) $x^2$ @label",
            "<script>alert(1)</script>",
        ],
    )
    def test_what_looks_like_code_is_text(self, text):
        body = f"`{text}` and\n\n## {text}\n\n| {text} | b |\n|---|---|\n| c | d |"
        page = " ".join(texts(made(body, title=text, sentence=text))[0].split())
        assert page.count(text) >= 3

    def test_odd_addresses_lead_nowhere(self):
        body = "[x](javascript:alert(1)) [y](file:///etc/passwd) ![z](/etc/x) [w](//evil.example)"
        assert all("/Annots" not in page for page in made(body).pages)

    def test_a_character_without_a_shape_is_named_with_its_line(self):
        said = reason("Fine.\n\nA smile \U0001f600 and 漢.")
        assert "“\U0001f600” (GRINNING FACE) in line 8" in said
        assert "“漢” (CJK UNIFIED IDEOGRAPH-6F22) in line 8" in said

    def test_no_more_than_a_few_characters_are_named(self):
        assert ", and 15 more" in reason("".join(chr(0x4E00 + number) for number in range(20)))

    def test_lists_too_deep(self):
        deep = "\n".join("    " * number + "- a" for number in range(DEEPEST + 1))
        assert f"more than {DEEPEST} deep" in reason(deep)
        assert made("\n".join("    " * number + "- a" for number in range(DEEPEST)))

    def test_a_table_too_wide(self):
        row = "| a " * (WIDEST + 1) + "|"
        said = reason(f"{row}\n{'|---' * (WIDEST + 1)}|\n{row}")
        assert f"{WIDEST + 1} columns" in said
        assert "“a a a" in said

    @pytest.mark.parametrize(
        ("body", "what"),
        [
            ("# a\n\n" * 2_001, "2,000 headings"),
            ("- a\n" * 20_001, "20,000 paragraphs"),
            ("[a](https://example.org/{})\n\n" * 2_001, "2,000 footnotes"),
            ("\\*" * 2_001, "more than 2,000 times"),
        ],
    )
    def test_too_much_of_a_kind(self, body, what):
        parts = body.split("{}")
        body = "".join(f"{part}{number}" for number, part in enumerate(parts[:-1])) + parts[-1]
        assert what in reason(body)

    def test_a_text_larger_than_a_record(self):
        assert "a record may have" in reason("x" * 1_000_001)

    def test_a_text_as_large_as_a_record_may_be(self):
        body = (
            "A paragraph of some words, as in any charter, and of some more. " * 12 + "\n\n"
        ) * 1200
        reader = made(body[:990_000])
        assert len(reader.pages) > 200

    def test_words_no_line_can_hold_are_broken(self):
        word = "z" * 500
        cells = f"| {word} | b |\n|---|---|\n| <https://example.org/{word}> | d |"
        reader = made(f"{word}\n\n`{word}`\n\n```\n{word}\n```\n\n{cells}\n\n# {word}", title=word)
        for page in reader.pages:
            for line in page.extract_text().split("\n"):
                assert len(line) < 120
        assert "".join(texts(reader)).count("z") == 7 * 500

    def test_a_text_that_cannot_be_read(self):
        raw = b"---\ntitle: x\n"
        with pytest.raises(CannotSet, match="in line 1"):
            charter_pdf(raw, about(raw))
