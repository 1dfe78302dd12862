"""What pages tell of notices and answers, and what they must not tell."""

import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from tests.partnership import Partnership, votes
from tests.publish.conftest import AS_OF

from npcs.demo import generate
from npcs.publish import build
from npcs.publish.errors import BuildFailed
from npcs.publish.page import Callout, Page
from npcs.publish.render import markdown

PagesOf = Callable[..., dict[str, Page]]
KEY = "NPCS-SN-2027-001"
MEMBERS = ("alder", "birch", "cedar", "dogwood", "elm")


def notice(*lines: str, key: str = KEY) -> dict[str, str]:
    fields = ("title: Cribs", "kind: warning", "hazard: Beds", 'version: "1.0"', *lines)
    return {f"notices/2027/{key}.md": "---\n" + "\n".join(fields) + "\n---\nLook.\n"}


def answered(*agreed: str, tlp: str = "CLEAR") -> Partnership:
    """Five members that have all answered, some of which agreed to be named.

    Only members can read the files; whoever wants can read the pages.
    """
    made = Partnership().parameter("repository-audience", ("2027-01-01", "members"))
    for path, text in notice(f"tlp: {tlp}", "issued: 2027-04-01", "respond_by: 2027-05-01").items():
        made.put(path, text)
    for number, one in enumerate(MEMBERS):
        more = {"answers_named_from": "2027-01-01"} if one in agreed else {}
        made.member(one, **more)
        status = "not-applicable" if number == 4 else "complete"
        made.put(f"notices/2027/{KEY}/{one}.yml", (
            f"member: {one}\nnotice: {KEY}\nversion: '1.0'\nstatus: {status}\n"
            f"reason: Said by {one}.\n'on': 2027-04-2{number}\nlead: Unit of {one}\n"
        ))  # fmt: skip
    return made


def test_a_page_gives_totals_and_names_who_agreed(pages_of: PagesOf) -> None:
    text = markdown(pages_of(answered("alder"))[f"notices/{KEY}"])
    assert "5 members are asked about version 1.0; 5 settled it" in text
    assert "| Complete | 4 |" in text
    assert "| Not applicable | 1 |" in text
    assert "Said by alder" in text
    assert "4 members have a place in the totals only" in text


@pytest.mark.parametrize("agreed", [(), ("alder",), ("alder", "birch", "cedar"), MEMBERS[:4]])
def test_no_file_of_the_site_tells_what_others_answered(
    agreed: tuple[str, ...], tmp_path: Path
) -> None:
    site = build(answered(*agreed).write(tmp_path / "hub"), tmp_path / "site", AS_OF).out
    named = agreed if len(MEMBERS) - len(agreed) >= 3 else ()
    files = [one for one in site.rglob("*") if one.suffix in (".html", ".json", ".xml", ".txt")]
    whole = "\n".join(one.read_text("utf-8") for one in files)
    for one in MEMBERS:
        signs = (f"Said by {one}", f"Unit of {one}", f"{KEY}/{one}", f"answer-{one}",
                 f"Answer of {one.title()}")  # fmt: skip
        found = [sign for sign in signs if sign in whole]
        assert bool(found) == (one in named), (one, found)
    page = (site / f"members/{MEMBERS[4]}/index.html").read_text("utf-8")
    assert "What this one answered is told on no page" in page
    assert KEY not in page.partition("<article")[2]


def closed(*agreed: str) -> Partnership:
    """A notice that was closed without an answer of one member, the first."""
    made = answered(*agreed)
    for path, text in notice("tlp: CLEAR", "issued: 2027-04-01", "respond_by: 2027-05-01",
                             "closed: 2027-05-20").items():  # fmt: skip
        made.put(path, text)
    made.texts.pop(f"notices/2027/{KEY}/{MEMBERS[0]}.yml")
    return made


def test_a_closed_notice_says_how_many_never_answered(pages_of: PagesOf) -> None:
    pages = pages_of(closed())
    assert "5 members were asked about version 1.0; 4 settled it, 1 never answered" in markdown(
        pages[f"notices/{KEY}"]
    )
    board = markdown(pages["notices/answers/index"])
    assert "| Asked | Settled | No answer | State |" in board
    assert re.search(r"\| 5 \| 4 \| 1 \| closed \|", board)
    assert "without an answer" not in markdown(pages[f"members/{MEMBERS[0]}"])


