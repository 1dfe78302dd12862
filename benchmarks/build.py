"""How long `npcs build` takes, beside plain Material for MkDocs over the same pages.

`make bench ARGS=build` or `python benchmarks/build.py [--records N N ...] [--runs N]`. The plain
build has the same staged pages and the same tree, Material's own theme, the same Markdown
extensions but ours, and the search plugin.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml
from timing import Contestant, at_each_size, commit, compare, median, ratio, run, show

NPCS = [sys.executable, "-m", "npcs"]
PHASES = """
import json, sys, time
from pathlib import Path
from npcs.publish import build
times = []
build(Path(sys.argv[1]), Path(sys.argv[2]), say=lambda what: times.append((what, time.time())))
times.append(("end", time.time()))
print(json.dumps([(what, after[1] - at) for (what, at), after in zip(times, times[1:])]))
"""


def plain_settings(docs: Path, target: Path) -> None:
    """Write the settings of a plain Material build of the same pages."""
    settings = yaml.safe_load((Path(__file__).parent.parent / "mkdocs.yml").read_text("utf-8"))
    for ours in ("extra", "extra_css", "strict"):
        settings.pop(ours, None)
    for ours in ("custom_dir", "favicon", "logo"):
        settings["theme"].pop(ours, None)
    settings["plugins"] = ["search"]
    settings["markdown_extensions"] = [
        one for one in settings["markdown_extensions"] if not str(one).startswith("npcs.")
    ]
    settings |= {"docs_dir": str(docs), "site_dir": str(target.parent / "plain-site")}
    target.write_text(yaml.safe_dump(settings), "utf-8")


def measure(records: int, runs: int) -> None:
    """Make a demo of a size, time both ways to build it, print what each part took."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        root, out = place / "demo", place / "site"
        run(Contestant("demo", [*NPCS, "demo", str(root), "--records", str(records)]))
        done = subprocess.run(
            [sys.executable, "-c", PHASES, str(root), str(out)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        phases = dict(json.loads(done.stdout))
        pages = sum(1 for _ in (root / "build" / "docs").rglob("*.md"))
        shutil.copytree(root / "build" / "docs", place / "docs")
        plain_settings(place / "docs", place / "plain.yml")

        def clear() -> None:
            for folder in (root / "build", out, place / "plain-site"):
                shutil.rmtree(folder, ignore_errors=True)

        table = compare(
            [
                Contestant(
                    "npcs build", [*NPCS, "build", "--root", str(root), "--out", str(out)], clear
                ),
                Contestant(
                    "plain Material",
                    [sys.executable, "-m", "mkdocs", "build", "-f", str(place / "plain.yml")],
                    clear,
                    {"NO_MKDOCS_2_WARNING": "1"},
                ),
            ],
            runs,
        )
    print(f"# build: {records} records, {pages} pages, commit {commit()}, {runs} runs in turn\n")
    show(table)
    for what, seconds in phases.items():
        print(f"- {what}: {seconds:.2f} s")
    staging = sum(taken for what, taken in phases.items() if not what.startswith("Building"))
    building = next(taken for what, taken in phases.items() if what.startswith("Building"))
    print(f"- everything but the generator : the generator = {staging / building:.2f}")
    print(f"- npcs build : plain Material = {ratio(table, 'npcs build', 'plain Material'):.2f}")
    print(f"- peak memory: {median(table['npcs build'], 'peak'):.0f} MB")
    print(f"- per page: {1000 * median(table['npcs build']) / pages:.2f} ms\n")


if __name__ == "__main__":
    at_each_size(measure, __doc__)
