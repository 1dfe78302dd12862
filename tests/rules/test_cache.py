"""A cache may make a check faster and nothing else: cold, warm and partly warm say the same."""

import marshal
import os
import random
import shutil
from datetime import date
from pathlib import Path

import pytest

from approving import FIRST, SECOND, Repository, git
from npcs.demo import generate
from npcs.records.findings import Finding
from npcs.rules import cache, run
from npcs.rules.engine import check
from npcs.rules.registry import RULES
from npcs.rules.report import Crash, Report
from npcs.rules.rule import Rule, Scene
from npcs.rules.run import _ROW

DAY = date(2027, 6, 1)
CASES = Path(__file__).parent.parent / "cases"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPCS_CACHE_DIR", str(tmp_path / "cache"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with the records of many bad cases side by side, so that there is much to find."""
    folder = tmp_path / "root"
    for case in sorted(CASES.glob("*/bad-*")):
        shutil.copytree(case, folder, dirs_exist_ok=True)
    return folder


def _check(root: Path, day: date = DAY) -> Report:
    cold = check(root, day, cached=False)
    assert not cold.crashes
    assert check(root, day) == cold, "with the cache as it was"
    assert check(root, day) == cold, "with the cache as it is now"
    return cold


def test_random_edits_are_judged_alike_with_and_without_a_cache(root: Path) -> None:
    chance = random.Random(20270601)
    files = sorted(path for path in root.rglob("*") if path.suffix in (".yml", ".md"))
    seen = set()
    for _ in range(60):
        path = chance.choice(files)
        edit = chance.choice(["cut", "join", "drop", "copy", "swap", "day"])
        if edit == "drop" and path.exists() and chance.random() < 0.5:
            path.unlink()
        elif edit == "copy":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(chance.choice([one for one in files if one.exists()]).read_bytes())
        elif path.exists():
            raw = path.read_bytes()
            at = chance.randrange(len(raw) + 1)
            if edit == "cut":
                path.write_bytes(raw[:at] + raw[at + 3 :])
            elif edit == "join":
                path.write_bytes(raw[:at] + b"x: [y]\n" + raw[at:])
            else:
                path.write_bytes(raw.replace(b"a", b"e", 1))
        report = _check(root, DAY if edit != "day" else date(2028, 1, chance.randrange(1, 28)))
        seen.add(len(report.findings))
    assert len(seen) > 5, "the edits changed what there is to find"


def test_a_change_of_any_kind_of_record_is_judged_by_all_that_look_at_it(tmp_path: Path) -> None:
    root = tmp_path / "demo"
    generate(root, members=5, years=2, seed=9)
    day = date(2030, 1, 15)
    chance = random.Random(4)
    _check(root, day)
    by_folder: dict[Path, list[Path]] = {}
    for path in sorted(root.rglob("*")):
        if path.suffix in (".yml", ".md", ".yaml", ".csv") and path.parent != root:
            by_folder.setdefault(path.parent, []).append(path)
    for paths in by_folder.values():
        path = chance.choice(paths)
        raw = path.read_bytes()
        path.unlink()
        _check(root, day)
        path.write_bytes(_changed(raw.decode(), chance).encode())
        _check(root, day)


def _changed(text: str, chance: random.Random) -> str:
    """A text with other days and other words of a few fields, so that it is still a record."""
    for old, new in (("2028-", "2029-"), ("adopted", "deferred"), ("present", "absent"),
                     ("yes", "no"), ("complete", "acknowledged"), ("approved", "provisional"),
                     ("strong", "weak"), ("committee", "office")):  # fmt: skip
        if chance.random() < 0.5:
            text = text.replace(old, new, chance.randrange(1, 4))
    return text


