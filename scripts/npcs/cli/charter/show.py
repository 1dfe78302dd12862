"""``npcs charter show``: a text of the charter, and whether it is approved."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from npcs.cli.options import Day, day_for, root_key_option, root_option
from npcs.cli.progress import progress
from npcs.cli.terminal import page_width, plain, show

if TYPE_CHECKING:
    from npcs.history.keys import Key
    from npcs.publish.pdf import About, Paper

_WIDTH = 88


@click.command(
    "show",
    epilog="""\b
Examples:
  npcs charter show
  npcs charter show 2.0 --format pdf --out charter-2.0.pdf
  npcs charter show --on 2027-03-01
""",
)
@click.argument("version", required=False)
@click.option("--on", "on", type=Day(), metavar="DATE", help="The text in force on a day.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "markdown", "pdf")),
    default="text",
    show_default=True,
    help="For people, as it is written (to the byte), or as pages to print.",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write it to a file.")
@click.option(
    "--paper",
    type=click.Choice(("letter", "a4")),
    default="letter",
    show_default=True,
    help="The size of a PDF's pages.",
)
@root_key_option
@root_option
def command(
    version: str | None,
    on: date | None,
    form: str,
    out: Path | None,
    paper: str,
    root_keys: "tuple[Key, ...]",
    root: Path,
) -> None:
    """Show a text of the charter, and whether it is approved.

    Without VERSION this is the text as it stands in the folder, be it approved or proposed. An
    approved version comes from the tag that approves it, whatever has been changed since.
    """
    if version and on:
        raise click.UsageError("name a version or a day, not both")
    if form == "pdf" and out is None and sys.stdout.isatty():
        raise click.UsageError(
            "a PDF cannot be shown in a terminal: name a file for it, as in --out charter.pdf"
        )
    if out:
        _must_be_free(out, form)
    from npcs.cli.charter.chosen import chosen

    with progress("Looking at the history"):
        raw, about, hint = chosen(root, version, on, day_for(root, None), root_keys)
    if form == "pdf":
        with progress("Setting the pages"):
            raw = _pdf(raw, about, "a4" if paper == "a4" else "us-letter")
    if form == "text":
        _put("".join(f"{one}\n" for one in _text(raw, about)), out)
    else:
        _put(raw, out)
    if out:
        show(plain(f"{out}: {_standing(about)}"), err=True)
    elif form != "text":
        show(_standing(about), err=True)
    if hint:
        show(hint, err=True)


# How it is shown


def _text(raw: bytes, about: "About") -> Iterator[str]:
    from npcs.charter.archive import TEXT
    from npcs.cli.charter.plaintext import filled, lines
    from npcs.publish.pdf.blocks import blocks
    from npcs.publish.pdf.elements import CannotSet
    from npcs.records.hub import document

    read = document(TEXT, raw)
    width = min(page_width(), _WIDTH)
    yield plain(about.title)
    yield from map(plain, filled(_standing(about), width))
    yield from map(plain, filled(about.sentence, width))
    yield about.digest
    try:
        yield from map(plain, lines(blocks(read.body, read.anchors), width))
    except CannotSet:  # as it was written, then
        yield ""
        yield from map(plain, read.body.rstrip().split("\n"))


def _standing(about: "About") -> str:
    from npcs.governance.dates import day_in_words
    from npcs.publish.pdf import MARKS

    said = f"version {about.version}, {MARKS[about.state].lower() or 'approved'}"
    if about.adopted and about.effective:
        said += f"; adopted by {about.decision}, in effect from {day_in_words(about.effective)}"
    return said


def _pdf(raw: bytes, about: "About", paper: "Paper") -> bytes:
    from npcs.publish.pdf import CannotSet, charter_pdf

    try:
        return charter_pdf(raw, about, paper)
    except CannotSet as error:
        raise click.ClickException(f"the text cannot be set as a PDF: {error}") from None


def _put(made: bytes | str, out: Path | None) -> None:
    if isinstance(made, str) and out is None:
        sys.stdout.write(made)
        return
    raw = made.encode() if isinstance(made, str) else made
    if out:
        out.write_bytes(raw)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()


def _must_be_free(out: Path, form: str) -> None:
    """Nothing but an earlier PDF is ever written over."""
    if not out.parent.is_dir():
        raise click.UsageError(f"there is no folder {out.parent} for {out.name}")
    if out.is_dir():
        raise click.UsageError(f"--out {out} is a folder: name a file in it")
    if out.exists():
        with out.open("rb") as file:
            is_pdf = file.read(5) == b"%PDF-"
        if form != "pdf" or not is_pdf:
            raise click.UsageError(f"{out} is there already, and is left as it is: name another")
