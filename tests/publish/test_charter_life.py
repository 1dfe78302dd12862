"""The charter's history, proposals and redlines on the site, from the tags of a real repository."""

import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from approving import ANA, FIRST, SECOND, Repository, approve_by_hand, public
from npcs.charter.periods import on_day, periods
from npcs.charter.revisions import Revision, Revisions
from npcs.demo import generate
from npcs.history.keys import read_keys
from npcs.publish import build
from npcs.publish.assemble import prepared
from npcs.publish.feeds import feed_files
from npcs.publish.page import Page
from npcs.publish.render import markdown
from npcs.publish.sections import charter, decisions, due, home, proposed, reuse, revisions
from npcs.publish.stage import planned
from npcs.records.charter import Decision
from npcs.records.hub import Hub
from partnership import day, people

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
    sections = (home, due, charter, revisions, proposed, reuse)
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
    assert "No change of the charter is proposed now" in markdown(found["charter/proposed"])


def test_what_a_revision_changed(demo: Path) -> None:
    found = pages(demo)
    assert "charter/v1.0/changes" not in found
    shown = markdown(found["charter/v2.0/changes"])
    assert "What changed since version 1.1" in shown
    assert "[EXC-2](../../charter/index.md#exc-2) Reworded." in shown
    redline = found["charter/v2.0/changes"].files["charter/v2.0/redline.html"].decode()
    assert "<ins>" in redline
    assert "<del>" in redline


def test_a_decision_on_the_charter_leads_to_what_it_changed(demo: Path) -> None:
    site, _ = prepared(demo, None)
    ways = {}
    for revision in site.approvals.known.revisions:
        page = decisions._decision(site, site.hub.all(Decision)[revision.decision])
        found = re.search(r"\(\.\./(charter/v[\d.]+/changes)\.md\)", markdown(page))
        ways[revision.version] = found[1] if found else None
    assert ways.pop("1.0") is None  # there was no text before it
    assert ways == {version: f"charter/v{version}/changes" for version in VERSIONS[1:]}


def test_before_the_first_approval_the_history_says_who_can_start_it(root: Path) -> None:
    history = markdown(pages(root)["charter/history"])
    assert "No text has been approved yet" in history
    assert "The Executive Committee decides on a text" in history


def test_an_adopted_text_without_an_approval_is_not_called_undecided(copy: Path) -> None:
    for version in VERSIONS:
        git(copy, "tag", "-d", f"charter-v{version}")
    found = pages(copy)
    history = markdown(found["charter/history"])
    assert "No text has been approved yet" not in history
    assert "The committee adopted 6 texts: they stand below." in history
    proposal = markdown(found["charter/proposed"])
    assert "What is left to do" in proposal
    assert "First the committee seeks consensus" not in proposal
    assert "| Seat | Held by |" not in proposal
    shown = re.sub(r"`[^`]*`|#[\w-]+", "", history + proposal + markdown(found["charter/index"]))
    assert not re.search(r"(?<![-\w])(un)?tag(s|ged)?\b", shown)


def test_the_three_days_of_a_revision_are_kept_apart(demo: Path) -> None:
    shown = markdown(pages(demo)["charter/history"])
    heading = "| Version | Change | Adopted | In effect from | Approval | Decision "
    assert heading in shown
    assert "The text on a given day" in shown


def test_the_feed_has_an_entry_for_each_revision(demo: Path) -> None:
    feed = ElementTree.fromstring(feed_files(prepared(demo, None)[0])["charter/feed.xml"])
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
    site, _ = prepared(copy, None)
    data = planned(site)[0]["api/v1/charter/charter.json"].decode()
    assert "keep children safe" in data
    assert "keep every child safe" not in data
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
    feed = feed_files(prepared(unsigned.root, None)[0])["charter/feed.xml"].decode()
    assert "not signed: nobody confirms it" in feed
    assert "approved on" not in feed


def test_only_what_is_verified_is_green(demo: Path, root_key: str) -> None:
    verified, unconfirmed = pages(demo, root_key), pages(demo)
    assert '!!! success "The approved text"' in markdown(verified["charter/index"])
    assert "npcs-good" in chips(verified["charter/v3.0/index"])
    assert "!!! success" not in markdown(unconfirmed["charter/index"])
    assert not any("npcs-good" in chips(page) for page in unconfirmed.values())


