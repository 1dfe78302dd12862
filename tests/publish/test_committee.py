"""The committee's pages: seats and terms, any day, attendance, and what members take part in."""

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.partnership import Partnership, term_id

from npcs.publish import build
from npcs.publish.page import Page, Table
from npcs.publish.render import markdown

PagesOf = Callable[..., dict[str, Page]]
AS_OF = date(2028, 6, 15)
SVG = "{http://www.w3.org/2000/svg}"


def lived() -> Partnership:
    """Three seats over a year and a half, one of them vacated early and filled again."""
    return (
        Partnership()
        .seat("ana", "2027-01-01", "ohio")
        .term("ana", "2028-01-01", represents="ohio")
        .term("ana", "2027-01-01", "co-chair")
        .term("ana", "2028-01-01", "co-chair", end=date(2028, 12, 31))
        .seat("ben", "2027-01-01", "iowa", ended={"on": date(2027, 8, 31), "reason": "Left"})
        .seat("eve", "2027-09-15", "iowa", replaces=term_id("ben", "2027-01-01"))
        .term("ben", "2027-01-01", "co-chair", ended={"on": date(2027, 8, 31), "reason": "Left"})
        .member("birch", kind_="tribe", size="small")
        .meeting("2027-03-10", attendance={"ana": "present", "ben": "absent"})
        .meeting("2027-10-10", attendance={"ana": "excused", "eve": "present"})
        .meeting("2028-02-10", attendance={"ana": "present", "eve": "absent"})
        .meeting("2028-03-10", attendance={"ana": "present", "eve": "absent"})
        .meeting("2028-05-01", "collaborative", members={"ohio": "present", "iowa": "absent"})
        .decision("D-2028-001", "2028-02-10", meeting="2028-02-10-executive-committee")
        .activity("reviews", participation={"ohio": "taking-part", "iowa": "preparing"})
    )


@pytest.fixture(scope="module")
def pages(pages_of: PagesOf) -> dict[str, Page]:
    return pages_of(lived(), AS_OF)


def text(page: Page) -> str:
    return markdown(page).replace("\N{NO-BREAK SPACE}", " ")


def tables(page: Page) -> list[Table]:
    return [one for one in page.blocks if isinstance(one, Table)]


def words(file: bytes) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(file).iter(f"{SVG}text")]


