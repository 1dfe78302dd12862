"""The index of the search: what is found by what, and that it is the same however it is made."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.partnership import Partnership, votes
from tests.publish.conftest import AS_OF, small

from npcs.publish.page import Facets, Page
from npcs.publish.search.index import FOLDER, WANTED, Entry, index_files, place_of, slug
from npcs.publish.search.places import places
from npcs.publish.search.texts import (
    NUMBER,
    SAID,
    SHORT_TITLE,
    STRONG,
    TITLE,
    shown,
    text_of,
    weighed,
    words_of,
)
from npcs.publish.sections.find import MOST_ON_A_PAGE
from npcs.publish.site import Settings, Site

PagesOf = Callable[..., dict[str, Page]]


def entries() -> list[Entry]:
    """Three pages of three days."""
    return [
        Entry("decisions/D-2027-002", "Meet at night", Facets("Decision", "Rejected",
              date(2027, 2, 4), ("Alder", "Birch")), "We talked about night.", "D-2027-002"),
        Entry("decisions/D-2026-001", "Meet in the morning", Facets("Decision", "Adopted",
              date(2026, 3, 4)), "Nobody talked.", "D-2026-001"),
        Entry("practices/library/crib", "A crib for every hotel", Facets("Practice",
              topics=("Safe sleep",), said="A crib is there."), "Look under the bed."),
    ]  # fmt: skip


def read(files: dict[str, bytes]) -> Iterator[tuple[str, dict[int, int]]]:
    """Each word of an index with its pages and what it counts on them."""
    for name in files:
        if "/words/" in name:
            for word, some in json.loads(files[name]).items():
                page, found = 0, {}
                for one in some:
                    page += one >> 4
                    found[page] = one & 15
                yield word, found


def test_pages_are_counted_from_the_oldest_and_found_by_where_a_word_stands() -> None:
    files = index_files(entries())
    words = dict(read(files))
    titles = [one[1] for one in json.loads(files[f"{FOLDER}/pages/0.json"])]
    assert titles == ["A crib for every hotel", "D-2026-001 Meet in the morning",
                      "D-2027-002 Meet at night"]  # fmt: skip
    assert words["talked"] == {1: 1, 2: 1}
    assert words["night"] == {2: round((TITLE + SHORT_TITLE[2] + 1) * WANTED["Decision"])}
    assert words["crib"] == {0: TITLE + SHORT_TITLE[3] + SAID}
    assert words["d-2027-002"] == {2: NUMBER}
    assert words["2027"] == {2: NUMBER}
    assert words["sleep"] == {0: STRONG}
    assert "the" not in words


def test_a_value_of_many_words_has_an_address_that_a_file_can_have() -> None:
    assert slug("Safe sleep, at night") == "safe-sleep-at-night"
    long = slug("one word and another " * 20)
    assert 100 < len(long) <= 120
    assert not long.endswith("-")


def test_facets_name_the_pages_of_each_value() -> None:
    groups = json.loads(index_files(entries())[f"{FOLDER}/facets.json"])
    assert groups[0] == ["kind", "Kind", [["decision", "Decision", [1, 1]],
                                          ["practice", "Practice", [0]]]]  # fmt: skip
    assert groups[2] == ["year", "Year", [["2027", "2027", [2]], ["2026", "2026", [1]]]]
    assert groups[4] == ["member", "Member", [["alder", "Alder", [2]], ["birch", "Birch", [2]]]]


def test_an_index_does_not_depend_on_the_order_in_which_pages_come() -> None:
    assert index_files(entries()) == index_files(reversed(entries()))


def test_its_version_changes_whenever_a_page_does() -> None:
    first, *others = entries()
    versions = {
        json.loads(index_files([one, *others])[f"{FOLDER}/index.json"])["version"]
        for one in (first, replace(first, title="Meet at dawn"), replace(first, weight=0.2))
    }
    assert len(versions) == 3


def test_many_words_are_cut_into_files_that_follow_one_another() -> None:
    some = [
        Entry(f"p/{at}", f"Page word{at:05}", Facets("Page"), f"other{at % 50:05} some")
        for at in range(3000)
    ]
    files = index_files(some)
    said = json.loads(files[f"{FOLDER}/index.json"])
    parts = [json.loads(files[f"{FOLDER}/words/{at}.json"]) for at in range(len(said["words"]))]
    assert [next(iter(one)) for one in parts] == said["words"]
    flat = [word for one in parts for word in one]
    assert flat == sorted(flat)
    assert len(parts) > 2
    assert max(map(len, (files[f"{FOLDER}/words/{at}.json"] for at in range(len(parts))))) < 30_000


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("D-2027-001", ["d-2027-001", "2027", "001"]),
        ("the near-fatality of", ["near", "fatality"]),
        ("CHR-3, 12 cribs", ["chr-3", "chr", "cribs"]),
        ("Peña’s café", ["pena", "cafe"]),
        ("in 2027", ["2027"]),
        ("", []),
    ],
)
def test_words_are_taken_from_a_text(text: str, words: list[str]) -> None:
    assert list(words_of(text)) == words


def test_a_word_counts_more_the_better_its_place_and_never_more_than_a_number() -> None:
    fields = ((NUMBER, "D-2027-001"), (TITLE, "Cribs"), (STRONG, "cribs"))
    weights = weighed(fields, "cribs d-2027-001 beds beds beds beds")
    assert weights["cribs"] == min(NUMBER, TITLE + STRONG + 1)
    assert weights["d-2027-001"] == NUMBER
    assert weights["beds"] == 2


def test_a_page_is_searched_without_its_frame_and_addresses() -> None:
    text = text_of(
        '---\ntitle: "x"\n---\n\n**Made up.**{ .npcs-demo }\n{: .npcs-banner }\n\n'
        "[Above](../index.md)\n{: .npcs-path }\n\n# A title\n\nSee [this](../secret-place.md).\n\n"
        "In the repository: `a/file.md`\n{: .npcs-foot }\n"
    )
    assert {"title", "see"} <= set(words_of(text))
    assert not {"made", "above", "secret", "repository", "npcs"} & set(words_of(text))


def test_what_is_said_of_a_page_is_plain_and_short() -> None:
    assert shown("Look **twice** at [it](x.md), `now` &#43; then.\n\nMore.") == (
        "Look twice at it, now + then."
    )
    assert shown(r"- a\_b snake_case *it* \*not\* 2*3") == "a_b snake_case it *not* 2*3"
    long = "One sentence of some words stands here. " * 9
    assert shown(long) == ("One sentence of some words stands here. " * 5).strip()
    assert len(shown("word " * 90)) <= 200
    assert shown("word " * 90).endswith("word…")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("index", ""),
        ("practices/index", "practices/"),
        ("charter/index#chr-1", "charter/#chr-1"),
        ("decisions/D-2027-001", "decisions/D-2027-001/"),
        ("notices/x#answers", "notices/x/#answers"),
    ],
)
def test_places_are_those_of_the_site(address: str, place: str) -> None:
    assert place_of(address) == place


def test_each_record_has_facets_and_each_provision_a_place(pages_of: PagesOf) -> None:
    pages = pages_of(small())
    for page in pages.values():
        assert page.facets or not page.source, page.address
    decision = pages["decisions/D-2027-002"].facets
    assert decision
    assert (decision.kind, decision.state, decision.on) == (
        "Decision", "Rejected", date(2027, 2, 4),
    )  # fmt: skip
    person = pages["people/p01"].facets
    assert person
    assert "member of the Executive Committee" in person.held
    found = {one.number: one for one in places(Site(small().hub(), AS_OF, Settings("Test")))}
    assert found["CHR-1"].address == "charter/index#chr-1"
    assert found["CHR-1"].facets.said == "The committee is led by two co-chairs."


def test_a_member_no_page_may_name_is_no_way_to_a_notice(pages_of: PagesOf) -> None:
    answer = """\
