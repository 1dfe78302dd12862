"""What this site is, and how anybody can propose a change."""

from collections.abc import Iterator
from itertools import takewhile

from npcs.governance.terms import people_in_office
from npcs.publish.abbreviations import ABBREVIATIONS, ADDRESS, anchor
from npcs.publish.empty import ONE_ONLY
from npcs.publish.forge import new_file
from npcs.publish.names import kind_shown
from npcs.publish.page import Block, Fact, Facts, Heading, Items, Page, Table, Text
from npcs.publish.site import Site
from npcs.publish.text import Md, day, joined, link, listed, outside, plain, sentence
from npcs.publish.told import TOLD
from npcs.records.kinds import KINDS


def _contact(site: Site) -> Text:
    """How the project coordinator is reached; where nobody has said so, who can."""
    contact = site.settings.contact
    who = link("the project coordinator", "committee/index#project-coordinator")
    if not contact:
        return site.empty(
            "No address to write to has been set yet. Whoever runs this site writes it into its "
            "settings, under “contact”, and it stands here."
        )
    shown = outside(contact, contact)
    if "@" in contact:
        shown = Md(f"[{plain(contact)}](mailto:{contact})")
    return Text(sentence("Questions, mistakes, and whatever keeps you out go to ", who, ": ", shown,
                         "."))  # fmt: skip


def pages(site: Site) -> Iterator[Page]:
    """Pages that are the same for every partnership."""
    yield Page(
        "about/index",
        "About this site",
        (
            Text(
                Md(
                    "Everything here comes from plain files in one Git repository. The "
                    "repository is the "
                    "record; this site is a view of it, made anew whenever a file changes. "
                    "Counts, states, "
                    "tallies and due dates are worked out from the records, never typed."
                )
            ),
            Heading("What the labels mean", "labels"),
            Table(
                ("Label", "Meaning"),
                (
                    ("proposed, not approved", "No decision on record has approved it."),
                    ("provisional", "Used for now, so that work can go on; adopted by nobody yet."),
                    ("adopted, approved", "A decision on record says so, with its count."),
                    (
                        "called approved, no decision on record",
                        "The record says approved, and no decision bears it out.",
                    ),
                    (
                        "approved, first key not confirmed",
                        "The signature holds. That the first key is the right one was not "
                        "confirmed when this site was made.",
                    ),
                    ("superseded", "Something newer stands in its place. The page stays."),
                    ("withdrawn", "No longer to be used. The page says why, and stays."),
                    ("overdue", "Its day has passed. That is a reminder, not an error."),
                ),
            ),
            Text(sentence("What short forms stand for: ", link("Abbreviations", ADDRESS), ".")),
            Heading("Contact", "contact"),
            _contact(site),
            Heading("What is never here", "never"),
            Text(
                Md(
                    "No information about a child, a family or a caseworker. A safety notice "
                    "describes a "
                    "pattern, and figures are published only where they cannot point to anybody."
                )
            ),
            Heading("About this page", "about-this-page"),
            Text(
                Md(
                    "Below the title of every page stands a line “About this page”. It opens to "
                    "what the page is, its state and since when, who is responsible, a citation to "
                    "copy, how to change it, and its history. A citation names a revision: the "
                    "text as it stood then is kept for ever."
                )
            ),
            Heading("How current it is", "as-of"),
            Text(
                sentence(
                    "Whatever depends on the day (who is in office, what is due) is as of ",
                    day(site.as_of), ". The page of a record names its file and says when it was "
                    "last changed. The addresses of pages stay valid.",
                )
            ),
        ),
        lead="The public record of a partnership of child welfare agencies.",
    )  # fmt: skip
    yield Page(
        "about/propose",
        "How to propose a change",
        (
            *_ways(site),
            Text(
                sentence(
                    "The checks then run by themselves. If something does not fit, they name the "
                    "line, say "
                    "what to do, and which provision stands behind it. What they look for stands "
                    "under ",
                    link("rules", "rules/index"),
                    ". Nothing is published before somebody has looked at it, and nothing you "
                    "try can "
                    "break the site.",
                )
            ),
            Heading("Add something new", "add"),
            Text(
                Md(
                    "Each record is one file in the folder of its kind, and its name is the "
                    "record's id. The README of the folder shows one to copy."
                )
            ),
            Facts(tuple(_new(site))),
            Heading("Or ask somebody", "ask"),
            Text(
                sentence(
                    "The project coordinator takes proposals in any form (",
                    joined([site.provision("CRD-2")]),
                    ") and puts them into the repository. You need to know nothing about files.",
                )
            ),
        ),
        path=(("About", "about/index"),),
        lead="Anyone may propose a change to anything. You need "
        + ("a web browser, and nothing else." if site.settings.edit else "nothing but words."),
    )
    yield Page(
        ADDRESS,
        "Abbreviations",
        (
            Items(
                tuple(
                    Md(f"**{short}**{{: #{anchor(short)} }}: {full}.")
                    for short, full in ABBREVIATIONS.items()
                )
            ),
        ),
        path=(("About", "about/index"),),
        lead="What the short forms on these pages stand for. Terms with a meaning of their own "
        "stand among the definitions.",
    )


def _ways(site: Site) -> Iterator[Block]:
    """How to change what is there: at the repository, or where it is not known by asking."""
    find = "Find the page of what you want to change. “About this page” names its file."
    leave = "Leave the words in front of a colon as they are; change what comes after."
    say = "Say in a sentence what you changed and why, and send it."
    if site.settings.edit:
        edit = "Choose “Edit the file” there."
        yield Items((Md(find), Md(edit), Md(f"Change the text. {leave}"), Md(say)), numbered=True)
        return
    holders = sorted(people_in_office(site.hub, site.as_of, "coordinator"))
    to = sentence(
        "Send that to the project coordinator, ", listed(map(site.person, holders)), "."
    ) if holders else sentence(
        "Nobody is project coordinator yet (", site.provision("CRD-1"), "): send that to whoever "
        "told you of this site."
    )  # fmt: skip
    write = "Write down which page it is, what should stand there instead, and why."
    yield Items((Md(find), Md(write), to), numbered=True)
    yield Text(
        Md(
            "This site does not say where its repository is, so its pages have no link to edit "
            "them. If you can reach the repository, you may change the file there yourself. "
            + leave
        )
    )


def _new(site: Site) -> Iterator[Fact]:
    """How a record of each kind comes about; each can be led to by the name of its kind."""
    for name in sorted(KINDS, key=kind_shown):
        kind = KINDS[name]
        if name in ONE_ONLY:
            continue
        folder = "/".join(takewhile(lambda one: not one.isdigit(), kind.folder.split("/")))
        add = new_file(site.settings.edit, folder)
        file = sentence("A file such as ", Md(f"`{kind.example}`"))
        yield Fact(
            Md(f"**{kind_shown(name)}**{{ #add-{name} }}"),
            (
                site.text(TOLD[name].start),
                sentence(outside("Add a file", add), ". ", file) if add else file,
            ),
        )
