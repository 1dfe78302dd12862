"""`npcs serve`: a change reaches the browser, and nothing a person writes ends it."""

import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from tests.publish.conftest import AS_OF, commit, git
from tests.publish.test_build import contents
from tests.running import SOURCE

from npcs.publish import BuildFailed
from npcs.publish.assemble import build
from npcs.publish.preview import Preview

DECISION = "charter/decisions/D-2027-001.md"
PRACTICE = """\
---
title: {title}
problem: Beds are not looked at.
tried: Looking.
worked: Looking again.
did_not_work: A leaflet.
evidence: {{level: promising, sources: [{{title: The members}}]}}
---
"""


class Reader:
    """A browser, as far as the preview can tell."""

    def __init__(self, preview: Preview) -> None:
        self._address = preview.address
        self.seen = self._news(-1)["seen"]

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self._address + path, timeout=30) as answer:
            text: str = answer.read().decode()
            return text

    def _news(self, since: int) -> dict[str, Any]:
        news: dict[str, Any] = json.loads(self.get(f".npcs/changes?since={since}"))
        return news

    def wait(self) -> dict[str, Any]:
        """What is new since the last time, as soon as there is something."""
        news = self._news(self.seen)
        self.seen = news["seen"]
        return news


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def preview(copy: Path, said: list[str]) -> Iterator[Preview]:
    one = Preview(copy, as_of=AS_OF, say=said.append)
    one.start()
    yield one
    one.stop()


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text()
    assert old in text
    (root / path).write_text(text.replace(old, new))


def plain(text: str) -> str:
    text = re.sub(r"</?time[^>]*>", "", text)
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_change_reaches_every_page_it_touches_and_no_other(
    preview: Preview, copy: Path, said: list[str]
) -> None:
    reader = Reader(preview)
    untouched = copy / "build/preview/rules/index.html"
    before = untouched.stat()
    edit(copy, DECISION, "Meet in the morning", "Meet at noon")
    assert reader.wait()["trouble"] == ""
    for page in ("decisions/D-2027-001/", "decisions/", "meetings/2027-03-04-executive-committee/"):
        assert "Meet at noon" in reader.get(page)
        assert "Meet in the morning" not in reader.get(page)
    shown = "".join(one.read_text() for one in (copy / "build/preview/find/data/pages").iterdir())
    assert "Meet at noon" in shown
    assert "Meet in the morning" not in shown
    assert (untouched.stat().st_mtime_ns, untouched.stat().st_ino) == (
        before.st_mtime_ns,
        before.st_ino,
    )
    assert DECISION in said[-1]


def test_after_changes_the_preview_is_what_a_build_gives(preview: Preview, copy: Path) -> None:
    reader = Reader(preview)
    edit(copy, DECISION, "Meet in the morning", "Meet at noon")
    reader.wait()
    shutil.copy(copy / "charter/people/p01.yml", copy / "charter/people/zoe.yml")
    reader.wait()
    (copy / "notices/2027/NPCS-SN-2027-001/state-of-p01.yml").unlink()
    reader.wait()
    whole = contents(build(copy, copy.parent / "whole", AS_OF).out)
    mine = contents(copy / "build/preview")
    assert mine == whole


def test_a_broken_record_is_told_of_and_the_last_good_page_stays(
    preview: Preview, copy: Path, said: list[str]
) -> None:
    reader = Reader(preview)
    good = (copy / DECISION).read_text()
    (copy / DECISION).write_text("---\ntitle: [\n")
    assert DECISION in reader.wait()["trouble"]
    assert DECISION in said[-1]
    assert "Meet in the morning" in reader.get("decisions/D-2027-001/")
    (copy / DECISION).write_text(good + "\n[x](gone.md)\n")
    assert "gone.md" in reader.wait()["trouble"]
    (copy / DECISION).write_text(good + "\n[x](../charter.md#gone)\n")
    assert "#gone" in reader.wait()["trouble"]
    (copy / DECISION).write_text(good + "\nMended.\n")
    assert reader.wait()["trouble"] == ""
    assert "Mended." in reader.get("decisions/D-2027-001/")


def test_records_come_and_go(preview: Preview, copy: Path) -> None:
    reader = Reader(preview)
    text = (copy / DECISION).read_text()
    (copy / "charter/decisions/D-2027-009.md").write_text(text)
    reader.wait()
    assert "D-2027-009" in reader.get("decisions/")
    (copy / "charter/decisions/D-2027-009.md").unlink()
    reader.wait()
    assert "D-2027-009" not in reader.get("decisions/")
    with pytest.raises(HTTPError, match="404"):
        reader.get("decisions/D-2027-009/")


