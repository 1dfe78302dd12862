"""What an editorial change may change, and what a yearly review should name."""

from datetime import date

import pytest

from judging import Said, judged
from npcs.charter.approved import Approved
from npcs.charter.digest import digest
from npcs.charter.revisions import Revision, Revisions
from partnership import Partnership

D = date.fromisoformat

OLD = {
    "DEC-1": "The committee decides by consensus.",
    "DEC-2": "Two-thirds of the committee must agree.",
    "EXC-1": "The commitee is open to all members of the partnership.",
    "VAL-1": "We examine ideas rigorously, and learn.",
}


def text(provisions: dict[str, str], version: str) -> bytes:
    body = "\n\n".join(f"**{key}** {said} {{#{key.lower()}}}" for key, said in provisions.items())
    return f'---\ntitle: Charter\nversion: "{version}"\n---\n\nPreamble.\n\n{body}\n'.encode()


def revision(version: str, decision: str, change: str, on: str, raw: bytes) -> Revision:
    return Revision(
        f"charter-v{version}", "", "", D(on), "verified", "", "", "", "", version, decision,
        change, digest(raw), D(on), D(on), "",
    )  # fmt: skip


def said(change: str, about: tuple[str, ...] = (), tagged: bool = True, **now: str) -> list[Said]:
    """What is said of a second text that differs from the first in some provisions."""
    changed = {key.replace("_", "-"): words for key, words in now.items()}
    first = text(OLD, "1.0")
    second = text({key: one for key, one in (OLD | changed).items() if one}, "1.1")
    made = Partnership().put("charter/charter.md", second.decode())
    for id, on, kind, raw, version in (
        ("D-2027-001", "2027-03-04", "major", first, "1.0"),
        ("D-2027-002", "2027-06-03", change, second, "1.1"),
    ):
        charter = {"version": version, "digest": digest(raw), "change": kind}
        made.decision(id, on, subject="charter", charter=charter, about=list(about))
    revisions = [revision("1.0", "D-2027-001", "major", "2027-03-04", first)]
    texts = {"charter-v1.0": first}
    if tagged:
        revisions.append(revision("1.1", "D-2027-002", change, "2027-06-03", second))
        texts["charter-v1.1"] = second
    approved = Approved(Revisions(tuple(revisions)), True, text=second, texts=texts)
    return judged(made.hub(), "major-change", "2027-07-01", approved)


@pytest.mark.parametrize(
    "now",
    [
        {},
        {"DEC_1": "The **Committee** decides by\nconsensus;"},
        {"DEC_2": "Two thirds of the committee must agree."},
        {"EXC_1": "The committee is open to all members of the partnership."},
        {"EXC_1": "The comittee is open to all members of the partnership."},
        {"VAL_1": "We examine ideas rigorously and learn"},
    ],
    ids=["nothing", "marks", "a hyphen", "a letter too few", "also a slip", "stops"],
)
def test_an_editorial_change_may_put_a_slip_right(now):
    if now.get("EXC_1", "").startswith("The comittee"):
        assert len(said("editorial", **now)) == 1, "no text has the word like that"
    else:
        assert said("editorial", **now) == []


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ({"DEC_2": "Three-quarters of the committee must agree."},
         "changes the words of DEC-2: “two thirds” is “three quarters” now"),
        ({"DEC_2": "Two-thirds of the committee may agree."}, "“must” is “may” now"),
        ({"DEC_1": "The committee decides by consensus only."}, "“only” is new"),
        ({"VAL_1": "We examine ideas, and learn."}, "“rigorously” is gone"),
        ({"VAL_1": "We examine idea rigorously, and learn."}, "“ideas” is “idea” now"),
        ({"DEC_1": "The partnership decides by consensus."}, "“committee” is “partnership” now"),
        ({"VAL_2": "We share."}, "adds VAL-2"),
        ({"VAL_1": ""}, "leaves VAL-1 out"),
        ({"VAL_1": "Withdrawn by D-2027-002."}, "withdraws VAL-1"),
        ({"DEC_1": OLD["DEC-2"], "DEC_2": OLD["DEC-1"]}, "changes the words of DEC-1"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("tagged", [True, False], ids=["approved", "waiting for its tag"])
def test_an_editorial_change_alters_no_provision(now, words, tagged):
    (one,) = said("editorial", tagged=tagged, **now)
    assert (one.severity, one.path) == ("error", "charter/decisions/D-2027-002.md")
    assert one.message.startswith("classed as editorial, and it ")
    assert words in one.message


@pytest.mark.parametrize(
    ("now", "provision"),
    [
        ({"VAL_2": "We share."}, "VAL-2"),
        ({"VAL_1": "Withdrawn by D-2027-002."}, "VAL-1"),
        ({"DEC_2": "Three-quarters of the committee must agree."}, "DEC-2"),
    ],
)
def test_a_yearly_review_names_what_changes_structure(now, provision):
    (one,) = said("annual", **now)
    assert one.severity == "warning"
    assert provision in one.message
    assert said("annual", (provision,), **now) == []
    assert said("major", **now) == []


def test_a_yearly_review_may_say_things_in_other_words():
    assert said("annual", DEC_1="By consensus the committee decides.", VAL_1="We think.") == []


def test_a_provision_of_very_many_words_is_compared_all_the_same():
    long = "word " * 100_000
    (one,) = said("editorial", VAL_1=long)
    assert one.message.endswith("word word word word word word word …” now")


def test_without_the_text_before_nothing_is_said():
    first = text(OLD, "1.0")
    charter = {"version": "1.0", "digest": digest(first), "change": "editorial"}
    made = Partnership().put("charter/charter.md", first.decode())
    made.decision("D-2027-001", "2027-03-04", subject="charter", charter=charter)
    assert judged(made.hub(), "major-change", "2027-07-01") == []
    assert judged(made.hub(), "major-change", "2027-07-01", Approved(Revisions(), True)) == []
