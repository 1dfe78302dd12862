"""What is staged again is what is staged anew, whatever record was changed, and little is made."""

import random
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from npcs.demo import generate as demo
from npcs.publish import BuildFailed
from npcs.publish.assemble import prepared
from npcs.publish.pieces import NOTHING, Known
from npcs.publish.stage import Staged, planned, stage
from npcs.records.findings import Place
from npcs.records.hub import Hub
from npcs.records.kinds import FOLDERS, kind_of
from npcs.records.watched import WatchedHub, told

SOURCE = Path(__file__).resolve().parents[2] / "scripts/npcs"
TEXT = re.compile(
    r"(?m)^\s*(?:title|name|hazard|problem|definition|reason|aim|text|purpose): .*[a-z]$"
)
DAY = re.compile(r"\b20(\d\d)-(\d\d)-(\d\d)\b")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root: Path = tmp_path_factory.mktemp("pieces") / "demo"
    demo(root, members=4, years=1)
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "demo"))


def again(root: Path, before: Known) -> Staged:
    site, _ = prepared(root, None)
    return stage(site, root / "docs", before)


def is_as_anew(root: Path) -> bool:
    wanted, _ = planned(prepared(root, None)[0])
    there = {
        path.relative_to(root / "docs").as_posix(): path.read_bytes()
        for path in (root / "docs").rglob("*")
        if path.is_file()
    }
    return there == wanted


def records(root: Path) -> list[Path]:
    found = [path for folder in FOLDERS for path in (root / folder).rglob("*") if path.is_file()]
    return sorted(one for one in found if kind_of(one.relative_to(root).as_posix()))


def reworded(text: str, chance: random.Random) -> str:
    found = [*TEXT.finditer(text)]
    if found:
        one = chance.choice(found)
        return text[: one.end()] + " anew" + text[one.end() :]
    return text + "\nAnew.\n" if text.startswith("---") else text + "# anew\n"


def another_day(text: str, chance: random.Random) -> str:
    found = [*DAY.finditer(text)]
    if not found:
        return text
    one = chance.choice(found)
    day = date.fromisoformat(one[0]).replace(day=chance.randint(1, 28))
    return text[: one.start()] + str(day) + text[one.end() :]


def edits(root: Path, chance: random.Random) -> Iterator[tuple[Path, bytes | None]]:
    """A record of each kind and some more, each with what becomes of it; None where it goes."""
    every = records(root)
    by_kind: dict[str, list[Path]] = {}
    for one in every:
        kind = kind_of(one.relative_to(root).as_posix())
        by_kind.setdefault(kind[0].name if kind else "", []).append(one)
    for path in [chance.choice(some) for some in by_kind.values()] + chance.sample(every, 6):
        text = path.read_text("utf-8")
        yield path, reworded(text, chance).encode()
        yield path, another_day(text, chance).encode()
        if chance.random() < 0.3:
            yield path, None


def test_whatever_record_changes(root: Path) -> None:
    known = again(root, NOTHING).known
    done = 0
    for path, content in edits(root, random.Random(13)):
        was = path.read_bytes()
        path.unlink()
        if content is not None:
            path.write_bytes(content)
        try:
            known = again(root, known).known
        except BuildFailed:  # a record that does not fit, or a link that leads nowhere
            path.write_bytes(was)
            continue
        done += 1
        if done % 4 == 0:
            assert is_as_anew(root), path
        if content is None:
            path.write_bytes(was)
    again(root, known)
    assert is_as_anew(root)
    assert done > 30


def test_where_nothing_has_changed_nothing_is_made(root: Path) -> None:
    known = again(root, NOTHING).known
    staged = again(root, known)
    assert known.pieces
    assert not staged.changed
    assert all(staged.known.pieces[name] is one for name, one in known.pieces.items())


def test_one_notice_makes_few_pages_again(root: Path) -> None:
    known = again(root, NOTHING).known
    path = next(one for one in records(root) if re.search(r"notices/\d+/[^/]*\.md$", str(one)))
    path.write_text(path.read_text("utf-8").replace("title: ", "title: New ", 1), "utf-8")
    staged = again(root, known)
    new = [name for name, one in staged.known.pieces.items() if known.pieces.get(name) is not one]
    assert 3 < len(new) < len(known.pieces) / 4


def test_a_value_is_told_by_all_that_is_in_it() -> None:
    values = [None, 1, "1", b"1", date(2027, 1, 1), (1,), [1, 2], ((1,), 2), {"a": 1}, {"a": 2},
              frozenset({1}), Place("a", 1), Place("a", 2)]  # fmt: skip
    assert len({told(one) for one in values}) == len(values)
    with pytest.raises(TypeError, match="object"):
        told(object())


def test_nothing_of_a_hub_is_read_without_being_noted() -> None:
    # What is read by a way that is not noted here would be taken for unchanged.
    ours = {"read", "of", "plain", "reads", "version", "record"}  # `record` asks two that are noted
    public = {name for name in vars(Hub) if not name.startswith("_")}
    assert public - ours <= vars(WatchedHub).keys()


def test_nothing_remembers_what_it_has_worked_out_in_a_way_that_hides_what_it_read() -> None:
    # `per_hub` and its like, and `noted`, tell the hub; a plain cache of what rests on it does not.
    allowed = {"charter/redline/compare.py", "governance/cell_facts.py", "publish/glossary.py",
               "publish/around.py"}  # fmt: skip
    hiding = re.compile(
        r"@cached_property|WeakKeyDictionary\(|\.remembered\b"
        r"|@(?:lru_)?cache\b[^\n]*\ndef \w+\([^)]*\b(?:hub|site): "
    )
    found = {
        name
        for package in ("charter", "governance", "publish")
        for path in (SOURCE / package).rglob("*.py")
        if (name := path.relative_to(SOURCE).as_posix()) != "governance/memory.py"
        and hiding.search(path.read_text("utf-8"))
    }
    assert found <= allowed