@pytest.fixture(scope="module")
def _voted(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    made = Repository(tmp_path_factory.mktemp("voted") / "hub")
    votes = {"p01": "yes", "p02": "yes", "p03": "no"}
    sought = {
        "sought_on": FIRST,
        "objections": [{"by": "p03", "text": "Too soon."}],
    }
    decision = made.adopt("1.0", FIRST, method="vote", votes=votes, consensus=sought)
    made.commit(FIRST)
    made.approved(decision, FIRST)
    made.commit("2027-03-06")
    return made


@pytest.fixture
def voted(_voted: Repository, tmp_path: Path) -> Repository:
    """A text that three of three voted for."""
    return _voted.copy(tmp_path / "hub")


def test_the_vote_is_told_as_it_was_approved(voted: Repository) -> None:
    before = markdown(pages(voted.root, public(ANA))["charter/v1.0/index"])
    assert "Adopted by vote" in before
    assert "The record was changed since" not in before
    path = "charter/decisions/D-2027-001.md"
    voted.made.texts[path] = voted.made.texts[path].replace("yes", "no", 1)
    voted.commit("2027-03-07")
    after = markdown(pages(voted.root, public(ANA))["charter/v1.0/index"])
    said = re.search(r"2 of [^.]*\.", before)
    assert said
    assert said[0] in after
    assert "The record was changed since this was approved" in after


def test_what_speaks_against_the_tags_stands_on_the_site(voted: Repository) -> None:
    decision = voted.adopt("1.1", SECOND, "All children.")
    voted.commit(SECOND)
    voted.approved(decision, SECOND)
    assert "speaks against" not in markdown(pages(voted.root, public(ANA))["charter/index"])
    voted.git("tag", "-d", "charter-v1.1")
    voted.git("tag", "charter-v1.1")
    found = pages(voted.root, public(ANA))
    for address in ("charter/index", "charter/history"):
        shown = markdown(found[address])
        assert "Something speaks against the approvals of the charter" in shown
        assert "is a lightweight tag" in shown
    history = markdown(found["charter/history"])
    assert re.search(r"3.June.2027 \| today \| \*\*cannot be told\*\*", history)


def test_a_rejected_text_with_a_tag_was_not_adopted(voted: Repository) -> None:
    votes = dict.fromkeys(people(3), "no")
    rejected = {"method": "vote", "votes": votes, "outcome": "rejected"}
    decision = voted.adopt("1.1", SECOND, "All children.", **rejected)
    commit = voted.commit(SECOND)
    message = voted.message("charter-v1.0").replace("D-2027-001", decision).replace("1.0", "1.1")
    voted.tag_by_hand("charter-v1.1", commit, message, SECOND)
    shown = markdown(pages(voted.root, public(ANA))["charter/v1.1/index"])
    assert "In effect from" not in shown
    assert "not adopted" in markdown(pages(voted.root, public(ANA))["charter/history"])


def test_an_older_text_never_comes_back_into_force() -> None:
    def one(version: str, effective: str) -> Revision:
        on = day(effective)
        return Revision(f"charter-v{version}", "", "", on, "verified", "", "", "", "", version,
                        "D-2027-001", "annual", "", on, on, "")  # fmt: skip

    known = Revisions((one("1.9", "2027-01-01"), one("1.10", "2027-09-01"),
                       one("2.0", "2027-05-01"), one("2.1", "2027-12-01")))  # fmt: skip
    found = periods(known, Hub([]), day("2028-01-01"))
    assert [(each.version, str(each.since), str(each.until)) for each in found] == [
        ("1.9", "2027-01-01", "2027-05-01"),
        ("2.0", "2027-05-01", "2027-12-01"),
        ("2.1", "2027-12-01", "None"),
    ]
    for on, version in (("2027-04-30", "1.9"), ("2027-10-01", "2.0"), ("2027-12-01", "2.1")):
        held = on_day(found, day(on))
        assert held
        assert held.version == version
    assert on_day(found, day("2026-12-31")) is None
