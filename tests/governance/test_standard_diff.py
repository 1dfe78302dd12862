"""Each kind of change of the core data set, and how much it asks of its users."""

from pathlib import Path

import pytest

from npcs.governance.standard import Standard, standard
from npcs.governance.standard_diff import Change, changes, least_version
from npcs.records.datapackage import FOLDER
from npcs.records.hub import Hub

PACKAGE = """\
name: core-data-set
title: Core data set
version: '1.0'
description: What members report.
resources:
  - name: incidents
    title: Incidents
    path: incidents.csv
    schema:
      missingValues:
        - {value: unknown, label: Not known}
      fields:
        - {name: record_id, type: string, format: uuid, privacy: P2, title: Record}
        - {name: kind, type: string, privacy: P1, title: Kind, definition: critical-incident}
        - name: age
          type: integer
          title: Age
          privacy: P2
          requirement: conditional
          asked_when: the age is known
          ncands: [CHAGE]
          constraints: {minimum: 0, maximum: 17, pattern: "[0-9]+", enum: ['1', '2']}
        - {name: note, type: string, privacy: P2, requirement: optional, description: A remark.}
      primaryKey: [record_id]
      foreignKeys:
        - fields: [kind]
          reference: {resource: codes-kind, fields: [code]}
  - name: actions
    title: Actions
    path: actions.csv
    schema:
      fields:
        - {name: record_id, type: string, privacy: P2}
      foreignKeys:
        - fields: [record_id]
          reference: {resource: incidents, fields: [record_id]}
  - name: codes-kind
    path: codes/kind.csv
    schema:
      fields: [{name: code, type: string, privacy: P0}, {name: label, type: string, privacy: P0}]
  - name: codes-more
    path: codes/more.csv
    schema:
      fields: [{name: code, type: string, privacy: P0}, {name: label, type: string, privacy: P0}]
checks:
  - {name: age-known, says: Age is known., table: incidents, breaks: age = 'unknown'}
never_shared:
  - {name: child_name, why: It names the child}
"""
KINDS = "code,label\ndeath,Death\ninjury,Injury\n"
MORE = "code,label\ndeath,Death\ninjury,Injury\nother,Other\n"


def made(package: str = PACKAGE, kinds: str = KINDS) -> Standard:
    found = standard(Hub.of({
        f"{FOLDER}/datapackage.yaml": package,
        f"{FOLDER}/codes/kind.csv": kinds,
        f"{FOLDER}/codes/more.csv": MORE,
    }))  # fmt: skip
    assert found
    return found


def between(old: str, new: str) -> list[Change]:
    """What changes where a part of the package is written otherwise."""
    assert PACKAGE.count(old) == 1, old
    return list(changes(made(), made(PACKAGE.replace(old, new))))


NOTE = next(line for line in PACKAGE.splitlines(keepends=True) if "name: note" in line)
ACTIONS = PACKAGE[PACKAGE.index("  - name: actions") : PACKAGE.index("  - name: codes-kind")]
CHECK = "  - {name: age-known, says: Age is known., table: incidents, breaks: age = 'unknown'}\n"


