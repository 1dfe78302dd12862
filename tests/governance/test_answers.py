"""What members answered, to which version, and whom a page may name."""

from datetime import date

import pytest

from npcs.governance.answers import (
    Board,
    answers_to_give,
    board,
    may_name,
    named,
    tells_totals,
)
from npcs.records.notices import Notice
from partnership import Partnership

D = date.fromisoformat
KEY = "NPCS-SN-2027-001"
MEMBERS = ("alder", "birch", "cedar", "dogwood", "elm")


def made(*lines: str, agreed: int = 0, members: int = 5, **answers: str) -> Partnership:
    """A notice issued on 1 March 2027, its members, and answers by member.

    So many members have agreed to be named.
    """
    text = (
        "title: Cribs\nkind: warning\ntlp: CLEAR\nhazard: Beds\nissued: 2027-03-01\n"
        "respond_by: 2027-04-01\nactions:\n- {text: Look, strength: weak, due: 2027-06-01}\n"
    )
    first = any(line.startswith("version") for line in lines)
    text += "\n".join(lines) + ("" if first else "\nversion: '1.0'") + "\n"
    found = Partnership().put(f"notices/2027/{KEY}.md", f"---\n{text}---\nLook.\n")
    found.parameter("repository-audience", ("2027-01-01", "members"))
    for number, one in enumerate(MEMBERS[:members]):
        more = {"answers_named_from": D("2027-01-01")} if number < agreed else {}
        found.member(one, **more)
    for one, said in answers.items():
        text = f"member: {one}\nnotice: {KEY}\n{said}\n"
        found.put(f"notices/2027/{KEY}/{one}.yml", text)
    return found


def board_of(partnership: Partnership, day: str) -> Board:
    hub = partnership.hub()
    found = board(hub, hub.all(Notice)[KEY], D(day))
    assert found
    return found


def said(status: str, on: str, version: str = "1.0", more: str = "") -> str:
    return f"version: '{version}'\nstatus: {status}\n'on': {on}\n{more}"


AMENDED = (
    "version: '1.1'", "revisions: [{version: '1.1', 'on': 2027-05-01, what: Clearer}]",
)  # fmt: skip


def test_nobody_is_asked_before_the_notice_is_issued():
    hub = made().hub()
    assert board(hub, hub.all(Notice)[KEY], D("2027-02-28")) is None


def test_every_member_has_a_line_also_without_an_answer():
    found = board_of(made(alder=said("complete", "2027-03-10")), "2027-03-20")
    assert found.totals == {"complete": 1, "no-answer": 4}
    assert (found.open, found.late) == (4, 0)


@pytest.mark.parametrize(
    ("status", "day", "late"),
    [
        ("no-answer", "2027-04-01", 0),
        ("no-answer", "2027-04-02", 1),
        ("not-received", "2027-04-02", 1),
        ("acknowledged", "2027-04-02", 0),
        ("under-way", "2027-06-01", 0),
        ("under-way", "2027-06-02", 1),
        ("complete", "2027-06-02", 0),
        ("equivalent-measure", "2027-06-02", 0),
        ("not-applicable", "2027-06-02", 0),
    ],
)
def test_late_is_who_has_not_answered_or_not_acted_after_the_day(status, day, late):
    answers = {} if status == "no-answer" else {"alder": said(status, "2027-03-10")}
    assert board_of(made(members=1, **answers), day).late == late


def test_an_amended_notice_asks_everyone_again():
    partnership = made(*AMENDED, alder=said("complete", "2027-03-10"))
    before, after = (board_of(partnership, day) for day in ("2027-04-30", "2027-05-01"))
    assert before.lines[0].settled
    assert (after.lines[0].said, after.lines[0].reopened) == ("no-answer", True)
    assert not after.lines[1].reopened
    assert after.open == 5
    assert after.version == "1.1"


def test_what_was_answered_before_holds_on_an_earlier_day():
    more = "earlier:\n- {version: '1.0', status: assessing, 'on': 2027-03-10}\n"
    partnership = made(*AMENDED, alder=said("complete", "2027-05-10", "1.1", more))
    told = [board_of(partnership, day).lines[0].said
            for day in ("2027-03-09", "2027-03-10", "2027-05-09", "2027-05-10")]  # fmt: skip
    assert told == ["no-answer", "assessing", "no-answer", "complete"]


