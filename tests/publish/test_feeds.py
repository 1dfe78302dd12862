"""Feeds as a real reader takes them in, and what must never be missing from one."""

import json
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

import feedparser
import pytest
from tests.partnership import Partnership
from tests.publish.conftest import AS_OF, commit, small

from npcs.history.dates import Change, FileHistory, History
from npcs.publish import build
from npcs.publish.feeds import FEEDS, Entry, Feed, feed_files
from npcs.publish.feeds.atom import atom
from npcs.publish.feeds.jsonfeed import json_feed
from npcs.publish.site import Settings, Site

HERE = "https://example.org/hub/"
NOTICE = "notices/2027/NPCS-SN-2027-001.md"


def files(
    made: Partnership, as_of: date = AS_OF, history: History | None = None, base: str = HERE
) -> dict[str, bytes]:
    settings = Settings("Test", address=base)
    return feed_files(Site(made.hub(), as_of, settings, history or History()))


def read(raw: bytes) -> Any:
    found = feedparser.parse(raw)
    assert not found.bozo, found.get("bozo_exception")
    return found


def titles(raw: bytes) -> list[str]:
    return [one.title for one in read(raw).entries]


def everything(found: dict[str, bytes], path: str) -> Iterator[str]:
    """The ids of a feed and all its archives, as a reader that knows RFC 5005 finds them."""
    while path:
        feed = read(found[path])
        yield from (one.id for one in feed.entries)
        before = [it.href for it in feed.feed.links if it.rel == "prev-archive"]
        path = before[0].removeprefix(HERE) if before else ""


def test_a_reader_takes_in_every_feed_of_a_site_and_finds_every_page(
    built: Path, served: Callable[[Path], str]
) -> None:
    home = served(built)
    seen = 0
    for address in FEEDS:
        feed = feedparser.parse(f"{home}{address}.xml")
        assert (feed.status, feed.bozo, feed.version) == (200, False, "atom10")
        assert feed.feed.title
        assert feed.feed.author
        for one in feed.entries:
            page = urllib.request.urlopen(urljoin(feed.href, one.link), timeout=30)
            assert page.status == 200
            seen += 1
        other = json.loads((built / f"{address}.json").read_text())
        assert other["version"] == "https://jsonfeed.org/version/1.1"
        assert [it["id"] for it in other["items"]] == [one.id for one in feed.entries]
    assert seen == 7


def test_each_page_names_the_feeds(built: Path) -> None:
    for name, up in (("index.html", ""), ("decisions/D-2027-001/index.html", "../../")):
        assert (
            f'type="application/atom+xml" title="All news" href="{up}feed.xml"'
            in (built / name).read_text()
        )


def burst(many: int, on: str, made: Partnership | None = None) -> Partnership:
    made = made or Partnership()
    for number in range(1, many + 1):
        made.decision(f"D-{on[:4]}-{number:03}", on)
    return made


def test_a_burst_of_one_day_stands_whole_in_the_feed() -> None:
    found = files(burst(400, "2027-05-31"))
    for address in ("feed", "decisions/feed"):
        assert len(read(found[f"{address}.xml"]).entries) == 400
        assert len(json.loads(found[f"{address}.json"])["items"]) == 400


def test_nothing_is_lost_between_a_feed_and_its_archives() -> None:
    made = Partnership()
    for year in (2022, 2024, 2025, 2026, 2027):
        burst(70, f"{year}-04-03", made)
    found = files(made)
    assert sorted(path for path in found if path.startswith("decisions/feed")) == [
        f"decisions/feed{part}.{form}"
        for part in ("-2022", "-2024", "-2025", "-2026", "")
        for form in ("json", "xml")
    ]
    ids = list(everything(found, "decisions/feed.xml"))
    assert len(set(ids)) == 350
    path, items = "decisions/feed.json", []
    while path:
        document = json.loads(found[path])
        items += [one["id"] for one in document["items"]]
        path = document.get("next_url", "").removeprefix(HERE)
    assert items == ids


