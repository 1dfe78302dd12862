"""``npcs charter diff``: the redline between two texts of the charter, or any two texts."""

import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from npcs.cli.options import day_for, find_root, nearest_root, root_name_option
from npcs.cli.progress import progress
from npcs.cli.terminal import page_width, plain, show, wants_colour, write_utf8

if TYPE_CHECKING:
    from npcs.charter.redline import ProvisionChange
    from npcs.charter.texts import Text

HEADING = "Provisions changed"


@click.command(
    "diff",
    epilog="""\b
Examples:
  npcs charter diff
  npcs charter diff 1.0 2.0 --format html --out redline.html
  npcs charter diff main my-proposal
  npcs charter diff before.md after.md
""",
)
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "html", "markdown", "json")),
    default="text",
    show_default=True,
    help="For the screen, as a page of its own, for a proposal or a mail, or for programs.",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write it to a file.")
@root_name_option
def command(
    old: str | None, new: str | None, form: str, out: Path | None, root: str | None
) -> None:
    """Compare two texts word by word: what came, what went, and what moved.

    OLD and NEW are versions (2.0), Markdown files, or revisions of Git, at which the charter's file
    counts. Without NEW it is the charter as it stands in the folder; without OLD the last approved
    version. Line ends and blank lines do not count, nor does the front matter.
    """
    if out:
        _must_be_free(out)
    with progress("Comparing"):
        where = find_root(root) if root is not None or not (old and new) else nearest_root()
        before, after = _texts(where, old, new)
        made = _made(before, after, form, where, out)
    if out:
        out.write_text(made, encoding="utf-8", newline="\n")
        show(f"{plain(str(out))}: the redline from {plain(before.name)} to {plain(after.name)}")
    elif form == "text":
        show(made.removesuffix("\n"))
    else:
        write_utf8(made)


def _texts(root: Path | None, old: str | None, new: str | None) -> "tuple[Text, Text]":
    from npcs.charter.texts import NoSuchText, named, working_copy

    try:
        if old is None:
            old = _last_approved(root)
        before = named(root, old)
        if new is not None:
            return before, named(root, new)
        assert root is not None  # or looking for it has ended the command
        return before, working_copy(root)
    except NoSuchText as error:
        raise click.UsageError(str(error)) from None


def _last_approved(root: Path | None) -> str:
    from npcs.charter.verify import revisions
    from npcs.records.hub import Hub

    assert root is not None
    known = revisions(root, Hub.read(root), day_for(root, None))
    if known.latest:
        return known.latest.version
    if known.obstacle:
        raise click.UsageError(
            f"what is approved cannot be told here: {known.obstacle}; {known.remedy}"
        )
    why = "no tag holds as an approval (`npcs charter verify` says why)" if known.approvals else (
        "no version is approved yet")  # fmt: skip
    raise click.UsageError(f"{why}: name the text to compare with, as in `npcs charter diff HEAD`")


def _made(before: "Text", after: "Text", form: str, root: Path | None, out: Path | None) -> str:
    from npcs.charter import redline
    from npcs.records.hub import Hub

    found = redline.redline(before.body, after.body)
    changes = redline.provisions_changed(found)
    if changes and root:
        changes = redline.provisions_changed(found, Hub.read(root))
    if form == "json":
        from npcs.cli.reporters.json import dump

        return dump(redline.as_json(found, changes))
    if form == "html":
        return redline.as_page(found, before, after, changes)
    head = [redline.from_to(before, after), redline.how_much(found)]
    if form == "markdown":
        told = [f"- **{one.id}** {one.said}. {one.sentences}" for one in changes]
        told = [HEADING, "", *told, ""] if told else []
        return "\n".join([" ".join(head), "", *told, "---", "", redline.as_markdown(found)])
    told = [line for one in changes for line in _told(one)]
    told = ["", f"{HEADING}:", *told] if told else []
    if found.is_empty:
        return "\n".join([*head, ""])
    colour = out is None and wants_colour()
    return "\n".join([*head, *told, "", redline.as_text(found, colour=colour)])


def _told(one: "ProvisionChange") -> Iterator[str]:
    """A provision for the screen: its id and what became of it, below what that means."""
    yield f"  {one.id} {one.said}"
    yield from textwrap.wrap(
        one.sentences,
        page_width(),
        initial_indent="    ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _must_be_free(out: Path) -> None:
    """Nothing but an earlier page of this kind is written over."""
    if not out.parent.is_dir():
        raise click.UsageError(f"there is no folder {out.parent} for {out.name}")
    if out.is_dir():
        raise click.UsageError(f"--out {out} is a folder: name a file in it")
    if out.exists():
        from npcs.charter.redline.page import GENERATOR

        with out.open("rb") as file:
            is_ours = GENERATOR.encode() in file.read(2000)
        if not is_ours:
            raise click.UsageError(f"{out} is there already, and is left as it is: name another")
