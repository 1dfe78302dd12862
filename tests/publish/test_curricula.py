"""Curricula as people use them: in a browser, on paper, in a calendar, in a table, in Anki."""

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from pypdf import PdfReader
from tests.publish.conftest import AS_OF, commit, git

from npcs.publish import build

PATH = "practices/curricula/handover.yml"
HANDOVER = """\
title: "Five minutes: handover"
audience: Caseworkers
objectives: [Know what belongs into a handover]
items:
  - id: late
    stem: The next shift is *late*. See [the vote](../../charter/decisions/D-2027-001.md).
    options:
      - text: =Leave <b>a note</b> and go [sound:a.mp3] [latex]\\input{x}[/latex]
        feedback: A note answers no questions & gets lost.
      - text: Agree on a time to talk
        correct: true
        feedback: Yes. Questions come up **while** you talk.
    reference: {title: A study, address: "https://example.org/study", as_of: 2020-01}
  - id: mistake
    stem: A colleague tells you of a mistake. What comes first?
    options:
      - text: Ask what made sense at the time
        correct: true
        feedback: Yes. It shows what made it likely.
      - text: Find out who is to blame
        feedback: Blame ends the talk.
      - text: Send a reminder
        feedback: It changes no system.
spacing: {every: 7, again: [7, 21]}
starts: 2027-07-05
discussion_guide: What was missing at the last handover?
"""

ANKI = """
import json, sys
from pathlib import Path
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
own, *decks = sys.argv[1:]
base = Collection(own)
told = []
for deck in decks:
    request = ImportAnkiPackageRequest(package_path=deck, options=ImportAnkiPackageOptions())
    log = base.import_anki_package(request).log
    cards = {}
    for key in base.find_cards("deck:*handover*"):
        card = base.get_card(key)
        cards[card.note()["Id"]] = [key, card.question() + card.answer()]
    told.append({"new": len(log.new), "updated": len(log.updated), "cards": cards})
assert base.fix_integrity()[1]
base.close()
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of a partnership with a curriculum. Tests only read it."""
    hub = tmp_path_factory.mktemp("curricula") / "hub"
    shutil.copytree(root, hub)
    file = hub / PATH
    file.parent.mkdir(parents=True)
    file.write_text(HANDOVER)
    commit(hub, "2027-05-06")
    return build(hub, as_of=AS_OF).out


def offered(site: Path, ending: str) -> Path:
    return site / "practices/curricula/handover" / f"handover.{ending}"


def changed(site: Path, folder: Path, moment: str, *changes: tuple[str, str]) -> Path:
    """The site, built in a folder, after the curriculum was changed."""
    copy = folder / "changed"
    shutil.copytree(site.parents[1], copy, ignore=shutil.ignore_patterns("build"))
    text = (copy / PATH).read_text()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    (copy / PATH).write_text(text)
    git(copy, "add", "-A")
    git(copy, "commit", "-qm", "Change", GIT_AUTHOR_DATE=moment, GIT_COMMITTER_DATE=moment)
    return build(copy, as_of=AS_OF).out


def in_anki(folder: Path, *decks: Path) -> list[dict[str, Any]]:
    """What the real Anki says when decks are taken in one after the other."""
    pytest.importorskip("anki", exc_type=ImportError)
    said = subprocess.run(
        [sys.executable, "-c", ANKI, str(folder / "own.anki2"), *map(str, decks)],
        check=True, capture_output=True, encoding="utf-8",
    ).stdout  # fmt: skip
    told: list[dict[str, Any]] = json.loads(said)
    return told


def test_anki_updates_the_cards_of_a_new_version_and_doubles_none(
    site: Path, tmp_path: Path
) -> None:
    first = tmp_path / "first.apkg"
    first.write_bytes(offered(site, "apkg").read_bytes())
    again = changed(
        site,
        tmp_path,
        "2027-05-07T12:00:00Z",
        ("Blame ends the talk.", "Blame ends it."),
        ("is *late*", "is *very* late"),
    )
    taken = in_anki(tmp_path, first, first, offered(again, "apkg"), first)
    assert [(one["new"], one["updated"]) for one in taken] == [(2, 0), (0, 0), (0, 2), (0, 0)]
    before, after = taken[0]["cards"], taken[3]["cards"]
    assert {name: key for name, (key, _) in before.items()} == {
        name: key for name, (key, _) in after.items()
    }
    assert set(after) == {"handover/late", "handover/mistake"}
    assert "Blame ends it." in after["handover/mistake"][1]
    assert "<em>very</em> late" in after["handover/late"][1]


