"""``npcs charter diff`` as a coordinator runs it, over the demo's repository and plain files."""

import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from npcs.charter.redline.blocks import normalized
from npcs.charter.texts import named
from running import SOURCE, npcs, npcs_process


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("diff") / "demo"
    done = npcs("demo", str(root), "--git", "--years", "2")
    assert done.code == 0, done.err
    return root


@pytest.fixture
def proposed(demo: Path, tmp_path: Path) -> Path:
    """The demo with a text that nobody has approved in its folder."""
    root = tmp_path / "proposed"
    shutil.copytree(demo, root, symlinks=True)
    file = root / "charter" / "charter.md"
    text = file.read_text("utf-8")
    assert "two-thirds" in text.lower()
    text = text.replace("two-thirds", "half").replace("Two-thirds", "Half")
    file.write_text(text, encoding="utf-8", newline="\n")
    return root


def test_the_working_copy_against_what_is_approved(proposed: Path) -> None:
    done = npcs("charter", "diff", "--root", str(proposed))
    assert done.code == 0, done.err
    head, _, text = done.out.partition("\n\n")
    assert head.startswith("From version 2.0 to the working copy (version 2.0).\n")
    assert "1 word inserted, 1 deleted, 0 moved." in head
    assert "  DEC-2 reworded\n    This change alters what `" in text
    assert "`two-thirds`" in text
    assert "[-" in text
    assert "{+half+}" in text or "{+Half+}" in text


def test_a_text_that_is_approved_as_it_stands(demo: Path) -> None:
    done = npcs("charter", "diff", "--root", str(demo))
    assert done.out == (
        "From version 2.0 to the working copy (version 2.0).\n"
        "The two texts are the same in every word.\n"
    )


def test_two_versions_as_json_are_exact(demo: Path) -> None:
    done = npcs("charter", "diff", "1.0", "v1.1", "--format", "json", "--root", str(demo))
    assert done.code == 0, done.err
    data = json.loads(done.out)
    assert list(data) == ["version", "counts", "provisions", "ops"]
    for version, other in (("1.0", "insert"), ("1.1", "delete")):
        kept = "".join(one["text"] for one in data["ops"] if one["op"] != other)
        assert kept == normalized(named(demo, version).body).text
    assert sum(data["counts"].values()) > 0
    assert {one["change"] for one in data["provisions"]} == {"reworded"}
    assert all(
        list(one) == ["id", "change", "moved", "rules", "readings", "kinds", "records"]
        for one in data["provisions"]
    )


def test_revisions_of_git_and_a_file(demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "draft.md"
    shutil.copyfile(demo / "charter" / "charter.md", file)
    done = npcs("charter", "diff", "HEAD", str(file), "--root", str(demo))
    assert done.out.endswith("The two texts are the same in every word.\n")
    assert "From revision HEAD (version 2.0) to " in done.out


def test_two_files_need_no_records(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nOne two\nthree.\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("# A\n\nOne four three.\n", encoding="utf-8")
    done = npcs_process("charter", "diff", "a.md", "b.md", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "From a.md to b.md.\n1 word inserted, 1 deleted, 0 moved.\n\n"
        "# A\n\nOne [-two-]{+four+} three.\n"
    )


def test_a_page_is_written_once_more_but_over_nothing_else(demo: Path, tmp_path: Path) -> None:
    page = tmp_path / "redline.html"
    given = ("charter", "diff", "1.0", "1.1", "--format", "html", "--root", str(demo), "--out")
    for _ in range(2):
        done = npcs(*given, str(page))
        assert (done.code, done.err) == (0, "")
        assert done.out == f"{page}: the redline from version 1.0 to version 1.1\n"
    made = page.read_text("utf-8")
    assert made.startswith('<!doctype html>\n<html lang="en">')
    assert "<script" not in made
    assert made == npcs(*given[:-1]).out
    other = tmp_path / "notes.md"
    other.write_text("Mine.\n", encoding="utf-8")
    done = npcs(*given, str(other))
    assert done.code == 2
    assert "is there already, and is left as it is: name another" in done.err
    assert other.read_text("utf-8") == "Mine.\n"
    assert "is a folder: name a file in it" in npcs(*given, str(tmp_path)).err
    assert "there is no folder" in npcs(*given, str(tmp_path / "no" / "page.html")).err


def test_markdown_for_the_description_of_a_proposal(proposed: Path) -> None:
    done = npcs("charter", "diff", "--format", "markdown", "--root", str(proposed))
    assert "- **DEC-2** reworded. This change alters what `" in done.out
    assert "\n---\n" in done.out
    assert "<del>" in done.out
    assert "<ins>" in done.out


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("9.9",), "there is no version 9.9; the versions are 1.0, 1.1, 2.0."),
        (("1.0", "nowhere"), "“nowhere” is no version, no file and no revision of Git; the "),
        (("1.0", "."), ". is a folder: name the Markdown file in it."),
    ],
)
def test_a_name_that_leads_nowhere(demo: Path, given: tuple[str, ...], said: str) -> None:
    done = npcs("charter", "diff", *given, "--root", str(demo))
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"npcs charter diff: {said}")


def test_where_nothing_is_approved(proposed: Path, tmp_path: Path) -> None:
    def git(*given: str) -> None:
        subprocess.run(["git", *given], cwd=proposed, check=True, capture_output=True)

    tags = ("charter-v1.0", "charter-v1.1", "charter-v2.0")
    for tag in tags:
        git("tag", "-f", tag, "HEAD")
    done = npcs("charter", "diff", "--root", str(proposed))
    assert done.code == 2
    assert "name the text to compare with, as in `npcs charter diff HEAD`" in done.err
    git("tag", "-d", *tags)
    done = npcs("charter", "diff", "--root", str(proposed))
    assert "no version is approved yet: name the text" in done.err
    (tmp_path / "charter").mkdir()
    done = npcs("charter", "diff", "--root", str(tmp_path))
    assert "no version is approved yet: name the text" in done.err
    assert "is no Git repository" in npcs("charter", "diff", "1.0", "--root", str(tmp_path)).err


def test_a_clone_that_lacks_its_history(demo: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    given = ["git", "clone", "-q", "--depth=1", f"file://{demo}", str(clone)]
    subprocess.run(given, check=True, capture_output=True)
    done = npcs("charter", "diff", "--root", str(clone))
    assert done.code == 2
    assert "git fetch --unshallow --tags" in done.err


def test_colour_is_for_a_terminal_alone(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("One two.\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("One three.\x1b[2J\n", encoding="utf-8")
    main, side = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "npcs", "charter", "diff", "a.md", "b.md"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(SOURCE), "TERM": "xterm"},
        stdout=side,
        check=False,
    )
    os.close(side)
    said = os.read(main, 10_000).decode()
    os.close(main)
    assert done.returncode == 0
    assert "\x1b[31m[-two.-]\x1b[0m" in said
    assert "\\u001b[2J" in said
    assert "\x1b" not in npcs_process("charter", "diff", "a.md", "b.md", cwd=tmp_path).out
