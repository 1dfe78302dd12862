"""``npcs build``: every record as a page of the site."""

from datetime import date
from pathlib import Path

import click

from npcs.cli.options import Day, root_option
from npcs.cli.progress import progress
from npcs.cli.terminal import counted, plain, show


@click.command("build", epilog="Example: npcs build --out public")
@root_option
@click.option("--out", metavar="DIR", help="Where to write it.  [default: build/site in the root]")
@click.option(
    "--as-of", type=Day(), metavar="DATE",
    help="The day the site shows.  [default: that of the last commit]",
)  # fmt: skip
def command(root: Path, out: str | None, as_of: date | None) -> int:
    """Write the site: every record as a page.

    The site is built beside and put in place when it is whole: a build that fails or is
    interrupted leaves the last one as it was. The same commit gives the same bytes.
    """
    from npcs.publish import BuildFailed, build

    try:
        with progress("Building the site") as say:
            built = build(root, Path(out) if out else None, as_of, say)
    except BuildFailed as error:
        show("npcs build: the site was not built.", *map(plain, str(error).splitlines()), err=True)
        return 1
    show(f"{counted(built.pages, 'page')} as of {built.as_of} in {plain(str(built.out))}")
    return 0