member: state-of-p02
notice: NPCS-SN-2027-001
version: "1.0"
status: complete
on: 2027-04-21
"""
    partnership = small().put("notices/2027/NPCS-SN-2027-001/state-of-p02.yml", answer)
    facets = pages_of(partnership)["notices/NPCS-SN-2027-001"].facets
    assert facets
    assert facets.members == ("State Of P01",)


def test_lists_lead_to_every_record_without_a_script(pages_of: PagesOf) -> None:
    partnership = Partnership().committee(3)
    for number in range(1, 252):
        partnership.decision(f"D-2027-{number:03}", "2027-03-01", votes=votes(3))
    pages = pages_of(partnership, date(2029, 1, 1))
    years = [page for address, page in pages.items() if address.startswith("find/years/2027")]
    rows = [str(one) for page in years for one in page.blocks[0].items]  # type: ignore[attr-defined]
    assert len(rows) == len(set(rows)) == 251 + 3  # with the terms of the committee
    assert [len(page.blocks[0].items) for page in years] == [  # type: ignore[attr-defined]
        MOST_ON_A_PAGE, MOST_ON_A_PAGE, 54,
    ]  # fmt: skip
    assert "find/years/2027/2" in str(years[0].blocks[-1])
    kinds = str(pages["find/kinds/index"].blocks[0])
    assert "decisions/index" in kinds
    assert "251 pages" in kinds
    assert "find/years/2027" in str(pages["find/years/index"].blocks[0])


def test_two_builds_have_the_same_index(built: Path, root: Path, tmp_path: Path) -> None:
    from npcs.publish import build

    again = build(root, tmp_path / "again", AS_OF).out
    for one in sorted((built / FOLDER).rglob("*.json")):
        assert (again / one.relative_to(built)).read_bytes() == one.read_bytes()
