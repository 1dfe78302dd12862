"""``npcs dataset diff``: tags, revisions and folders, in words, as Markdown and for programs."""

import json
import shutil
from pathlib import Path

import pytest
from tests.governance.test_standard_diff import KINDS, MORE, PACKAGE

from approving import git
from npcs.records.datapackage import FOLDER
from running import npcs


def write(root: Path, package: str = PACKAGE, kinds: str = KINDS) -> None:
    folder = root / FOLDER
    (folder / "codes").mkdir(parents=True, exist_ok=True)
    (folder / "datapackage.yaml").write_text(package)
    (folder / "codes/kind.csv").write_text(kinds)
    (folder / "codes/more.csv").write_text(MORE)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with the data set at a tag, and changed since."""
    hub = tmp_path / "hub"
    (hub / "charter").mkdir(parents=True)
    write(hub)
    git(hub, "init", "--quiet")
    git(hub, "add", "--all")
    git(hub, "commit", "--quiet", "-m", "Then", on="2027-03-04")
    git(hub, "tag", "release-1")
    write(hub, PACKAGE.replace("'1.0'", "'1.1'").replace("maximum: 17", "maximum: 9"))
    return hub


def test_since_the_last_tag(root: Path) -> None:
    done = npcs("dataset", "diff", "--root", str(root))
    assert done.code == 0, done.err
    assert (
        done.out
        == """\
Core data set: from version 1.0 (release-1) to version 1.1 (the files as they stand)

Breaking (1 change)
  What was right by the old version may be wrong, or mean something else, by the new one: files,
  programs and agreements have to be looked at.
  - incidents.age: `maximum` is 9, and was 17

The version rose from 1.0 to 1.1; after these changes it has to be 2.0 or higher.
"""
    )


def test_between_a_tag_and_a_folder_and_back(root: Path) -> None:
    older = shutil.copytree(root / FOLDER, root.parent / "older")
    for one in (older, older / "datapackage.yaml", root):
        done = npcs("dataset", "diff", "release-1", str(one), "--root", str(root))
        assert "`maximum` is 9, and was 17" in done.out, done.err
    back = npcs("dataset", "diff", str(older), "HEAD", "--root", str(root))
    assert "Widening (1 change)" in back.out
    assert "The version fell from 1.1 to 1.0; versions only rise." in back.out


def test_two_folders_need_no_repository(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (shutil.copytree(root / FOLDER, tmp_path / name) for name in ("one", "other"))
    monkeypatch.chdir(tmp_path)
    done = npcs("dataset", "diff", str(one), str(other))
    assert done.out.endswith("\n\nNothing differs.\n\nThe version is 1.1, and was 1.1.\n")


def test_as_markdown_and_for_programs(root: Path) -> None:
    done = npcs("dataset", "diff", "--root", str(root), "--format", "markdown")
    assert "### Breaking\n" in done.out
    assert "- incidents.age: `maximum` is 9, and was 17\n" in done.out
    said = json.loads(npcs("dataset", "diff", "--root", str(root), "--format", "json").out)
    assert said["old"] == {"name": "release-1", "version": "1.0"}
    assert (said["least_version"], said["version_is_enough"]) == ("2.0", False)
    assert said["changes"] == [
        {"effect": "breaking", "where": "incidents.age", "what": "`maximum` is 9, and was 17"}
    ]


def test_a_tag_of_another_form_is_told(root: Path) -> None:
    write(root, PACKAGE.replace("version: '1.0'", "edition: '1.0'"))
    git(root, "commit", "--quiet", "-am", "Another form", on="2027-03-05")
    git(root, "tag", "release-2")
    write(root)
    for given in ([], ["release-2"], ["release-1", "release-2"]):
        done = npcs("dataset", "diff", *given, "--root", str(root))
        assert done.code == 2
        assert done.err.splitlines()[0].endswith(
            "; its form was another then, and is not compared."
        )
        assert "the data set of release-2 cannot be read: line 1: a data package needs" in done.err


def test_what_cannot_be_compared(root: Path, tmp_path: Path) -> None:
    def said(*given: str) -> str:
        done = npcs("dataset", "diff", *given, "--root", str(root))
        assert done.code == 2
        assert not done.out
        return done.err

    assert "“nowhere” is neither a folder nor a revision of Git" in said("nowhere")
    assert "the last tags are release-1" in said("nowhere")
    assert "holds no datapackage.yaml" in said(str(root / "charter"))
    assert "neither a folder" in said("release-1\n--all")
    assert "neither a folder" in said(":/Then", "HEAD^{/Then")
    (root / FOLDER / "datapackage.yaml").write_text(PACKAGE.replace("'1.0'", "'one'"))
    assert "cannot be read: line 3: `version`: “one” has not the right form" in said()
    git(root, "tag", "-d", "release-1")
    assert "there is no tag to compare with yet" in said()
    shutil.rmtree(root / FOLDER)
    assert "there is no core data set here" in said("HEAD")
