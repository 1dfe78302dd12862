"""``npcs charter``: the commands on the text of the charter, each in its own module."""

import click

from npcs.cli import Commands, Entry

COMMANDS: dict[str, Entry] = {
    "approve": Entry("Approve", "Tag an adopted text of the charter as approved."),
    "diff": Entry("Look", "Compare two texts word by word: what came, what went, what moved."),
    "handover": Entry("Approve", "Vouch for the records that name who approves next."),
    "show": Entry("Look", "Show a text, approved or proposed, on the screen or as a PDF."),
    "verify": Entry("Look", "Verify which texts are approved, and by whom."),
}


@click.command(
    "charter",
    cls=Commands,
    table=COMMANDS,
    package="npcs.cli.charter",
    epilog="Example: npcs charter --help",
    no_args_is_help=True,
)
def command() -> None:
    """Show, compare, approve and verify the text of the charter."""


__all__ = ["COMMANDS", "command"]
