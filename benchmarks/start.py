"""How long `npcs --help` takes, beside Python alone: `python benchmarks/start.py [--runs N]`."""

import argparse
import sys

from timing import Contestant, commit, compare, ratio, show


def main() -> None:
    """Time the help of the command line, print medians and the ratio to an empty program."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=20)
    chosen = options.parse_args()
    table = compare(
        [
            Contestant("npcs --help", [sys.executable, "-m", "npcs", "--help"]),
            Contestant("python -c pass", [sys.executable, "-c", "pass"]),
            Contestant("python -c 'import click'", [sys.executable, "-c", "import click"]),
        ],
        chosen.runs,
    )
    print(f"# start: commit {commit()}, {chosen.runs} runs in turn\n")
    show(table)
    print(f"- help : python alone = {ratio(table, 'npcs --help', 'python -c pass'):.1f}")


if __name__ == "__main__":
    main()
