"""``npcs demo DIR``: the Example Partnership, made up from a seed."""

from pathlib import Path

import click

from npcs.cli.progress import progress
from npcs.cli.terminal import plain


@click.command(
    "demo",
    epilog="""\b
Examples:
  npcs demo /tmp/example
  npcs demo /tmp/large --records 10000 --years 8 --git
""",
)
@click.argument("target", metavar="DIR")
@click.option("--members", type=click.IntRange(2, 60), metavar="N", help="How many members.")
@click.option("--years", type=click.IntRange(1, 30), metavar="N", help="How many years of history.")
@click.option("--records", type=click.IntRange(1), metavar="N", help="How many records, about.")
@click.option("--seed", type=int, metavar="N", help="Another seed, another partnership.")
@click.option("--git", is_flag=True, help="As a Git repository with signed tags.")
def command(
    target: str,
    members: int | None,
    years: int | None,
    records: int | None,
    seed: int | None,
    git: bool,
) -> None:
    """Make up a partnership with years of history in DIR, which must be empty or not there yet.

    Everyone and everything in it is fictional. The same seed gives the same bytes on every machine.
    """
    folder = Path(target)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = "is not empty" if folder.is_dir() else "is a file"
        raise click.UsageError(f"`{plain(target)}` {what}: name a folder that is empty or new")
    given = {"members": members, "years": years, "records": records, "seed": seed}
    from npcs.demo import generate

    with progress("Making up a partnership"):
        summary = generate(
            folder, git=git, **{name: value for name, value in given.items() if value is not None}
        )
    click.echo(plain(str(summary)))
    click.echo(f"Look at it with: npcs serve --root {plain(target)}")
