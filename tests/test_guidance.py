"""What the guidance shows can be copied: every example is a record, and they fit each other."""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from npcs.governance.parameters import in_force
from npcs.records.hub import Hub, document
from npcs.records.kinds import KINDS, kind_of
from running import npcs

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = sorted(
    path
    for top in {kind.folder.partition("/")[0] for kind in KINDS.values()}
    for path in (ROOT / top).rglob("README.md")
)
STEPS = ROOT / "docs" / "first-steps.md"
GUIDANCE = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", STEPS, *FOLDERS]

FENCE = re.compile(r"^```(yaml|markdown)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(
    r"(?:^\*\*|^(?P<part>Part of ))`(?P<path>[^`\n]+)`(?:\*\*|:)\n\n\Z", re.MULTILINE
)
FIELD = re.compile(r"^- `(\w+)`(?P<required> \(required\))?[: ]", re.MULTILINE)
SEAT = re.compile(
    r"^\| `person-(\w+)` \| `member-(\w+)` \| (\w+) \| (\w+) \| (\w+) \|$", re.MULTILINE
)

in_each = pytest.mark.parametrize("path", GUIDANCE, ids=lambda path: str(path.relative_to(ROOT)))


class Example(NamedTuple):
    """A block of a page that shows a record or a part of one, and what follows it there."""

    path: str
    text: str
    is_part: bool
    after: str


def examples(page: Path) -> Iterator[Example]:
    """The records a page shows, each below a line with the name of its file."""
    text = page.read_text("utf-8")
    for block in FENCE.finditer(text):
        line = text.count("\n", 0, block.start()) + 1
        named = NAMED.search(text, 0, block.start())
        assert named, f"{page.name}:{line}: the line above says which file this is"
        is_text = named["path"].endswith(".md") and not named["part"]
        form = "markdown" if is_text else "yaml"
        assert block[1] == form, f"{page.name}:{line}"
        after = re.split(r"^## ", text[block.end() :], maxsplit=1, flags=re.MULTILINE)[0]
        yield Example(named["path"], block[2], bool(named["part"]), after)


def load(text: str) -> Any:
    return yaml.load(text, Loader=yaml.BaseLoader)


def merged(whole: Any, part: Any) -> Any:
    """A record with some of its values replaced."""
    if not (isinstance(whole, dict) and isinstance(part, dict)):
        return part
    return {**whole, **{key: merged(whole.get(key), one) for key, one in part.items()}}


def completed(whole: str, part: str) -> str:
    """The text of a record with a part of it put in."""
    opening, front, body = whole.split("---\n", 2) if whole.startswith("---\n") else ("", whole, "")
    front = yaml.safe_dump(merged(load(front), load(part)), sort_keys=False, allow_unicode=True)
    return f"---\n{front}---\n{body}" if whole.startswith("---\n") else opening + front


def write(root: Path, path: str, text: str) -> None:
    file = root / path
    assert not file.exists(), f"{path} is shown twice"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def findings(root: Path, *options: str) -> list[str]:
    """What the check says of a folder, other than what is due."""
    done = npcs("check", "--root", str(root), "--format", "json", "--no-cache", *options)
    return [
        f"{one['path']}: {one['rule']}: {one['message']}"
        for one in json.loads(done.out)["findings"]
        if one["severity"] != "due"
    ]


@in_each
def test_examples_are_records(path: Path) -> None:
    seen: dict[str, str] = {}
    for example in examples(path):
        assert kind_of(example.path), f"{example.path} is the name of no record"
        text = example.text
        if example.is_part:
            whole = seen.get(example.path) or (ROOT / example.path).read_text("utf-8")
            text = completed(whole, text)
        seen[example.path] = text
        read = document(example.path, text.encode())
        assert not read.remarks, example.path
        assert read.valid, example.path


@pytest.mark.parametrize("path", FOLDERS, ids=lambda path: str(path.parent.relative_to(ROOT)))
def test_folders_list_the_fields_of_their_examples(path: Path) -> None:
    for example in examples(path):
        if "Its fields:" not in example.after:
            continue
        kind, _ = kind_of(example.path) or pytest.fail(example.path)
        fields = kind.model.model_fields
        asked = {
            field.alias or name: field.is_required()
            for name, field in fields.items()
            if name != "id" and (name != "title" or field.is_required())
        }
        told = {one[1]: bool(one["required"]) for one in FIELD.finditer(example.after)}
        optional_title = {"title": False} if "title" in told else {}
        assert told == {**optional_title, **asked}, example.path


