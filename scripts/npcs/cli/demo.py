"""``npcs demo DIR``: the Example Partnership, made up from a seed."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from npcs.cli.progress import progress
from npcs.cli.terminal import counted, plain, show

if TYPE_CHECKING:
    from npcs.demo import Summary

EPILOG = """\b
Examples:
  npcs demo example
  npcs demo large --records 10000 --years 8 --git
"""


@click.command("demo", epilog=EPILOG)
@click.argument("target", metavar="DIR")
@click.option(
    "--members", type=int, metavar="N", default=12, show_default=True, help="How many members."
)
@click.option(
    "--years", type=int, metavar="N", default=4, show_default=True, help="How many years."
)
@click.option(
    "--records", type=int, metavar="N", help="How many records.  [default: as many as it takes]"
)
@click.option(
    "--seed", type=int, metavar="N", default=1, show_default=True, help="Another seed, another one."
)
@click.option("--git", is_flag=True, help="Make it a Git repository, with signed charter tags.")
def command(
    target: str, members: int, years: int, records: int | None, seed: int, git: bool
) -> None:
    """Make up a partnership with years of history in DIR, a folder that is new or empty.

    Everyone and everything in it is fictional. The same numbers give the same bytes on every
    machine, and with --git the same commit ids.
    """
    from npcs.demo import DemoError, generate

    try:
        with progress("Making up a partnership"):
            made = generate(
                Path(target), members=members, years=years, records=records, seed=seed, git=git
            )
    except DemoError as error:
        raise click.UsageError(str(error)) from None
    show(*_lines(made, target))


def _lines(made: "Summary", target: str) -> list[str]:
    told = f"{counted(made.records, 'record')} of {counted(made.members, 'member')}"
    told += f" over {counted(made.years, 'year')}, up to {made.as_of}"
    if made.commits:
        told += f", in {counted(made.commits, 'commit')} with {counted(made.tags, 'charter tag')}"
    where = plain(target)
    return [
        f"{told}. All of it is made up.",
        f"Check it:   npcs check --root {where}",
        f"Look at it: npcs serve --root {where}",
    ]
