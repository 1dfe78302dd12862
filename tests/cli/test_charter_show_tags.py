"""What `npcs charter show` says where tags, records or the committee say otherwise."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from approving import ANA, FIRST, SECOND, Repository, key
from partnership import day, people
from running import Done, npcs

TODAY = "2027-09-01"
OBJECTION = {"sought_on": FIRST, "objections": [{"by": "p03", "text": "Too soon."}]}
VOTES = {"p01": "yes", "p02": "yes", "p03": "no"}


@pytest.fixture(scope="module")
def _voted(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    made = Repository(tmp_path_factory.mktemp("voted") / "hub")
    decision = made.adopt("1.0", FIRST, method="vote", votes=VOTES, consensus=OBJECTION)
    made.commit(FIRST)
    made.approved(decision, FIRST)
    made.commit("2027-03-06")
    return made


@pytest.fixture
def voted(_voted: Repository, tmp_path: Path) -> Repository:
    """A text that two of three voted for."""
    return _voted.copy(tmp_path / "hub")


def show(made: Repository, *arguments: str, on: str = TODAY) -> Done:
    root_key = ("--root-key", str(key(ANA)) + ".pub")
    return npcs("charter", "show", *arguments, *root_key, "--root", str(made.root), today=day(on))


def words(text: str) -> str:
    return " ".join(text.split())


def second(made: Repository, **fields: object) -> str:
    """Adopt 1.1, or not, as the fields say, and record it."""
    decision = made.adopt("1.1", SECOND, "We keep all children safe.", **fields)
    made.commit(SECOND)
    return decision


# The vote


def test_the_vote_is_told_in_a_sentence(voted: Repository) -> None:
    said = words(show(voted, "1.0").out)
    assert "version 1.0, approved; adopted by D-2027-001" in said
    assert "adopted this text on 4 March 2027 by vote: 2 of the 3" in said
    assert "was changed since" not in said


def test_the_vote_is_told_as_it_stood_at_the_tag(voted: Repository) -> None:
    path = "charter/decisions/D-2027-001.md"
    voted.made.texts[path] = voted.made.texts[path].replace("yes", "no")
    voted.commit("2027-03-07")
    for asked in (("1.0",), ("--on", "2027-04-01"), ()):
        said = words(show(voted, *asked).out)
        assert "version 1.0, approved; adopted by D-2027-001" in said, asked
        assert "on 4 March 2027 by vote: 2 of the 3" in said, asked
        assert "The record of D-2027-001 was changed since." in said, asked


def test_a_vote_whose_record_is_gone_is_told_as_it_stood(voted: Repository) -> None:
    del voted.made.texts["charter/decisions/D-2027-001.md"]
    voted.commit("2027-03-07")
    said = words(show(voted, "1.0").out)
    assert "on 4 March 2027 by vote: 2 of the 3" in said
    assert "The record of D-2027-001 was changed since." in said


# Tags that do not hold


def test_what_speaks_against_a_tag_is_said_with_the_text(voted: Repository) -> None:
    voted.approved(second(voted), SECOND)
    assert "version 1.1, approved;" in show(voted, "1.1").out
    commit, message = voted.git("rev-parse", "charter-v1.1^{commit}"), voted.message("charter-v1.1")
    voted.git("tag", "-d", "charter-v1.1")
    voted.tag_by_hand("charter-v1.1", commit, message, SECOND, signer=None)
    said = words(show(voted, "1.1").out)
    assert "version 1.1, approval not verified; adopted by D-2027-002" in said
    assert "not signed" in said


def test_which_text_was_in_force_cannot_be_told_without_a_tag_that_holds(voted: Repository) -> None:
    voted.approved(second(voted), SECOND)
    voted.git("tag", "-d", "charter-v1.1")
    voted.git("tag", "charter-v1.1")
    done = show(voted, "--on", "2027-07-01")
    assert (done.code, done.out) == (2, "")
    assert "which text was in force on 1 July 2027 cannot be told: D-2027-002 adopted" in done.err
    assert "no tag that holds approves it. `npcs charter verify` says more" in done.err
    assert "version 1.0, approved;" in show(voted, "--on", "2027-06-02").out


def test_a_tag_of_a_day_to_come_approves_nothing_yet(voted: Repository) -> None:
    voted.approved(second(voted), SECOND)
    said = words(show(voted, on="2027-06-02").out)
    assert "version 1.1, approved" not in said
    assert "version 1.0, approved;" in show(voted, "--on", "2027-06-01", on="2027-06-02").out


# Texts that were not adopted


def test_a_rejected_text_is_never_called_adopted(voted: Repository, tmp_path: Path) -> None:
    votes = dict.fromkeys(people(3), "no")
    decision = second(voted, method="vote", votes=votes, outcome="rejected", consensus=OBJECTION)
    here = words(show(voted).out)
    assert "version 1.1, proposed – not approved No decision" in here
    assert "the last approved text is version 1.0." in here
    message = voted.message("charter-v1.0").replace("D-2027-001", decision).replace("1.0", "1.1")
    voted.tag_by_hand("charter-v1.1", voted.git("rev-parse", "HEAD"), message, SECOND)
    for asked in (("1.1",), ()):
        said = words(show(voted, *asked).out)
        assert "version 1.1, proposed – not approved No decision adopted this text." in said, asked
        assert "in effect from" not in said, asked
    out = tmp_path / "charter.pdf"
    done = show(voted, "1.1", "--format", "pdf", "--out", str(out))
    assert done.code == 0, done.err
    for page in PdfReader(out).pages:
        assert "PROPOSED – NOT APPROVED" in page.extract_text()
    assert "version 1.0, approved;" in show(voted, "--on", "2027-07-01").out
