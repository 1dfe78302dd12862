"""``npcs addresses``: the addresses the site has published, none of which may vanish."""

from pathlib import Path

import click

from npcs.cli.options import root_option
from npcs.cli.progress import progress
from npcs.cli.terminal import counted, plain, show

MOST_SHOWN = 20


@click.command("addresses", epilog="Example: npcs addresses --add")
@root_option
@click.option("--add", "adding", is_flag=True, help="Add what is new to the list.")
def command(root: Path, adding: bool) -> int:
    """Hold the site against the list of addresses it has published.

    The list is addresses.txt in the root. An address that is gone is an error: put the record
    back, or write in its line where it is now. New addresses are named, and --add adds them; that
    can wait until they are published.
    """
    from npcs.publish.assemble import prepared
    from npcs.publish.errors import BuildFailed
    from npcs.publish.published import NAME, add, added
    from npcs.publish.stage import planned

    try:
        with progress("Looking at the addresses") as say:
            say("Reading the records")
            site, _ = prepared(root, None)
            say("Writing the pages")
            new = added(root, planned(site)[0])
    except BuildFailed as error:
        show("npcs addresses:", *map(plain, str(error).splitlines()), err=True)
        return 1
    if adding:
        add(root, new)
        show(f"{counted(len(new), 'address', 'addresses')} added to {NAME}.")
        return 0
    if not new:
        show(f"Every address of the site stands in {NAME}, and none is gone.")
        return 0
    more = len(new) - MOST_SHOWN
    verb = "is" if len(new) == 1 else "are"
    show(
        f"{counted(len(new), 'address', 'addresses')} {verb} not in {NAME} yet:",
        *[f"  {plain(one)}" for one in new[:MOST_SHOWN]],
        *([f"  and {more:,} more"] if more > 0 else []),
        "`npcs addresses --add` adds them.",
    )
    return 0
