"""The demo as a reader meets it: every kind of record on a page, and nothing in doubt."""

import re

import pytest

from npcs.demo import Summary, generate
from npcs.governance.calendar import obligations
from npcs.publish import build
from npcs.publish.addresses import address_of
from npcs.records.hub import Hub
from npcs.records.kinds import KINDS
from npcs.rules.engine import check
from npcs.rules.registry import rule_named


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Summary:
    """The smallest demo there is: what it holds, all others do."""
    return generate(tmp_path_factory.mktemp("demo") / "demo", members=4, years=1)


@pytest.fixture(scope="module")
def pages(demo: Summary) -> dict[str, str]:
    """The pages of its site, by their addresses; not those that only lead to another."""
    out = build(demo.target).out
    texts = {
        path.parent.relative_to(out).as_posix(): path.read_text("utf-8")
        for path in out.rglob("index.html")
    }
    return {key: text for key, text in texts.items() if 'http-equiv="refresh"' not in text}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_record_has_a_page(demo: Summary, pages: dict[str, str], kind: str) -> None:
    found = Hub.read(demo.target).by_kind[kind]
    assert found
    for document in found.values():
        place, _, anchor = address_of(document).partition("#")
        page = pages[place.removesuffix("/index")]
        assert f'id="{anchor}"' in page if anchor else f"<code>{document.path}</code>" in page


def test_what_is_called_approved_is(pages: dict[str, str]) -> None:
    doubts = (
        "no decision on record",
        "does not hold",
        "in doubt",
        "not in force",
        "called adopted",
    )
    told = {key: text for key, text in pages.items() if not key.startswith(("about", "rules/"))}
    assert [(key, said) for key, text in told.items() for said in doubts if said in text] == []
    assert "approved</strong>" in pages["definitions"]


def test_a_waiver_is_in_force_and_covers_what_it_waives(
    demo: Summary, pages: dict[str, str]
) -> None:
    [waived] = check(demo.target, demo.as_of, cached=False).waived
    assert waived.until > demo.as_of
    page = pages[f"waivers/{waived.waiver}"]
    assert "in force" in page
    assert waived.decision in page


def test_as_much_is_due_on_the_site_as_in_a_check(demo: Summary, pages: dict[str, str]) -> None:
    found = [one.rule for one in check(demo.target, demo.as_of, cached=False).findings]
    due = obligations(Hub.read(demo.target), demo.as_of)
    assert sorted(found) == sorted(one.subject for one in due if rule_named(one.subject))
    assert f"{len(due)} obligations" in pages["."]
    assert pages["due"].count("<tr") - pages["due"].count("<thead") == len(due)


def test_days_stand_in_words(pages: dict[str, str]) -> None:
    for key, text in pages.items():
        if not key.startswith(("rules/", "about")):
            article = text[text.index("<article") : text.index("</article>")]
            prose = re.sub(r"<code>[^<]*</code>|<[^>]*>", " ", article)
            assert not re.search(r"(?<![\w/-])20\d\d-\d\d-\d\d(?![\w-])", prose), key
