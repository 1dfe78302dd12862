"""Texts compared with those approved: what each kind of change may do, and what becomes of ids."""

from datetime import date

import pytest

from judging import Said, judged
from npcs.charter.approved import Approved
from npcs.charter.digest import digest
from npcs.charter.revisions import Revision, Revisions
from npcs.rules.registry import rule_named
from npcs.rules.rule import Scene
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


def ids(now: bytes | None, *before: bytes, entries: str = "") -> list[Said]:
    """What is said of the ids of a text, given the texts approved before it."""
    made = Partnership()
    if now is not None:
        made.decision("D-2027-002", "2027-06-03").put("charter/charter.md", now.decode())
    if entries:
        made.put("charter/coverage.yml", f"provisions:\n{entries}")
    texts = {f"charter-v{number}.0": raw for number, raw in enumerate(before, 1)}
    approved = Approved(Revisions(), True, text=now, texts=texts)
    return judged(made.hub(), "provision-ids", "2027-07-01", approved)


def without(*keys: str) -> dict[str, str]:
    return {key: one for key, one in OLD.items() if key not in keys}


def test_an_id_that_was_ever_approved_is_missed_and_said_with_the_last_text_that_had_it():
    first, second = text(OLD, "1.0"), text(without("VAL-1"), "2.0")
    (one,) = ids(text(without("VAL-1", "EXC-1"), "2.1"), first, second)[:1]
    assert one.message.startswith("VAL-1 stood in the charter at charter-v1.0 and is gone")
    found = ids(text(without("VAL-1", "EXC-1"), "2.1"), first, second)
    assert [it.message[:5] for it in found] == ["VAL-1", "EXC-1"]
    assert "charter-v2.0" in found[1].message


def test_a_charter_that_is_gone_is_told_once():
    (one,) = ids(None, text(OLD, "1.0"), entries="  VAL-1: {intent: A value.}\n")
    assert one.message == "the charter is gone; it stood here at charter-v1.0"
    assert ids(None, entries="  VAL-1: {intent: A value.}\n") == []


def test_words_that_were_swapped_are_told_at_both_ids():
    swapped = OLD | {"DEC-1": OLD["DEC-2"], "DEC-2": OLD["DEC-1"]}
    found = ids(text(swapped, "1.1"), text(OLD, "1.0"))
    assert [it.severity for it in found] == ["error", "error"]
    assert "these words stood under DEC-2" in found[0].message
    assert "these words stood under DEC-1" in found[1].message


def test_a_withdrawn_provision_stays_withdrawn_and_may_be_said_again():
    gone = text(OLD | {"VAL-1": "Withdrawn by D-2027-002."}, "2.0")
    assert ids(gone, text(OLD, "1.0")) == []
    again = "*Withdrawn* by [D-2027-002](decisions/D-2027-002.md), in June."
    assert ids(text(OLD | {"VAL-1": again}, "2.1"), gone) == []
    (one,) = ids(text(OLD | {"VAL-1": "Withdrawn in June."}, "2.1"), gone)
    assert one.message == "VAL-1 calls itself withdrawn by no decision, so it still holds"
    (one,) = ids(text(OLD, "3.0"), text(OLD, "1.0"), gone)
    assert one.severity == "error"
    assert one.message.startswith("VAL-1 was withdrawn at charter-v2.0")


def test_the_next_free_id_is_above_all_that_ever_were_whatever_the_entries_say():
    twice = text(OLD, "1.0") + b"\n**VAL-1** Another matter. {#val-1}\n"
    entries = "  VAL-7: {intent: A.}\n  VAL-x: {intent: B.}\n  VALS-9: {intent: C.}\n"
    made = Partnership().put("charter/charter.md", twice.decode())
    made.put("charter/coverage.yml", f"provisions:\n{entries}")
    rule = rule_named("provision-ids")
    assert rule
    first, *others = rule.check(Scene(made.hub(), D("2027-07-01")))
    assert first.hint == "give the new provision an id that was never used, such as VAL-8"
    assert len(others) == 3
