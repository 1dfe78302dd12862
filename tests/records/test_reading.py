"""What reading says of every kind of bad input: a place and a sentence, never a traceback."""

import os
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from npcs.records.document import locate
from npcs.records.hub import Hub, document
from npcs.records.kinds import KINDS, kind_of
from npcs.records.tree import Stray, read_file, walk
from npcs.records.yamltext import Unreadable, parse
from npcs.rules.engine import check

DAY = date(2027, 6, 1)
PERSON = "charter/people/ana-ruiz.yml"
TERM = "charter/terms/2027-03-01-ana-ruiz-member.yml"
WORD = "definitions/terms/near-fatality.md"

BAD: list[tuple[str, str, bytes, int, int, str]] = [
    ("not UTF-8", PERSON, b"name: Ana Ru\xedz\n", 1, 13, "the byte 0xed is no part"),
    ("not UTF-8, later", PERSON, b"name: Ana\nposition: \xff\n", 2, 11, "the byte 0xff"),
    ("UTF-16", PERSON, "name: Ana\n".encode("utf-16"), 1, 1, "UTF-16"),
    ("a BOM", PERSON, b"\xef\xbb\xbfname: Ana\n", 1, 1, "byte order mark"),
    ("CRLF", PERSON, b"name: Ana\r\nposition: Head\r\n", 1, 10, "CR LF"),
    ("an old Mac's line ends", PERSON, b"name: Ana\rposition: Head\r", 1, 10, "CR LF"),
    ("a tab", PERSON, b"name: Ana\n\tposition: Head\n", 2, 1, "a tab stands before"),
    ("a key twice", PERSON, b"name: Ana\nname: Ben\n", 2, 1, "`name` stands here a second time"),
    ("an alias", PERSON, b"name: &a Ana\nposition: *a\n", 1, 7, "&a names a value"),
    ("a tag", PERSON, b"name: !!python/object:os.system x\n", 1, 7, "is a YAML tag"),
    ("a merge key", PERSON, b"<<: {name: Ana}\n", 1, 1, "`<<` is not a field here"),
    ("a NUL", PERSON, b"name: A\0na\n", 1, 8, "U+0000"),
    ("text turned around", PERSON, "name: A\u202ena\n".encode(), 1, 8, "RIGHT-TO-LEFT OVERRIDE"),
    ("no day", TERM, b"start: 2027-02-30\n", 1, 8, "“2027-02-30” is not a day"),
    ("a day with time", TERM, b"start: 2027-02-03T10:00:00\n", 1, 8, "is not a date"),
    ("a day in other digits", TERM, "start: ٢٠٢٧-٠٢-٠٣\n".encode(), 1, 8, "is not a date"),
    ("no as text", PERSON, b"name: no\n", 1, 7, "`no` without quotes"),
    ("on as text", PERSON, b"name: Ana\nposition: on\n", 2, 11, "`on` without quotes"),
    ("1:30 as text", PERSON, b"name: Ana\nposition: 1:30\n", 2, 11, "`1:30` without quotes"),
    ("012 as text", PERSON, b"name: Ana\nposition: 012\n", 2, 11, "`012` without quotes"),
    ("1.10 as a version", WORD, b"---\nversion: 1.10\n---\n", 2, 10, "`1.10` without quotes"),
    ("yes for true", PERSON, b"name: Ana\nleadership: yes\n", 2, 13, "neither true nor false"),
    ("front matter never closed", WORD, b"---\nterm: X\n", 1, 1, "no line `---` that closes"),
    ("no front matter", WORD, b"# Near fatality\n", 1, 1, "does not start with its fields"),
    ("empty", PERSON, b"", 1, 1, "the file is empty"),
    ("blank", PERSON, b" \n\n", 1, 1, "the file is empty"),
    ("only a remark", PERSON, b"# nothing\n", 1, 1, "it holds no fields"),
    ("a list", PERSON, b"- Ana\n", 1, 1, "holds a list, not fields"),
    ("a text", PERSON, b"Ana\n", 1, 1, "holds a single text"),
    ("two documents", PERSON, b"name: Ana\n---\nname: Ben\n", 2, 1, "a second YAML document"),
    ("an open quote", PERSON, b'name: "Ana\nposition: x\n', 1, 7, "never closed"),
    ("an open quote, closed later", PERSON, b'name: "Ana\nposition: "x"\n', 1, 7, "only on line 2"),
    ("an open quote, far", PERSON, b"name: 'A\na: 1\nb: 2\nc: it's\n", 1, 7, "only on line 4"),
    ("no space", PERSON, b"name: Ana\nposition:Head\nleadership: true\n", 2, 9, "no space after"),
    ("no space at first", PERSON, b"name:Ana\nposition: Head\n", 1, 5, "no space after"),
    ("no space at last", PERSON, b"name: Ana\nposition:Head\n", 2, 9, "no space after"),
    ("no space at all", PERSON, b"name:Ana\n", 1, 5, "no space after"),
    ("a no-break space", PERSON, "name: A\nposition:\xa0B\n".encode(), 2, 10, "(U+00A0) stands"),
    ("an open list", PERSON, b"name: [Ana\nposition: x\n", 2, 9, "opened with ["),
    ("a colon in a text", PERSON, b"name: Ana: Head\n", 1, 10, "a colon followed by a space"),
    ("an @", PERSON, b"name: @ana\n", 1, 7, "a character that YAML keeps"),
    ("a misspelt key", PERSON, b"nmae: Ana\n", 1, 1, "`nmae` is not a field here"),
    ("a list for a text", PERSON, b"name: [Ana]\n", 1, 7, "should be a single text"),
    ("a text for a list", PERSON, b"name: A\nsigning_keys: x\n", 2, 15, "should be a list"),
    ("a deep nest", PERSON, b"name: " + b"[" * 200_000, 1, 30, "nested too deeply"),
    ("a deep nest of dashes", PERSON, b"name:\n  " + b"- " * 100_000, 2, 49, "nested too deeply"),
    ("50 MB", PERSON, b"name: " + b"x" * 50_000_000, 1, 1, "a record may have 1,000,000"),
]