def test_no_count_of_those_who_never_answered_where_it_would_name_one(pages_of: PagesOf) -> None:
    made = closed()
    for one in MEMBERS[2:]:
        made.texts.pop(f"charter/members/{one}.yml")
        made.texts.pop(f"notices/2027/{KEY}/{one}.yml")
    board = markdown(pages_of(made)["notices/answers/index"])
    assert "| 2 | not told | not told | closed |" in board


def test_a_member_that_agreed_shows_what_closed_without_its_answer(pages_of: PagesOf) -> None:
    pages = pages_of(closed(MEMBERS[0]))
    text = markdown(pages[f"members/{MEMBERS[0]}"])
    assert "Asked about 1 notice: 0 open, 0 overdue, 1 closed without an answer." in text
    assert "**no answer**" in text
    assert "no answer yet" not in markdown(pages[f"notices/{KEY}"])
    other = markdown(pages_of(closed(MEMBERS[1]))[f"members/{MEMBERS[1]}"])
    assert "without an answer" not in other


def test_a_member_that_agreed_has_its_own_board(pages_of: PagesOf) -> None:
    made = answered("alder")
    made.put(f"notices/2027/{KEY}/alder.yml",
             f"member: alder\nnotice: {KEY}\nversion: '1.0'\nstatus: not-received\n"
             "'on': 2027-04-02\n")  # fmt: skip
    pages = pages_of(made)
    assert "Asked about 1 notice: 1 open, 1 overdue" in markdown(pages["members/alder"])
    assert "**1 overdue**" in markdown(pages["notices/answers/index"])


def test_an_author_is_named_only_where_the_jurisdiction_is(pages_of: PagesOf) -> None:
    for consent, named in (("", False), (", member: alder", True)):
        made = answered().person("ana", member="alder", name="Ana Ruiz")
        said = ("tlp: CLEAR", "author: ana", "issued: 2027-04-01",
                f"source_consent: {{by: Director, 'on': 2027-03-01{consent}}}")  # fmt: skip
        for path, text in notice(*said).items():
            made.put(path, text)
        pages = pages_of(made)
        assert ("Ana Ruiz" in markdown(pages[f"notices/{KEY}"])) is named
        assert KEY not in markdown(pages["people/ana"])


@pytest.mark.parametrize("tlp", ["GREEN", "AMBER", "AMBER+STRICT", "RED"])
def test_a_public_hub_builds_no_site_with_a_notice_for_fewer(tlp: str, tmp_path: Path) -> None:
    root = answered(tlp=tlp).write(tmp_path / "hub")
    with pytest.raises(BuildFailed, match=r"marked TLP:[A-Z+]+\nThis hub may hold TLP:CLEAR only"):
        build(root, tmp_path / "site", AS_OF)
    assert not (tmp_path / "site").exists()


def test_a_hub_for_members_holds_green_and_names_all(pages_of: PagesOf) -> None:
    made = answered(tlp="GREEN").parameter("hub-audience", ("2027-01-01", "members"))
    text = markdown(pages_of(made)[f"notices/{KEY}"])
    assert "TLP:GREEN" in text
    assert all(f"Said by {one}" in text for one in MEMBERS)


def test_every_notice_of_the_demo_prints_on_one_sheet(
    tmp_path: Path, chromium: Any, served: Callable[[Path], str]
) -> None:
    made = generate(tmp_path / "demo", members=5, years=2)
    site = build(made.target, tmp_path / "site").out
    address = served(site)
    found = sorted(one.name for one in (site / "notices").glob("NPCS-SN-*"))
    assert len(found) > 3
    page = chromium.new_page()
    for key in found:
        page.goto(f"{address}/notices/{key}/")
        for form in ("Letter", "A4"):
            sheets = PdfReader(io.BytesIO(page.pdf(format=form))).pages
            text = sheets[0].extract_text()
            assert len(sheets) == 1, (key, form)
            assert "What to do" in text
            assert "Answers of members" not in text
    page.close()