def test_an_archive_says_so_and_leads_both_ways() -> None:
    made = Partnership()
    for year in (2024, 2025, 2026, 2027):
        burst(40, f"{year}-04-03", made)
    archive = read(files(made)["decisions/feed-2025.xml"])
    assert "fh_archive" in archive.feed
    ways = {one.rel: one.href for one in archive.feed.links}
    assert ways["current"] == f"{HERE}decisions/feed.xml"
    assert ways["prev-archive"] == f"{HERE}decisions/feed-2024.xml"
    assert ways["next-archive"] == f"{HERE}decisions/feed-2026.xml"


def test_whoever_looks_in_every_three_months_needs_no_archive() -> None:
    made = burst(50, "2026-12-20")
    assert len(read(files(made, date(2027, 3, 1))["decisions/feed.xml"]).entries) == 50
    later = files(burst(40, "2027-02-01", made), date(2027, 6, 1))
    assert len(read(later["decisions/feed.xml"]).entries) == 40


def test_what_was_recorded_late_is_news_all_the_same() -> None:
    made = burst(40, "2027-04-01").decision("D-2020-001", "2020-03-01")
    path = "charter/decisions/D-2020-001.md"
    now = Change(AS_OF, "Ana", 1)
    known = History({path: FileHistory(now, now)}, 1)
    assert "D-2020-001 Decision D-2020-001" not in titles(files(made)["decisions/feed.xml"])
    late = files(made, history=known)
    assert "D-2020-001 Decision D-2020-001" in titles(late["decisions/feed.xml"])
    assert "D-2020-001 Decision D-2020-001" in titles(late["decisions/feed-2020.xml"])


def test_nothing_is_told_before_its_day() -> None:
    made = small().decision("D-2027-009", AS_OF + timedelta(1))
    assert not any("D-2027-009" in one for one in titles(files(made)["feed.xml"]))
    told = titles(files(made, AS_OF + timedelta(1))["feed.xml"])
    assert any("D-2027-009" in one for one in told)


def changed(old: str, new: str, path: str = NOTICE) -> Partnership:
    made = small()
    assert old in made.texts[path]
    made.texts[path] = made.texts[path].replace(old, new)
    return made


def test_a_new_title_changes_an_entry_and_makes_no_other() -> None:
    before = read(files(small())["notices/feed.xml"]).entries
    after = read(files(changed("Cribs in hotels", "Cots"))["notices/feed.xml"]).entries
    assert [one.id for one in before] == [one.id for one in after]
    assert "Cots" in after[0].title


def test_a_withdrawal_is_news_of_its_own_and_shows_at_the_issue() -> None:
    withdrawn = "withdrawn: {on: 2027-05-20, reason: The study was wrong}"
    made = changed("issued: 2027-04-01", f"issued: 2027-04-01\n{withdrawn}")
    newest, first = read(files(made)["notices/feed.xml"]).entries
    assert newest.title == "Safety notice withdrawn NPCS-SN-2027-001: Cribs in hotels"
    assert newest.summary == "Hazard: Soft bedding. The study was wrong."
    assert first.summary.startswith(
        "Now withdrawn. Not approved: no decision is named. Hazard: Soft bedding."
    )
    assert len({newest.id, first.id}) == 2
    assert first.published == "2027-04-01T00:00:00Z"
    assert first.updated == newest.updated == "2027-05-20T00:00:00Z"
    before = read(files(made, date(2027, 5, 19))["notices/feed.xml"]).entries
    assert [(one.id, one.updated) for one in before] == [(first.id, "2027-04-01T00:00:00Z")]


