"""Calendars as a real calendar library reads them, today and after a change."""

from datetime import date
from pathlib import Path
from typing import Any

from icalendar import Calendar
from tests.partnership import Partnership
from tests.publish.conftest import AS_OF, commit, small

from npcs.history.dates import Change, FileHistory, History
from npcs.publish.assemble import prepared
from npcs.publish.calendars import CALENDARS, calendar_files
from npcs.publish.site import Settings, Site

MEETING = "charter/meetings/2027-07-01-executive-committee.md"


def events(
    made: Partnership, name: str = "meetings", as_of: date = AS_OF, history: History | None = None
) -> list[Any]:
    """The events of a calendar."""
    site = Site(made.hub(), as_of, Settings("Test", address="https://example.org/"),
                history or History())  # fmt: skip
    return read(calendar_files(site)[f"calendars/{name}.ics"])


def read(raw: bytes) -> list[Any]:
    calendar = Calendar.from_ical(raw)
    assert not calendar.errors
    found = calendar.walk("VEVENT")
    assert not any(one.errors for one in found)
    assert len({one["uid"] for one in found}) == len(found)
    return list(found)


def test_every_calendar_of_a_site_is_read(built: Path) -> None:
    for path in CALENDARS:
        raw = (built / path).read_bytes()
        assert read(raw), path
        assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    everything = read((built / "calendars/all.ics").read_bytes())
    parts = [read((built / path).read_bytes()) for path in CALENDARS]
    assert len(everything) == sum(map(len, parts)) - len(everything)


def coming(**fields: Any) -> Partnership:
    return small().meeting("2027-07-01", status="scheduled", **fields)


def test_a_meeting_is_a_whole_day_with_its_agenda_and_page() -> None:
    found = events(coming(agenda=[{"title": "Seats, and; who"}, {"title": "Data"}]))
    meeting = on(found, date(2027, 7, 1))
    assert meeting["dtend"].dt == date(2027, 7, 2)
    assert meeting["description"] == "1. Seats, and; who\n2. Data"
    assert meeting["url"] == "https://example.org/meetings/2027-07-01-executive-committee/"
    assert meeting["status"] == "CONFIRMED"


def on(found: list[Any], day: date) -> Any:
    [event] = [one for one in found if one["dtstart"].dt == day]
    return event


def history_of(path: str, at: int) -> History:
    change = Change(date(2027, 5, 5), "Ana", at)
    return History({path: FileHistory(change, change)}, at)


def test_a_cancelled_meeting_keeps_its_name_and_says_so() -> None:
    noon = 1_800_000_000
    before = events(coming(), history=history_of(MEETING, noon))
    cancelled = small().meeting("2027-07-01", status="cancelled", reason="A storm")
    after = events(cancelled, history=history_of(MEETING, noon + 3600))
    old, new = (on(one, date(2027, 7, 1)) for one in (before, after))
    assert old["uid"] == new["uid"]
    assert new["sequence"] > old["sequence"]
    assert new["dtstamp"].dt > old["dtstamp"].dt
    assert (new["status"], new["summary"]) == ("CANCELLED", "Cancelled: Executive Committee")
    assert new["description"].startswith("Cancelled: A storm")


def test_a_change_raises_the_version_of_its_own_event_alone(copy: Path) -> None:
    coming().write(copy)
    commit(copy, "2027-05-10")

    def meetings() -> list[Any]:
        return read(calendar_files(prepared(copy, AS_OF)[0])["calendars/meetings.ics"])

    before = meetings()
    file = copy / MEETING
    file.write_text(file.read_text().replace("status: scheduled", "status: scheduled\ntitle: Big"))
    commit(copy, "2027-05-12")
    after = meetings()
    other = date(2027, 3, 4)
    assert on(before, other)["sequence"] == on(after, other)["sequence"]
    day = date(2027, 7, 1)
    assert on(before, day)["uid"] == on(after, day)["uid"]
    assert on(before, day)["sequence"] < on(after, day)["sequence"]
    assert on(after, day)["summary"] == "Big"


def test_a_term_that_ends_early_moves_its_day() -> None:
    made = small()
    before = events(made, "terms")
    path = next(path for path in made.texts if path.endswith("p02-member.yml"))
    made.texts[path] += "ended: {on: 2027-05-31, reason: Moved away}\n"
    after = events(made, "terms")
    [old], [new] = ([one for one in found if one["summary"].startswith("Last day of P02 as member")]
                    for found in (before, after))  # fmt: skip
    assert old["dtstart"].dt == date(2027, 12, 31)
    assert new["dtstart"].dt == date(2027, 5, 31)
    assert new["uid"] == old["uid"]
    assert new["description"] == "Moved away"


def to_answer(made: Partnership, day: date) -> list[Any]:
    return [one for one in events(made, "due", day) if "to answer" in one["summary"]]


def test_answers_are_due_by_their_day_and_go_when_all_have_answered() -> None:
    made = small()
    made.parameter("repository-audience", ("2027-01-01", "members"))
    [waiting] = to_answer(made, date(2027, 4, 15))
    assert waiting["dtstart"].dt == date(2027, 5, 1)
    answer = "notices/2027/NPCS-SN-2027-001/state-of-p01.yml"
    for number in range(2, 9):
        other = made.texts[answer].replace("p01", f"p{number:02}")
        made.put(answer.replace("p01", f"p{number:02}"), other)
    [fewer] = to_answer(made, date(2027, 4, 25))
    assert fewer["uid"] == waiting["uid"]
    assert "1 member of 9 to answer" in fewer["summary"]
    made.put(answer.replace("p01", "p09"), made.texts[answer].replace("p01", "p09"))
    assert not to_answer(made, date(2027, 4, 25))


def test_a_calendar_without_events_is_one_all_the_same() -> None:
    site = Site(Partnership().hub(), AS_OF, Settings("Test"))
    for raw in calendar_files(site).values():
        calendar = Calendar.from_ical(raw)
        assert [one.name for one in calendar.subcomponents] == ["VTIMEZONE"]
        assert not calendar.walk("VEVENT")


def test_the_calendar_of_what_is_due_names_no_member_that_answers() -> None:
    for one in events(small(), "due"):
        assert "p0" not in one["summary"].lower()


def test_a_meeting_of_long_ago_is_left_out() -> None:
    made = small().meeting("2026-05-31").meeting("2026-06-01")
    days = {one["dtstart"].dt for one in events(made)}
    assert days == {date(2026, 6, 1), date(2027, 3, 4)}
