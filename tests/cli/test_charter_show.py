"""`npcs charter show`: which text it is, what is said of it, and in which form."""

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from partnership import Partnership
from running import SOURCE, npcs, npcs_process

TEXT = "charter/charter.md"
BODY = """\
Why we are *here*.

## Decisions

**DEC-2** Where consensus cannot be reached, two-thirds must agree; see CHR-1. {#dec-2}

- First [a page](https://example.org/page).
    1. Deeper.

| Office | Years |
|---|---|
| Member | one |

> Said by `somebody`.

Last[^1].

[^1]: A note.
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A partnership of two years whose charter was approved three times, by signed tags."""
    root = tmp_path_factory.mktemp("demo") / "hub"
    done = npcs("demo", str(root), "--git", "--years", "2", "--members", "6")
    assert done.code == 0, done.err
    return root


@pytest.fixture
def copy(demo: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(demo, tmp_path / "hub"))


@pytest.fixture(scope="module")
def root_key(demo: Path) -> str:
    """The key that its approvals begin with, as its README names it."""
    found = re.search(r"ssh-ed25519 [\w+/=]+", (demo / "README.md").read_text("utf-8"))
    assert found
    return found[0]


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A charter in a folder that knows nothing of Git."""
    return Partnership().charter(BODY, "0.1").write(tmp_path / "plain")


def show(root: Path, *arguments: str):
    return npcs("charter", "show", *arguments, "--root", str(root))


def sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def git(root: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", "-C", str(root), "-c", "user.name=Ana", "-c", "user.email=ana@example.org",
         *arguments],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip


def message_of(root: Path, tag: str) -> str:
    return git(root, "tag", "-l", "--format=%(contents:subject)%0a%0a%(contents:body)", tag)


def piped(root: Path, **streams: Any) -> subprocess.CompletedProcess[bytes]:
    """A PDF on the standard output of a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "npcs", "charter", "show", "--format", "pdf", "--root", str(root)],
        env={**os.environ, "PYTHONPATH": str(SOURCE)}, stderr=subprocess.PIPE, check=False,
        **streams,
    )  # fmt: skip


def words(text: str) -> str:
    return " ".join(text.split())


class TestText:
    def test_a_text_nobody_adopted_is_proposed(self, plain):
        done = show(plain)
        assert done.code == 0
        assert done.out.startswith("Charter\nversion 0.1, proposed – not approved\n")
        assert "No decision of the Executive Committee has adopted this text." in words(done.out)
        assert "sha256:" + sha256((plain / TEXT).read_bytes()) in done.out

    def test_is_for_people(self, plain):
        out = show(plain).out.split("\n\n", 1)[1]
        assert (
            out
            == """\
        Why we are here.

Decisions
=========

DEC-2   Where consensus cannot be reached, two-thirds must agree; see CHR-1.

        - First a page (https://example.org/page).
          1. Deeper.

        Office  Years
        ------  -----
        Member  one

        > Said by somebody.

        Last (A note.).
"""
        )

    def test_a_text_no_page_can_show_is_shown_as_it_is_written(self, plain):
        deep = "\n".join("    " * number + "- a" for number in range(12))
        Partnership().charter(deep, "0.1").write(plain)
        assert deep in show(plain).out

    def test_sends_nothing_to_the_terminal_that_moves_its_cursor(self, plain):
        Partnership().charter("A\u202eB", "0.1").write(plain)
        done = show(plain)
        assert done.code == 2
        assert "charter/charter.md:5: a character nobody can see stands here: U+202E" in done.err
        assert "\u202e" not in done.out + done.err

    def test_of_an_approved_version(self, demo, root_key):
        done = show(demo, "1.0", "--root-key", root_key)
        assert done.code == 0
        lines = done.out.split("\n")
        assert lines[0] == "Charter of the Example Partnership"
        assert re.match(
            r"version 1\.0, approved; adopted by D-\d{4}-\d{3}, in effect from ", lines[1]
        )
        assert "MIS-1   The mission is" in done.out


