"""A small partnership, its site built once, and a browser for the tests that need one."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from tests.partnership import Partnership, votes

from accessibility.tabs import serving
from npcs.publish import build
from npcs.publish.page import Page
from npcs.publish.sections import pages
from npcs.publish.site import Settings, Site

AS_OF = date(2027, 6, 1)

CHARTER = """\
Why we are here.

**CHR-1** The committee is led by two co-chairs. {#chr-1}

**DEC-2** Where consensus cannot be reached, two-thirds must agree. {#dec-2}
"""


def small() -> Partnership:
    """Nine on the committee, a meeting, a vote and a notice with an answer."""
    return (
        Partnership()
        .charter(CHARTER, "0.1")
        .parameter("vote-share", ("2026-01-01", "2/3"))
        .member("state-of-p01", answers_named_from="2027-01-01")
        .committee(9)
        .meeting(
            "2027-03-04",
            text="We talked about [the vote](../decisions/D-2027-001.md) and CHR-1.\n",
            attendance=dict.fromkeys([f"p{number:02}" for number in range(1, 10)], "present"),
        )
        .decision(
            "D-2027-001", "2027-03-04", "Because D-2027-002 failed.\n",
            title="Meet in the morning", meeting="2027-03-04-executive-committee",
            consensus={"sought_on": "2027-03-04",
                       "objections": [{"by": "p09", "text": "Too early.", "resolved": "false"}]},
            votes=votes(6, 3),
        )
        .decision(
            "D-2027-002", "2027-02-04", title="Meet at night", outcome="rejected",
            votes=votes(5, 4),
        )
        .put("notices/2027/NPCS-SN-2027-001.md", """\
---
title: Cribs in hotels
kind: warning
tlp: CLEAR
hazard: Soft bedding
version: "1.0"
issued: 2027-04-01
respond_by: 2027-05-01
---
Look before you leave.
""")
        .put("notices/2027/NPCS-SN-2027-001/state-of-p01.yml", """\
member: state-of-p01
notice: NPCS-SN-2027-001
version: "1.0"
status: complete
on: 2027-04-20
""")
    )  # fmt: skip


def git(folder: Path, *arguments: str, **environment: str) -> str:
    """A Git command, with a name and no settings of this machine."""
    names = {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "Ana"), ("EMAIL", "ana@example.org"))
    }
    plain = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    return subprocess.run(
        ["git", "-C", str(folder), *arguments],
        env={**plain, **names, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
             **environment},
        check=True, capture_output=True, encoding="utf-8",
    ).stdout  # fmt: skip


def commit(folder: Path, day: str, message: str = "Change") -> None:
    """All changes as a commit made on a day."""
    moment = f"{day}T12:00:00Z"
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", message, GIT_AUTHOR_DATE=moment, GIT_COMMITTER_DATE=moment)


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small partnership as a Git repository. Tests that change it take a copy."""
    folder = small().write(tmp_path_factory.mktemp("small") / "hub")
    git(folder, "init", "-q", "-b", "main")
    (folder / ".gitignore").write_text("/build/\n")
    commit(folder, "2027-05-05")
    return folder


@pytest.fixture(scope="session")
def built(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small partnership. Tests only read it."""
    return build(root, tmp_path_factory.mktemp("built") / "site", AS_OF).out


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """The small partnership, to be changed."""
    folder = tmp_path / "hub"
    shutil.copytree(root, folder, ignore=shutil.ignore_patterns("build"))
    return folder


@pytest.fixture(scope="session")
def pages_of() -> Callable[..., dict[str, Page]]:
    """The pages of a partnership as objects, by their addresses."""

    def given(partnership: Partnership, as_of: date = AS_OF) -> dict[str, Page]:
        site = Site(partnership.hub(), as_of, Settings("Test"))
        found = {page.address: page for page in pages(site)}
        assert not site.broken
        return found

    return given


@pytest.fixture
def served() -> Iterator[Callable[[Path], str]]:
    """Serves folders at addresses of their own."""
    with ExitStack() as stack:
        yield lambda folder: stack.enter_context(serving(folder))
