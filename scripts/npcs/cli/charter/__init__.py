"""``npcs charter``: the commands on the text of the charter, each in its own module."""

import click

from npcs.cli import Commands, Entry

COMMANDS: dict[str, Entry] = {}


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