class TestWhichText:
    def test_an_approved_version_comes_from_its_tag(self, copy, root_key):
        kept = git(copy, "show", "charter-v1.1:charter/charter.md").encode()
        (copy / TEXT).write_text("gone")
        for name in ("1.1", "v1.1", "charter-v1.1"):
            done = npcs_process(
                "charter", "show", name, "--format", "markdown", "--root-key", root_key,
                "--root", str(copy),
            )  # fmt: skip
            assert done.code == 0, done.err
            assert done.out.encode() == kept
            assert done.err.startswith("version 1.1, approved; adopted by D-")

    def test_in_force_on_a_day(self, demo):
        first = re.search(r"in effect from (.+)", show(demo, "1.0").out)[1]
        second = re.search(r"in effect from (.+)", show(demo, "1.1").out)[1]
        assert first != second
        assert "version 1.0," in show(demo, "--on", "2026-12-31").out
        assert "version 2.0," in show(demo, "--on", "2100-01-01").out

    def test_on_the_very_day_it_takes_effect_and_the_day_before(self, demo):
        from datetime import datetime, timedelta

        said = re.search(r"in effect from (.+)", show(demo, "1.1").out)[1]
        day = datetime.strptime(said, "%d %B %Y").date()  # noqa: DTZ007
        assert "version 1.1," in show(demo, "--on", str(day)).out
        assert "version 1.0," in show(demo, "--on", str(day - timedelta(1))).out

    def test_before_the_first(self, demo):
        done = show(demo, "--on", "2020-02-29")
        assert done.code == 2
        assert "no approved text was in force on 29 February 2020: the first holds from" in done.err

    def test_a_version_nobody_approved(self, demo):
        done = show(demo, "7.3")
        assert done.code == 2
        assert "no tag approves a version 7.3; approved are 1.0, 1.1, 2.0" in done.err

    def test_what_is_no_version(self, demo):
        done = show(demo, "latest")
        assert done.code == 2
        assert "“latest” is not a version: write it as in 2.0" in done.err

    def test_version_and_day_together(self, demo):
        assert "a version or a day, not both" in show(demo, "1.0", "--on", "2027-01-01").err

    def test_nothing_is_approved_yet(self, plain):
        assert "no version is approved yet" in show(plain, "1.0").err
        assert "none is approved yet" in show(plain, "--on", "2027-01-01").err

    def test_a_shallow_clone_says_what_is_missing(self, demo, tmp_path):
        shallow = tmp_path / "shallow"
        git(demo, "clone", "--quiet", "--depth=1", f"file://{demo}", str(shallow))
        done = show(shallow, "1.0")
        assert done.code == 2
        assert "shallow clone" in done.err
        assert "git fetch --unshallow --tags" in done.err
        assert "version 2.0, approval not verified" in show(shallow).out

    def test_a_charter_that_cannot_be_read(self, plain):
        (plain / TEXT).write_text("no fields\n")
        done = show(plain)
        assert done.code == 2
        assert "charter/charter.md:1:" in done.err

    def test_no_charter(self, plain):
        (plain / TEXT).unlink()
        done = show(plain)
        assert done.code == 2
        assert "charter/charter.md: it cannot be opened" in done.err


class TestTruth:
    def test_verified_from_the_root_key_on(self, demo, root_key):
        assert "version 2.0, approved;" in show(demo, "--root-key", root_key).out

    def test_without_a_root_key_nothing_is_called_approved(self, demo):
        out = words(show(demo).out)
        assert "version 2.0, approval not verified;" in out
        assert "not verified against a root key" in out

    def test_without_a_root_key_says_how_to_have_it_verified(self, demo, root_key):
        assert "--root-key FILE" in show(demo).err
        assert show(demo, "--root-key", root_key).err == ""

    def test_changed_by_one_character_it_is_a_proposal(self, copy, root_key):
        text = (copy / TEXT).read_text("utf-8")
        (copy / TEXT).write_text(text.replace("children", "childrem", 1), encoding="utf-8")
        out = words(show(copy, "--root-key", root_key).out)
        assert "version 2.0, proposed – not approved" in out
        assert "has adopted this text; the last approved text is version 2.0." in out

    def test_line_ends_of_windows_change_nothing(self, copy, root_key):
        (copy / TEXT).write_bytes((copy / TEXT).read_bytes().replace(b"\n", b"\r\n"))
        assert "version 2.0, approved;" in show(copy, "--root-key", root_key).out

    def test_adopted_but_not_tagged(self, copy, root_key):
        git(copy, "tag", "-d", "charter-v2.0")
        out = words(show(copy, "--root-key", root_key).out)
        assert "version 2.0, approval not verified; adopted by D-" in out
        assert "No tag approves it yet." in out

    def test_a_tag_set_by_somebody_else_approves_nothing(self, copy, root_key):
        commit = git(copy, "rev-parse", "charter-v2.0^{commit}").strip()
        message = git(
            copy, "tag", "-l", "--format=%(contents:subject)\n\n%(contents:body)", "charter-v2.0"
        )
        git(copy, "tag", "-d", "charter-v2.0")
        git(copy, "tag", "-a", "charter-v2.0", commit, "-m", message)
        assert "version 2.0, approved" not in show(copy, "2.0", "--root-key", root_key).out

    def test_a_tag_on_a_text_that_was_not_adopted(self, copy, root_key):
        (copy / TEXT).write_bytes((copy / TEXT).read_bytes().replace(b"children", b"childrem", 1))
        message = git(
            copy, "tag", "-l", "--format=%(contents:subject)\n\n%(contents:body)", "charter-v2.0"
        )
        git(copy, "commit", "-qam", "A slip")
        git(copy, "tag", "-d", "charter-v2.0")
        git(copy, "tag", "-a", "charter-v2.0", "-m", message)
        for form in ("text", "pdf"):
            out = copy.parent / f"out.{form}"
            done = show(copy, "2.0", "--root-key", root_key, "--format", form, "--out", str(out))
            assert done.code == 0, done.err
            assert "version 2.0, proposed – not approved" in done.err


