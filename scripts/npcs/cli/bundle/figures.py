"""The figures of a bundle, for people and for programs."""

from collections.abc import Iterator
from fractions import Fraction

from npcs.cli.terminal import counted, plain
from npcs.governance.bundles import Rate, Reliability
from npcs.governance.chart_words import told
from npcs.records.charter import Decision
from npcs.records.practices import Bundle

_WIDTH = 40


def as_text(bundle: Bundle, found: Reliability, adopted: Decision | None) -> Iterator[str]:
    """The figures as lines for people, with a run chart; ``adopted`` by which decision, if any."""
    state = "" if adopted else "Candidate, not adopted. "
    yield plain(bundle.title)
    yield f"  {state}{counted(found.children, 'child', 'children')} in the table."
    yield ""
    yield "All or none: each element that applies was done"
    yield f"  {_rate(found.whole)}"
    yield ""
    yield "Each element, for the children to whom it applies"
    width = max(len(one.id) for one in bundle.elements)
    for one in bundle.elements:
        yield f"  {one.id:<{width}}  {_rate(found.elements[one.id]):<22}  {one.ages.in_words}"
    notes = [*_apart(bundle, found)]
    if notes:
        yield ""
        yield "Counted apart"
        yield from (f"  {note}" for note in notes)
    yield ""
    yield from _chart(found)
    yield ""
    yield "Nothing was stored. These figures are for your own work: a count of 1 to 10 can tell"
    yield "who a child is, and is never published."


def _rate(rate: Rate) -> str:
    return f"{rate.done:,} of {rate.of:,}   {_percent(rate.share)}".rstrip()


def _percent(share: Fraction | None) -> str:
    """A share in percent to one place; half of a tenth is rounded up."""
    if share is None:
        return "nobody to count"
    tenths = (share.numerator * 2000 + share.denominator) // (2 * share.denominator)
    return f"{tenths // 10}.{tenths % 10} %"


def _apart(bundle: Bundle, found: Reliability) -> Iterator[str]:
    for one in bundle.exclusions:
        if count := found.excluded[one.id]:
            yield f"{counted(count, 'child', 'children')} left out: {plain(one.text)}"
    if found.none_applies:
        yield f"{counted(found.none_applies, 'child', 'children')} to whom no element applies"
    if found.unknown:
        yield (
            f"{counted(found.unknown, 'time')} nothing is recorded of an element that applies, "
            "which counts as not done"
        )
    if found.beyond:
        yield (
            f"{counted(found.beyond, 'answer')} for an element at an age it is not for, "
            "which counts nowhere"
        )


def _chart(found: Reliability) -> Iterator[str]:
    chart, shares = found.chart, found.shares
    if chart.median is None:
        yield "No run chart: there is nobody to whom the bundle applies."
        return
    yield f"Run chart of all or none; the median is {_percent(chart.median)}, drawn as |"
    middle = _place(chart.median)
    gaps = found.gaps
    for at, (period, share) in enumerate(shares):
        if at in gaps:
            yield f"  {' to '.join(dict.fromkeys(gaps[at]))}: nobody to count"
        bar = "#" * _place(share)
        drawn = f"{bar:<{_WIDTH}}"
        drawn = f"{drawn[:middle]}|{drawn[middle:]}".rstrip()
        rate = found.periods[period]
        yield f"  {period}  {f'{rate.done:,} of {rate.of:,}':>12}  {_percent(share):>7}  {drawn}"
    yield from (f"  {line}" for line in told(chart, [period for period, _ in shares]))


def _place(share: Fraction) -> int:
    return int(share * _WIDTH)


def as_json(bundle: Bundle, found: Reliability, adopted: Decision | None) -> dict[str, object]:
    """The figures for programs. Shares are exact fractions, as text."""
    chart = found.chart
    return {
        "version": 1,
        "bundle": bundle.key,
        "adopted_by": adopted and adopted.key,
        "children": found.children,
        "all_or_none": _as_json(found.whole),
        "elements": {key: _as_json(rate) for key, rate in found.elements.items()},
        "excluded": {one.id: found.excluded[one.id] for one in bundle.exclusions},
        "none_applies": found.none_applies,
        "not_recorded": found.unknown,
        "beyond_age": found.beyond,
        "periods": {key: _as_json(rate) for key, rate in sorted(found.periods.items())},
        "median": None if chart.median is None else str(chart.median),
        "signals": [
            {
                "kind": one.kind,
                "direction": one.direction,
                "from": found.shares[one.first][0],
                "to": found.shares[one.last][0],
                "count": one.count,
            }
            for one in chart.signals
        ],
    }


def _as_json(rate: Rate) -> dict[str, object]:
    share = rate.share
    return {"done": rate.done, "of": rate.of, "share": None if share is None else str(share)}
