"""``npcs build``: every record as a page of the site."""

from datetime import date
from pathlib import Path

import click

from npcs.cli.options import as_of_option, day_for, root_option
from npcs.cli.progress import progress
from npcs.cli.terminal import plain


@click.command("build", epilog="Example: npcs build --out /tmp/site")
@root_option
@click.option("--out", metavar="DIR", help="Where to write it.  [default: build/site in the root]")
@as_of_option
def command(root: Path, out: str | None, as_of: date | None) -> int:
    """Write the site: every record as a page.

    The site is built beside and put in place when it is whole, so that a build that fails or is
    interrupted leaves the last one as it was.
    """
    from npcs.publish import BuildFailed, build

    target = Path(out) if out else root / "build" / "site"
    try:
        with progress("Building the site"):
            build(root, target, day_for(root, as_of))
    except BuildFailed as error:
        click.echo(f"npcs build: {error}", err=True)
        return 1
    click.echo(f"The site is in {plain(str(target))}")
    return 0