def test_two_changes_within_a_day_are_two_versions(site: Path, tmp_path: Path) -> None:
    first = tmp_path / "first.apkg"
    first.write_bytes(offered(site, "apkg").read_bytes())
    later = changed(
        site, tmp_path, "2027-05-06T12:00:01Z", ("Blame ends the talk.", "A second later.")
    )
    told = in_anki(tmp_path, first, offered(later, "apkg"))
    assert "A second later." in told[1]["cards"]["handover/mistake"][1]


def test_a_card_shows_what_was_written_and_leads_nowhere_into_the_site(
    site: Path, tmp_path: Path
) -> None:
    (told,) = in_anki(tmp_path, offered(site, "apkg"))
    card = told["cards"]["handover/late"][1]
    assert "=Leave &lt;b&gt;a note&lt;/b&gt; and go &#91;sound:a.mp3] &#91;latex]" in card
    assert "&#92;input&#123;x}&#91;/latex]" in card
    assert "The next shift is <em>late</em>. See the vote." in card
    assert "<b>B</b> is right." in card
    assert '<a href="https://example.org/study">A study</a> (as of 2020-01)' in card
    assert "hub:" not in card


def test_the_calendar_has_a_day_for_each_sending(site: Path) -> None:
    calendar = Calendar.from_ical(offered(site, "ics").read_bytes())
    events = [(one.decoded("dtstart"), str(one["summary"])) for one in calendar.walk("VEVENT")]
    title = "Five minutes: handover: question"
    assert events == [
        (date(2027, 7, 5), f"{title} 1"),
        (date(2027, 7, 12), f"{title} 2"),
        (date(2027, 7, 12), f"{title} 1, time 2"),
        (date(2027, 7, 19), f"{title} 2, time 2"),
        (date(2027, 7, 26), f"{title} 1, time 3"),
        (date(2027, 8, 2), f"{title} 2, time 3"),
    ]
    names = [str(one["uid"]) for one in calendar.walk("VEVENT")]
    assert len(set(names)) == 6
    assert names[0] == "handover.late.1@curricula.npcs"
    assert "Blame" not in offered(site, "ics").read_text(), "a calendar gives no answer away"


def test_without_a_first_day_there_is_no_calendar_and_the_page_counts_days(
    site: Path, tmp_path: Path
) -> None:
    without = changed(site, tmp_path, "2027-05-07T12:00:00Z", ("starts: 2027-07-05\n", ""))
    assert not offered(without, "ics").exists()
    page = (without / "practices/curricula/handover/index.html").read_text()
    assert "<td>Day 8</td>" in page
    assert "No first day has been set." in page


def test_the_table_has_a_row_for_each_question_and_no_formula(site: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(offered(site, "csv").read_text("utf-8-sig"))))
    assert [(one["id"], one["days"], one["right"]) for one in rows] == [
        ("late", "0 7 21", "B"), ("mistake", "7 14 28", "A"),
    ]  # fmt: skip
    assert rows[0]["option_a"].startswith("'=Leave <b>a note</b> and go [sound:a.mp3]")
    assert rows[0]["feedback_b"] == "Yes. Questions come up while you talk."
    assert rows[0]["option_c"] == ""
    assert rows[0]["source"] == "A study (as of 2020-01), https://example.org/study"


def test_two_builds_of_a_commit_offer_the_same_bytes(site: Path, tmp_path: Path) -> None:
    other = build(site.parents[1], tmp_path / "other", AS_OF).out
    for ending in ("apkg", "csv", "ics"):
        assert offered(site, ending).read_bytes() == offered(other, ending).read_bytes()


