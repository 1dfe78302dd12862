"""How long dates and authors of all files take from Git: in one pass, and file by file.

`python benchmarks/history.py [--records N] [--sample N]`. File by file is timed over a sample and
multiplied, since all files would take minutes.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from timing import Contestant, commit, run


def main() -> None:
    """Make a demo with history, time both ways, print seconds and their ratio."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, default=10_000)
    options.add_argument("--sample", type=int, default=100)
    chosen = options.parse_args()
    from npcs.history import dates

    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "demo"
        run(
            Contestant(
                "demo",
                [sys.executable, "-m", "npcs", "demo", str(root), "--git",
                 "--records", str(chosen.records)],
            )
        )  # fmt: skip
        start = time.perf_counter()
        table = dates.history(root).files
        once = time.perf_counter() - start
        paths = sorted(table)[:: max(1, len(table) // chosen.sample)]
        start = time.perf_counter()
        for path in paths:
            subprocess.run(
                ["git", "log", "-1", "--format=%ct %an", "--", path],
                cwd=root,
                check=True,
                capture_output=True,
            )
        each = (time.perf_counter() - start) / len(paths)
    print(f"# history: {len(table)} files, commit {commit()}\n")
    print(f"- one pass: {once:.2f} s")
    print(f"- a process per file: {each * len(table):.0f} s ({each * 1000:.0f} ms each)")
    print(f"- ratio: {each * len(table) / once:.0f}")


if __name__ == "__main__":
    main()
