"""``npcs check``: the rules over all records, and what came of it in one of five formats."""

from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from npcs.cli.options import as_of_option, day_for, root_key_option, root_option
from npcs.cli.progress import progress
from npcs.cli.terminal import counted, nearest, plain, show, write_utf8

if TYPE_CHECKING:
    from npcs.history.keys import Key
    from npcs.rules.report import Crash

FORMATS = ("text", "json", "sarif", "github", "junit")

EPILOG = """\b
Examples:
  npcs check
  npcs check charter/terms --as-of 2027-03-01
  npcs check --select two-thirds --select quorum
  npcs check --format sarif > findings.sarif

\b
Exit code:
  0  nothing that fails
  1  errors (with --strict also warnings); what is due never fails
  2  wrong usage
  3  a rule crashed; the others were still run
"""


@click.command("check", epilog=EPILOG)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@as_of_option
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True,
    help="text is for people, the others for programs.",
)  # fmt: skip
@click.option("--select", multiple=True, metavar="RULE", help="Only this rule; may be repeated.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Not this rule; may be repeated.")
@root_key_option
@click.option("--strict", is_flag=True, help="Let warnings fail as well.")
@root_option
@click.option("--no-cache", is_flag=True, help="Read every file anew and remember nothing.")
def command(
    paths: tuple[str, ...],
    as_of: date | None,
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    root_keys: "tuple[Key, ...]",
    strict: bool,
    root: Path,
    no_cache: bool,
) -> int:
    """Hold all records against the charter and against each other.

    With PATH only what stands in those files and folders is shown. All records are read either
    way, since they depend on each other. Of many things due by one rule the first are shown; with
    --select, and in the formats for programs, all are.
    """
    from npcs.rules.engine import check

    within = list(dict.fromkeys(_from_root(path, root) for path in paths))
    chosen, left_out = _rules("--select", select), _rules("--ignore", ignore)
    with progress("Checking the records"):
        report = check(
            root,
            day_for(root, as_of),
            select=chosen,
            ignore=left_out,
            paths=within,
            cached=not no_cache,
            root_keys=root_keys,
        )
    reporter = import_module(f"npcs.cli.reporters.{form}")
    if form == "text":
        text = reporter.render(report, strict, within=within, brief=not chosen)
        show(text.removesuffix("\n"))
    else:
        write_utf8(reporter.render(report, strict))
    if report.crashes:
        show(*crash_notice(report.crashes), err=True)
        return 3
    failing = ("error", "warning") if strict else ("error",)
    return int(any(one.severity in failing for one in report.findings))


def _from_root(given: str, root: Path) -> str:
    """A file or folder as the findings name it: from the root, with forward slashes."""
    path = Path(given)
    try:
        exists = path.exists() or path.is_symlink()
    except (OSError, ValueError):
        exists = False
    if not given or not exists:
        raise click.UsageError(f"there is no file or folder `{plain(given)}`")
    # The last part is not resolved: a link among the records is what findings are about.
    here = path.parent.resolve() / path.name if path.name not in ("", "..") else path.resolve()
    if not here.is_relative_to(root):
        raise click.UsageError(
            f"`{plain(given)}` lies outside {root}, whose records are checked; "
            "name another folder with --root DIR"
        )
    return here.relative_to(root).as_posix()


def _rules(option: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The rules an option names, each known; loaded only where one is named."""
    if names:
        from npcs.rules.registry import RULES, rule_named

        for name in names:
            if rule_named(name) is None:
                raise click.UsageError(
                    f"{option}: there is no rule `{name}`"
                    + (nearest(name, [one.name for one in RULES]) or "; `npcs rules` lists them")
                )
    return names


def crash_notice(crashes: "tuple[Crash, ...]") -> list[str]:
    """What is told of rules that crashed, apart from the findings."""
    lines = [
        "",
        f"{counted(len(crashes), 'time a rule', 'times a rule')} of the hub broke off. That is a "
        "mistake in the program, not in the records:",
        "what such a rule looks for may be there unseen. All other rules were run.",
    ]
    for one in crashes:
        where = f"at {plain(one.path)}" if one.path else "over all records"
        lines += ["", f"crash[{one.rule}] {where}: {plain(one.error)}"]
        lines += [f"    {plain(line)}" for line in one.trace.rstrip().split("\n")]
    lines += [
        "",
        "Please send the lines above to the maintainers of the hub, with the record they name if",
        "it may be shared. Until they have mended it: npcs check --ignore "
        + " --ignore ".join(dict.fromkeys(one.rule for one in crashes)),
    ]
    return lines