def test_rules_are_asked_again_only_where_they_looked(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = run._ask

    def noted(rule: Rule, scene: Scene) -> tuple[list[Finding], list[Crash]]:
        asked.append(rule.name)
        return ask(rule, scene)

    monkeypatch.setattr(run, "_ask", noted)
    check(root, DAY)
    assert {"quorum", "term-length", "crosswalk"} <= {*asked}
    asked.clear()
    path = next((root / "practices" / "library").glob("*.md"))
    path.write_text(path.read_text("utf-8") + "\nMore.\n", "utf-8")
    check(root, DAY)
    assert "term-length" not in asked
    assert "retired-reference" in asked
    asked.clear()
    path = next((root / "charter" / "terms").glob("*.yml"))
    path.unlink()
    check(root, DAY)
    assert {"term-length", "quorum"} <= {*asked}
    assert "crosswalk" not in asked


def test_an_edit_that_keeps_size_and_time_is_seen(root: Path) -> None:
    path = root / "charter" / "members" / "birch.yml"
    path.write_text("name: Birch\nkind: state\nsize: small\njoined: unknown\n")
    _check(root)
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"size", b"sise"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert any("`sise`" in one.message for one in _check(root).findings)


@pytest.mark.parametrize("ending", ["reports", "documents", "verdicts"])
@pytest.mark.parametrize(
    "harm", ["torn", "empty", "foreign", "flipped", "longer", "gone", "folder"]
)
def test_a_torn_or_foreign_cache_changes_nothing(root: Path, ending: str, harm: str) -> None:
    cold = _check(root)
    (file,) = cache.folder().glob(f"*.{ending}")
    raw = file.read_bytes()
    if harm == "torn":
        file.write_bytes(raw[: len(raw) // 2])
    elif harm == "empty":
        file.write_bytes(b"")
    elif harm == "foreign":
        file.write_bytes(raw[:32] + marshal.dumps([(b"key", [])]))
    elif harm == "flipped":
        file.write_bytes(raw[:-9] + bytes([raw[-9] ^ 1]) + raw[-8:])
    elif harm == "longer":
        file.write_bytes(raw + b"\0")
    else:
        file.unlink()
        if harm == "folder":
            file.mkdir()
    assert _check(root) == cold


def test_what_another_program_kept_is_not_believed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cold = _check(root)
    monkeypatch.setattr(cache, "code", lambda: b"another program")
    assert _check(root) == cold


def test_a_cache_that_cannot_be_written_is_no_failure(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NPCS_CACHE_DIR", str(tmp_path / "file" / "below"))
    _check(root)


def test_nothing_is_written_into_the_repository(root: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    _check(root)
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


def test_only_files_of_its_own_are_ever_forgotten(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_FILES_KEPT", 2)
    folder = cache.folder()
    folder.mkdir()
    notes = [folder / f"note-{number}.txt" for number in range(40)]
    old = [folder / f"{number:024x}.reports" for number in range(10)]
    for file in (*notes, *old):
        file.write_text("x")
        os.utime(file, (0, 0))
    _check(root)
    assert all(note.exists() for note in notes)
    assert not any(file.exists() for file in old)


def test_a_history_that_grows_backwards_is_seen(tmp_path: Path) -> None:
    made = Repository(tmp_path / "made")
    decision = made.adopt("1.0", FIRST)
    made.commit(FIRST)
    made.approved(decision, FIRST)
    place = f"charter/meetings/{FIRST}-executive-committee.md"
    made.made.put(place, made.made.texts[place].replace("p01: present", "p01: absent"))
    made.commit(SECOND)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{made.root}", str(clone))
    git(clone, "fetch", "--quiet", "--depth", "1", "origin", "tag", "charter-v1.0")
    assert [one.severity for one in _corrections(clone)] == ["warning"]
    git(clone, "fetch", "--quiet", "--unshallow", "--tags")
    assert [one.severity for one in _corrections(clone)] == ["error"]


def _corrections(root: Path) -> list[Finding]:
    return [one for one in _check(root).findings if one.rule == "correction"]


def test_the_row_in_which_rules_are_asked_names_their_subjects() -> None:
    assert {*_ROW} - {"*"} <= {one.subject for one in RULES}