class TestPdf:
    def pages(self, path: Path) -> list[str]:
        return [page.extract_text() for page in PdfReader(path).pages]

    def test_of_an_approved_version(self, demo, root_key, tmp_path):
        out = tmp_path / "charter.pdf"
        done = show(demo, "1.1", "--root-key", root_key, "--format", "pdf", "--out", str(out))
        assert done.code == 0, done.err
        assert done.out == ""
        assert done.err.startswith(f"{out}: version 1.1, approved;")
        held = sha256(git(demo, "show", "charter-v1.1:charter/charter.md").encode())
        for page in self.pages(out):
            assert "NOT" not in page
            assert f"sha256:{held}" in page
            assert "Version 1.1, adopted" in page

    def test_of_a_proposed_text_says_so_on_every_page(self, copy, root_key, tmp_path):
        with (copy / TEXT).open("a") as file:
            file.write("\nMore.\n" * 200)
        out = tmp_path / "charter.pdf"
        done = show(copy, "--root-key", root_key, "--format", "pdf", "--out", str(out))
        assert done.code == 0, done.err
        assert len(self.pages(out)) > 3
        for page in self.pages(out):
            assert "PROPOSED – NOT APPROVED" in page

    def test_without_a_root_key_bears_a_mark(self, demo, tmp_path):
        out = tmp_path / "charter.pdf"
        assert show(demo, "--format", "pdf", "--out", str(out)).code == 0
        assert all("APPROVAL NOT VERIFIED" in page for page in self.pages(out))

    def test_goes_down_a_pipe(self, plain):
        done = piped(plain, stdout=subprocess.PIPE)
        assert done.returncode == 0
        assert len(PdfReader(io.BytesIO(done.stdout)).pages) == 1
        assert done.stderr.decode() == "version 0.1, proposed – not approved\n"

    @pytest.mark.skipif(os.name == "nt", reason="no pseudo terminals")
    def test_is_not_sent_to_a_terminal(self, plain):
        import pty

        master, slave = pty.openpty()
        done = piped(plain, stdout=slave)
        os.close(master)
        os.close(slave)
        assert done.returncode == 2
        assert "name a file for it, as in --out charter.pdf" in done.stderr.decode()

    def test_of_a_text_it_cannot_show(self, plain, tmp_path):
        Partnership().charter("A smile \U0001f600.", "0.1").write(plain)
        out = tmp_path / "charter.pdf"
        done = show(plain, "--format", "pdf", "--out", str(out))
        assert done.code == 1
        assert "the text cannot be set as a PDF" in done.err
        assert "GRINNING FACE" in done.err
        assert not out.exists()

    def test_on_a4(self, plain, tmp_path):
        out = tmp_path / "charter.pdf"
        assert show(plain, "--format", "pdf", "--paper", "a4", "--out", str(out)).code == 0
        assert round(PdfReader(out).pages[0].mediabox.width) == 595


class TestOut:
    def test_writes_over_nothing_but_a_pdf(self, plain, tmp_path):
        before = (plain / TEXT).read_bytes()
        for form in ("text", "markdown", "pdf"):
            done = show(plain, "--format", form, "--out", str(plain / TEXT))
            assert done.code == 2
            assert "is there already, and is left as it is" in done.err
        assert (plain / TEXT).read_bytes() == before

    def test_an_earlier_pdf_is_replaced(self, plain, tmp_path):
        out = tmp_path / "charter.pdf"
        out.write_bytes(b"%PDF-1.7\nan earlier one")
        assert show(plain, "--format", "pdf", "--out", str(out)).code == 0
        assert len(PdfReader(out).pages) == 1

    def test_markdown_is_the_file_to_the_byte(self, plain, tmp_path):
        out = tmp_path / "charter.md"
        done = show(plain, "--format", "markdown", "--out", str(out))
        assert done.err == f"{out}: version 0.1, proposed – not approved\n"
        assert out.read_bytes() == (plain / TEXT).read_bytes()

    @pytest.mark.parametrize(
        ("name", "said"), [("no/x.pdf", "there is no folder"), (".", "is a folder")]
    )
    def test_where_nothing_can_be_written(self, plain, tmp_path, name, said):
        done = show(plain, "--format", "pdf", "--out", str(tmp_path / name))
        assert done.code == 2
        assert said in done.err

    def test_help_has_examples(self):
        out = npcs("charter", "show", "--help").out
        assert "npcs charter show 2.0 --format pdf --out charter-2.0.pdf" in out
        assert "show" in npcs("charter", "--help").out