def test_the_guide_keeps_the_answers_for_its_end(site: Path) -> None:
    page = (site / "practices/curricula/handover/guide/index.html").read_text()
    before, after = page.split('id="answers"')
    assert "Find out who is to blame" in before
    assert "Blame ends the talk." not in before
    assert "Blame ends the talk." in after
    assert "(https://example.org/study)" in after


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_one_can_practise_with_the_keyboard_and_go_on_later(
    site: Path, served: Callable[[Path], str], chromium: Any
) -> None:
    base = served(site)
    context = chromium.new_context()
    page = context.new_page()
    sent: list[str] = []
    said: list[str] = []
    page.on("request", lambda one: sent.append(f"{one.method} {one.url}"))
    page.on("console", lambda one: said.append(one.text))
    page.goto(base + "practices/curricula/handover/", wait_until="networkidle")
    sent.clear()
    questions = page.locator(".npcs-question")
    told = questions.nth(1).locator(".npcs-told")
    assert page.locator(".npcs-options").nth(1).is_hidden(), "nothing is given away"
    questions.nth(1).locator("input").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert told.inner_text() == "not this Blame ends the talk."
    assert page.locator(".npcs-options").nth(1).is_hidden()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert told.inner_text() == "right Yes. It shows what made it likely."
    assert page.locator(".npcs-stand").inner_text().startswith("1 of 2 answered right, 0 of them")
    page.reload(wait_until="networkidle")
    assert told.inner_text() == "right Yes. It shows what made it likely."
    assert page.locator(".npcs-stand").inner_text().startswith("1 of 2")
    kept = "Object.keys(localStorage).filter(key => key.startsWith('npcs-practise')).length"
    assert page.evaluate(kept) == 1
    page.get_by_role("button", name="Begin again").click()
    assert page.locator(".npcs-stand").inner_text().startswith("0 of 2")
    assert page.evaluate(kept) == 0
    assert page.get_by_role("button", name="Begin again").count() == 0, "nothing to begin again"
    assert all(one.startswith(f"GET {base}") for one in sent), "answers are sent to nobody"
    assert said == []
    context.close()


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_question_that_changed_is_asked_anew_and_the_others_are_kept(
    site: Path, tmp_path: Path, served: Callable[[Path], str], chromium: Any
) -> None:
    shown = shutil.copytree(site, tmp_path / "shown")
    base = served(shown)
    context = chromium.new_context()
    page = context.new_page()
    questions, stand = page.locator(".npcs-question"), page.locator(".npcs-stand")

    def answer(question: int, option: int) -> None:
        questions.nth(question).locator("input").nth(option).check()
        questions.nth(question).get_by_role("button").click()

    page.goto(base + "practices/curricula/handover/", wait_until="networkidle")
    answer(0, 1)
    answer(1, 0)
    assert stand.inner_text().startswith("2 of 2 answered right, 2 of them")
    other = changed(
        site, tmp_path, "2027-06-20T08:00:00+0000",
        ("      - text: Ask what made sense at the time\n        correct: true\n", ""),
        ("        feedback: Yes. It shows what made it likely.\n", ""),
        ("      - text: Send a reminder\n", "      - text: Ask them\n        correct: true\n"),
    )  # fmt: skip
    shutil.copytree(other, shown, dirs_exist_ok=True)
    page.reload(wait_until="networkidle")
    assert stand.inner_text().startswith("1 of 2 answered right, 1 of them")
    assert questions.nth(1).locator("input:checked").count() == 0
    assert page.locator(".npcs-options").nth(1).is_hidden()
    answer(1, 0)
    assert questions.nth(1).locator(".npcs-told").inner_text() == "not this Blame ends the talk."
    page.evaluate("key => localStorage.setItem(Object.keys(localStorage)[0], key)", '{"x": [], ')
    page.reload(wait_until="networkidle")
    assert stand.inner_text().startswith("0 of 2")
    context.close()


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_guide_on_paper_has_its_answers(
    site: Path, served: Callable[[Path], str], chromium: Any
) -> None:
    page = chromium.new_page()
    page.goto(served(site) + "practices/curricula/handover/guide/")
    text = "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(page.pdf())).pages)
    page.close()
    assert "Answer 2: A" in text
    assert text.index("To talk about together") < text.index("Blame ends the talk.")


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_without_scripts_each_answer_opens_to_what_it_says_back(
    site: Path, served: Callable[[Path], str], chromium: Any
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served(site) + "practices/curricula/handover/")
    answer = page.get_by_text("Blame ends the talk.")
    assert answer.is_hidden()
    page.get_by_text("Find out who is to blame").click()
    assert answer.is_visible()
    context.close()


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_reader_makes_a_calendar_from_a_first_day_of_their_own(
    site: Path, tmp_path: Path, served: Callable[[Path], str], chromium: Any
) -> None:
    long = ("Five minutes: handover", "Fünf Minuten, dann mehr; " + "Übergabe " * 12)
    without = changed(site, tmp_path, "2027-05-07T12:00:00Z", ("starts: 2027-07-05\n", ""), long)
    context = chromium.new_context(timezone_id="Pacific/Auckland")
    page = context.new_page()
    page.goto(served(without) + "practices/curricula/handover/", wait_until="networkidle")
    page.get_by_label("Your first day").fill("2027-10-25")
    with page.expect_download() as download:
        page.get_by_role("button", name="Make a calendar").click()
    raw = Path(download.value.path()).read_bytes()
    context.close()
    events = Calendar.from_ical(raw).walk("VEVENT")
    assert [one.decoded("dtstart") for one in events] == [
        date(2027, 10, 25), date(2027, 11, 1), date(2027, 11, 8), date(2027, 11, 15),
        date(2027, 11, 22),
    ]  # fmt: skip
    assert str(events[1]["summary"]) == f"{long[1].strip()}: Question 2; Question 1 again"
    assert max(map(len, raw.split(b"\r\n"))) <= 75


def test_pages_without_questions_load_no_script_for_them(site: Path) -> None:
    assert "practise.js" in (site / "practices/curricula/handover/index.html").read_text()
    assert "practise.js" not in (site / "practices/index.html").read_text()
