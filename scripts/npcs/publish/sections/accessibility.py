"""The accessibility statement: what was tested and found, and what was not tested.

It is made of results that `make accessibility` keeps beside this code, and says no more than they.
"""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from npcs import __version__
from npcs.publish.addresses import address_of
from npcs.publish.page import Block, Heading, Items, Page, Table, Text
from npcs.publish.site import Site
from npcs.publish.text import Md, day, joined, link, md, number, sentence

NOT_TESTED = (
    "With a screen reader, screen magnifier or voice control: nobody has yet used the site with "
    "one and told us.",
    "By people with disabilities.",
    "In browsers other than Chromium.",
    "What can be downloaded: the charter as a PDF, workbooks, tables, decks and calendars.",
    "Whether texts are easy to understand, and pictures or charts say what their words say: no "
    "program can tell.",
)


@cache
def kept() -> dict[str, Any]:
    """The results of the last examination of all pages."""
    text = files("npcs.publish").joinpath("accessibility.json").read_text("utf-8")
    results: dict[str, Any] = json.loads(text)
    return results


def pages(site: Site) -> Iterator[Page]:
    """The statement."""
    yield statement(site, kept())


def statement(site: Site, results: dict[str, Any]) -> Page:
    """The statement made of some results."""
    faults = [(one["site"], fault) for one in results["sites"] for fault in one["faults"]]
    examined = sum(one["examined"] for one in results["sites"])
    blocks: list[Block | None] = [
        Text(
            Md(
                "Everybody should be able to read and use this site: by keyboard, with a screen "
                "reader, enlarged to 400 %, in dark colours, without motion. What we aim at are "
                "the Web Content Accessibility Guidelines 2.2, levels A and AA."
            )
        ),
        Heading("What was tested", "tested"),
        Text(
            sentence(
                "On ", day(date.fromisoformat(results["on"])), f", version {results['version']} "
                f"of this site was examined by a program, in {results['browser']}: "
                f"{number(examined, 'page')}, each in these views: ",
                joined(results["views"], "; "), ". What was changed after that day has not been "
                "examined.",
                "" if results["version"] == __version__
                else f" This is version {__version__}.",
            )
        ),
        Table(
            ("Site", "Pages", "Examined", "Controls focused", "Faults"),
            tuple(
                (one["site"], f"{one['pages']:,}", f"{one['examined']:,}",
                 f"{one['controls']:,}", f"{sum(it['pages'] for it in one['faults']):,}")
                for one in results["sites"]
            ),
        ),
        Text(Md("Asked of each page, in each view:")),
        Items(
            (
                Md(f"Does it keep the rules of axe-core {results['axe']} for WCAG 2.0, 2.1 and "
                   "2.2, levels A and AA, and its best practices?"),
                "Does each control take the keyboard's focus where it can be seen, and show it "
                "by a line that stands out at least three to one?",
                "At 320 pixels, which is 400 % zoom of 1,280: is the text all there, and nothing "
                "but a table scrolled sideways?",
                "Does nothing move for those who ask for that?",
                "Is nothing asked of another host?",
            )
        ),
        Heading("What was found", "found"),
        _found(faults),
        *site.section("What the program could not decide", _undecided(results), anchor="undecided"),
        Heading("What was not tested", "not-tested"),
        Items((*NOT_TESTED, *_new(site, results))),
        Heading("Tell us", "tell"),
        Text(
            sentence(
                "Where something keeps you out, tell ", site.coordinator(), ", in any form (",
                joined([site.provision("CRD-2")]), "), or propose how to mend it: ",
                link("How to propose a change", "about/propose"), ".",
            )
        ),
    ]  # fmt: skip
    return Page(
        "about/accessibility",
        "Accessibility",
        tuple(one for one in blocks if one),
        path=(("About", "about/index"),),
        lead="What was tested, what was found, and what nobody has tested yet.",
    )


def _found(faults: list[tuple[str, dict[str, Any]]]) -> Block:
    if not faults:
        return Text(
            Md(
                "Nothing, on the pages and in the views above. That is not proof that nothing is "
                "there: a program finds only a part of what keeps people out."
            )
        )
    return Table(
        ("What", "Where", "View"),
        tuple(
            (
                sentence(one["what"], f" ({one['rule']})"),
                sentence(f"{site}: {number(one['pages'], 'page')}, the first ", one["first"]),
                one["view"],
            )
            for site, one in faults
        ),
    )


def _undecided(results: dict[str, Any]) -> Block | None:
    rows = [
        (md(rule), f"{count:,}", one["site"])
        for one in results["sites"]
        for rule, count in one["undecided"].items()
    ]
    return Table(("Rule", "Pages", "Site"), tuple(rows)) if rows else None


def _new(site: Site, results: dict[str, Any]) -> Iterator[Md]:
    """The kinds of page that this site has and none of those examined was of."""
    tested = {kind for one in results["sites"] for kind in one["kinds"]}
    untested: dict[str, int] = {}
    for document in site.hub.documents.values():
        address, mark, _ = address_of(document).partition("#")
        folder = address.rpartition("/")[0]
        if (
            not mark
            and not {f"{folder}/*", f"{address.removesuffix('index')}", f"{address}/"} & tested
        ):
            untested[folder] = untested.get(folder, 0) + 1
    for folder, count in sorted(untested.items()):
        yield sentence(f"{number(count, 'page')} under {folder}: no such page was there yet.")
