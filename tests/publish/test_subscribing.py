"""Lists lead to their feed or calendar, and its whole address can be copied."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.partnership import Partnership
from tests.publish.conftest import small

from npcs.publish.page import Page
from npcs.publish.render import markdown


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("notices/index", "notices/feed.xml"),
        ("decisions/index", "decisions/feed.xml"),
        ("meetings/index", "calendars/meetings.ics"),
    ],
)
@pytest.mark.parametrize("made", [small(), Partnership()], ids=["some", "none"])
def test_lists_say_how_to_follow_them(
    made: Partnership, address: str, file: str, pages_of: Callable[..., dict[str, Page]]
) -> None:
    text = markdown(pages_of(made)[address])
    assert f"](../{file}){{ .npcs-copy }} · [How to subscribe](../about/reuse.md)" in text


@pytest.mark.browser
def test_a_whole_address_is_copied_or_shown(
    built: Path, served: Callable[[Path], str], chromium: Any
) -> None:
    base = served(built)
    context = chromium.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=base.rstrip("/"))
    page = context.new_page()
    page.goto(f"{base}about/reuse/")
    page.get_by_role("button", name="Copy address of Decisions, Atom", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{base}decisions/feed.xml"
    page.goto(f"{base}meetings/")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject() }")
    page.get_by_role("button", name="Copy address of Meetings as a calendar").click()
    shown = f"{base}calendars/meetings.ics"
    page.get_by_role("status").filter(has_text=shown).wait_for()
    assert page.evaluate("getSelection().toString()") == shown
    context.close()
