"""Options of the commands on the charter's approval."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from npcs.history.keys import Key


def root_key_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--root-key KEY``, which may be repeated: the command gets ``root_keys``, a tuple."""
    return click.option(
        "--root-key", "root_keys", multiple=True, metavar="FILE|KEY", callback=_keys,
        envvar="NPCS_ROOT_KEY",
        help="The public key, or a file with keys, that the first approval was to be signed with. "
        "The README names it; get it from somebody you trust, not from this folder.  "
        "[env: NPCS_ROOT_KEY]",
    )(command)  # fmt: skip


def _keys(
    _ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]
) -> "tuple[Key, ...]":
    from npcs.history.keys import read_keys

    found: list[Key] = []
    for one in given:
        try:
            path = Path(one)
            text = path.read_text("utf-8") if len(one) < 4096 and path.is_file() else one
            keys = read_keys(text)
        except (OSError, ValueError) as error:
            shown = one if len(one) < 60 else f"{one[:57]}..."
            raise click.UsageError(f"--root-key “{shown}”: {error}") from None
        if not keys:
            raise click.UsageError(f"--root-key “{one}” holds no key")
        found += keys
    return tuple(found)
