"""``npcs dataset``: the commands on the standard that members' data follow."""

import click

from npcs.cli import Commands, Entry

COMMANDS: dict[str, Entry] = {
    "diff": Entry("Look", "Compare two versions: what changed, and how much that asks."),
}


@click.command(
    "dataset",
    cls=Commands,
    table=COMMANDS,
    package="npcs.cli.dataset",
    epilog="Example: npcs dataset diff",
    no_args_is_help=True,
)
def command() -> None:
    """Show what changed in the core data set: the standard, never the data themselves."""


__all__ = ["COMMANDS", "command"]
