"""What pages say, looked at as objects."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from markdown import Markdown
from tests.partnership import Partnership, votes
from tests.publish.conftest import AS_OF, small

from npcs.publish.errors import BuildFailed
from npcs.publish.finish import finished
from npcs.publish.listing import NEWEST
from npcs.publish.page import Callout, Facts, Heading, Page, Table, Text
from npcs.publish.render import drawn, markdown
from npcs.publish.site import Settings, Site
from npcs.publish.stage import stage
from npcs.records.hub import Hub

PagesOf = Callable[..., dict[str, Page]]

CHARTER = "charter/charter.md"
MEASURE = """\
title: Entries
provision: OUT-1
definition: Children who enter care.
numerator: Entries
denominator: Children
unit: per 1,000
better: lower
period: quarter
source: {title: The members}
"""


@pytest.fixture(scope="module")
def pages(pages_of: PagesOf) -> dict[str, Page]:
    return pages_of(small())


def facts(page: Page) -> dict[str, tuple[str, ...]]:
    return {row.name: row.values for one in page.find(Facts) for row in one.rows}  # type: ignore[attr-defined]


def tables(page: Page) -> list[Table]:
    return [one for one in page.blocks if isinstance(one, Table)]


def test_a_decision_shows_its_arithmetic(pages: dict[str, Page]) -> None:
    (callout,) = pages["decisions/D-2027-001"].find(Callout)
    assert isinstance(callout, Callout)
    assert callout.title == "Adopted by vote"
    assert "6 of the 9" in callout.text
    assert "two-thirds" in callout.text


def test_a_decision_shows_who_voted_how(pages: dict[str, Page]) -> None:
    votes_shown = tables(pages["decisions/D-2027-001"])[-1]
    assert votes_shown.columns == ("Name", "For", "Vote")
    assert len(votes_shown.rows) == 9
    said = [row[2] for row in votes_shown.rows]
    assert said.count("Yes") == 6


def test_a_decision_names_what_its_arithmetic_rests_on(pages_of: PagesOf) -> None:
    question = {"question": "Two-thirds of what?", "provision": "DEC-2"}
    partnership = (
        small()
        .parameter("vote-share", ("2026-01-01", "2/3"), **question)
        .decision("D-2027-004", "2027-03-04", method="consensus", votes={})
    )
    shown = facts(pages_of(partnership)["decisions/D-2027-001"])
    assert shown["Counted by"] == ("DEC-1, [DEC-2](hub:charter/index#dec-2)",)
    assert "[two-thirds](hub:rules/two-thirds), [quorum](hub:rules/quorum)" in shown["Rules"][0]
    read = shown["As it was read"]
    assert read[0].startswith("[Two-thirds of what?](hub:charter/parameters#vote-share) 2/3 ")
    assert ["provisional" in one for one in read] == [False] + [True] * (len(read) - 1)
    agreed = facts(pages_of(partnership)["decisions/D-2027-004"])
    assert agreed["Rules"] == ("[consensus](hub:rules/consensus), [quorum](hub:rules/quorum)",)
    assert len(agreed["As it was read"]) == 2


def test_a_decision_names_the_readings_that_refer_to_it(pages_of: PagesOf) -> None:
    partnership = small().put("charter/parameters.yml", """\
parameters:
  quorum:
    provision: DEC-1
    question: How many must take part?
    reading: Half.
    history: [{from: 2027-03-04, value: at least 1/2, decision: D-2027-001}]
  minutes-due:
    provision: CRD-1
    reading: Soon.
    history:
      - {from: 2027-01-01, value: 14 days, provisional: true}
      - {from: 2027-03-04, value: 10 days, decision: D-2027-001}