def test_what_changes_comes_again_to_whoever_has_read_its_archive() -> None:
    made = burst(40, "2028-12-01")
    withdrawn = "withdrawn: {on: 2028-11-20, reason: The study was wrong}"
    text = (
        small().texts[NOTICE].replace("issued: 2027-04-01\n", f"issued: 2027-04-01\n{withdrawn}\n")
    )
    found = files(made.put(NOTICE, text), date(2029, 1, 10))
    issued = "Safety notice NPCS-SN-2027-001: Cribs in hotels"
    for path in ("feed.xml", "feed-2027.xml"):
        [entry] = [one for one in read(found[path]).entries if one.title == issued]
        assert entry.updated == "2028-11-20T00:00:00Z"


def test_a_decision_that_does_not_hold_is_not_told_as_adopted() -> None:
    made = small().decision("D-2027-003", "2027-05-01", title="By nobody")
    [entry] = [one for one in read(files(made)["decisions/feed.xml"]).entries
               if one.title == "D-2027-003 By nobody"]  # fmt: skip
    assert entry.summary.startswith("Recorded as adopted, no votes")


def test_a_correction_is_news() -> None:
    made = small().decision(
        "D-2027-003", "2027-03-04", title="Meet at noon",
        corrections=[{"on": "2027-05-04", "what": "The vote of p09", "why": "It was mistyped"}],
    )  # fmt: skip
    entries = read(files(made)["decisions/feed.xml"]).entries
    corrected = next(one for one in entries if one.title.startswith("Corrected: D-2027-003"))
    assert corrected.published == "2027-05-04T00:00:00Z"
    assert corrected.summary == "The vote of p09. It was mistyped."
    itself = next(one for one in entries if one.title == "D-2027-003 Meet at noon")
    assert (itself.published, itself.updated) == ("2027-03-04T00:00:00Z", "2027-05-04T00:00:00Z")


def test_no_feed_tells_of_an_answer() -> None:
    for path, raw in files(small()).items():
        assert b"p01" not in raw.lower(), path


@pytest.mark.parametrize(
    "text",
    ["A & B", "<b>x</b>", "“]]>” &lt;", "--> é \N{GRINNING FACE}", "*a* `b`", "a\x0bb\ufffe"],
)
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    entry = Entry("x", text, "decisions/x", AS_OF, text, "decision")
    feed = Feed("News of X", "X", "feed", (entry,))
    found = ElementTree.fromstring(atom(feed)).find("{*}entry")
    assert found is not None
    fit = text.replace("\x0b", "").replace("\ufffe", "")  # no XML may hold these two
    assert (found.findtext("{*}title"), found.findtext("{*}summary")) == (fit, fit)
    [item] = json.loads(json_feed(feed))["items"]
    assert (item["title"], item["content_text"]) == (text, text)


def test_addresses_are_whole_where_the_site_has_one(copy: Path) -> None:
    (copy / "mkdocs.yml").write_text(
        f"site_name: X\nsite_url: {HERE.rstrip('/')}\n"
        "theme: {name: material}\nmarkdown_extensions: [npcs.publish.mdsafe, tables, attr_list]\n"
    )
    out = build(copy, as_of=AS_OF).out
    feed = read((out / "decisions/feed.xml").read_bytes())
    assert feed.entries[0].link == f"{HERE}decisions/D-2027-001/"
    assert {one.rel: one.href for one in feed.feed.links}["self"] == f"{HERE}decisions/feed.xml"


def test_a_practice_is_news_on_the_day_it_came_into_the_repository(copy: Path) -> None:
    place = copy / "practices/library/huddle.md"
    place.parent.mkdir(parents=True)
    place.write_text(
        "---\ntitle: A huddle\nproblem: Nobody *knows* [who](../../charter/charter.md).\n"
        "tried: It.\nworked: Well.\nevidence: {level: promising}\n---\n"
    )
    commit(copy, "2027-05-20")
    from npcs.publish.assemble import prepared

    site, _ = prepared(copy, AS_OF)
    entry = read(feed_files(site)["feed.xml"]).entries[0]
    assert entry.title == "Practice: A huddle"
    assert entry.summary == "Nobody knows who."
    assert entry.published == "2027-05-20T00:00:00Z"
