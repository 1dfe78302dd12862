"""``npcs serve``: the site in a browser, built anew as records change."""

from datetime import date
from pathlib import Path

import click

from npcs.cli.options import as_of_option, day_for, root_option


@click.command("serve", epilog="Example: npcs serve --port 8001")
@root_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Who may look: this machine.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@as_of_option
def command(root: Path, host: str, port: int, as_of: date | None) -> int:
    """Show the site and build it anew when a record changes, until Ctrl-C."""
    from npcs.publish import BuildFailed, serve

    try:
        serve(root, host, port, day_for(root, as_of))
    except BuildFailed as error:
        click.echo(f"npcs serve: {error}", err=True)
        return 1
    return 0
