"""Making a demo: the same bytes from the same numbers, all of it or nothing, and clear refusals."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from npcs.demo import DemoError, generate
from npcs.records.demo_mark import demo_date, demo_notice, is_demo
from npcs.records.hub import Hub

SCRIPTS = Path(__file__).parents[2] / "scripts"


def prints(root: Path) -> dict[str, str]:
    """A fingerprint of every file, by its path."""
    return {
        str(path.relative_to(root)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(root).parts
    }


def test_the_same_numbers_give_the_same_bytes(tmp_path: Path) -> None:
    generate(tmp_path / "one", members=8, years=2, seed=5)
    generate(tmp_path / "two", members=8, years=2, seed=5)
    assert prints(tmp_path / "one") == prints(tmp_path / "two")


def test_bytes_do_not_depend_on_hashing_locale_or_time_zone(tmp_path: Path) -> None:
    code = (
        "import os, sys; os.umask(0o077); from pathlib import Path; "
        "from npcs.demo import generate; generate(Path(sys.argv[1]), members=6, years=1)"
    )
    for number, place in enumerate(("Pacific/Kiritimati", "America/Adak")):
        environment = os.environ | {
            "PYTHONPATH": str(SCRIPTS),
            "PYTHONHASHSEED": str(number + 1),
            "TZ": place,
            "LC_ALL": ("C", "C.UTF-8")[number],
        }
        command = [sys.executable, "-c", code, str(tmp_path / str(number))]
        subprocess.run(command, env=environment, check=True)
    assert prints(tmp_path / "0") == prints(tmp_path / "1")


def test_bytes_are_those_of_every_other_machine(tmp_path: Path) -> None:
    """A change of the demo changes this; anything else that does is a fault."""
    generate(tmp_path / "demo", members=4, years=1, seed=1)
    whole = sha256("".join(prints(tmp_path / "demo").values()).encode()).hexdigest()
    assert whole[:16] == "72867b5295ccdd50"


def test_seeds_differ(tmp_path: Path) -> None:
    generate(tmp_path / "one", years=1, seed=1)
    generate(tmp_path / "two", years=1, seed=2)
    assert prints(tmp_path / "one") != prints(tmp_path / "two")
    people = [{path.name for path in (tmp_path / one / "charter/people").iterdir()}
              for one in ("one", "two")]  # fmt: skip
    assert people[0] != people[1]


def test_a_demo_says_that_it_is_one(tmp_path: Path) -> None:
    made = generate(tmp_path / "demo", years=2)
    assert is_demo(made.target)
    assert demo_date(made.target) == made.as_of
    assert (demo_notice(made.target) or "").startswith("Fictional")
    readme = (made.target / "README.md").read_text("utf-8")
    assert "made up" in readme
    assert "worthless" in readme
    assert (made.target / ".gitattributes").read_text("utf-8") == "* text=auto eol=lf\n"
    assert (made.target / ".gitignore").read_text("utf-8").splitlines()[-1] == "/build/"


def test_elsewhere_is_no_demo(tmp_path: Path) -> None:
    assert not is_demo(tmp_path)
    assert demo_date(tmp_path) is None
    assert demo_notice(tmp_path) is None
    (tmp_path / "demo.yml").write_text("seed: [", "utf-8")
    assert is_demo(tmp_path)
    assert demo_date(tmp_path) is None
    assert (demo_notice(tmp_path) or "").startswith("Fictional")


@pytest.mark.parametrize(
    ("members", "years", "records"),
    [(12, 4, 400), (12, 4, 1000), (12, 4, 3000), (30, 2, 1500), (4, 1, 250), (9, 12, 2500)],
)
def test_as_many_records_as_asked_for(
    tmp_path: Path, members: int, years: int, records: int
) -> None:
    made = generate(tmp_path / "demo", members=members, years=years, records=records)
    hub = Hub.read(made.target)
    assert len(hub.documents) == made.records
    assert abs(made.records - records) <= records // 100
    assert len(prints(made.target)) == made.files


def test_growth_is_spread_over_the_kinds(tmp_path: Path) -> None:
    made = generate(tmp_path / "demo", records=5000)
    counts = {kind: len(found) for kind, found in Hub.read(made.target).by_kind.items()}
    assert counts["decision"] > 600
    assert counts["meeting"] > 500
    assert counts["answer"] > 1000
    assert counts["practice"] > 700
    assert counts["definition"] > 150
    assert counts["recommendation"] > 300
    assert max(counts.values()) < 2000


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"members": 3}, "3 members are not possible: choose from 4 to 200"),
        ({"members": 201}, "201 members are not possible"),
        ({"years": 0}, "0 years are not possible: choose from 1 to 30"),
        ({"years": 31}, "31 years are not possible"),
        ({"seed": -1}, "the seed -1 is not possible"),
        ({"records": 10}, "10 records are too few for 12 members and 4 years, which need at least"),
        ({"records": 10, "years": 1}, "10 records are too few for 12 members and 1 year, which"),
    ],
)
def test_what_is_not_possible_is_refused(tmp_path: Path, asked: dict[str, int], said: str) -> None:
    with pytest.raises(DemoError) as refused:
        generate(tmp_path / "demo", **asked)  # type: ignore[arg-type]
    assert str(refused.value).startswith(said)
    assert list(tmp_path.iterdir()) == []


def test_the_least_number_named_is_possible(tmp_path: Path) -> None:
    with pytest.raises(DemoError) as refused:
        generate(tmp_path / "demo", records=10)
    least = int(str(refused.value).partition("at least ")[2].split(":")[0])
    assert generate(tmp_path / "demo", records=least).records == least
    with pytest.raises(DemoError):
        generate(tmp_path / "other", records=least - 1)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(DemoError, match="is not empty: name a new folder"):
        generate(tmp_path, years=1)
    with pytest.raises(DemoError, match="is a file"):
        generate(tmp_path / "mine.txt", years=1)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_filled_and_folders_above_are_made(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert generate(tmp_path / "empty", members=4, years=1).files > 100
    assert generate(tmp_path / "a/b/c", members=4, years=1).target == tmp_path / "a/b/c"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "empty"]


def test_a_link_and_the_folder_one_is_in_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(DemoError, match="is a link"):
        generate(tmp_path / "link", years=1)
    monkeypatch.chdir(tmp_path / "real")
    with pytest.raises(DemoError, match="the folder you are in"):
        generate(Path(), years=1)


@pytest.mark.parametrize("fault", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_an_interrupted_run_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: type[BaseException] | OSError
) -> None:
    (tmp_path / "demo").mkdir()

    def broken(made: Path, target: Path) -> None:
        assert (made / "charter").is_dir()
        raise fault

    monkeypatch.setattr("npcs.demo.making._put_in_place", broken)
    with pytest.raises((KeyboardInterrupt, DemoError)):
        generate(tmp_path / "demo", members=4, years=1)
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]
    assert list((tmp_path / "demo").iterdir()) == []


def test_files_have_the_same_permissions_everywhere(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        made = generate(tmp_path / "demo", members=4, years=1)
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in made.target.rglob("*") if path.is_file()}
    folders = {path.stat().st_mode & 0o777 for path in made.target.rglob("*") if path.is_dir()}
    assert modes == {0o644}
    assert folders == {0o755}
