"""Findings for people: the place, the line with a mark, what to do, and the provision behind it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from npcs.cli.reporters import accepted, rule_page, summary
from npcs.cli.source import Sources
from npcs.cli.terminal import counted, plain, wants_colour
from npcs.records.findings import Finding, Waived
from npcs.rules.report import Report, hidden_lines

FIRST = ("unreadable-file", "invalid-field")
"""The rules whose errors are shown first: what a record cannot say, others may rest on."""

COLOURS = {"error": "red", "warning": "yellow", "due": "cyan"}


ALIKE = 4
"""How many lines of what is due by one rule are shown before the rest is counted."""


def render(
    report: Report,
    strict: bool,
    colour: bool | None = None,
    *,
    within: Sequence[str] = (),
    brief: bool = False,
) -> str:
    """The report as text: errors and warnings one by one, what is due in a line each, a summary.

    Records that cannot be read come first, under a line of their own. ``within`` are the files and
    folders the report is limited to. With ``brief``, of many things due by one rule the first are
    shown and the rest is counted.
    """
    paint = Paint(wants_colour() if colour is None else colour)
    sources = Sources(Path(report.root), report.hidden | hidden_lines(report.findings))
    broken = [one for one in report.findings if one.rule in FIRST and one.severity == "error"]
    rest = [
        one
        for one in report.findings
        if one.severity != "due" and not (one.rule in FIRST and one.severity == "error")
    ]
    blocks = ["\n".join(_block(one, sources, paint)) for one in broken]
    if broken and len(broken) < len(report.findings):
        head = "Put these right first: what follows may rest on them."
        blocks.insert(0, paint(head, bold=True))
        if rest:
            blocks.append(paint("Then the rest:", bold=True))
    blocks += ["\n".join(_block(one, sources, paint)) for one in rest]
    due = [one for one in report.findings if one.severity == "due"]
    if due:
        head = f"{counted(len(due), 'thing')} due, or due within 90 days:"
        lines = _due(due, paint) if brief else [_line(one, paint) for one in due]
        blocks.append("\n".join([paint(head, bold=True), *lines]))
    if report.waived:
        head = "Waived by the committee for a time:"
        blocks.append("\n".join([paint(head, bold=True), *map(_waived, report.waived)]))
    where = [plain(path) or "." for path in within]
    blocks.append(paint(summary(report, strict, where), bold=True))
    return "\n\n".join(blocks) + "\n"


def lines_of(findings: Sequence[Finding], root: Path) -> Iterator[str]:
    """The lines for some findings, without a summary: what is due in one line each."""
    paint, sources = Paint(wants_colour()), Sources(root, hidden_lines(findings))
    for one in findings:
        yield from [_line(one, paint)] if one.severity == "due" else _block(one, sources, paint)


class Paint:
    """Colour for a terminal, and nothing at all for anything else."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def __call__(self, text: str, fg: str | None = None, *, bold: bool = False) -> str:
        """The text, coloured where colour is wanted."""
        return click.style(text, fg=fg, bold=bold) if self._colour and text else text


def _block(one: Finding, sources: Sources, paint: Paint) -> Iterator[str]:
    """A finding with the line it speaks of.

    The numbers of the lines set the width of the margin, as compilers do it.
    """
    colour = COLOURS[one.severity]
    head = paint(f"{one.severity}[{one.rule}]", colour, bold=True)
    yield f"{head}: {paint(plain(one.message), bold=True)}"
    number = str(one.line)
    margin = " " * len(number)
    yield f"{margin}{paint('-->', 'blue')} {_place(one)}"
    bar = paint("|", "blue")
    excerpt = sources.excerpt(one.path, one.line, one.column)
    if excerpt:
        yield f"{margin} {bar}"
        yield f"{paint(number, 'blue')} {bar} {excerpt.text}".rstrip()
        yield f"{margin} {bar} {paint(excerpt.marks, colour)}"
    yield f"{margin} {bar}"
    if sources.hides(one.path, one.line):
        why = "the line is not shown, since this report may be read where the file is not"
        yield f"{margin} {paint('=', 'blue')} note: {why}"
    if one.hint:
        yield f"{margin} {paint('=', 'blue')} to do: {plain(one.hint)}"
    if one.provision:
        yield f"{margin} {paint('=', 'blue')} charter: {one.provision}"
    yield (
        f"{margin} {paint('=', 'blue')} more: npcs explain {one.rule}, or {rule_page(one.rule)} "
        "on the site"
    )


def _due(found: Sequence[Finding], paint: Paint) -> Iterator[str]:
    """A line for each thing due; of many by one rule the first ones, then how many more."""
    many = Counter(one.rule for one in found)
    shown: Counter[str] = Counter()
    for one in found:
        shown[one.rule] += 1
        if shown[one.rule] < ALIKE or many[one.rule] <= ALIKE:
            yield _line(one, paint)
    for rule, number in many.items():
        if number > ALIKE:
            yield f"and {number - ALIKE + 1:,} more of {rule}: npcs check --select {rule}"


def _line(one: Finding, paint: Paint) -> str:
    """A finding in one line."""
    head = paint(f"due[{one.rule}]", COLOURS["due"])
    hint = f"; {plain(one.hint)}" if one.hint else ""
    provision = f" ({one.provision})" if one.provision else ""
    return f"{_place(one)}: {head} {plain(one.message)}{hint}{provision}"


def _waived(one: Waived) -> str:
    """A finding that is waived, in one line: what it is, and why it stands."""
    found = one.finding
    head = f"waived[{found.rule}]"
    return f"{_place(found)}: {head} {plain(found.message)}; {plain(accepted(one))} ({one.waiver})"


def _place(one: Finding) -> str:
    return f"{plain(one.path)}:{one.line}:{one.column}"
