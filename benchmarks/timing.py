"""Timing whole commands side by side, by the operating system's own accounts of each process."""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """What one run of a command took: seconds on the clock and of processor, peak memory in MB."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True)
class Contestant:
    """A command to time; ``before`` prepares each run and is not timed."""

    name: str
    command: Sequence[str]
    before: Callable[[], None] = lambda: None
    environment: Mapping[str, str] | None = None
    codes: tuple[int, ...] = (0,)


def run(contestant: Contestant) -> Run:
    """Run a command once. Raises ``RuntimeError`` where it ends with another code than expected."""
    contestant.before()
    environment = {**os.environ, **(contestant.environment or {})}
    start = time.perf_counter()
    process = subprocess.Popen(
        contestant.command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        env=environment,
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in contestant.codes:
        raise RuntimeError(f"{contestant.name} ended with {process.returncode}")
    scale = 1 if sys.platform == "darwin" else 1024
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * scale / 1e6)


def compare(contestants: Sequence[Contestant], runs: int) -> dict[str, list[Run]]:
    """Run all commands in turn, A B C A B C ..., after one round that is not counted."""
    table: dict[str, list[Run]] = {one.name: [] for one in contestants}
    for number in range(runs + 1):
        for one in contestants:
            taken = run(one)
            if number:
                table[one.name].append(taken)
    return table


def median(runs: Sequence[Run], what: str = "wall") -> float:
    """The median of one figure over runs."""
    return statistics.median(getattr(one, what) for one in runs)


def ratio(table: Mapping[str, Sequence[Run]], one: str, other: str) -> float:
    """The median of the ratios one : other, pair by pair, so that the machine drops out."""
    pairs = zip(table[one], table[other], strict=True)
    return statistics.median(mine.wall / theirs.wall for mine, theirs in pairs)


def show(table: Mapping[str, Sequence[Run]]) -> None:
    """Print the figures of every command as rows of a Markdown table."""
    print("| command | wall s (median) | min | max | cpu s | peak MB |")
    print("|---|---|---|---|---|---|")
    for name, runs in table.items():
        walls = [one.wall for one in runs]
        print(
            f"| {name} | {median(runs):.3f} | {min(walls):.3f} | {max(walls):.3f} "
            f"| {median(runs, 'cpu'):.3f} | {median(runs, 'peak'):.0f} |"
        )
    print()


def commit() -> str:
    """The commit the figures belong to, with a mark where the tree has changed since."""
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--abbrev=12"],
        cwd=Path(__file__).parent,
        capture_output=True,
        check=False,
        text=True,
    )
    return done.stdout.strip() or "unknown"


def at_each_size(measure: Callable[[int, int], None], what: str | None) -> None:
    """Let the command line say how many records to measure with, and in how many runs."""
    options = argparse.ArgumentParser(description=what)
    options.add_argument("--records", type=int, nargs="+", default=[1_000, 10_000])
    options.add_argument("--runs", type=int, default=3)
    chosen = options.parse_args()
    for records in chosen.records:
        measure(records, chosen.runs)