@pytest.mark.parametrize("end", ["closed: 2027-05-01",
                                 "withdrawn: {'on': 2027-05-01, reason: Wrong}"])  # fmt: skip
def test_nobody_is_asked_any_more_when_a_notice_has_ended(end):
    found = board_of(made(end), "2027-07-01")
    assert (found.live, found.open, found.late) == (False, 0, 0)


def test_members_that_join_later_or_have_left_are_not_asked():
    partnership = made(members=1)
    partnership.member("late", joined=D("2027-03-02")).member("there", joined=D("2027-03-01"))
    partnership.member("gone", left=D("2027-04-30"))
    asked = [one.member for one in board_of(partnership, "2027-04-30").lines]
    assert asked == ["alder", "gone", "there"]
    assert [one.member for one in board_of(partnership, "2027-05-01").lines] == ["alder", "there"]


@pytest.mark.parametrize(
    ("agreed", "names"),
    [(0, 0), (1, 1), (2, 2), (3, 0), (4, 0), (5, 5)],
)
def test_members_are_named_unless_what_is_left_would_name_one_or_two(agreed, names):
    partnership = made(agreed=agreed)
    hub = partnership.hub()
    found = board_of(partnership, "2027-03-20")
    assert len(named(hub, found, D("2027-03-20"))) == names


def test_nobody_is_named_who_did_not_agree_by_the_day():
    partnership = made(members=1).member("birch", answers_named_from=D("2027-03-20"))
    hub = partnership.hub()
    assert not may_name(hub, "alder", D("2027-03-20"))
    assert not may_name(hub, "birch", D("2027-03-19"))
    assert may_name(hub, "birch", D("2027-03-20"))


def test_a_hub_that_only_members_read_names_all():
    partnership = made().parameter("hub-audience", ("2027-01-01", "members"))
    hub = partnership.hub()
    assert may_name(hub, "alder", D("2027-03-20"))
    later = made().parameter("hub-audience", ("2027-01-01", "members"), ("2028-01-01", "public"))
    assert not may_name(later.hub(), "alder", D("2027-03-20"))


def test_a_board_of_a_public_repository_is_of_those_who_agreed():
    partnership = made(agreed=2, alder=said("complete", "2027-03-10"))
    partnership.parameter("repository-audience", ("2027-01-01", "as the hub"))
    found = board_of(partnership, "2027-05-01")
    assert [one.member for one in found.lines] == ["alder", "birch"]
    assert found.elsewhere == 3
    assert (found.open, found.late) == (1, 1)
    hub = partnership.hub()
    assert named(hub, found, D("2027-05-01")) == {"alder", "birch"}
    assert tells_totals(hub, found, D("2027-05-01"))


@pytest.mark.parametrize(
    ("members", "agreed", "told"),
    [(1, 0, False), (2, 0, False), (2, 1, False), (2, 2, True), (3, 0, True), (3, 2, True),
     (5, 3, True)],
)  # fmt: skip
def test_totals_of_so_few_that_they_tell_of_one_are_not_told(members, agreed, told):
    partnership = made(members=members, agreed=agreed)
    hub, found = partnership.hub(), board_of(partnership, "2027-05-01")
    assert tells_totals(hub, found, D("2027-05-01")) is told
    (due,) = answers_to_give(hub, D("2027-05-01"))
    assert (f"{members} member" in due.what) is told


def test_who_joined_later_is_not_asked_and_counts_once_it_answers():
    partnership = made(members=3).member("late", joined=D("2027-03-02"))
    partnership.put(f"notices/2027/{KEY}/late.yml",
                    f"member: late\nnotice: {KEY}\n" + said("complete", "2027-03-20"))  # fmt: skip
    asked = [one.member for one in board_of(partnership, "2027-03-19").lines]
    assert "late" not in asked
    assert "late" in [one.member for one in board_of(partnership, "2027-03-20").lines]
