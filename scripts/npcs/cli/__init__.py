"""The command ``npcs``: the one floor that knows the clock, the terminal and the exit codes.

Only click is imported here. A command's module is imported when that command is asked for, so the
line the listing shows of it stands in the table below and not in the module.
"""

import gc
import os
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from npcs import __version__
from npcs.cli.terminal import nearest, safe_streams, show

if TYPE_CHECKING:
    from datetime import date

CLEAN, FAILED, WRONG_USAGE, CRASHED, INTERRUPTED, BROKEN_PIPE = 0, 1, 2, 3, 130, 141


class Entry(NamedTuple):
    """A command as the listing shows it: under a heading, in one line."""

    heading: str
    line: str


COMMANDS = {
    "check": Entry("Check", "Hold all records against the charter and against each other."),
    "explain": Entry("Check", "Show a rule's page: what it asks, why, how to put it right."),
    "rules": Entry("Check", "List all rules."),
    "status": Entry("Look", "Show what is due and what is open."),
    "who": Entry("Look", "Show who is on the committee on a day."),
    "answers": Entry("Look", "Show who has answered a safety notice, and who has not."),
    "bundle": Entry("Look", "Show how reliably a care bundle is done, from a table."),
    "dataset": Entry("Look", "Show what changed in the core data set."),
    "charter": Entry("Charter", "Show, compare, approve and verify the text of the charter."),
    "build": Entry("Publish", "Write the site."),
    "serve": Entry("Publish", "Show the site while records change."),
    "addresses": Entry("Publish", "Hold the site against the addresses it has published."),
    "demo": Entry("Publish", "Make up a partnership with years of history."),
}


class Commands(click.Group):
    """The commands of a table, each imported from its module below a package when it is called."""

    def __init__(self, *given: Any, table: Mapping[str, Entry], package: str, **named: Any) -> None:
        super().__init__(*given, **named)
        self.table = table
        self.package = package

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of all commands."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, from its own module."""
        if cmd_name not in self.table:
            return None
        command = import_module(f"{self.package}.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; for a word that is none, what was perhaps meant."""
        if args and args[0] not in self.table and not args[0].startswith("-"):
            raise click.UsageError(
                f"there is no command `{args[0]}`{nearest(args[0], self.table)}", ctx
            )
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; click itself would end with 1, as if something had been found."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            ctx.exit(BROKEN_PIPE)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The listing, made of the table alone."""
        for heading in dict.fromkeys(one.heading for one in self.table.values()):
            with formatter.section(heading):
                formatter.write_dl(
                    [(name, one.line) for name, one in self.table.items() if one.heading == heading]
                )


@click.command(
    cls=Commands,
    table=COMMANDS,
    package="npcs.cli",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: npcs check --as-of 2027-03-01",
    no_args_is_help=True,
)
@click.version_option(__version__, message="npcs %(version)s")
def program() -> None:
    """The partnership's records, its charter as rules, and its site."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and end the process with its exit code.

    Most commands end before looking for circles among their objects could pay; the others turn that
    on again.
    """
    gc.disable()
    safe_streams()
    code = run(arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = BROKEN_PIPE
    if code == BROKEN_PIPE:
        # Python writes what is left at its end, and would complain then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if threading.active_count() == 1:
        # Nothing is left to do, and taking a million objects apart one by one takes its time.
        with suppress(OSError):
            sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def run(arguments: Sequence[str] | None = None, today: "date | None" = None) -> int:
    """Run the command line; a person's mistake is told in a sentence. The exit code.

    ``today`` is for programs that call this, and says which day it is; else the clock does.
    """
    try:
        result: Any = program.main(arguments, "npcs", standalone_mode=False, obj=today)
    except click.UsageError as error:
        return _wrong_usage(error, sys.argv[1:] if arguments is None else arguments)
    except click.ClickException as error:
        _tell(f"npcs: {error.format_message()}")
        return error.exit_code
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except OSError as error:
        where = error.filename2 or error.filename  # of a copy, what could not be written
        _tell(f"npcs: {error.strerror or error}{f' ({where})' if where else ''}")
        return WRONG_USAGE
    except Exception:  # noqa: BLE001 - the last one who can say whose mistake it is
        import traceback

        from npcs.records.personal import without

        _tell(without(traceback.format_exc()))
        _tell("npcs: this is a mistake in the program, not yours. Please send the lines above to")
        _tell("the maintainers of the hub, and say which command you gave.")
        return CRASHED
    return result if isinstance(result, int) else CLEAN


def _wrong_usage(error: click.UsageError, arguments: Sequence[str]) -> int:
    message = error.format_message()
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        _tell(message)
        return WRONG_USAGE
    name = _called(arguments)
    stop = "" if message.endswith((".", "?", "!", "?)")) else "."
    _tell(f"{name}: {message[:1].lower()}{message[1:]}{stop}")
    _tell(f"`{name} --help` says what can be given.")
    return WRONG_USAGE


def _called(arguments: Sequence[str]) -> str:
    """The command that was given: click does not always say which one it was reading."""
    name, group = "npcs", program
    for word in arguments:
        command = group.get_command(click.Context(group), word) if word in group.table else None
        if command is None:
            break
        name = f"{name} {word}"
        if not isinstance(command, Commands):
            break
        group = command
    return name


def _tell(text: str) -> None:
    from npcs.cli.terminal import plain

    with suppress(OSError):  # the exit code tells what cannot be written
        show(*map(plain, text.splitlines()), err=True)


__all__ = ["COMMANDS", "Commands", "Entry", "main", "program", "run"]
