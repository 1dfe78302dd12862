"""How long a second `npcs build` takes when nothing has changed, and when one record has.

`make bench ARGS=again` or `python benchmarks/again.py [--records N N ...] [--runs N]`. Before each
run a word is added to the title of one record of the kind that is named.
"""

import os
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from timing import Contestant, at_each_size, commit, compare, median, ratio, run, show

NPCS = [sys.executable, "-m", "npcs"]
KINDS = {
    "notice": "notices/*/*.md",
    "practice": "practices/library/*.md",
    "decision": "charter/decisions/*.md",
    "meeting": "charter/meetings/*.md",
}


def edit(root: Path, pattern: str) -> Callable[[], None]:
    """Add a word to the title of a record that matches, one in the middle of them all."""
    found = sorted(root.glob(pattern))
    path = found[len(found) // 2]

    def change() -> None:
        text = path.read_text("utf-8")
        named = re.sub(r"^title: (.*)$", r"title: \1 again", text, count=1, flags=re.MULTILINE)
        path.write_text(named if named != text else text + "\nAgain.\n", "utf-8")

    return change


def measure(records: int, runs: int) -> None:
    """Make a demo of a size, build it once, then time builds after each kind of change."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        root = place / "demo"
        os.environ["NPCS_CACHE_DIR"] = str(place / "cache")
        run(Contestant("demo", [*NPCS, "demo", str(root), "--records", str(records), "--git"]))
        build = [*NPCS, "build", "--root", str(root)]
        first = run(Contestant("first", build))
        table = compare(
            [
                Contestant("nothing changed", build),
                *(
                    Contestant(f"one {kind} changed", build, edit(root, pattern))
                    for kind, pattern in KINDS.items()
                ),
            ],
            runs,
        )
    print(f"# again: {records} records, commit {commit()}, {runs} runs in turn\n")
    show(table)
    print(f"- the first build: {first.wall:.2f} s")
    for what in table:
        print(
            f"- {what}: {median(table[what]):.2f} s, "
            f"{median(table[what]) / first.wall:.3f} of the first build, "
            f"{ratio(table, what, 'nothing changed'):.2f} of one where nothing changed"
        )
    print()


if __name__ == "__main__":
    at_each_size(measure, __doc__)
