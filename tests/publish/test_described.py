"""What pages say of themselves to search engines, as a library for JSON-LD reads it."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from rdflib import RDF, Graph, Namespace
from tests.publish.conftest import AS_OF, small

from npcs.publish import build
from npcs.publish.page import Page
from npcs.publish.render import markdown
from npcs.publish.site import Settings, Site
from npcs.publish.stage import planned
from npcs.publish.summary import MOST, summary
from npcs.publish.text import Md

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

SCHEMA = Namespace("https://schema.org/")
HERE = "https://a.org/b/"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>')
PRACTICE = """\
---
title: Huddles
problem: Notes are late.
tried: We met each morning.
worked: It held.
did_not_work: It needs an hour.
evidence: {level: descriptive, sources: [{title: A report}]}
topics: [Handovers]
---
"""
DEFINITION = """\
---
term: Agency
version: '1.0'
status: draft
definition: Who has *care* of children.
source: {title: Manual}
---
"""
HOSTILE = "</script><img src=x onerror=fired()><!--<script>& {{ 1 }}"


def staged(**settings: Any) -> dict[str, str]:
    made = small().put("practices/library/huddles.md", PRACTICE)
    made.put("definitions/terms/agency.md", DEFINITION)
    found = planned(Site(made.hub(), AS_OF, Settings("Test", **settings)))[0]
    return {name: raw.decode() for name, raw in found.items() if name.endswith(".md")}


def front(text: str) -> str:
    """The head of a staged page, as the theme is given it."""
    return str(yaml.safe_load(text.split("---\n")[1])["head"])


def graph(html: str) -> Graph:
    """What a library reads, for which nothing is fetched."""
    (text,) = BLOCK.findall(html)
    data = json.loads(text)
    assert data.pop("@context") == "https://schema.org"
    data["@context"] = {"@vocab": SCHEMA}
    return Graph().parse(data=json.dumps(data), format="json-ld")


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("index", "Organization", {"name": "Test", "url": HERE}),
        ("notices/NPCS-SN-2027-001", "Article",
         {"headline": "Cribs in hotels", "datePublished": "2027-04-01",
          "identifier": "NPCS-SN-2027-001", "url": f"{HERE}notices/NPCS-SN-2027-001/",
          "creativeWorkStatus": "issued, but no decision is named"}),
        ("meetings/2027-03-04-executive-committee", "Event",
         {"startDate": "2027-03-04", "eventStatus": f"{SCHEMA}EventScheduled"}),
        ("practices/library/huddles", "CreativeWork",
         {"name": "Huddles", "abstract": "Notes are late.", "keywords": "Handovers"}),
        ("definitions/terms/agency", "DefinedTerm",
         {"name": "Agency", "description": "Who has care of children."}),
    ],
)  # fmt: skip
def test_a_page_says_what_it_is(name: str, kind: str, said: dict[str, str]) -> None:
    known = graph(front(staged(address=HERE)[f"{name}.md"]))
    (subject,) = [one for one in known.subjects(RDF.type, SCHEMA[kind])
                  if (None, None, one) not in known]  # fmt: skip
    for field, value in said.items():
        assert [str(one) for one in known.objects(subject, SCHEMA[field])] == [value], field


def test_a_description_is_plain_text_escaped_and_short() -> None:
    lead = "For *all* [members](hub:members/index) & others. " + "More words. " * 30
    page = Page("about/x", 'A "<b>" title?', (), lead=Md(lead))
    assert summary(page).startswith('A "<b>" title? For all members & others. More words.')
    assert len(summary(page)) <= MOST
    assert summary(page).endswith("…")
    head = markdown(replace(page, description=summary(page)))
    assert 'description: "A &quot;&lt;b&gt;&quot; title? For all members &amp; others.' in head


def test_what_is_made_up_says_nothing_and_other_pages_do_not() -> None:
    assert not any("ld+json" in one for one in staged(banner="Fictional.").values())
    named = {name for name, text in staged().items() if "ld+json" in text}
    assert "index.md" in named
    assert not any(name.startswith(("decisions/", "rules/", "people/")) for name in named)


@pytest.mark.browser
def test_no_title_gets_out_of_it_and_the_policy_lets_it_be(
    tmp_path: Path, served: Callable[[Path], str], chromium: Any
) -> None:
    made = small()
    notice = "notices/2027/NPCS-SN-2027-001.md"
    text = made.texts[notice].replace("title: Cribs in hotels", f"title: '{HOSTILE}'")
    out = build(made.put(notice, text).write(tmp_path / "hub"), as_of=AS_OF).out
    html = (out / "notices/NPCS-SN-2027-001/index.html").read_text()
    assert [str(one) for one in graph(html).objects(None, SCHEMA.headline)] == [HOSTILE]
    page = chromium.new_page()
    page.add_init_script("window.ran = 0; window.fired = () => { window.ran += 1 }")
    faults: list[str] = []
    page.on("console", lambda one: faults.append(one.text))
    page.goto(f"{served(out)}notices/NPCS-SN-2027-001/")
    assert page.evaluate("window.ran") == 0
    (kept,) = page.locator('head script[type="application/ld+json"]').all()
    assert json.loads(kept.inner_text())["headline"] == HOSTILE
    assert faults == []