@pytest.mark.parametrize(
    ("path", "raw", "line", "column", "said"), [one[1:] for one in BAD], ids=[one[0] for one in BAD]
)
def test_bad_input_is_a_finding_with_its_place(
    tmp_path: Path, path: str, raw: bytes, line: int, column: int, said: str
) -> None:
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_bytes(raw)
    report = check(tmp_path, DAY, cached=False)
    assert not report.crashes
    assert [one for one in report.findings if said in one.message], report.findings
    first = next(one for one in report.findings if said in one.message)
    assert (first.path, first.line, first.column) == (path, line, column)
    assert first.rule in ("unreadable-file", "invalid-field")


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x,x,x]\n" + "".join(
        f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(Unreadable, match="&a names a value"):
        parse(bomb)


def test_links_pipes_and_folders_in_the_way_are_told_and_never_opened(tmp_path: Path) -> None:
    people = tmp_path / "charter" / "people"
    people.mkdir(parents=True)
    (tmp_path / "outside.yml").write_text("name: Secret\n")
    (people / "inside.yml").symlink_to(people / "ana-ruiz.yml")
    (people / "outside.yml").symlink_to(tmp_path / "outside.yml")
    (people / "around").symlink_to(people)
    (people / "gone.yml").symlink_to(people / "nobody.yml")
    os.mkfifo(people / "pipe.yml")
    (people / "folder.yml").mkdir()
    (people / "ana-ruiz.yml").write_text("name: Ana Ruiz\n")
    (tmp_path / "workplan").symlink_to(people)
    report = check(tmp_path, DAY, cached=False)
    told = {one.path: one.message for one in report.findings if one.rule == "unreadable-file"}
    links = {"inside.yml", "outside.yml", "around", "gone.yml"}
    assert {path for path, said in told.items() if "link" in said} == {
        "workplan", *(f"charter/people/{name}" for name in links)
    }  # fmt: skip
    assert "pipe" in told["charter/people/pipe.yml"]
    assert report.records == 1


def test_a_file_that_turns_into_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "charter").mkdir()
    (tmp_path / "secret").write_text("x")
    (tmp_path / "charter" / "parameters.yml").symlink_to(tmp_path / "secret")
    got = read_file(tmp_path, "charter/parameters.yml")
    assert isinstance(got, Stray)
    assert "link" in got.message


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Ana-Ruiz.yml", "`ana-ruiz.yml`"),
        ("ana ruiz.yml", "`ana-ruiz.yml`"),
        ("аna-ruiz.yml", "`ana-ruiz.yml`"),  # noqa: RUF001
        ("ana‐ruiz.yml", "`ana-ruiz.yml`"),  # noqa: RUF001
        ("ana-ruiz.yaml", "`ana-ruiz.yml`"),
        ("ana-ruiz.txt", "a person stands in a file such as"),
        ("ana_ruiz.yml", "a person stands in a file such as"),
    ],
)
def test_a_name_that_is_nearly_right_is_told_what_it_should_be(
    tmp_path: Path, name: str, hint: str
) -> None:
    (tmp_path / "charter" / "people").mkdir(parents=True)
    (tmp_path / "charter" / "people" / name).write_text("name: Ana\n")
    strays = walk(tmp_path).strays
    assert [one.rule for one in strays] == ["unknown-file"]
    assert hint in strays[0].hint


