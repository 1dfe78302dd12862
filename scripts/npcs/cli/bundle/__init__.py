"""``npcs bundle``: how reliably a care bundle is done, from a table that stays where it is."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from npcs.cli.options import as_of_option, day_for, root_option
from npcs.cli.terminal import counted, nearest, plain, show, write_utf8

if TYPE_CHECKING:
    from npcs.records.charter import Decision
    from npcs.records.hub import Hub
    from npcs.records.practices import Bundle


@click.command("bundle", epilog="Example: npcs bundle zero-to-three data.csv")
@click.argument("name", metavar="ID")
@click.argument("data", metavar="[data.csv]", required=False)
@click.option("--template", is_flag=True, help="Print the columns to fill in instead.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
@as_of_option
@root_option
def command(
    name: str, data: str | None, template: bool, form: str, as_of: date | None, root: Path
) -> int:
    """Print how reliably a care bundle is done: all or none, each element, a run chart.

    The table has a row for each child, with the period, the age in months, yes, no, not-applicable
    or unknown for each element, and perhaps why the child is left out. It holds no name and no id.
    It is read and counted; nothing of it is stored anywhere.
    """
    hub, bundle = _bundle(root, name)
    if template:
        from npcs.governance.bundles import columns

        write_utf8(",".join(columns(bundle)) + "\n")
        return 0
    if data is None:
        raise click.UsageError("name the table to read, or ask for its columns with --template")
    path = Path(data)
    if not path.is_file():
        what = "is not a file" if path.exists() else "does not exist"
        raise click.UsageError(f"{plain(data)} {what}")
    from npcs.governance.bundles import adopting

    return _figures(bundle, adopting(hub, bundle, day_for(root, as_of)), path, form)


def _bundle(root: Path, name: str) -> "tuple[Hub, Bundle]":
    from npcs.records.hub import Hub
    from npcs.records.practices import Bundle

    hub = Hub.read(root)
    bundle = hub.get(Bundle, name)
    if bundle:
        return hub, bundle
    if name in hub.by_kind[Bundle.kind]:
        path = hub.by_kind[Bundle.kind][name].path
        raise click.ClickException(f"{path} cannot be read: `npcs check {path}` says why")
    known = hub.by_kind[Bundle.kind]
    there = f"; there is {', '.join(sorted(known))}" if known else "; there is none yet"
    raise click.UsageError(
        f"there is no bundle “{plain(name)}”{nearest(name, known) or plain(there)}"
    )


def _figures(bundle: "Bundle", adopted: "Decision | None", path: Path, form: str) -> int:
    from npcs.cli.bundle.figures import as_json, as_text
    from npcs.cli.bundle.table import Wrong, children
    from npcs.governance.bundles import reliability

    wrong = Wrong()
    found = reliability(bundle, children(bundle, path, wrong))
    if wrong.lines:
        said = counted(len(wrong.lines), "thing") + (" or more" if wrong.is_full else "")
        show(
            f"npcs bundle: {said} in {plain(str(path))} cannot be counted, so nothing was.",
            *(f"  {line}" for line in wrong.lines),
            err=True,
        )
        return 1
    if form == "json":
        from npcs.cli.reporters.json import dump

        write_utf8(dump(as_json(bundle, found, adopted)))
    else:
        show(*as_text(bundle, found, adopted))
    return 0
