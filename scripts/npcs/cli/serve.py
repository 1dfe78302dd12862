"""``npcs serve``: the site in a browser, built anew as records change."""

import gc
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from npcs.cli.options import Day, root_key_option, root_option
from npcs.cli.terminal import plain, show

if TYPE_CHECKING:
    from npcs.history.keys import Key


@click.command("serve", epilog="Example: npcs serve --port 8001")
@root_option
@click.option(
    "--host", metavar="NAME", default="127.0.0.1", show_default=True,
    help="Who can look; this is your machine alone.",
)  # fmt: skip
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="N", default=8000, show_default=True,
    help="0 takes any that is free.",
)  # fmt: skip
@click.option(
    "--as-of", type=Day(), metavar="DATE",
    help="The day the site shows.  [default: that of the last commit]",
)  # fmt: skip
@root_key_option
def command(
    root: Path, host: str, port: int, as_of: date | None, root_keys: "tuple[Key, ...]"
) -> int:
    """Show the site, and build it anew when a record changes, until Ctrl-C."""
    gc.set_threshold(50_000, 20, 20)  # each look takes long, and most of what is new stays
    gc.enable()
    from npcs.publish import BuildFailed, serve

    try:
        serve(root, host, port, as_of, _say, root_keys)
    except BuildFailed as error:
        show("npcs serve: the site was not built.", *map(plain, str(error).splitlines()), err=True)
        return 1
    return 0


def _say(text: str) -> None:
    show(*map(plain, text.splitlines()))
