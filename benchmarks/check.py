"""How long `npcs check` takes beside libyaml alone and beside check-jsonschema.

Run it as `make bench ARGS=check` or `python benchmarks/check.py [--records N] [--runs N]`. The
peer gets the same fields: of a Markdown record its front matter, as a YAML file of its own, and
the JSON Schema that our model of the kind generates.
"""

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

from timing import Contestant, commit, compare, median, ratio, run, show

NPCS = [sys.executable, "-m", "npcs"]
COMPOSE = """
import os, sys, yaml
Loader = yaml.CSafeLoader
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            text = file.read()
        if name.endswith(".yml"):
            yaml.compose(text, Loader=Loader)
        elif text.startswith("---\\n"):
            yaml.compose(text[4:].partition("\\n---\\n")[0], Loader=Loader)
"""
PEER = """
import subprocess, sys, pathlib
for folder in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    files = [str(one) for one in sorted(folder.glob("*.yml"))]
    subprocess.run([sys.executable, "-m", "check_jsonschema", "--schemafile",
                    f"{sys.argv[2]}/{folder.name}.json", *files], check=False)
"""


def fields_alone(root: Path, target: Path) -> dict[str, int]:
    """Write the YAML of every record into a file of its own, a folder a kind; counts by kind."""
    from npcs.records.kinds import kind_of
    from npcs.records.tree import walk

    counts: dict[str, int] = {}
    for path in walk(root).records:
        found = kind_of(path)
        assert found
        kind, key = found
        text = (root / path).read_text("utf-8")
        if kind.form == "markdown":
            text = text.removeprefix("---\n").partition("\n---\n")[0] + "\n"
        folder = target / kind.name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{key.replace('/', '~')}.yml").write_text(text, "utf-8")
        counts[kind.name] = counts.get(kind.name, 0) + 1
    return counts


def schemas(kinds: dict[str, int], target: Path) -> None:
    """Write the JSON Schema of each kind, as our models generate it."""
    from npcs.records.kinds import KINDS

    target.mkdir()
    for name in kinds:
        schema = KINDS[name].model.model_json_schema(by_alias=True)
        (target / f"{name}.json").write_text(json.dumps(schema))


def main() -> None:
    """Make a demo, time all contestants in turn, print medians and ratios."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, default=10_000)
    options.add_argument("--runs", type=int, default=5)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        root, cache = place / "demo", place / "cache"
        making = run(
            Contestant("demo", [*NPCS, "demo", str(root), "--records", str(chosen.records)])
        )
        kinds = fields_alone(root, place / "fields")
        schemas(kinds, place / "schemas")
        touched = next(iter(sorted((root / "charter" / "people").glob("*.yml"))))
        original = touched.read_text("utf-8")
        check = [*NPCS, "check", "--root", str(root), "--format", "json"]
        own = {"NPCS_CACHE_DIR": str(cache)}
        state = {"round": 0}

        def forget() -> None:
            shutil.rmtree(cache, ignore_errors=True)

        def know() -> None:
            forget()
            touched.write_text(original, "utf-8")
            run(Contestant("prepare", check, environment=own))

        def edit() -> None:
            know()
            state["round"] += 1
            touched.write_text(f"{original}# {state['round']}\n", "utf-8")

        table = compare(
            [
                Contestant("check, cold", check, forget, own),
                Contestant("check, no cache", [*check, "--no-cache"], forget, own),
                Contestant(
                    "yaml.compose alone",
                    [sys.executable, "-c", COMPOSE, str(root)],
                ),
                Contestant("check, nothing changed", check, know, own),
                Contestant("check, one file changed", check, edit, own),
                Contestant("python -c pass", [sys.executable, "-c", "pass"]),
                Contestant("check-jsonschema --version",
                           [sys.executable, "-m", "check_jsonschema", "--version"]),
            ],
            chosen.runs,
        )  # fmt: skip
        peer = compare(
            [
                Contestant("check, cold", check, forget, own),
                Contestant(
                    "check-jsonschema",
                    [sys.executable, "-c", PEER, str(place / "fields"), str(place / "schemas")],
                ),
            ],
            max(1, chosen.runs // 2),
        )
    total = sum(kinds.values())
    print(f"# check: {total} records, commit {commit()}, {chosen.runs} runs in turn\n")
    print(f"The demo took {making.wall:.1f} s to make.\n")
    show(table)
    show(peer)
    again = (len(kinds) - 1) * median(table["check-jsonschema --version"])
    fair = median(peer["check-jsonschema"]) - again
    for name in ("check, cold", "check, no cache"):
        print(f"- {name} : compose alone = {ratio(table, name, 'yaml.compose alone'):.2f}")
    print(f"- check-jsonschema : cold = {fair / median(peer['check, cold']):.1f}"
          f" (its {len(kinds) - 1} further starts, {again:.1f} s, taken off)")  # fmt: skip
    print(f"- nothing changed: {median(table['check, nothing changed']):.3f} s")
    print(f"- one file changed: {median(table['check, one file changed']):.3f} s")
    print(f"- peak memory, cold: {median(table['check, cold'], 'peak'):.0f} MB")


if __name__ == "__main__":
    main()