""")  # fmt: skip
    pages = pages_of(partnership)
    assert facts(pages["decisions/D-2027-001"])["Readings"] == (
        "[How many must take part?](hub:charter/parameters#quorum)",
        "[minutes-due](hub:charter/parameters#minutes-due)",
    )
    anchors = [one.anchor for one in pages["charter/parameters"].find(Heading)]  # type: ignore[attr-defined]
    assert anchors == ["quorum", "minutes-due"]


def test_a_record_names_what_refers_to_it(pages: dict[str, Page]) -> None:
    decision = "[D-2027-001 Meet in the morning](hub:decisions/D-2027-001)"
    assert decision in facts(pages["people/p09"])["Decisions"]
    meeting = pages["meetings/2027-03-04-executive-committee"]
    assert "Decisions" not in facts(meeting)
    assert [row[0] for row in tables(meeting)[-1].rows] == [decision]


def test_ids_and_files_in_prose_become_links(pages: dict[str, Page]) -> None:
    text = markdown(pages["meetings/2027-03-04-executive-committee"])
    assert "[the vote](../decisions/D-2027-001.md)" in text
    assert "[CHR-1](../charter/index.md#chr-1)" in text


def test_what_is_shown_is_what_was_read_whatever_changes_meanwhile(tmp_path: Path) -> None:
    root = (
        small()
        .decision(
            "D-2027-003", "2027-03-04", title="The charter", subject="charter", votes=votes(9),
            charter={"version": "0.1", "change": "annual",
                     "digest": "sha256:" + sha256(small().texts[CHARTER].encode()).hexdigest()},
        )
        .put("workplan/measures/entries.yml", MEASURE)
        .put("workplan/measures/entries.csv", "period,value\n2027-Q1,34\n")
        .write(tmp_path)
    )  # fmt: skip
    hub = Hub.read(root)
    (root / CHARTER).write_text("---\ntitle: Charter\nversion: '9'\n---\nOther words.\n")
    (root / "workplan/measures/entries.csv").write_text("period,value\n2027-Q1,56\n")
    docs = tmp_path / "docs"
    stage(Site(hub, AS_OF, Settings("Test"), root=root), docs)
    text = (docs / "charter/index.md").read_text()
    assert "An adopted text, its approval not verified" in text
    assert "two-thirds must agree" in text
    assert "34" in (docs / "workplan/measures/entries.md").read_text()
    assert (docs / "workplan/measures/entries.csv").read_text() == "period,value\n2027-Q1,34\n"


def test_a_charter_without_a_decision_is_never_shown_as_approved(pages: dict[str, Page]) -> None:
    chips = " ".join(pages["charter/index"].chips)
    assert "proposed, not approved" in chips
    assert "**approved**" not in chips


def test_provisions_have_an_address_of_their_own(pages: dict[str, Page]) -> None:
    text = markdown(pages["charter/index"])
    assert "[CHR-1](#chr-1){ .npcs-provision } The committee" in text
    assert "{: #chr-1 }" in text


def test_a_reading_nobody_adopted_is_provisional(pages_of: PagesOf) -> None:
    partnership = small().parameter("quorum", ("2026-01-01", "none"))
    about, *blocks = pages_of(partnership)["charter/parameters"].find(Text)
    assert "Of 2 answers, 1 is provisional" in about.text  # type: ignore[attr-defined]
    share, quorum = (one.text for one in blocks if "npcs-chip" in one.text)  # type: ignore[attr-defined]
    assert share.startswith("**set by the charter**")
    assert quorum.startswith("**provisional**")


def test_answers_stand_on_the_page_of_their_notice(pages: dict[str, Page]) -> None:
    text = markdown(pages["notices/NPCS-SN-2027-001"])
    assert "{ #answer-state-of-p01 }" in text
    assert "**complete**" in text
    assert "1 April 2027" in text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_committee_is_shown_as_of_the_day(pages_of: PagesOf) -> None:
    partnership = Partnership().seat("ana", "2026-01-01").seat("ben", "2027-01-01")
    early = markdown(pages_of(partnership, date(2026, 6, 1))["committee/index"])
    late = markdown(pages_of(partnership, date(2027, 6, 1))["committee/index"])
    ana, ben = "(../people/ana.md)", "(../people/ben.md)"
    assert ana in early
    assert ben not in early
    assert ben in late
    assert ana not in late


def test_every_change_of_the_committee_has_a_line(pages_of: PagesOf) -> None:
    partnership = Partnership().seat("ana", "2026-01-01").seat("ben", "2026-07-01")
    partnership.term("ben", "2026-07-01", "co-chair")
    page = pages_of(partnership, date(2027, 6, 1))["committee/days"]
    rows = [
        tuple(cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row)
        for row in tables(page)[0].rows
    ]
    ana, ben = "[Ana](hub:people/ana)", "[Ben](hub:people/ben)"
    from_ = "](hub:committee/days/{0}){{ #on-{0} }}".format
    assert rows == [
        ("[1 January 2027 to 30 June 2027" + from_("2027-01-01"), f"{ben} (co-chair)"),
        ("[1 July 2026 to 31 December 2026" + from_("2026-07-01"), f"{ben} (co-chair), {ana}"),
        ("[1 January 2026 to 30 June 2026" + from_("2026-01-01"), f"{ana}; no co-chair"),
    ]


def test_a_term_names_its_decision_once(pages_of: PagesOf) -> None:
    partnership = small().seat("zoe", "2027-03-04", decision="D-2027-001")
    partnership.decision("D-2027-001", "2027-03-04", about=["2027-03-04-zoe-member"])
    shown = facts(pages_of(partnership)["committee/terms/2027-03-04-zoe-member"])
    assert "D-2027-001" in shown["Appointed by"][0]
    assert "Decisions" not in shown


def test_ratings_that_all_parts_of_an_instrument_share_stand_once(pages_of: PagesOf) -> None:
    def survey(*anchors: str) -> list[str]:
        domains = "".join(
            f"- {{name: Part {number}, items: [Item], anchors: [{anchor}, Often]}}\n"
            for number, anchor in enumerate(anchors)
        )
        text = f"title: Survey\nversion: '1.0'\nlicence: CC BY 4.0\ndomains:\n{domains}"
        made = Partnership().member("york").put("definitions/instruments/survey.yml", text)
        return markdown(pages_of(made)["definitions/instruments/survey"]).splitlines()

    assert survey("Never", "Never").count("- Often") == 1
    assert survey("Never", "Seldom").count("- Often") == 2


def test_a_waiver_says_what_it_waives(pages_of: PagesOf) -> None:
    partnership = small().decision(
        "D-2027-003", "2027-03-04", subject="waiver", meeting="2027-03-04-executive-committee",
        votes=votes(9), about=["late"],
    ).put("charter/waivers/late.yml", """\
