"""Texts by the names people give them, from a real repository."""

import subprocess
from pathlib import Path

import pytest

from npcs.charter.texts import NoSuchText, named, parted, versions, working_copy


def git(root: Path, *arguments: str) -> None:
    own = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *own, *arguments], cwd=root, check=True, capture_output=True)


def write(root: Path, version: str, text: str) -> None:
    (root / "charter").mkdir(exist_ok=True)
    head = f'---\ntitle: Charter\nversion: "{version}"\n---\n\n'
    (root / "charter" / "charter.md").write_text(f"{head}{text}\n", encoding="utf-8", newline="\n")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with two versions, and a third text in the folder."""
    place = tmp_path / "hub"
    place.mkdir()
    git(place, "init", "-q", "-b", "main")
    for version in ("1.0", "1.10"):
        write(place, version, f"Text {version}.")
        git(place, "add", ".")
        git(place, "commit", "-q", "-m", version)
        git(place, "tag", "-a", "-m", version, f"charter-v{version}")
    write(place, "2.0", "Text 2.0.")
    return place


@pytest.mark.parametrize("name", ["1.0", "v1.0", "charter-v1.0"])
def test_a_version_is_what_its_tag_holds(root: Path, name: str) -> None:
    assert named(root, name) == ("version 1.0", "\nText 1.0.\n", "Charter", "1.0")


def test_a_revision_and_the_working_copy(root: Path) -> None:
    assert named(root, "HEAD~1").body == "\nText 1.0.\n"
    assert named(root, "main").body == "\nText 1.10.\n"
    assert working_copy(root) == ("the working copy", "\nText 2.0.\n", "Charter", "2.0")
    assert versions(root) == ("1.0", "1.10")


def test_a_repository_around_the_records(root: Path) -> None:
    below = root / "records"
    below.mkdir()
    write(below, "3.0", "Text 3.0.")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "below")
    assert named(below, "HEAD").body == "\nText 3.0.\n"


def test_a_file_with_and_without_front_matter(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "draft.md"
    file.write_bytes(b"\xef\xbb\xbfOne\r\ntwo\r\n")
    assert named(root, str(file)) == (str(file), "One\ntwo\n", "", "")
    assert named(None, str(root / "charter" / "charter.md")).version == "2.0"
    assert parted(b"---\n\nA line, no front matter.\n", "x").body.startswith("---")
    assert parted(b"---\na: [\n---\nText\n", "x").body == "Text\n"


def test_a_file_in_the_way_of_a_version(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    (root / "1.0").write_text("Another text.\n", encoding="utf-8")
    assert named(root, "1.0").body == "\nText 1.0.\n"
    assert named(root, "./1.0").body == "Another text.\n"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("9.9", "there is no version 9.9; the versions are 1.0, 1.10"),
        ("nowhere", "“nowhere” is no version, no file and no revision of Git; the versions are"),
        ("", "“” is no version"),
        ("--upload-pack=x", "is no version, no file and no revision of Git"),
        ("HEAD:charter/charter.md", "is no version, no file and no revision of Git"),
        ("HEAD\nHEAD", "is no version"),
    ],
)
def test_an_unknown_name_is_told_with_what_there_is(root: Path, name: str, said: str) -> None:
    with pytest.raises(NoSuchText, match=said.split(";")[0].replace("(", r"\(")) as error:
        named(root, name)
    assert said in str(error.value)


def test_where_there_is_no_git_no_tag_or_no_charter(root: Path, tmp_path: Path) -> None:
    with pytest.raises(NoSuchText, match="there are no records here, so only files"):
        named(None, "1.0")
    plain = tmp_path / "plain"
    plain.mkdir()
    with pytest.raises(NoSuchText, match="is no Git repository, so only files"):
        named(plain, "1.0")
    bare = tmp_path / "bare"
    bare.mkdir()
    git(bare, "init", "-q", "-b", "main")
    git(bare, "commit", "-q", "--allow-empty", "-m", "none")
    with pytest.raises(NoSuchText, match="no version is tagged here"):
        named(bare, "1.0")
    with pytest.raises(NoSuchText, match=r"revision main has no charter/charter\.md"):
        named(bare, "main")
    with pytest.raises(NoSuchText, match=r"charter/charter.md cannot be read"):
        working_copy(bare)
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth=1", "--no-tags", f"file://{root}", str(shallow))
    with pytest.raises(NoSuchText, match="git fetch --unshallow --tags"):
        named(shallow, "1.0")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"One\n\xff\n", r"is not a text in UTF-8 \(line 2\)"),
        (b"One\0two", "is not a text: it holds bytes that no text has"),
        (b"a" * 1_000_001, "has 1,000,001 bytes; a text may have 1,000,000"),
    ],
)
def test_what_is_no_text_is_refused(root: Path, tmp_path: Path, raw: bytes, said: str) -> None:
    file = tmp_path / "odd.md"
    file.write_bytes(raw)
    with pytest.raises(NoSuchText, match=said):
        named(root, str(file))
    (root / "charter" / "charter.md").write_bytes(raw)
    git(root, "commit", "-q", "-a", "-m", "odd")
    with pytest.raises(NoSuchText, match=said.split(";")[0].replace("has 1", ".*1")):
        named(root, "HEAD")


def test_a_folder_and_a_link_to_nothing(root: Path, tmp_path: Path) -> None:
    with pytest.raises(NoSuchText, match="is a folder"):
        named(root, str(tmp_path))
    (tmp_path / "lost.md").symlink_to(tmp_path / "gone.md")
    with pytest.raises(NoSuchText, match="is no version, no file"):
        named(root, str(tmp_path / "lost.md"))


def test_settings_of_a_repository_run_nothing(root: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    git(root, "config", "core.pager", f"touch {ran}")
    git(root, "config", "diff.text.textconv", f"touch {ran};cat")
    (root / ".gitattributes").write_text("*.md diff=text filter=text\n", encoding="utf-8")
    git(root, "config", "filter.text.smudge", f"touch {ran};cat")
    assert named(root, "HEAD").body == "\nText 1.10.\n"
    assert not ran.exists()
