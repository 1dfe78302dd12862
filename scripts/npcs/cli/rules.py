"""``npcs rules``: all rules, subject by subject."""

from collections.abc import Iterator
from itertools import groupby

import click

from npcs.cli.terminal import show, write_utf8
from npcs.rules.registry import RULES
from npcs.rules.rule import Rule


@click.command("rules", epilog="Example: npcs rules --format json")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
def command(form: str) -> None:
    """List all rules by subject, each with its provision and what it asks in one line."""
    if form == "json":
        from npcs.cli.reporters.json import dump

        write_utf8(dump({"version": 1, "rules": [_entry(one) for one in RULES]}))
    else:
        show(*_listing())


def _entry(rule: Rule) -> dict[str, object]:
    return {
        "name": rule.name,
        "subject": rule.subject,
        "provision": rule.provision,
        "readings": list(rule.readings),
        "summary": rule.summary,
    }


def _listing() -> Iterator[str]:
    width = max(len(one.name) for one in RULES)
    for number, (subject, rules) in enumerate(groupby(RULES, key=lambda one: one.subject)):
        if number:
            yield ""
        yield f"{subject}:"
        for one in rules:
            yield f"  {one.name:<{width}}  {one.provision:<6}  {one.summary}"
    yield ""
    yield "`npcs explain RULE` shows the page of a rule."
