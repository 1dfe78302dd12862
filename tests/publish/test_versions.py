"""The page that tells the versions of the core data set apart, from the tags of a repository."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from tests.governance.test_standard_diff import KINDS, MORE, PACKAGE

from approving import git
from npcs.publish.page import Heading, Table, Text
from npcs.publish.sections.definitions import versions
from npcs.publish.site import Settings, Site
from npcs.records.datapackage import FOLDER, DataPackage
from npcs.records.hub import Hub


def write(root: Path, package: str, kinds: str = KINDS) -> None:
    folder = root / FOLDER
    (folder / "codes").mkdir(parents=True, exist_ok=True)
    for name in ("incidents", "actions"):
        (folder / f"{name}.csv").write_text("record_id\n")
    (folder / "datapackage.yaml").write_text(package)
    (folder / "codes/kind.csv").write_text(kinds)
    (folder / "codes/more.csv").write_text(MORE)


def commit(root: Path, tag: str, on: str) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "-m", tag, on=on)
    git(root, "tag", "-a", "-m", tag, tag, on=on)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet")
    return tmp_path


def shown(root: Path | None, hub: Hub) -> list[str]:
    """The headings of the page and the rows of its tables, but for the one of what words mean."""
    site = Site(hub, date(2027, 6, 1), Settings("Test"), root=root)
    page = versions.page(site, hub.all(DataPackage)["core-data-set"])
    _, *tables = page.find(Table)
    rows = [row for table in tables if isinstance(table, Table) for row in table.rows]
    headings = [one.title for one in page.find(Heading) if isinstance(one, Heading)]
    return [*headings, *(" ".join(map(str, row)) for row in rows)]


def told(root: Path, hub: Hub, anchor: str) -> str:
    """The text below a heading of the page."""
    page = versions.page(Site(hub, date(2027, 6, 1), Settings("Test"), root=root),
                         hub.all(DataPackage)["core-data-set"])  # fmt: skip
    blocks = list(page.blocks)
    at = next(at for at, one in enumerate(blocks)
              if isinstance(one, Heading) and one.anchor == anchor)  # fmt: skip
    text = blocks[at + 1]
    assert isinstance(text, Text)
    return str(text.text).replace("\N{NO-BREAK SPACE}", " ")


def test_nothing_released_yet(root: Path) -> None:
    write(root, PACKAGE)
    assert shown(root, Hub.read(root)) == ["Version 1.0, not released yet"]
    assert shown(None, Hub.read(root)) == ["Version 1.0, not released yet"]


def test_each_version_once_the_newest_first(root: Path) -> None:
    (root / "other.txt").write_text("")
    commit(root, "before", "2027-01-01")
    write(root, PACKAGE)
    commit(root, "release-1", "2027-02-01")
    commit(root, "release-1-again", "2027-02-02")
    second = PACKAGE.replace("'1.0'", "'2.0'").replace("maximum: 17", "maximum: 9")
    write(root, second)
    commit(root, "release-2", "2027-03-01")
    write(root, second.replace("'2.0'", "'2.1'"), KINDS + "more,<More> | `x`\n")
    bad = "{ .npcs-chip .npcs-bad }"
    assert shown(root, Hub.read(root)) == [
        "Version 2.1, not released yet", "Version 2.0", "Version 1.0",
        r"**Widening**{ .npcs-chip .npcs-good } list `codes-kind`: `more` is new: &lt;More&gt; \| "
        "`x`",
        f"**Breaking**{bad} [`incidents.age`](hub:{FOLDER}/tables/incidents#field-incidents-age): "
        "`maximum` is 9, and was 17",
    ]  # fmt: skip


def test_a_version_that_cannot_be_read_is_told_in_a_line(root: Path) -> None:
    write(root, PACKAGE.replace("'1.0'", "'0.9'").replace("privacy: P1", "privacy: X1"))
    commit(root, "release-0", "2027-01-01")
    commit(root, "release-0-again", "2027-01-02")
    write(root, PACKAGE)
    assert told(root, Hub.read(root), "now").startswith("No version that can still be read has")
    commit(root, "release-1", "2027-02-01")
    assert shown(root, Hub.read(root)) == ["Version 1.0", "Not compared"]
    assert told(root, Hub.read(root), "not-compared") == (
        "At the tag release-0 of 1 January 2027 the data set had another form than that of today, "
        "so it is not compared. At release-0, line 14: `resources.schema.fields.privacy` is “X1”, "
        "which is not one of its values."
    )
    assert "The first version that can still be read" in told(root, Hub.read(root), "from-1")
    write(root, PACKAGE.replace("'1.0'", "'one'"))
    commit(root, "release-2", "2027-03-01")
    write(root, PACKAGE)
    said = told(root, Hub.read(root), "not-compared")
    assert said.startswith("At the tags release-0 of 1 January 2027, release-2 of 1 March 2027 the")
    shutil.rmtree(root / ".git")
    assert shown(root, Hub.read(root)) == ["Version 1.0, not released yet"]
