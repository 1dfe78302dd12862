"""``npcs explain NAME``: a rule's page, or a provision with the rules that hold it."""

import re
import textwrap
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from npcs.cli.options import as_of_option, day_for, find_root, nearest_root, root_name_option
from npcs.cli.reporters import rule_page
from npcs.cli.terminal import nearest, page_width, plain, show
from npcs.rules.registry import RULES, rule_named
from npcs.rules.rule import Rule

if TYPE_CHECKING:
    from npcs.records.hub import Hub

# A block of code, or the lines of a quote, in the Markdown of a rule's page.
_MARKED = re.compile(r"^```\w*\n(.*?)\n```$|^>([^\n]*(?:\n>[^\n]*)*)", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(?<!`)\[([^\]]+)\]\(([^()\s]+)\)")
_PROVISION = re.compile(r"[a-z]{3}-\d+", re.ASCII | re.IGNORECASE)


@click.command(
    "explain",
    epilog="""\b
Examples:
  npcs explain two-thirds
  npcs explain CHR-3
""",
)
@click.argument("rule", metavar="RULE|PROVISION")
@as_of_option
@root_name_option
def command(rule: str, as_of: date | None, root: str | None) -> None:
    """Show a rule's page: what it asks, why, how to put it right, and an example.

    Where there is a charter, with the text of the provision and the readings as they are in force
    on the day. Of a provision, its text and the rules that hold it.
    """
    found = rule_named(rule)
    if found is None and _PROVISION.fullmatch(rule):
        show(*_provision(rule.upper(), nearest_root() if root is None else find_root(root)))
        return
    if found is None:
        near = nearest(rule, [one.name for one in RULES])
        raise click.UsageError(
            f"there is no rule `{rule}`{near or '; `npcs rules` lists them all'}"
        )
    where = nearest_root() if root is None else find_root(root)
    show(*_page(found, where, as_of))


def _provision(name: str, root: Path | None) -> Iterator[str]:
    from npcs.cli.provision import charter_of, text_of

    hub = charter_of(root) if root else None
    text = text_of(hub, name) if hub else ""
    rules = [one for one in RULES if name in one.provisions]
    if hub and hub.documents and name not in hub.provisions:
        near = nearest(name, list(hub.provisions), fold=str.upper)
        raise click.UsageError(f"the charter has no provision {name}{near}")
    if not text and not rules:
        raise click.UsageError(
            f"no charter stands here to read {name} in; name its folder with --root DIR"
        )
    yield f"The charter, {name}:"
    yield _indented(text or "(no charter stands here; name its folder with --root DIR)")
    yield ""
    if rules:
        yield "It is held by:"
        width = max(len(one.name) for one in rules)
        for one in rules:
            yield f"  {one.name:<{width}}  {one.summary}"
    else:
        yield "No rule holds it: it is for people to judge."
    yield from _besides(hub, name)
    if rules:
        yield ""
        yield f"More of a rule: npcs explain {rules[0].name}"


def _besides(hub: "Hub | None", name: str) -> Iterator[str]:
    """What shows that a provision is lived up to besides the rules, or why nothing is checked."""
    from npcs.charter.coverage import coverage

    held = coverage(hub).get(name) if hub else None
    if held and held.readings:
        yield ""
        yield f"Its readings: {', '.join(held.readings)}"
    if held and held.evidence:
        yield ""
        yield f"Where to look: {', '.join(plain(one.place) for one in held.evidence)}"
        yield _indented(held.shows)
    if held and held.intent:
        yield ""
        yield "Nothing is checked:"
        yield _indented(held.intent)


def _page(rule: Rule, root: Path | None, as_of: date | None) -> Iterator[str]:
    also = f", also {' and '.join(rule.also)}" if rule.also else ""
    behind = f"provision {rule.provision}{also}" if rule.provision else "how records are written"
    yield rule.summary
    yield f"{rule.name} ({rule.subject}; {behind})"
    if rule.details:
        yield ""
        yield _unlinked(rule.details)
    if rule.example:
        yield ""
        yield "Example"
        yield ""
        yield _MARKED.sub(_for_terminal, rule.example)
    if root:
        yield from _charter(rule, root, day_for(root, as_of))
    yield ""
    yield waiver_told(rule)
    yield ""
    yield f"On the site: {rule_page(rule.name)}"
    yield f"To look for this alone: npcs check --select {rule.name}"


def waiver_told(rule: Rule) -> str:
    """Whether the committee may accept for a time what a rule finds."""
    if rule.waivable:
        return "The committee may accept for a time what it finds, by a waiver."
    return "No waiver can cover what it finds."


def _unlinked(text: str) -> str:
    """A text with its links as words and address; of a place on the same page the words alone."""
    return _LINK.sub(
        lambda found: found[1] if found[2].startswith("#") else f"{found[1]} ({found[2]})", text
    )


def _for_terminal(found: re.Match[str]) -> str:
    """A block of code or a quote, set in and without its marks."""
    code, quote = found.groups()
    return textwrap.indent(code, "    ") if code else _indented(quote.replace("\n>", " "))


def _charter(rule: Rule, root: Path, day: date) -> Iterator[str]:
    """What the charter of a root says behind a rule, and how its silences are read on a day."""
    from npcs.cli.provision import charter_of, reading_of, text_of
    from npcs.governance import parameters
    from npcs.governance.dates import day_in_words

    hub = charter_of(root)
    text = text_of(hub, rule.provision) if rule.provision else ""
    if text:
        yield ""
        yield f"The charter, {rule.provision}:"
        yield _indented(text)
    for number, name in enumerate(rule.readings):
        if not number:
            yield ""
            yield f"The rule rests on, as of {day}:"
        if name not in parameters.names(hub):
            yield f"  {name}: not set in these records"
            continue
        reading = parameters.in_force(hub, name, day)
        if reading.fixed and not reading.decision:
            standing = "set by the charter"
        elif reading.provisional:
            standing = "provisional: nobody has adopted it yet"
        else:
            standing = f"adopted by {reading.decision}"
        since = f", since {day_in_words(reading.since)}" if reading.since else ""
        yield f"  {name}: {plain(reading.text)} ({standing}{since})"
        words = reading_of(hub, name)
        if words:
            yield _indented(words, "      ")


def _indented(text: str, margin: str = "    ") -> str:
    return textwrap.fill(
        plain(_unlinked(" ".join(text.split()))),
        page_width(),
        initial_indent=margin,
        subsequent_indent=margin,
        break_on_hyphens=False,
    )
