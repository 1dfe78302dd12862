"""``npcs charter handover``: the coordinator's word on who approves next, and with which key."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from npcs.cli.charter.approve import run
from npcs.cli.options import as_of_option, day_for, root_key_option, root_option

if TYPE_CHECKING:
    from npcs.history.keys import Key

EPILOG = """\b
Examples:
  npcs charter handover --dry-run
  npcs charter handover

\b
Exit code:
  0  the tag is set, or was there already and holds
  1  refused: see why
  2  wrong usage
"""


@click.command("handover", epilog=EPILOG)
@click.option("--dry-run", is_flag=True, help="Show what would be said, and set nothing.")
@root_key_option
@as_of_option
@root_option
def command(dry_run: bool, root_keys: "tuple[Key, ...]", as_of: date | None, root: Path) -> int:
    """Vouch for the records that name who may approve the charter next, by a signed tag.

    For the project coordinator, while in office, before the office or a key changes hands. Who may
    approve is judged by the records of the last approval, so a successor whom it does not name
    could approve nothing. This approves no text: it confirms the terms and the keys on record.
    """
    from npcs.charter.approve import plan_handover

    return run(plan_handover, root, day_for(root, as_of), root_keys, dry_run)