rule: minutes
records: [2027-03-04-executive-committee]
decision: D-2027-003
until: 2027-06-30
reason: The coordinator was ill.
""")  # fmt: skip
    page = pages_of(partnership)["waivers/late"]
    assert page.title == "Waiver of the rule minutes until 30 June 2027"
    decision = pages_of(partnership)["decisions/D-2027-003"]
    assert "hub:waivers/late" in facts(decision)["About"][1]
    for one in (page, decision):
        assert "Referred to by" not in markdown(one)
    assert page.chips[0] == "**in force**{ .npcs-chip .npcs-good }"
    assert facts(page)["Rule"] == (
        "[minutes](hub:rules/minutes)",
        "The coordinator takes the minutes and sees that they reach the members in time.",
    )
    partnership.texts["charter/waivers/late.yml"] += "ended: 2027-05-31\n"
    assert "over" in pages_of(partnership)["waivers/late"].chips[0]


def test_a_member_within_another_is_named(pages_of: PagesOf) -> None:
    partnership = Partnership().member("york").member("york-city", kind_="city", within="york")
    texts = [one.text for one in pages_of(partnership)["members/index"].find(Text)]  # type: ignore[attr-defined]
    assert "2 members" in texts[0]
    assert "[York City](hub:members/york-city) in [York](hub:members/york)" in texts[0]


def test_an_empty_partnership_says_what_will_come(pages_of: PagesOf) -> None:
    pages = pages_of(Partnership().member("york"))
    for address in ("committee/index", "meetings/index", "decisions/index", "notices/index",
                    "committee/days", "people/index", "practices/index"):  # fmt: skip
        assert "{: .npcs-empty }" in markdown(pages[address]), address


def test_long_lists_are_split_by_year_and_left_out_of_the_search(pages_of: PagesOf) -> None:
    partnership = Partnership().committee(3)
    for number in range(1, 252):
        year = 2027 if number < 150 else 2028
        partnership.decision(f"D-{year}-{number:03}", f"{year}-03-01", votes=votes(3))
    pages = pages_of(partnership, date(2029, 1, 1))
    (newest,) = tables(pages["decisions/index"])
    assert len(newest.rows) == NEWEST
    assert newest.rows[0][0].startswith("[D-2028-251]")
    parts = pages["decisions/by/2027"], pages["decisions/by/2027/2"]
    assert [len(tables(one)[0].rows) for one in parts] == [100, 49]
    assert "[Next page](../../decisions/by/2027/2.md)" in markdown(parts[0])
    assert "149 decisions, page 2 of 2" in markdown(parts[1])
    assert "[Previous page](../../../decisions/by/2027.md)" in markdown(parts[1])
    assert pages["decisions/by/2027"].facets is None
    assert pages["decisions/index"].facets


def test_a_person_many_records_name_has_a_short_page(pages_of: PagesOf) -> None:
    partnership = Partnership().committee(1)
    for number in range(1, 30):
        partnership.decision(f"D-2027-{number:03}", "2027-03-01", votes=votes(1))
    assert "and 17 more" in markdown(pages_of(partnership)["people/p01"])


def test_empty_fields_are_left_out(pages: dict[str, Page]) -> None:
    assert "Ballot" not in facts(pages["decisions/D-2027-001"])


def test_front_matter_of_records_does_not_reach_the_theme(pages: dict[str, Page]) -> None:
    front = markdown(pages["meetings/2027-03-04-executive-committee"]).split("---")[1]
    assert front.strip().startswith("title: ")
    assert "status" not in front


def test_a_title_is_escaped_for_the_theme(pages_of: PagesOf) -> None:
    title = 'A "b" <img src=x onerror=alert(1)> & c'
    partnership = Partnership().committee(1).decision("D-2027-001", "2027-03-01", title=title)
    text = markdown(pages_of(partnership)["decisions/D-2027-001"])
    assert "&lt;img src=x" in text.split("---")[1]
    assert "<img" not in text


def test_every_rule_has_a_page(pages: dict[str, Page]) -> None:
    from npcs.rules.registry import RULES

    assert all(f"rules/{rule.name}" in pages for rule in RULES)


def test_addresses_are_unlike_even_where_case_does_not_count(pages: dict[str, Page]) -> None:
    assert len({address.lower() for address in pages}) == len(pages)


def test_the_first_line_says_number_state_and_day(pages: dict[str, Page]) -> None:
    said = " ".join(pages["decisions/D-2027-001"].chips).replace("\N{NO-BREAK SPACE}", " ")
    assert said == "D-2027-001 **adopted**{ .npcs-chip .npcs-good } on 4 March 2027"


def test_who_was_absent_stands_among_the_votes(pages_of: PagesOf) -> None:
    partnership = Partnership().committee(9)
    partnership.decision("D-2027-001", "2027-03-04", votes=votes(6, 2))
    (table,) = tables(pages_of(partnership)["decisions/D-2027-001"])
    assert [row[2] for row in table.rows][-3:] == ["No", "No", "Absent"]


def test_who_could_take_part_in_consensus_stands_on_its_page(pages_of: PagesOf) -> None:
    marks = {"p01": "present", "p02": "excused", "p03": "absent"}
    partnership = Partnership().committee(4).meeting("2027-03-04", text="So.\n", attendance=marks)
    partnership.decision(
        "D-2027-001", "2027-03-04", method="consensus", consensus={"sought_on": "2027-03-04"},
        meeting="2027-03-04-executive-committee", about=["2027-03-04-executive-committee"],
    )  # fmt: skip
    found = pages_of(partnership)
    page = found["decisions/D-2027-001"]
    (table,) = tables(page)
    assert table.columns == ("Name", "For", "Took part")
    assert [row[2] for row in table.rows] == ["Present", "Excused", "Absent", "Absent"]
    text = markdown(page)
    assert "4 people were on [the committee that day](../committee/days/2027-01-01.md)" in text
    assert "[Its minutes](../meetings/2027-03-04-executive-committee.md#minutes)" in text


def test_a_meeting_says_what_came_of_it_and_what_is_missing(pages_of: PagesOf) -> None:
    partnership = (
        Partnership()
        .committee(3)
        .meeting(
            "2027-03-04", attendance={"p01": "present", "p02": "present"},
            agenda=[{"title": "Meet early", "refs": ["D-2027-001"]},
                    {"title": "Another", "refs": ["D-2027-001"], "presenter": "p02"}],
        )
        .decision(
            "D-2027-001", "2027-03-04", title="Meet early", about=["reviews"], votes=votes(3),
            meeting="2027-03-04-executive-committee",
        )
        .activity("reviews")
        .meeting("2027-07-04", status="scheduled")
    )  # fmt: skip
    found = pages_of(partnership)
    text = markdown(found["meetings/2027-03-04-executive-committee"])
    assert "2 of the 3 on [the committee that day](../committee/days/2027-01-01.md) were" in text
    assert "[attendance in 2027](../committee/attendance/2027.md)" in text
    assert "1. Meet early ([D-2027-001](../decisions/D-2027-001.md), **adopted**" in text
    assert "2. Another ([D-2027-001 Meet early](../decisions/D-2027-001.md)), [P02]" in text
    assert "| [Reviews](../workplan/activities/reviews.md) |" in text
    assert "The minutes are not here yet." in text
    coming = markdown(found["meetings/2027-07-04-executive-committee"])
    assert "There is no agenda yet. The co-chairs draw it up" in coming
    assert "before it: [4\N{NO-BREAK SPACE}March" in coming
    assert "Minutes" not in coming


def test_lists_tell_decisions_of_one_title_apart(pages_of: PagesOf) -> None:
    made = Partnership().charter("**EXC-2** Monthly. {#exc-2}\n")
    for number, people in enumerate((["ana"], ["ben", "cem", "dan", "eva"]), start=1):
        key = f"D-2027-00{number}"
        made.decision(key, "2027-01-01", "Why.\n", title="Seats", votes={})
        for one in people:
            made.seat(one, "2027-02-01", decision=key)
    made.decision("D-2027-003", "2027-01-01", title="Charter", about=["EXC-2"], votes={})
    pages = pages_of(made)
    assert [row[1] for row in tables(pages["decisions/index"])[0].rows] == [
        "[Charter](hub:decisions/D-2027-003): EXC-2",
        "[Seats](hub:decisions/D-2027-002): Ben, Cem and 2 more",
        "[Seats](hub:decisions/D-2027-001): Ana",
    ]
    found = [pages[f"decisions/D-2027-00{number}"].facets for number in (1, 2)]
    assert [one and one.said for one in found] == ["Ana. Why.", "Ben, Cem and 2 more. Why."]


def test_co_chairs_are_marked_and_stand_first_on_the_committee(pages_of: PagesOf) -> None:
    made = Partnership().committee(3).term("p02", "2027-01-01", "co-chair")
    made.term("p02", "2027-01-01", "advisor")
    on_it, chairs, advisors = tables(pages_of(made)["committee/index"])[:3]
    assert [row[0] for row in on_it.rows] == [
        "[P02](hub:people/p02) **co-chair**{ .npcs-chip }",
        "[P01](hub:people/p01)", "[P03](hub:people/p03)",
    ]  # fmt: skip
    assert [row[0] for row in (*chairs.rows, *advisors.rows)] == ["[P02](hub:people/p02)"] * 2


def test_a_list_by_years_begins_with_ways_to_each(pages_of: PagesOf) -> None:
    made = Partnership().committee(3)
    for number in range(1, 22):
        year = 2026 if number < 12 else 2027
        made.decision(f"D-{year}-{number:03}", f"{year}-01-02", votes={})
    text = markdown(pages_of(made)["decisions/index"])
    ways = "Go to [2027](#year-2027) · [2026](#year-2026)\n{: .npcs-jumps }"
    assert text.index(ways) < text.index("## 2027")


@pytest.mark.parametrize(
    ("name", "cells", "figures"),
    [
        ("Members", ("1,200", "3", "none"), True),
        ("Share", ("12.5 %", "3 of 10"), True),
        ("Version", ("1.0", "2.0"), False),
        ("Day", ("1 March 2027", "2 March 2027"), False),
        ("Members", ("none", "none"), False),
        ("Members", ("3",), False),
    ],
)
def test_columns_of_numbers_are_known_and_stand_right(
    name: str, cells: tuple[str, ...], figures: bool
) -> None:
    table = Table(("Name", name), tuple(("Ana", one) for one in cells))
    assert table.figures == (False, figures)
    line = drawn(table).splitlines()[1]
    assert line == ("|---|---:|" if figures else "|---|---|")


def test_a_column_of_numbers_stands_right_in_html_without_a_style_and_still_stacks() -> None:
    table = Table(("Name", "Since", "Asked"), (("Ana", "May", "1"), ("Ben", "June", "20")), True)
    extensions = ["tables", "attr_list", "npcs.publish.mdsafe"]
    html = finished(f"<article>{Markdown(extensions=extensions).convert(drawn(table))}</article>")
    assert re.search(r'<th role="columnheader" [^>]*class="npcs-right npcs-stacks">Asked', html)
    assert '<td role="cell" data-column="Asked" class="npcs-right">20</td>' in html
    assert "style" not in html.partition("<article>")[2]


def test_a_column_nobody_fills_is_left_out_and_no_cell_is_empty() -> None:
    table = Table(("Name", "For", "Since"), (("Ana", "", "May"), ("Ben", "", "")))
    assert table.filled == Table(("Name", "Since"), (("Ana", "May"), ("Ben", "none")))
    known = replace(table, without={"Since": "never"}).filled
    assert known.rows == (("Ana", "May"), ("Ben", "never"))
    assert known.filled == known
    assert Table(("Name",), ()).filled == Table(("Name",), ())


@pytest.mark.parametrize(
    ("columns", "rows", "stacks"), [(3, 2, False), (4, 2, True), (4, 50, True), (4, 51, False)]
)
def test_a_table_of_many_columns_stacks_unless_it_is_long(
    columns: int, rows: int, stacks: bool
) -> None:
    table = Table(("Name",) * columns, (("it",) * columns,) * rows)
    assert table.filled.stacks is stacks
    assert replace(table, stacks=True).filled.stacks


def test_attendance_stands_by_name_with_the_excuse_beside_it(pages_of: PagesOf) -> None:
    made = small().meeting(
        "2027-04-01", attendance={"p03": "present", "p01": "excused", "p02": "absent"},
        excuses={"p01": "At court"},
    )  # fmt: skip
    page = pages_of(made)["meetings/2027-04-01-executive-committee"]
    (table,) = (one for one in page.blocks if isinstance(one, Table))
    assert [name[1:4] for name, _ in table.rows] == ["P01", "P02", "P03"]
    assert [said for _, said in table.rows] == ["Excused: At court", "Absent", "Present"]


def test_every_page_has_a_foot(pages: dict[str, Page]) -> None:
    assert [address for address, page in pages.items() if not page.foot] == []


def test_a_definition_is_approved_only_where_a_decision_says_so(pages_of: PagesOf) -> None:
    text = "---\nterm: Exit\nversion: '1.0'\nstatus: approved\ndefinition: A way out.\n" \
        "source:\n  title: A paper\n---\n"  # fmt: skip
    partnership = Partnership().committee(1).put("definitions/terms/exit.md", text)
    assert "no decision on record" in markdown(pages_of(partnership)["definitions/terms/exit"])
    partnership.decision("D-2027-001", "2027-03-01", votes=votes(1), about=["exit"])
    assert "**approved**" in markdown(pages_of(partnership)["definitions/terms/exit"])


def test_every_kind_of_record_has_a_place_and_what_is_due_has_words() -> None:
    from npcs.governance import calendar
    from npcs.publish.addresses import PLACES
    from npcs.publish.sections.due import SUBJECTS
    from npcs.records.kinds import KINDS

    assert set(PLACES) == set(KINDS)
    assert set(SUBJECTS) == set(calendar.SUBJECTS)


def test_a_kind_without_a_place_or_a_page_fails_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from npcs.publish import sections
    from npcs.publish.addresses import PLACES, address_of

    site = Site(small().hub(), date(2027, 6, 1), Settings("Test"))
    with monkeypatch.context() as patched:
        without = tuple(one for one in sections.SECTIONS if one is not sections.notices.pages)
        patched.setattr(sections, "SECTIONS", without)
        with pytest.raises(BuildFailed, match=r"^notices/2027/.*: no page shows this record"):
            stage(site, tmp_path / "docs")
    with monkeypatch.context() as patched:
        patched.delitem(PLACES, "person")
        with pytest.raises(BuildFailed, match=r"^charter/people/p01\.yml: .*kind “person”"):
            address_of(site.hub.documents["charter/people/p01.yml"])
