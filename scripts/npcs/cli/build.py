"""``npcs build``: every record as a page of the site."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from npcs.cli.options import Day, root_key_option, root_option
from npcs.cli.progress import progress
from npcs.cli.terminal import counted, plain, show

if TYPE_CHECKING:
    from npcs.history.keys import Key
    from npcs.publish.assemble import Engine


@click.command("build", epilog="Example: npcs build --out public")
@root_option
@click.option("--out", metavar="DIR", help="Where to write it.  [default: build/site in the root]")
@click.option(
    "--as-of", type=Day(), metavar="DATE",
    help="The day the site shows.  [default: that of the last commit]",
)  # fmt: skip
@click.option(
    "--no-cache", is_flag=True, help="Build every page, also those that cannot have changed."
)
@root_key_option
@click.option(
    "--engine", type=click.Choice(["material", "zensical"]), default="material", show_default=True,
    help="What makes HTML of the pages: Material for MkDocs or Zensical.",
)  # fmt: skip
def command(
    root: Path,
    out: str | None,
    as_of: date | None,
    no_cache: bool,
    root_keys: "tuple[Key, ...]",
    engine: "Engine",
) -> int:
    """Write the site: every record as a page.

    The site is built beside and put in place when it is whole: a build that fails or is
    interrupted leaves the last one as it was. The same commit gives the same bytes. Pages that
    cannot have changed are taken over from the site that stands there.

    As of an earlier day it tells what was known then: no record, vote, result or figure that came
    later. What no record says a day of is known from Git.
    """
    from npcs.publish import BuildFailed, build

    try:
        with progress("Building the site") as say:
            where = Path(out) if out else None
            built = build(root, where, as_of, say, root_keys, engine, no_cache)
    except BuildFailed as error:
        show("npcs build: the site was not built.", *map(plain, str(error).splitlines()), err=True)
        return 1
    show(f"{counted(built.pages, 'page')} as of {built.as_of} in {plain(str(built.out))}")
    return 0