@pytest.mark.parametrize(
    ("old", "new", "effect", "where", "what"),
    [
        ("title: Core data set", "title: Core set", "wording", "the data set",
         "its title is reworded"),
        ("privacy: P2, title: Record", "privacy: P1, title: Record", "breaking",
         "incidents.record_id", "its class of privacy is P1, and was P2"),
        ("format: uuid, ", "", "breaking", "incidents.record_id",
         "its format is the usual, and was uuid"),
        ("          type: integer", "          type: string", "breaking", "incidents.age",
         "its type is string, and was integer"),
        ("          type: integer", "          type: number", "widening", "incidents.age",
         "its type is number, and was integer"),
        ("definition: critical-incident", "definition: child", "breaking", "incidents.kind",
         "it is defined by child, and was by critical-incident"),
        ("[CHAGE]", "[CHAGE, CHBDATE]", "wording", "incidents.age",
         "the elements of NCANDS on the same matter are: CHAGE, CHBDATE"),
        ("          requirement: conditional\n          asked_when: the age is known\n", "",
         "breaking", "incidents.age", "it is required, and was conditional"),
        ("privacy: P2, requirement: optional, desc", "privacy: P2, requirement: required, desc",
         "breaking", "incidents.note", "it is required, and was optional"),
        ("asked_when: the age is known", "asked_when: always", "breaking", "incidents.age",
         "it is asked if always, and was if the age is known"),
        ("minimum: 0", "minimum: 1", "breaking", "incidents.age", "`minimum` is 1, and was 0"),
        ("minimum: 0", "minimum: -1", "widening", "incidents.age", "`minimum` is -1, and was 0"),
        ("minimum: 0, ", "", "widening", "incidents.age",
         "`minimum` is no longer asked for (it was 0)"),
        ("maximum: 17", "maximum: 9", "breaking", "incidents.age", "`maximum` is 9, and was 17"),
        ("maximum: 17", "maximum: 100", "widening", "incidents.age",
         "`maximum` is 100, and was 17"),
        ('"[0-9]+"', '"[0-9]*"', "breaking", "incidents.age",
         "`pattern` is [0-9]*, and was [0-9]+"),
        ("['1', '2']", "['1', '2', '3']", "widening", "incidents.age",
         "`enum` is 1, 2, 3, and was 1, 2"),
        ("['1', '2']", "['1']", "breaking", "incidents.age", "`enum` is 1, and was 1, 2"),
        ("{minimum: 0", "{required: true, minimum: 0", "breaking", "incidents.age",
         "`required` is new: true"),
        ("description: A remark.", "description: A note.", "wording", "incidents.note",
         "its description is reworded"),
        (NOTE, "", "breaking", "incidents.note", "is gone"),
        (NOTE, NOTE + "        - {name: place, type: string, privacy: P2}\n", "breaking",
         "incidents.place", "is new, and always asked"),
        (NOTE, NOTE + "        - {name: p, type: string, privacy: P2, requirement: optional}\n",
         "widening", "incidents.p", "is new, and optional"),
        ("{name: note,", "{name: remark,", "breaking", "incidents.remark", "was called `note`"),
        ("primaryKey: [record_id]", "primaryKey: [record_id, kind]", "breaking",
         "table `incidents`", "its rows are told apart by other fields (`primaryKey`)"),
        (ACTIONS, "", "breaking", "table `actions`", "is gone"),
        ("- name: actions", "- name: steps", "breaking", "table `steps`", "was called `actions`"),
        ("path: actions.csv", "path: steps.csv", "breaking", "table `actions`",
         "stands in steps.csv, and stood in actions.csv"),
        ("reference: {resource: codes-kind", "reference: {resource: codes-more", "widening",
         "incidents.kind",
         "its codes are those of the list `codes-more`, and were of `codes-kind`"),
        ("value: unknown", "value: not_known", "breaking", "the words for what is missing",
         "`unknown` is now called `not_known`"),
        ("label: Not known", "label: Nobody knows", "wording", "the words for what is missing",
         "`unknown` reads “Nobody knows”, and read “Not known”"),
        (CHECK, "", "widening", "check age-known", "is gone"),
        ("breaks: age = 'unknown'", "breaks: age < '1'", "breaking", "check age-known",
         "looks for something else"),
        ("breaks: age = 'unknown'", "severity: warning, breaks: age = 'unknown'", "widening",
         "check age-known", "gives a warning, and gave an error"),
        ("says: Age is known.", "says: The age is known.", "wording", "check age-known",
         "is reworded"),
        ("name: child_name", "name: childs_name", "breaking", "never shared",
         "`child_name` is no longer kept back"),
        ("why: It names the child", "why: A name", "wording", "never shared",
         "the reason for `child_name` is reworded"),
    ],
)  # fmt: skip
def test_each_change(old: str, new: str, effect: str, where: str, what: str) -> None:
    found = between(old, new)
    assert Change(effect, where, what) in found  # type: ignore[arg-type]
    assert {one.effect for one in found[:1]} == {effect}, "the heaviest comes first"


@pytest.mark.parametrize(
    ("kinds", "effect", "what"),
    [
        (KINDS + "other,Other\n", "widening", "`other` is new: Other"),
        ("code,label\ndeath,Death\n", "breaking", "`injury` is gone (Injury)"),
        (KINDS.replace("injury,", "harm,"), "breaking", "`injury` is now called `harm`"),
        (KINDS.replace(",Injury", ",Hurt"), "wording", "`injury` reads “Hurt”, and read “Injury”"),
    ],
)
def test_codes(kinds: str, effect: str, what: str) -> None:
    assert changes(made(), made(kinds=kinds)) == (Change(effect, "list `codes-kind`", what),)  # type: ignore[arg-type]


def test_the_same_written_otherwise_is_no_change() -> None:
    other = PACKAGE.replace("What members report.", ">-\n  What\n  members report.")
    swapped = other.replace(
        "{name: child_name, why: It names the child}",
        "why: It names the child\n    name: child_name",
    )
    assert changes(made(), made(swapped)) == ()


def test_a_field_with_another_name_and_title_says_what_it_was() -> None:
    new = "{name: remark, formerly: [note],"
    renamed = PACKAGE.replace("{name: note,", new).replace("description: A remark.", "title: Said")
    found = changes(made(), made(renamed))
    assert found[0] == Change("breaking", "incidents.remark", "was called `note`")
    assert not [one for one in found if "is gone" in one.what or "is new" in one.what]


@pytest.mark.parametrize(
    ("before", "effects", "least"),
    [
        ("1.3", (), "1.3"), ("1.3", ("wording",), "1.4"), ("1.3", ("widening",), "1.4"),
        ("1.3", ("breaking", "wording"), "2.0"), ("0.9", ("breaking",), "0.10"),
        ("9.9", ("breaking",), "10.0"),
    ],
)  # fmt: skip
def test_the_least_version(before: str, effects: tuple[str, ...], least: str) -> None:
    found = [Change(one, "", "") for one in effects]  # type: ignore[arg-type]
    assert least_version(before, found) == least


def test_the_founding_data_set_is_like_itself() -> None:
    here = standard(Hub.read(Path(__file__).parents[2]))
    assert here
    assert changes(here, here) == ()
    assert here.codes["codes-sex"]["female"] == "Female"
    assert here.codes["codes-characteristics"]["race_ethnicity asian"] == "Asian"
