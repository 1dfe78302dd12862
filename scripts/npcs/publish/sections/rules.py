"""The rules: what each checks, on which provision it rests, and how to put things right."""

from collections.abc import Iterator

from npcs.governance import parameters
from npcs.publish import readings
from npcs.publish.page import Block, Heading, Page, Table, Text
from npcs.publish.sections.charter import quoted
from npcs.publish.sections.proceedings import waived
from npcs.publish.site import Site
from npcs.publish.text import Md, capital, day, joined, link, listed, plain, sentence, words
from npcs.records.charter import Waiver
from npcs.rules.registry import RULES
from npcs.rules.rule import Rule

HERE = (("Rules", "rules/index"),)


def pages(site: Site) -> Iterator[Page]:
    """All rules, subject by subject, and a page for each."""
    subjects: dict[str, list[Rule]] = {}
    for rule in RULES:
        subjects.setdefault(rule.subject, []).append(rule)
    blocks: list[Block] = []
    for subject, rules in subjects.items():
        blocks.append(Heading(capital(_named(subject)), f"on-{subject}"))
        rows = tuple(
            (
                link(rule.name, f"rules/{rule.name}"),
                joined(map(site.provision, rule.provisions)),
                _summary(rule),
            )
            for rule in rules
        )
        blocks.append(Table(("Rule", "Provision", "What it asks"), rows, stacks=True))
    blocks += site.section("Waivers granted", _waivers(site), anchor="waivers")
    yield Page(
        "rules/index",
        "Rules",
        tuple(blocks),
        lead="What the hub checks whenever a record changes. Each rule rests on a provision of the "
        "charter, on a reading of it, or on good order.",
        weight=0.4,  # it names everything
    )
    for rule in RULES:
        yield _rule(site, rule)


def _named(subject: str) -> str:
    """A subject of rules as the pages on it call it."""
    return "work plan" if subject == "workplan" else words(subject.replace("_", "-"))


def _waivers(site: Site) -> Table | None:
    found = sorted(
        site.hub.all(Waiver).values(), key=lambda one: (one.until, one.key), reverse=True
    )
    rows = tuple(
        (site.to(one), site.rule(one.rule), day(one.until), waived(site, one)) for one in found
    )
    return Table(("Waiver", "Rule", "Until", "State"), rows) if rows else None


def _summary(rule: Rule) -> Md:
    # A rule's page is written with the code, in Markdown, and trusted as such.
    return Md(rule.summary.replace("|", "&#124;"))


def _rule(site: Site, rule: Rule) -> Page:
    blocks: list[Block] = [*quoted(site, rule.provision)]
    rest = rule.page.partition("\n")[2].strip("\n")
    if rest:
        blocks.append(Text(Md(rest)))
    rows = [_reading(site, name) for name in rule.readings]
    if rows:
        blocks += [
            Heading("Readings it rests on", "readings"),
            Table(("Reading", "In force", "Since", "State"), tuple(rows)),
        ]
    also = sentence("It also holds ", listed(map(site.provision, rule.also)), ". ")
    waiver = (
        "The committee may accept for a time what it finds, by a waiver."
        if rule.waivable
        else "No waiver can cover what it finds."
    )
    blocks += [
        Heading("What it holds", "holds"),
        Text(sentence(*([also] if rule.also else []), waiver)),
        Heading("See it at work", "see-it"),
        Text(
            sentence(Md(f"`npcs check --select {rule.name}` looks for this alone; "
                        f"`npcs explain {rule.name}` shows this page."))
        ),
    ]  # fmt: skip
    return Page(
        f"rules/{rule.name}",
        rule.name,
        tuple(blocks),
        kind=f"Rule on {_named(rule.subject)}",
        path=HERE,
        lead=_summary(rule),
    )


def _reading(site: Site, name: str) -> tuple[str, ...]:
    """A reading a rule rests on, as it is in force on the day of the site."""
    if name not in parameters.names(site.hub):
        return (plain(name), "not on record", "", "")
    known = parameters.in_force(site.hub, name, site.as_of)
    return (
        link(name, site.place_of_reading(name)) if name in site.parameters else plain(name),
        readings.value_shown(known.text),
        day(known.since) if known.since else "the start",
        readings.state(site, known),
    )
