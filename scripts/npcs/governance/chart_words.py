"""What a chart says, in sentences: the same on a page and on the screen."""

from collections.abc import Iterator, Sequence

from npcs.governance import control_chart, run_chart
from npcs.governance.control_chart import ControlChart
from npcs.governance.run_chart import RunChart, Runs, Signal

RUN_RULES = "run chart, rules of Perla, Provost and Murray (2011)"
CONTROL_RULES = "control chart of single values (XmR), five rules"
"""The names of the two sets of rules."""


def told(chart: RunChart | ControlChart, names: Sequence[str]) -> Iterator[str]:
    """A sentence for each signal, then what is to be said of the chart without one.

    ``names`` are those of the periods of its values.
    """
    for one in chart.signals:
        yield signal(one, chart, names)
    if not chart.is_long_enough:
        yield too_few(chart)
    elif not chart.signals:
        yield none_found(chart)


def signal(one: Signal, chart: RunChart | ControlChart, names: Sequence[str]) -> str:
    """A signal in a sentence."""
    span = names[one.first] if one.first == one.last else f"{names[one.first]} to {names[one.last]}"
    centre = "median" if isinstance(chart, RunChart) else "mean"
    side = "above" if one.direction == "up" else "below"
    if one.kind == "shift":
        return f"Shift: {one.count} in a row {side} the {centre}, {span}."
    if one.kind == "trend":
        return f"Trend: {one.count} in a row going {one.direction}, {span}."
    if one.kind == "beyond":
        limit = "upper" if one.direction == "up" else "lower"
        return f"Beyond the limits: {span} is {side} the {limit} limit."
    if one.kind == "outer":
        limit = "upper" if one.direction == "up" else "lower"
        return (
            f"Near a limit: {one.count} close together in the outer third towards the {limit} "
            f"limit, {span}."
        )
    if one.kind == "inner":
        return f"Close to the mean: {one.count} in a row in the inner third, {span}."
    return _runs(one, chart)


def _runs(one: Signal, chart: RunChart | ControlChart) -> str:
    assert isinstance(chart, RunChart)
    assert chart.runs
    runs = chart.runs
    chance = f"chance gives {runs.fewest} to {runs.most} of {runs.useful} values off the median"
    return f"Too {one.direction} runs: {runs.count}, where {chance}."


def too_few(chart: RunChart | ControlChart) -> str:
    """That there are too few values to claim a signal."""
    fewest = run_chart.FEWEST if isinstance(chart, RunChart) else control_chart.FEWEST
    if (len(chart.values) if chart.baseline is None else chart.baseline) >= fewest:
        return (
            "Periods are missing, so too few figures follow each other to draw limits, and no "
            "signal is claimed."
        )
    if chart.baseline is not None:
        return (
            f"With fewer than {fewest} periods up to the baseline, here {chart.baseline}, no "
            "signal is claimed."
        )
    return f"With fewer than {fewest} periods no signal is claimed."


def none_found(chart: RunChart | ControlChart) -> str:
    """That there are enough values, and no signal."""
    if chart.on_the_line == len(chart.values):
        line = "median" if isinstance(chart, RunChart) else "mean"
        return f"No signal: all figures are the same, and lie on the {line}."
    if isinstance(chart, RunChart):
        return f"{_no_row(chart)}{_no_runs(chart.runs)}."
    return (
        f"No signal: none beyond the limits, no {control_chart.SHIFT} in a row on one side of the "
        f"mean, no {control_chart.TREND} in a row up or down, no 2 of 3 in an outer third, no "
        f"{control_chart.INNER} in a row in the inner third."
    )


def _no_row(chart: RunChart) -> str:
    """That there is no shift and no trend, or why there can be none."""
    if chart.together >= run_chart.TREND:
        return (
            f"No signal: neither {run_chart.SHIFT} in a row on one side of the median nor "
            f"{run_chart.TREND} in a row up or down"
        )
    if chart.together == 1:
        return "No signal can be told: a period is missing before each figure"
    return (
        f"No signal can be told: periods are missing, and at most {chart.together} figures follow "
        "each other, too few for a shift or a trend"
    )


def _no_runs(runs: Runs | None) -> str:
    """That chance gives as many runs, as far as can be told where periods are missing."""
    if runs is None:
        return ""
    if runs.count <= runs.most and runs.count - runs.broken >= runs.fewest:
        return ", and as many runs as chance gives"
    return "; nor can it be told how many runs there are"
