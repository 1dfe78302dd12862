"""What holds each provision of the charter: rules, records that people read, or nothing at all."""

from collections.abc import Iterable, Iterator

from npcs.charter.coverage import Held, coverage
from npcs.publish.empty import nothing_yet
from npcs.publish.held import read_by, records
from npcs.publish.page import Block, Page, Table, Text
from npcs.publish.site import Site
from npcs.publish.text import Md, joined, link, listed, number, sentence
from npcs.records.charter import Charter
from npcs.rules.registry import RULES

HERE = (("Charter", "charter/index"),)
TITLE = "What holds each provision"
_SHORT = 150
"""How many letters of a provision are shown beside its id: most are shorter."""


def pages(site: Site) -> Iterator[Page]:
    """The table of coverage from the provisions, and that from the rules on a page of its own."""
    table = coverage(site.hub)
    if not table:
        text = "What holds each provision will stand here, once there is a charter."
        empty = nothing_yet(site, "coverage", text)
        yield Page("charter/coverage", TITLE, (empty,), path=HERE)
        return
    yield _from_rules(site)
    some = _sorted(table.values())
    blocks: list[Block] = [
        Text(_summary(some)),
        *site.section("Checked by rules", _checked(site, some["rules"]), anchor="rules"),
        *site.section("Shown by records", _shown(site, some["evidence"]), anchor="evidence"),
        *site.section("Intent", *_intent(site, some["intent"]), anchor="intent"),
        *site.section("Withdrawn", _plainly(site, some["withdrawn"]), anchor="withdrawn"),
        *site.section("Not answered yet", _plainly(site, some["open"]), anchor="open"),
    ]
    document = site.hub.documents.get("charter/coverage.yml")
    yield Page(
        "charter/coverage",
        TITLE,
        tuple(blocks),
        kind="The charter, sentence by sentence",
        path=HERE,
        lead="For each provision of the charter, what holds people to it: a rule that is checked, "
        "records that show it, or nothing, and then why.",
        source=document.path if document else "",
        foot=site.foot(document.path) if document else (),
        weight=0.2,  # it names everything; each provision and rule is found by itself
    )


def _sorted(table: Iterable[Held]) -> dict[str, list[Held]]:
    """The provisions by what holds them; each once, a rule before evidence."""
    some: dict[str, list[Held]] = {
        name: [] for name in ("rules", "evidence", "intent", "withdrawn", "open")
    }
    for one in table:
        how = (
            "withdrawn" if one.provision.withdrawn
            else "rules" if one.rules
            else "evidence" if one.evidence
            else "intent" if one.intent
            else "open"
        )  # fmt: skip
        some[how].append(one)
    return some


def _summary(some: dict[str, list[Held]]) -> Md:
    told = {
        "rules": "checked by rules",
        "evidence": "shown by records that people read",
        "intent": "saying what is meant, with nothing to check",
        "withdrawn": "withdrawn",
        "open": "not answered yet",
    }
    parts = [f"{len(some[name])} {said}" for name, said in told.items() if some[name]]
    whole = number(sum(map(len, some.values())), "provision")
    return sentence(
        f"The charter has {whole}: {listed(parts)}. Each stands in just one of the tables below. ",
        link("A rule", "rules/provision-coverage"),
        " sees to it that none is left out. The other way round: ",
        link("what each rule holds", "charter/coverage/rules"),
        ".",
    )


def _says(site: Site, one: Held) -> Md:
    text = one.provision.text
    if len(text) > _SHORT:
        text = f"{text[:_SHORT].rpartition(' ')[0]} …"
    charter = site.hub.get(Charter, "charter")
    return site.line(text, charter) if charter else Md()


def _checked(site: Site, found: list[Held]) -> Table | None:
    rows = tuple(
        (
            site.provision(one.provision.id),
            _says(site, one),
            joined(map(site.rule, one.rules)),
            joined(records(site, one), "; "),
        )
        for one in found
    )
    return Table(("Provision", "What it says", "Rules", "Records"), rows) if rows else None


def _shown(site: Site, found: list[Held]) -> Table | None:
    rows = tuple(
        (
            site.provision(one.provision.id),
            _says(site, one),
            joined(records(site, one), "; "),
            site.text(one.shows),
        )
        for one in found
    )
    columns = ("Provision", "What it says", "Where to look", "What it shows")
    return Table(columns, rows) if rows else None


def _intent(site: Site, found: list[Held]) -> list[Block]:
    """The reasons why nothing is checked, each with all provisions it is given for."""
    reasons: dict[str, list[Md]] = {}
    for one in found:
        reasons.setdefault(one.intent, []).append(site.provision(one.provision.id))
    rows = tuple((joined(keys), site.text(reason)) for reason, keys in reasons.items())
    return [Table(("Provisions", "Why nothing is checked"), rows)] if rows else []


def _plainly(site: Site, found: list[Held]) -> Table | None:
    rows = tuple((site.provision(one.provision.id), _says(site, one)) for one in found)
    return Table(("Provision", "What it says"), rows) if rows else None


def _from_rules(site: Site) -> Page:
    """Every rule with the provisions it holds; those on good order by their names alone."""
    rows = tuple(
        (
            site.rule(rule.name),
            joined(map(site.provision, rule.provisions)),
            joined(read_by(site, rule.readings)),
        )
        for rule in RULES
        if rule.provisions
    )
    others = [site.rule(rule.name) for rule in RULES if not rule.provisions]
    order = sentence("On good order of the records, and on no provision: ", joined(others), ".")
    return Page(
        "charter/coverage/rules",
        "What each rule holds",
        (Table(("Rule", "Provisions", "Readings"), rows, stacks=True), Text(order)),
        path=(*HERE, (TITLE, "charter/coverage")),
        lead="For each rule the hub checks, the provisions of the charter it holds people to, and "
        "the readings of the charter it counts by.",
    )