def test_a_folder_in_capitals_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    (tmp_path / "Charter").mkdir()
    assert [one.message for one in walk(tmp_path).strays] == [
        "the folder is read only under the name `charter`: it is written with capital letters"
    ]


def test_one_bad_file_never_hides_the_others() -> None:
    hub = Hub.of(
        {
            "charter/people/ana.yml": "name: [",
            "charter/people/ben.yml": "name: Ben\nmember: alder\n",
            "charter/members/alder.yml": "name: no record of a member\n",
        }
    )
    assert not hub.documents["charter/people/ana.yml"].readable
    assert hub.exists("person", "ana")
    assert hub.exists("member", "alder")
    assert [one.name for one in hub.all(KINDS["person"].model).values()] == ["Ben"]
    assert not hub.all(KINDS["member"].model)


def test_what_refers_to_a_record_is_known() -> None:
    hub = Hub.of(
        {
            "charter/members/alder.yml": "name: A\nkind: state\nsize: small\njoined: 2026-01-01\n",
            "charter/people/ana.yml": "name: Ana\nmember: alder\n",
            "charter/people/ben.yml": "name: Ben\nmember: alder\n",
        }
    )
    found = hub.referrers["member", "alder"]
    assert [(one.id, reference.line, reference.column) for one, reference in found] == [
        ("ana", 2, 9),
        ("ben", 2, 9),
    ]


def test_every_kind_has_an_example_that_is_its_own() -> None:
    for kind in KINDS.values():
        found = kind_of(kind.example)
        assert found is not None, kind.name
        assert found[0] is kind
        assert kind.model.kind == kind.name


_SCALARS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"),
                  exclude_characters="\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"),
    max_size=12,
)  # fmt: skip
_DATA = st.dictionaries(
    _SCALARS,
    st.recursive(
        _SCALARS,
        lambda below: st.lists(below, max_size=3) | st.dictionaries(_SCALARS, below, max_size=3),
        max_leaves=8,
    ),
    min_size=1,
    max_size=5,
)


@given(data=_DATA, flow=st.sampled_from([True, False, None]), indent=st.sampled_from([2, 4]))
def test_reading_gives_the_data_that_was_written_and_the_places_libyaml_knows(
    data: dict[str, object], flow: bool | None, indent: int
) -> None:
    text = yaml.dump(
        data, default_flow_style=flow, indent=indent, allow_unicode=True, default_style='"'
    )
    parsed = parse(text, first_line=3)
    assert parsed.data == data
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    for path, mark in _marks(node, ()):
        assert locate(parsed.data, parsed.places, path, False) == (mark.line + 3, mark.column + 1)


def _marks(node: yaml.Node, path: tuple[str | int, ...]):  # type: ignore[no-untyped-def]
    yield path, node.start_mark
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _marks(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _marks(value, (*path, number))


@settings(max_examples=300)
@given(raw=st.binary(max_size=200), path=st.sampled_from([PERSON, TERM, WORD]))
def test_no_bytes_make_reading_fail(raw: bytes, path: str) -> None:
    one = document(path, raw)
    assert one.readable or one.remarks


_YAMLISH = st.text(st.sampled_from("ab:-#&*!|>'\"%@`{}[],?~\n \t"), max_size=60)


@settings(max_examples=500)
@given(text=_YAMLISH)
def test_no_text_makes_reading_fail_and_what_is_read_is_what_libyaml_reads(text: str) -> None:
    try:
        parsed = parse(text)
    except Unreadable as error:
        sound = error.line >= 1 and error.column >= 1 and bool(error.message)
    else:
        plain = yaml.load(text, Loader=yaml.CBaseLoader)
        sound = _with_nothing(parsed.data, plain) == plain
    assert sound


def _with_nothing(mine: object, theirs: object) -> object:
    """My data with the words that mean nothing written as the other reader leaves them."""
    if mine is None and theirs in ("", "~", "null"):
        return theirs
    if isinstance(mine, dict) and isinstance(theirs, dict):
        return {key: _with_nothing(value, theirs.get(key)) for key, value in mine.items()}
    if isinstance(mine, list) and isinstance(theirs, list) and len(mine) == len(theirs):
        return [_with_nothing(*pair) for pair in zip(mine, theirs, strict=True)]
    return mine