def rows(file: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"))))


def test_each_change_that_has_come_has_a_page(pages: dict[str, Page]) -> None:
    found = [one for one in pages if one.startswith("committee/days/")]
    days = ["2027-01-01", "2027-09-01", "2027-09-15"]
    assert found == [f"committee/days/{day}" for day in days]
    vacant = text(pages["committee/days/2027-09-01"])
    assert "1 person on it 1 September 2027 to 14 September 2027." in vacant
    assert "[Ben](../../people/ben.md) left it." in vacant
    assert "[Ben](../../people/ben.md) stopped being co-chair." in vacant
    now = text(pages["committee/days/2027-09-15"])
    assert "2 people on it since 15 September 2027, planned until 14 September 2028." in now
    assert "[Eve](../../people/eve.md) came onto the committee." in now
    assert "3 meetings: [10 October 2027]" in now
    assert "1 decision: [D-2028-001]" in now


def test_the_list_marks_each_change_and_what_is_planned(pages: dict[str, Page]) -> None:
    shown = text(pages["committee/days"])
    for day in ("2027-01-01", "2027-09-01", "2027-09-15", "2028-09-15", "2029-01-01"):
        assert shown.count(f"#on-{day} }}") == 1
    assert "15 September 2028 to 31 December 2028 **planned**{ .npcs-chip #on-2028-09-15 }" in shown
    assert "Nobody is appointed yet for the days from **1 January 2029**" in shown


def test_long_histories_are_listed_by_their_days(pages_of: PagesOf) -> None:
    partnership = Partnership()
    for number in range(80):
        partnership.seat(f"p{number:02}", date(2027, 1, 1 + number % 28), f"m{number:02}")
        partnership.term(f"p{number:02}", date(2028, 1, 1 + number % 28))
    found = pages_of(partnership, AS_OF)
    shown = text(found["committee/days"])
    last = "[28 January 2027 to 31 December 2028](../committee/days/2027-01-28.md)"
    assert f"- {last}{{ #on-2027-01-28 }}: 80 people" in shown
    assert "**29 January 2029**" not in shown
    assert "**planned**" in shown
    assert len(shown) < 15_000
    assert len(found["committee/timeline"].files["committee/timeline.svg"]) < 50_000


def test_a_history_of_middling_length_names_people_without_links(pages_of: PagesOf) -> None:
    partnership = Partnership()
    for year in range(2016, 2028):
        for number in range(8):
            day = date(year, 1 + number, 1)
            partnership.seat(f"p{number:02}", day, ended={"on": date(year, 10, 1), "reason": "-"})
    shown = text(pages_of(partnership, AS_OF)["committee/days"])
    link = "[1 March 2018 to 31 March 2018](../committee/days/2018-03-01.md){ #on-2018-03-01 }"
    assert f"- {link}: P00, P01, P02" in shown
    assert "2018 to 31 December 2018](../committee/days/2018-10-02.md){ #on-2018-10-02 }: nobody" \
        in shown  # fmt: skip
    assert "people/p00" not in shown


def test_terms_are_drawn_listed_and_given_as_a_file(pages: dict[str, Page]) -> None:
    page = pages["committee/timeline"]
    drawn = words(page.files["committee/timeline.svg"])
    assert {"Iowa", "Ohio", "Ana, 1 January 2028 to 31 December 2028", "ended early"} <= {*drawn}
    assert "15 Jun 2028" in drawn
    listed = rows(page.files["committee/timeline.csv"])
    assert listed[0][:4] == ["member", "person", "name", "from"]
    assert ["iowa", "ben", "Ben", "2027-01-01", "2027-08-31", "true", ""] in listed
    assert len(tables(page)[0].rows) == len(listed) - 1 == 4


def test_service_as_co_chair_is_set_against_its_limit(pages: dict[str, Page]) -> None:
    page = pages["committee/timeline"]
    chairs = tables(page)[1].rows
    assert [one.replace("\N{NO-BREAK SPACE}", " ") for one in chairs[0][1:4]] == [
        "1 January 2027", "31 December 2028", "31 December 2028",
    ]  # fmt: skip
    assert "at most until 31 December 2028" in words(page.files["committee/co-chairs.svg"])
    assert rows(page.files["committee/co-chairs.csv"])[1:] == [
        ["ana", "Ana", "2027-01-01", "2028-12-31", "2028-12-31"]
    ]


def test_too_long_a_service_says_so(pages_of: PagesOf) -> None:
    long = lived().term("ana", "2029-01-01", "co-chair", end=date(2029, 1, 31))
    assert "31 days too long" in text(pages_of(long, AS_OF)["committee/timeline"])


def test_a_year_that_is_over_says_nothing_of_today(pages_of: PagesOf) -> None:
    years = [pages_of(lived(), day)["committee/years/2027"] for day in (AS_OF, date(2028, 12, 1))]
    first, second = (text(one).partition("As of")[0] for one in years)
    assert first == second
    assert years[0].files == years[1].files
    assert "[2 meetings](../../committee/attendance/2027.md) held, 3 changes." in first
    assert "up to 15 June 2028" in text(pages_of(lived(), AS_OF)["committee/years/2028"])


def test_attendance_is_a_table_then_a_picture_and_a_file(pages: dict[str, Page]) -> None:
    page = pages["committee/attendance"]
    people, meetings, members = tables(page)
    assert people.rows == (
        ("[Ana](hub:people/ana)", "2 of 3", "1", "0", "", ""),
        ("[Eve](hub:people/eve)", "1 of 3", "0", "2", "", "2"),
    )
    assert [row[1] for row in meetings.rows] == ["1 of 2", "1 of 2", "1 of 2"]
    assert meetings.rows[0][3] == "[Eve](hub:people/eve)"
    shown = {row[0]: row[1:] for row in members.rows}
    assert shown["[Ohio](hub:members/ohio)"] == (
        "[Ana](hub:people/ana)",
        "2 of 3",
        "1 of 1",
        "1 of 1",
    )
    assert shown["[Iowa](hub:members/iowa)"][1:] == ("1 of 3", "0 of 1", "0 of 1")
    assert shown["[Birch](hub:members/birch)"][1:] == ("no seat", "0 of 1, 1 not recorded",
                                                       "not asked yet")  # fmt: skip
    order = text(page)
    assert order.index("| Person |") < order.index("attendance.svg") < order.index("attendance.csv")
    assert rows(page.files["committee/attendance.csv"])[-1] == [
        "2028-03-10-executive-committee", "2028-03-10", "eve", "Eve", "absent",
    ]  # fmt: skip
    assert [one for one in pages if one.startswith("committee/attendance/")] == [
        "committee/attendance/2028", "committee/attendance/2027",
    ]  # fmt: skip


def test_the_committee_says_whom_it_lacks_and_who_follows(pages_of: PagesOf) -> None:
    shown = text(pages_of(lived(), date(2028, 8, 1))["committee/index"])
    assert "| Tribe | 0 of 1 | **nobody yet**{ .npcs-chip .npcs-warn } | [Birch]" in shown
    assert "| State | 2 of 2 | **included**" in shown
    assert "| 14 September 2028 | [Eve](../people/eve.md) | [Member of the Executive" in shown
    ending = shown.partition("Ending in the next 90 days")[2].partition("##")[0]
    assert "**nobody yet**" in ending
    follows = lived().seat("kim", "2028-09-15", "iowa")
    shown = text(pages_of(follows, date(2028, 8, 1))["committee/index"])
    assert "**appointed**" in shown.partition("Ending in the next 90 days")[2].partition("##")[0]


def test_where_nobody_is_appointed_pages_say_who_can_begin(pages_of: PagesOf) -> None:
    found = pages_of(Partnership(), AS_OF)
    assert "Members nominate leaders" in text(found["committee/timeline"])
    assert "project coordinator records it" in text(found["committee/attendance"])
    assert "Once members have met" in text(found["committee/attendance"])
    assert "The committee begins when members are appointed" in text(found["committee/days"])
    assert not any(one.startswith("committee/years/") for one in found)


@pytest.mark.browser
def test_a_day_is_looked_up_without_a_server(
    tmp_path: Path, served: Callable[[Path], str], chromium: Any
) -> None:
    site = build(lived().write(tmp_path / "hub"), tmp_path / "site", AS_OF).out
    file = (site / "committee/days/index.html").as_uri()
    for address in (file, f"{served(site)}committee/days/"):
        page = chromium.new_page()
        faults: list[str] = []
        page.on("console", lambda one, kept=faults: kept.append(one.text))
        page.goto(f"{address}?on=2027-09-10")
        answer = page.locator(".npcs-answer")
        assert answer.inner_text().startswith("10 September 2027: Ana (co-chair).")
        for day, said in {
            "2027-08-31": "Ana (co-chair), Ben (co-chair).",
            "2027-09-15": "Ana (co-chair), Eve.",
            "2028-10-01": "planned",
            "2026-12-31": "nobody yet. The committee began on 1 January 2027.",
            "2031-01-01": "Nobody is appointed yet",
        }.items():
            page.get_by_label("Who was on the committee on this day?").fill(day)
            page.keyboard.press("Enter")
            assert said in answer.inner_text().replace("\N{NO-BREAK SPACE}", " ")
        for day, said in {
            "2027-02-30": "2027-02-30 is no day of the calendar.",
            "<b>soon</b>": "<b>soon</b> is no day of the calendar.",
            "1776-07-04": "4 July 1776: nobody yet. The committee began on 1 January 2027.",
            "9999-12-31": "31 December 9999: Nobody is appointed yet for the days from",
        }.items():
            page.goto(f"{address}?on={day}")
            assert answer.inner_text().replace("\N{NO-BREAK SPACE}", " ").startswith(said)
        field = page.get_by_label("Who was on the committee on this day?")
        field.focus()
        page.keyboard.type("02302027")
        page.keyboard.press("Tab")
        assert "That is no day of the calendar." in answer.inner_text()
        page.goto(f"{address}?on=2027-09-10")
        page.get_by_label("Who was on the committee on this day?").fill("2027-08-31")
        answer.get_by_role("link", name="1 January 2027").click()
        assert page.get_by_role("heading", level=1).inner_text().startswith("The committee from 1")
        assert faults == []
        page.close()
    plain = chromium.new_context(java_script_enabled=False).new_page()
    plain.goto(file)
    assert not plain.locator("form.npcs-day").is_visible()
    assert "needs a script" in plain.locator(".npcs-empty").inner_text()
    assert plain.get_by_role("link", name="1 January 2027 to 31 August 2027").is_visible()