def test_a_folder_that_comes_later_is_followed_also_when_it_goes_and_comes_again(
    preview: Preview, copy: Path
) -> None:
    reader = Reader(preview)
    for title in ("Safe sleep", "Warm handover"):
        record = copy / "practices/library/sleep.md"
        record.parent.mkdir(parents=True)
        record.write_text(PRACTICE.format(title=title))
        reader.wait()
        assert title in reader.get("practices/library/sleep/")
        edit(copy, "practices/library/sleep.md", title, "Changed")
        reader.wait()
        assert "Changed" in reader.get("practices/library/sleep/")
        shutil.rmtree(copy / "practices")
        reader.wait()
        with pytest.raises(HTTPError, match="404"):
            reader.get("practices/library/sleep/")


def test_a_new_commit_is_seen_on_the_pages(preview: Preview, copy: Path) -> None:
    reader = Reader(preview)
    edit(copy, DECISION, "Meet in the morning", "Meet at noon")
    reader.wait()
    assert "Last changed 5 May 2027" in plain(reader.get("decisions/D-2027-001/"))
    commit(copy, "2027-05-09")
    reader.wait()
    assert "Last changed 9 May 2027" in plain(reader.get("decisions/D-2027-001/"))


def test_a_tag_alone_is_seen(preview: Preview, copy: Path, said: list[str]) -> None:
    reader, number = Reader(preview), len(said)
    git(copy, "tag", "-a", "-m", "Approved", "charter-v9.0")
    reader.wait()
    assert len(said) > number
    git(copy, "tag", "-d", "charter-v9.0")
    reader.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is of Linux")
def test_where_the_system_watches_no_more_folders_they_are_looked_at_in_turn(
    copy: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from watchdog.observers.inotify import InotifyEmitter

    whole, begun = InotifyEmitter.on_thread_start, []

    def on_thread_start(emitter: InotifyEmitter) -> None:
        begun.append(emitter)
        if len(begun) == 2:
            raise OSError(errno.ENOSPC, "inotify watch limit reached")
        whole(emitter)

    monkeypatch.setattr(InotifyEmitter, "on_thread_start", on_thread_start)
    preview = Preview(copy, as_of=AS_OF, say=said.append)
    preview.start()
    try:
        reader = Reader(preview)
        assert len(begun) == 2
        assert not [one for one in threading.enumerate() if "Inotify" in type(one).__name__]
        edit(copy, DECISION, "Meet in the morning", "Meet at noon")
        assert reader.wait()["trouble"] == ""
        assert "Meet at noon" in reader.get("decisions/D-2027-001/")
    finally:
        preview.stop()


def test_a_preview_that_starts_with_a_broken_record_waits_for_it(
    copy: Path, said: list[str]
) -> None:
    good = (copy / DECISION).read_text()
    (copy / DECISION).write_text("broken <b>")
    preview = Preview(copy, as_of=AS_OF, say=said.append)
    preview.start()
    try:
        reader = Reader(preview)
        with pytest.raises(HTTPError, match="503") as failure:
            reader.get("")
        assert DECISION in failure.value.read().decode()
        (copy / DECISION).write_text(good)
        assert reader.wait()["trouble"] == ""
        assert "Meet in the morning" in reader.get("decisions/")
    finally:
        preview.stop()


def test_nothing_outside_the_site_is_served(preview: Preview) -> None:
    reader = Reader(preview)
    for path in ("../docs/index.md", "%2e%2e/docs/index.md", "..%2f..%2fcharter/charter.md"):
        with pytest.raises(HTTPError, match="404"):
            reader.get(path)


def test_an_address_in_use_is_told_in_a_sentence(preview: Preview, copy: Path) -> None:
    port = int(preview.address.rstrip("/").rpartition(":")[2])
    with pytest.raises(BuildFailed, match=f"port {port}.*--port"):
        Preview(copy, port=port)


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_serve_prints_its_address_and_ends_with_ctrl_c(copy: Path) -> None:
    code = (
        "import sys, pathlib; from npcs.publish import serve; "
        "serve(pathlib.Path(sys.argv[1]), port=0)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(copy)], stdout=subprocess.PIPE, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )  # fmt: skip
    assert process.stdout
    lines = [process.stdout.readline(), process.stdout.readline()]
    assert "http://127.0.0.1:" in lines[1]
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 0


def test_a_mistake_of_ours_repeats_no_identifier(copy: Path, said: list[str]) -> None:
    preview = Preview(copy, as_of=AS_OF, say=said.append)

    def broken() -> None:
        raise KeyError("123-45-6789")

    preview._attempt(broken)
    preview.stop()
    assert said == ["KeyError: '…'"]


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_browser_shows_a_change_and_a_trouble(
    preview: Preview, copy: Path, chromium: Any
) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(preview.address + "decisions/D-2027-001/")
    edit(copy, DECISION, "Meet in the morning", "Meet at noon")
    page.locator("h1", has_text="Meet at noon").wait_for(timeout=60_000)
    edit(copy, DECISION, "method: vote", "method: dice")
    page.get_by_role("status").filter(has_text="method").wait_for(timeout=60_000)
    context.close()
