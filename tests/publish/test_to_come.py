"""What is to come is not told as done: not on a page, in no data, feed or search."""

import re
from datetime import date

import pytest
from tests.partnership import Partnership
from tests.publish.conftest import AS_OF, small

from npcs.publish.site import Settings, Site
from npcs.publish.stage import planned

LATER = date(2033, 12, 31)


def correction(word: str, day: str) -> list[dict[str, str]]:
    return [{"on": day, "what": f"The {word} was written wrong", "why": "Somebody saw it"}]


@pytest.fixture(scope="module")
def partnership() -> Partnership:
    """A partnership whose records tell of days long after the day of the site."""
    made = small().decision(
        "D-2027-003", "2027-02-04", title="Count again",
        corrections=correction("tally", "2033-01-02"),
        communicated=[{"on": "2033-01-03", "to": "Everybody in Zenda", "by": "p01"}],
        shared_outside=[{"on": "2033-01-04", "with": "The press of Ruritania"}],
    )  # fmt: skip
    made.meeting("2027-02-04", corrections=correction("attendance list", "2033-01-05"),
                 minutes={"by": "p01", "sent_on": "2033-01-06", "to": ["members"]})  # fmt: skip
    made.group("cribs", "D-2027-001", "p02", closed="2033-01-07")
    made.recommendation("R-2027-001", "cribs", "2027-03-05",
                        feedback=[{"on": "2033-01-08", "text": "Strelsau agrees."}])  # fmt: skip
    notice = "notices/2027/NPCS-SN-2027-001.md"
    issued = "issued: 2027-04-01\n"
    text = made.texts[notice].replace(issued, f"{issued}closed: 2033-01-09\n")
    return made.put(notice, text)


WORDS = ("tally was written wrong", "Zenda", "Ruritania", "attendance list was written", "Strelsau")
DAYS = (*range(2, 10),)


def staged(partnership: Partnership, as_of: date) -> str:
    found = planned(Site(partnership.hub(), as_of, Settings("Test")))[0]
    texts = (one.decode(errors="replace") for name, one in found.items() if ".ics" not in name)
    return "\n".join(texts).replace("\N{NO-BREAK SPACE}", " ")


def told(text: str, day: int) -> bool:
    return bool(re.search(rf"2033-01-0{day}|\b{day} January 2033", text))


def test_what_is_to_come_is_told_nowhere_as_done(partnership: Partnership) -> None:
    text = staged(partnership, AS_OF)
    assert [one for one in WORDS if one in text] == []
    assert [day for day in DAYS if told(text, day)] == []


def test_it_is_told_once_its_day_has_come(partnership: Partnership) -> None:
    text = staged(partnership, LATER)
    assert [one for one in WORDS if one not in text] == []
    assert [day for day in DAYS if not told(text, day)] == []


def test_a_term_that_is_to_end_early_is_not_told_as_ended() -> None:
    gone = {"on": "2027-11-30", "reason": "Moves away"}
    made = Partnership().seat("ana", "2027-01-01", ended=gone)
    assert "Is to leave early" in staged(made, date(2027, 6, 1))
    assert "Left early" in staged(made, date(2028, 1, 1))