def test_pages_of_an_earlier_day_do_not_know_what_came_later(pages_of: PagesOf) -> None:
    early = markdown(pages_of(answered("alder"), date(2027, 4, 10))[f"notices/{KEY}"])
    assert "No answer | 5" in early
    assert "Said by" not in early


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "issued, but no decision is named"),
        (("decision: D-2027-009",), "issued, but its decision is not on record"),
        (("decision: D-2027-001",), "issued, but its decision is on something else"),
        (("decision: D-2027-002",), "issued, but it went out before it was decided"),
        (("decision: D-2027-002", "closed: 2027-05-01"), "closed, but it went out before"),
    ],
)
def test_what_nobody_let_out_is_nowhere_shown_as_issued(
    more: tuple[str, ...], said: str, pages_of: PagesOf
) -> None:
    made = answered().committee(3)
    made.decision("D-2027-001", "2027-03-04", votes=votes(3), subject="notice")
    made.decision("D-2027-002", "2027-05-04", votes=votes(3), subject="notice", about=[KEY])
    for path, text in notice("tlp: CLEAR", "issued: 2027-04-01", *more).items():
        made.put(path, text)
    pages = pages_of(made)
    (callout,) = pages[f"notices/{KEY}"].find(Callout)
    assert "has not let this notice out" in callout.title  # type: ignore[attr-defined]
    assert said in markdown(pages[f"notices/{KEY}"])
    assert said in markdown(pages["notices/index"])
    assert said in markdown(pages["index"])


def test_pages_of_a_public_repository_count_those_who_answer_elsewhere(
    pages_of: PagesOf,
) -> None:
    made = answered("alder", "birch").parameter("repository-audience", ("2027-01-01", "as the hub"))
    pages = pages_of(made)
    text = markdown(pages[f"notices/{KEY}"])
    assert "2 members are asked about version 1.0; 2 settled it" in text
    assert "3 members are asked and have not agreed to be named" in text
    assert all((f"Said by {one}" in text) == (one in ("alder", "birch")) for one in MEMBERS)
    assert "| 5, 3 elsewhere | 2 | 0 | 0 open |" in markdown(pages["notices/answers/index"])


def test_no_page_gives_totals_of_one_or_two(pages_of: PagesOf) -> None:
    made = answered()
    for one in MEMBERS[:3]:
        made.member(one, left="2027-03-01")
    pages = pages_of(made, date(2027, 6, 1))
    text = markdown(pages[f"notices/{KEY}"])
    assert "2 members are asked. Totals of so few would tell" in text
    assert "Complete" not in text
    assert "Not applicable" not in text
    assert "| not told | not told | open |" in markdown(pages["notices/answers/index"])
    assert "for none of them answers are overdue" in markdown(pages["notices/index"])
    assert "member of" not in markdown(pages["due"])


def test_where_no_notice_is_open_no_answer_can_be_late(pages_of: PagesOf) -> None:
    made = Partnership()
    for path, text in notice("tlp: CLEAR", "issued: 2027-04-01", "closed: 2027-05-01").items():
        made.put(path, text)
    text = markdown(pages_of(made)["notices/index"])
    assert "No notices are open. [Answers at a glance]" in text


def test_the_head_breaks_before_a_version_and_not_inside(pages_of: PagesOf) -> None:
    head = pages_of(answered())[f"notices/{KEY}"].chips[-1]
    assert head == "version 1.0 of 1 April 2027".replace(" ", "\N{NO-BREAK SPACE}")


def test_a_new_version_is_news(pages_of: PagesOf) -> None:
    made = answered()
    second = "revisions: [{version: '1.1', 'on': 2027-05-01, what: Clearer}]"
    for path, text in notice("tlp: CLEAR", "issued: 2027-04-01", second).items():
        made.put(path, text.replace('version: "1.0"', 'version: "1.1"'))
    for day, told in ((date(2027, 4, 30), False), (date(2027, 5, 1), True)):
        assert ("Safety notice amended" in markdown(pages_of(made, day)["index"])) is told
