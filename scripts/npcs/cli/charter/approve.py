"""``npcs charter approve``: the coordinator's word that a text is the adopted one."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from npcs.cli.options import as_of_option, day_for, root_key_option, root_option, today
from npcs.cli.progress import progress
from npcs.cli.terminal import plain, show

if TYPE_CHECKING:
    from npcs.charter.approve import Desk, Plan
    from npcs.history.keys import Key

EPILOG = """\b
Examples:
  npcs charter approve D-2027-003 --dry-run
  npcs charter approve D-2027-003

\b
Exit code:
  0  the tag is set, or was there already and holds
  1  refused: see why
  2  wrong usage
"""


@click.command("approve", epilog=EPILOG)
@click.argument("decision", metavar="D-YYYY-NNN")
@click.option("--dry-run", is_flag=True, help="Show what would be said, and set nothing.")
@root_key_option
@as_of_option
@root_option
def command(
    decision: str,
    dry_run: bool,
    root_keys: "tuple[Key, ...]",
    as_of: date | None,
    root: Path,
) -> int:
    """Approve the text of the charter that a decision adopted, by a tag in Git.

    For the project coordinator. It is refused unless everything is committed and in the main line,
    `npcs check` finds no error, the decision was adopted by the rules in force that day, and the
    text is the one whose digest it names. The tag is signed as Git's settings say as soon as the
    coordinator has a key on record, and is judged before it is set. No tag is moved or deleted.
    A tag is dated on the day it is made, or with --as-of on one before it; never on a day to come.
    """
    from npcs.charter.approve import plan

    return run(lambda at: plan(at, decision), root, day_for(root, as_of), root_keys, dry_run)


def run(
    planning: "Callable[[Desk], Plan]",
    root: Path,
    as_of: date,
    root_keys: "tuple[Key, ...]",
    dry_run: bool,
) -> int:
    """Plan a tag and set it, or say why not; the exit code."""
    from npcs.charter.approve import Refused, desk, make

    try:
        with progress("Looking at everything first"):
            at = desk(root, as_of, today(root), root_keys)
            planned = planning(at)
        if planned.there:
            show(f"{planned.tag} is there already, and holds. {plain(planned.there.sentence)}.")
            return 0
        if planned.news:
            show(f"With {planned.tag} you also vouch for who may approve next. This is new:",
                 *(f"- {plain(one)}" for one in planned.news), "")  # fmt: skip
        if dry_run:
            show(*_shown(planned))
            return 0
        found = make(at, planned)
    except Refused as refused:
        show("Refused:", *(f"- {plain(one)}" for one in refused.reasons), err=True)
        return 1
    show(
        f"{found.tag} is set. {plain(found.sentence)}.",
        f"It is only here so far. To publish it: git push origin {found.tag}",
    )
    return 0


def _shown(planned: "Plan") -> list[str]:
    how = planned.signing
    by = (
        f"signed by `{how.program}` with the key {how.key}"
        if how
        else "not signed for want of a key"
    )
    return [
        f"Nothing was set. This would be {planned.tag}, on the commit {planned.commit[:9]}, set by "
        f"{plain(planned.tagger.partition(' <')[0])} and {plain(by)}:",
        "",
        *(f"    {plain(line)}".rstrip() for line in planned.message.splitlines()),
    ]
