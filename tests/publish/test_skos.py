"""The glossary as SKOS, read by an RDF library and judged by a checker of vocabularies."""

import json
import logging
from pathlib import Path

import pytest
import skosify
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, SKOS

from npcs.demo import generate
from npcs.publish.skos import JSON_LD, TURTLE, glossary_files
from npcs.records.hub import Hub

ROOT = Path(__file__).parents[2]
HERE = "https://example.org/definitions/"
FORMS = {TURTLE: "turtle", JSON_LD: "json-ld"}
TWO_SCHEMES = "Multiple concept schemes found."
"""What the checker remarks of a crosswalk: members' rules are vocabularies of their own."""

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


def graph(hub: Hub, path: str = TURTLE) -> Graph:
    text = glossary_files(hub, "Example")[path].decode()
    return Graph().parse(data=text, format=FORMS[path], publicID=HERE + "glossary")


def complaints(one: Graph, log: pytest.LogCaptureFixture) -> list[str]:
    """What the checker has to say; it may not have had to mend anything either."""
    log.clear()
    before = set(one)
    with log.at_level(logging.WARNING):
        skosify.skosify(one, label="Glossary")
    told = [it.message for it in log.records if not it.message.startswith(TWO_SCHEMES)]
    return told + [f"taken out: {it}" for it in before - set(one)]


def term(key: str) -> URIRef:
    return URIRef(f"{HERE}terms/{key}/")


def written(**terms: str) -> Hub:
    """Terms by id, each with some more fields."""
    return Hub.of({
        f"definitions/terms/{key}.md": f"---\nterm: {key.title()}\nversion: '1.0'\n"
        f"status: approved\ndefinition: Words.\nsource: {{title: Manual}}\n{more}---\n"
        for key, more in terms.items()
    })  # fmt: skip


def test_the_founding_glossary_has_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    hub = Hub.read(ROOT)
    assert complaints(graph(hub), caplog) == []
    assert (term("near-fatality"), SKOS.broader, term("critical-incident")) in graph(hub)


def test_the_demo_has_no_fault(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    generate(tmp_path / "demo")
    hub = Hub.read(tmp_path / "demo")
    assert complaints(graph(hub), caplog) == []
    assert (term("old-near-death"), DCTERMS.isReplacedBy, term("near-death")) in graph(hub)
    assert any(
        "Version 1.0" in it for it in graph(hub).objects(term("near-death"), SKOS.historyNote)
    )


@pytest.mark.parametrize("where", ["founding", "demo"])
def test_both_forms_say_the_same(where: str, tmp_path: Path) -> None:
    if where == "demo":
        generate(tmp_path / "demo")
    hub = Hub.read(ROOT if where == "founding" else tmp_path / "demo")
    assert set(graph(hub, TURTLE)) == set(graph(hub, JSON_LD))
    assert len(graph(hub)) > 200


def test_odd_characters_arrive_as_they_are() -> None:
    text = 'He said: "no \\ yes", twice\u2028 — é'
    hub = written(one=f"includes: [{json.dumps(text)}]\n")
    for path in FORMS:
        notes = {str(it) for it in graph(hub, path).objects(term("one"), SKOS.scopeNote)}
        assert notes == {f"Includes: {text}"}


def test_a_members_rule_is_matched_as_the_crosswalk_says() -> None:
    row = "{{mapping: {}, compared_with: '1.0', note: Words}}"
    mappings = ("exact", "broader", "narrower", "overlaps", "none")
    rows = "".join(f"  {key}: {row.format(key)}\n" for key in mappings)
    one = graph(written(one=f"crosswalk:\n{rows}"))
    found = {
        str(rule).rpartition("-")[2]: match
        for _, match, rule in one
        if match in (SKOS.exactMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
    }
    assert found == {
        "exact": SKOS.exactMatch,
        "broader": SKOS.broadMatch,
        "narrower": SKOS.narrowMatch,
        "overlaps": SKOS.relatedMatch,
    }
    assert len(set(one.subjects(RDF.type, SKOS.Concept))) == 5


def test_what_would_be_a_fault_is_not_written(caplog: pytest.LogCaptureFixture) -> None:
    hub = written(
        one="also_called: [One, Single]\n",
        two="broader: [one]\n",
        three="broader: [two]\nrelated: [one, three, missing]\n",
        four="related: [three]\n",
    )
    found = graph(hub)
    assert complaints(found, caplog) == []
    assert set(graph(hub).objects(term("three"), SKOS.related)) == {term("four")}
    assert {str(it) for it in graph(hub).objects(term("one"), SKOS.altLabel)} == {"Single"}


def test_the_checker_would_tell(caplog: pytest.LogCaptureFixture) -> None:
    found = graph(written(one="", two="broader: [one]\n"))
    found.add((term("two"), SKOS.related, term("one")))
    assert complaints(found, caplog)


def test_a_circle_of_broader_terms_ends() -> None:
    found = graph(written(one="broader: [two]\n", two="broader: [one]\nrelated: [one]\n"))
    assert not set(found.objects(None, SKOS.related))


def test_what_is_withdrawn_is_marked() -> None:
    hub = Hub.of({
        "definitions/terms/old.md": "---\nterm: Old\nversion: '1.0'\nstatus: withdrawn\n"
        "definition: Words.\nsource: {title: Manual}\n---\n"
    })  # fmt: skip
    assert [str(it) for it in graph(hub).objects(term("old"), OWL.deprecated)] == ["true"]


def test_without_terms_there_is_no_file() -> None:
    assert glossary_files(Hub.of({}), "Example") == {}
