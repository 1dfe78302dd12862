"""``npcs answers``: who has answered a notice, in words a coordinator reads."""

import json
from datetime import date

import pytest

from partnership import Partnership
from running import npcs

D = date.fromisoformat
KEY = "NPCS-SN-2027-001"
PUBLIC = "everybody can read this repository"


def made(agreed: tuple[str, ...] = (), closed: bool = True) -> Partnership:
    """A notice to five members: three answered, one of them an earlier version, two did not."""
    found = Partnership()
    if closed:
        found.parameter("repository-audience", ("2027-01-01", "members"))
    for one in ("alder", "birch", "cedar", "dogwood", "elm"):
        found.member(one, **({"answers_named_from": D("2027-01-01")} if one in agreed else {}))
    for number, more in (("001", ""), ("002", "closed: 2027-05-01\n"), ("003", "")):
        issued = "issued: 2027-03-01\nrespond_by: 2027-04-01\n" if number != "003" else ""
        amended = "version: '1.1'\nrevisions: [{version: '1.1', 'on': 2027-05-01, what: Clearer}]\n"
        version = amended if number == "001" else "version: '1.0'\n"
        found.put(
            f"notices/2027/NPCS-SN-2027-{number}.md",
            "---\ntitle: Soft bedding\nkind: warning\ntlp: CLEAR\nhazard: Beds\n"
            f"{version}{issued}{more}actions:\n"
            "- {text: Look, strength: weak, due: 2027-06-01}\n---\nLook.\n",
        )
    for one, version, said, on in (
        ("alder", "1.1", "complete", "2027-05-10"),
        ("birch", "1.1", "under-way", "2027-05-11"),
        ("cedar", "1.0", "complete", "2027-03-20"),
    ):
        text = f"member: {one}\nnotice: {KEY}\nversion: '{version}'\nstatus: {said}\n'on': {on}\n"
        found.put(f"notices/2027/{KEY}/{one}.yml", text)
    return found


@pytest.fixture
def root(tmp_path):
    return made(agreed=("alder",)).write(tmp_path / "root")


def answers(root, *given):
    return npcs("answers", "--root", str(root), *given)


def test_in_a_closed_hub_all_are_named_and_who_has_not_answered_comes_first(root, same_as):
    same_as("answers.text", answers(root, KEY, "--as-of", "2027-06-02").out)


def test_days_move_what_is_overdue(root):
    def late(day):
        (one,) = json.loads(answers(root, KEY, "--as-of", day, "--format", "json").out)["notices"]
        return one["version"], [it["id"] for it in one["members"] if it["overdue"]]

    assert late("2027-04-01") == ("1.0", [])
    assert late("2027-04-02") == ("1.0", ["alder", "birch", "dogwood", "elm"])
    assert late("2027-05-01") == ("1.1", [])
    assert late("2027-06-01") == ("1.1", [])
    assert late("2027-06-02") == ("1.1", ["cedar", "dogwood", "elm", "birch"])


def test_json_tells_the_same(root):
    told = json.loads(answers(root, "--as-of", "2027-06-02", "--format", "json").out)
    assert [*told] == ["version", "as_of", "notices", "unread"]
    (one,) = told["notices"]
    assert [*one] == [
        "id", "title", "version", "state", "respond_by", "act_by", "asked", "settled", "open",
        "overdue", "elsewhere", "members",
    ]  # fmt: skip
    assert (one["asked"], one["settled"], one["open"], one["overdue"]) == (5, 1, 4, 4)
    assert [it["answer"] for it in one["members"]] == [*["no-answer"] * 3, "under-way", "complete"]
    assert [it["id"] for it in one["members"] if it["asked_again"]] == ["cedar"]
    assert [it["id"] for it in one["members"] if it["may_be_named"]] == ["alder"]


def test_in_a_public_hub_only_who_agreed_is_named(tmp_path):
    root = made(agreed=("alder",), closed=False).write(tmp_path / "root")
    done = answers(root, KEY, "--as-of", "2027-06-02")
    assert "Alder" in done.out
    assert not [name for name in ("Birch", "Cedar", "Dogwood", "Elm") if name in done.out]
    assert (
        f"  4 members are asked and have not agreed to be named: {PUBLIC}, so their answers are "
        "kept elsewhere."
    ) in done.out.splitlines()
    told = answers(root, KEY, "--as-of", "2027-06-02", "--format", "json").out
    assert not [name for name in ("birch", "cedar", "dogwood", "elm") if name in told.lower()]
    assert json.loads(told)["notices"][0]["elsewhere"] == 4


def test_where_nobody_agreed_nobody_is_named(tmp_path):
    root = made(closed=False).write(tmp_path / "root")
    done = answers(root, KEY, "--as-of", "2027-06-02")
    assert "  5 members are asked." in done.out
    assert "settled" not in done.out


def test_without_a_number_all_that_are_open(root):
    assert answers(root, "--as-of", "2027-06-02").out.count("NPCS-SN-") == 1
    assert answers(root, "--as-of", "2027-04-30").out.count("NPCS-SN-") == 2
    done = answers(root, "--as-of", "2027-02-28")
    assert (done.code, "No notice is open on this day" in done.out) == (0, True)


def test_a_closed_one_can_be_asked_for(root):
    done = answers(root, "npcs-sn-2027-002", "--as-of", "2027-06-02")
    assert "5 members were asked, 0 settled it; the notice is closed." in done.out
    assert "overdue" not in done.out


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("NPCS-SN-2027-003", "the notice NPCS-SN-2027-003 had not been issued on 2 June 2027"),
        ("NPCS-SN-2027-01", "there is no notice `NPCS-SN-2027-01`; did you mean"),
        ("x\x1b[2J", "there is no notice `x\\x1b[2J`"),
    ],
)
def test_a_number_that_leads_nowhere(root, number, said):
    done = answers(root, number, "--as-of", "2027-06-02")
    assert done.code == 2
    assert said in done.err


def test_what_cannot_be_read_is_said(root):
    (root / "notices/2027" / KEY / "birch.yml").write_text("member: birch\n")
    done = answers(root, KEY, "--as-of", "2027-06-02")
    said = f"1 answer cannot be read: notices/2027/{KEY}/birch.yml; what is shown may lack it"
    assert said in done.out.splitlines()
    (root / f"notices/2027/{KEY}.md").write_text("---\ntitle: x\n---\n")
    done = answers(root, KEY, "--as-of", "2027-06-02")
    assert (done.code, "cannot be read; `npcs check` says why" in done.err) == (2, True)