def test_every_kind_has_an_example_or_a_record_to_copy() -> None:
    shown = {kind_of(one.path)[0].name for page in FOLDERS for one in examples(page)}  # type: ignore[index]
    there = {
        found[0].name
        for file in ROOT.glob("*/**/*.*")
        if (found := kind_of(file.relative_to(ROOT).as_posix()))
    }
    assert set(KINDS) == shown | there


def test_examples_of_the_folders_fit_each_other(tmp_path: Path) -> None:
    for page in FOLDERS:
        for example in examples(page):
            write(tmp_path, example.path, example.text)
    for path in ("charter/charter.md", "charter/parameters.yml", "charter/coverage.yml"):
        write(tmp_path, path, (ROOT / path).read_text("utf-8"))
    for folder in ("workplan/measures", "definitions/terms", "charter/members"):
        for file in (ROOT / folder).iterdir():
            write(tmp_path, f"{folder}/{file.name}", file.read_text("utf-8"))
    write(tmp_path, "definitions/core-data-set/incidents.csv", "quarter\n")
    assert findings(tmp_path, "--as-of", "2027-04-20") == []


def first_steps(root: Path, **votes: str) -> None:
    """The worked example in a folder; who is named in ``votes`` votes otherwise."""
    seats = SEAT.findall(STEPS.read_text("utf-8"))
    assert len(seats) == 9
    charter = (ROOT / "charter/charter.md").read_text("utf-8")
    charter = re.sub(r'^version: "[\d.]+"$', 'version: "1.0"', charter, flags=re.MULTILINE)
    write(root, "charter/charter.md", charter)
    write(root, "charter/coverage.yml", (ROOT / "charter/coverage.yml").read_text("utf-8"))
    digest = hashlib.sha256(charter.encode()).hexdigest()
    for path, text, is_part, _ in examples(STEPS):
        if is_part:
            write(root, path, completed((ROOT / path).read_text("utf-8"), text))
            continue
        text = text.replace("0" * 64, digest)
        for who, vote in votes.items():
            text = re.sub(rf'^(  person-{who}): "\w+"$', rf'\1: "{vote}"', text, flags=re.MULTILINE)
        write(root, path, text)
        if "-one" not in path or "co-chair" in path:
            continue
        for person, member, kind, size, _ in seats[1:]:  # the eight who are like the first
            assert person == member
            other = text.replace("-one", f"-{person}").replace(" One", f" {person.title()}")
            other = other.replace("kind: state", f"kind: {kind}")
            other = other.replace("size: large", f"size: {size}")
            write(root, path.replace("-one", f"-{person}"), other)


def test_first_steps_pass_the_check(tmp_path: Path) -> None:
    first_steps(tmp_path)
    assert findings(tmp_path, "--as-of", "2027-03-31") == []


def test_first_steps_adopt_the_reading(tmp_path: Path) -> None:
    first_steps(tmp_path)
    hub = Hub.read(tmp_path)
    before, after = (in_force(hub, "minutes-due", date(2027, *day)) for day in ((3, 31), (4, 1)))
    assert (before.text, before.provisional) == ("14 days", True)
    assert (after.text, after.decision) == ("7 days", "D-2027-002")


def test_first_steps_say_what_carries(tmp_path: Path) -> None:
    first_steps(tmp_path, six="no")
    (found,) = findings(tmp_path, "--as-of", "2027-03-31", "--select", "two-thirds")
    assert "5 of the 9 in office agreed; two-thirds of 9 is 6, so it did not carry" in found


def test_table_and_votes_agree() -> None:
    (vote,) = (one for one in examples(STEPS) if "method: vote" in one.text)
    for person, _, _, _, said in SEAT.findall(STEPS.read_text("utf-8")):
        assert f'  person-{person}: "{said}"\n' in vote.text


@in_each
def test_links_lead_to_files(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target
