"""Options that several commands share: the root of the records, and the day."""

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from npcs.history.keys import Key


class Day(click.ParamType[date]):
    """A day of the calendar, written as in 2027-03-01."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day a text gives; raises BadParameter in words for who typed it."""
        if isinstance(value, date):
            return value
        option = param.opts[0] if param else "the date"
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            raise click.UsageError(
                f"{option} “{value}” is not a date: write year-month-day, as in 2027-03-01", ctx
            )
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise click.UsageError(f"{option} {value} is not a day of the calendar", ctx) from None


def root_name_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--root DIR`` as it was typed: the command gets ``root``, a text or None."""
    return click.option("--root", metavar="DIR", help=_ROOT_HELP)(command)


def root_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--root DIR``, the folder with the records: the command gets ``root``, a path."""
    return click.option("--root", metavar="DIR", callback=_root, help=_ROOT_HELP)(command)


_ROOT_HELP = (
    "The folder that holds charter/ and the other records.  [default: the nearest one upwards]"
)


def _root(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Path:
    return find_root(value)


def as_of_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--as-of DATE``: the command gets ``as_of``, a date or None; see ``day_for``."""
    return click.option(
        "--as-of",
        type=Day(),
        metavar="DATE",
        help="The day as of which everything is judged.  [default: today; for a demo its last day]",
    )(command)


def root_key_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--root-key KEY``, which may be repeated: the command gets ``root_keys``, a tuple."""
    return click.option(
        "--root-key", "root_keys", multiple=True, metavar="FILE|KEY", callback=_root_keys,
        help="The public key, or a file with keys, that the first approval of the charter was to "
        "be signed with. The partnership's README names it once there is one; get it from "
        "somebody you trust, not from this folder.  [env: NPCS_ROOT_KEY]",
    )(command)  # fmt: skip


def _root_keys(
    _ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]
) -> "tuple[Key, ...]":
    # Not click's own way with variables: it would cut the line of a key at its blanks.
    given = given or tuple(filter(None, (os.environ.get("NPCS_ROOT_KEY", "").strip(),)))
    if not given:
        return ()
    from npcs.history.keys import read_keys

    found: list[Key] = []
    for one in given:
        shown = one if len(one) < 60 else f"{one[:57]}..."
        try:
            keys = read_keys(Path(one).read_text("utf-8") if _is_file(one) else one)
        except (OSError, ValueError) as error:
            raise click.UsageError(f"--root-key “{shown}”: {error}") from None
        if not keys:
            raise click.UsageError(f"--root-key “{shown}” holds no key")
        found += keys
    return tuple(found)


def _is_file(text: str) -> bool:
    """Whether a text names a file; the line of a key may be too long for a name."""
    try:
        return Path(text).is_file()
    except OSError:
        return False


def find_root(given: str | None) -> Path:
    """The folder of the records: the one given, or the nearest upwards that looks like one."""
    if given is not None:
        root = Path(given)
        if not given:
            raise click.UsageError("--root is empty: name the folder of the records")
        if not root.is_dir():
            what = "is a file, not a folder" if root.exists() else "does not exist"
            raise click.UsageError(f"--root {given} {what}")
        return root.resolve()
    found = nearest_root()
    if found is None:
        raise click.UsageError(
            f"there are no records here: neither {Path.cwd()} nor any folder above it holds a "
            "charter/ folder; go to the partnership's folder, or name it with --root DIR"
        )
    return found


def nearest_root() -> Path | None:
    """The nearest folder upwards that looks like the root of a hub, or None."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if holds_records(folder)), None)


def holds_records(folder: Path) -> bool:
    """Whether a folder looks like the root of a hub (its code has a ``charter`` package too)."""
    charter = folder / "charter"
    is_ours = charter.is_dir() and not (charter / "__init__.py").exists()
    return is_ours or (folder / "mkdocs.yml").is_file()


def day_for(root: Path, given: date | None) -> date:
    """The day to judge by: the one given, or today's."""
    return given or today(root)


def today(root: Path) -> date:
    """The day it is where the person sits; for a demo its last. Nothing else reads a clock.

    A program that calls ``npcs.cli.run`` may say which day it is. At the command line nobody can.
    """
    from npcs.records.demo_mark import demo_date

    context = click.get_current_context(silent=True)
    said = context.obj if context else None
    return said or demo_date(root) or date.today()  # noqa: DTZ011 - where the person sits
