"""The charter's history, proposals and redlines on the site, from the tags of a real repository."""

import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from approving import FIRST, Repository, approve_by_hand
from npcs.demo import generate
from npcs.history.keys import read_keys
from npcs.publish import build
from npcs.publish.assemble import prepared
from npcs.publish.page import Page
from npcs.publish.render import markdown
from npcs.publish.sections import charter, home, proposed, revisions

VERSIONS = ["1.0", "1.1", "2.0", "2.1", "2.2", "3.0"]
ATOM = "{http://www.w3.org/2005/Atom}"


def git(root: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(root), *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("life") / "demo"
    generate(folder, git=True)
    return folder


@pytest.fixture
def copy(demo: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "copy"
    subprocess.run(["git", "clone", "-q", f"file://{demo}", str(folder)], check=True)
    return folder


@pytest.fixture(scope="module")
def root_key(demo: Path) -> str:
    found = re.search(r"ssh-ed25519 \S+", (demo / "README.md").read_text("utf-8"))
    assert found
    return found[0]


def pages(root: Path, key: str = "") -> dict[str, Page]:
    site, _ = prepared(root, None, root_keys=read_keys(key) if key else ())
    sections = (home, charter, revisions, proposed)
    return {page.address: page for section in sections for page in section.pages(site)}


def chips(page: Page) -> str:
    return " ".join(page.chips)


def test_each_revision_has_its_page_its_text_and_its_pdf(demo: Path, root_key: str) -> None:
    found = pages(demo, root_key)
    for version in VERSIONS:
        page = found[f"charter/v{version}/index"]
        text = git(demo, "show", f"charter-v{version}:charter/charter.md")
        shown = markdown(page)
        for provision in re.findall(r"\{#([a-z]{3}-\d+)\}", text):
            assert f"#{provision}" in shown
        assert "approved, signature verified" in chips(page)
        assert page.files[f"charter/charter-v{version}.pdf"].startswith(b"%PDF-")
    assert "in force" in chips(found["charter/v3.0/index"])
    assert "superseded" in chips(found["charter/v2.2/index"])
    assert "charter/proposed" not in found


def test_what_a_revision_changed(demo: Path) -> None:
    found = pages(demo)
    assert "charter/v1.0/changes" not in found
    shown = markdown(found["charter/v2.0/changes"])
    assert "What changed since version 1.1" in shown
    assert "[EXC-2](../../charter/index.md#exc-2) Reworded." in shown
    redline = found["charter/v2.0/changes"].files["charter/v2.0/redline.html"].decode()
    assert "<ins>" in redline
    assert "<del>" in redline


def test_the_three_days_of_a_revision_are_kept_apart(demo: Path) -> None:
    shown = markdown(pages(demo)["charter/history"])
    heading = "| Version | Change | Adopted | In effect from | Tagged | Decision | State |"
    assert heading in shown
    assert "The text on a given day" in shown


def test_the_feed_has_an_entry_for_each_revision(demo: Path) -> None:
    feed = ElementTree.fromstring(pages(demo)["charter/history"].files["charter/feed.xml"])
    entries = feed.findall(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}title") for one in entries] == [
        f"Charter, version {version}" for version in reversed(VERSIONS)
    ]
    links = [one.find(f"{ATOM}link") for one in entries]
    assert next(one.get("href") for one in links if one is not None) == "v3.0/"
    assert len({one.findtext(f"{ATOM}id") for one in entries}) == len(VERSIONS)


def test_without_a_root_key_nobody_confirms_the_first_key(demo: Path) -> None:
    page = pages(demo)["charter/index"]
    assert "approved, first key not confirmed" in chips(page)


def test_a_changed_text_is_proposed_and_the_approved_one_stays(copy: Path) -> None:
    path = copy / "charter" / "charter.md"
    before = path.read_text("utf-8")
    path.write_text(before.replace("keep children safe", "keep every child safe", 1), "utf-8")
    found = pages(copy)
    shown = markdown(found["charter/index"])
    assert "keep children safe" in shown
    assert "keep every child safe" not in shown
    assert "A change is proposed" in shown
    proposal = markdown(found["charter/proposed"])
    assert "No decision of the Executive Committee is on record on these words" in proposal
    assert "keep every child safe" in proposal
    assert re.search(r"\d+ of the \d+ in office must agree", proposal)
    assert "| Seat | Held by |" in proposal
    assert "A change of the charter is proposed" in markdown(found["index"])


def test_a_tag_that_was_moved_approves_nothing(copy: Path) -> None:
    other = git(copy, "rev-parse", "charter-v2.2^{commit}~1").strip()
    raw = git(copy, "cat-file", "tag", "charter-v3.0")
    moved = raw.replace(raw.splitlines()[0], f"object {other}", 1)
    made = subprocess.run(
        ["git", "-C", str(copy), "hash-object", "-t", "tag", "-w", "--stdin", "--literally"],
        input=moved, capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    git(copy, "update-ref", "refs/tags/charter-v3.0", made)
    found = pages(copy)
    for page in found.values():
        assert (
            page.address == "charter/history"
            or "3.0" not in page.address
            or ("approval not verified" in chips(page))
        )
    assert "Version 2.2" in chips(found["charter/index"])
    assert "charter/proposed" in found


@pytest.mark.parametrize("how", ["shallow", "no tags", "no repository"])
def test_where_tags_cannot_be_seen_nothing_is_called_approved(
    demo: Path, tmp_path: Path, how: str
) -> None:
    folder = tmp_path / "clone"
    if how == "no repository":
        shutil.copytree(demo, folder, ignore=shutil.ignore_patterns(".git", "build"))
    else:
        arguments = ["--depth", "1"] if how == "shallow" else ["--no-tags"]
        subprocess.run(
            ["git", "clone", "-q", *arguments, f"file://{demo}", str(folder)], check=True
        )
    found = pages(folder)
    assert "adopted, approval not verified" in chips(found["charter/index"])
    for page in found.values():
        assert "npcs-good" not in chips(page)
    assert "The approved text" not in markdown(found["charter/index"])


def test_the_redline_stands_on_the_finished_page(demo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "hub"
    subprocess.run(["git", "clone", "-q", f"file://{demo}", str(folder)], check=True)
    out = build(folder).out
    page = (out / "charter/v2.0/changes/index.html").read_text("utf-8")
    article = page[page.index("<article") : page.index("</article>")]
    assert '<div class="npcs-redline">' in article
    assert "npcs-embed" not in article
    assert (out / "charter/v2.0/redline.html").exists()
    assert (out / "charter/charter-v3.0.pdf").read_bytes().startswith(b"%PDF-")
    assert (out / "assets/redline.css").exists()


UNSIGNED = "Adopted, not signed: nobody confirms the approval"


@pytest.fixture
def unsigned(tmp_path: Path) -> Repository:
    """A coordinator without a key, who tagged the first text."""
    made = Repository(tmp_path / "hub", signing=False)
    decision = made.adopt("1.0", FIRST)
    made.commit(FIRST)
    approve_by_hand(made.root, decision, FIRST)
    return made


def test_a_text_nobody_signed_is_nowhere_called_approved(unsigned: Repository) -> None:
    found = pages(unsigned.root)
    for address in ("index", "charter/index", "charter/v1.0/index"):
        assert f'!!! warning "{UNSIGNED}"' in markdown(found[address])
    for page in found.values():
        assert "npcs-good" not in chips(page)
        assert "The approved text" not in markdown(page)
    assert UNSIGNED.lower() in chips(found["charter/index"]).lower()
    assert ".npcs-warn }" in chips(found["charter/index"])
    assert "in force" in chips(found["charter/v1.0/index"])
    feed = found["charter/history"].files["charter/feed.xml"].decode()
    assert "not signed: nobody confirms the approval" in feed
    assert "approved on" not in feed


def test_only_what_is_verified_is_green(demo: Path, root_key: str) -> None:
    verified, unconfirmed = pages(demo, root_key), pages(demo)
    assert '!!! success "The approved text"' in markdown(verified["charter/index"])
    assert "npcs-good" in chips(verified["charter/v3.0/index"])
    assert "!!! success" not in markdown(unconfirmed["charter/index"])
    assert not any("npcs-good" in chips(page) for page in unconfirmed.values())
