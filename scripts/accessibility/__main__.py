"""Examine all pages of the site, and one of each kind of the demo's; keep what came of it.

`make accessibility` runs it, before a release: it takes some minutes, and fails where anything was
found. The accessibility statement of the site is made of what it keeps.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from accessibility.kinds import kind_of, menu_of, one_of_each
from accessibility.looks import TAGS, VIEWS, Examined, examine
from accessibility.tabs import addresses, serving
from npcs import __version__

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "scripts" / "npcs" / "publish" / "accessibility.json"


def main(words: Sequence[str] | None = None) -> int:
    """Build both sites, examine them, and keep the results; the exit code tells of faults."""
    parser = argparse.ArgumentParser(
        prog="python -m accessibility",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="It takes no options. NPCS_CHROMIUM names the browser, if it is not `chromium`.",
    )
    parser.parse_args(words)
    npcs = [sys.executable, "-m", "npcs"]
    sites: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        subprocess.run([*npcs, "demo", str(folder / "demo"), "--git"], check=True)
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("NPCS_CHROMIUM", "chromium"), args=["--no-sandbox"]
        )
        for title, root, whole in (
            ("the partnership's own site", ROOT, True),
            ("the site of the Example Partnership", folder / "demo", False),
        ):
            site = folder / root.name / "site"
            subprocess.run([*npcs, "build", "--root", str(root), "--out", str(site)], check=True)
            every = addresses(site)
            chosen = every if whole else one_of_each(site, every)
            print(f"Examining {len(chosen)} of {len(every)} pages ...", flush=True)
            with serving(site) as base:
                done = examine(browser, base, chosen, whole=True)
            sites.append(_told(title, site, every, done))
        results = {
            "on": str(datetime.now(UTC).date()),
            "version": __version__,
            "browser": f"Chromium {browser.version}",
            "axe": done.axe,
            "rules": TAGS,
            "views": [f"{width} px wide, {shade} colours" for (width, _), shade in VIEWS],
            "sites": sites,
        }
        browser.close()
    KEPT.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", "utf-8")
    faults = [fault for one in sites for fault in one["faults"]]
    for one in faults:
        print(f"{one['pages']} pages, {one['view']}: {one['what']} ({one['rule']})")
    print(f"{len(faults)} kinds of fault. Kept in {KEPT.relative_to(ROOT)}")
    return 1 if faults else 0


def _told(title: str, site: Path, every: list[str], done: Examined) -> dict[str, Any]:
    menu = menu_of(site)
    faults: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for one in done.faults:
        faults[one.rule, one.view, one.what].add(one.address)
    return {
        "site": title,
        "pages": len(every),
        "examined": len(done.pages),
        "controls": done.controls,
        "kinds": dict(sorted(Counter(kind_of(one, menu) for one in done.pages).items())),
        "faults": [
            {"rule": rule, "view": view, "what": what, "pages": len(pages), "first": min(pages)}
            for (rule, view, what), pages in sorted(faults.items())
        ],
        "undecided": dict(sorted(done.undecided.items())),
    }


if __name__ == "__main__":
    sys.exit(main())
